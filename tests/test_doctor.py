"""The doctor finds what is wrong, says what to do, mends what can be mended, and changes nothing by looking."""

from __future__ import annotations

import json
import shutil
from collections import namedtuple
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from feedwatch.adapters.store.copies import copy_out
from feedwatch.cli.main import main
from feedwatch.errors import StoreBusy
from feedwatch.running import rehearsal, room
from feedwatch.running.app import open_store, refuse_damaged
from feedwatch.running.doctor import examine
from feedwatch.running.lock import only_writer
from feedwatch.running.room import Finding, Level
from tests.internet import START, InlineCompute, Newspaper, days, minutes, newspaper_config
from tests.struck import state_of
from tests.test_backup import damage

CONFIG = """
site: {output: site, title: Changes, base_url: "http://localhost:1/"}
sources: [{slug: paper, title: The Paper, language: en, feeds: ["https://paper.example/feed.xml"]}]
"""
A, B = "/news/ferry-fire", "/news/harbour-fees"
Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - as shutil has it


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Newspaper]:
    """Its site is reached on loopback only, and rendered in this process."""
    monkeypatch.setattr(rehearsal, "open_compute", lambda *_: InlineCompute())
    monkeypatch.setattr("feedwatch.running.app.open_compute", lambda *_: InlineCompute())
    config = newspaper_config(tmp_path)
    site = config.site.model_copy(update={"base_url": "http://localhost:1/"})
    newspaper = Newspaper(tmp_path, config.model_copy(update={"site": site}))
    newspaper.publishes(A, title="Fourteen die")
    newspaper.publishes(B, title="Harbour fees rise")
    newspaper.tick()
    newspaper.publishes(A, title="Forty-one die")
    newspaper.tick(after=minutes(15))
    yield newspaper
    newspaper.close()


def bad(paper: Newspaper, *, mend: bool = False) -> list[Finding]:
    return [one for one in examine(paper.config, paper.now, mend=mend) if one.level is Level.BAD]


def pages(paper: Newspaper) -> list[Path]:
    return sorted((paper.config.site.output / "articles").rglob("*.html"))


def test_a_selector_that_finds_nothing_is_told(paper: Newspaper) -> None:
    def told(body: str) -> list[str]:
        source = paper.config.sources[0]
        selectors = source.selectors.model_copy(update={"body": body})
        paper.config = paper.config.model_copy(
            update={"sources": (source.model_copy(update={"selectors": selectors}),)}
        )
        paper.app = replace(paper.app, config=paper.config)
        paper.publishes(f"/news/{body}", title=f"News of {body}")
        paper.tick(after=minutes(30))
        return [one.text for one in examine(paper.config, paper.now, mend=False) if "selectors.body" in one.text]

    assert told("story") == [
        "selectors.body of paper, story, was found in none of the 3 newest texts; they were read without it"
    ]
    assert told("article") == []


def test_where_all_is_well_nothing_is_bad_and_nothing_is_changed(paper: Newspaper, tmp_path: Path) -> None:
    before = state_of(tmp_path)

    assert bad(paper) == []
    assert state_of(tmp_path) == before


def test_an_article_that_was_checked_again_without_news_makes_no_page_wrong(paper: Newspaper) -> None:
    paper.tick(after=minutes(60))

    assert bad(paper) == []


def test_a_page_that_is_missing_altered_or_a_link_is_found_and_made_anew(paper: Newspaper, tmp_path: Path) -> None:
    before = state_of(tmp_path)[1]
    missing, altered, linked = pages(paper)[:3]
    missing.unlink()
    altered.write_bytes(altered.read_bytes()[:1000])
    linked.rename(tmp_path / "elsewhere.html")
    linked.symlink_to(tmp_path / "elsewhere.html")

    (found,) = bad(paper)
    assert found.part == "site"
    assert found.text.startswith("files that are missing or differ from the store: 3 (")

    assert bad(paper, mend=True) == []
    assert {**state_of(tmp_path)[1], "status": b""}.keys() >= before.keys()


def test_a_page_of_nothing_in_the_store_is_found_and_removed(paper: Newspaper) -> None:
    folder = pages(paper)[0].parent
    stray = folder / "7-8.html"
    stray.write_text("from before the restore")
    (folder / ".index.html.new").write_text("ha")

    (found,) = bad(paper)
    assert "belong to nothing" in found.text

    assert bad(paper, mend=True) == []
    assert not stray.exists()


def test_what_waits_for_being_published_is_no_fault(paper: Newspaper) -> None:
    paper._ask(paper.store.mark_all_dirty)

    assert bad(paper) == []


def test_nothing_is_mended_beside_one_at_work(paper: Newspaper) -> None:
    pages(paper)[0].unlink()

    with only_writer(paper.config.store), pytest.raises(StoreBusy):
        examine(paper.config, paper.now, mend=True)


def test_a_damaged_file_is_bad_and_work_on_it_is_refused_with_the_way_out(paper: Newspaper, tmp_path: Path) -> None:
    paper._ask(paper.store.close)
    damage(tmp_path / "feedwatch.db")

    (found,) = bad(paper)

    assert "is damaged" in found.text
    assert "feedwatch restore FILE" in found.text


def test_a_text_that_cannot_be_read_back_is_found(paper: Newspaper, tmp_path: Path) -> None:
    number = paper.article(A).id
    paper._ask(paper.store.close)
    store = open_store(paper.config, START)
    with store._in(_record()) as connection:  # type: ignore[attr-defined]
        connection.exec_driver_sql("UPDATE version SET text = x'00' WHERE article = ? AND number = 0", (number,))
    store.close()

    found = bad(paper)

    assert any("1 of 2 articles cannot be read in full" in one.text for one in found)


def _record() -> object:
    from feedwatch.adapters.store.opening import Mode

    return Mode.RECORD


def test_too_little_space_is_bad_before_it_is_none(paper: Newspaper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room.shutil, "disk_usage", lambda _: Usage(100, 90, 10 * 1024**2))

    found = bad(paper)

    assert {one.part for one in found} == {"space"}
    assert all("10 MB are left" in one.text for one in found)


def test_a_folder_that_cannot_be_written_is_bad(paper: Newspaper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room.os, "access", lambda *_: False)

    assert all("cannot be written" in one.text for one in bad(paper))


@pytest.mark.parametrize(("gone", "told"), [(-days(30), "ahead then, or is behind now"), (-days(3650), "long past")])
def test_a_clock_that_went_wrong_is_bad(paper: Newspaper, gone: object, told: str) -> None:
    paper.now += gone  # type: ignore[operator]

    assert any(one.part == "clock" and told in one.text for one in bad(paper))


def test_status_tells_of_trouble_with_the_disk(
    paper: Newspaper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.yaml").write_text(CONFIG)
    monkeypatch.setattr(room.shutil, "disk_usage", lambda _: Usage(100, 100, 0))

    told = CliRunner().invoke(main, ["status", "-c", str(tmp_path / "config.yaml"), "--json"])

    assert "trouble: the store: 0 MB are left" in told.stderr
    assert json.loads(told.stdout)


def test_a_store_that_was_restored_and_mended_has_the_site_of_its_time(paper: Newspaper, tmp_path: Path) -> None:
    copy_out(tmp_path / "feedwatch.db", tmp_path / "copy.db")
    then = {path.name for path in pages(paper)}
    paper.publishes(A, title="Fifty die")
    paper.tick(after=minutes(60))
    paper._ask(paper.store.close)
    runner = CliRunner()
    (tmp_path / "config.yaml").write_text(CONFIG)

    done = runner.invoke(main, ["restore", "-c", str(tmp_path / "config.yaml"), str(tmp_path / "copy.db")])
    assert done.exit_code == 0, done.output
    done = runner.invoke(main, ["doctor", "--fix", "-c", str(tmp_path / "config.yaml")])

    assert done.exit_code == 0, done.output
    assert {path.name for path in pages(paper)} == then


def test_work_on_a_damaged_store_ends_with_code_3(paper: Newspaper, tmp_path: Path) -> None:
    paper._ask(paper.store.close)
    damage(tmp_path / "feedwatch.db")
    (tmp_path / "config.yaml").write_text(CONFIG)

    done = CliRunner().invoke(main, ["once", "-c", str(tmp_path / "config.yaml")])

    assert done.exit_code == 3
    assert "put a backup in its place: feedwatch restore FILE" in done.stderr


def test_a_store_without_a_byte_is_refused_where_a_site_was_made_from_it(paper: Newspaper, tmp_path: Path) -> None:
    paper._ask(paper.store.close)
    (tmp_path / "config.yaml").write_text(CONFIG)
    for ending in ("", "-wal", "-shm"):
        (tmp_path / f"feedwatch.db{ending}").unlink(missing_ok=True)
    (tmp_path / "feedwatch.db").touch()
    then = {path: path.read_bytes() for path in pages(paper)}

    done = CliRunner().invoke(main, ["publish", "-c", str(tmp_path / "config.yaml")])

    assert done.exit_code == 3
    assert "feedwatch restore FILE; or, to begin anew, delete it" in done.stderr
    assert {path: path.read_bytes() for path in pages(paper)} == then
    (tmp_path / "feedwatch.db").unlink()
    assert CliRunner().invoke(main, ["publish", "-c", str(tmp_path / "config.yaml")]).exit_code == 0


def test_a_large_store_is_examined_by_the_daemon_only(paper: Newspaper, tmp_path: Path) -> None:
    paper._ask(paper.store.close)
    damage(tmp_path / "feedwatch.db")

    refuse_damaged(paper.config, largest=1000)

    shutil.rmtree(paper.config.site.output)
