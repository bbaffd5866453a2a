"""Three workers share twelve papers; one is killed, one stands still, PostgreSQL is restarted, the rest is ended.

One day is lived once, and looked at by every test.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from feedwatch.running.rehearsal import Rehearsed
from tests.crowd import Crowd, Origin, standing, wait_until
from tests.postgres import running_cluster

HOSTS, ARTICLES, AT_ONCE = 12, 3, 4  # each worker gets some
ALL = HOSTS * ARTICLES
LIMIT = 240  # seconds for each step, on a machine that is busy with other things; it takes five

AT_HOSTS = "select count(distinct worker_id) from procrastinate_jobs where status = 'doing' and task_name = 'visit'"


@dataclass
class Day:
    crowd: Crowd
    origin: Origin
    repeated: dict[int, int] = field(default_factory=dict)  # by edition: requests for what was answered before
    refused: list[subprocess.CompletedProcess[str]] = field(default_factory=list)
    exits: list[int] = field(default_factory=list)
    status: list[dict[str, object]] = field(default_factory=list)
    rehearsed: Rehearsed | None = None


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    origin = Origin(HOSTS, ARTICLES, latency=0.05)
    with running_cluster() as postgres, standing(origin):
        crowd = Crowd(tmp_path_factory.mktemp("crowd"), origin, postgres.empty_database(), AT_ONCE, haste=5)
        lived = Day(crowd, origin)
        try:
            first, second, third = (crowd.start() for _ in range(3))
            _until_published(crowd, versions=1)
            origin.is_held = True
            _another_edition(lived)
            wait_until(lambda: crowd.number(AT_HOSTS) == 3, LIMIT)
            crowd.kill(first)
            os.kill(second, signal.SIGSTOP)
            origin.is_held = False
            wait_until(lambda: crowd.number("select count(*) from worker where rescued > 0") > 0, LIMIT)
            os.kill(second, signal.SIGCONT)
            _until_published(crowd, versions=2)
            lived.refused = [_tried(crowd, "run"), _tried(crowd, "worker", title="Another")]
            _another_edition(lived)
            wait_until(lambda: crowd.checked(3) > 0, LIMIT)
            postgres.restart()
            _until_published(crowd, versions=3)
            lived.exits = [crowd.end(second), crowd.end(third)]
            lived.repeated = _repeated(origin)
            lived.rehearsed = crowd.rehearsed()
            yield lived
        except AssertionError as error:
            raise AssertionError(crowd.log()) from error
        finally:
            crowd.close()


def _until_published(crowd: Crowd, versions: int) -> None:
    wait_until(lambda: crowd.checked(versions) == ALL and crowd.is_listed(), LIMIT)


def _another_edition(day: Day) -> None:
    day.origin.edition += 1
    day.crowd.makes_all_due()


def _repeated(origin: Origin) -> dict[int, int]:
    repeated: dict[int, int] = {}
    for (_, _, edition), times in origin.asked.items():
        repeated[edition] = repeated.get(edition, 0) + times - 1
    return repeated


def _tried(crowd: Crowd, command: str, title: str | None = None) -> subprocess.CompletedProcess[str]:
    """One more, in the folder of the workers or with another configuration."""
    config = json.loads((crowd.folder / "config.yaml").read_text())
    config["site"]["title"] = title or "feedwatch"
    other = crowd.folder / f"{command}.yaml"
    other.write_text(json.dumps(config))
    words = [sys.executable, "-m", "feedwatch", command, "--config", other]
    return subprocess.run(words, capture_output=True, text=True, timeout=LIMIT, check=False)


def versions(day: Day) -> list[int]:
    with day.crowd.engine.connect() as connection:
        return sorted(connection.exec_driver_sql("select versions from article").scalars())


def test_every_article_has_every_version_once_whoever_died_meanwhile(day: Day) -> None:
    assert versions(day) == [3] * ALL
    assert day.crowd.number("select count(*) from version") == 3 * ALL
    assert day.crowd.number("select count(*) from change") == 2 * ALL


def test_never_are_two_requests_under_way_at_one_host(day: Day) -> None:
    assert day.origin.overlaps == []
    assert day.origin.most_at_once == 1


def test_only_what_was_in_hand_is_asked_for_again(day: Day) -> None:
    assert day.repeated[0] == 0
    assert day.repeated[1] <= AT_ONCE  # of the one that was killed
    assert day.repeated[2] <= 2 * AT_ONCE  # of the two that lost PostgreSQL


def test_the_site_is_what_publishing_everything_anew_would_make(day: Day) -> None:
    assert day.rehearsed is not None
    assert day.rehearsed.right
    assert (day.rehearsed.wrong, day.rehearsed.waiting, day.rehearsed.left_over) == (set(), [], [])


def test_jobs_of_the_dead_are_given_back_and_no_job_is_left(day: Day) -> None:
    assert day.crowd.number("select sum(rescued) from worker") > 0
    assert day.crowd.number("select count(*) from procrastinate_jobs where status in ('todo', 'doing', 'failed')") == 0
    assert day.crowd.number("select count(*) from procrastinate_jobs where scheduled_at is not null") == 0


def test_a_daemon_and_a_worker_with_another_configuration_are_refused(day: Day) -> None:
    daemon, other = day.refused

    assert (daemon.returncode, other.returncode) == (3, 3)
    assert "workers are" in daemon.stderr
    assert "another configuration" in other.stderr


def test_told_to_end_a_worker_finishes_what_is_in_hand(day: Day) -> None:
    assert day.exits == [0, 0]
    assert day.crowd.number("select count(*) from worker where ended_at is not null") == 2
