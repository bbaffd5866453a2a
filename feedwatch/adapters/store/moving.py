"""A store moved to another database: SQLite to PostgreSQL, row for row.

Every row is compared with what stands in the target, and only what is missing or differs is written, so a copy that was
ended anywhere goes on where it was. The target is refused as a store until a whole pass has found nothing to write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, column, delete, func, insert, select, text, tuple_, update
from sqlalchemy import table as plain

from feedwatch.adapters.store.opening import UNFINISHED, Database, Mode, prepare
from feedwatch.adapters.store.rows import insert_into
from feedwatch.adapters.store.tables import meta, metadata
from feedwatch.errors import StoreError

# Rows in one transaction of the target: pages are the largest, tens of kilobytes each.
_BATCH = 500
# Two passes write, the second what changed during the first; a third finds nothing, or somebody writes to the source.
_PASSES = 3

Row = tuple[Any, ...]
Key = tuple[Any, ...]
Told = Callable[[int, int], None]  # so many rows of so many are done


@dataclass(frozen=True, slots=True)
class Moved:
    """`rows` were compared, the target has them all; `written` of them were not there as they are."""

    rows: int
    written: int


def move(source_url: str, target_url: str, now: datetime, told: Told = lambda _done, _of: None) -> Moved:
    """Raises StoreError when the target holds another store, or the source is written meanwhile."""
    source = Database(source_url)
    try:
        created_at = prepare(source, now)
        target = Database(target_url)
        try:
            _begin(target, created_at)
            moved = _moved(source, target, told)
            _end(target)
        finally:
            target.close()
    finally:
        source.close()
    return moved


def _begin(target: Database, created_at: datetime) -> None:
    if prepare(target, created_at, unfinished=True) != created_at:
        raise StoreError(f"{target.place} holds another store; copy into a new database")
    with target.transaction(Mode.RECORD) as connection:
        mark = insert_into(connection, meta).values(key=UNFINISHED, value="store copy")
        connection.execute(mark.on_conflict_do_nothing())


def _moved(source: Database, target: Database, told: Told) -> Moved:
    written = 0
    for _ in range(_PASSES):
        made = _Pass(source, target, told)
        if not made.written:
            return Moved(made.rows, written)
        written += made.written
    raise StoreError(f"{source.place} was written while it was copied; stop what writes to it, then run this again")


def _end(target: Database) -> None:
    with target.transaction(Mode.RECORD) as connection:
        connection.execute(delete(meta).where(meta.c.key == UNFINISHED))
        if connection.dialect.name == "postgresql":
            connection.execute(text("analyze"))


class _Pass:
    """All tables once, in an order in which what is referred to comes first. The source is read as of one moment."""

    def __init__(self, source: Database, target: Database, told: Told) -> None:
        self.rows = self.written = 0
        self._target, self._told = target, told
        tables = [_Copied(table) for table in metadata.sorted_tables]
        with source.transaction(Mode.READ) as reading:
            self._all = sum(copied.count(reading) for copied in tables)
            for copied in tables:
                self._copy(copied, reading)
            for copied in reversed(tables):
                self._remove_surplus(copied, reading)

    def _copy(self, copied: _Copied, reading: Connection) -> None:
        for rows in copied.batches(reading):
            with self._target.transaction(Mode.RECORD) as writing:
                self.written += copied.put(writing, rows)
            self.rows += len(rows)
            self._told(self.rows, self._all)

    def _remove_surplus(self, copied: _Copied, reading: Connection) -> None:
        """What the source has no more; it went between two runs."""
        with self._target.transaction(Mode.READ) as connection:
            surplus = copied.count(connection) - copied.count(reading)
        if not surplus:
            return
        with self._target.transaction(Mode.RECORD) as writing:
            there = [keys for rows in copied.batches(writing) for keys in copied.missing(reading, rows)]
            copied.remove(writing, there)
            self.written += len(there)


class _Copied:
    """A table as its database keeps it: columns without the types that make nouns of them."""

    def __init__(self, table: Table) -> None:
        keys = [one.name for one in table.primary_key.columns]
        self._table = plain(table.name, *(column(one.name, _plain(one.type)) for one in table.columns))
        self._key = [self._table.c[name] for name in keys]
        self._places = [list(table.columns.keys()).index(name) for name in keys]
        self._is_meta = table is meta

    def count(self, connection: Connection) -> int:
        return connection.scalar(self._but_the_mark(select(func.count()).select_from(self._table))) or 0

    def batches(self, connection: Connection) -> Iterator[list[Row]]:
        """In the order of the keys, as this database orders them."""
        last: Key | None = None
        while True:
            some = self._but_the_mark(select(self._table)).order_by(*self._key).limit(_BATCH)
            if last is not None:
                some = some.where(tuple_(*self._key) > tuple_(*last))
            rows = [tuple(row) for row in connection.execute(some)]
            if not rows:
                return
            yield rows
            last = self._key_of(rows[-1])

    def put(self, connection: Connection, rows: Sequence[Row]) -> int:
        """The number of rows that were not there, or not like this."""
        stand = self._standing(connection, rows)
        new = [row for row in rows if self._key_of(row) not in stand]
        other = [row for row in rows if stand.get(self._key_of(row), row) != row]
        if new:
            connection.execute(insert(self._table), [self._named(row) for row in new])
        for row in other:
            here = [key == value for key, value in zip(self._key, self._key_of(row), strict=True)]
            connection.execute(update(self._table).where(*here).values(self._named(row)))
        return len(new) + len(other)

    def missing(self, connection: Connection, rows: Sequence[Row]) -> list[Key]:
        """The keys of those that are not here."""
        stand = self._standing(connection, rows)
        return [self._key_of(row) for row in rows if self._key_of(row) not in stand]

    def remove(self, connection: Connection, keys: Sequence[Key]) -> None:
        for values in keys:
            here = [key == value for key, value in zip(self._key, values, strict=True)]
            connection.execute(delete(self._table).where(*here))

    def _standing(self, connection: Connection, rows: Sequence[Row]) -> dict[Key, Row]:
        keys = [self._key_of(row) for row in rows]
        # One column as such: SQLite uses no index for tuples.
        among = [self._key[0].in_([key[0] for key in keys])]
        if len(self._key) > 1:
            among.append(tuple_(*self._key).in_(keys))
        return {self._key_of(row): tuple(row) for row in connection.execute(select(self._table).where(*among))}

    def _but_the_mark(self, statement: Any) -> Any:
        return statement.where(self._table.c.key != UNFINISHED) if self._is_meta else statement

    def _key_of(self, row: Row) -> Key:
        return tuple(row[place] for place in self._places)

    def _named(self, row: Row) -> dict[str, Any]:
        return {one.name: value for one, value in zip(self._table.columns, row, strict=True)}


def _plain(kind: Any) -> Any:
    return getattr(kind, "impl_instance", kind)
