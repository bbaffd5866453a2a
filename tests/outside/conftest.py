"""What stands outside the package: a web server over a published site, a browser, feed readers.

Not part of `make test`; `.ci/run` installs what is needed and runs them. When CI=true a missing program is a failure.
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from typing import Any, Self

import pytest

from feedwatch.demo.newsroom import Newsroom
from feedwatch.demo.script import LENGTH, START
from feedwatch.demo.simulation import Simulation, newsroom_config

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
