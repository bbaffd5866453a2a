"""Whole pages, written by hand in as many layouts as there are ways to publish: each edit is told, as one row.

In `tests/pages`, `{{old||new}}` is an edit, `[[one~~other]]` is what the page changes by itself, `[[REL]]`, `[[N]]`,
`[[AGO]]` and `[[TOK]]` are links to other stories, a count, an age and a token.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from feedwatch.model import KeptPage, Op, Row, SiteRule
from feedwatch.reading.page import read_new, read_page
from feedwatch.running.judge import judge

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
URL = "https://coast.example/2026/a-story"
_EDIT = re.compile(r"\{\{(.*?)\|\|(.*?)\}\}", re.DOTALL)
_CHURN = re.compile(r"\[\[(.*?)~~(.*?)\]\]", re.DOTALL)
_STORIES = (
    ("Train drivers to vote on new pay offer", "Painter wins national arts prize", "Storm warning for western coast"),
    ("Court rules against mining company", "Village fights to save its only pub", "Champions held to a draw at home"),
)


def kept(source: str, edit: int | None, look: int) -> KeptPage:
    """The page with its `edit`-th edit done, or none, as it is at the first or second look."""
    edits = iter(range(len(_EDIT.findall(source))))
    markup = _EDIT.sub(lambda found: found[2] if next(edits) == edit else found[1], source)
    markup = markup.replace(
        "[[REL]]", "".join(f'<li><a href="/{look}{title[0]}">{title}</a></li>' for title in _STORIES[look])
    )
    markup = markup.replace("[[N]]", str(120 + 37 * look)).replace("[[AGO]]", f"{3 + look} hours ago")
    markup = _CHURN.sub(lambda found: found[1 + look], markup.replace("[[TOK]]", f"x{7919 * look + 13:x}"))
    return KeptPage(markup.encode(), "text/html; charset=utf-8", URL)


def told(source: str, edit: int | None, look: int) -> list[Row]:
    old, new = kept(source, None, 0), kept(source, edit, look)
    last = read_page(old.body, old.content_type, URL, SiteRule()).text
    comparison = judge(old, last, new, SiteRule(), frozenset()).comparison
    rows = (comparison.title, comparison.standfirst, *comparison.rows)
    return [row for row in rows if row and row.op is not Op.EQUAL]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_edit_is_told_once_and_nothing_else(path: Path) -> None:
    source = path.read_text("utf-8")

    assert told(source, None, 1) == []
    for edit, (before, after) in enumerate(_EDIT.findall(source)):
        for look in (0, 1):
            assert len(told(source, edit, look)) == 1, f"{before} -> {after}, at look {look}"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_edit_hides_behind_the_imprint(path: Path) -> None:
    source = path.read_text("utf-8")
    old = kept(source, None, 0)
    imprint = read_page(old.body, old.content_type, URL, SiteRule()).imprint

    for edit, (before, after) in enumerate(_EDIT.findall(source)):
        page = read_new(kept(source, edit, 0), SiteRule(), None, imprint)[1]
        assert page is not None, f"{before} -> {after}"
