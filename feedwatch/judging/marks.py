"""Two paragraphs -> spans: which words went, which came."""

from __future__ import annotations

from rapidfuzz.distance import Indel

from feedwatch.judging.tokens import tokenise
from feedwatch.model import Op, Span

KEPT = 0.30


def mark(old: str, new: str) -> tuple[Span, ...]:
    a, b = tokenise(old), tokenise(new)
    ops = [[o.tag, a[o.src_start : o.src_end], b[o.dest_start : o.dest_end]] for o in Indel.opcodes(a, b)]
    words = lambda ts: sum(t[0].isalnum() for t in ts)
    kept = sum(words(o[1]) for o in ops if o[0] == "equal")
    if 2 * kept < KEPT * (words(a) + words(b)):
        ops = [["replace", a, b]]
    out = []
    run_a: list[str] = []
    run_b: list[str] = []

    def flush() -> None:
        if run_a:
            out.append(Span(Op.DELETE, "".join(run_a)))
        if run_b:
            out.append(Span(Op.INSERT, "".join(run_b)))
        run_a.clear()
        run_b.clear()

    for k, (tag, x, y) in enumerate(ops):
        if tag == "equal" and (k in (0, len(ops) - 1) or sum(len(t) > 3 for t in x) > 1):
            flush()
            out.append(Span(Op.EQUAL, "".join(x)))
        else:
            run_a += x
            run_b += y
    flush()
    return tuple(out)
