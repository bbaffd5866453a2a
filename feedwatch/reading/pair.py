"""Two fetches of one page side by side: which of their differences are the article's, which are furniture's.

A difference is judged where it stands. Among the article's paragraphs and made like them it is an edit unless its
wording says furniture; in a box of another make it is furniture unless something proves it the article's own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from feedwatch.model import BlockKind, comparable
from feedwatch.reading.article import Selection, find_core
from feedwatch.reading.furniture import is_note
from feedwatch.reading.names import Mark, read_names
from feedwatch.reading.outline import Box, Outline, Run
from feedwatch.reading.wording import (
    find_phrases,
    heading_matter,
    is_credit,
    is_stamp,
    is_update,
    speaks_of_itself,
    speaks_to_reader,
    words,
)

# Reasons that hold for what a box is; the others hold for where it stands, and yield to a small edit.
_SOFT = frozenset(("outside", "caption", "linked", "link", "wording", "links", "aside"))
_ALIKE = 60.0  # of 100: two lines are one line edited
_SMALL_EDIT = 70.0
_MANNER = 0.15  # of the paragraphs speak to the reader: advice, opinion
_LABEL = 60  # characters
_SHORT = 160
_SIGNS = frozenset(("So", "Sm"))
_SENTENCE_END = tuple(".!?…。！？؟»”\"')」")
_SEMANTIC = frozenset(
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

    def __post_init__(self) -> None:
        self.kept = {run.index for run in self.selection.kept}

    @property
    def runs(self) -> list[Run]:
        return self.outline.runs

    def sum_stable(self, matched: set[int]) -> None:
        self.stable = [0]
        for run in self.runs:
            counts = run.index in matched and run.index in self.selection.core
            self.stable.append(self.stable[-1] + counts)

    def own_box(self, run: Run) -> Box | None:
        """The largest box around a run without any of the article's stable text; None where it has no such box."""
        found = None
        for box in run.box.chain():
            if self.stable[box.last] - self.stable[box.first]:
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

    def stands_in_flow(self, box: Box) -> bool:
        return box.parent in self.selection.flow

    def inside(self, box: Box) -> list[Run]:
        return self.runs[box.first : box.last]


def judge_pair(old: Side, new: Side) -> None:
    """Settles `kept` on both sides."""
    _Pair(old, new).judge()


class _Pair:
    def __init__(self, old: Side, new: Side) -> None:
        self.old, self.new = old, new
        self.same: list[tuple[int, int]] = []
        self.edited: list[tuple[int, int]] = []

    def judge(self) -> None:
        """Settles `kept` on both sides."""
        self.share_core()
        self.align()
        self.old.sum_stable({i for i, _ in self.same})
        self.new.sum_stable({j for _, j in self.same})
        for i, j in self.same:
            self.agree(i, j)
        churned = self.find_churn()
        for i, j in self.edited:
            self.judge_edited(i, j, churned=(i, j) in churned)
        edited_old, edited_new = {i for i, _ in self.edited}, {j for _, j in self.edited}
        same_old, same_new = {i for i, _ in self.same}, {j for _, j in self.same}
        for side, matched in ((self.old, same_old | edited_old), (self.new, same_new | edited_new)):
            for i in sorted(side.kept - matched):
                if not _belongs(side, side.runs[i]):
                    side.kept.discard(i)

    def share_core(self) -> None:
        """A make that only one page has is not the article's, unless the whole page was made anew."""
        shared = self.old.selection.makes & self.new.selection.makes
        if shared:
            for side in (self.old, self.new):
                chosen = side.selection
                chosen.core, chosen.flow = find_core(side.outline, shared, chosen.furniture)

    # ------------------------------------------------------------------------------------------------------ alignment

    def align(self) -> None:
        """Fills `same` with equal runs and `edited` with runs that are one line changed, both in document order."""
        numbers: dict[str, int] = {}
        old, new = (
            [numbers.setdefault(comparable(run.text), len(numbers)) for run in side.runs]
            for side in (self.old, self.new)
        )
        for op in Indel.opcodes(old, new):
            if op.tag == "equal":
                self.same += zip(range(op.src_start, op.src_end), range(op.dest_start, op.dest_end), strict=True)
        self.edited = list(self.find_edited())

    def find_edited(self) -> Iterator[tuple[int, int]]:
        for olds, news in self.gaps():
            taken = 0
            for i in olds:
                text = self.old.runs[i].text
                scores = [(fuzz.ratio(text, self.new.runs[j].text), -at) for at, j in enumerate(news[taken:])]
                best, at = max(scores, default=(0.0, 0))
                if best >= _ALIKE or (len(olds) == len(news) == 1 and self.same_place(i, news[0])):
                    yield i, news[taken - at]
                    taken += 1 - at

    def gaps(self) -> Iterator[tuple[list[int], list[int]]]:
        """The runs between two equal ones, on both sides."""
        i = j = 0
        for next_i, next_j in (*self.same, (len(self.old.runs), len(self.new.runs))):
            if next_i > i and next_j > j:
                yield list(range(i, next_i)), list(range(j, next_j))
            i, j = next_i + 1, next_j + 1

    def same_place(self, i: int, j: int) -> bool:
        old, new = self.old.runs[i].box, self.new.runs[j].box
        return [(box.tag, box.names) for box in old.chain()] == [(box.tag, box.names) for box in new.chain()]

    # ------------------------------------------------------------------------------------------------------ judgement

    def agree(self, i: int, j: int) -> None:
        """An equal line is article on both sides or on none: what only one page alone took for article stays."""
        if (i in self.old.kept) != (j in self.new.kept):
            self.old.kept.add(i)
            self.new.kept.add(j)

    def find_churn(self) -> set[tuple[int, int]]:
        """Lines of one box outside the article's flow in which nothing but figures changed, two or more at once."""
        changed: dict[Box, list[tuple[int, int]]] = {}
        for i, j in self.edited:
            box = self.new.own_box(self.new.runs[j])
            if box is not None and not any(run.index in self.new.selection.core for run in self.new.inside(box)):
                changed.setdefault(box, []).append((i, j))
        boxes = (pairs for pairs in changed.values() if len(pairs) > 1)
        return {pair for pairs in boxes if all(self.only_figures(*pair) for pair in pairs) for pair in pairs}

    def only_figures(self, i: int, j: int) -> bool:
        left, right = ([word for word in words(run.text) if not word[0].isdigit()] for run in self.runs_of(i, j))
        return left == right

    def runs_of(self, i: int, j: int) -> tuple[Run, Run]:
        return self.old.runs[i], self.new.runs[j]

    def judge_edited(self, i: int, j: int, *, churned: bool) -> None:
        keep = not churned and self.is_edit(*self.runs_of(i, j))
        for side, index in ((self.old, i), (self.new, j)):
            if keep:
                side.kept.add(index)
            else:
                side.kept.discard(index)

    def is_edit(self, old: Run, new: Run) -> bool:
        kept = (old.index in self.old.kept) + (new.index in self.new.kept)
        soft = self.is_soft(self.old, old) and self.is_soft(self.new, new)
        if not kept and not soft:
            return False
        core = old.index in self.old.selection.core and new.index in self.new.selection.core
        if _is_volatile(old, new):
            return False
        figures = self.only_figures(old.index, new.index) and len(new.text) < _SHORT
        if figures and not all(
            _reads_like_article(side, run, core=core) for side, run in ((self.old, old), (self.new, new))
        ):
            return False
        alike = fuzz.ratio(old.text, new.text)
        if core and kept:
            return alike >= _ALIKE or _belongs(self.new, new) or _belongs(self.old, old)
        if alike < _SMALL_EDIT:
            return bool(kept) and _belongs(self.new, new) and _belongs(self.old, old)
        return not _only_links_changed(old, new)

    def is_soft(self, side: Side, run: Run) -> bool:
        reason = side.selection.reasons.get(run.index)
        return reason is not None and (not reason or reason in _SOFT)


# ---------------------------------------------------------------------------------------------------------- evidence


def _is_volatile(old: Run, new: Run) -> bool:
    """A line of counts, times or dates that moved on."""
    return is_stamp(old.text) and is_stamp(new.text)


def _only_links_changed(old: Run, new: Run) -> bool:
    left, right = words(old.text), words(new.text)
    gone, come = set(left) - set(right), set(right) - set(left)
    if not gone and not come:
        return False
    return gone <= _linked_words(old) and come <= _linked_words(new)


def _linked_words(run: Run) -> set[str]:
    return {word for link in run.box.element.iter("a") for word in words(link.text_content())}


def _belongs(side: Side, run: Run) -> bool:
    """Whether a line that only one of the pages has, or has so, is the article's."""
    if is_note(run) or is_update(run.text):
        return True
    box = side.own_box(run)
    if box is None or any(inner.index in side.selection.core for inner in side.inside(box)):
        return _reads_like_article(side, run, core=True)
    if box.tag in _SEMANTIC and side.stands_in_flow(box):
        return _reads_like_article(side, run, core=box.tag != "p") and not _is_terse(side.inside(box))
    return _is_proven(side, box, run)


def _reads_like_article(side: Side, run: Run, *, core: bool) -> bool:
    text = run.text
    if run.linked > 0.6 or is_stamp(text) or heading_matter(text) or is_credit(text) or _is_label(run):
        return False
    phrases = find_phrases(text)
    if phrases.is_correction:
        return True
    if phrases.strong or (phrases.weak and phrases.addressed) or speaks_of_itself(text):
        return False
    if speaks_to_reader(text) and not side.speaks_to_reader():
        return False
    return core or not (phrases.weak or run.linked > 0.3)


def _is_label(run: Run) -> bool:
    """A line with a sign or a number for a reader to act on, and no sentence: "▶ Listen 3 min", "Seen 151 times"."""
    text = run.text
    if unicodedata.category(text.lstrip("[( ")[0]) in _SIGNS or unicodedata.category(text[-1]) in _SIGNS:
        return True
    short = len(text) < _LABEL and run.kind is BlockKind.PARAGRAPH
    return short and any(char.isdigit() for char in text) and not text.endswith(_SENTENCE_END)


def _is_terse(runs: list[Run]) -> bool:
    return len(runs) > 1 and all(len(run.text) < 30 for run in runs)


def _is_proven(side: Side, box: Box, run: Run) -> bool:
    """A box of another make: a quotation of the article, a figure, or what the page's own data call article."""
    if box.fields or box.buttons or read_names(box.names, box.ident) in (Mark.STRONG, Mark.WEAK):
        return False
    if side.article_body and comparable(run.text) in side.article_body:
        return True
    if run.kind is BlockKind.QUOTE or read_names(box.names, box.ident) is Mark.CONTENT:
        return _reads_like_article(side, run, core=True)
    bare = run.text.strip(" \"'“”„«»‘’")
    repeated = len(bare) >= 20 and any(
        bare in other.text for other in side.runs if other is not run and other.index in side.kept
    )
    return repeated and run.linked < 0.3
