"""What kind of change a comparison shows: a table of rules, no model.

Grading never hides. It says in which feeds a change is told and in what words; every difference is kept and shown.
Digits, dates, question marks, quotation marks put or taken away, negations and commas are never "typographic".
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from feedwatch.judging.evidence import Found, look
from feedwatch.judging.fragments import count_words, fragments
from feedwatch.judging.passages import with_passages
from feedwatch.judging.quotes import styled_alike
from feedwatch.judging.view import Reading
from feedwatch.judging.wording import is_correction, is_update_note
from feedwatch.model import Channel, Comparison, Facts, Grade, Op, Row

# What a reader can take in of one change; the page shows the rest.
MOST_TOLD = 20
# A correction note that is amended by so many words is a new correction.
NOTE_EXTENDED = 4
T = TypeVar("T")


def grade(comparison: Comparison, admitted: bool = False, language: str | None = None) -> Facts:  # noqa: FBT001, FBT002
    """What `comparison` shows. `admitted`: the page's own date of modification moved. `language`: the page's claim."""
    reading = Reading(comparison, language)
    found = [look(row, reading) for row in reading.paired]
    correction = _note(reading.changed)
    rows, changed, kept = comparison.rows, reading.changed, reading.quotes_kept
    facts = Facts(
        grades=_grades(reading, found, correction, told=admitted or _says_updated(changed)),
        words_added=sum(count_words(span.text) for row in changed for span in row.spans if span.op is Op.INSERT),
        words_removed=sum(count_words(span.text) for row in changed for span in row.spans if span.op is Op.DELETE),
        figures=_first(pair for one in found for pair in one.figures),
        names_added=_first(name.text for row in reading.examined for name in reading.names_come(row)),
        names_removed=_first(name.text for row in reading.examined for name in reading.names_gone(row)),
        names_changed=_first(pair for one in found for pair in one.names),
        negations=_first(pair for one in found for pair in one.negations),
        question_marks=sum(sum(one.questions) for one in found),
        quotes_added=_first(text for words, text in reading.quotes_added.items() if words not in kept),
        quotes_removed=_first(text for words, text in reading.quotes_removed.items() if words not in kept),
        quotes_marked=_first(text for words, text in reading.quotes_added.items() if words in kept),
        quotes_unmarked=_first(text for words, text in reading.quotes_removed.items() if words in kept),
        paragraphs_added=sum(row.op is Op.INSERT for row in rows),
        paragraphs_removed=sum(row.op is Op.DELETE for row in rows),
        paragraphs_moved=sum(row.op is Op.MOVE for row in rows),
        paragraphs_changed=sum(bool(row.old_text and row.new_text) and row.old_text != row.new_text for row in rows),
        correction=correction,
    )
    return with_passages(facts, comparison)


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


def _grades(reading: Reading, found: list[Found], correction: str, *, told: bool) -> tuple[Grade, ...]:
    """The grades that hold, in the order in which they are told; whatever differs has at least one."""
    comparison = reading.comparison
    if comparison.is_equal:
        return ()
    ops = {row.op for row in comparison.rows}
    rules = {
        Grade.CORRECTION: bool(correction),
        Grade.HEADLINE: _differs(comparison.title),
        Grade.FIGURES: any(one.figures for one in found),
        Grade.NEGATION: any(one.negations for one in found),
        Grade.QUESTION: any(one.questions for one in found),
        Grade.QUOTES: bool(reading.quotes_added or reading.quotes_removed),
        Grade.NAMES: any(one.renamed for one in found),
        Grade.STANDFIRST: comparison.standfirst is not None and _differs(comparison.standfirst),
        Grade.REMOVED: Op.DELETE in ops,
        Grade.ADDED: Op.INSERT in ops,
        Grade.MOVED: Op.MOVE in ops,
        Grade.WORDING: any(one.reworded for one in found) or len(reading.examined) < len(reading.changed),
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
