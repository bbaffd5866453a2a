"""What the published feeds tell, read as a feed reader reads them."""

from __future__ import annotations

import calendar
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import feedparser

from feedwatch.model import Channel, EventKind, Grade
from feedwatch.showing import paths

_PLACE = re.compile(r"articles/\w\w/(\w+)/")
_EVENTS = frozenset(EventKind)
_AWAY = frozenset({EventKind.GONE, EventKind.RESTORED})


@dataclass(frozen=True, slots=True)
class Told:
    """One entry. `terms`: its categories, so grades and kinds of events."""

    id: str
    article: str  # its id
    at: datetime
    title: str
    terms: frozenset[str]

    @property
    def event(self) -> str:
        return next(iter(self.terms & _EVENTS), "")

    @property
    def channels(self) -> frozenset[Channel]:
        """The feeds of the site that should carry it, by what it says of itself."""
        rules = {
            Channel.EVERYTHING: True,
            Channel.CHANGES: self.terms - {Grade.TYPOGRAPHIC} if self.terms & frozenset(Grade) else self.terms & _AWAY,
            Channel.HEADLINES: Grade.HEADLINE in self.terms,
            Channel.SILENT: Grade.SILENT in self.terms,
            Channel.CORRECTIONS: Grade.CORRECTION in self.terms,
            Channel.REMOVALS: self.terms & _AWAY,
        }
        return frozenset(channel for channel, holds in rules.items() if holds)


def read_everything(site: Path) -> list[Told]:
    """What the feed of everything tells, with its archives, the oldest first."""
    return sorted(_read(site, paths.channel_feed(Channel.EVERYTHING)), key=lambda told: told.at)


def misplaced(site: Path, everything: list[Told]) -> list[str]:
    """Feeds of channels and of articles that do not carry what they should, each with how many entries are wrong."""
    wrong = []
    for channel in Channel:
        carried = {told.id for told in _read(site, paths.channel_feed(channel))}
        due = {told.id for told in everything if channel in told.channels}
        if strays := len(carried ^ due):
            wrong.append(f"{channel}: {strays}")
    for article in sorted({told.article for told in everything}):
        carried = {told.id for told in _read(site, paths.article_feed(article)) if told.terms}
        own = (told for told in everything if told.article == article)
        due = {told.id for told in own if told.event or Channel.CHANGES in told.channels}
        if strays := len(carried ^ due):
            wrong.append(f"{article}: {strays}")
    return wrong


def _read(site: Path, path: PurePosixPath) -> Iterator[Told]:
    """A feed and its archives, from the newest document to the oldest."""
    document: Path | None = site / path
    while document is not None:
        parsed = feedparser.parse(io.BytesIO(document.read_bytes()))
        yield from map(_told, parsed.entries)
        before = [link.href for link in parsed.feed.get("links", ()) if link.rel == "prev-archive"]
        document = document.with_name(PurePosixPath(urlsplit(before[0]).path).name) if before else None


def _told(entry: Any) -> Told:
    place = _PLACE.search(entry.link)
    moment = datetime.fromtimestamp(calendar.timegm(entry.updated_parsed), UTC)
    terms = frozenset(tag.term for tag in entry.get("tags", ()))
    return Told(entry.id, place[1] if place else "", moment, entry.title, terms)
