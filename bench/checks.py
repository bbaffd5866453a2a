"""What a check costs: the whole program, as its user runs it, at an origin on loopback.

    python -m bench.checks [--articles 400] [--hosts 4] [--rounds 3] [--json FILE]

CPU milliseconds per article of all processes together. A pass with nothing due is measured beside each and subtracted,
so that starting the program is not counted; every round runs all cases once, on copies of the same store. Before a
figure counts, the guard makes sure that every article was asked for exactly once, that exactly the planted edits were
found, word for word, and that nothing else was.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import process_time
from typing import Protocol

from bench.gauge import Cost, gauge
from bench.origin import Origin, Setting, Shown
from feedwatch.demo.script import START
from feedwatch.model import History, comparable

FIRST_SEEN = START.replace(hour=8) + timedelta(days=2)
SAME_DAY, NEXT_DAY = timedelta(hours=2), timedelta(days=1)  # later than the longest wait: every article is due


@dataclass(frozen=True, slots=True)
class Case:
    """`first`: how the origin stood when the articles were first seen; `then`: how it stands at the measured pass.

    At the first look of a day an article's page is written anew, since it says when it was last looked at.
    """

    name: str
    first: Setting
    then: Setting
    after: timedelta = SAME_DAY

    @property
    def is_first(self) -> bool:
        return self.first is self.then


_PLAIN = Setting(validators=False)
_ASKING = Setting()
FIRST = Case("first sight", _PLAIN, _PLAIN)
CASES = (
    Case("all 304", _ASKING, Setting()),
    Case("same bytes, no validators", _PLAIN, Setting(validators=False)),
    Case("numbers changed, text same", _PLAIN, Setting(Shown.NUMBERS, validators=False)),
    Case("furniture changed, article same", _PLAIN, Setting(Shown.FURNITURE, validators=False)),
    Case("10 % edited, rest 304", _ASKING, Setting(Shown.EDITED)),
    Case("10 % edited, rest same bytes", _PLAIN, Setting(Shown.EDITED, validators=False)),
    Case("all 304, 50 ms away", _ASKING, Setting(latency=0.05)),
    Case("all 304, first look of a day", _ASKING, Setting(), NEXT_DAY),
)


class SkippedError(Exception):
    """The pass did not do what is measured."""


class Watcher(Protocol):
    """A program under measurement. `folder` is all that it keeps."""

    name: str

    def set_up(self, folder: Path, origin: Origin) -> None: ...

    def run(self, folder: Path, now: datetime) -> Cost: ...

    def changes(self, folder: Path, origin: Origin) -> dict[str, str]:
        """URL -> what was added (in the form for comparing), of the articles that it reports as changed."""
        ...


# ---------------------------------------------------------------------------------------------------------- feedwatch


class Feedwatch:
    """`feedwatch once`, with everything it does: versions and pages kept, site written."""

    name = "feedwatch"

    def set_up(self, folder: Path, origin: Origin) -> None:
        sources = [
            f"  - slug: {place.slug}\n    title: {place.slug}\n    feeds: [{place.feed}]\n" for place in origin.places
        ]
        hosts = ", ".join(place.base.removeprefix("http://") for place in origin.places)
        fetch = f"fetch:\n  pause: 0s\n  allow_hosts: [{json.dumps(hosts)[1:-1]}]\n"
        site = "site:\n  title: bench\n  contact: https://example.org/about\n"
        (folder / "config.yaml").write_text(f"{site}{fetch}schedule:\n  longest: 1h\nsources:\n{''.join(sources)}")

    def run(self, folder: Path, now: datetime) -> Cost:
        return gauge([sys.executable, "-m", "feedwatch", "once", "--now", now.isoformat()], folder)

    def changes(self, folder: Path, origin: Origin) -> dict[str, str]:
        from feedwatch.adapters.store import open_store

        store = open_store(f"sqlite:///{folder / 'feedwatch.db'}", FIRST_SEEN)
        try:
            found = {}
            for article in store.articles(None, None, len(origin.articles) + 1):
                if not article.versions:
                    raise SkippedError(f"{article.url}: no version")
                if article.changes or article.suspect or article.events:
                    found[article.url] = _told(store.history(article.id))
            return found
        finally:
            store.close()


def _told(history: History) -> str:
    """What the one paragraph that differs has more; "?" when anything else differs."""
    if len(history.changes) != 1 or history.events:
        return "?"
    change = history.changes[0]
    old = (change.base or history.version(change.from_number).text).paragraphs
    new = history.version(change.to_number).text.paragraphs
    pairs = [(before, after) for before, after in zip(old, new, strict=False) if before != after]
    if len(old) != len(new) or len(pairs) != 1 or not pairs[0][1].startswith(pairs[0][0]):
        return "?"
    return comparable(pairs[0][1].removeprefix(pairs[0][0]))


# ---------------------------------------------------------------------------------------------------------- measuring


@dataclass(frozen=True, slots=True)
class Figure:
    cpu: float  # milliseconds per article, without starting the program
    wall: float
    started: float  # milliseconds that starting it takes


def measure(watcher: Watcher, origin: Origin, room: Path) -> Iterator[tuple[Case, Figure]]:
    """One round: first sight for each way that the origin can stand, and all cases from copies of it."""
    seen: dict[Setting, Path] = {}
    count = len(origin.articles)
    for setting in dict.fromkeys(case.first for case in CASES):
        origin.set(setting)
        folder = seen[setting] = room / f"{watcher.name}-{len(seen)}"
        folder.mkdir()
        watcher.set_up(folder, origin)
        cost = _done(watcher.run(folder, FIRST_SEEN))
        _guard(watcher, folder, origin, FIRST)
        idle = _done(watcher.run(folder, FIRST_SEEN))
        yield FIRST, _figure(cost, idle, count)
    for number, case in enumerate(CASES):
        # Kept until the round has ended: ext4 goes around what was deleted in the last five seconds, inode by inode.
        folder = room / f"copy-{number}"
        shutil.copytree(seen[case.first], folder)
        _done(watcher.run(folder, FIRST_SEEN))  # the site's folder is another one: what that makes anew is no check's
        origin.set(case.then)
        cost = _done(watcher.run(folder, FIRST_SEEN + case.after))
        _guard(watcher, folder, origin, case)
        idle = _done(watcher.run(folder, FIRST_SEEN + case.after))
        yield case, _figure(cost, idle, count)


def _figure(cost: Cost, idle: Cost, count: int) -> Figure:
    return Figure((cost.cpu - idle.cpu) * 1e3 / count, (cost.wall - idle.wall) * 1e3 / count, idle.cpu * 1e3)


def _done(cost: Cost) -> Cost:
    if cost.code:
        raise SkippedError(f"exit code {cost.code}: {cost.said}")
    return cost


def _guard(watcher: Watcher, folder: Path, origin: Origin, case: Case) -> None:
    served = origin.served()
    planted = {url: comparable(more) for url, more in origin.edited().items()}
    if case.then.shown is not Shown.EDITED:
        planted = {}
    asking = case.then.validators and not case.is_first and case.first.validators
    known = len(origin.articles) - len(planted) if asking else 0
    statuses = served.statuses(origin.articles)
    wanted = {304: known, 200: len(origin.articles) - known}
    if +statuses != {status: times for status, times in wanted.items() if times}:
        raise SkippedError(f"{case.name}: answered {dict(statuses)}, not {wanted}")
    if any(times != 1 for (url, _), times in served.answers.items() if url in planted):
        raise SkippedError(f"{case.name}: an edited article was asked for twice")
    found = watcher.changes(folder, origin)
    if found != planted:
        wrong = sorted(url for url in found.keys() | planted.keys() if found.get(url) != planted.get(url))
        told = "; ".join(f"{url}: {found.get(url)!r}, not {planted.get(url)!r}" for url in wrong[:3])
        raise SkippedError(f"{case.name}: {len(wrong)} articles are not as planted: {told}")


def time_extractor(bodies: Sequence[bytes]) -> float:
    """Milliseconds that trafilatura's fast mode alone takes for a page, on average."""
    import trafilatura

    trafilatura.extract(bodies[0], fast=True, include_comments=False, deduplicate=False)
    began = process_time()
    for body in bodies:
        trafilatura.extract(body, fast=True, include_comments=False, deduplicate=False)
    return (process_time() - began) * 1e3 / len(bodies)


# ---------------------------------------------------------------------------------------------------------- telling


def spread(values: Sequence[float]) -> str:
    return f"{statistics.median(values):8.2f}   {min(values):.2f} to {max(values):.2f}"


def tell(figures: Mapping[str, Sequence[Figure]], extractor: Sequence[float]) -> Iterator[str]:
    yield f"{'CPU ms per article':34}{'median':>8}   spread        wall ms"
    for name, of in figures.items():
        wall = statistics.median(figure.wall for figure in of)
        yield f"{name:34}{spread([figure.cpu for figure in of])}   {wall:8.2f}"
    yield f"{'trafilatura fast alone':34}{spread(extractor)}"
    yield f"{'starting the program, once':34}{spread([figure.started for of in figures.values() for figure in of])}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=400, help="a multiple of the hosts")
    parser.add_argument("--hosts", type=int, default=4, help="a multiple of 4: there are four papers")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    figures: dict[str, list[Figure]] = defaultdict(list)
    extractor = []
    with Origin(asked.articles, asked.hosts) as origin:
        bodies = origin.bodies()
        for _ in range(asked.rounds):
            extractor.append(time_extractor(bodies))
            with tempfile.TemporaryDirectory(prefix="bench-checks-") as room:
                for case, figure in measure(Feedwatch(), origin, Path(room)):
                    figures[case.name].append(figure)
    print("\n".join(tell(figures, extractor)))
    if asked.json:
        told = {name: [figure.cpu for figure in of] for name, of in figures.items()}
        asked.json.write_text(json.dumps(told | {"trafilatura fast alone": extractor}, indent=1))


if __name__ == "__main__":
    main()
