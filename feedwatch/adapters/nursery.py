"""The way to the process that workers are forked from: one that has nothing in hand, and has imported what they need.

`fork_nursery` makes it of this process, so that what that imported need not be imported again: for a program about to
begin, that has no thread and nothing open. Whoever did not gets one from a new interpreter, when a worker is needed.
"""

from __future__ import annotations

import multiprocessing
import os
import socket
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path

from feedwatch.adapters.worker import FRAME, become, serve

_HANDLE = 3  # where a new interpreter finds its end


class Nursery:
    """Threads may share it. One that died is followed by another one, from a new interpreter."""

    def __init__(self, preload: Sequence[str]) -> None:
        self._preload = preload
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._pid = 0
        self._workers: set[int] = set()

    def fork(self) -> None:
        """Raises OSError where there is no room for it."""
        _occupy_standard_handles()
        control, far_end = socket.socketpair()
        with far_end, _closed_on_error(control):
            self._pid = os.fork()
            if self._pid == 0:
                _close_all_but(far_end.fileno())
                become(serve, far_end, self._preload)
        self._control = control

    def start(self, memory_bytes: int, *table: int) -> tuple[int, Connection]:
        """A new worker's process id, and the pipe to it. Raises OSError where there can be none."""
        pipe, far_end = multiprocessing.Pipe()
        with far_end:
            try:
                return self._start(memory_bytes, far_end.fileno(), *table), pipe
            except OSError:
                pipe.close()
                raise

    def end(self, worker: int) -> int | None:
        """Kill it, unless it has ended: its exit code, or the signal as a negative number. None, and nothing is done,
        where it came from a nursery that is no more.
        """
        with self._lock, suppress(ConnectionError):
            if self._control and worker in self._workers:
                self._workers.discard(worker)
                return self._ask(self._control, worker)
        return None

    def close(self) -> None:
        """It kills the workers that are left."""
        if self._control is not None:
            self._control.close()
            self._control = None
            self._workers.clear()
            os.waitpid(self._pid, 0)

    def _start(self, memory_bytes: int, *handles: int) -> int:
        with self._lock:
            try:
                answer = self._ask(self._control or self._spawn(), memory_bytes, *handles)
            except ConnectionError:
                self.close()
                answer = self._ask(self._spawn(), memory_bytes, *handles)
        if answer < 0:
            raise OSError(-answer, os.strerror(-answer))
        self._workers.add(answer)
        return answer

    @staticmethod
    def _ask(control: socket.socket, number: int, *handles: int) -> int:
        socket.send_fds(control, [FRAME.pack(number)], handles)
        told = control.recv(FRAME.size)
        if not told:
            raise ConnectionResetError("the process that workers are forked from has ended")
        answer: int = FRAME.unpack(told)[0]
        return answer

    def _spawn(self) -> socket.socket:
        code = f"import sys; sys.path[:] = {sys.path}; from feedwatch.adapters import worker; worker.main({_HANDLE})"
        control, far_end = socket.socketpair()
        with far_end, _closed_on_error(control):
            self._pid = os.posix_spawn(
                sys.executable,
                [sys.executable, "-c", code, *self._preload],
                os.environ,
                file_actions=[
                    (os.POSIX_SPAWN_DUP2, far_end.fileno(), _HANDLE),
                    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                ],
            )
        self._control = control
        return control


@contextmanager
def _closed_on_error(control: socket.socket) -> Iterator[None]:
    try:
        yield
    except OSError:
        control.close()
        raise


def _occupy_standard_handles() -> None:
    """Whoever starts a program without them has the next things that it opens in their place."""
    while (handle := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(handle)


def _close_all_but(kept: int) -> None:
    """And what every program has from its start."""
    for handle in [int(entry.name) for entry in Path("/dev/fd").iterdir()]:
        if handle > 2 and handle != kept:
            with suppress(OSError):  # the list's own is closed already
                os.close(handle)


_forked: list[Nursery] = []  # and not yet taken


@contextmanager
def fork_nursery(preload: Sequence[str]) -> Iterator[None]:
    """For the next one that asks for a nursery, within. Without room for it now, one is started when it is needed."""
    nursery = Nursery(preload)
    with suppress(OSError):
        nursery.fork()
    _forked.append(nursery)
    try:
        yield
    finally:
        _forked.clear()
        nursery.close()


def nursery_with(preload: Sequence[str]) -> Nursery:
    return _forked.pop() if _forked else Nursery(preload)
