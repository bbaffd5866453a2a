"""What a poll asks and writes: which articles are known by which names, and what the feed said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, bindparam, case, func, or_, select, update

from feedwatch.adapters.store.census import COUNTED, Counted, count_articles
from feedwatch.adapters.store.columns import storable
from feedwatch.adapters.store.prepared import Prepared, among
from feedwatch.adapters.store.rows import ARTICLE, FEED, adding_missing, insert_into, key_sha, values
from feedwatch.adapters.store.tables import alias, article, feed
from feedwatch.adapters.store.work import refresh_hosts
from feedwatch.model import Article, Feed, PollVerdict, State

_BY_KEY = Prepared(select(article.c.key_sha, *ARTICLE).where(among(article.c.key_sha, "shas")))
_BY_ALIAS = Prepared(
    select(alias.c.key_sha, *ARTICLE)
    .join(article, article.c.id == alias.c.article)
    .where(among(alias.c.key_sha, "shas"))
)
_TAKEN = {
    table.name: Prepared(select(table.c.key_sha).where(among(table.c.key_sha, "shas"))) for table in (article, alias)
}
_THERE = Prepared(select(article.c.id).where(among(article.c.id, "ids")))
_ADD_ALIAS = adding_missing(alias)
_BY_ID = Prepared(select(*ARTICLE).where(article.c.id == bindparam("id")))

_due: ColumnElement[Any] = bindparam("due", type_=article.c.next_check_at.type)
_sooner = or_(article.c.next_check_at.is_(None), article.c.next_check_at > _due)

_HOST_OF = Prepared(select(feed.c.host).where(feed.c.url == bindparam("url")))
_POLLED: dict[str, Any] = {
    column.name: bindparam(column.name) for column in FEED if column.name not in ("url", "source")
}
_SAVE_FEED = Prepared(update(feed).where(feed.c.url == bindparam("b_url")).values(_POLLED))

# A check may have been settled since the poll looked the article up. So a poll writes what only feeds say, and can
# bring a check forward, never put it off.
_HINT = Prepared(
    update(article)
    .where(article.c.id == bindparam("b_id"))
    .values(
        feed_title=bindparam("feed_title"),
        updated_hint=bindparam("updated_hint"),
        next_check_at=case((_sooner, _due), else_=article.c.next_check_at),
    )
)
_STANDING = Prepared(
    select(article.c.id, *COUNTED).where(among(article.c.id, "ids")).order_by(article.c.id).with_for_update()
)
_WAKE = Prepared(update(article).where(article.c.id == bindparam("b_id")).values(state=bindparam("now_is")))

_NAMED = Prepared(
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
    for statement in (_BY_ALIAS, _BY_KEY):  # a canonical key tells more than an alias
        for sha, *fields in statement.rows(connection, {"shas": sorted(named)}):
            found[named[sha]] = Article(*fields)
    return found


def resolve(connection: Connection, name: str) -> Article | None:
    row = _BY_ID.one(connection, {"id": storable(name)})
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
    stood = _HOST_OF.scalar(connection, {"url": polled.url})
    if stood is None:
        return set()
    _SAVE_FEED.run(connection, values(polled) | {"b_url": polled.url})
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
    there = set(_THERE.scalars(connection, {"ids": sorted(owners)}))
    rows = [
        {"key_sha": sha, "article": owner, "key": key}
        for sha, (key, owner) in sorted(new.items())
        if sha not in known and owner in there
    ]
    _ADD_ALIAS.run_all(connection, rows)
    _NAMED.run_all(connection, [{"b_id": owner} for owner in sorted({row["article"] for row in rows})])


def _taken(connection: Connection, table: Table, shas: Iterable[str]) -> set[str]:
    return set(_TAKEN[table.name].scalars(connection, {"shas": sorted(shas)}))


def _derived(one: Article) -> dict[str, Any]:
    return {
        "news_at": one.last_changed_at or one.first_seen_at,
        "dirty_at": one.first_seen_at if one.rev > one.published_rev else None,
    }


def _tell_hints(connection: Connection, hinted: Sequence[Article]) -> None:
    woken: list[Counted] = []
    awake: list[Counted] = []
    asked = {"ids": sorted(one.id for one in hinted)}
    stood = {number: Counted(*fields) for number, *fields in _STANDING.rows(connection, asked)}
    _HINT.run_all(connection, map(_hint, hinted))
    for one in hinted:
        if one.id in stood and stood[one.id].state is State.DONE is not one.state:
            _WAKE.run(connection, {"b_id": one.id, "now_is": one.state})
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
