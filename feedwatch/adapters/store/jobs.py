"""What the store knows of the queue, whose tables stand in the same database: they are asked, never written.

No queue there: nobody has worked on this store with others yet.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import Connection, text

from feedwatch.model import Queued

_IS_THERE = text("select to_regclass('procrastinate_jobs') is not null")
# By the indexes of the two states: finished jobs are not read.
_COUNTS = text("""
    select queue_name, status::text, count(*), min((args->>'due')::bigint)
    from procrastinate_jobs
    where status in ('todo', 'doing') and task_name <> 'tick'
    group by queue_name, status
""")
_FAILED = text("select count(*) from procrastinate_jobs where status = 'failed'")
_WAITING = text("select queueing_lock from procrastinate_jobs where status = 'todo' and queueing_lock = any(:locks)")
_UNDER_WAY = text("select lock from procrastinate_jobs where status = 'doing' and lock = any(:locks)")


def queued(connection: Connection) -> Queued | None:
    if connection.dialect.name != "postgresql" or not connection.scalar(_IS_THERE):
        return None
    counts: dict[tuple[str, str], int] = {}
    oldest = None
    for queue, status, many, due in connection.execute(_COUNTS):
        counts[queue, status] = many
        if status == "todo" and due is not None:
            oldest = datetime.fromtimestamp(due / 1_000_000, UTC)
    return Queued(
        hosts_waiting=counts.get(("visits", "todo"), 0),
        hosts_visited=counts.get(("visits", "doing"), 0),
        parts_waiting=counts.get(("parts", "todo"), 0),
        failed=connection.scalar(_FAILED) or 0,
        oldest_due_at=oldest,
    )


def waiting(connection: Connection, locks: Collection[str]) -> set[str]:
    return set(connection.scalars(_WAITING, {"locks": list(locks)}))


def under_way(connection: Connection, locks: Collection[str]) -> set[str]:
    return set(connection.scalars(_UNDER_WAY, {"locks": list(locks)}))
