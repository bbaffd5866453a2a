"""Workers under stress and against the clock, on loopback with a real PostgreSQL.

python -m bench.cluster trouble [--hosts 200]   kill -9, SIGSTOP for 30 s, PostgreSQL restarted, all in one edition
python -m bench.cluster speed [--hosts 60]      one worker against two at an origin with latency; CPU beside a daemon
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.crowd import Crowd, Origin, standing, wait_until
from tests.postgres import Cluster, running_cluster

ARTICLES = 10
LIMIT = 1800
TICKS = os.sysconf("SC_CLK_TCK")


@contextmanager
def crowd_of(hosts: int, latency: float, at_once: int = 8) -> Iterator[tuple[Crowd, Origin, Cluster]]:
    origin = Origin(hosts, ARTICLES, latency)
    with tempfile.TemporaryDirectory() as folder, running_cluster() as postgres, standing(origin):
        crowd = Crowd(Path(folder), origin, postgres.empty_database(), at_once)
        try:
            yield crowd, origin, postgres
        finally:
            crowd.close()


def told(what: str, value: object) -> None:
    print(f"{what:<60} {value}", flush=True)


# ------------------------------------------------------------------------------------------------------ trouble


def trouble(hosts: int) -> None:
    everything = hosts * ARTICLES
    with crowd_of(hosts, 0.02) as (crowd, origin, postgres):
        first, second, third = (crowd.start() for _ in range(3))
        told("hosts, articles, workers, hosts at once", (hosts, everything, 3, crowd.hosts_at_once))
        told("all found, checked and published, s", round(wait_until(lambda: crowd.checked(1) == everything, LIMIT)))
        origin.edition = 1
        crowd.makes_all_due()
        began = time.monotonic()
        _until(crowd, everything * 2 // 10)
        crowd.kill(first)
        killed = time.monotonic()
        told("killed one at s", round(killed - began))
        rescued = wait_until(lambda: crowd.number("select count(*) from worker where rescued > 0") > 0, LIMIT)
        told("its jobs given back after s", round(rescued))
        os.kill(second, signal.SIGSTOP)
        time.sleep(30)
        os.kill(second, signal.SIGCONT)
        told("one stood still for s", 30)
        postgres.restart()
        told("PostgreSQL restarted at s", round(time.monotonic() - began))
        wait_until(lambda: crowd.checked(2) == everything and crowd.is_listed(), LIMIT)
        told("everything checked, published and listed, s after the kill", round(time.monotonic() - killed))
        told("exit codes", [crowd.end(second), crowd.end(third)])
        _verdict(crowd, origin, everything)


def _until(crowd: Crowd, articles: int) -> None:
    wait_until(lambda: crowd.number("select count(*) from article where versions = 2") >= articles, LIMIT)


def _verdict(crowd: Crowd, origin: Origin, everything: int) -> None:
    told("versions, of", (crowd.number("select count(*) from version"), 2 * everything))
    told("changes, of", (crowd.number("select count(*) from change"), everything))
    told("two requests at once at a host", len(origin.overlaps))
    repeats = sum(times - 1 for times in origin.asked.values())
    told("requests repeated, of", (repeats, sum(origin.asked.values())))
    rehearsed = crowd.rehearsed()
    told("files right, wrong, left over", (len(rehearsed.right), len(rehearsed.wrong), len(rehearsed.left_over)))
    told("errors told by workers", crowd.log().count(" ERROR "))


# ------------------------------------------------------------------------------------------------------ speed


def speed(hosts: int) -> None:
    """Nothing changes: every check is a 304."""
    everything = hosts * ARTICLES
    with crowd_of(hosts, 0.3) as (crowd, _, _):
        workers = [crowd.start()]
        wait_until(lambda: crowd.checked(1) == everything and crowd.is_listed(), LIMIT)
        rates = []
        for _ in range(2):
            rates.append(_rate(crowd, everything, workers))
            workers.append(crowd.start())
            wait_until(
                lambda: crowd.number("select count(*) from worker where ended_at is null") == len(workers), LIMIT
            )
            time.sleep(5)
        told("two workers against one", round(rates[1] / rates[0], 2))
        for worker in workers:
            crowd.end(worker)
        daemon = crowd.start("run")
        time.sleep(10)
        _rate(crowd, everything, [daemon], "daemon")
        crowd.end(daemon)


def _rate(crowd: Crowd, everything: int, processes: list[int], name: str = "worker") -> float:
    before = crowd.number("select sum(checks) from article")
    used = sum(map(_cpu, processes))
    crowd.makes_all_due()
    # Without the run-up to the next tick, and the last hosts that leave others idle.
    _until_checked(crowd, before + everything // 10)
    took = _until_checked(crowd, before + everything * 9 // 10)
    _until_checked(crowd, before + everything)
    used = sum(map(_cpu, processes)) - used
    rate = 0.8 * everything / took
    told(f"{len(processes)} {name}: checks a second", round(rate, 1))
    told(f"{len(processes)} {name}: CPU of the process(es) for one check, ms", round(1000 * used / everything, 2))
    return rate


def _until_checked(crowd: Crowd, checks: int) -> float:
    return wait_until(lambda: crowd.number("select sum(checks) from article") >= checks, LIMIT)


def _cpu(process: int) -> float:
    """Of its main process, in seconds: unchanged pages need no worker process for reading."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["trouble", "speed"])
    parser.add_argument("--hosts", type=int)
    arguments = parser.parse_args()
    if arguments.what == "trouble":
        trouble(arguments.hosts or 200)
    else:
        speed(arguments.hosts or 60)


if __name__ == "__main__":
    sys.exit(main())
