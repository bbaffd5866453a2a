"""What a poll's entries mean."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from feedwatch.judging.note import Lead, note
from feedwatch.model import Article, Entry, Feed, PollVerdict, State

NOW = datetime(2026, 3, 2, 6, tzinfo=UTC)
SHORTEST = timedelta(minutes=10)
FEED = Feed(
    url="https://paper.example/feed", source="paper", host="paper.example", location="https://paper.example/feed"
)


def lead(path: str, title: str = "Fire on the ferry", guid: str | None = None, updated: datetime | None = None) -> Lead:
    link = f"https://paper.example{path}"
    entry = Entry(guid or link, link, title, updated_at=updated)
    return Lead(entry, key=link, id=f"id{path}", host="paper.example", guid=f"guid:paper:{guid or link}")


def noted(leads: list[Lead], *known: tuple[str, Article], now: datetime = NOW) -> PollVerdict:
    return note(FEED, leads, dict(known), SHORTEST, now)


def watched(path: str = "/a", **more: object) -> Article:
    (article,) = noted([lead(path)]).new
    return replace(article, **more)  # type: ignore[arg-type]


def test_an_unknown_link_is_a_new_article_due_now() -> None:
    verdict = noted([lead("/a")])

    assert [(article.url, article.next_check_at) for article in verdict.new] == [("https://paper.example/a", NOW)]


def test_the_same_story_twice_in_one_feed_is_one_article() -> None:
    verdict = noted([lead("/a", guid="1"), lead("/b", guid="1")])

    assert len(verdict.new) == 1
    assert ("https://paper.example/b", "id/a") in verdict.aliases


def test_a_guid_that_all_items_share_makes_them_no_single_story() -> None:
    verdict = noted([lead("/a", "Fire on the ferry", guid="1"), lead("/b", "Budget passed by one vote", guid="1")])

    assert len(verdict.new) == 2


def test_a_known_article_that_nothing_is_said_of_is_left_alone() -> None:
    article = watched()

    verdict = noted([lead("/a")], (article.key, article))

    assert verdict.new == verdict.updated == ()


def test_a_changed_title_makes_it_due_at_once() -> None:
    article = watched(last_checked_at=NOW - timedelta(hours=2), next_check_at=NOW + timedelta(days=3))

    verdict = noted([lead("/a", "Two die on the ferry")], (article.key, article))

    assert [found.next_check_at for found in verdict.updated] == [NOW]


def test_a_later_updated_makes_it_due_at_once() -> None:
    article = watched(last_checked_at=NOW - timedelta(hours=2), next_check_at=NOW + timedelta(days=3))

    verdict = noted([lead("/a", updated=NOW - timedelta(minutes=5))], (article.key, article))

    assert [found.next_check_at for found in verdict.updated] == [NOW]


def test_a_feed_that_always_says_updated_cannot_hammer_the_article() -> None:
    article = watched(last_checked_at=NOW - timedelta(minutes=1), next_check_at=NOW + timedelta(days=3))

    verdict = noted([lead("/a", updated=NOW)], (article.key, article))

    assert [found.next_check_at for found in verdict.updated] == [NOW + timedelta(minutes=9)]


def test_a_hint_wakes_an_article_that_was_let_go() -> None:
    article = watched(state=State.DONE, next_check_at=None)

    verdict = noted([lead("/a", "Two die on the ferry")], (article.key, article))

    assert [(found.state, found.next_check_at) for found in verdict.updated] == [(State.WATCHED, NOW)]


def test_a_hint_does_not_wake_what_was_taken_down() -> None:
    article = watched(state=State.HIDDEN, next_check_at=None)

    verdict = noted([lead("/a", "Two die on the ferry")], (article.key, article))

    assert verdict.updated == ()
