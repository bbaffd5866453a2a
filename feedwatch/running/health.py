"""The status page, its JSON and its feed: how the sources do, for whoever runs this."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from feedwatch import __version__
from feedwatch.errors import ComputeError
from feedwatch.running.app import App
from feedwatch.running.compiled import take_kept_templates
from feedwatch.running.desk import HOSTS
from feedwatch.running.listings import write
from feedwatch.running.trouble import held_since
from feedwatch.showing import health, status
from feedwatch.showing.health import Trouble

log = logging.getLogger(__name__)

STATUS_EVERY = timedelta(minutes=1)
_FEED = "status feed"  # the memo of what it was last made by


async def publish_status(app: App, *, always: bool = False, wrote: bool = False) -> None:
    """At most once a minute; at one moment always the same. `wrote`: articles were written, so workers are at hand."""
    now = app.now()
    if not always and timedelta(0) < now - app.done_at.get("status", datetime.min.replace(tzinfo=UTC)) < STATUS_EVERY:
        return
    sources, feeds = await app.ask(app.store.sources), await app.ask(app.store.feeds)
    counts, checked = await app.ask(app.store.counts, now), await app.ask(app.store.last_checks)
    held = {
        source.slug: await app.ask(held_since, app.store, source.slug, counts[source.slug]["held"], now)
        for source in sources
    }
    standings = [
        health.Standing(
            source,
            tuple(feed for feed in feeds if feed.source == source.slug),
            counts.get(source.slug, {}),
            checked.get(source.slug),
            held=held[source.slug] is not None,
            checks_a_day=app.config.schedule_for(source.slug).checks_a_day,
        )
        for source in sources
    ]
    memo = await app.ask(app.store.memo, "troubles")
    troubles = health.renewed(health.read(memo), standings, now)
    if (kept := health.written(troubles)) != (memo or "[]"):
        await app.ask(app.store.keep_memo, "troubles", kept)
    work = health.Work(
        await app.ask(app.store.requests_of_day, now, HOSTS),
        app.config.fetch.requests_a_day,
        await app.ask(app.store.crew, now),
    )
    take_kept_templates()
    await write(app, status.status_files(standings, troubles, app.config.site.shown, now, work))
    await _publish_feed(app, troubles, kept, always=always or wrote)
    app.done_at["status"] = now


async def _publish_feed(app: App, troubles: Sequence[Trouble], kept: str, *, always: bool) -> None:
    """Where a trouble began or ended. A worker writes it: the main process need not hold what writes feeds."""
    made = sha256(f"{__version__}\n{app.config.site.model_dump_json()}\n{kept}".encode()).hexdigest()
    if not always and await app.ask(app.store.memo, _FEED) == made:
        return
    try:
        files = await app.compute.run(status.status_feed, troubles, app.config.site.shown, app.store.created_at)
    except ComputeError as error:
        log.error("the feed of the status could not be rendered: %s", error)  # noqa: TRY400
        return
    await write(app, files)
    await app.ask(app.store.keep_memo, _FEED, made)
