"""Cuts a text into what a reader takes in as one: words, figures, single signs.

The one rule: edits are marked in whole tokens, so what a reader takes as one is never cut: no word, no figure with its
sign ("£1.5m", "15%", "14:02", "2 500 000"), no letter from its accents, no emoji. Scripts that write no spaces between
words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) get one token per character, but figures stay whole there too.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from feedwatch.model import comparable

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufe0f"  # what `comparable` leaves out
_HAN_FIGURE = "〇零一二三四五六七八九十百千万億兆两亿萬"
_CURRENCY = "$¢-¥֏؋৲৳฿៛₠-₿﷼＄￠￡￥￦"


@dataclass(frozen=True, slots=True)
class Tokens:
    """`gaps[k]` is the white space before `texts[k]`, and the last gap what follows the last token.

    `keys` are the tokens as compared. gaps[0] + texts[0] + gaps[1] + ... is the text again.
    """

    texts: list[str]
    gaps: list[str]
    keys: list[str]

    def __len__(self) -> int:
        return len(self.texts)

    def text(self, start: int, end: int) -> str:
        """Tokens `start` to `end` with the white space between them, none around."""
        if start >= end:
            return ""
        rest = zip(self.gaps[start + 1 : end], self.texts[start + 1 : end], strict=True)
        return self.texts[start] + "".join(gap + text for gap, text in rest)


def tokenise(text: str) -> Tokens:
    found = (_ASCII if text.isascii() else _pattern()).findall(text)
    texts = [token for _, token in found if token]
    gaps = [gap for gap, token in found if token]
    gaps.append("".join(gap for gap, token in found if not token))
    is_plain = unicodedata.is_normalized("NFC", text) and not _UNSEEN.search(text)
    return Tokens(texts, gaps, texts if is_plain else [comparable(token) for token in texts])


def is_word(key: str) -> bool:
    """Whether the token says something: a word, a figure or a character, not a sign."""
    return key[:1].isalnum() or any(map(str.isalnum, key))


def is_unspaced(key: str) -> bool:
    """Whether the token is a character of a script without spaces between words."""
    return bool(_UNSPACED_START.match(key))


def boundary(tokens: Tokens, place: int) -> int:
    """How well a text can be cut before the token at `place`: 4 between sentences, 2 clauses, 1 words, 0 not at all."""
    if place in (0, len(tokens)):
        return 4
    before, after, gap = tokens.keys[place - 1], tokens.keys[place], tokens.gaps[place]
    if "\n" in gap:
        return 4
    if before in _CLOSING and place > 1 and tokens.keys[place - 2] in _SENTENCE_END:
        before = tokens.keys[place - 2]
    if before in _SENTENCE_END and (gap or is_unspaced(after)):
        return 4
    if before in _CLAUSE_END or after in _OPENING:
        return 2
    return 1 if gap else 0


_SENTENCE_END = frozenset(".!?…。！？؟।॥")
_CLAUSE_END = frozenset(",;:—–)]、，；：،؛")
_CLOSING = frozenset('"”’»)]』」')
_OPENING = frozenset("“‘«([『「—–")
_UNSPACED_START = re.compile(f"[{_UNSPACED}]")
_UNSEEN = re.compile(f"[{_INVISIBLE}\u00a0\u202f]")
_ASCII = re.compile(
    r"""(\s*)(
      (?:\$|(?<![^\s(])[-+](?=\d))?
      (?: \d{1,3}(?:[ ]\d{3})+(?!\w) | [^\W_]+ ) (?: ['.\-][^\W_]+ | (?<=\d)[,:/]\d[^\W_]* )* %?
      | \.\.+ | --+ | ==+ | \*\*+ | __+ | \S | (?!.|\n) )""",
    re.VERBOSE,
)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    marks = _marks()
    letter = rf"(?:[^\W_{_UNSPACED}]|[{marks}])"
    word = rf"[^\W_{_UNSPACED}](?:{letter}|[{_INVISIBLE}]+(?={letter}))*"
    single = rf".[{marks}\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
    return re.compile(
        rf"""([\s{_INVISIBLE}]*)(
          (?:[{_CURRENCY}]|(?<![^\s(])[-+−](?=\d))?
          (?: \d{{1,3}}(?:[ \u00a0\u202f]\d{{3}})+(?!\w) | {word} )
          (?: ['’.\-‑]{word} | (?<=\d)[,:/٫٬–]\d{letter}* )* (?: [%‰٪] | °[CF]? )?
          | [{_HAN_FIGURE}]{{2,}} | [๐-๙]+(?:[.,:][๐-๙]+)*
          | \.\.+ | --+ | ==+ | \*\*+ | __+ | [\U0001f1e6-\U0001f1ff]{{2}}
          | {single}(?:\u200d{single})* | (?!.|\n) )""",
        re.VERBOSE | re.DOTALL,
    )


def _marks() -> str:
    """Combining marks as the inside of a character class: `re` does not count them as parts of words."""
    planes = (range(0x300, 0x3100), range(0xA600, 0xAC00), range(0xFB1E, 0xFB1F), range(0xFE20, 0xFE30))
    marks = {code for plane in planes for code in plane if unicodedata.category(chr(code)).startswith("M")}
    firsts, lasts = (sorted(code for code in marks if code + step not in marks) for step in (-1, 1))
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in zip(firsts, lasts, strict=True))
