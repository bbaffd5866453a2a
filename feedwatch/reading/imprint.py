"""What a page would tell an edit by: everything on it but what is furniture for certain, as one digest.

Beside a page with the same imprint nothing is told of this one (`bench/region.py` counts it), so it need not be read:
the lines of the article that are known take the place of what an extractor would find. Whatever `reading.pair` could
tell a change of is in the digest. So a line is out of it only if no line that takes its place, no part of it that
changes and no box that is filled anew would ever be told, by that line alone, whatever stands on the other page.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from feedwatch.model import BlockKind, SiteRule, Text, comparable
from feedwatch.reading.article import place_of, select
from feedwatch.reading.changing import is_row_of_table, may_be_renumbered
from feedwatch.reading.doubt import (
    STAY,
    in_nothing_certain,
    is_count,
    is_figure,
    is_put_in,
    is_short,
    may_be_called,
    may_be_redated,
    words_that_stay,
)
from feedwatch.reading.extractor import EXTRACTOR
from feedwatch.reading.facts import is_kicker, is_number_told, may_be_fact
from feedwatch.reading.furniture import line_reason
from feedwatch.reading.metadata import Metadata
from feedwatch.reading.outline import Outline, Run, is_row
from feedwatch.reading.pair import SOFT
from feedwatch.reading.sequences import units
from feedwatch.reading.side import Side, belongs, is_boxed
from feedwatch.reading.standfirst import find_standfirst
from feedwatch.reading.tables import rows_of_tables
from feedwatch.reading.voice import is_added_paragraph, reads_like_article

_DIGEST, _LINE, _COUNT = 16, 4, 2  # bytes
_MOST = 300  # lines of the article: an imprint stands in its row
_MOST_LOOSE = 1000  # bytes
_SHORT = 160  # characters
_FIGURE = re.compile(r"(?<![\w'’-])\d+")  # not of a name: "v8", "Covid-19"
_IS_FIGURE = 128  # and above: the byte of a figure, below it that of a word
_LONGEST_LOOSE, _FEWEST = 60, 2  # words
_YIELDING = SOFT | {""}  # reasons that yield to a small edit
# Each where nothing makes furniture certain.
_TOLD_ALONE = (may_be_fact, is_number_told, is_kicker, may_be_redated, may_be_called)


class Loose(NamedTuple):
    """A line that is told of only where most of its words stay: its text's digest, and its words, a byte for each."""

    sign: bytes
    words: bytes
    is_short: bool = False  # of the newer page alone
    is_furniture: bool = False  # by its box, which also holds of the newer page alone


@dataclass(frozen=True, slots=True)
class _Drawn:
    digest: bytes
    loose: tuple[Loose, ...]


class Draft:
    """What imprints are drawn of: a page, by a site's rule. Of the same lines one is drawn once: where a page has not
    the known imprint but the known article, its own imprint is of these.
    """

    def __init__(self, outline: Outline, title: str, metadata: Metadata, rule: SiteRule) -> None:
        self._outline, self._title, self._metadata, self._rule = outline, title, metadata, rule
        self._drawn: dict[frozenset[int], _Drawn] = {}

    def imprint_of(self, text: Text) -> bytes:
        """With an article's text, for the pages that come after it. Empty where these have to be read: by a rule that
        says where the text is they cost little more.
        """
        if self._rule.body:
            return b""
        lines = {_sign(line) for line in (text.standfirst, *text.paragraphs) if line}
        seeds = self._find(lines)
        if not seeds or len(lines) > _MOST:
            return b""
        drawn = self._draw(seeds)
        loose = b"".join(line.sign + bytes((len(line.words),)) + line.words for line in drawn.loose)
        if len(loose) > _MOST_LOOSE:
            return b""
        return drawn.digest + len(lines).to_bytes(_COUNT, "big") + b"".join(sorted(lines)) + loose

    def has_imprint(self, imprint: bytes) -> bool:
        """Whether the page shows the article of the page that it is of: then it is never told of beside that one."""
        start = _DIGEST + _COUNT
        end = start + _LINE * int.from_bytes(imprint[_DIGEST:start], "big")
        seeds = self._find({imprint[at : at + _LINE] for at in range(start, end, _LINE)})
        if not seeds:
            return False
        drawn = self._draw(seeds)
        return drawn.digest == imprint[:_DIGEST] and not _may_be_reworded(_unpacked(imprint[end:]), drawn.loose)

    def _find(self, lines: set[bytes]) -> frozenset[int]:
        """The runs with these lines; none where one of them is missing, which the article had: it would be told of."""
        signs = [_sign(run.text) for run in self._outline.runs]
        return frozenset(i for i, sign in enumerate(signs) if sign in lines) if lines.issubset(signs) else frozenset()

    def _draw(self, seeds: frozenset[int]) -> _Drawn:
        if seeds not in self._drawn:
            self._drawn[seeds] = _draw(self._outline, self._title, self._metadata, self._rule, seeds)
        return self._drawn[seeds]


def _unpacked(packed: bytes) -> list[Loose]:
    found, at = [], 0
    while at < len(packed):
        words_at = at + _LINE + 1
        end = words_at + packed[words_at - 1]
        found.append(Loose(packed[at : at + _LINE], packed[words_at:end]))
        at = end
    return found


def _may_be_reworded(old: Collection[Loose], new: Collection[Loose]) -> bool:
    """Whether one of the lines that went may have become one of those that came, as `doubt.is_reworded` tells it."""
    before, after = {line.sign for line in old}, {line.sign for line in new}
    gone = {line.words for line in old if line.sign not in after}
    come = {line for line in new if line.sign not in before}
    return any(_are_alike(one, other) for one in gone for other in come)


def _are_alike(old: bytes, new: Loose) -> bool:
    """As there, but in short lines, too: one about something else is told of by fewer words. Two words may have one
    byte, so more seems to stay than does, and less to differ.
    """
    least = STAY if new.is_furniture else _FEWEST
    if LCSseq.similarity(old, new.words) < words_that_stay(len(old), len(new.words), least):
        return False
    other = set(old) ^ set(new.words)
    return not (any(byte >= _IS_FIGURE for byte in other) and is_count(len(other), short=new.is_short))


def _sign(line: str) -> bytes:
    """Finds a known line again; what is told of it is the digest's matter."""
    return zlib.crc32(line.encode("utf-8", "surrogatepass")).to_bytes(_LINE, "big")


@lru_cache(maxsize=4096)  # what readers and advertisements say has the same words again and again
def _byte(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass")) % _IS_FIGURE + _IS_FIGURE * is_figure(word)


def _draw(outline: Outline, title: str, metadata: Metadata, rule: SiteRule, seeds: frozenset[int]) -> _Drawn:
    selection = select(outline, seeds, title)
    standfirst = find_standfirst(outline, selection, title, metadata.description)
    side = Side(outline, selection, comparable(metadata.article_body))
    side.sum_stable({run.index for run in outline.runs})  # what the other page has: all of it, at the most
    told = [EXTRACTOR, repr(rule), title, standfirst.text if standfirst else "", place_of(selection)]
    told += [metadata.article_body, metadata.canonical_url or ""]
    loose = []
    rows = rows_of_tables(side)
    if "title" not in selection.reasons.values():  # one of these may have become another
        rows |= {run.index for run in outline.runs if run.box.tag == "h1"}
    for run in outline.runs:
        if run.index in seeds or run.index in rows or _may_be_told(side, run):
            told.append(f"{run.kind} {run.text}")
        elif not _is_certain(side, run):
            if _is_loose(side, run) and len(spoken := units(run.text)) <= _LONGEST_LOOSE:
                spoken_bytes = bytes(map(_byte, spoken))
                loose.append(Loose(_sign(run.text), spoken_bytes, is_short(run), run.index in selection.furniture))
            else:
                told.append(f"{run.kind} {_without_figures(side, run)}")
    digest = hashlib.sha256("\n".join(told).encode("utf-8", "surrogatepass")).digest()[:_DIGEST]
    return _Drawn(digest, tuple(loose))


def _may_be_told(side: Side, run: Run) -> bool:
    """Whether it is told of wherever it stands: the article's, a note, a row of a table, a second headline."""
    if run.index in side.kept:
        return True
    if run.box.tag == "tr" and (is_row_of_table(side, run) or (is_row(run) and side.is_near(run))):
        return True
    if is_added_paragraph(run) or side.is_note_of_article(run):
        return True
    if in_nothing_certain(side, run) and any(told(side, run) for told in _TOLD_ALONE):
        return True
    return run.kind is BlockKind.HEADING and not run.link_chars and side.is_second_headline(run)


def _is_certain(side: Side, run: Run) -> bool:
    """Whether it is furniture whatever changes in it."""
    if in_nothing_certain(side, run):
        return False
    reason = _reason(side, run)
    if reason and side.selection.reasons.get(run.index) not in _YIELDING:
        return True
    boxed = is_boxed(side, run) and not reads_like_article(side, run, core=True)
    return boxed and (bool(reason) or not belongs(side, run))


def _reason(side: Side, run: Run) -> str:
    chosen = side.selection
    reason = chosen.reasons.get(run.index) or chosen.furniture.get(run.index)
    return reason or line_reason(run, core=run.index in chosen.core)


def _is_loose(side: Side, run: Run) -> bool:
    """Whether it may come, go and become another: told of only if it is reworded."""
    if side.selection.reasons.get(run.index) in _YIELDING or is_put_in(side, run):
        return False
    return bool(_reason(side, run)) or not belongs(side, run)


def _without_figures(side: Side, run: Run) -> str:
    """Its text, without figures where a change of nothing but these is not told."""
    if len(run.text) >= _SHORT or reads_like_article(side, run, core=True) or may_be_renumbered(side, run):
        return run.text
    return _FIGURE.sub("0", run.text)
