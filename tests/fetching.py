"""What the tests of the fetcher share: a fetcher for an origin, a clock in hand, names that lead where a test wants."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from feedwatch.adapters.fetch import HttpFetcher
from feedwatch.model import FetchKind, Request
from tests.hostile import LIMIT, PATIENT, Origin

NO_PAUSE = timedelta(0)
AGENT = "feedwatch/1.0 (+https://watch.example/bot)"


@dataclass(slots=True)
class Clock:
    """Moves only when somebody sleeps."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


@dataclass(slots=True)
class Names:
    """Answers lookups from a table; a list of answers is gone through, the last one stays."""

    table: dict[str, list[list[str]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        answers = self.table.get(host)
        if not answers:
            raise OSError(f"no such name: {host}")
        return answers.pop(0) if len(answers) > 1 else answers[0]


LOOPBACK = [["127.0.0.1"]]


@asynccontextmanager
async def fetching(*origins: Origin, allow: Sequence[str] = (), **settings: Any) -> AsyncIterator[HttpFetcher]:
    given = {"timeout": timedelta(seconds=PATIENT), "max_bytes": LIMIT, "resolver": Names(), **settings}
    fetcher = HttpFetcher(AGENT, allow=frozenset([*allow, *(origin.place for origin in origins)]), **given)
    try:
        yield fetcher
    finally:
        await fetcher.close()


def article(url: str, **more: Any) -> Request:
    return Request(url, FetchKind.ARTICLE, **{"pause": NO_PAUSE, **more})
