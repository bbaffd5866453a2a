"""docs/guarantees.md promises nothing without a test."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_every_promise_names_tests_that_are_there() -> None:
    page = (ROOT / "docs" / "guarantees.md").read_text("utf-8")
    tests = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    there = set(re.findall(r"^(?:async )?def (test_\w+)", tests, re.MULTILINE))

    promises = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith("| promise")]
    named = [re.findall(r"`(test_\w+)`", line) for line in promises]

    assert promises
    assert all(named), promises
    assert {name for names in named for name in names} <= there
