"""Lines that lead elsewhere: a trail of headings, a choice of languages, a paragraph that ends in a button."""

from __future__ import annotations

import re

from feedwatch.reading.outline import Run
from feedwatch.reading.phrases import LANGUAGE_NAMES
from feedwatch.reading.sequences import words

_LONGEST = 160  # characters
_LONGEST_STEP = 40
_LONG = 250  # a paragraph of this length is read for what it says
_LANGUAGES = 2  # named side by side, each in itself
_TRAIL = re.compile(r"\s*[›»]\s*")
_NAMED = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in LANGUAGE_NAMES.split(" | ")))
_SENTENCE_END = (".", "!", "?", "。")


def is_signpost(run: Run) -> bool:
    return _is_trail(run.text) or _names_languages(run.text) or _ends_in_button(run)


def _is_trail(text: str) -> bool:
    """Front page › County › Courts."""
    if len(text) > _LONGEST or "«" in text or text.endswith(_SENTENCE_END):
        return False
    steps = _TRAIL.split(text)
    return len(steps) > 1 and all(0 < len(step) <= _LONGEST_STEP for step in steps)


def _names_languages(text: str) -> bool:
    """Read this in Français, Polski, 日本語."""
    if len(text) > _LONGEST or text.endswith(_SENTENCE_END):
        return False
    named = set(_NAMED.findall(text))
    if len(named) < _LANGUAGES:
        return False
    others = [word for word in words(_NAMED.sub(" ", text)) if not word.isdigit()]
    return len(others) <= len(named)


def _ends_in_button(run: Run) -> bool:
    """Whether a paragraph calls on the reader to press something: a button with words in it, and nothing after it."""
    box = run.box
    if box.tag != "p" or not box.buttons or box.last - box.first != 1 or len(run.text) >= _LONG:
        return False
    *_, button = box.element.iter("button", "input")
    after = button.getparent() is box.element and not (button.tail or "").strip() and button.getnext() is None
    return after and any(char.isalpha() for char in button.text_content())
