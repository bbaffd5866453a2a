"""The twelve edits that other trackers lose: from two pages to grades and feeds, on the path of the main job."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from feedwatch.judging.decide import Sight, Terms, decide
from feedwatch.judging.schedule import Policy
from feedwatch.model import Article, Channel, Fetched, Grade, KeptPage, Known, SiteRule, Source, Version
from feedwatch.reading.page import read_page
from feedwatch.running.judge import judge
from tests.internet import BODY, page

G = Grade
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
URL = "https://paper.example/a"
DATED = "2026-03-02T05:00:00Z"
TITLE = "Ferry fire: what we know"

# old words -> new words, the grades that it must have (beside SILENT: the page's date stays), in a paragraph of its own
EDITS = [
    ("figure of the dead", "At least 14 died in the fire.", "At least 41 died in the fire.", {G.FIGURES}),
    ("money", "The repair will cost 1.5m crowns in all.", "The repair will cost 15m crowns in all.", {G.FIGURES}),
    ("percent", "Fares rose by 1.5% over the year.", "Fares rose by 15% over the year.", {G.FIGURES}),
    ("question", "Was the captain asleep at the wheel?", "Was the captain asleep at the wheel.", {G.QUESTION}),
    ("comma", "Eat, mother, said the boy on the pier.", "Eat mother, said the boy on the pier.", {G.WORDING}),
    ("scare quotes added", "The minister met the experts.", "The minister met the “experts”.", {G.QUOTES}),
    ("scare quotes removed", "It was a “voluntary” departure.", "It was a voluntary departure.", {G.QUOTES}),
    ("date", "The hearing begins on 5 March in Norhaven.", "The hearing begins on 9 March in Norhaven.", {G.FIGURES}),
    ("time of day", "The ferry left at 6.15 in the morning.", "The ferry left at 6.45 in the morning.", {G.FIGURES}),
    ("hours", "Crews have 24 hours to leave the port.", "Crews have 48 hours to leave the port.", {G.FIGURES}),
    ("meaning", "The line kept false accounts for years.", "The line kept audited accounts for years.", {G.WORDING}),
]  # fmt: skip


def told(old: tuple[str, str], new: tuple[str, str]) -> tuple[frozenset[Channel], set[Grade]]:
    """What becomes of two pages, each a headline and one paragraph among the others."""
    kept = [KeptPage(page(title, [*BODY, line], DATED).encode(), "text/html", URL) for title, line in (old, new)]
    first = read_page(kept[0].body, kept[0].content_type, URL, SiteRule())
    article = Article(
        "0123456789abcdef", "paper", URL, URL, "paper.example", old[0], NOW - HOUR, last_ok_at=NOW - HOUR, versions=1
    )
    version = Version(
        article.id, 0, NOW - HOUR, None, first.text, first.path, "test 1", modified_claim=first.modified_at
    )
    weighed = judge(kept[0], first.text, kept[1], SiteRule(), frozenset())
    outcome = Fetched(URL, kept[1].body, "text/html")
    sight = Sight(outcome, "b", "v", weighed.page, kept[1], weighed.base, weighed.comparison)
    known = Known(article, Source("paper", "The Paper"), version, {first.text.sha: 0})

    change = decide(known, sight, NOW, Terms(Policy(), "test 1")).change

    assert change is not None
    return change.channels, set(change.facts.grades)


@pytest.mark.parametrize(("old", "new", "grades"), [edit[1:] for edit in EDITS], ids=[edit[0] for edit in EDITS])
def test_an_edit_that_others_lose_is_announced_at_once_and_graded_right(old: str, new: str, grades: set[Grade]) -> None:
    carried, found = told((TITLE, old), (TITLE, new))

    assert {Channel.CHANGES, Channel.EVERYTHING} <= carried
    assert found == grades | {G.SILENT}


def test_a_headline_alone_is_announced_at_once_and_graded_right() -> None:
    carried, found = told((TITLE, BODY[0]), ("Ferry fire was arson, say police", BODY[0]))

    assert {Channel.CHANGES, Channel.HEADLINES, Channel.EVERYTHING} <= carried
    assert {G.HEADLINE, G.SILENT} <= found
    assert not found & {G.TYPOGRAPHIC, G.REMOVED, G.ADDED}
