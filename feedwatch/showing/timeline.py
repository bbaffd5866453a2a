"""An article's life as a small drawing: from its first sighting to the last look, a mark for each change.

A mark's height tells how many words came and went. The drawing is an ornament beside its text, which says the same.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from feedwatch.model import Change, History

WIDTH, HEIGHT = 640, 64  # of the drawing's own coordinates
_LEFT, _BASE, _LOW, _HIGH = 8, 54, 8, 46
# A change of so many words has the highest mark: about half of a short news article.
_MANY = 200
# More marks than this cannot be told apart at this width; a live page's are thinned out to the weightiest.
MARKS = 160


@dataclass(frozen=True, slots=True)
class Mark:
    x: int
    y: int  # of its upper end; the lower is `base`
    change: Change


@dataclass(frozen=True, slots=True)
class Timeline:
    marks: tuple[Mark, ...]
    start: datetime
    end: datetime
    width: int = WIDTH
    height: int = HEIGHT
    base: int = _BASE
    left: int = _LEFT


def timeline(history: History, changes: Sequence[Change]) -> Timeline | None:
    """None where nothing was looked at twice."""
    start, end = history.article.first_seen_at, history.article.last_checked_at
    if end is None or end <= start:
        return None
    weightiest = sorted(changes, key=lambda change: (-_weight(change), change.to_number))[:MARKS]
    told = sorted(weightiest, key=lambda change: change.to_number)
    return Timeline(tuple(_mark(change, start, end) for change in told), start, end)


def _mark(change: Change, start: datetime, end: datetime) -> Mark:
    share = (change.at - start) / (end - start)
    share = min(max(share, 0.0), 1.0)
    reach = min(1.0, math.log1p(_weight(change)) / math.log1p(_MANY))
    return Mark(_LEFT + round(share * (WIDTH - 2 * _LEFT)), _BASE - round(_LOW + reach * (_HIGH - _LOW)), change)


def _weight(change: Change) -> int:
    return change.facts.words_added + change.facts.words_removed
