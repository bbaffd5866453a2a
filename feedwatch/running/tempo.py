"""How each source is looked at: by rates learned from its own history, at the pace that its budget allows.

Learned from the store about once a day, and kept there: for the next start, the next pass of cron, the other workers.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta

from feedwatch.judging import budget
from feedwatch.judging.budget import Budget, Rhythm
from feedwatch.reading.urls import host_of
from feedwatch.running.app import App, policy

log = logging.getLogger(__name__)


def budget_of(app: App, source: str) -> Budget:
    """What may be spent: the source's own checks a day and its share of its host's requests, whichever is less.

    Without checks of its own, a source is looked at as often as its shares ask for, and less where the host's bound
    makes it so; with them they are spent, more often too.
    """
    own = app.schedule(source).checks_a_day
    share = app.config.fetch.requests_a_day // _sources_beside(app, source)
    return Budget(share, fastest=1.0) if own is None else Budget(min(own, share))


def _sources_beside(app: App, source: str) -> int:
    """How many sources have a feed where this one has, itself included."""
    hosts = {one.slug: {host_of(feed) for feed in one.feeds} for one in app.config.sources}
    own = hosts.get(source, set())
    return max(1, sum(bool(others & own) for others in hosts.values()))


async def attune(app: App, source: str) -> None:
    """What `app.policy` says of the source is up to date from here on."""
    now = app.now()
    rhythm = app.rhythms.get(source)
    if rhythm is None or not rhythm.holds(now):
        app.rhythms[source] = await _learned(app, source, now)


async def _learned(app: App, source: str, now: datetime) -> Rhythm:
    spend, base, name = budget_of(app, source), policy(app.schedule(source)), f"rhythm {source}"
    rhythm = budget.read(await app.ask(app.store.memo, name))
    if rhythm is not None and rhythm.holds(now) and rhythm.terms == budget.terms_of(base, spend):
        return rhythm
    past = await app.ask(app.store.past, source, now)
    rhythm = await asyncio.to_thread(budget.attune, past, base, spend, now)
    await app.ask(app.store.keep_memo, name, budget.written(rhythm))
    log.debug("source %s: pace %.2f, learned from %d articles", source, rhythm.pace, len(past.lives))
    return rhythm


async def is_spent(app: App, source: str) -> bool:
    """Whether the source's articles were looked at as often as the operator permits in 24 hours; waits grow before."""
    most = app.schedule(source).checks_a_day
    if most is None:
        return False
    spent = await app.ask(app.store.checks_of_day, source, app.now())
    app.strains[source] = budget.strained(spent, most)
    return spent >= most


async def left_today(app: App, host: str) -> int:
    """How many requests the host may still get in this day (UTC)."""
    stands = await app.ask(app.store.host, host)
    return app.config.fetch.requests_a_day - stands.requests_on(app.now())


def tomorrow(now: datetime) -> datetime:
    """When the next day begins, in UTC."""
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
