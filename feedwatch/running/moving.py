"""An installation moved from SQLite to PostgreSQL. Nothing may write to either store meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from feedwatch.errors import StoreError, UsageError
from feedwatch.running.lock import lock_path, only_writer

if TYPE_CHECKING:
    from feedwatch.adapters.store.moving import Moved


def move(
    source_url: str, target_url: str, now: datetime, told: Callable[[int, int], None] = lambda _done, _of: None
) -> Moved:
    """Raises StoreBusy beside anything that writes, StoreError when the target is no place for it."""
    from feedwatch.adapters.store.moving import move as moved

    if _kind(source_url) != "sqlite" or _kind(target_url) != "postgresql":
        raise UsageError("give the store to copy and its new place, as sqlite:///FILE postgresql://user@host/database")
    lock = lock_path(source_url)
    file = lock.with_suffix("") if lock else None
    if file is None or not file.is_file():
        raise StoreError(f"there is no store at {file or source_url}")
    with only_writer(source_url), only_writer(target_url):
        return moved(source_url, target_url, now, told)


def _kind(url: str) -> str | None:
    try:
        return make_url(url).get_backend_name()
    except (ArgumentError, ValueError):
        return None
