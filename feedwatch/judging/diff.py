"""Two texts -> rows that stand side by side, each with its words marked."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Indel

from feedwatch.judging.marks import mark
from feedwatch.judging.tokens import tokenise
from feedwatch.model import Comparison, Op, Row, Span, Text, comparable

PAIR = 0.40
MOVE = 0.60


def compare(old: Text, new: Text) -> Comparison:
    return Comparison(
        title=_line(old.title, new.title),
        standfirst=_line(old.standfirst, new.standfirst) if old.standfirst or new.standfirst else None,
        rows=diff(old.paragraphs, new.paragraphs),
    )


def _line(old: str, new: str) -> Row:
    if comparable(old) == comparable(new):
        return _row(0, 0, old, new)
    if not old:
        return Row(Op.INSERT, (), (0,), (Span(Op.INSERT, new),))
    if not new:
        return Row(Op.DELETE, (0,), (), (Span(Op.DELETE, old),))
    return _row(0, 0, old, new)


def _row(i: int, j: int, old: str, new: str) -> Row:
    if old == new:
        return Row(Op.EQUAL, (i,), (j,), (Span(Op.EQUAL, old),) if old else ())
    return Row(Op.REPLACE, (i,), (j,), mark(old, new))


def diff(old: Sequence[str], new: Sequence[str]) -> tuple[Row, ...]:
    x, y = [comparable(p) for p in old], [comparable(p) for p in new]
    wa = [[t for t in tokenise(p) if t[0].isalnum()] for p in x]
    wb = [[t for t in tokenise(p) if t[0].isalnum()] for p in y]
    pairs: dict[int, int] = {}
    i = j = 0
    for block in Indel.editops(x, y).as_matching_blocks():
        pairs.update(_align(wa, wb, range(i, block.a), range(j, block.b)))
        i, j = block.a + block.size, block.b + block.size
        pairs.update(zip(range(block.a, i), range(block.b, j), strict=True))
    moved = _moves(wa, wb, pairs)
    return tuple(_rows(old, new, pairs, moved))


def _align(wa, wb, a: range, b: range):
    if len(a) * len(b) > 250_000:
        return {}
    best = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    gain = {}
    for p, i in enumerate(a):
        for q, j in enumerate(b):
            s = Indel.normalized_similarity(wa[i], wb[j], score_cutoff=PAIR)
            take = -1.0
            if s >= PAIR:
                gain[p, q] = (s - PAIR / 2) * (len(wa[i]) + len(wb[j])) ** 0.5
                take = best[p][q] + gain[p, q]
            best[p + 1][q + 1] = max(take, best[p][q + 1], best[p + 1][q])
    out = {}
    p, q = len(a), len(b)
    while p and q:
        if best[p][q] == best[p - 1][q]:
            p -= 1
        elif best[p][q] == best[p][q - 1]:
            q -= 1
        else:
            p, q = p - 1, q - 1
            out[a[p]] = b[q]
    return out


def _moves(wa, wb, pairs):
    taken = set(pairs.values())
    a = [i for i in range(len(wa)) if i not in pairs and len(wa[i]) > 5]
    b = [j for j in range(len(wb)) if j not in taken and len(wb[j]) > 5]
    if len(a) * len(b) > 250_000:
        return {}
    found = sorted(
        (-s, i, j) for i in a for j in b if (s := Indel.normalized_similarity(wa[i], wb[j], score_cutoff=MOVE)) >= MOVE
    )
    out = {}
    for _, i, j in found:
        if i not in out and j not in out.values():
            out[i] = j
    return out


def _rows(old, new, pairs, moved):
    back = {j: i for i, j in pairs.items()}
    from_ = {j: i for i, j in moved.items()}
    i = 0
    for j in range(len(new)):
        if j in back:
            while i < back[j]:
                if i not in moved:
                    yield Row(Op.DELETE, (i,), (), (Span(Op.DELETE, old[i]),) if old[i] else ())
                i += 1
            yield _row(i, j, old[i], new[j])
            i += 1
        elif j in from_:
            yield Row(Op.MOVE, (from_[j],), (j,), mark(old[from_[j]], new[j]))
        else:
            yield Row(Op.INSERT, (), (j,), (Span(Op.INSERT, new[j]),) if new[j] else ())
    for k in range(i, len(old)):
        if k not in moved:
            yield Row(Op.DELETE, (k,), (), (Span(Op.DELETE, old[k]),) if old[k] else ())
