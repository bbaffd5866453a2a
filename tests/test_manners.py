"""feedwatch as a guest: what outlets can rely on, also across its restarts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from feedwatch.config import FetchConfig
from feedwatch.model import Failed, Fetched, FetchKind, NotModified, Outcome, Reason, Request
from feedwatch.running.app import _keep_pauses
from feedwatch.running.desk import hide_article
from tests.internet import BODY, FEED, SITE, Newspaper, hours, minutes, newspaper_config, page

A, B, C = "/news/ferry-fire", "/news/harbour-fees", "/news/bridge"
Start = Callable[..., Newspaper]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """A newspaper whose feedwatch starts on the store that the one before left."""
    running: list[Newspaper] = []

    def begin(after: timedelta = timedelta(0), checks_a_day: int | None = None, **fetch: object) -> Newspaper:
        config = newspaper_config(tmp_path)
        schedule = config.schedule.model_copy(update={"checks_a_day": checks_a_day})
        config = config.model_copy(
            update={"fetch": FetchConfig(**fetch), "schedule": schedule}  # type: ignore[arg-type]
        )
        again = Newspaper(tmp_path, config)
        if running:
            before = running.pop()
            again.fetcher.answers, again.items = before.fetcher.answers, before.items
            again.now = before.now + after
            before.close()
        running.append(again)
        return again

    yield begin
    for paper in running:
        paper.close()


def asked(paper: Newspaper) -> list[str]:
    return [request.url.removeprefix(SITE) for request in paper.fetcher.requests if request.kind is FetchKind.ARTICLE]


def test_a_retry_after_holds_across_a_restart(start: Start) -> None:
    paper = start()
    paper.publishes(A)
    paper.fetcher.answers[FEED] = Failed(Reason.BUSY, f"{FEED}: answered 503", 503, hours(5))
    paper.tick()

    again = start(after=hours(4.9))
    again.tick()
    assert again.fetcher.requests == []

    again.tick(after=hours(0.2))
    assert FEED in [request.url for request in again.fetcher.requests]


def test_the_pause_holds_across_a_restart(start: Start) -> None:
    paper = start()
    paper.publishes(A)
    paper.tick()
    paper.app.visited["paper.example"] = minutes(2)
    asyncio.run(_keep_pauses(paper.app))

    again = start(after=minutes(1))
    again.publishes(B)
    again.tick()
    assert again.fetcher.requests == []

    again.tick(after=minutes(15))
    assert again.fetcher.requests


def test_a_second_look_is_a_conditional_one(start: Start) -> None:
    paper = start()
    paper.publishes(A)
    markup = page("Fourteen die in ferry fire", ["The ferry caught fire off the north pier early on Monday."] * 9)

    def answer(request: Request) -> Outcome:
        if request.etag == '"1"':
            return NotModified()
        return Fetched(
            SITE + A, markup.encode(), "text/html", etag='"1"', last_modified="Mon, 02 Mar 2026 06:00:00 GMT"
        )

    paper.serves(A, answer)
    paper.tick()

    again = start(after=hours(1))
    again.tick()

    looks = [request for request in again.fetcher.requests if request.url == SITE + A]
    assert [(look.etag, look.last_modified) for look in looks] == [('"1"', "Mon, 02 Mar 2026 06:00:00 GMT")]


def test_robots_are_kept_for_a_day_and_handed_on_with_every_look(start: Start) -> None:
    paper = start()
    rules = "User-agent: *\nDisallow: /private"
    paper.fetcher.answers[f"{SITE}/robots.txt"] = Fetched(f"{SITE}/robots.txt", rules.encode(), "text/plain")
    paper.publishes(A)
    paper.tick()
    again = start(after=hours(2))
    again.tick()

    robots = [paper.fetcher.count(f"{SITE}/robots.txt"), again.fetcher.count(f"{SITE}/robots.txt")]
    looks = [
        request.robots for request in (*paper.fetcher.requests, *again.fetcher.requests) if request.url == SITE + A
    ]
    assert robots == [1, 0]
    assert looks == [rules, rules]


def publishes_three(paper: Newspaper) -> None:
    """Three stories with no line in common."""
    for path in (A, B, C):
        paper.publishes(path, title=f"Of {path}", body=[f"{path}: {line}" for line in BODY])


def test_no_source_is_looked_at_more_often_in_a_day_than_permitted(start: Start) -> None:
    paper = start(checks_a_day=4)
    publishes_three(paper)
    paper.tick()
    paper.runs(hours(20))

    assert len(asked(paper)) == 4
    assert paper._ask(paper.store.counts, paper.now)["paper"]["checks_last_day"] == 4
    assert paper.fetcher.count(FEED) > 15

    again = start(after=hours(5), checks_a_day=4)
    again.tick()
    assert 1 <= len(asked(again)) <= 4


def test_no_host_is_asked_more_often_in_a_day_than_permitted_and_it_is_told_how_often(start: Start) -> None:
    paper = start(requests_a_day=30)
    paper.now = paper.now.replace(hour=1, minute=0)
    publishes_three(paper)
    paper.tick()
    paper.runs(hours(21))

    spent = len(paper.fetcher.requests)
    assert 28 <= spent <= 30
    assert paper._ask(paper.store.requests_of_day, paper.now, 10) == {"paper.example": spent}

    again = start(after=hours(1), requests_a_day=30)
    again.tick()
    assert again.fetcher.requests == []

    again.tick(after=hours(3))
    assert again.fetcher.count(FEED) == 1
    spent = {"paper.example": len(again.fetcher.requests)}
    assert again._ask(again.store.requests_of_day, again.now, 10) == spent


def test_a_host_s_requests_are_counted_whatever_they_are_for(start: Start) -> None:
    paper = start()
    for path in (A, B):  # one story at two addresses: whether one leads to the other is asked
        paper.publishes(path)
    paper.tick()

    kinds = {request.kind for request in paper.fetcher.requests}
    assert kinds == {FetchKind.FEED, FetchKind.ROBOTS, FetchKind.ARTICLE}
    spent = {"paper.example": len(paper.fetcher.requests)}
    assert paper._ask(paper.store.requests_of_day, paper.now, 10) == spent


def test_taking_an_article_down_is_no_request_and_no_check(start: Start) -> None:
    paper = start()
    paper.publishes(A)
    paper.tick()
    checks = paper._ask(paper.store.checks_of_day, "paper", paper.now)
    paper.now += hours(24)
    for _ in range(3):
        paper._ask(paper.store.count_request, "paper.example", paper.now)

    hide_article(paper.config, SITE + A, "", paper.now)

    assert paper._ask(paper.store.requests_of_day, paper.now, 10) == {"paper.example": 3}
    assert paper._ask(paper.store.checks_of_day, "paper", paper.now - hours(24)) == checks


def test_without_a_limit_the_schedule_decides(start: Start) -> None:
    paper = start()
    paper.publishes(A)
    paper.runs(hours(20))

    assert len(asked(paper)) > 4


# ------------------------------------------------------------------------------------------------------ takedowns


def everything(paper: Newspaper) -> dict[str, bytes]:
    site = paper.config.site.output
    return {str(file.relative_to(site)): file.read_bytes() for file in site.rglob("*") if file.is_file()}


def test_no_file_of_the_site_holds_a_word_of_what_was_taken_down(start: Start) -> None:
    paper = start()
    words = [f"The quokka of Zembla ate {number} plums in the mayor's garden that day." for number in range(9)]
    paper.publishes(A, title="Quokka of Zembla at large", body=words)
    paper.publishes(B, title="Harbour fees rise")
    paper.tick()
    paper.publishes(A, title="Quokka of Zembla caught", body=[*words, "It was taken to a zoo in Zembla at night."])
    paper.tick(after=hours(1))
    paper.runs(hours(30))  # the day is over, and has its entry
    before = everything(paper)
    assert {"daily.atom", "changes.atom", "index.html"} <= {name for name in before if b"Zembla" in before[name]}

    hide_article(paper.config, paper.article(A).id, "a court's order", paper.now)
    paper.tick(after=minutes(5))

    assert [name for name, content in everything(paper).items() if b"Zembla" in content] == []
