"""What a poll asks and writes: which articles are known by which names, and what the feed said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, case, func, or_, select, update

from feedwatch.adapters.store.census import COUNTED, Counted, count_articles
from feedwatch.adapters.store.columns import storable
from feedwatch.adapters.store.rows import ARTICLE, add_missing, chunks, insert_into, key_sha, values
from feedwatch.adapters.store.tables import alias, article, feed
from feedwatch.adapters.store.work import refresh_hosts
from feedwatch.model import Article, Feed, PollVerdict, State

_BY_KEY = select(article.c.key_sha, *ARTICLE).where(article.c.key_sha.in_(bindparam("shas", expanding=True)))
_BY_ALIAS = (
    select(alias.c.key_sha, *ARTICLE)
    .join(article, article.c.id == alias.c.article)
    .where(alias.c.key_sha.in_(bindparam("shas", expanding=True)))
)

_due: ColumnElement[Any] = bindparam("due", type_=article.c.next_check_at.type)
_sooner = or_(article.c.next_check_at.is_(None), article.c.next_check_at > _due)

# A check may have been settled since the poll looked the article up. So a poll writes what only feeds say, and can
# bring a check forward, never put it off.
_HINT = (
    update(article)
    .where(article.c.id == bindparam("b_id"))
    .values(
        feed_title=bindparam("feed_title"),
        updated_hint=bindparam("updated_hint"),
        next_check_at=case((_sooner, _due), else_=article.c.next_check_at),
    )
)
_STANDING = (
    select(article.c.id, *COUNTED)
    .where(article.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(article.c.id)
    .with_for_update()
)
_WAKE = update(article).where(article.c.id == bindparam("b_id")).values(state=bindparam("now_is"))

_NAMED = (
    update(article)
    .where(article.c.id == bindparam("b_id"), article.c.versions > 0)
    .values(
        rev=article.c.rev + 1,
        dirty_at=func.coalesce(article.c.dirty_at, article.c.last_checked_at, article.c.first_seen_at),
    )
)


def find(connection: Connection, keys: Collection[str]) -> dict[str, Article]:
    named = {key_sha(key): key for key in keys}
    found: dict[str, Article] = {}
    for chunk in chunks(sorted(named)):
        for statement in (_BY_ALIAS, _BY_KEY):  # a canonical key tells more than an alias
            for sha, *fields in connection.execute(statement, {"shas": chunk}):
                found[named[sha]] = Article(*fields)
    return found


def resolve(connection: Connection, name: str) -> Article | None:
    row = connection.execute(select(*ARTICLE).where(article.c.id == storable(name))).one_or_none()
    return Article(*row) if row else find(connection, [name]).get(name)


def settle_poll(connection: Connection, verdict: PollVerdict) -> None:
    touched = {article.host for article in (*verdict.new, *verdict.updated)}
    if verdict.feed is not None:
        touched |= _save_feed(connection, verdict.feed)
    add_articles(connection, verdict.new)
    _tell_hints(connection, verdict.updated)
    add_aliases(connection, verdict.aliases)
    if verdict.feed is None:
        refresh_hosts(connection, touched)
    else:
        refresh_hosts(connection, touched, verdict.feed.host, verdict.feed.last_polled_at)


def _save_feed(connection: Connection, polled: Feed) -> set[str]:
    """The hosts whose work changed. A feed that left the config during its poll is not brought back."""
    stood = connection.scalar(select(feed.c.host).where(feed.c.url == polled.url))
    if stood is None:
        return set()
    connection.execute(update(feed).where(feed.c.url == polled.url).values(values(polled, but=["url", "source"])))
    return {stood, polled.host}


def add_articles(connection: Connection, articles: Iterable[Article]) -> None:
    """Those whose key is not known yet, as a key or as an alias."""
    new = {key_sha(one.key): one for one in articles}
    known = _taken(connection, alias, new)
    rows = [{**values(one), "key_sha": sha, **_derived(one)} for sha, one in new.items() if sha not in known]
    if rows:
        statement = insert_into(connection, article).on_conflict_do_nothing().returning(*COUNTED)
        count_articles(connection, new=[Counted(*row) for row in connection.execute(statement, rows)])


def add_aliases(connection: Connection, aliases: Iterable[tuple[str, str]]) -> None:
    """`aliases`: pairs of a name and an article's id. The first article to have a name keeps it. An article that has
    been read is published anew with each, for it to be found by it.
    """
    new = {key_sha(key): (key, owner) for key, owner in reversed(list(aliases))}
    known = _taken(connection, article, new) | _taken(connection, alias, new)
    owners = {owner for _, owner in new.values()}
    there = set()
    for chunk in chunks(sorted(owners)):
        there |= set(connection.scalars(select(article.c.id).where(article.c.id.in_(chunk))))
    rows = [
        {"key_sha": sha, "article": owner, "key": key}
        for sha, (key, owner) in sorted(new.items())
        if sha not in known and owner in there
    ]
    add_missing(connection, alias, rows)
    for owner in sorted({row["article"] for row in rows}):
        connection.execute(_NAMED, {"b_id": owner})


def _taken(connection: Connection, table: Any, shas: Iterable[str]) -> set[str]:
    taken: set[str] = set()
    for chunk in chunks(sorted(shas)):
        taken |= set(connection.scalars(select(table.c.key_sha).where(table.c.key_sha.in_(chunk))))
    return taken


def _derived(one: Article) -> dict[str, Any]:
    return {
        "news_at": one.last_changed_at or one.first_seen_at,
        "dirty_at": one.first_seen_at if one.rev > one.published_rev else None,
    }


def _tell_hints(connection: Connection, hinted: Sequence[Article]) -> None:
    woken: list[Counted] = []
    awake: list[Counted] = []
    stood: dict[str, Counted] = {}
    for chunk in chunks(sorted(one.id for one in hinted)):
        for number, *fields in connection.execute(_STANDING, {"ids": chunk}):
            stood[number] = Counted(*fields)
    for one in hinted:
        connection.execute(_HINT, _hint(one))
        if one.id in stood and stood[one.id].state is State.DONE is not one.state:
            connection.execute(_WAKE, {"b_id": one.id, "now_is": one.state})
            woken.append(stood[one.id])
            awake.append(stood[one.id]._replace(state=one.state))
    count_articles(connection, woken, awake)


def _hint(one: Article) -> dict[str, Any]:
    return {
        "b_id": one.id,
        "feed_title": one.feed_title,
        "updated_hint": one.updated_hint,
        "due": one.next_check_at,
    }
