"""A large store on PostgreSQL, its rows generated: what a tick, a visit, a settled check and a sweep cost, and why.

python -m bench.scale [--articles 10000000] [--hosts 100000]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import create_engine, event, text

from feedwatch.adapters.queue import Queue, install
from feedwatch.adapters.store import open_store
from feedwatch.adapters.store.shared import SharedStore
from feedwatch.adapters.store.sweeping import Sweeper
from feedwatch.model import Verdict
from feedwatch.ports import Work
from tests.postgres import running_cluster

SOURCES = 5000
ROUNDS = 200
NOW = datetime.now(UTC)

# An article in forty is due now, as on a day when each is looked at every few hours; one in two hundred is dirty.
ROWS = """
insert into source (slug, title, language)
  select 'paper-' || n, 'Paper ' || n, 'en' from generate_series(1, :sources) n;
insert into host (name, next_due_at, failures, requests)
  select 'host-' || n || '.example', null, 0, 0 from generate_series(1, :hosts) n;
insert into article (id, key_sha, source, key, url, host, title, first_seen_at, feed_title, last_checked_at, last_ok_at,
  next_check_at, checks, looks, failures, moves, flaps, state, problem, place, etag, body_sha, visible_sha, versions,
  changes, events, rev, published_rev, news_at, dirty_at)
select left(md5(n::text), 16), md5('key' || n), 'paper-' || (1 + n % :hosts % :sources),
  'https://host-' || (1 + n % :hosts) || '.example/news/2026/03/' || md5(n::text),
  'https://host-' || (1 + n % :hosts) || '.example/news/2026/03/' || md5(n::text),
  'host-' || (1 + n % :hosts) || '.example', 'A headline of ordinary length about number ' || n,
  :now - (n % 5000000) * 1000000::bigint, 'A headline of ordinary length about number ' || n,
  :now - 3600000000, :now - 3600000000,
  case when n % 3 = 0 then null when n % 40 = 1 then :now - (n % 600) * 1000000::bigint
       else :now + (n % 604800) * 1000000::bigint end,
  20, '\x003bb303'::bytea, 0, 0, 0, case when n % 3 = 0 then 'done' else 'watched' end, '', '',
  '"' || md5('e' || n) || '"', md5('b' || n),
  md5('v' || n), 1 + (n % 10 = 0)::int, (n % 10 = 0)::int, 0, 2, case when n % 200 = 0 then 1 else 2 end,
  :now - (n % 5000000) * 1000000::bigint, case when n % 200 = 0 then :now - (n % 600) * 1000000::bigint end
from generate_series(1, :articles) n;
update host set next_due_at = due.at from (select host, min(next_check_at) as at from article
  where next_check_at is not null group by host) due where due.host = host.name;
insert into census select source, state, count(*), sum(versions), sum(changes) from article group by source, state;
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000_000)
    parser.add_argument("--hosts", type=int, default=100_000)
    arguments = parser.parse_args()
    with running_cluster() as postgres:
        url = postgres.empty_database()
        store = open_store(url, NOW)
        assert isinstance(store, SharedStore)
        install(url, alone=True)
        generate(url, arguments.articles, arguments.hosts)
        measure(url, store)
        sizes(url)
        store.close()
    return 0


def generate(url: str, articles: int, hosts: int) -> None:
    began = time.monotonic()
    engine = create_engine(url)
    values = {"articles": articles, "hosts": hosts, "sources": SOURCES, "now": _micros(NOW)}
    with engine.begin() as connection:
        for statement in ROWS.split(";\n"):
            if statement.strip():
                names = [name for name in values if f":{name}" in statement]
                connection.execute(text(statement), {name: values[name] for name in names})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze"))
    engine.dispose()
    print(f"{articles:,} articles, {hosts:,} hosts, {SOURCES:,} sources; made in {time.monotonic() - began:.0f} s\n")


def measure(url: str, store: SharedStore) -> None:
    queue = Queue(url, Work(_nothing, _nothing, _nothing), 1, timedelta(0))
    sweeper = Sweeper(url)
    print("| | median | slowest of twenty | times |\n|---|---|---|---|")
    timed("due hosts, the first 100", lambda: store.due_hosts(NOW, 100))
    timed(
        "a tick: 100 hosts claimed, their jobs made",
        lambda: store.claim_due(NOW, 100, timedelta(minutes=5), queue.hand_over),
        8,
    )
    host = store.due_hosts(NOW, 1)[0].name
    timed("what is due at a host", lambda: store.due_articles(host, NOW, 50))
    names = iter(store.due_hosts(NOW, ROUNDS + 1))
    timed("an unchanged check settled", lambda: _settle(store, next(names).name))
    names = iter(store.due_hosts(NOW, ROUNDS + 1))
    timed("a host released", lambda: store.release(next(names).name, NOW))
    timed("a sweep: 20 dirty articles taken and marked", lambda: _sweep(sweeper), 40)
    timed("what was known of an article", lambda: store.known(_some(store), (), NOW))
    timed("the counts of status", lambda: store.counts(NOW), 3)
    sweeper.close()
    plans(url, store)


def _settle(store: SharedStore, host: str) -> None:
    article = store.due_articles(host, NOW, 1)[0]
    later = NOW + timedelta(hours=3)
    assert store.settle(Verdict(replace(article, checks=article.checks + 1, last_checked_at=NOW, next_check_at=later)))


def _sweep(sweeper: Sweeper) -> None:
    taken = sweeper.take(20, {})
    sweeper.publish(dict.fromkeys(taken, 2), {"", "paper-1"}, [])


def _some(store: SharedStore) -> str:
    return store.dirty(1)[0]


def timed(what: str, job: Callable[[], Any], rounds: int = ROUNDS) -> None:
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        job()
        took.append(1000 * (time.perf_counter() - began))
    slow = sorted(took)[int(len(took) * 0.95) - 1]
    print(f"| {what} | {statistics.median(took):.2f} ms | {slow:.2f} ms | {rounds} |", flush=True)


def plans(url: str, store: SharedStore) -> None:
    """Of what the store asks, as it asks."""
    asked: list[tuple[str, Any]] = []
    engine = store._in.__self__._engine  # type: ignore[attr-defined]  # noqa: SLF001 - to see what it asks

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        asked.append((statement, values))

    sweeper = Sweeper(url)
    event.listen(engine, "before_cursor_execute", note)
    event.listen(sweeper._database._engine, "before_cursor_execute", note)  # noqa: SLF001
    host = store.due_hosts(NOW, 1)[0].name
    store.claim_due(NOW, 100, timedelta(minutes=5), lambda _connection, _due: ())
    store.due_articles(host, NOW, 50)
    sweeper.take(20, {})
    sweeper.close()
    wanted = {"due hosts": 0, "claim": 0, "due articles": 0, "sweep": 0}
    found = {}
    for statement, values in asked:
        if "SKIP LOCKED" in statement:
            found["sweep" if "article" in statement else "claim"] = (statement, values)
        elif statement.startswith("SELECT host"):
            found.setdefault("due hosts", (statement, values))
        elif statement.startswith("SELECT article"):
            found["due articles"] = (statement, values)
    plain = create_engine(url)
    with plain.connect() as connection:
        for name in wanted:
            statement, values = found[name]
            print(f"\n{name}:\n```")
            for (line,) in connection.exec_driver_sql(f"explain (analyze, buffers, timing off) {statement}", values):
                print(line[:150])
            print("```")
    plain.dispose()


def sizes(url: str) -> None:
    engine = create_engine(url)
    asked = text(
        "select relname, relkind, pg_relation_size(oid) from pg_class where relkind in ('r', 'i') and "
        "relnamespace = 'public'::regnamespace and pg_relation_size(oid) > 1000000 order by 3 desc"
    )
    print("\n| table or index | MB |\n|---|---|")
    with engine.connect() as connection:
        for name, kind, size in connection.execute(asked):
            print(f"| {name}{'' if kind == 'i' else ' (table)'} | {size / 1e6:,.0f} |")
    engine.dispose()


def _micros(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000_000)


async def _nothing(*_: object) -> None:
    """No job is done here."""


if __name__ == "__main__":
    sys.exit(main())
