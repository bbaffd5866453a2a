"""The site against the store: publishing, with an output that is only looked at."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import chain
from pathlib import PurePosixPath
from typing import Any

from feedwatch.config import Config
from feedwatch.model import Findable, Stale
from feedwatch.ports import Output, Store
from feedwatch.running.app import App, Tallies, open_compute, open_fetcher, open_output, open_store
from feedwatch.running.lock import only_writer
from feedwatch.running.publish import publish, run_publish
from feedwatch.showing import paths

BATCH = 200
File = tuple[PurePosixPath, bytes]
_LINK = re.compile(rb'<a [^>]*href="([^"]*)"')


def every_article(store: Store) -> Iterator[str]:
    """Ids, in their order."""
    last = ""
    while batch := store.ids(last, BATCH):
        yield from batch
        last = batch[-1]


class _Rehearsal:
    """The store, as if nothing had been published yet; it is only read."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._published = ""  # so far, in the order of ids

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def dirty(self, limit: int) -> list[str]:
        return self._store.ids(self._published, limit)

    def mark_published(self, revs: Mapping[str, int]) -> None:
        self._published = max(revs, default=self._published)

    def keep_memo(self, name: str, text: str) -> None:
        pass

    def note_findable(self, findables: Sequence[Findable], group: int, days: Collection[tuple[str, int]]) -> None:
        pass

    def forget_stale(self, places: Collection[Stale]) -> None:
        pass


class _Comparing:
    """An output that is only looked at."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self.read, self.paths, self.differing = output.read, output.paths, output.differing
        self._moving = {paths.STATUS, paths.STATUS_JSON, paths.STATUS_FEED}  # tell the time of being written
        self.right: set[PurePosixPath] = set()
        self.wrong: set[PurePosixPath] = set()

    def write_all(
        self,
        files: Sequence[File],
        surplus: Sequence[PurePosixPath] = (),
        wrote: Callable[[PurePosixPath], object] = repr,
    ) -> None:
        """Of `surplus` what is there is left over: see `Rehearsed`."""
        del surplus, wrote
        differing = self._output.differing(files)
        wrong = {path for path, content in files if path in differing and not self._is_right(path, content)}
        self.wrong |= wrong
        self.right |= {path for path, _ in files} - wrong

    def _is_right(self, path: PurePosixPath, content: bytes) -> bool:
        if path not in self._moving and not _tells_time(path):
            return False
        there = self._output.read(path)
        return there is not None and (path in self._moving or _alike(there, content))

    def remove(self, path: PurePosixPath) -> None:
        """What is removed in publishing must not be there."""
        if self._output.read(path) is not None:
            self.wrong.add(path)


def _tells_time(path: PurePosixPath) -> bool:
    """An article's page tells how far it had been checked as it was written."""
    return path.parts[0] == "articles" and path.name == "index.html"


def _alike(there: bytes, made: bytes) -> bool:
    """Whole, with all links."""
    return there.rstrip().endswith(b"</html>") and _LINK.findall(there) == _LINK.findall(made)


class Rehearsed:
    """What publishing everything would change. Files of ours that it would not make are left over."""

    def __init__(self, config: Config, now: datetime, told: Callable[[Tallies], None]) -> None:
        self._config, self._now = config, now
        self._output = _Comparing(open_output(config))
        self.has_articles = False
        self.unrendered: set[str] = set()  # articles that no worker could render: nothing is known of their files
        self.waiting: list[str] = asyncio.run(self._rehearse(told))
        self.left_over = sorted(self._unknown())

    async def _rehearse(self, told: Callable[[Tallies], None]) -> list[str]:
        config = self._config
        with ThreadPoolExecutor(1) as thread:
            store = thread.submit(open_store, config, self._now).result()
            fetcher, compute = open_fetcher(config), open_compute(config)
            rehearsal: Any = _Rehearsal(store)
            app = App(config, rehearsal, fetcher, compute, self._output, lambda: self._now, thread, told=told)
            try:
                waiting = await app.ask(store.dirty, 1_000_000)
                self.has_articles = bool(await app.ask(store.count, None, None))
                await publish(app, always=True)
                self.unrendered = set(app.unrenderable)
            finally:
                await fetcher.close()
                compute.close()
                await app.ask(store.close)
        return waiting

    def _unknown(self) -> Iterator[PurePosixPath]:
        known = self._output.right | self._output.wrong
        ours = (PurePosixPath(folder) for folder in ("articles", "search", "days"))
        for path in chain.from_iterable(map(self._output.paths, ours)):
            if path not in known and not self.unrendered.intersection(path.parts):
                yield path

    @property
    def right(self) -> set[PurePosixPath]:
        return self._output.right

    @property
    def wrong(self) -> set[PurePosixPath]:
        """Missing, or with other bytes."""
        return self._output.wrong

    def mend(self) -> None:
        """Raises StoreBusy beside a daemon."""
        run_publish(self._config, everything=True)
        output = open_output(self._config)
        with only_writer(self._config.store):
            for path in self.left_over:
                output.remove(path)
