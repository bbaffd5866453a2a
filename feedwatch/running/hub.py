"""Tells a WebSub hub which feeds were written, so that subscribers get a change within seconds.

Never in the way of publishing: feeds are named to the hub by a task of its own, after they were written, many in one
request; what the hub does not take is named again later, and a queue that grows too long loses its oldest.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import PurePosixPath

from feedwatch.ports import Fetcher
from feedwatch.showing import paths

log = logging.getLogger(__name__)

AT_ONCE = 50  # feeds in one request: about 5 KB
WAITING = 20_000  # feeds that wait at most; a hub that is down for days asks for the feeds itself when it is back
FIRST_REST, LONGEST_REST = timedelta(minutes=1), timedelta(hours=1)  # after a failure, doubled each time
LAST = timedelta(seconds=5)  # for what is left when the work ends


class Hub:
    def __init__(
        self,
        fetcher: Fetcher,
        address: str,
        base_url: str,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._fetcher = fetcher
        self._address = address
        self._base_url = base_url
        self._sleep = sleep
        self._waiting: dict[str, None] = {}  # in the order in which they were written
        self._rest = timedelta(0)
        self._is_resting = False
        self._task: asyncio.Task[None] | None = None

    def wrote(self, path: PurePosixPath) -> None:
        """To be called when a file was written; of what is no feed nothing is told."""
        if not paths.is_feed(path):
            return
        self._waiting[paths.url(self._base_url, path)] = None
        if len(self._waiting) > WAITING:
            del self._waiting[next(iter(self._waiting))]
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._tell())

    async def finish(self) -> None:
        """Name what is left, for a few seconds; a hub that does not answer is not waited for."""
        task, self._task = self._task, None
        if task is None:
            return
        if not self._is_resting:
            await asyncio.wait([task], timeout=LAST.total_seconds())
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    async def _tell(self) -> None:
        while self._waiting:
            topics = list(self._waiting)[:AT_ONCE]
            for topic in topics:  # one that is written once more meanwhile is named once more
                del self._waiting[topic]
            failed = await self._fetcher.announce(self._address, topics)
            if failed is None:
                if self._rest:
                    log.info("the hub takes feeds again")
                self._rest = timedelta(0)
                continue
            if not self._rest:
                log.warning("the hub was not told of %d feeds, they wait: %s", len(topics), failed.detail)
            self._waiting = dict.fromkeys([*topics, *self._waiting])
            self._rest = min(max(2 * self._rest, FIRST_REST), LONGEST_REST)
            self._is_resting = True
            try:
                await self._sleep(self._rest.total_seconds())
            finally:
                self._is_resting = False
