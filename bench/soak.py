"""A month in minutes: does anything grow that should not?

    python -m bench.soak [--days 30] [--articles 2000] [--every 10]

A newspaper publishes so many articles over so many days and edits a third of them; a pass comes every so many simulated
minutes. The store, the workers, the scheduling, the judging and the site are the real ones; there is no network.
After each day the process group is measured. Exit code 1 when memory, files, threads, workers, the write-ahead log or
the log's bytes for each check are larger in the last third of the days than in the third before, beyond a tolerance.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import random
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from pathlib import Path
from statistics import mean

from feedwatch.adapters.compute import ProcessCompute
from feedwatch.model import Failed, Fetched, FetchKind, Gone, NotModified, Outcome, Reason, Request
from feedwatch.running.app import COMPUTE_MEMORY, COMPUTE_TIMEOUT, PRELOADED
from feedwatch.running.once import one_pass
from tests.internet import BODY, FEED, SITE, FakeFetcher, Newspaper, newspaper_config, page

IN_FEED = 60  # articles that the feed lists
# How much larger the last third may be than the third before: pages of the allocator, caches that fill up.
TOLERATED = {"megabytes": 1.10, "wal_megabytes": 1.5, "log_bytes_per_check": 1.25}
SLACK = {"megabytes": 10.0, "wal_megabytes": 1.0, "log_bytes_per_check": 0.5}


@dataclass(frozen=True, slots=True)
class Measure:
    """Of the whole process group. `megabytes`: resident."""

    megabytes: float
    files: int
    threads: int
    workers: int
    wal_megabytes: float
    log_bytes_per_check: float


class Monthly(FakeFetcher):
    """Answers from what stands, conditionally; keeps no list of what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: dict[str, tuple[int, str]] = {}  # url -> edition, markup
        self.feed = b""

    async def fetch(self, request: Request) -> Outcome:
        if request.kind is FetchKind.ROBOTS:
            return Gone(404)
        if request.url == FEED:
            return Fetched(FEED, self.feed, "application/rss+xml")
        found = self.pages.get(request.url)
        if found is None:
            return Failed(Reason.DNS, f"{request.url}: no such host")
        edition, markup = found
        if request.etag == f'"{edition}"':
            return NotModified()
        return Fetched(request.url, markup.encode(), "text/html; charset=utf-8", etag=f'"{edition}"')


class Counted(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.bytes = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.bytes += len(record.getMessage()) + 32  # time and level


class Month:
    def __init__(self, folder: Path, seed: int = 1) -> None:
        self.random = random.Random(seed)
        self.fetcher = Monthly()
        compute = ProcessCompute(2, COMPUTE_TIMEOUT, COMPUTE_MEMORY, preload=PRELOADED)
        self.folder = folder
        self.paper = Newspaper(folder, newspaper_config(folder), fetcher=self.fetcher, compute=compute)  # type: ignore[arg-type]
        self.compute = compute
        self.published: list[str] = []
        self.log = Counted()
        logger = logging.getLogger("feedwatch")
        self.level = logger.level
        logger.addHandler(self.log)
        logger.setLevel(logging.INFO)

    def publish(self) -> None:
        number = len(self.published)
        path = f"/news/{number}"
        self.published.append(path)
        self.fetcher.pages[SITE + path] = (0, self._markup(number, 14))
        items = "".join(
            f"<item><title>Ferry fire {name}</title><link>{SITE}{name}</link><guid>{SITE}{name}</guid></item>"
            for name in self.published[-IN_FEED:]
        )
        self.fetcher.feed = f'<rss version="2.0"><channel><title>Paper</title>{items}</channel></rss>'.encode()

    def edit(self) -> None:
        """One of the younger articles says another number now."""
        young = self.published[-IN_FEED * 5 :]
        path = self.random.choice(young)
        edition, _ = self.fetcher.pages[SITE + path]
        markup = self._markup(int(path.rpartition("/")[2]), self.random.randrange(15, 400))
        self.fetcher.pages[SITE + path] = (edition + 1, markup)

    def _markup(self, number: int, dead: int) -> str:
        lines = [f"Ferry number {number} of the line was {number % 40} years old.", f"{dead} people died on it.", *BODY]
        return page(f"Fire on ferry {number}", lines)

    def pass_over(self, minutes: float) -> None:
        self.paper.now += timedelta(minutes=minutes)
        asyncio.run(one_pass(self.paper.app))

    def measured(self, checks: int, logged: int) -> Measure:
        group = [os.getpid(), *children(os.getpid())]
        wal = self.folder / "feedwatch.db-wal"
        return Measure(
            megabytes=sum(map(_resident, group)),
            files=sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in group),
            threads=threading.active_count(),
            workers=len(group) - 1,
            wal_megabytes=wal.stat().st_size / 1e6 if wal.exists() else 0.0,
            log_bytes_per_check=(self.log.bytes - logged) / max(1, self.paper.app.tallies.checks - checks),
        )

    def close(self) -> None:
        logger = logging.getLogger("feedwatch")
        logger.removeHandler(self.log)
        logger.setLevel(self.level)
        self.compute.close()
        self.paper.close()


def children(pid: int) -> list[int]:
    """All descendants."""
    parents = {}
    for name in (path.name for path in Path("/proc").iterdir()):
        if name.isdigit():
            try:
                parents[int(name)] = int(Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue  # it has ended meanwhile
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found[1:]


def _resident(pid: int) -> float:
    """Megabytes that are its own: forked processes share most of their pages."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    own = [line.split()[1] for line in rollup.splitlines() if line.startswith("Pss:")]
    return int(own[0]) / 1e3


def soak(days: int, articles: int, every: float, told: Callable[[int, Measure, Month], None]) -> list[Measure]:
    measures = []
    with tempfile.TemporaryDirectory() as folder:
        month = Month(Path(folder))
        passes = round(24 * 60 / every)
        published = edited = 0.0
        try:
            for day in range(days):
                checks, logged = month.paper.app.tallies.checks, month.log.bytes
                for _ in range(passes):
                    published += articles / days / passes
                    edited += articles / days / passes / 3
                    while len(month.published) < int(published):
                        month.publish()
                    while edited >= 1 and month.published:
                        edited -= 1
                        month.edit()
                    month.pass_over(every)
                measures.append(month.measured(checks, logged))
                told(day + 1, measures[-1], month)
        finally:
            month.close()
    return measures


def growth(measures: Sequence[Measure]) -> list[str]:
    """What is larger in the last third of the days than in the third before."""
    third = len(measures) // 3
    found = []
    for name in (each.name for each in fields(Measure)):
        before, after = (
            mean(getattr(one, name) for one in part) for part in (measures[-2 * third : -third], measures[-third:])
        )
        most = before * TOLERATED.get(name, 1.0) + SLACK.get(name, 0.5)
        if after > most:
            found.append(f"{name}: {before:.1f} on average, then {after:.1f}")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--every", type=float, default=10, help="minutes from pass to pass")
    asked = parser.parse_args()
    print(" day  checks changes  MB (pss)  files threads workers  WAL MB  log bytes/check")

    def told(day: int, now: Measure, month: Month) -> None:
        tallies = month.paper.app.tallies
        print(
            f"{day:4} {tallies.checks:7} {tallies.changes:7} {now.megabytes:9.1f} {now.files:6} {now.threads:7} "
            f"{now.workers:7} {now.wal_megabytes:7.1f} {now.log_bytes_per_check:16.2f}",
            flush=True,
        )

    found = growth(soak(asked.days, asked.articles, asked.every, told))
    print("\n".join(found) or "nothing grows")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
