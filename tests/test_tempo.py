"""How each source is looked at, through the whole pipeline on a clock in hand."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from feedwatch.config import FetchConfig, SourceConfig
from feedwatch.model import Fetched, FetchKind, Outcome, Request
from feedwatch.running.tempo import budget_of
from tests.internet import BODY, SITE, Newspaper, hours, newspaper_config, page


class Desk:
    """Edits each article once, so many hours after it was published, or never."""

    def __init__(self, folder: Path, edited_after: float | None, checks_a_day: int | None = None) -> None:
        config = newspaper_config(folder)
        schedule = config.schedule.model_copy(update={"checks_a_day": checks_a_day, "poll_every": hours(2)})
        self.paper = Newspaper(folder, config.model_copy(update={"schedule": schedule}))
        self.edited_after = edited_after
        self.looks: dict[str, list[timedelta]] = {}
        self.at: list[datetime] = []

    def publishes(self, path: str) -> None:
        began = self.paper.now
        looks = self.looks.setdefault(path, [])

        def answer(_: Request) -> Outcome:
            looks.append(self.paper.now - began)
            self.at.append(self.paper.now)
            is_edited = self.edited_after is not None and looks[-1] >= hours(self.edited_after)
            body = [*body_of(path), *(["An inquiry into what happened there was opened."] if is_edited else [])]
            return Fetched(SITE + path, page(f"The story of {path}", body).encode(), "text/html")

        self.paper.publishes(path, title=f"The story of {path}", body=body_of(path))
        self.paper.serves(path, answer)
        self.paper.tick()


def body_of(path: str) -> list[str]:
    """No two articles have a line in common."""
    return [f"{path}: {line}" for line in BODY]


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[Path]:
    return map(made, (tmp_path / str(number) for number in range(9)))


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def late_looks(desk: Desk) -> int:
    """Looks at one more article between its 15th hour and its 19th, after seven whose lives are known."""
    for number in range(7):
        desk.publishes(f"/known/{number}")
        desk.paper.runs(hours(3))
    desk.paper.runs(hours(40))
    desk.publishes("/new")
    desk.paper.runs(hours(19))
    return sum(hours(15) <= look <= hours(19) for look in desk.looks["/new"])


def test_articles_of_a_source_that_edits_late_are_looked_at_more_often_late(folders: Iterator[Path]) -> None:
    late, never = Desk(next(folders), edited_after=20), Desk(next(folders), edited_after=None)

    often, seldom = late_looks(late), late_looks(never)

    assert often >= 3 * max(1, seldom)
    kept = json.loads(late.paper._ask(late.paper.store.memo, "rhythm paper"))
    assert max(kept["rates"][0]) > 0.2
    for desk in (late, never):
        desk.paper.close()


def test_a_budget_is_spent_over_the_day_and_not_cut_off(
    folders: Iterator[Path], caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(next(folders), edited_after=None, checks_a_day=120)
    for number in range(16):
        if number == 8:
            caplog.clear()
        with caplog.at_level(logging.WARNING):
            desk.publishes(f"/{number}")
            desk.paper.runs(hours(4))

    def spent(until: datetime) -> int:
        return sum(until - hours(24) < at <= until for at in desk.at)

    assert max(map(spent, desk.at)) <= 120
    assert spent(desk.paper.now) >= 84
    assert "checks within a day" not in caplog.text
    assert all(len(looks) > 4 for path, looks in desk.looks.items() if path not in ("/14", "/15"))
    desk.paper.close()


def test_a_rhythm_outlasts_a_restart(folders: Iterator[Path]) -> None:
    folder = next(folders)
    desk = Desk(folder, edited_after=None)
    desk.publishes("/a")
    kept, now = desk.paper.app.rhythms["paper"], desk.paper.now
    desk.paper.close()

    again = Newspaper(folder, newspaper_config(folder))
    again.now = now + hours(0.5)
    again.fetcher.answers = desk.paper.fetcher.answers
    again.tick()

    assert again.app.rhythms["paper"] == kept
    again.close()


def test_sources_at_one_host_share_its_requests(folders: Iterator[Path]) -> None:
    config = newspaper_config(next(folders))
    more = [
        SourceConfig(slug=slug, title=slug, feeds=(feed,))
        for slug, feed in (("sport", f"{SITE}/sport.xml"), ("herald", "https://herald.example/feed"))
    ]
    paper = Newspaper(
        next(folders),
        config.model_copy(update={"sources": (*config.sources, *more), "fetch": FetchConfig(requests_a_day=1000)}),
    )

    budgets = {slug: budget_of(paper.app, slug).looks_per_day for slug in ("paper", "sport", "herald", "by-hand")}

    assert budgets == {"paper": 500, "sport": 500, "herald": 1000, "by-hand": 1000}
    assert FetchKind.ARTICLE not in [request.kind for request in paper.fetcher.requests]
    paper.close()
