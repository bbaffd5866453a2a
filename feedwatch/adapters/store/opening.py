"""Opening a store: the engine for its URL, the schema brought up to date, and what to do when that fails."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    QueuePool,
    create_engine,
    event,
    insert,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from feedwatch import faults
from feedwatch.adapters.store.explain import explained
from feedwatch.adapters.store.sessions import RECORDED, set_up
from feedwatch.adapters.store.tables import meta
from feedwatch.errors import StoreError, StoreTooNew

REVISION = "0001"  # of the schema that this version of feedwatch works on: the newest of migrations/versions

_BUSY_SECONDS = 10
_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x66656564  # PostgreSQL's advisory lock for migrating; the number only has to be ours

UNFINISHED = "unfinished"  # in `meta` while the store is a copy that is not whole yet


class Mode(Enum):
    READ = "read"
    WRITE = "write"  # a crash of the server may lose the last ones: they are only looks, which are done again
    RECORD = "record"  # on the disk when it returns: versions, and whatever else a reader is told of


class Database:
    """The engine with its three kinds of transaction. Whatever goes wrong in one is a StoreError."""

    def __init__(self, url: str) -> None:
        parsed = _parsed(url)
        self.place = (
            parsed.database if _is_sqlite(parsed) else parsed.set(query={}).render_as_string(hide_password=True)
        )
        self.is_shared = not _is_sqlite(parsed)
        self._engine = _engine(parsed)
        self._engines = dict.fromkeys(Mode, self._engine)
        if self.is_shared:
            # A history is read by several statements; they must see the same moment.
            self._engines[Mode.READ] = self._engine.execution_options(isolation_level="REPEATABLE READ")
        self._kept: Connection | None = None

    @contextmanager
    def transaction(self, mode: Mode) -> Iterator[Connection]:
        begun = self._pooled(mode) if self.is_shared else self._alone(mode)
        with self.explained(), begun as connection:
            yield connection
            if mode is not Mode.READ:
                faults.at("store.commit")
        if mode is not Mode.READ:
            faults.at("store.committed")

    @contextmanager
    def _pooled(self, mode: Mode) -> Iterator[Connection]:
        with self._engines[mode].begin() as connection:
            if mode is Mode.RECORD:
                connection.execute(RECORDED)
            yield connection

    @contextmanager
    def _alone(self, mode: Mode) -> Iterator[Connection]:
        """On SQLite's one connection, which is kept. Its transactions are begun and ended without SQLAlchemy, for which
        it is always the same one: to check a connection out and in took as long as a question.
        """
        if self._kept is None:
            self._kept = self._engine.connect()
            self._kept.begin()
        connection: Any = self._kept.connection.dbapi_connection
        _begin(connection, self._kept.info, mode)
        try:
            yield self._kept
            connection.commit()
        finally:
            connection.rollback()  # after a commit there is nothing to it

    @contextmanager
    def session(self) -> Iterator[Connection]:
        """A connection for as long as it is wanted, each statement a transaction of its own. PostgreSQL only."""
        with self.explained(), self._engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")

    @contextmanager
    def manual(self) -> Iterator[Connection]:
        """A connection whose transaction the caller ends. PostgreSQL only."""
        with self._engine.connect() as connection:
            yield connection

    def close(self) -> None:
        if self._kept is not None:
            self._kept.close()
            self._kept = None
        self._engine.dispose()

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Whatever goes wrong within is a StoreError."""
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error, self._engine.dialect.loaded_dbapi.Error) as error:
            raise explained(error, self.place or "the store in memory") from error


def prepare(database: Database, now: datetime, *, unfinished: bool = False) -> datetime:
    """Bring the schema up to date, and tell when the store was made (`now`, if it is made here).

    A copy that is not whole is refused, but where it is `unfinished` that is asked for.
    """
    with database.transaction(Mode.READ) as connection:
        created_at = None
        if _revision(connection, database.place) == REVISION:
            if not unfinished:
                _refuse_unfinished(connection, database.place)
            created_at = _created_at(connection)
    if created_at is not None:
        return created_at
    with database.transaction(Mode.RECORD) as connection:
        if connection.dialect.name != "sqlite":
            connection.execute(text("set local lock_timeout = 0"))  # another may be at it, for minutes
            connection.execute(text(f"select pg_advisory_xact_lock({_LOCK})"))
        revision = _revision(connection, database.place)
        if revision != REVISION:  # another process may have done it while this one waited
            _migrate(connection, revision, database.place)
        created_at = _created_at(connection)
        if created_at is None:
            created_at = now.astimezone(UTC)
            connection.execute(insert(meta).values(key="created_at", value=created_at.isoformat()))
    return created_at


# ------------------------------------------------------------------------------------------------------ engines


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:  # its text quotes the URL, and so the password
        raise StoreError(
            "the store's URL is malformed; write sqlite:///feedwatch.db or postgresql://user@host/database"
        ) from error
    if parsed.drivername in ("postgres", "postgresql"):
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError(f"the store's URL begins with {parsed.drivername!r}; use sqlite or postgresql")
    return parsed


def _engine(url: URL) -> Engine:
    if _is_sqlite(url):
        return _sqlite_engine(url)
    try:
        told = {"connect_timeout": _BUSY_SECONDS, "client_encoding": "utf8"}
        engine = create_engine(url, pool_pre_ping=True, connect_args=told)
    except ModuleNotFoundError as error:
        raise StoreError("PostgreSQL needs psycopg: pip install 'feedwatch[postgresql]'") from error
    event.listen(engine, "connect", set_up)
    return engine


def _sqlite_engine(url: URL) -> Engine:
    if url.database and url.database != ":memory:" and "uri" not in url.query:
        folder = Path(url.database).absolute().parent
        if not folder.is_dir():
            raise StoreError(f"the store {url.database} cannot be made: there is no folder {folder}; make it first")
    # One connection for everyone: SQLite has one writer anyway, and the store is used by one thread at a time.
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        connect_args={"check_same_thread": False, **({} if "timeout" in url.query else {"timeout": _BUSY_SECONDS})},
    )
    event.listen(engine, "connect", _on_connect)
    return engine


def _on_connect(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_size_limit = 67108864")


def _begin(connection: sqlite3.Connection, remembered: dict[str, Any], mode: Mode) -> None:
    if mode is Mode.READ:
        connection.execute("BEGIN")
        return
    how = "FULL" if mode is Mode.RECORD else "NORMAL"
    if remembered.get("synchronous") != how:  # the connection does as it was told last
        connection.execute(f"PRAGMA synchronous = {how}")
        remembered["synchronous"] = how
    connection.execute("BEGIN IMMEDIATE")


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


# ------------------------------------------------------------------------------------------------------ the schema


def _revision(connection: Connection, place: str | None) -> str | None:
    """None for an empty database."""
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return None
    if not {"alembic_version", "meta"} <= tables:
        raise StoreError(f"{place} is another program's database; give feedwatch one of its own")
    revision: str | None = connection.scalar(text("select version_num from alembic_version"))
    return revision


def _created_at(connection: Connection) -> datetime | None:
    written = connection.scalar(select(meta.c.value).where(meta.c.key == "created_at"))
    return None if written is None else datetime.fromisoformat(written)


def _refuse_unfinished(connection: Connection, place: str | None) -> None:
    if connection.scalar(select(meta.c.value).where(meta.c.key == UNFINISHED)):
        raise StoreError(f"{place} is a copy that was not finished; run `feedwatch store copy` again, it goes on")


def _migrate(connection: Connection, revision: str | None, place: str | None) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    ours = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision is not None and revision not in ours:
        raise StoreTooNew(
            f"{place} was written by a later version of feedwatch (its schema is {revision}, ours is {REVISION}); "
            "install that version, or restore a backup from before"
        )
    command.upgrade(config, REVISION)
