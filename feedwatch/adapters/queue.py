"""The queue: procrastinate, in the store's own PostgreSQL. It says who does which job; when, the store says.

A job is "all that is due at this host": lock and queueing lock are the host's, so one waits and one is done at most.
Nothing is enqueued for later. procrastinate gives no dead worker's jobs back; whoever calls `rescue` does.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg_pool import PoolTimeout
from sqlalchemy import make_url

from feedwatch.errors import StoreBusy, StoreError
from feedwatch.model import Due, Part
from feedwatch.ports import Work, lock_of

try:
    from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
    from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, UniqueViolation
    from procrastinate.jobs import Job, Status
    from procrastinate.manager import JobManager
    from procrastinate.schema import SchemaManager
    from procrastinate.worker import Worker
except ModuleNotFoundError as error:
    raise StoreError("workers need procrastinate: pip install 'feedwatch[cluster]'") from error

VISITS, PARTS = "visits", "parts"
HEARTBEAT = timedelta(seconds=4)
STALLED = timedelta(seconds=20)  # no heartbeat for so long: its jobs may be given back
GIVEN_UP = timedelta(minutes=5)  # no request takes so long; its fences may be broken
_KEPT_HOURS = 24  # jobs that failed
_TICKS = "* * * * * */2"
_LOCKED = 0x66656566  # an advisory lock, beside those of the store

log = logging.getLogger(__name__)


class Queue:
    """For one session of one process: opened, worked on, closed."""

    def __init__(self, url: str, work: Work, at_once: int, drain: timedelta) -> None:
        self._app = App(
            connector=PsycopgConnector(
                conninfo=_conninfo(url), min_size=1, max_size=4, timeout=10, configure=_wait_for_no_disk
            )
        )
        self._hand = JobManager(SyncPsycopgConnector())  # on connections that it is given
        _tasks(self._app, work)
        # Parts of a batch have a place of their own: they neither wait for visits nor crowd them out.
        self._workers = [
            _worker(self._app, VISITS, at_once, drain),
            _worker(self._app, PARTS, 1, drain),
        ]
        self._left: list[int] = []

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        for name in ("procrastinate", "psycopg.pool"):  # what goes wrong is told by us, once
            logging.getLogger(name).setLevel(logging.CRITICAL)
        with _explained():
            await self._app.open_async()
        try:
            yield
        finally:
            with suppress(ConnectorException, PoolTimeout, OSError):
                await self._app.close_async()

    async def work(self) -> None:
        """Until it is told to stop. Raises StoreError when the database was lost."""
        running = [
            asyncio.create_task(worker.run(), name=worker.worker_name)  # type: ignore[no-untyped-call]
            for worker in self._workers
        ]
        try:
            await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.stop()
            ended = await asyncio.gather(*running, return_exceptions=True)
            self._left = [worker.worker_id for worker in self._workers if worker.worker_id is not None]
        with _explained():
            for error in ended:
                if isinstance(error, BaseException):
                    raise error

    def stop(self, *, at_once: bool = False) -> None:
        """Take no more jobs; what is in hand is finished, or abandoned `at_once`."""
        for worker in self._workers:
            if at_once:
                worker.shutdown_graceful_timeout = 0
            worker.stop()  # type: ignore[no-untyped-call]

    @property
    def left_behind(self) -> list[int]:
        """Workers of this process that could not take their leave: they are known to be dead."""
        return self._left

    # what waits

    def hand_over(self, connection: psycopg.Connection[Any], due: Sequence[Due]) -> Collection[str]:
        """In the transaction of `connection`: a job for each host that has none. The hosts for which one waits now."""
        locks = {lock_of(one.host): one for one in due}
        waiting = _having(connection, "queueing_lock", "todo", locks)
        under_way = _having(connection, "lock", "doing", locks)
        new = [lock for lock in locks if lock not in waiting and lock not in under_way]
        jobs = [_visit(lock, locks[lock]) for lock in new]
        try:
            with connection.transaction():
                if jobs:
                    self._hand.batch_defer_jobs(jobs, connection=connection)
        except AlreadyEnqueued as error:  # a job was given back in between: the next tick sees it
            log.debug("%s", error)
            new = []
        return [locks[lock].host for lock in (*new, *waiting)]

    async def enqueue_parts(self, parts: Sequence[Part]) -> None:
        """Those that wait already are left alone."""
        for part in parts:
            lock = f"part {part.batch} {part.number}"
            job = Job(
                id=None,
                queue=PARTS,
                lock=lock,
                queueing_lock=lock,
                task_name="part",
                task_kwargs={"batch": part.batch, "number": part.number},
            )
            with _explained(), suppress(AlreadyEnqueued):
                await self._app.job_manager.defer_job_async(job)

    # the dead

    async def rescue(self, held: Callable[[list[str]], Awaitable[Collection[str]]]) -> int:
        """Give back the jobs of workers that are silent; how many. `held`: which of these fences somebody has.

        A host whose fence is held is left: its worker stands still but lives.
        """
        with _explained():
            stalled = list(
                await self._app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED.total_seconds())
            )
            alive = await held([job.lock for job in stalled if job.task_name == "visit" and job.lock])
            dead = [job for job in stalled if job.lock not in alive]
            for job in dead:
                await self._give_back(job)
            return len(dead)

    async def _give_back(self, job: Job) -> None:
        try:
            await self._app.job_manager.retry_job(job)
        except UniqueViolation:  # another waits already, that is enough
            with suppress(ConnectorException):
                await self._app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
        except ConnectorException as error:  # another process was faster
            log.debug("job %s: %s", job.id, error)

    async def long_silent(self) -> list[str]:
        """Hosts of workers that have been silent for so long that none of their requests can be under way."""
        with _explained():
            silent = await self._app.job_manager.get_stalled_jobs(seconds_since_heartbeat=GIVEN_UP.total_seconds())
            return [job.lock for job in silent if job.task_name == "visit" and job.lock]

    async def bury(self, workers: Sequence[int]) -> None:
        """They are dead for certain: what they had in hand need not wait for that to show."""
        with _explained():
            for worker in workers:
                await self._app.job_manager.unregister_worker(worker)

    async def prune(self) -> None:
        """Forget what failed long ago; jobs that were done are gone already."""
        with _explained():
            await self._app.job_manager.delete_old_jobs(
                _KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
            )


def install(url: str, *, alone: bool) -> None:
    """Procrastinate's tables, made or brought up to date, once. `alone`: no other worker needs them as they were.

    Its migrations come in pairs: the first before the first new worker, the second after the last old one.
    """
    folder = Path(SchemaManager.get_migrations_path())
    there = sorted(path.name for path in folder.glob("*.sql"))
    with _explained(), psycopg.connect(_conninfo(url), autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", [_LOCKED])
        row = connection.execute("select value from meta where key = 'queue'").fetchone()
        if row is None:
            connection.execute(SchemaManager.get_schema().encode())
            _installed(connection, there)
            return
        done = row[0].split()
        new = [name for name in there if name not in done]
        if not alone:
            new = _before_the_last_old_one_ended(new)
        for name in new:
            connection.execute((folder / name).read_bytes())
            _installed(connection, done := [*done, name])


def _before_the_last_old_one_ended(new: Sequence[str]) -> list[str]:
    """Raises StoreBusy when old workers could not go on beside new ones."""
    first = next((place for place, name in enumerate(new) if "_post_" in name), len(new))
    if any("_pre_" in name for name in new[first:]):
        raise StoreBusy("the queue's tables have changed more than once; stop the other workers, then start this one")
    return list(new[:first])


def _installed(connection: psycopg.Connection[Any], names: Sequence[str]) -> None:
    connection.execute(
        "insert into meta (key, value) values ('queue', %s) on conflict (key) do update set value = excluded.value",
        [" ".join(names)],
    )


# ------------------------------------------------------------------------------------------------------ procrastinate


def _worker(app: App, queue: str, at_once: int, drain: timedelta) -> Worker:
    return Worker(
        app,
        queues=[queue],
        name=queue,
        concurrency=at_once,
        listen_notify=queue == VISITS,
        delete_jobs="successful",
        install_signal_handlers=False,
        shutdown_graceful_timeout=drain.total_seconds(),
        fetch_job_polling_interval=2.0,
        update_heartbeat_interval=HEARTBEAT.total_seconds(),
        stalled_worker_timeout=GIVEN_UP.total_seconds(),
    )


def _tasks(app: App, work: Work) -> None:
    """Names are for all versions: a job may be begun by another than the one that made it."""

    @app.periodic(cron=_TICKS)
    @app.task(name="tick", queue=VISITS, priority=100, lock="tick", queueing_lock="tick")
    async def tick(timestamp: int) -> None:  # noqa: ARG001 - of the tick
        await work.tick()

    @app.task(name="visit", queue=VISITS)
    async def visit(host: str, due: int) -> None:  # noqa: ARG001 - for whoever looks into the queue
        await work.visit(host)

    @app.task(name="part", queue=PARTS)
    async def part(batch: str, number: int) -> None:
        await work.part(batch, number)


def _visit(lock: str, due: Due) -> Job:
    since = (due.since - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    return Job(
        id=None,
        queue=VISITS,
        lock=lock,
        queueing_lock=lock,
        task_name="visit",
        task_kwargs={"host": due.host, "due": since},
    )


def _having(connection: psycopg.Connection[Any], column: str, status: str, locks: Collection[str]) -> set[str]:
    asked = sql.SQL("select {0} from procrastinate_jobs where status = {1} and {0} = any(%s)")
    statement = asked.format(sql.Identifier(column), sql.Literal(status))
    return {name for (name,) in connection.execute(statement, [list(locks)])}


async def _wait_for_no_disk(connection: psycopg.AsyncConnection[Any]) -> None:
    """What a crash of the server takes from the queue the store tells again. (Not among the parameters of the
    connection: PgBouncer refuses it there.)
    """
    await connection.set_autocommit(True)
    await connection.execute("set synchronous_commit to off")
    await connection.set_autocommit(False)


def _conninfo(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except (ConnectorException, PoolTimeout, psycopg.Error, OSError) as error:
        said = " ".join(str(error.__cause__ or error).split())
        raise StoreError(f"the queue cannot be used; check that PostgreSQL is running ({said})") from error
