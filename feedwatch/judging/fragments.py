"""Where two paragraphs that stand side by side differ: runs of words taken out, put in, or both in one place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from feedwatch.model import Op, Row

# One word per character where a script writes no spaces; digits with their inner punctuation are one word.
_WORD = re.compile(
    "[\u0e00-\u0e7f\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]"
    "|[^\\W_\u0e00-\u0e7f\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+"
    "(?:['\u2019.,-][^\\W_\u0e00-\u0e7f\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+)*"
)


def count_words(text: str) -> int:
    return sum(1 for _ in _WORD.finditer(text))


def words_of(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


@dataclass(frozen=True, slots=True)
class Fragment:
    """Where it stands on each side (an empty stretch where nothing was taken out, or nothing put in)."""

    old: tuple[int, int]
    new: tuple[int, int]
    old_words: int
    new_words: int


def fragments(row: Row) -> list[Fragment]:
    found: list[Fragment] = []
    old_at = new_at = old_from = new_from = 0
    for span in row.spans:
        if span.op is Op.EQUAL:
            found += _fragment(row, (old_from, old_at), (new_from, new_at))
            old_at += len(span.text)
            new_at += len(span.text)
            old_from, new_from = old_at, new_at
        elif span.op is Op.DELETE:
            old_at += len(span.text)
        else:
            new_at += len(span.text)
    return found + _fragment(row, (old_from, old_at), (new_from, new_at))


def _fragment(row: Row, old: tuple[int, int], new: tuple[int, int]) -> list[Fragment]:
    if old[0] == old[1] and new[0] == new[1]:
        return []
    return [Fragment(old, new, count_words(row.old_text[slice(*old)]), count_words(row.new_text[slice(*new)]))]


def touches(stretch: tuple[int, int], start: int, end: int) -> bool:
    """Whether a stretch of text shares a character with [start, end); an empty one, whether it lies within."""
    return start < stretch[1] and stretch[0] < end
