"""The feeds: of one article, of a source, of everything; as Atom, with a JSON form beside each, and their archives.

One entry per version and per event, each with an id of its own, never edited in place: readers keep an edited entry
read. Same values, same bytes, so that a web server answers 304.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from feedwatch.model import Channel, Comparison, History, Notice, Site, Source, State
from feedwatch.showing import paths
from feedwatch.showing.entries import Desk
from feedwatch.showing.feed import ATOM, Entry, Heading, Link, Role, Sheet, Tombstone, atom_bytes, stamp, urn
from feedwatch.showing.jsonfeed import json_bytes
from feedwatch.showing.plain import clipped
from feedwatch.showing.words import words

# Entries in one feed, the newest: a live page can have hundreds of versions, and readers poll more often than that.
ENTRIES = 100
# Entries in one archive. A feed's last so many are in none yet: a check that settles late must not move older ones.
ARCHIVED = 50

File = tuple[PurePosixPath, bytes]


# ------------------------------------------------------------------------------------------------------ what they say


def article_sheet(
    history: History,
    comparisons: Mapping[int, Comparison],
    site: Site,
    created_at: datetime,
    channel: Channel | None = None,
) -> Sheet:
    """An article's own feed, valid from its first sighting on.

    `comparisons` by the number of the newer version, a digest's in the place of the change that it ends with. With a
    `channel`, of the changes only those that it carries; its
    events are always the article's own news. `created_at` dates the feed of an article that has no version yet.
    """
    article, say = history.article, words(site.language)
    path = paths.article_feed(article.id)
    heading = Heading(
        id=urn("article", article.id, stamp(article.first_seen_at)),
        title=say.phrases.article_feed_title.format(title=say.headline(article.title, 200)),
        subtitle=say.phrases.article_feed_subtitle.format(source=clipped(history.source.title, 100)),
        author=site.title,
        language=say.phrases.code,
        address=paths.url(site.base_url, path),
        page=paths.url(site.base_url, paths.article_page(article.id)),
    )
    hidden = article.state is State.HIDDEN
    return Sheet(path, heading, () if hidden else _article_items(history, comparisons, site, channel), created_at)


def channel_sheet(
    channel: Channel,
    source: Source | None,
    items: Sequence[Entry | Tombstone],
    site: Site,
    created_at: datetime,
) -> Sheet:
    """The feed of a channel, over one source or all."""
    say = words(site.language)
    slug = source.slug if source else None
    path = paths.channel_feed(channel, slug)
    heading = Heading(
        id=urn("channel", channel.value, slug or "", stamp(created_at)),
        title=f"{clipped(source.title if source else site.title, 150)}: {say.phrases.channels[channel]}",
        subtitle=say.phrases.channel_subtitles[channel],
        author=site.title,
        language=say.phrases.code,
        address=paths.url(site.base_url, path),
        page=paths.url(site.base_url, paths.source_page(slug) if slug else paths.INDEX),
    )
    return Sheet(path, heading, tuple(items), created_at)


def _article_items(
    history: History, comparisons: Mapping[int, Comparison], site: Site, channel: Channel | None
) -> tuple[Entry | Tombstone, ...]:
    history = _onwards(history)
    desk = Desk(history.article, history.source, site, words(site.language))
    versions = {version.number: version for version in history.versions}
    items: list[tuple[datetime, Entry | Tombstone]] = []
    if 0 in versions:
        items.append((versions[0].seen_at, desk.first(versions[0])))
    for change in (*history.changes, *history.digests):
        if channel is not None and channel not in change.channels:
            continue
        new = versions.get(change.to_number)
        if new is not None and not history.stands(change):
            items.append((change.at, desk.tombstone(change, new)))
        else:
            items.append((change.at, desk.change(change, new, comparisons.get(change.to_number))))
    for event in history.events:
        known = [version for version in history.versions if version.seen_at <= event.at]
        items.append((event.at, desk.event(event, known[-1] if known else None)))
    return tuple(item for _, item in sorted(items, key=lambda pair: pair[0]))


def _onwards(history: History) -> History:
    """Changes are dated one after the other, also where a clock was set back in between."""
    latest = history.versions[0].seen_at if history.versions else None
    changes = []
    for change in history.changes:
        latest = change.at if latest is None or change.at > latest else latest + timedelta(seconds=1)
        changes.append(replace(change, at=latest))
    return replace(history, changes=tuple(changes))


def notice_items(notice: Notice, comparison: Comparison | None, site: Site) -> list[Entry | Tombstone]:
    """What a notice is in each feed that carries it; `comparison` of its two versions."""
    article, change, new = notice.article, notice.change, notice.new
    if article.state is State.HIDDEN:
        return []
    desk = Desk(article, notice.source, site, words(site.language))
    items: list[Entry | Tombstone] = []
    if change is not None and new is not None and new.withdrawn_at is not None:
        items.append(desk.tombstone(change, new))
    elif change is not None:
        items.append(desk.change(change, new, comparison))
    if notice.event is not None:
        items.append(desk.event(notice.event, new))
    return items


# ------------------------------------------------------------------------------------------------------ as files


def archived(entries: int) -> int:
    """How many archives a feed with so many entries ever has. They are numbered from 1, the oldest first."""
    return max(0, entries // ARCHIVED - 1)


def whole_feed(sheet: Sheet, site: Site) -> list[File]:
    """A feed of which everything is known, with its archives before it: a link never leads to what is not there yet."""
    complete = len(sheet.items) <= ENTRIES
    archives = 0 if complete else archived(len(sheet.items))
    files: list[File] = []
    for number in range(1, archives + 1):
        part = sheet.items[(number - 1) * ARCHIVED : number * ARCHIVED]
        files.append(archive(replace(sheet, items=part), number, archives, site))
    return [*files, *current(sheet, archives, site, Role.COMPLETE if complete else None)]


def current(sheet: Sheet, archives: int, site: Site, role: Role | None = None) -> list[File]:
    """The document that readers poll, in both forms: the newest entries, and the way to the archives."""
    newest = sorted(sheet.items, key=lambda item: item.at, reverse=True)[:ENTRIES]
    other = paths.json_feed(sheet.path)
    links = []  # none to the JSON form: readers would take it for the page that the feed belongs to
    if archives:
        links.append(Link("prev-archive", paths.url(site.base_url, paths.archive(sheet.path, archives)), ATOM))
    if site.hub:
        links.append(Link("hub", site.hub))
    heading = replace(sheet.heading, links=tuple(links), role=role)
    shown = replace(sheet, heading=heading, items=tuple(newest))
    return [(sheet.path, atom_bytes(shown)), (other, json_bytes(shown, paths.url(site.base_url, other)))]


def archive(sheet: Sheet, number: int, archives: int, site: Site) -> File:
    """One part of a feed's past; `archives` is how many there are."""
    path = paths.archive(sheet.path, number)
    links = [Link("current", paths.url(site.base_url, sheet.path), ATOM)]
    if number > 1:
        links.append(Link("prev-archive", paths.url(site.base_url, paths.archive(sheet.path, number - 1)), ATOM))
    if number < archives:
        links.append(Link("next-archive", paths.url(site.base_url, paths.archive(sheet.path, number + 1)), ATOM))
    address = paths.url(site.base_url, path)
    heading = replace(sheet.heading, address=address, links=tuple(links), role=Role.ARCHIVE)
    return path, atom_bytes(replace(sheet, heading=heading))
