"""Two fetches of one page side by side: which of their differences are the article's, which are furniture's.

A difference is judged where it stands. Among the article's paragraphs and made like them it is an edit unless its
wording says furniture; in a box of another make it is furniture unless something proves it the article's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, LCSseq

from feedwatch.model import BlockKind, comparable
from feedwatch.reading.article import STRANGE, Make, find_core, make_of
from feedwatch.reading.changing import (
    changes_several_figures,
    is_all_other,
    is_measured_anew,
    is_renamed,
    is_renumbered,
    is_row_of_table,
    is_title_of_player,
)
from feedwatch.reading.doubt import (
    At,
    has_number_to_call,
    in_nothing_certain,
    is_put_in,
    is_redated,
    is_retimed,
    is_reworded,
    may_be_redated,
    only_links_changed,
    only_volatile,
)
from feedwatch.reading.facts import find_item, is_fact, is_kicker, is_number_told
from feedwatch.reading.outline import SEMANTIC, Box, Run, is_caption
from feedwatch.reading.sequences import UNSPACED, words, words_and_figures
from feedwatch.reading.side import Side, belongs, is_about_article, is_boxed, is_foreign
from feedwatch.reading.stamps import is_dateline, is_stamp
from feedwatch.reading.tables import keep_own_tables
from feedwatch.reading.voice import is_call, reads_like_article
from feedwatch.reading.wording import find_phrases, tells_of_others

# Reasons that hold for what a box is; the others hold for where it stands, and yield to a small edit.
SOFT = frozenset(("outside", STRANGE, "caption", "linked", "link", "wording", "links", "aside"))
_ALIKE = 60.0  # of 100: two lines are one line edited
_SMALL_EDIT = 70.0
_SAME_LINK = 80.0  # a link's text edited; other stories' headlines are less alike
_ENOUGH_WORDS = 4
_STANDFIRST = 0.3  # of an article: a page that lost the rest is empty
_SHORT = 160  # characters
_FEW_WORDS = 6  # with figures: a count beside its name


def is_emptied(old: Side, new: Side) -> bool:
    """Of two sides judged: whether the newer page is the older one without its article. Nothing is made like most of
    that, and most of what is taken for text was there before, as a standfirst may, or stands where the older page has
    furniture.
    """
    weights: Counter[Make] = Counter()
    for run in old.selection.kept:
        weights[make_of(run)] += len(run.text)
    main = max(weights, key=lambda make: weights[make], default=None)
    if main is None or any(make_of(run) == main for run in new.runs):
        return False
    known, left = ({comparable(run.text) for run in side.runs} for side in (old, new))
    stays = sum(len(run.text) for run in old.selection.kept if comparable(run.text) in left)
    if stays > _STANDFIRST * weights.total():
        return False
    around = {make_of(run) for run in old.runs if run.index not in old.selection.core}
    taken = [new.runs[i] for i in new.kept]
    strange = (run for run in taken if make_of(run) not in around and comparable(run.text) not in known)
    return 2 * sum(len(run.text) for run in strange) < sum(len(run.text) for run in taken)


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
        self.share_core()  # before anybody asks where the core stands
        self.align()
        self.old.sum_stable({i for i, _ in self.same})
        self.new.sum_stable({j for _, j in self.same})
        for i, j in self.same:
            self.agree(i, j)
        keep_own_tables(self.old, self.new)
        churned = self.find_churn()
        for i, j in self.edited:
            self.judge_edited(i, j, churned=(i, j) in churned)
        self.judge_single()
        strange = self.old.strange, self.new.strange
        for i, j in self.same:
            if i in strange[0] or j in strange[1]:
                self.old.kept.discard(i)
                self.new.kept.discard(j)

    def judge_single(self) -> None:
        """The lines that only one of the pages has."""
        edited_old, edited_new = {i for i, _ in self.edited}, {j for _, j in self.edited}
        same_old, same_new = {i for i, _ in self.same}, {j for _, j in self.same}
        put_in: list[dict[int, Make]] = []
        for side, matched in ((self.old, same_old | edited_old), (self.new, same_new | edited_new)):
            for i in sorted(side.kept - matched):
                if not belongs(side, side.runs[i]):
                    side.kept.discard(i)
            single = [run for run in side.runs if run.index not in matched]
            side.kept |= {run.index for run in single if _stands_beside_region(side, run) and belongs(side, run)}
            side.kept |= {run.index for run in single if side.is_note_of_article(run)} | side.rows
            put_in.append({run.index: make_of(run) for run in single if is_put_in(side, run)})
        rolled = set(put_in[0].values()) & set(put_in[1].values())  # one came, one went: a ticker's
        for side, made in zip((self.old, self.new), put_in, strict=True):
            side.kept |= {i for i, make in made.items() if make not in rolled}

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
            sides = self.sides_of(i, j)
            if all(is_number_told(*at) for at in sides):
                continue
            item = find_item(*sides[1])
            box = self.new.own_box(self.new.runs[j]) if item is None else item.parent
            if box is not None and not any(run.index in self.new.selection.core for run in self.new.inside(box)):
                changed.setdefault(box, []).append((i, j))
        boxes = (pairs for pairs in changed.values() if len(pairs) > 1)
        return {pair for pairs in boxes if all(self.only_figures(*pair) for pair in pairs) for pair in pairs}

    def only_figures(self, i: int, j: int) -> bool:
        left, right = (words_and_figures(run.text) for run in self.runs_of(i, j))
        return left != right and _without_figures(left) == _without_figures(right)

    def sides_of(self, i: int, j: int) -> tuple[At, At]:
        return (self.old, self.old.runs[i]), (self.new, self.new.runs[j])

    def runs_of(self, i: int, j: int) -> tuple[Run, Run]:
        return self.old.runs[i], self.new.runs[j]

    def judge_edited(self, i: int, j: int, *, churned: bool) -> None:
        old, new = self.runs_of(i, j)
        if self.is_retitled(i, j):
            self.old.title, self.new.title = old.text, new.text
            self.old.kept.discard(i)
            self.new.kept.discard(j)
            return
        of_table = is_row_of_table(self.old, old) and is_row_of_table(self.new, new)
        calls = _calls(self.old, old) and _calls(self.new, new)
        is_other = churned or calls or self.is_headline(old, new) or self.is_refilled(old, new)
        sides = self.sides_of(i, j)
        label = all(is_kicker(*at) for at in sides) and not is_measured_anew(old.text, new.text)
        fact = not (churned or calls) and (is_fact(*sides) or label)
        keep = of_table or fact or (not is_other and self.is_edit(old, new))
        others = not (keep or is_other) and is_caption(new.box) and _likeness(old.text, new.text) < _ALIKE
        for side, run in sides:
            if keep or (others and is_put_in(side, run)):
                side.kept.add(run.index)
            else:
                side.kept.discard(run.index)

    def is_headline(self, old: Run, new: Run) -> bool:
        """Whether both are their pages' headlines: these are compared as such."""
        reasons = self.old.selection.reasons.get(old.index), self.new.selection.reasons.get(new.index)
        return reasons == ("title", "title")

    def is_retitled(self, i: int, j: int) -> bool:
        """Whether a headline became another where it stands, while the head, which says what is one, stayed."""
        if not (self.old.runs[i].box.tag == self.new.runs[j].box.tag == "h1" and self.same_place(i, j)):
            return False
        told = [[n for n, why in side.selection.reasons.items() if why == "title"] for side in (self.old, self.new)]
        return told in ([[i], []], [[], [j]])

    def is_refilled(self, old: Run, new: Run) -> bool:
        """Whether the lines stand in boxes of another make than the article of which no line stayed, or no name."""
        sides = self.sides_of(old.index, new.index)
        return all(is_all_other(*at) for at in sides) or is_renamed(*sides)

    def is_edit(self, old: Run, new: Run) -> bool:
        sides = self.sides_of(old.index, new.index)
        core = all(run.index in side.selection.core for side, run in sides)
        volatile = only_volatile(words_and_figures(old.text), words_and_figures(new.text))
        figure = volatile and all(is_number_told(*at) for at in sides)
        if figure or self.is_timed(old, new, core=core):
            return figure
        kept = old.index in self.old.kept or new.index in self.new.kept
        if volatile and (kept or all(may_be_redated(*at) for at in sides)) and is_redated(*sides):
            return True
        if len(new.text) < _SHORT and self.only_figures(old.index, new.index):
            ticks = not core and changes_several_figures(old.text, new.text)
            if ticks or not all(self.keeps_figures(*at, core=core) for at in sides):
                return is_renumbered(*sides) and all(self.is_soft(*at) for at in sides)
        of_player = all(is_title_of_player(*at) for at in sides)
        if of_player or (not kept and not all(self.is_soft(side, run) for side, run in sides)):
            return is_reworded(*sides)
        alike = _likeness(old.text, new.text)
        if alike < (_ALIKE if core and kept else _SMALL_EDIT):
            told = kept and all(belongs(*at) for at in sides)
            return told or ((kept or _are_unspaced(old, new)) and is_reworded(*sides))
        return (core and kept) or _is_small_edit(*sides, volatile=volatile, alike=alike)

    def is_timed(self, old: Run, new: Run, *, core: bool) -> bool:
        """Whether both say no more than when they were written, or nothing but that changed."""
        if is_stamp(old.text) and is_stamp(new.text):
            return True
        dated = not core and is_dateline(old.text) and is_dateline(new.text)
        return dated or is_retimed(*self.sides_of(old.index, new.index))

    @staticmethod
    def keeps_figures(side: Side, run: Run, *, core: bool) -> bool:
        """Whether a line's figures are the article's. An item or heading that is all link may be, if extracted."""
        if is_foreign(side, run):
            return False
        if core and has_number_to_call(run.text):
            return True
        listed = run.kind is not BlockKind.PARAGRAPH and run.index in side.kept
        return reads_like_article(side, run, core=core or listed, linked=listed)

    def is_soft(self, side: Side, run: Run) -> bool:
        reason = side.selection.reasons.get(run.index)
        if reason is None:
            captions = is_caption(run.box) and side.is_near(run)
            return captions or side.is_second_headline(run) or side.is_note_of_article(run)
        return not reason or reason in SOFT or side.is_note_of_article(run)


# ---------------------------------------------------------------------------------------------------------- links


def _without_figures(tokens: list[str]) -> list[str]:
    return [token for token in tokens if not token[0].isdigit()]


def _likeness(old: str, new: str) -> float:
    """Of 100. A short line that got a sentence more, or lost one, is still the same line."""
    left, right = words(old), words(new)
    fewer = min(len(left), len(right))
    if fewer >= _ENOUGH_WORDS and LCSseq.similarity(left, right) == fewer:
        return 100.0
    return fuzz.ratio(old, new)


def _are_unspaced(*runs: Run) -> bool:
    """Whether a word that changed is most of a short line, as where one sign may be one."""
    return all(UNSPACED.search(run.text) is not None for run in runs)


def _is_small_edit(*sides: tuple[Side, Run], volatile: bool, alike: float) -> bool:
    """Whether a line that is not made like the article's paragraphs, or that the pages alone left out, is edited.

    `volatile`: only figures, days or months changed.
    """
    if any(is_boxed(*at) for at in sides) and not all(is_about_article(*at, volatile=volatile) for at in sides):
        return False
    (_, old), (_, new) = sides
    told = not volatile or len(words(new.text)) > _FEW_WORDS
    if told and alike >= _SAME_LINK and all(_is_line_of_flow(*at) for at in sides):
        return True
    return not only_links_changed(old, new)


def _calls(side: Side, run: Run) -> bool:
    """Whether it is a call on the reader by its form, or by its wording and not taken for the article."""
    phrases = find_phrases(run.text)
    if phrases.is_correction or tells_of_others(run.text):
        return False
    asks = bool(phrases.strong or (phrases.weak and phrases.addressed))
    return is_call(side, run) or (asks and run.index not in side.kept)


def _stands_beside_region(side: Side, run: Run) -> bool:
    """Whether it stands among the article's paragraphs, made like them, though of these one is most of the text."""
    if run.index not in side.selection.core or run.index in side.selection.reasons:
        return False
    known = (side.runs[i].box for i in side.kept & side.selection.core)
    return any(box.parent is run.box.parent for box in known) and in_nothing_certain(side, run)


def _is_line_of_flow(side: Side, run: Run) -> bool:
    box = side.own_box(run)
    return box is None or (box.tag in SEMANTIC and side.stands_in_flow(box))
