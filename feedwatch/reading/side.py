"""One of two fetches of a page, and what of it speaks for the article.

A line is judged by its wording, by the box that it stands in, and by whether it speaks of what the article is about.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice, takewhile

from feedwatch.model import BlockKind, comparable
from feedwatch.reading.address import by_chance, calls_on_reader, speaks_to_reader
from feedwatch.reading.article import CAPTION, STRANGE, Make, Selection, make_of
from feedwatch.reading.changing import is_row_of_table, is_title_of_player
from feedwatch.reading.furniture import is_note
from feedwatch.reading.names import Mark, read_names
from feedwatch.reading.outline import SEMANTIC, Box, Outline, Run, is_caption, is_wrapper
from feedwatch.reading.signposts import quotes_of_many
from feedwatch.reading.stamps import stamp_words
from feedwatch.reading.strange import SHARED, telling_words
from feedwatch.reading.timeline import is_entry
from feedwatch.reading.voice import MOSTLY_LINKED, is_added_paragraph, reads_like_article

_STEM, _ENDING = 5, 3  # letters, at the least and at the most
_ABOUT = 0.4  # of a line's telling words the article has, too
_SEVERAL = 3
_MOST_OF_ENTRY = 20  # lines
_MANY = 5  # words of a long line that the article has are enough
_BESIDE = 2  # items
_SECTIONS = 2  # headings
_BESIDE_TEXT = 80  # characters of text
_LISTS = frozenset(("ul", "ol", "dl"))
_NEAR = 8  # runs: byline, date and share buttons may stand between
_NAME = re.compile(r"(?<=[^\W_] )[^\W\d_]{5,}")  # after a word of the same sentence
_INITIALS = re.compile("(?<!\\w)[A-ZÀ-ÖØ-ÞΑ-ΩА-ЯЁ]{3,}(?!\\w)")  # "NHS"
_ENOUGH = 300  # characters: furniture of which a part changed has less that did not
_LONG = 250


@dataclass(slots=True)
class Side:
    """One of the two pages. `kept` starts as what the page alone suggests and ends as the article."""

    outline: Outline
    selection: Selection
    article_body: str
    kept: set[int] = field(default_factory=set)
    stable: list[int] = field(default_factory=list)  # sums: runs of the core that the other page has, too
    matched: set[int] = field(default_factory=set)  # runs that the other page has, too
    staying: list[int] = field(default_factory=list)  # sums: how many these are
    rows: set[int] = field(default_factory=set)  # of tables that tell of the same on both pages
    held: dict[Box, Counter[tuple[str, str, bool]]] = field(default_factory=dict)  # `holders`, when asked first
    strong: dict[Box, bool] = field(default_factory=dict)  # `doubt.in_nothing_certain`: those in furniture by name
    own: dict[Box, Box | None] = field(default_factory=dict)  # `own_box`, when asked first
    manner: tuple[set[int], set[int], float] | None = None  # paragraphs that speak to the reader or call, and a bound
    made: frozenset[Make] | None = None
    many: dict[Box, bool] = field(default_factory=dict)  # `quotes_of_many`
    alike: dict[Box, set[tuple[str, str]]] = field(default_factory=dict)  # of what most boxes right in one are
    ends: tuple[int, int] | None = None  # `bounds`, when asked first
    headline: int | None = None
    opening: int | None = None  # the first paragraph after that
    uncertain: dict[int, bool] = field(default_factory=dict)  # `doubt.in_nothing_certain`, by line, when asked first
    beginnings: frozenset[str] | None = None  # of these words
    vocabulary: Counter[str] = field(default_factory=Counter)  # telling word -> paragraphs of the article with it
    title: str = ""  # where the page shows another than its head tells

    def __post_init__(self) -> None:
        self.kept = {run.index for run in self.selection.kept} | self.strange

    @property
    def strange(self) -> set[int]:
        """Lines about something else: where one differs, that is judged like what differs in the article."""
        return {i for i, reason in self.selection.reasons.items() if reason == STRANGE}

    @property
    def runs(self) -> list[Run]:
        return self.outline.runs

    def sum_stable(self, matched: set[int]) -> None:
        """Enough of it makes a box the article's: a paragraph of its own make, or much of what may be its text."""
        self.stable, self.matched, self.staying = [0], matched, [0]
        self.held.clear()
        self.own.clear()
        self.strong.clear()
        self.uncertain.clear()
        for run in self.runs:
            counts = len(run.text) if run.index in matched and run.index in self.kept else 0
            core = run.index in matched and run.index in self.selection.core
            self.stable.append(self.stable[-1] + (_ENOUGH if core else counts))
            self.staying.append(self.staying[-1] + (run.index in matched))

    def own_box(self, run: Run) -> Box | None:
        """The largest box around a run without any of the article's stable text; None where it has no such box."""
        if run.box not in self.own:
            self.own[run.box] = self._own_box(run.box)
        return self.own[run.box]

    def _own_box(self, inner: Box) -> Box | None:
        found = None
        for box in inner.chain():
            if self.stable_chars(box) >= _ENOUGH or self.is_made_as_its_neighbours(box):
                break
            found = box
        return found

    def is_made_as_its_neighbours(self, box: Box) -> bool:
        """Whether it is one of a row of boxes with one name in which the article's paragraphs stand."""
        if box.parent is None or not box.names or box.tag in SEMANTIC:
            return False
        return self.holders(box.parent)[box.tag, box.names, True] > (self.stable_chars(box) >= _ENOUGH)

    def holders(self, parent: Box) -> Counter[tuple[str, str, bool]]:
        """Of the boxes right in one those with stable text: how many by tag, names and whether it is enough."""
        if parent not in self.held:
            held = ((box, chars) for box in parent.boxes if (chars := self.stable_chars(box)))
            self.held[parent] = Counter((box.tag, box.names, chars >= _ENOUGH) for box, chars in held)
        return self.held[parent]

    def speaks_to_reader(self, calls_beside: Run | None = None) -> bool:
        """Whether that is the article's own manner, as in advice and opinion. `calls_beside`: calls count, but its."""
        if self.manner is None:
            core = [run for run in self.selection.kept if run.index in self.selection.core]
            speaking = {run.index for run in core if speaks_to_reader(run.text)}
            calling = speaking | {run.index for run in core if calls_on_reader(run.text)}
            self.manner = speaking, calling, by_chance(len(core))
        speaking, calling, most = self.manner
        return len(speaking if calls_beside is None else calling - {calls_beside.index}) > most

    def learn(self) -> None:
        """Fills `vocabulary`, when it is first asked for."""
        if not self.vocabulary:
            for other in self.selection.kept:
                if other.index in self.selection.core:
                    self.vocabulary.update(telling_words(other.text) | set(_INITIALS.findall(other.text)))

    def has_words_of(self, named: set[str]) -> bool:
        self.learn()
        return any(self.vocabulary[word] for word in named)

    def shared_words(self, run: Run) -> tuple[int, int]:
        """Of a line's telling words, how many the rest of the article has, too; and how many there are."""
        self.learn()
        telling = telling_words(run.text)
        own = run.index in self.selection.core and run.index in self.selection.reasons
        return sum(1 for word in telling if self.vocabulary[word] > own), len(telling)

    def has_word_like(self, run: Run) -> bool:
        """Whether one of its telling words is one of the article's but for its ending: "Schwelle", "Schwellen"."""
        if self.shared_words(run)[0]:
            return True
        if self.beginnings is None:
            self.beginnings = frozenset(stem for word in self.vocabulary for stem in _stems(word))
        return any(stem in self.beginnings for word in telling_words(run.text) for stem in _stems(word))

    def is_second_headline(self, run: Run) -> bool:
        """Whether it is a heading just before the article, as outlets have that break a headline in two."""
        chosen = self.selection
        if run.kind is not BlockKind.HEADING or run.link_chars or run.index in chosen.furniture or not chosen.kept:
            return False
        return 0 < chosen.kept[0].index - run.index <= _NEAR

    def heads_a_section(self, run: Run) -> bool:
        """Whether it is made like several headings of the article that stay: these may be all link."""
        if run.kind is not BlockKind.HEADING or run.index not in self.selection.core:
            return False
        made = make_of(run)
        stay = self.kept & self.selection.core & self.matched - {run.index}
        alike = (i for i in stay if self.runs[i].kind is BlockKind.HEADING and make_of(self.runs[i]) == made)
        return len(list(islice(alike, _SECTIONS))) == _SECTIONS

    def speaks_of_article(self, run: Run) -> bool:
        shared, telling = self.shared_words(run)
        return telling >= _SEVERAL and shared >= min(_ABOUT * telling, _MANY)

    def has_its_matters(self, box: Box) -> bool:
        """Whether the lines of a box, together, are about what the article is about."""
        counts = [self.shared_words(run) for run in self.inside(box)]
        return sum(shared for shared, _ in counts) >= SHARED * sum(telling for _, telling in counts)

    def names_what_article_names(self, run: Run, others: int = 2) -> bool:
        """Whether it has a name that two other paragraphs have, too."""
        self.shared_words(run)
        own = run.index in self.selection.core and run.index in self.selection.reasons
        found = (word.casefold() for word in _NAME.findall(run.text) if word[0].isupper())
        names = [word for word in found if word not in stamp_words()]  # "Wednesday"
        return any(self.vocabulary[name] >= own + others for name in (*names, *_INITIALS.findall(run.text)))

    def stands_in_flow(self, box: Box) -> bool:
        return (
            self.is_one_of_a_row(box)
            or any(
                outer.parent is not None and self.is_flow(outer.parent)
                for outer in takewhile(lambda outer: outer.tag in SEMANTIC, box.chain())
            )
            or (box.tag in _LISTS and self.stands_beside_text(box))
        )

    def stands_beside_text(self, box: Box) -> bool:
        """Whether the box just before or after it, in the same one, is text of the article that both pages have."""
        if box.parent is None:
            return False
        return any(
            sum(len(run.text) for run in runs) >= _BESIDE_TEXT
            and all(run.index in self.kept and run.index in self.matched for run in runs)
            for runs in map(self.inside, _beside(box, box.parent))
        )

    def is_flow(self, box: Box) -> bool:
        """Whether paragraphs of the article stand in it, in its like beside it, or around it if it wraps one list."""
        if box in self.selection.flow or self.is_made_as_its_neighbours(box):
            return True
        return is_wrapper(box) and box.parent in self.selection.flow

    @property
    def bounds(self) -> tuple[int, int]:
        """The first and the last of the lines that are made like the article's."""
        if self.ends is None:
            core = self.selection.core
            self.ends = (min(core), max(core)) if core else (0, 0)
        return self.ends

    @property
    def start(self) -> int:
        """Where the article's headline stands that is nearest before its paragraphs; else where these begin."""
        if self.headline is None:
            first = self.bounds[0]
            titles = (i for i, reason in self.selection.reasons.items() if reason == "title" and i < first)
            self.headline = max(titles, default=first)
        return self.headline

    def stands_between(self, run: Run) -> bool:
        """Whether paragraphs of the article come before and after it."""
        first, last = self.bounds
        return first < run.index < last

    def is_one_of_a_row(self, box: Box) -> bool:
        """Whether the next box before or after it is made like it and may be the article's."""
        if box.parent is None or box.tag not in SEMANTIC:
            return False
        return any(
            (other.tag, other.names) == (box.tag, box.names)
            and any(run.index in self.kept for run in self.inside(other))
            for other in _beside(box, box.parent)
        )

    def is_note_of_article(self, run: Run) -> bool:
        """Whether it is a correction, wherever it stands but among comments; or an update, near the article."""
        if self.selection.furniture.get(run.index) == "comments":
            return False
        return is_note(run) or (self.is_near(run) and is_added_paragraph(run))

    def is_near(self, run: Run) -> bool:
        kept = self.selection.kept
        return bool(kept) and kept[0].index - _NEAR <= run.index <= kept[-1].index + _NEAR

    def is_item_among_items(self, run: Run) -> bool:
        """Whether it was put into, or taken out of, a list of the article that the other page has, too."""
        inner = takewhile(lambda box: box.tag in SEMANTIC, run.box.chain())
        item = next((box for box in inner if box.tag in ("li", "dd")), None)
        if item is None or (around := item.parent) is None:
            return False
        return self.holders(around).total() - bool(self.stable_chars(item)) >= _BESIDE

    def is_entry_among_paragraphs(self, box: Box) -> bool:
        if box.parent is None or box.last - box.first > _MOST_OF_ENTRY or not self.is_flow(box.parent):
            return False
        return is_entry(box, self.inside(box))

    def quotes_of_many(self, box: Box) -> bool:
        if box not in self.many:
            self.many[box] = quotes_of_many(box)
        return self.many[box]

    def makes(self) -> frozenset[Make]:
        """How the article's lines are made, when this is first asked."""
        if self.made is None:
            self.made = frozenset(make_of(self.runs[i]) for i in self.selection.core & self.kept)
        return self.made

    def holds_title(self, box: Box) -> bool:
        return any(self.selection.reasons.get(i) == "title" for i in range(box.first, box.last))

    def stable_chars(self, box: Box) -> int:
        return self.stable[box.last] - self.stable[box.first]

    def changed(self, box: Box) -> int:
        """How many of its lines the other page has not."""
        return box.last - box.first - (self.staying[box.last] - self.staying[box.first])

    def half_stays(self, box: Box) -> bool:
        return 2 * self.changed(box) <= box.last - box.first

    def inside(self, box: Box) -> list[Run]:
        return self.runs[box.first : box.last]


def _stems(word: str) -> list[str]:
    """It, and it without some letters at its end."""
    return [word[:length] for length in range(max(_STEM, len(word) - _ENDING), len(word) + 1)]


def _beside(box: Box, parent: Box) -> list[Box]:
    """The boxes just before and after it that are not empty."""
    row, at = parent.boxes, parent.boxes.index(box)
    sides = (range(at - 1, -1, -1), range(at + 1, len(row)))
    beside = (next((row[i] for i in places if row[i].first < row[i].last), None) for places in sides)
    return [other for other in beside if other is not None]


def belongs(side: Side, run: Run) -> bool:
    """Whether a line that only one of the pages has, or has so, is the article's."""
    if is_note(run) or is_added_paragraph(run) or is_row_of_table(side, run) or _is_headline(side, run):
        return True
    box = side.own_box(run)
    if run.index in side.selection.core and len(run.text) >= _LONG and run.linked < MOSTLY_LINKED:
        return True
    if box is None or any(inner.index in side.selection.core for inner in side.inside(box)):
        rewritten = box is not None and box.parent is None  # nothing of the article stayed that a box could be told by
        return (run.index in side.selection.core or not rewritten) and reads_like_article(side, run, core=True)
    if box.tag in SEMANTIC and side.stands_in_flow(box):
        plain = not _is_terse(side.inside(box)) and not is_title_of_player(side, run) and not is_foreign(side, run)
        return plain and reads_like_article(side, run, core=box.tag != "p")
    is_entry = side.is_entry_among_paragraphs(box)
    if is_entry or side.is_item_among_items(run):
        return reads_like_article(side, run, core=is_entry)
    return _is_proven(side, box, run)


def _is_headline(side: Side, run: Run) -> bool:
    """Whether it is the headline of a page that calls itself otherwise."""
    taken = run.box.tag == "h1" and not run.link_chars and side.selection.reasons.get(run.index) == ""
    return taken and side.is_near(run) and run.index < side.bounds[0]


def is_foreign(side: Side, run: Run) -> bool:
    """Whether it is a paragraph with a class of its own that says nothing of the article's matters."""
    return run.box.tag == "p" and side.selection.reasons.get(run.index) == STRANGE


def is_boxed(side: Side, run: Run) -> bool:
    """Whether a line stands in a box of another make than the article's paragraphs, and not in a list among them."""
    box = side.own_box(run)
    if box is not None and is_wrapper(box) and side.has_its_matters(box):
        box = box.boxes[0]
    captions = _captions(run) and side.stands_between(run)
    if box is not None and (captions or _is_named_content(box, run) or side.is_entry_among_paragraphs(box)):
        return False
    return box is not None and (box.tag not in SEMANTIC or not side.stands_in_flow(box))


def is_about_article(side: Side, run: Run, *, volatile: bool) -> bool:
    """Whether a boxed line in which something small changed is the article's.

    `volatile`: only figures or days did. Prices, counts and dates of offers change like this, so it has to speak of the
    article's own matters.
    """
    if not reads_like_article(side, run, core=True):
        return False
    return not volatile or side.speaks_of_article(run)


def _is_terse(runs: list[Run]) -> bool:
    return len(runs) > 1 and all(len(run.text) < 30 for run in runs)


def _is_proven(side: Side, box: Box, run: Run) -> bool:
    """A box of another make: a quotation of the article, a caption, or what the page's own data call article."""
    mark = read_names(box.names, box.ident)
    if mark is Mark.STRONG:
        return False
    taken = side.selection.reasons.get(run.index) == ""
    around = taken or side.stands_in_flow(box) or side.start < run.index < side.bounds[1]
    if around and _captions(run) and not is_title_of_player(side, run):
        return reads_like_article(side, run, core=True)
    if box.fields or box.buttons or mark is Mark.WEAK:
        return False
    if side.article_body and comparable(run.text) in side.article_body:
        return True
    quoted = run.kind is BlockKind.QUOTE and not side.quotes_of_many(box)
    if quoted or _is_named_content(box, run):
        return reads_like_article(side, run, core=True)
    bare = run.text.strip(" \"'“”„«»‘’")
    repeated = len(bare) >= 20 and any(
        bare in other.text for other in side.runs if other is not run and other.index in side.kept
    )
    return repeated and run.linked < 0.3


def _captions(run: Run) -> bool:
    own = run.box.parent if run.box.tag == "p" and not is_caption(run.box) else run.box
    return len(run.text) >= CAPTION and own is not None and is_caption(own)


def _is_named_content(box: Box, run: Run) -> bool:
    """Whether `box`, or one in it around the run, is named as a part of the article: a pull quote, a fact box."""
    inner = (each for each in run.box.chain() if each.first >= box.first and each.last <= box.last)
    return any(read_names(each.names, each.ident) is Mark.CONTENT for each in inner)
