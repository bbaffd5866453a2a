"""Reading kept pages anew: what proves false is withdrawn, visibly; nothing else that was published changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest
from click.testing import CliRunner
from lxml import etree

from feedwatch.cli.main import main
from feedwatch.config import Selectors
from feedwatch.errors import UsageError
from feedwatch.judging.recheck import Reread, revise
from feedwatch.model import Block, Channel, History, Text
from feedwatch.running.recheck import Rechecked, recheck, run_recheck
from tests.internet import BODY, SITE, Newspaper, hours, minutes, newspaper_config, page

A, B = "/news/ferry-fire", "/news/harbour-wall"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
LONG = hours(3)
LATER = [*BODY[:2], "The captain had reported a smell of diesel to the shipping line the evening before.", *BODY[2:]]


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Newspaper]:
    newspaper = Newspaper(tmp_path, newspaper_config(tmp_path))
    yield newspaper
    newspaper.close()


def desk_page(on_duty: str, body: list[str] | tuple[str, ...] = BODY, title: str = "Fourteen die in ferry fire") -> str:
    """Among its paragraphs one that is no part of the article, and looks as if it were."""
    note = f"<p class='duty'>At the desk on the coast today is {on_duty}, who took down this report by telephone.</p>"
    return page(title, body).replace("</article>", f"{note}</article>")


def publish(paper: Newspaper, *pages: str, path: str = A, every: timedelta = LONG) -> None:
    paper.items.setdefault(path, "Fourteen die in ferry fire" if path == A else "Harbour wall to be raised")
    paper.drops_from_feed(path)
    paper.says_in_feed(path, "Fourteen die in ferry fire" if path == A else "Harbour wall to be raised")
    for answer in pages:
        paper.serves(path, answer)
        paper.tick(after=every)


def strips_duty(paper: Newspaper, body: str | None = None) -> None:
    """The operator learns, and writes a selector."""
    selectors = Selectors(strip=("p.duty",), body=body)
    source = paper.config.sources[0].model_copy(update={"selectors": selectors})
    paper.config = paper.config.model_copy(update={"sources": (source,)})
    paper.app = replace(paper.app, config=paper.config)


def rechecks(paper: Newspaper, *, dry_run: bool = False, because: str = "") -> Rechecked:
    return asyncio.run(recheck(paper.app, ["paper"], dry_run=dry_run, because=because))


def withdrawn(paper: Newspaper, path: str = A) -> list[int]:
    return [version.number for version in paper.history(path).versions if version.withdrawn_at]


def folder(paper: Newspaper, path: str = A) -> Path:
    number = paper.article(path).id
    return paper.config.site.output / "articles" / number[:2] / number


# ------------------------------------------------------------------------------------------------------ stories


def test_a_version_that_a_better_selector_shows_to_be_no_edit_is_withdrawn(paper: Newspaper) -> None:
    publish(paper, desk_page("Ada Lund"), desk_page("Ole Brandt"))
    strips_duty(paper)

    done = rechecks(paper)

    assert (done.articles, done.versions, done.withdrawn, done.withdrawn_in, done.unread) == (1, 1, 1, 1, 0)
    assert withdrawn(paper) == [1]
    assert paper.events(A) == ["withdrawn"]
    article = paper.article(A)
    assert (article.changes, article.versions, article.last_changed_at) == (0, 2, None)


def test_a_real_edit_stays_with_the_false_ones_around_it_withdrawn(paper: Newspaper) -> None:
    pages = [desk_page("Ada Lund"), desk_page("Ole Brandt"), desk_page("Ida Moe", LATER), desk_page("Pia Rask", LATER)]
    publish(paper, *pages)
    strips_duty(paper)

    rechecks(paper)

    history = paper.history(A)
    assert withdrawn(paper) == [1, 3]
    assert (history.article.changes, history.article.last_changed_at) == (1, history.changes[1].at)
    assert [(event.kind.value, event.detail) for event in history.events] == [("withdrawn", "1"), ("withdrawn", "3")]


def test_a_withdrawal_is_seen_on_the_page_and_in_the_feeds(paper: Newspaper) -> None:
    publish(paper, desk_page("Ada Lund"), desk_page("Ole Brandt"))
    feeds = [folder(paper) / "changes.atom", paper.config.site.output / "changes.atom"]
    told = {entry.id for feed in feeds for entry in feedparser.parse(feed.read_bytes()).entries}
    strips_duty(paper)

    rechecks(paper, because="A note of the newsroom was taken for text.")
    paper.tick()

    for feed in feeds:
        dead = etree.parse(feed).findall(f".//{TOMBSTONE}")
        assert [one.get("ref") in told for one in dead] == [True]
        assert "A note of the newsroom" in str(dead[0].xpath("string()"))
        assert "Withdrawn: version 1" in feedparser.parse(feed.read_bytes()).entries[0].title
    shown = (folder(paper) / "index.html").read_text("utf-8")
    assert "A note of the newsroom was taken for text." in shown
    assert 'class="withdrawn"' in shown


def test_entries_that_stay_are_as_they_were(paper: Newspaper) -> None:
    publish(paper, desk_page("Ada Lund"), desk_page("Ole Brandt"), desk_page("Ida Moe", LATER))
    feed = folder(paper) / "changes.atom"
    before = {entry.id: entry for entry in feedparser.parse(feed.read_bytes()).entries}
    strips_duty(paper)

    rechecks(paper)
    paper.tick()

    after = {entry.id: entry for entry in feedparser.parse(feed.read_bytes()).entries}
    stayed = before.keys() & after.keys()
    assert len(stayed) == 2
    assert all(before[number] == after[number] for number in stayed)


def test_texts_and_comparisons_stay_as_they_were_kept(paper: Newspaper) -> None:
    publish(paper, desk_page("Ada Lund"), desk_page("Ole Brandt"), desk_page("Ida Moe", LATER))
    before = paper.history(A)
    strips_duty(paper)

    rechecks(paper)

    after = paper.history(A)
    assert after.changes == before.changes
    assert [version.text for version in after.versions] == [version.text for version in before.versions]


def test_a_second_run_changes_nothing(paper: Newspaper) -> None:
    pages = [desk_page("Ada Lund"), desk_page("Ole Brandt"), desk_page("Ida Moe", LATER), desk_page("Ada Lund")]
    publish(paper, *pages)
    paper.runs(hours(6))
    strips_duty(paper)
    rechecks(paper)
    paper.tick()
    before = paper.history(A)
    shas = paper._ask(paper.store.known, before.article.id, (), paper.now).shas

    again = rechecks(paper)

    assert again.withdrawn == 0
    assert paper.history(A) == before
    assert paper._ask(paper.store.known, before.article.id, (), paper.now).shas == shas
    assert paper._ask(paper.store.dirty, 10) == []


def test_without_a_change_of_rules_nothing_is_withdrawn(paper: Newspaper) -> None:
    publish(paper, desk_page("Ada Lund"), desk_page("Ole Brandt"), desk_page("Ole Brandt", LATER))
    before = paper.history(A)

    assert rechecks(paper).withdrawn == 0
    assert paper.history(A) == before


def test_what_was_stopped_is_taken_up_again(paper: Newspaper) -> None:
    for path in (A, B):
        publish(paper, desk_page("Ada Lund"), desk_page("Ole Brandt"), path=path)
    strips_duty(paper)
    real, calls = paper.store.revise, iter([True])
    paper.store.revise = lambda revision: next(calls, False) and real(revision)  # type: ignore[method-assign]

    first = rechecks(paper)
    paper.store.revise = real  # type: ignore[method-assign]
    second = rechecks(paper)

    assert (first.withdrawn, second.withdrawn) == (1, 1)
    assert withdrawn(paper, A) == withdrawn(paper, B) == [1]


def test_a_dry_run_tells_and_writes_nothing(paper: Newspaper) -> None:
    publish(paper, desk_page("Ada Lund"), desk_page("Ole Brandt"))
    strips_duty(paper)
    before = paper.history(A)

    done = rechecks(paper, dry_run=True)

    assert (done.withdrawn, done.withdrawn_in) == (1, 1)
    assert paper.history(A) == before


def test_a_selector_that_fits_only_a_part_of_the_pages_proves_nothing(paper: Newspaper) -> None:
    publish(paper, desk_page("Ada Lund"), desk_page("Ada Lund", [*BODY[:-1], BODY[-1].replace("two", "three")]))
    strips_duty(paper, body="article p:first-of-type")

    assert rechecks(paper).withdrawn == 0


def test_a_version_without_its_page_is_left_alone(paper: Newspaper) -> None:
    publish(paper, desk_page("Ada Lund"), desk_page("Ole Brandt"), desk_page("Ida Moe"))
    strips_duty(paper)
    real = paper.store.page
    paper.store.page = lambda article, number: real(article, number) if number != 1 else None  # type: ignore[method-assign]

    done = rechecks(paper)

    assert (done.versions, done.unread, done.withdrawn) == (2, 2, 0)


def test_the_next_look_after_a_withdrawal_finds_nothing_new(paper: Newspaper) -> None:
    publish(paper, desk_page("Ada Lund"), desk_page("Ole Brandt"))
    strips_duty(paper)
    rechecks(paper)

    publish(paper, desk_page("Ida Moe"), every=hours(9))

    assert len(paper.history(A).versions) == 2


def test_an_older_text_is_known_again_after_a_change_of_selectors(paper: Newspaper) -> None:
    publish(paper, desk_page("Ada Lund"), desk_page("Ole Brandt", LATER))
    strips_duty(paper)
    rechecks(paper)

    publish(paper, desk_page("Ida Moe"), every=hours(9))
    paper.runs(hours(9))

    assert paper.history(A).changes[-1].facts.reverts_to == 0


def test_a_live_pages_digest_goes_with_the_last_of_what_it_told(paper: Newspaper) -> None:
    live = '<script type="application/ld+json">{"@type": "LiveBlogPosting"}</script></body>'
    names = ("Ada Lund", "Ole Brandt", "Ida Moe", "Pia Rask")
    pages = [desk_page(name).replace("</body>", live) for name in names]
    publish(paper, *pages, every=minutes(20))
    paper.runs(hours(3))
    assert [(digest.from_number, digest.to_number) for digest in paper.history(A).digests] == [(1, 3)]
    strips_duty(paper)

    rechecks(paper)
    paper.tick()

    assert withdrawn(paper) == [1, 2, 3]
    dead = etree.parse(paper.config.site.output / "changes.atom").findall(f".//{TOMBSTONE}")
    assert len(dead) == 2
    told = [event.detail for event in paper.history(A).events if Channel.CHANGES in event.channels]
    assert told == ["1", "3"]


# ------------------------------------------------------------------------------------------------------ the decision


def reread(history: History, *texts: Text) -> list[Reread]:
    numbers = [version.number for version in history.versions]
    return [
        Reread(old, new, before, after)
        for old, new, before, after in zip(numbers, numbers[1:], texts, texts[1:], strict=False)
    ]


def test_only_what_is_read_again_in_full_is_proof(paper: Newspaper) -> None:
    publish(paper, desk_page("Ada Lund"), desk_page("Ole Brandt"))
    history = paper.history(A)
    full = Text("Fourteen die in ferry fire", "", tuple(map(Block, BODY)))
    part = replace(full, blocks=full.blocks[:2])

    whole = revise(history, reread(history, full, full), {}, "", paper.now)
    little = revise(history, reread(history, part, part), {}, "", paper.now)

    assert whole is not None
    assert [version.number for version in whole.withdrawn] == [1]
    assert little is None


# ------------------------------------------------------------------------------------------------------ the command


@pytest.fixture
def told(paper: Newspaper, tmp_path: Path) -> Callable[..., str]:
    """What the command says, of a store in which one version is false."""
    publish(paper, desk_page("Ada Lund"), desk_page("Ole Brandt"))
    config = tmp_path / "config.yaml"
    config.write_text(
        f"store: {paper.config.store}\nsite:\n  output: {tmp_path / 'site'}\n"
        f"sources:\n  - slug: paper\n    title: The Paper\n    feeds: [{SITE}/feed.xml]\n"
        "    selectors:\n      strip: [p.duty]\n"
    )

    def run(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(main, ["recheck", "-c", str(config), *words])
        assert result.exit_code == code, result.output
        return result.output

    return run


def test_the_command_says_what_it_did(told: Callable[..., str], paper: Newspaper) -> None:
    dry, wet, again = told("--source", "paper", "--dry-run"), told("--source", "paper"), told("--all")

    assert "versions read anew: 1; could not be read: 0; would be withdrawn: 1, in 1 of the articles" in dry
    assert "; withdrawn: 1, in 1 of the articles" in wet
    assert "versions read anew: 0; could not be read: 0; withdrawn: 0, in 0 of the articles" in again
    assert withdrawn(paper) == [1]


def test_the_command_wants_to_know_of_which_articles(told: Callable[..., str]) -> None:
    assert "--source SLUG, or --all" in told(code=2)
    assert "--source SLUG, or --all" in told("--all", "--source", "paper", code=2)
    assert "no source 'papper' in the config; there are: paper" in told("--source", "papper", code=2)


def test_articles_watched_by_hand_can_be_rechecked(paper: Newspaper) -> None:
    assert run_recheck(paper.config, ["by-hand"]).articles == 0

    with pytest.raises(UsageError, match="no source 'nothing'"):
        run_recheck(paper.config, ["nothing"])
