"""Statements that are asked all day, made ready for the database's driver once.

SQLAlchemy works out at each execution what a statement is, what its values and its rows are made of: some 0.06 ms, ten
times what SQLite takes for most of them. Here that is done at the first one. What a statement says is still written in
SQLAlchemy, once for both databases; it runs in the transaction of the connection that is given.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    ARRAY,
    ClauseElement,
    ColumnElement,
    Connection,
    Insert,
    Integer,
    Select,
    Text,
    TypeDecorator,
    bindparam,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeEngine

Statement = Select[Any] | ClauseElement
Row = Any  # a sequence, in the order of the statement's columns
Values = Mapping[str, Any]
_Process = Callable[[Any], Any]

_NONE: Values = {}


class _Ready(NamedTuple):
    sql: str
    values: Values  # those that the statement has itself
    binds: list[tuple[str, _Process | None]]
    results: list[tuple[int, _Process]]
    is_positional: bool

    def bound(self, given: Values) -> Any:
        """What the driver is given."""
        asked = {**self.values, **given} if self.values else given
        if self.is_positional:
            return [asked[name] if process is None else process(asked[name]) for name, process in self.binds]
        return {name: asked[name] if process is None else process(asked[name]) for name, process in self.binds}

    def row(self, found: Row) -> Row:
        row = list(found)
        for place, process in self.results:
            row[place] = process(row[place])
        return row


class Prepared:
    """A statement, or what makes it for a dialect's name. An insert has all columns of its table."""

    def __init__(self, statement: Statement | Callable[[str], Statement]) -> None:
        self._statement = statement
        self._ready: dict[str, _Ready] = {}

    def run(self, connection: Connection, values: Values) -> None:
        self._execute(connection, values)

    def run_all(self, connection: Connection, many: Iterable[Values]) -> None:
        ready = self._for(connection)
        if rows := [ready.bound(values) for values in many]:
            driver(connection).cursor().executemany(ready.sql, rows)

    def rows(self, connection: Connection, values: Values = _NONE) -> list[Row]:
        return self.finished(connection, self.raw_rows(connection, values))

    def raw_rows(self, connection: Connection, values: Values = _NONE) -> list[Row]:
        """As they stand in the database: for who wants some of them only, which are to be `finished` then."""
        found: list[Row] = self._execute(connection, values).fetchall()
        return found

    def finished(self, connection: Connection, found: list[Row]) -> list[Row]:
        ready = self._for(connection)
        return list(map(ready.row, found)) if ready.results else found

    def one(self, connection: Connection, values: Values = _NONE) -> Row | None:
        """The first row; None where there is none."""
        found: Row | None = self._execute(connection, values).fetchone()
        ready = self._for(connection)
        return ready.row(found) if found is not None and ready.results else found

    def scalars(self, connection: Connection, values: Values = _NONE) -> list[Any]:
        return [row[0] for row in self.rows(connection, values)]

    def scalar(self, connection: Connection, values: Values = _NONE) -> Any:
        row = self.one(connection, values)
        return None if row is None else row[0]

    def _execute(self, connection: Connection, values: Values) -> Any:
        ready = self._for(connection)
        return driver(connection).execute(ready.sql, ready.bound(values))

    def _for(self, connection: Connection) -> _Ready:
        name = connection.dialect.name
        if name not in self._ready:
            made = self._statement(name) if callable(self._statement) else self._statement
            self._ready[name] = _made(made, connection.dialect)
        return self._ready[name]


def driver(connection: Connection) -> Any:
    """sqlite3's connection, or psycopg's."""
    return connection.connection.dbapi_connection


def _made(statement: Statement, dialect: Dialect) -> _Ready:
    compiled: Any = statement.compile(dialect=dialect)
    names = compiled.positiontup if compiled.positional else list(compiled.params)
    types: list[TypeEngine[Any]] = []
    if isinstance(statement, Select | Insert):
        types = [column.type for column in statement.exported_columns]
    results = [type_.dialect_impl(dialect).result_processor(dialect, None) for type_ in types]
    return _Ready(
        compiled.string,
        {name: value for name, value in compiled.params.items() if not compiled.binds[name].required},
        [(name, compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in names],
        [(place, process) for place, process in enumerate(results) if process is not None],
        compiled.positional,
    )


# ------------------------------------------------------------------------------------------------------ one of many


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """That the column is one of the values given by this name, as a list. However many: it is one statement."""
    return _Among(column, bindparam(name, type_=_Several(column.type)))


class _Several(TypeDecorator[Sequence[Any]]):
    """JSON on SQLite, which has no arrays."""

    impl = Text
    cache_ok = True

    def __init__(self, of: TypeEngine[Any]) -> None:
        super().__init__()
        self.of = Integer if isinstance(of, Integer) else Text

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return Text() if dialect.name == "sqlite" else dialect.type_descriptor(ARRAY(self.of))

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> Any:
        return json.dumps(value) if dialect.name == "sqlite" else value and list(value)


class _Among(ColumnElement[bool]):
    inherit_cache = False

    def __init__(self, column: ColumnElement[Any], values: ColumnElement[Any]) -> None:
        self.column = column
        self.values = values


@compiles(_Among, "sqlite")
def _in_json(element: _Among, compiler: Any, **more: Any) -> str:
    column, values = (compiler.process(part, **more) for part in (element.column, element.values))
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - a column of ours and a mark


@compiles(_Among)
def _in_array(element: _Among, compiler: Any, **more: Any) -> str:
    column, values = (compiler.process(part, **more) for part in (element.column, element.values))
    return f"{column} = ANY({values})"
