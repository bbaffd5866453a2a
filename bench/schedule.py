"""Looks at an article against versions captured: feedwatch's real schedule beside the policies of other trackers.

    python -m bench.schedule [--simulator PATH] [--quick]

The simulator (edit times of a news model and of a government's press notices, and the policies of other trackers) is a
file of its own; without it this says so and ends. Ours are the defaults, and the shares scaled so that the looks come
to a budget; then, on one half of the articles, the same with the common rates and with rates learned from the other
half, as feedwatch itself saw it.
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import json
import math
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from feedwatch.judging.rhythm import Life, learn
from feedwatch.judging.schedule import Policy, next_check, scaled
from feedwatch.model import Article

SIMULATOR = Path(__file__).parents[2] / "shared/tools/edits/simulate_schedule.py"
BUDGETS = (25, 40)
HOUR = timedelta(hours=1)
BEGINNING = datetime(2024, 1, 1, tzinfo=UTC)
Lives = Sequence[Sequence[float]]  # each article's edits, in hours after its publication
_ids = itertools.count()


class Watched:
    """One article under the real `next_check`, in the simulator's terms: hours in, hours out."""

    def __init__(self, policy: Policy, seen: list[Life]) -> None:
        self.policy, self.seen = policy, seen
        self.article: Article | None = None
        self.edits: list[tuple[datetime | None, datetime]] = []

    def next(self, at: float, changed: bool, first: float) -> float | None:
        now = BEGINNING + at * HOUR
        if self.article is None:
            self.article = _found(BEGINNING + first * HOUR)
        elif changed:
            self.edits.append((self.article.last_checked_at, now))
            self.article = replace(self.article, changes=self.article.changes + 1, last_changed_at=now)
        self.article = replace(self.article, checks=self.article.checks + 1, last_checked_at=now)
        due = next_check(self.article, now, self.policy)
        self.article = replace(self.article, next_check_at=due)
        # The simulator's articles all end after 60 days; ours go on while they change.
        if due is None or due - self.article.first_seen_at >= 60 * 24 * HOUR:
            self.seen.append(Life(self.article.first_seen_at, tuple(self.edits), now))
            return None
        return (due - BEGINNING) / HOUR


def _found(at: datetime) -> Article:
    return Article(f"{next(_ids):016x}", "bench", "k", "u", "h", "t", first_seen_at=at)


def watching(policy: Policy, seen: list[Life] | None = None) -> Callable[[], Watched]:
    lives = [] if seen is None else seen
    return lambda: Watched(policy, lives)


def within(budget: float, policy: Policy, articles: Lives, simulator: ModuleType, steps: int = 8) -> Policy:
    """The policy whose shares are scaled so that looks an article come to at most `budget`."""
    low, high = 0.1, 8.0
    for _ in range(steps):
        pace = math.sqrt(low * high)
        looks = simulator.run(articles, watching(scaled(policy, pace)))["per_article"]
        low, high = (pace, high) if looks > budget else (low, pace)
    return scaled(policy, high)


def learned(policy: Policy, articles: Lives, simulator: ModuleType) -> Policy:
    seen: list[Life] = []
    simulator.run(articles, watching(policy, seen))
    return replace(policy, rates=learn(seen))


def measure(name: str, articles: Lives, simulator: ModuleType, others: Sequence[tuple[str, Callable[[], Any]]]) -> None:
    rows = [*others, ("feedwatch, defaults", watching(Policy()))]
    simulator.table(name, articles, [*rows, *_budgeted("", Policy(), articles, simulator)])
    taught, unseen = articles[::2], articles[1::2]
    own = learned(Policy(), taught, simulator)
    rows = [*_budgeted("", Policy(), unseen, simulator), *_budgeted("learned, ", own, unseen, simulator)]
    simulator.table(f"{name}, the half not learned from", unseen, rows)


def _budgeted(how: str, policy: Policy, articles: Lives, simulator: ModuleType) -> list[tuple[str, Callable[[], Any]]]:
    fitting = ((budget, within(budget, policy, articles, simulator)) for budget in BUDGETS)
    return [(f"feedwatch, {how}{budget} looks ({_told(fit)})", watching(fit)) for budget, fit in fitting]


def _told(policy: Policy) -> str:
    return f"shares {policy.age_share:.2f} {policy.quiet_share:.2f}"


def load(path: Path) -> ModuleType | None:
    if not path.is_file():
        return None
    spec = importlib.util.spec_from_file_location("simulate_schedule", path)
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--simulator", type=Path, default=SIMULATOR)
    arguments.add_argument("--quick", action="store_true", help="no other trackers, half of the articles")
    asked = arguments.parse_args()
    simulator = load(asked.simulator)
    if simulator is None:
        print(f"no simulator at {asked.simulator}; give its path with --simulator")
        return 0
    others = (
        [] if asked.quick else [row for row in simulator.ROWS if "diffengine" not in row[0] and "fixed" not in row[0]]
    )
    stride = 2 if asked.quick else 1
    times = json.loads((asked.simulator.parent / "govuk_times.json").read_text())
    notices = [[(at - life[0]) / 3600 for at in life[1:]] for life in times["edited"]]
    unedited: list[list[float]] = [[]] * min(times["unedited"], 1500)
    measure("news model", simulator.news()[::stride], simulator, others)
    measure("press notices", [*notices, *unedited][::stride], simulator, others)
    return 0


if __name__ == "__main__":
    sys.exit(main())
