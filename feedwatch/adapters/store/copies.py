"""The store's file as a whole: whether it is sound, a copy of it while it is at work, a copy put back in its place.

Whatever ends one of these, there is a whole store at the store's place: the old one or the new one.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url

from feedwatch import faults
from feedwatch.adapters.store.explain import explained
from feedwatch.adapters.store.store import open_store
from feedwatch.errors import StoreError

_BUSY_SECONDS = 10
_FAULTS_TOLD = 5
_JOURNALS = ("-wal", "-shm", "-journal")


def store_file(url: str) -> Path | None:
    """None where the store is not a file of ours: PostgreSQL, memory."""
    parsed = make_url(url)
    is_file = parsed.get_backend_name() == "sqlite" and parsed.database and parsed.database != ":memory:"
    return Path(parsed.database or "") if is_file else None


def examine(file: Path) -> list[str]:
    """What SQLite finds wrong with its file; it reads all of it, about a second for each gigabyte."""
    if not file.exists():
        return []
    try:
        with _connected(file) as connection:
            found = [_line(row[0]) for row in connection.execute(f"PRAGMA quick_check({_FAULTS_TOLD})")]
    except sqlite3.OperationalError as error:  # of opening and locking: it says nothing of what the file holds
        raise explained(error, str(file)) from error
    except sqlite3.DatabaseError as error:
        return [_line(error)]
    return [line for line in found if line != "ok"]


def copy_out(file: Path, target: Path) -> None:
    """A consistent copy, also while the store is written. `target` is replaced when the copy is whole and sound."""
    if not file.is_file():
        raise StoreError(f"there is no store at {file} yet")
    if target.exists() and target.samefile(file):
        raise StoreError(f"{target} is the store itself; name another file")
    new = _beside(target, "new")
    try:
        with _explained(target):
            _discard(new)
            with _blamed(file, target):
                _copy(file, new)
            if problems := examine(new):
                raise StoreError(f"{file} is damaged ({problems[0]}); nothing was written to {target}")
            _put(new, target)
    finally:
        _discard(new)


def put_back(file: Path, backup: Path, now: datetime) -> Path | None:
    """`backup` takes the store's place; what stood there is set aside, and where to is the answer.

    Every article is to be published anew, since the site is that of another store.
    """
    if not backup.is_file():
        raise StoreError(f"there is no file {backup}")
    if problems := examine(backup):
        raise StoreError(f"{backup} is damaged itself ({problems[0]}); take another backup")
    new = _beside(file, "new")
    try:
        with _explained(file):
            _discard(new)
            _copy(backup, new)
        _prepare(new, backup, now)
        with _explained(file):
            aside = _set_aside(file, now)
            _put(new, file)
    finally:
        _discard(new)
    return aside


# ------------------------------------------------------------------------------------------------------ steps


@contextmanager
def _connected(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file, timeout=_BUSY_SECONDS)) as connection:
        yield connection


def _copy(file: Path, new: Path) -> None:
    """In one step: a writer goes on beside it, and what it writes meanwhile is not in the copy."""
    with _connected(file) as source, _connected(new) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it


def _prepare(new: Path, backup: Path, now: datetime) -> None:
    with _connected(new) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if "meta" not in tables:
        raise StoreError(f"{backup} is not a store of feedwatch")
    store = open_store(f"sqlite:///{new}", now)  # brought up to date, or refused when it is of a later version
    try:
        store.mark_all_dirty()
    finally:
        store.close()


def _set_aside(file: Path, now: datetime) -> Path | None:
    """The old store by another name as well. Its journal goes with it: left here, it would be the new store's."""
    if not file.exists():
        return None
    with suppress(sqlite3.Error), _connected(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # a sound store is whole without its journal
    aside = _beside(file, f"before-{now:%Y%m%dT%H%M%S}")
    faults.at("restore.aside")
    os.link(file, aside)
    journal = Path(f"{file}-wal")
    if journal.exists():
        shutil.copyfile(journal, f"{aside}-wal")
    faults.at("restore.journals")
    for ending in _JOURNALS:
        Path(f"{file}{ending}").unlink(missing_ok=True)
    return aside


def _put(new: Path, target: Path) -> None:
    faults.at("copy.sync")
    _sync(new)
    faults.at("copy.rename")
    new.replace(target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _beside(file: Path, ending: str) -> Path:
    return file.with_name(f"{file.name}.{ending}")


def _discard(file: Path) -> None:
    with suppress(OSError):
        for ending in ("", *_JOURNALS):
            Path(f"{file}{ending}").unlink(missing_ok=True)


def _line(told: object) -> str:
    """What SQLite says of a damaged file may hold some of its bytes."""
    return " ".join("".join(char if char.isprintable() else " " for char in str(told)).split())


@contextmanager
def _blamed(file: Path, target: Path) -> Iterator[None]:
    """What is wrong with the database, and not with reading or writing it, is wrong with the store."""
    try:
        yield
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{file} is damaged ({_line(error)}); nothing was written to {target}") from error


@contextmanager
def _explained(place: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(
            f"{place} cannot be written: {_line(error)}; see to space and rights, then try again"
        ) from error
    except OSError as error:
        way_out = "see to space and rights, then try again"
        raise StoreError(f"{place} cannot be written: {error.strerror}; {way_out}") from error
