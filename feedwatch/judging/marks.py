"""Two paragraphs -> spans: which words went, which came.

The rule: whole tokens only, and the spans rebuild both paragraphs to the letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from feedwatch.judging.align import Block, align
from feedwatch.judging.tokens import Tokens, tokenise
from feedwatch.model import Op, Span

EFFORT = 20_000  # pairs of equal words, see `align`; an ordinary edited paragraph has some hundred
LONG = 1_000_000  # characters of both: words are told apart up to here (1 s, 150 MB), beyond only the changed middle


def mark(old: str, new: str, effort: int = EFFORT) -> tuple[Span, ...]:
    """Equal and deleted spans are `old`, equal and inserted spans are `new`; of each change the deleted part is first.

    `effort` bounds the time, about 2 us for each.
    """
    if old == new:
        return (Span(Op.EQUAL, old),) if old else ()
    head, tail = _same_ends(old, new) if len(old) + len(new) > LONG else (0, 0)
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(middle_old) + len(middle_new) > LONG:
        middle: Iterable[tuple[Op, str]] = ((Op.DELETE, middle_old), (Op.INSERT, middle_new))
    else:
        middle = _mark_words(tokenise(middle_old), tokenise(middle_new), effort)
    return tuple(_join([(Op.EQUAL, old[:head]), *middle, (Op.EQUAL, old[len(old) - tail :] if tail else "")]))


def _same_ends(old: str, new: str) -> tuple[int, int]:
    """How many characters are the same at the start and at the end, up to white space."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if old[low:middle] == new[low:middle] else (low, middle - 1)
    head = old.rfind(" ", 0, low) + 1
    low, high = 0, min(len(old), len(new)) - head
    while low < high:
        middle = (low + high + 1) // 2
        same = old[len(old) - middle : len(old) - low] == new[len(new) - middle : len(new) - low]
        low, high = (middle, high) if same else (low, middle - 1)
    space = old.find(" ", len(old) - low)
    return head, len(old) - space if space >= 0 else 0


def _mark_words(old: Tokens, new: Tokens, effort: int) -> Iterator[tuple[Op, str]]:
    i = j = 0
    for next_i, next_j, size in [*_identical(old, new, align(old, new, effort)), (len(old), len(new), 0)]:
        yield from _mark_between(_cut(old, i, next_i), _cut(new, j, next_j))
        yield Op.EQUAL, old.text(next_i, next_i + size)
        i, j = next_i + size, next_j + size


def _identical(old: Tokens, new: Tokens, blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, cut where the letters or the white space differ although the tokens are equal as compared."""
    for i, j, size in blocks:
        start = 0
        for k in range(size):
            gap, other = old.gaps[i + k], new.gaps[j + k]
            is_cut = old.texts[i + k] != new.texts[j + k] or (k > 0 and _is_torn(gap, other))
            if k > start and (is_cut or gap != other):
                yield i + start, j + start, k - start
                start = k
            if is_cut:
                start = k + 1
        if start < size:
            yield i + start, j + start, size - start


def _is_torn(gap: str, other: str) -> bool:
    """White space on one side only: too little to see, so a token is marked with it. A new paragraph can be seen."""
    return gap != other and "\n" not in gap + other and any(map(str.isspace, gap)) != any(map(str.isspace, other))


def _cut(tokens: Tokens, start: int, end: int) -> tuple[str, str, str]:
    """White space, words, white space; without words there is only one white space."""
    if start == end:
        return tokens.gaps[start], "", ""
    return tokens.gaps[start], tokens.text(start, end), tokens.gaps[end]


def _mark_between(old: tuple[str, str, str], new: tuple[str, str, str]) -> Iterator[tuple[Op, str]]:
    """Marks for what stands between two kept runs, with the white space at its ends kept where both have it."""
    before = after = ""
    if old[0] == new[0]:
        before = old[0]
        old, new = ("", *old[1:]), ("", *new[1:])
    if old[1] and new[1] and old[2] == new[2]:
        after = old[2]
        old, new = (*old[:2], ""), (*new[:2], "")
    elif not before and not old[1] and old[0] == new[2]:
        after, old, new = old[0], ("", "", ""), (*new[:2], "")
    elif not before and not new[1] and new[0] == old[2]:
        after, old, new = new[0], (*old[:2], ""), ("", "", "")
    yield Op.EQUAL, before
    yield Op.DELETE, "".join(old)
    yield Op.INSERT, "".join(new)
    yield Op.EQUAL, after


def _join(marks: Iterable[tuple[Op, str]]) -> Iterator[Span]:
    """One span per run, and of each change first what went, then what came."""
    parts: dict[Op, list[str]] = {Op.EQUAL: [], Op.DELETE: [], Op.INSERT: []}
    for op, text in marks:
        if text and op is Op.EQUAL and (parts[Op.DELETE] or parts[Op.INSERT]):
            yield from _close(parts)
        if text:
            parts[op].append(text)
    yield from _close(parts)


def _close(parts: dict[Op, list[str]]) -> Iterator[Span]:
    for op, texts in parts.items():
        if texts:
            yield Span(op, "".join(texts))
            texts.clear()
