"""News about cookies, newsletters and apps is told, although its words are those of furniture."""

from __future__ import annotations

import pytest

from bench.adapters import compare, extract
from bench.subjects import URL, Story, read_stories
from feedwatch.reading.wording import tells_of_others

STORIES = {story.matter: story for story in read_stories()}


@pytest.mark.parametrize("matter", STORIES)
def test_a_paragraph_about_what_furniture_speaks_of_is_told(matter: str) -> None:
    story = STORIES[matter]

    for line in story.news:
        with_it = story.page(line)
        assert line in extract(with_it, URL)[1]
        assert compare(story.page(), with_it, URL)
        assert compare(with_it, story.page(), URL)


def test_what_an_outlet_says_of_the_same_is_mostly_left_out() -> None:
    lines = [(story, line) for story in STORIES.values() for line in story.furniture]

    told = [line for story, line in lines if compare(story.page(), story.page(line), URL)]

    assert len(told) <= len(lines) / 3, told  # nothing but their words tells them from the article's paragraphs


def test_every_story_is_whole() -> None:
    assert len(STORIES) == 24
    assert all(len(story.news) == len(story.furniture) == 5 for story in STORIES.values())


@pytest.mark.parametrize(
    "line",
    [
        '"Sign up to our newsletter," the leaflet said.',
        "»Wir verwenden Cookies«, stand auf jeder Seite.",
        "«Identifiez-vous», demandait le site.",
        "The ministry found that four in five of the pages that it had visited wanted readers to log in with a phone.",
    ],
)
def test_a_line_that_quotes_furniture_tells_of_it(line: str) -> None:
    assert tells_of_others(line)


@pytest.mark.parametrize(
    "line",
    [
        "Sign up to our newsletter.",
        '"Sign up to our newsletter."',
        "Sign up to our newsletter for all that you need to know about the harbour, the ships in it and the people.",
        "This site uses cookies.",
        "Log in with a phone to read all that was written on the harbour since it was shut to the ferries in March.",
    ],
)
def test_a_line_that_calls_on_the_reader_does_not(line: str) -> None:
    assert not tells_of_others(line)


def test_a_story_puts_lines_among_its_paragraphs() -> None:
    story = Story("en", "tests", "A title", ["One.", "Two.", "Three."])

    assert b"<p>Two.</p><p>New.</p><p>Three.</p>" in story.page("New.")
