"""A made-up newsroom of 40 articles for 30 days: what was published against what was edited.

python -m bench.newsroom [--seeds 1 2 3] [--articles 40] [--days 30]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

from feedwatch.demo.audit import Line, audit
from feedwatch.demo.invent import generate
from feedwatch.demo.newsroom import Newsroom
from feedwatch.demo.script import START
from feedwatch.demo.simulation import Simulation, newsroom_config
from feedwatch.model import Change

HOUR = timedelta(hours=1)


def run(seed: int, articles: int, days: int, folder: Path, poll_every: timedelta = HOUR) -> list[Line]:
    """What the script of `seed` edited against what was published. `folder` takes the store and the site."""
    stories, script = generate(seed, articles, days, poll_every)
    end = START + timedelta(days=days)
    with Newsroom(stories, script, seed=seed) as newsroom:
        config = newsroom_config(newsroom, folder, "http://127.0.0.1:8000/", poll_every)
        simulation = Simulation(newsroom, config, START)
        simulation.run_until(end)
        histories = simulation.histories()
    return audit(script, histories, START, end)


def _told(line: Line) -> str:
    edit, found = line.edit, line.found
    asked = f"{edit.what} ({', '.join(sorted(edit.grades))})" if edit else "nothing"
    got = f"{found.from_number}-{found.to_number} {found.facts}" if isinstance(found, Change) else str(found)
    return f"{line.at:%d %H:%M} {line.article}: {asked} | {got}"


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    arguments.add_argument("--articles", type=int, default=40)
    arguments.add_argument("--days", type=int, default=30)
    asked = arguments.parse_args()
    wrong = 0
    for seed in asked.seeds:
        with tempfile.TemporaryDirectory() as folder:
            lines = run(seed, asked.articles, asked.days, Path(folder))
        kinds = Counter(line.edit.kind for line in lines if line.edit)
        print(f"seed {seed}: {sum(line.is_right for line in lines)} of {len(lines)}; {dict(kinds)}")
        shown = Counter[str]()
        for line in lines:
            if line.is_right:
                continue
            wrong += 1
            shown[line.article] += 1
            if shown[line.article] <= 6:
                print("  ", _told(line))
        for article, count in shown.items():
            if count > 6:
                print("  ", article, count)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
