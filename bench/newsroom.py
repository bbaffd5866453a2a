"""A made-up newsroom of 40 articles for 30 days: the entries of the published feeds against what was edited.

python -m bench.newsroom [--seeds 1 2 3] [--articles 40] [--days 30]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from feedwatch.demo.audit import Line, audit
from feedwatch.demo.invent import generate
from feedwatch.demo.newsroom import Newsroom
from feedwatch.demo.published import misplaced, read_everything
from feedwatch.demo.script import START
from feedwatch.demo.simulation import Simulation, newsroom_config

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Result:
    """`misplaced`: feeds that do not carry what their channel should."""

    lines: list[Line]
    misplaced: list[str]

    @property
    def wrong(self) -> list[Line]:
        return [line for line in self.lines if not line.is_right]

    def __str__(self) -> str:
        real = [line for line in self.lines if line.edit and line.edit.real]
        entries = [line for line in self.lines if line.found]
        found = sum(line.found is not None for line in real)
        kinds = sum(line.is_right for line in real)
        return (
            f"{len(real)} edits, {found} told of, {kinds} of the right kind; {len(entries)} entries, "
            f"{len(entries) - found} of nothing that was edited; misplaced: {', '.join(self.misplaced) or 'none'}"
        )


def run(seed: int, articles: int, days: int, folder: Path, poll_every: timedelta = HOUR) -> Result:
    """What the script of `seed` edited against what was published. `folder` takes the store and the site."""
    stories, script = generate(seed, articles, days, poll_every)
    end = START + timedelta(days=days)
    with Newsroom(stories, script, seed=seed) as newsroom:
        config = newsroom_config(newsroom, folder, "http://127.0.0.1:8000/", poll_every)
        simulation = Simulation(newsroom, config, START)
        simulation.run_until(end)
        names = {history.article.id: slug for slug, history in simulation.histories().items()}
    told = read_everything(config.site.output)
    return Result(audit(script, told, names, START, end), misplaced(config.site.output, told))


def _said(line: Line) -> str:
    edit, found = line.edit, line.found
    asked = f"{edit.what} ({', '.join(sorted(edit.grades))})" if edit else "nothing"
    got = f"{found.at:%d %H:%M} {found.title} ({', '.join(sorted(found.terms))})" if found else "nothing"
    return f"{line.at:%d %H:%M} {line.article}: {asked} | {got}"


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    arguments.add_argument("--articles", type=int, default=40)
    arguments.add_argument("--days", type=int, default=30)
    asked = arguments.parse_args()
    wrong = False
    for seed in asked.seeds:
        with tempfile.TemporaryDirectory() as folder:
            result = run(seed, asked.articles, asked.days, Path(folder))
        print(f"seed {seed}: {result}")
        for line in result.wrong[:50]:
            print("  ", _said(line))
        wrong = wrong or bool(result.wrong or result.misplaced)
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
