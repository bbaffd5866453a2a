"""Lines that lead elsewhere: a trail of headings, a choice of languages, a paragraph that ends in a button."""

from __future__ import annotations

import re
from functools import cache

from feedwatch.reading.outline import Box, Run
from feedwatch.reading.phrases import LANGUAGE_NAMES
from feedwatch.reading.sequences import MARKS, UNSPACED, words

_LONGEST = 160  # characters
_LONGEST_STEP = 40
_LONG = 250  # a paragraph of this length is read for what it says
_LANGUAGES = 2  # named side by side, each in itself
_SPOKEN = 3  # words for each: "Leer en español"
_TRAIL = re.compile(r"\s*[›»]\s*")
_DIVIDED = str.maketrans(",;|/·•():、", " " * 10)
_SENTENCE_END = (".", "!", "?", "。")
_COLON = str.maketrans("：", ":")
_FIGURE = re.compile(r"\d")
_LONGEST_LABEL, _SHORTEST_UNSPACED = 30, 8  # characters
_LONGEST_BID = 60  # characters: "Leer en español | Lire en français", where names need no capitals
_BEFORE_CALL = (".", "!", "?", "。", "！", "？", "؟", "।")
_LONGEST_CALL = 40  # characters
_COUNTED = re.compile(r"(?<![\w.,/-])\d+(?![\w.,/:-])")
_CALL = re.compile(rf"[^\W\d_][\w\s{MARKS}'’-]{{2,}}")  # no tag, name or address: "#ferry", "@port", "port.example"


def is_signpost(run: Run) -> bool:
    return _is_trail(run.text) or _names_languages(run.text) or _ends_in_button(run)


def is_labelled_link(run: Run) -> bool:
    """Whether a paragraph is nothing but a label and another headline: "Also: Bridge closed", in whatever words."""
    label, _, rest = run.text.translate(_COLON).partition(":")
    if run.box.tag != "p" or not rest or len(label) > _LONGEST_LABEL or run.text.endswith(_SENTENCE_END):
        return False
    linked = rest.strip()
    return label.isprintable() and not _FIGURE.search(label) and _is_headline(linked) and run.link_chars >= len(linked)


def _is_headline(text: str) -> bool:
    return " " in text and "://" not in text if UNSPACED.search(text) is None else len(text) >= _SHORTEST_UNSPACED


def ends_in_call(run: Run) -> bool:
    """Whether a short paragraph ends in a link that is a sentence of its own, without a full stop: what to press."""
    box = run.box
    if box.tag != "p" or box.last - box.first != 1 or len(run.text) >= _LONG or not run.link_chars:
        return False
    links = [link for link in box.element.iter("a") if link.text_content().strip()]
    if len(links) != 1:
        return False
    call = " ".join(links[0].text_content().split())
    before = run.text.removesuffix(call).rstrip()
    is_last = run.text.endswith(call) and before.endswith(_BEFORE_CALL)
    return is_last and len(call) <= _LONGEST_CALL and _CALL.fullmatch(call) is not None


def is_counting(call: str) -> bool:
    """Whether a link's words say how many there are of what it leads to: "See all 17 photos", "921 comments"."""
    return len(call) <= _LONGEST_CALL and len(call.split()) > 1 and _COUNTED.search(call) is not None


def quotes_of_many(box: Box) -> bool:
    """Whether a box quotes one of so many, to which a link beside the quotation leads: a reader's comment."""
    if not box.links or box.tag == "blockquote":
        return False
    links = (link for link in box.element.iter("a") if next(link.iterancestors("blockquote"), None) is None)
    return any(is_counting(" ".join(link.text_content().split())) for link in links)


def _is_trail(text: str) -> bool:
    """Front page › County › Courts."""
    if ("›" not in text and "»" not in text) or "«" in text or len(text) > _LONGEST or text.endswith(_SENTENCE_END):
        return False
    steps = _TRAIL.split(text)
    return len(steps) > 1 and all(0 < len(step) <= _LONGEST_STEP for step in steps)


@cache
def _language_names() -> frozenset[str]:
    return frozenset(LANGUAGE_NAMES.split())


@cache
def _first_words_of_names() -> frozenset[str]:
    return frozenset(words(name)[0] for name in _language_names())


def _names_languages(text: str) -> bool:
    """Read this in Français, Polski, 日本語."""
    if len(text) > _LONGEST or text.endswith(_SENTENCE_END):
        return False
    if _first_words_of_names().isdisjoint(words(text)):
        return False
    spoken = set((text if len(text) > _LONGEST_BID else text.title()).translate(_DIVIDED).split())
    named = len(spoken & _language_names())
    return named >= _LANGUAGES and sum(1 for word in spoken if not word.isdigit()) <= _SPOKEN * named


def _ends_in_button(run: Run) -> bool:
    """Whether a paragraph calls on the reader to press something: a button with words in it, and nothing after it."""
    box = run.box
    if box.tag != "p" or not box.buttons or box.last - box.first != 1 or len(run.text) >= _LONG:
        return False
    *_, last = box.element
    return last.tag == "button" and not (last.tail or "").strip() and any(map(str.isalpha, last.text_content()))
