"""A clock that jumps: no storm of requests, no stall, no news from the future, no entry older than the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import feedparser
import pytest

from feedwatch.model import Failed, Outcome, Reason, Request
from tests.internet import FEED, SITE, Newspaper, days, hours, minutes, newspaper_config

A = "/news/ferry-fire"
YEAR = days(365)
STEP = minutes(30)


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Newspaper]:
    newspaper = Newspaper(tmp_path, newspaper_config(tmp_path))
    newspaper.publishes(A, title="Fourteen die")
    newspaper.tick()
    looks(newspaper, hours(2))
    yield newspaper
    newspaper.close()


def looks(paper: Newspaper, length: timedelta, every: timedelta = STEP) -> int:
    """Requests for the article within that time."""
    before = paper.fetcher.count(SITE + A)
    end = paper.now + length
    while paper.now < end:
        paper.tick(after=every)
    return paper.fetcher.count(SITE + A) - before


def entry_times(paper: Newspaper) -> list[datetime]:
    """Of the article's feed, the oldest entry first."""
    number = paper.article(A).id
    feed = paper.config.site.output / "articles" / number[:2] / number / "changes.atom"
    entries = feedparser.parse(feed.read_bytes()).entries
    return [datetime(*entry.updated_parsed[:6]) for entry in reversed(entries)]  # noqa: DTZ001


@pytest.mark.parametrize("jump", [YEAR, -YEAR, hours(1), -hours(1), timedelta(seconds=1), -timedelta(seconds=1)])
def test_a_jump_causes_neither_a_storm_nor_a_stall(paper: Newspaper, jump: timedelta) -> None:
    paper.now += jump

    seen = looks(paper, days(1))

    assert 1 <= seen <= 15


@pytest.mark.parametrize("jump", [YEAR, -YEAR])
def test_an_edit_after_a_jump_is_noticed_within_the_longest_wait(paper: Newspaper, jump: timedelta) -> None:
    """Ahead by a year, the article looks a year old; that nobody looked for so long does not end its watch."""
    paper.now += jump
    looks(paper, hours(1))

    paper.publishes(A, title="Forty-one die")
    looks(paper, days(8), every=hours(8))

    assert paper.titles(A) == ["Fourteen die", "Forty-one die"]


def test_a_feed_is_polled_again_after_the_clock_went_back(paper: Newspaper) -> None:
    paper.now -= YEAR
    before = paper.fetcher.count(FEED)

    looks(paper, hours(3))

    assert 3 <= paper.fetcher.count(FEED) - before <= 6


@pytest.mark.parametrize("jump", [-YEAR, -hours(1), -timedelta(seconds=1)])
def test_times_of_entries_never_run_backwards(paper: Newspaper, jump: timedelta) -> None:
    paper.publishes(A, title="Twenty die")
    looks(paper, hours(3))
    paper.now += jump
    for title in ("Thirty die", "Forty-one die"):
        paper.publishes(A, title=title)
        looks(paper, days(8), every=hours(8))

    times = entry_times(paper)

    assert len(times) == 4
    assert times == sorted(times)
    assert len(set(times)) == 4


def test_after_a_trip_to_the_future_and_back_nothing_new_is_dated_there(paper: Newspaper) -> None:
    paper.now += YEAR
    looks(paper, hours(2))
    paper.now -= YEAR

    paper.publishes(A, title="Forty-one die")
    looks(paper, days(8), every=hours(8))

    assert paper.titles(A) == ["Fourteen die", "Forty-one die"]
    assert paper.history(A).versions[-1].seen_at <= paper.now


def test_a_host_left_alone_in_the_future_is_visited_again_after_the_clock_came_back(paper: Newspaper) -> None:
    paper.now += YEAR
    paper.serves(A, Failed(Reason.BUSY, "busy", 503, retry_after=days(1)))
    paper.fetcher.answers[FEED] = Failed(Reason.BUSY, "busy", 503, retry_after=days(1))
    looks(paper, hours(1))
    paper.now -= YEAR
    paper.publishes(A)

    seen = looks(paper, days(2))

    assert 1 <= seen <= 30


def test_a_laptop_that_slept_for_a_week_looks_once_at_each_article(paper: Newspaper) -> None:
    for number in range(20):
        paper.publishes(f"/news/{number}", title=f"Story {number}")
    looks(paper, hours(1))
    before = len(paper.fetcher.requests)

    paper.tick(after=days(7))

    assert len(paper.fetcher.requests) - before <= 20 + 1 + 2  # articles, the feed, robots.txt


def test_a_pass_ends_although_more_falls_due_while_it_lasts(paper: Newspaper) -> None:
    before = paper.fetcher.count(SITE + A)

    def late(url: str, answer: Outcome) -> Callable[[Request], Outcome]:
        def answered(_: Request) -> Outcome:
            assert paper.fetcher.count(url) < before + 20
            paper.now += days(8)
            return answer

        return answered

    for url in (FEED, SITE + A):
        answer = paper.fetcher.answers[url]
        assert not callable(answer)
        paper.fetcher.answers[url] = late(url, answer)
    paper.tick(after=days(1))

    assert 1 <= paper.fetcher.count(SITE + A) - before <= 2
