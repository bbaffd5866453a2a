"""Paths are made of ids and slugs only and never leave the site."""

from dataclasses import replace
from pathlib import PurePosixPath

import pytest

from feedwatch.model import Channel
from feedwatch.showing import paths
from tests import samples

ID = "3f9c2ab417de5508"


def test_everything_has_its_place():
    assert [
        str(path)
        for path in (
            paths.article_page(ID),
            paths.article_feed(ID),
            paths.pair_page(ID, 2, 3),
            paths.source_page("courier"),
            paths.channel_feed(Channel.CHANGES),
            paths.channel_feed(Channel.SILENT, "courier"),
            paths.OPML,
        )
    ] == [
        f"articles/3f/{ID}/index.html",
        f"articles/3f/{ID}/changes.atom",
        f"articles/3f/{ID}/2-3.html",
        "sources/courier/index.html",
        "changes.atom",
        "sources/courier/silent.atom",
        "feeds.opml",
    ]


@pytest.mark.parametrize("bad", ["", "..", "../../etc", "a/b", "AB" * 8, "x" * 65, "3f9c\n", "3f9c2ab417de550\u0661"])
def test_what_is_not_an_id_has_no_path(bad):
    with pytest.raises(ValueError, match="not an article id"):
        paths.article_page(bad)


@pytest.mark.parametrize("bad", ["", "..", "a/b", "-a", "A", "a" * 64, "a\n"])
def test_what_is_not_a_slug_has_no_path(bad):
    with pytest.raises(ValueError, match="not a source's slug"):
        paths.source_page(bad)


@pytest.mark.parametrize("base", ["https://notes.example/watch", "https://notes.example/watch/"])
def test_addresses_hang_below_the_base(base):
    assert paths.url(base, paths.INDEX) == "https://notes.example/watch/index.html"


@pytest.mark.parametrize(
    ("base", "link"),
    [
        ("https://notes.example/", "/index.html"),
        ("https://notes.example/a/b", "/a/b/index.html"),
        ("//x//", "/index.html"),
    ],
)
def test_a_page_shown_at_any_address_links_from_the_root(base, link):
    assert paths.from_root(base, paths.INDEX) == link


def test_links_between_pages_are_relative():
    page = paths.article_page(ID)

    assert paths.relative(paths.STYLE, page) == "../../../assets/style.css"
    assert paths.relative(paths.article_feed(ID), page) == "changes.atom"
    assert paths.relative(page, paths.INDEX) == str(page)
    assert paths.relative(PurePosixPath("changes.atom"), paths.source_page("courier")) == "../../changes.atom"


def test_each_change_has_a_page_and_so_has_first_to_last():
    assert paths.pairs(samples.flood()) == [(0, 1), (1, 2), (0, 2)]
    assert paths.pairs(samples.german()) == [(0, 1)]
    assert paths.pairs(samples.untouched()) == []


def test_a_withdrawn_version_has_no_page():
    history = samples.flood()
    last = replace(history.versions[2], withdrawn_at=samples.SEEN)

    assert paths.pairs(replace(history, versions=(*history.versions[:2], last))) == [(0, 1)]
