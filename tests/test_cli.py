"""The command line as people use it: words in, lines and an exit code out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner, Result

from feedwatch.cli import main
from feedwatch.cli.tables import print_status
from feedwatch.demo.newsroom import Newsroom
from feedwatch.model import Feed, Sizes
from feedwatch.running.desk import SourceStatus, Status
from feedwatch.running.lock import lock_path

NOW = "2026-03-02T06:30:00Z"
LATER = "2026-03-02T08:30:00Z"


def feedwatch(*words: str) -> Result:
    return CliRunner().invoke(main, words)


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom() as running:
        yield running


@pytest.fixture
def config(tmp_path: Path, newsroom: Newsroom) -> str:
    hosts = [urlsplit(outlet.base_url).netloc for outlet in newsroom.outlets]
    sources = [
        {"slug": outlet.slug, "title": outlet.title, "feeds": list(outlet.feed_urls)} for outlet in newsroom.outlets
    ]
    path = tmp_path / "config.yaml"
    path.write_text(json.dumps({"fetch": {"allow_hosts": hosts, "pause": "0s"}, "sources": sources}))
    return str(path)


UNREACHABLE = "sources:\n  - slug: a\n    title: A\n    feeds: ['http://127.0.0.1:9/feed']\n"


def lone(folder: Path, text: str = UNREACHABLE) -> str:
    path = folder / "config.yaml"
    path.write_text(text)
    return str(path)


def test_help_names_every_command() -> None:
    done = feedwatch("--help")

    assert done.exit_code == 0
    assert all(name in done.output for name in ("run", "once", "publish", "status", "show", "watch", "init", "demo"))
    assert "Exit codes" in done.output


def test_init_writes_a_config_that_is_good(tmp_path: Path) -> None:
    first = feedwatch("init", str(tmp_path))
    check = feedwatch("config", "check", "-c", str(tmp_path / "config.yaml"))
    second = feedwatch("init", str(tmp_path))

    assert (first.exit_code, check.exit_code) == (0, 0)
    assert check.output.endswith("good; 8 sources with 8 feeds\n")
    assert "first line" not in (tmp_path / "config.yaml").read_text("utf-8")  # that of the checkout's is left out
    assert second.exit_code == 2
    assert "exists already" in second.output
    (tmp_path / "file").touch()
    assert feedwatch("init", str(tmp_path / "file" / "sub")).exit_code == 2


def test_faults_of_the_config_are_lines_and_exit_code_2(tmp_path: Path) -> None:
    path = lone(tmp_path, "site:\n  base_url: ftp://x\nsources:\n  - slug: Bad Slug\n    title: x\n    feeds: []\n")

    done = feedwatch("once", "-c", path)

    assert done.exit_code == 2
    assert all(f"config.yaml:{line}" in done.output for line in (2, 4, 6))
    assert "Traceback" not in done.output


def test_a_missing_config_says_what_to_do() -> None:
    done = feedwatch("status", "-c", "/nowhere/config.yaml")

    assert done.exit_code == 2
    assert "feedwatch init" in done.output


def test_the_schema_is_json() -> None:
    assert json.loads(feedwatch("config", "schema").output)["type"] == "object"


def test_once_polls_checks_publishes_and_is_repeatable(config: str, newsroom: Newsroom) -> None:
    newsroom.set_time(datetime.fromisoformat(NOW))

    first = feedwatch("once", "-c", config, "--now", NOW, "--max-pause", "0", "--json")
    again = feedwatch("once", "-c", config, "--now", NOW, "--max-pause", "0", "--json")

    tallies = json.loads(first.stdout)
    assert first.exit_code == 0
    assert tallies["found"] == tallies["versions"] > 0
    assert tallies["published"] > 0
    assert (json.loads(again.stdout)["checks"], json.loads(again.stdout)["published"]) == (0, 0)


def test_a_pass_that_finds_nothing_due_says_when_something_is(tmp_path: Path) -> None:
    path = lone(tmp_path)
    feedwatch("once", "-c", path, "--now", NOW)  # a feed that fails is not asked again at once

    done = feedwatch("once", "-c", path, "--now", NOW)

    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1].startswith("nothing is due before 2026-03-02 06:4")


def test_a_quiet_pass_says_nothing_unless_it_is_asked_for_json(tmp_path: Path) -> None:
    path = lone(tmp_path)
    feedwatch("once", "-c", path, "--now", NOW)

    quiet, told = feedwatch("-q", "once", "-c", path, "--now", NOW), feedwatch("once", "-c", path, "--now", NOW)
    asked = feedwatch("-q", "once", "-c", path, "--now", NOW, "--json")
    copied = feedwatch("-q", "backup", "-c", path, str(tmp_path / "copy.db"))

    assert (quiet.exit_code, quiet.output) == (0, "")
    assert "0 feeds polled" in told.output
    assert json.loads(asked.output)["polls"] == 0
    assert (copied.exit_code, copied.output) == (0, "")


def test_no_pause_is_shorter_than_none(tmp_path: Path) -> None:
    assert feedwatch("once", "-c", lone(tmp_path), "--max-pause", "-1").exit_code == 2


def test_what_once_found_can_be_asked_for(config: str, newsroom: Newsroom) -> None:
    for moment in (NOW, LATER):
        newsroom.set_time(datetime.fromisoformat(moment))
        feedwatch("once", "-c", config, "--now", moment, "--max-pause", "0")
    url = newsroom.address("ferry-fire")

    listed = json.loads(feedwatch("articles", "-c", config, "--json").stdout)
    shown = feedwatch("show", "-c", config, url)
    status = json.loads(feedwatch("status", "-c", config, "--json").stdout)
    feed = json.loads(feedwatch("feed", "-c", config, url, "--json").stdout)

    assert url.rsplit("-", 1)[0] in json.dumps(listed)
    assert all(one["looks"][0] == 0 for one in listed)  # in minutes after the first sight
    assert "Version 0 → 1  between 06:30 and 08:30 UTC on 2 March 2026" in shown.output
    assert "Version 0 → 1" in feedwatch("show", "-c", config, url, "--from", "0").output
    assert "Version 0 → 1" in feedwatch("show", "-c", config, url, "--to", "1").output
    assert feedwatch("show", "-c", config, url, "--to", "7").exit_code == 2
    assert "{+" in shown.output
    assert {source["slug"] for source in status["sources"]} >= {outlet.slug for outlet in newsroom.outlets}
    assert status["sizes"]["versions"] >= len(listed)
    assert (status["requests_today"], status["requests_a_day"]) == ({}, 20_000)  # that day is over
    assert "KB of page (a mean of" in feedwatch("status", "-c", config).output
    assert Path(feed["file"]).is_file()
    assert feed["watched"]


def test_show_of_something_unknown_says_what_there_is(tmp_path: Path) -> None:
    done = feedwatch("show", "-c", lone(tmp_path), "https://paper.example/unknown")

    assert done.exit_code == 2
    assert "feedwatch articles" in done.output


def test_an_article_without_a_feed_can_be_watched(tmp_path: Path) -> None:
    path = lone(tmp_path)

    first = feedwatch("watch", "-c", path, "https://paper.example/a?utm_source=x")
    second = feedwatch("watch", "-c", path, "https://paper.example/a")
    refused = feedwatch("watch", "-c", path, "javascript:alert(1)")

    assert first.output.startswith("now watched")
    assert second.output.startswith("watched already")
    assert refused.exit_code == 2


def test_an_article_that_was_taken_down_is_not_said_to_be_watched(tmp_path: Path) -> None:
    path = lone(tmp_path)
    feedwatch("watch", "-c", path, "https://paper.example/a")
    feedwatch("hide", "-c", path, "https://paper.example/a")

    done = feedwatch("watch", "-c", path, "https://paper.example/a")

    assert done.exit_code == 2
    assert "feedwatch unhide" in done.output


def test_a_store_whose_folder_is_not_there_is_told_with_the_way_out(tmp_path: Path) -> None:
    path = lone(tmp_path, f"store: sqlite:///none/fw.db\n{UNREACHABLE}")

    once, doctor = feedwatch("once", "-c", path), feedwatch("doctor", "-c", path)

    assert (once.exit_code, doctor.exit_code) == (3, 1)
    for told in (once.output, doctor.output):
        assert f"folder {tmp_path / 'none'} does not exist; make it first" in told


def test_no_line_is_folded_in_a_pipe(tmp_path: Path) -> None:
    path, title = lone(tmp_path), "The harbour master " * 20
    feedwatch("watch", "-c", path, "https://paper.example/a", "--title", title)

    assert title.strip() in feedwatch("show", "-c", path, "https://paper.example/a").output
    assert title.strip() in feedwatch("articles", "-c", path).output


def test_the_feed_of_an_article_can_be_told_before_it_is_watched(tmp_path: Path) -> None:
    done = feedwatch("feed", "-c", lone(tmp_path), "https://paper.example/a", "--json")

    assert not json.loads(done.stdout)["watched"]


def test_no_feed_that_answers_is_exit_code_5(tmp_path: Path) -> None:
    path = lone(tmp_path)

    done = feedwatch("once", "-c", path)

    assert done.exit_code == 5
    assert "Traceback" not in done.output


def test_an_output_that_cannot_be_written_is_exit_code_4(config: str, newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.set_time(datetime.fromisoformat(NOW))
    (tmp_path / "site").write_text("a file where the folder should be")

    done = feedwatch("once", "-c", config, "--now", NOW, "--max-pause", "0")
    (tmp_path / "site").unlink()
    again = feedwatch("once", "-c", config, "--now", NOW, "--max-pause", "0", "--json")

    assert done.exit_code == 4
    assert "site" in done.output
    assert json.loads(again.stdout)["published"] > 0


def test_status_tells_what_was_spent_beside_what_may_be(capsys: pytest.CaptureFixture[str]) -> None:
    source = SourceStatus("herald", "The Herald", (), {"checks_last_day": 106}, checks_a_day=120)

    print_status(Status([source], {"herald.example": 140}, 20_000, Sizes(10, 9_000, 41_000)), as_json=False)

    told = " ".join(capsys.readouterr().out.split())
    assert "106 of 120" in told
    assert "requests today (UTC), of 20000 at most herald.example 140" in told
    assert "a version takes 0.9 KB of text and 4.1 KB of page (a mean of 10)" in told


def test_a_source_in_trouble_has_its_troubles_below_the_table_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    at = datetime.fromisoformat(NOW)
    feeds = (
        Feed(
            "https://herald.example/a",
            "herald",
            "herald.example",
            "https://herald.example/a",
            problem="the feed is empty",
            next_poll_at=at,
        ),
        Feed(
            "https://herald.example/b",
            "herald",
            "herald.example",
            "https://herald.example/b",
            problem="the feed is gone (HTTP 410)",
            next_poll_at=None,
        ),
    )
    source = SourceStatus("herald", "The Herald", feeds, {}, held_since=at)

    print_status(Status([source], {}, 20_000, Sizes(0, 0, 0)), as_json=False)

    table, told = capsys.readouterr().out.split("trouble\n")
    assert "herald.example" not in table
    assert told.splitlines() == [
        " herald: held since 2026-03-02 06:30 UTC: too much of it changes or is lost at once",
        " herald: https://herald.example/a: the feed is empty; asked again 2026-03-02 06:30 UTC",
        " herald: https://herald.example/b: the feed is gone (HTTP 410); not asked any more",
    ]


def test_a_file_that_is_no_database_is_exit_code_3(tmp_path: Path) -> None:
    (tmp_path / "feedwatch.db").write_bytes(b"this is no database at all" * 100)

    done = feedwatch("status", "-c", lone(tmp_path))

    assert done.exit_code == 3
    assert "feedwatch.db" in done.output
    assert "Traceback" not in done.output


def test_a_second_feedwatch_on_the_same_store_is_refused(tmp_path: Path) -> None:
    path = lone(tmp_path)
    lock = lock_path(f"sqlite:///{tmp_path / 'feedwatch.db'}")
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import fcntl,sys; f=open({str(lock)!r},'w'); fcntl.flock(f,2); print(1,flush=True); sys.stdin.read()",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        done = feedwatch("once", "-c", path)
    finally:
        holder.communicate()
    after = feedwatch("once", "-c", path)

    assert done.exit_code == 3
    assert "another feedwatch" in done.output
    assert after.exit_code == 5


def test_the_daemon_ends_in_order_on_sigterm(config: str, newsroom: Newsroom, tmp_path: Path) -> None:
    program = shutil.which("feedwatch", path=str(Path(sys.executable).parent))
    assert program is not None
    running = subprocess.Popen([program, "run", "-c", config], stderr=subprocess.PIPE, env=os.environ, text=True)
    index = tmp_path / "site" / "index.html"
    assert running.stderr is not None
    for line in running.stderr:
        if "watching" in line:
            break

    running.terminate()
    _, rest = running.communicate(timeout=60)

    assert running.returncode == 0, rest
    assert "Traceback" not in rest
    assert index.parent.exists() or not index.exists()


def test_publish_all_writes_the_same_bytes(config: str, newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.set_time(datetime.fromisoformat(NOW))
    feedwatch("once", "-c", config, "--now", NOW, "--max-pause", "0")
    site = tmp_path / "site"
    moving = {"status.html", "status.json"}  # they tell of the moment at which they are written

    def files() -> dict[Path, bytes]:
        return {
            path.relative_to(site): b"" if path.name in moving else path.read_bytes()
            for path in site.rglob("*")
            if path.is_file()
        }

    before = files()
    shutil.rmtree(site)
    done = feedwatch("publish", "--all", "-c", config)

    assert done.exit_code == 0
    assert files() == before
