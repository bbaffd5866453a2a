"""What the rows of a comparison mean to a reader: where a moved paragraph came from, what is worth a line."""

from __future__ import annotations

from collections.abc import Sequence

from feedwatch.model import Comparison, Op, Row


def moved_up(rows: Sequence[Row]) -> dict[int, bool]:
    """For each index of a moved row: True when its paragraph stood further down before, False when further up.

    A moved row stands at its new place; the paragraphs that stayed before it tell where that was in the old text.
    """
    found: dict[int, bool] = {}
    passed = -1
    for index, row in enumerate(rows):
        if row.op is Op.MOVE:
            found[index] = row.old[0] > passed
        elif row.old:
            passed = max(passed, row.old[-1])
    return found


def is_reworded(row: Row) -> bool:
    """Whether words inside of the row changed, beyond where it stands and how it is broken into paragraphs."""
    return any(span.op is not Op.EQUAL and span.text.strip() for span in row.spans)


def changed_rows(comparison: Comparison) -> list[Row]:
    """Every row that differs, headline and standfirst first, in the order of the new text."""
    every = (comparison.title, *((comparison.standfirst,) if comparison.standfirst else ()), *comparison.rows)
    return [row for row in every if row.op is not Op.EQUAL]
