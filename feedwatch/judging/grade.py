"""What kind of change a comparison shows: a table of rules, no model.

Grading never hides. It says in which feeds a change is told and in what words; every difference is kept and shown.
Digits, dates, question marks, quotation marks put or taken away, negations and commas are never "typographic".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from feedwatch.judging.figures import Figure, figures
from feedwatch.judging.fragments import Fragment, count_words, fragments, touches
from feedwatch.judging.languages import language_of
from feedwatch.judging.names import Habits, Name, habits, names, words_in
from feedwatch.judging.quotes import folded, quoted, styled_alike
from feedwatch.judging.wording import is_correction, is_update_note, negations
from feedwatch.model import Channel, Comparison, Facts, Grade, Op, Row

# What a reader can take in of one change; the page shows the rest.
MOST_TOLD = 20
# Words on each side up to which two passages say the same thing differently: a figure, a negation or a question mark
# that differs between them has changed. In longer ones it came or went with its sentence. (The median sentence of
# English news has 22 words.)
SAME_STATEMENT = 20
# What was put in with nothing taken out, or the reverse, belongs to the statement around it up to so many words.
SHORT_ADDITION = 8
# A correction note that is amended by so many words is a new correction.
NOTE_EXTENDED = 4
T = TypeVar("T")
Stretch = tuple[int, int]
_QUESTION_MARKS = "?？؟"


@dataclass(frozen=True)
class _Reading:
    """A comparison as the rules look at it."""

    comparison: Comparison
    claimed: str | None

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        head = [row for row in (self.comparison.title, self.comparison.standfirst) if row]
        return (*head, *self.comparison.rows)

    @cached_property
    def changed(self) -> list[Row]:
        return [row for row in self.rows if row.op is not Op.EQUAL]

    @cached_property
    def paired(self) -> list[Row]:
        """Rows whose two sides differ in more than style."""
        both = [row for row in self.changed if row.old_text and row.new_text]
        return [row for row in both if not styled_alike(row.old_text, row.new_text)]

    @cached_property
    def language(self) -> str | None:
        return language_of(" ".join(row.new_text or row.old_text for row in self.rows[::-1]), self.claimed)

    @cached_property
    def habits(self) -> Habits:
        texts = (text for row in self.comparison.rows for text in {row.old_text, row.new_text})
        return habits(texts, self.language)

    @cached_property
    def old_words(self) -> frozenset[str]:
        return frozenset(word for row in self.rows for word in words_in(row.old_text))

    @cached_property
    def new_words(self) -> frozenset[str]:
        return frozenset(word for row in self.rows for word in words_in(row.new_text))

    def names_gone(self, row: Row) -> list[Name]:
        """The names of the row's older side that the newer version does not have, or that gave way to another here."""
        return _missing(row.old_text, row.new_text, self.habits, self.new_words, self.old_words)

    def names_come(self, row: Row) -> list[Name]:
        return _missing(row.new_text, row.old_text, self.habits, self.old_words, self.new_words)

    @cached_property
    def quotes_added(self) -> dict[str, str]:
        """Folded -> as published."""
        before = {quote.words for row in self.rows for quote in quoted(row.old_text)}
        quotes = (quote for row in self.changed for quote in quoted(row.new_text))
        return {quote.words: quote.text for quote in quotes if quote.words not in before}

    @cached_property
    def quotes_removed(self) -> dict[str, str]:
        after = {quote.words for row in self.rows for quote in quoted(row.new_text)}
        quotes = (quote for row in self.changed for quote in quoted(row.old_text))
        return {quote.words: quote.text for quote in quotes if quote.words not in after}


def _missing(
    here: str, there: str, known: Habits, words_there: frozenset[str], words_here: frozenset[str]
) -> list[Name]:
    mine, beside = names(here, known), words_in(there)
    gone = [name for name in mine if not name.stands_in(words_there)]
    if beside and any(not other.stands_in(words_here) for other in names(there, known)):
        gone += [name for name in mine if name not in gone and not name.stands_in(beside)]
    return sorted(gone, key=lambda name: name.start)


@dataclass(frozen=True, slots=True)
class _Found:
    """What the rules see in the fragments of one row."""

    figures: tuple[tuple[str, str], ...] = ()
    negation: bool = False
    question: bool = False
    renamed: bool = False
    reworded: bool = False


def grade(comparison: Comparison, admitted: bool = False, language: str | None = None) -> Facts:  # noqa: FBT001, FBT002
    """What `comparison` shows. `admitted`: the page's own date of modification moved. `language`: the page's claim."""
    reading = _Reading(comparison, language)
    found = [_look(row, reading) for row in reading.paired]
    correction = _note(reading.changed)
    rows, changed = comparison.rows, reading.changed
    return Facts(
        grades=_grades(reading, found, correction, told=admitted or _says_updated(changed)),
        words_added=sum(count_words(span.text) for row in changed for span in row.spans if span.op is Op.INSERT),
        words_removed=sum(count_words(span.text) for row in changed for span in row.spans if span.op is Op.DELETE),
        figures=_first(pair for one in found for pair in one.figures),
        names_added=_first(name.text for row in changed for name in reading.names_come(row)),
        names_removed=_first(name.text for row in changed for name in reading.names_gone(row)),
        quotes_added=_first(reading.quotes_added.values()),
        quotes_removed=_first(reading.quotes_removed.values()),
        paragraphs_added=sum(row.op is Op.INSERT for row in rows),
        paragraphs_removed=sum(row.op is Op.DELETE for row in rows),
        paragraphs_moved=sum(row.op is Op.MOVE for row in rows),
        paragraphs_changed=sum(bool(row.old_text and row.new_text) and row.old_text != row.new_text for row in rows),
        correction=correction,
    )


def _first(told: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(told))[:MOST_TOLD]


def channels(facts: Facts) -> frozenset[Channel]:
    """Which feeds beside the article's own carry the change."""
    carried = {Channel.EVERYTHING}
    if facts.grades != (Grade.TYPOGRAPHIC,):
        carried.add(Channel.CHANGES)
    return frozenset(carried | {channel for grade, channel in _CHANNELS.items() if grade in facts.grades})


_CHANNELS = {
    Grade.HEADLINE: Channel.HEADLINES,
    Grade.SILENT: Channel.SILENT,
    Grade.CORRECTION: Channel.CORRECTIONS,
}


def _grades(reading: _Reading, found: list[_Found], correction: str, *, told: bool) -> tuple[Grade, ...]:
    """The grades that hold, in the order in which they are told; whatever differs has at least one."""
    comparison = reading.comparison
    if comparison.is_equal:
        return ()
    ops = {row.op for row in comparison.rows}
    rules = {
        Grade.CORRECTION: bool(correction),
        Grade.HEADLINE: _differs(comparison.title),
        Grade.FIGURES: any(one.figures for one in found),
        Grade.NEGATION: any(one.negation for one in found),
        Grade.QUESTION: any(one.question for one in found),
        Grade.QUOTES: bool(reading.quotes_added or reading.quotes_removed),
        Grade.NAMES: any(one.renamed for one in found),
        Grade.STANDFIRST: comparison.standfirst is not None and _differs(comparison.standfirst),
        Grade.REMOVED: Op.DELETE in ops,
        Grade.ADDED: Op.INSERT in ops,
        Grade.MOVED: Op.MOVE in ops,
        Grade.WORDING: any(one.reworded for one in found),
    }
    held = {grade for grade, holds in rules.items() if holds}
    if not held:
        return (Grade.TYPOGRAPHIC,)
    if not told and not correction:
        held.add(Grade.SILENT)
    return tuple(grade for grade in Grade if grade in held)


def _differs(row: Row) -> bool:
    return row.op is not Op.EQUAL and not styled_alike(row.old_text, row.new_text)


# ---------------------------------------------------------------------------------------------------------- notes


def _note(changed: list[Row]) -> str:
    """The correction note that was added, or extended; "" without one. A bare label takes the paragraph after it."""
    for row, after in zip(changed, [*changed[1:], None], strict=False):
        new = row.new_text
        if not new or row.op is Op.MOVE or not is_correction(new):
            continue
        added = sum(part.new_words for part in fragments(row))
        if row.old_text and is_correction(row.old_text) and added < NOTE_EXTENDED:
            continue
        if count_words(new) <= NOTE_EXTENDED - 1 and after and after.op is Op.INSERT:
            return f"{new} {after.new_text}"
        return new
    return ""


def _says_updated(changed: list[Row]) -> bool:
    return any(row.op is not Op.MOVE and is_update_note(row.new_text) for row in changed)


# ---------------------------------------------------------------------------------------------------------- fragments


def _look(row: Row, reading: _Reading) -> _Found:
    """What the rules see in one row: each says what it found and which words it explains; the rest is wording."""
    sides = _Sides(row, reading)
    parts = fragments(row)
    pairs = [pair for part in parts for pair in sides.figures_moved(part)]
    negation = any(sides.negation_moved(part) for part in parts)
    question = any(sides.question_moved(part) for part in parts)
    renamed = any(sides.renamed(part) for part in parts)
    left = [sides.unexplained(part) for part in parts]
    explained = pairs or negation or question or renamed or sides.requoted
    return _Found(tuple(pairs), negation, question, renamed, reworded=any(left) or not explained)


class _Sides:
    """The two sides of one row with the expressions that the rules know."""

    def __init__(self, row: Row, reading: _Reading) -> None:
        self.old, self.new = row.old_text, row.new_text
        language = language_of(f"{self.old} {self.new}", reading.language)
        self.old_figures, self.new_figures = figures(self.old, language), figures(self.new, language)
        self.old_negations, self.new_negations = negations(self.old, language), negations(self.new, language)
        self.gone, self.come = reading.names_gone(row), reading.names_come(row)
        self.old_quotes = [quote for quote in quoted(self.old) if quote.words in reading.quotes_removed]
        self.new_quotes = [quote for quote in quoted(self.new) if quote.words in reading.quotes_added]
        self.requoted = bool(self.old_quotes or self.new_quotes)

    def figures_moved(self, part: Fragment) -> list[tuple[str, str]]:
        return [(old.text if old else "", new.text if new else "") for old, new in self._figures_moved(part)]

    def _figures_moved(self, part: Fragment) -> list[tuple[Figure | None, Figure | None]]:
        """Same kind with same kind first, then in order; what is left over was put in or taken out."""
        if not _is_one_statement(part):
            return []
        old = [figure for figure in self.old_figures if touches(part.old, figure.start, figure.end)]
        new = [figure for figure in self.new_figures if touches(part.new, figure.start, figure.end)]
        common = Counter(figure.value for figure in old) & Counter(figure.value for figure in new)
        gone, come = _less(old, common), _less(new, common)
        pairs: list[tuple[Figure | None, Figure | None]] = []
        for one in list(gone):
            alike = [other for other in come if other.kind is one.kind] or [
                other for other in come if other.sure or one.sure
            ]
            if alike:
                nearest = max(alike, key=lambda other: len({*one.value.split()} & {*other.value.split()}))
                gone.remove(one)
                come.remove(nearest)
                pairs.append((one, nearest))
        pairs += [(figure, None) for figure in gone if figure.sure]
        pairs += [(None, figure) for figure in come if figure.sure]
        return pairs

    def negation_moved(self, part: Fragment) -> bool:
        old, new = _within(part.old, self.old_negations), _within(part.new, self.new_negations)
        return _is_one_statement(part) and len(old) != len(new)

    def question_moved(self, part: Fragment) -> bool:
        old, new = (sum(text.count(mark) for mark in _QUESTION_MARKS) for text in self._texts(part))
        return _is_one_statement(part) and old != new

    def renamed(self, part: Fragment) -> bool:
        gone = _within(part.old, [(name.start, name.end) for name in self.gone])
        come = _within(part.new, [(name.start, name.end) for name in self.come])
        return _is_one_statement(part) and bool(gone or come)

    def unexplained(self, part: Fragment) -> bool:
        """Whether words differ that no rule accounts for, taken as quoted or as they are without the marks."""
        old, new = self._explained(part)
        old_quotes = [(quote.start, quote.end) for quote in self.old_quotes]
        new_quotes = [(quote.start, quote.end) for quote in self.new_quotes]
        ignored = _QUESTION_MARKS + "!." if self.question_moved(part) else ""
        return all(
            _left(self.old, part.old, old + olds, ignored) != _left(self.new, part.new, new + news, ignored)
            for olds, news in ((old_quotes, new_quotes), ([], []))
        )

    def _explained(self, part: Fragment) -> tuple[list[Stretch], list[Stretch]]:
        pairs = self._figures_moved(part)
        old = [(figure.start, figure.end) for figure, _ in pairs if figure]
        new = [(figure.start, figure.end) for _, figure in pairs if figure]
        if self.renamed(part):
            old += [(name.start, name.end) for name in self.gone]
            new += [(name.start, name.end) for name in self.come]
        if self.negation_moved(part):
            old += self.old_negations
            new += self.new_negations
        return old, new

    def _texts(self, part: Fragment) -> tuple[str, str]:
        return self.old[slice(*part.old)], self.new[slice(*part.new)]


def _is_one_statement(part: Fragment) -> bool:
    longer, shorter = max(part.old_words, part.new_words), min(part.old_words, part.new_words)
    return longer <= (SAME_STATEMENT if shorter else SHORT_ADDITION)


def _less(some: Iterable[Figure], common: Counter[str]) -> list[Figure]:
    left, kept = Counter(common), []
    for figure in some:
        if left[figure.value]:
            left[figure.value] -= 1
        else:
            kept.append(figure)
    return kept


def _within(stretch: Stretch, found: Iterable[Stretch]) -> list[Stretch]:
    return [one for one in found if touches(stretch, *one)]


def _left(text: str, stretch: Stretch, explained: list[Stretch], ignored: str) -> str:
    """What remains of a stretch of text without the explained parts of it, in one style, without quotation marks."""
    kept = (text[at] for at in range(*stretch) if not any(start <= at < end for start, end in explained))
    plain = folded("".join(kept)).replace("'", "")
    return "".join(c for c in plain if not c.isspace() and c not in ignored)
