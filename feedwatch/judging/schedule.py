"""When to look again, and when to give up.

Pure: the time comes in as an argument, and the jitter is a hash of what is looked at, so the same article at the same
moment always gets the same next look. Every wait lies within the policy's `shortest` and `longest`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from feedwatch.judging import rhythm
from feedwatch.judging.rhythm import COMMON, Moment, Rates
from feedwatch.model import Article, Feed, Suspect, Suspicion, latest

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

Ordered = TypeVar("Ordered", int, timedelta)


@dataclass(frozen=True, slots=True)
class Policy:
    """How a source's articles are looked at again; the config's `schedule` section says the same words.

    The shares are what they come to on the whole: `rates` move the looks to where edits are likely.
    """

    shortest: timedelta = 5 * MINUTE
    longest: timedelta = 7 * DAY
    age_share: float = 0.40
    quiet_share: float = 0.25
    give_up_after: timedelta = 60 * DAY
    jitter: float = 0.10
    rates: Rates = COMMON


# ---------------------------------------------------------------------------------------------------------- articles

# A published date is only a claim: time zones are written wrongly by up to 14 hours, and some sites give every page the
# date of its template. So it ages an article beyond our first sight of it only past those 14 hours, and by a day at
# most: one found a week old is looked at after ten hours instead of ten minutes, and a false date costs no more.
TIME_ZONE_SLIP = 14 * HOUR
LONGEST_HEAD_START = DAY


# A look is worth the edit that it may find. To find most with so many looks, each must be due when the same number of
# edits is to be expected since the last, at whatever article and time: were it more at one than at another, a look
# moved there would find more. An edited article's looks may be due a little later, since an unedited one's also tell
# which article is worth looking at.
#
# A look is due once so many edits are to be expected, for a share of one. Chosen so that with the common rates the
# looks at an unedited article grow apart by about `age_share` of its age, those at an edited one by about
# `quiet_share` of the time since its last edit; their proportion so that both sets of bench/schedule.py lose least at
# 25 and at 40 looks.
EDITS_PER_AGE_SHARE = 0.050
EDITS_PER_QUIET_SHARE = 0.128


# What was first seen or changed at a time that has not come yet tells nothing of its age: the clock was set back. Four
# looks a day find an edit on the day, and are what thousands of articles can be given.
UNTOLD = timedelta(hours=6)


def next_check(article: Article, now: datetime, policy: Policy) -> datetime | None:
    """The next look, or None once the article has been quiet for `policy.give_up_after`."""
    quiet_since = latest([article.first_seen_at, article.last_changed_at]) or article.first_seen_at
    end = quiet_since + policy.give_up_after
    if now + policy.shortest > end:
        return None
    asked = UNTOLD if quiet_since > now else expected_wait(article, now, policy)
    wait = _jittered(asked, policy, f"{article.id} {article.checks}")
    return min(now + wait, end)


def expected_wait(article: Article, now: datetime, policy: Policy) -> timedelta:
    """The wait that the rates ask for, before bounds and jitter."""
    edited_at = (article.edited_at or article.last_changed_at) if article.changes else None
    now = max(now, article.first_seen_at, edited_at or now)  # a clock that went back
    quiet = now - edited_at if edited_at else None
    before = article.edited_at is not None and not article.changes
    return wait_at(rhythm.moment(age(article, now), quiet, article.changes, edited_before=before), policy)


def wait_at(moment: Moment, policy: Policy) -> timedelta:
    """The wait that the rates ask for at this point of a life."""
    is_edited = moment.row not in (rhythm.NEVER, rhythm.BEFORE)
    edits = policy.quiet_share * EDITS_PER_QUIET_SHARE if is_edited else policy.age_share * EDITS_PER_AGE_SHARE
    return rhythm.wait(policy.rates, moment, edits)


def scaled(policy: Policy, pace: float) -> Policy:
    """The policy with both shares longer (pace over 1) or shorter."""
    return replace(policy, age_share=policy.age_share * pace, quiet_share=policy.quiet_share * pace)


def age(article: Article, now: datetime) -> timedelta:
    """How old the article is taken to be; never negative, whatever the clock did."""
    head_start = timedelta(0)
    if article.published_at:
        claimed = article.first_seen_at - article.published_at - TIME_ZONE_SLIP
        head_start = _between(timedelta(0), claimed, LONGEST_HEAD_START)
    return max(timedelta(0), now - article.first_seen_at) + head_start


# ---------------------------------------------------------------------------------------------------------- failures

FIRST_RETRY = 5 * MINUTE  # then twice as long each time
LAST_RETRY = DAY
LONGEST_REQUESTED = 7 * DAY  # a Retry-After, max-age or ttl beyond that is a mistake or malice


def after_failure(failures: int, now: datetime, retry_after: timedelta | None, seed: str) -> datetime:
    """The next try after the `failures`th failure running: 5 minutes, then twice as long each time up to a day.

    `retry_after` is what the server asked for: a lower bound, up to a week.
    """
    doublings = _between(0, failures - 1, 20)
    wait = _spread(min(LAST_RETRY, FIRST_RETRY * 2**doublings), 0.20, f"{seed} {failures}")
    return now + max(wait, _requested(retry_after))


def next_poll(now: datetime, poll_every: timedelta, feed: Feed, asked: Iterable[timedelta | None]) -> datetime:
    """The next poll of `feed`, as it stands after this one. `asked`: what came with it (ttl, max-age, Retry-After),
    each a lower bound, up to a day; up to a week when the poll failed.
    """
    if feed.failures:
        retry = after_failure(feed.failures, now, max(map(_requested, asked), default=None), feed.url)
        return max(now + poll_every, retry)
    wait = max([poll_every, *(min(DAY, _requested(bound)) for bound in asked)])
    return now + wait * (1 + 0.05 * _unit(f"{feed.url} {now.timestamp():.0f}"))


def _requested(wait: timedelta | None) -> timedelta:
    return _between(timedelta(0), wait or timedelta(0), LONGEST_REQUESTED)


# ---------------------------------------------------------------------------------------------------------- suspects


@dataclass(frozen=True, slots=True)
class Proof:
    """What a suspicious sighting needs before it is believed: so many agreeing looks, the last of them `span` or more
    after the first. `waits` are the pauses before the second look, the third and so on.
    """

    looks: int
    span: timedelta
    waits: tuple[timedelta, ...]


# The wait before the second look is short enough to tell a blip (a deploy, an edge server's bad copy) soon, the span
# long enough to outlast a maintenance window or a bot wall's memory.
PATIENT = Proof(looks=3, span=6 * HOUR, waits=(10 * MINUTE, HOUR, 5 * HOUR))
PROOFS = {
    Suspicion.GONE: Proof(looks=3, span=HOUR, waits=(10 * MINUTE, 50 * MINUTE)),
    Suspicion.STUB: PATIENT,
    Suspicion.BLANK: PATIENT,
    Suspicion.WALL: PATIENT,
    Suspicion.SOFT_404: PATIENT,
    Suspicion.FRONT_PAGE: PATIENT,
    Suspicion.FOREIGN: PATIENT,
    Suspicion.MOJIBAKE: PATIENT,
    Suspicion.PATH: Proof(looks=2, span=HOUR, waits=(HOUR,)),
    Suspicion.CHURN: Proof(looks=2, span=10 * MINUTE, waits=(10 * MINUTE,)),
    Suspicion.FLAP: Proof(looks=2, span=10 * MINUTE, waits=(10 * MINUTE,)),
    Suspicion.FLOOD: Proof(looks=2, span=HOUR, waits=(HOUR,)),
}


def after_suspicion(suspect: Suspect, now: datetime) -> datetime:
    """When the confirming look is due. The look that can be the last is never so early that one more were needed."""
    proof = PROOFS[suspect.kind]
    wait = proof.waits[_between(0, suspect.looks - 1, len(proof.waits) - 1)]
    due = now + wait * (1 + 0.10 * _unit(f"{suspect.sha} {suspect.looks}"))
    return max(due, suspect.since + proof.span) if suspect.looks >= proof.looks - 1 else due


# ---------------------------------------------------------------------------------------------------------- jitter


def _jittered(wait: timedelta, policy: Policy, seed: str) -> timedelta:
    """`wait` within the policy's bounds, give or take its jitter: one-sided at the bounds, never outside them."""
    middle = _between(policy.shortest, wait, policy.longest)
    low = max(policy.shortest, middle * (1 - policy.jitter))
    high = min(policy.longest, middle * (1 + policy.jitter))
    return low + (high - low) * _unit(seed)


def _spread(wait: timedelta, share: float, seed: str) -> timedelta:
    return wait * (1 - share + 2 * share * _unit(seed))


def _unit(seed: str) -> float:
    """A number in [0, 1) that depends on nothing but `seed`."""
    digest = hashlib.blake2b(seed.encode("utf-8", "surrogatepass"), digest_size=6).digest()
    return int.from_bytes(digest, "big") / 2**48


def _between(low: Ordered, value: Ordered, high: Ordered) -> Ordered:
    return max(low, min(value, high))
