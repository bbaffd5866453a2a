"""Versions, their texts and pages: read through their chains, and written as the next link."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Column, Connection, Table, and_, bindparam, func, insert, select

from feedwatch.adapters.store import tables
from feedwatch.adapters.store.packing import (
    KEYFRAME_EVERY,
    Packed,
    Place,
    keyframe,
    pack,
    text_bytes,
    text_from,
    unpack,
    unpack_chains,
)
from feedwatch.adapters.store.prepared import Prepared, Row, among
from feedwatch.adapters.store.rows import VERSION, replacing, values
from feedwatch.errors import StoreError
from feedwatch.model import Change, KeptPage, Sizes, Text, Version


def _of(table: Table) -> list[Column[Any]]:
    """A kept page's, in the noun's order."""
    return [table.c[name] for name in ("body", "content_type", "url", "seeds")]


_TEXT = [column.name for column in VERSION].index("text")

_VERSIONS = select(*VERSION, tables.version.c.base)
_OF_ARTICLES = Prepared(
    _VERSIONS.where(among(tables.version.c.article, "articles")).order_by(
        tables.version.c.article, tables.version.c.number
    )
)
_CHAIN = Prepared(
    _VERSIONS.where(
        tables.version.c.article == bindparam("article"),
        tables.version.c.number.between(bindparam("first"), bindparam("last")),
    )
)
_CHAINS = Prepared(
    _VERSIONS.where(
        among(tables.version.c.article, "articles"),
        tables.version.c.number.between(bindparam("first"), bindparam("last")),
    )
)
_PAGE_CHAIN = Prepared(
    select(*_of(tables.page), tables.page.c.number, tables.page.c.base).where(
        tables.page.c.article == bindparam("article"),
        tables.page.c.number.between(bindparam("first"), bindparam("last")),
    )
)
_RENEWED = Prepared(
    select(*_of(tables.renewed)).where(
        tables.renewed.c.article == bindparam("article"), tables.renewed.c.number == bindparam("number")
    )
)
_ADD_VERSION, _ADD_PAGE = Prepared(insert(tables.version)), Prepared(insert(tables.page))
_RENEW = replacing(tables.renewed)
_ADD_CHANGE = {table.name: Prepared(insert(table)) for table in (tables.change, tables.digest)}

# In the order of the articles' ids, which are hashes: a thousand of them are a fair sample, and an index's beginning.
_MEASURED = 1000
_SIZES = (
    select(
        func.length(tables.version.c.text).label("text"),
        func.coalesce(func.length(tables.page.c.body), 0).label("page"),
    )
    .join(
        tables.page,
        and_(tables.page.c.article == tables.version.c.article, tables.page.c.number == tables.version.c.number),
        isouter=True,
    )
    .order_by(tables.version.c.article, tables.version.c.number)
    .limit(_MEASURED)
    .subquery()
)


# ------------------------------------------------------------------------------------------------------ reading


def sizes(connection: Connection) -> Sizes:
    """Of the first 1,000 versions. Lengths are read from the rows' headers, not the texts."""
    total = select(func.count(), func.sum(_SIZES.c.text), func.sum(_SIZES.c.page))
    return Sizes(*(int(one or 0) for one in connection.execute(total).one()))


def versions_of(connection: Connection, article: str) -> list[Version]:
    return versions_of_all(connection, [article])


def versions_of_all(connection: Connection, articles: Sequence[str]) -> list[Version]:
    """Article by article, in the order of their ids."""
    rows = _OF_ARTICLES.rows(connection, {"articles": articles})
    return list(_unpacked(rows, [(row[0], row[1]) for row in rows]).values())


def version_at(connection: Connection, article: str, number: int) -> Version:
    chain = {"article": article, "first": keyframe(number), "last": number}
    return _unpacked(_CHAIN.rows(connection, chain), [(article, number)])[article, number]


def versions_at(connection: Connection, places: Collection[Place]) -> dict[Place, Version]:
    """Many versions of many articles, by one statement for all chains that begin at the same number.

    (Not by pairs of article and number: SQLite reads the whole table for those.)
    """
    chains: dict[int, set[str]] = {}
    for article, number in places:
        chains.setdefault(keyframe(number), set()).add(article)
    rows: list[Row] = []
    for first, articles in sorted(chains.items()):
        asked = {"articles": sorted(articles), "first": first, "last": first + KEYFRAME_EVERY - 1}
        rows += _CHAINS.rows(connection, asked)
    return _unpacked(rows, places)


def page_at(connection: Connection, article: str, number: int) -> KeptPage | None:
    chain = {"article": article, "first": keyframe(number), "last": number}
    rows = {row[-2]: row for row in _PAGE_CHAIN.rows(connection, chain)}
    if number not in rows:
        return None
    kept: dict[Place, Packed] = {(article, row[-2]): (row[-1], row[0]) for row in rows.values()}
    body = unpack_chains(kept, [(article, number)])[article, number]
    return KeptPage(body, *rows[number][1:-2])


def page_now(connection: Connection, article: str, number: int) -> KeptPage | None:
    """The page in the newest template that showed the version."""
    row = _RENEWED.one(connection, {"article": article, "number": number})
    if row is None:
        return page_at(connection, article, number)
    return KeptPage(unpack(row[0], None, (article, number)), *row[1:])


def unpacked(change: Change, old: Version) -> Change:
    """A change as it was read from its row, with its `base` unpacked. `old` is its older version, the dictionary."""
    if change.base is None:
        return change
    packed: Any = change.base
    return replace(change, base=text_from(unpack(packed, text_bytes(old.text), (old.article, old.number))))


def _unpacked(rows: Iterable[Row], wanted: Iterable[Place]) -> dict[Place, Version]:
    found = {(row[0], row[1]): row for row in rows}
    kept: dict[Place, Packed] = {place: (row[-1], row[_TEXT]) for place, row in found.items()}
    contents = unpack_chains(kept, wanted)
    return {place: _version(found[place], text_from(content)) for place, content in contents.items()}


def _version(row: Row, text: Text) -> Version:
    fields = list(row[: len(VERSION)])
    fields[_TEXT] = text
    return Version(*fields)


# ------------------------------------------------------------------------------------------------------ writing


def add_version(connection: Connection, version: Version, page: KeptPage | None) -> None:
    previous = _previous(connection, version)
    row = values(version, but=["text"])
    row |= {
        "text_sha": version.text.sha,
        "base": None if previous is None else version.number - 1,
        "text": pack(text_bytes(version.text), previous),
    }
    _ADD_VERSION.run(connection, row)
    if page is not None:
        _add_page(connection, version, page)


def _add_page(connection: Connection, version: Version, page: KeptPage) -> None:
    previous = _previous_page(connection, version)
    row = {
        "article": version.article,
        "number": version.number,
        "content_type": page.content_type,
        "url": page.url,
        "seeds": page.seeds,
        "base": None if previous is None else version.number - 1,
        "body": pack(page.body, None if previous is None else previous.body),
    }
    _ADD_PAGE.run(connection, row)


def renew_page(connection: Connection, article: str, number: int, page: KeptPage) -> None:
    row = {"article": article, "number": number, "content_type": page.content_type, "url": page.url}
    _RENEW.run(connection, row | {"seeds": page.seeds, "body": pack(page.body, None)})


def add_change(connection: Connection, change: Change, table: Table = tables.change) -> None:
    """Or, into the table of its own, a digest."""
    row = values(change)
    if change.base is not None:
        row["base"] = pack(text_bytes(change.base), _content_at(connection, change.article, change.from_number))
    _ADD_CHANGE[table.name].run(connection, row)


def _content_at(connection: Connection, article: str, number: int) -> bytes:
    chain = {"article": article, "first": keyframe(number), "last": number}
    kept: dict[Place, Packed] = {(row[0], row[1]): (row[-1], row[_TEXT]) for row in _CHAIN.rows(connection, chain)}
    return unpack_chains(kept, [(article, number)])[article, number]


def _previous(connection: Connection, version: Version) -> bytes | None:
    """The text that the new one is packed against. Damage in the old ones must not stop new ones from being kept."""
    if version.number == keyframe(version.number):
        return None
    try:
        return _content_at(connection, version.article, version.number - 1)
    except StoreError:
        return None


def _previous_page(connection: Connection, version: Version) -> KeptPage | None:
    if version.number == keyframe(version.number):
        return None
    try:
        return page_at(connection, version.article, version.number - 1)
    except StoreError:
        return None
