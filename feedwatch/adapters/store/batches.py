"""Work that is cut into parts, for all workers to share: what was begun, what of it is done. PostgreSQL only."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

from feedwatch.adapters.store import jobs
from feedwatch.adapters.store.tables import article, batch, part
from feedwatch.model import Batch, Part

_KEPT = timedelta(days=7)
_PART = (part.c.batch, part.c.number, part.c.first, part.c.last)


def begin(connection: Connection, new: Batch, parts: Sequence[Part]) -> None:
    row = {"id": new.id, "kind": new.kind, "arguments": new.arguments, "made_at": new.made_at}
    connection.execute(insert(batch).values(row))
    rows = [
        {"batch": one.batch, "number": one.number, "first": one.first, "last": one.last, "result": ""} for one in parts
    ]
    connection.execute(insert(part), rows)


def unfinished(connection: Connection, kind: str, arguments: str) -> Batch | None:
    asked = (
        select(batch.c.id)
        .join(part, part.c.batch == batch.c.id)
        .where(batch.c.kind == kind, batch.c.arguments == arguments, part.c.done_at.is_(None))
    )
    found = connection.scalar(asked.limit(1))
    return None if found is None else batch_of(connection, found)


def batch_of(connection: Connection, number: str) -> Batch:
    row = connection.execute(select(batch).where(batch.c.id == number)).one()
    parts = connection.scalar(select(func.count()).select_from(part).where(part.c.batch == number)) or 0
    done = select(part.c.result).where(part.c.batch == number, part.c.done_at.is_not(None)).order_by(part.c.number)
    return Batch(row.id, row.kind, row.arguments, row.made_at, parts, tuple(connection.scalars(done)))


def part_of(connection: Connection, of: str, number: int) -> tuple[Batch, Part] | None:
    """None when it is done."""
    asked = select(*_PART).where(part.c.batch == of, part.c.number == number, part.c.done_at.is_(None))
    row = connection.execute(asked).one_or_none()
    return None if row is None else (batch_of(connection, of), Part(*row))


def finish(connection: Connection, done: Part, result: str, now: datetime) -> None:
    here = (part.c.batch == done.batch, part.c.number == done.number, part.c.done_at.is_(None))
    connection.execute(update(part).where(*here).values(done_at=now, result=result))


def stray(connection: Connection) -> list[Part]:
    """Parts that are not done and that no job is about: it was abandoned with its worker."""
    parts = [Part(*row) for row in connection.execute(select(*_PART).where(part.c.done_at.is_(None)))]
    locks = [lock_of(one) for one in parts]
    with_job = jobs.waiting(connection, locks) | jobs.under_way(connection, locks) if parts else set()
    return [one for one in parts if lock_of(one) not in with_job]


def forget(connection: Connection, now: datetime) -> None:
    old = select(batch.c.id).where(batch.c.made_at < now - _KEPT)
    connection.execute(delete(part).where(part.c.batch.in_(old)))
    connection.execute(delete(batch).where(batch.c.made_at < now - _KEPT))


def edited_between(connection: Connection, sources: Collection[str], first: str, last: str) -> list[str]:
    asked = select(article.c.id).where(
        article.c.id.between(first, last), article.c.source.in_(sorted(sources)), article.c.versions > 1
    )
    return sorted(connection.scalars(asked))


def lock_of(one: Part) -> str:
    """The name of its job's locks."""
    return f"part {one.batch} {one.number}"
