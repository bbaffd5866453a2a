"""A live page's digests: read with the news, written by a check.

A digest is false when every version that it tells of proved false, not when the last one did.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection, bindparam, func, select

from feedwatch.adapters.store.packing import Place
from feedwatch.adapters.store.prepared import Prepared, among
from feedwatch.adapters.store.rows import DIGEST
from feedwatch.adapters.store.tables import digest, version
from feedwatch.model import Change, Version

_OF_ARTICLES = Prepared(select(*DIGEST).where(among(digest.c.article, "articles")))
_STANDING = Prepared(
    select(func.count()).where(
        version.c.article == bindparam("article"),
        version.c.number > bindparam("first"),
        version.c.number <= bindparam("last"),
        version.c.withdrawn_at.is_(None),
    )
)


def digests_at(connection: Connection, places: Collection[Place]) -> dict[Place, Change]:
    """By article and the version that they end with; their bases are still packed."""
    if not places:
        return {}
    asked = {"articles": sorted({article for article, _ in places})}
    digests = (Change(*fields) for fields in _OF_ARTICLES.rows(connection, asked))
    found = {(told.article, told.to_number): told for told in digests}
    return {place: found[place] for place in places if place in found}


def standing_within(
    connection: Connection, digests: Iterable[Change], versions: Mapping[Place, Version]
) -> frozenset[Place]:
    """The digests that end with a version that proved false, and tell of others that did not."""
    return frozenset(
        (told.article, told.to_number)
        for told in digests
        if versions[told.article, told.to_number].withdrawn_at is not None
        and _STANDING.scalar(connection, {"article": told.article, "first": told.from_number, "last": told.to_number})
    )
