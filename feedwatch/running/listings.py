"""What lists articles: the pages and feeds of a source and of all, and their archives.

An archive is written once, when it is full; and again when one of its articles is taken down, comes back or has a
version withdrawn.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

from feedwatch.errors import ComputeError
from feedwatch.model import Change, Channel, Event, EventKind, History, Notice, Source
from feedwatch.running.app import App
from feedwatch.running.drawing import (
    LATELY,
    NOTICES,
    File,
    News,
    Place,
    Telling,
    Written,
    archive_file,
    bare,
    daily_files,
    lately,
    place_of,
    site_files,
    source_files,
    telling,
    titled,
)
from feedwatch.running.making import keep_making, made_by, making
from feedwatch.showing import atom, overviews
from feedwatch.showing.feed import Entry

log = logging.getLogger(__name__)

DAYS = 7  # in the feed of days
# A check that began before midnight may settle after it; the day is told of once, so it is told of later.
DAY_SETTLES = timedelta(minutes=15)

Drawn = Mapping[Telling, tuple[int, Entry | None]]  # entries made with the articles lately, each with the article's rev
Archives = dict[str, int]  # by channel: how many of a listing are written

_NONE: Drawn = {}
_NOT_DRAWN = (-1, None)


async def publish_listings(
    app: App, touched: Collection[str], restated: Sequence[History], drawn: Drawn, *, always: bool
) -> None:
    """For all sources, and for those in which something changed. `restated`: articles whose past is told otherwise."""
    over = _over(app.now())
    for source in await app.ask(app.store.sources):
        if always or source.slug in touched or await made_by(app, source.slug) != making(app, source, over):
            await publish_listing(app, source, restated, drawn, always=always)
    await publish_listing(app, None, restated, drawn, always=always)
    if not always:
        for history in restated:
            await app.ask(app.store.keep_memo, f"restate {history.article.id}", "")


async def publish_listing(
    app: App, source: Source | None, restated: Sequence[History], drawn: Drawn = _NONE, *, always: bool
) -> None:
    """For one source, or for all: the page, the feeds, and the archives that tell of its `restated` articles."""
    slug = source.slug if source else ""
    name = f"archives {slug}"
    memo = await app.ask(app.store.memo, name)
    known: Archives = json.loads(memo or "{}")
    before = dict(known)
    is_made = await _listing(app, source, known, drawn, always=always)
    if source is not None:
        await keep_making(app, source.slug, making(app, source, _over(app.now())) if is_made else "")
    mine = [history for history in restated if source is None or history.source.slug == slug]
    if mine and not always:
        await _restate(app, source, mine, known)
    if known != before:
        await app.ask(app.store.keep_memo, name, json.dumps(known, sort_keys=True))


async def write(app: App, files: Sequence[File], surplus: Sequence[PurePosixPath] = ()) -> None:
    written: list[PurePosixPath] = []
    try:
        await asyncio.to_thread(app.output.write_all, files, surplus, written.append)
    finally:
        app.tallies.published += len(written)
        if app.hub:
            for path in written:
                app.hub.wrote(path)
    app.tell()


# ------------------------------------------------------------------------------------------------------ pages and feeds


async def _listing(app: App, source: Source | None, known: Archives, drawn: Drawn, *, always: bool) -> bool:
    """The page and the feeds of one source, or of all. False when they could not be rendered: the old ones stay."""
    store, site = app.store, app.config.site.shown
    slug = source.slug if source else None
    newest = await app.ask(store.newest, Channel, slug, NOTICES)
    one: dict[Place, Notice] = {}  # of those that several channels carry, a worker is given one
    written: Written = {}
    carried: dict[Channel, list[Notice]] = {}
    for channel, told in newest.items():
        for notice in told:
            if place_of(notice) not in one:
                one[place_of(notice)] = _given(notice, drawn, written)
        carried[channel] = [one[place_of(notice)] for notice in told]
    try:
        archives = {
            channel: await _archives(app, source, channel, known, drawn, always=always)
            for channel in Channel
            if len(carried[channel]) >= NOTICES
        }
        news = News(carried, archives, written)
        if source is None:
            sources = await app.ask(store.sources)
            files = await app.compute.run(site_files, news, sources, site, store.created_at, near="lists")
        else:
            articles = lately(await app.ask(store.articles, slug, None, LATELY))
            files = await app.compute.run(source_files, source, news, articles, site, store.created_at, near="lists")
        days = await _daily(app, source, always=always)
    except ComputeError as error:
        log.error("the page and feeds of %s could not be rendered: %s", slug or "the whole site", error)  # noqa: TRY400
        log.debug("%s", slug, exc_info=True)
        return False
    await write(app, [*files, *days])
    return True


def _given(notice: Notice, drawn: Drawn, written: Written) -> Notice:
    """What a worker needs of it. `written` gains the entry that was made with its article: then it needs no text."""
    change = notice.change
    rev, entry = drawn.get(telling(change), _NOT_DRAWN) if change else _NOT_DRAWN
    if change is None or entry is None or rev != notice.article.rev:
        return replace(notice, article=bare(notice.article))
    written[place_of(notice)] = [entry]
    return titled(notice)


# ------------------------------------------------------------------------------------------------------ days


async def _daily(app: App, source: Source | None, *, always: bool) -> list[File]:
    """The feed of days, once each day: what is over does not change. At one moment always the same."""
    slug = source.slug if source else None
    now, over = app.now(), _over(app.now())
    last = app.done_at.get(f"days {slug}")
    app.done_at[f"days {slug}"] = now
    if not always and last is not None and last != now and _over(last) == over:
        return []
    days = await _days(app, slug, over)
    return await app.compute.run(daily_files, source, days, app.config.site.shown, app.store.created_at)


def _over(now: datetime) -> datetime:
    """The end of the last day that is over."""
    return (now - DAY_SETTLES).astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


async def _days(app: App, slug: str | None, over: datetime) -> list[overviews.Day]:
    starts = [over - timedelta(days=back) for back in range(DAYS, -1, -1)]
    places = [await app.ask(app.store.news_place, Channel.CHANGES, slug, _moment(start)) for start in starts]
    days = []
    for start, place, end in zip(starts, places, places[1:], strict=False):
        wanted = min(end - place, overviews.NAMED)
        notices = await app.ask(app.store.news_page, Channel.CHANGES, slug, place, wanted) if wanted else []
        days.append(overviews.Day(start, tuple(map(titled, notices)), end - place))
    return days


def _moment(at: datetime) -> Event:
    """What stands before everything that happened at `at` or later."""
    return Event("", 0, EventKind.GONE, at)


# ------------------------------------------------------------------------------------------------------ archives


async def _archives(
    app: App, source: Source | None, channel: Channel, known: Archives, drawn: Drawn, *, always: bool
) -> int:
    """Writes those that became full; the one before them, too, which now leads on. How many there are."""
    slug = source.slug if source else None
    count = atom.archived(await app.ask(app.store.news_count, channel, slug))
    written = 0 if always else known.get(channel.value, 0)
    if count > written:
        for number in range(max(1, written), count + 1):
            await _archive(app, source, channel, number, count, drawn)
        known[channel.value] = count
    return count


async def _archive(app: App, source: Source | None, channel: Channel, number: int, count: int, drawn: Drawn) -> None:
    slug, offset = source.slug if source else None, (number - 1) * atom.ARCHIVED
    notices = await app.ask(app.store.news_page, channel, slug, offset, atom.ARCHIVED)
    written: Written = {}
    given = [_given(notice, drawn, written) for notice in notices]
    about = (number, count, app.config.site.shown, app.store.created_at, written)
    await write(app, [await app.compute.run(archive_file, channel, source, given, *about)])


async def _restate(app: App, source: Source | None, restated: Sequence[History], known: Archives) -> None:
    """Write the archives and days anew that carry something of these articles."""
    slug = source.slug if source else None
    await write(app, await _daily(app, source, always=True))
    wanted: set[tuple[Channel, int]] = set()
    for history in restated:
        told: list[Change | Event] = [*history.changes, *history.digests, *history.events]
        for notice in told:
            for channel in notice.channels:
                if channel.value in known:
                    place = await app.ask(app.store.news_place, channel, slug, notice)
                    wanted.add((channel, place // atom.ARCHIVED + 1))
    for channel, number in sorted(wanted):
        count = known[channel.value]
        if number <= count:
            await _archive(app, source, channel, number, count, _NONE)
