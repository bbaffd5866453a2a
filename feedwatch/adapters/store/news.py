"""What is published and what people ask for: histories, notices, lists, counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    bindparam,
    case,
    func,
    select,
    tuple_,
    update,
)

from feedwatch.adapters.store.census import day_at, notices_before, notices_of
from feedwatch.adapters.store.checks import moment_of, slots_of
from feedwatch.adapters.store.digests import digests_at, standing_within
from feedwatch.adapters.store.finding import mark
from feedwatch.adapters.store.packing import Place
from feedwatch.adapters.store.prepared import Prepared, Row
from feedwatch.adapters.store.rows import ARTICLE, CHANGE, EVENT, SOURCE, replacing
from feedwatch.adapters.store.tables import (
    article,
    carried,
    census,
    change,
    event,
    host,
    meta,
    source,
    tally,
    version,
)
from feedwatch.adapters.store.texts import unpacked, versions_at
from feedwatch.model import Article, Change, Channel, Event, Notice, Source, State, Version

_A, _S, _C = len(ARTICLE), len(ARTICLE) + len(SOURCE), len(ARTICLE) + len(SOURCE) + len(CHANGE)
_E = _C + len(EVENT)  # the number of the version that stood at the event
_OF_CHECKS = ("checks_last_day", "checks_last_hour", "changed_last_hour", "failed_last_hour")

_DIRTY = Prepared(
    select(article.c.id)
    .where(article.c.dirty_at.is_not(None))
    .order_by(article.c.dirty_at, article.c.id)
    .limit(bindparam("limit"))
)
_PUBLISHED = Prepared(
    update(article)
    .where(article.c.id == bindparam("b_id"))
    .values(
        published_rev=bindparam("b_rev"),
        # Raised again since it was rendered: it stays in its place of the queue.
        dirty_at=case((article.c.rev > bindparam("b_rev"), article.c.dirty_at), else_=None),
    )
)
_MEMO = Prepared(select(meta.c.value).where(meta.c.key == bindparam("key")))
_KEEP_MEMO = replacing(meta)
# What readers knew of the article when the event came: its entry keeps that headline for good.
_KNOWN_THEN = (
    select(func.max(version.c.number))
    .where(version.c.article == event.c.article, version.c.seen_at <= event.c.at)
    .correlate(event)
    .scalar_subquery()
)


def _told(places: FromClause) -> Select[Any]:
    """What is told at some places of the news, but for articles that are hidden."""
    at = places.c
    return (
        select(*ARTICLE, *SOURCE, *CHANGE, *EVENT, _KNOWN_THEN)
        .select_from(places)
        .join(article, article.c.id == at.article)
        .join(source, source.c.slug == article.c.source)
        .outerjoin(change, and_(at.kind == "change", change.c.article == at.article, change.c.to_number == at.number))
        .outerjoin(event, and_(at.kind == "event", event.c.article == at.article, event.c.number == at.number))
        .where(article.c.state != State.HIDDEN)
    )


_NEWEST = (
    _told(carried)
    .where(carried.c.channel == bindparam("channel"))
    .order_by(carried.c.at.desc(), carried.c.article.desc(), carried.c.kind.desc(), carried.c.number.desc())
    .limit(bindparam("limit"))
)
_NOTICES, _NOTICES_OF_SOURCE = Prepared(_NEWEST), Prepared(_NEWEST.where(carried.c.source == bindparam("source")))
_PLACE = (carried.c.at, carried.c.article, carried.c.kind, carried.c.number)

_CENSUS = select(census.c.source, census.c.state, census.c.articles, census.c.versions, census.c.changes).where(
    census.c.articles > 0
)
# A source's slots stand side by side.
_CHECKS = (
    select(
        source.c.slug,
        func.sum(tally.c.checks),
        *(
            func.sum(case((tally.c.slot >= bindparam("hour"), counted), else_=0))
            for counted in (tally.c.checks, tally.c.changed, tally.c.failed)
        ),
    )
    .join(tally, and_(tally.c.source == source.c.slug, tally.c.slot.between(bindparam("day"), bindparam("last"))))
    .group_by(source.c.slug)
)
_LAST_CHECKS = select(
    source.c.slug,
    select(tally.c.slot)
    .where(tally.c.source == source.c.slug, tally.c.checks > 0)
    .order_by(tally.c.slot.desc())
    .limit(1)
    .scalar_subquery(),
)


# ------------------------------------------------------------------------------------------------------ publishing


def dirty(connection: Connection, limit: int) -> list[str]:
    return _DIRTY.scalars(connection, {"limit": limit})


def mark_published(connection: Connection, revs: Mapping[str, int]) -> None:
    _PUBLISHED.run_all(connection, [{"b_id": number, "b_rev": rev} for number, rev in sorted(revs.items())])


def mark_all_dirty(connection: Connection) -> None:
    connection.execute(
        update(article).values(published_rev=-1, dirty_at=func.coalesce(article.c.dirty_at, article.c.news_at))
    )
    mark(connection, [("all", 0)])


def newest(
    connection: Connection, channels: Iterable[Channel], slug: str | None, limit: int
) -> dict[Channel, list[Notice]]:
    """By channel, newest first. With an event comes, as `new`, the version that stood when it happened."""
    statement, asked = _NOTICES if slug is None else _NOTICES_OF_SOURCE, {"source": slug, "limit": limit}
    rows = {channel: statement.raw_rows(connection, asked | {"channel": channel.value}) for channel in channels}
    one = {_place(row): row for found in rows.values() for row in found}  # most are carried by several channels
    noticed = dict(zip(one, _noticed(connection, statement.finished(connection, list(one.values()))), strict=True))
    return {channel: [noticed[_place(row)] for row in found] for channel, found in rows.items()}


def _place(row: Row) -> tuple[str, int | None, int | None]:
    """Article, number of the newer version of a change, number of an event: of all channels that carry it the same."""
    return row[0], row[_S + 2], row[_C + 1]


def _noticed(connection: Connection, rows: Sequence[Row]) -> list[Notice]:
    told = [Change(*row[_S:_C]) if row[_S] is not None else None for row in rows]
    # What no channel carries and is carried all the same is told by the digest that ends with it.
    digests = digests_at(connection, {_end(one) for one in told if one and not one.channels})
    told = [one and digests.get(_end(one), one) for one in told]
    places: set[Place] = set()
    for row, one in zip(rows, told, strict=True):
        if one is not None:
            places |= {(one.article, one.from_number), _end(one)}
        elif row[_E] is not None:
            places.add((row[0], row[_E]))
    versions = versions_at(connection, places)
    half_true = standing_within(connection, digests.values(), versions)
    return [_notice(row, one, versions, half_true) for row, one in zip(rows, told, strict=True)]


def _end(told: Change) -> Place:
    return told.article, told.to_number


def _notice(row: Row, told: Change | None, versions: Mapping[Place, Version], half_true: Collection[Place]) -> Notice:
    of, whose = Article(*row[:_A]), Source(*row[_A:_S])
    if told is None:
        happened = Event(*row[_C:_E])
        return Notice(of, whose, happened.at, event=happened, new=versions.get((of.id, row[_E])))
    old, new = versions[told.article, told.from_number], versions[_end(told)]
    if _end(told) in half_true:
        new = replace(new, withdrawn_at=None, withdrawn_because="")
    return Notice(of, whose, told.at, unpacked(told, old), old, new)


# ------------------------------------------------------------------------------------------------------ archives


def news_count(connection: Connection, channel: Channel, slug: str | None) -> int:
    return notices_of(connection, channel, slug)


def news_page(connection: Connection, channel: Channel, slug: str | None, offset: int, limit: int) -> list[Notice]:
    """Some of a channel's notices in the order in which they came. What is hidden keeps its place, and is left out."""
    found = day_at(connection, channel, slug, offset)
    if found is None:
        return []
    since, before = found
    statement = _PAGE if slug is None else _PAGE_OF_SOURCE
    asked = {"channel": channel.value, "source": slug, "since": since, "offset": offset - before, "limit": limit}
    return _noticed(connection, statement.rows(connection, asked))


def news_place(connection: Connection, channel: Channel, slug: str | None, told: Change | Event) -> int:
    """How many of a channel's notices came before this one."""
    kind, number = ("change", told.to_number) if isinstance(told, Change) else ("event", told.number)
    before, since = notices_before(connection, channel, slug, told.at)
    statement = _BEFORE if slug is None else _BEFORE_OF_SOURCE
    here = {"at": told.at, "article": told.article, "kind": kind, "number": number}
    asked = {"channel": channel.value, "source": slug, "since": since}
    return before + int(statement.scalar(connection, asked | here))


def _page(*where: ColumnElement[bool]) -> Prepared:
    asked = select(carried).where(*_SINCE, *where).order_by(*_PLACE)
    some = asked.offset(bindparam("offset")).limit(bindparam("limit")).subquery()
    return Prepared(_told(some).order_by(some.c.at, some.c.article, some.c.kind, some.c.number))


def _before(*where: ColumnElement[bool]) -> Prepared:
    here = tuple_(*(bindparam(column.name, type_=column.type) for column in _PLACE))
    return Prepared(select(func.count()).select_from(carried).where(*_SINCE, *where, tuple_(*_PLACE) < here))


_SINCE = (carried.c.channel == bindparam("channel"), carried.c.at >= bindparam("since"))
_OF_SOURCE = carried.c.source == bindparam("source")
_PAGE, _PAGE_OF_SOURCE = _page(), _page(_OF_SOURCE)
_BEFORE, _BEFORE_OF_SOURCE = _before(), _before(_OF_SOURCE)


# ------------------------------------------------------------------------------------------------------ people


def counts(connection: Connection, now: datetime) -> dict[str, dict[str, int]]:
    names = [*(state.value for state in State), "due", "held", "versions", "changes", *_OF_CHECKS]
    counted = {
        slug: dict.fromkeys(names, 0) for slug in connection.scalars(select(source.c.slug).order_by(source.c.slug))
    }
    for slug, state, many, versions, changes in connection.execute(_CENSUS):
        counted[slug][state.value] = many
        counted[slug]["versions"] += versions
        counted[slug]["changes"] += changes
    # By way of the hosts that are due: the index of due times is by host. Grouped by what is no column, or SQLite would
    # rather read all articles in the order of their sources (1.7 s in place of 4 ms at a million).
    slug_of_due = article.c.source.concat("")
    due = (
        select(slug_of_due, func.count())
        .join(host, host.c.name == article.c.host)
        .where(host.c.next_due_at <= now, article.c.next_check_at.is_not(None), article.c.next_check_at <= now)
        .group_by(slug_of_due)
    )
    held = select(article.c.source, func.count()).where(article.c.suspect.is_not(None)).group_by(article.c.source)
    for name, statement in (("due", due), ("held", held)):
        for slug, many in connection.execute(statement):
            counted[slug][name] = many
    for slug, *tallied in connection.execute(_CHECKS, slots_of(now)):
        counted[slug] |= dict(zip(_OF_CHECKS, map(int, tallied), strict=True))
    return counted


def last_checks(connection: Connection) -> dict[str, datetime]:
    """By source, when it was last looked at: by its tallies, that is to ten minutes, rounded down."""
    return {slug: moment_of(slot) for slug, slot in connection.execute(_LAST_CHECKS) if slot is not None}


# ------------------------------------------------------------------------------------------------------ memos


def memo(connection: Connection, name: str) -> str | None:
    kept: str | None = _MEMO.scalar(connection, {"key": f"memo {name}"})
    return kept


def keep_memo(connection: Connection, name: str, text: str) -> None:
    _KEEP_MEMO.run(connection, {"key": f"memo {name}", "value": text})
