"""One writer: a second feedwatch on the same store is refused at once, unless both are workers, which share it.

SQLite: a lock file. PostgreSQL: a fence. Either ends with its process, however that ends.
"""

from __future__ import annotations

import fcntl
import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from feedwatch.errors import StoreBusy, StoreError

if TYPE_CHECKING:
    from feedwatch.adapters.store.fences import Fences

log = logging.getLogger(__name__)

WRITER = "writer"  # the fence that one process has for itself, or all workers together
# A fence is lost when PostgreSQL restarts. So soon it is noticed and taken again.
_LOOK = 2.0  # seconds


@contextmanager
def only_writer(store_url: str) -> Iterator[None]:
    """Be the store's only writer. Raises StoreBusy when another process is, or workers are."""
    from sqlalchemy import make_url

    path = lock_path(store_url)
    if path is not None:
        with _file_locked(path):
            yield
    elif make_url(store_url).get_backend_name() == "postgresql":
        with _fenced(store_url):
            yield
    else:
        yield


def lock_path(store_url: str) -> Path | None:
    """Beside the SQLite file; other databases have locks of their own."""
    from sqlalchemy import make_url  # not for the workers, who render by the module that asks for the lock

    url = make_url(store_url)
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database + ".lock")


# ------------------------------------------------------------------------------------------------------ SQLite


@contextmanager
def _file_locked(path: Path) -> Iterator[None]:
    if not path.parent.is_dir():
        raise StoreError(f"the store's folder {path.parent} does not exist; make it first")
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(f"{path}: cannot make the lock file ({error.strerror}); make its folder writable") from error
    try:
        _take(handle, path)
        yield
    finally:
        os.close(handle)


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


# ------------------------------------------------------------------------------------------------------ PostgreSQL


@contextmanager
def _fenced(store_url: str) -> Iterator[None]:
    watch = _Watch(store_url)
    watch.start()
    try:
        yield
    finally:
        watch.end()


class _Watch(threading.Thread):
    """Holds the fence, and takes it again when PostgreSQL was restarted. Another may have been faster: then we end."""

    def __init__(self, store_url: str) -> None:
        super().__init__(name="fence", daemon=True)
        self._url = store_url
        self._over = threading.Event()
        self._fences: Fences | None = _alone(store_url)

    def end(self) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        while not self._over.wait(_LOOK):
            try:
                if self._fences is None:
                    self._fences = _alone(self._url)
                self._fences.hold()
            except StoreBusy as error:
                log.error("%s", error)  # noqa: TRY400 - the text says it all
                os.kill(os.getpid(), signal.SIGTERM)
                return
            except StoreError:
                self._leave()
        self._leave()

    def _leave(self) -> None:
        fences, self._fences = self._fences, None
        if fences is not None:
            with suppress(StoreError):
                fences.close()


def _alone(store_url: str) -> Fences:
    from feedwatch.adapters.store.fences import Fences

    fences = Fences(store_url)
    if not fences.take(WRITER):
        fences.close()
        raise StoreBusy(
            "another feedwatch is at work on this store, or workers are (`feedwatch status` names them); stop them "
            "first, or give this one a store of its own"
        )
    return fences
