"""All that is known of articles, as it is published: read for many of them by the same few statements.

A statement of SQLAlchemy takes 0.15 ms however little it finds, and an article's history needs five.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, select

from feedwatch.adapters.store.rows import ARTICLE, CHANGE, DIGEST, EVENT, SOURCE
from feedwatch.adapters.store.tables import alias, article, change, digest, event, meta, source
from feedwatch.adapters.store.texts import unpacked, versions_of_all
from feedwatch.errors import StoreError
from feedwatch.model import Article, Change, Dossier, Event, History, Source, Version

_ASKED: BindParameter[str] = bindparam("articles", expanding=True)
_FOUND = select(*ARTICLE, *SOURCE).join(source, source.c.slug == article.c.source).where(article.c.id.in_(_ASKED))
_CHANGES = select(*CHANGE).where(change.c.article.in_(_ASKED)).order_by(change.c.article, change.c.to_number)
_DIGESTS = select(*DIGEST).where(digest.c.article.in_(_ASKED)).order_by(digest.c.article, digest.c.to_number)
_EVENTS = select(*EVENT).where(event.c.article.in_(_ASKED)).order_by(event.c.article, event.c.number)
_NAMES = select(alias.c.article, alias.c.key).where(alias.c.article.in_(_ASKED)).order_by(alias.c.key)
_MEMOS = select(meta.c.key, meta.c.value).where(meta.c.key.in_(bindparam("keys", expanding=True)))


def dossiers(connection: Connection, articles: Sequence[str], memo: str) -> list[Dossier]:
    names: defaultdict[str, list[str]] = defaultdict(list)
    for of, name in connection.execute(_NAMES, {"articles": articles}):
        names[of].append(name)
    keys = {f"memo {memo} {of}": of for of in articles}
    memos = {keys[key]: kept for key, kept in connection.execute(_MEMOS, {"keys": list(keys)})}
    return [
        Dossier(one, tuple(sorted(names[one.article.id])), memos.get(one.article.id))
        for one in histories(connection, articles)
    ]


def histories(connection: Connection, articles: Sequence[str]) -> list[History]:
    """In the order asked for. Raises StoreError where there is no such article."""
    asked = {"articles": articles}
    found = {row[0]: row for row in connection.execute(_FOUND, asked)}
    if missing := next((number for number in articles if number not in found), None):
        raise StoreError(f"no article {missing} in the store")
    versions: dict[str, dict[int, Version]] = {number: {} for number in articles}
    for version in versions_of_all(connection, articles):
        versions[version.article][version.number] = version
    changes, digests = (_changes(connection.execute(rows, asked), versions) for rows in (_CHANGES, _DIGESTS))
    events: defaultdict[str, list[Event]] = defaultdict(list)
    for fields in connection.execute(_EVENTS, asked):
        happened = Event(*fields)
        events[happened.article].append(happened)
    return [
        History(
            article=Article(*found[number][: len(ARTICLE)]),
            source=Source(*found[number][len(ARTICLE) :]),
            versions=tuple(versions[number].values()),
            changes=tuple(changes[number]),
            events=tuple(events[number]),
            digests=tuple(digests[number]),
        )
        for number in articles
    ]


def _changes(rows: Iterable[Any], versions: Mapping[str, Mapping[int, Version]]) -> defaultdict[str, list[Change]]:
    found: defaultdict[str, list[Change]] = defaultdict(list)
    for fields in rows:
        packed = Change(*fields)
        found[packed.article].append(unpacked(packed, versions[packed.article][packed.from_number]))
    return found
