"""Export and import: what goes out comes in again, once; what is wrong with a line is said."""

from __future__ import annotations

import json
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from feedwatch.adapters.store import SqlStore, open_store
from feedwatch.cli import main
from feedwatch.config import Config
from feedwatch.model import Block, Facts, History, Part, State, Text
from feedwatch.reading.urls import article_id
from feedwatch.running import exporting
from feedwatch.running.jobs import _exported
from feedwatch.running.lines import FactsLine
from tests import samples
from tests.internet import Newspaper, hours, newspaper_config

CONFIG = "sources:\n  - slug: paper\n    title: The Paper\n    feeds: ['https://paper.example/feed.xml']\n"


def feedwatch(folder: Path, *words: str, text: str | None = None) -> Result:
    folder.mkdir(exist_ok=True)
    config = folder / "config.yaml"
    config.write_text(CONFIG)
    return CliRunner().invoke(main, [words[0], "-c", str(config), *words[1:]], input=text)


def opened(folder: Path) -> SqlStore:
    return open_store(f"sqlite:///{folder / 'feedwatch.db'}", samples.CREATED)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    return edited_paper(tmp_path)


def edited_paper(tmp_path: Path) -> Path:
    """A folder with a store: an article that was edited twice and is gone, one that never changed, one taken down."""
    folder = tmp_path / "paper"
    folder.mkdir()
    newspaper = Newspaper(folder, newspaper_config(folder))
    newspaper.publishes("/ferry")
    newspaper.publishes("/calm", title="All is calm at the harbour")
    newspaper.publishes("/hidden", title="Hidden headline")
    newspaper.tick()
    newspaper.publishes("/ferry", title="Forty-one die in ferry fire")
    newspaper.tick(after=hours(1))
    newspaper.publishes("/ferry", title="Forty-two die in ferry fire")
    newspaper.tick(after=hours(1))
    newspaper.close()
    assert feedwatch(folder, "hide", "https://paper.example/hidden").exit_code == 0
    return folder


def exported(folder: Path, *words: str) -> list[dict]:
    done = feedwatch(folder, "export", "-", *words)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def history(folder: Path, path: str) -> History:
    store = opened(folder)
    try:
        return store.history(article_id(f"https://paper.example{path}"))
    finally:
        store.close()


# ------------------------------------------------------------------------------------------------------ export


def test_versions_and_changes_are_lines_and_what_was_taken_down_is_not_among_them(paper: Path) -> None:
    lines = exported(paper)

    assert [line["kind"] for line in lines].count("version") == 4
    changes = [line for line in lines if line["kind"] == "change"]
    assert [(line["from_number"], line["to_number"]) for line in changes] == [(0, 1), (1, 2)]
    assert (changes[0]["removed"], changes[0]["added"]) == (["Fourteen"], ["Forty-one"])
    assert {line["title"] for line in lines if line["kind"] == "version" and line["number"] == 0} == {
        "Fourteen die in ferry fire",
        "All is calm at the harbour",
    }
    assert exported(paper, "--what", "changes") == changes
    assert exported(paper) == lines


def test_a_file_is_whole_or_not_there(paper: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"

    assert feedwatch(paper, "export", str(target)).exit_code == 0
    assert len(target.read_text("utf-8").splitlines()) == len(exported(paper))
    done = feedwatch(paper, "export", str(tmp_path / "none" / "out.jsonl"))

    assert done.exit_code == 4
    assert "cannot be written" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["paper", "out.jsonl"] or not list(tmp_path.glob("*.new"))


def test_an_ending_that_no_format_has_is_refused(paper: Path, tmp_path: Path) -> None:
    done = feedwatch(paper, "export", str(tmp_path / "out.csv"))

    assert done.exit_code == 2
    assert ".csv" in done.output
    assert not (tmp_path / "out.csv").exists()
    assert feedwatch(paper, "export", str(tmp_path / "out.csv"), "--format", "jsonl").exit_code == 0


def test_a_name_that_ends_as_a_folder_is_made_one(paper: Path, tmp_path: Path) -> None:
    assert feedwatch(paper, "export", f"{tmp_path}/new/folder/").exit_code == 0

    assert sum(len(file.read_text("utf-8").splitlines()) for file in (tmp_path / "new/folder").iterdir()) == len(
        exported(paper)
    )
    (tmp_path / "file").touch()
    assert feedwatch(paper, "export", f"{tmp_path}/file/").exit_code == 4


def test_a_folder_takes_a_file_for_each_range_and_an_export_goes_on(paper: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()

    assert feedwatch(paper, "export", str(folder)).exit_code == 0
    first, *others = (file for file in sorted(folder.iterdir()) if file.stat().st_size)
    whole = "".join(file.read_text() for file in sorted(folder.iterdir()))
    lines = len(first.read_text().splitlines())
    first.unlink()
    done = feedwatch(paper, "export", str(folder))

    assert len(list(folder.iterdir())) == 16
    assert [json.loads(line) for line in whole.splitlines()] == exported(paper)
    assert first.exists()
    assert others
    assert done.stdout == f"{lines} written to {folder}\n"


def test_what_a_worker_cannot_write_is_told_to_who_asked(paper: Path, tmp_path: Path, monkeypatch) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    monkeypatch.setattr(exporting, "are_at_work", lambda *_: True)

    def share(config: Config, _kind: str, arguments: dict, _told: object) -> list[dict]:
        elsewhere = {**arguments, "folder": str(tmp_path / "not-here")}  # as on a machine that does not share it
        return [{"written": 3}, _exported(config, elsewhere, Part("", 0, "0" * 16, "f" * 16))]

    monkeypatch.setattr(exporting, "share", share)
    done = feedwatch(paper, "export", str(folder))

    assert done.exit_code == 4
    assert "a worker could not write its part" in done.stderr
    assert "not-here" in done.stderr


def test_what_does_not_go_together_is_said(paper: Path, tmp_path: Path) -> None:
    for words, said in (
        ((str(tmp_path / "a.parquet"),), "--what"),
        ((str(tmp_path / "a.warc.gz"), "--what", "changes"), "--what"),
        (("-", "--source", "none"), "no source 'none'"),
    ):
        done = feedwatch(paper, "export", *words)
        assert done.exit_code == 2
        assert said in done.output


def test_an_extra_that_is_not_there_is_named(paper: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "warcio.warcwriter", None)

    for name, extra in (("a.parquet", "parquet"), ("a.warc.gz", "warc")):
        words = ("--what", "versions") if extra == "parquet" else ()
        done = feedwatch(paper, "export", str(tmp_path / name), *words)
        assert done.exit_code == 2
        assert f"feedwatch[{extra}]" in done.output
        assert not (tmp_path / name).exists()


# ------------------------------------------------------------------------------------------------------ import


def test_what_went_out_comes_in_and_a_second_time_changes_nothing(paper: Path, tmp_path: Path) -> None:
    lines, other = tmp_path / "all.jsonl", tmp_path / "other"
    feedwatch(paper, "export", str(lines))

    first = feedwatch(other, "import", str(lines))
    once = exported(other)
    second = feedwatch(other, "import", str(lines))

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "6 lines, 2 articles; new versions: 4" in first.output
    assert "new versions: 0" in second.output
    assert once == exported(other) == exported(paper)
    ours, theirs = history(other, "/ferry"), history(paper, "/ferry")
    assert (ours.versions, ours.changes, ours.source) == (theirs.versions, theirs.changes, theirs.source)
    assert ours.article.state is State.DONE
    assert ours.article.next_check_at is None
    published = feedwatch(other, "publish", "--all")
    assert published.exit_code == 0
    assert "Forty-two die" in (other / "site" / "changes.atom").read_text("utf-8")


def test_an_article_that_has_fewer_versions_here_is_carried_on(paper: Path, tmp_path: Path) -> None:
    lines = exported(paper)
    early = [line for line in lines if line.get("number", line.get("to_number")) == 0]
    other = tmp_path / "other"

    for some in (early, lines):
        done = feedwatch(other, "import", "-", text="".join(json.dumps(line) + "\n" for line in some))
        assert done.exit_code == 0, done.output

    assert exported(other) == lines


def test_a_bad_line_is_named_and_the_others_go_on(paper: Path, tmp_path: Path) -> None:
    lines = [json.dumps(line) for line in exported(paper)]
    calm = next(line for line in lines if "All is calm at" in line)
    ferry = [line for line in lines if json.loads(line)["article"] != json.loads(calm)["article"]]
    bad = [
        "{",
        "[1]",
        json.dumps({"kind": "poem"}),
        json.dumps({**json.loads(calm), "seen_at": "yesterday"}),
        json.dumps({**json.loads(calm), "article": "0" * 16}),
        json.dumps({**json.loads(calm), "source": "../.."}),
    ]
    file = tmp_path / "some.jsonl"
    file.write_text("\n".join([*bad, "", calm, ferry[0], *ferry[2:]]) + "\n", "utf-8")

    done = feedwatch(tmp_path / "other", "import", str(file))

    assert done.exit_code == 1
    said = done.stderr.splitlines()
    for number in (1, 2, 3, 4, 5, 6):
        assert any(line.startswith(f"{file}:{number}: ") for line in said), number
    assert any("has no version 1" in line for line in said)
    assert "new versions: 2" in done.stdout
    assert "Traceback" not in done.output


def test_another_text_under_the_same_number_is_refused(paper: Path, tmp_path: Path) -> None:
    line = next(line for line in exported(paper) if line["kind"] == "version")

    done = feedwatch(paper, "import", "-", text=json.dumps({**line, "title": "Another"}) + "\n")

    assert done.exit_code == 1
    assert "has another text as version 0 here" in done.stderr
    assert feedwatch(paper, "import", str(tmp_path / "none")).exit_code == 2


def test_what_was_taken_down_here_does_not_come_back(paper: Path, tmp_path: Path) -> None:
    lines = tmp_path / "all.jsonl"
    feedwatch(paper, "unhide", "https://paper.example/hidden")
    feedwatch(paper, "export", str(lines))
    feedwatch(paper, "hide", "https://paper.example/hidden")

    done = feedwatch(paper, "import", str(lines))

    assert "was taken down here" in done.stderr
    assert history(paper, "/hidden").article.state is State.HIDDEN
    assert "Hidden headline" not in feedwatch(paper, "export", "-").stdout


def test_digests_events_and_texts_as_read_again_survive(tmp_path: Path) -> None:
    from feedwatch.running.lines import all_lines, change_of, event_of, line_bytes, read_line, version_of

    whole = samples.removed()
    base = Text("As read again", "", (Block("One."),))
    change = replace(whole.changes[0], base=base)
    whole = replace(whole, changes=(change, *whole.changes[1:]), digests=(replace(whole.changes[1], from_number=0),))

    lines = [read_line(line_bytes(line)) for line in all_lines(whole)]

    assert tuple(version_of(line) for line in lines if line.kind == "version") == whole.versions
    changes = [(line.digest, change_of(line)) for line in lines if line.kind == "change"]
    assert tuple(one for digest, one in changes if not digest) == whole.changes
    assert tuple(one for digest, one in changes if digest) == whole.digests
    assert tuple(event_of(line) for line in lines if line.kind == "event") == whole.events


def test_every_fact_of_a_change_goes_out() -> None:
    assert [field.name for field in fields(Facts)] == list(FactsLine.model_fields)


def test_a_hostile_text_is_one_line() -> None:
    from feedwatch.running.lines import line_bytes, read_line, version_lines

    for bad in samples.HOSTILE:
        history = samples.hostile(bad)
        history = replace(history, article=replace(history.article, source="hostile"))
        for line in version_lines(history):
            written = line_bytes(line)
            assert written.count(b"\n") == 1
            read_line(written)
