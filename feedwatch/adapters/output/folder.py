"""The published site as a folder: files appear whole or not at all, and only where they changed.

Nothing outside the folder is ever written: paths are checked, and a symbolic link inside it is not followed.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from itertools import groupby
from pathlib import Path, PurePosixPath

from feedwatch import faults
from feedwatch.adapters.output.inside import File, Wrote, parts_of
from feedwatch.errors import OutputError

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
_PLAIN = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
_CREATED = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
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
        with closing(_Way(self._root)) as way:
            for path, content in files:
                folders, name = parts_of(path)
                try:
                    if _write(way.to(folders, make=True), name, content):
                        wrote(path)
                except OSError as error:
                    raise self._refusal(path, error) from error
            written = {parts_of(path)[0] for path, _ in files} if surplus else set()
            for folders, gone in groupby(surplus, key=lambda path: parts_of(path)[0]):
                self._remove_group(way, list(gone))
                if folders not in written:
                    self._remove_empty(folders)

    def remove(self, path: PurePosixPath) -> None:
        """Nothing happens when there is no such file. Folders that it leaves empty go too."""
        self.write_all((), [path])

    def _remove_group(self, way: _Way, paths: Sequence[PurePosixPath]) -> None:
        """All of one folder."""
        for path in paths:
            folders, name = parts_of(path)
            try:
                folder = way.to(folders, make=False)
                faults.at("output.remove")
                _remove(folder, _new(name))
                _remove(folder, name)
            except FileNotFoundError:  # the folder
                return
            except OSError as error:
                raise self._refusal(path, error) from error

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
        with suppress(OSError), closing(_Way(self._root)) as way:
            there = os.open(name, _PLAIN, dir_fd=way.to(folders, make=False))
            with os.fdopen(there, "rb") as file:
                return file.read() if stat.S_ISREG(os.fstat(there).st_mode) else None
        return None

    def _remove_empty(self, folders: tuple[str, ...]) -> None:
        with suppress(OSError):  # the first that is not empty ends it
            for depth in range(len(folders), 0, -1):
                with closing(_Way(self._root)) as way:
                    os.rmdir(folders[depth - 1], dir_fd=way.to(folders[: depth - 1], make=False))

    def _refusal(self, path: PurePosixPath, error: OSError) -> OutputError:
        way_out = _WAY_OUT.get(error.errno or 0, error.strerror or "")
        name = repr(str(error.filename))
        return OutputError(f"{self._root / path} cannot be written: {way_out.replace('{name}', name)}")


def _new(name: str) -> str:
    """The file's name until it is whole: always the same, so that nothing is left behind for ever."""
    return f".{name}.new"


class _Way:
    """Into a folder of the site, which stays open until another one is asked for: most files have the same as the last.

    Each is opened by name in the one before: no link can lead elsewhere.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folders: tuple[str, ...] | None = None  # to the open one
        self._open = -1

    def to(self, folders: tuple[str, ...], *, make: bool) -> int:
        """The innermost folder's descriptor."""
        if folders != self._folders:
            self.close()
            self._open = self._start(make=make)
            for name in folders:
                outer, self._open = self._open, _enter(self._open, name, make=make)
                os.close(outer)
            self._folders = folders
        return self._open

    def close(self) -> None:
        self._folders = None
        if self._open >= 0:
            os.close(self._open)
            self._open = -1

    def _start(self, *, make: bool) -> int:
        try:
            return os.open(self._root, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:
            if not make:
                raise
            self._root.mkdir(parents=True, exist_ok=True)
            return os.open(self._root, os.O_RDONLY | os.O_DIRECTORY)


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
        found = os.stat(name, dir_fd=folder, follow_symlinks=False)
        if not stat.S_ISREG(found.st_mode) or found.st_size != len(content):
            return False
        there = os.open(name, _PLAIN, dir_fd=folder)
    except OSError:
        return False
    try:
        return os.read(there, len(content) + 1) == content
    finally:
        os.close(there)


def _write(folder: int, name: str, content: bytes) -> bool:
    new = _new(name)
    if _holds(folder, name, content):
        _remove(folder, new)  # an earlier process may have ended in the middle
        return False
    try:
        _write_synced(folder, new, content)
        faults.at("output.rename")
        os.replace(new, name, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        _remove(folder, new)
        raise
    return True


def _write_synced(folder: int, name: str, content: bytes) -> None:
    faults.at("output.create")
    descriptor = _create(folder, name)
    try:
        rest = memoryview(content)
        while rest:
            faults.at("output.write")
            rest = rest[os.write(descriptor, rest) :]
        faults.at("output.sync")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _create(folder: int, name: str) -> int:
    try:
        return os.open(name, _CREATED, _MODE, dir_fd=folder)
    except FileExistsError:  # an earlier process may have ended in the middle
        _remove(folder, name)
        return os.open(name, _CREATED, _MODE, dir_fd=folder)


def _remove(folder: int, name: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(name, dir_fd=folder)
