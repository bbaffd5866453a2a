"""An article that comes from another store, with its history: added, or carried on from where this store's ends."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, insert, select, update

from feedwatch.adapters.store import tables
from feedwatch.adapters.store.census import Counted, count_articles
from feedwatch.adapters.store.checks import carry
from feedwatch.adapters.store.polls import add_articles
from feedwatch.adapters.store.rows import adding_missing, values
from feedwatch.adapters.store.tables import article, source
from feedwatch.adapters.store.texts import add_change, add_version, versions_of
from feedwatch.errors import LineFault
from feedwatch.model import History, State, latest

_ADD_SOURCE = adding_missing(source)


def admit(connection: Connection, history: History) -> int:
    """How many versions were not there yet. What is there stays; raises LineFault when it is another history."""
    new = history.article
    _ADD_SOURCE.run(connection, values(history.source))
    add_articles(connection, [replace(new, versions=0, changes=0, events=0, rev=0)])
    stood = connection.execute(select(article).where(article.c.id == new.id).with_for_update()).one_or_none()
    if stood is None:
        raise LineFault(f"article {new.id} is known here as another name of another article")
    if stood.state is State.HIDDEN:
        raise LineFault(f"article {new.id} was taken down here")
    known = versions_of(connection, new.id)
    for old, version in zip(known, history.versions, strict=False):
        if old.text.sha != version.text.sha:
            raise LineFault(f"article {new.id} has another text as version {old.number} here")
    if len(known) >= len(history.versions):
        return 0
    _carry_on(connection, history, stood, len(known))
    return len(history.versions) - len(known)


def _carry_on(connection: Connection, history: History, stood: Any, known: int) -> None:
    """Everything from version `known` on. Events are numbered for themselves: those past the number that is here."""
    number = history.article.id
    for version in history.versions[known:]:
        add_version(connection, version, None)
    changes = [change for change in history.changes if change.to_number >= max(known, 1)]
    digests = [digest for digest in history.digests if digest.to_number >= max(known, 1)]
    events = history.events[stood.events :]
    for change in changes:
        add_change(connection, change)
    for digest in digests:
        add_change(connection, digest, tables.digest)
    if events:
        connection.execute(insert(tables.event), [values(event) for event in events])
    carry(connection, replace(history.article, source=stood.source), events, [*changes, *digests])
    changed_at = latest([stood.last_changed_at, history.article.last_changed_at])
    row = {
        "title": history.article.title,
        "versions": len(history.versions),
        "changes": stood.changes + len(changes),
        "events": stood.events + len(events),
        "rev": stood.rev + 1,
        "last_changed_at": changed_at,
        "edited_at": changed_at,
        "news_at": changed_at or stood.first_seen_at,
        "dirty_at": stood.dirty_at or changed_at or stood.first_seen_at,
    }
    connection.execute(update(article).where(article.c.id == number).values(row))
    was = Counted(stood.source, stood.state, stood.versions, stood.changes)
    count_articles(connection, [was], [was._replace(versions=row["versions"], changes=row["changes"])])
