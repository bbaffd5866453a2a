"""What commands tell while they are at it, and what scripts read of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

import click

from feedwatch.steps import unpack

if TYPE_CHECKING:
    from feedwatch.running.app import Tallies


@contextmanager
def progress() -> Iterator[Callable[[Tallies], None]]:
    """One line that counts along on a terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    console = Console(stderr=True)
    with console.status("working") as status:
        yield lambda tallies: status.update(pass_line(tallies))


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int | None], None]]:
    """A bar that fills on a terminal; nothing in a pipe. It is told how many of how many are done, if that is known."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def pass_line(tallies: Tallies) -> str:
    failed = tallies.polls_failed + tallies.checks_failed
    return (
        f"{many(tallies.polls, 'feed')} polled, {many(tallies.found, 'article')} found, {tallies.checks:,} checked, "
        f"{tallies.changes:,} changed, {many(tallies.published, 'file')} written"
        + (f", {failed:,} failed" if failed else "")
    )


def many(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def print_json(value: object) -> None:
    click.echo(json.dumps(_plain(value), ensure_ascii=False, indent=2))


def _plain(value: Any) -> Any:  # noqa: PLR0911 - one line for each kind of value
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(item) for name, item in asdict(value).items()}
    match value:
        case Enum():
            return value.value
        case datetime():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case bytes():
            return unpack(value)  # when an article was looked at: the only bytes in a noun that is told
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case set() | frozenset():
            return sorted(_plain(item) for item in value)
        case _:
            return value
