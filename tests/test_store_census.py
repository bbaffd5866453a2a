"""The numbers that a store keeps are those of its rows, whatever is done to these: on SQLite, and on PostgreSQL."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text as sql

from feedwatch.adapters.store import open_store
from feedwatch.model import (
    Channel,
    Event,
    EventKind,
    Facts,
    Grade,
    PollVerdict,
    Revision,
    State,
    Verdict,
    Version,
)
from tests import test_store_contract as contract
from tests.recount import recounted
from tests.test_store_contract import HOUR, NOW, article, checked, publish_version, text, watch

url, store = contract.url, contract.store  # the fixtures

DAY = timedelta(days=1)


def test_an_article_is_counted_where_it_is(store):
    ferry, storm = watch(store, "/ferry"), watch(store, "/storm")
    assert store.count("herald", State.WATCHED) == 2

    store.settle(Verdict(checked(ferry, state=State.GONE)))
    store.settle(Verdict(checked(storm, state=State.HIDDEN)))

    counts = store.counts(NOW)["herald"]
    assert (counts["watched"], counts["gone"], counts["hidden"]) == (0, 1, 1)
    assert (store.count(None, State.HIDDEN), store.count(None, None), store.count("bote", None)) == (1, 2, 0)
    recounted(store)


def test_an_article_that_is_known_is_counted_once(store):
    watch(store, "/ferry")
    store.settle_poll(PollVerdict(None, (article("/ferry"), article("/storm"), article("/storm"))))

    assert store.count(None, None) == 2
    recounted(store)


def test_an_article_that_a_feed_wakes_is_watched_again(store):
    done = watch(store, "/done", state=State.DONE)
    gone = watch(store, "/gone", state=State.GONE)

    store.settle_poll(PollVerdict(None, (), (replace(done, state=State.WATCHED, next_check_at=NOW), gone)))

    counts = store.counts(NOW)["herald"]
    assert (counts["watched"], counts["done"], counts["gone"]) == (1, 0, 1)
    assert store.resolve(done.id).state is State.WATCHED
    recounted(store)


def test_an_article_that_proves_to_be_another_counts_no_more(store):
    ferry, twin = watch(store, "/ferry"), watch(store, "/ferry-2")

    store.settle(Verdict(checked(twin), merged_into=ferry.id))

    assert store.count(None, None) == 1
    recounted(store)


def test_a_withdrawn_change_counts_no_more(store):
    ferry = publish_version(store, publish_version(store, watch(store, "/ferry"), text("One.")), text("Two."))
    false = replace(store.history(ferry.id).versions[1], withdrawn_at=NOW, withdrawn_because="no edit")
    event = Event(ferry.id, 0, EventKind.WITHDRAWN, NOW, channels=frozenset({Channel.CHANGES}))

    assert store.revise(Revision(ferry, replace(ferry, changes=0, events=1, rev=ferry.rev + 1), (false,), (event,), {}))

    counts = store.counts(NOW)["herald"]
    assert (counts["versions"], counts["changes"]) == (2, 0)
    assert store.news_count(Channel.CHANGES, "herald") == 2
    recounted(store)


def test_what_comes_from_another_store_is_counted(store, tmp_path):
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}", NOW)
    other.enrol([contract.HERALD], [])
    ferry = publish_version(other, publish_version(other, watch(other, "/ferry"), text("One.")), text("Two."))
    first = other.history(ferry.id)
    publish_version(other, ferry, text("Three."))

    assert (store.admit(first), store.admit(other.history(ferry.id)), store.admit(first)) == (2, 1, 0)
    other.close()

    counts = store.counts(NOW)["herald"]
    assert (counts["versions"], counts["changes"]) == (3, 2)
    assert store.news_count(Channel.EVERYTHING, None) == 2
    recounted(store)


def test_a_verdict_that_is_refused_counts_for_nothing(store):
    ferry = watch(store, "/ferry")
    publish_version(store, ferry, text("One."))

    assert not store.settle(Verdict(checked(ferry, state=State.GONE)))

    assert store.count(None, State.GONE) == 0
    recounted(store)


def test_numbers_are_those_of_the_rows_after_anything_in_any_order(store):
    chance = random.Random(7)
    for number in range(12):
        watch(store, f"/{number}", state=chance.choice([State.WATCHED, State.DONE]))
    for _ in range(120):
        of = chance.choice(store.articles(None, None, 99))
        what = chance.randrange(4)
        if what == 0:
            store.settle(Verdict(checked(of, state=chance.choice(list(State)))))
        elif what == 1:
            store.settle_poll(PollVerdict(None, (article(f"/{chance.random()}"),), (replace(of, state=State.WATCHED),)))
        else:
            happen(store, of, NOW + chance.randrange(-40, 40) * 7 * HOUR, chance)
    recounted(store)
    for channel in Channel:
        for slug in (None, "herald"):
            paged_as_listed(store, channel, slug)


def happen(store, of, at, chance) -> None:
    """A version or an event, at any time: what comes from elsewhere is older than what is there."""
    channels = frozenset(chance.sample(list(Channel), chance.randrange(4)))
    if chance.random() < 0.5:
        event = Event(of.id, of.events, EventKind.GONE, at, channels=channels)
        store.settle(Verdict(checked(of, events=of.events + 1), events=(event,)))
        return
    new = checked(of, versions=of.versions + 1, rev=of.rev + 1, changes=of.changes + bool(of.versions))
    version = Version(of.id, of.versions, at, None, text(f"{of.versions}."), "trafilatura", "test")
    change = None
    if of.versions:
        facts = Facts((Grade.WORDING,))
        change = contract.Change(of.id, of.versions - 1, of.versions, at, None, facts, channels)
    store.settle(Verdict(new, version, change=change))


def paged_as_listed(store, channel: Channel, slug: str | None) -> None:
    """The pages of the archive, put together, are what the rows of the table are in their order."""
    asked = "select article, kind, number from carried where channel = :channel order by at, article, kind, number"
    with store._in(contract.Mode.READ) as connection:
        rows = [tuple(row) for row in connection.execute(sql(asked), {"channel": channel.value})]
    hidden = {one.id for one in store.articles(None, State.HIDDEN, 99)}
    for offset in range(0, len(rows) + 3, 3):
        page = store.news_page(channel, slug, offset, 3)
        assert [place_of(notice) for notice in page] == [
            row for row in rows[offset : offset + 3] if row[0] not in hidden
        ]
        for notice in page:
            assert rows[store.news_place(channel, slug, notice.change or notice.event)] == place_of(notice)
    assert store.news_count(channel, slug) == len(rows)


def place_of(notice) -> tuple[str, str, int]:
    if notice.change:
        return notice.article.id, "change", notice.change.to_number
    return notice.article.id, "event", notice.event.number


def test_what_stands_at_a_time_is_told_by_its_place(store):
    one = publish_version(store, watch(store, "/ferry"), text("One."))
    for number in range(30):
        one = publish_version(store, one, text(f"{number}."))  # an hour apart
    midnight = NOW.replace(hour=0)

    places = [store.news_place(Channel.CHANGES, None, moment(midnight + day * DAY)) for day in range(-1, 4)]

    assert places == [0, 0, 11, 30, 30]
    assert store.news_place(Channel.CHANGES, "herald", moment(NOW + 3 * HOUR)) == 2
    assert store.news_place(Channel.CHANGES, "bote", moment(NOW + 3 * HOUR)) == 0
    assert store.news_page(Channel.CHANGES, None, 30, 5) == store.news_page(Channel.CHANGES, "bote", 0, 5) == []


def moment(at) -> Event:
    return Event("", 0, EventKind.GONE, at)


@pytest.mark.parametrize("state", list(State))
def test_articles_of_a_state_are_listed_the_newest_first(store, state):
    for number in range(6):
        one = watch(store, f"/{number}", first_seen_at=NOW + number * HOUR)
        store.settle(Verdict(checked(one, state=state if number % 2 else State.WATCHED)))

    wanted = [f"/{number}" for number in range(5, -1, -1) if number % 2 or state is State.WATCHED]
    assert [one.title for one in store.articles(None, state, 9)] == wanted
    assert [one.title for one in store.articles("herald", state, 2, 1)] == wanted[1:3]
    assert store.articles("bote", state, 9) == []
