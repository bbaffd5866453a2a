"""A web server on loopback that does everything wrong that a web server can: the table ROWS says what, by path.

Each row is a test case of test_fetch_hostile.py. `expects` is the body, the reason of the failure, or the status of
Gone; several where it depends on how the bytes arrive.
"""

from __future__ import annotations

import asyncio
import gzip
import itertools
import socket
import ssl
import struct
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from feedwatch.model import Reason

LIMIT = 100_000  # the fetcher's max_bytes
PATIENT = 10.0  # seconds; no row comes near unless something is wrong
HASTY = 0.15  # for rows that are to run into the timeout
BODY = b"<p>The council of Ostrava Bay voted on Tuesday.</p>"
MORE = b"<p>Nothing else was decided.</p>" * 40
ZEROS = bytes(1 << 20)


@dataclass(slots=True)
class Visitor:
    """One request and the connection that it came by."""

    path: str
    headers: dict[str, str]
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    port: int
    stays: bool = False  # the connection, for another request

    async def say(self, *chunks: bytes) -> None:
        for chunk in chunks:
            self.writer.write(chunk)
            await self.writer.drain()

    async def say_forever(self, chunk: bytes, pause: float = 0) -> None:
        while not self.writer.is_closing():
            await self.say(chunk)
            await asyncio.sleep(pause)

    async def stall(self) -> None:
        await self.reader.read()  # until the other side has had enough

    def reset(self) -> None:
        raw: socket.socket = self.writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Act = Callable[[Visitor], Awaitable[None]]
Expected = bytes | Reason | int | tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Row:
    path: str
    does: str
    act: Act = field(repr=False)
    expects: Expected
    timeout: float = PATIENT


# ---------------------------------------------------------------------------------------------------------- acts


def head(*lines: str, status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode("latin-1")


def raw(*chunks: bytes) -> Act:
    """Says just this, then closes."""

    async def act(visitor: Visitor) -> None:
        await visitor.say(*chunks)

    return act


def answer(body: bytes = BODY, *lines: str, status: str = "200 OK") -> Act:
    return raw(head(*lines, f"Content-Length: {len(body)}", status=status) + body)


def encoded(body: bytes, *encodings: str) -> Act:
    return answer(body, *(f"Content-Encoding: {encoding}" for encoding in encodings))


def chunked(*chunks: bytes, end: bytes = b"0\r\n\r\n", lines: Iterable[str] = ()) -> Act:
    framed = [b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks]
    return raw(head("Transfer-Encoding: chunked", *lines), *framed, end)


def slowly(*chunks: bytes) -> Act:
    """Each chunk by itself, so that they arrive apart."""

    async def act(visitor: Visitor) -> None:
        for chunk in chunks:
            await visitor.say(chunk)
            await asyncio.sleep(0.03)

    return act


def endless(start: bytes, chunk: bytes, pause: float = 0) -> Act:
    async def act(visitor: Visitor) -> None:
        await visitor.say(start)
        await visitor.say_forever(chunk, pause)

    return act


def stalled(*chunks: bytes) -> Act:
    async def act(visitor: Visitor) -> None:
        await visitor.say(*chunks)
        await visitor.stall()

    return act


def reset_after(*chunks: bytes) -> Act:
    async def act(visitor: Visitor) -> None:
        for chunk in chunks:
            await visitor.say(chunk)
            await asyncio.sleep(0.02)  # so that the reset comes behind what was said, and does not swallow it
        visitor.reset()

    return act


def redirect(location: str, status: str = "302 Found") -> Act:
    """`{port}` in `location` stands for the origin's own port."""

    async def act(visitor: Visitor) -> None:
        where = location.replace("{port}", str(visitor.port))
        await visitor.say(head(f"Location: {where}", "Content-Length: 0", status=status))
        visitor.stays = True

    return act


async def hops(visitor: Visitor) -> None:
    """/hops/3 leads to /hops/2 and so on; /hops/0 is the page."""
    left = int(visitor.path.rpartition("/")[2])
    if left == 0:
        await answer()(visitor)
    else:
        await redirect(f"/hops/{left - 1}")(visitor)


async def hops_forever(visitor: Visitor) -> None:
    await redirect(f"/ever/{len(visitor.path)}" + visitor.path[5:])(visitor)


async def cookie_test(visitor: Visitor) -> None:
    if "tested=yes" in visitor.headers.get("cookie", ""):
        await answer()(visitor)
    else:
        location = "Location: " + visitor.path
        await visitor.say(head("Set-Cookie: tested=yes; Path=/", location, "Content-Length: 0", status="302 Found"))


async def cookie_mill(visitor: Visitor) -> None:
    """Another cookie each time, always back to itself."""
    cookie = f"Set-Cookie: n={len(visitor.headers.get('cookie', '')):x}{id(visitor):x}"
    await visitor.say(head(cookie, "Location: " + visitor.path, "Content-Length: 0", status="302 Found"))


async def unmodified(visitor: Visitor) -> None:
    await visitor.say(head(status="304 Not Modified"))


# ---------------------------------------------------------------------------------------------------------- bodies


def raw_deflate(body: bytes) -> bytes:
    squeezer = zlib.compressobj(wbits=-15)
    return squeezer.compress(body) + squeezer.flush()


def bomb_parts(wbits: int, megabytes: int) -> tuple[bytes, ...]:
    """A stream of zeros without its end. A full flush makes each block a copy of the one before: quick to make."""
    squeezer = zlib.compressobj(wbits=wbits)
    start = squeezer.compress(ZEROS) + squeezer.flush(zlib.Z_FULL_FLUSH)
    block = squeezer.compress(ZEROS) + squeezer.flush(zlib.Z_FULL_FLUSH)
    return (start, *itertools.repeat(block, megabytes - 1))


ZIPPED = gzip.compress(BODY + MORE, mtime=0)
EMPTY_BLOCK = b"\x00\x00\x00\xff\xff"  # a stored deflate block of no length
NAMED = b"\x1f\x8b\x08\x08" + bytes(6)  # a gzip header, its file name about to come


def with_fields(body: bytes) -> bytes:
    """A gzip stream with an extra field, a name, a comment and a checksum of its header."""
    start = b"\x1f\x8b\x08\x1e" + bytes(6) + b"\x04\x00ab\x00\x00" + b"name\x00" + b"comment\x00"
    return start + struct.pack("<H", zlib.crc32(start) & 0xFFFF) + body[10:]


def with_dictionary(body: bytes) -> bytes:
    squeezer = zlib.compressobj(zdict=b"council of Ostrava Bay")
    return squeezer.compress(body) + squeezer.flush()


def wrong_byte(body: bytes, place: int) -> bytes:
    spoiled = bytearray(body)
    spoiled[place] ^= 0xFF
    return bytes(spoiled)


# ---------------------------------------------------------------------------------------------------------- the table

GARBLED = (Reason.PROTOCOL, Reason.TRUNCATED)  # as the nonsense comes with the header or behind it
CHUNKED = head("Transfer-Encoding: chunked")
OPEN = head("Connection: close")  # the body ends with the connection

BODIES = [
    Row("/plain", "a body of the length announced", answer(), BODY),
    Row("/empty", "no body, and says so", answer(b""), b""),
    Row("/until-close", "the body ends with the connection", raw(OPEN + BODY), BODY),
    Row("/old", "HTTP/1.0", raw(b"HTTP/1.0 200 OK\r\n\r\n" + BODY), BODY),
    Row("/chunked", "two chunks", chunked(BODY, MORE), BODY + MORE),
    Row("/chunked-finely", "chunks of one byte", chunked(*(bytes([byte]) for byte in BODY)), BODY),
    Row("/chunk-extensions", "chunk extensions", raw(CHUNKED + b"3;a=b\r\nabc\r\n0;c\r\n\r\n"), b"abc"),
    Row("/trailers", "trailers", chunked(BODY, end=b"0\r\nX-Sum: 1\r\n\r\n"), BODY),
    Row("/exactly", "a body as large as permitted", answer(bytes(LIMIT)), bytes(LIMIT)),
    Row("/one-more", "one byte more, unannounced", chunked(bytes(LIMIT), b"x"), Reason.TOO_LARGE),
    Row("/announced", "announces a terabyte", raw(head("Content-Length: 1000000000000")), Reason.TOO_LARGE),
    Row("/endless", "a body without end", endless(OPEN, BODY * 1000), Reason.TOO_LARGE),
    Row(
        "/endless-chunks", "chunks without end", endless(CHUNKED, b"400\r\n" + bytes(1024) + b"\r\n"), Reason.TOO_LARGE
    ),
    Row("/short", "less than announced", raw(head("Content-Length: 900") + BODY), Reason.TRUNCATED),
    Row("/none", "nothing of what was announced", raw(head("Content-Length: 900")), Reason.TRUNCATED),
    Row("/no-last-chunk", "closes before the last chunk", chunked(BODY, MORE, end=b""), Reason.TRUNCATED),
    Row("/half-chunk", "closes within a chunk", chunked(BODY, end=b"ff\r\nabc"), Reason.TRUNCATED),
    Row("/half-end", "closes within the last chunk", chunked(BODY, end=b"0\r\n"), Reason.TRUNCATED),
    Row("/chunk-size-words", "a chunk size in words", chunked(BODY, end=b"five\r\nabcde\r\n0\r\n\r\n"), GARBLED),
    Row("/chunk-size-minus", "a negative chunk size", chunked(BODY, end=b"-5\r\nabcde\r\n0\r\n\r\n"), GARBLED),
    Row("/chunk-size-huge", "an overflowing size", chunked(BODY, end=b"f" * 17 + b"\r\nabc\r\n"), GARBLED),
    Row("/chunk-size-0x", "a chunk size with 0x", chunked(BODY, end=b"0x3\r\nabc\r\n0\r\n\r\n"), GARBLED),
    Row("/chunk-too-long", "a chunk longer than said", chunked(BODY, end=b"2\r\nabcde\r\n0\r\n\r\n"), GARBLED),
    Row(
        "/chunk-extension-endless", "an extension without end", endless(CHUNKED + b"3;", b"a" * 9999), Reason.TOO_LARGE
    ),
    Row(
        "/trailers-endless",
        "trailers without end",
        endless(CHUNKED + b"1\r\na\r\n0\r\n", b"X: y\r\n" * 999),
        GARBLED,
    ),
    Row("/reset", "reset within the body", reset_after(head("Content-Length: 900"), BODY), Reason.TRUNCATED),
    Row("/reset-until-close", "reset instead of closing", reset_after(OPEN, BODY), Reason.TRUNCATED),
    Row("/reset-chunked", "reset between chunks", reset_after(CHUNKED, b"3\r\nabc\r\n"), Reason.TRUNCATED),
    Row("/drips", "a byte at a time", endless(OPEN, b"x", 0.02), Reason.TIMEOUT, HASTY),
    Row("/drips-chunks", "a chunk at a time", endless(CHUNKED, b"1\r\nx\r\n", 0.02), Reason.TIMEOUT, HASTY),
    Row("/stalls", "stops within the body", stalled(head("Content-Length: 900"), BODY), Reason.TIMEOUT, HASTY),
    Row("/never-closes", "forgets to close", stalled(OPEN, BODY), Reason.TIMEOUT, HASTY),
]

FRAMES = [
    Row("/excess", "more than announced", raw(head("Content-Length: 3") + b"abcdef"), Reason.PROTOCOL),
    Row("/excess-later", "the same, behind the header", slowly(head("Content-Length: 3"), b"abcdef"), Reason.PROTOCOL),
    Row("/excess-chunks", "more behind the last chunk", chunked(BODY, end=b"0\r\n\r\nabc"), Reason.PROTOCOL),
    Row(
        "/garbled-later",
        "turns to nonsense within a body",
        slowly(CHUNKED, b"3\r\nabc\r\n", b"nonsense\r\n\r\n"),
        GARBLED,
    ),
    Row("/excess-lines", "empty lines behind the body", raw(head("Content-Length: 3") + b"abc\r\n\r\n"), b"abc"),
    Row("/second-answer", "another answer behind the first", raw(2 * (head("Content-Length: 3") + b"abc")), b"abc"),
    Row("/length-twice", "the same length twice", answer(BODY, f"Content-Length: {len(BODY)}"), Reason.PROTOCOL),
    Row("/lengths", "two lengths", answer(BODY, "Content-Length: 7"), Reason.PROTOCOL),
    Row("/length-list", "a list of lengths", raw(head("Content-Length: 3, 3") + b"abc"), Reason.PROTOCOL),
    Row("/length-minus", "a negative length", raw(head("Content-Length: -3") + b"abc"), Reason.PROTOCOL),
    Row("/length-plus", "a signed length", raw(head("Content-Length: +3") + b"abc"), Reason.PROTOCOL),
    Row("/length-hex", "a hexadecimal length", raw(head("Content-Length: 0x3") + b"abc"), Reason.PROTOCOL),
    Row("/length-words", "a length in words", raw(head("Content-Length: three") + b"abc"), Reason.PROTOCOL),
    Row("/length-huge", "an overflowing length", raw(head("Content-Length: " + "9" * 30)), Reason.PROTOCOL),
    Row("/length-and-chunks", "both framings", chunked(BODY, lines=["Content-Length: 3"]), Reason.PROTOCOL),
    Row("/te-gzip", "compressed chunks", raw(head("Transfer-Encoding: gzip, chunked") + b"0\r\n\r\n"), Reason.ENCODING),
    Row("/te-identity", "an old framing", raw(head("Transfer-Encoding: identity") + BODY), Reason.ENCODING),
    Row("/te-unknown", "an unknown framing", raw(head("Transfer-Encoding: xchunked") + b"0\r\n\r\n"), Reason.ENCODING),
]

# What a peer may write otherwise than most do, and what nobody may.
SPELLINGS = [
    Row("/chunk-lf", "chunk lines end with LF alone", raw(CHUNKED + b"3\nabc\n0\n\n"), (b"abc", *GARBLED)),
    Row("/chunk-zeros", "a size with zeros before it", raw(CHUNKED + b"00000003\r\nabc\r\n0\r\n\r\n"), b"abc"),
    Row("/chunk-capitals", "a size in capitals", raw(CHUNKED + b"A\r\n0123456789\r\n0\r\n\r\n"), b"0123456789"),
    Row("/chunk-spaces", "spaces behind the size", raw(CHUNKED + b"3  \r\nabc\r\n0\r\n\r\n"), (b"abc", *GARBLED)),
    Row("/chunk-point", "a size with a point", raw(CHUNKED + b"3.0\r\nabc\r\n0\r\n\r\n"), GARBLED),
    Row("/chunk-minus-zero", "a last chunk of -0", chunked(BODY, end=b"-0\r\n\r\n"), GARBLED),
    Row(
        "/trailer-length",
        "a length among the trailers",
        chunked(BODY, end=b"0\r\nContent-Length: 3\r\n\r\n"),
        Reason.PROTOCOL,
    ),
    Row("/te-capitals", "CHUNKED", raw(head("Transfer-Encoding: CHUNKED") + b"3\r\nabc\r\n0\r\n\r\n"), b"abc"),
    Row("/te-tab", "a tab for a space", raw(head("Transfer-Encoding:\tchunked") + b"3\r\nabc\r\n0\r\n\r\n"), b"abc"),
    Row(
        "/te-twice",
        "chunked chunks",
        raw(head("Transfer-Encoding: chunked, chunked") + b"0\r\n\r\n"),
        (Reason.ENCODING, Reason.PROTOCOL),
    ),
    Row(
        "/te-headers",
        "chunked in two headers",
        raw(head("Transfer-Encoding: chunked", "Transfer-Encoding: chunked") + b"0\r\n\r\n"),
        (Reason.ENCODING, Reason.PROTOCOL),
    ),
    Row(
        "/te-space",
        "a space before the colon",
        raw(head("Transfer-Encoding : chunked") + b"0\r\n\r\n"),
        (b"", Reason.PROTOCOL),
    ),
    Row("/te-empty", "an empty framing", raw(head("Transfer-Encoding:") + BODY), (Reason.ENCODING, Reason.PROTOCOL)),
    Row("/te-quoted", "a framing in quotes", raw(head('Transfer-Encoding: "chunked"') + BODY), Reason.ENCODING),
    Row(
        "/te-folded",
        "a folded framing",
        raw(head("Transfer-Encoding:\r\n chunked") + b"3\r\nabc\r\n0\r\n\r\n"),
        (b"abc", Reason.PROTOCOL),
    ),
    Row("/length-zeros", "a length with zeros before it", raw(head("Content-Length: 0003") + b"abc"), b"abc"),
    Row("/length-spaces", "spaces around a length", raw(head("Content-Length:   3  ") + b"abc"), b"abc"),
    Row("/length-empty", "an empty length", raw(head("Content-Length:") + b"abc"), Reason.PROTOCOL),
    Row("/length-point", "a length with a point", raw(head("Content-Length: 3.0") + b"abc"), Reason.PROTOCOL),
    Row(
        "/length-digits",
        "a length in another script's digits",
        raw(head("Content-Length: \xb3") + b"abc"),
        Reason.PROTOCOL,
    ),
    Row(
        "/header-bare-cr",
        "a bare CR in a header",
        raw(head("X: a\rY: b", "Content-Length: 3") + b"abc"),
        (b"abc", Reason.PROTOCOL),
    ),
    Row(
        "/header-first-folded",
        "begins with a folded header",
        raw(b"HTTP/1.1 200 OK\r\n X: y\r\n\r\n" + BODY),
        (BODY, Reason.PROTOCOL),
    ),
    Row("/header-tabs", "tabs in headers", answer(BODY, "X:\ty\tz\t"), BODY),
    Row("/header-empty", "a header without a value", answer(BODY, "X:"), BODY),
    Row("/header-letters", "a name beyond ASCII", answer(BODY, "X-\xdcnit: y"), Reason.PROTOCOL),
    Row(
        "/line-first",
        "an empty line first",
        raw(b"\r\n" + head("Content-Length: 3") + b"abc"),
        (b"abc", Reason.PROTOCOL),
    ),
    Row(
        "/mark-first",
        "a byte order mark first",
        raw(b"\xef\xbb\xbf" + head("Content-Length: 3") + b"abc"),
        Reason.PROTOCOL,
    ),
    Row("/version-lower", "its name in small letters", raw(b"http/1.1 200 OK\r\n\r\n" + BODY), Reason.PROTOCOL),
    Row(
        "/version-2",
        "HTTP/2.0 in words",
        raw(b"HTTP/2.0 200 OK\r\nContent-Length: 3\r\n\r\nabc"),
        (b"abc", Reason.PROTOCOL),
    ),
    Row("/version-frames", "HTTP/2 unasked", raw(b"\x00\x00\x00\x04\x00\x00\x00\x00\x00"), Reason.PROTOCOL),
    Row("/status-spaces", "two spaces before the status", raw(b"HTTP/1.1  200 OK\r\n\r\n" + BODY), Reason.PROTOCOL),
    Row("/status-long", "a status of four digits", raw(b"HTTP/1.1 2000 OK\r\n\r\n" + BODY), Reason.PROTOCOL),
    Row("/status-signed", "a signed status", raw(b"HTTP/1.1 +200 OK\r\n\r\n" + BODY), Reason.PROTOCOL),
    Row(
        "/status-zero",
        "a status of 000",
        raw(b"HTTP/1.1 000 OK\r\nContent-Length: 3\r\n\r\nabc"),
        (Reason.PROTOCOL, Reason.STATUS),
    ),
    Row(
        "/reason-bytes",
        "a reason beyond ASCII",
        raw(b"HTTP/1.1 200 \xff\xfe\r\nContent-Length: 3\r\n\r\nabc"),
        (b"abc", Reason.PROTOCOL),
    ),
    Row(
        "/reason-nul",
        "a NUL in the reason",
        raw(b"HTTP/1.1 200 O\x00K\r\nContent-Length: 3\r\n\r\nabc"),
        (b"abc", Reason.PROTOCOL),
    ),
    Row(
        "/interim-many",
        "two hundred interim answers first",
        raw(head(status="103 Early Hints") * 200, head("Content-Length: 3") + b"abc"),
        b"abc",
    ),
    Row(
        "/interim-odd",
        "an interim answer of no known kind",
        raw(head(status="199 Soon"), head("Content-Length: 3") + b"abc"),
        b"abc",
    ),
    Row("/interim-only", "interim answers and the end", raw(head(status="103 Early Hints") * 3), Reason.CONNECT),
    Row("/refresh", "a Refresh header", answer(BODY, "Refresh: 0; url=http://10.0.0.1/"), BODY),
    Row(
        "/meta-refresh",
        "a page that leads elsewhere",
        answer(b'<meta http-equiv=refresh content="0; url=//10.0.0.1">'),
        b'<meta http-equiv=refresh content="0; url=//10.0.0.1">',
    ),
    Row("/location-200", "a Location beside a body", answer(BODY, "Location: http://10.0.0.1/"), BODY),
    Row("/types", "two content types", answer(BODY, "Content-Type: text/html", "Content-Type: image/png"), BODY),
    Row(
        "/validators",
        "validators that cannot be kept",
        answer(BODY, "ETag: " + "e" * 9000, "Last-Modified: \xff"),
        BODY,
    ),
    Row(
        "/range",
        "parts of a body",
        answer(BODY, "Content-Type: multipart/byteranges; boundary=x", status="206 Partial"),
        Reason.PROTOCOL,
    ),
    Row("/reset-header", "resets within the header", reset_after(b"HTTP/1.1 200 OK\r\nX: "), Reason.CONNECT),
]

COOKIES = [
    Row(f"/cookie/{number}", f"a cookie {cookie[:40]!r}", answer(BODY, f"Set-Cookie: {cookie}"), BODY)
    for number, cookie in enumerate(
        (
            "=;;;",
            ";" * 20_000,
            "a=b; Max-Age=99999999999999999999",
            "a=b; Max-Age=-1",
            "a=b; Expires=Thu, 99 Foo 99999 99:99:99 GMT",
            "a=b; Expires=" + "1 " * 9000,
            "a=b; Expires=" + "9" * 9000,
            "a=b; Domain=.com; Path=/../..",
            'a=b; Version=one; Port="x"',
            "a=" + '"' * 9000,
            "a\xff=\xfe",
        )
    )
]

ENCODINGS = [
    Row("/gzip", "gzip", encoded(ZIPPED, "gzip"), BODY + MORE),
    Row("/x-gzip", "gzip by its old name", encoded(ZIPPED, "x-gzip"), BODY + MORE),
    Row("/gzip-case", "gzip in odd letters", encoded(ZIPPED, " GZip "), BODY + MORE),
    Row("/gzip-identity", "identity beside gzip", encoded(ZIPPED, "gzip, identity"), BODY + MORE),
    Row("/identity", "identity", encoded(BODY, "identity"), BODY),
    Row(
        "/gzip-bytewise",
        "gzip in chunks of one byte",
        chunked(*(bytes([byte]) for byte in ZIPPED), lines=["Content-Encoding: gzip"]),
        BODY + MORE,
    ),
    Row("/gzip-members", "gzip of two members", encoded(ZIPPED + gzip.compress(BODY), "gzip"), BODY + MORE + BODY),
    Row("/gzip-padded", "gzip with zeros behind it", encoded(ZIPPED + bytes(64), "gzip"), BODY + MORE),
    Row("/gzip-garbage", "gzip with garbage behind it", encoded(ZIPPED + b"<!-- served -->", "gzip"), BODY + MORE),
    Row(
        "/gzip-exactly",
        "gzip of a body as large as permitted",
        encoded(gzip.compress(bytes(LIMIT)), "gzip"),
        bytes(LIMIT),
    ),
    Row("/gzip-one-more", "and one byte more", encoded(gzip.compress(bytes(LIMIT + 1)), "gzip"), Reason.TOO_LARGE),
    Row("/gzip-cut", "gzip cut in its middle", encoded(ZIPPED[: len(ZIPPED) // 2], "gzip"), Reason.TRUNCATED),
    Row("/gzip-no-sum", "gzip without its checksum", encoded(ZIPPED[:-8], "gzip"), Reason.TRUNCATED),
    Row("/gzip-half-sum", "gzip with half its checksum", encoded(ZIPPED[:-6], "gzip"), Reason.TRUNCATED),
    Row("/gzip-head-only", "only the start of a gzip header", encoded(ZIPPED[:4], "gzip"), Reason.TRUNCATED),
    Row("/gzip-first-byte", "only the first byte", encoded(ZIPPED[:1], "gzip"), Reason.TRUNCATED),
    Row("/gzip-empty", "gzip of no bytes", encoded(b"", "gzip"), Reason.TRUNCATED),
    Row("/gzip-second-cut", "the second member cut", encoded(ZIPPED + ZIPPED[:-9], "gzip"), Reason.TRUNCATED),
    Row("/gzip-sum", "a wrong checksum", encoded(wrong_byte(ZIPPED, -8), "gzip"), Reason.ENCODING),
    Row("/gzip-size", "a wrong size", encoded(wrong_byte(ZIPPED, -2), "gzip"), Reason.ENCODING),
    Row("/gzip-corrupt", "corrupt gzip", encoded(wrong_byte(ZIPPED, 12), "gzip"), Reason.ENCODING),
    Row("/gzip-plain", "says gzip, is plain", encoded(BODY, "gzip"), Reason.ENCODING),
    Row("/gzip-nested", "gzip in gzip", encoded(gzip.compress(ZIPPED), "gzip, gzip"), Reason.ENCODING),
    Row("/gzip-twice", "gzip in gzip, in two headers", encoded(gzip.compress(ZIPPED), "gzip", "gzip"), Reason.ENCODING),
    Row("/gzip-deflate", "deflate in gzip", encoded(ZIPPED, "deflate, gzip"), Reason.ENCODING),
    Row(
        "/gzip-bomb",
        "a gigabyte in a megabyte",
        raw(head("Content-Encoding: gzip", "Connection: close"), *bomb_parts(31, 1024)),
        Reason.TOO_LARGE,
    ),
    Row(
        "/gzip-bomb-nested",
        "a bomb within a bomb",
        encoded(gzip.compress(b"".join(bomb_parts(31, 64))), "gzip, gzip"),
        Reason.ENCODING,
    ),
    Row(
        "/gzip-name",
        "a file name without end",
        endless(head("Content-Encoding: gzip") + NAMED, b"n" * 9999),
        Reason.TOO_LARGE,
    ),
    Row(
        "/gzip-nothing",
        "blocks of nothing without end",
        endless(head("Content-Encoding: gzip") + NAMED[:3] + bytes(7), EMPTY_BLOCK * 999),
        Reason.TOO_LARGE,
    ),
    Row("/gzip-many", "thousands of empty members", encoded(gzip.compress(b"") * 2000, "gzip"), Reason.ENCODING),
    Row("/deflate", "deflate", encoded(zlib.compress(BODY), "deflate"), BODY),
    Row("/deflate-raw", "deflate without its header", encoded(raw_deflate(BODY), "deflate"), BODY),
    Row(
        "/deflate-garbage",
        "deflate with garbage behind it",
        encoded(zlib.compress(BODY) + b"\x1f\x8bxyz", "deflate"),
        BODY,
    ),
    Row("/deflate-cut", "deflate cut short", encoded(zlib.compress(BODY + MORE)[:-5], "deflate"), Reason.TRUNCATED),
    Row(
        "/deflate-raw-cut", "raw deflate cut short", encoded(raw_deflate(BODY + MORE)[:-5], "deflate"), Reason.TRUNCATED
    ),
    Row("/deflate-sum", "a wrong checksum", encoded(wrong_byte(zlib.compress(BODY), -1), "deflate"), Reason.ENCODING),
    Row(
        "/deflate-bomb",
        "a deflate bomb",
        raw(head("Content-Encoding: deflate", "Connection: close"), *bomb_parts(15, 64)),
        Reason.TOO_LARGE,
    ),
    *(
        Row(f"/coded/{number}", f"says {names!r}", encoded(ZIPPED, names), BODY + MORE)
        for number, names in enumerate(("gzip,", ",gzip", "gzip , identity", "GZIP", "gzip, none"))
    ),
    *(
        Row(f"/miscoded/{number}", f"says {names!r}", encoded(ZIPPED, names), Reason.ENCODING)
        for number, names in enumerate(
            (
                "gzip;q=1",
                '"gzip"',
                "gzip gzip",
                "compress",
                "x-deflate",
                "*",
                "deflate",
                "gzip/1",
                "gzip, br",
                "aws-chunked",
            )
        )
    ),
    *(
        Row(f"/uncoded/{number}", f"plain, says {names!r}", encoded(BODY, names), BODY)
        for number, names in enumerate(("", ",", "identity, identity", "none", "utf-8", "UTF8", "binary", "8bit"))
    ),
    Row("/gzip-extra", "gzip with every optional field", encoded(with_fields(ZIPPED), "gzip"), BODY + MORE),
    Row("/gzip-reserved", "gzip with reserved flags", encoded(wrong_byte(ZIPPED, 3), "gzip"), Reason.ENCODING),
    Row("/gzip-zlib", "zlib called gzip", encoded(zlib.compress(BODY), "gzip"), Reason.ENCODING),
    Row(
        "/gzip-old", "gzip by HTTP/1.0", raw(b"HTTP/1.0 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + ZIPPED), BODY + MORE
    ),
    Row("/gzip-lone-byte", "gzip with one byte behind it", encoded(ZIPPED + b"\x1f", "gzip"), BODY + MORE),
    Row("/gzip-magic", "the start of a member behind gzip", encoded(ZIPPED + b"\x1f\x8b", "gzip"), Reason.TRUNCATED),
    Row("/gzip-garbage-long", "a megabyte behind gzip", encoded(ZIPPED + bytes(1 << 20), "gzip"), Reason.TOO_LARGE),
    Row("/deflate-dictionary", "deflate with a dictionary", encoded(with_dictionary(BODY), "deflate"), Reason.ENCODING),
    Row("/br", "brotli, unasked", encoded(b"\x0b\x02\x80abc\x03", "br"), Reason.ENCODING),
    Row("/zstd", "zstd, unasked", encoded(b"\x28\xb5\x2f\xfd", "zstd"), Reason.ENCODING),
    Row("/unknown-encoding", "an encoding of its own", encoded(BODY, "rot13"), Reason.ENCODING),
    Row("/strange-encoding", "an encoding in bytes of its own", encoded(BODY, "gzip\xff"), Reason.ENCODING),
]

HEADERS = [
    Row("/lines-lf", "lines end with LF alone", raw(b"HTTP/1.1 200 OK\nContent-Length: 3\n\nabc"), b"abc"),
    Row("/no-reason", "a status without words", raw(b"HTTP/1.1 200\r\nContent-Length: 3\r\n\r\nabc"), b"abc"),
    Row("/header-bytes", "bytes beyond ASCII in a header", answer(BODY, "X-Town: K\xf8ge\xff"), BODY),
    Row("/header-long", "a header of 20 kB", answer(BODY, "Content-Security-Policy: " + "x" * 20_000), BODY),
    Row("/header-folded", "a folded header", answer(BODY, "X-Folded: a\r\n b"), BODY),
    Row("/header-too-long", "a header of 100 kB", answer(BODY, "X: " + "x" * 100_000), Reason.PROTOCOL),
    Row("/header-endless", "a header without end", endless(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 9999), Reason.PROTOCOL),
    Row(
        "/header-name-endless",
        "a header's name without end",
        endless(b"HTTP/1.1 200 OK\r\nX", b"x" * 9999),
        Reason.PROTOCOL,
    ),
    Row("/headers-flood", "headers without end", endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 999), Reason.PROTOCOL),
    Row("/headers-many", "a thousand headers", answer(BODY, *(f"X-{n}: y" for n in range(1000))), Reason.PROTOCOL),
    Row("/header-no-colon", "a header without a colon", answer(BODY, "No colon here"), Reason.PROTOCOL),
    Row("/header-no-name", "a header without a name", answer(BODY, ": value"), Reason.PROTOCOL),
    Row("/header-space", "a space in a header's name", answer(BODY, "Content Type: text/html"), Reason.PROTOCOL),
    Row("/header-nul", "a NUL in a header", answer(BODY, "X: a\x00b"), Reason.PROTOCOL),
    Row("/reason-long", "a reason of 100 kB", answer(status="200 " + "O" * 100_000), Reason.PROTOCOL),
    Row("/status-words", "a status in words", raw(b"HTTP/1.1 fine OK\r\n\r\n"), Reason.PROTOCOL),
    Row("/status-short", "a status of two digits", raw(b"HTTP/1.1 20 OK\r\n\r\n"), Reason.PROTOCOL),
    Row("/version-9", "HTTP/9.9", raw(b"HTTP/9.9 200 OK\r\n\r\n" + BODY), Reason.PROTOCOL),
    Row("/bare", "HTTP/0.9", raw(BODY), Reason.PROTOCOL),
    Row("/noise", "noise", raw(bytes(range(256)) * 8), Reason.PROTOCOL),
    Row("/radio", "another protocol", raw(b"ICY 200 OK\r\n\r\n"), Reason.PROTOCOL),
    Row("/tls-alert", "TLS on the plain port", raw(b"\x15\x03\x01\x00\x02\x02\x28"), Reason.PROTOCOL),
    Row("/nothing", "closes without a word", raw(), Reason.CONNECT),
    Row("/half-line", "closes within the status line", raw(b"HTTP/1.1 2"), Reason.CONNECT),
    Row("/half-header", "closes within the header", raw(b"HTTP/1.1 200 OK\r\nContent-"), Reason.CONNECT),
    Row("/reset-at-once", "resets at once", reset_after(), Reason.CONNECT),
    Row("/silent", "never answers", stalled(), Reason.TIMEOUT, HASTY),
    Row("/header-stalls", "stops within the header", stalled(b"HTTP/1.1 200 OK\r\nX"), Reason.TIMEOUT, HASTY),
    Row(
        "/header-drips",
        "a header a byte at a time",
        endless(b"HTTP/1.1 200 OK\r\nX: ", b"x", 0.02),
        Reason.TIMEOUT,
        HASTY,
    ),
    Row(
        "/interim",
        "interim answers first",
        raw(head(status="103 Early Hints"), head("Content-Length: 3") + b"abc"),
        b"abc",
    ),
    Row(
        "/interim-endless",
        "interim answers without end",
        endless(b"", head(status="100 Continue") * 99),
        Reason.PROTOCOL,
    ),
    Row(
        "/upgrade",
        "another protocol, unasked",
        raw(head("Upgrade: x", "Connection: upgrade", status="101 Switching")),
        Reason.STATUS,
    ),
    Row(
        "/cookies",
        "a hundred cookies of 8 kB",
        answer(BODY, *(f"Set-Cookie: n{n}={'v' * 8000}" for n in range(100))),
        BODY,
    ),
]

ANSWERED: list[tuple[int, Expected]] = [
    (203, b"x"),
    (404, 404),
    (410, 410),
    (206, Reason.PROTOCOL),
    (429, Reason.BUSY),
    (503, Reason.BUSY),
    *(
        (status, Reason.STATUS)
        for status in (205, 207, 402, 405, 406, 407, 409, 412, 416, 421, 425, 431, 501, 504, 511, 599)
    ),
    *((status, Reason.STATUS) for status in (201, 202, 226, 300, 400, 401, 403, 418, 451, 500, 502, 999)),
]
STATUSES = [
    *(
        Row(f"/status/{status}", f"answers {status}", answer(b"x", status=f"{status} Words"), expects)
        for status, expects in ANSWERED
    ),
    Row("/status/204", "answers 204", raw(head(status="204 No Content")), Reason.STATUS),
    *(
        Row(
            f"/busy/{number}",
            f"busy until {wait!r}",
            answer(b"x", f"Retry-After: {wait}", status="503 Busy"),
            Reason.BUSY,
        )
        for number, wait in enumerate(
            ("-1", "9" * 400, "soon", "Fri, 31 Dec 9999 23:59:59 GMT", "Thu, 01 Jan 1970", "1e9", "")
        )
    ),
    Row("/busy/endless", "busy with a body without end", endless(head(status="429 Busy"), b"x" * 999), Reason.BUSY),
    Row("/status/304", "answers 304, unasked", unmodified, Reason.PROTOCOL),
    Row("/gone-endlessly", "404 with an endless body", endless(head(status="404 Not Found"), b"x" * 999), 404),
]

REDIRECTS = [
    *(
        Row(f"/redirect/{status}", f"redirects by {status}", redirect("/plain", f"{status} There"), BODY)
        for status in (301, 302, 303, 307, 308)
    ),
    Row("/redirect/relative", "to a relative address", redirect("../plain"), BODY),
    Row("/redirect/dots", "by dot segments out of the root", redirect("/a/../../../plain"), BODY),
    Row("/redirect/schemeless", "to an address without a scheme", redirect("//127.0.0.1:{port}/plain"), BODY),
    Row("/redirect/fragment", "to a fragment of a page", redirect("/plain#second"), BODY),
    Row("/redirect/case", "to a scheme in capitals", redirect("HTTP://127.0.0.1:{port}/plain"), BODY),
    Row("/redirect/bytes", "to bytes beyond ASCII", redirect("/bytes/\xf8\xff"), BODY),
    Row("/redirect/spaces", "to an address with spaces", redirect("/bytes/a b"), BODY),
    Row("/redirect/port", "to a signed port", redirect("http://news.example:+80/"), (Reason.ADDRESS, Reason.DNS)),
    Row("/redirect/idna", "to no name", redirect("http://xn--.example/"), (Reason.ADDRESS, Reason.PROTOCOL)),
    Row("/redirect/query", "to another query", redirect("?page=2"), Reason.REDIRECTS),
    Row("/redirect/bare-fragment", "to a fragment of itself", redirect("#second"), Reason.REDIRECTS),
    Row("/redirect/padded", "to an address between spaces", redirect("  \t/plain \t "), BODY),
    Row("/redirect/escaped", "to an escaped address", redirect("/bytes/%2f%2f10.0.0.1%00"), BODY),
    Row("/redirect/newline", "to an escaped line's end", redirect("/bytes/%0d%0aX-Y:z"), BODY),
    Row("/redirect/unicode", "to an address in UTF-8", redirect("/bytes/\xc3\xbc"), BODY),
    Row(
        "/redirect/endless",
        "with a body without end",
        endless(head("Location: /plain", status="302 Found"), b"x" * 9999),
        BODY,
    ),
    Row(
        "/redirect/bomb",
        "with a bomb for a body",
        raw(
            head("Location: /plain", "Content-Encoding: gzip", "Connection: close", status="302 Found"),
            *bomb_parts(31, 64),
        ),
        BODY,
    ),
    Row(
        "/redirect/lengths",
        "with two lengths",
        answer(b"", "Location: /plain", "Content-Length: 7", status="302 Found"),
        Reason.PROTOCOL,
    ),
    Row(
        "/redirect/same-twice",
        "to one address, told twice",
        answer(b"", "Location: /plain", "Location: /plain", status="302 Found"),
        BODY,
    ),
    *(
        Row(f"/redirect/unknown/{status}", f"by {status}", redirect("/plain", f"{status} There"), Reason.STATUS)
        for status in (300, 305, 306, 309, 399)
    ),
    Row("/redirect/cookie", "to itself, to test for cookies", cookie_test, BODY),
    Row("/hops/8", "eight times", hops, BODY),
    Row("/hops/9", "nine times", hops, Reason.REDIRECTS),
    Row("/ever/", "without end", hops_forever, Reason.REDIRECTS),
    Row("/redirect/self", "to itself", redirect("/redirect/self"), Reason.REDIRECTS),
    Row("/redirect/ping", "to and fro", redirect("/redirect/pong"), Reason.REDIRECTS),
    Row("/redirect/pong", "fro and to", redirect("/redirect/ping"), Reason.REDIRECTS),
    Row("/redirect/mill", "to itself, each time with another cookie", cookie_mill, Reason.REDIRECTS),
    Row("/redirect/nowhere", "without an address", answer(b"", status="302 Found"), Reason.REDIRECTS),
    Row("/redirect/empty", "to an empty address", redirect(""), Reason.REDIRECTS),
    Row(
        "/redirect/two",
        "to two addresses",
        answer(b"", "Location: /a", "Location: /b", status="302 Found"),
        Reason.REDIRECTS,
    ),
    Row("/redirect/return", "to an address with a bare CR", redirect("/a\rb"), Reason.PROTOCOL),
    Row("/redirect/gone", "to a page that is gone", redirect("/status/410"), 410),
    Row("/redirect/busy", "to a busy page", redirect("/status/503"), Reason.BUSY),
    Row("/redirect/cut", "to half a body", redirect("/gzip-cut"), Reason.TRUNCATED),
]

PRIVATE = [
    "http://127.0.0.1/",
    "http://127.0.0.1:1/",
    "http://127.8.9.10:{port}/plain",
    "http://0.0.0.0:{port}/plain",
    "http://10.1.2.3/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://192.0.0.1/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://2130706433:{port}/plain",
    "http://0x7f000001:{port}/plain",
    "http://0x7f.1:{port}/plain",
    "http://127.1:{port}/plain",
    "http://0177.0.0.1:{port}/plain",
    "http://127.0.0.1.:{port}/plain",
    "http://127.0.0.1%2f:{port}/plain",
    "http://%31%32%37.0.0.1:{port}/plain",
    "http://[::1]:{port}/plain",
    "http://[::]:{port}/plain",
    "http://[::ffff:127.0.0.1]:{port}/plain",
    "http://[::ffff:7f00:1]:{port}/plain",
    "http://[::127.0.0.1]:{port}/plain",
    "http://[64:ff9b::7f00:1]:{port}/plain",
    "http://[64:ff9b:1::7f00:1]:{port}/plain",
    "http://[2002:7f00:1::]:{port}/plain",
    "http://[2001:0:7f00:1::]:{port}/plain",
    "http://[fe80::1]/",
    "http://[fe80::1%25lo]:{port}/plain",
    "http://[fc00::1]/",
    "http://[ff02::1]/",
    "http://localhost:{port}/plain",
    "http://LOCALHOST.:{port}/plain",
    "http://www.localhost:{port}/plain",
    "http://reader:secret@127.0.0.1:{port}/plain",
    "http://127.0.0.1:{port}@10.0.0.1/",
    "http://127.0.0.1:{port}\\@10.0.0.1/",
    "http://news.example:22/",
    "http://news.example:0/",
    "http://news.example:99999/",
    "http://news.example:port/",
    "http:///plain",
    "http://",
    "http://[::1/",
    "http://exa mple.org/",
    "http://news..example/",
    "https://" + "n" * 70 + ".example/",
    "/plain?" + "x" * 5000,
    "/tab\there",
    "/control\x01here",
    "ftp://news.example/a",
    "file:///etc/passwd",
    "gopher://news.example/",
    "javascript:alert(1)",
    "data:text/html,hello",
    "mailto:desk@news.example",
    "about:blank",
    "http://0:{port}/plain",
    "http://0300.0250.0.1/",
    "http://3232235777/",
    "http://192.168.257/",
    "http://169.254.169.254./latest/",
    "http://0xa9fea9fe/",
    "http://\xe2\x91\xa0\xe2\x91\xa1\xe2\x91\xa6.0.0.1/",
    "http://127\xe3\x80\x820\xe3\x80\x820\xe3\x80\x822/",
    "http://[::ffff:0:127.0.0.1]:{port}/plain",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[100::1]/",
    "http://[2001:db8::1]/",
    "http://[2001:10::1]/",
    "http://[3fff::1]/",
    "http://[5f00::1]/",
    "http://[fec0::1]/",
    "http://[v1.a]/",
    "http://[127.0.0.1]:{port}/plain",
    "//[::1]:{port}/plain",
    "//localhost:{port}/plain",
    "//reader:secret@127.0.0.1:{port}/plain",
    "http:/\\10.0.0.1/",
    "http:plain",
    "http:/plain",
    "http:///10.0.0.1/",
    "http://news.example:65536/",
    "http://news.example:-1/",
    "http://news.example:8 0/",
    "http://news.example:25/",
    "http://xn--a\xff.example/",
    "http://-news.example/",
    "http://.example/",
    "http://news.example%00.org/",
    "http://news%2eexample/",
    "http://new\xc2\xads.localhost/",
    "view-source:http://127.0.0.1:{port}/plain",
    "ws://127.0.0.1:{port}/plain",
    "feed://127.0.0.1:{port}/plain",
    "blob:http://127.0.0.1/x",
    "unix:/run/docker.sock",
    "dict://127.0.0.1:11211/stats",
]

ADDRESSES = [
    Row(f"/away/{number}", f"redirects to {location[:50]!r}", redirect(location), Reason.ADDRESS)
    for number, location in enumerate(PRIVATE)
]

# What rows lead to: any path that begins so.
HELPERS = [Row("/bytes/", "the page", answer(), BODY), Row("/hops/", "a redirect to the hop before", hops, BODY)]
ROWS = [*BODIES, *FRAMES, *SPELLINGS, *ENCODINGS, *COOKIES, *HEADERS, *STATUSES, *REDIRECTS, *ADDRESSES]


# ---------------------------------------------------------------------------------------------------------- the server


@dataclass(slots=True)
class Origin:
    """The server at work. `asked` holds the path of every request, `headers` what came with it."""

    port: int = 0
    acts: dict[str, Act] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    connections: int = 0
    open: int = 0
    most_open: int = 0

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.place}{path}"

    def act_for(self, path: str) -> Act:
        if path in self.acts:
            return self.acts[path]
        begun = [name for name in self.acts if name.endswith("/") and path.startswith(name)]
        return self.acts[begun[0]] if begun else answer(b"", status="404 Not Found")


async def serve(origin: Origin, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    origin.connections += 1
    try:
        while await _attend(origin, reader, writer):
            pass
        writer.close()
        await writer.wait_closed()
    except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        pass  # the visitor left
    finally:
        writer.transport.abort()
        await asyncio.sleep(0)  # so that the transport sees to it before the loop ends


async def _attend(origin: Origin, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    """Whether the connection stays."""
    visitor = await _meet(origin, reader, writer)
    origin.open += 1
    origin.most_open = max(origin.most_open, origin.open)
    try:
        await origin.act_for(visitor.path)(visitor)
    finally:
        origin.open -= 1
    return visitor.stays


async def _meet(origin: Origin, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Visitor:
    request, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    path = request.split(" ")[1].partition("?")[0]
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
    origin.asked.append(path)
    origin.headers.append(headers)
    return Visitor(path, headers, reader, writer, origin.port)


@asynccontextmanager
async def at_work(acts: dict[str, Act] | None = None, tls: ssl.SSLContext | None = None) -> AsyncIterator[Origin]:
    """The origin with the table's acts, or only with these."""
    origin = Origin(acts={row.path: row.act for row in (*ROWS, *HELPERS)} if acts is None else acts)
    tasks: set[asyncio.Task[None]] = set()

    def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(serve(origin, reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(meet, "127.0.0.1", 0, limit=1 << 20, ssl=tls)
    origin.port = server.sockets[0].getsockname()[1]
    try:
        yield origin
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
