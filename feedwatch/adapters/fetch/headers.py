"""What is taken from an answer's header and put into a request's."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from feedwatch.adapters.fetch.body import ACCEPTED
from feedwatch.model import FetchKind, Request

LONGEST_KEPT = 1000  # characters of a validator or content type; they are stored and sent back
LONGEST_COOKIE = 8000  # characters of a Cookie header; servers refuse more
FRESHEST = timedelta(days=1)  # a max-age beyond this is a mistake for a news page
BUSIEST = timedelta(days=7)  # a Retry-After beyond this is taken for this

_KINDS = {
    FetchKind.FEED: "application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5",
    FetchKind.ARTICLE: "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
    FetchKind.ROBOTS: "text/plain,*/*;q=0.5",
}
_PRINTABLE = re.compile(r"[\x20-\x7e]+")
_SECONDS = re.compile(r"[0-9]{1,12}")
_MAX_AGE = re.compile(r"""(?:^|,)\s*max-age\s*=\s*"?([0-9]{1,12})"?\s*(?=,|$)""", re.IGNORECASE)


def request_headers(request: Request, user_agent: str) -> dict[str, str]:
    """The same for every hop of a redirect: the validators came from its last one."""
    headers = {"User-Agent": user_agent, "Accept": _KINDS[request.kind], "Accept-Encoding": ACCEPTED}
    headers["Connection"] = "keep-alive"  # as browsers say
    if etag := _kept(request.etag):
        headers["If-None-Match"] = etag
    if last_modified := _kept(request.last_modified):
        headers["If-Modified-Since"] = last_modified
    return headers


def has_validators(request: Request) -> bool:
    return bool(_kept(request.etag) or _kept(request.last_modified))


def single(headers: httpx.Headers, name: str) -> str | None:
    """The value of a header that may stand once; None where it is missing, contradicts itself or cannot be kept."""
    values = set(headers.get_list(name))
    return _kept(values.pop()) if len(values) == 1 else None


def content_length(headers: httpx.Headers) -> int | None:
    value = single(headers, "content-length") or ""
    return int(value) if value.isdecimal() else None


def encodings(headers: httpx.Headers) -> str:
    return ",".join(headers.get_list("content-encoding"))


def max_age(headers: httpx.Headers) -> timedelta | None:
    """How long the answer stays fresh from now on; of several statements the shortest."""
    stated = [int(seconds) for value in headers.get_list("cache-control") for seconds in _MAX_AGE.findall(value)]
    if not stated:
        return None
    age = single(headers, "age") or ""
    left = min(stated) - (int(age) if _SECONDS.fullmatch(age) else 0)
    return min(timedelta(seconds=max(left, 0)), FRESHEST)


def retry_after(headers: httpx.Headers) -> timedelta | None:
    """How long to stay away. A date counts from the answer's own Date: the two clocks may differ."""
    value = (single(headers, "retry-after") or "").strip()
    if _SECONDS.fullmatch(value):
        return min(timedelta(seconds=int(value)), BUSIEST)
    until, now = _date(value), _date(single(headers, "date") or "")
    if until is None or now is None:
        return None
    return min(max(until - now, timedelta(0)), BUSIEST)


def usable_cookies(cookies: httpx.Cookies) -> httpx.Cookies:
    """Those that can be sent back; none when they are too many."""
    kept, length = httpx.Cookies(), 0
    for cookie in cookies.jar:
        pair = f"{cookie.name}={cookie.value or ''}"
        length += len(pair)
        if _PRINTABLE.fullmatch(pair):
            kept.jar.set_cookie(cookie)
    return kept if length <= LONGEST_COOKIE else httpx.Cookies()


def cookie_state(cookies: httpx.Cookies) -> frozenset[tuple[str, str, str | None]]:
    return frozenset((cookie.domain, cookie.name, cookie.value) for cookie in cookies.jar)


def _kept(value: str | None) -> str | None:
    return value if value and len(value) <= LONGEST_KEPT and _PRINTABLE.fullmatch(value) else None


def _date(value: str) -> datetime | None:
    try:
        parsed = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
