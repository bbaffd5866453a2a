"""Where two paragraphs that stand side by side differ: runs of words taken out, put in, or both in one place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple, Protocol, TypeVar

from feedwatch.model import Op, Row

# One word per character where a script writes no spaces; digits with their inner punctuation are one word.
_WORD = re.compile(
    "[\u0e00-\u0e7f\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]"
    "|[^\\W_\u0e00-\u0e7f\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+"
    "(?:['\u2019.,-][^\\W_\u0e00-\u0e7f\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+)*"
)


def count_words(text: str, most: int | None = None) -> int:
    """With `most`, no further than that."""
    return sum(1 for _ in islice(_WORD.finditer(text), most))


def words_of(text: str) -> list[str]:
    words = _WORD.findall(text)
    return "\n".join(words).casefold().split("\n") if words else []


class Stretch(NamedTuple):
    """Where something stands in a text."""

    start: int
    end: int


class Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


P = TypeVar("P", bound=Placed)


def touching(found: Sequence[P], stretch: Stretch) -> Sequence[P]:
    """What of `found`, which is in order of place, shares a character with `stretch`, or holds it when it is empty."""
    first = bisect_right(found, stretch.start, key=lambda one: one.end)
    last = bisect_left(found, stretch.end, key=lambda one: one.start)
    return found[first:last]


@dataclass(frozen=True, slots=True)
class Fragment:
    """Where it stands on each side (an empty stretch where nothing was taken out, or nothing put in)."""

    old: Stretch
    new: Stretch
    old_words: int
    new_words: int


def fragments(row: Row) -> list[Fragment]:
    found: list[Fragment] = []
    old, new = row.old_text, row.new_text
    old_at = new_at = old_from = new_from = 0

    def part() -> list[Fragment]:
        gone, come = old[old_from:old_at], new[new_from:new_at]
        stretches = Stretch(old_from, old_at), Stretch(new_from, new_at)
        return [Fragment(*stretches, count_words(gone), count_words(come))] if gone or come else []

    for span in row.spans:
        if span.op is Op.EQUAL:
            found += part()
            old_at += len(span.text)
            new_at += len(span.text)
            old_from, new_from = old_at, new_at
        elif span.op is Op.DELETE:
            old_at += len(span.text)
        else:
            new_at += len(span.text)
    return found + part()
