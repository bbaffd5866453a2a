"""What a worker process does: it answers jobs until whoever started it is no more.

Worker processes and the server process that they come from import this module; what only the main process needs (the
event loop) is not imported here.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import sys
import traceback
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import TracebackType

if sys.platform != "win32":
    import fcntl
    import resource

_REASON_LENGTH = 300  # of an exception's text: it may quote a whole page


@dataclass(frozen=True, slots=True)
class Answer:
    value: object = None
    problem: str = ""
    trace: str = ""
    wears_out: bool = False  # the worker is not to be used again


def work(pipe: Connection, memory_bytes: int) -> None:
    """Answer jobs until the other end closes."""
    gc.freeze()  # what was imported stays for good; it need not be looked through again and again
    gc.enable()
    _confine(memory_bytes)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            pipe.send_bytes(_answer(pipe.recv_bytes()))


def _confine(memory_bytes: int) -> None:
    # Whoever ends the daemon by a signal to the whole group means the daemon, which finishes what it began.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if sys.platform == "linux":
        _die_with_parent()
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _die_with_parent() -> None:
    """Have the kernel end this process when the daemon is no more, even in the middle of a job.

    The daemon holds the other end of a pipe; SIGIO tells that it closed, and nobody handles SIGIO. (PR_SET_PDEATHSIG
    would tell of the fork server, which is the parent and lives for as long as one of its workers does.)
    """
    daemon = multiprocessing.parent_process()
    if daemon is not None:
        fcntl.fcntl(daemon.sentinel, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(daemon.sentinel, fcntl.F_SETFL, fcntl.fcntl(daemon.sentinel, fcntl.F_GETFL) | os.O_ASYNC)


def _answer(job: bytes) -> bytes:
    with _Report() as report:
        function, args = pickle.loads(job)  # noqa: S301 - written by our own parent
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
