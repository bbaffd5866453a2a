"""Stories of the whole pipeline, from a feed to the entries that readers get."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import feedparser
import pytest
from lxml.html import HtmlElement

from feedwatch.model import (
    EMPTY,
    EventKind,
    Fetched,
    Gone,
    Grade,
    KeptPage,
    NotModified,
    Page,
    Request,
    SiteRule,
    State,
    Suspicion,
)
from feedwatch.reading.extraction import Extraction, extract
from feedwatch.reading.outline import Outline
from feedwatch.reading.page import _lately, read_new
from feedwatch.showing.words import words
from tests.internet import BODY, FEED, SITE, Newspaper, days, hours, minutes, newspaper_config, page

A = "/news/ferry-fire"


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Newspaper]:
    newspaper = Newspaper(tmp_path, newspaper_config(tmp_path))
    yield newspaper
    newspaper.close()


def entries(paper: Newspaper, path: str) -> list[str]:
    article = paper.article(path).id
    feed = paper.config.site.output / "articles" / article[:2] / article / "changes.atom"
    return [entry.title for entry in feedparser.parse(feed.read_bytes()).entries]


def test_an_article_has_its_page_and_feed_before_anything_changes(paper: Newspaper) -> None:
    paper.publishes(A)

    paper.tick()

    article = paper.article(A)
    folder = paper.config.site.output / "articles" / article.id[:2] / article.id
    assert (folder / "index.html").is_file()
    assert len(entries(paper, A)) == 1


def test_a_headline_that_changes_alone_makes_a_version(paper: Newspaper) -> None:
    paper.publishes(A, title="Fourteen die")
    paper.tick()

    paper.publishes(A, title="Forty-one die")
    paper.tick(after=minutes(15))

    assert paper.titles(A) == ["Fourteen die", "Forty-one die"]
    assert Grade.HEADLINE in paper.history(A).changes[0].facts.grades
    assert len(entries(paper, A)) == 2


def test_a_look_that_shows_nothing_new_reads_no_versions(paper: Newspaper, monkeypatch: pytest.MonkeyPatch) -> None:
    paper.publishes(A)
    paper.tick()

    with monkeypatch.context() as locked:
        locked.delattr(type(paper.store), "known")
        paper.tick(after=minutes(15))
    paper.publishes(A, title="Forty-one die")
    paper.tick(after=hours(1))

    article = paper.article(A)
    assert (article.checks, article.last_checked_at, article.failures) == (3, paper.now, 0)
    assert paper.history(A).changes[0].not_before == paper.now - hours(1)


def test_a_figure_that_changes_is_announced_as_a_figure(paper: Newspaper) -> None:
    paper.publishes(A, body=["The storm left 14 people dead on the coast, officials said.", *BODY])
    paper.tick()

    paper.publishes(A, body=["The storm left 41 people dead on the coast, officials said.", *BODY])
    paper.tick(after=minutes(15))

    change = paper.history(A).changes[0]
    assert change.facts.figures == (("14", "41"),)
    assert "14" in entries(paper, A)[0]
    assert "41" in entries(paper, A)[0]


def test_the_change_is_bracketed_by_the_looks_before_and_after(paper: Newspaper) -> None:
    paper.publishes(A)
    paper.tick()
    before = paper.now

    paper.publishes(A, title="Forty-one die in ferry fire")
    paper.tick(after=minutes(15))

    change = paper.history(A).changes[0]
    assert (change.not_before, change.at) == (before, paper.now)


def test_an_article_that_leaves_the_feed_stays_watched(paper: Newspaper) -> None:
    paper.publishes(A)
    paper.tick()

    paper.drops_from_feed(A)
    paper.serves(A, page("Forty-one die in ferry fire", BODY))
    paper.tick(after=hours(2))

    assert len(paper.titles(A)) == 2


def test_a_new_title_in_the_feed_makes_the_article_due_at_once(paper: Newspaper) -> None:
    paper.publishes(A)
    paper.tick()
    paper.runs(days(3))
    looks = paper.fetcher.count(SITE + A)

    paper.publishes(A, title="Forty-one die in ferry fire")
    paper.says_in_feed(A, "Forty-one die in ferry fire")
    paper.tick(after=minutes(16))

    assert paper.fetcher.count(SITE + A) == looks + 1
    assert len(paper.titles(A)) == 2


def test_the_same_bytes_are_not_read_again(paper: Newspaper) -> None:
    paper.publishes(A)
    paper.tick()
    paper.compute.poison.add("examine")

    paper.tick(after=minutes(15))

    assert paper.article(A).problem == ""
    assert paper.article(A).checks == 2


def test_a_page_with_other_furniture_is_told_by_its_imprint(paper: Newspaper) -> None:
    paper.publishes(A)
    paper.tick()
    known = paper.article(A)

    paper.publishes(A, extra='<aside><a href="/b">Bridge at Kell shut</a> <a href="/c">Fees rise</a></aside>')
    with pytest.MonkeyPatch.context() as locked:
        locked.delattr("feedwatch.reading.page.extract")
        paper.tick(after=minutes(15))

    article = paper.article(A)
    assert (article.checks, article.failures, article.last_ok_at) == (2, 0, paper.now)
    assert article.imprint == known.imprint != b""
    assert article.visible_sha != known.visible_sha

    paper.publishes(A, extra="<aside><p>Correction: the ferry had 41 people on board, and not 14.</p></aside>")
    paper.tick(after=minutes(40))

    assert len(paper.titles(A)) == 2
    assert paper.article(A).imprint != known.imprint


def test_of_a_kept_page_the_extractor_is_not_asked_again(paper: Newspaper, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def spied(tree: HtmlElement, shape: Outline, rule: SiteRule, article_body: str) -> Extraction:
        told.append(tree.text_content())
        return extract(tree, shape, rule, article_body)

    paper.publishes(A)
    paper.tick()
    _lately.clear()  # as if another page had been read since
    monkeypatch.setattr("feedwatch.reading.page.extract", spied)
    paper.publishes(A, body=["Forty-one people were hurt when a ferry caught fire.", *BODY[1:]])
    paper.tick(after=minutes(15))

    assert len(paper.titles(A)) == 2
    assert len(told) == 1
    assert "Forty-one" in told[0]


def test_what_is_suspected_is_read_whatever_its_imprint(paper: Newspaper, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bytes] = []

    def spied(kept: KeptPage, rule: SiteRule, known_sha: str | None, imprint: bytes = b"") -> tuple[str, Page | None]:
        told.append(imprint)
        return read_new(kept, rule, known_sha, imprint)

    monkeypatch.setattr("feedwatch.reading.page.read_new", spied)
    paper.publishes(A)
    paper.tick()
    imprint = paper.article(A).imprint

    paper.publishes(A, body=BODY[:2])
    paper.tick(after=minutes(15))
    assert paper.article(A).imprint == imprint
    paper.publishes(A, extra="<p>5 minutes ago</p>")
    paper.runs(days(1))

    assert paper.article(A).suspect is None
    assert told[:3] == [b"", imprint, b""]


def test_validators_are_sent_back_verbatim(paper: Newspaper) -> None:
    def answer(request: Request) -> Fetched | NotModified:
        if request.etag == 'W/"a1"' and request.last_modified == "Mon, 02 Mar 2026 05:00:00 GMT":
            return NotModified()
        return Fetched(SITE + A, page("Fire", BODY).encode(), "text/html", 'W/"a1"', "Mon, 02 Mar 2026 05:00:00 GMT")

    paper.publishes(A)
    paper.serves(A, answer)
    paper.tick()

    paper.tick(after=minutes(15))

    assert paper.fetcher.requests[-1].etag == 'W/"a1"'
    assert paper.article(A).checks == 2
    assert paper.article(A).last_ok_at == paper.now


def test_a_404_blip_is_silence(paper: Newspaper) -> None:
    paper.publishes(A)
    paper.tick()

    paper.serves(A, Gone(404))
    paper.tick(after=minutes(15))
    paper.publishes(A)
    paper.runs(days(1))

    assert paper.events(A) == []
    assert paper.article(A).state is State.WATCHED


def test_a_lasting_404_is_one_removal_and_its_end_one_restoration(paper: Newspaper) -> None:
    paper.publishes(A)
    paper.tick()

    paper.serves(A, Gone(404))
    paper.runs(days(2))
    gone = paper.article(A).state
    paper.publishes(A)
    paper.runs(days(2))

    assert gone is State.GONE
    assert paper.events(A) == ["gone", "restored"]
    assert len(paper.titles(A)) == 1


def test_a_410_is_believed_at_once(paper: Newspaper) -> None:
    paper.publishes(A)
    paper.tick()

    paper.serves(A, Gone(410))
    paper.tick(after=minutes(15))

    assert paper.events(A) == ["gone"]


def test_a_page_that_lost_its_article_and_keeps_all_else_is_a_removal_that_says_so(paper: Newspaper) -> None:
    looks = count(12)
    shown = list(BODY)

    def answer(request: Request) -> Fetched:
        lines = "".join(f"<p>{line}</p>" for line in shown)
        markup = (
            "<html><title>Fourteen die in ferry fire</title><body><main><h1>Fourteen die in ferry fire</h1>"
            '<div class="intro"><p>The fire broke out at six in the morning, an hour from Norhaven.</p></div>'
            f'<div class="copy">{lines}</div><div class="signed"><p>By Ada Lund and the newsroom</p></div>'
            f'<div class="room"><p>{next(looks)} reporters of the Paper live on this coast.</p></div></main></html>'
        )
        return Fetched(request.url, markup.encode(), "text/html; charset=utf-8")

    paper.publishes(A)
    paper.serves(A, answer)
    paper.tick()
    shown.clear()
    paper.tick(after=minutes(15))
    held = paper.article(A).suspect
    paper.runs(days(2))
    gone = paper.history(A).events
    shown.extend(BODY)
    paper.runs(days(2))

    assert held is not None
    assert held.kind is Suspicion.BLANK
    assert [(event.kind, event.detail) for event in gone] == [(EventKind.GONE, EMPTY)]
    assert words("en").event_text(gone[0]).startswith("The article’s page is empty")
    assert paper.events(A) == ["gone", "restored"]
    assert len(paper.history(A).versions) == 1


def test_a_stub_is_held_and_the_old_text_back_is_silence(paper: Newspaper) -> None:
    paper.publishes(A)
    paper.tick()

    paper.publishes(A, body=BODY[:2])
    paper.tick(after=minutes(15))
    held = paper.article(A).suspect
    paper.publishes(A)
    paper.runs(days(1))

    assert held is not None
    assert held.kind is Suspicion.STUB
    assert paper.article(A).suspect is None
    assert len(paper.titles(A)) == 1


def test_a_cut_that_lasts_is_published(paper: Newspaper) -> None:
    paper.publishes(A)
    paper.tick()

    paper.publishes(A, body=BODY[:2])
    paper.runs(days(1))

    history = paper.history(A)
    assert len(history.versions) == 2
    assert history.changes[0].facts.paragraphs_removed == 4


def test_a_real_revert_is_shown_as_back_to_an_older_version(paper: Newspaper) -> None:
    other = [
        *BODY[:2],
        "The captain had reported a smell of diesel to the shipping line the evening before.",
        *BODY[2:],
    ]
    paper.publishes(A)
    paper.tick()
    paper.publishes(A, body=other)
    paper.runs(hours(6))

    paper.publishes(A)
    paper.runs(days(1))

    assert [change.facts.reverts_to for change in paper.history(A).changes] == [None, 0]


def test_one_story_under_two_addresses_is_one_article(paper: Newspaper) -> None:
    paper.publishes(A, canonical=SITE + A)
    paper.publishes("/live/ferry-fire", canonical=SITE + A)

    paper.tick()

    assert paper.article("/live/ferry-fire").id == paper.article(A).id


def test_tracking_parameters_make_no_second_article(paper: Newspaper) -> None:
    paper.publishes(A)
    paper.publishes(A + "?utm_source=rss&amp;utm_medium=feed")

    paper.tick()

    assert paper._ask(paper.store.count, None, None) == 1


def test_a_page_that_kills_its_worker_does_not_stop_the_others(paper: Newspaper) -> None:
    paper.publishes(A)
    paper.publishes("/news/other", title="Harbour wall to be raised", body=BODY[::-1])
    paper.serves(A, lambda _request: 1 / 0)  # type: ignore[arg-type]

    paper.tick()

    assert paper.titles("/news/other") == ["Harbour wall to be raised"]
    assert "ZeroDivisionError" in paper.article(A).problem


def test_a_second_publish_touches_no_file_and_a_deleted_site_comes_back_the_same(paper: Newspaper) -> None:
    paper.publishes(A)
    paper.tick()
    paper.publishes(A, title="Forty-one die in ferry fire")
    paper.tick(after=minutes(15))
    site = paper.config.site.output
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    for path in before:
        path.unlink()

    paper._ask(paper.store.mark_all_dirty)
    paper.tick(after=minutes(0))

    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_an_article_nothing_happens_to_is_let_go_after_sixty_days(paper: Newspaper) -> None:
    paper.publishes(A)
    paper.tick()
    paper.fetcher.answers[FEED] = Gone(410)  # so that no poll takes part in the seventy days

    paper.runs(days(70))

    article = paper.article(A)
    assert article.state is State.DONE
    assert article.next_check_at is None


def test_a_permanent_redirect_is_adopted_and_told_once(paper: Newspaper) -> None:
    paper.publishes(A)
    paper.tick()

    new = f"{SITE}/2026/ferry-fire"
    moved = Fetched(new, page("Fourteen die in ferry fire", BODY).encode(), "text/html; charset=utf-8", moved_to=new)
    paper.serves(A, moved)
    paper.fetcher.answers[new] = replace(moved, moved_to=None)
    paper.runs(days(3))

    assert paper.events(A) == ["moved"]
    assert paper.article(A).url == new
    assert len(paper.titles(A)) == 1


def moves(
    paper: Newspaper, old: str, new: str, title: str = "Fourteen die in ferry fire", body: Sequence[str] = BODY
) -> None:
    """The article is at `new` from now on; `old` redirects there for good."""
    there = page(title, body).encode()
    moved = Fetched(SITE + new, there, "text/html; charset=utf-8", moved_to=SITE + new)
    paper.serves(old, moved)
    paper.serves(new, replace(moved, moved_to=None))


def test_a_story_that_moved_is_the_same_one_though_the_feed_names_its_new_address_at_once(paper: Newspaper) -> None:
    paper.publishes(A)
    paper.tick()

    moves(paper, A, "/2026/ferry-fire")
    paper.drops_from_feed(A)
    paper.says_in_feed("/2026/ferry-fire", "Fourteen die in ferry fire")
    paper.runs(days(3))

    assert paper._ask(paper.store.count, None, None) == 1
    assert paper.events("/2026/ferry-fire") == ["moved"]


def test_a_story_that_moved_is_the_same_one_when_the_feed_names_its_new_address_later(paper: Newspaper) -> None:
    paper.publishes(A)
    paper.tick()

    moves(paper, A, "/2026/ferry-fire")
    paper.runs(days(3))
    paper.says_in_feed("/2026/ferry-fire", "Ferry fire: fourteen die")
    paper.runs(days(1))

    assert paper._ask(paper.store.count, None, None) == 1


def test_a_story_that_moved_and_was_rewritten_at_once_is_the_same_one(paper: Newspaper) -> None:
    paper.publishes(A)
    paper.runs(days(10))  # by now the feed is polled more often than the article is looked at

    title = "Ferry fire kills fourteen off the pier"
    body = (
        "Fire broke out on a ferry near the harbour's north pier before dawn on Monday, said the coast guard.",
        "Fourteen people are dead and more than thirty are being treated in hospitals in three towns.",
        BODY[2],
        "“There was a bang, then another one,” said Marta Lindqvist, who had been on deck with her son.",
        BODY[4],
    )
    moves(paper, A, "/2026/ferry-fire-kills-fourteen", title, body)
    paper.drops_from_feed(A)
    paper.says_in_feed("/2026/ferry-fire-kills-fourteen", title)
    paper.runs(days(20))

    assert paper._ask(paper.store.count, None, None) == 1
    assert paper.events("/2026/ferry-fire-kills-fourteen") == ["moved"]
    assert paper.titles("/2026/ferry-fire-kills-fourteen") == ["Fourteen die in ferry fire", title]


def test_two_stories_of_one_event_that_share_lines_are_two_articles(paper: Newspaper) -> None:
    paper.publishes(A)
    paper.tick()

    paper.publishes("/news/ferry-inquiry", "Judge to lead ferry inquiry", [*BODY[3:], "She will begin with the crew."])
    paper.runs(days(1))

    assert paper._ask(paper.store.count, None, None) == 2


def test_a_story_whose_new_address_became_an_article_of_its_own_goes_on_there_and_is_not_told_twice(
    paper: Newspaper,
) -> None:
    new, body = "/2026/port-on-trial", ["The port answers for the fire of March from today, before a judge.", *BODY[:1]]
    paper.publishes(A)
    paper.runs(days(10))
    paper.publishes(new, "Port on trial over ferry fire", body)  # the old address does not lead there yet
    paper.tick(after=hours(1))
    assert paper._ask(paper.store.count, None, None) == 2

    moves(paper, A, new, "Port on trial over ferry fire", body)
    paper.drops_from_feed(A)
    paper.runs(days(20))
    old = paper.article(A)
    assert paper.events(A) == ["continued"]
    assert (old.state, old.next_check_at) == (State.DONE, None)

    before = len(paper.titles(A)), len(paper.titles(new))
    moves(paper, A, new, "Port found guilty of ferry fire", body)
    paper.runs(days(10))
    assert (len(paper.titles(A)), len(paper.titles(new))) == (before[0], before[1] + 1)
    assert any("Goes on at a new address" in title for title in entries(paper, A))
    site = paper.config.site.output / "articles" / old.id[:2] / old.id / "index.html"
    assert "No more checks." in site.read_text()


def test_a_copy_at_another_address_is_an_article_of_its_own(paper: Newspaper) -> None:
    paper.publishes(A)
    paper.tick()

    paper.publishes("/archive/ferry-fire")
    paper.tick(after=days(1))

    assert paper._ask(paper.store.count, None, None) == 2
