"""A fake internet and a clock in hand: the whole pipeline but sockets and processes. Stories use `Newspaper`."""

from __future__ import annotations

import asyncio
import html
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from feedwatch.adapters.store import SqlStore, open_store
from feedwatch.config import Config, SiteConfig, SourceConfig
from feedwatch.errors import ComputeCrash, StoreError, WorkersDown
from feedwatch.model import Article, Failed, Fetched, FetchKind, Gone, History, Outcome, Reason, Request
from feedwatch.running.app import App, open_output, watched
from feedwatch.running.once import one_pass
from tests.recount import recounted

T = TypeVar("T")
START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
SITE = "https://paper.example"
FEED = f"{SITE}/feed.xml"

BODY = (
    "The harbour ferry caught fire off the north pier early on Monday, the coast guard said in its first statement.",
    "Fourteen people died before the lifeboats arrived, and thirty more were taken to hospitals along the coast.",
    "The ferry had passed its yearly inspection in January without a single remark, according to the port authority.",
    "“We heard two bangs and then the lights went out,” said Marta Lindqvist, who was on the upper deck with her son.",
    "An inquiry will begin on Thursday under the judge who led the investigation of the bridge collapse of 2019.",
    "The shipping line has taken its two sister ships out of service until the cause of the fire is established.",
)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


def days(count: float) -> timedelta:
    return timedelta(days=count)


class InlineCompute:
    """Runs at once, in this process. `poison` names functions that die; when it is `down`, none can be run."""

    def __init__(self) -> None:
        self.poison: set[str] = set()
        self.down = False
        self.asked: list[str] = []  # names of functions

    async def run(self, function: Callable[..., T], *args: object, near: str = "") -> T:
        self.asked.append(function.__name__)
        if self.down:
            raise WorkersDown("no worker process can be started")
        if function.__name__ in self.poison:
            raise ComputeCrash(f"{function.__name__}: poisoned")
        return function(*args)

    def close(self) -> None:
        pass


class FakeFetcher:
    """Answers from `answers`; what is not there fails as a name that does not exist does."""

    def __init__(self) -> None:
        self.answers: dict[str, Outcome | Callable[[Request], Outcome]] = {}
        self.requests: list[Request] = []

    async def fetch(self, request: Request) -> Outcome:
        self.requests.append(request)
        if request.kind is FetchKind.ROBOTS and request.url not in self.answers:
            return Gone(404)
        answer = self.answers.get(request.url, Failed(Reason.DNS, f"{request.url}: no such host"))
        return answer(request) if callable(answer) else answer

    async def announce(self, hub: str, topics: Sequence[str]) -> Failed | None:
        return Failed(Reason.DNS, f"{hub}: no such host")

    async def close(self) -> None:
        pass

    def count(self, url: str) -> int:
        return Counter(request.url for request in self.requests)[url]


@dataclass
class Newspaper:
    """One source with one feed, written by the test."""

    folder: Path
    config: Config
    now: datetime = START
    fetcher: FakeFetcher = field(default_factory=FakeFetcher)
    compute: InlineCompute = field(default_factory=InlineCompute)
    items: dict[str, str] = field(default_factory=dict)  # path -> title in the feed

    def __post_init__(self) -> None:
        self.thread = ThreadPoolExecutor(1)
        self.store = self.thread.submit(open_store, self.config.store, self.now).result()
        self._ask(self.store.enrol, *watched(self.config, self.now))
        self.app = App(
            config=self.config,
            store=self.store,
            fetcher=self.fetcher,
            compute=self.compute,
            output=open_output(self.config),
            now=lambda: self.now,
            thread=self.thread,
        )
        self._renew_feed()

    def close(self) -> None:
        if isinstance(self.store, SqlStore):
            with suppress(StoreError):  # what a test has damaged
                self._ask(recounted, self.store)
        self._ask(self.store.close)
        self.thread.shutdown()

    def _ask(self, method: Callable[..., T], *args: object, near: str = "") -> T:
        return self.thread.submit(method, *args).result()

    # ---------------------------------------------------------------------------------------- what the paper does

    def publishes(
        self, path: str, title: str = "Fourteen die in ferry fire", body: Sequence[str] = BODY, **more: str
    ) -> None:
        """The article stands at `path` like this from now on, and in the feed."""
        self.items.setdefault(path, title)
        self.serves(path, page(title, body, **more))
        self._renew_feed()

    def serves(self, path: str, answer: Outcome | str | Callable[[Request], Outcome]) -> None:
        url = SITE + path
        if isinstance(answer, str):
            answer = Fetched(url=url, body=answer.encode(), content_type="text/html; charset=utf-8")
        self.fetcher.answers[url] = answer

    def says_in_feed(self, path: str, title: str) -> None:
        self.items[path] = title
        self._renew_feed()

    def drops_from_feed(self, path: str) -> None:
        del self.items[path]
        self._renew_feed()

    def _renew_feed(self) -> None:
        items = "".join(
            f"<item><title>{html.escape(title)}</title><link>{SITE}{path}</link><guid>{SITE}{path}</guid></item>"
            for path, title in self.items.items()
        )
        body = f'<rss version="2.0"><channel><title>Paper</title><link>{SITE}</link>{items}</channel></rss>'
        self.fetcher.answers[FEED] = Fetched(FEED, body.encode(), "application/rss+xml")

    # ---------------------------------------------------------------------------------------- what feedwatch does

    def tick(self, after: timedelta = timedelta(0)) -> None:
        """Time passes, then one pass over what is due."""
        self.now += after
        asyncio.run(one_pass(self.app))

    def runs(self, length: timedelta) -> None:
        """Passes whenever something is due."""
        end = self.now + length
        while (due := self._ask(self.store.next_due_at)) is not None and due <= end:
            self.now = max(self.now, due)
            self.tick()
        self.now = end

    # ---------------------------------------------------------------------------------------- what came of it

    def article(self, path: str) -> Article:
        article = self._ask(self.store.resolve, f"{SITE}{path}") or self._ask(self.store.resolve, key(path))
        assert article is not None, f"{path} is not watched"
        return article

    def history(self, path: str) -> History:
        return self._ask(self.store.history, self.article(path).id)

    def titles(self, path: str) -> list[str]:
        return [version.text.title for version in self.history(path).versions]

    def events(self, path: str) -> list[str]:
        return [event.kind.value for event in self.history(path).events]


def key(path: str) -> str:
    from feedwatch.reading.urls import canonical_key

    found = canonical_key(SITE + path)
    assert found is not None
    return found


def page(title: str, body: Sequence[str], modified: str = "", canonical: str = "", extra: str = "") -> str:
    paragraphs = "\n".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in body)
    dated = f'<meta property="article:modified_time" content="{modified}">' if modified else ""
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)} | Paper</title>'
        f'<meta property="og:title" content="{html.escape(title)}">{dated}{link}</head><body>'
        '<nav><a href="/">Home</a> <a href="/sport">Sport</a> <a href="/money">Money</a></nav>'
        f"<main><article><h1>{html.escape(title)}</h1>{paragraphs}</article></main>{extra}"
        "<footer><p>Paper, the daily of the coast</p></footer></body></html>"
    )


def newspaper_config(folder: Path) -> Config:
    return Config(
        site=SiteConfig(title="Changes", base_url="https://changes.example/", output=folder / "site"),
        store=f"sqlite:///{folder / 'feedwatch.db'}",
        sources=(SourceConfig(slug="paper", title="The Paper", feeds=(FEED,), language="en"),),
    )
