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
from feedwatch.discreet import discreet, without_keys
from feedwatch.model import Fetched
from feedwatch.showing.paths import article_page
from tests.internet import BODY, SITE, Newspaper, hours, newspaper_config, page

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
        ("'htp://a.example/f?token=s' is no address", "'htp://a.example/f' is no address"),
        ("'a.example/f?token=s': no such article", "'a.example/f': no such article"),
        ("https://a.example/f?a=b c&key=s; see there", "https://a.example/f c&key=...; see there"),
        ("https://reader:p/w@a.example/f", "https://a.example/f"),
        ("https://a.example:8080/@desk/f", "https://a.example:8080/@desk/f"),
        ("user=feed password=s host=db", "user=feed password=... host=db"),
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


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://a.example/b?id=7&token=s&page=2", "https://a.example/b?id=7&page=2"),
        ("https://a.example/b?access_token=s#top", "https://a.example/b#top"),
        ("https://a.example/b?ID=7;Api-Key=s", "https://a.example/b?ID=7"),
        ("https://a.example/b?X-Amz-Signature=s&X-Amz-Credential=s", "https://a.example/b"),
        ("https://a.example/b?%74oken=s&sig=s&pwd=s", "https://a.example/b"),
        ("https://a.example/b#/story?session=s", "https://a.example/b#/story"),
        ("https://a.example/b?user[password]=s&amp;key=s", "https://a.example/b?amp"),
        ("https://a.example/b?a=1&&b=?&sid=20/1&key&author=x", "https://a.example/b?a=1&&b=?&sid=20/1&key&author=x"),
        ("https://a.example/token=s/b?", "https://a.example/token=s/b?"),
        ("", ""),
    ],
)
def test_a_link_loses_its_keys_and_leads_to_the_article_all_the_same(url: str, told: str) -> None:
    assert without_keys(url) == told


def test_keys_in_an_articles_addresses_stand_nowhere_in_the_site(tmp_path: Path) -> None:
    paper = Newspaper(tmp_path, newspaper_config(tmp_path))
    there = f"{SITE}/news/7?id=7&access_token={SECRET}"
    linked = f"/news/ferry-fire?id=7&token={SECRET}"
    claimed = f"{SITE}/news/ferry-fire?apikey={SECRET}"
    try:
        for dead in (14, 15, 16, 17):
            paper.publishes(linked, title=f"{dead} die in ferry fire")
            text = page(f"{dead} die in ferry fire", BODY, canonical=claimed)
            paper.serves(linked, Fetched(there, text.encode(), "text/html; charset=utf-8", moved_to=there))
            paper.tick(after=hours(9))

        assert "moved" in paper.events(linked)
        site = tmp_path / "site"
        told = [path for path in site.rglob("*") if path.is_file()]
        assert f'href="{SITE}/news/7?id=7"' in (site / article_page(paper.article(linked).id)).read_text("utf-8")
        assert [path for path in told if SECRET in path.read_text("utf-8", "replace")] == []
    finally:
        paper.close()


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
    "feed",
    [
        f"htp://news.example/f?token={SECRET}",
        f"https://reader:p/{SECRET}@news.example/f",
        f"https://news.example/f?a=b c&key={SECRET}",
    ],
)
def test_no_fault_of_a_config_tells_a_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, feed: str) -> None:
    sources = [{"slug": "paper", "title": "The Paper", "feeds": [feed]}]
    (tmp_path / "config.yaml").write_text(json.dumps({"sources": sources}))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FEEDWATCH_OUTPUT", f"s3://AKIA:{SECRET}@bucket/x")

    told = CliRunner().invoke(main, ["config", "check"])

    assert told.exit_code == 2
    assert "sources[0].feeds[0]" in told.output
    assert SECRET not in told.output


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
        ("sqlite:///x.db", ("hide", f"news.example/a?token={SECRET}")),
        ("sqlite:///x.db", ("feed", f"https://reader:p/{SECRET}@news.example/a")),
        (f"postgresql://127.0.0.1:1/x?user=feed&password={SECRET}", ("status",)),
        (f"sqlite:///no-folder/x.db?key={SECRET}", ("status",)),
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


@pytest.mark.parametrize("piece", ["a", "https://", "://a:", "=https://", "?a=", "&", "a@://"])
def test_hostile_text_is_gone_over_once(piece: str) -> None:
    assert len(discreet(piece * 40_000)) <= 10_003
    assert without_keys(f"https://paper.example/?token=1{piece * 4_000}&x").endswith("x")
