"""Live pages: every version is kept and shown, the feeds tell of them once a window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import feedparser
import pytest

from feedwatch.config import Config, ScheduleConfig
from feedwatch.judging.diff import compare
from feedwatch.judging.live import Waited, close_window, is_due, is_waiting, look_by
from feedwatch.judging.suspicion import LIVE_CHANGES
from feedwatch.model import Article, Block, Change, Channel, Failed, Gone, Grade, Known, Live, Reason, Text, Version
from tests.internet import BODY, START, Newspaper, days, hours, minutes, newspaper_config
from tests.test_decide import HOUR, NOW, article, known

A = "/news/storm-live"
POSTS = (
    "08:12 The first trains have been cancelled between Sandmarsh and Port Ellery, the operator said on Monday.",
    "08:31 A tree has come down on the coast road at Gannet Head; the fire brigade asks drivers to stay away.",
    "08:55 Ferries to the islands are tied up in the inner harbour, and no sailing is expected before night.",
    "09:20 Two schools in the harbour district have sent their pupils home after slates came off the gymnasium roof.",
    "09:44 The lifeboat has brought in four anglers from the breakwater; all of them are cold, wet and otherwise well.",
    "10:02 Power is out in some six hundred homes north of the river, the network operator told the Paper.",
    "10:25 The market hall stays closed for the day. Stallholders have moved what they could to the church next door.",
    "10:51 A gust of 128 kilometres an hour was measured at the lighthouse, the strongest since the winter of 1990.",
    "11:16 The mayor has asked everyone on the quays to move to higher ground before the tide turns after noon.",
    "11:40 Hospital visits are suspended until the evening because the main road to the clinic is under water again.",
)
QUARTER = minutes(15)
LIVE = '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "LiveBlogPosting"}</script>'


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Newspaper]:
    newspaper = Newspaper(tmp_path, newspaper_config(tmp_path))
    yield newspaper
    newspaper.close()


def entries(paper: Newspaper, feed: str = "changes.atom") -> list[str]:
    """Ids, the oldest first."""
    file = paper.config.site.output / feed
    return [entry.id for entry in reversed(feedparser.parse(file.read_bytes()).entries)]


def own_feed(paper: Newspaper, path: str) -> str:
    number = paper.article(path).id
    return f"articles/{number[:2]}/{number}/changes.atom"


def posts(paper: Newspaper, count: int, extra: str = LIVE) -> None:
    paper.publishes(A, title="Storm Ingrid: live", body=[*reversed(POSTS[:count]), *BODY], extra=extra)


def follow(paper: Newspaper, counts: Sequence[int], every: timedelta = QUARTER, extra: str = LIVE) -> None:
    for count in counts:
        posts(paper, count, extra)
        paper.tick(after=every)


# ------------------------------------------------------------------------------------------------------ stories


def test_a_live_page_is_told_of_once_an_hour_and_kept_in_full(paper: Newspaper) -> None:
    posts(paper, 0)
    paper.tick()

    follow(paper, range(1, 9))

    history = paper.history(A)
    assert len(history.versions) == 9
    assert [(change.from_number, change.to_number) for change in history.changes] == [(n, n + 1) for n in range(8)]
    assert [bool(change.channels) for change in history.changes] == [True] + 7 * [False]
    assert [(digest.from_number, digest.to_number) for digest in history.digests] == [(1, 4)]
    assert history.digests[0].facts.paragraphs_added == 3
    assert len(entries(paper)) == 2


def test_what_waits_when_the_page_falls_quiet_is_told(paper: Newspaper) -> None:
    posts(paper, 0)
    paper.tick()

    follow(paper, range(1, 4))
    paper.runs(hours(3))

    history = paper.history(A)
    assert [(digest.from_number, digest.to_number) for digest in history.digests] == [(1, 3)]
    assert history.digests[0].at - history.changes[0].at < minutes(75)
    assert paper.article(A).live is None


def test_what_waits_is_told_although_the_page_is_gone(paper: Newspaper) -> None:
    posts(paper, 0)
    paper.tick()

    follow(paper, range(1, 4))
    paper.serves(A, Gone(410))
    paper.runs(days(1))

    assert paper.events(A) == ["gone"]
    assert len(paper.history(A).digests) == 1


def test_what_waits_is_told_although_the_page_cannot_be_had(paper: Newspaper) -> None:
    posts(paper, 0)
    paper.tick()

    follow(paper, range(1, 4))
    paper.serves(A, Failed(Reason.STATUS, "the server said 500", 500))
    paper.runs(hours(6))

    assert len(paper.history(A).digests) == 1


def test_entries_stay_as_they_were_published(paper: Newspaper) -> None:
    posts(paper, 0)
    paper.tick()
    seen: dict[str, str] = {}

    for count in range(1, 11):
        follow(paper, [count])
        feed = feedparser.parse((paper.config.site.output / own_feed(paper, A)).read_bytes())
        for entry in feed.entries:
            told = f"{entry.updated} {entry.title} {entry.content[0].value}"
            assert seen.setdefault(entry.id, told) == told

    assert len(seen) == 1 + 1 + len(paper.history(A).digests)


def test_each_feed_that_carries_an_edit_carries_the_digest(paper: Newspaper) -> None:
    posts(paper, 0)
    paper.tick()
    follow(paper, range(1, 4))
    paper.publishes(A, title="Storm Ingrid: 600 homes without power", body=[*reversed(POSTS[:4]), *BODY], extra=LIVE)
    paper.runs(hours(3))

    assert len(entries(paper, "headlines.atom")) == 1
    assert len(entries(paper, "everything.atom")) == len(entries(paper)) == 2
    assert len(entries(paper, own_feed(paper, A))) == 3


def test_the_page_lists_every_version_and_a_digest_has_its_comparison(paper: Newspaper) -> None:
    posts(paper, 0)
    paper.tick()
    follow(paper, range(1, 6))

    folder = (paper.config.site.output / own_feed(paper, A)).parent
    shown = (folder / "index.html").read_text("utf-8")

    assert {path.name for path in folder.glob("*-*.html")} >= {f"{n}-{n + 1}.html" for n in range(5)} | {"1-4.html"}
    assert all(f'value="{number}"' in shown for number in range(6))
    assert "0-5.html" in shown


def test_a_page_that_is_edited_again_and_again_is_digested_from_then_on(paper: Newspaper) -> None:
    posts(paper, 0, extra="")
    paper.tick()

    follow(paper, range(1, 11), extra="")
    paper.runs(hours(2))

    changes = paper.history(A).changes
    assert sum(bool(change.channels) for change in changes) == LIVE_CHANGES
    assert [(digest.from_number, digest.to_number) for digest in paper.history(A).digests] == [(LIVE_CHANGES, 10)]


def test_an_article_edited_now_and_then_is_not_digested(paper: Newspaper) -> None:
    posts(paper, 0, extra="")
    paper.tick()

    follow(paper, range(1, 6), every=hours(2), extra="")

    assert all(change.channels for change in paper.history(A).changes)
    assert paper.article(A).live is None


def test_edits_that_undo_each_other_within_a_window_are_on_the_page_only(paper: Newspaper) -> None:
    posts(paper, 1)
    paper.tick()
    follow(paper, [2, 3])
    paper.publishes(A, title="Storm Ingrid: live", body=[*reversed(POSTS[:2]), *BODY], extra=LIVE)
    paper.runs(hours(4))

    history = paper.history(A)
    assert len(history.versions) == 4
    assert history.digests == ()
    assert len(entries(paper)) == 1


def test_the_window_is_as_the_config_says(tmp_path: Path) -> None:
    base = newspaper_config(tmp_path)
    config = Config(**{**dict(base), "schedule": ScheduleConfig(live_window=minutes(25))})
    paper = Newspaper(tmp_path, config)
    posts(paper, 0)
    paper.tick()

    follow(paper, range(1, 6))
    paper.close()

    assert len(entries(paper)) == 3


def test_a_rebuilt_site_is_the_same(paper: Newspaper) -> None:
    posts(paper, 0)
    paper.tick()
    follow(paper, range(1, 7))
    site = paper.config.site.output
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    for path in before:
        path.unlink()

    paper._ask(paper.store.mark_all_dirty)
    paper.tick()

    assert {path: path.read_bytes() for path in site.rglob("*.html")} == {
        path: content for path, content in before.items() if path.suffix == ".html"
    }
    assert {path: path.read_bytes() for path in site.rglob("*.atom")} == {
        path: content for path, content in before.items() if path.suffix == ".atom"
    }


# ------------------------------------------------------------------------------------------------------ the window


def open_window(told: int, until: datetime, versions: int) -> Known:
    live = article(live=Live(told, until), versions=versions, last_checked_at=NOW)
    text = Text("Storm", "", (Block(f"Post {versions - 1}."),))
    return replace(known(), article=live, last=Version(live.id, versions - 1, NOW, None, text, "trafilatura", "test 1"))


def waited(old: str, new: str) -> Waited:
    texts = [Text("Storm", "", (Block(line),)) for line in (old, new)]
    version = Version("0123456789abcdef", 0, START, None, texts[0], "trafilatura", "test 1")
    return Waited(version, texts[0], compare(*texts), START)


def closed(known: Known, waited: Waited | None) -> tuple[Article, Change | None]:
    return close_window(known.article, known.last, waited, NOW, HOUR)


def test_a_window_waits_for_its_end() -> None:
    before = open_window(0, NOW + HOUR, versions=3)

    after, digest = closed(before, waited("Post 0.", "Post 2."))

    assert (after, digest) == (before.article, None)
    assert is_waiting(after, 2)
    assert not is_due(after, NOW)


def test_a_window_that_is_over_is_told_and_opens_the_next() -> None:
    after, digest = closed(open_window(0, NOW, versions=3), waited("Post 0.", "Post 2."))

    assert digest is not None
    assert (digest.from_number, digest.to_number, digest.at, digest.not_before) == (0, 2, NOW, START)
    assert Channel.CHANGES in digest.channels
    assert Grade.FIGURES in digest.facts.grades
    assert after.live == Live(2, NOW + HOUR)
    assert after.rev == 1


def test_a_window_in_which_nothing_waited_ends_in_silence() -> None:
    after, digest = closed(open_window(2, NOW, versions=3), None)

    assert (after.live, after.rev, digest) == (None, 0, None)


def test_what_could_not_be_compared_waits_on() -> None:
    before = open_window(0, NOW, versions=3)

    after, digest = closed(before, None)

    assert (after, digest) == (before.article, None)


def test_a_clock_set_back_keeps_no_window_open() -> None:
    after, _ = closed(open_window(0, NOW + 90 * HOUR, versions=3), None)

    assert after.live == Live(0, NOW + HOUR)


def test_what_proved_false_does_not_wait() -> None:
    before = open_window(2, NOW, versions=5)
    last = replace(before, last=replace(known().last, number=1))  # type: ignore[type-var]

    assert closed(last, None)[0].live is None


def test_the_next_look_is_no_later_than_the_windows_end() -> None:
    waiting = open_window(0, NOW + HOUR, versions=3).article

    assert look_by(replace(waiting, next_check_at=NOW + 9 * HOUR), 2).next_check_at == NOW + HOUR
    assert look_by(replace(waiting, next_check_at=None), 2).next_check_at == NOW + HOUR
    assert look_by(replace(waiting, next_check_at=NOW + HOUR / 2), 2).next_check_at == NOW + HOUR / 2
    assert look_by(replace(waiting, next_check_at=NOW + 9 * HOUR), 0).next_check_at == NOW + 9 * HOUR
