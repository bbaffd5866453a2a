"""An article's account on its pages: sentences with their versions, what was removed, figures, headlines, voices."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings

from feedwatch.judging.diff import compare, compare_change
from feedwatch.judging.grade import grade
from feedwatch.judging.ledger import ledger, sentences_of
from feedwatch.model import Change, Channel, History, Ledger, State, Version
from feedwatch.running.drawing import Terms, article_files
from feedwatch.showing import html, paths
from feedwatch.showing.account import Fate, Told, passages
from tests import samples
from tests.test_html import WEIGHT, check, flowing
from tests.test_ledger import histories, version

SHORT = (
    version(0, "The ferry burned. The captain had been drinking.", "At least 14 people died.", "It was dark."),
    version(1, "The ferry burned.", "At least 41 people died.", "It was dark."),
    version(2, "The ferry burned. It sank at dawn.", "At least 43 people died.", title="Ferry sinks off Norhaven"),
)


def history_of(*versions: Version) -> History:
    changes = [
        Change("a", old.number, new.number, new.seen_at, None, grade(compare(old.text, new.text)))
        for old, new in pairwise(versions)
    ]
    return replace(samples.flood(), versions=versions, changes=tuple(changes), events=())


def told(*versions: Version) -> list[list[tuple[str, str, int, int]]]:
    history = history_of(*versions)
    found = passages(ledger(versions, history.changes), versions[-1].text, versions[0].number)
    return [[(piece.text, piece.fate.value, piece.first, piece.last) for piece in passage.pieces] for passage in found]


def page(*versions: Version, excerpt: bool = False) -> str:
    history = history_of(*versions)
    account = ledger(versions, history.changes)
    return flowing(check(html.origins_page(history, account, samples.SITE, excerpt=excerpt)))


def test_each_sentence_stands_with_its_versions_and_what_was_removed_where_it_stood():
    assert told(*SHORT) == [
        [
            ("The ferry burned.", "kept", 0, 0),
            ("The captain had been drinking.", "gone", 0, 0),
            ("It sank at dawn.", "new", 2, 2),
        ],
        [("At least 43 people died.", "reworded", 0, 2)],
        [("It was dark.", "gone", 0, 1)],
    ]


def test_the_page_says_the_versions_in_words_too():
    words = page(*SHORT)

    assert "It sank at dawn.2 (since version 2)" in words
    assert "At least 43 people died.0→2 (since version 0, reworded in version 2)" in words
    assert "[-It was dark.-]0–1 (from version 0, removed in version 2)" in words


def test_figures_headlines_and_voices_are_followed():
    speech = "“We did what we could do all night,” said Captain Ines Halloran."
    words = page(*SHORT[:2], version(2, "At least 43 people died.", speech, title="Ferry sinks off Norhaven"))

    assert "14 (Version 0) → 41 (Version 1) → 43 (Version 2)" in words
    assert "Version 0 Ferry burns off Norhaven Version 2 Ferry sinks off Norhaven" in words
    assert "Captain Ines Halloran ○○● version 2" in words


def test_an_excerpt_has_only_the_paragraphs_in_which_something_changed():
    versions = (*SHORT[:2], version(2, "The ferry burned.", "At least 41 people died.", "It was dark.", "It sank."))

    words = page(*versions, excerpt=True)

    assert "It was dark." not in words
    assert "It sank." in words
    assert "The captain had been drinking." in words


def test_the_pages_of_a_live_article_stay_light():
    text = [f"{n} homes are without power in the valley." for n in range(10)]
    versions = tuple(version(number, *text, f"{number} people were hurt.") for number in range(400))
    history = history_of(*versions)
    account = ledger(versions, history.changes)

    content = html.article_page(history, {}, samples.SITE, ledger=account)
    origins = html.origins_page(history, account, samples.SITE)

    assert len(content) < WEIGHT
    assert len(origins) < WEIGHT
    assert "141 more" in flowing(check(content))


def test_runs_of_versions_are_told_as_runs():
    numbers = (0, 1, 2, 4, 5, 7)  # 3 and 6 were withdrawn

    assert Told(Ledger(), numbers, {}).spans([0, 1, 2, 4, 7]) == [(0, 4), (7, 7)]
    assert Told(Ledger(), numbers, {}).after(2) == 4


def test_an_article_that_never_changed_or_was_taken_down_has_no_account():
    terms = Terms(channel=Channel.CHANGES, excerpt=False)
    site, created = samples.SITE, samples.CREATED

    untouched = article_files(samples.untouched(), site, created, terms).files
    changed = article_files(samples.flood(), site, created, terms).files
    hidden = replace(samples.flood(), article=replace(samples.ARTICLE, state=State.HIDDEN))

    assert "origins.html" not in [path.name for path, _ in untouched]
    assert "origins.html" in [path.name for path, _ in changed]
    assert "origins.html" not in [path.name for path, _ in article_files(hidden, site, created, terms).files]


@pytest.mark.parametrize("excerpt", [False, True])
def test_an_article_s_page_is_the_same_drawn_with_its_pairs_or_alone(excerpt):
    for history in samples.flood(), samples.german(), samples.untouched():
        changes = {change.to_number: compare_change(history, change) for change in history.changes}
        account = ledger(history.versions, history.changes) if len(history.versions) > 1 else None
        made = dict(article_files(history, samples.SITE, samples.CREATED, Terms(excerpt=excerpt)).files)

        alone = html.article_page(history, changes, samples.SITE, ledger=account, excerpt=excerpt)

        assert made[paths.article_page(history.article.id)] == alone


@settings(max_examples=60, deadline=None)
@given(histories)
def test_no_sentence_is_lost(paragraphs):
    versions = tuple(version(number, *texts) for number, texts in enumerate(paragraphs))

    pieces = [piece for passage in told(*versions) for piece in passage]

    newest = [sentence for paragraph in paragraphs[-1] for sentence in sentences_of(paragraph)]
    assert [text for text, fate, *_ in pieces if fate != Fate.GONE] == newest
    gone = ledger(versions, history_of(*versions).changes).removed
    assert sorted(text for text, fate, *_ in pieces if fate == Fate.GONE) == sorted(one.text for one in gone)
