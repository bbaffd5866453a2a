"""A fetcher behind fences: no request leaves a process that has lost its hold on the hosts it visits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from typing import ParamSpec, TypeVar

from feedwatch.errors import StoreError
from feedwatch.model import Failed, Outcome, Request
from feedwatch.ports import Fences, Fetcher, lock_of

P = ParamSpec("P")
T = TypeVar("T")

# So often and so long in all is a host asked for that a redirect leads to and that another process visits.
TRIES = 20
BETWEEN = 0.5  # seconds


class Hold:
    """The fences of one process, on a thread of their own. They come and go with PostgreSQL."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="fences")
        self._fences: Fences | None = None

    async def begin(self, make: Callable[[], Fences]) -> None:
        self._fences = await self._run(make)

    async def end(self) -> None:
        fences, self._fences = self._fences, None
        if fences is not None:
            await self._run(fences.close)

    async def ask(self, method: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._run(partial(method, *args, **kwargs))

    @property
    def fences(self) -> Fences:
        """Raises StoreError while there are none."""
        if self._fences is None:
            raise StoreError("the fences are lost; what they guarded ends, and begins anew")
        return self._fences

    @asynccontextmanager
    async def elsewhere(self, host: str) -> AsyncIterator[bool]:
        """`host` behind its fence, where a redirect leads to it; False when another process visits it all the while."""
        fences = self.fences
        is_ours = await self.ask(fences.take, lock_of(host))
        for _ in range(0 if is_ours else TRIES):
            await asyncio.sleep(BETWEEN)
            if is_ours := await self.ask(fences.take, lock_of(host)):
                break
        try:
            yield is_ours
        finally:
            if is_ours:
                await self.ask(fences.leave, lock_of(host))

    def close(self) -> None:
        self._thread.shutdown()

    async def _run(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)


class FencedFetcher:
    """Fulfils `ports.Fetcher`. A round trip to PostgreSQL before each request, 0.2 ms beside what a request takes."""

    def __init__(self, fetcher: Fetcher, hold: Hold) -> None:
        self._fetcher = fetcher
        self._hold = hold

    async def fetch(self, request: Request) -> Outcome:
        await self._hold.ask(self._hold.fences.hold)
        return await self._fetcher.fetch(request)

    async def announce(self, hub: str, topics: Sequence[str]) -> Failed | None:
        return await self._fetcher.announce(hub, topics)  # a hub is no outlet: nobody has it for himself

    async def close(self) -> None:
        await self._fetcher.close()
