"""No secret that an address carries is told: in logs, on pages, in errors."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from feedwatch.cli import main
from feedwatch.cli.options import Discreet
from feedwatch.discreet import discreet

SECRET = "s3cr3t"
FEED = f"http://127.0.0.1:9/feed.xml?token={SECRET}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "GET https://a.example/f?k=1#x failed: http://b.example/?y",
            "GET https://a.example/f failed: http://b.example/",
        ),
        ("feed https://reader:pw@a.example/f: gone", "feed https://a.example/f: gone"),
        ("postgresql://feed:p@ss@db.example/x is away", "postgresql://db.example/x is away"),
        ("see 'https://a.example/?k=1', it says", "see 'https://a.example/', it says"),
        ("HTTPS://A.EXAMPLE/F?K=1", "HTTPS://A.EXAMPLE/F"),
        ("mail desk@news.example? yes://no", "mail desk@news.example? yes://no"),
        ("Did the mayor know? https://a.example/b", "Did the mayor know? https://a.example/b"),
        ("", ""),
    ],
)
def test_addresses_lose_what_may_be_a_secret_and_nothing_else_does(text: str, told: str) -> None:
    assert discreet(text) == told


@given(
    st.text(),
    st.sampled_from(["https://h.example/p?k={}", "http://u:{}@h.example/", "https://h.example/#{}"]),
    st.text(),
)
def test_nothing_around_an_address_keeps_its_secret(before: str, address: str, after: str) -> None:
    assert SECRET not in discreet(f"{before} {address.format(SECRET)} {after}").replace(before, "").replace(after, "")


def test_what_a_library_logs_is_told_without_secrets() -> None:
    try:
        int(f"cannot parse {FEED}")
    except ValueError:
        record = logging.LogRecord("lib", logging.ERROR, "x.py", 1, "at %s", (FEED,), sys.exc_info())

    told = Discreet("%(message)s").format(record)

    assert "ValueError" in told
    assert SECRET not in told


def test_a_feeds_key_stands_in_no_log_and_on_no_page(tmp_path: Path) -> None:
    sources = [{"slug": "paper", "title": "The Paper", "feeds": [FEED]}]
    (tmp_path / "config.yaml").write_text(json.dumps({"sources": sources}))

    done = subprocess.run(
        [sys.executable, "-m", "feedwatch", "-v", "once"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert "feed http://127.0.0.1:9/feed.xml: the address is not public" in done.stderr
    assert SECRET not in done.stdout + done.stderr
    pages = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    assert pages
    assert not [path for path in pages if SECRET.encode() in path.read_bytes()]


@pytest.mark.parametrize(
    ("store", "words"),
    [
        (f"postgresql://feed:{SECRET}@127.0.0.1:1/x", ("status",)),
        (f"postgresql://feed:{SECRET}@127.0.0.1:port/x", ("status",)),
        (f"mysql://feed:{SECRET}@127.0.0.1/x", ("status",)),
        ("sqlite:///x.db", ("store", "copy", "sqlite:///x.db", f"postgresql://feed:{SECRET}@127.0.0.1:1:2/x")),
        ("sqlite:///x.db", ("show", f"https://reader:{SECRET}@news.example/a?token={SECRET}")),
        ("sqlite:///x.db", ("watch", f"https://reader:{SECRET}@news.example/a?token={SECRET}")),
        ("sqlite:///x.db", ("watch", f"https://news.example:port/a?token={SECRET}")),
    ],
)
def test_no_error_tells_a_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: str, words: tuple[str, ...]
) -> None:
    sources = [{"slug": "paper", "title": "The Paper", "feeds": ["https://news.example/feed"]}]
    (tmp_path / "config.yaml").write_text(json.dumps({"sources": sources}))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FEEDWATCH_STORE", store)

    told = CliRunner().invoke(main, words)

    assert told.exit_code in {1, 2, 3}, told.output
    assert "feedwatch: " in told.output
    assert SECRET not in told.output
    assert isinstance(told.exception, SystemExit)
