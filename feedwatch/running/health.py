"""The status page, its JSON and its feed: how the sources do, for whoever runs this."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from feedwatch.running.app import App
from feedwatch.running.desk import HOSTS
from feedwatch.running.listings import write
from feedwatch.running.trouble import held_since
from feedwatch.showing import health, status

STATUS_EVERY = timedelta(minutes=1)


async def publish_status(app: App) -> None:
    """At most once a minute; at one moment always the same."""
    now = app.now()
    if timedelta(0) < now - app.done_at.get("status", datetime.min.replace(tzinfo=UTC)) < STATUS_EVERY:
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
    await write(app, status.status_files(standings, troubles, app.config.site, now, app.store.created_at, work))
    app.done_at["status"] = now
