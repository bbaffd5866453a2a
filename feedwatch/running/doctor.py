"""Is all well? The store, the site against the store, the config, space, the clock, what can be reached.

Looking changes nothing and may be done beside a daemon. Mending is publishing anew, which is safe at any time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from feedwatch.config import Config
from feedwatch.errors import OutputError, StoreError
from feedwatch.model import FeedStatus, Fetched, FetchKind, Outcome, Request, State
from feedwatch.ports import Store
from feedwatch.running.app import Tallies, open_fetcher, open_output, refuse_damaged, store_file
from feedwatch.running.desk import reading
from feedwatch.running.rehearsal import Rehearsed, every_article
from feedwatch.running.room import Finding, Level, room
from feedwatch.showing import paths

# A host's clock that is kept by NTP is right to a second; a last look from further ahead is one of a clock gone wrong.
AHEAD = timedelta(hours=1)
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)  # no clock that is right shows less
TOLD = 5  # files or articles named in one finding
READ = 10  # articles of a source by which its selector is judged
BY_RULE = "site"  # the path of a text that the source's own selector found


def examine(
    config: Config, now: datetime, *, mend: bool, told: Callable[[Tallies], None] = lambda _: None
) -> list[Finding]:
    """What was found, in the order of looking; after mending, what is left."""
    found = [*_config(config), *room(config)]
    store = list(_store(config, now))
    found += store
    output = list(_bucket(config))
    found += output
    if any(finding.level is Level.BAD for finding in output):
        return found
    if not any(finding.level is Level.BAD for finding in store) and _stands(config):
        found += [*_clock(config, now), *_feeds(config, now), *_selectors(config, now)]
        site = Rehearsed(config, now, told)
        if mend and (site.wrong or site.left_over or site.waiting):
            site.mend()
            found.append(Finding("site", Level.NOTE, "published anew"))
            site = Rehearsed(config, now, told)
        found += _site(config, site)
    return [*found, *_reach(config)]


# ------------------------------------------------------------------------------------------------------ config, space


def _config(config: Config) -> Iterator[Finding]:
    feeds = sum(len(source.feeds) for source in config.sources)
    yield Finding("config", Level.GOOD, f"sources: {len(config.sources)}, feeds: {feeds}")
    if not config.sources:
        yield Finding("config", Level.NOTE, "no source is watched; add one under `sources`")
    if _is_local(config):
        yield Finding("config", Level.NOTE, "site.base_url is this machine's: only here do the feeds' links work")
    if not config.site.contact:
        yield Finding("config", Level.NOTE, "site.contact is empty: outlets cannot tell whom to write to")


def _is_local(config: Config) -> bool:
    return urlsplit(config.site.base_url).hostname in ("localhost", "127.0.0.1", "::1")


def _bucket(config: Config) -> Iterator[Finding]:
    """Whether it can be asked; whether it can be written, only publishing shows."""
    if isinstance(config.site.output, Path):
        return
    try:
        _front_page(config)
    except OutputError as error:
        yield Finding("output", Level.BAD, str(error))
    else:
        yield Finding("output", Level.GOOD, f"{config.site.output} answers")


def _front_page(config: Config) -> bytes | None:
    return open_output(config).read(paths.INDEX)


# ------------------------------------------------------------------------------------------------------ the store


def _stands(config: Config) -> bool:
    file = store_file(config)
    return file is None or file.exists()


def _to_be_made(config: Config) -> Finding:
    file = store_file(config)
    if file is not None and not file.parent.is_dir():
        return Finding("store", Level.BAD, f"its folder {file.parent} does not exist; make it first")
    return Finding("store", Level.NOTE, "there is none yet; the first pass makes it")


def _store(config: Config, now: datetime) -> Iterator[Finding]:
    if not _stands(config):
        yield _to_be_made(config)
        return
    try:
        refuse_damaged(config)
        with reading(config, now) as store:
            damaged, articles, versions = _read_all(store)
    except StoreError as error:
        yield Finding("store", Level.BAD, str(error))
        return
    if damaged:
        named = "; ".join(damaged[:TOLD])
        yield Finding("store", Level.BAD, f"{len(damaged)} of {articles} articles cannot be read in full: {named}")
    else:
        yield Finding("store", Level.GOOD, f"{articles} articles with {versions} versions, all of them readable")


def _read_all(store: Store) -> tuple[list[str], int, int]:
    """Every text and every page, through the chains that they are kept in."""
    damaged: list[str] = []
    articles = versions = 0
    for number in every_article(store):
        articles += 1
        try:
            for version in store.versions(number):
                versions += 1
                store.page(number, version.number)
        except StoreError as error:
            damaged.append(str(error))
    return damaged, articles, versions


def _clock(config: Config, now: datetime) -> Iterator[Finding]:
    with reading(config, now) as store:
        moments = [feed.last_polled_at for feed in store.feeds() if feed.last_polled_at]
    newest = max(moments, default=None)
    if now < EARLIEST:
        yield Finding("clock", Level.BAD, f"it shows {now:%Y-%m-%d %H:%M} UTC, which is long past; set it")
    elif newest is not None and newest > now + AHEAD:
        text = f"feeds were polled at {newest:%Y-%m-%d %H:%M} UTC, and it is {now:%Y-%m-%d %H:%M} only"
        yield Finding("clock", Level.BAD, f"{text}: it was ahead then, or is behind now; keep it by NTP")
    else:
        yield Finding("clock", Level.GOOD, f"{now:%Y-%m-%d %H:%M} UTC")


def _feeds(config: Config, now: datetime) -> Iterator[Finding]:
    with reading(config, now) as store:
        ill = [feed for feed in store.feeds() if feed.status is not FeedStatus.OK]
        blocked = store.count(None, State.BLOCKED)
    for feed in ill:
        yield Finding("reach", Level.NOTE, f"feed {feed.url}: {feed.problem}")
    if blocked:
        yield Finding("reach", Level.NOTE, f"{blocked} articles are blocked; `feedwatch articles --state blocked`")


def _selectors(config: Config, now: datetime) -> Iterator[Finding]:
    """Whether what a source's rule says is found on its pages: where it is not, they are read as if there were none."""
    with reading(config, now) as store:
        for source in config.sources:
            if source.selectors.body is None:
                continue
            newest = (store.versions(article.id)[-1:] for article in store.articles(source.slug, None, READ))
            ways = [version.path for versions in newest for version in versions]
            if ways and BY_RULE not in ways:
                text = f"selectors.body of {source.slug}, {source.selectors.body}, was found in none of the {len(ways)}"
                yield Finding("config", Level.NOTE, f"{text} newest texts; they were read without it")


# ------------------------------------------------------------------------------------------------------ the site


def _site(config: Config, site: Rehearsed) -> Iterator[Finding]:
    if not (site.waiting or site.left_over or _front_page(config) is not None or site.has_articles):
        yield Finding("site", Level.NOTE, "nothing is published yet, since no article was found")
        return
    if site.waiting:
        yield Finding(
            "site", Level.NOTE, f"articles that wait for being published: {len(site.waiting)}; `feedwatch publish`"
        )
    if site.wrong:
        level = Level.NOTE if site.waiting else Level.BAD
        text = f"files that are missing or differ from the store: {len(site.wrong)} ({_named(sorted(site.wrong))})"
        yield Finding("site", level, text)
    if site.left_over:
        text = f"files that belong to nothing in the store: {len(site.left_over)} ({_named(site.left_over)})"
        yield Finding("site", Level.BAD, text)
    if not site.wrong and not site.left_over:
        yield Finding("site", Level.GOOD, f"{len(site.right)} files, as the store has them")


def _named(found: list[PurePosixPath]) -> str:
    named = ", ".join(str(path) for path in found[:TOLD])
    return named if len(found) <= TOLD else f"{named}, ..."


# ------------------------------------------------------------------------------------------------------ the readers


def _reach(config: Config) -> Iterator[Finding]:
    """Whether readers get the front page that stands in the output."""
    page = None if _is_local(config) else _front_page(config)
    if page is None:
        return
    url = config.site.base_url + "index.html"
    match asyncio.run(_fetched(config, url)):
        case Fetched(body=body) if body == page:
            yield Finding("reach", Level.GOOD, f"{config.site.base_url} shows this site")
        case Fetched():
            text = f"{url} shows another page than {config.site.output} has: is it served from there?"
            yield Finding("reach", Level.NOTE, text)
        case outcome:
            yield Finding("reach", Level.NOTE, f"the site cannot be fetched: {getattr(outcome, 'detail', outcome)}")


async def _fetched(config: Config, url: str) -> Outcome:
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    own = (f"{parts.hostname}:{port}",)  # may stand in a private network
    fetcher = open_fetcher(config, also=own)
    try:
        return await fetcher.fetch(Request(url, FetchKind.FEED, pause=timedelta(0)))
    finally:
        await fetcher.close()
