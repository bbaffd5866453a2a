"""Which watched article an address shows: one story may have several, and move from one to another."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from feedwatch.judging.decide import MOVES_TO_ADOPT, Sight
from feedwatch.model import Article, Fetched, FetchKind, Known, NotModified, Page, Request, State
from feedwatch.reading.urls import canonical_key, same_site
from feedwatch.running.app import App


async def with_identity(app: App, article: Article, sight: Sight, page: Page) -> Sight:
    """The other names that the page gives the article; at first sight they may show that it is watched already."""
    names = names_of(article, sight.outcome.url if isinstance(sight.outcome, Fetched) else None, page.canonical_url)
    if article.versions or not names:
        return replace(sight, aliases=tuple(names))
    found = await app.ask(app.store.find, names)
    twin = next((found[name] for name in names if name in found and found[name].id != article.id), None)
    merge = twin.id if twin and twin.source == article.source else None
    return replace(sight, aliases=tuple(names), merge_into=merge)


def names_of(article: Article, *urls: str | None) -> list[str]:
    """Other canonical keys of the article, by the address that answered and the canonical link, if of its own site.

    A canonical link to a front page is a template's mistake and would make all articles one.
    """
    keys = []
    for url in urls:
        if url and same_site(url, article.url) and urlsplit(url).path.strip("/"):
            key = canonical_key(url)
            if key and key != article.key and key not in keys:
                keys.append(key)
    return keys


async def as_continued(app: App, article: Article, sight: Sight) -> Sight:
    """A new address that is about to be adopted may be watched already: then edits would be told twice from now on."""
    target = sight.outcome.moved_to if isinstance(sight.outcome, Fetched | NotModified) else None
    if target is None or target == article.url or article.moves + 1 < MOVES_TO_ADOPT:
        return sight
    key = canonical_key(target) or ""
    there = (await app.ask(app.store.find, {key})).get(key)
    is_watched = there is not None and there.id != article.id and there.state is State.WATCHED and there.versions > 0
    return replace(sight, continued=is_watched)


async def as_moved(app: App, known: Known, sight: Sight, robots: str | None) -> Sight:
    """A new address with a watched article's words is that article's, if the one it is watched at leads there now.

    Feeds name the new address of a story at once; the old one may be due later, and is asked here.
    """
    article, twin = known.article, known.like
    if sight.merge_into or twin is None or twin.host != article.host:
        return sight
    outcome = await app.fetcher.fetch(
        Request(twin.url, FetchKind.ARTICLE, robots=robots, pause=app.pause(article.source))
    )
    await app.ask(app.store.count_request, twin.host, app.now())
    leads_here = isinstance(outcome, Fetched) and canonical_key(outcome.url) in (article.key, *sight.aliases)
    return replace(sight, merge_into=twin.id) if leads_here else sight
