"""What people ask from the command line: answered from the store, also while a daemon is at work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from feedwatch.config import Config
from feedwatch.errors import UsageError
from feedwatch.judging.diff import compare, compare_change
from feedwatch.model import Article, Change, Comparison, Crew, Feed, History, PollVerdict, Sizes, State, Verdict
from feedwatch.ports import Store
from feedwatch.reading.urls import article_id, canonical_key, host_of
from feedwatch.running.app import open_store
from feedwatch.running.watched import BY_HAND, watched
from feedwatch.showing import paths

HOSTS = 10  # that are named with their requests, the busiest
NAMED = 10  # versions that are named one by one


@contextmanager
def reading(config: Config, now: datetime | None = None) -> Iterator[Store]:
    store = open_store(config, now or datetime.now(UTC))
    try:
        yield store
    finally:
        store.close()


@dataclass(frozen=True, slots=True)
class SourceStatus:
    slug: str
    title: str
    feeds: tuple[Feed, ...]
    counts: dict[str, int]
    checks_a_day: int | None = None  # as many as its articles may get
    held_since: datetime | None = None  # so much of it changes or fails that nothing is believed


@dataclass(frozen=True, slots=True)
class Status:
    sources: list[SourceStatus]
    requests_today: dict[str, int]  # by host, the busiest
    requests_a_day: int  # at most, to each host
    sizes: Sizes
    crew: Crew | None = None  # where several workers share the store


def status_of(config: Config, now: datetime) -> Status:
    from feedwatch.running.trouble import held_since

    with reading(config, now) as store:
        sources, feeds = watched(config, now)
        known = {feed.url: feed for feed in store.feeds()}
        feeds = [known.get(feed.url, feed) for feed in feeds]
        counts = store.counts(now)
        told = [
            SourceStatus(
                source.slug,
                source.title,
                tuple(feed for feed in feeds if feed.source == source.slug),
                dict(counts.get(source.slug, {})),
                config.schedule_for(source.slug).checks_a_day,
                held_since(store, source.slug, counts.get(source.slug, {}).get("held", 0), now),
            )
            for source in sources
        ]
        requests, most = store.requests_of_day(now, HOSTS), config.fetch.requests_a_day
        return Status(told, requests, most, store.sizes(), store.crew(now))


def next_due_at(config: Config, now: datetime) -> datetime | None:
    with reading(config, now) as store:
        return store.next_due_at()


def list_articles(config: Config, source: str | None, state: str | None, limit: int) -> list[Article]:
    if source and config.source(source) is None and source != BY_HAND.slug:
        raise UsageError(f"no source {source!r} in the config; there are: {_slugs(config)}")
    with reading(config) as store:
        return store.articles(source, State(state) if state else None, limit)


@dataclass(frozen=True, slots=True)
class Shown:
    history: History
    comparisons: list[tuple[Change, Comparison]]


def history_of(config: Config, name: str, from_number: int | None, to_number: int | None) -> Shown:
    """The article's history, with the comparisons of all its changes or of the two versions asked for."""
    with reading(config) as store:
        history = store.history(_resolved(store, name).id)
    numbers = {version.number for version in history.versions}
    if from_number is None and to_number is None:
        pairs = [(change, compare_change(history, change)) for change in history.changes]
        return Shown(history, pairs)
    if not numbers or not {from_number, to_number} <= {None, *numbers}:
        there = ", ".join(map(str, sorted(numbers))) if len(numbers) < NAMED else f"0 to {max(numbers)}"
        raise UsageError(f"give --from and --to out of the versions that there are: {there or 'none'}")
    old = history.version(min(numbers) if from_number is None else from_number)
    new = history.version(max(numbers) if to_number is None else to_number)
    comparison = compare(old.text, new.text)
    return Shown(history, [(_between(history.article, old.number, new.number, new.seen_at, comparison), comparison)])


def _between(article: Article, old: int, new: int, at: datetime, comparison: Comparison) -> Change:
    from feedwatch.judging.grade import grade

    return Change(article.id, old, new, at, None, grade(comparison))


def feed_of(config: Config, url: str) -> dict[str, Any]:
    with reading(config) as store:
        article = store.resolve(canonical_key(url) or url)
    if article is None:
        key = canonical_key(url)
        if key is None:
            raise UsageError(f"{url!r} is neither a web address (http or https) nor the id of an article")
    number = article.id if article else article_id(key or "")
    path = paths.article_feed(number)
    return {
        "id": number,
        "file": f"{config.site.output}/{path}",
        "url": paths.url(config.site.base_url, path),
        "watched": article is not None,
    }


def watch_article(config: Config, url: str, source: str | None, title: str, now: datetime) -> tuple[Article, bool]:
    """The article, and whether it is new to the store."""
    key = canonical_key(url)
    if key is None:
        raise UsageError(f"{url!r} is not a web address that can be watched (http or https, no credentials)")
    slug = source or BY_HAND.slug
    if source and config.source(source) is None:
        raise UsageError(f"no source {source!r} in the config; there are: {_slugs(config)}")
    with reading(config, now) as store:
        sources, feeds = watched(config, now)
        store.enrol([*sources, BY_HAND], feeds)
        if known := store.resolve(key):
            return known, False
        article = Article(
            id=article_id(key),
            source=slug,
            key=key,
            url=url,
            host=host_of(url),
            title=title or url,
            first_seen_at=now,
            next_check_at=now,
        )
        store.settle_poll(PollVerdict(None, (article,)))
        return article, True


def hide_article(config: Config, name: str, reason: str, now: datetime) -> Article:
    """Take an article down: not looked at any more, and at the next publish gone from pages, feeds and archives."""
    with reading(config, now) as store:
        article = _resolved(store, name)
        store.keep_memo(f"hidden {article.id}", reason)
        return _turned(store, replace(article, state=State.HIDDEN, next_check_at=None))


def unhide_article(config: Config, name: str, now: datetime) -> Article:
    """Undo `hide_article`; what was known before is shown again."""
    with reading(config, now) as store:
        article = _resolved(store, name)
        if article.state is not State.HIDDEN:
            raise UsageError(f"{article.url} is not hidden")
        store.keep_memo(f"hidden {article.id}", "")
        return _turned(store, replace(article, state=State.WATCHED, next_check_at=now))


def _turned(store: Store, article: Article) -> Article:
    store.keep_memo(f"restate {article.id}", "yes")
    turned = replace(article, rev=article.rev + 1, checks=article.checks + 1)
    if not store.settle(Verdict(turned)):
        raise UsageError(f"{article.url} was being looked at; try once more")
    return turned


def _resolved(store: Store, name: str) -> Article:
    article = store.resolve(name) or store.resolve(canonical_key(name) or name)
    if article is None:
        raise UsageError(
            f"no article {name!r} in the store; `feedwatch articles` lists them, `feedwatch watch URL` adds one"
        )
    return article


def _slugs(config: Config) -> str:
    return ", ".join(source.slug for source in config.sources) or "none"
