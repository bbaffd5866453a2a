"""A small newsroom on loopback that edits its articles: real sockets, the time handed in.

Each outlet has a port, so a host, of its own. Everything that a request gets follows from the seed, the time that was
set, the path and how often that path was asked for: the same run gives the same bytes.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import random
import socket
import threading
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Self

from feedwatch.demo import pages
from feedwatch.demo.edits import Edit, Standing, standing
from feedwatch.demo.masks import masked
from feedwatch.demo.outlets import PAPERS, Paper, paths
from feedwatch.demo.props import Link
from feedwatch.demo.script import SCRIPT, START
from feedwatch.demo.stories import Story, load_stories
from feedwatch.demo.wire import XML, Asked, Reply, conditional, parse_head, to_bytes
from feedwatch.model import Text

_ROBOTS = b"User-agent: *\nDisallow: /search\nDisallow: /account/\nDisallow: /share/\n"


@dataclass(frozen=True, slots=True)
class Outlet:
    """A running outlet: what one would write into the config."""

    slug: str
    title: str
    language: str
    base_url: str  # without a slash at its end
    feed_urls: tuple[str, ...]


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
        self._times = {
            slug: sorted(edit.at for edit in self.script if edit.article in (slug, story.outlet))
            for slug, story in self._stories.items()
        }
        self._stands: dict[tuple[str, int], Standing] = {}  # by slug, and by how many lines of the script are at work
        self._seed, self._ports, self._latency = seed, dict(ports or {}), latency
        self._now = START
        self._bases: dict[str, str] = {}
        self._in_flight: Counter[str] = Counter()
        # Which request for an article was the first with two headlines.
        self._tested_from: dict[tuple[str, str], int] = {}
        self._stopping = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._faults: list[BaseException] = []

    # ------------------------------------------------------------------------------------------------ running

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Listen on 127.0.0.1, in a thread of its own. Raises OSError where a port is taken."""
        doors: dict[Paper, socket.socket] = {}
        with contextlib.ExitStack() as on_failure:
            for slug in dict.fromkeys(story.outlet for story in self._stories.values()):
                door = socket.create_server(("127.0.0.1", self._ports.get(slug, 0)))
                on_failure.callback(door.close)
                doors[PAPERS[slug]] = door
                self._bases[slug] = f"http://127.0.0.1:{door.getsockname()[1]}"
            on_failure.pop_all()
        self.outlets = tuple(self._opened(paper) for paper in doors)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, args=(self._loop, doors), name="newsroom", daemon=True)
        self._thread.start()

    def _opened(self, paper: Paper) -> Outlet:
        base = self._bases[paper.slug]
        return Outlet(paper.slug, paper.title, paper.language, base, tuple(base + path for path in paper.feeds))

    def stop(self) -> None:
        """Close every connection and wait until that is done. Raises what went wrong inside, if anything did."""
        if self._loop is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join()
            self._loop = self._thread = None
        if self._faults:
            raise self._faults.pop()

    def _run(self, loop: asyncio.AbstractEventLoop, doors: Mapping[Paper, socket.socket]) -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(self._serve(doors))

    async def _serve(self, doors: Mapping[Paper, socket.socket]) -> None:
        talks: set[asyncio.Task[None]] = set()
        servers = [await asyncio.start_server(self._greeter(paper, talks), sock=door) for paper, door in doors.items()]
        await self._stopping.wait()
        for server in servers:
            server.close()
        for talk in talks:
            talk.cancel()
        await asyncio.gather(*talks, return_exceptions=True)
        self._stopping.clear()

    def _greeter(
        self, paper: Paper, talks: set[asyncio.Task[None]]
    ) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], None]:
        def ended(talk: asyncio.Task[None]) -> None:
            talks.discard(talk)
            if not talk.cancelled() and (fault := talk.exception()) is not None:
                self._faults.append(fault)

        def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            talk = asyncio.ensure_future(self._talk(paper, reader, writer))
            talks.add(talk)
            talk.add_done_callback(ended)

        return greet

    # ------------------------------------------------------------------------------------------------ time and text

    def set_time(self, now: datetime) -> None:
        """Pages and feeds show everything that the script did up to `now`."""
        self._now = now

    @property
    def articles(self) -> tuple[str, ...]:
        """The slugs of all articles, published or not."""
        return tuple(self._stories)

    def text(self, article: str, now: datetime) -> Text:
        """The article's own words at `now` (during an A/B test, with the first headline)."""
        return self._standing(self._stories[article], now).text

    def address(self, article: str, now: datetime | None = None) -> str:
        """The article's canonical URL, at first or at `now`."""
        story = self._stories[article]
        slug = self._standing(story, now).slug if now else story.slug
        return self._bases[story.outlet] + self._paths(story, slug)[0]

    def _standing(self, story: Story, now: datetime) -> Standing:
        """Worked out once for each line of the script that is at work: every page asks it of every article."""
        done = bisect_right(self._times[story.slug], now - START)
        known = self._stands.get((story.slug, done))
        if known is None:
            known = self._stands[story.slug, done] = standing(story, self.script, now - START)
        return known

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
        changed = max((max(item.modified, item.published) for item in items), default=START)
        body = pages.feed(paper, base, asked.path, items, changed)
        validators = {
            "ETag": f'"{hashlib.sha256(body).hexdigest()[:20]}"',
            "Last-Modified": format_datetime(changed, usegmt=True),
        }
        return conditional(asked, Reply(200, body, XML, validators))

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
        title = self._headline(story, stands, asked)
        base, here = self._bases[paper.slug], self._paths(story, stands.slug)[0]
        others = tuple(link for link in self._links(paper) if link.path != here)
        published, modified = START + story.published, START + stands.modified
        view = pages.View(paper, story, stands, title, base + here, base, published, modified, others)
        if stands.mask:
            return masked(view, self._other(story).text, dice)
        shown = Reply(200, pages.article_page(view, dice))
        if not paper.validators:
            return shown
        # Weak: the furniture differs from answer to answer, the article does not.
        mark = hashlib.sha256(f"{stands}{title}".encode()).hexdigest()[:16]
        return conditional(asked, Reply(200, shown.body, headers={"ETag": f'W/"{mark}"'}))

    def _other(self, story: Story) -> Standing:
        """Another article of the outlet, as it stands."""
        others = (s for s in self._stories.values() if s.outlet == story.outlet and s.slug != story.slug)
        return self._standing(next(others), self._now)

    def _headline(self, story: Story, stands: Standing, asked: Asked) -> str:
        """During an A/B test the two headlines take turns, the new one first."""
        if not stands.rival:
            return stands.text.title
        first = self._tested_from.setdefault((story.slug, stands.rival), asked.nth)
        return stands.text.title if (asked.nth - first) % 2 else stands.rival

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
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    def _answer(self, paper: Paper, head: bytes) -> bytes:
        method, path, headers = parse_head(head)
        self.requests[path] += 1
        asked = Asked(path, headers, self.requests[path])
        reply = self.reply(paper, asked) if method in ("GET", "HEAD") else Reply(405)
        self.statuses[path, reply.status] += 1
        return to_bytes(reply, asked, self._now, with_body=method != "HEAD")
