"""The site of a large store: what it weighs, what a search loads. The store is one of `bench.large`.

    python -m bench.site index FOLDER    what the search knows of all articles, and 500 of them to be published
    python -m bench.site sizes FOLDER    files by kind: how many, the largest as it is and with gzip
    python -m bench.site find FOLDER     what queries load, in a browser

`index` stands for rendering every article's own pages, which takes an hour at 100,000; `feedwatch publish` then writes
all that lists them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import shutil
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

from bench.large import NOW, headline, vocabulary
from feedwatch.adapters.store import finding, open_store
from feedwatch.judging.diff import compare_change
from feedwatch.model import Word
from feedwatch.showing import search
from feedwatch.steps import pack

LOADED = """() => performance.getEntriesByType("resource").filter((one) => one.name.includes("/search/"))
  .map((one) => one.decodedBodySize)"""


def index(folder: Path) -> None:
    """As `running.publish` notes it, article after article, but in memory."""
    lists: dict[Word, list[int]] = defaultdict(list)
    cut: set[Word] = set()
    rows = []
    with closing(open_store(f"sqlite:///{folder / 'feedwatch.db'}", NOW)) as store:
        for number, article in enumerate(_ids(store)):
            history = store.history(article)
            changes = {change.to_number: compare_change(history, change) for change in history.changes}
            found = search.findable(history, changes, ())
            rows.append((number, article, found.entry, zlib.compress(json.dumps(sorted(found.words)).encode())))
            for word in found.words:
                numbers = lists[word]
                numbers.append(number)
                if len(numbers) > finding.LONGEST:
                    del numbers[: finding.LONGEST // 2]
                    cut.add(word)
    with closing(sqlite3.connect(folder / "feedwatch.db")) as connection:
        connection.execute("delete from found")
        connection.execute("delete from found_word")
        connection.executemany("insert into found values (?, ?, ?, ?)", rows)
        packed = ((*word, pack(numbers), int(word in cut)) for word, numbers in lists.items())
        connection.executemany("insert into found_word values (?, ?, ?, ?, ?)", packed)
        connection.execute("insert or replace into stale values ('all', 0, 1)")
        connection.execute("update article set published_rev = rev, dirty_at = null")
        connection.execute(
            "update article set published_rev = -1, dirty_at = news_at "
            "where id in (select id from article order by news_at desc limit 500)"
        )
        connection.commit()
    print(f"{len(rows)} articles, {len(lists)} words, {len(cut)} of them cut")


def _ids(store) -> Iterator[str]:
    some = store.ids("", 1000)
    while some:
        yield from some
        some = store.ids(some[-1], 1000)


def sizes(folder: Path) -> None:
    """The kind of a file: its path with each id, number and date as `*`."""
    kinds: dict[str, list[Path]] = defaultdict(list)
    for path in (folder / "site").rglob("*"):
        if path.is_file():
            kinds[_kind(path.relative_to(folder / "site"))].append(path)
    for kind, paths in sorted(kinds.items()):
        largest = max(paths, key=lambda path: path.stat().st_size)
        zipped = len(gzip.compress(largest.read_bytes(), mtime=0))
        print(f"{kind:44} {len(paths):8} files, largest {largest.stat().st_size:9} bytes, {zipped:8} with gzip")


def _kind(path: Path) -> str:
    found = re.sub(r"[0-9a-f]{16}|paper-\d+|\d{4}-\d\d-\d\d", "*", path.as_posix())
    found = re.sub(r"^(articles|search/entries|search/words-\d+)/[0-9a-f]+/", r"\1/*/", found)
    return re.sub(r"(?<=/)[0-9a-f]{2}(?=\.json)|(?<=[/-])\d+(?=\.)|\d+-\d+(?=\.html)", "*", found)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def find(folder: Path) -> None:
    """Bytes of `search/` that a query loads; the page's own and the scripts' bytes come on top, once."""
    from playwright.sync_api import sync_playwright

    words = vocabulary()[0]
    article = headline(77, 4)
    queries = [
        words[0],
        words[40],
        words[3000],
        words[50_000],
        "rein",
        "pror",
        article,
        " ".join(words[:6]),
        "cons tion",
    ]
    with closing(open_store(f"sqlite:///{folder / 'feedwatch.db'}", NOW)) as store:
        queries.append(store.articles("paper-3", None, 1)[0].url)
    handler = partial(Quiet, directory=str(folder / "site"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
        Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for query in queries:
            page = browser.new_page()
            page.goto(f"http://127.0.0.1:{server.server_port}/find.html?{urlencode({'q': query})}")
            page.wait_for_selector("#found[aria-busy=false] p, #found[aria-busy=false] ol")
            loaded = page.evaluate(LOADED)
            said = page.locator("#found").inner_text().splitlines()[0]
            print(f"{query[:60]:60} {len(loaded):3} files {sum(loaded):8} bytes: {said}")
            page.close()
        browser.close()
        server.shutdown()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    jobs = {"index": index, "sizes": sizes, "find": find}
    parser.add_argument("job", choices=jobs)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    jobs[given.job](given.folder)


if __name__ == "__main__":
    main()
