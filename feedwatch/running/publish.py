"""The site, derived from rows alone: dirty articles -> pages and feeds, then what lists them.

Pages are written before the feeds that link to them; a crash in between renders them again. Deleting the site and
publishing everything gives the same bytes.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import PurePosixPath

from feedwatch.config import Config, SiteConfig
from feedwatch.errors import ComputeError
from feedwatch.judging.diff import compare
from feedwatch.model import Article, Change, Channel, Comparison, History, Notice, Source
from feedwatch.running.app import App, Tallies, opened, utc_now
from feedwatch.running.lock import only_writer
from feedwatch.showing import atom, feed, html, opml, paths

log = logging.getLogger(__name__)

# Notices in one feed or on one page. Readers poll more often than a hundred changes come.
NOTICES = 100
# Articles rendered between two looks at what else there is to do.
BATCH = 200

File = tuple[PurePosixPath, bytes]


def run_publish(config: Config, *, everything: bool, told: Callable[[Tallies], None] = lambda _: None) -> int:
    """The number of files written."""

    async def work() -> int:
        async with opened(config, utc_now, told=told) as app:
            if everything:
                await app.ask(app.store.mark_all_dirty)
            await publish(app, always=True)
            return app.tallies.published

    with only_writer(config.store):
        return asyncio.run(work())


async def publish(app: App, *, always: bool = False) -> None:
    """Write what is not published yet; nothing at all when nothing is, unless `always`."""
    dirty = await _renderable(app, await app.ask(app.store.dirty, 1_000_000))
    if not dirty and not always:
        return
    revs: dict[str, int] = {}
    touched: set[str] = set()
    for start in range(0, len(dirty), BATCH):
        histories = [await app.ask(app.store.history, article) for article in dirty[start : start + BATCH]]
        made = await asyncio.gather(*(_article(app, history) for history in histories))
        for history, files in zip(histories, made, strict=True):
            if files is None:
                continue
            await _write(app, files)
            revs[history.article.id] = history.article.rev
            touched.add(history.source.slug)
    sources = await app.ask(app.store.sources)
    for source in sources:
        if always or source.slug in touched or source.slug not in app.listed:
            app.listed.discard(source.slug)
            if await _listing(app, source):
                app.listed.add(source.slug)
    await _listing(app, None)
    await app.ask(app.store.mark_published, revs)


async def _write(app: App, files: Iterable[File]) -> None:
    written = 0
    for path, content in files:
        written += await asyncio.to_thread(app.output.write, path, content)
    app.tallies.published += written
    app.tell()


# ------------------------------------------------------------------------------------------------------ one article


async def _article(app: App, history: History) -> list[File] | None:
    """None when it could not be rendered: it stays dirty, the others are published."""
    try:
        channel = _announced(app.config, history.source)
        return await app.compute.run(article_files, history, app.config.site, app.store.created_at, channel)
    except ComputeError as error:
        log.error("article %s could not be rendered: %s", history.article.url, error)  # noqa: TRY400
        log.debug("article %s", history.article.url, exc_info=True)
        app.unrenderable[history.article.id] = history.article.rev
        return None


async def _renderable(app: App, dirty: list[str]) -> list[str]:
    """Without those that could not be rendered as they are: they are tried again when they change, or at a restart."""
    for article in [article for article in dirty if article in app.unrenderable]:
        history = await app.ask(app.store.history, article)
        if history.article.rev == app.unrenderable[article]:
            dirty.remove(article)
    return dirty


def _announced(config: Config, source: Source) -> Channel:
    """Which of its changes an article's own feed carries."""
    configured = config.source(source.slug)
    everything = configured is not None and configured.announce == "everything"
    return Channel.EVERYTHING if everything else Channel.CHANGES


def article_files(history: History, site: SiteConfig, created_at: datetime, channel: Channel) -> list[File]:
    """In a worker: all files of one article, its feed last."""
    number = history.article.id
    changes = {change.to_number: compare_change(history, change) for change in history.changes}
    files: list[File] = []
    for old, new in paths.pairs(history):
        comparison = _pair(history, changes, old, new)
        files.append((paths.pair_page(number, old, new), html.pair_page(history, old, new, comparison, site)))
    files.append((paths.article_page(number), html.article_page(history, changes, site)))
    sheet = atom.article_sheet(history, changes, site, created_at, channel)
    return [*files, *atom.whole_feed(sheet, site)]


def compare_change(history: History, change: Change) -> Comparison:
    """The change as it was judged: against the older text as it was re-read for it."""
    return compare(change.base or history.version(change.from_number).text, history.version(change.to_number).text)


def _pair(history: History, changes: dict[int, Comparison], old: int, new: int) -> Comparison:
    for change in history.changes:
        if (change.from_number, change.to_number) == (old, new):
            return changes[new]
    # The older text as it was read for its own first change: without what proved to be furniture.
    base = next((change.base for change in history.changes if change.from_number == old and change.base), None)
    return compare(base or history.version(old).text, history.version(new).text)


# ------------------------------------------------------------------------------------------------------ lists


async def _listing(app: App, source: Source | None) -> bool:
    """The page and the feeds of one source, or of all. False when they could not be rendered: the old ones stay."""
    store, site = app.store, app.config.site
    slug = source.slug if source else None
    carried = {channel: await app.ask(store.notices, channel, slug, NOTICES) for channel in Channel}
    try:
        if source is None:
            sources = await app.ask(store.sources)
            files = await app.compute.run(site_files, carried, sources, site, store.created_at)
        else:
            articles = await app.ask(store.articles, slug, None, NOTICES)
            files = await app.compute.run(source_files, source, carried, articles, site, store.created_at)
    except ComputeError as error:
        log.error("the page and feeds of %s could not be rendered: %s", slug or "the whole site", error)  # noqa: TRY400
        log.debug("%s", slug, exc_info=True)
        return False
    await _write(app, files)
    return True


def site_files(
    carried: dict[Channel, list[Notice]], sources: Sequence[Source], site: SiteConfig, created_at: datetime
) -> list[File]:
    """In a worker: the front page, the feeds of everything, the list of feeds, the style sheet."""
    page = html.index_page(sources, carried[Channel.CHANGES], site)
    return [
        *html.assets(),
        (paths.NOT_FOUND, html.not_found_page(site)),
        (paths.INDEX, page),
        *_feeds(None, carried, site, created_at),
        (paths.OPML, opml.opml(sources, site)),
    ]


def source_files(
    source: Source,
    carried: dict[Channel, list[Notice]],
    articles: Sequence[Article],
    site: SiteConfig,
    created_at: datetime,
) -> list[File]:
    """In a worker: a source's page and feeds."""
    page = html.source_page(source, carried[Channel.CHANGES], articles, site)
    return [(paths.source_page(source.slug), page), *_feeds(source, carried, site, created_at)]


def _feeds(
    source: Source | None, carried: dict[Channel, list[Notice]], site: SiteConfig, created_at: datetime
) -> list[File]:
    files: list[File] = []
    for channel, notices in carried.items():
        files += atom.current(channel_sheet(channel, source, notices, site, created_at), 0, site)
    return files


def channel_sheet(
    channel: Channel, source: Source | None, notices: Sequence[Notice], site: SiteConfig, created_at: datetime
) -> feed.Sheet:
    compared = {
        (notice.article.id, notice.change.to_number): compare(notice.change.base or notice.old.text, notice.new.text)
        for notice in notices
        if notice.change and notice.old and notice.new
    }
    return atom.channel_sheet(channel, source, notices, compared, site, created_at)
