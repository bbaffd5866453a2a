"""Looks at an article against versions captured: feedwatch's real schedule beside the policies of other trackers.

    python -m bench.schedule [--simulator PATH] [--seeds N] [--quick]

The simulator (edit times of a news model and of a government's press notices, and the policies of other trackers) is a
file of its own; without it this says so and ends.

A source is watched from the beginning: its first articles by the common rates, at the pace that its budget allows with
what a new source knows, which is nothing. Then what was seen of them goes through `attune`, as in the pipeline: rates
and pace for the articles that come after, which are measured. Nothing else is handed on, and no pace is fitted to what
it is measured by.
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import json
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from feedwatch.config.sections import ScheduleConfig
from feedwatch.judging.budget import PLANNED, Budget, attune
from feedwatch.judging.schedule import Policy, next_check, scaled
from feedwatch.model import Article, Found, Life, Past
from feedwatch.running.app import policy

SIMULATOR = Path(__file__).parents[2] / "shared/tools/edits/simulate_schedule.py"
BUDGETS = (25, 40)
HOUR = timedelta(hours=1)
BEGINNING = datetime(2024, 1, 1, tzinfo=UTC)
A_DAY = 100  # articles found
SPAN = 60 * 24 * HOUR  # how long the source has been watched: the simulator ends an article's life then
Lives = Sequence[Sequence[float]]  # each article's edits, in hours after its publication
_ids = itertools.count()


class Watched:
    """One article under the real `next_check`, in the simulator's terms: hours in, hours out."""

    def __init__(self, policy: Policy, seen: list[Life]) -> None:
        self.policy, self.seen = policy, seen
        self.article: Article | None = None
        self.edits: list[Found] = []

    def next(self, at: float, changed: bool, first: float) -> float | None:
        now = BEGINNING + at * HOUR
        if self.article is None:
            self.article = _found(BEGINNING + first * HOUR)
        elif changed:
            self.edits.append(Found(self.article.last_checked_at, now))
            self.article = replace(self.article, changes=self.article.changes + 1, last_changed_at=now)
        self.article = replace(self.article, checks=self.article.checks + 1, last_checked_at=now)
        due = next_check(self.article, now, self.policy)
        self.article = replace(self.article, next_check_at=due)
        # The simulator's articles all end after 60 days; ours go on while they change.
        if due is None or due - self.article.first_seen_at >= SPAN:
            self.seen.append(Life(self.article.first_seen_at, tuple(self.edits), now))
            return None
        return (due - BEGINNING) / HOUR


def _found(at: datetime) -> Article:
    # Their jitter is by their ids; a run's first has the same each time.
    return Article(f"{next(_ids):016x}", "bench", "k", "u", "h", "t", first_seen_at=at)


def watching(policy: Policy, seen: list[Life] | None = None) -> Callable[[], Watched]:
    lives = [] if seen is None else seen
    return lambda: Watched(policy, lives)


def tuned(looks: float, earlier: Lives, simulator: ModuleType) -> Policy:
    """What a source is looked at by that had `earlier` articles, where each may get so many looks."""
    begun = DEFAULTS
    budget = Budget(round(looks * A_DAY / PLANNED))  # the rest is for busy days; here all are alike
    for _ in range(2):  # first they were watched by common rates, then by what that taught
        seen: list[Life] = []
        simulator.run(earlier, watching(begun, seen))
        past = Past(tuple(seen), A_DAY, 7 * A_DAY)
        rhythm = attune(past, DEFAULTS, budget, BEGINNING + SPAN)
        begun = scaled(replace(DEFAULTS, rates=rhythm.rates), rhythm.pace)
    return begun


DEFAULTS = policy(ScheduleConfig())


def measure(name: str, earlier: Lives, articles: Lives, simulator: ModuleType, others: Sequence[Any]) -> None:
    rows = [*others, ("feedwatch, defaults, common rates", watching(DEFAULTS))]
    for looks in BUDGETS:
        own = tuned(looks, earlier, simulator)
        rows.append((f"feedwatch, own rates, a budget of {looks} looks", watching(own)))
    simulator.table(f"{name}; {len(earlier)} earlier", articles, rows)


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
    arguments.add_argument("--seeds", type=int, default=3)
    arguments.add_argument("--quick", action="store_true", help="no other trackers, half of the articles")
    asked = arguments.parse_args()
    simulator = load(asked.simulator)
    if simulator is None:
        print(f"no simulator at {asked.simulator}; give its path with --simulator")
        return 0
    others = (
        [] if asked.quick else [row for row in simulator.ROWS if "diffengine" not in row[0] and "fixed" not in row[0]]
    )
    many = 2000 if asked.quick else 4000
    notices = _notices(json.loads((asked.simulator.parent / "govuk_times.json").read_text()))
    for seed in range(3, 3 + asked.seeds):
        first = seed == 3
        measure(
            f"news model, seed {seed}",
            simulator.news(many, 1000 + seed),
            simulator.news(many, seed),
            simulator,
            others if first else [],
        )
        mixed = random.Random(seed).sample(notices, len(notices))
        half = len(mixed) // 2
        # Each half is measured with what the other taught: together all that there is, nothing by itself.
        for part, (earlier, later) in enumerate(((mixed[:half], mixed[half:]), (mixed[half:], mixed[:half]))):
            measure(f"press notices, split {seed}, half {part + 1}", earlier, later, simulator, others if first else [])
    return 0


def _notices(times: Any) -> list[list[float]]:
    """As many that were never edited as the simulator takes."""
    edited = [[(at - life[0]) / 3600 for at in life[1:]] for life in times["edited"]]
    return [*edited, *([[]] * min(times["unedited"], 1500))]


if __name__ == "__main__":
    sys.exit(main())
