"""The published folder: whole files, untouched where nothing changed, never outside."""

from __future__ import annotations

import errno
import os
from pathlib import Path, PurePosixPath

import pytest

from feedwatch.adapters.output import FolderOutput
from feedwatch.errors import OutputError

PAGE = PurePosixPath("articles/ab/abcd/index.html")


@pytest.fixture
def root(tmp_path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def output(root) -> FolderOutput:
    return FolderOutput(root)


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def write(output: FolderOutput, path: PurePosixPath, content: bytes) -> bool:
    """Whether it was."""
    wrote: list[PurePosixPath] = []
    output.write_all([(path, content)], wrote=wrote.append)
    return bool(wrote)


def raising(code: int):
    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


def test_a_file_is_written_with_the_folders_that_it_needs(output, root):
    assert write(output, PAGE, b"<p>one") is True

    assert files(root) == {str(PAGE): b"<p>one"}


def test_a_file_is_replaced_by_new_bytes(output, root):
    write(output, PAGE, b"<p>one")

    assert write(output, PAGE, b"<p>two") is True

    assert files(root) == {str(PAGE): b"<p>two"}


@pytest.mark.parametrize("content", [b"", b"<p>one", bytes(3_000_000)])
def test_a_file_that_holds_the_same_bytes_is_not_touched(output, root, content):
    write(output, PAGE, content)
    before = (root / PAGE).stat()

    assert write(output, PAGE, content) is False

    after = (root / PAGE).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_reader_of_the_old_file_keeps_it_whole(output, root):
    write(output, PAGE, b"old" * 1000)

    with (root / PAGE).open("rb") as reader:
        write(output, PAGE, b"new" * 1000)
        read = reader.read()

    assert read == b"old" * 1000


def test_web_servers_may_read_what_is_written_unless_the_umask_says_otherwise(output, root):
    before = os.umask(0o022)
    write(output, PAGE, b"open")
    os.umask(0o077)
    write(output, PurePosixPath("closed.html"), b"closed")
    os.umask(before)

    assert (root / PAGE).stat().st_mode & 0o777 == 0o644
    assert (root / PAGE).parent.stat().st_mode & 0o777 == 0o755
    assert (root / "closed.html").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("path", ["/etc/feedwatch", "../beside.html", "articles/../../beside.html", ".", "a\0b"])
def test_a_path_that_leaves_the_folder_is_refused(output, tmp_path, path):
    with pytest.raises(OutputError, match="not a path inside the site"):
        write(output, PurePosixPath(path), b"x")
    with pytest.raises(OutputError, match="not a path inside the site"):
        output.remove(PurePosixPath(path))

    assert list(tmp_path.iterdir()) == []


def test_a_symbolic_link_to_a_folder_is_not_followed(output, root, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "index.html").write_text("mine")
    root.mkdir()
    (root / "articles").symlink_to(outside)

    with pytest.raises(OutputError, match="'articles' is a symbolic link"):
        write(output, PurePosixPath("articles/index.html"), b"x")
    with pytest.raises(OutputError, match="'articles' is a symbolic link"):
        output.remove(PurePosixPath("articles/index.html"))

    assert files(outside) == {"index.html": b"mine"}


@pytest.mark.parametrize("name", ["index.html", ".index.html.new"])
def test_a_symbolic_link_in_a_files_place_is_replaced_not_followed(output, root, tmp_path, name):
    target = tmp_path / "target"
    target.write_bytes(b"<p>one")
    root.mkdir()
    (root / name).symlink_to(target)

    assert write(output, PurePosixPath("index.html"), b"<p>one") is True
    write(output, PurePosixPath("index.html"), b"<p>two")

    assert target.read_bytes() == b"<p>one"
    assert files(root) == {"index.html": b"<p>two"}


def test_the_folder_itself_may_be_a_symbolic_link(root, tmp_path):
    (tmp_path / "www").mkdir()
    root.symlink_to(tmp_path / "www")

    write(FolderOutput(root), PAGE, b"<p>one")

    assert files(tmp_path / "www") == {str(PAGE): b"<p>one"}


def test_a_pipe_in_a_files_place_is_replaced_and_not_waited_for(output, root):
    root.mkdir()
    os.mkfifo(root / "index.html")

    assert write(output, PurePosixPath("index.html"), b"<p>one") is True

    assert files(root) == {"index.html": b"<p>one"}


def test_what_an_interrupted_write_left_is_cleared_by_the_next(output, root):
    write(output, PAGE, b"<p>one")
    left = (root / PAGE).with_name(".index.html.new")

    left.write_bytes(b"<p>tw")
    write(output, PAGE, b"<p>one")
    assert files(root) == {str(PAGE): b"<p>one"}

    left.write_bytes(b"<p>tw")
    write(output, PAGE, b"<p>two")
    assert files(root) == {str(PAGE): b"<p>two"}


@pytest.mark.parametrize("call", ["open", "fsync", "replace"])
@pytest.mark.parametrize(
    ("code", "way_out"),
    [
        (errno.ENOSPC, "no space left; free some"),
        (errno.EACCES, "give this user the right"),
        (errno.EROFS, "read-only; set `output`"),
        (errno.EIO, "the disk reports an error"),
        (errno.EBUSY, os.strerror(errno.EBUSY)),
    ],
)
def test_a_write_that_fails_leaves_the_old_file_and_tells_what_to_do(output, root, monkeypatch, call, code, way_out):
    write(output, PAGE, b"<p>one")

    with monkeypatch.context() as patched:
        patched.setattr(os, call, raising(code))
        with pytest.raises(OutputError, match=way_out) as caught:
            write(output, PAGE, b"<p>two")

    assert str(root / PAGE) in str(caught.value)
    assert files(root) == {str(PAGE): b"<p>one"}


def test_a_folder_in_a_files_place_is_an_error_and_nothing_is_left(output, root):
    (root / "index.html").mkdir(parents=True)

    with pytest.raises(OutputError, match="a folder stands in the file's place"):
        write(output, PurePosixPath("index.html"), b"<p>one")

    assert files(root) == {}


def test_a_removed_file_is_gone_with_the_folders_that_it_leaves_empty(output, root):
    write(output, PAGE, b"<p>one")
    write(output, PurePosixPath("articles/ab/other/index.html"), b"<p>other")

    output.remove(PAGE)
    output.remove(PAGE)

    assert files(root) == {"articles/ab/other/index.html": b"<p>other"}
    assert not (root / PAGE).parent.exists()
    assert root.exists()


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path):
    (tmp_path / "site").write_text("a file")

    with pytest.raises(OutputError, match="cannot be written"):
        write(FolderOutput(tmp_path / "site"), PAGE, b"<p>one")


def test_of_files_in_one_folder_the_one_that_fails_is_named_and_those_before_it_stand(output, root):
    (root / "ab" / "two.html").mkdir(parents=True)
    wrote: list[PurePosixPath] = []
    three = [(PurePosixPath("ab") / name, b"<p>") for name in ("one.html", "two.html", "three.html")]

    with pytest.raises(OutputError, match=r"ab/two\.html cannot be written"):
        output.write_all(three, wrote=wrote.append)

    assert wrote == [PurePosixPath("ab/one.html")]
    assert files(root) == {"ab/one.html": b"<p>"}


def test_of_files_in_one_folder_those_to_be_removed_go_and_the_folder_with_the_last(output, root):
    paths = [PurePosixPath("ab") / name for name in ("one.html", "two.html")]
    output.write_all([(path, b"<p>") for path in paths])

    output.write_all([], [paths[0], PurePosixPath("ab/never.html"), PurePosixPath("cd/never.html")])
    assert files(root) == {"ab/two.html": b"<p>"}

    output.write_all([], [paths[1]])
    assert not (root / "ab").exists()


def test_where_a_folder_is_missing_nothing_of_the_one_around_it_is_removed(output, root):
    output.write_all([(PurePosixPath("ab/one.html"), b"<p>"), (PurePosixPath("one.html"), b"<p>")])
    never = PurePosixPath("ab/never/one.html")

    output.write_all([], [never, PurePosixPath("two.html"), never])

    assert files(root) == {"ab/one.html": b"<p>", "one.html": b"<p>"}


def test_what_is_written_and_what_is_removed_may_lie_in_one_folder(output, root):
    one, two, three = (PurePosixPath("ab") / name for name in ("one.html", "two.html", "three.html"))
    output.write_all([(one, b"<p>"), (two, b"<p>")])

    output.write_all([(three, b"<p>new")], [one, two])

    assert files(root) == {"ab/three.html": b"<p>new"}
