"""What the store knows, for other programs: lines of JSON, Parquet, WARC. Articles that were taken down are left out.

One article is in memory at a time. A file takes its name when it is whole. A folder takes a file for each range of ids:
workers share the ranges, and one whose file is there already is left.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

from feedwatch.config import Config
from feedwatch.errors import OutputError, UsageError
from feedwatch.model import History, Part, State
from feedwatch.ports import Store
from feedwatch.running.app import utc_now
from feedwatch.running.batches import are_at_work, cut, share
from feedwatch.running.desk import reading
from feedwatch.running.lines import all_lines, change_lines, event_lines, line_bytes, version_lines

BATCH = 500  # ids asked for at once
STANDARD_OUTPUT = Path("-")

Told = Callable[[int, int], None]  # so many articles of so many


class Format(StrEnum):
    JSONL = "jsonl"
    PARQUET = "parquet"
    WARC = "warc"


class What(StrEnum):
    ALL = "all"
    VERSIONS = "versions"
    CHANGES = "changes"
    EVENTS = "events"


_SUFFIXES = {Format.JSONL: "jsonl", Format.PARQUET: "parquet", Format.WARC: "warc.gz"}
_ALL = Part("", 0, "0" * 16, "f" * 16)

_LINES = {
    What.ALL: all_lines,
    What.VERSIONS: version_lines,
    What.CHANGES: change_lines,
    What.EVENTS: event_lines,
}


def export(config: Config, target: Path, form: Format, what: What, source: str | None, told: Told) -> int:
    """How many lines, rows or records were written, to a file or into the folder that is there.

    Raises UsageError where an extra is not installed.
    """
    if form is Format.PARQUET and what not in {What.VERSIONS, What.CHANGES}:
        raise UsageError("a Parquet file is one table: add --what versions or --what changes")
    if form is Format.WARC and what is not What.ALL:
        raise UsageError("WARC has the kept pages, --what does not go with it")
    with reading(config) as store:
        if source is not None and source not in {one.slug for one in store.sources()}:
            raise UsageError(f"no source {source!r} in the store; there are: {_slugs(store)}")
        if not target.is_dir():
            return _write(store, target, form, what, _histories(store, source, _ALL, told))
        parts = cut("", store)
    arguments = {"folder": str(target.resolve()), "form": form, "what": what, "source": source}
    if are_at_work(config, utc_now()):
        results = share(config, "export", arguments, told)
        if problem := next((result["problem"] for result in results if "problem" in result), None):
            raise OutputError(f"a worker could not write its part: {problem}")
        return sum(result["written"] for result in results)
    written = 0
    for done, part in enumerate(parts, 1):
        written += export_part(config, arguments, part)
        told(done, len(parts))
    return written


def export_part(config: Config, arguments: Mapping[str, Any], part: Part) -> int:
    """One range's file, unless it is there."""
    form, what = Format(arguments["form"]), What(arguments["what"])
    target = Path(arguments["folder"], f"{part.first[:2]}-{part.last[:2]}.{_SUFFIXES[form]}")
    if target.exists():
        return 0
    with reading(config) as store:
        return _write(store, target, form, what, _histories(store, arguments["source"], part, lambda _done, _of: None))


def _write(store: Store, target: Path, form: Format, what: What, histories: Iterator[History]) -> int:
    write = {Format.JSONL: _jsonl, Format.PARQUET: _parquet, Format.WARC: _warc}[form]
    with _file(target) as file:
        return write(file, store, histories, what)


def _slugs(store: Store) -> str:
    return ", ".join(source.slug for source in store.sources()) or "none"


def _histories(store: Store, source: str | None, part: Part, told: Told) -> Iterator[History]:
    """In the order of their ids, each as it stands when its turn comes."""
    after, done, count = _before(part.first), 0, store.count(None, None)
    while ids := store.ids(after, BATCH):
        for number in ids:
            if number > part.last:
                return
            history = store.history(number)
            if history.article.state is not State.HIDDEN and source in {None, history.source.slug}:
                yield history
            done += 1
            told(done, count)
        after = ids[-1]


def _before(number: str) -> str:
    """The id before `number`; "" before all of them."""
    place = int(number, 16)
    return f"{place - 1:0{len(number)}x}" if place else ""


def _jsonl(file: BinaryIO, _: Store, histories: Iterator[History], what: What) -> int:
    written = 0
    for history in histories:
        for line in _LINES[what](history):
            file.write(line_bytes(line))
            written += 1
    return written


def _parquet(file: BinaryIO, _: Store, histories: Iterator[History], what: What) -> int:
    from feedwatch.adapters.parquet import write_changes, write_versions

    if what is What.VERSIONS:
        return write_versions(file, (line.model_dump() for one in histories for line in version_lines(one)))
    return write_changes(file, (line.model_dump() for one in histories for line in change_lines(one)))


def _warc(file: BinaryIO, store: Store, histories: Iterator[History], _: What) -> int:
    from feedwatch.adapters.warc import Page, write_pages

    def pages() -> Iterator[Page]:
        for history in histories:
            for version in history.versions:
                kept = store.page(version.article, version.number)
                if kept is not None:
                    yield Page(version.article, version.number, version.seen_at, kept)

    return write_pages(file, pages(), _made_at(store))


def _made_at(store: Store) -> datetime:
    return store.created_at


@contextmanager
def _file(target: Path) -> Iterator[BinaryIO]:
    """Written beside its name, which it takes at the end; `-` is the standard output."""
    if target == STANDARD_OUTPUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    new = target.with_name(f"{target.name}.new")
    try:
        with new.open("wb") as file:
            yield file
        new.replace(target)
    except OSError as error:
        raise OutputError(f"{target} cannot be written: {error.strerror}; see to space and rights") from error
    finally:
        new.unlink(missing_ok=True)
