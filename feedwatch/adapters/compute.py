"""Worker processes that can be killed, for everything that reads a source's bytes or may take long.

Each worker has a pipe of its own, and each job a deadline on the monotonic clock: a worker that overruns it is killed
at once, whatever C code it is in, and replaced. Nothing is shared between workers: one that dies takes nothing along.
"""

from __future__ import annotations

import asyncio
import atexit
import functools
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.connection import Connection
from typing import TypeVar, cast

from feedwatch import faults
from feedwatch.adapters.nursery import Nursery, nursery_with
from feedwatch.adapters.worker import Answer, Laid
from feedwatch.errors import ComputeCrash, ComputeTimeout, WorkersDown

T = TypeVar("T")

# Address space of a worker with trafilatura at work: 50 MB for a page of 10 KB, 107 MB for 5 MB, 164 MB for 10 MB.
_MEMORY_BYTES = 512 << 20
# Bytes of a job. Beyond the first, which is what a socket holds at once, to hand it over in memory takes a fifth of the
# time; what is larger than the second goes through the pipe all the same; after the third the memory is given back.
_LAID, _TABLE, _LEFT_LYING = 200_000, 32 << 20, 8 << 20
_NEAR = 3  # jobs, of which a worker may still know what it worked out


class ProcessCompute:
    """Fulfils `ports.Compute`.

    Workers start when they are first needed, from a nursery that has neither loop nor store and has imported the
    modules named in `preload`. `memory_bytes` bounds a worker's address space; after `max_tasks` jobs it is replaced.
    """

    def __init__(
        self,
        workers: int,
        timeout: timedelta = timedelta(seconds=20),
        memory_bytes: int = _MEMORY_BYTES,
        *,
        preload: Sequence[str] = (),
        max_tasks: int = 500,
    ) -> None:
        self._timeout = timeout.total_seconds()
        self._memory_bytes = memory_bytes
        self._max_tasks = max_tasks
        self._nursery: Nursery = nursery_with(preload)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="compute")  # each waits for one worker
        self._seats = _Seats(workers)
        self._alive: set[_Worker] = set()
        self._lock = threading.Lock()
        self._closed = False
        atexit.register(self.close)  # else the interpreter would wait for workers that wait for it

    async def run(self, function: Callable[..., T], *args: object, near: str = "") -> T:
        """`function(*args)` in a worker, that of the last job with the same `near` if it is free. Raises ComputeTimeout
        or ComputeCrash; waiting for a free worker does not count. Raises WorkersDown where there can be no worker.
        """
        loop = asyncio.get_running_loop()
        faults.at("compute.job")
        answer = await loop.run_in_executor(self._threads, self._ask, function, args, near)
        faults.at("compute.answer")
        return cast("T", answer)

    def close(self) -> None:
        """Kill the workers. Jobs that are under way end with ComputeCrash."""
        atexit.unregister(self.close)
        with self._lock:
            self._closed = True
            for worker in self._alive:
                worker.end()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in list(self._alive):
            self._retire(worker)
        self._nursery.close()

    def _ask(self, function: Callable[..., object], args: tuple[object, ...], near: str) -> object:
        # Packed here: an article of 20,000 paragraphs takes half a second, which the loop has not.
        name, job = _name(function), pickle.dumps((function, args), pickle.HIGHEST_PROTOCOL)
        worker, answer = self._seats.take(near), None
        try:
            if worker is None or worker.has_ended:
                worker = self._replace(worker)
            worker.jobs += 1
            worker.lately.append(near)
            answer = worker.ask(name, job, self._timeout)
        finally:
            # One that gave no answer may be in the middle of it, or dead.
            if worker in self._alive and (answer is None or answer.wears_out or worker.jobs >= self._max_tasks):
                self._retire(worker)
            self._seats.put(worker if worker in self._alive else None)
        if answer.problem:
            crash = ComputeCrash(f"{name}: {answer.problem}")
            crash.add_note(answer.trace)
            raise crash
        return answer.value

    def _replace(self, worker: _Worker | None) -> _Worker:
        if worker is not None:
            self._retire(worker)
        with self._lock:
            if self._closed:
                raise ComputeCrash("the workers are closed")
            table = _Table()
            try:
                worker = _Worker(self._nursery, table, *self._nursery.start(self._memory_bytes, *table.handles))
            except OSError as error:
                table.close()
                raise WorkersDown(
                    f"no worker process can be started ({error}); is there room for more processes?"
                ) from error
            self._alive.add(worker)
        return worker

    def _retire(self, worker: _Worker) -> None:
        worker.end()
        worker.pipe.close()
        worker.table.close()
        with self._lock:
            self._alive.discard(worker)


@dataclass(eq=False, slots=True)
class _Worker:
    nursery: Nursery
    table: _Table
    process: int
    pipe: Connection
    jobs: int = 0
    lately: deque[str] = field(default_factory=lambda: deque(maxlen=_NEAR))
    _exitcode: int | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def has_ended(self) -> bool:
        """Between two jobs there is nothing to read, except the end."""
        return self.pipe.poll(0)

    def end(self) -> int | None:
        """Kill it: its exit code. None where the nursery that would know is no more."""
        with self._lock:
            if self._exitcode is None:
                self._exitcode = self.nursery.end(self.process)
            if self._exitcode is None and not self.pipe.closed and not self.has_ended:
                os.kill(self.process, signal.SIGKILL)
            return self._exitcode

    def ask(self, name: str, job: bytes, timeout: float) -> Answer:
        try:
            with self.table.laying(job) as sent:
                self.pipe.send_bytes(sent)
                if not self.pipe.poll(timeout):
                    raise ComputeTimeout(f"{name}: no answer within {timeout:g} s")
                return cast("Answer", self.pipe.recv())
        except (EOFError, OSError) as error:
            raise ComputeCrash(f"{name}: {_death(self.end())}") from error


class _Table:
    """Memory that a worker shares with who asks, for jobs too large for the pipe. It has no name, so nothing of it is
    left when both have ended, however they end.
    """

    def __init__(self) -> None:
        self.handles: tuple[int, ...] = ()
        with suppress(AttributeError, OSError):  # a system that has none, a process that has too much open
            self.handles = (os.memfd_create("job"),)
            os.truncate(self.handles[0], _TABLE)

    @contextmanager
    def laying(self, job: bytes) -> Iterator[bytes]:
        """What is to be sent for the job: itself, or where it lies meanwhile."""
        if not self.handles or not _LAID <= len(job) <= _TABLE:
            yield job
            return
        os.pwrite(self.handles[0], job, 0)
        yield pickle.dumps(Laid(len(job)), pickle.HIGHEST_PROTOCOL)
        if len(job) > _LEFT_LYING:
            os.truncate(self.handles[0], 0)
            os.truncate(self.handles[0], _TABLE)

    def close(self) -> None:
        for handle in self.handles:
            os.close(handle)


class _Seats:
    """The free workers, None for one that is still to be started."""

    def __init__(self, workers: int) -> None:
        self._free: list[_Worker | None] = [None] * workers
        self._changed = threading.Condition()

    def take(self, near: str) -> _Worker | None:
        """The one that had the last jobs `near` it, else the last that became free: a quiet day needs one only."""
        with self._changed:
            self._changed.wait_for(lambda: self._free)
            known = (worker for worker in self._free if near and worker is not None and near in worker.lately)
            chosen = next(known, self._free[-1])
            self._free.remove(chosen)
            return chosen

    def put(self, worker: _Worker | None) -> None:
        with self._changed:
            self._free.append(worker)
            self._changed.notify()


def _death(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        with suppress(ValueError):
            return f"the worker was ended by {signal.Signals(-exitcode).name}"
    return f"the worker ended with exit code {exitcode}"


def _name(function: Callable[..., object]) -> str:
    if isinstance(function, functools.partial):
        return _name(function.func)
    return f"{function.__module__}.{function.__qualname__}"
