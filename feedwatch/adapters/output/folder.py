"""The published site as a folder: files appear whole or not at all, and only where they changed.

Nothing outside the folder is ever written: paths are checked, and a symbolic link inside it is not followed.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import groupby
from pathlib import Path, PurePosixPath

from feedwatch import faults
from feedwatch.adapters.output.inside import File, Wrote, parts_of
from feedwatch.errors import OutputError

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
_MODE = 0o644

_WAY_OUT = {
    errno.ENOSPC: "there is no space left; free some, then run `feedwatch publish`",
    errno.EDQUOT: "the quota is used up; free some space, then run `feedwatch publish`",
    errno.EACCES: "permission denied; give this user the right to write there",
    errno.EPERM: "permission denied; give this user the right to write there",
    errno.EROFS: "the file system is read-only; set `output` to a folder that can be written",
    errno.ELOOP: "{name} is a symbolic link, which is not followed; remove it",
    errno.ENOTDIR: "{name} is a symbolic link, which is not followed, or no folder; remove it",
    errno.EISDIR: "a folder stands in the file's place; remove it",
    errno.ENAMETOOLONG: "the path is longer than the file system allows; set `output` to a shorter one",
    errno.EIO: "the disk reports an error",
}


class FolderOutput:
    """Fulfils `ports.Output`. The folder is made when the first file is written; it may itself be a symbolic link.

    A file is synced before it takes its name, so that a power cut leaves the old one or the new one, never half of
    either: 0.8 ms a changed file on an SSD instead of 0.3, against the milliseconds that rendering it took; an equal
    one costs 0.04. The name itself is not waited for: after a power cut the old file can be back, and `feedwatch
    publish --all` makes it new.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def __str__(self) -> str:
        return str(self._root)

    def write_all(
        self, files: Sequence[File], surplus: Sequence[PurePosixPath] = (), wrote: Wrote = lambda _: None
    ) -> None:
        """One after the other, each atomically. Raises OutputError."""
        for _, of_folder in groupby(files, key=lambda file: file[0].parent):
            self._write_group(list(of_folder), wrote)
        for _, gone in groupby(surplus, key=lambda path: path.parent):
            self._remove_group(list(gone))

    def remove(self, path: PurePosixPath) -> None:
        """Nothing happens when there is no such file. Folders that it leaves empty go too."""
        self._remove_group([path])

    def _write_group(self, files: Sequence[File], wrote: Wrote) -> None:
        """All of one folder."""
        folders, _ = parts_of(files[0][0])
        with self._explained(files[0][0]), _opened(self._root, folders, make=True) as folder:
            for path, content in files:
                with self._explained(path):
                    if _write(folder, parts_of(path)[1], content):
                        wrote(path)

    def _remove_group(self, paths: Sequence[PurePosixPath]) -> None:
        """All of one folder."""
        folders, _ = parts_of(paths[0])
        with self._explained(paths[0]), suppress(FileNotFoundError):
            with _opened(self._root, folders, make=False) as folder:
                for path in paths:
                    faults.at("output.remove")
                    with self._explained(path):
                        _, name = parts_of(path)
                        _remove(folder, _new(name))
                        _remove(folder, name)
            self._remove_empty(folders)

    def differing(self, files: Sequence[File]) -> set[PurePosixPath]:
        return {path for path, content in files if self._found(path) != content}

    def read(self, path: PurePosixPath) -> bytes | None:
        return self._found(path)

    def paths(self, under: PurePosixPath) -> Iterator[PurePosixPath]:
        for folder, _, names in os.walk(self._root / under, followlinks=False):
            for name in names:
                yield PurePosixPath((Path(folder) / name).relative_to(self._root))

    def _found(self, path: PurePosixPath) -> bytes | None:
        """A plain file's bytes; what a link leads to is none of the site's."""
        folders, name = parts_of(path)
        with suppress(OSError), _opened(self._root, folders, make=False) as folder:
            there = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
            with os.fdopen(there, "rb") as file:
                return file.read() if stat.S_ISREG(os.fstat(there).st_mode) else None
        return None

    def _remove_empty(self, folders: tuple[str, ...]) -> None:
        with suppress(OSError):  # the first that is not empty ends it
            for depth in range(len(folders), 0, -1):
                with _opened(self._root, folders[: depth - 1], make=False) as parent:
                    os.rmdir(folders[depth - 1], dir_fd=parent)

    @contextmanager
    def _explained(self, path: PurePosixPath) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            way_out = _WAY_OUT.get(error.errno or 0, error.strerror or "")
            name = repr(str(error.filename))
            raise OutputError(f"{self._root / path} cannot be written: {way_out.replace('{name}', name)}") from error


def _new(name: str) -> str:
    """The file's name until it is whole: always the same, so that nothing is left behind for ever."""
    return f".{name}.new"


@contextmanager
def _opened(root: Path, folders: tuple[str, ...], *, make: bool) -> Iterator[int]:
    """The innermost folder's descriptor. Each is opened by name in the one before: no link can lead elsewhere."""
    if make:
        root.mkdir(parents=True, exist_ok=True)
    folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for name in folders:
            inner = _enter(folder, name, make=make)
            os.close(folder)
            folder = inner
        yield folder
    finally:
        os.close(folder)


def _enter(folder: int, name: str, *, make: bool) -> int:
    try:
        return os.open(name, _FOLDER, dir_fd=folder)
    except FileNotFoundError:
        if not make:
            raise
        with suppress(FileExistsError):  # made by another process meanwhile
            os.mkdir(name, dir_fd=folder)
        return os.open(name, _FOLDER, dir_fd=folder)


def _holds(folder: int, name: str, content: bytes) -> bool:
    """Whether the file is there with these bytes. What is no plain file does not hold them, and is not waited for."""
    try:
        there = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except OSError:
        return False
    with os.fdopen(there, "rb") as file:
        found = os.fstat(there)
        return stat.S_ISREG(found.st_mode) and found.st_size == len(content) and file.read() == content


def _write(folder: int, name: str, content: bytes) -> bool:
    _remove(folder, _new(name))  # an earlier process may have ended in the middle
    if _holds(folder, name, content):
        return False
    try:
        _write_synced(folder, _new(name), content)
        faults.at("output.rename")
        os.replace(_new(name), name, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        _remove(folder, _new(name))
        raise
    return True


def _write_synced(folder: int, name: str, content: bytes) -> None:
    faults.at("output.create")
    descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, _MODE, dir_fd=folder)
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        rest = memoryview(content)
        while rest:
            faults.at("output.write")
            rest = rest[file.write(rest) :]
        faults.at("output.sync")
        os.fsync(descriptor)


def _remove(folder: int, name: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(name, dir_fd=folder)
