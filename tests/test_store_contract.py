"""What every store keeps and answers: one suite, on SQLite always and on PostgreSQL where it is installed."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, event
from sqlalchemy import text as sql

from feedwatch.adapters.store import SqlStore, open_store, prepared
from feedwatch.adapters.store.opening import Mode
from feedwatch.adapters.store.prepared import driver
from feedwatch.errors import StoreError
from feedwatch.model import (
    Article,
    Block,
    BlockKind,
    Change,
    Channel,
    Event,
    EventKind,
    Facts,
    Feed,
    FeedStatus,
    Found,
    Grade,
    Host,
    KeptPage,
    Life,
    Live,
    Past,
    PollVerdict,
    Revision,
    Sizes,
    Source,
    State,
    Suspect,
    Suspicion,
    Tally,
    Text,
    Verdict,
    Version,
)
from tests.recount import recounted

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

HERALD = Source("herald", "The Harbour Herald", "en")
BOTE = Source("bote", "Der Seebote", "de")
HERALD_FEED = Feed("https://herald.example/feed", "herald", "herald.example", "https://herald.example/feed")
BOTE_FEED = Feed("https://bote.example/rss", "bote", "bote.example", "https://bote.example/rss")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.db'}"
    return request.getfixturevalue("cluster").database()


@pytest.fixture
def store(url) -> Iterator[SqlStore]:
    store = open_store(url, NOW)
    store.enrol([HERALD, BOTE], [HERALD_FEED, BOTE_FEED])
    yield store
    recounted(store)
    store.close()


def article(path: str, **more: object) -> Article:
    key = f"https://herald.example{path}"
    fields = {"url": key, "host": "herald.example", "title": path, "first_seen_at": NOW, **more}
    return Article(id=hashlib.sha256(key.encode()).hexdigest()[:16], source="herald", key=key, **fields)


def text(*paragraphs: str, title: str = "Ferry aground") -> Text:
    return Text(title, "No one was hurt", tuple(map(Block, paragraphs)))


def version(of: Article, number: int, words: Text, **more: object) -> Version:
    return Version(of.id, number, NOW + number * HOUR, None, words, "trafilatura", "feedwatch 0.1", **more)


def watch(store: SqlStore, path: str, **more: object) -> Article:
    store.settle_poll(PollVerdict(None, (article(path, **more),)))
    return store.resolve(f"https://herald.example{path}")


def checked(of: Article, **more: object) -> Article:
    return replace(of, **{"checks": of.checks + 1, "last_checked_at": NOW, **more})


def publish_version(store: SqlStore, of: Article, words: Text, page: bytes = b"", **more: object) -> Article:
    """The article's next version, with the change that it makes from the one before."""
    number, at = of.versions, NOW + of.versions * HOUR
    new = checked(of, versions=number + 1, rev=of.rev + 1, last_checked_at=at, title=words.title)
    change = None
    if number:
        new = replace(new, changes=of.changes + 1, last_changed_at=at)
        facts = Facts((Grade.WORDING,), words_added=number)
        change = Change(of.id, number - 1, number, at, None, facts, frozenset({Channel.EVERYTHING, Channel.CHANGES}))
    kept = KeptPage(page, "text/html", of.url) if page else None
    verdict = Verdict(replace(new, **more), version(of, number, words), kept, change)
    assert store.settle(verdict)
    return store.resolve(of.id)


class PlugPulledError(Exception):
    pass


@contextmanager
def interrupted(store: SqlStore) -> Iterator[Callable[[int], None]]:
    """Gives a function that allows so many statements more; the one after them is never executed."""
    left = 1000

    def allow(statements: int) -> None:
        nonlocal left
        left = statements

    def execute(*_: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise PlugPulledError

    def counted(connection: Connection) -> object:
        execute()
        return driver(connection)

    database = store._in.__self__
    engine = database._kept or database._engine
    event.listen(engine, "before_cursor_execute", execute)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prepared, "driver", counted)
        yield allow
    event.remove(engine, "before_cursor_execute", execute)


# ------------------------------------------------------------------------------------------------------ the store


def test_a_store_remembers_when_it_was_made(url):
    made = open_store(url, NOW)
    made.close()

    again = open_store(url, NOW + HOUR)
    again.close()

    assert again.created_at == made.created_at <= NOW
    assert again.created_at.utcoffset() == timedelta(0)


def test_what_was_settled_is_there_after_opening_again(url, store):
    ferry = publish_version(store, watch(store, "/ferry"), text("A ferry ran aground."))
    history = store.history(ferry.id)
    store.close()

    again = open_store(url, NOW)
    found = again.history(ferry.id)
    again.close()

    assert found == history


# ------------------------------------------------------------------------------------------------------ sources


def test_sources_and_feeds_are_those_of_the_config(store):
    assert store.sources() == [BOTE, HERALD]
    assert store.feeds() == [BOTE_FEED, HERALD_FEED]


def test_enrolling_again_keeps_what_is_known_of_a_feed(store):
    polled = replace(HERALD_FEED, etag='"1"', next_poll_at=NOW, failures=2, status=FeedStatus.FAILING, problem="down")
    store.settle_poll(PollVerdict(polled))

    store.enrol([replace(HERALD, title="Herald"), BOTE], [replace(HERALD_FEED, source="bote"), BOTE_FEED])

    assert store.feeds() == [BOTE_FEED, replace(polled, source="bote")]
    assert store.sources() == [BOTE, replace(HERALD, title="Herald")]


def test_a_new_feed_is_polled_when_it_says(store):
    new = Feed("https://herald.example/b", "herald", "feeds.example", "https://herald.example/b", next_poll_at=NOW)

    store.enrol([HERALD, BOTE], [HERALD_FEED, BOTE_FEED, new])

    assert [host.name for host in store.due_hosts(NOW, 10)] == ["feeds.example"]
    assert store.due_feeds("feeds.example", NOW) == [new]


def test_a_feed_that_left_the_config_is_forgotten_and_its_articles_stay_watched(store):
    store.settle_poll(PollVerdict(replace(HERALD_FEED, next_poll_at=NOW)))
    ferry = watch(store, "/ferry", next_check_at=NOW + HOUR)

    store.enrol([BOTE], [BOTE_FEED])

    assert store.feeds() == [BOTE_FEED]
    assert store.sources() == [BOTE, HERALD]
    assert store.due_hosts(NOW, 10) == []
    assert store.due_articles("herald.example", NOW + HOUR, 10) == [ferry]
    assert store.history(ferry.id).source == HERALD


def test_a_source_without_articles_leaves_with_the_config(store):
    store.enrol([HERALD], [HERALD_FEED])

    assert store.sources() == [HERALD]


def test_nothing_configured_is_nothing_watched(store):
    store.enrol([], [])

    assert (store.sources(), store.feeds(), store.next_due_at()) == ([], [], None)


# ------------------------------------------------------------------------------------------------------ hosts


def test_hosts_are_due_the_longest_due_first(store):
    for path, host, minutes in (("/a", "a.example", 3), ("/b", "b.example", 5), ("/c", "c.example", -1)):
        watch(store, path, host=host, next_check_at=NOW - minutes * MINUTE)

    assert [host.name for host in store.due_hosts(NOW, 10)] == ["b.example", "a.example"]
    assert [host.name for host in store.due_hosts(NOW, 1)] == ["b.example"]


def test_a_host_that_asked_for_a_pause_is_not_due_before_its_end(store):
    watch(store, "/ferry", next_check_at=NOW)
    host = Host("herald.example", NOW + HOUR, 3, "User-agent: *\nDisallow: /admin", NOW)

    store.save_host(host)

    assert store.host("herald.example") == host
    assert store.due_hosts(NOW, 10) == []
    assert store.next_due_at() == NOW + HOUR
    assert store.due_hosts(NOW + HOUR, 10) == [host]


def test_a_host_that_was_never_visited_is_blank(store):
    assert store.host("new.example") == Host("new.example")


def test_polls_and_checks_count_as_requests_of_their_day_and_host(store):
    ferry = publish_version(store, watch(store, "/ferry"), text("One."))
    store.settle_poll(PollVerdict(replace(HERALD_FEED, host="herald.example", last_polled_at=NOW)))
    store.settle_poll(PollVerdict(replace(BOTE_FEED, host="bote.example", last_polled_at=NOW)))
    store.count_request("herald.example", NOW + HOUR)
    store.save_host(Host("herald.example", failures=1))

    assert store.requests_of_day(NOW, 10) == {"herald.example": 3, "bote.example": 1}
    assert store.requests_of_day(NOW, 1) == {"herald.example": 3}
    assert store.host("herald.example").requests_on(NOW) == 3
    assert store.host("herald.example").requests_on(NOW + 24 * HOUR) == 0

    store.settle(Verdict(checked(ferry, last_checked_at=NOW + 24 * HOUR)))

    assert store.requests_of_day(NOW + 24 * HOUR, 10) == {"herald.example": 1}


def test_a_source_s_past_has_the_lives_of_its_last_months(store):
    long_ago, lately = NOW - 130 * 24 * HOUR, NOW - 3 * 24 * HOUR
    watch(store, "/old", first_seen_at=long_ago, last_checked_at=NOW)
    watch(store, "/unseen", first_seen_at=NOW)
    watch(store, "/quiet", first_seen_at=lately, published_at=lately - HOUR, last_checked_at=NOW)
    ferry = watch(store, "/ferry", first_seen_at=lately)
    for number in range(3):
        new = checked(ferry, versions=number + 1, last_checked_at=NOW + number * HOUR)
        stands = replace(version(ferry, number, text(f"Text {number}.")), modified_claim=NOW + number * MINUTE)
        change = None
        if number:
            new = replace(new, changes=number, last_changed_at=NOW + number * HOUR)
            change = Change(ferry.id, number - 1, number, NOW + number * HOUR, NOW, Facts((Grade.WORDING,)))
        assert store.settle(Verdict(new, stands, None, change))
        ferry = store.resolve(ferry.id)

    past = store.past("herald", NOW + 3 * HOUR)

    edits = tuple(Found(NOW, NOW + n * HOUR, NOW + n * MINUTE) for n in (1, 2))
    quiet = Life(lately, (), NOW, published_at=lately - HOUR)
    edited = Life(lately, edits, NOW + 2 * HOUR, claimed_at=NOW)
    assert sorted(past.lives, key=lambda life: len(life.edits)) == [quiet, edited]
    assert (past.found_last_day, past.found_last_week) == (1, 3)
    assert store.past("bote", NOW) == Past()


def test_the_sizes_of_versions_are_those_of_their_rows(store):
    assert store.sizes() == Sizes(0, 0, 0)
    ferry = publish_version(store, watch(store, "/ferry"), text("One. " * 400), page=bytes(range(256)) * 40)
    once = store.sizes()
    publish_version(store, ferry, text("One. " * 399 + "Two."))
    twice = store.sizes()

    assert (once.versions, twice.versions) == (1, 2)
    assert 20 < once.texts < twice.texts < 2 * 400 * 5
    assert 200 < once.pages == twice.pages < 256 * 40


def test_a_large_source_s_past_is_a_part_of_it_and_always_the_same(store, monkeypatch):
    monkeypatch.setattr("feedwatch.adapters.store.past.LIVES", 20)
    store.settle_poll(PollVerdict(None, tuple(article(f"/{n}", last_checked_at=NOW) for n in range(200))))

    past = store.past("herald", NOW)

    assert 5 <= len(past.lives) <= 40
    assert past.found_last_day == 200
    assert store.past("herald", NOW) == past


def test_the_next_due_time_is_that_of_the_earliest_feed_or_article(store):
    assert store.next_due_at() is None
    watch(store, "/ferry", next_check_at=NOW + HOUR)
    store.settle_poll(PollVerdict(replace(BOTE_FEED, next_poll_at=NOW + MINUTE)))

    assert store.next_due_at() == NOW + MINUTE


def test_a_host_is_due_exactly_when_something_at_it_is(store):
    chance = random.Random(7)
    paths = [f"/{number}" for number in range(12)]
    hosts = ["a.example", "b.example", "c.example"]
    for path in paths:
        watch(store, path, host=chance.choice(hosts), next_check_at=NOW)

    for _ in range(60):
        due_at = chance.choice([None, NOW + chance.randrange(-99, 99) * MINUTE])
        one = store.resolve(f"https://herald.example{chance.choice(paths)}")
        moved = {"host": chance.choice([one.host, *hosts]), "next_check_at": due_at}
        match chance.randrange(3):
            case 0:
                store.settle(Verdict(checked(one, **moved)))
            case 1:
                store.settle_poll(PollVerdict(None, updated=(replace(one, next_check_at=due_at),)))
            case _:
                feed = replace(HERALD_FEED, host=moved["host"], next_poll_at=due_at)
                store.settle_poll(PollVerdict(feed))

        things = [(thing.host, thing.next_check_at) for thing in store.articles(None, None, 99)]
        things += [(feed.host, feed.next_poll_at) for feed in store.feeds()]
        due = {host for host, due_at in things if due_at is not None and due_at <= NOW}
        assert {host.name for host in store.due_hosts(NOW, 99)} == due
        assert store.next_due_at() == min((due_at for _, due_at in things if due_at), default=None)


def test_due_articles_come_the_longest_due_first_and_so_many(store):
    for path, minutes in (("/a", 1), ("/b", 3), ("/c", 2), ("/d", -1)):
        watch(store, path, next_check_at=NOW - minutes * MINUTE)
    watch(store, "/e", next_check_at=None)

    assert [one.title for one in store.due_articles("herald.example", NOW, 10)] == ["/b", "/c", "/a"]
    assert [one.title for one in store.due_articles("herald.example", NOW, 2)] == ["/b", "/c"]
    assert store.due_articles("bote.example", NOW, 10) == []


# ------------------------------------------------------------------------------------------------------ polls


def test_an_article_is_found_by_its_key_its_id_and_its_other_names(store):
    ferry = article("/ferry")

    store.settle_poll(PollVerdict(HERALD_FEED, (ferry,), aliases=(("guid:herald:1", ferry.id),)))

    assert store.find([ferry.key, "guid:herald:1", "guid:herald:2"]) == {ferry.key: ferry, "guid:herald:1": ferry}
    assert store.resolve(ferry.id) == store.resolve(ferry.key) == store.resolve("guid:herald:1") == ferry
    assert store.resolve("https://herald.example/other") is None


def test_thousands_of_names_are_found_at_once(store):
    many = tuple(article(f"/{number}") for number in range(1200))
    store.settle_poll(PollVerdict(HERALD_FEED, many, aliases=tuple((f"guid:{one.id}", one.id) for one in many)))

    found = store.find([*(one.key for one in many), *(f"guid:{one.id}" for one in many), "guid:none"])

    assert len(found) == 2400


def test_an_article_that_is_known_is_not_made_anew(store):
    ferry = publish_version(store, watch(store, "/ferry"), text("A ferry ran aground."))

    store.settle_poll(PollVerdict(HERALD_FEED, (article("/ferry", title="Another"),)))

    assert store.resolve(ferry.id) == ferry


def test_another_name_of_an_article_does_not_become_a_second_article(store):
    ferry = watch(store, "/ferry")
    twin = article("/ferry-2")
    store.settle_poll(PollVerdict(None, aliases=((twin.key, ferry.id),)))

    store.settle_poll(PollVerdict(None, (twin,), aliases=(("guid:2", twin.id),)))

    assert store.count(None, None) == 1
    assert store.find([twin.key, "guid:2"]) == {twin.key: ferry}


def test_a_name_stays_with_the_article_that_had_it_first(store):
    ferry, storm = watch(store, "/ferry"), watch(store, "/storm")
    names = (("guid:1", ferry.id), ("guid:1", storm.id), (storm.key, ferry.id))

    store.settle_poll(PollVerdict(None, aliases=names))
    store.settle(Verdict(checked(storm), aliases=("guid:1", ferry.key)))

    assert store.find(["guid:1"])["guid:1"].id == ferry.id
    assert store.find([storm.key])[storm.key].id == storm.id
    assert store.find([ferry.key])[ferry.key].id == ferry.id


def test_a_hint_brings_a_check_forward_and_never_puts_it_off(store):
    ferry = watch(store, "/ferry", next_check_at=NOW + HOUR, feed_title="Ferry")

    for due_at in (NOW, NOW + 2 * HOUR):
        hinted = replace(ferry, feed_title="Ferry aground", updated_hint=NOW, next_check_at=due_at)
        store.settle_poll(PollVerdict(HERALD_FEED, updated=(hinted,)))

    assert store.resolve(ferry.id) == replace(ferry, feed_title="Ferry aground", updated_hint=NOW, next_check_at=NOW)


def test_a_hint_wakes_an_article_that_was_done(store):
    done = watch(store, "/ferry", state=State.DONE)
    gone = watch(store, "/storm", state=State.GONE)

    awake = (replace(done, state=State.WATCHED, next_check_at=NOW), replace(gone, state=State.WATCHED))
    store.settle_poll(PollVerdict(HERALD_FEED, updated=awake))

    assert store.resolve(done.id) == replace(done, state=State.WATCHED, next_check_at=NOW)
    assert store.resolve(gone.id).state is State.GONE


def test_a_poll_leaves_what_a_check_wrote_meanwhile(store):
    looked_up = watch(store, "/ferry", next_check_at=NOW)
    ferry = publish_version(store, looked_up, text("A ferry ran aground."), next_check_at=NOW + HOUR)

    store.settle_poll(PollVerdict(HERALD_FEED, updated=(replace(looked_up, feed_title="Ferry"),)))

    assert store.resolve(ferry.id) == replace(ferry, feed_title="Ferry", next_check_at=NOW)


def test_a_hint_during_a_check_is_not_lost(store):
    ferry = watch(store, "/ferry", next_check_at=NOW)
    known = store.known(ferry.id, (), NOW)
    hinted = replace(ferry, feed_title="Ferry aground", next_check_at=NOW)
    store.settle_poll(PollVerdict(HERALD_FEED, updated=(hinted,)))

    store.settle(Verdict(checked(known.article, next_check_at=NOW + HOUR)))

    after = store.resolve(ferry.id)
    assert (after.feed_title, after.next_check_at, after.checks) == ("Ferry aground", NOW, 1)


def test_a_feed_that_left_the_config_during_its_poll_does_not_come_back(store):
    store.enrol([BOTE], [BOTE_FEED])

    store.settle_poll(PollVerdict(replace(HERALD_FEED, next_poll_at=NOW)))

    assert store.feeds() == [BOTE_FEED]


def test_a_key_may_be_very_long_and_a_title_hold_anything(store):
    key = "https://herald.example/?" + "q" * 9000
    hostile = replace(article("/x"), key=key, title="Ferry \x00 \ud800 aground")

    store.settle_poll(PollVerdict(None, (hostile,), aliases=(("guid \x00 \udfff" + "z" * 9000, hostile.id),)))

    assert store.resolve(key).title == "Ferry \ufffd \ufffd aground"
    assert store.resolve("guid \x00 \udfff" + "z" * 9000).id == hostile.id


# ------------------------------------------------------------------------------------------------------ checks


def test_nothing_is_known_of_a_new_article_but_itself(store):
    ferry = watch(store, "/ferry")

    known = store.known(ferry.id, ("0" * 16,), NOW)

    assert (known.article, known.source, known.last) == (ferry, HERALD, None)
    assert (known.shas, known.common, known.tally) == ({}, frozenset(), Tally())


def test_an_unknown_article_is_an_error_that_names_it(store):
    with pytest.raises(StoreError, match="no article feedfeedfeedfeed"):
        store.known("feedfeedfeedfeed", (), NOW)
    with pytest.raises(StoreError, match="no article feedfeedfeedfeed"):
        store.history("feedfeedfeedfeed")


def test_every_field_of_an_article_is_kept(store):
    ferry = watch(store, "/ferry", published_at=NOW - HOUR, updated_hint=NOW, feed_title="Ferry")
    settled = checked(
        ferry,
        url="https://www.herald.example/ferry",
        host="www.herald.example",
        title="Ferry aground",
        last_checked_at=NOW + timedelta(microseconds=1),
        last_ok_at=NOW,
        last_changed_at=NOW,
        next_check_at=NOW + HOUR,
        failures=1,
        moves=2,
        flaps=3,
        state=State.GONE,
        problem="HTTP 404",
        etag='W/"x"',
        last_modified="Mon, 02 Mar 2026 12:00:00 GMT",
        body_sha="b" * 32,
        visible_sha="c" * 32,
        imprint=b"\x00d",
        suspect=Suspect(Suspicion.GONE, "404", NOW + timedelta(microseconds=5), 2),
        versions=4,
        changes=3,
        events=2,
        rev=9,
    )

    store.settle(Verdict(settled))

    assert store.resolve(ferry.id) == settled
    assert store.due_articles("www.herald.example", NOW + HOUR, 9) == [settled]


def test_every_field_of_versions_changes_and_events_is_kept(store):
    ferry = publish_version(store, watch(store, "/ferry"), text("Fourteen people were on board."))
    blocks = tuple(Block(f"{kind.value} \u2013 船\x00\ud800", kind) for kind in BlockKind)
    new = Version(
        ferry.id, 1, NOW + HOUR, NOW, Text("T", "S", blocks), "site", "x 1", "B. Line", "en", NOW, NOW, "a wall"
    )
    values = {"int": 3, "str": "41 \u2013 船", "bool": True, "int | None": 2, "tuple[str, ...]": ("Ada", "Bo")}
    values |= {
        "tuple[Grade, ...]": (Grade.FIGURES, Grade.SILENT),
        "tuple[tuple[str, str], ...]": (("14", "41"), ("", "2")),
    }
    facts = Facts(**{field.name: values[str(field.type)] for field in fields(Facts)})
    base = text("Fourteen people were on the ferry.")
    change = Change(ferry.id, 0, 1, NOW + HOUR, NOW, facts, frozenset({Channel.SILENT, Channel.CHANGES}), base)
    events = (
        Event(ferry.id, 0, EventKind.MOVED, NOW, "https://herald.example/new", frozenset({Channel.EVERYTHING})),
        Event(ferry.id, 1, EventKind.RESTORED, NOW),
    )
    page = KeptPage(b"<p>Forty-one \x00\xff", "text/html; charset=utf-8", "https://herald.example/ferry?x", b"\x00\x81")

    store.settle(Verdict(checked(ferry, versions=2, changes=1, events=2), new, page, change, events))

    history = store.history(ferry.id)
    assert history.versions[1] == new
    assert history.changes == (change,)
    assert history.events == events
    assert astuple(store.page(ferry.id, 1)) == astuple(page)
    assert store.page(ferry.id, 0) is None
    assert store.versions(ferry.id) == list(history.versions)


def test_a_version_is_compared_by_the_newest_page_that_showed_it_and_keeps_the_one_it_was_read_from(store):
    ferry = watch(store, "/ferry")
    first = KeptPage(b"<p>old template", "text/html", "https://herald.example/ferry")
    newer, newest = (
        replace(first, body=body, seeds=body[-2:]) for body in (b"<main>new template", b"<main>newest template 2")
    )
    store.settle(Verdict(checked(ferry, versions=1), version(ferry, 0, text("Fourteen died.")), first))

    for checks, page in ((2, newer), (3, newest)):
        store.settle(Verdict(checked(ferry, versions=1, checks=checks, place="main"), page=page, again=0))

    assert astuple(store.page_now(ferry.id, 0)) == astuple(newest)
    assert store.page(ferry.id, 0) == first
    assert store.resolve(ferry.id).place == "main"
    store.settle(Verdict(checked(ferry, versions=2, checks=4), version(ferry, 1, text("Forty-one died.")), first))
    assert store.page_now(ferry.id, 1) == first


def test_a_check_of_what_another_check_changed_meanwhile_writes_nothing(store):
    ferry = watch(store, "/ferry")
    stale = checked(ferry, versions=1, title="stale")
    publish_version(store, ferry, text("A ferry ran aground."))
    before = store.history(ferry.id)

    settled = store.settle(Verdict(stale, version(ferry, 0, text("Stale.")), aliases=("guid:1",), lines=("a" * 16,)))

    assert settled is False
    assert store.history(ferry.id) == before
    assert store.find(["guid:1"]) == {}
    assert store.known(ferry.id, (), NOW).tally.checks == 1


def test_a_verdict_that_cannot_be_written_whole_leaves_nothing(store):
    ferry = publish_version(store, watch(store, "/ferry"), text("A ferry ran aground."))
    before = store.history(ferry.id)
    again = version(ferry, 0, text("Its number is taken."))
    event = Event(ferry.id, 0, EventKind.MOVED, NOW, channels=frozenset({Channel.EVERYTHING}))

    with pytest.raises(StoreError):
        store.settle(Verdict(checked(ferry, rev=7, events=1), again, events=(event,), aliases=("guid:1",)))

    assert store.history(ferry.id) == before
    assert store.find(["guid:1"]) == {}
    assert store.notices(Channel.EVERYTHING, None, 9) == []


def test_a_verdict_interrupted_at_any_statement_leaves_nothing(store):
    ferry = publish_version(store, watch(store, "/ferry", next_check_at=NOW), text("A ferry ran aground."))
    everything = frozenset({Channel.EVERYTHING})
    verdict = Verdict(
        checked(ferry, versions=2, changes=1, events=1, rev=3, host="www.herald.example"),
        version(ferry, 1, text("Two ferries ran aground.")),
        KeptPage(b"<p>Two", "text/html", ferry.url),
        Change(ferry.id, 0, 1, NOW, None, Facts((Grade.WORDING,)), everything),
        (Event(ferry.id, 0, EventKind.MOVED, NOW, channels=everything),),
        aliases=("guid:1",),
        lines=("a" * 16,),
    )
    before = (store.history(ferry.id), store.known(ferry.id, (), NOW), store.host("www.herald.example"))

    with interrupted(store) as allow:
        for statements in range(1000):
            try:
                allow(statements)
                settled = store.settle(verdict)
                break
            except PlugPulledError:
                allow(1000)
                now = (store.history(ferry.id), store.known(ferry.id, (), NOW), store.host("www.herald.example"))
                assert now == before
                assert store.notices(Channel.EVERYTHING, None, 9) == []
                assert store.find(["guid:1"]) == {}

    assert settled
    assert statements > 10
    assert len(store.notices(Channel.EVERYTHING, None, 9)) == 2


def test_any_of_forty_versions_reads_as_it_was(store):
    chance = random.Random(1)
    ferry = watch(store, "/ferry")
    paragraphs = [f"Paragraph {number} of the story, {chance.random()}." for number in range(40)]
    texts, pages = [], []
    for number in range(40):
        paragraphs[number] = f"Paragraph {number} was rewritten."
        texts.append(text(*paragraphs))
        pages.append("".join(f"<p>{paragraph}</p>" for paragraph in paragraphs).encode())
        ferry = publish_version(store, ferry, texts[-1], pages[-1])

    assert [version.text for version in store.versions(ferry.id)] == texts
    assert [store.page(ferry.id, number).body for number in range(40)] == pages
    assert store.known(ferry.id, (), NOW).last.text == texts[-1]
    assert store.notices(Channel.CHANGES, None, 1)[0].new.text == texts[-1]


def test_a_version_without_a_page_does_not_break_the_chain_of_pages(store):
    ferry = watch(store, "/ferry")
    for number in range(6):
        ferry = publish_version(store, ferry, text(f"Text {number}."), b"" if number == 2 else b"<p>%d" % number)

    kept = [store.page(ferry.id, number) for number in range(6)]

    assert [page and page.body for page in kept] == [b"<p>0", b"<p>1", None, b"<p>3", b"<p>4", b"<p>5"]


def test_the_last_version_is_the_newest_that_was_not_withdrawn(store):
    ferry = watch(store, "/ferry")
    texts = [text("One."), text("Two."), text("One."), text("A wall.")]
    for number, words in enumerate(texts):
        withdrawn = {"withdrawn_at": NOW} if number == 3 else {}
        ferry = checked(ferry, versions=number + 1)
        store.settle(Verdict(ferry, version(ferry, number, words, **withdrawn)))

    known = store.known(ferry.id, (), NOW)

    assert known.last.number == 2
    assert known.shas == {texts[1].sha: 1, texts[0].sha: 2}


def test_a_line_is_common_when_three_other_articles_carry_it(store):
    sign_up, own = "a" * 16, "b" * 16
    watched = [watch(store, f"/{number}") for number in range(4)]
    for one in watched[:3]:
        store.settle(Verdict(checked(one), lines=(sign_up, own) if one is watched[0] else (sign_up,)))

    assert store.known(watched[3].id, (sign_up, own), NOW).common == {sign_up}
    assert store.known(watched[0].id, (sign_up, own), NOW).common == frozenset()

    store.settle(Verdict(checked(watched[3]), lines=(sign_up,)))
    assert store.known(watched[0].id, (sign_up, own), NOW).common == {sign_up}


def test_a_line_that_comes_and_goes_on_one_article_counts_once(store):
    line = "c" * 16
    ferry, storm = watch(store, "/ferry"), watch(store, "/storm")
    for _ in range(5):
        ferry = checked(ferry)
        store.settle(Verdict(ferry, lines=(line,)))

    assert store.known(storm.id, (line,), NOW).common == frozenset()


def test_lines_and_tallies_of_long_ago_are_forgotten(store):
    common, single = "a" * 16, "b" * 16
    watched = [watch(store, f"/{number}") for number in range(4)]
    for one in watched[:3]:
        store.settle(Verdict(checked(one), lines=(common, single) if one is watched[0] else (common,)))

    def remembered() -> list[str]:
        with store._in(Mode.READ) as connection:
            return sorted(connection.scalars(sql("select line_sha from block_seen")))

    store.tidy(NOW + timedelta(days=7))
    assert remembered() == [common, single]
    assert store.counts(NOW)["herald"]["checks_last_day"] == 3

    store.tidy(NOW + timedelta(days=15))
    assert remembered() == [common]
    assert store.counts(NOW)["herald"]["checks_last_day"] == 0

    store.tidy(NOW + timedelta(days=61))
    assert remembered() == []


def test_damage_is_an_error_and_stops_no_new_version(store):
    ferry = watch(store, "/ferry")
    for number in range(3):
        ferry = publish_version(store, ferry, text(f"Text {number}."), b"<p>%d" % number)
    with store._in(Mode.WRITE) as connection:
        for table, column in (("version", "text"), ("page", "body")):
            broken = f"update {table} set {column} = :junk where number = 1"  # noqa: S608
            connection.execute(sql(broken), {"junk": b"junk"})

    with pytest.raises(StoreError, match=f"version 1 of article {ferry.id} is damaged; restore"):
        store.history(ferry.id)
    with pytest.raises(StoreError, match=r"version 1 .* is damaged"):
        store.page(ferry.id, 2)
    ferry = publish_version(store, ferry, text("Text 3."), b"<p>3")
    publish_version(store, ferry, text("Text 4."), b"<p>4")

    assert store.known(ferry.id, (), NOW).last.text == text("Text 4.")
    assert store.page(ferry.id, 4).body == b"<p>4"
    assert store.page(ferry.id, 0).body == b"<p>0"


def test_the_tally_is_that_of_the_sources_last_hour(store):
    ferry, storm = watch(store, "/ferry"), watch(store, "/storm")
    store.settle(Verdict(checked(ferry, last_checked_at=NOW), changed=True))
    store.settle(Verdict(checked(storm, last_checked_at=NOW + 30 * MINUTE), failed=True))

    tallies = [store.known(ferry.id, (), NOW + minutes * MINUTE).tally for minutes in (0, 30, 70, 100)]

    assert tallies == [Tally(1, 1, 0), Tally(2, 1, 1), Tally(1, 0, 1), Tally(0, 0, 0)]


def test_the_checks_of_a_day_are_those_of_one_source_in_24_hours(store):
    ferry, storm = watch(store, "/ferry"), watch(store, "/storm")
    store.settle(Verdict(checked(ferry, last_checked_at=NOW)))
    store.settle(Verdict(checked(storm, last_checked_at=NOW + 600 * MINUTE), failed=True))

    counts = [store.checks_of_day(ferry.source, NOW + minutes * MINUTE) for minutes in (0, 600, 1430, 1500, 2100)]

    assert counts == [1, 2, 2, 1, 0]
    assert store.checks_of_day("another", NOW) == 0


def test_an_article_that_proves_to_be_another_leaves_its_names_to_it(store):
    ferry = watch(store, "/ferry")
    twin = watch(store, "/ferry?ref=home", next_check_at=NOW)
    store.settle_poll(PollVerdict(None, aliases=(("guid:2", twin.id),)))

    store.settle(Verdict(checked(twin), aliases=(twin.key, "guid:3"), merged_into=ferry.id))

    assert store.count(None, None) == 1
    assert {found.id for found in store.find([twin.key, "guid:2", "guid:3"]).values()} == {ferry.id}
    assert store.resolve(twin.id) is None
    assert store.due_hosts(NOW, 9) == []


def test_an_article_with_versions_is_never_merged_away(store):
    ferry, storm = watch(store, "/ferry"), watch(store, "/storm")
    storm = publish_version(store, storm, text("A storm."))

    store.settle(Verdict(checked(storm), merged_into=ferry.id))

    assert len(store.versions(storm.id)) == 1


# ------------------------------------------------------------------------------------------------------ publishing


def test_what_is_not_published_is_dirty_the_oldest_first(store):
    storm = watch(store, "/storm", first_seen_at=NOW - HOUR)
    ferry = watch(store, "/ferry")
    assert store.dirty(9) == [storm.id, ferry.id]
    assert store.dirty(1) == [storm.id]

    store.mark_published({storm.id: 0, ferry.id: 0})
    assert store.dirty(9) == []

    store.settle(Verdict(checked(ferry, rev=1, last_checked_at=NOW + HOUR)))
    store.settle(Verdict(checked(storm, rev=1, last_checked_at=NOW + MINUTE)))
    assert store.dirty(9) == [storm.id, ferry.id]


def test_an_article_that_changed_while_it_was_rendered_stays_dirty(store):
    ferry = publish_version(store, watch(store, "/ferry"), text("A ferry ran aground."))
    rendered = store.history(ferry.id)
    publish_version(store, ferry, text("Two ferries ran aground."))

    store.mark_published({ferry.id: rendered.article.rev})

    assert store.dirty(9) == [ferry.id]
    assert store.resolve(ferry.id).published_rev == rendered.article.rev


def test_a_check_that_began_before_publishing_does_not_undo_it(store):
    ferry = watch(store, "/ferry")
    known = store.known(ferry.id, (), NOW)
    store.mark_published({ferry.id: 0})

    store.settle(Verdict(checked(known.article)))

    assert store.dirty(9) == []
    assert store.resolve(ferry.id).published_rev == 0


def test_everything_can_be_made_dirty(store):
    watched = [watch(store, path) for path in ("/ferry", "/storm")]
    store.mark_published({one.id: 0 for one in watched})
    store.mark_published({})

    store.mark_all_dirty()

    assert set(store.dirty(9)) == {one.id for one in watched}
    store.mark_published({one.id: 0 for one in watched})
    assert store.dirty(9) == []


def test_notices_come_the_newest_first_with_both_versions(store):
    ferry = watch(store, "/ferry")
    texts = [text("One."), text("Two."), text("Three.")]
    for words in texts:
        ferry = publish_version(store, ferry, words)
    gone = Event(ferry.id, 0, EventKind.GONE, NOW + 9 * HOUR, "410", frozenset({Channel.EVERYTHING, Channel.REMOVALS}))
    store.settle(Verdict(checked(ferry, events=1), events=(gone,)))

    everything = store.notices(Channel.EVERYTHING, None, 9)

    assert [notice.at for notice in everything] == [NOW + 9 * HOUR, NOW + 2 * HOUR, NOW + HOUR]
    assert (everything[0].event, everything[0].new.text) == (gone, texts[2])
    assert (everything[1].old.text, everything[1].new.text) == (texts[1], texts[2])
    assert everything[1].change == store.history(ferry.id).changes[1]
    assert (everything[1].article, everything[1].source) == (store.resolve(ferry.id), HERALD)
    assert store.notices(Channel.CHANGES, None, 9) == everything[1:]
    assert store.notices(Channel.REMOVALS, "herald", 9) == everything[:1]
    assert store.notices(Channel.EVERYTHING, "bote", 9) == []
    assert store.notices(Channel.EVERYTHING, "herald", 2) == everything[:2]
    for source, most in ((None, 9), ("herald", 2), ("bote", 9)):
        assert store.newest(Channel, source, most) == {
            channel: store.notices(channel, source, most) for channel in Channel
        }


def test_notices_of_one_moment_stand_in_one_order(store):
    ids = []
    for path in ("/a", "/b", "/c", "/d"):
        one = publish_version(store, watch(store, path), text("One."))
        ids.append(publish_version(store, one, text("Two.")).id)

    notices = store.notices(Channel.CHANGES, None, 9)

    assert [notice.article.id for notice in notices] == sorted(ids, reverse=True)


def test_an_events_notice_has_the_version_that_stood_then_whatever_came_later(store):
    ferry = watch(store, "/ferry")
    moments = [timedelta(minutes=-30), timedelta(minutes=90), timedelta(hours=2)]
    told = frozenset({Channel.REMOVALS})
    gone = [Event(ferry.id, n, EventKind.GONE, NOW + at, "410", told) for n, at in enumerate(moments)]
    store.settle(Verdict(checked(ferry, events=3), events=tuple(gone)))
    ferry = store.resolve(ferry.id)

    for number in range(4):
        ferry = publish_version(store, ferry, text(f"{number}.", title=f"Title {number}"))

    known = [notice.new and notice.new.text.title for notice in store.notices(Channel.REMOVALS, None, 9)]
    assert known == ["Title 2", "Title 1", None]


def test_notices_of_many_articles_hold_each_its_own_texts(store):
    for number in range(30):
        one = publish_version(store, watch(store, f"/{number}"), text(f"Old {number}."))
        for turn in range(number % 12 + 1):
            one = publish_version(store, one, text(f"New {number}, {turn}."))

    for notice in store.notices(Channel.EVERYTHING, None, 500):
        versions = store.versions(notice.article.id)
        assert notice.old == versions[notice.change.from_number]
        assert notice.new == versions[notice.change.to_number]


def test_what_is_hidden_is_not_in_the_news(store):
    ferry = publish_version(store, watch(store, "/ferry"), text("One."))
    ferry = publish_version(store, ferry, text("Two."))

    store.settle(Verdict(checked(ferry, state=State.HIDDEN)))

    assert store.notices(Channel.CHANGES, None, 9) == []


# ------------------------------------------------------------------------------------------------------ people


def test_articles_are_listed_the_most_lately_changed_or_first_seen_first(store):
    old = watch(store, "/old", first_seen_at=NOW - 9 * HOUR)
    watch(store, "/new", first_seen_at=NOW)
    watch(store, "/done", first_seen_at=NOW - HOUR, state=State.DONE)
    store.settle(Verdict(checked(old, last_changed_at=NOW + HOUR)))

    def titles(*asked: object) -> list[str]:
        return [one.title for one in store.articles(*asked)]

    assert titles(None, None, 9) == titles("herald", None, 9) == ["/old", "/new", "/done"]
    assert titles(None, None, 1, 1) == ["/new"]
    assert titles(None, State.DONE, 9) == ["/done"]
    assert titles("bote", None, 9) == []


def test_articles_are_counted(store):
    ferry = publish_version(store, watch(store, "/ferry", next_check_at=NOW), text("One."))
    publish_version(store, ferry, text("Two."))
    storm = watch(store, "/storm", next_check_at=NOW)
    store.settle(Verdict(checked(storm, suspect=Suspect(Suspicion.WALL, "a", NOW), next_check_at=NOW + HOUR)))
    watch(store, "/done", state=State.DONE)

    counts = store.counts(NOW + 30 * MINUTE)

    assert (store.count(None, None), store.count("herald", State.WATCHED), store.count("bote", None)) == (3, 2, 0)
    assert counts["herald"] == {
        "watched": 2, "done": 1, "gone": 0, "walled": 0, "blocked": 0, "hidden": 0,
        "due": 1, "held": 1, "versions": 2, "changes": 1, "checks_last_day": 2,
        "checks_last_hour": 2, "changed_last_hour": 0, "failed_last_hour": 0,
    }  # fmt: skip
    assert set(counts["bote"].values()) == {0}


# ------------------------------------------------------------------------------------------------------ archives, memos


def test_a_channels_news_is_paged_from_the_oldest_and_what_is_hidden_keeps_its_place(store):
    for path in ("/a", "/b", "/c"):
        one = publish_version(store, watch(store, path), text("One."))
        for words in ("Two.", "Three."):
            one = publish_version(store, one, text(words))
    newest = store.notices(Channel.CHANGES, None, 9)

    pages = [store.news_page(Channel.CHANGES, "herald", offset, 4) for offset in (0, 4, 8)]

    assert store.news_count(Channel.CHANGES, None) == store.news_count(Channel.CHANGES, "herald") == 6
    assert store.news_count(Channel.CHANGES, "bote") == store.news_count(Channel.SILENT, None) == 0
    assert [*pages[0], *pages[1]] == newest[::-1]
    assert pages[2] == []
    for place, notice in enumerate([*pages[0], *pages[1]]):
        assert store.news_place(Channel.CHANGES, None, notice.change) == place

    hidden = store.resolve(pages[0][1].article.id)
    store.settle(Verdict(checked(hidden, state=State.HIDDEN)))

    left = [notice for notice in pages[0] if notice.article.id != hidden.id]
    assert store.news_page(Channel.CHANGES, None, 0, 4) == left
    assert store.news_count(Channel.CHANGES, None) == 6


def test_a_memo_is_kept_and_replaced(store):
    assert store.memo("troubles") is None

    store.keep_memo("troubles", "one")
    store.keep_memo("troubles", "two")

    assert store.memo("troubles") == "two"


def test_the_last_look_at_a_source_is_known_to_ten_minutes(store):
    assert store.last_checks() == {}

    ferry = watch(store, "/ferry")
    store.settle(Verdict(checked(ferry, last_checked_at=NOW + timedelta(minutes=47))))

    assert store.last_checks() == {"herald": NOW + timedelta(minutes=40)}
    assert store.counts(NOW + HOUR)["herald"]["checks_last_hour"] == 1


# ------------------------------------------------------------------------------------------------------ live pages


def follow(store: SqlStore, path: str, told: frozenset[Channel] = frozenset()) -> Article:
    """A live page of four versions; what `told` names carries its changes one by one."""
    live = publish_version(store, watch(store, path), text("Text 0."))
    for number in range(1, 4):
        new = checked(live, versions=number + 1, rev=live.rev + 1, changes=number, last_changed_at=NOW)
        facts = Facts((Grade.ADDED,), paragraphs_added=1)
        change = Change(live.id, number - 1, number, NOW + number * HOUR, None, facts, told)
        store.settle(Verdict(new, version(live, number, text(f"Text {number}.")), None, change))
        live = store.resolve(live.id)
    return live


def digest(of: Article, **more: object) -> Change:
    facts = Facts((Grade.ADDED,), paragraphs_added=3)
    channels = frozenset({Channel.EVERYTHING, Channel.CHANGES})
    told = Change(of.id, 0, 3, NOW + 4 * HOUR, NOW, facts, channels, text("Text 0, read anew."))
    return replace(told, **more)


def test_what_a_live_page_waits_for_is_kept(store):
    live = watch(store, "/live")

    store.settle(Verdict(checked(live, live=Live(3, NOW + HOUR))))

    assert store.resolve(live.id).live == Live(3, NOW + HOUR)


def test_a_digest_is_in_the_history_beside_the_changes_it_tells_of(store):
    live = follow(store, "/live")

    store.settle(Verdict(checked(live, rev=live.rev + 1), digest=digest(live)))

    history = store.history(live.id)
    assert history.digests == (digest(live),)
    assert [change.to_number for change in history.changes] == [1, 2, 3]


def test_the_news_tells_of_a_live_page_by_its_digest(store):
    live = follow(store, "/live")
    store.settle(Verdict(checked(live), digest=digest(live)))

    notice = store.notices(Channel.CHANGES, None, 10)[0]

    assert (notice.at, notice.change) == (NOW + 4 * HOUR, digest(live))
    assert (notice.old.number, notice.new.number) == (0, 3)
    assert store.news_page(Channel.CHANGES, None, 0, 10) == [notice]
    assert store.news_place(Channel.CHANGES, None, notice.change) == 0


# ------------------------------------------------------------------------------------------------------ revisions


def revision(store: SqlStore, of: Article, *numbers: int, shas: dict[int, str] | None = None) -> Revision:
    was = store.resolve(of.id)
    at = NOW + 9 * HOUR
    versions = {version.number: version for version in store.versions(of.id)}
    false = [replace(versions[n], withdrawn_at=at, withdrawn_because="An advertisement.") for n in numbers]
    events = tuple(
        Event(of.id, was.events + nth, EventKind.WITHDRAWN, at, str(number), frozenset({Channel.EVERYTHING}))
        for nth, number in enumerate(numbers)
    )
    after = replace(
        was,
        changes=was.changes - len(numbers),
        events=was.events + len(numbers),
        rev=was.rev + bool(numbers),
        last_changed_at=None,
        title="Text 0",
    )
    return Revision(was, after, tuple(false), events, shas or {})


def test_a_withdrawn_version_is_marked_and_its_event_is_news(store):
    ferry = watch(store, "/ferry")
    for number in range(2):
        ferry = publish_version(store, ferry, text(f"Text {number}."))
    store.mark_published({ferry.id: ferry.rev})

    assert store.revise(revision(store, ferry, 1))

    history = store.history(ferry.id)
    assert [version.withdrawn_because for version in history.versions] == ["", "An advertisement."]
    assert history.versions[1].withdrawn_at == NOW + 9 * HOUR
    assert [(event.kind, event.detail) for event in history.events] == [(EventKind.WITHDRAWN, "1")]
    assert (history.article.changes, history.article.versions, history.article.last_changed_at) == (0, 2, None)
    assert store.notices(Channel.EVERYTHING, None, 1)[0].event == history.events[0]
    assert store.dirty(10) == [ferry.id]
    assert store.known(ferry.id, (), NOW).last.number == 0


def test_a_change_of_a_withdrawn_version_stays_in_the_news_for_its_feeds_to_take_back(store):
    ferry = watch(store, "/ferry")
    for number in range(2):
        ferry = publish_version(store, ferry, text(f"Text {number}."))

    store.revise(revision(store, ferry, 1))

    notices = store.notices(Channel.CHANGES, None, 10)
    assert [notice.new.withdrawn_because for notice in notices if notice.change] == ["An advertisement."]


def test_a_revision_of_an_article_that_was_checked_meanwhile_writes_nothing(store):
    ferry = watch(store, "/ferry")
    for number in range(2):
        ferry = publish_version(store, ferry, text(f"Text {number}."))
    late = revision(store, ferry, 1)
    store.settle(Verdict(checked(ferry)))

    assert not store.revise(late)
    assert store.versions(ferry.id)[1].withdrawn_at is None
    assert store.history(ferry.id).events == ()


def test_a_check_of_an_article_that_was_revised_meanwhile_writes_nothing(store):
    ferry = watch(store, "/ferry")
    for number in range(2):
        ferry = publish_version(store, ferry, text(f"Text {number}."))
    store.revise(revision(store, ferry, 1))

    assert not store.settle(Verdict(checked(ferry)))


def test_a_text_read_anew_is_known_again_and_stays_as_it_was_kept(store):
    ferry = watch(store, "/ferry")
    for number in range(2):
        ferry = publish_version(store, ferry, text(f"Text {number}."))
    store.mark_published({ferry.id: ferry.rev})

    assert store.revise(revision(store, ferry, shas={0: "f" * 32}))

    known = store.known(ferry.id, (), NOW)
    assert known.shas == {"f" * 32: 0, text("Text 1.").sha: 1}
    assert store.versions(ferry.id)[0].text == text("Text 0.")
    assert store.dirty(10) == []


def test_a_digest_is_withdrawn_with_the_last_of_its_versions_and_not_before(store):
    live = follow(store, "/live")
    store.settle(Verdict(checked(live), digest=digest(live)))

    def told() -> str:
        newest = next(notice for notice in store.notices(Channel.CHANGES, None, 10) if notice.change)
        return newest.new.withdrawn_because

    store.revise(revision(store, live, 3))
    last_only = told()
    store.revise(revision(store, live, 1, 2))

    assert (last_only, told()) == ("", "An advertisement.")


def test_only_articles_with_several_versions_have_anything_to_revise(store):
    ferry, storm = watch(store, "/ferry"), watch(store, "/storm")
    for number in range(2):
        ferry = publish_version(store, ferry, text(f"Text {number}."))
    publish_version(store, storm, text("A storm."))

    assert (store.edited("herald"), store.edited("bote")) == ([ferry.id], [])


# ------------------------------------------------------------------------------------------------------ what is lately


def test_a_look_around_makes_a_few_others_due(store):
    later = NOW + 9 * HOUR
    first, second, third = (
        publish_version(store, watch(store, f"/{number}", first_seen_at=NOW + number * MINUTE), text("A ferry."))
        for number in range(3)
    )
    doubted = Suspect(Suspicion.GONE, "404", NOW)
    for one, suspect in ((first, None), (second, None), (third, doubted)):
        store.settle(Verdict(checked(one, next_check_at=later, suspect=suspect)))
    watch(store, "/unread", next_check_at=later)

    store.look_around("herald", second.id, 5, NOW)

    assert [one.id for one in store.due_articles("herald.example", NOW, 9)] == [first.id]
    assert [host.name for host in store.due_hosts(NOW, 9)] == ["herald.example"]
    assert store.resolve(third.id).next_check_at == later


def test_a_look_around_takes_the_newest(store):
    watched = [
        publish_version(store, watch(store, f"/{number}", first_seen_at=NOW + number * MINUTE), text("A ferry."))
        for number in range(4)
    ]
    for one in watched:
        store.settle(Verdict(checked(one, next_check_at=NOW + HOUR)))

    store.look_around("herald", watched[0].id, 2, NOW)

    due = {one.id for one in store.due_articles("herald.example", NOW, 9)}
    assert due == {watched[2].id, watched[3].id}


def test_the_newest_checks_are_counted_however_long_ago_up_to_a_week(store):
    ferry = watch(store, "/ferry")
    for minutes in (0, 300, 600):
        ferry = checked(ferry, last_checked_at=NOW + minutes * MINUTE)
        store.settle(Verdict(ferry, changed=minutes > 0))

    assert store.known(ferry.id, (), NOW + 11 * HOUR).lately == Tally(3, 2, 0)
    assert store.known(ferry.id, (), NOW + timedelta(days=7, hours=7)).lately == Tally(1, 1, 0)


def test_no_more_than_the_newest_checks_are_counted_as_late(store):
    ferry = watch(store, "/ferry")
    for minutes in (0, 300, 600):
        for second in range(6):
            ferry = checked(ferry, last_checked_at=NOW + minutes * MINUTE + second * MINUTE / 60)
            store.settle(Verdict(ferry, failed=minutes == 0))

    assert store.known(ferry.id, (), NOW + 11 * HOUR).lately == Tally(12, 0, 0)


def test_the_changes_of_the_last_day_are_known(store):
    ferry = watch(store, "/ferry")
    for number in range(3):
        ferry = publish_version(store, ferry, text(f"Text {number}."))

    assert store.known(ferry.id, (), NOW + 3 * HOUR).changed_at == (NOW + 2 * HOUR, NOW + HOUR)
    assert store.known(ferry.id, (), NOW + 25 * HOUR + MINUTE).changed_at == (NOW + 2 * HOUR,)
    assert store.known(ferry.id, (), NOW + 30 * HOUR).changed_at == ()


def test_a_common_line_comes_with_the_titles_of_its_carriers(store):
    line = "d" * 16
    watched = [watch(store, f"/{number}") for number in range(4)]
    for one in watched:
        store.settle(Verdict(checked(one, title=f"Title of {one.id}"), lines=(line,)))

    carriers = store.known(watched[0].id, (line, "e" * 16), NOW).carriers

    assert list(carriers) == [line]
    assert sorted(store.known(watched[0].id, (line,), NOW).headlines) == sorted(f"Title of {one.id}" for one in watched)
    assert store.known(watched[0].id, ("e" * 16,), NOW).headlines == ()
    assert sorted(carriers[line]) == sorted(f"Title of {one.id}" for one in watched[1:])
