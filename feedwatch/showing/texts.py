"""The texts of an article's versions as data, for comparing any two of them in a browser.

Each line is kept once, however many versions have it: a live page's hundred versions are little more than its last.
"""

from __future__ import annotations

import json
from typing import Any

from feedwatch.model import Block, History, Text, Version
from feedwatch.showing import paths
from feedwatch.showing.feed import timestamp
from feedwatch.showing.plain import direction, shown
from feedwatch.showing.versions import language_of, standing
from feedwatch.showing.words import Words

# With fewer versions there are no two that have no page of their own.
FEWEST = 3

Lines = dict[tuple[str, str], int]  # kinds and texts of paragraphs, with their places in the document


def is_choice(history: History) -> bool:
    """Whether there are two versions that stand and have no page."""
    return len(standing(history)) >= FEWEST


def texts_json(history: History, words: Words) -> bytes:
    """The versions that stand. `pages` are the pairs that have a page; `base` is a text as it is compared with later
    ones, where that is not the one kept.
    """
    lines: Lines = {}
    bases = {change.from_number: change.base for change in reversed(history.changes) if change.base}
    document: dict[str, Any] = {
        "article": history.article.id,
        "pages": paths.pairs(history),
        "versions": [
            _version(version, history, bases.get(version.number), lines, words) for version in standing(history)
        ],
    }
    document["lines"] = list(lines)  # known only now
    return (json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8")


def _version(version: Version, history: History, base: Text | None, lines: Lines, words: Words) -> dict[str, Any]:
    language = language_of(history, version)
    return {
        "number": version.number,
        "seen_at": timestamp(version.seen_at),
        "when": words.moment(version.seen_at),
        "language": language,
        "direction": direction(language),
        **_text(version.text, lines),
        **({"base": _text(base, lines)} if base else {}),
    }


def _text(text: Text, lines: Lines) -> dict[str, Any]:
    return {
        "title": _place(Block(text.title), lines),
        "standfirst": _place(Block(text.standfirst), lines),
        "blocks": [_place(block, lines) for block in text.blocks],
    }


def _place(block: Block, lines: Lines) -> int:
    return lines.setdefault((block.kind.value, shown(block.text)), len(lines))
