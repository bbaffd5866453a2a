"""From a name to the addresses that may be connected to."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

from feedwatch.adapters.fetch.addresses import Allowed, is_public
from feedwatch.adapters.fetch.failures import AddressRefusedError, NotResolvedError

Lookup = Callable[[str, int], Awaitable[Sequence[str]]]
"""Host and port -> IP addresses as text. Raises OSError."""

PATIENCE = 10.0  # seconds for one name: two tries of five seconds, as resolvers are commonly set up
LOOKUPS = 64  # at once: far above the hosts visited at once, so that names that hang do not hold up the others
ADDRESSES = 16  # of one name; what comes after is more likely an attack than a help


class CheckedNames(AbstractResolver):
    """What aiohttp asks: the public ones among a name's addresses, all of them where the operator permits the host."""

    def __init__(self, lookup: Lookup, allowed: Allowed) -> None:
        self._lookup = lookup
        self._allowed = allowed

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002 - aiohttp's
    ) -> list[ResolveResult]:
        try:
            async with asyncio.timeout(PATIENCE):
                addresses = list(await self._lookup(host, port))[:ADDRESSES]
        except (OSError, UnicodeError) as error:  # a TimeoutError is an OSError; a label too long a UnicodeError
            raise NotResolvedError(str(error)) from error
        if not addresses:
            raise NotResolvedError("no address")
        if not self._allowed.permits(host, port):
            addresses = [address for address in addresses if is_public(address)]
        if not addresses:
            raise AddressRefusedError("the name leads to an address that is not public")
        return [_result(host, address, port) for address in addresses]

    async def close(self) -> None:
        pass


def _result(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(
        hostname=host, host=address, port=port, family=family, proto=socket.IPPROTO_TCP, flags=socket.AI_NUMERICHOST
    )


class SystemNames:
    """The operating system's resolver, in threads of its own.

    Not in the loop's executor: that has a handful of threads, which a handful of names that hang would occupy, and its
    threads are waited for at the end of the process.
    """

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(LOOKUPS)

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        await self._places.acquire()
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[list[str]] = loop.create_future()

        def settle(addresses: list[str] | None, error: Exception | None) -> None:
            self._places.release()
            if answer.done():  # nobody waits any more
                return
            if error is not None:
                answer.set_exception(error)
            else:
                answer.set_result(addresses or [])

        def work() -> None:
            addresses, error = _ask_system(host, port)
            if not loop.is_closed():
                loop.call_soon_threadsafe(settle, addresses, error)

        threading.Thread(target=work, name="names", daemon=True).start()
        return await answer


def _ask_system(host: str, port: int) -> tuple[list[str] | None, Exception | None]:
    try:
        found: list[Any] = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        return None, error
    return [str(address[0]) for *_, address in found], None
