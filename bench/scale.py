"""A large store on PostgreSQL, its rows generated: what a tick, a visit, a settled check and a sweep cost, and why.

python -m bench.scale [--articles 10000000] [--hosts 100000]
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import psycopg
from procrastinate.jobs import Status
from sqlalchemy import make_url
from sqlalchemy.event import listen

from bench.large import story
from feedwatch import steps
from feedwatch.adapters.queue import VISITS, Queue, install
from feedwatch.adapters.store import open_store, prepared
from feedwatch.adapters.store.columns import Channels, Told
from feedwatch.adapters.store.packing import pack, text_bytes
from feedwatch.adapters.store.prepared import driver
from feedwatch.adapters.store.shared import SharedStore
from feedwatch.adapters.store.sweeping import Sweeper
from feedwatch.model import Article, Change, Channel, Due, Facts, Grade, Verdict, Version
from feedwatch.ports import Work
from feedwatch.running.jobs import DEPTH, PORTION
from tests.postgres import running_cluster

SOURCES = 5000
ROUNDS = 200
SWEPT = 20
LEASE = timedelta(minutes=5)

# As an operator would set them on a machine of 24 GB that has other work, too; all else is PostgreSQL's default.
SERVER = {
    "listen_addresses": "",
    "shared_buffers": "4GB",
    "effective_cache_size": "12GB",
    "max_wal_size": "4GB",
    "max_connections": "60",
}
# While the rows are made: nothing is measured then, and nothing need survive.
MAKING = {
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "maintenance_work_mem": "2GB",
    "work_mem": "512MB",
    "max_wal_size": "16GB",
}

FACTS = Facts(grades=(Grade.WORDING,), words_added=3, words_removed=2)
CHANNELS = frozenset({Channel.EVERYTHING, Channel.CHANGES})

# Two articles in three are watched; one in forty is due, since an hour at most, as after an hour without workers; one
# in two hundred is dirty, one in ten was edited once. Which ones is as good as chance, by a hash of their numbers.
FILLED = ("source", "feed", "host", "article", "version", "change", "carried", "carried_day", "census", "tally")
ROWS = """
insert into source (slug, title, language)
  select 'paper-' || n, 'Paper ' || n, 'en' from generate_series(1, %(sources)s) n;
insert into article (id, key_sha, source, key, url, host, title, first_seen_at, feed_title, last_checked_at, last_ok_at,
  last_changed_at, next_check_at, checks, looks, failures, moves, flaps, state, problem, etag, body_sha, visible_sha,
  place, imprint, versions, changes, events, rev, published_rev, news_at, dirty_at)
select left(sha, 16), md5('key' || n), 'paper-' || (1 + n %% %(hosts)s %% %(sources)s), url, url,
  'host-' || (1 + n %% %(hosts)s) || '.example', 'A headline of ordinary length about number ' || n, seen,
  'A headline of ordinary length about number ' || n, %(now)s - 3600000000, %(now)s - 3600000000,
  case when edited then seen + 7200000000 end,
  case when r / 7 %% 3 = 0 then null when r / 11 %% 40 = 1 then %(now)s - r %% 3600000 * 1000
       else %(now)s + r %% 604800000 * 1000 end,
  20, %(looks)s, 0, 0, 0, case when r / 7 %% 3 = 0 then 'done' else 'watched' end, '',
  '"' || left(md5('e' || n), 20) || '"', md5('b' || n), md5('v' || n), left(md5('p' || n %% %(sources)s), 16),
  decode(repeat(md5('i' || n), 7), 'hex'),
  1 + edited::int, edited::int, 0, 2, case when is_dirty then 1 else 2 end,
  case when edited then seen + 7200000000 else seen end, case when is_dirty then %(now)s - r %% 600000 * 1000 end
from (select n, r, md5(n::text) as sha, %(now)s - r %% 5184000000 * 1000 as seen, r / 13 %% 10 = 0 as edited,
  r / 17 %% 200 = 0 as is_dirty,
  'https://host-' || (1 + n %% %(hosts)s) || '.example/news/2026/03/' || n || '-an-address-of-ordinary-length' as url
  from (select n, hashint8extended(n, 0) & 9007199254740991 as r from generate_series(1, %(articles)s) n) numbers) one;
insert into version (article, number, seen_at, text_sha, path, extractor, byline, withdrawn_because, text)
  select id, number, first_seen_at + number * 7200000000, %(sha)s, 'trafilatura', 'trafilatura 2', '', '', %(text)s
  from article, generate_series(0, versions - 1) number;
insert into change (article, to_number, from_number, at, channels, facts)
  select id, 1, 0, last_changed_at, %(channels)s, %(facts)s from article where changes > 0;
insert into carried (channel, at, article, kind, number, source)
  select channel, last_changed_at, id, 'change', 1, source
  from article, unnest(string_to_array(%(channels)s, ' ')) channel where changes > 0;
insert into carried_day (channel, source, day, notices)
  select channel, coalesce(source, ''), at / 86400000000 as day, count(*) from carried
  group by grouping sets ((channel, day), (channel, source, day));
insert into census (source, state, articles, versions, changes)
  select source, state, count(*), sum(versions), sum(changes) from article group by source, state;
insert into tally (source, slot, checks, changed, failed)
  select 'paper-' || n, slot, 9, 0, 0 from generate_series(1, %(sources)s) n,
  generate_series(%(now)s / 600000000 - 8 * 144, %(now)s / 600000000) slot;
insert into feed (url, source, host, location, next_poll_at, failures, moves, status, problem)
  select 'https://host-' || n || '.example/feed.xml', 'paper-' || (1 + n %% %(sources)s), 'host-' || n || '.example',
  'https://host-' || n || '.example/feed.xml', %(now)s + n * 45000, 0, 0, 'ok', ''
  from generate_series(1, 4 * %(sources)s) n;
insert into host (name, next_due_at, failures, requests)
  select host, min(at), 0, 0 from (select host, next_check_at as at from article
  union all select host, next_poll_at from feed) due group by host;
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000_000)
    parser.add_argument("--hosts", type=int, default=100_000)
    arguments = parser.parse_args()
    with running_cluster(SERVER) as postgres:
        url = postgres.empty_database()
        open_store(url, datetime.now(UTC)).close()
        install(url, alone=True)
        with connected(url) as connection:
            for name, value in MAKING.items():
                connection.execute(f"alter system set {name} = '{value}'")
        postgres.restart()
        now = generate(url, arguments.articles, arguments.hosts)
        with connected(url) as connection:
            connection.execute("alter system reset all")
            connection.execute("checkpoint")
        postgres.restart()
        sizes(url, arguments.articles)
        with closing(cast("SharedStore", open_store(url, now))) as store:
            measure(url, store, now)
            plans(url, store, now)
        for clients in (1, 2, 4, 8):
            together(url, now, clients)
    return 0


# ------------------------------------------------------------------------------------------------------ making it


def generate(url: str, articles: int, hosts: int) -> datetime:
    """Rows first, indexes after them; the moment at which all this is so."""
    began, now = time.monotonic(), datetime.now(UTC)
    text = story(1, 0)
    values = {
        "articles": articles,
        "hosts": hosts,
        "sources": SOURCES,
        "now": micros(now),
        "looks": steps.pack([60 * n * n for n in range(20)]),
        "sha": text.sha,
        "text": pack(text_bytes(text), None),
        "channels": Channels().kept(CHANNELS),
        "facts": Told().kept(FACTS),
    }
    with connected(url) as connection:
        with connection.transaction():  # what is emptied and filled in one is not logged
            connection.execute(f"truncate {', '.join(FILLED)} cascade")
            again = without_indexes(connection)
            for statement in ROWS.split(";\n"):
                if statement.strip():
                    spend(connection, psycopg.ClientCursor(connection).mogrify(statement, values))
            for statement in again:
                spend(connection, statement)
        spend(connection, "vacuum (analyze, freeze)")
    print(f"{articles:,} articles, {hosts:,} hosts, {SOURCES:,} sources; made in {time.monotonic() - began:.0f} s\n")
    return now


def without_indexes(connection: psycopg.Connection) -> list[str]:
    """Drop the indexes and constraints of what is filled; the statements that make them again."""
    tables = [f"public.{name}" for name in FILLED]
    constraints = connection.execute(
        "select conrelid::regclass::text, conname, pg_get_constraintdef(oid), contype::text from pg_constraint where "
        "contype in ('p', 'u', 'f') and (conrelid = any(%s::regclass[]) or confrelid = any(%s::regclass[])) "
        "order by contype = 'f', 1, 2",
        [tables, tables],
    ).fetchall()
    indexes = connection.execute(
        "select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index where indrelid = "
        "any(%s::regclass[]) and not exists (select 1 from pg_constraint where conindid = indexrelid) order by 1",
        [tables],
    ).fetchall()
    for table, name, _, _ in reversed(constraints):
        connection.execute(f"alter table {table} drop constraint {name}")
    for name, _ in indexes:
        connection.execute(f"drop index {name}")
    made = [(kind, f"alter table {table} add constraint {name} {said}") for table, name, said, kind in constraints]
    keys = [said for kind, said in made if kind != "f"]
    return [*keys, *(said for _, said in indexes), *(said for kind, said in made if kind == "f")]


def spend(connection: psycopg.Connection, statement: str) -> None:
    began = time.monotonic()
    connection.execute(statement)
    print(f"{time.monotonic() - began:7.1f} s  {' '.join(statement.split())[:90]}", file=sys.stderr, flush=True)


# ------------------------------------------------------------------------------------------------------ one at a time


def measure(url: str, store: SharedStore, now: datetime) -> None:
    meter = Meter(url)
    queue = Queue(url, Work(_nothing, _nothing, _nothing), 1, timedelta(0))
    hosts = [one.name for one in store.due_hosts(now, DEPTH + 3 * ROUNDS)][DEPTH:]  # beyond those that are claimed
    found = [store.due_articles(name, now, 1)[0] for name in hosts[: 3 * ROUNDS]]
    print("| ms | median | 95 of 100 below | slowest | times | CPU here | CPU of PostgreSQL |")
    print("|---|---|---|---|---|---|---|")
    meter.timed("due hosts, the first 100", lambda _: store.due_hosts(now, 100), range(ROUNDS))
    last: list[Due] = []

    def claim(_: object) -> None:
        last[:] = store.claim_due(now, PORTION, LEASE, queue.hand_over, *last[-1:])

    meter.timed(f"a tick's portion: {PORTION} hosts claimed, their jobs made", claim, range(DEPTH // PORTION))
    asyncio.run(jobs(meter, queue))
    meter.timed("what is due at a host (at most 50)", lambda name: store.due_articles(name, now, 50), hosts[:ROUNDS])
    meter.timed("an unchanged check settled", lambda one: _settle(store, one, now), found[:ROUNDS])
    meter.timed("a check that found an edit settled", lambda one: _edit(store, one, now), found[ROUNDS : 2 * ROUNDS])
    meter.timed("a host released after its visit", lambda name: store.release(name, now), hosts[:ROUNDS])
    meter.timed("what was known of an article", lambda one: store.known(one.id, (), now), found[2 * ROUNDS :])
    with closing(Sweeper(url)) as sweeper:
        sweep(meter, store, sweeper, ROUNDS // 2)
    meter.timed("the counts of `status`", lambda _: store.counts(now), range(3))
    meter.timed("the workers and their queue, for `status`", lambda _: store.crew(now), range(ROUNDS))


async def jobs(meter: Meter, queue: Queue) -> None:
    """As a worker takes them, while as many wait as may."""
    took = []
    async with queue.opened():
        manager = queue._app.job_manager  # noqa: SLF001 - one step of what it does all the time
        worker = await manager.register_worker()
        meter.start()
        for _ in range(ROUNDS):
            began = time.perf_counter()
            job = await manager.fetch_job([VISITS], worker)
            assert job is not None
            await manager.finish_job(job, Status.SUCCEEDED, delete_job=True)
            took.append(1000 * (time.perf_counter() - began))
        meter.tell(f"a job taken out of {DEPTH} and ended", took)


def sweep(meter: Meter, store: SharedStore, sweeper: Sweeper, rounds: int) -> None:
    """What is read and rendered between taking and marking is told apart."""
    taking, reading, marking, whole = [], [], [], []
    meter.start()
    for _ in range(rounds):
        began = time.perf_counter()
        if len(taken := sweeper.take(SWEPT, {})) < SWEPT:
            break
        took = time.perf_counter()
        histories = [store.history(number) for number in taken]
        read = time.perf_counter()
        slugs = {"", *(history.article.source for history in histories)}
        begin = time.perf_counter()
        sweeper.publish({history.article.id: history.article.rev for history in histories}, slugs, [])
        ended = time.perf_counter()
        taking.append(1000 * (took - began))
        reading.append(1000 * (read - took) / SWEPT)
        marking.append(1000 * (ended - begin))
        whole.append(1000 * (ended - began))
    meter.tell("a sweep, with the histories that are rendered", whole)
    tell(f"of it: {SWEPT} dirty articles taken", taking)
    tell("of it: an article's history read", reading)
    tell(f"of it: {SWEPT} articles marked, their lists raised", marking)


def _settle(store: SharedStore, article: Article, now: datetime) -> None:
    later = now + timedelta(hours=3)
    checked = replace(article, checks=article.checks + 1, last_checked_at=now, last_ok_at=now, next_check_at=later)
    assert store.settle(Verdict(checked))


def _edit(store: SharedStore, article: Article, now: datetime) -> None:
    number = article.versions
    seen = article.last_checked_at
    version = Version(article.id, number, now, seen, story(1, number), "trafilatura", "trafilatura 2")
    change = Change(article.id, number - 1, number, now, seen, FACTS, CHANNELS)
    edited = replace(
        article,
        checks=article.checks + 1,
        last_checked_at=now,
        last_ok_at=now,
        last_changed_at=now,
        next_check_at=now + timedelta(minutes=6),
        versions=number + 1,
        changes=article.changes + 1,
        rev=article.rev + 1,
    )
    assert store.settle(Verdict(edited, version=version, change=change, changed=True))


class Meter:
    """Times by the clock, which other work on the machine lengthens, and CPU time, which it hardly does."""

    def __init__(self, url: str) -> None:
        self._url = url

    def start(self) -> None:
        self._server, self._here = server_cpu(self._url), time.process_time()

    def timed(self, what: str, job: Callable[[Any], object], of: Iterable[Any]) -> None:
        took = []
        self.start()
        for one in of:
            began = time.perf_counter()
            job(one)
            took.append(1000 * (time.perf_counter() - began))
        self.tell(what, took)

    def tell(self, what: str, took: list[float]) -> None:
        """Since the start."""
        here, server = time.process_time() - self._here, server_cpu(self._url) - self._server
        tell(what, took, f"{1000 * here / len(took):.2f}", f"{1000 * server / len(took):.2f}")


def tell(what: str, took: list[float], here: str = "", server: str = "") -> None:
    took = sorted(took)
    most = f"{took[len(took) * 95 // 100 - 1]:.2f}" if len(took) >= 20 else ""
    middle = statistics.median(took)
    print(f"| {what} | {middle:.2f} | {most} | {took[-1]:.2f} | {len(took)} | {here} | {server} |", flush=True)


# ------------------------------------------------------------------------------------------------------ many at once


def together(url: str, now: datetime, clients: int, seconds: float = 20) -> None:
    """Visits as workers make them but for the requests: each client has hosts of its own, and nothing else to do."""
    with closing(open_store(url, now)) as store:
        names = [one.name for one in store.due_hosts(now, 40_000)]
    cpu = server_cpu(url)
    with multiprocessing.get_context("spawn").Pool(clients) as pool:
        done = pool.starmap(visits, [(url, now, names[place::clients], seconds) for place in range(clients)])
    cpu = server_cpu(url) - cpu
    checks, made, theirs = (sum(one[part] for one in done) for part in range(3))
    assert checks, "too few articles are due for this"
    took = max(one[3] for one in done)
    print(
        f"{clients} clients: {checks / took:,.0f} checks/s in {made / took:,.0f} visits/s for {took:.0f} s; CPU for a "
        f"check: PostgreSQL {1000 * cpu / checks:.2f} ms, a client {1000 * theirs / checks:.2f} ms",
        flush=True,
    )


def visits(url: str, now: datetime, names: list[str], seconds: float) -> tuple[int, int, float, float]:
    """Checks, visits; this process's CPU seconds, and all."""
    checks = made = 0
    with closing(cast("SharedStore", open_store(url, now))) as store:
        began, cpu = time.monotonic(), time.process_time()
        for name in names:
            if time.monotonic() >= began + seconds:
                break
            store.host(name)
            store.due_feeds(name, now)
            for article in store.due_articles(name, now, 50):
                _settle(store, article, now)
                checks += 1
            store.release(name, now)
            made += 1
        return checks, made, time.process_time() - cpu, time.monotonic() - began


def server_cpu(url: str) -> float:
    """Seconds that the server's processes have used, those that ended among them."""
    with connected(url) as connection:
        folder = connection.execute("show data_directory").fetchone()
    assert folder is not None
    postmaster = int((Path(folder[0]) / "postmaster.pid").read_text().split()[0])
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            said = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if int(stat.parent.name) == postmaster:
            ticks += sum(map(int, said[11:15]))
        elif int(said[1]) == postmaster:
            ticks += sum(map(int, said[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


# ------------------------------------------------------------------------------------------------------ why


class Noted:
    """psycopg's connection, for statements that are prepared: what it is asked is added to `asked`."""

    def __init__(self, connection: Any, asked: list[tuple[str, Any]]) -> None:
        self._connection = connection
        self._asked = asked

    def execute(self, statement: str, values: Any) -> Any:
        self._asked.append((statement, values))
        return self._connection.execute(statement, values)

    def cursor(self) -> Noted:
        return self

    def executemany(self, statement: str, rows: Any) -> None:
        self._asked.append((statement, rows))
        self._connection.cursor().executemany(statement, rows)


def plans(url: str, store: SharedStore, now: datetime) -> None:
    """Of what the store asks, as it asks."""
    asked: list[tuple[str, Any]] = []
    engine = store._in.__self__._engine  # type: ignore[attr-defined]  # noqa: SLF001 - to see what it asks

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        asked.append((statement, values))

    setattr(prepared, "driver", lambda connection: Noted(driver(connection), asked))  # noqa: B010
    sweeper = Sweeper(url)
    listen(engine, "before_cursor_execute", note)
    listen(sweeper._database._engine, "before_cursor_execute", note)  # noqa: SLF001
    [host, *_] = store.due_hosts(now, 100)
    [*_, last] = store.claim_due(now, PORTION, LEASE, lambda _connection, _due: ())
    store.claim_due(now, PORTION, LEASE, lambda _connection, _due: (), last)
    [article, *_] = store.due_articles(host.name, now, 50)
    _settle(store, article, now)
    sweeper.take(SWEPT, {})
    sweeper.close()
    found: dict[str, tuple[str, Any]] = {}
    for statement, values in asked:
        match statement.split():
            case ["SELECT", *words] if "SKIP LOCKED" in statement:
                name = "a sweep's articles" if words[0].startswith("article") else "a tick's first hosts"
                found["a tick's later hosts" if name in found else name] = (statement, values)
            case ["SELECT", word, *_] if word.startswith("host."):
                found.setdefault("due hosts", (statement, values))
            case ["SELECT", word, *_] if word.startswith("article.id"):
                found.setdefault("what is due at a host", (statement, values))
            case ["UPDATE", "article", *_]:
                found["an article written"] = (statement, values)
            case ["INSERT", "INTO", "host", *_]:
                found["a host's earliest, at each check"] = (statement, values)
    with connected(url) as connection:
        for name, (statement, values) in found.items():
            print(f"\n### {name}\n```")
            with connection.transaction(force_rollback=True):
                # Values of a statement for many rows are a list of them.
                one = values[0] if isinstance(values, list) else values
                for (line,) in connection.execute(f"explain (analyze, buffers, timing off) {statement}", one):
                    print(line[:150])
            print("```")


def sizes(url: str, articles: int) -> None:
    asked = (
        "select relname, relkind = 'i', case relkind when 'i' then pg_relation_size(oid) else pg_table_size(oid) end "
        "from pg_class where relkind in ('r', 'i') and relnamespace = 'public'::regnamespace "
        "and pg_relation_size(oid) > 1000000 order by 3 desc"
    )
    print("| table or index | MB | bytes an article |\n|---|---|---|")
    with connected(url) as connection:
        for name, is_index, size in connection.execute(asked):
            print(f"| {name}{'' if is_index else ' (table)'} | {size / 1e6:,.0f} | {size / articles:.0f} |")
    print()


@contextmanager
def connected(url: str) -> Iterator[psycopg.Connection]:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        yield connection


def micros(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000_000)


async def _nothing(*_: object) -> None:
    """No job is done here."""


if __name__ == "__main__":
    sys.exit(main())
