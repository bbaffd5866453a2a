"""The kept numbers of a store, counted anew."""

from __future__ import annotations

from datetime import UTC

from sqlalchemy import func, select

from feedwatch.adapters.store import SqlStore
from feedwatch.adapters.store.opening import Mode
from feedwatch.adapters.store.tables import article, carried, carried_day, census
from feedwatch.model import day_of

ARTICLES = (
    select(article.c.source, article.c.state, func.count(), func.sum(article.c.versions), func.sum(article.c.changes))
    .group_by(article.c.source, article.c.state)
    .order_by(article.c.source, article.c.state)
)


def recounted(store: SqlStore) -> None:
    """Asserts that they are right. On the thread that the store is used by."""
    with store._in(Mode.READ) as connection:
        kept = {tuple(row) for row in connection.execute(select(census)) if any(row[2:])}
        counted = {tuple(row) for row in connection.execute(ARTICLES)}
        days = {tuple(row[:3]): row[3] for row in connection.execute(select(carried_day))}
        rows = connection.execute(select(carried.c.channel, carried.c.source, carried.c.at)).all()
    anew: dict[tuple[str, str, int], int] = {}
    for channel, source, at in rows:
        for of in (source, ""):
            place = (channel, of, day_of(at.astimezone(UTC)))
            anew[place] = anew.get(place, 0) + 1
    assert kept == counted
    assert days == anew
