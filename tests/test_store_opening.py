"""Opening a store: what is made, what is refused, and what survives."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event, text

from feedwatch.adapters.store import open_store, opening, polls
from feedwatch.adapters.store.opening import REVISION, Database, Mode
from feedwatch.adapters.store.tables import schema as tables
from feedwatch.errors import StoreBusy, StoreError, StoreTooNew
from feedwatch.model import Article, Host, PollVerdict, Source

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)

KEEPER = """
import sys
from datetime import UTC, datetime, timedelta
from feedwatch.adapters.store import open_store
from feedwatch.model import Host

store = open_store(sys.argv[1], datetime(2026, 3, 2, tzinfo=UTC))
for number in range(10_000):
    store.save_host(Host("herald.example", failures=number))
    print(number, flush=True)
"""


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def url(path) -> str:
    return f"sqlite:///{path}"


class PlugPulledError(Exception):
    pass


# ------------------------------------------------------------------------------------------------------ the schema


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated(request, url) -> Database:
    if request.param == "postgresql":
        url = request.getfixturevalue("cluster").database()
    open_store(url, NOW).close()
    return Database(url)


def test_the_migrations_make_the_tables_that_the_statements_use(migrated):
    with migrated.transaction(Mode.READ) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, tables())
    migrated.close()

    assert differences == []


def test_the_migrations_make_the_very_tables_of_the_metadata(url, path):
    def schema(file: Path) -> dict[str, str]:
        with sqlite3.connect(file) as connection:
            rows = connection.execute("select name, sql from sqlite_master where sql is not null").fetchall()
        connection.close()
        return {name: " ".join(sorted(sql.replace("\n", " ").replace(",", " ").split())) for name, sql in rows}

    open_store(url, NOW).close()
    plain = Database(f"{url}.plain")
    with plain.transaction(Mode.WRITE) as connection:
        tables().create_all(connection)
    plain.close()

    made, meant = schema(path), schema(path.with_name("store.db.plain"))
    del made["alembic_version"]
    assert made == meant


def test_only_what_a_reader_is_told_of_waits_for_the_disk_as_the_server_is_set_up(request):
    """`remote_write` stands for whatever an operator has chosen."""
    url = request.getfixturevalue("cluster").database()
    database = Database(f"{url}&options=-c%20synchronous_commit%3Dremote_write")
    waits = {}
    for mode in (Mode.WRITE, Mode.RECORD, Mode.WRITE):
        with database.transaction(mode) as connection:
            waits[mode] = connection.scalar(text("show synchronous_commit"))
    database.close()

    assert waits == {Mode.WRITE: "off", Mode.RECORD: "remote_write"}


def test_a_database_that_cannot_hold_every_language_is_refused(request):
    url = request.getfixturevalue("cluster").empty_database("encoding 'SQL_ASCII' template template0")

    with pytest.raises(StoreError, match="is encoded in SQL_ASCII, which cannot hold every language"):
        open_store(url, NOW)


def test_the_newest_migration_is_the_schema_that_is_asked_for():
    script = ScriptDirectory(str(Path(opening.__file__).parent / "migrations"))

    assert script.get_current_head() == REVISION


def test_a_store_whose_making_was_interrupted_is_made_the_next_time(url, path):
    def pull_the_plug_at(fatal: int) -> bool:
        """Whether the store was made before so many statements."""
        database, executed = Database(url), iter(range(1, fatal))

        def execute(*_: object) -> None:
            if next(executed, None) is None:
                raise PlugPulledError

        event.listen(database._engine, "before_cursor_execute", execute)
        try:
            opening.prepare(database, NOW)
        except PlugPulledError:
            return False
        finally:
            database.close()
        return True

    fatal = 1
    while not pull_the_plug_at(fatal):
        open_store(url, NOW).close()
        path.unlink()
        fatal += 4

    assert fatal > 20


# ------------------------------------------------------------------------------------------------------ refusals


def test_a_store_of_a_later_version_is_refused(url, path):
    open_store(url, NOW).close()
    with sqlite3.connect(path) as connection:
        connection.execute("update alembic_version set version_num = '9999'")
    connection.close()
    before = path.read_bytes()

    with pytest.raises(StoreTooNew, match="later version of feedwatch"):
        open_store(url, NOW)

    assert path.read_bytes() == before


def test_another_programs_database_is_refused(url, path):
    with sqlite3.connect(path) as connection:
        connection.execute("create table recipes (name text)")
    connection.close()

    with pytest.raises(StoreError, match="another program's database"):
        open_store(url, NOW)


def test_a_file_that_is_no_database_is_refused(url, path):
    path.write_bytes(b"Dear diary, " * 1000)

    with pytest.raises(StoreError, match="not an SQLite database"):
        open_store(url, NOW)

    assert path.read_bytes() == b"Dear diary, " * 1000


def test_a_damaged_database_is_an_error_that_tells_the_way_out(url, path):
    store = open_store(url, NOW)
    store.enrol([Source("herald", "Herald")], [])
    store.close()
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\x5a" * (len(content) - 4096))

    with pytest.raises(StoreError, match="is damaged; restore it from a backup"):
        open_store(url, NOW).counts(NOW)


def test_a_store_with_other_tables_is_an_error_that_tells_what_to_do(url, path):
    open_store(url, NOW).close()
    with sqlite3.connect(path) as connection:
        connection.execute("ALTER TABLE source RENAME COLUMN title TO name")

    with pytest.raises(StoreError, match="by a version of feedwatch with other tables; use that version"):
        open_store(url, NOW).enrol([Source("herald", "Herald")], [])


def test_a_missing_folder_is_an_error_that_tells_what_to_do(tmp_path):
    with pytest.raises(StoreError, match=r"no folder .*/nowhere; make it first"):
        open_store(f"sqlite:///{tmp_path}/nowhere/store.db", NOW)


def test_a_folder_in_the_files_place_is_an_error(tmp_path):
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(f"sqlite:///{tmp_path}", NOW)


def test_a_read_only_store_is_an_error_that_tells_what_to_do(url, path):
    open_store(url, NOW).close()
    store = open_store(f"sqlite:///file:{path}?mode=ro&uri=true", NOW)

    with pytest.raises(StoreError, match="is read-only"):
        store.save_host(Host("herald.example"))

    store.close()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("feedwatch.db", "malformed"),
        ("mysql://host/feedwatch", "use sqlite or postgresql"),
        ("postgresql://me:secret@127.0.0.1:1/feedwatch", "cannot be reached; check that PostgreSQL is running"),
    ],
)
def test_a_wrong_url_is_an_error_that_shows_no_password(wrong, said):
    with pytest.raises(StoreError, match=said) as caught:
        open_store(wrong, NOW)

    assert "secret" not in str(caught.value)


def test_a_database_that_postgresql_does_not_have_is_an_error(cluster):
    missing = cluster.empty_database().replace("/test_", "/missing_")

    with pytest.raises(StoreError, match="does not exist"):
        open_store(missing, NOW)


def test_a_store_that_another_program_holds_is_busy(url, path):
    open_store(url, NOW).close()
    store = open_store(f"{url}?timeout=0.05", NOW)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin immediate")

    with pytest.raises(StoreBusy, match="locked by another program"):
        store.save_host(Host("herald.example"))

    assert store.host("herald.example") == Host("herald.example")
    other.close()
    store.close()


def test_a_full_disk_is_an_error_that_tells_what_to_do_and_passes(url):
    store = open_store(url, NOW)
    with store._in(Mode.WRITE) as connection:
        connection.execute(text("pragma max_page_count = 1"))  # SQLite takes the present size

    with pytest.raises(StoreError, match="no space left"):
        store.save_host(Host("herald.example", robots="x" * 100_000))

    with store._in(Mode.WRITE) as connection:
        connection.execute(text("pragma max_page_count = 100000"))
    store.save_host(Host("herald.example", robots="x" * 100_000))
    assert store.host("herald.example").robots == "x" * 100_000
    store.close()


# ------------------------------------------------------------------------------------------------------ survival


def test_a_store_can_be_read_while_another_process_writes(url):
    writer, reader = open_store(url, NOW), open_store(url, NOW)

    with writer._in(Mode.WRITE) as connection:
        connection.execute(text("insert into source (slug, title) values ('herald', 'Herald')"))
        during = reader.sources()

    assert during == []
    assert reader.sources() == [Source("herald", "Herald")]
    writer.close()
    reader.close()


def test_what_readers_are_told_of_is_on_the_disk_at_once_and_mere_looks_are_not_waited_for(url):
    store = open_store(url, NOW)

    levels = {}
    for mode in (Mode.WRITE, Mode.RECORD):
        with store._in(mode) as connection:
            levels[mode] = connection.scalar(text("pragma synchronous"))
    store.close()

    assert levels == {Mode.WRITE: 1, Mode.RECORD: 2}


def test_a_killed_process_loses_nothing_that_it_was_told_is_written(url):
    command = [sys.executable, "-c", KEEPER, url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as keeper:
        told = [int(keeper.stdout.readline()) for _ in range(50)]
        keeper.kill()
        told += [int(line) for line in keeper.stdout if line.endswith("\n")]

    store = open_store(url, NOW)
    kept = store.host("herald.example").failures
    store.close()

    assert kept in (told[-1], told[-1] + 1)


def test_two_writers_at_one_host_leave_it_due_for_the_earlier(cluster):
    database = Database(cluster.database())
    opening.prepare(database, NOW)
    with database.transaction(Mode.WRITE) as connection:
        connection.execute(text("insert into source (slug, title) values ('herald', 'Herald')"))
    late = Article("a" * 16, "herald", "a", "a", "herald.example", "a", NOW, next_check_at=NOW + timedelta(hours=1))
    soon = replace(late, id="b" * 16, key="b", next_check_at=NOW)

    def add(article: Article) -> None:
        with database.transaction(Mode.WRITE) as connection:
            polls.settle_poll(connection, PollVerdict(None, (article,)))

    second = threading.Thread(target=add, args=(late,))
    with database.transaction(Mode.WRITE) as connection:
        polls.settle_poll(connection, PollVerdict(None, (soon,)))
        second.start()
        waiting = text("select pg_sleep(0.01), count(*) from pg_locks where not granted")
        assert any(connection.execute(waiting).one()[1] for _ in range(1000))
    second.join()

    with database.transaction(Mode.READ) as connection:
        due_at = connection.scalar(text("select next_due_at from host where name = 'herald.example'"))
    database.close()
    assert due_at == NOW.timestamp() * 1_000_000
