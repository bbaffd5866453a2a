"""Paths that stay inside the site."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from feedwatch.errors import OutputError

File = tuple[PurePosixPath, bytes]
Wrote = Callable[[PurePosixPath], object]


def parts_of(path: PurePosixPath) -> tuple[tuple[str, ...], str]:
    """Folders and name of a path that stays inside. Only a bug of ours can make another one."""
    parts = path.parts
    if path.is_absolute() or not parts or any(part == ".." or "\0" in part for part in parts):
        raise OutputError(f"{str(path)!r} is not a path inside the site; nothing was written")
    return parts[:-1], parts[-1]
