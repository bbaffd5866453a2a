"""The queue's tables under a new version of procrastinate, and what a tick puts into them, on a real PostgreSQL."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import cast

import psycopg
import pytest
from procrastinate.schema import SchemaManager

from feedwatch.adapters import queue
from feedwatch.adapters.store import open_store
from feedwatch.config import Config, SiteConfig
from feedwatch.errors import StoreBusy, StoreError
from feedwatch.model import Due, Host
from feedwatch.ports import SharedStore
from feedwatch.running.app import App, opened
from feedwatch.running.fenced import Hold
from feedwatch.running.jobs import LEASE, PORTION, Jobs
from tests.postgres import Cluster
from tests.samples import CREATED

# A worker that is killed as soon as it has joined the others; as in a container, whose first process has the number 1.
KILLED = """
import asyncio, os, sys
from pathlib import Path
from feedwatch.config import Config, SiteConfig
from feedwatch.running.app import opened, utc_now
from feedwatch.running.cluster import Workman
from feedwatch.running.fenced import Hold

async def work():
    config = Config(store=sys.argv[1], site=SiteConfig(output=Path(sys.argv[2])))
    async with opened(config, utc_now) as app:
        await Workman(app, Hold())._enlist()
        os._exit(9)

os.getpid = lambda: 1
asyncio.run(work())
"""

HOSTS = [f"host-{number:03}.example" for number in range(PORTION * 5 // 2)]

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


# ------------------------------------------------------------------------------------------------------ a tick


def due_at_once(url: str) -> None:
    """As after an import: all since the same moment."""
    with closing(open_store(url, CREATED)) as shared:
        for name in HOSTS:
            shared.save_host(Host(name))
            cast("SharedStore", shared).put_off(name, CREATED)
    queue.install(url, alone=True)


def tick(url: str, folder: Path, then: Callable[[App], None] = lambda _: None) -> None:
    """One tick; `then` happens within each transaction, when its jobs are made."""

    async def lived() -> None:
        config = Config(store=url, site=SiteConfig(output=folder / "site"))
        async with opened(config, lambda: CREATED + timedelta(hours=1)) as app:
            jobs = Jobs(app, cast("SharedStore", app.store), Hold(), told, time.monotonic)
            hand = queue.Queue(url, jobs.work, 1, timedelta(0))

            def hand_over(connection: psycopg.Connection[object], due: Sequence[Due]) -> Collection[str]:
                taken = hand.hand_over(connection, due)
                then(app)
                return taken

            jobs.begin(hand_over)
            await jobs.work.tick()

    async def told(job: Callable[..., Awaitable[object]], *args: object) -> None:
        await job(*args)

    asyncio.run(lived())


def stop(app: App) -> None:
    app.stop.set()


def break_off(_: App) -> None:
    raise StoreError("the store was lost")


def asked(url: str, statement: str) -> list[tuple[object, ...]]:
    with closing(psycopg.connect(queue._conninfo(url), autocommit=True)) as connection:
        return connection.execute(statement.encode()).fetchall()


WAITING = "select args->>'host' from procrastinate_jobs where status = 'todo' order by id"


def test_a_tick_makes_jobs_of_all_that_is_due_in_short_transactions(cluster: Cluster, tmp_path: Path) -> None:
    url = store(cluster)
    due_at_once(url)

    tick(url, tmp_path)

    assert asked(url, WAITING) == [(name,) for name in HOSTS]
    assert asked(url, "select count(distinct xmin::text) from procrastinate_jobs") == [(3,)]
    with closing(open_store(url, CREATED)) as shared:
        leased_until = CREATED + timedelta(hours=1) + LEASE
        assert shared.next_due_at() == leased_until
        assert shared.due_hosts(leased_until - timedelta(microseconds=1), 1) == []


def test_a_job_is_made_and_its_host_moved_on_or_neither(cluster: Cluster, tmp_path: Path) -> None:
    url = store(cluster)
    due_at_once(url)

    with pytest.raises(StoreError, match="was lost"):
        tick(url, tmp_path, break_off)

    assert asked(url, WAITING) == []
    with closing(open_store(url, CREATED)) as shared:
        assert [one.name for one in shared.due_hosts(CREATED, 1000)] == HOSTS


def test_hosts_that_are_visited_and_due_again_do_not_keep_later_ones_waiting(cluster: Cluster, tmp_path: Path) -> None:
    url = store(cluster)
    due_at_once(url)
    tick(url, tmp_path, stop)
    visited = HOSTS[:PORTION]
    asked(url, "with done as (update procrastinate_jobs set status = 'doing' returning 1) select * from done")
    with closing(open_store(url, CREATED)) as shared:
        for name in visited:
            cast("SharedStore", shared).put_off(name, CREATED)

    tick(url, tmp_path)

    assert asked(url, WAITING) == [(name,) for name in HOSTS[PORTION:]]
    with closing(open_store(url, CREATED)) as shared:
        assert [one.name for one in shared.due_hosts(CREATED + timedelta(hours=1), 1000)] == visited


def test_a_tick_that_is_told_to_stop_leaves_the_rest_due(cluster: Cluster, tmp_path: Path) -> None:
    url = store(cluster)
    due_at_once(url)

    tick(url, tmp_path, stop)

    assert asked(url, WAITING) == [(name,) for name in HOSTS[:PORTION]]
    with closing(open_store(url, CREATED)) as shared:
        assert [one.name for one in shared.due_hosts(CREATED + timedelta(hours=1), 1000)] == HOSTS[PORTION:]


# ------------------------------------------------------------------------------------------------------ who is who


def test_a_container_that_is_started_again_is_another_worker(cluster: Cluster, tmp_path: Path) -> None:
    url = store(cluster)

    for _ in range(2):
        ended = subprocess.run(
            [sys.executable, "-c", KILLED, url, str(tmp_path)], capture_output=True, text=True, timeout=120, check=False
        )
        assert ended.returncode == 9, ended.stderr

    assert asked(url, "select count(*) from worker where id like '%:1:%'") == [(2,)]
