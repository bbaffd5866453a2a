"""A private PostgreSQL for the tests: a cluster in a temporary folder, on a Unix socket, gone at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, delete, text

from feedwatch.adapters.store import open_store
from feedwatch.adapters.store.tables import meta, metadata

# What the tests write is worth nothing after them.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "16MB",
    "max_connections": "60",
}


class Cluster:
    """A running server."""

    def __init__(self, folder: Path, restart: Callable[[], None]) -> None:
        self._folder = folder
        self.restart = restart
        self._numbers = count()
        self._admin = create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT", pool_pre_ping=True)
        self._shared = self.empty_database()
        open_store(self._shared, datetime(2026, 3, 2, tzinfo=UTC)).close()

    def database(self) -> str:
        """The URL of a store with nothing in it; the next call empties the same one."""
        engine = create_engine(self._shared)
        with engine.begin() as connection:
            for table in reversed(metadata.sorted_tables):
                if table is not meta:
                    connection.execute(delete(table))
        engine.dispose()
        return self._shared

    def empty_database(self, options: str = "") -> str:
        name = f"test_{next(self._numbers)}"
        with self._admin.connect() as connection:
            connection.execute(text(f"create database {name} {options}"))
        return self._url(name)

    def close(self) -> None:
        self._admin.dispose()

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://feedwatch@/{name}?host={self._folder}"


@contextmanager
def running_cluster(settings: Mapping[str, str] = SETTINGS) -> Iterator[Cluster]:
    """Skips the test where PostgreSQL is not installed; in CI that is a failure."""
    programs = installed()
    if programs is None:
        absent = "PostgreSQL is not installed (no initdb in PATH or /usr/lib/postgresql)"
        pytest.fail(absent) if os.environ.get("CI") == "true" else pytest.skip(absent)
    folder = Path(tempfile.mkdtemp(prefix="feedwatch-postgres-"))
    user = unprivileged()
    if user is not None:
        shutil.chown(folder, user)

    def run(program: str, *arguments: str) -> None:
        # pg_ctl's child keeps what it is given for output: a pipe would never close.
        with (folder / "log").open("ab") as log:
            command = [programs / program, "-D", folder / "data", *arguments]
            done = subprocess.run(command, user=user, cwd=folder, stdout=log, stderr=log, timeout=120, check=False)
        assert done.returncode == 0, (folder / "log").read_text()

    try:
        run("initdb", "--username=feedwatch", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        told = {**settings, "unix_socket_directories": str(folder)}
        run("pg_ctl", "-w", "-o", " ".join(f"-c {name}='{value}'" for name, value in told.items()), "start")
        try:
            cluster = Cluster(folder, lambda: run("pg_ctl", "-w", "-m", "fast", "restart"))
            yield cluster
            cluster.close()
        finally:
            run("pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def installed() -> Path | None:
    """The folder of the newest PostgreSQL's programs."""
    if program := shutil.which("initdb"):
        return Path(program).parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return found[-1].parent if found else None


def unprivileged() -> str | None:
    """Someone else to run the server as: it refuses root."""
    if os.geteuid() != 0:
        return None
    names = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
