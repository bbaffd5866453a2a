"""What is to be done where: sources, feeds, hosts and their due times.

A host's `next_due_at` is the earliest of its feeds and articles, always: whoever changes one of their due times calls
`refresh_hosts` in the same transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Connection,
    Insert,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    type_coerce,
    union_all,
    update,
)

from feedwatch.adapters.store.prepared import Prepared
from feedwatch.adapters.store.rows import ARTICLE, FEED, HOST, SOURCE, insert_into, upserting, values
from feedwatch.adapters.store.tables import article, feed, host, source
from feedwatch.model import Article, Feed, Host, Source, State, day_of

_NOW = bindparam("now", type_=host.c.next_due_at.type)
_DUE_HOSTS = Prepared(
    select(*HOST)
    .where(host.c.next_due_at <= _NOW, or_(host.c.not_before.is_(None), host.c.not_before <= _NOW))
    .order_by(host.c.next_due_at, host.c.name)
    .limit(bindparam("limit"))
)
_NEXT_DUE_AT = Prepared(
    select(func.min(case((host.c.not_before > host.c.next_due_at, host.c.not_before), else_=host.c.next_due_at))).where(
        host.c.next_due_at.is_not(None)
    )
)
_DUE_FEEDS = Prepared(
    select(*FEED)
    .where(feed.c.host == bindparam("host"), feed.c.next_poll_at <= _NOW)
    .order_by(feed.c.next_poll_at, feed.c.url)
)
_DUE_ARTICLES = Prepared(
    select(*ARTICLE)
    .where(
        article.c.host == bindparam("host"),
        article.c.next_check_at.is_not(None),
        article.c.next_check_at <= _NOW,
    )
    .order_by(article.c.next_check_at, article.c.id)
    .limit(bindparam("limit"))
)


_SOURCES, _FEEDS = Prepared(select(*SOURCE)), Prepared(select(*FEED))
_HOST = Prepared(select(*HOST).where(host.c.name == bindparam("name")))


# ------------------------------------------------------------------------------------------------------ sources


def enrol(connection: Connection, sources: Sequence[Source], feeds: Sequence[Feed]) -> None:
    stood = {row.url: row.host for row in connection.execute(select(feed.c.url, feed.c.host))}
    configured = {feed.url for feed in feeds}
    upsert = insert_into(connection, source)
    title, language = upsert.excluded.title, upsert.excluded.language
    upsert = upsert.on_conflict_do_update(index_elements=["slug"], set_={"title": title, "language": language})
    if sources:
        connection.execute(upsert, [values(source) for source in sources])
    for watched in feeds:
        if watched.url in stood:
            connection.execute(update(feed).where(feed.c.url == watched.url).values(source=watched.source))
        else:
            connection.execute(insert(feed).values(values(watched)))
    for url in stood.keys() - configured:
        connection.execute(delete(feed).where(feed.c.url == url))
    _forget_unused(connection, {one.slug for one in sources})
    left = {stood[url] for url in stood.keys() - configured}
    refresh_hosts(connection, left | {feed.host for feed in feeds})


def _forget_unused(connection: Connection, slugs: Collection[str]) -> None:
    """A source that left the config stays for as long as it has articles."""
    used = or_(
        source.c.slug.in_(slugs),
        exists().where(article.c.source == source.c.slug),
        exists().where(feed.c.source == source.c.slug),
    )
    connection.execute(delete(source).where(~used))


def sources(connection: Connection) -> list[Source]:
    # Sorted here: databases differ in how they collate a hyphen.
    return sorted((Source(*row) for row in _SOURCES.rows(connection)), key=lambda source: source.slug)


def feeds(connection: Connection) -> list[Feed]:
    return sorted((Feed(*row) for row in _FEEDS.rows(connection)), key=lambda feed: feed.url)


# ------------------------------------------------------------------------------------------------------ due


def due_hosts(connection: Connection, now: datetime, limit: int) -> list[Host]:
    return [Host(*row) for row in _DUE_HOSTS.rows(connection, {"now": now, "limit": limit})]


def next_due_at(connection: Connection) -> datetime | None:
    moment: datetime | None = _NEXT_DUE_AT.scalar(connection)
    return moment


def hasten(connection: Connection, by: timedelta) -> None:
    sooner = by // timedelta(microseconds=1)
    for table, names in ((article, ["next_check_at"]), (feed, ["next_poll_at"]), (host, ["next_due_at", "not_before"])):
        moved = {name: type_coerce(table.c[name], BigInteger) - sooner for name in names}
        connection.execute(update(table).values(moved))


def due_feeds(connection: Connection, name: str, now: datetime) -> list[Feed]:
    return [Feed(*row) for row in _DUE_FEEDS.rows(connection, {"host": name, "now": now})]


def due_articles(connection: Connection, name: str, now: datetime, limit: int) -> list[Article]:
    asked = {"host": name, "now": now, "limit": limit}
    return [Article(*row) for row in _DUE_ARTICLES.rows(connection, asked)]


# ------------------------------------------------------------------------------------------------------ hosts


def host_named(connection: Connection, name: str) -> Host:
    row = _HOST.one(connection, {"name": name})
    return Host(name) if row is None else Host(*row)


def save_host(connection: Connection, saved: Host, asked_at: datetime | None = None) -> None:
    _SAVE_HOST.run(connection, values(saved))
    if asked_at is not None:
        refresh_hosts(connection, {saved.name}, saved.name, asked_at)


def requests_of_day(connection: Connection, now: datetime, limit: int) -> dict[str, int]:
    busiest = select(host.c.name, host.c.requests).where(host.c.day == day_of(now), host.c.requests > 0)
    rows = connection.execute(busiest.order_by(host.c.requests.desc(), host.c.name).limit(limit))
    return {row.name: row.requests for row in rows}


def refresh_hosts(
    connection: Connection, names: Collection[str], asked: str | None = None, at: datetime | None = None
) -> None:
    """`asked`: the host of a request at that time, which is counted."""
    day = None if at is None else day_of(at)
    # In one order everywhere: no deadlock.
    rows = [{"name": name, "day": day, "requests": int(name == asked)} for name in sorted(names)]
    if not rows:
        return
    if connection.dialect.name != "sqlite":
        # Two transactions may change articles of one host. The second must look for the earliest after the first is
        # done, so it waits for the host's row before it looks. On SQLite there is one writer.
        _CLAIM.run_all(connection, rows)
    _REFRESH.run_all(connection, rows)


def _claim(dialect: str) -> Insert:
    statement = upserting(dialect, host).values(name=bindparam("name"), failures=0, requests=0)
    upsert: Insert = statement.on_conflict_do_update(index_elements=["name"], set_={"failures": host.c.failures})
    return upsert


def _refresh(dialect: str) -> Insert:
    name: BindParameter[str] = bindparam("name")
    of_feeds = select(func.min(feed.c.next_poll_at).label("at")).where(feed.c.host == name)
    of_articles = select(func.min(article.c.next_check_at).label("at")).where(
        article.c.host == name, article.c.next_check_at.is_not(None)
    )
    both = union_all(of_feeds, of_articles).subquery()
    earliest = select(func.min(both.c.at)).scalar_subquery()
    new = {"day": bindparam("day", type_=host.c.day.type), "requests": bindparam("requests")}
    statement = upserting(dialect, host).values(name=name, failures=0, next_due_at=earliest, **new)
    excluded = statement.excluded
    counted = case(
        (excluded.day.is_(None), host.c.requests),
        (host.c.day == excluded.day, host.c.requests + excluded.requests),
        else_=excluded.requests,
    )
    upsert: Insert = statement.on_conflict_do_update(
        index_elements=["name"],
        set_={
            "next_due_at": excluded.next_due_at,
            "day": func.coalesce(excluded.day, host.c.day),
            "requests": counted,
        },
    )
    return upsert


def _saving(dialect: str) -> Insert:
    statement = upserting(dialect, host).values({column.name: bindparam(column.name) for column in HOST})
    counted = ("name", "day", "requests")  # by `refresh_hosts` alone
    kept = {column.name: statement.excluded[column.name] for column in HOST if column.name not in counted}
    upsert: Insert = statement.on_conflict_do_update(index_elements=["name"], set_=kept)
    return upsert


_CLAIM, _REFRESH, _SAVE_HOST = Prepared(_claim), Prepared(_refresh), Prepared(_saving)


def look_around(connection: Connection, slug: str, but: str, limit: int, now: datetime) -> None:
    """Make so many of the source's newest articles due that are watched and not suspect."""
    fit = (
        select(article.c.id, article.c.host)
        .where(
            article.c.source == slug,
            article.c.id != but,
            article.c.state == State.WATCHED,
            article.c.versions > 0,
            article.c.suspect.is_(None),
            article.c.next_check_at > now,
        )
        .order_by(article.c.news_at.desc(), article.c.id.desc())
        .limit(limit)
    )
    rows = connection.execute(fit).all()
    hastened = update(article).where(article.c.id.in_([row.id for row in rows]))
    connection.execute(hastened.values(next_check_at=now))
    refresh_hosts(connection, {row.host for row in rows})
