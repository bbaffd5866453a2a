"""Which words of a paragraph stand in quotation marks, of any style, and what is only a matter of style."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from feedwatch.judging.fragments import Stretch
from feedwatch.judging.languages import listed
from feedwatch.model import comparable

# Opening mark -> the marks that can close it. Several languages close with what others open with.
_CLOSERS = {
    "\u201c": "\u201d\u201c",  # English; Chinese
    "\u201d": "\u201d",  # Swedish, Finnish
    "\u201e": "\u201c\u201d\u201f",  # German, Polish, Dutch
    "\u201f": "\u201d",
    "\u00ab": "\u00bb",  # French, Russian, Italian, Arabic
    "\u00bb": "\u00ab\u00bb",  # German books, Danish, Swedish
    "\u2039": "\u203a",
    "\u203a": "\u2039",
    "\u300c": "\u300d",  # Japanese
    "\u300e": "\u300f",
    "\u300a": "\u300b",  # Chinese titles
    "\uff02": "\uff02",
    '"': '"',
    "\u2018": "\u2019",
    "\u201a": "\u2018\u2019",
    "'": "'",
}
_OPENING = re.compile(f"[{''.join(_CLOSERS)}]")
_BRACKETS = "\u300c\u300e\u300a\u00ab\u2039\u201e"  # can only open, wherever they stand
_MARKS = re.compile("[\u2018-\u201f\u2039\u203a\u00ab\u00bb\u300c-\u300f\u300a\u300b\uff02\"'`\u00b4\u2032\u2033]")
_APOSTROPHES = "'\u2019"
_UNSPACED = "[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"  # words that no space parts


def _passages(text: str) -> Iterator[Stretch]:
    """Where the quoted passages stand (without their marks), outermost only.

    A passage that is not closed runs to the end: speech over several paragraphs is closed in its last one only.
    """
    if not _OPENING.search(text):
        return
    closings = {mark: [at.start() for at in re.finditer(f"[{closers}]", text) if _closes(text, at.start())]
                for mark, closers in _CLOSERS.items() if mark in text}  # fmt: skip
    done = 0
    for match in _OPENING.finditer(text):
        at = match.start()
        if at < done or not _opens(text, at):
            continue
        after = closings[text[at]]
        place = bisect_right(after, at)
        if place == len(after) and text[at] in "'\u2018":  # an apostrophe after all
            continue
        end = after[place] if place < len(after) else len(text)
        if text[at + 1 : end].strip():
            yield Stretch(at + 1, end)
        done = end + 1


def _opens(text: str, at: int) -> bool:
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark in _BRACKETS:
        return True
    if not after or (after.isspace() and mark not in "\u00ab\u00bb"):
        return False
    if mark == "'" and after.isdigit():  # the '90s
        return False
    return not before or not (before.isalnum() or before in ".,;:!?%)]" + _APOSTROPHES)


def _closes(text: str, at: int) -> bool:
    if text[at] in _APOSTROPHES and text[at + 1 : at + 2].isalnum():  # don't
        return False
    return text[at] != '"' or not text[at - 1 : at].isspace()


@dataclass(frozen=True, slots=True)
class Quote:
    text: str  # as published, without its marks
    words: str  # folded, for comparing
    start: int
    end: int


def quoted(text: str) -> list[Quote]:
    """The quoted passages of one paragraph."""
    stretches = ((start, end, text[start:end]) for start, end in _passages(text))
    return [
        Quote(words.strip(" ,\u00a0"), folded(words).strip(" '.,;:!"), start, end) for start, end, words in stretches
    ]


def missing(here: Iterable[str], there: Iterable[str]) -> dict[str, str]:
    """What is quoted in paragraphs here and nowhere there: folded -> as published."""
    quotes = [quote for text in here for quote in quoted(text)]
    beside = {quote.words for text in there for quote in quoted(text)} if quotes else ()
    return {quote.words: quote.text for quote in quotes if quote.words not in beside}


def bared(pairs: Iterable[tuple[str, str]], moved: Container[str]) -> set[str]:
    """Of `moved`, what is quoted in the first paragraph of a pair and stands in the second one without marks."""
    return {
        quote.words
        for here, there in pairs
        for quote in quoted(here)
        if quote.words in moved and _stands_unquoted(quote.words, there)
    }


def _stands_unquoted(words: str, text: str) -> bool:
    bare, at = "", 0
    for start, end in _passages(text):
        bare, at = f"{bare}{text[at:start]}\n", end
    if not words:  # marks around nothing but signs
        return False
    before, after = (
        r"\b" if char.isalnum() and not re.match(_UNSPACED, char) else "" for char in (words[0], words[-1])
    )
    return re.search(f"{before}{re.escape(words)}{after}", folded(bare + text[at:])) is not None


# ---------------------------------------------------------------------------------------------------------- style

_DASHES = re.compile("[\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\uff0d]")
_SPACED = re.compile(r"\s*([-'])\s*")
_DOUBLED = re.compile(r"--+")
# Full-width forms and ligatures; never the whole of NFKC, to which 10\u00b2 is 102.
_WIDE = re.compile("[\uff01-\uffee\ufb00-\ufb06]+")


def folded(text: str) -> str:
    """`text` with every style of quotation mark, dash, space, ellipsis, width and case made one; no letter is lost."""
    plain = comparable(text).replace("\u2026", "...").replace("''", "'").replace("``", "'")
    plain = _WIDE.sub(lambda wide: unicodedata.normalize("NFKC", wide[0]), plain)
    return _DOUBLED.sub("-", _DASHES.sub("-", _MARKS.sub("'", plain))).casefold()


def styled_alike(old: str, new: str) -> bool:
    """Whether two paragraphs differ in style only: marks, dashes, spaces, ellipses, case, a last full stop."""
    return _bare(old) == _bare(new) and not _case_matters(old, new)


def _bare(text: str) -> str:
    return _SPACED.sub(r"\1", folded(text)).removesuffix(".").rstrip()


_WORD = re.compile(r"[^\W\d_]+")
# German says "they" or "you" by the case of these.
_POLITE = frozenset(
    listed("""
sie ihr ihnen ihre ihrer ihren ihrem ihres
""")
)


def _case_matters(old: str, new: str) -> bool:
    """US and us, WHO and who; but a capital more or less at a word's beginning is style, as is a whole line of them."""
    if old.isupper() or new.isupper():
        return False
    for one, other in zip(_WORD.findall(old), _WORD.findall(new), strict=False):
        if one != other and one.casefold() == other.casefold():
            acronym = one.isupper() != other.isupper() and 1 < len(one) <= 5
            if acronym or one.casefold() in _POLITE:
                return True
    return False
