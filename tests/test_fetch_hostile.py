"""Every row of the hostile origin's table ends as the table says, within its time and without a word too many."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from feedwatch.adapters.fetch import HttpFetcher
from feedwatch.model import Failed, Fetched, FetchKind, Gone, Outcome, Request
from tests.hostile import LIMIT, ROWS, Row, at_work

NO_PAUSE = timedelta(0)


async def no_names(host: str, port: int) -> Sequence[str]:
    raise OSError(f"{host}:{port} is not to be looked up")


async def visit(row: Row) -> Outcome:
    async with at_work() as origin:
        fetcher = HttpFetcher(
            "feedwatch/test", timedelta(seconds=row.timeout), LIMIT, frozenset({origin.place}), resolver=no_names
        )
        try:
            url = origin.url(row.path) + "?token=SECRET"
            return await fetcher.fetch(Request(url, FetchKind.ARTICLE, pause=NO_PAUSE))
        finally:
            await fetcher.close()


def summed_up(outcome: Outcome) -> object:
    match outcome:
        case Fetched(body=body):
            return body
        case Gone(status):
            return status
        case Failed(reason=reason):
            return reason
        case other:
            return other


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.path)
def test_the_outcome_is_the_one_in_the_table(row):
    outcome = asyncio.run(visit(row))

    expected = row.expects if isinstance(row.expects, tuple) else (row.expects,)
    assert summed_up(outcome) in expected, f"it {row.does}: {outcome}"
    if isinstance(outcome, Failed):
        assert "SECRET" not in outcome.detail.upper()
        assert outcome.detail.isprintable()
        assert len(outcome.detail) < 300


def test_the_table_names_each_path_once_and_enough_of_them():
    paths = [row.path for row in ROWS]

    assert len(paths) == len(set(paths))
    assert len(paths) >= 80
