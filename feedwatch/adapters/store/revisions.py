"""What reading kept pages anew asks and writes. Versions are only marked: their texts stay as they were kept."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, insert, select, update

from feedwatch.adapters.store import tables
from feedwatch.adapters.store.census import COUNTED, Counted, count_articles
from feedwatch.adapters.store.checks import carry
from feedwatch.adapters.store.rows import values
from feedwatch.adapters.store.tables import article, version
from feedwatch.model import Revision, latest

_STANDING = (
    select(*COUNTED, article.c.checks, article.c.rev, article.c.events, article.c.dirty_at)
    .where(article.c.id == bindparam("id"))
    .with_for_update()
)
_VERSION = update(version).where(version.c.article == bindparam("of"), version.c.number == bindparam("nth"))
_MARK = _VERSION.values(withdrawn_at=bindparam("at"), withdrawn_because=bindparam("why"))
_KNOW_AGAIN = _VERSION.values(text_sha=bindparam("sha"))


def edited(connection: Connection, slug: str) -> list[str]:
    """Ids of the source's articles with more than one version."""
    asked = select(article.c.id).where(article.c.source == slug, article.c.versions > 1).order_by(article.c.id)
    return list(connection.scalars(asked))


def revise(connection: Connection, revision: Revision) -> bool:
    """False, and nothing written, when the article is not any more as it was read."""
    was, now = revision.was, revision.article
    stood = connection.execute(_STANDING, {"id": was.id}).one_or_none()
    if stood is None or (stood.checks, stood.rev, stood.events) != (was.checks, was.rev, was.events):
        return False
    for false in revision.withdrawn:
        mark = {"of": was.id, "nth": false.number, "at": false.withdrawn_at, "why": false.withdrawn_because}
        connection.execute(_MARK, mark)
    for number, sha in sorted(revision.shas.items()):
        connection.execute(_KNOW_AGAIN, {"of": was.id, "nth": number, "sha": sha})
    if revision.events:
        connection.execute(insert(tables.event), [values(event) for event in revision.events])
    carry(connection, now, revision.events)
    standing = {
        name: getattr(now, name) for name in ("title", "changes", "events", "rev", "last_changed_at", "edited_at")
    }
    derived = {
        "news_at": now.last_changed_at or now.first_seen_at,
        "dirty_at": stood.dirty_at or latest(false.withdrawn_at for false in revision.withdrawn),
    }
    connection.execute(update(article).where(article.c.id == was.id).values(standing | derived))
    counted = Counted(*stood[: len(COUNTED)])
    count_articles(connection, [counted], [counted._replace(changes=now.changes)])
    return True
