"""Exports as the libraries read them that people use for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.outside.conftest import library
from tests.test_exchange import edited_paper, exported, feedwatch

for name in ("pyarrow", "warcio"):
    library(name)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    return edited_paper(tmp_path)


def test_parquet_has_the_rows_that_the_lines_have(paper: Path, tmp_path: Path) -> None:
    from pyarrow import parquet

    for what in ("versions", "changes"):
        target = tmp_path / f"{what}.parquet"
        done = feedwatch(paper, "export", str(target), "--what", what)
        assert done.exit_code == 0, done.output
        rows, lines = parquet.read_table(target).to_pylist(), exported(paper, "--what", what)
        assert [row["article"] for row in rows] == [line["article"] for line in lines]
        names = ("title", "blocks") if what == "versions" else ("from_number", "removed", "added")
        assert [[row[name] for name in names] for row in rows] == [[line[name] for name in names] for line in lines]


def test_warc_has_the_kept_pages_and_is_the_same_each_time(paper: Path, tmp_path: Path) -> None:
    from warcio.archiveiterator import ArchiveIterator

    files = [tmp_path / "a.warc.gz", tmp_path / "b.warc.gz"]
    for target in files:
        assert feedwatch(paper, "export", str(target)).exit_code == 0

    with files[0].open("rb") as file:
        records = [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read())
            for record in ArchiveIterator(file)
        ]
    assert [kind for kind, _, _ in records] == ["warcinfo"] + ["resource"] * 4
    assert {url for _, url, _ in records[1:]} == {"https://paper.example/ferry", "https://paper.example/calm"}
    assert any(b"Forty-one die" in body for _, _, body in records)
    assert files[0].read_bytes() == files[1].read_bytes()
