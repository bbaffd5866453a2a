"""Ended, or failed by the disk, at every point that it passes, a newsroom ends up as if nothing had been."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from feedwatch import faults
from tests.struck import DISK

ROOT = Path(__file__).resolve().parent.parent
# The first edition and the first edit pass every kind of point. The other steps of the story, and the points of every
# file that is written, are left to bench/kill.sh: each file passes the same four, and 19 comes to each of these.
STEPS, STRIDE = "2", "19"


def struck(way: str) -> dict[str, list[str]]:
    """In a process of its own: it forks, which one with threads must not."""
    program = [sys.executable, "-W", "error", "-m", "tests.struck", way, STEPS, STRIDE]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    told: dict[str, list[str]] = json.loads(done.stdout)
    return told


def test_ended_at_any_point_it_goes_on_as_if_nothing_had_been() -> None:
    told = struck("kill")

    assert told["found"] == []
    # Something is removed now and then; every nineteenth of the files' points may hit it or not.
    assert set(told["struck"]) | {"output.remove SIGKILL"} == {
        f"{point} SIGKILL" for point in faults.POINTS if point.startswith(("store.", "output.", "fetch."))
    }


def test_a_full_or_failing_disk_at_any_point_leaves_nothing_half_done() -> None:
    told = struck("fail")

    assert told["found"] == []
    assert {f"{point} {error}" for point in set(DISK) - {"output.remove"} for error in ("ENOSPC", "EIO")} == set(
        told["struck"]
    )


def test_every_point_stands_in_the_code_and_in_the_list() -> None:
    calls = [
        node.args[0].value
        for path in (ROOT / "feedwatch").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "faults.at"
        and isinstance(node.args[0], ast.Constant)
    ]

    assert sorted(calls) == sorted(faults.POINTS)


def test_nothing_happens_at_a_point_but_where_a_strike_is_set() -> None:
    passed: list[str] = []

    with faults.struck(passed.append):
        faults.at("store.commit")
    faults.at("store.committed")

    assert passed == ["store.commit"]


def test_what_a_strike_raises_is_raised_at_the_point() -> None:
    def strike(point: str) -> None:
        raise OSError(28, point)

    with faults.struck(strike), pytest.raises(OSError, match=r"output\.sync"):
        faults.at("output.sync")
