"""What a worker process does: it answers jobs until whoever started it is no more; and the nursery, which forks them.

What only the main process needs (the event loop) is not imported here.
"""

from __future__ import annotations

import gc
import importlib
import mmap
import os
import pickle
import resource
import signal
import socket
import struct
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, NoReturn

# What the nursery is asked: how many bytes of memory a new worker may have, with its end of a pipe and its table; or
# which worker is to end. Its answer: the worker's process id, or an error's number, negative; or its exit code.
FRAME = struct.Struct("=q")
_REASON_LENGTH = 300  # of an exception's text: it may quote a whole page


@dataclass(frozen=True, slots=True)
class Laid:
    """A job that lies on the worker's table, packed: memory that it shares with who asks."""

    length: int


@dataclass(frozen=True, slots=True)
class Answer:
    value: object = None
    problem: str = ""
    trace: str = ""
    wears_out: bool = False  # the worker is not to be used again


# ------------------------------------------------------------------------------------------------------ the nursery


def main(handle: int) -> None:
    """In a new interpreter."""
    serve(socket.socket(fileno=handle), sys.argv[1:])


def serve(control: socket.socket, preload: Sequence[str]) -> None:
    """Fork workers and bury them until the other end closes. Those that are left then are killed, whatever they do.

    Whoever ends the daemon by a signal to the whole group means the daemon, which finishes what it began.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    gc.disable()  # what is imported is no garbage; to look through it again and again takes a sixth of the time
    alive: set[int] = set()
    with suppress(ConnectionError):
        while (asked := socket.recv_fds(control, FRAME.size, 2))[0]:
            [number], handles = FRAME.unpack(asked[0]), asked[1]
            if handles and (answer := _fork(control, handles, number, preload)) > 0:
                alive.add(answer)
            elif not handles:
                answer = _end(number)
                alive.remove(number)
            control.sendall(FRAME.pack(answer))
    for worker in alive:
        _end(worker)


def _fork(control: socket.socket, handles: Sequence[int], memory_bytes: int, preload: Sequence[str]) -> int:
    for name in preload:
        with suppress(ImportError):  # the job that needs it will tell
            importlib.import_module(name)
    try:
        worker = os.fork()
    except OSError as error:
        worker = -(error.errno or 1)
    if worker == 0:
        control.close()
        become(work, Connection(handles[0]), memory_bytes, *handles[1:])
    for handle in handles:
        os.close(handle)
    return worker


def _end(worker: int) -> int:
    os.kill(worker, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])


def become(what: Callable[..., object], *args: Any) -> NoReturn:
    """Be nothing else, just forked: nothing of what this process had in hand before is finished here."""
    try:
        what(*args)
    finally:
        if sys.exc_info()[0]:
            traceback.print_exc()
        os._exit(0)


# ------------------------------------------------------------------------------------------------------ a worker


def work(pipe: Connection, memory_bytes: int, table: int | None = None) -> None:
    """Answer jobs until the other end closes."""
    gc.freeze()  # what was imported stays for good; it need not be looked through again and again
    gc.enable()
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    laid = memoryview(b"" if table is None else mmap.mmap(table, 0, prot=mmap.PROT_READ))
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            pipe.send_bytes(_answer(pipe.recv_bytes(), laid))


def _answer(job: bytes, laid: memoryview) -> bytes:
    with _Report() as report:
        asked = pickle.loads(job)  # noqa: S301 - written by our own parent
        function, args = pickle.loads(laid[: asked.length]) if isinstance(asked, Laid) else asked  # noqa: S301
        report.answer = pickle.dumps(Answer(function(*args)), pickle.HIGHEST_PROTOCOL)
    return report.answer


class _Report(AbstractContextManager["_Report"]):
    """Whatever a job raises is its answer, MemoryError and SystemExit too: the parent tells the caller."""

    answer: bytes = b""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if kind is not None:
            text = " ".join(str(error).split())[:_REASON_LENGTH]
            problem = f"{kind.__name__}: {text}" if text else kind.__name__
            frames = "".join(traceback.format_tb(trace, limit=-8))
            worn = isinstance(error, MemoryError | RecursionError)
            self.answer = pickle.dumps(Answer(None, problem, frames, worn), pickle.HIGHEST_PROTOCOL)
        return True
