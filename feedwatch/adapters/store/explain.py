"""What a database refuses, said for the person running it: what is wrong, and what to do."""

from __future__ import annotations

from typing import Any

from feedwatch.errors import StoreBusy, StoreError

_BUSY = "{place} is locked by another program for too long; end it, or try again"
_FULL = "there is no space left for {place}; free some and go on, nothing recorded is lost"
_READ_ONLY = "{place} is read-only; give this user the right to write to the file and its folder"
_CLOSED = "{place} cannot be opened; give this user the right to read and write the file and its folder"
_CORRUPT = "{place} is damaged; restore it from a backup"
_ALIEN = "{place} is not an SQLite database; give the store another file"
_BROKEN_DISK = "{place} cannot be read or written: the disk reports an error"
_FOREIGN = "{place} was made by a version of feedwatch with other tables; use that version, or a store of its own"
_NO_SUCH = ("no such column", "no such table", "has no column named")
_UNREACHABLE = "{place} cannot be reached; check that PostgreSQL is running, and address, user and database are right"

# By the beginnings of SQLite's error names and PostgreSQL's SQLSTATEs.
_FAULTS = {
    "SQLITE_BUSY": (StoreBusy, _BUSY),
    "SQLITE_LOCKED": (StoreBusy, _BUSY),
    "SQLITE_FULL": (StoreError, _FULL),
    "SQLITE_READONLY": (StoreError, _READ_ONLY),
    "SQLITE_CANTOPEN": (StoreError, _CLOSED),
    "SQLITE_PERM": (StoreError, _CLOSED),
    "SQLITE_CORRUPT": (StoreError, _CORRUPT),
    "SQLITE_NOTADB": (StoreError, _ALIEN),
    "SQLITE_IOERR": (StoreError, _BROKEN_DISK),
    "08": (StoreError, _UNREACHABLE),
    "25006": (StoreError, "{place} is read-only; use the primary server"),
    "42501": (StoreError, "{place}: the user may not do this; make the user the database's owner"),
    "53100": (StoreError, _FULL),
    "55P03": (StoreBusy, _BUSY),
}


def explained(error: Exception, place: str) -> StoreError:
    """`error`: SQLAlchemy's, or a driver's own."""
    cause: Any = getattr(error, "orig", None) or error
    name = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or ""
    said = " ".join("".join(char if char.isprintable() else " " for char in str(cause)).split())
    if not name and type(error).__name__ == "OperationalError":  # psycopg's connecting fails without an SQLSTATE
        return StoreError(f"{_UNREACHABLE.format(place=place)} ({said})")
    if name == "SQLITE_ERROR" and any(told in said for told in _NO_SUCH):
        return StoreError(f"{_FOREIGN.format(place=place)} ({said})")
    for beginning, (kind, fault) in _FAULTS.items():
        if name.startswith(beginning):
            return kind(f"{fault.format(place=place)} ({said})")
    return StoreError(f"{place}: {said}")
