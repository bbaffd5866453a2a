"""Backups are whole and sound or not there; restoring leaves the old store or the new one, and keeps the old one."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from feedwatch import faults
from feedwatch.adapters.store import copies, open_store
from feedwatch.adapters.store.copies import copy_out, examine, put_back
from feedwatch.errors import StoreBusy, StoreError, UsageError
from feedwatch.model import Host
from feedwatch.running.backup import back_up, restore
from feedwatch.running.lock import only_writer
from tests.internet import START, Newspaper, minutes, newspaper_config

A = "/news/ferry-fire"


class PlugPulledError(Exception):
    pass


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Newspaper]:
    newspaper = Newspaper(tmp_path, newspaper_config(tmp_path))
    newspaper.publishes(A, title="Fourteen die")
    newspaper.tick()
    yield newspaper
    newspaper.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "feedwatch.db"


def titles_in(file: Path) -> list[str]:
    store = open_store(f"sqlite:///{file}", START)
    try:
        (article,) = store.articles(None, None, 10)
        return [version.text.title for version in store.versions(article.id)]
    finally:
        store.close()


def damage(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096:8192] = b"\xa5" * 4096
    file.write_bytes(content)


def test_a_backup_is_a_store_of_its_own(paper: Newspaper, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"

    size = back_up(paper.config, target)

    assert titles_in(target) == ["Fourteen die"]
    assert size > 0


def test_a_backup_is_of_one_moment_while_the_store_is_written(paper: Newspaper, file: Path, tmp_path: Path) -> None:
    ended = threading.Event()

    def write() -> None:
        store = open_store(f"sqlite:///{file}", START)
        number = 0
        while not ended.is_set():
            number += 1
            for name in ("a.example", "b.example"):
                store.save_host(Host(name, failures=number))
        store.close()

    writer = threading.Thread(target=write)
    writer.start()
    for _ in range(10):
        copy_out(file, tmp_path / "copy.db")
        with sqlite3.connect(tmp_path / "copy.db") as connection:
            told = connection.execute("SELECT failures FROM host WHERE name LIKE '_.example' ORDER BY name").fetchall()
        connection.close()

        assert len(told) < 2 or told[0][0] - told[1][0] in (0, 1)
    ended.set()
    writer.join()


def test_a_backup_takes_the_place_of_the_last_one_when_it_is_whole(paper: Newspaper, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    back_up(paper.config, target)
    paper.publishes(A, title="Forty-one die")
    paper.tick(after=minutes(15))

    def pull(point: str) -> None:
        raise PlugPulledError(point)

    with faults.struck(pull), pytest.raises(PlugPulledError):
        back_up(paper.config, target)
    assert titles_in(target) == ["Fourteen die"]

    back_up(paper.config, target)
    assert titles_in(target) == ["Fourteen die", "Forty-one die"]
    assert sorted(path.name for path in tmp_path.glob("copy*")) == ["copy.db"]


def test_a_damaged_store_is_not_backed_up_over_a_good_backup(paper: Newspaper, file: Path, tmp_path: Path) -> None:
    back_up(paper.config, tmp_path / "copy.db")
    paper._ask(paper.store.close)
    damage(file)

    with pytest.raises(StoreError, match="is damaged"):
        back_up(paper.config, tmp_path / "copy.db")

    assert titles_in(tmp_path / "copy.db") == ["Fourteen die"]


def test_a_store_that_is_no_database_any_more_is_named_not_its_backup(
    paper: Newspaper, file: Path, tmp_path: Path
) -> None:
    paper._ask(paper.store.close)
    file.write_bytes(b"\x00\x1b[2J\n" * 1000)

    with pytest.raises(StoreError, match=rf"^{file} is damaged \([^\n]*\); nothing was written to ") as told:
        back_up(paper.config, tmp_path / "copy.db")

    assert str(told.value).isprintable()
    assert not (tmp_path / "copy.db").exists()


def test_the_store_is_not_backed_up_into_itself(paper: Newspaper, file: Path) -> None:
    with pytest.raises(StoreError, match="the store itself"):
        back_up(paper.config, file)


def test_restoring_brings_back_what_was_and_sets_aside_what_is(paper: Newspaper, file: Path, tmp_path: Path) -> None:
    back_up(paper.config, tmp_path / "copy.db")
    paper.publishes(A, title="Forty-one die")
    paper.tick(after=minutes(15))
    paper._ask(paper.store.close)

    aside = restore(paper.config, tmp_path / "copy.db", START)

    assert titles_in(file) == ["Fourteen die"]
    assert aside is not None
    assert titles_in(aside) == ["Fourteen die", "Forty-one die"]


def test_a_store_that_was_killed_is_set_aside_with_its_journal(paper: Newspaper, file: Path, tmp_path: Path) -> None:
    back_up(paper.config, tmp_path / "copy.db")
    paper.publishes(A, title="Forty-one die")
    paper.tick(after=minutes(15))
    assert Path(f"{file}-wal").stat().st_size  # the store is open, and its news stand in the journal

    aside = put_back(file, tmp_path / "copy.db", START)

    assert titles_in(file) == ["Fourteen die"]
    assert aside is not None
    assert titles_in(aside) == ["Fourteen die", "Forty-one die"]


def test_what_is_restored_is_published_anew(paper: Newspaper, file: Path, tmp_path: Path) -> None:
    back_up(paper.config, tmp_path / "copy.db")
    paper._ask(paper.store.close)

    restore(paper.config, tmp_path / "copy.db", START)

    store = open_store(f"sqlite:///{file}", START)
    assert len(store.dirty(10)) == 1
    store.close()


def test_restoring_takes_the_place_of_a_store_that_nothing_can_read(
    paper: Newspaper, file: Path, tmp_path: Path
) -> None:
    back_up(paper.config, tmp_path / "copy.db")
    paper._ask(paper.store.close)
    file.write_bytes(b"\0" * 8192)

    restore(paper.config, tmp_path / "copy.db", START)

    assert titles_in(file) == ["Fourteen die"]


@pytest.mark.parametrize("at", range(1, 7))
def test_restoring_ended_anywhere_leaves_the_old_store_or_the_new_one(
    paper: Newspaper, file: Path, tmp_path: Path, at: int
) -> None:
    back_up(paper.config, tmp_path / "copy.db")
    paper.publishes(A, title="Forty-one die")
    paper.tick(after=minutes(15))
    paper._ask(paper.store.close)
    passed: list[str] = []

    def pull(point: str) -> None:
        passed.append(point)
        if len(passed) == at:
            raise PlugPulledError(point)

    with faults.struck(pull), pytest.raises(PlugPulledError):
        restore(paper.config, tmp_path / "copy.db", START)

    assert titles_in(file) == ["Fourteen die", "Forty-one die"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is not a store of feedwatch"),
        (b"no database" * 1000, "is damaged itself"),
    ],
)
def test_what_is_no_backup_is_refused(paper: Newspaper, file: Path, tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "copy.db").write_bytes(content)
    paper._ask(paper.store.close)

    with pytest.raises(StoreError, match=told):
        restore(paper.config, tmp_path / "copy.db", START)

    assert titles_in(file) == ["Fourteen die"]


def test_nothing_is_restored_beside_one_at_work(paper: Newspaper, tmp_path: Path) -> None:
    back_up(paper.config, tmp_path / "copy.db")

    with only_writer(paper.config.store), pytest.raises(StoreBusy):
        restore(paper.config, tmp_path / "copy.db", START)


def test_other_databases_have_their_own_tools(paper: Newspaper, tmp_path: Path) -> None:
    config = paper.config.model_copy(update={"store": "postgresql://feedwatch@db.example/news"})

    with pytest.raises(UsageError, match="pg_dump"):
        back_up(config, tmp_path / "copy.db")


def test_a_file_that_another_program_holds_is_not_called_damaged(
    paper: Newspaper, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "_BUSY_SECONDS", 0)
    paper._ask(paper.store.close)
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")

        with pytest.raises(StoreBusy, match="locked by another program"):
            examine(file)


def test_a_sound_file_is_found_sound_and_a_damaged_one_damaged(paper: Newspaper, file: Path) -> None:
    assert examine(file) == []

    paper._ask(paper.store.close)
    damage(file)

    assert examine(file)
    assert all(line.isprintable() for line in examine(file))
    assert examine(file.with_name("not-there.db")) == []
