"""The store as many processes share it: who takes which host, what lists articles, who is at work. PostgreSQL only."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Text,
    and_,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql

from feedwatch.adapters.store import batches, jobs, work
from feedwatch.adapters.store.columns import Moment
from feedwatch.adapters.store.opening import Mode
from feedwatch.adapters.store.rows import values
from feedwatch.adapters.store.store import SqlStore
from feedwatch.adapters.store.tables import article, host, listing, meta, restated, worker
from feedwatch.errors import StoreBusy
from feedwatch.model import Batch, Crew, Due, Feed, Part, Queued, Source, Worker

# Called with the transaction's own connection of psycopg; tells which hosts are in the queue now.
HandOver = Callable[[Any, Sequence[Due]], Collection[str]]

_WORKER = [worker.c[field.name] for field in fields(Worker)]
SILENT = timedelta(seconds=20)  # a worker that was not seen for so long is at work no more
_KEPT = timedelta(days=1)  # what a worker that ended has done
_RESCUED = "memo rescued"
_CLOCK = text("select cast(extract(epoch from clock_timestamp()) * 1000000 as bigint) as now").columns(now=Moment)
_ENLISTING = 0x66656565  # an advisory lock, beside the one for migrating


class SharedStore(SqlStore):
    """Fulfils `ports.SharedStore`."""

    def clock(self) -> datetime:
        with self._in(Mode.READ) as connection:
            now: datetime = connection.execute(_CLOCK).scalar_one()
            return now

    def enrol(self, sources: Sequence[Source], feeds: Sequence[Feed]) -> None:
        """One after the other: workers that start together have the same ones."""
        with self._in(Mode.RECORD) as connection:
            _lock(connection)
            work.enrol(connection, sources, feeds)

    # hosts

    def claim_due(
        self, now: datetime, limit: int, lease: timedelta, hand_over: HandOver, after: Due | None = None
    ) -> Sequence[Due]:
        """Hand over hosts that are due, the longest due first; those that are in the queue then are not due before the
        end of the lease, so that they are not asked about with each tick. Those that were found: the next portion is
        `after` the last, for some of them may be due still.
        """
        is_due = and_(host.c.next_due_at <= now, or_(host.c.not_before.is_(None), host.c.not_before <= now))
        due = (
            select(host.c.name, host.c.next_due_at)
            .where(is_due)
            .order_by(host.c.next_due_at, host.c.name)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        if after is not None:
            is_later = or_(host.c.next_due_at > after.since, host.c.name > after.host)
            due = due.where(host.c.next_due_at >= after.since, is_later)
        with self._in(Mode.WRITE) as connection:
            found = [Due(*row) for row in connection.execute(due)]
            if found:
                taken = hand_over(connection.connection.driver_connection, found)
                leased = update(host).where(host.c.name.in_(taken))
                connection.execute(leased.values(next_due_at=now + lease))
            return found

    def release(self, name: str, not_before: datetime) -> None:
        """A visit is over: the host is due again when something there is, and its pause is over."""
        with self._in(Mode.WRITE) as connection:
            work.refresh_hosts(connection, {name})
            least = literal(not_before, Moment)
            later = case((host.c.not_before > least, host.c.not_before), else_=least)
            connection.execute(update(host).where(host.c.name == name).values(not_before=later))

    def put_off(self, name: str, until: datetime) -> None:
        """Nobody need ask for the host before."""
        with self._in(Mode.WRITE) as connection:
            connection.execute(update(host).where(host.c.name == name).values(next_due_at=until))

    def queued(self) -> Queued | None:
        """None where no worker has been yet."""
        with self._in(Mode.READ) as connection:
            return jobs.queued(connection)

    # publishing

    def raise_listings(self, slugs: Iterable[str]) -> None:
        """These are to be written anew."""
        with self._in(Mode.WRITE) as connection:
            raise_listings(connection, slugs)

    def mark_dirty(self, articles: Collection[str]) -> None:
        """These are to be written anew, whatever was written of them."""
        with self._in(Mode.WRITE) as connection:
            anew = update(article).where(article.c.id.in_(sorted(articles)))
            since = func.coalesce(article.c.dirty_at, article.c.news_at)
            connection.execute(anew.values(published_rev=-1, dirty_at=since))

    def mark_range_dirty(self, first: str, last: str) -> int:
        with self._in(Mode.WRITE) as connection:
            since = func.coalesce(article.c.dirty_at, article.c.news_at)
            anew = update(article).where(article.c.id.between(first, last)).values(published_rev=-1, dirty_at=since)
            return connection.execute(anew).rowcount

    # batches

    def begin_batch(self, new: Batch, parts: Sequence[Part]) -> None:
        with self._in(Mode.RECORD) as connection:
            batches.begin(connection, new, parts)

    def unfinished_batch(self, kind: str, arguments: str) -> Batch | None:
        with self._in(Mode.READ) as connection:
            return batches.unfinished(connection, kind, arguments)

    def batch(self, number: str) -> Batch:
        with self._in(Mode.READ) as connection:
            return batches.batch_of(connection, number)

    def part(self, of: str, number: int) -> tuple[Batch, Part] | None:
        """None when it is done."""
        with self._in(Mode.READ) as connection:
            return batches.part_of(connection, of, number)

    def finish_part(self, done: Part, result: str, now: datetime) -> None:
        with self._in(Mode.RECORD) as connection:
            batches.finish(connection, done, result, now)

    def stray_parts(self) -> list[Part]:
        """Those that are not done and that no job is about."""
        with self._in(Mode.READ) as connection:
            return batches.stray(connection)

    def edited_between(self, sources: Collection[str], first: str, last: str) -> list[str]:
        """Ids of the articles with more than one version, in order."""
        with self._in(Mode.READ) as connection:
            return batches.edited_between(connection, sources, first, last)

    # workers

    def enlist(self, new: Worker, since: datetime) -> None:
        """Raises StoreBusy beside a worker with another configuration that was seen `since` then."""
        others = select(worker.c.id).where(
            worker.c.ended_at.is_(None), worker.c.seen_at >= since, worker.c.config_sha != new.config_sha
        )
        with self._in(Mode.RECORD) as connection:
            _lock(connection)
            if other := connection.scalar(others.limit(1)):
                raise StoreBusy(
                    f"the worker {other} has another configuration; all workers of a store share one: stop the others "
                    "first, or give this one the same config.yaml"
                )
            connection.execute(insert(worker), values(new))

    def report(self, of: Worker) -> None:
        with self._in(Mode.WRITE) as connection:
            kept = values(of, but=["rescued"])
            connection.execute(update(worker).where(worker.c.id == of.id).values(kept))

    def count_rescued(self, by: str, many: int) -> None:
        with self._in(Mode.WRITE) as connection:
            connection.execute(update(worker).where(worker.c.id == by).values(rescued=worker.c.rescued + many))
            total = postgresql.insert(meta).values(key=_RESCUED, value=str(many))
            grown = cast(cast(meta.c.value, BigInteger) + many, Text)
            connection.execute(total.on_conflict_do_update(index_elements=["key"], set_={"value": grown}))

    def workers(self) -> list[Worker]:
        with self._in(Mode.READ) as connection:
            return [Worker(*row) for row in connection.execute(select(*_WORKER).order_by(worker.c.started_at))]

    def crew(self, now: datetime) -> Crew | None:
        at_work = select(*_WORKER).where(worker.c.ended_at.is_(None), worker.c.seen_at > now - SILENT)
        waiting = select(func.min(host.c.next_due_at)).where(
            host.c.next_due_at <= now, or_(host.c.not_before.is_(None), host.c.not_before <= now)
        )
        with self._in(Mode.READ) as connection:
            queued = jobs.queued(connection)
            if queued is None:
                return None
            first = min(
                (moment for moment in (queued.oldest_due_at, connection.scalar(waiting)) if moment), default=now
            )
            rescued = connection.scalar(select(meta.c.value).where(meta.c.key == _RESCUED))
            workers = tuple(Worker(*row) for row in connection.execute(at_work.order_by(worker.c.started_at)))
        return Crew(workers, queued, max(now - first, timedelta(0)), int(rescued or 0))

    def forget_workers(self, now: datetime) -> None:
        with self._in(Mode.WRITE) as connection:
            connection.execute(delete(worker).where(worker.c.seen_at < now - _KEPT))
            batches.forget(connection, now)


def _lock(connection: Connection) -> None:
    connection.execute(text(f"select pg_advisory_xact_lock({_ENLISTING})"))


def raise_listings(connection: Connection, slugs: Iterable[str]) -> None:
    statement = postgresql.insert(listing)
    raised = statement.on_conflict_do_update(index_elements=["slug"], set_={"rev": listing.c.rev + 1})
    # In one order everywhere: no deadlock.
    rows = [{"slug": slug, "rev": 1, "published_rev": 0} for slug in sorted(set(slugs))]
    if rows:
        connection.execute(raised, rows)


def restate(connection: Connection, pairs: Collection[tuple[str, str]]) -> None:
    """`pairs`: of a listing and an article."""
    if pairs:
        rows = [{"listing": slug, "article": number} for slug, number in sorted(pairs)]
        connection.execute(postgresql.insert(restated).on_conflict_do_nothing(), rows)
