"""The host is the unit of work: one visit works through everything due there, feeds and articles, one at a time."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from dataclasses import replace
from datetime import timedelta

from feedwatch.judging.schedule import after_failure
from feedwatch.model import Failed, Fetched, FetchKind, Gone, Host, Outcome, Reason, Request
from feedwatch.running.app import App
from feedwatch.running.check import check
from feedwatch.running.poll import poll
from feedwatch.running.tempo import attune, is_spent, left_today, tomorrow

log = logging.getLogger(__name__)

ROBOTS_KEPT = timedelta(days=1)
ROBOTS_MAX = 500_000  # bytes; RFC 9309 asks for at least 500 KiB to be parsed
BATCH = 50
# A page that times out may be alone in it; a host where two do so running is in trouble.
STRIKES = 2
# A host whose sources had their day's checks is left alone for so long.
ENOUGH = timedelta(hours=1)
# A look may take two requests (the second for an article that may have moved), and robots.txt is asked for once a day.
KEPT_BACK = 3

_DOWN = {Reason.DNS, Reason.CONNECT, Reason.BUSY}
_SLOW = {Reason.TIMEOUT, Reason.TLS}


async def visit(app: App, host: Host) -> None:
    """Polls and checks what is due at `host`, until nothing is, the host is in trouble or it had its day's requests."""
    done: set[str] = set()
    if not await _poll_feeds(app, host):
        return None
    strikes = 0
    while articles := await app.ask(app.store.due_articles, host.name, app.now(), BATCH):
        fresh = [article for article in articles if article.id not in done]
        if not fresh or app.stop.is_set():
            break
        left = await left_today(app, host.name)
        if left < KEPT_BACK:
            return await _end_day(app, host)
        for article in fresh[: (left - 1) // 2]:
            if app.stop.is_set():
                break
            await attune(app, article.source)
            if await is_spent(app, article.source):
                return await _let_be(app, host, article.source)
            done.add(article.id)
            host = await _with_robots(app, host, article.url, article.source)
            app.visited[host.name] = app.pause(article.source)
            sight = await check(app, article, host.robots if app.config.fetch.robots else None)
            strikes = _strikes(strikes, sight.outcome)
            if strikes >= STRIKES:
                return await _leave(app, host, sight.outcome)
    if host.failures:
        await app.ask(app.store.save_host, replace(host, failures=0, not_before=None))
    return None


async def _poll_feeds(app: App, host: Host) -> bool:
    """Whether the visit may go on to articles."""
    strikes = 0
    for feed in await app.ask(app.store.due_feeds, host.name, app.now()):
        if await left_today(app, host.name) < KEPT_BACK:
            await _end_day(app, host)
            return False
        app.visited[host.name] = app.pause(feed.source)
        strikes = _strikes(strikes, outcome := await poll(app, feed))
        if strikes >= STRIKES:
            await _leave(app, host, outcome)
            return False
    return True


async def _let_be(app: App, host: Host, source: str) -> None:
    """What is due there stays due; feeds too wait for so long."""
    most = app.schedule(source).checks_a_day
    log.warning("source %s: %d checks within a day, as schedule.checks_a_day permits", source, most)
    await app.ask(app.store.save_host, replace(host, not_before=app.now() + ENOUGH))


async def _end_day(app: App, host: Host) -> None:
    """Nothing is asked of the host before the next day; what is due there stays due."""
    most = app.config.fetch.requests_a_day
    log.warning("host %s: %d requests today (UTC), as fetch.requests_a_day permits", host.name, most)
    await app.ask(app.store.save_host, replace(host, not_before=tomorrow(app.now())))


def _strikes(strikes: int, outcome: Outcome) -> int:
    match outcome:
        case Failed(reason=reason) if reason in _DOWN:
            return STRIKES
        case Failed(reason=reason) if reason in _SLOW:
            return strikes + 1
        case _:
            return 0


async def _leave(app: App, host: Host, outcome: Outcome) -> None:
    """Leave a host in trouble alone for a while; what is due there stays due."""
    retry_after = outcome.retry_after if isinstance(outcome, Failed) else None
    failures = host.failures + 1
    until = after_failure(failures, app.now(), retry_after, host.name)
    await app.ask(app.store.save_host, replace(host, failures=failures, not_before=until))


async def _with_robots(app: App, host: Host, url: str, source: str) -> Host:
    """The host with its robots.txt, fetched at most once a day. Where it cannot be had, the last one known holds.

    RFC 9309: no such file or a refusal to show it (4xx) allows everything; an unreachable one (5xx, no answer) forbids.
    """
    now = app.now()
    if not app.config.fetch.robots or (host.robots_at and timedelta(0) <= now - host.robots_at < ROBOTS_KEPT):
        return host
    scheme = url.split(":", 1)[0]
    outcome = await app.fetcher.fetch(
        Request(f"{scheme}://{host.name}/robots.txt", FetchKind.ROBOTS, pause=app.pause(source))
    )
    match outcome:
        case Fetched(body=body):
            text = body[:ROBOTS_MAX].decode("utf-8", "replace")
        case Gone():
            text = ""
        case Failed(status=int(status)) if 400 <= status < 500:
            text = ""
        case _:
            text = host.robots if host.robots is not None else "User-agent: *\nDisallow: /"
            now = now - ROBOTS_KEPT + timedelta(hours=1)  # ask again in an hour
    host = replace(host, robots=text, robots_at=now)
    await app.ask(app.store.save_host, host, app.now())
    return host


class Rounds:
    """Sends out visits: one at a time to each host, so many at once as the config allows."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._at_work: dict[str, asyncio.Task[None]] = {}
        self._visits: Counter[str] = Counter()

    async def start_due(self, most: int | None = None) -> int:
        """Start a visit to every due host that has none, and had fewer than `most`; the number of visits under way."""
        room = self._app.config.fetch.hosts_at_once - len(self._at_work)
        if room > 0:
            passed = {name for name, visits in self._visits.items() if most and visits >= most} | self._at_work.keys()
            hosts = await self._app.ask(self._app.store.due_hosts, self._app.now(), room + len(passed))
            for host in [host for host in hosts if host.name not in passed][:room]:
                if most:
                    self._visits[host.name] += 1
                self._at_work[host.name] = asyncio.create_task(visit(self._app, host), name=f"visit {host.name}")
        return len(self._at_work)

    async def wait(self) -> None:
        """Until one visit ended; raises what it raised."""
        if self._at_work:
            await asyncio.wait(self._at_work.values(), return_when=asyncio.FIRST_COMPLETED)
            await self.collect()

    async def wait_for_all(self) -> None:
        while self._at_work:
            await self.wait()

    async def collect(self) -> None:
        """Take leave of the visits that ended; raises what one of them raised."""
        ended = [name for name, task in self._at_work.items() if task.done()]
        errors = [self._at_work.pop(name).exception() for name in ended]  # all are looked at: none is left to asyncio
        for error in errors:
            if error is not None:
                raise error

    async def run_dry(self) -> None:
        """Visit what is due. What falls due meanwhile is the next pass's, so no host is visited more than twice: the
        second time for articles that another host's feed named.
        """
        while await self.start_due(most=2):
            await self.wait()

    async def abandon(self) -> None:
        """End what is under way, between two steps of it; it is due again at the next start."""
        for task in self._at_work.values():
            task.cancel()
        await asyncio.gather(*self._at_work.values(), return_exceptions=True)
        self._at_work.clear()

    @property
    def are_out(self) -> bool:
        return bool(self._at_work)
