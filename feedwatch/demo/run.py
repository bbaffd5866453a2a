"""`feedwatch demo`: the newsroom's twelve days, then what was edited against what was found, and where to look."""

from __future__ import annotations

import shutil
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from os import PathLike
from pathlib import Path

from rich.console import Console
from rich.table import Table

from feedwatch.demo.audit import Line, audit
from feedwatch.demo.newsroom import Newsroom
from feedwatch.demo.published import read_everything
from feedwatch.demo.script import LENGTH, START
from feedwatch.demo.simulation import Simulation, newsroom_config
from feedwatch.errors import OutputError, UsageError
from feedwatch.model import EventKind, Grade, History
from feedwatch.showing import paths

# Only a folder that an earlier demo made is emptied.
MARK = ".feedwatch-demo"


def run_demo(output: Path, *, serve: bool, port: int) -> int:
    """0 when every edit was found and nothing else was."""
    _make_room(output)
    base_url = f"http://127.0.0.1:{port}/"
    console = Console(width=None if Console().is_terminal else 160, highlight=False)
    with Newsroom() as newsroom:
        simulation = Simulation(newsroom, newsroom_config(newsroom, output, base_url), START)
        names = " and ".join(outlet.title for outlet in newsroom.outlets)
        console.print(f"{LENGTH.days} days at {names}, on loopback:")
        with console.status("") as status:
            simulation.told = lambda now, tallies: status.update(
                f"{now:%a %d %b %H:%M}  {tallies.checks} checks, {tallies.changes} changes"
            )
            tallies = simulation.run_until(START + LENGTH)
        histories = simulation.histories()
    slugs = {history.article.id: slug for slug, history in histories.items()}
    told = read_everything(output / "site")
    lines = audit(newsroom.script, told, slugs, START, START + LENGTH)
    _print_lines(console, lines)
    right = sum(line.is_right for line in lines)
    console.print(
        f"\n{right} of {len(lines)} lines as they should be. "
        f"{tallies.polls} polls, {tallies.checks} checks, {tallies.changes} changes, {tallies.events} events."
    )
    _print_places(console, output, base_url, histories, serve=serve)
    if serve:
        _serve(output / "site", port, console)
    return 0 if right == len(lines) else 1


def _make_room(output: Path) -> None:
    if output.exists() and any(output.iterdir()) and not (output / MARK).exists():
        raise UsageError(f"{output} is not empty and not of an earlier demo; give another folder with --output")
    try:
        shutil.rmtree(output, ignore_errors=True)
        output.mkdir(parents=True)
        (output / MARK).touch()
    except OSError as error:
        raise OutputError(
            f"{output}: cannot be written ({error.strerror}); give another folder with --output"
        ) from error


def _print_lines(console: Console, lines: list[Line]) -> None:
    table = Table("when", "article", "what was edited", "what was found", "", box=None, padding=(0, 2, 0, 0))
    for line in lines:
        edited = line.edit.what if line.edit else "nothing"
        mark = "[green]✓[/]" if line.is_right else "[red]✗[/]"
        table.add_row(f"{line.at:%a %H:%M}", line.article, edited, _found(line), mark)
    console.print(table)


def _found(line: Line) -> str:
    if line.found is None:
        return "missed" if line.edit and line.edit.real else "nothing, as it should be"
    return ", ".join(kind for kind in (*EventKind, *Grade) if kind in line.found.terms)


def _print_places(console: Console, output: Path, base_url: str, histories: dict[str, History], *, serve: bool) -> None:
    most = max(histories.values(), key=lambda history: history.article.changes).article
    site = output / "site"
    console.print(f"\nThe site:          {site / 'index.html'}")
    console.print(f"An edited article: {site / paths.article_page(most.id)}")
    if serve:
        console.print(f"Its feed:          {paths.url(base_url, paths.article_feed(most.id))}")
    else:
        console.print(f"Its feed:          {site / paths.article_feed(most.id)}")
        console.print("`feedwatch demo --serve` keeps the site up on loopback, to subscribe with a feed reader.")


def _serve(site: Path, port: int, console: Console) -> None:
    try:
        server = serving(site, port)
    except OSError as error:
        raise UsageError(f"port {port} cannot be had ({error.strerror}); choose another with --port") from error
    console.print(f"\nServing http://127.0.0.1:{port}/ until Ctrl-C.")
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            console.print("stopped")


def serving(site: Path, port: int) -> ThreadingHTTPServer:
    """As a static host serves a folder, with its page for what is not there."""
    return ThreadingHTTPServer(("127.0.0.1", port), partial(_Quiet, directory=str(site)))


class _Quiet(SimpleHTTPRequestHandler):
    def guess_type(self, path: str | PathLike[str]) -> str:
        return {".atom": "application/atom+xml", ".opml": "text/x-opml"}.get(Path(path).suffix) or super().guess_type(
            path
        )

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / paths.NOT_FOUND
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass
