"""Sequences of words in a text, by the first of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import compress, pairwise

from feedwatch.reading.phrases import Matter

# Vowels and other signs that are written on a letter: to Python they are no letters.
MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc\u09be-\u09cd\u09d7"
    "\u0a01-\u0a03\u0a3c-\u0a51\u0a70\u0a71\u0a75\u0a81-\u0a83\u0abc\u0abe-\u0acd\u0b01-\u0b03\u0b3c\u0b3e-\u0b57"
    "\u0b82\u0bbe-\u0bcd\u0bd7\u0c00-\u0c04\u0c3c\u0c3e-\u0c56\u0c81-\u0c83\u0cbc\u0cbe-\u0cd6\u0d00-\u0d03\u0d3b"
    "\u0d3c\u0d3e-\u0d4d\u0d57\u0dca-\u0ddf\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd"
    "\u102b-\u103e\u1056-\u109d\u17b4-\u17d3\u200c\u200d"
)
_TOKEN = re.compile(rf"[^\W_]+(?:['’-][^\W_]+|[{MARKS}]+[^\W_]*)*")
# Scripts without spaces between words.
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+")
_UNIT = re.compile(rf"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff][{MARKS}]*|\d+|[^\W\d_]+")
# In UTF-8: every sign of ASCII that divides words is a space.
_DIVIDED = bytes(code if code >= 128 or chr(code).isalnum() or chr(code) in "'-" else 32 for code in range(256))
_USUAL = 1000  # characters of a line whose words are kept
CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_FIGURES = re.compile(r"\d+|\D+")
_GAP = "…"
_WIDEST_GAP = 5  # words that "…" may stand for
START = 4  # words in which a note says that it is one, and a call what to do


class Sequences:
    """Word sequences, found by their first words."""

    def __init__(self, table: Mapping[Matter, str]) -> None:
        self.whole: dict[tuple[str, ...], Matter] = {}
        self.gapped: dict[str, list[tuple[tuple[str, ...], Matter]]] = {}  # by their first word
        # By first and second word; by "" for the second where there is none or any may follow.
        self.by_start: dict[str, dict[str, list[tuple[tuple[str, ...], Matter, bool]]]] = {}
        for matter, lines in table.items():
            for phrase in lines.replace("\n", "|").split("|"):
                tokens = _phrase_tokens(phrase)
                if not tokens:
                    continue
                if _GAP not in tokens:
                    self.whole.setdefault(tokens, matter)
                else:
                    self.gapped.setdefault(tokens[0], []).append((tokens, matter))
                second = tokens[1] if len(tokens) > 1 and tokens[1] != _GAP else ""
                same = self.by_start.setdefault(tokens[0], {}).setdefault(second, [])
                same.append((tokens, matter, "~" not in phrase))
        starts = [(first, second) for first, by_second in self.by_start.items() for second in by_second]
        self._alone = frozenset(first for first, second in starts if not second)
        self._two = frozenset(starts)

    def match_whole(self, tokens: tuple[str, ...]) -> Matter | None:
        if tokens in self.whole:
            return self.whole[tokens]
        for phrase, matter in self.gapped.get(tokens[0], ()):
            if _end_of_match(phrase, tokens, 0) == len(tokens):
                return matter
        return None

    def find(self, tokens: Sequence[str]) -> Iterator[tuple[Matter, bool]]:
        """What the phrases in `tokens` are about, and whether each is furniture by itself."""
        if self._alone.isdisjoint(tokens) and self._two.isdisjoint(pairwise(tokens)):
            return  # most lines have not even the first two words of one
        for at in list(compress(range(len(tokens)), map(self.by_start.__contains__, tokens))):
            by_second = self.by_start[tokens[at]]
            candidates = by_second.get("", [])
            if at + 1 < len(tokens) and tokens[at + 1] in by_second:
                candidates = candidates + by_second[tokens[at + 1]]
            for phrase, matter, strong in candidates:
                if _end_of_match(phrase, tokens, at) is not None:
                    yield matter, strong or (matter is Matter.CORRECTION and at < START)


def _phrase_tokens(phrase: str) -> tuple[str, ...]:
    return tuple(token for part in re.split(f"({_GAP})", phrase) for token in ([_GAP] if part == _GAP else words(part)))


def _end_of_match(phrase: Sequence[str], tokens: Sequence[str], at: int) -> int | None:
    """Where `phrase` ends in `tokens` when it starts at `at`; a gap at the end takes what is left, up to its width."""
    for i, word in enumerate(phrase):
        if word == _GAP:
            rest = phrase[i + 1 :]
            if not rest:
                return min(at + _WIDEST_GAP, len(tokens))
            ends = (_end_of_match(rest, tokens, at + skip) for skip in range(_WIDEST_GAP + 1))
            return next((end for end in ends if end is not None), None)
        if at >= len(tokens) or tokens[at] != word:
            return None
        at += 1
    return at


@cache
def any_of(table: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(cut) for phrase in table.split("|") if (cut := phrase.strip())))


def has_cjk(text: str) -> bool:
    return not text.isascii() and CJK.search(text) is not None


def words(text: str) -> tuple[str, ...]:
    return _words_of_line(text) if len(text) <= _USUAL else _words(text)


def _words(text: str) -> tuple[str, ...]:
    """All that `_TOKEN` finds. Nearly every word stands between spaces once ASCII's signs are spaces."""
    plain = text.replace("’", "'").casefold().encode("utf-8", "surrogatepass").translate(_DIVIDED)
    found: list[str] = []
    for word in plain.decode("utf-8", "surrogatepass").split():
        if word.isalnum():
            found.append(word)
        else:
            found += _TOKEN.findall(word)
    return tuple(found)


_words_of_line = lru_cache(maxsize=512)(_words)  # asked of each line two to five times, one after the other


def units(text: str) -> Sequence[str]:
    """Its words; where words are not spaced, each sign and each figure."""
    if text.isascii() or UNSPACED.search(text) is None:
        return words(text)
    parts = (_UNIT.findall(word) if UNSPACED.search(word) else (word,) for word in words(text))
    return [part for some in parts for part in some]


def words_and_figures(text: str) -> list[str]:
    """Where words are not spaced, what stands between two figures is one."""
    return [part for word in words(text) for part in (_FIGURES.findall(word) if CJK.search(word) else (word,))]
