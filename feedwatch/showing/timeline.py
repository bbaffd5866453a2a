"""An article's life as a small drawing: from its first sighting to the last look, a mark for each change.

A mark's height tells how many words came and went, the bar at its foot between which two looks; the small strokes are
the looks. Time runs logarithmically: most edits are made in the first hours of a life that may be watched for months.
The drawing is an ornament beside its text, which says the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from feedwatch.model import Change, History, Version
from feedwatch.steps import unpack

WIDTH, HEIGHT = 640, 84  # of the drawing's own coordinates
_LEFT, _BASE, _LOW, _HIGH = 8, 50, 8, 42
_FIRST = timedelta(minutes=10)  # as much room as each later doubling has: the first look comes after so long
_TICKS = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
    "year": timedelta(days=365),
}
_APART = 60  # between two ticks, for their labels
# A change of so many words has the highest mark: about half of a short news article.
_MANY = 200
# More marks than this can hardly be told apart at this width, and each weighs 250 bytes with its words; a live page's
# are thinned out to the weightiest.
MARKS = 80


@dataclass(frozen=True, slots=True)
class Mark:
    """It stands at `x`, where the change was first seen; from `since` on it may have been made."""

    since: int
    x: int
    y: int  # of its upper end; the lower is `base`
    at: datetime
    change: Change


@dataclass(frozen=True, slots=True)
class Timeline:
    """`ticks` are names of units with their places."""

    marks: tuple[Mark, ...]
    ticks: tuple[tuple[str, int], ...]
    looks: tuple[int, ...]  # where it was looked at
    within: tuple[tuple[str, int], ...]  # by unit: so many of them within the first one; () where not all are known
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
    versions = {version.number: version for version in history.versions}
    marks = []
    for change in told:
        since, at = _between(change, versions.get(change.to_number))
        marks.append(_mark(change, at, (_place(since - start, end - start), _place(at - start, end - start))))
    ages = [timedelta(minutes=minutes) for minutes in unpack(history.article.looks)]
    looks = dict.fromkeys(_place(age, end - start) for age in ages)
    within = _within(ages, end - start) if len(ages) == history.article.checks else ()
    return Timeline(tuple(marks), tuple(_ticks(end - start)), tuple(looks), within, start, end)


def _within(ages: Sequence[timedelta], whole: timedelta) -> tuple[tuple[str, int], ...]:
    return tuple((name, sum(age <= span for age in ages)) for name, span in _TICKS.items() if span < whole)


def _place(after: timedelta, whole: timedelta) -> int:
    share = math.log1p(max(after / _FIRST, 0)) / math.log1p(whole / _FIRST)
    return _LEFT + round(min(share, 1.0) * (WIDTH - 2 * _LEFT))


def _ticks(whole: timedelta) -> Iterator[tuple[str, int]]:
    last = 0
    for name, span in _TICKS.items():
        place = _place(span, whole)
        if span < whole and place - last >= _APART and place <= WIDTH - _APART // 2:
            yield name, place
            last = place


def _between(change: Change, new: Version | None) -> tuple[datetime, datetime]:
    """The last look that saw the older text, and the first that saw the newer: the change is told of later at times."""
    at = new.seen_at if new else change.at
    since = (new and new.not_before) or change.not_before or at
    return min(since, at), at


def _mark(change: Change, at: datetime, places: tuple[int, int]) -> Mark:
    reach = min(1.0, math.log1p(_weight(change)) / math.log1p(_MANY))
    return Mark(*places, _BASE - round(_LOW + reach * (_HIGH - _LOW)), at, change)


def _weight(change: Change) -> int:
    return change.facts.words_added + change.facts.words_removed
