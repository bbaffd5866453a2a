"""feedwatch killed (-9) at random moments, over and over: python -m bench.killing [--times 100] [--seed 1]

A paper of 30 articles on loopback edits three of them before each start of `feedwatch once`, whose clock is an hour
further. Some moments later it is killed. After each kill the database must be sound and hold, unchanged, every version
that it ever held; after the last start, which nothing disturbs, every article must stand as it was last edited, the
doctor must find nothing, and publishing everything anew must change no byte of the site. Exit code 1 otherwise.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.internet import BODY, page

ARTICLES = 30
STEP = timedelta(hours=1)
EDITED = 10  # one of so many articles in each edition: more would be taken for a redesign
MOST = 15  # requests before the end by force, and up to a second after the last of them


class Paper:
    """Every article says in which edition it was edited last."""

    def __init__(self) -> None:
        self.edition, self.base = 0, ""
        self.requests = 0

    def first_line(self, number: int) -> str:
        edited = max(0, self.edition - (self.edition - number) % EDITED)
        return f"{edited + 14} people died in the fire on ferry {number} before the lifeboats arrived, it says."

    def answer(self, path: str) -> tuple[str, str]:
        if path == "/feed.xml":
            links = [f"{self.base}/news/{number}" for number in range(ARTICLES)]
            items = "".join(
                f"<item><title>Ferry</title><link>{link}</link><guid>{link}</guid></item>" for link in links
            )
            return "application/rss+xml", f'<rss version="2.0"><channel><title>Paper</title>{items}</channel></rss>'
        number = int(path.rpartition("/")[2])
        return "text/html; charset=utf-8", page(f"Fire on ferry {number}", [self.first_line(number), *BODY])


def served(paper: Paper) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paper.requests += 1
            kind, text = ("text/plain", "") if self.path == "/robots.txt" else paper.answer(self.path)
            try:
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(text.encode())))
                self.end_headers()
                self.wfile.write(text.encode())
            except OSError:  # the one who asked was killed
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    paper.base = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class Killing:
    def __init__(self, folder: Path, times: int, seed: int) -> None:
        self.folder, self.random = folder, random.Random(seed)
        self.paper = Paper()
        self.server = served(self.paper)
        # The doctor and `publish --all` have the machine's clock: the story ends there.
        self.now = datetime.now(UTC) - times * STEP - timedelta(days=3)
        self.held: dict[tuple[str, int], object] = {}  # (article, number) -> the version as it was first seen
        self.found: list[str] = []
        config = {
            "site": {"title": "Changes", "contact": "desk@changes.example", "base_url": "https://changes.example/"},
            "fetch": {"allow_hosts": [self.paper.base.removeprefix("http://")], "pause": "0s", "workers": 1},
            "sources": [{"slug": "paper", "title": "Paper", "feeds": [f"{self.paper.base}/feed.xml"]}],
        }
        (folder / "config.yaml").write_text(json.dumps(config))

    def start(self, *words: str) -> subprocess.Popen[str]:
        program = [sys.executable, "-m", "feedwatch", "-q", *words]
        return subprocess.Popen(program, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def once(self, after: timedelta) -> subprocess.Popen[str]:
        self.now += after
        return self.start("once", "--json", "--now", self.now.isoformat(), "--max-pause", "0")

    def killed(self) -> bool:
        """False when it had ended before."""
        self.paper.edition += 1
        last = self.paper.requests + self.random.randrange(1, MOST)
        process = self.once(STEP)
        while self.paper.requests < last and process.poll() is None:
            time.sleep(0.01)
        time.sleep(self.random.uniform(0, 1))
        process.kill()
        said, _ = process.communicate()
        if process.returncode > 0:
            self.found.append(f"edition {self.paper.edition}: exit code {process.returncode}: {said[-300:]}")
        return process.returncode < 0

    def examine(self) -> None:
        """What is in the database after an end by force."""
        file = self.folder / "feedwatch.db"
        if not file.exists():
            return
        with closing(sqlite3.connect(file)) as connection:
            (sound,) = connection.execute("PRAGMA quick_check").fetchone()
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            versions = (
                connection.execute("SELECT article, number, text_sha, seen_at FROM version").fetchall()
                if "version" in tables
                else []
            )
        if sound != "ok":
            self.found.append(f"edition {self.paper.edition}: {sound}")
        there = {(article, number): rest for article, number, *rest in versions}
        gone = [key for key, version in self.held.items() if there.get(key) != version]
        counted = {article: sum(1 for one, _ in there if one == article) for article, _ in there}
        holes = [key for key in there if key[1] >= counted[key[0]]]
        self.found += [f"edition {self.paper.edition}: {key} is lost or altered" for key in gone]
        self.found += [f"edition {self.paper.edition}: {key} has none before it" for key in holes]
        self.held = there

    def end(self) -> None:
        """Starts that nothing disturbs, until whatever waits for a second look has had it, and what must hold then."""
        for _ in range(3):
            self.done(self.once(timedelta(days=1)))
        self.examine()
        newest = {}
        for line in self.done(self.start("export", "-", "--what", "versions", "--format", "jsonl")).splitlines():
            version = json.loads(line)
            newest[version["url"]] = version["blocks"][0]["text"]
        wanted = {f"{self.paper.base}/news/{number}": self.paper.first_line(number) for number in range(ARTICLES)}
        self.found += [
            f"{url} stands as {newest.get(url)!r}" for url, line in wanted.items() if newest.get(url) != line
        ]
        self.done(self.start("doctor"))
        before = self.site()
        self.done(self.start("publish", "--all"))
        after = self.site()
        differing = [path for path in before | after if before.get(path) != after.get(path) and "status." not in path]
        self.found += [f"publishing everything anew changes {path}" for path in sorted(differing)]

    def done(self, process: subprocess.Popen[str]) -> str:
        said, _ = process.communicate()
        if process.returncode:
            self.found.append(f"{process.args}: exit code {process.returncode}: {said[-300:]}")
        return said

    def site(self) -> dict[str, bytes]:
        site = self.folder / "site"
        return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        killing = Killing(Path(folder), asked.times, asked.seed)
        count = 0
        for _ in range(asked.times):
            count += killing.killed()
            killing.examine()
        killing.end()
        killing.server.shutdown()
    print(f"{count} of {asked.times} starts were killed; {len(killing.held)} versions of {ARTICLES} articles are held")
    print("\n".join(killing.found) or "nothing lost, nothing half done")
    return bool(killing.found)


if __name__ == "__main__":
    sys.exit(main())
