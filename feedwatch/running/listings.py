"""What lists articles: the pages and feeds of a source and of all, and their archives.

An archive is written once, when it is full; and again when one of its articles is taken down, comes back or has a
version withdrawn.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

from feedwatch.config import SiteConfig
from feedwatch.errors import ComputeError
from feedwatch.judging.diff import compare
from feedwatch.model import Article, Change, Channel, Comparison, Event, EventKind, History, Notice, Source
from feedwatch.running.app import App
from feedwatch.running.making import keep_making, made_by, making
from feedwatch.showing import atom, html, overviews, paths
from feedwatch.showing.feed import Entry, Sheet, Tombstone

log = logging.getLogger(__name__)

# Notices in one feed or on one page. Readers poll more often than a hundred changes come.
NOTICES = 100
# The articles that a source's list of found ones is chosen from: those lately changed or found, changed ones left out.
LATELY = 300
DAYS = 7  # in the feed of days
# A check that began before midnight may settle after it; the day is told of once, so it is told of later.
DAY_SETTLES = timedelta(minutes=15)

File = tuple[PurePosixPath, bytes]
Place = tuple[str, int | None, int | None]  # of a notice: article, number of the newer version, of the event
Written = dict[Place, list[Entry | Tombstone]]
Archives = dict[str, int]  # by channel: how many of a listing are written


async def publish_listings(app: App, touched: Collection[str], restated: Sequence[History], *, always: bool) -> None:
    """For all sources, and for those in which something changed. `restated`: articles whose past is told otherwise."""
    over = _over(app.now())
    for source in await app.ask(app.store.sources):
        if always or source.slug in touched or await made_by(app, source.slug) != making(app, source, over):
            await publish_listing(app, source, restated, always=always)
    await publish_listing(app, None, restated, always=always)
    if not always:
        for history in restated:
            await app.ask(app.store.keep_memo, f"restate {history.article.id}", "")


async def publish_listing(app: App, source: Source | None, restated: Sequence[History], *, always: bool) -> None:
    """For one source, or for all: the page, the feeds, and the archives that tell of its `restated` articles."""
    slug = source.slug if source else ""
    name = f"archives {slug}"
    memo = await app.ask(app.store.memo, name)
    known: Archives = json.loads(memo or "{}")
    before = dict(known)
    is_made = await _listing(app, source, known, always=always)
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


async def _listing(app: App, source: Source | None, known: Archives, *, always: bool) -> bool:
    """The page and the feeds of one source, or of all. False when they could not be rendered: the old ones stay."""
    store, site = app.store, app.config.site
    slug = source.slug if source else None
    one: dict[Place, Notice] = {}  # of those that several channels carry, a worker is given one
    carried: dict[Channel, list[Notice]] = {}
    for channel in Channel:
        told = await app.ask(store.notices, channel, slug, NOTICES)
        carried[channel] = [one.setdefault(_place(notice), notice) for notice in told]
    try:
        archives = {
            channel: await _archives(app, source, channel, known, always=always)
            for channel in Channel
            if len(carried[channel]) >= NOTICES
        }
        if source is None:
            sources = await app.ask(store.sources)
            files = await app.compute.run(site_files, carried, archives, sources, site, store.created_at)
        else:
            articles = await app.ask(store.articles, slug, None, LATELY)
            lists = (carried, archives, articles)
            files = await app.compute.run(source_files, source, *lists, site, store.created_at)
        days = await _daily(app, source, always=always)
    except ComputeError as error:
        log.error("the page and feeds of %s could not be rendered: %s", slug or "the whole site", error)  # noqa: TRY400
        log.debug("%s", slug, exc_info=True)
        return False
    await write(app, [*files, *days])
    return True


def site_files(
    carried: dict[Channel, list[Notice]],
    archives: dict[Channel, int],
    sources: Sequence[Source],
    site: SiteConfig,
    created_at: datetime,
) -> list[File]:
    """In a worker: the front page, the feeds of everything, the list of feeds, the style sheet."""
    from feedwatch.showing import opml

    return [
        *html.assets(),
        (paths.NOT_FOUND, html.not_found_page(site)),
        (paths.ABOUT, html.about_page(site)),
        (paths.COMPARE, html.compare_page(site)),
        (paths.ROBOTS, html.robots_txt()),
        (paths.INDEX, html.index_page(sources, carried[Channel.CHANGES], site)),
        *_feeds(None, carried, archives, site, created_at),
        (paths.OPML, opml.opml(sources, site)),
    ]


def source_files(
    source: Source,
    carried: dict[Channel, list[Notice]],
    archives: dict[Channel, int],
    articles: Sequence[Article],
    site: SiteConfig,
    created_at: datetime,
) -> list[File]:
    """In a worker: a source's page and feeds."""
    page = html.source_page(source, carried[Channel.CHANGES], articles[:NOTICES], site)
    mirror = overviews.mirror_sheet(source, lately_found(articles), site, created_at)
    return [
        (paths.source_page(source.slug), page),
        *_feeds(source, carried, archives, site, created_at),
        *atom.current(mirror, 0, site),
    ]


def lately_found(articles: Sequence[Article]) -> list[Article]:
    """Of the articles lately changed or found, those found: since the oldest of them none is missing."""
    if len(articles) < LATELY:
        return list(articles)
    oldest = articles[-1].last_changed_at or articles[-1].first_seen_at
    return [article for article in articles if article.first_seen_at >= oldest]


def _feeds(
    source: Source | None,
    carried: dict[Channel, list[Notice]],
    archives: dict[Channel, int],
    site: SiteConfig,
    created_at: datetime,
) -> list[File]:
    files: list[File] = []
    written: Written = {}
    for channel, notices in carried.items():
        sheet = channel_sheet(channel, source, notices, site, created_at, written)
        files += atom.current(sheet, archives.get(channel, 0), site)
    return files


def channel_sheet(
    channel: Channel,
    source: Source | None,
    notices: Sequence[Notice],
    site: SiteConfig,
    created_at: datetime,
    written: Written | None = None,
) -> Sheet:
    """`written` gains what is written here: most changes are carried by several channels."""
    written = {} if written is None else written
    for notice in notices:
        if _place(notice) not in written:
            written[_place(notice)] = atom.notice_items(notice, _compared(notice), site)
    items = [item for notice in notices for item in written[_place(notice)]]
    return atom.channel_sheet(channel, source, items, site, created_at)


def _place(notice: Notice) -> Place:
    change, event = notice.change, notice.event
    return notice.article.id, change.to_number if change else None, event.number if event else None


def _compared(notice: Notice) -> Comparison | None:
    if notice.change is None or notice.old is None or notice.new is None:
        return None
    return compare(notice.change.base or notice.old.text, notice.new.text)


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
    return await app.compute.run(daily_files, source, days, app.config.site, app.store.created_at)


def _over(now: datetime) -> datetime:
    """The end of the last day that is over."""
    return (now - DAY_SETTLES).astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def daily_files(
    source: Source | None, days: Sequence[overviews.Day], site: SiteConfig, created_at: datetime
) -> list[File]:
    """In a worker."""
    return atom.current(overviews.daily_sheet(source, days, site, created_at), 0, site)


async def _days(app: App, slug: str | None, over: datetime) -> list[overviews.Day]:
    starts = [over - timedelta(days=back) for back in range(DAYS, -1, -1)]
    places = [await app.ask(app.store.news_place, Channel.CHANGES, slug, _moment(start)) for start in starts]
    days = []
    for start, place, end in zip(starts, places, places[1:], strict=False):
        wanted = min(end - place, overviews.NAMED)
        notices = await app.ask(app.store.news_page, Channel.CHANGES, slug, place, wanted) if wanted else []
        days.append(overviews.Day(start, tuple(notices), end - place))
    return days


def _moment(at: datetime) -> Event:
    """What stands before everything that happened at `at` or later."""
    return Event("", 0, EventKind.GONE, at)


# ------------------------------------------------------------------------------------------------------ archives


async def _archives(app: App, source: Source | None, channel: Channel, known: Archives, *, always: bool) -> int:
    """Writes those that became full; the one before them, too, which now leads on. How many there are."""
    slug = source.slug if source else None
    count = atom.archived(await app.ask(app.store.news_count, channel, slug))
    written = 0 if always else known.get(channel.value, 0)
    if count > written:
        for number in range(max(1, written), count + 1):
            await _archive(app, source, channel, number, count)
        known[channel.value] = count
    return count


async def _archive(app: App, source: Source | None, channel: Channel, number: int, count: int) -> None:
    slug, offset = source.slug if source else None, (number - 1) * atom.ARCHIVED
    notices = await app.ask(app.store.news_page, channel, slug, offset, atom.ARCHIVED)
    site, created_at = app.config.site, app.store.created_at
    await write(app, [await app.compute.run(archive_file, channel, source, notices, number, count, site, created_at)])


def archive_file(  # noqa: PLR0913, PLR0917  what and where
    channel: Channel,
    source: Source | None,
    notices: Sequence[Notice],
    number: int,
    count: int,
    site: SiteConfig,
    created_at: datetime,
) -> File:
    """In a worker."""
    return atom.archive(channel_sheet(channel, source, notices, site, created_at), number, count, site)


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
            await _archive(app, source, channel, number, count)
