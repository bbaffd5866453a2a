"""One writer: a second feedwatch on the same SQLite file is refused at once.

The lock ends with its process, however that ends.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from feedwatch.errors import StoreBusy, StoreError


@contextmanager
def only_writer(store_url: str) -> Iterator[None]:
    """Hold the store's lock file. Raises StoreBusy when another process holds it."""
    path = lock_path(store_url)
    if path is None:
        yield
        return
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(f"{path}: cannot make the lock file ({error.strerror}); make its folder writable") from error
    try:
        _take(handle, path)
        yield
    finally:
        os.close(handle)


def lock_path(store_url: str) -> Path | None:
    """Beside the SQLite file; other databases have locks of their own."""
    url = make_url(store_url)
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database + ".lock")


def _take(handle: int, path: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        holder = os.pread(handle, 32, 0).decode("ascii", "replace").strip() or "unknown"
        raise StoreBusy(
            f"another feedwatch (process {holder}) is at work on this store ({path}); stop it first, "
            "or give this one a store of its own"
        ) from error
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
