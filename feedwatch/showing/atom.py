"""The Atom feeds: of one article, of a source, of everything.

One entry per version and per event, each with an id of its own, never edited in place: readers keep an edited entry
read. Same values, same bytes, so that a web server answers 304.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from feedwatch.config import SiteConfig
from feedwatch.model import Channel, Comparison, History, Notice, Source, State
from feedwatch.showing import paths
from feedwatch.showing.entries import Desk
from feedwatch.showing.feed import Entry, Heading, Tombstone, feed_bytes, stamp, urn
from feedwatch.showing.plain import clipped
from feedwatch.showing.words import words

# Entries in one feed, the newest: a live page can have hundreds of versions, and readers poll more often than that.
ENTRIES = 100

Items = Sequence[Entry | Tombstone]


def article_feed(
    history: History,
    comparisons: Mapping[int, Comparison],
    site: SiteConfig,
    created_at: datetime,
    channel: Channel | None = None,
) -> bytes:
    """An article's own feed, valid from its first sighting on.

    `comparisons` by the number of the newer version. With a `channel`, of the changes only those that it carries; its
    events are always the article's own news. `created_at` dates the feed of an article that has no version yet.
    """
    article, say = history.article, words(site.language)
    heading = Heading(
        id=urn("article", article.id, stamp(article.first_seen_at)),
        title=say.phrases.article_feed_title.format(title=say.headline(article.title, 200)),
        subtitle=say.phrases.article_feed_subtitle.format(source=clipped(history.source.title, 100)),
        author=site.title,
        language=say.phrases.code,
        address=paths.url(site.base_url, paths.article_feed(article.id)),
        page=paths.url(site.base_url, paths.article_page(article.id)),
    )
    hidden = article.state is State.HIDDEN
    return _feed(heading, [] if hidden else _article_items(history, comparisons, site, channel), created_at)


def notices_feed(
    channel: Channel,
    source: Source | None,
    notices: Sequence[Notice],
    comparisons: Mapping[tuple[str, int], Comparison],
    site: SiteConfig,
    created_at: datetime,
) -> bytes:
    """The feed of a channel, over one source or all; `comparisons` by article id and number of the newer version."""
    say = words(site.language)
    slug = source.slug if source else None
    heading = Heading(
        id=urn("channel", channel.value, slug or "", stamp(created_at)),
        title=f"{clipped(source.title if source else site.title, 150)}: {say.phrases.channels[channel]}",
        subtitle=say.phrases.channel_subtitles[channel],
        author=site.title,
        language=say.phrases.code,
        address=paths.url(site.base_url, paths.channel_feed(channel, slug)),
        page=paths.url(site.base_url, paths.source_page(slug) if slug else paths.INDEX),
    )
    items: list[Entry | Tombstone] = []
    for notice in notices:
        items.extend(_notice_items(notice, comparisons, site))
    return _feed(heading, items, created_at)


def _article_items(
    history: History, comparisons: Mapping[int, Comparison], site: SiteConfig, channel: Channel | None
) -> list[Entry | Tombstone]:
    desk = Desk(history.article, history.source, site, words(site.language))
    versions = {version.number: version for version in history.versions}
    items: list[Entry | Tombstone] = [desk.first(versions[0])] if 0 in versions else []
    for change in history.changes:
        if channel is not None and channel not in change.channels:
            continue
        new = versions.get(change.to_number)
        if new is not None and new.withdrawn_at is not None:
            items.append(desk.tombstone(change, new))
        else:
            items.append(desk.change(change, new, comparisons.get(change.to_number)))
    for event in history.events:
        known = [version for version in history.versions if version.seen_at <= event.at]
        items.append(desk.event(event, known[-1] if known else None))
    return items


def _notice_items(
    notice: Notice, comparisons: Mapping[tuple[str, int], Comparison], site: SiteConfig
) -> list[Entry | Tombstone]:
    article, change, new = notice.article, notice.change, notice.new
    if article.state is State.HIDDEN:
        return []
    desk = Desk(article, notice.source, site, words(site.language))
    items: list[Entry | Tombstone] = []
    if change is not None and new is not None and new.withdrawn_at is not None:
        items.append(desk.tombstone(change, new))
    elif change is not None:
        items.append(desk.change(change, new, comparisons.get((article.id, change.to_number))))
    if notice.event is not None:
        items.append(desk.event(notice.event, new))
    return items


def _feed(heading: Heading, items: Items, since: datetime) -> bytes:
    newest = sorted(items, key=lambda item: item.at, reverse=True)[:ENTRIES]
    entries = [item for item in newest if isinstance(item, Entry)]
    dead = [item for item in newest if isinstance(item, Tombstone)]
    return feed_bytes(heading, entries, dead, since)
