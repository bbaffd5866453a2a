"""The words by which a change is told that a number of paragraphs would say nothing of."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from feedwatch.model import Comparison, Facts, Op, Row

_KEPT = 160  # characters of a passage: more than any line shows of it
_MOST = 5  # exchanges of one row: more than any line tells


def with_passages(facts: Facts, comparison: Comparison) -> Facts:
    """`facts` of `comparison` with the words of what is single in it: what is told of it needs no text beside it."""
    return replace(
        facts,
        paragraph_added=_only_one(comparison, Op.INSERT),
        paragraph_removed=_only_one(comparison, Op.DELETE),
        paragraph_moved=_only_one(comparison, Op.MOVE),
        reworded=_exchanged(comparison),
        standfirst_reworded=_swapped(comparison.standfirst) if comparison.standfirst else (),
    )


def _only_one(comparison: Comparison, op: Op) -> str:
    found = [row for row in comparison.rows if row.op is op]
    return (found[0].new_text or found[0].old_text)[:_KEPT] if len(found) == 1 else ""


def _exchanged(comparison: Comparison) -> tuple[tuple[str, str], ...]:
    both = [row for row in comparison.rows if row.old_text and row.new_text and row.old_text != row.new_text]
    return _swapped(both[0]) if len(both) == 1 else ()


def _swapped(row: Row) -> tuple[tuple[str, str], ...]:
    """(old, new): the words that gave way to others; "" where one side has none."""
    if row.op is not Op.REPLACE:
        return ()
    pairs = []
    for is_equal, run in groupby(row.spans, key=lambda span: span.op is Op.EQUAL):
        if not is_equal:
            spans = list(run)
            old, new = ("".join(s.text for s in spans if s.op is op).strip()[:_KEPT] for op in (Op.DELETE, Op.INSERT))
            pairs.append((old, new))
    return tuple((old, new) for old, new in pairs if old or new)[:_MOST]
