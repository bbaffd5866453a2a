"""One fetch: redirects are followed, robots.txt is heeded, answers become outcomes."""

from __future__ import annotations

import asyncio
import logging
import ssl
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from urllib.parse import urlencode

import httpx

from feedwatch import faults
from feedwatch.adapters.fetch import headers as head
from feedwatch.adapters.fetch.addresses import Allowed, Target, aim, join
from feedwatch.adapters.fetch.body import body_in
from feedwatch.adapters.fetch.failures import OTHER_SIDE, FetchError, explain, told
from feedwatch.adapters.fetch.manners import BusyError, Manners
from feedwatch.adapters.fetch.names import Lookup, SystemNames
from feedwatch.adapters.fetch.robots import Robots, read_robots
from feedwatch.adapters.fetch.wire import Line, system_tls
from feedwatch.model import Failed, Fetched, FetchKind, Gone, NotModified, Outcome, Reason, Request
from feedwatch.ports import Elsewhere

HOPS = 8  # http -> https -> www -> a tracker's detour -> a cookie test and back; browsers follow 20
PERMANENT = (301, 308)
REDIRECTS = (301, 302, 303, 307, 308)
UNASKED = (206, 304)  # a part of a body, and no news about something we do not have
BUSY = (429, 503)
HUB_PAUSE = timedelta(seconds=1)
LOST = "connection lost within the body"
ROBOTS_KEPT = 3600.0  # seconds, for hosts that a redirect led to
ROBOTS_HOSTS = 256
ROBOTS_LONGEST = 65_536  # of those kept in memory for other hosts
ROBOTS_READ = 64  # read ones kept, so that a host's articles do not each read its robots.txt again
ROBOTS_READ_LONGEST = 16_384  # characters; rules take fifty times their text's room


class Budget:
    """The time that the other side has, for all hops together. Our own pauses and waiting for a turn do not count."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds

    @asynccontextmanager
    async def spend(self) -> AsyncIterator[None]:
        """Raises TimeoutError inside once nothing is left."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            async with asyncio.timeout(self._left):
                yield
        finally:
            self._left -= loop.time() - began


@dataclass(slots=True)
class Trail:
    """Where one fetch has been. Cookies live as long as it: some sites test for them by a redirect."""

    request: Request
    budget: Budget
    start: Target
    home: str  # the name of the host that is visited
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)
    seen: set[object] = field(default_factory=set)
    is_permanent: bool = True  # every hop so far


@dataclass(frozen=True, slots=True)
class Hop:
    target: Target
    is_permanent: bool


class HttpFetcher:
    """Fulfils ports.Fetcher. `resolver`, `tls`, `monotonic` and `sleep` are for tests."""

    def __init__(  # noqa: PLR0913, PLR0917 - the composition root and the tests name each of them
        self,
        user_agent: str,
        timeout: timedelta,
        max_bytes: int,
        allow: frozenset[str],
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        max_pause: timedelta | None = None,
        resolver: Lookup | None = None,
        tls: ssl.SSLContext | None = None,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs every URL, with the tokens in its query
        self._user_agent = user_agent
        self._timeout = timeout.total_seconds()
        self._max_bytes = max_bytes
        self._allowed = Allowed(allow)
        self._monotonic = monotonic
        self._resolver = resolver
        self._tls = tls
        self._manners = Manners(self._open_line, monotonic, sleep, max_pause, elsewhere)
        self._read_robots: OrderedDict[str, Robots] = OrderedDict()
        self._found_robots: OrderedDict[str, tuple[float, str]] = OrderedDict()

    async def fetch(self, request: Request) -> Outcome:
        try:
            return await self._follow(request, Budget(self._timeout))
        except FetchError as error:
            return error.failed

    async def announce(self, hub: str, topics: Sequence[str]) -> Failed | None:
        form = urlencode([("hub.mode", "publish"), *(("hub.url", topic) for topic in topics)])
        headers = {"User-Agent": self._user_agent, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            target = aim(hub, self._allowed)
            turn = self._manners.turn(target.name, target.host, HUB_PAUSE, None)
            async with turn as line, Budget(self._timeout).spend():
                response = await line.ask(httpx.Request("POST", target.url, headers=headers, content=form))
                with suppress(*OTHER_SIDE):
                    await response.aclose()
        except FetchError as error:
            return error.failed
        except (TimeoutError, *OTHER_SIDE) as error:
            return explain(error, hub).failed
        if response.is_success:
            return None
        return Failed(Reason.STATUS, f"{told(hub)}: answered {response.status_code}", response.status_code)

    async def close(self) -> None:
        await self._manners.close()

    def _open_line(self, host: str) -> Line:
        self._resolver = self._resolver or SystemNames()
        return Line(host, self._allowed, self._resolver, self._tls or system_tls())

    async def _follow(self, request: Request, budget: Budget, home: str | None = None) -> Outcome:
        target = aim(request.url, self._allowed)
        trail = Trail(request, budget, target, home or target.name)
        for _ in range(HOPS + 1):
            pause = await self._heed_robots(trail, target)
            match await self._ask(trail, target, pause):
                case Hop() as hop:
                    trail.is_permanent &= hop.is_permanent
                    target = hop.target
                case (Fetched() | NotModified()) as found:
                    moved = trail.is_permanent and target.url != trail.start.url
                    return replace(found, moved_to=str(target.url)) if moved else found
                case outcome:
                    return outcome
        raise FetchError(Reason.REDIRECTS, f"{told(request.url)}: more than {HOPS} redirects")

    async def _ask(self, trail: Trail, target: Target, pause: timedelta) -> Outcome | Hop:
        """One request, in its turn."""
        visit = (str(target.url), head.cookie_state(trail.cookies))
        if visit in trail.seen:
            raise FetchError(Reason.REDIRECTS, f"{told(visit[0])}: redirects in a circle")
        trail.seen.add(visit)
        patience = None if target.name == trail.home else self._timeout
        try:
            async with self._manners.turn(target.name, target.host, pause, patience) as line, trail.budget.spend():
                return await self._exchange(line, trail, target)
        except BusyError as error:
            raise FetchError(Reason.BUSY, f"{told(visit[0])}: the redirect's host is being visited") from error
        except TimeoutError as error:
            raise explain(error, visit[0]) from error

    async def _exchange(self, line: Line, trail: Trail, target: Target) -> Outcome | Hop:
        request = httpx.Request("GET", target.url, headers=head.request_headers(trail.request, self._user_agent))
        if trail.cookies:
            trail.cookies.set_cookie_header(request)
        faults.at("fetch.request")
        try:
            response = await line.ask(request)
        except OTHER_SIDE as error:
            raise explain(error, str(target.url)) from error
        try:
            faults.at("fetch.answer")
            if "set-cookie" in response.headers:
                trail.cookies.extract_cookies(response)
                trail.cookies = head.usable_cookies(trail.cookies)
            return await self._understand(response, line, trail, target)
        finally:
            with suppress(*OTHER_SIDE):
                await response.aclose()

    async def _understand(self, response: httpx.Response, line: Line, trail: Trail, target: Target) -> Outcome | Hop:
        status = response.status_code
        match status:
            case 200 | 203:
                return await self._receive(response, line, target)
            case 304 if head.has_validators(trail.request):
                return NotModified(head.max_age(response.headers))
            case 404 | 410:
                return Gone(status)
            case _ if status in REDIRECTS:
                return self._hop(response, target)
        reason = Reason.PROTOCOL if status in UNASKED else Reason.BUSY if status in BUSY else Reason.STATUS
        wait = head.retry_after(response.headers) if reason is Reason.BUSY else None
        return Failed(reason, f"{told(str(target.url))}: answered {status}", status, wait)

    def _hop(self, response: httpx.Response, target: Target) -> Hop:
        """From https to http is followed, as browsers do: detours are common, and nothing secret is sent. But an https
        address is never given up for good for an http one.
        """
        locations = set(response.headers.get_list("location"))
        if len(locations) != 1:
            what = "redirects to several addresses" if locations else "redirects nowhere"
            raise FetchError(Reason.REDIRECTS, f"{told(str(target.url))}: {what}", status=response.status_code)
        ahead = join(target, locations.pop(), self._allowed)
        is_downgrade = target.url.scheme == "https" and ahead.url.scheme == "http"
        return Hop(ahead, response.status_code in PERMANENT and not is_downgrade)

    async def _receive(self, response: httpx.Response, line: Line, target: Target) -> Fetched:
        headers, url = response.headers, str(target.url)
        where = told(url)
        if headers.get("transfer-encoding", "chunked").strip().lower() != "chunked":
            raise FetchError(Reason.ENCODING, f"{where}: transfer encoding that was not asked for")
        body = body_in(head.encodings(headers), self._max_bytes, where)
        announced = head.content_length(headers)
        if announced is not None and announced > self._max_bytes:
            raise FetchError(Reason.TOO_LARGE, f"{where}: {announced:,} bytes announced")
        line.meter.expect_body(self._max_bytes)
        try:
            async for chunk in response.aiter_raw():
                body.feed(chunk)
        except OTHER_SIDE as error:
            if line.meter.is_full:
                raise FetchError(Reason.TOO_LARGE, f"{where}: far more sent than its body") from error
            raise FetchError(Reason.TRUNCATED, f"{where}: {LOST}") from error
        if line.meter.is_garbled:
            raise FetchError(Reason.PROTOCOL, f"{where}: it goes on behind the announced end")
        if line.meter.is_reset and announced is None and "transfer-encoding" not in headers:
            raise FetchError(Reason.TRUNCATED, f"{where}: {LOST}")
        return Fetched(
            url=url,
            body=body.finish(),
            content_type=head.single(headers, "content-type") or "",
            etag=head.single(headers, "etag"),
            last_modified=head.single(headers, "last-modified"),
            max_age=head.max_age(headers),
        )

    # ------------------------------------------------------------------------------------------------------ robots.txt

    async def _heed_robots(self, trail: Trail, target: Target) -> timedelta:
        """The pause that the host asks for. Raises FetchError(ROBOTS) where it does not want us."""
        request = trail.request
        text = await self._robots_for(trail, target)
        if not text:
            return request.pause
        robots = self._read_robots.get(text)
        if robots is None:
            robots = await asyncio.to_thread(read_robots, text, self._user_agent)
        self._keep_robots(robots)
        if request.kind is FetchKind.ARTICLE and not robots.allows(str(target.url)):
            raise FetchError(Reason.ROBOTS, f"{told(str(target.url))}: robots.txt forbids it")
        return max(request.pause, robots.crawl_delay)

    def _keep_robots(self, robots: Robots) -> None:
        if len(robots.text) <= ROBOTS_READ_LONGEST:
            self._read_robots[robots.text] = robots
            self._read_robots.move_to_end(robots.text)
        if len(self._read_robots) > ROBOTS_READ:
            self._read_robots.popitem(last=False)

    async def _robots_for(self, trail: Trail, target: Target) -> str | None:
        """The given text for the request's own host; that of an article's redirect's host is fetched."""
        request = trail.request
        if request.robots is None or request.kind is FetchKind.ROBOTS:
            return None
        if target.name == trail.start.name:
            return request.robots
        if request.kind is not FetchKind.ARTICLE:
            return None
        found = self._found_robots.get(target.name)
        if found is None or self._monotonic() - found[0] > ROBOTS_KEPT:
            found = (self._monotonic(), await self._find_robots(trail, target))
            self._found_robots[target.name] = found
            self._found_robots.move_to_end(target.name)
            if len(self._found_robots) > ROBOTS_HOSTS:
                self._found_robots.popitem(last=False)
        return found[1]

    async def _find_robots(self, trail: Trail, target: Target) -> str:
        url = str(target.url.copy_with(raw_path=b"/robots.txt"))
        match await self._follow(Request(url, FetchKind.ROBOTS, pause=trail.request.pause), trail.budget, trail.home):
            case Fetched(body=body):
                return body[:ROBOTS_LONGEST].decode("utf-8", "replace")
            case Failed(reason, detail, status, wait) if not (reason is Reason.STATUS and status and status < 500):
                raise FetchError(reason, f"robots.txt of a redirect: {detail}", status=status, retry_after=wait)
        return ""  # none there: RFC 9309 takes every 4xx for that
