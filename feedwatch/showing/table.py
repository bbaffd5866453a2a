"""A comparison as the lines of a table: what stands side by side, what is folded, where moved paragraphs were.

A moved paragraph has two lines: where it stands now, and where it stood, each with the way to the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from feedwatch.model import BlockKind, Comparison, Op, Row, Span, Text
from feedwatch.showing.rows import moved_up

# Unchanged paragraphs left open beside a change, so that it can be read where it stands; a fold of one hides nothing.
_BESIDE = 1
_FEWEST_FOLDED = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    kind: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """`op` is the row's, or "left" where a moved paragraph stood. `change` counts from 1 (one number for both
    lines of a move) and is 0 where nothing changed.
    """

    op: str
    part: str  # "headline", "standfirst" or "body"
    old: tuple[Paragraph, ...]
    new: tuple[Paragraph, ...]
    change: int = 0
    up: bool = False  # of a move: it stands further up than before


@dataclass(frozen=True, slots=True)
class Fold:
    """A run of unchanged paragraphs; of an excerpt only their number."""

    count: int
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Table:
    lines: tuple[Line | Fold, ...]
    changes: int


def table(comparison: Comparison, old: Text, new: Text, *, excerpt: bool = False) -> Table:
    """`old` and `new` give the kinds of the paragraphs (heading, item, quote) and nothing else."""
    lines = list(_lines(comparison, old, new))
    changes = max(line.change for line in lines)
    return Table(tuple(_shortened(_folded(lines)) if excerpt else _folded(lines)), changes)


def _shortened(lines: Iterable[Line | Fold]) -> Iterator[Line | Fold]:
    return (Fold(line.count, ()) if isinstance(line, Fold) else line for line in lines)


def _lines(comparison: Comparison, old: Text, new: Text) -> Iterator[Line]:
    count = 0
    for part, row in (("headline", comparison.title), ("standfirst", comparison.standfirst)):
        if row is not None:
            count += row.op is not Op.EQUAL
            yield _line(row, part, ("p", "p"), count)
    rows = comparison.rows
    upwards = moved_up(rows)
    numbers = _numbered(rows, count)
    leaving = sorted((rows[index].old[0], index) for index in upwards)
    for index, row in enumerate(rows):
        if row.op is not Op.MOVE and row.old:
            while leaving and leaving[0][0] < row.old[0]:
                yield _left(rows[leaving[0][1]], old, numbers[leaving[0][1]], up=upwards[leaving[0][1]])
                leaving.pop(0)
        kinds = _kind(old, row.old), _kind(new, row.new)
        yield _line(row, "body", kinds, numbers[index], up=upwards.get(index, False))
    for _, index in leaving:
        yield _left(rows[index], old, numbers[index], up=upwards[index])


def _numbered(rows: Sequence[Row], count: int) -> list[int]:
    numbers = []
    for row in rows:
        count += row.op is not Op.EQUAL
        numbers.append(count)
    return numbers


def _line(row: Row, part: str, kinds: tuple[str, str], change: int, *, up: bool = False) -> Line:
    spans = _without_breaks(row) if row.op in {Op.SPLIT, Op.MERGE} else row.spans
    before = _paragraphs(spans, Op.INSERT, kinds[0], many=len(row.old) > 1)
    is_same = len(spans) == len(row.old) == len(row.new) == 1 and spans[0].op is Op.EQUAL and kinds[0] == kinds[1]
    after = before if is_same else _paragraphs(spans, Op.DELETE, kinds[1], many=len(row.new) > 1)
    return Line(
        op=row.op.value,
        part=part,
        old=() if row.op in {Op.INSERT, Op.MOVE} else before,
        new=() if row.op is Op.DELETE else after,
        change=0 if row.op is Op.EQUAL else change,
        up=up,
    )


def _left(row: Row, old: Text, change: int, *, up: bool) -> Line:
    paragraphs = _paragraphs(row.spans, Op.INSERT, _kind(old, row.old), many=False)
    return Line(op="left", part="body", old=paragraphs, new=(), change=change, up=up)


def _without_breaks(row: Row) -> list[Span]:
    """The spans of a split or a merge, where the space that became a break, or the other way round, is no change."""
    return [Span(Op.EQUAL, span.text) if span.text.isspace() and "\n" not in span.text else span for span in row.spans]


def _paragraphs(spans: Sequence[Span], other_side: Op, kind: str, *, many: bool) -> tuple[Paragraph, ...]:
    """One side of a row; several paragraphs are joined by newlines in its spans."""
    here = [span for span in spans if span.text and span.op is not other_side]
    if not many:
        return (Paragraph(kind, tuple(here)),)
    found: list[list[Span]] = [[]]
    for span in here:
        for n, piece in enumerate(span.text.split("\n")):
            if n:
                found.append([])
            if piece:
                found[-1].append(Span(span.op, piece))
    return tuple(Paragraph(kind, tuple(paragraph)) for paragraph in found)


def _kind(text: Text, indices: tuple[int, ...]) -> str:
    known = indices and indices[0] < len(text.blocks)
    return (text.blocks[indices[0]].kind if known else BlockKind.PARAGRAPH).value


def _folded(lines: Sequence[Line]) -> Iterator[Line | Fold]:
    runs = [(same, list(run)) for same, run in groupby(lines, key=lambda line: line.part == "body" and not line.change)]
    for n, (same, run) in enumerate(runs):
        first = _BESIDE if n > 0 and runs[n - 1][1][-1].change else 0
        last = len(run) - (_BESIDE if n < len(runs) - 1 else 0)
        if not same or last - first < _FEWEST_FOLDED:
            yield from run
            continue
        yield from run[:first]
        paragraphs = tuple(paragraph for line in run[first:last] for paragraph in line.new)
        yield Fold(len(paragraphs), paragraphs)
        yield from run[last:]
