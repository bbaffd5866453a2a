"""What the CPU time of a case of `bench.checks` goes into, part by part.

    python -m bench.parts [--articles 400] [--case "first sight"]

One pass in this very process: what workers do is done here, in the same order, and handed over packed as to a worker.
So the time of each part is its own, and nothing has to be sampled. What is told are shares of the whole. The part
"fetching and the event loop" is what is left: the requests, unpacking, handing over.
"""

from __future__ import annotations

import argparse
import functools
import gc
import importlib
import os
import pickle
import pkgutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from time import process_time
from typing import Any

from bench.checks import CASES, FIRST, FIRST_SEEN, Case, Feedwatch
from bench.origin import Origin
from feedwatch.adapters.output import FolderOutput
from feedwatch.adapters.store.store import SqlStore
from feedwatch.config import load_config
from feedwatch.running import app as apps
from feedwatch.running.once import run_once

_REST = "fetching and the event loop"
_JOBS = {
    "article_files": "rendering articles",
    "judge": "reading beside the older page: the rest",
    "examine": "reading: the rest",
    "parse_feed": "reading feeds",
}
_PARTS = {  # where each is called: module, name, part
    ("feedwatch.reading.page", "parse"): "parsing",
    ("feedwatch.reading.page", "digest_visible"): "the visible text and its digest",
    ("feedwatch.reading.page", "_sketch"): "metadata, boxes and lines",
    ("feedwatch.reading.extraction", "_trafilatura"): "trafilatura",
    ("feedwatch.reading.page", "select"): "choosing the article's lines",
    ("feedwatch.reading.imprint:Draft", "imprint_of"): "drawing the imprint for the next look",
    ("feedwatch.reading.imprint:Draft", "has_imprint"): "drawing the imprint to tell whether it is the known one",
    ("feedwatch.reading.page", "judge_pair"): "judging two pages side by side",
    ("feedwatch.reading.page", "pairs"): "comparing the two templates",
    ("feedwatch.reading.template", "holds"): "comparing the two templates",
    ("feedwatch.reading.template", "is_redesigned"): "comparing the two templates",
    ("feedwatch.running.judge", "compare"): "comparing two texts",
    ("feedwatch.running.check", "decide"): "deciding and grading",
}


class Clock:
    """Each moment is counted for one part: what is called within another is not that one's."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._parts: list[str] = []
        self._since = 0.0

    def start(self) -> None:
        self._since, self._parts = process_time(), [_REST]

    def _turn(self) -> None:
        now = process_time()
        self.spent[self._parts[-1]] += now - self._since
        self._since = now

    @contextmanager
    def counting(self, part: str) -> Iterator[None]:
        self._turn()
        self._parts.append(part)
        try:
            yield
        finally:
            self._turn()
            self._parts.pop()

    def counted(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            with self.counting(part):
                return function(*args, **kwargs)

        return timed


class Inline:
    """Fulfils `ports.Compute` without processes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def run(self, function: Callable[..., Any], *args: object, near: str = "") -> Any:  # noqa: ARG002 - the port's
        with self._clock.counting("handing pages to workers"):
            job = pickle.loads(pickle.dumps((function, args), pickle.HIGHEST_PROTOCOL))  # noqa: S301 - our own
        with self._clock.counting(_JOBS.get(function.__name__, "rendering lists and their feeds")):
            answer = job[0](*job[1])
        with self._clock.counting("handing pages to workers"):
            return pickle.loads(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))  # noqa: S301

    def close(self) -> None:
        pass


def take_apart(clock: Clock) -> None:
    """Has every part counted, and everything done in this process."""
    for (place, name), part in _PARTS.items():
        owner = pkgutil.resolve_name(place)
        setattr(owner, name, clock.counted(part, getattr(owner, name)))
    for name, method in vars(SqlStore).items():
        if not name.startswith("_") and callable(method):
            setattr(SqlStore, name, clock.counted("the store", method))
    setattr(FolderOutput, "write_all", clock.counted("writing files", FolderOutput.write_all))  # noqa: B010

    async def ask(_: apps.App, method: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return method(*args, **kwargs)

    setattr(apps.App, "ask", ask)  # noqa: B010
    setattr(apps, "open_compute", lambda *_: Inline(clock))  # noqa: B010


def nursery() -> float:
    """Seconds of CPU time that it takes until workers can be forked, beyond what the program itself imports."""
    code = (
        "import feedwatch.running.once, feedwatch.adapters.worker, gc, importlib, sys, time; gc.disable()\n"
        "began = time.process_time(); [importlib.import_module(name) for name in sys.argv[1:]]\n"
        "print(time.process_time() - began)"
    )
    told = subprocess.run([sys.executable, "-c", code, *apps.PRELOADED], check=True, stdout=subprocess.PIPE, text=True)
    return float(told.stdout)


def measure(case: Case, origin: Origin, folder: Path) -> Counter[str]:
    """Seconds by part, of one pass."""
    watcher, clock = Feedwatch(), Clock()
    origin.set(case.first)
    watcher.set_up(folder, origin)
    if not case.is_first:
        watcher.run(folder, FIRST_SEEN)
        watcher.run(folder, FIRST_SEEN)
    origin.set(case.then)
    for name in (*apps.PRELOADED, "feedwatch.adapters.fetch"):
        importlib.import_module(name)
    take_apart(clock)
    with chdir(folder):
        config = load_config(folder / "config.yaml", os.environ)
        at = FIRST_SEEN if case.is_first else FIRST_SEEN + case.after
        gc.freeze()
        gc.set_threshold(20_000)  # as `feedwatch once` and its workers do
        clock.start()
        with clock.counting(_REST):
            run_once(config, lambda: at)
    return clock.spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=400, help="a multiple of the hosts")
    parser.add_argument("--case", default=FIRST.name, help="the beginning of a case's name")
    asked = parser.parse_args()
    case = next((case for case in (FIRST, *CASES) if case.name.startswith(asked.case)), None)
    if case is None:
        raise SystemExit(f"there is no such case; there are: {', '.join(case.name for case in (FIRST, *CASES))}")
    with Origin(asked.articles, 4) as origin, tempfile.TemporaryDirectory(prefix="bench-parts-") as room:
        spent = measure(case, origin, Path(room))
    if any(name in spent for name in _JOBS.values()):
        spent["having workers ready, once a pass"] = nursery()
    total = spent.total()
    print(f"{case.name}: {total * 1e3 / asked.articles:.2f} ms of CPU an article, of it")
    for part, seconds in spent.most_common():
        if seconds >= total / 200:
            print(f"{seconds / total:6.1%}  {part}")


if __name__ == "__main__":
    main()
