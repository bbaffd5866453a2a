"""Statements that are made ready once: the same on both databases, and their faults explained as any other's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, insert, select, text, update

from feedwatch.adapters.store.opening import Database, Mode, prepare
from feedwatch.adapters.store.prepared import Prepared, among
from feedwatch.adapters.store.rows import adding, adding_missing, replacing
from feedwatch.adapters.store.tables import feed, host, meta, tally
from feedwatch.errors import StoreError
from feedwatch.model import FeedStatus

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)

ALL = Prepared(select(host.c.name, host.c.next_due_at, host.c.failures).order_by(host.c.name))
ADD = Prepared(insert(host))
SOME = Prepared(select(host.c.name).where(among(host.c.name, "names")).order_by(host.c.name))
OFTEN = Prepared(select(host.c.name).where(among(host.c.failures, "times"), host.c.requests == 0).order_by(host.c.name))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("cluster").database()
    database = Database(url)
    prepare(database, NOW)
    yield database
    database.close()


def row(name: str, failures: int = 0) -> dict[str, object]:
    nothing = dict.fromkeys(column.name for column in host.c)
    return nothing | {"name": name, "next_due_at": NOW, "failures": failures, "requests": 0}


def test_values_go_in_and_come_out_as_the_columns_types_have_them(database):
    with database.transaction(Mode.WRITE) as connection:
        ADD.run_all(connection, [row("b.example"), row("a.example", 3)])
        ADD.run_all(connection, [])

    with database.transaction(Mode.READ) as connection:
        assert [tuple(one) for one in ALL.rows(connection)] == [("a.example", NOW, 3), ("b.example", NOW, 0)]
        assert tuple(ALL.one(connection)) == ("a.example", NOW, 3)
        assert ALL.scalars(connection) == ["a.example", "b.example"]
        assert ALL.scalar(connection) == "a.example"
        assert SOME.one(connection, {"names": []}) is None
        assert SOME.scalar(connection, {"names": ["c.example"]}) is None


def test_a_statements_own_values_are_bound_by_its_types(database):
    failing = Prepared(select(feed.c.url).where(feed.c.status == FeedStatus.FAILING))

    with database.transaction(Mode.READ) as connection:
        assert failing.rows(connection) == []


@pytest.mark.parametrize("names", [[], ["b.example"], ("b.example", 'it\'s, "b"\\', "c.example")])
def test_one_of_many_is_asked_for_by_one_statement(database, names):
    with database.transaction(Mode.WRITE) as connection:
        ADD.run_all(connection, [row("a.example"), row("b.example", 3), row('it\'s, "b"\\')])

        assert SOME.scalars(connection, {"names": names}) == [name for name in names if name != "c.example"]
        assert OFTEN.scalars(connection, {"times": [1, 3, 5]}) == ["b.example"]


def test_more_can_be_asked_for_than_a_statement_takes_values(database):
    many = [f"{number}.example" for number in range(70_000)]

    with database.transaction(Mode.WRITE) as connection:
        ADD.run_all(connection, [row(many[7]), row("a.example"), row(many[-1])])

        assert SOME.scalars(connection, {"names": many}) == sorted([many[7], many[-1]])


def test_rows_that_are_there_are_added_to_replaced_or_left(database):
    kept = Prepared(select(meta.c.value).where(meta.c.key == bindparam("key")))
    counted = Prepared(select(tally.c.checks, tally.c.changed))
    counts = {"source": "herald", "slot": 1, "checks": 2, "changed": 1, "failed": 0}

    with database.transaction(Mode.WRITE) as connection:
        for statement, value in ((adding_missing(meta), "1"), (adding_missing(meta), "2")):
            statement.run(connection, {"key": "memo a", "value": value})
        assert kept.scalar(connection, {"key": "memo a"}) == "1"
        replacing(meta).run(connection, {"key": "memo a", "value": "3"})
        assert kept.scalar(connection, {"key": "memo a"}) == "3"
        adding(tally).run_all(connection, [counts, counts])
        assert [tuple(one) for one in counted.rows(connection)] == [(4, 2)]


def test_what_fails_is_explained_and_leaves_nothing(database):
    same = Prepared(update(host).values(name=bindparam("same")))

    def write() -> None:
        with database.transaction(Mode.WRITE) as connection:
            ADD.run_all(connection, [row("a.example"), row("b.example")])
            same.run(connection, {"same": "c.example"})

    with pytest.raises(StoreError, match=r"UNIQUE|unique"):
        write()

    with database.transaction(Mode.READ) as connection:
        assert ALL.rows(connection) == []


def test_a_connection_that_the_server_ended_is_told_of_and_replaced(request):
    url = request.getfixturevalue("cluster").database()
    database, other = Database(url), Database(url)
    others = "from pg_stat_activity where datname = current_database() and pid != pg_backend_pid()"
    end = text(f"select pg_terminate_backend(pid) {others}")

    def write() -> None:
        with database.transaction(Mode.WRITE) as connection:
            ADD.run(connection, row("a.example"))
            with other.transaction(Mode.WRITE) as beside:
                beside.execute(end)
            ADD.run(connection, row("b.example"))

    with pytest.raises(StoreError, match=r"terminating connection|cannot be reached"):
        write()

    with database.transaction(Mode.READ) as connection:
        assert ALL.rows(connection) == []
    database.close()
    other.close()
