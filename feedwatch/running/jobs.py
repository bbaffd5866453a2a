"""What the queue's jobs are done by: the tick that makes them, and a visit behind the host's fence.

No job raises: its errors are told, and what it was about stays due in the store.
"""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

from feedwatch.config import Config
from feedwatch.errors import OutputError, StoreBusy, StoreError, UsageError, WorkersDown
from feedwatch.model import Due, Part
from feedwatch.ports import SharedStore, Work, lock_of
from feedwatch.running.app import App
from feedwatch.running.clock import follow_clock
from feedwatch.running.exporting import export_part
from feedwatch.running.fenced import Hold
from feedwatch.running.recheck import recheck_articles
from feedwatch.running.visit import visit

log = logging.getLogger(__name__)

# So many hosts wait in the queue at most: what else is due stays in the store, the longest due first, and a worker's
# looking for a job stays quick.
DEPTH = 1000
# So many hosts become jobs in one transaction.
PORTION = 25
# A claimed host that nobody came to is due again after so long: its job was lost with the queue.
LEASE = timedelta(minutes=5)
# As the daemon's: so long nothing is tried after the store or the workers for pages failed.
REST = timedelta(seconds=15)
# Somebody else is at the host, who stands still or is about to leave.
BUSY = timedelta(seconds=10)

Careful = Callable[..., Awaitable[None]]
HandOver = Callable[[Any, Sequence[Due]], Collection[str]]


class Jobs:
    """For one process, whatever becomes of its place in the queue."""

    def __init__(
        self, app: App, store: SharedStore, hold: Hold, careful: Careful, monotonic: Callable[[], float]
    ) -> None:
        self._app, self._store, self._hold = app, store, hold
        self._monotonic, self._resting_until = monotonic, float("-inf")
        self._hand_over: HandOver = lambda _connection, _due: ()
        self._careful = careful  # awaits a function, and tells its error
        self._at: set[str] = set()  # hosts: to one process its own fence is no hindrance
        self._unreleased: set[str] = set()  # hosts whose visit ended with the store
        self.work = Work(self._tick, self._visit, self._part)

    def begin(self, hand_over: HandOver) -> None:
        """Anew, with another place in the queue."""
        self._hand_over, self._resting_until = hand_over, float("-inf")

    async def _tick(self) -> None:
        await self._careful(self._claim)

    async def _claim(self) -> None:
        """What is due becomes jobs, so many as the queue is short of. Portion by portion: checks ask the store between
        two, and the first host is visited before the last one has its job.
        """
        app, store = self._app, self._store
        await follow_clock(app)
        queued = await app.ask(store.queued)
        if queued is None or queued.hosts_waiting >= DEPTH:
            return
        # Hosts that are visited may be due again already; they are no more than that.
        wanted = DEPTH - queued.hosts_waiting + queued.hosts_visited
        now, last = app.now(), None
        while wanted > 0 and not app.stop.is_set():
            portion = min(wanted, PORTION)
            found = await app.ask(store.claim_due, now, portion, LEASE, self._hand_over, last)
            if len(found) < portion:
                return
            wanted, last = wanted - portion, found[-1]

    async def _visit(self, host: str) -> None:
        is_over = False
        try:
            await self._careful(self._ended, host)
            is_over = True
        finally:
            if not is_over:
                self._unreleased.add(host)

    async def _ended(self, host: str) -> None:
        """A visit that could not say that it is over says so later: nobody waits for the end of its lease."""
        try:
            await self._minded(host)
        except StoreError:
            self._unreleased.add(host)
            raise

    async def release_late(self) -> None:
        """What visits owe to the store since it was lost."""
        for host in sorted(self._unreleased - self._at):
            await self._app.ask(self._store.release, host, self._app.now() + BUSY)
            self._unreleased.discard(host)

    async def _minded(self, host: str) -> None:
        """Nothing is fetched while it cannot be stored or read; after a while one visit tries it."""
        app, now = self._app, self._monotonic()
        if now < self._resting_until or app.stop.is_set():
            return await app.ask(self._store.put_off, host, app.now() if app.stop.is_set() else app.now() + BUSY)
        try:
            return await self._visited(host)
        except StoreBusy:  # a row that somebody has who stands still; that is about one host
            raise
        except (StoreError, WorkersDown):
            self._resting_until = now + REST.total_seconds()
            raise

    async def _visited(self, host: str) -> None:
        """One visit behind the fence. Whatever ends it, the host is due again when something there is."""
        app, store, hold = self._app, self._store, self._hold
        fences = hold.fences
        if host in self._at or not await hold.ask(fences.take, lock_of(host)):
            return await app.ask(store.put_off, host, app.now() + BUSY)
        self._at.add(host)
        try:
            app.troubles.clear()  # another may have told of one, or of its end
            app.calm.clear()
            known = await app.ask(store.host, host)
            if known.not_before is None or known.not_before <= app.now():
                await visit(app, known)
        finally:
            try:
                await app.ask(store.release, host, app.now() + app.visited.pop(host, timedelta(0)))
            finally:
                try:
                    await hold.ask(fences.leave, lock_of(host))
                finally:
                    self._at.discard(host)
        return None

    async def _part(self, batch: str, number: int) -> None:
        await self._careful(self._parted, batch, number)

    async def _parted(self, batch: str, number: int) -> None:
        """One part of a batch. Abandoned, it is begun anew: all that parts do may be done twice."""
        app, store = self._app, self._store
        found = await app.ask(store.part, batch, number)
        if found is None or app.stop.is_set():
            return
        whole, part = found
        arguments = json.loads(whole.arguments)
        result: dict[str, Any]
        match whole.kind:
            case "publish":
                result = {"articles": await app.ask(store.mark_range_dirty, part.first, part.last)}
            case "recheck":
                articles = await app.ask(store.edited_between, arguments["sources"], part.first, part.last)
                result = vars(await recheck_articles(app, articles, because=arguments["because"]))
            case "export":
                result = await asyncio.to_thread(_exported, app.config, arguments, part)
            case kind:  # of a later version, whose workers do it
                log.info("a batch of kind %s is left to newer workers", kind)
                return
        await app.ask(store.finish_part, part, json.dumps(result), app.now())


def _exported(config: Config, arguments: Mapping[str, Any], part: Part) -> dict[str, Any]:
    """A folder that cannot be written or an extra that is missing here stays so: who asked is told, and can go on."""
    try:
        return {"written": export_part(config, arguments, part)}
    except (OutputError, UsageError) as error:
        return {"problem": f"{socket.gethostname()}: {error}"}
