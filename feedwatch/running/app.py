"""Builds the adapters from a Config: the only place that knows concrete classes."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property, partial
from pathlib import Path
from typing import ParamSpec, TypeVar

from feedwatch import __version__
from feedwatch.config import Bucket, Config, ScheduleConfig
from feedwatch.errors import StoreError
from feedwatch.judging.budget import Rhythm
from feedwatch.judging.schedule import Policy, scaled
from feedwatch.judging.trouble import Trouble
from feedwatch.model import SiteRule
from feedwatch.ports import Clock, Compute, Elsewhere, Fences, Fetcher, Output, Queue, Store, Sweeper, Work
from feedwatch.running.hub import Hub
from feedwatch.running.watched import watched
from feedwatch.showing import paths

P = ParamSpec("P")
T = TypeVar("T")

COMPUTE_TIMEOUT = timedelta(seconds=20)  # of one page's reading or comparison, or one article's rendering
COMPUTE_MEMORY = 2 * 1024**3
# What workers import, once for all of them: where the functions stand that they run, and what those import themselves.
PRELOADED = (
    "feedwatch.running.ready",
    "feedwatch.running.drawing",
    "feedwatch.reading.feeds",
    "feedwatch.reading.template",
    "feedparser",
    "feedgen.feed",
)

# A store up to this size is examined whenever work begins, in a quarter of a second; a larger one by `run` only.
EXAMINED = 256 * 1024**2


@dataclass
class Tallies:
    """What a pass did, for the one line at its end and for progress."""

    polls: int = 0
    polls_failed: int = 0
    found: int = 0
    checks: int = 0
    checks_failed: int = 0
    versions: int = 0
    changes: int = 0
    events: int = 0
    rendered: int = 0  # articles whose pages and feeds were made ...
    to_render: int = 0  # ... of so many, where that is known
    published: int = 0  # files written


@dataclass(frozen=True)
class App:
    """The adapters in one hand. The store is called through one thread only."""

    config: Config
    store: Store
    fetcher: Fetcher
    compute: Compute
    output: Output
    now: Clock
    thread: ThreadPoolExecutor
    max_pause: timedelta | None = None
    tallies: Tallies = field(default_factory=Tallies)
    visited: dict[str, timedelta] = field(default_factory=dict)  # host -> its pause
    listed: dict[str, str] = field(default_factory=dict)  # slug -> what its page and feeds were last made by
    unrenderable: dict[str, int] = field(default_factory=dict)  # article -> the rev that no worker could render
    done_at: dict[str, datetime] = field(default_factory=dict)  # what is not done each time, and when it last was
    troubles: dict[str, Trouble | None] = field(default_factory=dict)  # by source
    rhythms: dict[str, Rhythm] = field(default_factory=dict)  # by source
    strains: dict[str, float] = field(default_factory=dict)  # by source: how much longer waits are, near its budget
    hub: Hub | None = None  # that wants to know which feeds were written
    calm: set[str] = field(default_factory=set)  # slugs of the sources that nothing was found at lately
    told: Callable[[Tallies], None] = lambda _: None
    stop: asyncio.Event = field(default_factory=asyncio.Event)  # set: finish what is in hand, begin nothing new

    async def ask(self, method: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """A method of the store, on the store's thread."""
        return await asyncio.get_running_loop().run_in_executor(self.thread, partial(method, *args, **kwargs))

    def tell(self) -> None:
        self.told(self.tallies)

    # What the config says of a source is asked at every look, and looked for among all sources.
    @cached_property
    def pause(self) -> Callable[[str], timedelta]:
        return cache(self.config.pause_for)

    @cached_property
    def schedule(self) -> Callable[[str], ScheduleConfig]:
        return cache(self.config.schedule_for)

    @cached_property
    def rule(self) -> Callable[[str], SiteRule]:
        return cache(self.config.rule_for)

    def policy(self, source: str) -> Policy:
        """By the source's own rates and at its pace, once `tempo.attune` has found them."""
        own, rhythm = policy(self.schedule(source)), self.rhythms.get(source)
        if rhythm is None:
            return own
        return scaled(replace(own, rates=rhythm.rates), rhythm.pace * self.strains.get(source, 1.0))


def utc_now() -> datetime:
    return datetime.now(UTC)


def policy(schedule: ScheduleConfig) -> Policy:
    return Policy(
        shortest=schedule.shortest,
        longest=schedule.longest,
        age_share=schedule.age_share,
        quiet_share=schedule.quiet_share,
        give_up_after=schedule.give_up_after,
    )


def user_agent(config: Config) -> str:
    """An honest name, with a way to reach the operator."""
    contact = config.site.contact or config.site.base_url
    return config.fetch.user_agent or f"feedwatch/{__version__} (+{contact})"


def open_store(config: Config, now: datetime) -> Store:
    from feedwatch.adapters.store import open_store as opened

    return opened(config.store, now)


def store_file(config: Config) -> Path | None:
    """None where the store is no file of ours."""
    from feedwatch.adapters.store import copies

    return copies.store_file(config.store)


def refuse_damaged(config: Config, largest: int | None = None) -> None:
    """Raises StoreError when SQLite finds its file damaged; a file larger than `largest` bytes is taken on trust."""
    from feedwatch.adapters.store.copies import examine

    file = store_file(config)
    if file is None or not file.exists() or (largest is not None and file.stat().st_size > largest):
        return
    if problems := examine(file):
        raise StoreError(f"{file} is damaged ({problems[0]}); put a backup in its place: feedwatch restore FILE")


def refuse_emptied(config: Config, output: Output) -> None:
    """Raises StoreError for a file without a byte, as a full disk or a power cut may leave it, beside a published site:
    SQLite would begin a new store there, and the site would be made to tell of nothing.
    """
    file = store_file(config)
    if file is None or not file.exists() or file.stat().st_size or output.read(paths.INDEX) is None:
        return
    raise StoreError(
        f"{file} is empty, and there is a site that was made from it; put a backup in its place: "
        "feedwatch restore FILE; or, to begin anew, delete it"
    )


def open_output(config: Config) -> Output:
    """Raises OutputError when a bucket cannot even be asked."""
    from feedwatch.adapters.output import BucketOutput, FolderOutput

    match config.site.output:
        case Bucket() as bucket:
            return BucketOutput(bucket, os.environ)
        case folder:
            return FolderOutput(folder)


def open_fetcher(
    config: Config,
    *,
    max_pause: timedelta | None = None,
    also: Collection[str] = (),
    elsewhere: Elsewhere | None = None,
) -> Fetcher:
    """`also`: hosts with their ports that may be private, besides those of the config."""
    from feedwatch.adapters.fetch import HttpFetcher

    return HttpFetcher(
        user_agent=user_agent(config),
        timeout=config.fetch.timeout,
        max_bytes=config.fetch.max_bytes,
        allow=frozenset([*config.fetch.allow_hosts, *also]),
        max_pause=max_pause,
        elsewhere=elsewhere,
    )


def forked_nursery() -> AbstractContextManager[None]:
    """Workers come of this process as it is, with what it imported: for a program that has yet to begin."""
    from feedwatch.adapters.nursery import fork_nursery

    return fork_nursery(PRELOADED)


def open_compute(config: Config, workers: int | None = None) -> Compute:
    from feedwatch.adapters.compute import ProcessCompute

    return ProcessCompute(workers or config.fetch.workers, COMPUTE_TIMEOUT, COMPUTE_MEMORY, preload=PRELOADED)


def open_sweeper(config: Config) -> Sweeper:
    from feedwatch.adapters.store.sweeping import Sweeper as SqlSweeper

    return SqlSweeper(config.store)


def open_fences(config: Config) -> Fences:
    from feedwatch.adapters.store.fences import Fences as SqlFences

    return SqlFences(config.store)


def open_queue(config: Config, work: Work, drain: timedelta) -> Queue:
    from feedwatch.adapters.queue import Queue as JobQueue

    return JobQueue(config.store, work, config.fetch.hosts_at_once, drain)


def install_queue(config: Config, *, alone: bool) -> None:
    """`alone`: no other worker needs it as it was."""
    from feedwatch.adapters.queue import install

    install(config.store, alone=alone)


@asynccontextmanager
async def opened(  # noqa: PLR0913 - what kinds of runs differ in
    config: Config,
    now: Clock,
    max_pause: timedelta | None = None,
    told: Callable[[Tallies], None] = lambda _: None,
    *,
    examined: int | None = EXAMINED,
    workers: int | None = None,
    elsewhere: Elsewhere | None = None,
) -> AsyncIterator[App]:
    """The app at work: the store examined up to a size, sources enrolled, everything closed at the end, pauses written
    down for the next start.
    """
    output = open_output(config)
    thread = ThreadPoolExecutor(1, thread_name_prefix="store")
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(thread, refuse_damaged, config, examined)
    await loop.run_in_executor(thread, refuse_emptied, config, output)
    store = await loop.run_in_executor(thread, open_store, config, now())
    fetcher = open_fetcher(config, max_pause=max_pause, elsewhere=elsewhere)
    app = App(
        config=config,
        store=store,
        fetcher=fetcher,
        hub=Hub(fetcher, config.site.hub, config.site.base_url) if config.site.hub else None,
        compute=open_compute(config, workers),
        output=output,
        now=now,
        thread=thread,
        max_pause=max_pause,
        told=told,
    )
    try:
        await app.ask(store.enrol, *watched(config, now()))
        yield app
        await _keep_pauses(app)
    finally:
        if app.hub:
            await app.hub.finish()
        await app.fetcher.close()
        app.compute.close()
        await app.ask(store.close)
        thread.shutdown()


async def _keep_pauses(app: App) -> None:
    """A restart must not shorten the pause at a host."""
    for name, pause in app.visited.items():
        pause_left = pause if app.max_pause is None else min(pause, app.max_pause)
        host = await app.ask(app.store.host, name)
        until = app.now() + pause_left
        if host.not_before is None or host.not_before < until:
            await app.ask(app.store.save_host, replace(host, not_before=until))
