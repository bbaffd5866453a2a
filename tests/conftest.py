from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bucket import Server, running_server
from tests.postgres import Cluster, running_cluster

# Thousands of files are written durably; where there is room for them in memory, nobody waits for a disk.
MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes folders of its own there
ROOM = 2 * 1024**3  # bytes; a run leaves a tenth of them


def pytest_configure() -> None:
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as running:
        yield running


@pytest.fixture(scope="session")
def s3() -> Iterator[Server]:
    with running_server() as running:
        yield running
