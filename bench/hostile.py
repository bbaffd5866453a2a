"""What a hostile origin costs: python -m bench.hostile

Memory: how far the process group (the origin is part of it) grows above where it stood, over each row of the table.
Delay: how long a good origin's page takes while each row is fetched beside it.
"""

from __future__ import annotations

import asyncio
import sys
import time
from datetime import timedelta
from pathlib import Path

from feedwatch.adapters.fetch import HttpFetcher
from feedwatch.model import FetchKind, Request
from tests.hostile import LIMIT, ROWS, Row, at_work
from tests.test_fetch_hostile import NO_PAUSE, no_names

MOST_MEGABYTES, MOST_SECONDS = 50, 1.0


def _status(name: str) -> float:
    """Megabytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024


async def _beside(row: Row) -> float:
    """The slowest answer of a good origin, in seconds."""
    async with at_work() as bad, at_work() as good:
        fetcher = HttpFetcher(
            "feedwatch/test",
            timedelta(seconds=row.timeout),
            LIMIT,
            frozenset({bad.place, good.place}),
            resolver=no_names,
        )

        async def ask(url: str) -> float:
            begun = time.perf_counter()
            await fetcher.fetch(Request(url, FetchKind.ARTICLE, pause=NO_PAUSE))
            return time.perf_counter() - begun

        try:
            hostile = asyncio.ensure_future(ask(bad.url(row.path)))
            slowest = 0.0
            for _ in range(3):
                await asyncio.sleep(0)
                slowest = max(slowest, await ask(good.url("/plain")))
            await hostile
            return slowest
        finally:
            await fetcher.close()


def main() -> int:
    for row in ROWS[:20]:  # imports and pools
        asyncio.run(_beside(row))
    stood = _status("VmRSS")
    grown, delayed = (0.0, ""), (0.0, "")
    for row in ROWS:
        Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here
        seconds = asyncio.run(_beside(row))
        grown = max(grown, (_status("VmHWM") - stood, row.path))
        delayed = max(delayed, (seconds, row.path))
    print(f"{len(ROWS)} behaviours; from {stood:.0f} MB grown by {grown[0]:.1f} MB at most ({grown[1]})")
    print(f"a page of another origin took {delayed[0]:.3f} s at most ({delayed[1]})")
    return grown[0] >= MOST_MEGABYTES or delayed[0] >= MOST_SECONDS


if __name__ == "__main__":
    sys.exit(main())
