"""A copy of the store while it is at work, and back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from feedwatch.config import Config
from feedwatch.errors import UsageError
from feedwatch.running.app import store_file
from feedwatch.running.lock import only_writer


def back_up(config: Config, target: Path) -> int:
    """Writes the copy, whole or not at all; its size in bytes."""
    from feedwatch.adapters.store.copies import copy_out

    copy_out(_file(config), target)
    return target.stat().st_size


def restore(config: Config, backup: Path, now: datetime) -> Path | None:
    """Puts the copy in the store's place; where the store that stood there is now. Raises StoreBusy beside a daemon."""
    from feedwatch.adapters.store.copies import put_back

    with only_writer(config.store):
        return put_back(_file(config), backup, now)


def _file(config: Config) -> Path:
    file = store_file(config)
    if file is None:
        raise UsageError("the store is no SQLite file; PostgreSQL has pg_dump and pg_restore for this")
    return file
