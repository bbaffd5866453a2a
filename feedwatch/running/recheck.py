"""An article's kept pages read anew, after a change of selectors or of the extractor: what proves false is withdrawn.

Each article is one transaction, and what was withdrawn is not read again: it may be stopped and started at any time,
and a second run changes nothing. `judging/recheck.py` says what is rewritten and what is not.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from feedwatch.config import Config
from feedwatch.errors import ComputeError, UsageError
from feedwatch.judging.learned import furniture
from feedwatch.judging.recheck import Reread, is_same, revise
from feedwatch.model import History, KeptPage, Revision, SiteRule, Text, line_sha
from feedwatch.ports import Clock
from feedwatch.reading.page import read_pair
from feedwatch.running.app import App, opened, utc_now
from feedwatch.running.batches import are_at_work, share
from feedwatch.running.desk import reading
from feedwatch.running.lock import only_writer
from feedwatch.running.watched import BY_HAND

log = logging.getLogger(__name__)


@dataclass
class Rechecked:
    """So far. `unread`: versions whose page is not kept or could not be read."""

    articles: int = 0
    versions: int = 0
    withdrawn: int = 0
    withdrawn_in: int = 0
    unread: int = 0


def run_recheck(
    config: Config,
    sources: Sequence[str] | None,
    *,
    because: str = "",
    dry_run: bool = False,
    clock: Clock = utc_now,
    told: Callable[[int, int], None] = lambda _done, _of: None,
) -> Rechecked:
    """`sources` None: all of them. A dry run writes nothing, and may run beside a daemon."""
    if unknown := set(sources or ()) - {BY_HAND.slug, *(source.slug for source in config.sources)}:
        there = ", ".join(source.slug for source in config.sources) or "none"
        raise UsageError(f"no source {min(unknown)!r} in the config; there are: {there}")

    async def work() -> Rechecked:
        async with opened(config, clock) as app:
            slugs = sources or [source.slug for source in await app.ask(app.store.sources)]
            return await recheck(app, slugs, because=because, dry_run=dry_run, told=told)

    if dry_run:
        return asyncio.run(work())
    if are_at_work(config, clock()):
        return _added(share(config, "recheck", {"sources": _slugs(config, sources, clock()), "because": because}, told))
    with only_writer(config.store):
        return asyncio.run(work())


def _slugs(config: Config, sources: Sequence[str] | None, now: datetime) -> list[str]:
    with reading(config, now) as store:
        return sorted(sources or (source.slug for source in store.sources()))


def _added(results: Sequence[dict[str, int]]) -> Rechecked:
    """Of all parts."""
    return Rechecked(*(sum(result[name] for result in results) for name in vars(Rechecked())))


async def recheck(
    app: App,
    sources: Sequence[str],
    *,
    because: str = "",
    dry_run: bool = False,
    told: Callable[[int, int], None] = lambda _done, _of: None,
) -> Rechecked:
    articles = [article for slug in sources for article in await app.ask(app.store.edited, slug)]
    return await recheck_articles(app, articles, because=because, dry_run=dry_run, told=told)


async def recheck_articles(
    app: App,
    articles: Sequence[str],
    *,
    because: str = "",
    dry_run: bool = False,
    told: Callable[[int, int], None] = lambda _done, _of: None,
) -> Rechecked:
    done = Rechecked()
    at_once = asyncio.Semaphore(app.config.fetch.workers)

    async def one(article: str) -> None:
        async with at_once:
            await _recheck(app, article, done, because, dry_run=dry_run)
        done.articles += 1
        told(done.articles, len(articles))

    await asyncio.gather(*map(one, articles))
    return done


async def _recheck(app: App, article: str, done: Rechecked, because: str, *, dry_run: bool) -> None:
    history = await app.ask(app.store.history, article)
    pairs = await _read_all(app, history, done)
    known = await app.ask(app.store.known, article, (), app.now())
    revision = revise(history, pairs, known.shas, because, app.now())
    if revision is None:
        return
    if not dry_run and not await app.ask(app.store.revise, revision):
        log.warning("article %s changed meanwhile; run this again", history.article.url)
        return
    _count(done, revision)


def _count(done: Rechecked, revision: Revision) -> None:
    done.withdrawn += len(revision.withdrawn)
    done.withdrawn_in += bool(revision.withdrawn)
    for version in revision.withdrawn:
        log.info("article %s: version %d was no edit", revision.was.url, version.number)


async def _read_all(app: App, history: History, done: Rechecked) -> list[Reread]:
    """Each version that stands, beside the one before it. What proves false is not what the next is compared with."""
    standing = [version for version in history.versions if version.withdrawn_at is None]
    pairs: list[Reread] = []
    last = standing[0].number
    for version in standing[1:]:
        pair = await _read(app, history, last, version.number)
        done.versions += 1
        if pair is None:
            done.unread += 1
        else:
            pairs.append(pair)
        if pair is None or not is_same(history, pair):
            last = version.number
    return pairs


async def _read(app: App, history: History, old: int, new: int) -> Reread | None:
    article = history.article
    pages = [await app.ask(app.store.page, article.id, number) for number in (old, new)]
    if pages[0] is None or pages[1] is None:
        return None
    rule = app.rule(article.source)
    try:
        before, after = await app.compute.run(read_texts, pages[0], pages[1], rule, frozenset())
        if before.sha != after.sha and (common := await _common(app, history, before, after, app.now())):
            before, after = await app.compute.run(read_texts, pages[0], pages[1], rule, common)
    except ComputeError as error:
        log.warning("article %s: versions %d and %d could not be read: %s", article.url, old, new, error)
        return None
    return Reread(old, new, before, after)


async def _common(app: App, history: History, before: Text, after: Text, now: datetime) -> frozenset[str]:
    """Which of the lines that came or went are furniture, as other articles of the source show."""
    sides = [{line_sha(line) for line in text.paragraphs} for text in (before, after)]
    known = await app.ask(app.store.known, history.article.id, sides[0] ^ sides[1], now)
    return furniture(known)


def read_texts(old: KeptPage, new: KeptPage, rule: SiteRule, common: frozenset[str]) -> tuple[Text, Text]:
    """In a worker: both pages by the same rules."""
    before, after = read_pair(old, new, rule, common)
    return before.text, after.text
