"""What stands outside the package: a web server over a published site, a browser, feed readers.

Not part of `make test`; `.ci/run` installs what is needed and runs them. When CI=true a missing program is a failure.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from typing import Any, Self

import pytest
from lxml import etree

from feedwatch.demo.newsroom import Newsroom
from feedwatch.demo.script import LENGTH, START
from feedwatch.demo.simulation import Simulation, newsroom_config
from feedwatch.running.lines import change_lines
from feedwatch.showing import paths

ATOM = "{http://www.w3.org/2005/Atom}"

if os.environ.get("CI") == "true":
    import_module("playwright.sync_api")  # what the browser's modules are skipped without elsewhere


def program(*names: str) -> str:
    """The first of the programs that is there; otherwise the test is skipped, in CI it fails."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        reason = f"needs {' or '.join(names)}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def library(name: str) -> None:
    """The module that imports it is skipped where it is missing, in CI it fails."""
    if os.environ.get("CI") == "true":
        import_module(name)
    pytest.importorskip(name)


def node_module(name: str) -> Path:
    """Its folder; npm installs it beside the Python environment: npm install --prefix .venv/node NAME."""
    folder = Path(sys.prefix) / "node" / "node_modules" / name
    if not folder.is_dir():
        reason = f"needs npm's {name} in {folder.parent}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


@dataclass
class Served:
    """A folder over HTTP on loopback, as a static host would serve it; `log` has (path, status)."""

    folder: Path
    log: list[tuple[str, int]] = field(default_factory=list)

    def __enter__(self) -> Self:
        log = self.log

        class Handler(SimpleHTTPRequestHandler):
            extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".atom": "application/atom+xml"}  # noqa: RUF012

            def log_request(self, code: Any = "-", size: Any = "-") -> None:
                log.append((self.path, int(code)))

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(self.folder)))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/"


@dataclass
class DemoSite:
    simulation: Simulation
    served: Served

    @property
    def folder(self) -> Path:
        return self.served.folder


@pytest.fixture
def young_site(tmp_path: Path) -> Iterator[DemoSite]:
    """The demo's site after its first half hour: nothing was edited yet; the newsroom goes on."""
    yield from _site(tmp_path, START + LENGTH / 576)


@pytest.fixture(scope="session")
def full_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    """The demo's site at its end."""
    yield from _site(tmp_path_factory.mktemp("full"), START + LENGTH)


def _site(folder: Path, until: Any) -> Iterator[DemoSite]:
    (folder / "site").mkdir()
    with Served(folder / "site") as served, Newsroom() as newsroom:
        simulation = Simulation(newsroom, newsroom_config(newsroom, folder, served.url), START)
        simulation.run_until(until)
        yield DemoSite(simulation, served)


@dataclass
class Subscribed:
    """An article's feed, before and after its first real edit."""

    site: DemoSite
    file: Path
    url: str
    goes_on: Callable[[], None]

    def entries(self) -> list[tuple[str, str]]:
        """Titles and links, as they stand in the feed, the newest first."""
        root = etree.parse(self.file).getroot()
        return [
            (entry.findtext(f"{ATOM}title"), entry.find(f"{ATOM}link[@rel='alternate']").get("href"))
            for entry in root.iterfind(f"{ATOM}entry")
        ]

    def answers(self) -> list[int]:
        return [status for path, status in self.site.served.log if self.url.endswith(path)]

    def figures(self) -> tuple[tuple[str, str], ...]:
        """Old and new, as the edit changed them."""
        return self.site.simulation.histories()["ferry-fire"].changes[-1].facts.figures

    def words(self) -> tuple[set[str], set[str]]:
        """Removed and added by the edit."""
        history = self.site.simulation.histories()["ferry-fire"]
        change = list(change_lines(history))[-1]
        return set(" ".join(change.removed).split()), set(" ".join(change.added).split())


@pytest.fixture
def feed(young_site: DemoSite) -> Subscribed:
    simulation = young_site.simulation
    edit = next(edit for edit in simulation.newsroom.script if edit.real and edit.article == "ferry-fire")
    path = paths.article_feed(simulation.histories()["ferry-fire"].article.id)
    os.utime(young_site.folder / path, (0, 0))  # simulated hours pass within one second, which Last-Modified counts in

    def goes_on() -> None:
        simulation.run_until(START + edit.at + timedelta(minutes=45))

    return Subscribed(young_site, young_site.folder / path, paths.url(young_site.served.url, path), goes_on)


def tells(text: str, feed: Subscribed) -> bool:
    """Whether every word that came or went can be read in it."""
    removed, added = feed.words()
    bare = set(re.split(r"\s+", re.sub(r"[\[\]{}+]|-(?=\])|(?<=\[)-", " ", text)))
    return bool(removed) and bool(added) and {word.strip("*_~") for word in bare} >= removed | added
