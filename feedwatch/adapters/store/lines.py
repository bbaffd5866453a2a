"""Which lines the articles of a source carry (table `block_seen`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, Insert, and_, bindparam, case, delete, func, or_, select

from feedwatch.adapters.store.prepared import Prepared, among
from feedwatch.adapters.store.rows import ARTICLE, upserting
from feedwatch.adapters.store.tables import article, block_seen
from feedwatch.model import Article

# The part of a newcomer's lines, and the least number, that make it worth asking whether it is another article moved.
_LIKE = 0.3
_LIKE_LINES = 2
COMMON = 3  # a line is furniture once so many other articles of the source carry it (design, rule 5)
_REMEMBERED = 8  # enough to tell whether the articles that carry a line have anything else in common

# Lines are forgotten slowly, those of a single article (most of all lines) soon.
_KEPT = timedelta(days=60)
_SINGLE_KEPT = timedelta(days=14)

_LINES = Prepared(
    select(block_seen.c.line_sha, block_seen.c.articles).where(
        block_seen.c.source == bindparam("source"), among(block_seen.c.line_sha, "lines")
    )
)
_TITLES = Prepared(select(article.c.id, article.c.title).where(among(article.c.id, "ids")))
_ALIKE = Prepared(select(*ARTICLE).where(article.c.id == bindparam("id")))


def bearers_of(connection: Connection, of: Article, lines: Iterable[str]) -> dict[str, list[str]]:
    """The lines that other articles carry, with the ids of these."""
    bearers: dict[str, list[str]] = {}
    asked = {"source": of.source, "lines": sorted(set(lines))}
    for line, articles in _LINES.rows(connection, asked) if asked["lines"] else ():
        if ids := sorted(set(articles.split()) - {of.id}):
            bearers[line] = ids
    return bearers


def carriers_of(connection: Connection, bearers: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    asked = sorted({one for ids in bearers.values() for one in ids})
    titles: dict[str, str] = dict(_TITLES.rows(connection, {"ids": asked})) if asked else {}
    return {line: tuple(titles.get(one, "") for one in ids) for line, ids in bearers.items()}


def alike(connection: Connection, bearers: Mapping[str, list[str]], lines: int) -> Article | None:
    """The article that carries most of so many lines, if enough. What several others carry says nothing: furniture."""
    telling = [ids for ids in bearers.values() if len(ids) < COMMON]
    borne = Counter(one for ids in telling for one in ids)
    closest = min(borne, key=lambda one: (-borne[one], one), default=None)
    if closest is None or borne[closest] < max(_LIKE_LINES, _LIKE * (lines - len(bearers) + len(telling))):
        return None
    row = _ALIKE.one(connection, {"id": closest})
    return Article(*row) if row else None


def remember(connection: Connection, settled: Article, lines: Iterable[str]) -> None:
    seen_at = settled.last_checked_at or settled.first_seen_at
    rows = [
        {"source": settled.source, "line_sha": line, "articles": settled.id, "last_seen_at": seen_at}
        for line in sorted(set(lines))
    ]
    _REMEMBER.run_all(connection, rows)


def _remembering(dialect: str) -> Insert:
    statement = upserting(dialect, block_seen)
    ids, own = block_seen.c.articles, statement.excluded.articles
    full = func.length(ids) >= _REMEMBERED * func.length(own)
    joined = case((full | ids.contains(own), ids), else_=ids + " " + own)
    upsert: Insert = statement.on_conflict_do_update(
        index_elements=["source", "line_sha"],
        set_={"articles": joined, "last_seen_at": statement.excluded.last_seen_at},
    )
    return upsert


_REMEMBER = Prepared(_remembering)


def forget(connection: Connection, slug: str, now: datetime) -> None:
    """Forget what a source's lines were long ago."""
    seen_at, is_single = block_seen.c.last_seen_at, ~block_seen.c.articles.contains(" ")
    old = or_(seen_at < now - _KEPT, and_(is_single, seen_at < now - _SINGLE_KEPT))
    connection.execute(delete(block_seen).where(block_seen.c.source == slug, old))
