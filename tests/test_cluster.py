"""Three workers share twelve papers; one is killed, one stands still, PostgreSQL is restarted, the rest is ended.

One day is lived once, and looked at by every test.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from click.testing import CliRunner

from feedwatch.cli import main
from feedwatch.running.rehearsal import Rehearsed
from tests.crowd import Crowd, Origin, standing, wait_until
from tests.postgres import running_cluster

HOSTS, ARTICLES, AT_ONCE = 12, 3, 4  # each worker gets some
ALL = HOSTS * ARTICLES
LIMIT = 240  # seconds for each step, on a machine that is busy with other things; it takes five

AT_HOSTS = "select count(distinct worker_id) from procrastinate_jobs where status = 'doing' and task_name = 'visit'"

# A job that was made in the last worker's last seconds is the next one's.
LEFT = """
select count(*) from procrastinate_jobs job where status in ('doing', 'failed') or status = 'todo' and
(select max(at) from procrastinate_events where job_id = job.id)
< (select to_timestamp(max(ended_at) / 1e6) - interval '5 seconds' from worker)
"""


@dataclass
class Day:
    crowd: Crowd
    origin: Origin
    repeated: dict[int, int] = field(default_factory=dict)  # by edition: requests for what was answered before
    refused: list[subprocess.CompletedProcess[str]] = field(default_factory=list)
    batches: list[str] = field(default_factory=list)
    exits: list[int] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)  # by command
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
            shutil.rmtree(crowd.folder / "site")
            exported = crowd.folder / "exported"
            exported.mkdir()
            lived.batches = [
                _told(crowd, "publish", "--all"),
                _told(crowd, "recheck", "--all"),
                _told(crowd, "export", "--what", "versions", str(exported)),
            ]
            _until_published(crowd, versions=3)
            lived.told = {words: _told(crowd, *words.split()) for words in ("status", "status --json", "metrics")}
            lived.exits = [crowd.end(second), crowd.end(third)]
            lived.repeated = _repeated(origin)
            lived.rehearsed = crowd.rehearsed()
            yield lived
        except AssertionError as error:
            raise AssertionError(crowd.log()) from error
        finally:
            crowd.close()


def _told(crowd: Crowd, *words: str) -> str:
    done = CliRunner().invoke(main, [*words, "--config", str(crowd.folder / "config.yaml")])
    assert done.exit_code == 0, done.output
    return done.output


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
    assert day.crowd.number(LEFT) == 0
    assert day.crowd.number("select count(*) from procrastinate_jobs where scheduled_at is not null") == 0


def test_a_daemon_and_a_worker_with_another_configuration_are_refused(day: Day) -> None:
    daemon, other = day.refused

    assert (daemon.returncode, other.returncode) == (3, 3)
    assert "workers are" in daemon.stderr
    assert "another configuration" in other.stderr


def test_told_to_end_a_worker_finishes_what_is_in_hand(day: Day) -> None:
    assert day.exits == [0, 0]
    assert day.crowd.number("select count(*) from worker where ended_at is not null") == 2


def test_status_names_the_workers_their_queue_and_who_was_rescued(day: Day) -> None:
    crew = json.loads(day.told["status --json"])["crew"]

    assert len(crew["workers"]) == 2
    assert all(worker["id"] in day.told["status"] for worker in crew["workers"])
    assert crew["queued"]["hosts_waiting"] == 0
    assert crew["rescued"] == day.crowd.number("select sum(rescued) from worker")
    assert f"jobs rescued: {crew['rescued']}" in day.told["status"]


def test_metrics_count_what_status_tells(day: Day) -> None:
    metrics = dict(line.rsplit(" ", 1) for line in day.told["metrics"].splitlines() if not line.startswith("#"))

    assert float(metrics["feedwatch_up"]) == 1
    assert float(metrics["feedwatch_workers"]) == 2
    assert float(metrics['feedwatch_articles{source="paper-0",state="watched"}']) == ARTICLES
    assert float(metrics['feedwatch_changes_total{source="paper-0"}']) == 2 * ARTICLES
    assert float(metrics["feedwatch_rescued_jobs_total"]) > 0


def test_the_status_page_tells_of_workers_but_names_no_machine(day: Day) -> None:
    site = day.crowd.folder / "site"
    page, told = (site / "status.html").read_text(), json.loads((site / "status.json").read_text())

    assert "Workers" in page
    assert told["crew"]["workers"]
    assert socket.gethostname() + ":" not in page + json.dumps(told)


def test_workers_share_what_is_done_to_all_articles(day: Day) -> None:
    published, rechecked, exported = day.batches
    folder = day.crowd.folder / "exported"

    assert f"{ALL} articles and all lists are marked" in published
    assert f"edited articles: {ALL}; versions read anew: {2 * ALL}; could not be read: 0" in rechecked
    assert f"{3 * ALL} written to {folder}" in exported
    assert sum(len(file.read_text().splitlines()) for file in folder.glob("*.jsonl")) == 3 * ALL
    assert day.crowd.number("select count(*) from part where done_at is not null") == 3 * 16
    assert day.crowd.number("select count(*) from part where done_at is null") == 0
