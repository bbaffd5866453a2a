"""Tables of the article in which every figure may change: results, medals, casualties by region.

Live tables change like them: markets, scores, the weather. What tells the article's own is a head, the same lines with
other figures, and paragraphs around it that name what the lines are about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from feedwatch.reading.outline import CELL, Box, Run, is_row

if TYPE_CHECKING:
    from feedwatch.reading.side import Side

_LINES = 2  # below the head
_NAMED, _MOST = 2, 200  # of so many lines at the most
_TABLES = 50  # of a page: each is held against all of the other page
_LETTERS = re.compile(r"[^\W\d_]{3}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2}")


def keep_own_tables(old: Side, new: Side) -> None:
    """Notes on both sides the rows of tables that have the same head and tell other figures of the same matters."""
    before = list(_tables(old))
    for rows in _tables(new):
        same = next((other for other in before if _are_one(other, rows)), None)
        if same is None or [row.text for row in same] == [row.text for row in rows]:
            continue
        if _is_named(new, rows):
            old.rows.update(row.index for row in same)
            new.rows.update(row.index for row in rows)


def rows_of_tables(side: Side) -> set[int]:
    """Of all tables that may be such."""
    return {row.index for rows in _tables(side) for row in rows}


def _tables(side: Side) -> Iterator[list[Run]]:
    return islice(_all_tables(side), _TABLES)


def _all_tables(side: Side) -> Iterator[list[Run]]:
    """The rows of each table with a head that stands among the paragraphs, or alone in a box there."""
    seen: set[Box] = set()
    for run in side.runs:
        if run.box.tag != "tr" or run.index in side.selection.furniture:
            continue
        table = next((box for box in run.box.chain() if box.tag == "table"), None)
        if table is None or table in seen:
            continue
        seen.add(table)
        rows = [row for row in side.inside(table) if row.box.tag == "tr"]
        if len(rows) > _LINES and _is_head(rows[0]) and _stands_in_flow(side, table):
            yield rows


def _is_head(row: Run) -> bool:
    cells = list(row.box.element.iter("th", "td"))
    return len(cells) > 1 and sum(cell.tag == "th" for cell in cells) >= len(cells) - 1


def _stands_in_flow(side: Side, table: Box) -> bool:
    if side.stands_in_flow(table):
        return True
    around = table.parent
    if around is None or (around.first, around.last) != (table.first, table.last):
        return False
    return around.parent in side.selection.flow and side.stands_between(side.runs[table.first])


def _are_one(old: list[Run], new: list[Run]) -> bool:
    if old[0].text != new[0].text:
        return False
    before, after = ({_label(row) for row in rows[1:]} for rows in (old, new))
    return before <= after or after <= before


def _label(row: Run) -> str:
    return row.text.split(CELL, 1)[0]


def _is_named(side: Side, rows: list[Run]) -> bool:
    """Whether the paragraphs name several of the matters of its lines."""
    labels = dict.fromkeys(label for row in rows[1:_MOST] if _LETTERS.search(label := _label(row)))
    text = "\n".join(side.runs[i].text for i in sorted(side.selection.core) if not is_row(side.runs[i]))
    found = (label for label in labels if label in text)
    named = (label for label in found if re.search(rf"(?<!\w){re.escape(label)}(?!\w)", text))
    return len(list(islice(named, _NAMED))) == _NAMED
