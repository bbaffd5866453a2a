"""Workers under stress and against the clock, on loopback with a real PostgreSQL.

python -m bench.cluster trouble [--hosts 200]   kill -9, SIGSTOP for 30 s, PostgreSQL restarted, all in one edition
    --kill: nothing but the kill; --bucket: the site is in a bucket on loopback, which cannot be reached for a minute;
    --pgbouncer: workers reach PostgreSQL through it, in session mode (Debian: apt install pgbouncer)
python -m bench.cluster speed [--hosts 60]      one worker against two at an origin with latency; CPU beside a daemon
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import make_url

from tests.bucket import NAME as BUCKET
from tests.bucket import Server, running_server
from tests.crowd import Crowd, Origin, standing, wait_until
from tests.postgres import Cluster, running_cluster, unprivileged

ARTICLES = 10
AT_ONCE = 8  # hosts, for each worker
LIMIT = 1800
TICKS = os.sysconf("SC_CLK_TCK")


@contextmanager
def crowd_of(
    hosts: int, latency: float, bucket: Server | None = None, *, pooled: bool = False
) -> Iterator[tuple[Crowd, Origin, Cluster]]:
    origin = Origin(hosts, ARTICLES, latency)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        postgres = stack.enter_context(running_cluster())
        stack.enter_context(standing(origin))
        url = postgres.empty_database()
        store = stack.enter_context(pgbouncer(url)) if pooled else url
        output = f"s3://{BUCKET}/" if bucket else "site"
        environ = bucket.environ if bucket else {}
        crowd = Crowd(folder, origin, store, AT_ONCE, output=output, environ=environ, asked=url)
        stack.callback(crowd.close)
        yield crowd, origin, postgres


@contextmanager
def pgbouncer(url: str) -> Iterator[str]:
    """The address of the store at `url` through a pool in session mode, on a Unix socket."""
    server = make_url(url)
    folder = Path(tempfile.mkdtemp(prefix="feedwatch-pgbouncer-"))
    user = unprivileged()
    if user is not None:  # it refuses root
        shutil.chown(folder, user)
    (folder / "pgbouncer.ini").write_text(
        f"[databases]\n* = host={server.query['host']} user={server.username}\n"
        f"[pgbouncer]\nlisten_addr =\nunix_socket_dir = {folder}\nlisten_port = 6432\nauth_type = any\n"
        "pool_mode = session\nserver_reset_query = DISCARD ALL\nmax_client_conn = 100\ndefault_pool_size = 50\n"
    )
    log = (folder / "log").open("wb")
    process = subprocess.Popen(["pgbouncer", folder / "pgbouncer.ini"], user=user, stdout=log, stderr=log)
    try:
        wait_until((folder / ".s.PGSQL.6432").exists, 30)
        yield server.update_query_dict({"host": str(folder), "port": "6432"}).render_as_string(hide_password=False)
    finally:
        process.terminate()
        process.wait()
        log.close()
        shutil.rmtree(folder)


def told(what: str, value: object) -> None:
    print(f"{what:<60} {value}", flush=True)


# ------------------------------------------------------------------------------------------------------ trouble


def trouble(hosts: int, bucket: Server | None, *, pooled: bool, kill_alone: bool) -> None:
    everything = hosts * ARTICLES
    with crowd_of(hosts, 0.02, bucket, pooled=pooled) as (crowd, origin, postgres):
        first, second, third = (crowd.start() for _ in range(3))
        told("hosts, articles, workers, hosts at once", (hosts, everything, 3, crowd.hosts_at_once))
        told("all found, checked and published, s", round(wait_until(lambda: crowd.checked(1) == everything, LIMIT)))
        origin.edition = 1
        crowd.makes_all_due()
        began = time.monotonic()
        _until(crowd, everything * 2 // 10)
        if bucket is not None:
            bucket.stop()
        crowd.kill(first)
        killed = time.monotonic()
        told("killed one at s", round(killed - began))
        waited = wait_until(lambda: rescued(crowd) > 0 or crowd.checked(2) == everything, LIMIT)
        told("its jobs given back after s", round(waited) if rescued(crowd) else "all was checked before")
        if not kill_alone:
            _more_trouble(second, postgres, bucket, killed)
        wait_until(lambda: crowd.checked(2) == everything and crowd.is_listed(), LIMIT)
        told("everything checked, published and listed, s after the kill", round(time.monotonic() - killed))
        told("exit codes", [crowd.end(second), crowd.end(third)])
        _verdict(crowd, origin, everything)


def rescued(crowd: Crowd) -> int:
    return crowd.number("select sum(rescued) from worker")


def _more_trouble(worker: int, postgres: Cluster, bucket: Server | None, killed: float) -> None:
    os.kill(worker, signal.SIGSTOP)
    time.sleep(30)
    os.kill(worker, signal.SIGCONT)
    told("one stood still for s", 30)
    if bucket is not None:
        time.sleep(max(0, killed + 60 - time.monotonic()))
        bucket.start_again()
        told("the bucket could not be reached for s", round(time.monotonic() - killed))
    postgres.restart()
    told("PostgreSQL restarted, s after the kill", round(time.monotonic() - killed))


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
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--bucket", action="store_true")
    parser.add_argument("--pgbouncer", action="store_true")
    arguments = parser.parse_args()
    if arguments.what == "trouble" and arguments.bucket:
        with running_server() as bucket:
            bucket.empty()
            os.environ.update(bucket.environ)  # the verdict reads the bucket, too
            trouble(arguments.hosts or 200, bucket, pooled=arguments.pgbouncer, kill_alone=arguments.kill)
    elif arguments.what == "trouble":
        trouble(arguments.hosts or 200, None, pooled=arguments.pgbouncer, kill_alone=arguments.kill)
    else:
        speed(arguments.hosts or 60)


if __name__ == "__main__":
    sys.exit(main())
