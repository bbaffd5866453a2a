"""What a page does not show, or not to everybody."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import HtmlElement

_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FOR_SCREEN_READERS = re.compile(
    r"\b(?:sr-only|visually-?hidden|screen-?reader(?:-text)?|a11y-hidden)\b", re.IGNORECASE
)
_USUAL = 200  # characters


def hides(name: str, value: str) -> bool:
    """Whether an attribute hides its element."""
    return name == "hidden" or _HIDDEN_STYLE.search(value) is not None


def folds_out(element: HtmlElement) -> bool:
    """Whether what stands right before a hidden element says that it folds something out."""
    before = element.getprevious()
    return before is not None and any(inner.get("aria-expanded") for inner in before.iter("*"))


def is_for_screen_readers(names: str) -> bool:
    return _is_known(names) if len(names) <= _USUAL else _FOR_SCREEN_READERS.search(names) is not None


@lru_cache(maxsize=2048)  # a site's pages have the same few, each many times
def _is_known(names: str) -> bool:
    return _FOR_SCREEN_READERS.search(names) is not None
