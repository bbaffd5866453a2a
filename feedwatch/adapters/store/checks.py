"""What a check asks and writes. `settle` is one transaction: all of a verdict, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from feedwatch.adapters.store import tables
from feedwatch.adapters.store.census import COUNTED, Counted, count_articles, count_carried
from feedwatch.adapters.store.lines import COMMON, alike, bearers_of, carriers_of, forget, remember
from feedwatch.adapters.store.polls import add_aliases
from feedwatch.adapters.store.prepared import Prepared
from feedwatch.adapters.store.rows import ARTICLE, SOURCE, adding, values
from feedwatch.adapters.store.tables import alias, article, carried, change, source, tally, version
from feedwatch.adapters.store.texts import add_change, add_version, renew_page, version_at
from feedwatch.adapters.store.work import refresh_hosts
from feedwatch.errors import StoreError
from feedwatch.model import Article, Change, Event, Known, Source, Tally, Verdict

_SLOT = timedelta(minutes=10)
_SLOTS_OF_AN_HOUR = 6
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")

_TALLY_KEPT = timedelta(days=8)  # the status looks back a day, the brake a week

_LATELY = 10  # checks: as many as the brake needs to tell trouble from chance
_CHANGES_KNOWN = 16  # of the last day: enough to tell that a page is edited again and again

# What a check does not write: what never changes, what only feeds say, and what only the publisher says.
_NOT_CHECKED = ("id", "source", "key", "first_seen_at", "feed_title", "updated_hint", "published_rev")

_ARTICLE_AND_SOURCE = Prepared(
    select(*ARTICLE, *SOURCE).join(source, source.c.slug == article.c.source).where(article.c.id == bindparam("id"))
)
_SHAS = Prepared(
    select(version.c.text_sha, version.c.number)
    .where(version.c.article == bindparam("article"), version.c.withdrawn_at.is_(None))
    .order_by(version.c.number)
)
_TALLY = Prepared(
    select(
        func.coalesce(func.sum(tally.c.checks), 0),
        func.coalesce(func.sum(tally.c.changed), 0),
        func.coalesce(func.sum(tally.c.failed), 0),
    ).where(tally.c.source == bindparam("source"), tally.c.slot.between(bindparam("first"), bindparam("last")))
)
_SLOTS = Prepared(
    select(tally.c.checks, tally.c.changed, tally.c.failed)
    .where(tally.c.source == bindparam("source"), tally.c.slot.between(bindparam("first"), bindparam("last")))
    .order_by(tally.c.slot.desc())
    .limit(_LATELY)  # every slot has a check
)
_HEADLINES = Prepared(
    select(article.c.title)
    .where(article.c.source == bindparam("source"))
    .order_by(article.c.news_at.desc(), article.c.id.desc())
    .limit(50)
)
_CHANGED_AT = Prepared(
    select(change.c.at)
    .where(change.c.article == bindparam("article"))
    .order_by(change.c.to_number.desc())
    .limit(_CHANGES_KNOWN)
)
_STOOD = [*ARTICLE, article.c.news_at, article.c.dirty_at]
_STOOD_NAMES = [column.name for column in _STOOD]
_STANDING = Prepared(select(*_STOOD).where(article.c.id == bindparam("id")).with_for_update())
_IS_THERE = Prepared(select(article.c.id).where(article.c.id == bindparam("id")))
_ADD_EVENT = Prepared(insert(tables.event))
_CARRY = Prepared(insert(carried))
_COUNT = adding(tally)


# ------------------------------------------------------------------------------------------------------ before


def known(connection: Connection, number: str, lines: Collection[str], now: datetime) -> Known:
    row = _ARTICLE_AND_SOURCE.one(connection, {"id": number})
    if row is None:
        raise StoreError(f"no article {number} in the store")
    of = Article(*row[: len(ARTICLE)])
    shas: dict[str, int] = dict(_SHAS.rows(connection, {"article": number})) if of.versions else {}
    bearers = bearers_of(connection, of, lines)
    carriers = carriers_of(connection, bearers)
    common = frozenset(line for line, titles in carriers.items() if len(titles) >= COMMON)
    return Known(
        article=of,
        source=Source(*row[len(ARTICLE) :]),
        last=version_at(connection, number, max(shas.values())) if shas else None,
        shas=shas,
        common=common,
        carriers=carriers,
        headlines=_headlines(connection, of.source) if common else (),
        like=None if of.versions else alike(connection, bearers, len(set(lines))),
        tally=tally_of(connection, of.source, now),
        lately=_lately(connection, of.source, now),
        changed_at=_changed_at(connection, of, now),
    )


def _headlines(connection: Connection, slug: str) -> tuple[str, ...]:
    return tuple(_HEADLINES.scalars(connection, {"source": slug}))


def _changed_at(connection: Connection, of: Article, now: datetime) -> tuple[datetime, ...]:
    day = timedelta(days=1)
    if of.last_changed_at is None or now - of.last_changed_at > day:
        return ()
    return tuple(at for at in _CHANGED_AT.scalars(connection, {"article": of.id}) if now - at <= day)


def _lately(connection: Connection, slug: str, now: datetime) -> Tally:
    """The newest slots that hold so many checks as it takes, up to a week's."""
    span = {"source": slug, "first": slot_of(now - timedelta(days=7)), "last": slot_of(now)}
    found = Tally()
    for checks, changed, failed in _SLOTS.rows(connection, span):
        if found.checks < _LATELY:
            found = Tally(found.checks + checks, found.changed + changed, found.failed + failed)
    return found


def tally_of(connection: Connection, slug: str, now: datetime) -> Tally:
    """The last hour, give or take a slot."""
    slots = slots_of(now)
    span = {"source": slug, "first": slots["hour"], "last": slots["last"]}
    return Tally(*(_TALLY.one(connection, span) or ()))


def slots_of(now: datetime) -> dict[str, int]:
    """The last slot, the first of the last 24 hours, and the first of the last hour: give or take a slot."""
    last = slot_of(now)
    return {"last": last, "day": slot_of(now - timedelta(days=1)) + 1, "hour": last - _SLOTS_OF_AN_HOUR + 1}


def checks_of_day(connection: Connection, slug: str, now: datetime) -> int:
    """The last 24 hours, give or take a slot."""
    slots = slots_of(now)
    span = {"source": slug, "first": slots["day"], "last": slots["last"]}
    return int(_TALLY.scalar(connection, span))


def slot_of(moment: datetime) -> int:
    return (moment - _EPOCH) // _SLOT


def moment_of(slot: int) -> datetime:
    return _EPOCH + slot * _SLOT


# ------------------------------------------------------------------------------------------------------ after


def settle(connection: Connection, verdict: Verdict) -> bool:
    """False, and nothing written, when the article is not any more as the check had found it."""
    settled = verdict.article
    row = _STANDING.one(connection, {"id": settled.id})
    if row is None:
        return False
    stood = dict(zip(_STOOD_NAMES, row, strict=True))
    if stood["checks"] != settled.checks - 1:
        return False
    if stood["events"] > settled.events - len(verdict.events):  # a revision came in between
        return False
    if verdict.merged_into is None or stood["versions"] or not _is_there(connection, verdict.merged_into):
        _write(connection, verdict, stood)
    else:
        _merge(connection, verdict, verdict.merged_into, stood)
    hosts = {stood["host"], settled.host}
    if settled.last_checked_at == stood["last_checked_at"]:  # no look, but a turn of the operator's
        refresh_hosts(connection, hosts)
        return True
    _count(connection, verdict)
    refresh_hosts(connection, hosts, asked=stood["host"], at=settled.last_checked_at)
    return True


def _write(connection: Connection, verdict: Verdict, stood: Mapping[str, Any]) -> None:
    settled = verdict.article
    row = _row(verdict, settled, stood)
    other = {name: value for name, value in row.items() if value != stood[name]}
    _writing(tuple(other)).run(connection, {"b_id": settled.id, **other})
    if verdict.version is not None:
        add_version(connection, verdict.version, verdict.page)
    elif verdict.again is not None and verdict.page is not None:
        renew_page(connection, settled.id, verdict.again, verdict.page)
    if verdict.change is not None:
        add_change(connection, verdict.change)
    if verdict.digest is not None:
        add_change(connection, verdict.digest, tables.digest)
    if verdict.events:
        _ADD_EVENT.run_all(connection, [values(event) for event in verdict.events])
    if verdict.aliases:
        add_aliases(connection, [(name, settled.id) for name in verdict.aliases])
    if verdict.lines:
        remember(connection, settled, verdict.lines)
    carry(connection, settled, verdict.events, [verdict.change, verdict.digest])
    was, now = _counted(stood), Counted(settled.source, settled.state, settled.versions, settled.changes)
    if now != was:
        count_articles(connection, [was], [now])


@lru_cache(maxsize=128)
def _writing(names: tuple[str, ...]) -> Prepared:
    """Only what is another: SQLite writes each index of a column that is named, and most looks change five."""
    return Prepared(update(article).where(article.c.id == bindparam("b_id")).values({n: bindparam(n) for n in names}))


def _counted(stood: Mapping[str, Any]) -> Counted:
    return Counted(*(stood[column.name] for column in COUNTED))


def _row(verdict: Verdict, settled: Article, stood: Mapping[str, Any]) -> dict[str, Any]:
    row = values(settled, but=_NOT_CHECKED)
    if (stood["feed_title"], stood["updated_hint"]) != (settled.feed_title, settled.updated_hint):
        # A poll told of a change while the check was under way: the look that it asked for is still to come.
        row["next_check_at"] = stood["next_check_at"]
    row["news_at"] = settled.last_changed_at or settled.first_seen_at
    if verdict.rev_before is not None:  # what raised it since the check began is still to be published
        row["rev"] += stood["rev"] - verdict.rev_before
    is_dirty = row["rev"] > stood["published_rev"]
    row["dirty_at"] = (stood["dirty_at"] or settled.last_checked_at or settled.first_seen_at) if is_dirty else None
    return row


def carry(connection: Connection, of: Article, events: Iterable[Event], changes: Iterable[Change | None] = ()) -> None:
    """What is told of an article, in the channels that carry it."""
    if rows := _carried_rows(of, events, changes):
        _CARRY.run_all(connection, rows)
        count_carried(connection, rows)


def _carried_rows(of: Article, events: Iterable[Event], changes: Iterable[Change | None]) -> list[dict[str, Any]]:
    told: list[tuple[str, int, Event | Change]] = [("event", event.number, event) for event in events]
    told += [("change", change.to_number, change) for change in changes if change is not None]
    owner = {"article": of.id, "source": of.source}
    return [
        {"channel": channel.value, "at": notice.at, "kind": kind, "number": number, **owner}
        for kind, number, notice in told
        for channel in sorted(notice.channels)
    ]


def _is_there(connection: Connection, number: str) -> bool:
    return _IS_THERE.one(connection, {"id": number}) is not None


def _merge(connection: Connection, verdict: Verdict, into: str, stood: Mapping[str, Any]) -> None:
    """The article proved to be one that is watched already: it leaves its names to that one, and goes."""
    gone = verdict.article.id
    connection.execute(update(alias).where(alias.c.article == gone).values(article=into))
    connection.execute(delete(article).where(article.c.id == gone))
    add_aliases(connection, [(name, into) for name in verdict.aliases])
    count_articles(connection, gone=[_counted(stood)])


def _count(connection: Connection, verdict: Verdict) -> None:
    checked_at = verdict.article.last_checked_at
    if checked_at is not None:
        row = {
            "source": verdict.article.source,
            "slot": slot_of(checked_at),
            "checks": 1,
            "changed": int(verdict.changed),
            "failed": int(verdict.failed and not verdict.lone),
        }
        _COUNT.run(connection, row)


def tidy(connection: Connection, slug: str, now: datetime) -> None:
    """Forget what a source's lines and checks were long ago."""
    forget(connection, slug, now)
    connection.execute(delete(tally).where(tally.c.source == slug, tally.c.slot < slot_of(now - _TALLY_KEPT)))
