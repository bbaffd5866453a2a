"""The demo newsroom: served over real sockets, furniture that never stands still, edits at their time."""

from __future__ import annotations

import html
import http.client
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from urllib.parse import urlsplit

import feedparser
import pytest

from feedwatch.demo.edits import Edit, Mask, Rival, Standing, curl, standing
from feedwatch.demo.invent import generate
from feedwatch.demo.newsroom import Newsroom
from feedwatch.demo.script import LENGTH, SCRIPT, START
from feedwatch.demo.simulation import LONGEST
from feedwatch.demo.stories import Story, load_stories, parse_span
from feedwatch.judging.schedule import Policy, expected_wait
from feedwatch.model import Article, BlockKind, EventKind, Grade, Text

STORIES = {story.slug: story for story in load_stories()}
HOUR = timedelta(hours=1)
END = START + LENGTH


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def words(self) -> str:
        """The page's text without markup, scripts and styles."""
        shown = re.sub(r"(?s)<(script|style|title)\b.*?</\1>|<!--.*?-->", " ", self.body.decode())
        return html.unescape(re.sub(r"<[^>]+>", "", shown))


def get(url: str, **headers: str) -> Answer:
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.netloc, timeout=20)
    try:
        connection.request(
            "GET", f"{address.path}?{address.query}", headers={k.replace("_", "-"): v for k, v in headers.items()}
        )
        response = connection.getresponse()
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
    finally:
        connection.close()


def shows(page: Answer, text: Text) -> bool:
    return all(line in page.words for line in (text.title, text.standfirst, *text.paragraphs))


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with Newsroom() as running:
        yield running


# ---------------------------------------------------------------------------------------------------------- pages


@pytest.mark.parametrize("after", [timedelta(hours=9), timedelta(days=3), LENGTH])
def test_every_article_is_served_with_the_words_of_its_time(newsroom: Newsroom, after: timedelta) -> None:
    now = START + after
    newsroom.set_time(now)

    for slug, story in STORIES.items():
        page = get(newsroom.address(slug, now))

        stands = standing(story, SCRIPT, after)
        out = story.published <= after
        assert page.status == (stands.status if out else 404)
        assert shows(page, newsroom.text(slug, now)) == (out and stands.status == 200)


@pytest.mark.parametrize("slug", ["ferry-fire", "werft-insolvenz"])
@pytest.mark.parametrize("days", [0, 8])
def test_the_furniture_differs_at_every_request_and_the_article_does_not(
    newsroom: Newsroom, slug: str, days: int
) -> None:
    newsroom.set_time(START + timedelta(days=days))

    pages = [get(newsroom.address(slug)) for _ in range(5)]

    assert len({page.body for page in pages}) == 5
    assert len({page.words for page in pages}) == 5
    assert all(shows(page, newsroom.text(slug, START + timedelta(days=days))) for page in pages)
    assert all(25_000 < len(page.body) < 70_000 for page in pages)


def test_pages_carry_what_news_pages_carry_for_machines(newsroom: Newsroom) -> None:
    address = newsroom.address("hospital-beds")

    page = get(address).body.decode()

    facts = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)[0])
    assert facts["headline"] == STORIES["hospital-beds"].text.title
    assert facts["datePublished"] == "2026-03-02T03:00:00Z"
    assert f'<link rel="canonical" href="{address}">' in page
    assert f'<meta property="og:title" content="{facts["headline"]}">' in page


def test_an_edit_shows_from_its_time_on_and_moves_the_date_of_modification(newsroom: Newsroom) -> None:
    address, minute = newsroom.address("ferry-fire"), timedelta(minutes=1)
    edited = START + timedelta(hours=1, minutes=10)

    newsroom.set_time(edited - minute)
    before = get(address)
    newsroom.set_time(edited)
    after = get(address)

    assert "14 people still in hospital" in before.words
    assert "41 people still in hospital" in after.words
    assert b'"dateModified": "2026-03-02T05:20:00Z"' in before.body
    assert b'"dateModified": "2026-03-02T07:10:00Z"' in after.body


def test_a_silent_edit_leaves_the_date_of_modification(newsroom: Newsroom) -> None:
    newsroom.set_time(START + timedelta(hours=6))

    page = get(newsroom.address("werft-insolvenz"))

    assert "jeden Antrag sorgfältig prüfen" in page.words
    assert b'"dateModified": "2026-03-02T04:00:00Z"' in page.body


def test_an_article_with_two_addresses_names_one_of_them(newsroom: Newsroom) -> None:
    newsroom.set_time(START + 3 * HOUR)
    address = newsroom.address("swing-bridge")
    base = newsroom.outlets[0].base_url

    page = get(f"{base}/business/swing-bridge-10236")

    assert shows(page, STORIES["swing-bridge"].text)
    assert f'<link rel="canonical" href="{address}">'.encode() in page.body


def test_gone_missing_moved_and_walled_articles_answer_so(newsroom: Newsroom) -> None:
    seals, mayor = newsroom.address("seal-pups"), newsroom.address("mayor-expenses")

    newsroom.set_time(START + timedelta(hours=3, minutes=50))
    assert get(seals).status == 404
    newsroom.set_time(START + 5 * HOUR)
    walled = get(seals)
    newsroom.set_time(START + timedelta(days=2))
    moved = get(seals)

    assert walled.status == 200
    assert "Before you continue" in walled.words
    assert "sands below Gannet Head" not in walled.words
    assert moved.status == 301
    assert get(moved.headers["location"]).status == 200
    assert get(mayor).status == 410


def test_two_headlines_are_served_by_turns_during_the_test_only(newsroom: Newsroom) -> None:
    def headlines() -> list[str]:
        pages = [get(newsroom.address("school-meals")).body.decode() for _ in range(4)]
        return [html.unescape(re.findall(r"<h1[^>]*>(.*?)</h1>", page)[0]) for page in pages]

    test, rival = next((edit, step) for edit in SCRIPT for step in edit.steps if isinstance(step, Rival))
    newsroom.set_time(START + test.at)
    during = headlines()
    newsroom.set_time(START + test.at + 6 * HOUR)
    after = headlines()

    assert during == [rival.title, STORIES["school-meals"].text.title] * 2
    assert set(after) == {rival.title}


def test_a_redesign_changes_the_markup_and_no_word(newsroom: Newsroom) -> None:
    newsroom.set_time(START + timedelta(days=6, hours=23))
    before = get(newsroom.address("library-night"))
    newsroom.set_time(START + timedelta(days=7))
    after = get(newsroom.address("library-night"))

    assert 'class="article-body"' in before.body.decode()
    assert 'class="article-body"' not in after.body.decode()
    assert all(shows(page, STORIES["library-night"].text) for page in (before, after))


def test_one_outlet_has_class_names_that_speak_and_the_other_has_hashes(newsroom: Newsroom) -> None:
    speaking, hashed = (get(newsroom.address(slug)).body.decode() for slug in ("ferry-fire", "werft-insolvenz"))

    assert 'class="newsletter-box"' in speaking or 'class="most-read"' in speaking
    assert set(re.findall(r'class="([^"]+)"', hashed)) == set(re.findall(r'class="(_[0-9a-f]{6})"', hashed))


# ---------------------------------------------------------------------------------------------------------- feeds


def test_feeds_list_the_newest_articles_and_older_ones_fall_out(newsroom: Newsroom) -> None:
    courier, fracht = newsroom.outlets
    newsroom.set_time(START + timedelta(days=3))

    rss = feedparser.parse(get(courier.feed_urls[0]).body)
    atom = feedparser.parse(get(fracht.feed_urls[0]).body)

    assert (rss.version, atom.version) == ("rss20", "atom10")
    assert not rss.bozo
    assert not atom.bozo
    assert [entry.id for entry in rss.entries] == [f"courier-{n}" for n in (10250, 10246, 10244, 10237, 10236)]
    assert len(atom.entries) == 4
    assert all("utm_source=" in entry.link for entry in (*rss.entries, *atom.entries))


def test_an_article_stands_in_two_feeds_under_two_addresses(newsroom: Newsroom) -> None:
    newsroom.set_time(START + 3 * HOUR)
    rss, sitemap = (get(url).body.decode() for url in newsroom.outlets[0].feed_urls)

    assert "/news/2026/03/02/swing-bridge-10236?utm_source=" in rss
    assert "/business/swing-bridge-10236</loc>" in sitemap


def test_unchanged_feeds_are_answered_304_to_either_validator(newsroom: Newsroom) -> None:
    for url in (url for outlet in newsroom.outlets for url in outlet.feed_urls):
        first = get(url)

        assert get(url, If_None_Match=first.headers["etag"]).status == 304
        assert get(url, If_Modified_Since=first.headers["last-modified"]).status == 304
        assert get(url, If_None_Match='"another"', If_Modified_Since=first.headers["last-modified"]).status == 200


def test_a_feed_that_changed_is_served_again(newsroom: Newsroom) -> None:
    url = newsroom.outlets[0].feed_urls[0]
    first = get(url)

    newsroom.set_time(START + timedelta(hours=1, minutes=10))

    assert get(url, If_None_Match=first.headers["etag"]).status == 200
    assert get(url, If_Modified_Since=first.headers["last-modified"]).status == 200


def test_articles_of_one_outlet_answer_conditional_requests_until_they_change(newsroom: Newsroom) -> None:
    address = newsroom.address("werft-insolvenz")
    mark = get(address).headers["etag"]
    newsroom.set_time(START + 5 * HOUR)
    unchanged = get(address, If_None_Match=mark)
    newsroom.set_time(START + 6 * HOUR)
    edited = get(address, If_None_Match=mark)

    assert (unchanged.status, unchanged.body) == (304, b"")
    assert edited.status == 200
    assert "etag" not in get(newsroom.address("ferry-fire")).headers


# ---------------------------------------------------------------------------------------------------------- the server


def test_requests_are_counted_by_path_and_robots_is_served(newsroom: Newsroom) -> None:
    base = newsroom.outlets[0].base_url

    for _ in range(3):
        robots = get(f"{base}/robots.txt?again")
    get(f"{base}/nothing/here")

    assert robots.body.startswith(b"User-agent: *")
    assert newsroom.requests["/robots.txt"] == 3
    assert newsroom.statuses["/nothing/here", 404] == 1
    assert newsroom.most_in_flight == {"courier": 1}


def test_the_most_requests_in_flight_at_a_host_are_recorded() -> None:
    with Newsroom(latency=0.2) as newsroom:
        askers = [threading.Thread(target=get, args=(f"{newsroom.outlets[1].base_url}/robots.txt",)) for _ in range(3)]
        for asker in askers:
            asker.start()
        for asker in askers:
            asker.join()

    assert newsroom.most_in_flight["fracht"] > 1


def test_compressed_pages_are_the_same_pages() -> None:
    def page(**headers: str) -> Answer:
        with Newsroom(ports=ports) as newsroom:
            return get(newsroom.address("ferry-fire"), **headers)

    ports = _free_ports()
    plain, packed = page(), page(Accept_Encoding="gzip")

    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < len(plain.body) / 2


def test_the_same_seed_and_requests_give_the_same_bytes() -> None:
    def bodies(seed: int) -> list[bytes]:
        with Newsroom(seed=seed, ports=ports) as newsroom:
            newsroom.set_time(START + timedelta(days=2))
            addresses = [newsroom.address(slug) for slug in ("ferry-fire", "werft-insolvenz", "ferry-fire")]
            feeds = [url for outlet in newsroom.outlets for url in outlet.feed_urls]
            return [get(url).body for url in (*addresses, *feeds)]

    ports = _free_ports()
    once, again, otherwise = bodies(1), bodies(1), bodies(2)

    assert once == again
    assert once[:3] != otherwise[:3]


def test_a_port_that_is_taken_is_an_error_of_the_start(newsroom: Newsroom) -> None:
    taken = int(newsroom.outlets[0].base_url.rpartition(":")[2])
    second = Newsroom(ports={"fracht": taken})

    with pytest.raises(OSError, match="in use"):
        second.start()

    second.stop()


def _free_ports() -> dict[str, int]:
    with Newsroom() as newsroom:
        return {outlet.slug: int(outlet.base_url.rpartition(":")[2]) for outlet in newsroom.outlets}


def test_an_outlet_without_articles_has_empty_feeds(newsroom: Newsroom) -> None:
    newsroom.set_time(START - timedelta(days=9))

    feeds = [get(url) for outlet in newsroom.outlets for url in outlet.feed_urls]

    assert [feed.status for feed in feeds] == [200, 200, 200]
    assert all(b"ferry" not in feed.body for feed in feeds)


def test_a_fault_inside_the_newsroom_is_told_when_it_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom = Newsroom()
    newsroom.start()
    monkeypatch.setattr(newsroom, "reply", lambda *_: 1 / 0)

    with pytest.raises(http.client.RemoteDisconnected):
        get(newsroom.address("ferry-fire"))

    with pytest.raises(ZeroDivisionError):
        newsroom.stop()


# ---------------------------------------------------------------------------------------------------------- scripts


def _edits_of(story: Story, script: tuple[Edit, ...]) -> list[tuple[Edit, Standing, Standing]]:
    """Each edit of the article with how it stood before and after."""
    moment = timedelta(seconds=1)
    own = [edit for edit in script if edit.article in (story.slug, story.outlet)]
    return [(edit, standing(story, script, edit.at - moment), standing(story, script, edit.at)) for edit in own]


def _check_truth(stories: tuple[Story, ...], script: tuple[Edit, ...]) -> None:
    """A real edit changes words or how the page answers; what is not real changes no word but an A/B test's."""
    for story in stories:
        for edit, before, after in _edits_of(story, script):
            worded = before.text.sha != after.text.sha
            assert before != after
            if edit.kind == "A/B headline":
                continue  # its words depend on the request
            assert edit.real == (worded or edit.event is not None), edit
            assert Grade.HEADLINE not in edit.grades or before.text.title != after.text.title, edit
            assert (Grade.SILENT in edit.grades) == (worded and not edit.claimed), edit


def test_the_script_does_what_it_says() -> None:
    _check_truth(load_stories(), SCRIPT)


def test_the_script_has_every_kind_of_edit_and_leaves_two_articles_alone() -> None:
    kinds = {edit.kind for edit in SCRIPT}
    untouched = set(STORIES) - {edit.article for edit in SCRIPT}

    assert kinds >= {
        "figures", "headline softened", "headline only", "paragraph removed", "quote added", "quotes removed",
        "paragraphs moved", "paragraph split", "correction note", "silent rewrite", "live page", "A/B headline", "gone",
        "restored", "404 blip", "moved", "consent wall", "typographic", "revert", "redesign", "negation", "name",
    }  # fmt: skip
    assert untouched == {"library-night", "decksmann"}
    assert all(timedelta() < edit.at < LENGTH for edit in SCRIPT)


def test_articles_have_the_length_of_articles() -> None:
    for story in STORIES.values():
        assert 3 <= len(story.text.blocks) <= 20
        assert story.live or story.text.words > 150
        assert len(set(story.text.paragraphs)) == len(story.text.paragraphs)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_made_up_newsrooms_have_a_script_that_does_what_it_says(seed: int) -> None:
    stories, script = generate(seed)

    _check_truth(stories, script)
    assert len(stories) == 40
    assert len({story.outlet for story in stories}) == 4
    assert {edit.event.value for edit in script if edit.event} == {
        "gone",
        "restored",
        "moved",
        "alternates",
        "walled",
        "opened",
    }
    kinds = {edit.kind for edit in script}
    assert {mask.value for mask in Mask if mask} < kinds
    assert {"404 blip", "revert", "typographic", "live page", "redesign", "cut short", "rewritten"} < kinds
    assert max(edit.at for edit in script) < timedelta(days=29)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_made_up_articles_share_no_paragraph(seed: int) -> None:
    stories, _ = generate(seed)

    lines = [line for story in stories for line in story.text.paragraphs]

    assert len(lines) == len(set(lines))


@pytest.mark.parametrize("seed", [1, 2])
def test_made_up_edits_of_an_article_wait_until_the_one_before_was_seen(seed: int) -> None:
    stories, script = generate(seed)

    for story in stories:
        own = [edit for edit in script if edit.article == story.slug]
        changed: list[timedelta] = []
        for edit, following in pairwise(own):
            article = Article("", "", "", "", "", "", START + max(story.published, timedelta()))
            if changed:
                article = replace(article, changes=len(changed), last_changed_at=START + changed[-1])
            wait = min(expected_wait(article, START + edit.at, Policy()), LONGEST)
            if edit.real and following.event is not EventKind.ALTERNATES:  # told of the edit before it
                assert following.at - edit.at > wait, (edit, following)
            if edit.real and edit.grades:
                changed.append(edit.at)


def test_the_same_seed_makes_up_the_same_newsroom_and_another_another() -> None:
    assert generate(7, articles=8) == generate(7, articles=8)
    assert generate(7, articles=8) != generate(8, articles=8)


def test_a_made_up_newsroom_is_served_in_four_languages() -> None:
    stories, script = generate(3, articles=8)
    late = START + timedelta(days=25)

    with Newsroom(stories, script) as newsroom:
        newsroom.set_time(late)
        for story in stories:
            page = get(newsroom.address(story.slug, late))
            stands = standing(story, script, timedelta(days=25))
            assert page.status == stands.status
            assert stands.status != 200 or shows(page, stands.text)
        feeds = [get(url) for outlet in newsroom.outlets for url in outlet.feed_urls]

    assert all(feed.status == 200 for feed in feeds)
    assert [outlet.language for outlet in newsroom.outlets] == ["en", "de", "fr", "es"]


# ---------------------------------------------------------------------------------------------------------- small parts


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("1d 2h 30m", timedelta(days=1, hours=2, minutes=30)),
        ("-40m", timedelta(minutes=-40)),
        ("0h", timedelta()),
    ],
)
def test_spans_are_read_as_written(words: str, span: timedelta) -> None:
    assert parse_span(words) == span


def test_curling_turns_quotes_and_dashes_and_nothing_else() -> None:
    assert curl('"It\'s 5-4 - really," she said ("yes").') == "“It’s 5-4 – really,” she said (“yes”)."


def test_headings_are_read_from_the_files() -> None:
    headings = [block.text for block in STORIES["ferry-fire"].text.blocks if block.kind is BlockKind.HEADING]

    assert headings == ["Sprinklers"]
