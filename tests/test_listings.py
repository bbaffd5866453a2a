"""What lists articles, out of a store: archives, days, mirrors, the status, a takedown."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path, PurePosixPath

import feedparser
import pytest
from lxml import etree

from feedwatch.errors import UsageError
from feedwatch.model import (
    Article,
    Block,
    Change,
    Channel,
    Facts,
    FeedStatus,
    Grade,
    PollVerdict,
    Source,
    Text,
    Verdict,
    Version,
)
from feedwatch.reading.urls import article_id
from feedwatch.running.desk import hide_article, unhide_article
from feedwatch.running.drawing import telling
from feedwatch.running.listings import publish_listings
from feedwatch.running.publish import publish
from feedwatch.running.rehearsal import Rehearsed
from feedwatch.showing import atom
from feedwatch.showing.feed import Entry, Link
from tests.internet import SITE, START, InlineCompute, Newspaper, days, hours, minutes, newspaper_config

LINK = "{http://www.w3.org/2005/Atom}link"


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Newspaper]:
    newspaper = Newspaper(tmp_path, newspaper_config(tmp_path))
    yield newspaper
    newspaper.close()


def found(paper: Newspaper, name: str, **more: object) -> Article:
    key = f"{SITE}/{name}"
    article = Article(article_id(key), "paper", key, key, "paper.example", name, paper.now, **more)
    paper._ask(paper.store.settle_poll, PollVerdict(None, (article,)))
    return revised(paper, article)


def revised(paper: Newspaper, article: Article, words: str = "As it was.") -> Article:
    """The article's next version, seen now."""
    number = article.versions
    text = Text(f"{article.feed_title or article.key}", "", (Block(words),))
    version = Version(article.id, number, paper.now, None, text, "trafilatura", "test 1")
    new = replace(
        article, versions=number + 1, checks=article.checks + 1, rev=article.rev + 1, last_checked_at=paper.now
    )
    change = None
    if number:
        new = replace(new, changes=article.changes + 1, last_changed_at=paper.now)
        channels = frozenset({Channel.EVERYTHING, Channel.CHANGES})
        change = Change(article.id, number - 1, number, paper.now, None, Facts((Grade.WORDING,)), channels)
    assert paper._ask(paper.store.settle, Verdict(new, version, None, change))
    return (
        paper.store_article(article) if hasattr(paper, "store_article") else paper._ask(paper.store.resolve, article.id)
    )


def edited(paper: Newspaper, article: Article, times: int) -> Article:
    for turn in range(times):
        paper.now += minutes(1)
        article = revised(paper, article, f"Turn {turn}, at {paper.now.isoformat()}.")
    return article


def published(paper: Newspaper, *, always: bool = False) -> dict[str, bytes]:
    asyncio.run(publish(paper.app, always=always))
    return files(paper)


def files(paper: Newspaper) -> dict[str, bytes]:
    root = paper.config.site.output
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def ids(document: bytes) -> list[str]:
    return [entry.id for entry in feedparser.parse(document).entries]


def followed(files: dict[str, bytes], start: str) -> list[str]:
    """The ids of a feed's entries through all its archives."""
    base, name, every = "https://changes.example/", start, []
    while name:
        every += [number for number in ids(files[name]) if number not in every]
        links = etree.fromstring(files[name]).findall(f"{LINK}[@rel='prev-archive']")
        name = links[0].get("href").removeprefix(base) if links else ""
    return every


def test_every_change_is_found_through_the_archives_and_a_rebuild_gives_the_same(paper: Newspaper) -> None:
    article = found(paper, "a")
    published(paper)
    for _ in range(3):
        article = edited(paper, article, 60)
        files = published(paper)

    assert len(followed(files, "changes.atom")) == len(followed(files, "sources/paper/changes.atom")) == 180
    assert [name for name in sorted(files) if "/" not in name and "changes-" in name] == [
        "changes-1.atom",
        "changes-2.atom",
    ]

    for path in files:
        (paper.config.site.output / path).unlink()
    paper._ask(paper.store.mark_all_dirty)

    assert published(paper, always=True) == files


def test_an_archive_is_left_alone_once_it_is_written(paper: Newspaper) -> None:
    article = edited(paper, found(paper, "a"), 130)
    published(paper)
    path = paper.config.site.output / "changes-1.atom"
    before = path.stat()

    edited(paper, article, 5)
    published(paper)

    assert path.stat().st_mtime_ns == before.st_mtime_ns


def test_a_takedown_reaches_the_archives(paper: Newspaper) -> None:
    kept = edited(paper, found(paper, "kept"), 30)
    taken = edited(paper, found(paper, "taken"), 100)
    files = published(paper)
    assert taken.id.encode() in files["changes-1.atom"]

    paper._ask(hide_article, paper.config, taken.id, "a court's order", paper.now)
    hidden = published(paper)

    stub = f"articles/{taken.id[:2]}/{taken.id}/"
    assert kept.id.encode() in hidden["changes-1.atom"]
    assert sorted(name for name in hidden if name.startswith(stub)) == [
        f"{stub}changes.atom",
        f"{stub}changes.json",
        f"{stub}index.html",
    ]
    assert b"a court&#39;s order" in hidden[f"{stub}index.html"]
    assert not [name for name, content in hidden.items() if taken.id.encode() in content and not name.startswith(stub)]
    assert not [name for name, content in hidden.items() if name.startswith(stub) and b"Turn" in content]

    paper._ask(unhide_article, paper.config, taken.id, paper.now)
    again = published(paper)

    moving = {name for name in again if name.startswith(("status", stub))}  # the next check is another
    assert {name for name in again if again[name] != files[name]} <= moving
    assert set(again) == set(files)


def test_a_source_that_is_shown_in_excerpts_from_now_on_loses_its_texts(paper: Newspaper) -> None:
    article = edited(paper, found(paper, "a"), 3)
    own = f"articles/{article.id[:2]}/{article.id}/"
    assert f"{own}versions.json" in published(paper)

    sources = (paper.config.sources[0].model_copy(update={"excerpt": True}),)
    paper.app = replace(paper.app, config=paper.config.model_copy(update={"sources": sources}))
    paper._ask(paper.store.mark_all_dirty)
    after = published(paper, always=True)

    assert f"{own}versions.json" not in after
    assert b"<form" not in after[f"{own}index.html"]
    assert f"{own}origins.html" in after


def test_one_edit_touches_the_articles_own_files_and_what_lists_it(paper: Newspaper) -> None:
    for n in range(40):
        edited(paper, found(paper, f"other-{n}"), 2)
    article = edited(paper, found(paper, "a"), 2)
    before = published(paper)
    written = paper.app.tallies.published

    paper.now += minutes(1)
    edited(paper, article, 1)
    after = published(paper)

    own = f"articles/{article.id[:2]}/{article.id}/"
    touched = {name for name in after if after[name] != before.get(name)}
    searched = {name for name in touched if name.startswith("search/")}  # as many as the edit's words have slots
    assert len(searched) < 16
    assert touched - searched == {
        *(own + name for name in ("index.html", "origins.html", "versions.json", "changes.atom", "changes.json")),
        *(own + name for name in ("3.html", "timemap.link")),
        *("days/index.html", "days/2026-03-02-2.html", "most-changed.html"),
        *(own + name for name in ("2-3.html", "0-3.html", "1-2.html")),  # 1-2 leads to the next change now
        *(f"{place}{name}" for place in ("", "sources/paper/") for name in LISTS),
        "status.html",
        "status.json",
    }
    assert paper.app.tallies.published - written == len(touched)
    assert set(before) - set(after) == {own + "0-2.html"}


LISTS = ("index.html", "changes.atom", "changes.json", "everything.atom", "everything.json")


def test_an_article_that_is_not_hidden_cannot_be_shown_again(paper: Newspaper) -> None:
    article = found(paper, "a")

    with pytest.raises(UsageError, match="is not hidden"):
        paper._ask(unhide_article, paper.config, article.id, paper.now)


def test_each_day_that_is_over_is_told_once(paper: Newspaper) -> None:
    article = edited(paper, found(paper, "a"), 3)
    published(paper)
    paper.now = START + days(1)
    article = edited(paper, article, 70)
    first = published(paper)["daily.atom"]

    paper.now = START + days(2)
    edited(paper, article, 1)
    second = published(paper)["daily.atom"]

    entries = feedparser.parse(second).entries
    assert [entry.title for entry in entries] == ["3 March 2026: 70 changes", "2 March 2026: 3 changes"]
    assert entries[0].content[0].value.count("<li>") == 61
    assert "and 10 more" in entries[0].content[0].value
    assert ids(first) == ids(second)[1:]


def test_a_mirror_tells_each_article_once_in_the_order_in_which_they_were_found(paper: Newspaper) -> None:
    first = found(paper, "a", feed_title="The first")
    paper.now += hours(1)
    found(paper, "b", feed_title="The second")
    before = published(paper)["sources/paper/articles.atom"]

    edited(paper, first, 2)
    after = published(paper)["sources/paper/articles.atom"]

    assert [entry.title for entry in feedparser.parse(after).entries] == ["The second", "The first"]
    assert after == before


def test_the_status_is_written_once_a_minute_even_when_there_is_no_news(paper: Newspaper) -> None:
    found(paper, "a")
    seen = []
    for seconds in (0, 30, 70):
        paper.now = START + timedelta(seconds=seconds)
        seen.append(json.loads(published(paper)["status.json"])["generated_at"][-4:])

    assert seen == [":00Z", ":00Z", ":10Z"]


def test_a_feed_that_dies_and_comes_back_is_told_to_the_operator(paper: Newspaper) -> None:
    feed = paper._ask(paper.store.feeds)[0]
    for status in (FeedStatus.GONE, FeedStatus.OK):
        paper.now += hours(1)
        paper._ask(paper.store.settle_poll, PollVerdict(replace(feed, status=status)))
        files = published(paper)
        paper.app.done_at.clear()

    assert [entry.title for entry in feedparser.parse(files["status.atom"]).entries] == [
        "Back to normal: The Paper",
        "Feed gone: The Paper",
    ]
    assert PurePosixPath("status.html").as_posix() in files


def test_the_feed_of_the_status_is_written_with_a_trouble_and_with_all(paper: Newspaper) -> None:
    def writes(*, always: bool = False) -> int:
        paper.now += hours(1)
        paper.compute.asked.clear()
        published(paper, always=always)
        return paper.compute.asked.count("status_feed")

    found(paper, "a")
    first, again = writes(), writes()
    feed = paper._ask(paper.store.feeds)[0]
    paper._ask(paper.store.settle_poll, PollVerdict(replace(feed, status=FeedStatus.GONE)))
    troubled, still = writes(), writes()
    paper.app = replace(paper.app, done_at={})  # a restart
    restarted = writes()

    assert (first, again, troubled, still, restarted) == (1, 0, 1, 0, 0)
    assert writes(always=True) == 1


def test_after_a_restart_only_what_changed_is_listed_anew(paper: Newspaper) -> None:
    def renders_after_a_restart(**site: object) -> int:
        app = paper.app
        config = app.config.model_copy(update={"site": app.config.site.model_copy(update=site)})
        paper.app = replace(app, config=config, listed={}, done_at={})
        paper.compute.asked.clear()
        edited(paper, paper._ask(paper.store.resolve, article.id), 1)
        published(paper)
        return paper.compute.asked.count("source_files")

    paper._ask(paper.store.enrol, [Source("paper", "The Paper"), Source("other", "The Other")], [])
    article = found(paper, "a")

    assert renders_after_a_restart() == 2
    assert renders_after_a_restart() == 1
    assert renders_after_a_restart(title="Another name") == 2


def test_lists_carry_the_entries_that_were_made_with_their_articles(
    paper: Newspaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "ab":
        edited(paper, found(paper, name), atom.ENTRIES)
    drawn: list[str] = []
    draw = atom.notice_items
    monkeypatch.setattr(atom, "notice_items", lambda notice, *rest: drawn.append("once") or draw(notice, *rest))

    carried = published(paper)
    assert drawn == []
    monkeypatch.setattr("feedwatch.running.publish.DRAWN", 3)
    assert published(paper, always=True) == carried
    assert drawn


def test_a_worker_makes_the_entries_of_older_notices_once(paper: Newspaper, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [edited(paper, found(paper, name), 3) for name in "ab"]
    published(paper)
    drawn: list[str] = []
    draw = atom.notice_items
    monkeypatch.setattr(
        atom, "notice_items", lambda notice, *rest: drawn.append(notice.article.id) or draw(notice, *rest)
    )

    def draws(article: Article) -> list[str]:
        drawn.clear()
        edited(paper, paper._ask(paper.store.resolve, article.id), 1)
        published(paper)
        return drawn

    monkeypatch.setattr("feedwatch.running.drawing._lately", {})
    assert draws(articles[0]) == [articles[1].id] * 3
    assert draws(articles[0]) == []
    by_memory = files(paper)
    monkeypatch.setattr("feedwatch.running.drawing._lately", {})
    assert published(paper, always=True) == by_memory


def test_an_entry_of_an_article_that_changed_since_is_made_anew(paper: Newspaper) -> None:
    article = edited(paper, found(paper, "a"), 1)
    as_it_is = published(paper)
    change = paper._ask(paper.store.history, article.id).changes[0]
    entry = Entry(
        id="urn:old", at=change.at, title="Old", author="", summary="", content="", links=(Link("alternate", SITE),)
    )

    def listed(rev: int) -> dict[str, bytes]:
        asyncio.run(publish_listings(paper.app, ["paper"], [], {telling(change): (rev, entry)}, always=False))
        return files(paper)

    assert listed(article.rev - 1) == as_it_is
    assert listed(article.rev) != as_it_is


def test_many_articles_are_published_in_rounds_as_in_one(paper: Newspaper, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abcde":
        edited(paper, found(paper, name), 2)
    at_once = published(paper)
    paper._ask(paper.store.mark_all_dirty)
    for path in at_once:
        (paper.config.site.output / path).unlink()
    monkeypatch.setattr("feedwatch.running.publish.ROUND", 2)
    monkeypatch.setattr("feedwatch.running.rehearsal.open_compute", lambda *_: InlineCompute())

    assert published(paper, always=True) == at_once
    assert paper._ask(paper.store.dirty, 10) == []
    assert Rehearsed(paper.config, paper.now, lambda _: None).wrong == set()
