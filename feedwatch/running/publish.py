"""The site, derived from rows alone: dirty articles -> pages and feeds, then what lists them.

Pages are written before the feeds that link to them; a crash in between renders them again. Deleting the site and
publishing everything gives the same bytes.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import PurePosixPath
from typing import cast

from feedwatch.config import Config
from feedwatch.errors import ComputeError
from feedwatch.model import Article, Channel, Dossier, Findable, History, State
from feedwatch.ports import SharedStore
from feedwatch.running import finding
from feedwatch.running.app import App, Tallies, open_store, opened, utc_now
from feedwatch.running.batches import are_at_work, share
from feedwatch.running.drawing import Rendered, Telling, Terms, article_files
from feedwatch.running.health import publish_status
from feedwatch.running.listings import publish_listings, write
from feedwatch.running.lock import only_writer
from feedwatch.showing import atom, paths
from feedwatch.showing.feed import Entry
from feedwatch.showing.memento import paged
from feedwatch.showing.texts import is_choice
from feedwatch.showing.versions import standing

log = logging.getLogger(__name__)

# Articles rendered between two looks at what else there is to do.
BATCH = 200
# Articles whose histories are read at once, so long checks wait for the store's thread, and that are in memory.
TOGETHER = 25
# Entries of changes that are kept until lists are written, which carry them, too: some 4 MB.
DRAWN = 1000
# Articles after which they are listed and marked: what is remembered of them until then is some 10 MB.
ROUND = 20_000


def run_publish(config: Config, *, everything: bool, told: Callable[[Tallies], None] = lambda _: None) -> str:
    """What was done, for people. Everything is rendered by as many workers as there are cores."""

    async def work() -> int:
        workers = max(config.fetch.workers, os.cpu_count() or 1) if everything else None
        async with opened(config, utc_now, told=told, workers=workers) as app:
            if everything:
                await app.ask(app.store.mark_all_dirty)
                app.tallies.to_render = await app.ask(app.store.count, None, None)
            await publish(app, always=everything, idle=True)
            return app.tallies.published

    if everything and are_at_work(config, utc_now()):
        return _shared(config)
    with only_writer(config.store):
        written = asyncio.run(work())
        return f"{written:,} file{'' if written == 1 else 's'} written to {config.site.output}"


def _shared(config: Config) -> str:
    """Workers do it."""
    with closing(cast("SharedStore", open_store(config, utc_now()))) as store:
        slugs = ["", *(source.slug for source in store.sources())]
        for slug in slugs:
            store.keep_memo(f"anew {slug}", "yes")
        store.keep_memo("status written", "")
        store.keep_memo("status feed", "")
        told = share(config, "publish", {})
        store.raise_listings(slugs)
    return (
        f"{sum(result['articles'] for result in told)} articles and all lists are marked: the workers write them anew"
    )


async def publish(app: App, *, always: bool = False, idle: bool = False) -> None:
    """Write what is not published yet. What lists articles is written where one of them changed; all of it when
    `always`; and when there was nothing to publish, only if `idle`.
    """
    is_last = wrote = False
    while not is_last:
        dirty = await _renderable(app, await app.ask(app.store.dirty, ROUND + len(app.unrenderable)))
        is_last = len(dirty) < ROUND
        wrote = wrote or bool(dirty)
        if dirty or (is_last and (always or idle)):
            await _news(app, dirty, always=always and is_last)
    await publish_status(app, always=always, wrote=wrote)


async def _news(app: App, dirty: Sequence[str], *, always: bool) -> None:
    told = Told()
    for start in range(0, len(dirty), BATCH):
        await publish_articles(app, dirty[start : start + BATCH], told)
    await publish_listings(app, told.slugs, told.restated, told.drawn, always=always)
    await finding.publish_finding(app, always=always)
    await app.ask(app.store.mark_published, told.revs)


@dataclass
class Told:
    """Articles whose own pages and feeds are written: how they stood, and what lists them."""

    revs: dict[str, int] = field(default_factory=dict)
    slugs: set[str] = field(default_factory=set)
    restated: list[History] = field(default_factory=list)
    drawn: dict[Telling, tuple[int, Entry]] = field(default_factory=dict)  # the last of their changes

    def keep(self, article: Article, entries: Mapping[Telling, Entry]) -> None:
        """Entries that lists will want, the last DRAWN of them."""
        self.drawn |= {telling: (article.rev, entry) for telling, entry in entries.items()}
        for oldest in list(islice(self.drawn, max(0, len(self.drawn) - DRAWN))):
            del self.drawn[oldest]


async def publish_articles(app: App, articles: Sequence[str], told: Told) -> None:
    """Write their pages and feeds, and add to `told` those that could be rendered."""
    findables: list[Findable] = []
    days: set[date] = set()
    retold: set[date] = set()
    for start in range(0, len(articles), TOGETHER):
        for dossier, rendered in await _some(app, articles[start : start + TOGETHER]):
            history = dossier.history
            findables.append(rendered.findable)
            told.keep(history.article, rendered.entries)
            told.revs[history.article.id] = history.article.rev
            told.slugs.add(history.source.slug)
            days |= finding.days_of(history)
            if _is_restated(dossier):
                told.restated.append(history)
                retold |= finding.days_of(history)
    await finding.note(app, findables, days, retold)


async def _some(app: App, articles: Sequence[str]) -> list[tuple[Dossier, Rendered]]:
    """Those of them that could be rendered, written."""
    dossiers = await app.ask(app.store.dossiers, articles, "restate")
    made = await asyncio.gather(*(_written(app, dossier) for dossier in dossiers), return_exceptions=True)
    written: list[tuple[Dossier, Rendered]] = []
    for dossier, rendered in zip(dossiers, made, strict=True):
        if isinstance(rendered, BaseException):
            raise rendered
        if rendered is not None:
            written.append((dossier, rendered))
    return written


async def _written(app: App, dossier: Dossier) -> Rendered | None:
    """Other articles are rendered meanwhile: a bucket takes its time."""
    rendered, history = await _article(app, dossier), dossier.history
    if rendered is None:
        return None
    await write(app, rendered.files, _surplus(app, history))
    app.tallies.rendered += 1
    return replace(rendered, files=[])


def _surplus(app: App, history: History) -> list[PurePosixPath]:
    """What an earlier publish may have written and this one has not."""
    number, hidden = history.article.id, history.article.state is State.HIDDEN
    archives = atom.archived(1 + len(history.changes) + len(history.digests) + len(history.events)) if hidden else 0
    feed = paths.article_feed(number)
    kept = set() if hidden else {version.number for version in paged(history, excerpt=_is_excerpt(app, history))}
    paged_once = history.versions if len(history.versions) > 1 else ()
    whole = is_choice(history) and not hidden and not _is_excerpt(app, history)
    return [
        *paths.surplus(history),
        *([] if whole else [paths.versions(number)]),
        *([] if len(standing(history)) > 1 and not hidden else [paths.origins(number)]),
        *([paths.timemap(number)] if hidden else []),
        *(paths.version_page(number, version.number) for version in paged_once if version.number not in kept),
        *(paths.archive(feed, n) for n in range(1, archives + 1)),
    ]


def _is_excerpt(app: App, history: History) -> bool:
    configured = app.config.source(history.source.slug)
    return configured is not None and configured.excerpt


def _is_restated(dossier: Dossier) -> bool:
    """Whether its past, which archives tell of, may have to be told otherwise now."""
    return bool(dossier.memo) or any(version.withdrawn_at for version in dossier.history.versions)


# ------------------------------------------------------------------------------------------------------ one article


async def _article(app: App, dossier: Dossier) -> Rendered | None:
    """Its files and what it is found by. None when it could not be rendered: it stays dirty, others are published."""
    history = dossier.history
    try:
        terms = await _terms(app, dossier)
        return await app.compute.run(article_files, history, app.config.site.shown, app.store.created_at, terms)
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


async def _terms(app: App, dossier: Dossier) -> Terms:
    history = dossier.history
    configured = app.config.source(history.source.slug)
    everything = configured is not None and configured.announce == "everything"
    hidden = history.article.state is State.HIDDEN
    reason = await app.ask(app.store.memo, f"hidden {history.article.id}") if hidden else None
    return Terms(
        channel=Channel.EVERYTHING if everything else Channel.CHANGES,
        excerpt=_is_excerpt(app, history),
        reason=reason or "",
        other_names=finding.other_names(dossier),
    )
