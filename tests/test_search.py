"""What is found, by the files that a browser reads; and which of them an edit touches."""

from __future__ import annotations

import asyncio
import base64
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwatch.adapters.store import finding as kept
from feedwatch.errors import OutputError
from feedwatch.model import Article, Block, Change, Channel, Facts, Grade, PollVerdict, State, Text, Verdict, Version
from feedwatch.reading import urls
from feedwatch.reading.urls import article_id, canonical_key
from feedwatch.running.desk import hide_article, unhide_article
from feedwatch.running.publish import publish
from feedwatch.showing import paths, search
from feedwatch.showing.search import bits_for, slot_of, words_of
from feedwatch.steps import pack, unpack
from tests.internet import SITE, Newspaper, hours, minutes, newspaper_config


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Newspaper]:
    newspaper = Newspaper(tmp_path, newspaper_config(tmp_path))
    yield newspaper
    newspaper.close()


def watched(paper: Newspaper, *texts: Text, path: str = "/a", names: tuple[str, ...] = ()) -> Article:
    """An article with these versions, an hour apart."""
    key = canonical_key(SITE + path)
    article = Article(article_id(key), "paper", key, key, "paper.example", texts[0].title, paper.now)
    paper._ask(paper.store.settle_poll, PollVerdict(None, (article,), aliases=tuple((n, article.id) for n in names)))
    for text in texts:
        article = edited(paper, article, text)
    return article


def edited(paper: Newspaper, article: Article, text: Text) -> Article:
    number = article.versions
    paper.now += hours(1)
    version = Version(article.id, number, paper.now, None, text, "trafilatura", "test 1")
    new = replace(
        article,
        versions=number + 1,
        checks=article.checks + 1,
        rev=article.rev + 1,
        last_checked_at=paper.now,
        title=text.title,
    )
    change = None
    if number:
        new = replace(new, changes=number, last_changed_at=paper.now)
        channels = frozenset({Channel.EVERYTHING, Channel.CHANGES})
        change = Change(article.id, number - 1, number, paper.now, None, Facts((Grade.WORDING,)), channels)
    assert paper._ask(paper.store.settle, Verdict(new, version, None, change))
    return paper._ask(paper.store.resolve, article.id)


def text(title: str, *paragraphs: str) -> Text:
    return Text(title, "", tuple(map(Block, paragraphs)))


def published(paper: Newspaper, *, always: bool = False) -> None:
    asyncio.run(publish(paper.app, always=always))


def files(paper: Newspaper) -> dict[str, tuple[int, bytes]]:
    root = paper.config.site.output
    return {
        path.relative_to(root).as_posix(): (path.stat().st_ino, path.read_bytes())
        for path in root.rglob("*")
        if path.is_file()
    }


def numbers(paper: Newspaper, word: str, field: str | None = None) -> set[int]:
    """As the script does it: one file for a word."""
    root = paper.config.site.output
    bits = json.loads((root / paths.SEARCH).read_bytes())["bits"]
    words = json.loads((root / paths.search_words(bits, slot_of(word) >> (16 - bits))).read_bytes())
    found = set()
    for other, lists in words.items():
        if other == word or (len(word) >= search.PREFIX and other.startswith(word)):
            for name, steps in lists.items():
                if field in (None, name):
                    found |= set(unpack(base64.b64decode(steps.removeprefix("~"))))
    return found


def found(paper: Newspaper, asked: str, field: str | None = None) -> list[str]:
    """The headlines of the articles that have all the words."""
    sets = [numbers(paper, word, field) for word in sorted(words_of(asked))]
    return [entry(paper, number)[6] for number in sorted(set.intersection(*sets))]


def entry(paper: Newspaper, number: int) -> list:
    group = json.loads((paper.config.site.output / paths.search_entries(number // search.GROUP)).read_bytes())
    return group[number % search.GROUP]


# ------------------------------------------------------------------------------------------------------ words


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("Fourteen die, in FERRY-fire!", {"fourteen", "die", "in", "ferry", "fire"}),
        ("Café Ærø, Straße; Ὁδός", {"cafe", "ærø", "strasse", "οδοσ"}),
        ("2,500 people — 14%", {"2", "500", "people", "14"}),
        ("水曜日", {"水", "曜", "日", "水曜", "曜日"}),
        ("東京2024", {"東", "京", "東京", "2024"}),
        ("हिन्दी में", {"हिन्दी", "में"}),
        ("x" * 60, {"x" * 40}),
        ("_ … «»", set()),
    ],
)
def test_a_text_has_these_words(asked, words):
    assert words_of(asked) == words


def test_words_that_begin_alike_are_in_one_slot():
    assert slot_of("ferry") == slot_of("ferries") != slot_of("fern")
    assert slot_of("a") in range(search.SLOTS)


@given(st.sets(st.integers(0, 2_000_000), max_size=60))
def test_a_list_of_numbers_can_be_read_again(some):
    assert unpack(pack(sorted(some))) == sorted(some)


def test_the_index_has_more_files_the_more_articles_there_are():
    assert [bits_for(count) for count in (0, 400, 401, 100_000, 10**9)] == [4, 4, 6, 12, 16]


def test_the_script_knows_the_parameters_that_the_canonical_key_leaves_out():
    script = (Path(search.__file__).parent / "assets/keys.js").read_text("utf-8")
    literals = dict(re.findall(r"const (\w+) = (?:new Set)?\((.*?)\.split", script, re.DOTALL))
    known = {name: "".join(re.findall(r'"([^"]*)"', value)).split() for name, value in literals.items()}

    assert tuple(known["PREFIXES"]) == urls.TRACKING_PREFIXES
    assert set(known["NAMES"]) == urls.TRACKING_NAMES
    assert (set(known["FEED_NAMES"]), set(known["FEED_VALUES"])) == (urls.FEED_NAMES, urls.FEED_VALUES)


# ------------------------------------------------------------------------------------------------------ finding


def test_an_article_is_found_by_what_it_says_said_and_is_called(paper: Newspaper) -> None:
    old = text("Ferry burns off pier", "Fourteen people died on board.", "The rest stays as it was.")
    new = text("Ferry sinks off pier", "Forty people died on board.", "The rest stays as it was.")
    watched(paper, old, new, path="/sea/ferry-wreck?utm_source=x", names=("https://short.example/f1", "guid:7"))
    watched(paper, text("Museum shows hoard", "Coins."), path="/museum")

    published(paper)

    for asked in ("ferry", "sinks", "burns", "wreck", "the paper", "fourteen", "forty", "ferr", "Ferry forty pier"):
        assert "Ferry sinks off pier" in found(paper, asked), asked
    assert found(paper, "fourteen", search.REMOVED) == found(paper, "forty", search.ADDED) == ["Ferry sinks off pier"]
    assert found(paper, "fourteen", search.ADDED) == found(paper, "died") == found(paper, "ferry museum") == []
    assert entry(paper, 0)[6:] == ["Ferry sinks off pier", "Ferry burns off pier"]
    assert numbers(paper, f"={article_id(canonical_key('https://short.example/f1'))}") == {0}


def test_what_is_taken_down_is_in_no_file_of_the_search_and_comes_back(paper: Newspaper) -> None:
    article = watched(paper, text("Ferry burns", "One."), text("Ferry sinks", "Zeppelin."))
    watched(paper, text("Museum shows hoard", "Coins."), path="/museum")
    published(paper)
    before = {name: content for name, (_, content) in files(paper).items() if name.startswith("search/")}

    hide_article(paper.config, article.id, "a court's order", paper.now)
    published(paper)
    hidden = b"".join(content for name, (_, content) in files(paper).items() if name.startswith(("search/", "days/")))
    unhide_article(paper.config, article.id, paper.now)
    published(paper)

    assert not re.search(rb"erry|zeppelin|" + article.id.encode(), hidden)
    assert {name: content for name, (_, content) in files(paper).items() if name.startswith("search/")} == before


def test_a_word_on_too_many_articles_keeps_the_newest(paper: Newspaper, monkeypatch) -> None:
    monkeypatch.setattr(kept, "LONGEST", 8)

    for number in range(20):
        watched(paper, text(f"Storm {number}", "Wind."), path=f"/{number}")
    published(paper)

    some = numbers(paper, "storm")
    assert 4 <= len(some) <= 8
    assert max(some) == 19
    assert numbers(paper, "19") == {19}
    shard = (paper.config.site.output / paths.search_words(4, slot_of("storm") >> 12)).read_bytes()
    assert json.loads(shard)["storm"]["n"].startswith("~")


def test_an_address_that_is_learned_after_the_last_publish_is_found_at_the_next(paper: Newspaper) -> None:
    article = watched(paper, text("Ferry burns", "One."))
    published(paper)
    before = files(paper)

    paper._ask(paper.store.settle_poll, PollVerdict(None, aliases=((SITE + "/short", article.id),)))
    published(paper)

    assert numbers(paper, f"={article_id(canonical_key(SITE + '/short'))}") == {0}
    touched = {name for name, state in files(paper).items() if before.get(name) != state}
    assert {name.partition("/")[0] for name in touched} <= {"search", "status.html", "status.json"}


# ------------------------------------------------------------------------------------------------------ what is touched


def test_one_edit_touches_only_the_files_that_it_must(paper: Newspaper) -> None:
    articles = [watched(paper, text(f"Headline {n} of {n % 7}", f"Body {n}."), path=f"/{n}") for n in range(120)]
    published(paper)
    article = edited(paper, articles[70], text("Headline 70 of 0", "Body 70, zeppelin."))
    published(paper)
    before = files(paper)

    edited(paper, article, text("Headline 70 of 0", "Body 70, dirigible."))
    published(paper)

    after = files(paper)
    touched = {name for name, state in after.items() if before.get(name) != state}
    own = f"articles/{article.id[:2]}/{article.id}"
    feeds = {f"{name}.{kind}" for name in ("everything", "changes") for kind in ("atom", "json")}
    words = {paths.search_words(4, slot_of(word) >> 12).as_posix() for word in ("dirigible", "zeppelin")}
    must = {
        *(f"{own}/{name}" for name in ("index.html", "changes.atom", "changes.json", "1-2.html", "0-2.html")),
        *(f"{own}/{name}" for name in ("2.html", "versions.json", "timemap.link", "origins.html")),
        f"{own}/0-1.html",  # leads to the next change now
        *feeds,
        *(f"sources/paper/{name}" for name in (*feeds, "index.html")),
        *("index.html", "status.html", "status.json", "most-changed.html"),
        *("days/index.html", f"days/{paper.now:%Y-%m-%d}.html"),
        paths.search_entries(70 // search.GROUP).as_posix(),
        *words,
    }
    assert touched - must == set()
    assert len(touched) <= len(must) <= 32
    assert before.keys() - after.keys() == set()


def test_what_could_not_be_written_is_written_at_the_next_publish(paper: Newspaper, monkeypatch) -> None:
    article = watched(paper, text("Ferry burns", "One."))
    published(paper)
    edited(paper, article, text("Ferry sinks", "Zeppelin."))
    write_all = paper.app.output.write_all

    def full(files, *args):
        if any(path.parts[0] == "search" for path, _ in files):
            raise OutputError("no space left")
        write_all(files, *args)

    monkeypatch.setattr(paper.app.output, "write_all", full)
    with pytest.raises(OutputError):
        published(paper)
    monkeypatch.undo()
    published(paper)

    assert found(paper, "zeppelin") == ["Ferry sinks"]


def test_a_larger_index_takes_the_place_of_the_smaller_one(paper: Newspaper, monkeypatch) -> None:
    monkeypatch.setattr(search, "ARTICLES", 1)
    watched(paper, text("Ferry burns", "One."))
    published(paper)

    for number in range(17):
        watched(paper, text(f"Story {number}", "One."), path=f"/{number}")
    published(paper)
    grown = files(paper)
    published(paper, always=True)

    assert {name.split("/")[1] for name in grown if name.startswith("search/words")} == {"words-6"}
    assert found(paper, "ferry") == ["Ferry burns"]
    assert {name: content for name, (_, content) in files(paper).items() if name.startswith("search/")} == {
        name: content for name, (_, content) in grown.items() if name.startswith("search/")
    }


# ------------------------------------------------------------------------------------------------------ browsing


def test_a_day_has_pages_with_all_its_changes_and_full_ones_stay(paper: Newspaper) -> None:
    article = watched(paper, text("Ferry", "Turn 0."))
    day = paper.now.replace(hour=9)
    for turn in range(1, 61):
        paper.now = day + minutes(turn) - hours(1)
        article = edited(paper, article, text("Ferry", f"Turn {turn}."))
        if turn == 55:
            published(paper)
            before = files(paper)
    published(paper)
    after = files(paper)

    first, second = (f"days/{day:%Y-%m-%d}{more}.html" for more in ("", "-2"))
    assert before[first] == after[first]
    counts = [after[name][1].count(b'<p class="told">') for name in (first, second)]
    assert counts == [50, 10]
    assert b">60 changes<" in after["days/index.html"][1]
    assert b"Ferry" in after["most-changed.html"][1]


def test_a_hidden_article_is_on_no_page_to_browse(paper: Newspaper) -> None:
    article = watched(paper, text("Ferry", "One."), text("Ferry", "Two."), text("Ferry", "Three."))
    published(paper)
    hide_article(paper.config, article.id, "", paper.now)
    published(paper)

    assert not [name for name, (_, content) in files(paper).items() if b"Ferry" in content and "articles/" not in name]
    assert paper._ask(paper.store.resolve, article.id).state is State.HIDDEN
