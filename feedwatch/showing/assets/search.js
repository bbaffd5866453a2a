// The index of words, read file by file: showing/search.py writes it. A query loads no file more once it has
// loaded BUDGET characters; the largest file at 100,000 articles has 46,000, so it stays below 200,000.

const SLOTS = 16; // bits
const PREFIX = 4;
const LONGEST_WORD = 40;
const MOST_WORDS = 6;
const BUDGET = 150_000;
const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3041-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const RUNS = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, "gu");
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");
const ACCENTS = /[\u0300-\u036f]/g;

const fold = (text) =>
  text.toLowerCase().normalize("NFKD").replace(ACCENTS, "").normalize("NFKC").replaceAll("ς", "σ").replaceAll("ß", "ss");
const runsOf = (text) => (fold(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).flatMap((run) => run.match(RUNS));
const pairsOf = (letters) => letters.slice(1).map((letter, n) => letters[n] + letter);

/** The words of a text, as the index has them. */
export function wordsOf(text) {
  const parts = (run) => (IS_UNSPACED.test(run) ? [...run, ...pairsOf([...run])] : [[...run].slice(0, LONGEST_WORD).join("")]);
  return new Set(runsOf(text).flatMap(parts));
}

/** What is looked for: of scripts without spaces each two letters, else words; the longest, which tell most. */
function wantedOf(text) {
  const parts = (run) => {
    const letters = [...run];
    return IS_UNSPACED.test(run) && letters.length > 1 ? pairsOf(letters) : [letters.slice(0, LONGEST_WORD).join("")];
  };
  const words = [...new Set(runsOf(text).flatMap(parts))];
  return words.sort((a, b) => b.length - a.length).slice(0, MOST_WORDS);
}

export function slotOf(word) {
  let digest = 0x811c9dc5;
  for (const byte of new TextEncoder().encode([...word].slice(0, PREFIX).join(""))) {
    digest = Math.imul(digest ^ byte, 0x01000193) >>> 0;
  }
  return (digest ^ (digest >>> 16)) & 0xffff;
}

/** Ascending numbers out of the steps between them, seven bits in a byte. */
function numbersOf(list) {
  const numbers = [];
  let [last, step, shift] = [-1, 0, 0];
  for (const letter of atob(list.replace("~", ""))) {
    const byte = letter.charCodeAt(0);
    step |= (byte & 127) << shift;
    shift += 7;
    if (byte < 128) {
      last += step + 1;
      numbers.push(last);
      [step, shift] = [0, 0];
    }
  }
  return numbers;
}

const hex = (number, digits) => number.toString(16).padStart(digits, "0");

export class Search {
  constructor(folder) {
    this.folder = folder;
    this.files = new Map();
    this.spent = 0;
  }

  /** A file of the index; each is loaded once, while there is budget left for it. */
  async load(path) {
    if (!this.files.has(path)) {
      const answer = await fetch(`${this.folder}${path}`);
      if (!answer.ok) throw new Error(path);
      const text = await answer.text();
      this.spent += text.length;
      this.files.set(path, JSON.parse(text));
    }
    return this.files.get(path);
  }

  async postings(word) {
    const { bits } = await this.load("index.json");
    const name = hex(slotOf(word) >> (SLOTS - bits), 4);
    return this.load(`words-${bits}/${name.slice(0, 2)}/${name.slice(2)}.json`);
  }

  /** The numbers of the articles that have a word; those under `below` may have it too, which no file tells. */
  async lookUp(word, field) {
    const known = await this.postings(word);
    const isBeginning = [...word].length >= PREFIX && !word.startsWith("=");
    const numbers = new Set();
    let [below, isSure] = [0, true];
    for (const [other, fields] of Object.entries(known)) {
      if (other !== word && !(isBeginning && other.startsWith(word))) continue;
      for (const [name, list] of Object.entries(fields)) {
        if (field && name !== field) continue;
        const some = numbersOf(list);
        some.forEach((number) => numbers.add(number));
        if (list.startsWith("~")) {
          below = Math.max(below, some[0] ?? Infinity);
          isSure &&= name === "n";
        }
      }
    }
    return { word, numbers, below, isSure };
  }

  async entry(number) {
    const { group } = await this.load("index.json");
    const place = Math.floor(number / group);
    return (await this.load(`entries/${(place >> 8).toString(16)}/${hex(place & 255, 2)}.json`))[number % group];
  }

  /** By its other addresses: the article that the id of such an address leads to. */
  async byId(id) {
    const [number] = (await this.lookUp(`=${id}`, "n")).numbers;
    return number === undefined ? null : this.entry(number);
  }

  /** Those that have all the words, the newest first: `next(n)` gives n of them at most, `count` how many there are. */
  async find(text, field = "") {
    const wanted = wantedOf(text);
    const terms = [];
    for (const word of wanted) {
      if (this.spent < BUDGET) terms.push(await this.lookUp(word, field));
    }
    terms.sort((a, b) => Boolean(a.below) - Boolean(b.below) || a.numbers.size - b.numbers.size);
    const has = (term, number) => term.numbers.has(number) || number < term.below;
    const numbers = [...(terms[0]?.numbers ?? [])].filter((number) => terms.every((term) => has(term, number)));
    numbers.sort((a, b) => b - a);
    return { count: numbers.length, isCut: Boolean(terms[0]?.below), next: this.reader(numbers, terms) };
  }

  reader(numbers, terms) {
    let place = 0;
    return async (wanted) => {
      const found = [];
      const limit = this.spent < BUDGET ? BUDGET : this.spent + BUDGET; // asked for more: as much again
      while (place < numbers.length && found.length < wanted && this.spent < limit) {
        const number = numbers[place];
        place += 1;
        const entry = await this.entry(number);
        if (entry && terms.every((term) => term.numbers.has(number) || !term.isSure || names(entry, term.word))) found.push(entry);
      }
      return { found, isDone: place >= numbers.length };
    };
  }
}

/** Whether what an entry shows has the word. */
function names([, source, url, , , , ...titles], word) {
  let address = url;
  try {
    address = decodeURIComponent(url);
  } catch {
    // as it is
  }
  return [...wordsOf([source, address, ...titles].join(" "))].some((other) => other.startsWith(word));
}
