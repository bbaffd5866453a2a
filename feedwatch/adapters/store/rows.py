"""Rows <-> nouns: a noun's fields are the table's columns of the same name, selected in the noun's order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Insert, Table

from feedwatch.adapters.store import tables
from feedwatch.adapters.store.prepared import Prepared
from feedwatch.model import Article, Change, Event, Feed, Host, Source, Version

T = TypeVar("T")

# Keys asked for in one statement: both databases take 30,000 and more, but plan shorter ones faster.
CHUNK = 500


def columns(table: Table, noun: type) -> list[Any]:
    return [table.c[field.name] for field in fields(noun)]


SOURCE = columns(tables.source, Source)
FEED = columns(tables.feed, Feed)
HOST = columns(tables.host, Host)
ARTICLE = columns(tables.article, Article)
VERSION = columns(tables.version, Version)
CHANGE = columns(tables.change, Change)
DIGEST = columns(tables.digest, Change)
EVENT = columns(tables.event, Event)


def values(noun: object, *, but: Iterable[str] = ()) -> dict[str, Any]:
    """The noun's fields by column, `but` for these."""
    left_out = frozenset(but)
    kind: Any = type(noun)
    return {name: getattr(noun, name) for name in _names(kind) if name not in left_out}


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def key_sha(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def insert_into(connection: Connection, table: Table) -> Any:
    """An insert that knows ON CONFLICT, which SQLAlchemy has for each database apart."""
    return upserting(connection.dialect.name, table)


def upserting(dialect: str, table: Table) -> Any:
    if dialect == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # with what it imports, a tenth of what a command takes to start

    return postgresql.insert(table)


def adding(table: Table) -> Prepared:
    """A row, or its numbers added to those that are there: all but the key."""

    def upsert(dialect: str) -> Insert:
        statement = upserting(dialect, table)
        key = [column.name for column in table.primary_key]
        sums = {column.name: column + statement.excluded[column.name] for column in table.c if column.name not in key}
        added: Insert = statement.on_conflict_do_update(index_elements=key, set_=sums)
        return added

    return Prepared(upsert)


def replacing(table: Table) -> Prepared:
    """A row, in the place of the one that is there."""

    def upsert(dialect: str) -> Insert:
        statement = upserting(dialect, table)
        key = [column.name for column in table.primary_key]
        new = {column.name: statement.excluded[column.name] for column in table.c if column.name not in key}
        replaced: Insert = statement.on_conflict_do_update(index_elements=key, set_=new)
        return replaced

    return Prepared(upsert)


def adding_missing(table: Table) -> Prepared:
    """A row that is not there yet; one that is there stays as it is."""
    return Prepared(lambda dialect: upserting(dialect, table).on_conflict_do_nothing())
