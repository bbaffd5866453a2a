"""A real feed reader, subscribed over loopback."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from pathlib import Path

from feedwatch.demo.script import START
from feedwatch.showing import paths
from tests.outside.conftest import DemoSite, program


class Newsboat:
    def __init__(self, folder: Path, *feeds: str) -> None:
        self._program = program("newsboat")
        self._folder = folder
        (folder / "urls").write_text("".join(f"{feed}\n" for feed in feeds))
        (folder / "config").write_text("auto-reload no\n")

    def _run(self, command: str) -> str:
        files = [f"--{name}-file={self._folder / path}" for name, path in (("url", "urls"), ("config", "config"))]
        cache = f"--cache-file={self._folder / 'cache.db'}"
        done = subprocess.run(
            [self._program, "--quiet", *files, cache, "--execute", *command.split()],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
            env={"HOME": str(self._folder), "TERM": "dumb", "LC_ALL": "C.UTF-8"},
        )
        return done.stdout

    def reload(self) -> None:
        self._run("reload")

    def unread(self) -> int:
        return int(self._run("print-unread").split()[0])


def test_a_subscriber_gets_what_there_is_then_one_entry_for_one_edit_then_304(
    young_site: DemoSite, tmp_path: Path
) -> None:
    simulation, served = young_site.simulation, young_site.served
    edit = next(edit for edit in simulation.newsroom.script if edit.real and edit.article == "ferry-fire")
    article = simulation.histories()["ferry-fire"].article
    feed = paths.article_feed(article.id)
    reader = Newsboat(tmp_path, paths.url(served.url, feed))

    reader.reload()
    before = reader.unread()
    simulation.run_until(START + edit.at + timedelta(minutes=45))
    reader.reload()
    after = reader.unread()
    reader.reload()

    assert before == 1
    assert after == 2
    assert [status for path, status in served.log if path == f"/{feed}"] == [200, 200, 304]


def test_a_publish_that_changes_nothing_is_answered_304(young_site: DemoSite, tmp_path: Path) -> None:
    simulation, served = young_site.simulation, young_site.served
    article = simulation.histories()["ferry-fire"].article
    feed = paths.article_feed(article.id)
    reader = Newsboat(tmp_path, paths.url(served.url, feed))

    reader.reload()
    reader.reload()  # it keeps validators only from the second load of a feed on
    simulation.run_until(simulation.now)
    reader.reload()

    assert [status for path, status in served.log if path == f"/{feed}"][-1] == 304
