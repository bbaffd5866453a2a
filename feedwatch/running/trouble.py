"""A source that is held is told of once, and once when it is not held any more.

The store keeps since when, for `feedwatch status` and for the next start.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from feedwatch.judging.trouble import CALM, Trouble, goes_on
from feedwatch.model import Known
from feedwatch.ports import Store
from feedwatch.running.app import App

log = logging.getLogger(__name__)

# How much of a trouble a restart may forget.
_KEPT_EVERY = timedelta(minutes=10)


async def tell_trouble(app: App, known: Known, now: datetime) -> None:
    """Called with what was known before each check."""
    from feedwatch.judging.suspicion import brake  # not wanted by who only asks since when a source is held

    slug = known.source.slug
    if slug not in app.troubles:
        app.troubles[slug] = await app.ask(trouble_of, app.store, slug)
    before = app.troubles[slug]
    after = goes_on(before, now, held=brake(known.tally, known.lately))
    if after == before:
        return
    app.troubles[slug] = after
    if before is None or after is None or after.until - before.until >= _KEPT_EVERY:
        await app.ask(_keep, app.store, slug, after)
    if before is None:
        tally = known.lately
        log.warning(
            "source %s is held: of the last %d looks %d found something else and %d failed; nothing is believed until "
            "later looks agree",
            slug,
            tally.checks,
            tally.changed,
            tally.failed,
        )
    elif after is None:
        log.info("source %s is not held any more", slug)


def trouble_of(store: Store, slug: str) -> Trouble | None:
    since, _, until = (store.memo(f"held {slug}") or "").partition(" ")
    return Trouble(datetime.fromisoformat(since), datetime.fromisoformat(until)) if until else None


def held_since(store: Store, slug: str, held: int, now: datetime) -> datetime | None:
    """Since when the source is held; None when it is not. `held`: how many of its articles are."""
    trouble = trouble_of(store, slug)
    return trouble.since if trouble and (held or now - trouble.until < CALM) else None


def _keep(store: Store, slug: str, trouble: Trouble | None) -> None:
    store.keep_memo(f"held {slug}", f"{trouble.since.isoformat()} {trouble.until.isoformat()}" if trouble else "")
