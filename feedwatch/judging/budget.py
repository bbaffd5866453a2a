"""How often a source's articles can be looked at, for what may be spent on them in a day.

Every wait grows or shrinks by one factor, the pace, so the looks stay where edits are likeliest. The pace is the one at
which lives like those of the last months come to what may be spent on each.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from feedwatch.judging.rhythm import BINS, CLASSES, Rates, edit_times, edited_before, learn, moment
from feedwatch.judging.schedule import Policy, scaled, wait_at
from feedwatch.model import Life, Past

FASTEST, SLOWEST = 1 / 8, 8.0  # beyond them the bounds of the wait decide, not the shares
_STEPS = 9  # halvings of what is between them: to 1 %
# Edited lives that are gone through. They differ in their looks by a half of them: so many tell the mean to 4 %.
ENOUGH = 150
# So much of the budget is planned for. The rest is for days with more news than usual, and for confirming looks.
PLANNED = 0.9
# As what was spent in the last 24 hours comes near the budget, waits grow by this power of it: by half when all is
# spent, which is a day with half as many articles again.
STRAIN = 4

# Learned anew when the history has grown by a quarter: a new source's soon, an old one's once a day.
GROWN = 4
SOONEST, LATEST = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Budget:
    looks_per_day: int
    fastest: float = FASTEST  # the quickest pace, however much there is to spend


def found_per_day(past: Past) -> float:
    """The last day's articles or, if more, a mean day's of the last week."""
    return max(past.found_last_day, past.found_last_week / 7)


def pace_for(past: Past, policy: Policy, budget: Budget, now: datetime) -> float:
    """The pace at which a source's looks come to what is planned of the budget."""
    found, span = found_per_day(past), now - _oldest(past, now)
    if not found:
        return max(1.0, budget.fastest)
    each = PLANNED * budget.looks_per_day / found
    low, high = budget.fastest, SLOWEST
    if looks_each(past.lives, scaled(policy, low), span) <= each:
        return low
    for _ in range(_STEPS):
        pace = math.sqrt(low * high)
        low, high = (pace, high) if looks_each(past.lives, scaled(policy, pace), span) > each else (low, pace)
    return high


def _oldest(past: Past, now: datetime) -> datetime:
    return min((life.first_seen_at for life in past.lives), default=now)


def strained(spent: int, looks_per_day: int) -> float:
    """How much longer waits are made when the last 24 hours were more than planned for."""
    return max(1.0, spent / (PLANNED * looks_per_day)) ** STRAIN


def looks_each(lives: Sequence[Life], policy: Policy, span: timedelta) -> float:
    """How many looks an article gets on the average, if those to come live like these.

    `span`: how long the source has been watched. No article is older, so later looks do not cost anything yet.
    """
    edited = [life for life in lives if life.edits]
    sample = edited[:: math.ceil(len(edited) / ENOUGH)] if edited else []
    quiet = len(lives) - len(edited)
    looks: float = _looks((), before=False, policy=policy, span=span) * (quiet or not lives)
    if sample:
        looks += len(edited) / len(sample) * sum(_looks_of(life, policy, span) for life in sample)
    return looks / max(1, len(lives))


def _looks_of(life: Life, policy: Policy, span: timedelta) -> int:
    before = edited_before(life.claimed_at, life.published_at, life.first_seen_at)
    edits = [at - life.first_seen_at for at in edit_times(life)]
    return _looks(edits, before=before, policy=policy, span=span)


def _looks(edits: Sequence[timedelta], *, before: bool, policy: Policy, span: timedelta) -> int:
    """From the first sight to the end of the watch. `edits`: how long after the first sight each was, in order."""
    age, looks, seen, changes = timedelta(0), 1, 0, 0
    changed: timedelta | None = None
    while True:
        quiet = None if changed is None else age - changed
        end = (changed or timedelta(0)) + policy.give_up_after
        if age + policy.shortest > end:
            return looks
        wait = wait_at(moment(age, quiet, changes, edited_before=before), policy)
        age = min(age + max(policy.shortest, min(wait, policy.longest)), end)
        if age > max(span, LATEST):
            return looks
        looks += 1
        fell = sum(at <= age for at in edits[seen:])
        if fell:
            seen, changes, changed = seen + fell, changes + 1, age


# ---------------------------------------------------------------------------------------------------------- kept


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How a source's articles are looked at from `made_at` to `until`."""

    rates: Rates
    pace: float
    made_at: datetime
    until: datetime
    terms: str  # what it was made for

    def holds(self, now: datetime) -> bool:
        return self.made_at <= now < self.until


def attune(past: Past, policy: Policy, budget: Budget, now: datetime) -> Rhythm:
    """The rates that the past teaches, and the pace that the budget allows with them."""
    rates = tuple(tuple(round(rate, 5) for rate in row) for row in learn(past.lives))
    pace = pace_for(past, replace(policy, rates=rates), budget, now)
    until = now + max(SOONEST, min((now - _oldest(past, now)) / GROWN, LATEST))
    return Rhythm(rates, round(pace, 4), now, until, terms_of(policy, budget))


def terms_of(policy: Policy, budget: Budget) -> str:
    """What a rhythm is made for besides the past: with another configuration it is made anew."""
    told = [policy.shortest, policy.longest, policy.age_share, policy.quiet_share, policy.give_up_after]
    return " ".join(map(str, [*told, budget.looks_per_day, budget.fastest]))


def written(rhythm: Rhythm) -> str:
    moments = {"made_at": rhythm.made_at.isoformat(), "until": rhythm.until.isoformat()}
    return json.dumps({"rates": rhythm.rates, "pace": rhythm.pace, **moments, "terms": rhythm.terms})


def read(text: str | None) -> Rhythm | None:
    """None where there is none, or one that another version of the program left."""
    try:
        kept = json.loads(text or "{}")
        rates = tuple(tuple(map(float, row)) for row in kept["rates"])
        made_at, until = (datetime.fromisoformat(kept[name]) for name in ("made_at", "until"))
        rhythm = Rhythm(rates, float(kept["pace"]), made_at, until, str(kept["terms"]))
    except (ValueError, KeyError, TypeError):
        return None
    return rhythm if [len(row) for row in rates] == [BINS] * CLASSES else None
