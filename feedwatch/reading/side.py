"""One of two fetches of a page, and what of it speaks for the article.

A line is judged by its wording, by the box that it stands in, and by whether it speaks of what the article is about.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from feedwatch.model import BlockKind, comparable
from feedwatch.reading.article import Selection
from feedwatch.reading.furniture import is_note
from feedwatch.reading.names import Mark, read_names
from feedwatch.reading.outline import Box, Outline, Run
from feedwatch.reading.stamps import is_stamp
from feedwatch.reading.wording import (
    find_phrases,
    heading_matter,
    is_credit,
    is_update,
    speaks_of_itself,
    speaks_to_reader,
)

_ABOUT = 0.4  # of a line's telling words the article has, too
_SEVERAL = 3
_NEAR = 8  # runs: byline, date and share buttons may stand between
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]+")
_NUMBERED = re.compile(r"\(?\d{1,2}[.)]\s")
_ENOUGH = 300  # characters: furniture of which a part changed has less that did not
_LONG = 250
_MOSTLY_LINKED = 0.6
_MANNER = 0.15  # of the paragraphs speak to the reader: advice, opinion
_LABEL = 60  # characters
_SIGNS = frozenset(("So", "Sm"))
_SENTENCE_END = tuple(".!?…。！？؟»”\"')」")
SEMANTIC = frozenset(
    ("p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dd", "dt", "blockquote", "pre", "table", "figure")
)


@dataclass(slots=True)
class Side:
    """One of the two pages. `kept` starts as what the page alone suggests and ends as the article."""

    outline: Outline
    selection: Selection
    article_body: str
    kept: set[int] = field(default_factory=set)
    stable: list[int] = field(default_factory=list)  # sums: runs of the core that the other page has, too
    manner: bool | None = None
    vocabulary: Counter[str] = field(default_factory=Counter)  # telling word -> paragraphs of the article with it

    def __post_init__(self) -> None:
        self.kept = {run.index for run in self.selection.kept}

    @property
    def runs(self) -> list[Run]:
        return self.outline.runs

    def sum_stable(self, matched: set[int]) -> None:
        """Enough of it makes a box the article's: a paragraph of its own make, or much of what may be its text."""
        self.stable = [0]
        for run in self.runs:
            counts = len(run.text) if run.index in matched and run.index in self.kept else 0
            core = run.index in matched and run.index in self.selection.core
            self.stable.append(self.stable[-1] + (_ENOUGH if core else counts))

    def own_box(self, run: Run) -> Box | None:
        """The largest box around a run without any of the article's stable text; None where it has no such box."""
        found = None
        for box in run.box.chain():
            if self.stable[box.last] - self.stable[box.first] >= _ENOUGH:
                break
            found = box
        return found

    def speaks_to_reader(self) -> bool:
        """Whether that is the article's own manner, as in advice and opinion."""
        if self.manner is None:
            core = [run for run in self.selection.kept if run.index in self.selection.core]
            speaking = sum(1 for run in core if speaks_to_reader(run.text))
            self.manner = speaking > max(1, _MANNER * len(core))
        return self.manner

    def share_of_words(self, run: Run) -> float:
        """Of a line's telling words, how many the rest of the article has, too."""
        if not self.vocabulary:
            for other in self.selection.kept:
                if other.index in self.selection.core:
                    self.vocabulary.update(_telling(other.text))
        telling = _telling(run.text)
        own = run.index in self.selection.core and run.index in self.selection.reasons
        used = sum(1 for word in telling if self.vocabulary[word] > own)
        return used / len(telling) if telling else 0.0

    def is_second_headline(self, run: Run) -> bool:
        """Whether it is a heading just before the article, as outlets have that break a headline in two."""
        chosen = self.selection
        if run.kind is not BlockKind.HEADING or run.link_chars or run.index in chosen.furniture or not chosen.kept:
            return False
        return 0 < chosen.kept[0].index - run.index <= _NEAR

    def speaks_of_article(self, run: Run) -> bool:
        return len(_telling(run.text)) >= _SEVERAL and self.share_of_words(run) >= _ABOUT

    def stands_in_flow(self, box: Box) -> bool:
        return box.parent in self.selection.flow or self.is_one_of_a_row(box)

    def is_one_of_a_row(self, box: Box) -> bool:
        """Whether the next box before or after it is made like it and may be the article's."""
        if box.parent is None or box.tag not in SEMANTIC:
            return False
        row = box.parent.boxes
        at = row.index(box)
        beside = [row[i] for i in (at - 1, at + 1) if 0 <= i < len(row)]
        return any(
            (other.tag, other.names) == (box.tag, box.names)
            and any(run.index in self.kept for run in self.inside(other))
            for other in beside
        )

    def inside(self, box: Box) -> list[Run]:
        return self.runs[box.first : box.last]


def belongs(side: Side, run: Run) -> bool:
    """Whether a line that only one of the pages has, or has so, is the article's."""
    if is_note(run) or is_update(run.text):
        return True
    box = side.own_box(run)
    if run.index in side.selection.core and len(run.text) >= _LONG and run.linked < _MOSTLY_LINKED:
        return True
    if box is None or any(inner.index in side.selection.core for inner in side.inside(box)):
        return reads_like_article(side, run, core=True)
    if box.tag in SEMANTIC and side.stands_in_flow(box):
        return reads_like_article(side, run, core=box.tag != "p") and not _is_terse(side.inside(box))
    return _is_proven(side, box, run)


def reads_like_article(side: Side, run: Run, *, core: bool) -> bool:
    text = run.text
    if run.linked > _MOSTLY_LINKED or is_stamp(text) or heading_matter(text) or is_credit(text):
        return False
    if _is_label(run) and not side.speaks_of_article(run):
        return False
    phrases = find_phrases(text)
    if phrases.is_correction:
        return True
    if phrases.strong or (phrases.weak and phrases.addressed) or speaks_of_itself(text):
        return False
    if speaks_to_reader(text) and not side.speaks_to_reader():
        return False
    return core or not (phrases.weak or run.linked > 0.3)


def is_boxed(side: Side, run: Run) -> bool:
    """Whether a line stands in a box of another make than the article's paragraphs, and not in a list among them."""
    box = side.own_box(run)
    return box is not None and (box.tag not in SEMANTIC or not side.stands_in_flow(box))


def is_about_article(side: Side, run: Run, *, figures: bool) -> bool:
    """Whether a boxed line in which something small changed is the article's.

    `figures`: nothing else did. Prices, counts and dates of offers change like this, so it has to speak of the
    article's own matters.
    """
    if not reads_like_article(side, run, core=True):
        return False
    return not figures or side.speaks_of_article(run)


def _is_label(run: Run) -> bool:
    """A line with a sign or a number for a reader to act on, and no sentence: "▶ Listen 3 min", "Seen 151 times"."""
    text = _NUMBERED.sub("", run.text, count=1) or run.text
    if unicodedata.category((text.lstrip("[( ") or text)[0]) in _SIGNS or unicodedata.category(text[-1]) in _SIGNS:
        return True
    short = len(text) < _LABEL and run.kind is BlockKind.PARAGRAPH
    return short and any(char.isdigit() for char in text) and not text.endswith(_SENTENCE_END)


def _telling(text: str) -> set[str]:
    """Its longer words, and its pairs of characters where words are not spaced."""
    found = {word for word in _LONG_WORD.findall(text.casefold()) if _UNSPACED.search(word) is None}
    for stretch in _UNSPACED.findall(text):
        found.update(stretch[i : i + 2] for i in range(len(stretch) - 1))
    return found


def _is_terse(runs: list[Run]) -> bool:
    return len(runs) > 1 and all(len(run.text) < 30 for run in runs)


def _is_proven(side: Side, box: Box, run: Run) -> bool:
    """A box of another make: a quotation of the article, a figure, or what the page's own data call article."""
    if box.fields or box.buttons or read_names(box.names, box.ident) in (Mark.STRONG, Mark.WEAK):
        return False
    if side.article_body and comparable(run.text) in side.article_body:
        return True
    if run.kind is BlockKind.QUOTE or read_names(box.names, box.ident) is Mark.CONTENT:
        return reads_like_article(side, run, core=True)
    bare = run.text.strip(" \"'“”„«»‘’")
    repeated = len(bare) >= 20 and any(
        bare in other.text for other in side.runs if other is not run and other.index in side.kept
    )
    return repeated and run.linked < 0.3
