"""The origin that watchers are measured at: articles of the demo newsroom with the weight of real pages, on loopback.

A process of its own, so that its time is nobody else's. What each request gets follows from the seed, the case and the
path; `@` stands in the pages where an answer has a number of its own.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from email.utils import format_datetime
from enum import StrEnum
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Self

from feedwatch.demo import pages
from feedwatch.demo.edits import standing
from feedwatch.demo.invent import generate
from feedwatch.demo.outlets import PAPERS, Paper, paths
from feedwatch.demo.props import Link
from feedwatch.demo.script import START
from feedwatch.demo.stories import Story
from feedwatch.demo.wire import HTML, XML, parse_head
from feedwatch.model import Block, BlockKind

# Every answer writes a number of its own here: what a site calls nonce, token, request id.
_NUMBER = b"@" * 24
MODIFIED = format_datetime(START, usegmt=True)
_PHRASES = {200: "OK", 304: "Not Modified", 404: "Not Found"}
_EDITED = 10  # one article in so many
_STORIES = 3  # of the demo make one article: 5,000 characters, the median of 93 real pages is 5,800
# So that a page has 100 KB, 850 elements 17 deep and half of it script: 93 real ones have, in the middle, 180 KB, 860
# elements, 17 deep, 30 % script.
_MENUS, _LINKS, _DEPTH, _SLOTS = 12, 14, 7, 420


class Shown(StrEnum):
    """What the articles show, compared with the first time."""

    FIRST = "first"
    NUMBERS = "numbers"  # other tokens in scripts and attributes
    FURNITURE = "furniture"  # all that stands around the article is another
    EDITED = "edited"  # a tenth of the articles has one more sentence


@dataclass(frozen=True, slots=True)
class Setting:
    shown: Shown = Shown.FIRST
    validators: bool = True  # ETag and Last-Modified, 304 to who sends them back
    latency: float = 0.0  # seconds before an answer
    exact: bool = (
        False  # as nginx does by default: If-Modified-Since, where it is sent, must be the Last-Modified itself
    )


@dataclass(frozen=True, slots=True)
class Place:
    """One host of the origin, as a watcher's config has it."""

    slug: str
    base: str
    feed: str
    articles: tuple[str, ...]  # URLs


@dataclass(frozen=True, slots=True)
class Served:
    """What was asked for since the setting: by URL and status, how often."""

    answers: Counter[tuple[str, int]]

    def statuses(self, urls: Sequence[str]) -> Counter[int]:
        asked = set(urls)
        found: Counter[int] = Counter()
        for (url, status), times in self.answers.items():
            if url in asked:
                found[status] += times
        return found


class Origin:
    """The origin from outside. A context manager: starts and ends its process."""

    def __init__(self, articles: int, hosts: int = 4, seed: int = 1) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, articles, hosts, seed), daemon=True)

    def __enter__(self) -> Self:
        self._process.start()
        self.places: tuple[Place, ...] = self._pipe.recv()
        return self

    def __exit__(self, *_: object) -> None:
        self._pipe.send(None)
        self._process.join()

    @property
    def articles(self) -> list[str]:
        return [url for place in self.places for url in place.articles]

    def set(self, setting: Setting) -> None:
        """From now on; what was counted is forgotten."""
        self._pipe.send(setting)
        self._pipe.recv()

    def served(self) -> Served:
        self._pipe.send("served")
        return Served(self._pipe.recv())

    def edited(self) -> dict[str, str]:
        """URL -> the words that `Shown.EDITED` adds."""
        self._pipe.send("edited")
        found: dict[str, str] = self._pipe.recv()
        return found

    def bodies(self) -> list[bytes]:
        """The articles' pages as they are first shown."""
        self._pipe.send("bodies")
        found: list[bytes] = self._pipe.recv()
        return found


# ---------------------------------------------------------------------------------------------------------- pages


@dataclass(frozen=True, slots=True)
class _Article:
    url: str
    base: str
    paper: Paper
    story: Story
    more: str  # what an edit adds
    others: tuple[Link, ...]

    def page(self, shown: Shown) -> bytes:
        story = self.story
        if shown is Shown.EDITED and self.more:
            story = replace(story, text=replace(story.text, blocks=_edited(story.text.blocks, self.more)))
        dice = random.Random(f"{self.story.number} {shown is Shown.FURNITURE}")
        at = START + story.published
        stands = standing(story, (), timedelta())
        view = pages.View(self.paper, story, stands, story.text.title, self.url, self.base, at, at, self.others)
        return _weighed(pages.article_page(view, dice), dice)


def _edited(blocks: Sequence[Block], more: str) -> tuple[Block, ...]:
    """In the middle, at the end of a paragraph."""
    prose = [i for i, block in enumerate(blocks) if block.kind is BlockKind.PARAGRAPH]
    at = prose[len(prose) // 2]
    changed = replace(blocks[at], text=f"{blocks[at].text} {more}")
    return (*blocks[:at], changed, *blocks[at + 1 :])


def _weighed(page: bytes, dice: random.Random) -> bytes:
    """The page with what makes real ones heavy: menus, wrappers, a framework's state, numbers at a hundred places."""
    number = _NUMBER.decode()
    items = "".join(f'<li class="menu__item"><a href="/s/{n}?r={number}">Section {n}</a></li>' for n in range(_LINKS))
    menus = f'<div class="menu__column" data-track="{number}"><ul class="menu__list">{items}</ul></div>' * _MENUS
    state = {
        "request": number,
        "slots": [{"id": f"s-{n}", "u": f"/b/{dice.getrandbits(64):x}", "z": [300, 250]} for n in range(_SLOTS)],
        "modules": {f"m{n}": f"{dice.getrandbits(128):032x}" for n in range(_SLOTS)},
    }
    script = f'<script nonce="{number}">window.__STATE__={json.dumps(state)}</script>'
    opened = "".join(f'<div class="wrap wrap--{n}" data-view="{number}">' for n in range(_DEPTH))
    nav = f'<nav class="menu">{menus}</nav>'
    page = re.sub(rb"(<body[^>]*>)", lambda found: found[1] + f"{opened}{nav}".encode(), page, count=1)
    page = page.replace(b"</head>", f'<meta name="csrf-token" content="{number}">{script}</head>'.encode(), 1)
    return page.replace(b"</body>", (b"</div>" * _DEPTH) + b"</body>", 1)


class _Press:
    """All articles, and what of them is shown."""

    def __init__(self, articles: int, hosts: int, seed: int) -> None:
        made, _ = generate(seed, articles * _STORIES, days=1)
        self._stories = [_whole(made[i::articles]) for i in range(articles)]
        others, _ = generate(seed + 1, articles, days=1)
        self._more = [story.text.blocks[0].text if i // hosts % _EDITED == 0 else "" for i, story in enumerate(others)]
        self._hosts = hosts
        self._articles: dict[str, _Article] = {}
        self._pages: dict[tuple[str, Shown], bytes] = {}
        self.setting = Setting()
        self.bodies: dict[str, bytes] = {}  # of articles and feeds, as they are shown now

    def open(self, bases: Sequence[str]) -> tuple[Place, ...]:
        return tuple(self._place(host, base) for host, base in enumerate(bases))

    def _place(self, host: int, base: str) -> Place:
        here = range(host, len(self._stories), self._hosts)
        links = tuple(Link(self._stories[i].text.title, f"/l/{i}") for i in here[:40])
        paper = PAPERS[self._stories[host].outlet]
        items, urls = [], []
        for i in here:
            story = self._stories[i]
            at = START + story.published
            url = base + paths(paper, story, story.slug, at)[0]
            self._articles[url] = _Article(url, base, paper, story, self._more[i], links)
            urls.append(url)
            text = story.text
            items.append(pages.Item(i, text.title, text.standfirst, url, story.byline, story.section, at, at))
        feed = f"{base}/bench.rss"
        self.bodies[feed] = pages.feed(paper, base, "/bench.rss", items, START)
        return Place(f"host-{host}", base, feed, tuple(urls))

    def show(self, setting: Setting) -> None:
        self.setting = setting
        shown = Shown.FIRST if setting.shown is Shown.NUMBERS else setting.shown
        for url in self._articles:
            self.bodies[url] = self.page(url, shown)

    def page(self, url: str, shown: Shown) -> bytes:
        key = (url, shown)
        if key not in self._pages:
            self._pages[key] = self._articles[url].page(shown)
        return self._pages[key]

    def edited(self) -> dict[str, str]:
        return {url: article.more for url, article in self._articles.items() if article.more}

    def first_pages(self) -> list[bytes]:
        return [_numbered(self.page(url, Shown.FIRST), 0) for url in self._articles]


def _whole(parts: Sequence[Story]) -> Story:
    blocks = tuple(block for part in parts for block in part.text.blocks)
    return replace(parts[0], text=replace(parts[0].text, blocks=blocks), live=False, twin=False)


def _numbered(body: bytes, number: int) -> bytes:
    return body.replace(_NUMBER, f"{number * 7919:024x}".encode())


# ---------------------------------------------------------------------------------------------------------- serving


def _serve(pipe: Connection, articles: int, hosts: int, seed: int) -> None:
    asyncio.run(_Server(_Press(articles, hosts, seed), hosts).run(pipe))


class _Server:
    def __init__(self, press: _Press, hosts: int) -> None:
        self._press = press
        self._hosts = hosts
        self._answers: Counter[tuple[str, int]] = Counter()
        self._numbers = count(1)
        self._packed: dict[str, bytes] = {}

    async def run(self, pipe: Connection) -> None:
        servers = [await asyncio.start_server(self._talk, "127.0.0.1", 0) for _ in range(self._hosts)]
        bases = [f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}" for server in servers]
        pipe.send(self._press.open(bases))
        loop = asyncio.get_running_loop()
        while (told := await loop.run_in_executor(None, pipe.recv)) is not None:
            match told:
                case Setting():
                    self._press.show(told)
                    self._answers.clear()
                    self._packed.clear()
                    pipe.send(None)
                case "served":
                    pipe.send(self._answers)
                case "edited":
                    pipe.send(self._press.edited())
                case "bodies":
                    pipe.send(self._press.first_pages())
        for server in servers:
            server.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        base = f"http://127.0.0.1:{writer.get_extra_info('sockname')[1]}"
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                if self._press.setting.latency:
                    await asyncio.sleep(self._press.setting.latency)
                writer.write(self._answer(base, head))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the other side hung up
        finally:
            writer.close()

    def _answer(self, base: str, head: bytes) -> bytes:
        _, path, headers = parse_head(head)
        url = base + path
        status, body, marks = self._found(url, headers)
        self._answers[url, status] += 1
        lines = [f"HTTP/1.1 {status} {_PHRASES[status]}", "Server: bench", *marks]
        if status != 304:
            if "gzip" in headers.get("accept-encoding", "") and body:
                body = self._pack(url, body)
                lines += ["Content-Encoding: gzip", "Vary: Accept-Encoding"]
            lines += [f"Content-Type: {XML if path.endswith('.rss') else HTML}", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def _found(self, url: str, headers: Mapping[str, str]) -> tuple[int, bytes, list[str]]:
        """Status, body and validators."""
        body, setting = self._press.bodies.get(url), self._press.setting
        if body is None:
            return 404, b"", []
        if not setting.validators:
            moves = setting.shown is Shown.NUMBERS
            return 200, _numbered(body, next(self._numbers) if moves else 0), []
        mark = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        marks = [f"ETag: {mark}", f"Last-Modified: {MODIFIED}"]
        since = headers.get("if-modified-since")
        if setting.exact and since is not None and since != MODIFIED:
            fresh = False
        elif "if-none-match" in headers:
            fresh = headers["if-none-match"] == mark
        else:
            fresh = since == MODIFIED and setting.shown is Shown.FIRST
        return (304, b"", marks) if fresh else (200, _numbered(body, 0), marks)

    def _pack(self, url: str, body: bytes) -> bytes:
        if self._press.setting.shown is Shown.NUMBERS:
            return gzip.compress(body, 1, mtime=0)
        if url not in self._packed:
            self._packed[url] = gzip.compress(body, 6, mtime=0)
        return self._packed[url]
