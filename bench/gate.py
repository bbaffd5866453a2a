"""Whether the hot path became slower: what each step costs, told in a workload that never changes.

    python -m bench.gate [--rounds 9]

Times of shared machines swing by a factor of two, so none is told: each step and the fixed workload take turns in one
process, and the ratio of the best times is what is bounded. (Instruction counts would be better still; virtual machines
mostly have no counters.) The bounds lie well above what was measured: they are for a step that does its work twice. A
step beyond its bound is measured again, up to three times, before the gate says so and ends with code 1.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import re
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time

from bench.origin import Origin, Setting, Shown
from feedwatch.adapters.fetch import HttpFetcher
from feedwatch.adapters.store import open_store
from feedwatch.config import SiteConfig
from feedwatch.judging.diff import compare
from feedwatch.judging.grade import grade
from feedwatch.model import (
    Article,
    Change,
    Channel,
    Fetched,
    FetchKind,
    History,
    KeptPage,
    NotModified,
    PollVerdict,
    Request,
    SiteRule,
    Source,
    Text,
    Verdict,
    Version,
)
from feedwatch.running.drawing import Terms, article_files
from feedwatch.running.judge import examine, judge

TRIES = 3
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
_ROWS = [{"id": n, "name": f"row {n}", "words": [f"{n * k:x}" for k in range(12)]} for n in range(60)]
_WORD = re.compile(r"[0-9a-f]{2,}")


@dataclass(frozen=True, slots=True)
class Step:
    """`at_most`: so many times the fixed workload. `run` does it `times` times."""

    name: str
    at_most: float
    times: int
    run: Callable[[], None]


def yardstick() -> None:
    """The fixed workload: what Python does all day. Never to be changed, or all bounds are."""
    for _ in range(10):
        text = json.dumps(_ROWS)
        words = {word: n for n, word in enumerate(_WORD.findall(text))}
        hashlib.sha256("".join(sorted(words)).encode()).hexdigest()
        zlib.compress(text[:4000].encode())
        json.loads(text)


# ---------------------------------------------------------------------------------------------------------- the steps


@contextmanager
def steps() -> Iterator[list[Step]]:
    with Origin(4, 1) as origin, tempfile.TemporaryDirectory(prefix="bench-gate-") as room, asyncio.Runner() as runner:
        settle = _settling(Path(room))
        first, edited, furnished = (
            _pages(origin, runner, shown) for shown in (Shown.FIRST, Shown.EDITED, Shown.FURNITURE)
        )
        origin.set(Setting())
        asking, close = _asking(origin, runner)
        known = [examine(page, SiteRule(), None) for page in first]
        texts = [one.page.text if one.page else Text("") for one in known]
        changed = examine(edited[0], SiteRule(), None).page
        assert changed is not None
        once, twice = _histories(texts[0], changed.text)

        def visible() -> None:
            for page, seen in zip(first, known, strict=True):
                examine(page, SiteRule(), seen.visible_sha)

        def read() -> None:
            for page in first:
                examine(page, SiteRule(), None)

        def beside() -> None:
            for old, text, new in zip(first, texts, furnished, strict=True):  # more than a worker remembers
                judge(old, text, new, SiteRule(), frozenset())

        yield [
            Step("one conditional request, answered 304", 0.15, 40, asking),
            Step("a quiet look written down", 0.06, 40, settle),
            Step("the visible text of a page, as it was", 0.65, len(first), visible),
            Step("a page read", 3.2, len(first), read),
            Step("two pages read side by side", 6.0, len(first), beside),
            Step("two texts compared", 0.17, 20, _times(20, lambda: compare(texts[0], changed.text))),
            Step("files of an article, never changed", 0.35, 4, _times(4, lambda: _render(once))),
            Step("files of an article, changed once", 2.7, 2, _times(2, lambda: _render(twice))),
        ]
        close()


def _times(times: int, step: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        for _ in range(times):
            step()

    return run


def _pages(origin: Origin, runner: asyncio.Runner, shown: Shown) -> list[KeptPage]:
    origin.set(Setting(shown, validators=False))
    fetcher = _fetcher(origin)

    async def fetched() -> list[KeptPage]:
        found = [await fetcher.fetch(Request(url, FetchKind.ARTICLE, pause=timedelta(0))) for url in origin.articles]
        await fetcher.close()
        return [KeptPage(one.body, one.content_type, one.url) for one in found if isinstance(one, Fetched)]

    return runner.run(fetched())


def _fetcher(origin: Origin) -> HttpFetcher:
    hosts = frozenset(place.base.removeprefix("http://") for place in origin.places)
    return HttpFetcher("feedwatch (+https://example.org/about)", timedelta(seconds=30), 10_000_000, hosts)


def _asking(origin: Origin, runner: asyncio.Runner) -> tuple[Callable[[], None], Callable[[], None]]:
    fetcher, url = _fetcher(origin), origin.articles[0]
    first = runner.run(fetcher.fetch(Request(url, FetchKind.ARTICLE, pause=timedelta(0))))
    assert isinstance(first, Fetched)
    request = Request(url, FetchKind.ARTICLE, first.etag, first.last_modified, pause=timedelta(0))

    async def asked() -> None:
        for _ in range(40):
            if not isinstance(await fetcher.fetch(request), NotModified):
                raise SystemExit("the origin of the gate did not answer 304")

    return lambda: runner.run(asked()), lambda: runner.run(fetcher.close())


def _settling(room: Path) -> Callable[[], None]:
    store = open_store(f"sqlite:///{room / 'gate.db'}", NOW)
    store.enrol([Source("a", "A")], [])
    stands = Article(
        id="0" * 16, source="a", key="k", url="https://example.org/a", host="example.org", title="A", first_seen_at=NOW
    )
    store.settle_poll(PollVerdict(None, (replace(stands, next_check_at=NOW),)))

    def run() -> None:
        nonlocal stands
        for _ in range(40):
            checks = stands.checks + 1
            now = NOW + timedelta(minutes=checks)
            stands = replace(stands, checks=checks, last_checked_at=now, last_ok_at=now, next_check_at=now)
            if not store.settle(Verdict(stands)):
                raise SystemExit("the store of the gate refused a look")

    return run


def _histories(old: Text, new: Text) -> tuple[History, History]:
    """An article never changed, and one changed once."""
    article = Article(
        id="0" * 16, source="a", key="k", url="https://example.org/a", host="example.org", title=old.title,
        first_seen_at=NOW, last_checked_at=NOW, last_ok_at=NOW, next_check_at=NOW, versions=1, checks=1, rev=1,
    )  # fmt: skip
    later = NOW + timedelta(hours=1)
    first = Version(article.id, 0, NOW, None, old, "trafilatura", "gate")
    second = Version(article.id, 1, later, NOW, new, "trafilatura", "gate")
    change = Change(article.id, 0, 1, later, NOW, grade(compare(old, new)), frozenset({Channel.CHANGES}))
    source = Source("a", "A")
    once = History(article, source, (first,), (), ())
    changed = replace(article, versions=2, changes=1, last_changed_at=later)
    return once, History(changed, source, (first, second), (change,), ())


def _render(history: History) -> None:
    article_files(history, SiteConfig(title="gate"), NOW, Terms())


# ---------------------------------------------------------------------------------------------------------- the gate


def ratio(step: Step, rounds: int) -> float:
    """Of the best times, one by one in turn; the first time, which prepares what is kept, does not count."""
    step.run()
    fixed, taken = [], []
    for _ in range(rounds):
        for times, run in ((fixed, yardstick), (taken, step.run)):
            began = process_time()
            run()
            times.append(process_time() - began)
    return min(taken) / step.times / min(fixed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args()
    slow = []
    with steps() as all_steps:
        for step in all_steps:
            for _ in range(TRIES):
                found = ratio(step, asked.rounds)
                if found <= step.at_most:
                    break
            else:
                slow.append(step.name)
            print(f"{step.name:42}{found:8.3f}  at most {step.at_most:.3f}{'  TOO SLOW' if step.name in slow else ''}")
    if slow:
        sys.exit(f"slower than the bounds of bench/gate.py: {', '.join(slow)}")


if __name__ == "__main__":
    main()
