"""HTTP/1.1 as far as the newsroom needs it: a request's head in, an answer's bytes out. Pure."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime

HTML, XML = "text/html; charset=utf-8", "application/xml; charset=utf-8"
_PHRASES = {200: "OK", 301: "Moved Permanently", 302: "Found", 304: "Not Modified", 400: "Bad Request"}
_PHRASES |= {404: "Not Found", 405: "Method Not Allowed", 410: "Gone", 503: "Service Unavailable"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as far as the newsroom cares."""

    path: str  # without the query
    headers: Mapping[str, str]
    nth: int  # the how manieth request for this path, from 1


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: bytes = b""
    content_type: str = HTML
    headers: Mapping[str, str] = field(default_factory=dict)


def parse_head(head: bytes) -> tuple[str, str, dict[str, str]]:
    """Method, path without the query, and headers by lower-case name."""
    first, *lines = head.decode("latin-1").split("\r\n")
    method, _, rest = first.partition(" ")
    named = (line.partition(":") for line in lines if ":" in line)
    headers = {name.strip().lower(): value.strip() for name, _, value in named}
    return method, rest.partition(" ")[0].partition("?")[0], headers


def conditional(asked: Asked, reply: Reply) -> Reply:
    """`reply`, or 304 when the client's validators hold; If-None-Match goes before If-Modified-Since (RFC 9110)."""
    if (known := asked.headers.get("if-none-match")) is not None:
        fresh = reply.headers["ETag"] in [mark.strip() for mark in known.split(",")]
    else:
        fresh = "Last-Modified" in reply.headers and _not_later(reply.headers["Last-Modified"], asked)
    return Reply(304, b"", reply.content_type, reply.headers) if fresh else reply


def _not_later(changed: str, asked: Asked) -> bool:
    try:
        since = parsedate_to_datetime(asked.headers["if-modified-since"])
    except (KeyError, ValueError):
        return False
    return parsedate_to_datetime(changed) <= since


def to_bytes(reply: Reply, asked: Asked, now: datetime, *, with_body: bool) -> bytes:
    headers = {"Date": format_datetime(now, usegmt=True), "Server": "press/1.4", **reply.headers}
    body = reply.body
    if reply.status != 304:
        headers["Content-Type"] = reply.content_type
        if "gzip" in asked.headers.get("accept-encoding", "") and body:
            body = gzip.compress(body, compresslevel=1, mtime=0)
            headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        headers["Content-Length"] = str(len(body))
    lines = [f"HTTP/1.1 {reply.status} {_PHRASES[reply.status]}", *(f"{name}: {v}" for name, v in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + (body if with_body else b"")
