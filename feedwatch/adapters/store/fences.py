"""Fences: PostgreSQL's advisory locks, held by a process on a connection of its own. They end with it, however it ends.

A process that only stands still keeps its fences: what it had begun is not begun by another meanwhile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from contextlib import ExitStack

from sqlalchemy import BigInteger, bindparam, func, select, text

from feedwatch.adapters.store.opening import Database

_KEY = bindparam("key", type_=BigInteger)
_TAKE = select(func.pg_try_advisory_lock(_KEY))
_TAKE_SHARED = select(func.pg_try_advisory_lock_shared(_KEY))
_LEAVE = select(func.pg_advisory_unlock(_KEY))
_IS_THERE = select(1)
_OURS = """
    from pg_locks where locktype = 'advisory' and granted and objsubid = 1 and mode = 'ExclusiveLock'
    and database = (select oid from pg_database where datname = current_database())
    and ((classid::bigint << 32) | objid::bigint) = any(:keys)
"""
_HELD = text(f"select (classid::bigint << 32) | objid::bigint {_OURS}")
_BREAK = text(f"select pg_terminate_backend(pid) {_OURS} and pid <> pg_backend_pid()")


class Fences:
    """One thread at a time. Raises StoreError when the connection is lost, and with it all of them."""

    def __init__(self, url: str) -> None:
        self._database = Database(url)
        with ExitStack() as opened:
            opened.callback(self._database.close)
            self._connection = opened.enter_context(self._database.session())
            self._open = opened.pop_all()

    def take(self, name: str) -> bool:
        """False when another process has it."""
        return bool(self._asked(_TAKE, name))

    def share(self, name: str) -> bool:
        """False when another process has it for itself alone."""
        return bool(self._asked(_TAKE_SHARED, name))

    def leave(self, name: str) -> None:
        self._asked(_LEAVE, name)

    def held(self, names: Collection[str]) -> set[str]:
        """Which of these anybody has."""
        by_key = {key_of(name): name for name in names}
        with self._database.explained():
            keys = self._connection.scalars(_HELD, {"keys": list(by_key)})
            return {by_key[key] for key in keys}

    def break_up(self, names: Collection[str]) -> None:
        """End the connections of whoever has these: they lose all their fences, and find that out before they go on."""
        with self._database.explained():
            self._connection.execute(_BREAK, {"keys": [key_of(name) for name in names]})

    def hold(self) -> None:
        """Returns when they are still held."""
        with self._database.explained():
            self._connection.execute(_IS_THERE)

    def close(self) -> None:
        with self._database.explained():
            self._connection.invalidate()  # closed, not put back: the server gives the locks free
        self._open.close()

    def _asked(self, statement: object, name: str) -> object:
        with self._database.explained():
            return self._connection.scalar(statement, {"key": key_of(name)})  # type: ignore[call-overload]


def key_of(name: str) -> int:
    """64 bits, the same in every process and every version."""
    return int.from_bytes(hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()[:8], "big", signed=True)
