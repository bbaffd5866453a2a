"""A small newsroom whose process is ended, or whose disk fails, at every point that it passes; run as a program.

Each step of the story begins from the folder as the undisturbed run left it, is struck at its k-th point in a process
of its own, is done again by another, and must leave what the undisturbed step left: the same rows, the same files.

python -m tests.struck kill|fail [STEPS [STRIDE]] prints one JSON object: the points passed, and every difference found.
With a STRIDE, of the points of the output, which are alike for every file, only each so many-th is struck.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import sys
import tempfile
import traceback
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

from sqlalchemy.exc import OperationalError

from feedwatch import faults
from feedwatch.errors import OutputError, StoreError
from feedwatch.model import Gone, Outcome, Request
from tests.internet import START, FakeFetcher, Newspaper, minutes, newspaper_config

DEAD = 137  # the exit code of a process that was killed
DISK = [point for point in faults.POINTS if point == "store.commit" or point.startswith("output.")]
A, B = "/news/ferry-fire", "/news/harbour-fees"


class StruckFetcher(FakeFetcher):
    """Its requests pass the points that those over the network pass."""

    async def fetch(self, request: Request) -> Outcome:
        faults.at("fetch.request")
        outcome = await super().fetch(request)
        faults.at("fetch.answer")
        return outcome


def first_edition(paper: Newspaper) -> None:
    paper.publishes(A, title="Fourteen die in ferry fire")


def figures_edited(paper: Newspaper) -> None:
    paper.publishes(A, title="Forty-one die in ferry fire")
    paper.publishes(B, title="Harbour fees rise", body=["Fees in the harbour rise by 4 per cent in April."] * 4)


def taken_down(paper: Newspaper) -> None:
    paper.publishes(B, title="Harbour fees fall", body=["Fees in the harbour fall by 4 per cent in April."] * 4)
    paper.serves(A, Gone(410))


def still_down(paper: Newspaper) -> None:
    paper.serves(A, Gone(410))


STEPS: tuple[tuple[timedelta, Callable[[Newspaper], None]], ...] = (
    (minutes(0), first_edition),
    (minutes(15), figures_edited),
    (minutes(40), taken_down),
    (minutes(200), still_down),
)


def do_step(folder: Path, number: int) -> None:
    """The step as a fresh process does it: the internet as it then is, the store and the site as they stand."""
    paper = Newspaper(folder, newspaper_config(folder), now=START + STEPS[number][0], fetcher=StruckFetcher())
    try:
        for _, happens in STEPS[: number + 1]:
            happens(paper)
        paper.tick()
    finally:
        paper.close()


def state_of(folder: Path) -> tuple[list[str], dict[str, bytes]]:
    """All rows, and all files of the site."""
    connection = sqlite3.connect(folder / "feedwatch.db")
    try:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = sorted(
            f"{table} {row!r}"
            for table in tables
            for row in connection.execute(f"SELECT * FROM {table}")  # noqa: S608
        )
    finally:
        connection.close()
    site = folder / "site"
    return rows, {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


# ------------------------------------------------------------------------------------------------------ strikes


class Strike:
    """Does something at the `at`-th of the points in `points`; counts on."""

    def __init__(self, at: int, act: Callable[[str], None], points: Collection[str] = faults.POINTS) -> None:
        self.at, self.act, self.points = at, act, points
        self.passed: list[str] = []

    def __call__(self, point: str) -> None:
        if point in self.points:
            self.passed.append(point)
            if len(self.passed) == self.at:
                self.act(point)


def die(_: str) -> NoReturn:
    os._exit(DEAD)


def fail_with(number: int) -> Callable[[str], None]:
    """As the disk would: SQLite tells it in its own words."""

    def fail(point: str) -> NoReturn:
        if point.startswith("store"):
            name = "SQLITE_FULL" if number == errno.ENOSPC else "SQLITE_IOERR_WRITE"
            cause = sqlite3.OperationalError("database or disk is full")
            cause.sqlite_errorname = name
            raise OperationalError("COMMIT", None, cause)
        raise OSError(number, os.strerror(number))

    return fail


def in_a_process(job: Callable[[], None]) -> int:
    """The exit code of a copy of this process that does the job."""
    child = os.fork()
    if child == 0:
        try:
            job()
            os._exit(0)
        finally:  # a copy must not go on with what the parent does
            traceback.print_exc()
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_at(folder: Path, number: int, at: int, _: str) -> str:
    """What is wrong after the step was ended at its `at`-th point and done again."""

    def struck() -> None:
        with faults.struck(Strike(at, die)):
            do_step(folder, number)

    if in_a_process(struck) != DEAD:
        return "it was not ended"
    return "" if in_a_process(lambda: do_step(folder, number)) == 0 else "it could not go on"


def failed_at(folder: Path, number: int, at: int, error: str) -> str:
    """The same with a disk that fails once; the error is the store's or the output's, and the process goes on."""
    strike = Strike(at, fail_with(getattr(errno, error)), DISK)
    with faults.struck(strike), suppress(StoreError, OutputError):
        do_step(folder, number)
        return "no error of ours was raised"
    do_step(folder, number)
    return ""


def differences(folder: Path, wanted: tuple[list[str], dict[str, bytes]]) -> str:
    rows, files = state_of(folder)
    if rows != wanted[0]:
        return f"rows: {sorted(set(rows) ^ set(wanted[0]))[:4]}"
    if files != wanted[1]:
        return f"files: {sorted(name for name in files | wanted[1] if files.get(name) != wanted[1].get(name))[:4]}"
    return ""


def main(way: str, steps: int, stride: int) -> int:
    found: list[str] = []
    struck: list[str] = []
    strike, points, blows = {
        "kill": (killed_at, faults.POINTS, ("SIGKILL",)),
        "fail": (failed_at, DISK, ("ENOSPC", "EIO")),
    }[way]
    with tempfile.TemporaryDirectory(dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")) as temporary:
        # All happens in one place: by where the site is, what was listed is known again.
        base, there, calm = (Path(temporary) / name for name in ("base", "there", "calm"))
        base.mkdir()
        for number in range(steps):
            shutil.copytree(base, there)
            counted = Strike(0, die, points)
            with faults.struck(counted):
                do_step(there, number)
            wanted = state_of(there)
            there.rename(calm)
            for at, point in enumerate(counted.passed, 1):
                if point.startswith("output.") and at % stride:
                    continue
                for blow in blows:
                    struck.append(f"{point} {blow}")
                    shutil.copytree(base, there)
                    problem = strike(there, number, at, blow) or differences(there, wanted)
                    if problem:
                        found.append(f"step {number}, point {at} ({point}, {blow}): {problem}")
                    shutil.rmtree(there)
            shutil.rmtree(base)
            calm.rename(base)
    sys.stdout.write(json.dumps({"struck": struck, "found": found}) + "\n")
    return bool(found)


if __name__ == "__main__":
    asked = [int(word) for word in sys.argv[2:]]
    sys.exit(main(sys.argv[1], *asked, *(len(STEPS), 1)[len(asked) :]))
