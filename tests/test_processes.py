"""feedwatch as processes: one writer, signals, an end by force. A paper of one article stands on loopback."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.internet import BODY, page

A = "/news/ferry-fire"
LIMIT = 20  # seconds that an orderly end may take


class Paper:
    """`hangs` is set: articles are answered when `let_go` is. `asked`: somebody waits for one."""

    def __init__(self) -> None:
        self.hangs = False
        self.asked, self.let_go = threading.Event(), threading.Event()
        self.base = ""

    def answer(self, path: str) -> tuple[int, str]:
        match path:
            case "/feed.xml":
                link = self.base + A
                item = f"<item><title>Ferry fire</title><link>{link}</link><guid>{link}</guid></item>"
                return 200, f'<rss version="2.0"><channel><title>Paper</title>{item}</channel></rss>'
            case "/news/ferry-fire":
                self.asked.set()
                if self.hangs:
                    self.let_go.wait()
                return 200, page("Fourteen die in ferry fire", BODY)
        return 404, ""


@pytest.fixture
def paper() -> Iterator[Paper]:
    standing = Paper()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, text = standing.answer(self.path)
            kind = "application/rss+xml" if self.path == "/feed.xml" else "text/html; charset=utf-8"
            try:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(text.encode())))
                self.end_headers()
                self.wfile.write(text.encode())
            except OSError:  # the one who asked is no more
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    standing.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield standing
    standing.let_go.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def folder(tmp_path: Path, paper: Paper) -> Path:
    host = paper.base.removeprefix("http://")
    config = {
        "fetch": {"allow_hosts": [host], "pause": "0s", "workers": 1},
        "sources": [{"slug": "paper", "title": "The Paper", "feeds": [f"{paper.base}/feed.xml"]}],
    }
    (tmp_path / "config.yaml").write_text(json.dumps(config))
    return tmp_path


Feedwatch = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def feedwatch(folder: Path) -> Iterator[Feedwatch]:
    started: list[subprocess.Popen[str]] = []

    def start(*words: str) -> subprocess.Popen[str]:
        program = [sys.executable, "-m", "feedwatch", *words]
        process = subprocess.Popen(program, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@contextmanager
def at_work(feedwatch: Feedwatch, paper: Paper) -> Iterator[subprocess.Popen[str]]:
    """A daemon that asks for the article just now."""
    paper.hangs = True
    daemon = feedwatch("run")
    assert paper.asked.wait(60), daemon.communicate()
    yield daemon


def test_a_second_one_is_refused_and_questions_are_answered_meanwhile(paper: Paper, feedwatch: Feedwatch) -> None:
    with at_work(feedwatch, paper) as daemon:
        second, question = feedwatch("run"), feedwatch("status", "--json")
        told, answer = second.communicate(), question.communicate()

        assert second.returncode == 3
        assert f"another feedwatch (process {daemon.pid}) is at work" in told[1]
        assert question.returncode == 0, answer[1]


def test_killed_it_leaves_no_lock_behind(paper: Paper, feedwatch: Feedwatch) -> None:
    with at_work(feedwatch, paper) as daemon:
        daemon.kill()
        daemon.wait()
    paper.let_go.set()

    again = feedwatch("once", "--json")
    answer = again.communicate()

    assert again.returncode == 0, answer[1]
    assert json.loads(answer[0])["versions"] == 1


def test_told_to_end_it_finishes_what_is_in_hand(paper: Paper, feedwatch: Feedwatch, folder: Path) -> None:
    with at_work(feedwatch, paper) as daemon:
        daemon.send_signal(signal.SIGTERM)
        paper.let_go.set()
        _, log = daemon.communicate(timeout=LIMIT)

    assert daemon.returncode == 0, log
    assert "finishing what is in hand" in log
    assert list((folder / "site" / "articles").rglob("changes.atom"))


def test_told_twice_it_ends_at_once(paper: Paper, feedwatch: Feedwatch) -> None:
    with at_work(feedwatch, paper) as daemon:
        daemon.send_signal(signal.SIGTERM)
        assert daemon.stderr is not None
        while "finishing" not in daemon.stderr.readline():  # the first is heard, and the article does not come
            assert daemon.poll() is None
        daemon.send_signal(signal.SIGTERM)

        assert daemon.wait(LIMIT) == 0


def test_what_does_not_come_keeps_nobody_from_the_end(paper: Paper, feedwatch: Feedwatch) -> None:
    with at_work(feedwatch, paper) as daemon:
        daemon.send_signal(signal.SIGTERM)
        _, log = daemon.communicate(timeout=LIMIT)

    assert daemon.returncode == 0, log
    assert "due at the next start" in log
    assert "Traceback" not in log
