"""A reader imports every feed at once, grouped."""

from dataclasses import replace

import pytest
from lxml import etree

from feedwatch.model import Channel, Source, State
from feedwatch.showing.opml import opml
from tests import samples


def test_the_overall_feeds_come_first_then_each_sources():
    tree = etree.fromstring(opml([samples.COURIER, samples.ABENDPOST], samples.SITE))

    groups = tree.findall("body/outline")
    assert [group.get("text") for group in groups] == ["Margin Notes", "Norhaven Courier", "Lindenauer Abendpost"]
    assert [len(group) for group in groups] == [len(Channel) + 2] * 3
    assert [outline.get("xmlUrl").rpartition("/")[2] for outline in groups[0]][-2:] == ["daily.atom", "status.atom"]
    assert [outline.get("xmlUrl").rpartition("/")[2] for outline in groups[1]][-2:] == ["daily.atom", "articles.atom"]
    assert groups[1][-2].get("xmlUrl") == "https://notes.example/sources/norhaven-courier/daily.atom"
    assert groups[0][0].get("type") == "rss"
    assert groups[1][1].get("xmlUrl") == "https://notes.example/sources/norhaven-courier/changes.atom"
    assert groups[1][1].get("htmlUrl") == "https://notes.example/sources/norhaven-courier/index.html"


def test_articles_stand_under_their_source_unless_they_were_taken_down():
    hidden = replace(samples.ARTICLE, id="0" * 16, state=State.HIDDEN)

    tree = etree.fromstring(opml([samples.COURIER, samples.ABENDPOST], samples.SITE, [samples.ARTICLE, hidden]))

    addresses = [outline.get("xmlUrl") for outline in tree.findall("body/outline[2]/outline")]
    assert addresses[len(Channel) + 2 :] == ["https://notes.example/articles/3f/3f9c2ab417de5508/changes.atom"]


@pytest.mark.parametrize("bad", samples.HOSTILE, ids=range(len(samples.HOSTILE)))
def test_hostile_titles_are_text(bad):
    tree = etree.fromstring(
        opml([Source("bad", bad)], samples.SITE, [replace(samples.ARTICLE, source="bad", title=bad)])
    )

    assert all(outline.get("text") for outline in tree.iter("outline"))
