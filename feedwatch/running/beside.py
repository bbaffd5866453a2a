"""Judging long texts beside the event loop: it belongs to all hosts, and none may hold it up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import ParamSpec, TypeVar

from feedwatch.model import Page, Text, Version, line_sha

P = ParamSpec("P")
T = TypeVar("T")

# Characters that are judged on the loop itself, in some 20 ms.
_SHORT = 100_000


async def beside(
    seen: Iterable[Page | Version | None], function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """What is pure, and takes the longer the longer the texts of what is seen are."""
    if all(one is None or length(one.text) <= _SHORT for one in seen):
        return function(*args, **kwargs)
    return await asyncio.to_thread(function, *args, **kwargs)


def length(text: Text) -> int:
    """Characters of its paragraphs."""
    return sum(len(block.text) for block in text.blocks)


def lines_of(page: Page | None) -> set[str]:
    return all_lines(page.text) if page else set()


def all_lines(*texts: Text) -> set[str]:
    return {line_sha(line) for text in texts for line in text.paragraphs}


def other_lines(old: Text, new: Text) -> set[str]:
    """Those that stand in one of the two only."""
    return all_lines(old) ^ all_lines(new)
