"""A small newsroom on loopback that edits its articles: real sockets, the time handed in.

Each outlet has a port, so a host, of its own. Everything that a request gets follows from the seed, the time that was
set, the path and how often that path was asked for: the same run gives the same bytes.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import random
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Self

from feedwatch.demo import pages
from feedwatch.demo.edits import Edit, Standing, standing
from feedwatch.demo.outlets import PAPERS, Paper, paths
from feedwatch.demo.props import Link
from feedwatch.demo.script import SCRIPT, START
from feedwatch.demo.stories import Story, load_stories
from feedwatch.model import Text

_ROBOTS = b"User-agent: *\nDisallow: /search\nDisallow: /account/\nDisallow: /share/\n"
_HTML, _XML = "text/html; charset=utf-8", "application/xml; charset=utf-8"
_PHRASES = {200: "OK", 301: "Moved Permanently", 304: "Not Modified", 404: "Not Found", 405: "Method Not Allowed"}
_PHRASES |= {400: "Bad Request", 410: "Gone", 503: "Service Unavailable"}


@dataclass(frozen=True, slots=True)
class Outlet:
    """A running outlet: what one would write into the config."""

    slug: str
    title: str
    language: str
    base_url: str  # without a slash at its end
    feed_urls: tuple[str, ...]


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
    content_type: str = _HTML
    headers: Mapping[str, str] = field(default_factory=dict)


class Newsroom:
    """The outlets, their articles and the script that edits them. A context manager: starts and stops the servers."""

    def __init__(
        self,
        stories: Sequence[Story] | None = None,
        script: Sequence[Edit] = SCRIPT,
        *,
        seed: int = 1,
        ports: Mapping[str, int] | None = None,
        latency: float = 0.0,
    ) -> None:
        """`ports`: by outlet slug; a free one where none is named. `latency`: seconds that every answer takes."""
        self.script = tuple(script)
        self.requests: Counter[str] = Counter()  # by path, without the query
        self.statuses: Counter[tuple[str, int]] = Counter()  # by path and status
        self.most_in_flight: dict[str, int] = {}  # by outlet slug
        self.outlets: tuple[Outlet, ...] = ()
        self._stories = {story.slug: story for story in (load_stories() if stories is None else stories)}
        self._seed, self._ports, self._latency = seed, dict(ports or {}), latency
        self._now = START
        self._bases: dict[str, str] = {}
        self._in_flight: Counter[str] = Counter()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = asyncio.Event()
        self._thread: threading.Thread | None = None

    # ------------------------------------------------------------------------------------------------ running

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Listen on 127.0.0.1; back once every outlet answers."""
        listening = threading.Event()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._serve(listening)), name="newsroom", daemon=True
        )
        self._thread.start()
        listening.wait()

    def stop(self) -> None:
        """Close every connection and wait until that is done."""
        if self._loop is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join()
            self._loop = self._thread = None

    async def _serve(self, listening: threading.Event) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        connections: set[asyncio.Task[None]] = set()
        servers, outlets = [], []
        for slug in dict.fromkeys(story.outlet for story in self._stories.values()):
            paper = PAPERS[slug]

            def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, paper: Paper = paper) -> None:
                task = asyncio.ensure_future(self._talk(paper, reader, writer))
                connections.add(task)
                task.add_done_callback(connections.discard)

            server = await asyncio.start_server(accept, "127.0.0.1", self._ports.get(slug, 0))
            servers.append(server)
            base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            self._bases[slug] = base
            feeds = tuple(base + path for path in paper.feeds)
            outlets.append(Outlet(slug, paper.title, paper.language, base, feeds))
        self.outlets = tuple(outlets)
        listening.set()
        await self._stopping.wait()
        for server in servers:
            server.close()
        for task in connections:
            task.cancel()
        await asyncio.gather(*connections, return_exceptions=True)

    # ------------------------------------------------------------------------------------------------ time and text

    def set_time(self, now: datetime) -> None:
        """Pages and feeds show everything that the script did up to `now`."""
        self._now = now

    def text(self, article: str, now: datetime) -> Text:
        """The article's own words at `now` (during an A/B test, with the first headline)."""
        return self._standing(self._stories[article], now).text

    def address(self, article: str, now: datetime | None = None) -> str:
        """The article's canonical URL, at first or at `now`."""
        story = self._stories[article]
        slug = self._standing(story, now).slug if now else story.slug
        return self._bases[story.outlet] + self._paths(story, slug)[0]

    def _standing(self, story: Story, now: datetime) -> Standing:
        return standing(story, self.script, now - START)

    def _paths(self, story: Story, slug: str) -> tuple[str, ...]:
        return paths(PAPERS[story.outlet], story, slug, START + story.published)

    def _published(self, paper: Paper) -> list[tuple[Story, Standing]]:
        """The outlet's articles so far, the newest first."""
        out = [s for s in self._stories.values() if s.outlet == paper.slug and START + s.published <= self._now]
        out.sort(key=lambda story: story.published, reverse=True)
        return [(story, self._standing(story, self._now)) for story in out]

    # ------------------------------------------------------------------------------------------------ answering

    def reply(self, paper: Paper, asked: Asked) -> Reply:
        """The answer to one request, at the time that was set."""
        if asked.path == "/robots.txt":
            return Reply(200, _ROBOTS, "text/plain; charset=utf-8")
        if asked.path in paper.feeds:
            return self._feed(paper, asked)
        for story, stands in self._published(paper):
            if asked.path in self._paths(story, stands.slug):
                return self._article(paper, story, stands, asked)
            if any(asked.path in self._paths(story, slug) for slug in stands.old_slugs):
                return Reply(301, headers={"Location": self._bases[paper.slug] + self._paths(story, stands.slug)[0]})
        if asked.path == "/":
            return Reply(200, pages.notice_page(paper, "front", self._dice(asked), self._links(paper)))
        return Reply(404, pages.notice_page(paper, "missing", self._dice(asked)))

    def _dice(self, asked: Asked) -> random.Random:
        return random.Random(f"{self._seed} {asked.path} {asked.nth}")  # noqa: S311 - furniture, no secret

    def _links(self, paper: Paper) -> tuple[Link, ...]:
        """The outlet's articles as other pages link them."""
        return tuple(
            Link(stands.text.title, self._paths(story, stands.slug)[0])
            for story, stands in self._published(paper)
            if stands.status == 200
        )

    def _feed(self, paper: Paper, asked: Asked) -> Reply:
        base = self._bases[paper.slug]
        newest = [(story, stands) for story, stands in self._published(paper) if stands.status == 200][: paper.window]
        items = [self._item(paper, story, stands, asked.path) for story, stands in newest]
        body = pages.feed(paper, base, asked.path, items)
        changed = max(max(item.modified, item.published) for item in items)
        validators = {
            "ETag": f'"{hashlib.sha256(body).hexdigest()[:20]}"',
            "Last-Modified": format_datetime(changed, usegmt=True),
        }
        return _conditional(asked, Reply(200, body, _XML, validators))

    def _item(self, paper: Paper, story: Story, stands: Standing, path: str) -> pages.Item:
        """Links carry tracking parameters, those of a sitemap do not; there an article's second address is listed."""
        addresses = self._paths(story, stands.slug)
        url = addresses[-1] if path.endswith(".xml") else f"{addresses[0]}?{paper.tagging}"
        return pages.Item(
            story.number,
            stands.text.title,
            stands.text.standfirst,
            self._bases[paper.slug] + url,
            story.byline,
            story.section,
            START + story.published,
            START + stands.modified,
        )

    def _article(self, paper: Paper, story: Story, stands: Standing, asked: Asked) -> Reply:
        dice = self._dice(asked)
        if stands.status != 200:
            kind = "gone" if stands.status == 410 else "missing"
            return Reply(stands.status, pages.notice_page(paper, kind, dice))
        if stands.wall:
            return Reply(200, pages.notice_page(paper, "consent", dice), headers={"Cache-Control": "no-store"})
        title = stands.rival if stands.rival and asked.nth % 2 == 0 else stands.text.title
        base, here = self._bases[paper.slug], self._paths(story, stands.slug)[0]
        others = tuple(link for link in self._links(paper) if link.path != here)
        published, modified = START + story.published, START + stands.modified
        view = pages.View(paper, story, stands, title, base + here, base, published, modified, others)
        shown = Reply(200, pages.article_page(view, dice))
        if not paper.validators:
            return shown
        # Weak: the furniture differs from answer to answer, the article does not.
        mark = hashlib.sha256(f"{stands}{title}".encode()).hexdigest()[:16]
        return _conditional(asked, Reply(200, shown.body, headers={"ETag": f'W/"{mark}"'}))

    # ------------------------------------------------------------------------------------------------ talking HTTP

    async def _talk(self, paper: Paper, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                self._in_flight[paper.slug] += 1
                most = max(self.most_in_flight.get(paper.slug, 0), self._in_flight[paper.slug])
                self.most_in_flight[paper.slug] = most
                try:
                    await asyncio.sleep(self._latency)
                    writer.write(self._answer(paper, head))
                    await writer.drain()
                finally:
                    self._in_flight[paper.slug] -= 1
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
            pass  # the other side hung up, or does not talk HTTP
        finally:
            writer.close()

    def _answer(self, paper: Paper, head: bytes) -> bytes:
        first, *lines = head.decode("latin-1").split("\r\n")
        method, _, rest = first.partition(" ")
        path = rest.partition(" ")[0].partition("?")[0]
        named = (line.partition(":") for line in lines if ":" in line)
        headers = {name.strip().lower(): value.strip() for name, _, value in named}
        self.requests[path] += 1
        asked = Asked(path, headers, self.requests[path])
        reply = self.reply(paper, asked) if method in ("GET", "HEAD") else Reply(405)
        self.statuses[path, reply.status] += 1
        return _bytes(reply, asked, self._now, with_body=method != "HEAD")


def _conditional(asked: Asked, reply: Reply) -> Reply:
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


def _bytes(reply: Reply, asked: Asked, now: datetime, *, with_body: bool) -> bytes:
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
