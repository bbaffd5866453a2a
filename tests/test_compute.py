"""The worker processes: what they answer, and what happens to those that misbehave."""

from __future__ import annotations

import asyncio
import errno
import gc
import hashlib
import math
import os
import random
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from feedwatch.adapters.compute import ProcessCompute
from feedwatch.adapters.nursery import fork_nursery
from feedwatch.errors import ComputeCrash, ComputeTimeout, WorkersDown

LONG = timedelta(seconds=60)
SHORT = timedelta(seconds=0.3)

ORPHAN = """
import asyncio, os, signal
from datetime import timedelta
from feedwatch.adapters.compute import ProcessCompute

async def main():
    compute = ProcessCompute(1, timedelta(hours=1))
    print(await compute.run(os.getpid), flush=True)
    await compute.run(signal.pause)

if __name__ == "__main__":
    asyncio.run(main())
"""


FORGETFUL = """
import asyncio, os
from feedwatch.adapters.compute import ProcessCompute

if __name__ == "__main__":
    asyncio.run(ProcessCompute(1).run(os.getpid))
"""


FORKED = """
import asyncio, colorsys, importlib.util, os, sys
from feedwatch.adapters.compute import ProcessCompute
from feedwatch.adapters.nursery import fork_nursery

OPEN = "[__import__('os').path.realpath(f'/proc/self/fd/{n}') for n in __import__('os').listdir('/proc/self/fd')]"

async def main():
    compute = ProcessCompute(1)
    print(await compute.run(eval, "'colorsys' in __import__('sys').modules"))
    print(await compute.run(eval, "'cmd' in __import__('sys').modules"))
    print(__file__ in await compute.run(eval, OPEN))
    compute.close()

if __name__ == "__main__":
    secret = open(__file__)
    with fork_nursery(["cmd"]):
        asyncio.run(main())
    print("end")
"""


@pytest.fixture
def compute() -> Iterator[ProcessCompute]:
    compute = ProcessCompute(2, LONG)
    yield compute
    compute.close()


@pytest.fixture
def hasty() -> Iterator[ProcessCompute]:
    compute = ProcessCompute(1, SHORT)
    yield compute
    compute.close()


def raise_after_recursion(depth: int) -> int:
    return raise_after_recursion(depth + 1)


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def end_with(_: bytes) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def handles() -> int:
    """How much this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


def ignored_signals() -> set[str]:
    return {name.name for name in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(name) is signal.SIG_IGN}


def has_ended(pid: int) -> bool:
    """Waits for it. A process that is gone altogether has ended too."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    ended = bool(select.select([handle], [], [], 30)[0])
    os.close(handle)
    return ended


def test_a_function_is_answered_from_another_process(compute):
    assert asyncio.run(compute.run(math.factorial, 20)) == math.factorial(20)
    assert asyncio.run(compute.run(os.getpid)) != os.getpid()


def test_a_worker_looks_for_garbage_though_the_server_that_it_comes_from_does_not(compute):
    assert asyncio.run(compute.run(gc.isenabled))


def test_many_jobs_share_the_workers(compute):
    async def ask() -> list[int]:
        return await asyncio.gather(*(compute.run(os.getpid) for _ in range(20)))

    pids = asyncio.run(ask())

    assert len(pids) == 20
    assert len(set(pids)) <= 2


def test_a_job_comes_to_the_worker_that_had_the_one_near_it(compute):
    async def ask() -> list[int]:
        await asyncio.gather(*(compute.run(time.sleep, 0.5, near=name) for name in "ab"))
        return [await compute.run(os.getpid, near=name) for name in "abba"]

    of_a, of_b, *again = asyncio.run(ask())

    assert of_a != of_b
    assert again == [of_b, of_a]


def test_what_a_worker_is_handed_is_packed_beside_the_loop(compute):
    packed_by = []

    class Four:
        def __reduce__(self):
            packed_by.append(threading.get_ident())
            return float, (4,)

    assert asyncio.run(compute.run(math.sqrt, Four())) == 2.0
    assert packed_by
    assert threading.get_ident() not in packed_by


def test_a_large_answer_arrives_whole(compute):
    assert asyncio.run(compute.run(bytes, 5_000_000)) == bytes(5_000_000)


@pytest.mark.parametrize("size", [1, 199_000, 201_000, 1_000_000, 9_000_000, 40_000_000])
def test_a_job_of_any_size_arrives_whole(size):
    compute = ProcessCompute(1, LONG, 1 << 30)
    body = random.Random(1).randbytes(size)

    answers = [asyncio.run(compute.run(digest, each)) for each in (body, body[::-1], b"end")]
    compute.close()

    assert answers == [digest(body), digest(body[::-1]), digest(b"end")]


def test_a_large_job_is_handed_over_in_memory_and_a_small_one_is_not(compute, monkeypatch):
    sent = []
    send = Connection.send_bytes
    monkeypatch.setattr(Connection, "send_bytes", lambda pipe, job: sent.append(len(job)) or send(pipe, job))

    for size in (100_000, 5_000_000):
        asyncio.run(compute.run(digest, bytes(size)))

    assert sent[0] > 100_000
    assert sent[1] < 1000


def test_where_no_memory_can_be_shared_a_large_job_goes_through_the_pipe(compute, monkeypatch):
    monkeypatch.delattr(os, "memfd_create")

    assert asyncio.run(compute.run(digest, bytes(5_000_000))) == digest(bytes(5_000_000))


def test_after_a_very_large_job_its_memory_is_given_back(compute):
    asyncio.run(compute.run(digest, bytes(9_000_000)))
    [worker] = compute._alive

    assert os.fstat(worker.table.handles[0]).st_blocks == 0


def test_nothing_is_left_of_a_worker_that_was_killed_at_a_large_job(compute):
    assert asyncio.run(compute.run(digest, b"")) == digest(b"")
    before = handles()

    for _ in range(3):
        with pytest.raises(ComputeCrash, match="SIGKILL"):
            asyncio.run(compute.run(end_with, bytes(1_000_000)))
    assert asyncio.run(compute.run(digest, bytes(1_000_000))) == digest(bytes(1_000_000))

    assert handles() == before


def test_a_job_that_takes_too_long_is_killed_and_its_worker_replaced(hasty):
    before = asyncio.run(hasty.run(os.getpid))

    with pytest.raises(ComputeTimeout, match=r"signal\.pause: no answer within 0\.3 s"):
        asyncio.run(hasty.run(signal.pause))

    assert has_ended(before)
    assert asyncio.run(hasty.run(os.getpid)) != before


def test_what_a_function_raises_is_told_with_its_name_and_reason(compute):
    with pytest.raises(ComputeCrash, match=r"math\.factorial: ValueError: .*negative"):
        asyncio.run(compute.run(math.factorial, -1))


def test_a_worker_survives_what_a_function_raises(hasty):
    before = asyncio.run(hasty.run(os.getpid))

    with pytest.raises(ComputeCrash):
        asyncio.run(hasty.run(int, "x"))

    assert asyncio.run(hasty.run(os.getpid)) == before


@pytest.mark.parametrize(
    ("function", "args", "reason"),
    [
        (os._exit, (3,), "exit code 3"),
        (os.abort, (), "SIGABRT"),
        (sys.exit, (2,), "SystemExit"),
        (bytes, (4 << 30,), "MemoryError"),
        (raise_after_recursion, (0,), "RecursionError"),
        (open, (os.devnull,), "pickle"),
    ],
)
def test_a_job_that_ends_badly_is_a_crash_and_the_next_one_is_answered(compute, function, args, reason):

    with pytest.raises(ComputeCrash, match=reason):
        asyncio.run(compute.run(function, *args))

    assert asyncio.run(compute.run(math.gcd, 12, 18)) == 6


def test_a_worker_that_was_killed_between_two_jobs_is_replaced_unnoticed(compute):
    before = asyncio.run(compute.run(os.getpid))
    os.kill(before, signal.SIGKILL)
    assert has_ended(before)

    assert asyncio.run(compute.run(os.getpid)) != before


class Barren:
    """A nursery where there is no room for another process."""

    def start(self, *_: int) -> None:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))


def test_where_no_worker_can_be_started_no_job_is_blamed_and_the_next_one_tries_again(compute):
    sound = compute._nursery
    compute._nursery = Barren()

    with pytest.raises(WorkersDown, match="no worker process can be started"):
        asyncio.run(compute.run(math.sqrt, 4.0))
    compute._nursery = sound

    assert asyncio.run(compute.run(math.sqrt, 4.0)) == 2.0


def test_where_a_worker_that_died_cannot_be_replaced_no_job_is_blamed(hasty):
    dead = asyncio.run(hasty.run(os.getpid))
    os.kill(dead, signal.SIGKILL)
    assert has_ended(dead)
    sound = hasty._nursery
    hasty._nursery = Barren()

    with pytest.raises(WorkersDown):
        asyncio.run(hasty.run(math.sqrt, 4.0))
    hasty._nursery = sound

    assert asyncio.run(hasty.run(math.sqrt, 4.0)) == 2.0


def test_where_there_is_no_room_for_a_process_the_nursery_says_so(tmp_path, monkeypatch):
    (tmp_path / "no_room.py").write_text("import os\ndef fork(): raise BlockingIOError(11, '')\nos.fork = fork\n")
    monkeypatch.syspath_prepend(tmp_path)
    full = ProcessCompute(1, LONG, preload=["no_room"])

    for _ in range(2):
        with pytest.raises(WorkersDown, match="Resource temporarily unavailable"):
            asyncio.run(full.run(math.sqrt, 4.0))
    full.close()


def test_where_a_nursery_cannot_be_started_the_next_job_tries_again(monkeypatch):
    def full(*_: object, **__: object) -> int:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    with monkeypatch.context() as context:
        context.setattr(os, "fork", full)
        context.setattr(os, "posix_spawn", full)
        with fork_nursery([]):
            compute = ProcessCompute(1, LONG)
            for _ in range(2):
                with pytest.raises(WorkersDown, match="Resource temporarily unavailable"):
                    asyncio.run(compute.run(math.sqrt, 4.0))
            context.undo()

            assert asyncio.run(compute.run(math.sqrt, 4.0)) == 2.0
            compute.close()


def test_after_the_nursery_was_killed_there_is_another_one(compute):
    before = asyncio.run(compute.run(os.getppid))
    worker = asyncio.run(compute.run(os.getpid))
    os.kill(before, signal.SIGKILL)
    os.kill(worker, signal.SIGKILL)
    assert has_ended(worker)

    assert asyncio.run(compute.run(os.getppid)) != before


def test_a_worker_whose_nursery_was_killed_is_killed_when_it_overruns(hasty):
    nursery, worker = asyncio.run(hasty.run(os.getppid)), asyncio.run(hasty.run(os.getpid))
    os.kill(nursery, signal.SIGKILL)
    assert has_ended(nursery)

    with pytest.raises(ComputeTimeout):
        asyncio.run(hasty.run(signal.pause))

    assert has_ended(worker)


def test_of_another_nursery_s_workers_a_nursery_ends_none(compute):
    os.kill(asyncio.run(compute.run(os.getppid)), signal.SIGKILL)
    stranger = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
    before = compute._nursery.start(1 << 29)
    lost = compute._nursery.end(stranger.pid)

    assert stranger.poll() is None
    stranger.communicate()
    assert lost is None
    assert compute._nursery.end(before[0]) == -signal.SIGKILL


def test_workers_end_with_the_nursery_s_other_end(compute):
    nursery, worker = asyncio.run(compute.run(os.getppid)), asyncio.run(compute.run(os.getpid))

    compute.close()

    assert has_ended(nursery)
    assert has_ended(worker)


def test_workers_of_a_forked_nursery_have_what_was_imported_before(tmp_path):
    script = tmp_path / "forked.py"
    script.write_text(FORKED)

    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60, check=False)

    assert done.stdout.split() == ["True", "True", "False", "end"], done.stderr


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_nursery_is_forked_of_a_program_without_standard_streams(tmp_path, closed):
    script, written = tmp_path / "forked.py", tmp_path / "written"
    script.write_text(FORKED.replace('print("end")', f"open({str(written)!r}, 'w').write('end')"))

    subprocess.run(["sh", "-c", f"exec {sys.executable} {script} {closed}"], timeout=60, check=False)

    assert written.read_text() == "end"


def test_a_worker_is_worn_out_after_its_number_of_jobs():
    compute = ProcessCompute(1, LONG, max_tasks=2)

    pids = [asyncio.run(compute.run(os.getpid)) for _ in range(5)]
    compute.close()

    assert pids[0] == pids[1]
    assert pids[2] == pids[3]
    assert len(set(pids)) == 3


def test_workers_leave_signals_to_the_daemon(compute):
    assert asyncio.run(compute.run(ignored_signals)) == {"SIGINT", "SIGTERM"}


def test_closing_ends_what_is_under_way(compute):
    async def close_while_busy() -> None:
        await compute.run(os.getpid)  # its worker is there at once for the next job
        job = asyncio.ensure_future(compute.run(signal.pause))
        await compute.run(os.getpid)
        compute.close()
        await job

    with pytest.raises(ComputeCrash, match=r"signal\.pause"):
        asyncio.run(close_while_busy())


def test_a_busy_worker_dies_with_a_parent_that_was_killed(tmp_path):
    script = tmp_path / "orphan.py"
    script.write_text(ORPHAN)
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as parent:
        worker = int(parent.stdout.readline())

        parent.kill()

    assert has_ended(worker)


def test_workers_that_nobody_closed_do_not_keep_a_program_from_ending(tmp_path):
    script = tmp_path / "forgetful.py"
    script.write_text(FORGETFUL)

    ended = subprocess.run([sys.executable, script], timeout=60, check=False)

    assert ended.returncode == 0
