"""One machine, day and night: APScheduler's few jobs, signals, an orderly end.

The store holds the schedule; these jobs only ask it what is due.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from feedwatch.config import Config
from feedwatch.errors import FeedwatchError, StoreError, WorkersDown
from feedwatch.running.app import App, Tallies, opened, utc_now
from feedwatch.running.clock import follow_clock
from feedwatch.running.housekeeping import tidy
from feedwatch.running.lock import only_writer
from feedwatch.running.publish import publish
from feedwatch.running.visit import Rounds

log = logging.getLogger(__name__)

TICK = timedelta(seconds=2)
PUBLISH = timedelta(seconds=10)
REPORT = timedelta(hours=1)
SOON = timedelta(minutes=1)  # the first report, for whoever has just begun it and looks on
TIDY = timedelta(hours=1)  # it is asked whether a day is over
DRAIN = timedelta(seconds=15)  # systemd and docker kill after 10 to 90 s; one request may take 30
QUIET = timedelta(minutes=1)  # trouble of one kind is told once in so long
# Nothing is fetched while it cannot be stored; so often a write is tried. Should there be room for that one only, a
# host is asked in vain once in so long.
RETRY = timedelta(seconds=15)


def run_daemon(config: Config, told: Callable[[Tallies], None] = lambda _: None) -> None:
    """Until SIGTERM or SIGINT; a second one ends at once."""

    async def work() -> None:
        async with opened(config, utc_now, told=told, examined=None) as app:
            await Daemon(app).run()

    with only_writer(config.store):
        asyncio.run(work())


class Daemon:
    def __init__(self, app: App, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._monotonic = monotonic  # nobody sets it, as they set the time of day
        self._rounds = Rounds(app)
        self._told: dict[object, float] = {}
        self._stuck_until: float | None = None
        self._ticking, self._publishing = asyncio.Lock(), asyncio.Lock()

    async def run(self) -> None:
        self._listen()
        # A job that is still at it is not begun again: no operator can do anything about that.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        first = datetime.now(UTC)
        jobs = ((self._tick, TICK), (self._publish, PUBLISH), (self._report, REPORT), (self._tidy, TIDY))
        for job, every in jobs:
            begin = first + SOON if job == self._report else first  # at once there is nothing to tell
            scheduler.add_job(job, "interval", seconds=every.total_seconds(), next_run_time=begin)
        scheduler.start()
        log.info(
            "watching; sources: %d; the site is in %s", len(self._app.config.sources), self._app.config.site.output
        )
        await self._app.stop.wait()
        scheduler.remove_all_jobs()  # shutting it down would cancel the jobs that run
        await self._drain()
        scheduler.shutdown(wait=False)

    def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(sign, self._stop)

    def _stop(self) -> None:
        if self._app.stop.is_set():
            os._exit(0)  # every write is a transaction or a rename: nothing is half done
        log.info("finishing what is in hand; once more to stop at once")
        self._app.stop.set()

    async def _drain(self) -> None:
        try:
            async with asyncio.timeout(DRAIN.total_seconds()):
                async with self._ticking:
                    await self._careful(self._rounds.wait_for_all)
                await self._publish()
        except TimeoutError:
            log.warning("not finished within %d s: what is left is due at the next start", DRAIN.total_seconds())
        await self._rounds.abandon()

    async def _tick(self) -> None:
        async with self._ticking:
            if not self._app.stop.is_set():
                await self._careful(self._rounds.collect)
                await self._careful(self._start_due)

    async def _start_due(self) -> None:
        """New visits, unless the store could not be written; then, once no visit is out, a write must succeed first."""
        if self._stuck_until is not None:
            if self._rounds.are_out or self._monotonic() < self._stuck_until:
                return
            store = self._app.store
            for host in await self._app.ask(store.due_hosts, self._app.now(), 1):
                await self._app.ask(store.save_host, host)
            if self._is_news("written again"):
                log.info("the store can be written again")
            self._stuck_until = None
        await follow_clock(self._app)
        await self._rounds.start_due()

    async def _publish(self) -> None:
        async with self._publishing:
            await self._careful(publish, self._app)

    async def _tidy(self) -> None:
        await self._careful(tidy, self._app)

    async def _careful(self, job: Callable[..., Awaitable[object]], *args: object) -> None:
        """An error of the store or the output is told at most once a minute; the next ticks try again."""
        try:
            await job(*args)
        except FeedwatchError as error:
            if isinstance(error, StoreError | WorkersDown):
                self._stuck_until = self._monotonic() + RETRY.total_seconds()
            if self._is_news(type(error)):
                log.error("%s", error)  # noqa: TRY400 - the text says it all

    def _is_news(self, what: object) -> bool:
        """Not what was told a moment ago: a disk that is nearly full takes one write, refuses the next, and so on."""
        now = self._monotonic()
        if now - self._told.get(what, float("-inf")) < QUIET.total_seconds():
            return False
        self._told[what] = now
        return True

    async def _report(self) -> None:
        tallies = self._app.tallies
        log.info(
            "so far: polls %d (failed %d), articles found %d, checks %d (failed %d), changes %d, files written %d",
            tallies.polls,
            tallies.polls_failed,
            tallies.found,
            tallies.checks,
            tallies.checks_failed,
            tallies.changes,
            tallies.published,
        )
