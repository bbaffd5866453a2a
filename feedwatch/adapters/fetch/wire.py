"""Connections: where they lead is checked when they are made, and all that comes over them is counted.

What aiohttp 3.14 leaves open is closed here:
- it asks no resolver about IP literals: the socket itself is refused;
- interim answers and chunk extensions have no limit: received bytes have one;
- a body that ends with the connection counts as complete even if that was reset: the meter remembers;
- what breaks HTTP within a body leaves the reader waiting: its stream gets the error when the connection is lost;
- bytes that come before a request are taken for its answer: the connection is given up.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

import aiohttp
import httpx
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import AddrInfoType
from aiohttp.http_exceptions import HttpProcessingError
from httpx_aiohttp import AiohttpTransport

from feedwatch.adapters.fetch.addresses import Allowed, is_public
from feedwatch.adapters.fetch.failures import AddressRefusedError, UnaskedAnswerError, WireFullError
from feedwatch.adapters.fetch.names import CheckedNames, Lookup

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from aiohttp.connector import Connection

HEADER_LINE = 32_768  # bytes; aiohttp's own 8,190 is less than some newspapers' Content-Security-Policy
HEADER_LINES = 256
SLACK = 1_000_000  # bytes received before a body, and beyond twice the greatest one: chunk sizes, TLS records
IDLE = 15.0  # seconds that a connection is kept for the next request


@dataclass(slots=True)
class Meter:
    """What came from one host since its request was sent."""

    left: int = SLACK
    is_reset: bool = False
    protocol: ResponseHandler | None = None

    def start(self) -> None:
        self.left = SLACK
        self.is_reset = False
        self.protocol = None

    def expect_body(self, max_bytes: int) -> None:
        self.left += 2 * max_bytes

    def count(self, received: int) -> None:
        self.left -= received
        if self.is_full:
            raise WireFullError("too much received")

    @property
    def is_full(self) -> bool:
        return self.left < 0

    @property
    def is_garbled(self) -> bool:
        """Whether something that is not HTTP came with the end of the body; the announced length is likely wrong."""
        return self.protocol is not None and isinstance(self.protocol.exception(), HttpProcessingError)


class _MeteredSocket(socket.socket):
    meter: Meter

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        try:
            received = super().recv(size, flags)
        except OSError as error:
            self._note(error)
            raise
        self.meter.count(len(received))
        return received

    def recv_into(self, buffer: WriteableBuffer, size: int = 0, flags: int = 0, /) -> int:
        try:
            received = super().recv_into(buffer, size, flags)
        except OSError as error:
            self._note(error)
            raise
        self.meter.count(received)
        return received

    def _note(self, error: OSError) -> None:
        if not isinstance(error, BlockingIOError | InterruptedError):
            self.meter.is_reset = True


def _answers(meter: Meter) -> type[aiohttp.ClientResponse]:
    class Answer(aiohttp.ClientResponse):
        async def start(self, connection: Connection) -> aiohttp.ClientResponse:
            protocol = connection.protocol
            if protocol is None or protocol.should_close:
                raise UnaskedAnswerError("an answer without a question")
            meter.protocol = protocol
            started = await super().start(connection)
            if protocol.closed is not None:
                protocol.closed.add_done_callback(partial(_end_stream, started.content))
            return started

    return Answer


def _end_stream(stream: aiohttp.StreamReader, closed: asyncio.Future[None]) -> None:
    if not closed.cancelled():
        closed.exception()  # seen: it is no news to anyone
    if not stream.is_eof() and stream.exception() is None:
        stream.set_exception(aiohttp.ClientPayloadError("connection lost"))


@cache
def system_tls() -> ssl.SSLContext:
    """One for the process (35 ms each). SSL_CERT_FILE and SSL_CERT_DIR name other authorities than certifi's."""
    return httpx.create_ssl_context()


class Line:
    """The way to one host, with its meter.

    Straight to httpx's transport: of what its client does besides, redirects and cookies are followed by us, and what
    is left took a third of an answer's time.
    """

    def __init__(self, host: str, allowed: Allowed, lookup: Lookup, tls: ssl.SSLContext) -> None:
        self._host = host
        self._allowed = allowed
        self._lookup = lookup
        self._tls = tls
        self.meter = Meter()
        self._transport = AiohttpTransport(verify=tls, trust_env=False, client=self._session)

    async def ask(self, request: httpx.Request) -> httpx.Response:
        """The answer's head; who asked closes it. There is no end to the waiting: see `client.Budget`."""
        self.meter.start()
        return await self._transport.handle_async_request(request)

    async def close(self) -> None:
        await self._transport.aclose()

    def _session(self) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            resolver=CheckedNames(self._lookup, self._allowed),
            use_dns_cache=False,
            limit=1,
            keepalive_timeout=IDLE,
            socket_factory=self._socket,
            ssl=self._tls,
        )
        return aiohttp.ClientSession(
            connector=connector,
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            max_line_size=HEADER_LINE,
            max_field_size=HEADER_LINE,
            max_headers=HEADER_LINES,
            response_class=_answers(self.meter),
        )

    def _socket(self, address: AddrInfoType) -> socket.socket:
        family, kind, protocol, _, where = address
        if not is_public(str(where[0])) and not self._allowed.permits(self._host, int(where[1])):
            raise AddressRefusedError("the address is not public")
        opened = _MeteredSocket(family, kind, protocol)
        opened.meter = self.meter
        return opened
