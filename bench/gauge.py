"""What a command costs, with every process that it starts: CPU seconds, wall seconds, the largest process's memory.

Run as a program of its own for each command: it adopts what the command leaves behind, and counts a process when that
ended. Linux only.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, slots=True)
class Cost:
    cpu: float  # seconds, user and system
    wall: float
    peak: int  # bytes, of the largest process
    code: int
    said: str  # the end of what the command printed


def gauge(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Runs `command` in `folder` until it and all that it started ended."""
    told = subprocess.run(
        [sys.executable, "-m", "bench.gauge", str(folder), *command],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **(environment or {}), "PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    return Cost(**json.loads(told.stdout))


def main() -> None:
    folder, *command = sys.argv[1:]
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    began = time.perf_counter()
    done = subprocess.run(
        command, check=False, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    wall = time.perf_counter() - began
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = done.stdout.decode("utf-8", "replace")[-2000:]
    cost = Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * 1024, done.returncode, said)
    sys.stdout.write(json.dumps(asdict(cost)))


if __name__ == "__main__":
    main()
