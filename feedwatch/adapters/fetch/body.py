"""A body out of its content encoding: whole and within its limit, or not at all.

httpx returns half a text for a truncated gzip stream and inflates a bomb whole, which is why this is done by hand.
"""

from __future__ import annotations

import zlib
from typing import Protocol

from feedwatch.adapters.fetch.failures import FetchError
from feedwatch.model import Reason

ACCEPTED = "gzip, deflate"
# What some servers call a body as it is.
_NO_CODING = frozenset(("", "identity", "none", "utf-8", "utf8", "binary", "8bit"))
MEMBERS = 1000  # of a gzip stream; block gzip, the only common writer of many, makes 80 of a body of 5 MB
_GZIP, _ZLIB, _RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS
_MAGIC = b"\x1f\x8b"


class Body(Protocol):
    def feed(self, chunk: bytes) -> None: ...
    def finish(self) -> bytes: ...


def body_in(encodings: str, limit: int, where: str) -> Body:
    """The reader of a body with these Content-Encoding values. Its methods raise FetchError, as does this.

    `limit` holds for the bytes received as for the decoded ones. `where` is for the error's text.
    """
    names = [name for part in encodings.lower().split(",") if (name := part.strip()) not in _NO_CODING]
    match names:
        case []:
            return _Plain(limit, where)
        case ["gzip" | "x-gzip"]:
            return _Deflated(_GZIP, limit, where)
        case ["deflate"]:
            return _Deflated(_ZLIB, limit, where)
        case [_]:
            raise FetchError(Reason.ENCODING, f"{where}: content encoding that was not asked for")
        case _:
            raise FetchError(Reason.ENCODING, f"{where}: several content encodings in one another")


def _too_large(limit: int, where: str) -> FetchError:
    return FetchError(Reason.TOO_LARGE, f"{where}: larger than {limit:,} bytes")


class _Plain:
    def __init__(self, limit: int, where: str) -> None:
        self._limit = limit
        self._where = where
        self._body = bytearray()

    def feed(self, chunk: bytes) -> None:
        if len(self._body) + len(chunk) > self._limit:
            raise _too_large(self._limit, self._where)
        self._body += chunk

    def finish(self) -> bytes:
        return bytes(self._body)


class _Deflated:
    """gzip with one or more members, zlib, or (what some servers mean by "deflate") raw deflate.

    What follows the end of a stream is left aside, as browsers do: by then the body is complete and its checksum right.
    """

    def __init__(self, window: int, limit: int, where: str) -> None:
        self._window = window
        self._limit = limit
        self._where = where
        self._body = bytearray()
        self._received = 0
        self._waiting = b""  # the start of a stream, too short to tell its kind
        self._stream: zlib._Decompress | None = None
        self._members = 0
        self._complete = False  # the stream has ended, and no further member begins

    def feed(self, chunk: bytes) -> None:
        self._received += len(chunk)
        if self._received > self._limit:
            raise _too_large(self._limit, self._where)
        while chunk and not self._complete:
            stream = self._stream
            chunk = self._begin(self._waiting + chunk) if stream is None else self._inflate(stream, chunk)

    def finish(self) -> bytes:
        begun = self._stream is not None or (self._waiting and not self._members)
        if begun or not (self._members or self._complete):
            raise FetchError(Reason.TRUNCATED, f"{self._where}: the compressed body is not complete")
        return bytes(self._body)

    def _begin(self, start: bytes) -> bytes:
        """Open the stream that begins with `start`; what of it is to be inflated."""
        self._waiting = b""
        if len(start) < 2:
            self._waiting = start
            return b""
        if self._members and (self._window != _GZIP or not start.startswith(_MAGIC)):
            self._complete = True
            return b""
        if self._members == MEMBERS:
            raise self._corrupt()
        if self._window == _ZLIB and not _is_zlib(start):
            self._window = _RAW
        self._stream = zlib.decompressobj(self._window)
        return start

    def _inflate(self, stream: zlib._Decompress, chunk: bytes) -> bytes:
        """What is left of `chunk` behind the stream's end."""
        try:
            self._body += stream.decompress(chunk, self._limit - len(self._body) + 1)
        except zlib.error as error:
            raise self._corrupt() from error
        if len(self._body) > self._limit:
            raise _too_large(self._limit, self._where)
        if not stream.eof:
            return b""
        self._stream = None
        self._members += 1
        return stream.unused_data

    def _corrupt(self) -> FetchError:
        return FetchError(Reason.ENCODING, f"{self._where}: the compressed body is corrupt")


def _is_zlib(start: bytes) -> bool:
    return start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0
