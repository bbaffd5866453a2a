"""When edits are to be expected: how often articles were edited at each point of their lives.

Edits thin out by the logarithm of time: about as many fall between one and two hours as between one and two days. So
rates are counted per e-fold of time (time grown 2.718-fold) in bins of factor four. An article that was never edited is
told by its age; one that was, by the time since its last edit in units of its own pace, which makes a newsroom's hours
and a ministry's weeks alike. Each bin's rate is a gamma-Poisson estimate, drawn towards what is common.

A page's own date of its last edit tells when an edit fell between two looks. One from before the first sight makes a
class of its own, which is like the never edited until a source's own history shows what such a date means there.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from feedwatch.model import Life

HOUR = timedelta(hours=1)

FACTOR = 4.0
FIRST_AGE = 1 / 12  # hours: the lower end of the first bin of an age
FIRST_PACE = 1 / 64  # of the article's pace: the same for the time since the last edit
BINS = 8
# Edited never, once, two or three times, four to seven times, more often; never in our sight, but before it.
CLASSES = 6
NEVER, BEFORE = 0, 5
# Systems that publish write their own date once or twice more in the first minutes, with no edit.
SETTLING = timedelta(minutes=15)
# An article cannot be quicker than looks can tell.
SHORTEST_PACE = 10 * HOUR / 60

Rates = tuple[tuple[float, ...], ...]

# Edits per e-fold of time, CLASSES x BINS, from a news model (articles drawn after published studies of newspapers'
# edits) and from 1,950 press notices of a government with their 1,238 real edits: a third news for the never edited,
# two thirds for the others. Of 12 mixtures these lose least on both sets at once, at 25 and at 40 looks
# (bench/schedule.py). Neither set knows of edits before the first sight.
_NEVER = (0.016, 0.033, 0.050, 0.043, 0.028, 0.022, 0.026, 0.008)
COMMON: Rates = (
    _NEVER,
    (0.010, 0.042, 0.097, 0.140, 0.126, 0.066, 0.033, 0.016),
    (0.012, 0.049, 0.158, 0.199, 0.145, 0.034, 0.014, 0.010),
    (0.014, 0.078, 0.237, 0.550, 0.580, 0.136, 0.032, 0.030),
    (0.023, 0.067, 0.272, 0.589, 0.428, 0.083, 0.023, 0.012),
    _NEVER,
)
# What the common rates weigh against a source's own history, by class: e-folds of time watched, in each bin (an
# article passes 1.4 in each). Measured on the halves that were not learned from: 3 to 30 for all classes captured up
# to 3 points less than not learning, 100 as much; learning the never edited alone at 10 captured up to 2 points more
# and took a third off the median delay. In units of their own pace edited articles are alike everywhere.
PRIOR = (10.0, 100.0, 100.0, 100.0, 100.0, 10.0)


@dataclass(frozen=True, slots=True)
class Moment:
    """How far an article is in its life: its class, and where in the bins it stands. `unit` is one in hours."""

    row: int
    at: float
    unit: float
    first: float  # the lower end of the first bin


def moment(age: timedelta, quiet: timedelta | None, changes: int, *, edited_before: bool = False) -> Moment:
    """`quiet` is the time since the last edit that was found, None without one."""
    if quiet is None or not changes:
        return Moment(BEFORE if edited_before else NEVER, max(age / HOUR, FIRST_AGE / 2), 1.0, FIRST_AGE)
    pace = max((age - quiet) / changes, SHORTEST_PACE) / HOUR
    return Moment(_row(changes), max(quiet / HOUR / pace, FIRST_PACE / 2), pace, FIRST_PACE)


def _row(changes: int) -> int:
    return min(BEFORE - 1, changes.bit_length())


def wait(rates: Rates, now: Moment, edits: float) -> timedelta:
    """How long until so many edits (a fraction of one) are to be expected; at most ten years."""
    left, at = edits, now.at
    row = rates[now.row]
    for place in range(_bin(at, now.first), BINS):
        end = now.first * FACTOR ** (place + 1) if place < BINS - 1 else math.inf
        rate = max(row[place], 1e-4)
        if rate * math.log(end / at) >= left:
            return min(3650 * 24.0, (at * math.exp(left / rate) - now.at) * now.unit) * HOUR
        left -= rate * math.log(end / at)
        at = end
    return 3650 * 24 * HOUR


def _bin(at: float, first: float) -> int:
    return max(0, min(BINS - 1, math.floor(math.log(at / first, FACTOR))))


# ---------------------------------------------------------------------------------------------------------- learning


def edited_before(claimed_at: datetime | None, published_at: datetime | None, seen_at: datetime) -> bool:
    """Whether a page says at its first sight that it was edited after it was published."""
    if claimed_at is None or published_at is None:
        return False
    return published_at + SETTLING < claimed_at <= seen_at


def edited_at(claimed_at: datetime | None, not_before: datetime | None, found_at: datetime) -> datetime | None:
    """The page's own date of an edit, where it lies between the looks that the edit fell between."""
    if claimed_at is None or not_before is None:
        return None
    return claimed_at if not_before <= claimed_at <= found_at else None


def learn(lives: Iterable[Life], common: Rates = COMMON) -> Rates:
    """A source's own rates, drawn towards the common ones where it has shown little."""
    edits = [[0.0] * BINS for _ in range(CLASSES)]
    watched = [[0.0] * BINS for _ in range(CLASSES)]
    for life in lives:
        for start, gap, edited in _quiet_times(life):
            _count(start, gap, edits if edited else None, watched)
    own = [_drawn(edits[row], watched[row], common[row], PRIOR[row]) for row in range(CLASSES)]
    own[BEFORE] = _drawn(edits[BEFORE], watched[BEFORE], own[NEVER], PRIOR[BEFORE])
    return tuple(own)


def _drawn(edits: Sequence[float], watched: Sequence[float], towards: Sequence[float], by: float) -> tuple[float, ...]:
    return tuple((edits[b] + by * towards[b]) / (watched[b] + by) for b in range(BINS))


def _quiet_times(life: Life) -> Iterable[tuple[Moment, float, bool]]:
    """Each stretch without an edit: its beginning, its length in the moment's unit, whether an edit ended it."""
    since = life.first_seen_at
    for number, at in enumerate(edit_times(life)):
        start = _start(life, since, number)
        yield start, (at - since) / HOUR / start.unit, True
        since = at
    start = _start(life, since, len(life.edits))
    yield start, (life.last_checked_at - since) / HOUR / start.unit, False


def edit_times(life: Life) -> Iterable[datetime]:
    """When each edit is taken to have been: by its own date, or else in the middle between two looks."""
    since = life.first_seen_at
    for edit in sorted(life.edits, key=lambda edit: edit.at):
        middle = edit.at - (edit.at - edit.not_before) / 2 if edit.not_before else edit.at
        since = max(since, edited_at(edit.claimed_at, edit.not_before, edit.at) or middle)
        yield since


def _start(life: Life, since: datetime, changes: int) -> Moment:
    before = edited_before(life.claimed_at, life.published_at, life.first_seen_at)
    quiet = timedelta(0) if changes else None
    return moment(since - life.first_seen_at, quiet, changes, edited_before=before)


def _count(start: Moment, gap: float, edits: Sequence[list[float]] | None, watched: Sequence[list[float]]) -> None:
    for place in range(BINS):
        low = start.first * FACTOR**place
        high = low * FACTOR if place < BINS - 1 else math.inf
        if gap <= low:
            break
        watched[start.row][place] += math.log(min(high, gap) / low)
        if edits is not None and gap <= high:
            edits[start.row][place] += 1
