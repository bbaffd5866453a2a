"""The words by which a change is told that a number of paragraphs would say nothing of."""

from __future__ import annotations

from itertools import groupby

from feedwatch.model import Comparison, Op, Row


def only_one(comparison: Comparison, op: Op) -> str:
    """The text of the one paragraph that came, went or moved; "" where there are several, or none."""
    found = [row for row in comparison.rows if row.op is op]
    return (found[0].new_text or found[0].old_text) if len(found) == 1 else ""


def exchanged(comparison: Comparison) -> list[tuple[str, str]]:
    """(old, new): the words that gave way to others in the one paragraph that was reworded. "" where one side has none;
    nothing where several were.
    """
    both = [row for row in comparison.rows if row.old_text and row.new_text and row.old_text != row.new_text]
    return swapped(both[0]) if len(both) == 1 else []


def swapped(row: Row) -> list[tuple[str, str]]:
    """The same of one row."""
    if row.op is not Op.REPLACE:
        return []
    pairs = []
    for is_equal, run in groupby(row.spans, key=lambda span: span.op is Op.EQUAL):
        if not is_equal:
            spans = list(run)
            pairs.append(tuple("".join(s.text for s in spans if s.op is op).strip() for op in (Op.DELETE, Op.INSERT)))
    return [(old, new) for old, new in pairs if old or new]
