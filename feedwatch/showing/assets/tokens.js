// Cuts a text into what a reader takes in as one: the same tokens as feedwatch.judging.tokens, to the letter.

const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const UNSPACED =
  "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005\\u3040-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const INVISIBLE = "\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\ufeff\\ufe0f";
const HAN_FIGURE = "〇零一二三四五六七八九十百千万億兆两亿萬";
const CURRENCY = "$¢-¥֏؋৲৳฿៛₠-₿﷼＄￠￡￥￦";
// As str.isalnum has it, which is what \w means to Python beside the low line.
const SIGN = "\\p{L}\\p{N}";
const MARK = "(?=[\\u0300-\\u30ff\\ua600-\\uabff\\ufb1e\\ufe20-\\ufe2f])\\p{M}";
const EXTENDER = `(?:${MARK}|[\\ufe0e\\ufe0f\\u{1f3fb}-\\u{1f3ff}\\u{e0020}-\\u{e007f}])`;

const LETTER = `(?:(?![${UNSPACED}])[${SIGN}]|${MARK})`;
const WORD = `(?![${UNSPACED}])[${SIGN}](?:${LETTER}|[${INVISIBLE}]+(?=${LETTER}))*`;
const SINGLE = `[^]${EXTENDER}*`;
const ANY = new RegExp(
  `([${SPACE}${INVISIBLE}]*)(` +
    `(?:[${CURRENCY}]|(?<![^${SPACE}(])[-+−](?=\\p{Nd}))?` +
    `(?:\\p{Nd}{1,3}(?:[ \\u00a0\\u202f]\\p{Nd}{3})+(?![${SIGN}_])|${WORD})` +
    `(?:['’.\\-‑]${WORD}|(?<=\\p{Nd})[,:/٫٬–]\\p{Nd}${LETTER}*)*(?:[%‰٪]|°[CF]?)?` +
    `|[${HAN_FIGURE}]{2,}|[๐-๙]+(?:[.,:][๐-๙]+)*` +
    `|\\.\\.+|--+|==+|\\*\\*+|__+|[\\u{1f1e6}-\\u{1f1ff}]{2}` +
    `|${SINGLE}(?:\\u200d${SINGLE})*|(?![^]))`,
  "gu",
);
const ASCII = new RegExp(
  "([\\t-\\r\\x1c-\\x20]*)(" +
    "(?:\\$|(?<![^\\t-\\r\\x1c-\\x20(])[-+](?=[0-9]))?" +
    "(?:[0-9]{1,3}(?: [0-9]{3})+(?![A-Za-z0-9_])|[A-Za-z0-9]+)(?:['.\\-][A-Za-z0-9]+|(?<=[0-9])[,:/][0-9][A-Za-z0-9]*)*%?" +
    "|\\.\\.+|--+|==+|\\*\\*+|__+|[^\\t-\\r\\x1c-\\x20]|(?![^]))",
  "g",
);
const IS_ASCII = /^[\x00-\x7f]*$/;
const UNSEEN = new RegExp(`[${INVISIBLE}\\u00a0\\u202f]`, "u");
const ALL_INVISIBLE = new RegExp(`[${INVISIBLE}]`, "gu");
const SPACES = new RegExp(`[${SPACE}]+`, "u");
const IS_SPACE = new RegExp(`^[${SPACE}]+$`, "u");
const HAS_SPACE = new RegExp(`[${SPACE}]`, "u");
const HAS_SIGN = new RegExp(`[${SIGN}]`, "u");
const UNSPACED_START = new RegExp(`^[${UNSPACED}]`, "u");
const LOWER = /\p{Lowercase}/u;
const UPPER = /[\p{Uppercase}\p{Lt}]/u;

/** As it is compared: NFC, no invisible characters, every run of white space one space. */
export function comparable(text) {
  return text.replace(ALL_INVISIBLE, "").normalize("NFC").split(SPACES).filter(Boolean).join(" ");
}

/** `gaps[k]` is the white space before `texts[k]`, the last gap what follows; `keys` are the tokens as compared. */
export class Tokens {
  constructor(texts, gaps, keys) {
    this.texts = texts;
    this.gaps = gaps;
    this.keys = keys;
  }

  get length() {
    return this.texts.length;
  }

  text(start, end) {
    let joined = start < end ? this.texts[start] : "";
    for (let k = start + 1; k < end; k++) joined += this.gaps[k] + this.texts[k];
    return joined;
  }
}

export function tokenise(text) {
  const texts = [];
  const gaps = [];
  let rest = "";
  for (const [, gap, token] of text.matchAll(IS_ASCII.test(text) ? ASCII : ANY)) {
    if (token) {
      texts.push(token);
      gaps.push(gap);
    } else rest += gap;
  }
  gaps.push(rest);
  const plain = text.normalize("NFC") === text && !UNSEEN.test(text);
  return new Tokens(texts, gaps, plain ? texts : texts.map(comparable));
}

export const isWord = (key) => HAS_SIGN.test(key);
export const isUnspaced = (key) => UNSPACED_START.test(key);
export const isSpace = (text) => IS_SPACE.test(text);
export const hasSpace = (text) => HAS_SPACE.test(text);
export const isLower = (key) => LOWER.test(key) && !UPPER.test(key);
/** Characters, where `length` counts an emoji as two. */
export const size = (text) => (IS_ASCII.test(text) ? text.length : Array.from(text).length);

/** Letter by letter, so that a final sigma is a sigma and an eszett two s. */
export function casefold(text) {
  if (IS_ASCII.test(text)) return text.toLowerCase();
  return Array.from(text, (letter) => (letter === "ı" ? letter : letter.toUpperCase().toLowerCase())).join("");
}

const SENTENCE_END = new Set(".!?…。！？؟।॥");
const CLAUSE_END = new Set(",;:—–)]、，；：،؛");
const CLOSING = new Set('"”’»)]』」');
const OPENING = new Set("“‘«([『「—–");

/** How well a text can be cut before the token at `place`: 4 between sentences, 2 clauses, 1 words, 0 not at all. */
export function boundary(tokens, place) {
  if (place === 0 || place === tokens.length) return 4;
  let before = tokens.keys[place - 1];
  const after = tokens.keys[place];
  const gap = tokens.gaps[place];
  if (gap.includes("\n")) return 4;
  if (CLOSING.has(before) && place > 1 && SENTENCE_END.has(tokens.keys[place - 2])) before = tokens.keys[place - 2];
  if (SENTENCE_END.has(before) && (gap || isUnspaced(after))) return 4;
  if (CLAUSE_END.has(before) || OPENING.has(after)) return 2;
  return gap ? 1 : 0;
}
