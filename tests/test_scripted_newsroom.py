"""A made-up newsroom with every fate of an article, over real sockets: its feeds tell its edits, and no more."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bench.newsroom import run
from feedwatch.demo.fates import FATES


def test_the_published_entries_are_the_scripts_edits_and_nothing_else(tmp_path: Path) -> None:
    result = run(seed=5, articles=len(FATES), days=8, folder=tmp_path, poll_every=timedelta(hours=4))

    edits = [line.edit for line in result.lines if line.edit and line.edit.real]
    assert "redesign" in {line.edit.kind for line in result.lines if line.edit}
    assert len(edits) >= 50
    assert result.wrong == []
    assert result.misplaced == []
