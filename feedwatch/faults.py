"""The points at which something leaves the process: every commit, write, sync, rename and request passes one.

Nothing happens there, for the price of a call. The tests end the process at each of them, or have the disk fail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

POINTS = (
    "store.commit",  # everything is written, nothing of it holds yet
    "store.committed",
    "output.create",
    "output.write",
    "output.sync",
    "output.rename",
    "output.remove",
    "bucket.put",
    "bucket.delete",
    "fetch.request",
    "fetch.answer",
    "compute.job",
    "compute.answer",
    "copy.sync",  # of the store: its backup, or the backup that is restored
    "copy.rename",
    "restore.aside",
    "restore.journals",
)

_strikes: list[Callable[[str], None]] = []


def at(point: str) -> None:
    """One of POINTS is reached."""
    for strike in _strikes:
        strike(point)


@contextmanager
def struck(strike: Callable[[str], None]) -> Iterator[None]:
    """Within it, `strike` is called with the name of every point; what it raises is raised there."""
    _strikes.append(strike)
    try:
        yield
    finally:
        _strikes.remove(strike)
