"""Many hosts on loopback and several workers that share them: what the small harness in the tests and the large one in
bench/cluster.py have in common. Workers are processes, PostgreSQL is real; they are killed, stopped, restarted.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from feedwatch.config import Config, load_config
from feedwatch.running.rehearsal import Rehearsed
from tests.internet import page

WORDS = ["harbour", "ferry", "council", "budget", "minister", "railway", "bridge", "storm", "hospital", "school"]


# ------------------------------------------------------------------------------------------------------ the origin


@dataclass
class Origin:
    """`hosts` newspapers, each at an address of its own, with a feed of `articles`. It counts who asks for what."""

    hosts: int
    articles: int
    latency: float = 0.0  # seconds before an answer
    edition: int = 0
    is_held: bool = False  # nothing is answered
    under_way: Counter[str] = field(default_factory=Counter)
    most_at_once: int = 0
    overlaps: list[str] = field(default_factory=list)
    asked: Counter[tuple[str, str, int]] = field(default_factory=Counter)  # host, path, edition
    port: int = 0

    def addresses(self) -> list[str]:
        return [f"127.7.{number // 200}.{number % 200 + 1}" for number in range(self.hosts)]

    async def answer(self, request: web.Request) -> web.Response:
        host, path = request.host, request.path
        self.under_way[host] += 1
        if self.under_way[host] > 1:
            self.overlaps.append(f"{host}{path}")
        self.most_at_once = max(self.most_at_once, self.under_way[host])
        self.asked[host, path, self.edition] += 1
        try:
            edition = self.edition
            await asyncio.sleep(self.latency)
            while self.is_held:  # noqa: ASYNC110 - it is another thread that lets go
                await asyncio.sleep(0.01)
            return self._answer(request, host, path, edition)
        finally:
            self.under_way[host] -= 1

    def _answer(self, request: web.Request, host: str, path: str, edition: int) -> web.Response:
        if path == "/feed.xml":
            return web.Response(text=self._feed(host), content_type="application/rss+xml")
        if not path.startswith("/news/"):
            return web.Response(status=404)
        tag = f'"{edition}"'
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers={"ETag": tag})
        title, body = story(host, path, edition)
        return web.Response(text=page(title, body), content_type="text/html", headers={"ETag": tag})

    def _feed(self, host: str) -> str:
        items = "".join(
            f"<item><title>{story(host, path, 0)[0]}</title><link>http://{host}{path}</link></item>"
            for path in (f"/news/{number}" for number in range(self.articles))
        )
        return f'<rss version="2.0"><channel><title>Paper</title>{items}</channel></rss>'


def story(host: str, path: str, edition: int) -> tuple[str, list[str]]:
    """Each has words of its own; an edition changes one figure."""
    told = random.Random(f"{host}{path}")
    names = [f"{told.choice(WORDS)} {told.randrange(1000, 9999)}" for _ in range(40)]
    body = [
        f"The {names[n]} was seen beside the {names[n + 1]} on Monday, nobody near the {names[n + 2]} could say why "
        f"the {names[n + 3]} had been moved there before the {names[n + 4]} was opened to everyone."
        for n in range(0, 35, 5)
    ]
    body[2] += f" The {names[39]} counted {41 + edition} people who had come for it."
    return f"A day at the {names[38]}", body


@contextmanager
def standing(origin: Origin) -> Iterator[Origin]:
    """On a thread of its own."""
    started, loop = threading.Event(), asyncio.new_event_loop()

    async def serve() -> web.AppRunner:
        app = web.Application()
        app.router.add_route("GET", "/{path:.*}", origin.answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        for address in origin.addresses():
            site = web.TCPSite(runner, address, origin.port)
            await site.start()
            origin.port = origin.port or runner.addresses[0][1]
        return runner

    def run() -> None:
        asyncio.set_event_loop(loop)
        runner = loop.run_until_complete(serve())
        started.set()
        loop.run_forever()
        loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    started.wait()
    try:
        yield origin
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


# ------------------------------------------------------------------------------------------------------ the workers

PROGRAM = """
from feedwatch.adapters import queue
from feedwatch.cli import main
from feedwatch.running import cluster, sweeps

queue.HEARTBEAT /= {haste}
queue.STALLED /= {haste}
cluster.UPKEEP /= {haste}
cluster.PUBLISH /= {haste}
sweeps.LISTINGS_EVERY /= {haste}
main(prog_name="feedwatch")
"""


@dataclass
class Crowd:
    """A store, a config and the workers on it."""

    folder: Path
    origin: Origin
    store: str
    hosts_at_once: int = 8
    haste: int = 1  # so many times sooner are workers taken for dead, and listings written
    output: str = "site"
    environ: Mapping[str, str] = field(default_factory=dict)  # of the workers, beside this process's own
    asked: str = ""  # the store's address past any pool; where there is none it is the same
    processes: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)
    engine: Engine = field(init=False)

    def __post_init__(self) -> None:
        self.engine = create_engine(self.asked or self.store, pool_pre_ping=True)
        hosts = [f"{address}:{self.origin.port}" for address in self.origin.addresses()]
        config = {
            "store": self.store,
            "site": {"output": self.output},
            "fetch": {
                "allow_hosts": hosts,
                "pause": "0s",
                "workers": 1,
                "hosts_at_once": self.hosts_at_once,
                "robots": False,
            },
            "schedule": {"poll_every": "1d", "shortest": "1h"},
            "sources": [
                {"slug": f"paper-{number}", "title": f"Paper {number}", "feeds": [f"http://{host}/feed.xml"]}
                for number, host in enumerate(hosts)
            ],
        }
        (self.folder / "config.yaml").write_text(json.dumps(config))

    @property
    def config(self) -> Config:
        return load_config(self.folder / "config.yaml", {})

    def start(self, *words: str) -> int:
        log = (self.folder / "log").open("ab")
        program = [sys.executable, "-c", PROGRAM.format(haste=self.haste), *(words or ("worker",))]
        environ = {**os.environ, **self.environ}
        process = subprocess.Popen(program, cwd=self.folder, stdout=log, stderr=log, env=environ)
        log.close()
        self.processes[process.pid] = process
        return process.pid

    def kill(self, pid: int) -> None:
        os.kill(pid, signal.SIGKILL)
        self.processes.pop(pid).wait()

    def end(self, pid: int) -> int:
        """As an operator would; its exit code."""
        os.kill(pid, signal.SIGTERM)
        return self.processes.pop(pid).wait(60)

    def close(self) -> None:
        for process in self.processes.values():
            process.kill()
            process.wait()
        self.engine.dispose()

    def log(self) -> str:
        return (self.folder / "log").read_text("utf-8", "replace")

    # what is asked of the store

    def number(self, statement: str, **values: Any) -> int:
        """0 where there is no table yet, or no server just now."""
        try:
            with self.engine.connect() as connection:
                return int(connection.scalar(text(statement), values) or 0)
        except (OperationalError, ProgrammingError):
            return 0

    def do(self, statement: str, **values: Any) -> None:
        with self.engine.begin() as connection:
            connection.execute(text(statement), values)

    def checked(self, versions: int) -> int:
        """Articles with so many versions that are published so."""
        return self.number("select count(*) from article where versions = :many and published_rev = rev", many=versions)

    def is_listed(self) -> bool:
        return self.number("select count(*) from listing where rev = published_rev") == self.origin.hosts + 1

    def makes_all_due(self) -> None:
        """And each source so well known that changes everywhere are no reason to hold it."""
        now = int(datetime.now(UTC).timestamp() * 1_000_000)
        slot = now // 600_000_000
        for later in range(4):
            self.do(
                "insert into tally (source, slot, checks, changed, failed) select slug, :slot, 1000, 0, 0 from source "
                "on conflict (source, slot) do update set checks = 1000, changed = 0",
                slot=slot + later,
            )
        self.do("update article set next_check_at = :now", now=now)
        self.do("update host set next_due_at = :now, not_before = null", now=now)

    def rehearsed(self) -> Rehearsed:
        """What publishing everything anew would change."""
        return Rehearsed(self.config, datetime.now(UTC) + timedelta(seconds=1), lambda _: None)


def wait_until(is_so: Callable[[], bool], limit: float) -> float:
    """How long it took, in seconds."""
    began = time.monotonic()
    while not is_so():
        took = time.monotonic() - began
        assert took < limit, f"not within {limit} s"
        time.sleep(0.1)
    return time.monotonic() - began
