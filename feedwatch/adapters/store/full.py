"""All that is known of articles, as it is published: read for many of them by the same few statements.

A statement costs the same for one article as for many, and an article's history needs five.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, bindparam, select

from feedwatch.adapters.store.prepared import Prepared, Row, among
from feedwatch.adapters.store.rows import ARTICLE, CHANGE, DIGEST, EVENT, SOURCE
from feedwatch.adapters.store.tables import IS_WATCHED_NO_MORE, alias, article, change, digest, event, meta, source
from feedwatch.adapters.store.texts import unpacked, versions_of_all
from feedwatch.errors import StoreError
from feedwatch.model import Article, Change, Dossier, Event, History, Source, State, Version

_FOUND = Prepared(
    select(*ARTICLE, *SOURCE).join(source, source.c.slug == article.c.source).where(among(article.c.id, "articles"))
)


def _told(table: Table, columns: list[Any], number: str) -> Prepared:
    asked = select(*columns).where(among(table.c.article, "articles"))
    return Prepared(asked.order_by(table.c.article, table.c[number]))


_CHANGES, _DIGESTS = _told(change, CHANGE, "to_number"), _told(digest, DIGEST, "to_number")
_EVENTS = _told(event, EVENT, "number")
_NAMES = Prepared(select(alias.c.article, alias.c.key).where(among(alias.c.article, "articles")).order_by(alias.c.key))
_MEMOS = Prepared(select(meta.c.key, meta.c.value).where(among(meta.c.key, "keys")))


# ------------------------------------------------------------------------------------------------------ lists


def articles(connection: Connection, slug: str | None, state: State | None, limit: int, offset: int) -> list[Article]:
    statement = _listed(of_source=slug is not None, state=state)
    return [Article(*row) for row in statement.rows(connection, {"slug": slug, "limit": limit, "offset": offset})]


@cache
def _listed(*, of_source: bool, state: State | None) -> Prepared:
    asked = select(*ARTICLE).order_by(article.c.news_at.desc(), article.c.id.desc())
    if of_source:
        asked = asked.where(article.c.source == bindparam("slug"))
    elif state is not None and state is not State.WATCHED:
        asked = asked.where(IS_WATCHED_NO_MORE)
    if state is not None:
        asked = asked.where(article.c.state == state)
    return Prepared(asked.limit(bindparam("limit")).offset(bindparam("offset")))


def ids(connection: Connection, after: str, limit: int) -> list[str]:
    return list(
        connection.scalars(select(article.c.id).where(article.c.id > after).order_by(article.c.id).limit(limit))
    )


# ------------------------------------------------------------------------------------------------------ histories


def dossiers(connection: Connection, articles: Sequence[str], memo: str) -> list[Dossier]:
    names: defaultdict[str, list[str]] = defaultdict(list)
    for of, name in _NAMES.rows(connection, {"articles": articles}):
        names[of].append(name)
    keys = {f"memo {memo} {of}": of for of in articles}
    memos = {keys[key]: kept for key, kept in _MEMOS.rows(connection, {"keys": list(keys)})}
    return [
        Dossier(one, tuple(sorted(names[one.article.id])), memos.get(one.article.id))
        for one in histories(connection, articles)
    ]


def histories(connection: Connection, articles: Sequence[str]) -> list[History]:
    """In the order asked for. Raises StoreError where there is no such article."""
    asked = {"articles": articles}
    found = {row[0]: row for row in _FOUND.rows(connection, asked)}
    if missing := next((number for number in articles if number not in found), None):
        raise StoreError(f"no article {missing} in the store")
    versions: dict[str, dict[int, Version]] = {number: {} for number in articles}
    for version in versions_of_all(connection, articles):
        versions[version.article][version.number] = version
    changes, digests = (_changes(told.rows(connection, asked), versions) for told in (_CHANGES, _DIGESTS))
    events: defaultdict[str, list[Event]] = defaultdict(list)
    for fields in _EVENTS.rows(connection, asked):
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


def _changes(rows: Iterable[Row], versions: Mapping[str, Mapping[int, Version]]) -> defaultdict[str, list[Change]]:
    found: defaultdict[str, list[Change]] = defaultdict(list)
    for fields in rows:
        packed = Change(*fields)
        found[packed.article].append(unpacked(packed, versions[packed.article][packed.from_number]))
    return found
