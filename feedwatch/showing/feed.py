"""An Atom document through feedgen, with what feedgen 1.0.0 cannot write done here.

Its own entries lose every attribute of their links but `href` (its issue 135), are dated with the time of building
unless told, and raise on the first character that XML forbids. Tombstones are RFC 6721's deleted entries.

feedgen and lxml are imported where they are called: only the workers write feeds.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from feedwatch.model import packed
from feedwatch.showing.plain import language_tag, one_line, shown

if TYPE_CHECKING:
    from lxml import etree

# Under this name every id of ours is made; it must never change, or every reader sees every entry anew.
_NAMESPACE = uuid.UUID("6f0f3c9e-5d0b-5c56-9c53-0d1d0f2f6c1a")
_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
_HISTORY = "http://purl.org/syndication/history/1.0"

ATOM = "application/atom+xml"
HTML = "text/html"


class Role(StrEnum):
    """What a document is in its feed's history (RFC 5005)."""

    COMPLETE = "complete"  # there is no more than this
    ARCHIVE = "archive"  # a part of the past that does not change


@packed
@dataclass(frozen=True, slots=True)
class Link:
    rel: str
    href: str
    type: str | None = None


@packed
@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, written once and never edited. `categories` are terms with their labels."""

    id: str
    at: datetime
    title: str
    author: str
    summary: str
    content: str
    links: tuple[Link, ...]
    categories: tuple[tuple[str, str], ...] = ()

    def atom_entry(self, extensions: bool = True) -> etree._Element:  # noqa: ARG002, FBT001, FBT002  feedgen's call
        from lxml import etree

        add, at = etree.SubElement, timestamp(self.at)
        entry = etree.Element("entry")
        add(entry, "id").text = self.id
        add(entry, "title").text = one_line(self.title)
        add(entry, "updated").text = at
        add(entry, "published").text = at
        add(add(entry, "author"), "name").text = one_line(self.author)
        for link in self.links:
            add(entry, "link", _attributes(link))
        for term, label in self.categories:
            add(entry, "category", {"term": term, "label": one_line(label)})
        add(entry, "summary").text = one_line(self.summary)
        add(entry, "content", {"type": "html"}).text = shown(self.content)
        return entry

    def register_extension(self, *_: object) -> None:
        """Nothing: feedgen offers its feed's extensions to every entry."""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """Says that the entry of this id is withdrawn."""

    ref: str
    at: datetime
    comment: str


class Particulars:
    """feedgen's form of an extension: what it cannot write of a feed itself."""

    def __init__(self) -> None:
        self.links: Sequence[Link] = ()
        self.role: Role | None = None
        self.dead: Sequence[Tombstone] = ()

    def extend_ns(self) -> dict[str, str]:
        return {**({"at": _TOMBSTONES} if self.dead else {}), **({"fh": _HISTORY} if self.role else {})}

    def extend_atom(self, feed: etree._Element) -> etree._Element:
        from lxml import etree

        for link in self.links:
            etree.SubElement(feed, "link", _attributes(link))
        if self.role:
            etree.SubElement(feed, f"{{{_HISTORY}}}{self.role.value}")
        for dead in self.dead:
            attributes = {"ref": dead.ref, "when": timestamp(dead.at)}
            tombstone = etree.SubElement(feed, f"{{{_TOMBSTONES}}}deleted-entry", attributes)
            etree.SubElement(tombstone, f"{{{_TOMBSTONES}}}comment").text = one_line(dead.comment)
        return feed


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands above the entries of a feed."""

    id: str
    title: str
    subtitle: str
    author: str
    language: str
    address: str  # of the feed itself
    page: str  # of the page that it belongs to
    links: tuple[Link, ...] = ()
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a feed has to say, in the order in which it happened, before it is written in one form or another.

    `since` dates it where there is nothing. `path` is the place of its Atom form.
    """

    path: PurePosixPath
    heading: Heading
    items: tuple[Entry | Tombstone, ...]
    since: datetime

    @property
    def entries(self) -> list[Entry]:
        """The newest first."""
        return sorted((item for item in self.items if isinstance(item, Entry)), key=_at, reverse=True)

    @property
    def dead(self) -> list[Tombstone]:
        return sorted((item for item in self.items if isinstance(item, Tombstone)), key=_at, reverse=True)


def atom_bytes(sheet: Sheet) -> bytes:
    """The document, newest entry first; dated by what is newest in it."""
    from feedgen.feed import FeedGenerator

    heading, entries, dead = sheet.heading, sheet.entries, sheet.dead
    generator = FeedGenerator()
    generator.id(heading.id)
    generator.title(one_line(heading.title))
    generator.subtitle(one_line(heading.subtitle))
    generator.updated(
        max((item.at for item in sheet.items), default=sheet.since).astimezone(UTC).replace(microsecond=0)
    )
    generator.author({"name": one_line(heading.author) or "feedwatch"})
    generator.generator("feedwatch")
    generator.language(language_tag(heading.language) or "en")
    # feedgen keeps the dictionaries that it is given, and fills them in.
    generator.link({"href": heading.address, "rel": "self", "type": ATOM})
    generator.link({"href": heading.page, "rel": "alternate", "type": HTML})
    generator.register_extension("particulars", Particulars)
    generator.particulars.links, generator.particulars.role = heading.links, heading.role
    generator.particulars.dead = dead
    for entry in entries:
        generator.add_entry(entry, order="append")
    document: bytes = generator.atom_str(pretty=True)
    return document


def urn(*parts: object) -> str:
    """An id made of what never changes of a thing: not its title, its place on the web or the way it is told."""
    return uuid.uuid5(_NAMESPACE, "\x1f".join(str(part) for part in parts)).urn


def stamp(moment: datetime) -> str:
    """A moment as part of an id: to the microsecond, since ids must tell apart what happened in one second."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def timestamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC).isoformat(timespec='seconds')[:19]}Z"


def _at(item: Entry | Tombstone) -> datetime:
    return item.at


def _attributes(link: Link) -> dict[str, str]:
    return {"rel": link.rel, "href": link.href, **({"type": link.type} if link.type else {})}
