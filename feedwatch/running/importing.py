"""Lines of JSON back into a store. What is there already is left as it is, so importing twice is importing once.

A line that cannot be read is named, and the others go on; an article is admitted as far as its versions have no gap.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from feedwatch.config import Config
from feedwatch.errors import LineFault, UsageError
from feedwatch.model import Article, Change, Event, EventKind, History, Source, State, Version, latest
from feedwatch.ports import Store
from feedwatch.reading.urls import article_id, canonical_key, host_of
from feedwatch.running.desk import reading
from feedwatch.running.lines import (
    LONGEST,
    AnyLine,
    ChangeLine,
    EventLine,
    VersionLine,
    change_of,
    event_of,
    read_line,
    version_of,
)
from feedwatch.running.lock import only_writer

Fault = Callable[[int, str], None]  # the line's number, what is wrong with it


@dataclass
class Imported:
    lines: int = 0
    faults: int = 0
    articles: int = 0
    versions: int = 0  # that were not there yet


def import_lines(
    config: Config, source: Path, now: datetime, fault: Fault, told: Callable[[int, int], None]
) -> Imported:
    """Lines of one article that follow one another are admitted together. Raises UsageError when there is no file."""
    done = Imported()

    def bad(number: int, text: str) -> None:
        done.faults += 1
        fault(number, text)

    with _file(source) as (file, size), only_writer(config.store), reading(config, now) as store:
        group = _Group()
        for number, content in _lines(file, bad):
            done.lines += 1
            told(file.tell() if size else done.lines, size or done.lines)
            try:
                line = read_line(content)
            except LineFault as error:
                bad(number, str(error))
                continue
            if group.article not in {None, line.article}:
                _admit(store, group, done, bad)
                group = _Group()
            group.add(number, line)
        _admit(store, group, done, bad)
    return done


@contextmanager
def _file(source: Path) -> Iterator[tuple[BinaryIO, int]]:
    """With its size; 0 where it has none."""
    if source == Path("-"):
        yield sys.stdin.buffer, 0
        return
    try:
        file = source.open("rb")
    except OSError as error:
        raise UsageError(f"{source} cannot be read: {error.strerror}") from error
    with file:
        yield file, source.stat().st_size


def _lines(file: BinaryIO, bad: Fault) -> Iterator[tuple[int, bytes]]:
    number = 0
    while content := file.readline(LONGEST):
        number += 1
        if len(content) == LONGEST and not content.endswith(b"\n"):
            bad(number, f"longer than {LONGEST // 1024**2} MB")
            while (more := file.readline(LONGEST)) and not more.endswith(b"\n"):
                pass
        elif content.strip():
            yield number, content


@dataclass
class _Group:
    """The lines of one article."""

    article: str | None = None
    first: int = 0
    head: VersionLine | None = None
    versions: dict[int, Version] = field(default_factory=dict)
    changes: list[tuple[int, Change]] = field(default_factory=list)
    digests: list[tuple[int, Change]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def add(self, number: int, line: AnyLine) -> None:
        self.article, self.first = line.article, self.first or number
        match line:
            case VersionLine():
                self.head = self.head or line
                self.versions[line.number] = version_of(line)
            case ChangeLine():
                (self.digests if line.digest else self.changes).append((number, change_of(line)))
            case EventLine():
                self.events.append(event_of(line))


def _admit(store: Store, group: _Group, done: Imported, bad: Fault) -> None:
    if group.article is None:
        return
    if group.head is None:
        bad(group.first, f"article {group.article} has no version before this line")
        return
    key = canonical_key(group.head.key)
    if key != group.head.key or article_id(key) != group.article:
        bad(group.first, f"article {group.article} is not the id of its key {group.head.key[:200]!r}")
        return
    history = _history(group, bad)
    try:
        added = store.admit(history)
    except LineFault as error:
        bad(group.first, str(error))
        return
    done.articles += 1
    done.versions += added


def _history(group: _Group, bad: Fault) -> History:
    """As far as its versions have no gap; what tells of others is named and left out."""
    count = next(number for number in range(len(group.versions) + 1) if number not in group.versions)
    if count < len(group.versions):
        bad(group.first, f"article {group.article} has no version {count}; later ones are left out")
    versions = tuple(group.versions[number] for number in range(count))
    told = {}
    for name, some in (("changes", group.changes), ("digests", group.digests)):
        kept = {change.to_number: change for _, change in some if change.from_number < change.to_number < count}
        for number, change in some:
            if change.to_number not in kept:
                bad(number, f"a change from version {change.from_number} to {change.to_number}, which are not there")
        told[name] = tuple(kept[number] for number in sorted(kept))
    events = {event.number: event for event in group.events}
    return History(
        article=_article(group, versions, told["changes"], tuple(events.values())),
        source=_source(group),
        versions=versions,
        changes=told["changes"],
        events=tuple(events[number] for number in sorted(events)),
        digests=told["digests"],
    )


def _source(group: _Group) -> Source:
    head = group.head
    assert head is not None  # noqa: S101 - for the type checker
    return Source(head.source, head.source_title, head.source_language)


def _article(
    group: _Group, versions: tuple[Version, ...], changes: tuple[Change, ...], events: tuple[Event, ...]
) -> Article:
    """Not looked at: whoever imports it decides by his feeds what is watched."""
    head = group.head
    assert head is not None  # noqa: S101 - for the type checker
    last = max(events, key=lambda event: event.number, default=None)
    gone = last is not None and last.kind is EventKind.GONE
    return Article(
        id=head.article,
        source=head.source,
        key=head.key,
        url=head.url,
        host=host_of(head.url) or host_of(head.key),
        title=versions[-1].text.title if versions else "",
        first_seen_at=head.first_seen_at,
        published_at=head.published_at,
        last_checked_at=versions[-1].seen_at if versions else None,
        last_changed_at=latest(change.at for change in changes),
        state=State.GONE if gone else State.DONE,
        versions=len(versions),
        changes=len(changes),
        events=len(events),
    )
