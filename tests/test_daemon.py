"""The daemon in trouble: a store that cannot be written, a site that cannot, an end that does not come."""

from __future__ import annotations

import asyncio
import errno
import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

from feedwatch import faults
from feedwatch.model import Fetched, Outcome, Request
from feedwatch.running import daemon as running
from feedwatch.running.daemon import QUIET, RETRY, Daemon
from tests.internet import Newspaper, days, minutes, newspaper_config
from tests.struck import fail_with

A = "/news/ferry-fire"


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Newspaper]:
    newspaper = Newspaper(tmp_path, newspaper_config(tmp_path))
    yield newspaper
    newspaper.close()


class Day:
    """A daemon whose ticks the test makes, on a clock of its own."""

    def __init__(self, paper: Newspaper) -> None:
        self.paper, self.seconds = paper, 0.0
        self.daemon = Daemon(paper.app, lambda: self.seconds)
        self.trouble = ExitStack()

    async def ticks(self, count: int, every: float = 2) -> None:
        for _ in range(count):
            self.seconds += every
            await self.daemon._tick()
            await self.daemon._careful(self.daemon._rounds.wait_for_all)
            await self.daemon._publish()

    def breaks(self, number: int, *points: str) -> None:
        fail = fail_with(number)

        def strike(point: str) -> None:
            if point in points:
                fail(point)

        self.trouble.enter_context(faults.struck(strike))


def spent(paper: Newspaper, story: Callable[[Day], object]) -> Day:
    day = Day(paper)
    with day.trouble:
        asyncio.run(story(day))  # type: ignore[arg-type]
    return day


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


def test_nothing_is_fetched_while_it_cannot_be_stored(paper: Newspaper) -> None:
    paper.publishes(A)

    async def story(day: Day) -> None:
        day.breaks(errno.ENOSPC, "store.commit")
        await day.ticks(200)

    spent(paper, story)

    assert len(paper.fetcher.requests) <= 1  # the one whose answer could not be stored


def test_work_goes_on_by_itself_when_there_is_space_again(paper: Newspaper) -> None:
    paper.publishes(A)

    async def story(day: Day) -> None:
        day.breaks(errno.ENOSPC, "store.commit")
        await day.ticks(50)
        day.trouble.close()
        await day.ticks(10, every=RETRY.total_seconds())

    spent(paper, story)

    assert len(paper.history(A).versions) == 1
    assert (paper.config.site.output / "index.html").is_file()


def test_where_no_page_can_be_read_hardly_any_is_fetched_and_none_is_blamed(paper: Newspaper) -> None:
    paper.publishes(A)
    paper.tick()
    paper.publishes(A, title="Forty-one die in ferry fire")
    paper.now += minutes(30)
    asked = len(paper.fetcher.requests)

    async def story(day: Day) -> None:
        paper.compute.down = True
        await day.ticks(100)
        assert len(paper.fetcher.requests) - asked <= 15
        paper.compute.down = False
        await day.ticks(10, every=RETRY.total_seconds())

    spent(paper, story)

    assert paper.article(A).versions == 2
    assert paper.article(A).failures == 0


def test_a_site_that_cannot_be_written_stops_no_check_and_is_written_later(paper: Newspaper) -> None:
    paper.publishes(A)

    async def story(day: Day) -> None:
        day.breaks(errno.EROFS, "output.create")
        await day.ticks(10)
        assert paper.article(A).versions == 1
        assert not (paper.config.site.output / "index.html").exists()
        day.trouble.close()
        await day.ticks(1)

    spent(paper, story)

    assert (paper.config.site.output / "index.html").is_file()


@pytest.mark.parametrize("point", ["store.commit", "output.sync"])
def test_trouble_is_told_once_a_minute_with_the_way_out(
    paper: Newspaper, point: str, caplog: pytest.LogCaptureFixture
) -> None:
    paper.publishes(A)

    async def story(day: Day) -> None:
        day.breaks(errno.ENOSPC, point)
        await day.ticks(90)  # three minutes

    spent(paper, story)

    assert 3 <= len(errors(caplog)) <= 4
    assert all("space" in line for line in errors(caplog))


def test_a_disk_with_room_for_every_other_write_fills_no_log(
    paper: Newspaper, caplog: pytest.LogCaptureFixture
) -> None:
    fail, writes = fail_with(errno.ENOSPC), count()

    def strike(point: str) -> None:
        if point == "store.commit" and next(writes) % 2:
            fail(point)

    async def story(day: Day) -> None:
        day.trouble.enter_context(faults.struck(strike))
        for _ in range(30):  # six minutes
            paper.publishes(f"/news/{day.seconds}")
            paper.now += minutes(30)
            await day.ticks(1, every=12)

    with caplog.at_level(logging.INFO, "feedwatch"):
        spent(paper, story)

    told = [record.getMessage() for record in caplog.records if "space" in record.message or "again" in record.message]
    assert any("written again" in line for line in told)
    assert len(told) <= 2 * 7


def test_a_clock_set_back_by_a_year_does_not_silence_trouble(
    paper: Newspaper, caplog: pytest.LogCaptureFixture
) -> None:
    paper.publishes(A)

    async def story(day: Day) -> None:
        day.breaks(errno.ENOSPC, "output.sync")
        await day.ticks(2)
        paper.now -= days(365)
        await day.ticks(2, every=QUIET.total_seconds())

    spent(paper, story)

    assert len(errors(caplog)) > 1


def test_what_hangs_at_the_end_is_left_for_the_next_start(
    paper: Newspaper, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    paper.publishes(A)
    paper.tick()
    before = paper.article(A)
    paper.now += days(1)
    monkeypatch.setattr(running, "DRAIN", days(0))
    never = asyncio.Event()

    async def hang(request: Request) -> Outcome:
        await never.wait()
        return Fetched(request.url, b"")

    async def story(day: Day) -> None:
        monkeypatch.setattr(paper.fetcher, "fetch", hang)
        await day.daemon._tick()
        await day.daemon._drain()
        assert not day.daemon._rounds.are_out

    with caplog.at_level(logging.WARNING):
        spent(paper, story)

    assert paper.article(A) == before
    assert "due at the next start" in caplog.text
