"""A real feed reader, subscribed over loopback."""

from __future__ import annotations

import os
import pty
import sqlite3
import subprocess
from contextlib import closing, suppress
from pathlib import Path

from feedwatch.showing import paths
from tests.outside.conftest import DemoSite, Subscribed, program, tells


class Newsboat:
    def __init__(self, folder: Path, *feeds: str) -> None:
        self._program = program("newsboat")
        self._folder = folder
        self._environment = {"HOME": str(folder), "TERM": "xterm", "LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]}
        (folder / "urls").write_text("".join(f"{feed}\n" for feed in feeds))
        (folder / "config").write_text("auto-reload no\n")

    def _command(self, config: str = "config") -> list[str]:
        files = [f"--{name}-file={self._folder / path}" for name, path in (("url", "urls"), ("config", config))]
        return [self._program, "--quiet", *files, f"--cache-file={self._folder / 'cache.db'}"]

    def _run(self, command: str) -> str:
        done = subprocess.run(
            [*self._command(), "--execute", *command.split()],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
            env=self._environment,
        )
        return done.stdout

    def reload(self) -> None:
        self._run("reload")

    def unread(self) -> int:
        return int(self._run("print-unread").split()[0])

    def entries(self) -> list[tuple[str, str]]:
        """Titles and links, the newest first."""
        with closing(sqlite3.connect(self._folder / "cache.db")) as cache:
            return cache.execute("select title, url from rss_item order by pubDate desc").fetchall()

    def newest(self) -> str:
        """The newest entry of the first feed, opened and read, as it stands in the terminal."""
        shown = self._folder / "shown"
        (self._folder / "reading").write_text(
            f'auto-reload no\npager "cp %f {shown}"\nrun-on-startup open; open; hard-quit\n'
        )
        pid, terminal = pty.fork()
        if pid == 0:
            os.execve(self._program, self._command("reading"), self._environment)  # noqa: S606
        with suppress(OSError):  # the end of a terminal
            while os.read(terminal, 4096):
                pass
        os.waitpid(pid, 0)
        os.close(terminal)
        return shown.read_text("utf-8")


def test_a_subscriber_gets_what_there_is_then_one_entry_for_one_edit_then_304(feed: Subscribed, tmp_path: Path) -> None:
    reader = Newsboat(tmp_path, feed.url)

    reader.reload()
    before = reader.unread(), reader.entries(), feed.entries()
    feed.goes_on()
    reader.reload()
    after = reader.unread(), reader.entries(), feed.entries()
    reader.reload()
    shown = reader.newest()

    assert before[0] == 1
    assert before[1] == before[2]
    assert after[0] == 2
    assert after[1] == after[2]
    title, link = after[2][0]
    assert title in " ".join(shown.split())
    assert f"Link: {link}" in shown
    assert tells(shown, feed)
    assert reader.unread() == 1
    assert feed.answers() == [200, 200, 304]


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
