"""One request at a time to a host, and a pause after each.

The rule: nobody holds two turns, so no two visits can wait for each other.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from feedwatch.adapters.fetch.wire import IDLE, Line
from feedwatch.ports import Elsewhere

IDLE_LINES = 64  # clients kept for hosts that are not being asked for anything


class BusyError(Exception):
    """The host's turn did not come in time."""


@dataclass(slots=True, eq=False)
class Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0  # visits that hold or want the turn
    ended: float | None = None  # when the last request was over
    pause: float = 0.0  # what was asked for after it
    line: Line | None = None


class Manners:
    def __init__(
        self,
        open_line: Callable[[str], Line],
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[object]],
        max_pause: timedelta | None,
        elsewhere: Elsewhere | None,
    ) -> None:
        self._open_line = open_line
        self._monotonic = monotonic
        self._sleep = sleep
        self._max_pause = max_pause
        self._elsewhere = elsewhere or _unfenced
        self._hosts: OrderedDict[str, Host] = OrderedDict()  # the longest idle first

    @asynccontextmanager
    async def turn(self, name: str, host: str, pause: timedelta, patience: float | None) -> AsyncIterator[Line]:
        """`host`'s client, for one request. `patience`: seconds to wait for the turn, then BusyError.

        None: no end, as at the host that is visited. Any other a redirect led to, and another process may be there.
        """
        async with (_unfenced if patience is None else self._elsewhere)(name) as is_free:
            if not is_free:
                raise BusyError
            async with self._turn(name, host, pause, patience) as line:
                yield line

    @asynccontextmanager
    async def _turn(self, name: str, host: str, pause: timedelta, patience: float | None) -> AsyncIterator[Line]:
        entry = self._hosts.setdefault(name, Host())
        entry.waiting += 1
        try:
            await _acquire(entry.lock, patience)
            try:
                await self._rest(entry, pause)
                entry.line = entry.line or self._open_line(host)
                try:
                    yield entry.line
                finally:
                    entry.ended = self._monotonic()
                    self._hosts.move_to_end(name)
            finally:
                entry.lock.release()
        finally:
            entry.waiting -= 1
            await self._forget()

    async def close(self) -> None:
        hosts = list(self._hosts.values())
        for host in hosts:
            await _hang_up(host)

    async def _rest(self, host: Host, pause: timedelta) -> None:
        host.pause = (pause if self._max_pause is None else min(pause, self._max_pause)).total_seconds()
        if host.ended is not None and (left := host.ended + host.pause - self._monotonic()) > 0:
            await self._sleep(left)

    async def _forget(self) -> None:
        """Hang up on hosts that are idle, and forget those whose pause is over."""
        now = self._monotonic()
        idle = [(name, host) for name, host in self._hosts.items() if not host.waiting and host.ended is not None]
        lines = [host for _, host in idle if host.line is not None]
        for place, host in enumerate(lines):
            if len(lines) - place > IDLE_LINES or now - (host.ended or 0) > IDLE:
                await _hang_up(host)
        for name, host in idle:
            if host.line is None and not host.waiting and now - (host.ended or 0) > host.pause:
                self._hosts.pop(name, None)


@asynccontextmanager
async def _unfenced(_: str) -> AsyncIterator[bool]:
    """Where no other process makes requests."""
    yield True


async def _acquire(lock: asyncio.Lock, patience: float | None) -> None:
    try:
        async with asyncio.timeout(patience):
            await lock.acquire()
    except TimeoutError as error:
        raise BusyError from error


async def _hang_up(host: Host) -> None:
    line, host.line = host.line, None
    if line is not None:
        await line.close()
