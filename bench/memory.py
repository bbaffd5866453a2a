"""What the daemon holds in memory, without its workers.

    python -m bench.memory [--articles 1000] [--seconds 35]
    python -m bench.memory --folder FOLDER       of a store that is there already (`bench.large make`)

The articles are first seen by `feedwatch once` with a time that is past, at an origin on loopback; then `feedwatch run`
is started, for which all are due, and once more with hardly anything due. Its resident memory is read after so many
seconds, and the most that it was.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.checks import FIRST_SEEN, Feedwatch
from bench.origin import Origin, Setting

PROGRAM = (sys.executable, "-m", "feedwatch")


def measure(folder: Path, seconds: float) -> None:
    with (folder / "log").open("wb") as log:
        daemon = subprocess.Popen([*PROGRAM, "run"], cwd=folder, stdout=log, stderr=log)
        try:
            time.sleep(seconds)
            told = Path(f"/proc/{daemon.pid}/status").read_text()
        finally:
            daemon.send_signal(signal.SIGTERM)
            daemon.wait()  # it finishes what is in hand
    numbers = {line.split(":")[0]: line.split()[1] for line in told.splitlines() if line.startswith("Vm")}
    print(f"{seconds:g} s after the start: {numbers['VmRSS']} kB resident, {numbers['VmHWM']} kB at most")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=35)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.folder is not None:
        measure(given.folder, given.seconds)
        return
    with Origin(given.articles) as origin, tempfile.TemporaryDirectory(prefix="bench-memory-") as room:
        folder = Path(room)
        origin.set(Setting())
        watcher = Feedwatch()
        watcher.set_up(folder, origin)
        print(watcher.run(folder, FIRST_SEEN).said.strip())
        for _ in range(2):
            origin.set(Setting())
            measure(folder, given.seconds)
            print(f"{sum(origin.served().answers.values())} requests meanwhile")


if __name__ == "__main__":
    main()
