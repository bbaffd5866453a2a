"""The feeds of days and of articles as found: valid, bounded, and harmless whatever a source says."""

from __future__ import annotations

from datetime import datetime

import pytest
from lxml import etree

from feedwatch.model import Article, Notice, Source
from feedwatch.showing.atom import current
from feedwatch.showing.overviews import NAMED, Day, daily_sheet, mirror_sheet
from tests import samples
from tests.test_atom import ATOM, Content, check, text

MIDNIGHT = samples.SEEN.replace(hour=0, minute=0, second=0)


def day(*notices: Notice, changes: int = 0, start: datetime = MIDNIGHT) -> Day:
    return Day(start, notices, changes or len(notices))


def daily(*days: Day, source: Source | None = None) -> bytes:
    sheet = daily_sheet(source, days, samples.SITE, samples.CREATED)
    return dict(current(sheet, 0, samples.SITE))[sheet.path]


def mirror(source: Source, *articles: Article) -> bytes:
    sheet = mirror_sheet(source, articles, samples.SITE, samples.CREATED)
    return dict(current(sheet, 0, samples.SITE))[sheet.path]


def test_a_day_names_its_changes_and_counts_the_rest():
    notices = samples.notices(samples.flood())

    feed = daily(day(*notices, changes=len(notices) + 7))

    check(feed)
    entry = etree.fromstring(feed).find(f"{ATOM}entry")
    content = Content(text(entry, "content"))
    assert "Forty-one die as river floods Norhaven" in content.words
    assert "7 more" in content.words


@pytest.mark.parametrize("bad", ["<" * 300, "洪水" * 150, "&" * 300])
def test_a_day_full_of_long_headlines_stays_within_the_limit(bad):
    notices = samples.notices(samples.hostile(bad))
    many = (notices * NAMED)[:NAMED]

    feed = daily(day(*many, changes=500))

    check(feed)
    words = Content(text(etree.fromstring(feed).find(f"{ATOM}entry"), "content")).words
    named = words.count("\n") - 1
    assert 5 < named < NAMED
    assert f"and {500 - named + 1} more" in words


@pytest.mark.parametrize("bad", samples.HOSTILE, ids=range(len(samples.HOSTILE)))
def test_hostile_words_are_harmless_text(bad):
    history = samples.hostile(bad)
    notices = samples.notices(history)

    for feed in (
        daily(day(*notices)),
        daily(day(*notices), source=history.source),
        mirror(history.source, history.article),
    ):
        check(feed)
        assert b'"javascript:' not in feed
        assert b"=javascript:" not in feed
