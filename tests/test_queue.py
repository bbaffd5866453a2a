"""The queue's tables under a new version of procrastinate: its own migrations, on a real PostgreSQL."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from procrastinate.schema import SchemaManager

from feedwatch.adapters import queue
from feedwatch.adapters.store import open_store
from feedwatch.errors import StoreBusy
from tests.postgres import Cluster
from tests.samples import CREATED

MADE_OF = {
    "columns": "select table_name, column_name, data_type, is_nullable from information_schema.columns "
    "where table_name like 'procrastinate%'",
    "functions": "select oid::regprocedure::text, prosrc from pg_proc where proname like 'procrastinate%'",
    "indexes": "select indexname from pg_indexes where tablename like 'procrastinate%'",
    "triggers": "select tgname, tgfoid::regprocedure::text from pg_trigger where tgname like 'procrastinate%'",
}


def migrations() -> list[Path]:
    return sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))


def store(cluster: Cluster) -> str:
    url = cluster.empty_database()
    open_store(url, CREATED).close()
    return url


def as_of(cluster: Cluster, last: str) -> str:
    """A store whose queue was made by the version of procrastinate whose last migration's name begins so."""
    url = store(cluster)
    with closing(psycopg.connect(queue._conninfo(url), autocommit=True)) as connection:
        done = [migration for migration in migrations() if migration.name[: len(last)] <= last]
        for migration in done:
            connection.execute(migration.read_bytes())
        queue._installed(connection, [migration.name for migration in done])
    return url


def made(url: str) -> dict[str, list[tuple[object, ...]]]:
    with closing(psycopg.connect(queue._conninfo(url))) as connection:
        return {what: sorted(connection.execute(asked.encode()).fetchall()) for what, asked in MADE_OF.items()}


def test_the_first_new_worker_adds_what_old_ones_can_live_with_and_a_lone_one_the_rest(cluster: Cluster) -> None:
    fresh, old = store(cluster), as_of(cluster, "03.03.00_01")

    queue.install(fresh, alone=True)
    queue.install(old, alone=False)
    beside_old_ones = made(old)
    queue.install(old, alone=True)
    queue.install(old, alone=True)

    assert len(made(fresh)["columns"]) > 20
    assert made(old) == made(fresh)
    assert beside_old_ones != made(old)


def test_two_new_versions_at_once_ask_for_the_end_of_the_old_ones(cluster: Cluster) -> None:
    url = as_of(cluster, "03.00.00_50")
    before = made(url)

    with pytest.raises(StoreBusy, match="stop the other workers"):
        queue.install(url, alone=False)
    assert made(url) == before

    queue.install(url, alone=True)
    assert made(url) != before
