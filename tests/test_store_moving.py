"""A store moved from SQLite to PostgreSQL: all of it, as it is, whatever interrupts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, literal_column, select

from feedwatch import faults
from feedwatch.adapters.store import moving, open_store
from feedwatch.adapters.store.tables import metadata
from feedwatch.errors import StoreBusy, StoreError, UsageError
from feedwatch.running.lock import only_writer
from feedwatch.running.moving import move
from tests.internet import START, Newspaper, hours, newspaper_config
from tests.postgres import Cluster

A, B = "/news/ferry-fire", "/news/“quotes”"


@pytest.fixture
def source(tmp_path: Path) -> str:
    """A store with versions, pages, changes, events and what was learned."""
    paper = Newspaper(tmp_path, newspaper_config(tmp_path))
    for number in range(30):
        paper.publishes(f"/news/{number}", title=f"Story {number}")
    paper.publishes(A)
    paper.publishes(B, title="Ünïcode 東京 😀")
    paper.tick()
    paper.publishes(A, title="Forty-one die in ferry fire")
    paper.tick(after=hours(1))
    paper.close()
    return paper.config.store


@pytest.fixture
def target(cluster: Cluster) -> str:
    """A new database: what is refused depends on all of it."""
    return cluster.empty_database()


def rows(url: str) -> dict[str, list[list[tuple[str, object]]]]:
    """By table, each row's values beside their names: the order of columns is no part of it."""
    engine, every = create_engine(url), select(literal_column("*"))
    with engine.connect() as connection:
        found = {
            table.name: sorted(
                (sorted(row._mapping.items()) for row in connection.execute(every.select_from(table))), key=str
            )
            for table in metadata.sorted_tables
        }
    engine.dispose()
    return found


class PlugPulledError(Exception):
    pass


def test_every_row_is_there_as_it_was(source: str, target: str) -> None:
    moved = move(source, target, START)

    assert rows(target) == rows(source)
    assert moved.rows == sum(map(len, rows(source).values()))
    assert moved.written == moved.rows - 1  # when it was made is the new store's from the beginning


def test_the_copy_is_a_store_with_the_same_histories(source: str, target: str) -> None:
    move(source, target, START)

    old, new = open_store(source, START), open_store(target, START)
    article = old.articles(None, None, 1)[0]
    assert new.history(article.id) == old.history(article.id)
    assert new.created_at == old.created_at
    old.close()
    new.close()


def test_ended_anywhere_it_goes_on_and_only_writes_what_is_missing(
    source: str, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "_BATCH", 7)
    left = 12

    def strike(point: str) -> None:
        nonlocal left
        left -= point == "store.commit"
        if not left:
            raise PlugPulledError

    with faults.struck(strike), pytest.raises(PlugPulledError):
        move(source, target, START)
    there = sum(map(len, rows(target).values()))
    moved = move(source, target, START)

    assert 0 < there < moved.rows
    assert moved.written <= moved.rows - there + 1
    assert rows(target) == rows(source)


def test_a_copy_that_is_not_whole_is_no_store(source: str, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving, "_PASSES", 1)  # it ends before a pass found nothing to write
    with pytest.raises(StoreError, match="was written while it was copied"):
        move(source, target, START)

    with pytest.raises(StoreError, match="not finished; run `feedwatch store copy` again"):
        open_store(target, START)


def test_what_was_changed_between_two_copies_is_changed_in_the_copy(source: str, target: str) -> None:
    move(source, target, START)
    store = open_store(source, START)
    host = store.host("paper.example")
    store.save_host(replace(host, failures=3))
    store.enrol([], [])
    store.close()

    moved = move(source, target, START)

    assert rows(target) == rows(source)
    assert moved.written == 2  # the host, and the feed that is gone


def test_another_store_is_never_overwritten(source: str, target: str) -> None:
    open_store(target, START + hours(1)).close()

    with pytest.raises(StoreError, match="holds another store"):
        move(source, target, START)


def test_it_is_refused_beside_a_writer_of_either_store(source: str, target: str) -> None:
    for url in (source, target):
        with only_writer(url), pytest.raises(StoreBusy):
            move(source, target, START)


@pytest.mark.parametrize(
    ("urls", "error"),
    [
        (("postgresql://a@b/c", "sqlite:///x.db"), UsageError),
        (("feedwatch.db", "postgresql://a@b/c"), UsageError),
        (("sqlite:////nowhere/feedwatch.db", "postgresql://a@b/c"), StoreError),
    ],
)
def test_places_that_cannot_be_are_refused(urls: tuple[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        move(*urls, START)
