"""What a hostile origin costs: python -m bench.hostile

Each answer that is a body is read by a worker, as an article's page is.
Memory: how far the process group (this process, with the origin in it, nursery and worker) grows above where it
stood, over each row of the table: the sum of the peaks of its processes.
Delay: how long a good origin's page takes while each row is fetched beside it.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from bench.soak import children
from feedwatch.adapters.compute import ProcessCompute
from feedwatch.adapters.fetch import HttpFetcher
from feedwatch.errors import ComputeError
from feedwatch.model import Fetched, FetchKind, KeptPage, Outcome, Request, SiteRule
from feedwatch.running.app import COMPUTE_MEMORY, COMPUTE_TIMEOUT, PRELOADED
from feedwatch.running.judge import examine
from tests.hostile import LIMIT, ROWS, Row, at_work
from tests.test_fetch_hostile import NO_PAUSE, no_names

MOST_MEGABYTES, MOST_SECONDS = 50, 1.0


class Group:
    """The process and all that it started."""

    def __init__(self) -> None:
        self.pids = [os.getpid(), *children(os.getpid())]

    def begin(self) -> None:
        """The peaks count from here."""
        for pid in self.pids:
            Path(f"/proc/{pid}/clear_refs").write_text("5")

    def peak(self) -> float:
        """Megabytes; a process that ended meanwhile or is new counts with what it has now."""
        return sum(map(_peak, [os.getpid(), *children(os.getpid())]))


def _peak(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0  # it has ended
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


async def _read(compute: ProcessCompute, outcome: Outcome) -> None:
    if isinstance(outcome, Fetched):
        with suppress(ComputeError):
            kept = KeptPage(outcome.body, outcome.content_type, outcome.url)
            await compute.run(examine, kept, SiteRule(), None)


async def _beside(row: Row, compute: ProcessCompute) -> float:
    """The slowest answer of a good origin, in seconds."""
    async with at_work() as bad, at_work() as good:
        fetcher = HttpFetcher(
            "feedwatch/test",
            timedelta(seconds=row.timeout),
            LIMIT,
            frozenset({bad.place, good.place}),
            resolver=no_names,
        )

        async def ask(url: str) -> Outcome:
            return await fetcher.fetch(Request(url, FetchKind.ARTICLE, pause=NO_PAUSE))

        async def look() -> None:
            await _read(compute, await ask(bad.url(row.path)))

        try:
            hostile = asyncio.ensure_future(look())
            slowest = 0.0
            for _ in range(3):
                await asyncio.sleep(0)
                begun = time.perf_counter()
                await ask(good.url("/plain"))
                slowest = max(slowest, time.perf_counter() - begun)
            await hostile
            return slowest
        finally:
            await fetcher.close()


def main() -> int:
    compute = ProcessCompute(1, COMPUTE_TIMEOUT, COMPUTE_MEMORY, preload=PRELOADED)
    for row in ROWS[:20]:  # imports and pools
        asyncio.run(_beside(row, compute))
    group = Group()
    group.begin()
    stood = group.peak()
    grown, delayed = (0.0, ""), (0.0, "")
    for row in ROWS:
        group = Group()
        group.begin()
        seconds = asyncio.run(_beside(row, compute))
        grown = max(grown, (group.peak() - stood, row.path))
        delayed = max(delayed, (seconds, row.path))
    compute.close()
    print(f"{len(ROWS)} behaviours; from {stood:.0f} MB grown by {grown[0]:.1f} MB at most ({grown[1]})")
    print(f"a page of another origin took {delayed[0]:.3f} s at most ({delayed[1]})")
    return grown[0] >= MOST_MEGABYTES or delayed[0] >= MOST_SECONDS


if __name__ == "__main__":
    sys.exit(main())
