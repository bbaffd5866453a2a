"""Feeds that every reader takes: valid, stable, and with the difference in the entry."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path, PurePosixPath

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from feedwatch.config import SiteConfig
from feedwatch.model import (
    Change,
    Channel,
    Comparison,
    Event,
    EventKind,
    Facts,
    Grade,
    History,
    Notice,
    Op,
    Row,
    Span,
    State,
)
from feedwatch.showing import paths
from feedwatch.showing.atom import (
    ARCHIVED,
    ENTRIES,
    article_sheet,
    channel_sheet,
    current,
    notice_items,
    whole_feed,
)
from feedwatch.showing.languages import LANGUAGES
from tests import samples

ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
SCHEMA = Path(__file__).parents[2] / "shared" / "tools" / "feeds" / "atom.rng"
TAGS = {"p", "strong", "em", "ins", "del", "a", "ul", "li", "blockquote", "br", "hr"}
ENTRY_LIMIT = 32 * 1024


def build(history: History, comparisons=None, **changes) -> bytes:
    compared = samples.COMPARISONS if comparisons is None else comparisons
    return article_feed(history, compared, samples.SITE.model_copy(update=changes), samples.CREATED)


def entries(feed: bytes) -> list[etree._Element]:
    return etree.fromstring(feed).findall(f"{ATOM}entry")


def text(element: etree._Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def written(entry: etree._Element) -> bytes:
    """As it stands in the document: without the names that the feed around it gives."""
    return re.sub(rb' xmlns:\w+="[^"]*"', b"", etree.tostring(entry, with_tail=False))


@cache
def schema() -> etree.RelaxNG | None:
    return etree.RelaxNG(etree.parse(SCHEMA)) if SCHEMA.exists() else None


class Content(HTMLParser):
    """The tags, links and words of an entry's content, and whether every tag was closed."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.words = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        assert {name for name, _ in attrs} <= {"href", "lang", "dir"}
        self.links += [value for name, value in attrs if name == "href"]
        if tag not in {"br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def check(feed: bytes) -> None:
    """What W3C's validator asks for, and what readers need beyond it."""
    root = etree.fromstring(feed)
    if (rules := schema()) is not None:
        assert rules.validate(root), rules.error_log
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") in LANGUAGES
    ids = [element.text for element in root.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", each) for each in ids)
    feed_links = [link.get("rel") for link in root.findall(f"{ATOM}link")]
    assert [rel for rel in feed_links if rel not in {"hub", "current", "prev-archive", "next-archive"}] == [
        "self",
        "alternate",
    ]
    assert len(feed_links) == len(set(feed_links))
    assert root.find(f"{ATOM}author/{ATOM}name").text
    moments = [text(entry, "updated") for entry in root.findall(f"{ATOM}entry")]
    assert moments == sorted(moments, reverse=True)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment) for moment in moments)
    if moments and root.find(TOMBSTONE) is None:
        assert text(root, "updated").replace("+00:00", "Z") == moments[0]
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\ufffe\uffff]", "".join(root.itertext()))
    for entry in root.findall(f"{ATOM}entry"):
        _check_entry(entry)


def _check_entry(entry: etree._Element) -> None:
    assert len(etree.tostring(entry, encoding="UTF-8")) <= ENTRY_LIMIT
    links = [(link.get("rel"), link.get("type")) for link in entry.findall(f"{ATOM}link")]
    assert len(links) == len(set(links))
    assert links[0] == ("alternate", "text/html")
    assert all(text(entry, name).strip() for name in ("title", "summary", "content", "updated", "published"))
    assert "\n" not in text(entry, "title") + text(entry, "summary")
    assert len(entry.findall(f"{ATOM}author")) == 1
    assert entry.find(f"{ATOM}content").get("type") == "html"
    content = Content(text(entry, "content"))
    assert content.open == []
    assert content.tags <= TAGS
    assert all(link.startswith(("http://", "https://")) for link in content.links)


def article_feed(history: History, compared: dict[int, Comparison], site: SiteConfig, *more: object) -> bytes:
    return dict(whole_feed(article_sheet(history, compared, site, *more), site))[paths.article_feed(history.article.id)]


def notices_feed(channel, source, notices, comparisons, site, created_at) -> bytes:  # type: ignore[no-untyped-def]
    places = [(one.article.id, one.change.to_number if one.change else None) for one in notices]
    items = [
        item
        for notice, place in zip(notices, places, strict=True)
        for item in notice_items(notice, comparisons.get(place), site)
    ]
    sheet = channel_sheet(channel, source, items, site, created_at)
    return dict(current(sheet, 0, samples.SITE))[sheet.path]


# ------------------------------------------------------------------------------------------------- an article's feed


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize(
    "history",
    [samples.flood(), samples.untouched(), samples.removed(), samples.german(), samples.arabic(), samples.japanese()],
    ids=["flood", "untouched", "removed", "german", "arabic", "japanese"],
)
def test_an_articles_feed_is_valid(history, language):
    compared = {1: samples.ARABIC_CHANGE} if len(history.versions) == 2 else samples.COMPARISONS

    check(build(history, compared, language=language))


def test_each_version_has_an_entry_the_newest_first():
    feed = entries(build(samples.flood()))

    assert [text(entry, "title") for entry in feed] == [
        (
            "Correction note added: “Correction: An earlier version of this article left out the statement by Prof "
            "Eileen Munro.”; 1 paragraph added (Prof Eileen Munro) – Forty-one die as river floods Norhaven"
        ),
        (
            "Headline: Fourteen die as river floods Norhaven → Forty-one die as river floods Norhaven; "
            "Figures: 14 → 41, 6,000 → 8,500; Quote added: “acted on every warning it received”"
        ),
        "First seen: Fourteen die as river floods Norhaven",
    ]


def test_an_article_has_a_feed_before_anything_changed():
    feed = entries(build(samples.untouched(), {}))

    assert [text(entry, "title") for entry in feed] == ["First seen: Fourteen die as river floods Norhaven"]


def test_an_article_without_any_version_has_a_valid_feed():
    history = replace(samples.untouched(), versions=())

    feed = build(history, {})

    check(feed)
    assert entries(feed) == []


def test_the_difference_is_in_the_entry_and_survives_the_loss_of_its_tags():
    content = Content(text(entries(build(samples.flood()))[1], "content")).words

    assert "Headline: [-Fourteen-]{+Forty-one+} die as river floods Norhaven" in content
    assert "Changed: At least [-14-]{+41+} people have died" in content
    assert "Removed: [-“We warned the council" in content
    assert "Added: {+The mayor, Tomas Brandeis," in content
    assert "Moved up from below: Power went out in [-6,000-]{+8,500+} homes" in content
    assert (
        "Split into 2 paragraphs: Forecasters expect more rain on Sunday, though less than on Friday night.{+¶+}"
        in content
    )
    assert "Schools in the county" not in content


def test_paragraphs_that_were_joined_are_shown_as_joined():
    content = Content(text(entries(build(samples.german(), {1: samples.GERMAN_CHANGE}))[0], "content")).words

    assert "2 paragraphs joined:" in content
    assert "Die Brücke soll 14 Millionen Euro kosten.[-¶-] Gebaut würde ab dem Frühjahr." in content


def test_the_summary_alone_tells_the_change_as_plain_text():
    summary = text(entries(build(samples.flood()))[1], "summary")

    assert summary.startswith(
        "Headline: Fourteen die as river floods Norhaven → Forty-one die as river floods Norhaven. "
        "Figures: 14 → 41, 6,000 → 8,500. "
    )
    assert "2 paragraphs removed (Prof Eileen Munro)." in summary


def test_an_entry_links_to_its_pair_and_to_the_article_and_names_grades_and_source():
    entry = entries(build(samples.flood()))[0]

    assert [dict(link.attrib) for link in entry.findall(f"{ATOM}link")] == [
        {
            "rel": "alternate",
            "href": "https://notes.example/articles/3f/3f9c2ab417de5508/1-2.html",
            "type": "text/html",
        },
        {"rel": "related", "href": "https://courier.example/news/flood", "type": "text/html"},
    ]
    assert [term.get("term") for term in entry.findall(f"{ATOM}category")] == ["correction", "paragraphs added"]
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Norhaven Courier"
    assert text(entry, "updated") == text(entry, "published") == "2031-05-04T08:02:11Z"


def test_text_of_another_language_says_so():
    content = text(entries(build(samples.arabic(), {1: samples.ARABIC_CHANGE}))[0], "content")

    assert '<blockquote lang="ar" dir="rtl"><p>' in content


def test_ids_do_not_depend_on_address_output_language_or_title():
    first = build(samples.flood())
    retitled = replace(
        samples.flood(), article=replace(samples.ARTICLE, title="Something else", url="https://b.example/")
    )

    moved = build(retitled, base_url="http://elsewhere.example/x/", output=Path("other"), language="fr", title="Autre")

    identify = re.compile(rb"urn:uuid:[0-9a-f-]+")
    assert identify.findall(moved) == identify.findall(first)


def test_an_entry_is_never_edited_when_more_is_known_later():
    early = replace(samples.flood(), versions=samples.flood().versions[:2], changes=samples.flood().changes[:1])
    later = replace(samples.flood(), article=replace(samples.ARTICLE, state=State.DONE, title="New title", checks=99))

    before, after = entries(build(early)), entries(build(later))

    assert [written(entry) for entry in after[1:]] == [written(entry) for entry in before]


def test_what_is_removed_and_restored_gets_an_entry_of_its_own():
    feed = entries(build(samples.removed()))

    assert text(feed[0], "title") == "Removed: Forty-one die as river floods Norhaven"
    assert text(feed[0], "summary").startswith("The article was removed from its site")
    assert len(feed) == 4


def test_every_kind_of_event_is_told():
    events = tuple(
        Event(samples.ARTICLE.id, n, kind, samples.SEEN + timedelta(days=n + 2), "https://courier.example/new")
        for n, kind in enumerate(EventKind)
    )

    feed = build(replace(samples.flood(), events=events))

    check(feed)
    assert len(entries(feed)) == 3 + len(EventKind)
    assert b'href="https://courier.example/new"' in feed.replace(b"&lt;", b"<").replace(b"&gt;", b">")


def withdrawn() -> History:
    history = samples.flood()
    at = samples.SEEN + timedelta(days=2)
    last = replace(history.versions[2], withdrawn_at=at, withdrawn_because="a notice of the site, not the article's")
    event = Event(samples.ARTICLE.id, 0, EventKind.WITHDRAWN, at, "2", frozenset({Channel.EVERYTHING}))
    return replace(history, versions=(*history.versions[:2], last), events=(event,))


def test_a_withdrawn_version_leaves_a_tombstone_and_an_entry_that_says_so():
    feed = build(withdrawn())

    check(feed)
    root = etree.fromstring(feed)
    assert text(root.find(f"{ATOM}entry"), "title").startswith("Withdrawn: version 2 of")
    tombstones = root.findall(TOMBSTONE)
    assert [dead.get("ref") for dead in tombstones] == [text(entries(build(samples.flood()))[0], "id")]
    assert tombstones[0].get("when") == "2031-05-05T10:02:11Z"
    assert text(root, "updated") == "2031-05-05T10:02:11+00:00"


def test_an_article_that_was_taken_down_says_nothing_any_more():
    history = replace(samples.flood(), article=replace(samples.ARTICLE, state=State.HIDDEN))

    feed = build(history)

    check(feed)
    assert entries(feed) == []
    assert b"Munro" not in feed


def test_a_channel_can_be_asked_for():
    feed = article_feed(samples.flood(), samples.COMPARISONS, samples.SITE, samples.CREATED, Channel.HEADLINES)

    assert [text(entry, "title").partition(":")[0] for entry in entries(feed)] == ["Headline", "First seen"]


def test_an_articles_events_are_in_its_own_feed_whatever_its_changes_are_chosen_by():
    feed = article_feed(samples.removed(), samples.COMPARISONS, samples.SITE, samples.CREATED, Channel.HEADLINES)

    assert [text(entry, "title").partition(":")[0] for entry in entries(feed)] == ["Removed", "Headline", "First seen"]


def test_only_the_newest_entries_of_a_live_page_are_carried():
    assert len(entries(build(live(ENTRIES + 50)))) == ENTRIES


# ------------------------------------------------------------------------------------------------- long and hostile


def long_comparison(paragraphs: int, words: str) -> Comparison:
    rows = tuple(
        Row(Op.REPLACE, (n,), (n,), (Span(Op.EQUAL, words), Span(Op.DELETE, words), Span(Op.INSERT, words + "!")))
        for n in range(paragraphs)
    )
    return Comparison(Row(Op.EQUAL, (0,), (0,), (Span(Op.EQUAL, words),)), None, rows)


@pytest.mark.parametrize(
    "words", ["rain fell on the town & <county> ", "洪水" * 40, "&" * 300, "x" * 200_000], ids=range(4)
)
@pytest.mark.parametrize("paragraphs", [1, 400])
def test_a_long_difference_shows_its_beginning_and_counts_the_rest(words, paragraphs):
    feed = build(samples.flood(), {1: long_comparison(paragraphs, words), 2: samples.SECOND_CHANGE})

    check(feed)
    content = Content(text(entries(feed)[1], "content")).words
    if paragraphs == 400:
        counted = re.search(r"(\d+) more changes are on the page side by side\.", content)
        assert content.count("Changed:") + int(counted[1]) == 400
    else:
        assert "[-" in content or "1 more change is on the page side by side." in content


def test_around_a_change_in_a_long_paragraph_there_is_enough_to_understand_it():
    before, after = "The first of many sentences. " * 60, " And then it went on and on. " * 60
    spans = (
        Span(Op.EQUAL, before + "At least "),
        Span(Op.DELETE, "14"),
        Span(Op.INSERT, "41"),
        Span(Op.EQUAL, " died." + after),
    )
    comparison = Comparison(samples.SECOND_CHANGE.title, None, (Row(Op.REPLACE, (0,), (0,), spans),))

    content = Content(text(entries(build(samples.flood(), {1: comparison, 2: comparison}))[1], "content")).words

    hunk = next(line for line in content.split("\n") if line.startswith("Changed:") and "[-" in line)
    assert "of many sentences. At least [-14-]{+41+} died. And then it went on" in hunk
    assert hunk.startswith("Changed: … ")
    assert hunk.endswith(" …")
    assert 250 < len(hunk) < 450


@pytest.mark.parametrize("bad", samples.HOSTILE, ids=range(len(samples.HOSTILE)))
def test_hostile_words_are_harmless_text(bad):
    history, comparison = samples.hostile(bad), samples.hostile_comparison(bad)
    compared = {(history.article.id, number): comparison for number in (1, 2)}

    alone = build(history, {1: comparison, 2: comparison})
    among = notices_feed(
        Channel.EVERYTHING, history.source, samples.notices(history), compared, samples.SITE, samples.CREATED
    )

    for feed in (alone, among):
        check(feed)
        assert b"javascript:alert(1)//" not in re.sub(rb"<(?:summary|content|title)[^>]*>[^<]*<", b"", feed)


@given(st.lists(st.text(max_size=60), min_size=4, max_size=4))
@settings(max_examples=60, deadline=None)
def test_any_text_at_all_makes_a_valid_feed(parts):
    old, kept, new, title = parts
    rows = (Row(Op.REPLACE, (0,), (0,), (Span(Op.EQUAL, kept), Span(Op.DELETE, old), Span(Op.INSERT, new))),)
    comparison = Comparison(Row(Op.REPLACE, (0,), (0,), (Span(Op.DELETE, old), Span(Op.INSERT, title))), None, rows)
    facts = Facts((Grade.HEADLINE, Grade.FIGURES), figures=((old, new),))
    history = samples.small(samples.COURIER, samples.GERMAN_CHANGE, 9, "en", facts)

    check(build(history, {1: comparison}))


# ------------------------------------------------------------------------------------------------- feeds of many


def news() -> list[Notice]:
    found = [
        notice
        for history in (samples.removed(), samples.german(), samples.arabic())
        for notice in samples.notices(history)
    ]
    return sorted(found, key=lambda notice: notice.at, reverse=True)


def compared() -> dict[tuple[str, int], Comparison]:
    found = {(samples.ARTICLE.id, number): comparison for number, comparison in samples.COMPARISONS.items()}
    return found | {
        (samples.german().article.id, 1): samples.GERMAN_CHANGE,
        (samples.arabic().article.id, 1): samples.ARABIC_CHANGE,
    }


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("source", [None, samples.COURIER], ids=["all", "courier"])
def test_feeds_of_channels_are_valid_full_and_empty(channel, source):
    for notices in (news(), []):
        feed = notices_feed(channel, source, notices, compared(), samples.SITE, samples.CREATED)

        check(feed)
        assert len(entries(feed)) == len(notices)


def test_every_channel_of_every_source_has_an_id_of_its_own():
    feeds = [
        notices_feed(channel, source, [], {}, samples.SITE, samples.CREATED)
        for channel in Channel
        for source in (None, samples.COURIER, samples.ABENDPOST)
    ]

    assert len({text(etree.fromstring(feed), "id") for feed in feeds}) == len(feeds)


def test_an_entry_is_the_same_in_every_feed_that_carries_it():
    notices = samples.notices(samples.flood())
    among = notices_feed(Channel.CHANGES, samples.COURIER, notices, compared(), samples.SITE, samples.CREATED)

    alone = entries(build(samples.flood()))[:2]
    assert [written(entry) for entry in entries(among)] == [written(entry) for entry in alone]


def test_an_events_entry_keeps_its_headline_when_the_article_gets_another():
    history = samples.removed()
    retitled = replace(history, article=replace(history.article, title="Something else"))

    feeds = [
        notices_feed(Channel.REMOVALS, None, samples.notices(told)[:1], {}, samples.SITE, samples.CREATED)
        for told in (history, retitled)
    ]

    assert written(entries(feeds[0])[0]) == written(entries(feeds[1])[0]) == written(entries(build(history))[0])


def test_an_event_before_any_version_is_told_with_the_address():
    history = samples.removed()
    early = replace(history, versions=(), changes=())

    assert text(entries(build(early))[0], "title") == "Removed: https://courier.example/news/flood"


def test_hidden_articles_are_left_out_and_withdrawn_changes_are_tombstones():
    hidden = [
        replace(notice, article=replace(notice.article, state=State.HIDDEN))
        for notice in samples.notices(samples.flood())
    ]
    feed = notices_feed(
        Channel.EVERYTHING, None, hidden + samples.notices(withdrawn()), compared(), samples.SITE, samples.CREATED
    )

    check(feed)
    root = etree.fromstring(feed)
    assert len(root.findall(TOMBSTONE)) == 1
    assert [text(entry, "title").partition(":")[0] for entry in root.findall(f"{ATOM}entry")] == [
        "Withdrawn",
        "Headline",
    ]


def test_a_feed_without_entries_is_as_old_as_the_store():
    feed = notices_feed(Channel.SILENT, None, [], {}, samples.SITE, samples.CREATED)

    assert text(etree.fromstring(feed), "updated") == "2031-03-01T08:00:00+00:00"


def test_times_of_other_zones_and_with_microseconds_are_written_in_utc():
    created = datetime(2031, 3, 1, 8, 0, 0, 123456, tzinfo=UTC)

    feed = notices_feed(Channel.SILENT, None, [], {}, samples.SITE, created)

    assert text(etree.fromstring(feed), "updated") == "2031-03-01T08:00:00+00:00"


def test_feedparser_reads_it_all_back():
    parsed = feedparser.parse(BytesIO(build(samples.flood())))

    assert not parsed.bozo
    assert parsed.feed.title == "Changes: Forty-one die as river floods Norhaven"
    assert [entry.link for entry in parsed.entries] == [
        "https://notes.example/articles/3f/3f9c2ab417de5508/1-2.html",
        "https://notes.example/articles/3f/3f9c2ab417de5508/0-1.html",
        "https://notes.example/articles/3f/3f9c2ab417de5508/index.html",
    ]
    assert "<del>[-14-]</del><ins>{+41+}</ins>" in parsed.entries[1].content[0].value
    assert {entry.author_detail.name for entry in parsed.entries} == {"Norhaven Courier"}


# ------------------------------------------------------------------------------------------------- archives, JSON


def links(document: bytes, rel: str) -> list[str]:
    return [link.get("href") for link in etree.fromstring(document).findall(f"{ATOM}link[@rel='{rel}']")]


def live(changes: int) -> History:
    """An article with so many changes, a minute apart."""
    history = samples.flood()
    told = tuple(
        Change(samples.ARTICLE.id, n, n + 1, samples.SEEN + timedelta(minutes=n + 1), None, Facts((Grade.WORDING,)))
        for n in range(changes)
    )
    versions = [replace(history.versions[0], number=n) for n in range(changes + 1)]
    return replace(history, changes=told, versions=tuple(versions))


@pytest.mark.parametrize("changes", [0, 98, 99, 100, 149, 150, 260])
def test_no_change_ever_falls_off_the_end_of_a_feed(changes):
    files = dict(whole_feed(article_sheet(live(changes), {}, samples.SITE, samples.CREATED), samples.SITE))
    address = paths.url(samples.SITE.base_url, paths.article_feed(samples.ARTICLE.id))

    found, seen, step = set(), [], address
    while step:
        document = files[PurePosixPath(step.removeprefix(samples.SITE.base_url))]
        check(document)
        found |= {text(entry, "id") for entry in entries(document)}
        seen.append(step)
        step = next(iter(links(document, "prev-archive")), None)

    assert len(found) == changes + 1
    assert len(seen) == len([path for path in files if path.suffix == ".atom"])
    assert {text(etree.fromstring(files[path]), "id") for path in files if path.suffix == ".atom"} == {
        text(etree.fromstring(files[paths.article_feed(samples.ARTICLE.id)]), "id")
    }


def test_an_archive_never_changes_once_there_is_a_next_one():
    early, later = (
        dict(whole_feed(article_sheet(live(n), {}, samples.SITE, samples.CREATED), samples.SITE)) for n in (220, 290)
    )
    here = paths.article_feed(samples.ARTICLE.id)
    first, second = (paths.archive(here, number) for number in (1, 2))

    assert early[first] == later[first]
    assert links(later[first], "next-archive") == [paths.url(samples.SITE.base_url, second)]
    assert links(later[first], "current") == [paths.url(samples.SITE.base_url, here)]
    assert etree.fromstring(later[first]).find(f"{HISTORY}archive") is not None
    assert len(entries(later[first])) == ARCHIVED


def test_a_feed_that_holds_everything_says_so():
    files = dict(whole_feed(article_sheet(samples.flood(), {}, samples.SITE, samples.CREATED), samples.SITE))

    assert sorted(path.name for path in files) == ["changes.atom", "changes.json"]
    assert etree.fromstring(files[paths.article_feed(samples.ARTICLE.id)]).find(f"{HISTORY}complete") is not None


def test_the_json_form_says_what_the_atom_form_says():
    files = dict(
        whole_feed(article_sheet(samples.removed(), samples.COMPARISONS, samples.SITE, samples.CREATED), samples.SITE)
    )
    path = paths.article_feed(samples.ARTICLE.id)
    atom, feed = files[path], json.loads(files[paths.json_feed(path)])

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (links(atom, "alternate"), links(atom, "self")) == (
        [feed["home_page_url"]],
        [feed["feed_url"].replace(".json", ".atom")],
    )
    assert [item["id"] for item in feed["items"]] == [text(entry, "id") for entry in entries(atom)]
    assert [item["content_html"] for item in feed["items"]] == [text(entry, "content") for entry in entries(atom)]
    assert feed["items"][1]["tags"] == ["correction", "paragraphs added"]
    assert feed["items"][0]["external_url"] == "https://courier.example/news/flood"


@pytest.mark.parametrize("bad", samples.HOSTILE, ids=range(len(samples.HOSTILE)))
def test_the_json_form_holds_nothing_hostile(bad):
    history, comparison = samples.hostile(bad), samples.hostile_comparison(bad)
    sheet = article_sheet(history, {1: comparison, 2: comparison}, samples.SITE, samples.CREATED)

    feed = json.loads(dict(whole_feed(sheet, samples.SITE))[paths.json_feed(sheet.path)].decode("utf-8"))

    for item in feed["items"]:
        content = Content(item["content_html"])
        assert content.tags <= TAGS
        assert all(link.startswith(("http://", "https://")) for link in content.links)
        assert not set(item["title"] + item["summary"]) & set("\x00\x07\x1b\u202e\u2066\ufffe\n")


def test_a_hub_is_named_in_both_forms():
    site = samples.SITE.model_copy(update={"hub": "https://hub.example/publish"})
    sheet = article_sheet(samples.flood(), samples.COMPARISONS, site, samples.CREATED)

    files = dict(whole_feed(sheet, site))

    assert links(files[sheet.path], "hub") == ["https://hub.example/publish"]
    assert json.loads(files[paths.json_feed(sheet.path)])["hubs"][0]["url"] == "https://hub.example/publish"
