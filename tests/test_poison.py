"""What no worker can deal with: it is set aside and told, the others go on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from feedwatch.config import ScheduleConfig
from feedwatch.errors import ComputeTimeout
from feedwatch.model import History, KeptPage, Source, State
from tests.internet import SITE, InlineCompute, Newspaper, days, minutes, newspaper_config

T = TypeVar("T")
A, B = "/news/ferry-fire", "/news/harbour-fees"


class ChokingCompute(InlineCompute):
    """Does not get done with what `chokes_on` holds for; counts how often it tried."""

    def __init__(self) -> None:
        super().__init__()
        self.chokes_on: Callable[[tuple[object, ...]], bool] = lambda _: False
        self.choked = 0

    async def run(self, function: Callable[..., T], *args: object, near: str = "") -> T:
        if self.chokes_on(args):
            self.choked += 1
            raise ComputeTimeout(f"{function.__name__}: no answer within 20 s")
        return await super().run(function, *args, near=near)


@pytest.fixture
def compute() -> ChokingCompute:
    return ChokingCompute()


@pytest.fixture
def paper(tmp_path: Path, compute: ChokingCompute) -> Iterator[Newspaper]:
    rarely = ScheduleConfig(poll_every=days(1))  # of the feed nothing is wanted, and it costs a pass each time
    config = newspaper_config(tmp_path).model_copy(update={"schedule": rarely})
    newspaper = Newspaper(tmp_path, config, compute=compute)
    yield newspaper
    newspaper.close()


def reads(path: str) -> Callable[[tuple[object, ...]], bool]:
    return lambda args: isinstance(args[0], KeptPage) and args[0].url == SITE + path


def renders(path: str, paper: Newspaper) -> Callable[[tuple[object, ...]], bool]:
    return lambda args: isinstance(args[0], History) and args[0].article.id == paper.article(path).id


def page_of(paper: Newspaper, path: str) -> Path:
    article = paper.article(path).id
    return paper.config.site.output / "articles" / article[:2] / article / "index.html"


def test_a_page_that_no_worker_can_read_is_set_aside_after_three_tries(
    paper: Newspaper, compute: ChokingCompute
) -> None:
    paper.publishes(A)
    paper.publishes(B, title="Harbour fees rise")
    compute.chokes_on = reads(A)

    paper.runs(days(5))

    poison = paper.article(A)
    assert compute.choked == 3
    assert poison.state is State.BLOCKED
    assert poison.problem.startswith("set aside after 3 tries, tried once a week: the page could not be read")
    assert paper._ask(paper.store.counts, paper.now)["paper"]["blocked"] == 1
    assert paper.article(B).checks > 10


def test_a_page_that_was_set_aside_is_watched_again_once_it_can_be_read(
    paper: Newspaper, compute: ChokingCompute
) -> None:
    paper.publishes(A)
    paper.tick()
    compute.chokes_on = reads(A)
    paper.publishes(A, title="Forty-one die in ferry fire")
    paper.runs(days(5))
    assert paper.article(A).state is State.BLOCKED

    compute.chokes_on = lambda _: False
    paper.runs(days(7))

    assert paper.article(A).state is State.WATCHED
    assert paper.article(A).problem == ""
    assert len(paper.titles(A)) == 2


def test_an_article_that_cannot_be_rendered_is_tried_once_and_the_others_are_published(
    paper: Newspaper, compute: ChokingCompute, caplog: pytest.LogCaptureFixture
) -> None:
    paper.publishes(A)
    paper.publishes(B, title="Harbour fees rise")
    compute.chokes_on = renders(A, paper)

    for _ in range(5):
        paper.tick(after=minutes(1))

    assert compute.choked == 1
    assert page_of(paper, B).is_file()
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "could not be rendered" in caplog.text


def test_an_article_that_could_not_be_rendered_is_tried_again_when_it_changes(
    paper: Newspaper, compute: ChokingCompute
) -> None:
    paper.publishes(A)
    compute.chokes_on = renders(A, paper)
    paper.tick()

    compute.chokes_on = lambda _: False
    paper.publishes(A, title="Forty-one die in ferry fire")
    paper.tick(after=minutes(15))

    assert page_of(paper, A).is_file()


def test_a_list_that_cannot_be_rendered_leaves_the_old_one_and_the_articles_pages(
    paper: Newspaper, compute: ChokingCompute
) -> None:
    paper.publishes(A)
    compute.chokes_on = lambda args: isinstance(args[0], Source)

    paper.tick()
    assert page_of(paper, A).is_file()
    assert not (paper.config.site.output / "sources").exists()

    compute.chokes_on = lambda _: False
    paper.publishes(B, title="Harbour fees rise")
    paper.tick(after=days(1))
    assert (paper.config.site.output / "sources" / "paper" / "index.html").is_file()
