"""Many machines, one store: workers share the hosts among themselves, around the same visits that the daemon makes.

The store says what is due; the queue says who does it; a fence for each host makes sure that nobody else does. A job is
"all that is due at this host". Nothing is enqueued for later, and what a dead worker had in hand is given back by every
other one's loop.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import os
import secrets
import signal
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from sqlalchemy import make_url

from feedwatch import __version__
from feedwatch.config import Config
from feedwatch.errors import FeedwatchError, StoreBusy, StoreError, UsageError
from feedwatch.model import Worker
from feedwatch.ports import SharedStore
from feedwatch.running.app import (
    App,
    install_queue,
    open_fences,
    open_queue,
    open_store,
    open_sweeper,
    opened,
    utc_now,
)
from feedwatch.running.fenced import FencedFetcher, Hold
from feedwatch.running.housekeeping import tidy
from feedwatch.running.jobs import Jobs
from feedwatch.running.lock import WRITER
from feedwatch.running.sweeps import Sweeps

if TYPE_CHECKING:
    from feedwatch.ports import Queue

log = logging.getLogger(__name__)

WATCH = timedelta(seconds=2)
PUBLISH = timedelta(seconds=3)
UPKEEP = timedelta(seconds=4)
PRUNE = timedelta(hours=1)
DRAIN = timedelta(seconds=15)  # as the daemon's
RETRY = timedelta(seconds=3)
QUIET = timedelta(minutes=1)  # trouble of one kind is told once in so long
# What is due is due by the clock of whoever asks.
CLOCKS_APART = timedelta(seconds=30)
SILENT = timedelta(seconds=20)  # a worker that was not seen for so long is at work no more


def run_worker(config: Config) -> None:
    """Until SIGTERM or SIGINT; a second one ends at once. Raises StoreBusy beside a daemon or another configuration."""
    if make_url(config.store).get_backend_name() != "postgresql":
        raise UsageError(
            "workers share a store on PostgreSQL; `feedwatch store copy` moves this one there. On one machine "
            "`feedwatch run` does the same work"
        )

    async def work() -> None:
        hold = Hold()
        async with opened(config, utc_now, examined=None, elsewhere=hold.elsewhere) as app:
            await Workman(app, hold).run()

    asyncio.run(work())


class Workman:
    """One process: sessions, one after the other, each with its fences and its place in the queue."""

    def __init__(self, app: App, hold: Hold, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._hold = hold
        self._app = replace(app, fetcher=FencedFetcher(app.fetcher, hold))
        self._store = cast("SharedStore", app.store)
        self._monotonic = monotonic
        self._told: dict[type[FeedwatchError], float] = {}
        self._jobs = Jobs(self._app, self._store, self._hold, self._careful, monotonic)
        self._queue: Queue | None = None
        self._dead: list[int] = []  # places in the queue that this process had and could not give up
        self._pruned = float("-inf")
        now = app.now()
        # A container that is started again has the same name and number of process as before.
        me = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"
        self._me = Worker(me, __version__, config_sha(app.config), now, now)

    async def run(self) -> None:
        self._listen()
        await self._enlist()
        log.info("worker %s shares %s", self._me.id, self._app.config.site.title)
        try:
            while not self._app.stop.is_set():
                try:
                    await self._session()
                except StoreBusy:
                    raise
                except StoreError as error:
                    self._tell(error)
                    await self._wait(RETRY)
        finally:
            with suppress(StoreError):
                await self._report(ended=True)
            self._hold.close()

    def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(sign, self._stop)
        loop.set_exception_handler(_quietly)

    def _stop(self) -> None:
        if self._app.stop.is_set():
            os._exit(0)  # every write is a transaction or a rename: nothing is half done
        log.info("finishing what is in hand; once more to stop at once")
        self._app.stop.set()

    async def _enlist(self) -> None:
        app, store = self._app, self._store
        apart = await app.ask(store.clock) - app.now()
        if abs(apart) > CLOCKS_APART:
            raise UsageError(
                f"this clock and PostgreSQL's are {abs(apart)} apart; all workers need one time: set both by NTP"
            )
        await app.ask(store.enlist, self._me, app.now() - SILENT)
        alone = not any(one.id != self._me.id and is_at_work(one, app.now()) for one in await app.ask(store.workers))
        await asyncio.to_thread(install_queue, app.config, alone=alone)
        if await app.ask(store.memo, "listed by") != self._me.config_sha:
            sources = await app.ask(store.sources)
            await app.ask(store.raise_listings, ["", *(source.slug for source in sources)])
            await app.ask(store.keep_memo, "listed by", self._me.config_sha)

    # sessions

    async def _session(self) -> None:
        """Until told to stop. Raises StoreError when PostgreSQL was lost, and with it fences and place in the queue."""
        config = self._app.config
        await self._hold.begin(lambda: open_fences(config))
        try:
            if not await self._hold.ask(self._hold.fences.share, WRITER):
                raise StoreBusy("a daemon is at work on this store (`feedwatch run`); stop it first")
            self._queue = queue = open_queue(config, self._jobs.work, DRAIN)
            self._jobs.begin(queue.hand_over)
            async with queue.opened():
                await queue.bury(self._dead)
                self._dead.clear()
                async with self._sweeps() as sweeps:
                    await self._at_work(queue, sweeps)
        finally:
            await self._hold.end()

    @asynccontextmanager
    async def _sweeps(self) -> AsyncIterator[Sweeps]:
        """With a store and a thread of their own, so that a locked row is never waited for by who has locked it."""
        config, app = self._app.config, self._app
        thread = ThreadPoolExecutor(1, thread_name_prefix="publishing")
        store = cast("SharedStore", await asyncio.to_thread(open_store, config, app.now()))
        sweeps = Sweeps(replace(app, store=store, thread=thread), store, open_sweeper(config))
        try:
            yield sweeps
        finally:
            with suppress(StoreError):
                await sweeps.close()
            store.close()
            thread.shutdown()

    async def _at_work(self, queue: Queue, sweeps: Sweeps) -> None:
        working = asyncio.create_task(queue.work())
        watching = asyncio.create_task(self._watch())
        stopping = asyncio.create_task(self._app.stop.wait())
        beside = [
            watching,
            asyncio.create_task(self._every(PUBLISH, sweeps.sweep)),
            asyncio.create_task(self._every(UPKEEP, self._upkeep)),
        ]
        try:
            await asyncio.wait([working, stopping, *beside], return_when=asyncio.FIRST_COMPLETED)
            queue.stop(at_once=not stopping.done())
            await working
            for task in beside:
                if task.done():
                    task.result()  # raises what ended it
        finally:
            stopping.cancel()
            for task in beside:
                task.cancel()
            await asyncio.gather(working, stopping, *beside, return_exceptions=True)
            self._dead += queue.left_behind
        if self._app.stop.is_set():
            await self._careful(sweeps.sweep)
        else:
            raise StoreError("the place in the queue was lost; it is taken anew")

    async def _watch(self) -> None:
        """Ends with an error when the fences are lost."""
        while True:
            await asyncio.sleep(WATCH.total_seconds())
            await self._hold.ask(self._hold.fences.hold)

    async def _every(self, wait: timedelta, job: Callable[[], Awaitable[object]]) -> None:
        while True:
            await self._careful(job)
            await asyncio.sleep(wait.total_seconds())

    # upkeep

    async def _upkeep(self) -> None:
        """Every worker's loop, never a job: a job would have to be rescued itself."""
        app, hold, queue = self._app, self._hold, self._queue
        await self._report()
        await self._jobs.release_late()
        assert queue is not None  # noqa: S101 - within a session
        await self._rescue(queue)
        await queue.enqueue_parts(await app.ask(self._store.stray_parts))
        if self._monotonic() - self._pruned >= PRUNE.total_seconds() and await hold.ask(hold.fences.take, "prune"):
            try:
                self._pruned = self._monotonic()
                await queue.prune()
                await app.ask(self._store.forget_workers, app.now())
                await tidy(app)
            finally:
                await hold.ask(hold.fences.leave, "prune")

    async def _rescue(self, queue: Queue) -> None:
        """Two may do it at once: what is given back twice is met by the fence. (A lock could be a dead one's.)"""
        hold = self._hold
        if silent := await queue.long_silent():
            await hold.ask(hold.fences.break_up, silent)
        if many := await queue.rescue(lambda locks: hold.ask(hold.fences.held, locks)):
            log.warning("%d jobs of dead workers were given back", many)
            await self._app.ask(self._store.count_rescued, self._me.id, many)

    async def _report(self, *, ended: bool = False) -> None:
        app, tallies = self._app, self._app.tallies
        now = app.now()
        me = replace(
            self._me,
            seen_at=now,
            ended_at=now if ended else None,
            polls=tallies.polls,
            checks=tallies.checks,
            changes=tallies.changes,
            published=tallies.published,
        )
        await app.ask(self._store.report, me)

    # trouble

    async def _careful(self, job: Callable[..., Awaitable[object]], *args: object) -> None:
        try:
            await job(*args)
        except FeedwatchError as error:
            self._tell(error)

    def _tell(self, error: FeedwatchError) -> None:
        """Once a minute."""
        now, kind = self._monotonic(), type(error)
        if now - self._told.get(kind, float("-inf")) >= QUIET.total_seconds():
            self._told[kind] = now
            log.error("%s", error)

    async def _wait(self, length: timedelta) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(length.total_seconds()):
                await self._app.stop.wait()


def config_sha(config: Config) -> str:
    """Of what all workers of a store must agree on; where things lie and how much is done at once is each one's own."""
    agreed = config.model_dump(mode="json")
    for section, keys in (("site", ["output"]), ("fetch", ["workers", "hosts_at_once"])):
        for key in keys:
            del agreed[section][key]
    del agreed["store"]
    return hashlib.sha256(json.dumps(agreed, sort_keys=True).encode()).hexdigest()[:16]


def is_at_work(worker: Worker, now: datetime) -> bool:
    return worker.ended_at is None and now - worker.seen_at < SILENT


def _quietly(_: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    """Procrastinate lets go of jobs whose end it could not write down; that is told where the database's loss is."""
    log.debug("%s: %s", context.get("message"), context.get("exception"))
