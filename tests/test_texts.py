"""The texts of all versions as data: whole, small, and only where they may be told whole."""

import json
from dataclasses import replace

import pytest

from feedwatch.model import Block, BlockKind, Channel, History, State, Text
from feedwatch.running.drawing import Terms, article_files
from feedwatch.showing import html, paths
from feedwatch.showing.texts import texts_json
from feedwatch.showing.words import words
from tests import samples
from tests.test_html import check

FLOOD = samples.flood()
ENGLISH = words("en")


def read(history: History) -> dict:
    return json.loads(texts_json(history, ENGLISH))


def rebuilt(known: dict, kept: dict) -> Text:
    lines = [Block(text, BlockKind(kind)) for kind, text in known["lines"]]
    blocks = tuple(lines[place] for place in kept["blocks"])
    return Text(lines[kept["title"]].text, lines[kept["standfirst"]].text, blocks)


def files(history: History, **terms: object) -> dict[str, bytes]:
    made = article_files(
        history, samples.SITE, samples.CREATED, Terms(**{"channel": Channel.CHANGES, "excerpt": False, **terms})
    ).files
    return {path.name: content for path, content in made}


def test_every_version_that_stands_can_be_rebuilt():
    known = read(FLOOD)

    assert [rebuilt(known, version) for version in known["versions"]] == [version.text for version in FLOOD.versions]
    assert known["pages"] == [list(pair) for pair in paths.pairs(FLOOD)]


def test_a_version_that_was_withdrawn_is_not_among_them():
    first, second, third = FLOOD.versions
    history = replace(FLOOD, versions=(first, replace(second, withdrawn_at=second.seen_at), third))

    assert [version["number"] for version in read(history)["versions"]] == [0, 2]


def test_a_text_as_it_was_read_for_its_change_is_told_beside_the_one_that_was_kept():
    base = Text("Read again", "", (Block("Without what proved to be furniture."),))
    first, second = FLOOD.changes
    known = read(replace(FLOOD, changes=(replace(first, base=base), second)))

    assert rebuilt(known, known["versions"][0]["base"]) == base
    assert "base" not in known["versions"][1]


def test_a_line_is_told_once_however_many_versions_have_it():
    last = FLOOD.versions[-1]
    many = tuple(replace(last, number=number) for number in range(200))
    history = replace(FLOOD, versions=many, changes=())

    assert len(texts_json(history, ENGLISH)) < 200 * 240 + 4000


@pytest.mark.parametrize("bad", samples.HOSTILE, ids=range(len(samples.HOSTILE)))
def test_hostile_words_are_harmless_data(bad):
    content = texts_json(samples.hostile(bad), ENGLISH).decode("utf-8")

    assert not set(content) & set("\x00\x07\x1b\x85\u202e\u2066\ufffe")
    assert isinstance(json.loads(content), dict)


def test_any_two_versions_can_be_chosen_where_there_are_three():
    page = check(html.article_page(FLOOD, samples.COMPARISONS, samples.SITE))
    two = check(html.article_page(samples.german(), {1: samples.GERMAN_CHANGE}, samples.SITE))

    assert "form" in page.tags
    assert "form" not in two.tags
    assert "versions.json" in files(FLOOD)
    assert "versions.json" not in files(samples.german())


def test_texts_that_may_not_be_told_whole_are_not_told():
    excerpt = files(FLOOD, excerpt=True)
    hidden = files(replace(FLOOD, article=replace(FLOOD.article, state=State.HIDDEN)))

    assert "versions.json" not in excerpt
    assert b"<form" not in excerpt["index.html"]
    assert sorted(hidden) == ["changes.atom", "changes.json", "index.html"]
