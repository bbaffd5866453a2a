"""The operator's page and feed: what is wrong now, what began and what is over."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import feedparser
import pytest

from feedwatch.model import Feed, FeedStatus
from feedwatch.showing import paths
from feedwatch.showing.health import REMEMBERED, Health, Standing, Trouble, Work, read, renewed, written
from feedwatch.showing.status import SHOWN, status_feed, status_files
from tests import samples
from tests.test_atom import check as check_feed
from tests.test_html import WEIGHT, check, flowing

NOW = datetime(2031, 5, 4, 12, 0, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED = Feed(
    "https://courier.example/rss?key=secret",
    samples.COURIER.slug,
    "courier.example",
    "https://courier.example/rss",
    last_polled_at=NOW - HOUR,
    last_ok_at=NOW - HOUR,
)
COUNTS = {"watched": 1234, "due": 7, "held": 2, "blocked": 1, "checks_last_day": 480}
WELL = Standing(samples.COURIER, (FEED,), COUNTS, NOW - HOUR)
FAILING = replace(
    WELL,
    feeds=(replace(FEED, status=FeedStatus.FAILING, failures=3, problem="https://courier.example/rss?key=x: 500"),),
)
DEAD = replace(WELL, feeds=(replace(FEED, status=FeedStatus.GONE, problem="HTTP 410"),))


def files(standings, troubles=(), work=None, **changes):
    site = samples.SITE.model_copy(update=changes)
    of_now = status_files(standings, troubles, site, NOW, work)
    return dict([*of_now, *status_feed(troubles, site, samples.CREATED)])


@pytest.mark.parametrize(
    ("standing", "state"),
    [
        (WELL, Health.WELL),
        (replace(FAILING, feeds=(replace(FAILING.feeds[0], failures=2),)), Health.WELL),
        (FAILING, Health.FAILING),
        (DEAD, Health.DEAD),
        (replace(WELL, held=True), Health.HELD),
        (replace(DEAD, held=True), Health.DEAD),
        (replace(WELL, counts={"watched": 3, "blocked": 4}), Health.BLOCKED),
        (Standing(samples.COURIER, (), {}), Health.WELL),
    ],
)
def test_a_source_is_as_ill_as_its_worst_trouble(standing, state):
    assert standing.health is state


def test_a_trouble_begins_once_and_ends_once():
    first = renewed((), [FAILING], NOW)
    second = renewed(first, [FAILING], NOW + HOUR)
    third = renewed(second, [WELL], NOW + 2 * HOUR)
    again = renewed(third, [FAILING], NOW + 3 * HOUR)

    assert [(trouble.kind, trouble.since, trouble.until) for trouble in first] == [(Health.FAILING, NOW, None)]
    assert second == first
    assert [(trouble.since, trouble.until) for trouble in third] == [(NOW, NOW + 2 * HOUR)]
    assert [trouble.until for trouble in again] == [None, NOW + 2 * HOUR]
    assert renewed(again, [], NOW + 4 * HOUR)[0].until == NOW + 4 * HOUR


def test_what_lasts_is_remembered_however_much_came_after_it():
    troubles = renewed((), [DEAD], NOW)
    for turn in range(1, 2 * REMEMBERED):
        held = replace(WELL, feeds=DEAD.feeds, held=turn % 2 == 1)
        troubles = renewed(troubles, [held], NOW + turn * HOUR)

    assert troubles[-1].kind is Health.DEAD
    assert len(troubles) <= REMEMBERED + 2


def test_troubles_survive_a_restart():
    troubles = renewed(renewed((), [FAILING], NOW), [replace(WELL, held=True)], NOW + HOUR)

    assert read(written(troubles)) == troubles
    assert read(None) == ()


def test_the_feed_tells_of_the_beginning_and_of_the_end():
    begun = renewed((), [FAILING], NOW)
    over = renewed(begun, [WELL], NOW + HOUR)

    early, late = (files([WELL], troubles)[paths.STATUS_FEED] for troubles in (begun, over))

    for feed in (early, late):
        check_feed(feed)
    before, after = feedparser.parse(early).entries, feedparser.parse(late).entries
    assert [entry.title for entry in after] == [
        "Back to normal: Norhaven Courier",
        "Feed fails: Norhaven Courier",
    ]
    assert [(entry.id, entry.summary) for entry in before] == [(after[1].id, after[1].summary)]


@pytest.mark.parametrize("language", ["en", "de", "fr"])
@pytest.mark.parametrize("standings", [[WELL], [WELL, FAILING, DEAD], [replace(WELL, held=True)], []], ids=range(4))
def test_the_page_and_the_feed_are_valid(standings, language):
    made = files(standings, renewed((), standings, NOW), language=language)

    check(made[paths.STATUS])
    check_feed(made[paths.STATUS_FEED])


def test_the_page_says_how_each_source_does():
    words = flowing(check(files([WELL, DEAD], renewed((), [DEAD], NOW))[paths.STATUS]))

    for fact in (
        "1 source is in trouble. As of 4 May 2031, 12:00 UTC.",
        "feed gone",
        "Watched: 1,234",
        "Waiting: 7",
        "Checks a day: 480",
        "Last poll: 4 May 2031, 11:00 UTC",
        "Feed gone: Norhaven Courier Since 4 May 2031, 12:00 UTC.",
    ):
        assert fact in words


def test_a_key_in_a_feeds_address_is_told_nowhere():
    troubles = renewed((), [FAILING], NOW)

    for content in files([FAILING], troubles).values():
        assert b"key=" not in content


def test_the_json_has_every_source_and_the_page_the_worst():
    many = [
        replace(WELL, source=replace(samples.COURIER, slug=f"s{n}", title=f"Source {n} " + "x" * 90))
        for n in range(200)
    ]
    ill = replace(DEAD, source=replace(samples.COURIER, slug="ill", title="The ill one"))

    made = files([*many, ill])

    told = json.loads(made[paths.STATUS_JSON])
    assert len(told["sources"]) == 201
    assert (told["generated_at"], told["sources"][-1]["health"]) == ("2031-05-04T12:00:30Z", "dead")
    page = flowing(check(made[paths.STATUS]))
    assert "The ill one" in page
    assert f"{201 - SHOWN} more sources are in status.json." in page
    assert len(made[paths.STATUS]) < WEIGHT


def test_a_host_s_requests_of_the_day_are_told_beside_their_bound():
    work = Work({"courier.example": 1234, "herald.example": 5}, 20_000)

    made = files([replace(WELL, checks_a_day=480)], work=work)

    page = flowing(check(made[paths.STATUS]))
    assert "Each host gets 20,000 requests a day (UTC) at most. The busiest:" in page
    assert "courier.exampleRequests: 1,234" in page
    told = json.loads(made[paths.STATUS_JSON])
    assert (told["requests_today"], told["requests_a_day"]) == (dict(work.requests), 20_000)
    assert told["sources"][0]["checks_a_day"] == 480


@pytest.mark.parametrize("bad", samples.HOSTILE, ids=range(len(samples.HOSTILE)))
def test_hostile_words_are_harmless_text(bad):
    feed = replace(FEED, url=f"https://courier.example/{bad}", status=FeedStatus.GONE, problem=bad)
    standing = Standing(replace(samples.COURIER, title=bad), (feed,), COUNTS)

    made = files([standing], [*renewed((), [standing], NOW), Trouble(Health.HELD, "x", bad, bad, bad, NOW, NOW)])

    check(made[paths.STATUS])
    check_feed(made[paths.STATUS_FEED])
    json.loads(made[paths.STATUS_JSON])
