"""Numbers that are asked for often, kept beside what they count: whoever writes that calls these in its transaction.

How many articles of a source are in which state, with their versions and changes; how many notices a channel carries of
each day, so that a notice is found by its place in the channel without counting those before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from feedwatch.adapters.store.prepared import Prepared
from feedwatch.adapters.store.rows import adding
from feedwatch.adapters.store.tables import article, carried_day, census
from feedwatch.model import Channel, State, day_of

OF_ALL = ""  # in the place of a source: the notices of all of them

# What is counted of an article, in this order.
COUNTED = (article.c.source, article.c.state, article.c.versions, article.c.changes)

_DAYS = (
    carried_day.c.channel == bindparam("channel"),
    carried_day.c.source == bindparam("source"),
)
_NOTICES = select(func.sum(carried_day.c.notices)).where(*_DAYS)
_ALL_NOTICES, _BEFORE = Prepared(_NOTICES), Prepared(_NOTICES.where(carried_day.c.day < bindparam("day")))
_up_to = func.sum(carried_day.c.notices).over(order_by=carried_day.c.day)
_SUMS = select(carried_day.c.day, carried_day.c.notices, _up_to.label("up_to")).where(*_DAYS).subquery()
_DAY_AT = Prepared(
    select(_SUMS.c.day, _SUMS.c.up_to - _SUMS.c.notices)
    .where(_SUMS.c.up_to > bindparam("offset"))
    .order_by(_SUMS.c.day)
    .limit(1)
)
_COUNT, _COUNT_CARRIED = adding(census), adding(carried_day)


class Counted(NamedTuple):
    source: str
    state: State
    versions: int
    changes: int


# ------------------------------------------------------------------------------------------------------ articles


def count_articles(connection: Connection, gone: Iterable[Counted] = (), new: Iterable[Counted] = ()) -> None:
    """`gone`: articles as they stood and stand no more; `new`: as they stand now."""
    sums: dict[tuple[str, str], list[int]] = {}
    for sign, articles in ((-1, gone), (1, new)):
        for one in articles:
            numbers = sums.setdefault((one.source, one.state.value), [0, 0, 0])
            for place, number in enumerate((1, one.versions, one.changes)):
                numbers[place] += sign * number
    # In one order everywhere: no deadlock.
    rows = [
        {"source": source, "state": State(state), "articles": articles, "versions": versions, "changes": changes}
        for (source, state), (articles, versions, changes) in sorted(sums.items())
        if articles or versions or changes
    ]
    _COUNT.run_all(connection, rows)


def articles_in(connection: Connection, slug: str | None, state: State | None) -> int:
    asked = select(func.sum(census.c.articles))
    if slug is not None:
        asked = asked.where(census.c.source == slug)
    if state is not None:
        asked = asked.where(census.c.state == state)
    return int(connection.scalar(asked) or 0)


# ------------------------------------------------------------------------------------------------------ notices


def count_carried(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """`rows` of the table `carried` that are new there."""
    days: Counter[tuple[str, str, int]] = Counter()
    for row in rows:
        days.update((row["channel"], source, day_of(row["at"])) for source in (OF_ALL, row["source"]))
    # In one order everywhere: no deadlock.
    counted = [
        {"channel": channel, "source": source, "day": day, "notices": many}
        for (channel, source, day), many in sorted(days.items())
    ]
    _COUNT_CARRIED.run_all(connection, counted)


def notices_of(connection: Connection, channel: Channel, slug: str | None) -> int:
    return int(_ALL_NOTICES.scalar(connection, _asked(channel, slug)) or 0)


def notices_before(connection: Connection, channel: Channel, slug: str | None, at: datetime) -> tuple[int, datetime]:
    """How many came before the day of `at`, and when that began."""
    day = day_of(at)
    return int(_BEFORE.scalar(connection, {**_asked(channel, slug), "day": day}) or 0), _beginning(day)


def day_at(connection: Connection, channel: Channel, slug: str | None, offset: int) -> tuple[datetime, int] | None:
    """The beginning of the day of the notice that comes after so many, and how many came before that day."""
    row = _DAY_AT.one(connection, {**_asked(channel, slug), "offset": offset})
    return None if row is None else (_beginning(row[0]), int(row[1]))


def _asked(channel: Channel, slug: str | None) -> dict[str, str]:
    return {"channel": channel.value, "source": OF_ALL if slug is None else slug}


def _beginning(day: int) -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(days=day)
