from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bucket import Server, running_server
from tests.postgres import Cluster, running_cluster


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as running:
        yield running


@pytest.fixture(scope="session")
def s3() -> Iterator[Server]:
    with running_server() as running:
        yield running
