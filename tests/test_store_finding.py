"""What every store keeps of articles to find and to carry elsewhere: on SQLite always, on PostgreSQL where it is."""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import create_engine, delete
from sqlalchemy import text as sql

from feedwatch.adapters.store import finding, open_store, tables
from feedwatch.errors import LineFault
from feedwatch.model import Channel, Event, EventKind, Findable, PollVerdict, State, Verdict
from feedwatch.steps import unpack
from tests import test_store_contract as contract
from tests.test_store_contract import HOUR, NOW, article, checked, publish_version, text, watch

url, store = contract.url, contract.store  # the fixtures

SLOTS = {"ferry": 7, "fire": 7, "storm": 90}


def findable(number: str, *words: str, entry: str = "entry") -> Findable:
    return Findable(number, f"{entry} {number}", tuple((SLOTS[word], word, "n") for word in words))


def numbers(store, word: str) -> list[int]:
    return [number for one in store.postings(0, 99) if one.word == word for number in unpack(one.numbers)]


# ------------------------------------------------------------------------------------------------------ the search


def test_articles_get_numbers_in_the_order_in_which_they_came_and_keep_them(store):
    store.note_findable([findable("b", "ferry"), findable("a", "ferry", "fire")], 16, ())
    store.note_findable([findable("c", "fire"), findable("b", "ferry", "storm")], 16, ())

    assert store.findable_count() == 3
    assert store.found_entries(0, 9) == {0: "entry b", 1: "entry a", 2: "entry c"}
    assert store.found_entries(1, 1) == {1: "entry a"}
    assert (numbers(store, "ferry"), numbers(store, "fire"), numbers(store, "storm")) == ([0, 1], [1, 2], [0])


def test_words_of_a_slot_are_told_in_order_and_those_that_nobody_has_any_more_are_gone(store):
    store.note_findable([findable("a", "storm", "fire", "ferry")], 16, ())
    assert [(one.word, one.field, one.is_cut) for one in store.postings(0, 99)] == [
        (word, "n", False) for word in ("ferry", "fire", "storm")
    ]
    assert [one.word for one in store.postings(8, 90)] == ["storm"]

    store.note_findable([findable("a", "storm", "ferry")], 16, ())
    assert [one.word for one in store.postings(0, 99)] == ["ferry", "storm"]


def test_what_is_not_to_be_found_any_more_keeps_its_number_and_leaves_the_lists(store):
    store.note_findable([findable("a", "ferry"), findable("b", "ferry")], 16, ())

    store.note_findable([Findable("a"), Findable("never found")], 16, ())

    assert store.found_entries(0, 9) == {0: "", 1: "entry b"}
    assert numbers(store, "ferry") == [1]
    assert store.findable_count() == 2


def test_a_word_that_too_many_have_keeps_the_newest_and_says_so(store, monkeypatch):
    monkeypatch.setattr(finding, "LONGEST", 8)

    store.note_findable([findable(f"{n}", "ferry") for n in range(9)], 16, ())
    kept = numbers(store, "ferry")
    store.note_findable([findable("0", "storm"), findable("8", "storm")], 16, ())

    assert kept == [4, 5, 6, 7, 8]
    assert numbers(store, "ferry") == [4, 5, 6, 7]
    assert [one.is_cut for one in store.postings(0, 99) if one.word == "ferry"] == [True]


def test_what_an_edit_touches_is_stale_until_it_is_published(store):
    store.note_findable([findable(f"{n}", "ferry") for n in range(3)], 2, [("day", 738_000)])
    stale = store.stale()
    assert [place for *place, _ in stale] == [["day", 738_000], ["entries", 0], ["entries", 1], ["words", 7]]

    store.forget_stale(stale)
    store.note_findable([findable("2", "ferry")], 2, ())  # nothing new
    assert store.stale() == []

    store.note_findable([findable("2", "ferry", entry="another")], 2, ())
    assert [place for *place, _ in store.stale()] == [["entries", 1]]


def test_what_became_stale_again_while_it_was_published_stays_so(store):
    store.note_findable([findable("a", "ferry")], 16, [("day", 1)])
    stale = store.stale()

    store.note_findable([findable("a", "ferry", "storm")], 16, ())
    store.forget_stale(stale)

    assert [place for *place, _ in store.stale()] == [["entries", 0], ["words", 90]]


def test_the_most_changed_are_told_without_those_that_are_hidden(store):
    for path, times in (("/once", 2), ("/often", 4), ("/more", 3), ("/hidden", 5)):
        one = watch(store, path)
        for turn in range(times):
            one = publish_version(store, one, text(f"Turn {turn}."))
    hidden = store.resolve("https://herald.example/hidden")
    store.settle(Verdict(checked(hidden, state=State.HIDDEN)))

    assert [one.key.rpartition("/")[2] for one in store.most_changed(9)] == ["often", "more"]
    assert len(store.most_changed(1)) == 1


# ------------------------------------------------------------------------------------------------------ other names


def test_a_new_name_of_an_article_that_was_read_makes_it_dirty_and_a_known_one_does_not(store):
    ferry = publish_version(store, watch(store, "/ferry"), text("A ferry ran aground."))
    storm = watch(store, "/storm")
    store.mark_published({ferry.id: ferry.rev, storm.id: storm.rev})

    store.settle_poll(PollVerdict(None, aliases=(("guid:1", ferry.id), ("guid:2", storm.id))))

    assert store.dirty(9) == [ferry.id]
    assert [one.names for one in store.dossiers([ferry.id], "")] == [("guid:1",)]
    store.mark_published({ferry.id: ferry.rev + 1})
    store.settle_poll(PollVerdict(None, aliases=(("guid:1", ferry.id), (ferry.key, storm.id))))
    assert store.dirty(9) == []


def test_a_name_that_a_check_learns_makes_the_article_dirty_once(store):
    ferry = publish_version(store, watch(store, "/ferry"), text("A ferry ran aground."))
    store.mark_published({ferry.id: ferry.rev})

    store.settle(Verdict(checked(ferry), aliases=("https://herald.example/f",), rev_before=ferry.rev))
    after = store.resolve(ferry.id)
    assert store.dirty(9) == [ferry.id]

    store.mark_published({ferry.id: after.rev})
    store.settle(Verdict(checked(after), aliases=("https://herald.example/f",), rev_before=after.rev))
    assert store.dirty(9) == []


@pytest.mark.parametrize("is_published", [False, True])
def test_a_name_learned_during_a_check_and_what_the_check_saw_are_both_published(store, is_published):
    ferry = publish_version(store, watch(store, "/ferry"), text("A ferry ran aground."))
    store.mark_published({ferry.id: ferry.rev})
    store.settle_poll(PollVerdict(None, aliases=(("guid:1", ferry.id),)))
    if is_published:
        store.mark_published({ferry.id: ferry.rev + 1})

    store.settle(Verdict(checked(ferry, rev=ferry.rev + 1), rev_before=ferry.rev))

    assert store.dirty(9) == [ferry.id]
    assert store.resolve(ferry.id).rev == ferry.rev + 2


def test_an_article_that_leaves_its_names_to_another_makes_that_one_dirty(store):
    ferry = publish_version(store, watch(store, "/ferry"), text("A ferry ran aground."))
    twin = watch(store, "/ferry?ref=home")
    store.mark_published({ferry.id: ferry.rev})

    store.settle(Verdict(checked(twin), aliases=(twin.key,), merged_into=ferry.id))

    assert store.dirty(9) == [ferry.id]


# ------------------------------------------------------------------------------------------------------ elsewhere


def test_all_articles_are_gone_through_by_their_ids(store):
    there = sorted(watch(store, f"/{number}").id for number in range(5))

    assert store.ids("", 3) == there[:3]
    assert store.ids(there[2], 9) == there[3:]
    assert store.ids(there[-1], 9) == []


def elsewhere(store, versions: int):
    """The history of an article that changed at each turn, and was gone once, in a store that has it no more."""
    one = watch(store, "/ferry")
    for turn in range(versions):
        one = publish_version(store, one, text(f"Turn {turn}."))
    event = Event(one.id, 0, EventKind.GONE, NOW, channels=frozenset({Channel.REMOVALS}))
    store.settle(Verdict(checked(one, events=1), events=(event,)))
    return store.history(one.id)


def emptied(store) -> None:
    with store._in(contract.Mode.WRITE) as connection:
        rows = (tables.carried, tables.change, tables.event, tables.version, tables.article)
        for table in (*rows, tables.census, tables.carried_day):
            connection.execute(delete(table))


def cut(history, versions: int):
    return replace(
        history,
        article=replace(history.article, versions=versions, changes=versions - 1, events=0),
        versions=history.versions[:versions],
        changes=history.changes[: versions - 1],
        events=(),
    )


def test_an_article_from_elsewhere_is_carried_on_where_it_ends_and_comes_once(store):
    whole = elsewhere(store, 4)
    emptied(store)

    assert store.admit(cut(whole, 2)) == 2
    assert store.admit(whole) == 2
    assert store.admit(whole) == 0

    here = store.history(whole.article.id)
    assert (here.versions, here.changes, here.events) == (whole.versions, whole.changes, whole.events)
    assert (here.article.versions, here.article.changes, here.article.events) == (4, 3, 1)
    assert store.dirty(9) == [whole.article.id]
    assert store.news_count(Channel.CHANGES, None) == 3
    assert store.news_count(Channel.REMOVALS, "herald") == 1


def test_an_article_from_elsewhere_with_another_past_is_refused_and_nothing_changes(store):
    whole = elsewhere(store, 2)
    other = replace(whole.versions[0], text=text("Another past."))

    with pytest.raises(LineFault, match="another text as version 0"):
        store.admit(replace(whole, versions=(other, whole.versions[1])))
    store.settle(Verdict(checked(store.resolve(whole.article.id), state=State.HIDDEN)))
    with pytest.raises(LineFault, match="taken down here"):
        store.admit(whole)

    assert store.history(whole.article.id).versions == whole.versions


def test_an_article_from_elsewhere_that_is_another_name_here_is_refused(store):
    whole = elsewhere(store, 1)
    emptied(store)
    storm = watch(store, "/storm")
    store.settle_poll(PollVerdict(None, aliases=((whole.article.key, storm.id),)))

    with pytest.raises(LineFault, match="another name of another article"):
        store.admit(whole)

    assert store.count(None, None) == 1


# ------------------------------------------------------------------------------------------------------ many at once


def test_on_postgresql_two_that_note_at_once_lose_neither_a_number_nor_a_place_in_a_list(cluster):
    place = cluster.database()
    engine = create_engine(place)
    with closing(open_store(place, NOW)) as one, closing(open_store(place, NOW)) as other:
        one.note_findable([findable("first", "ferry")], 16, ())
        waiting = threading.Thread(target=other.note_findable, args=([findable("late", "ferry")], 16, ()))
        waited_for = sql("select locktype from pg_locks where not granted")
        with engine.begin() as holder:  # whoever has read a list and not written it back for all to see
            finding.note(holder, [findable("early", "ferry")], 16, ())
            waiting.start()
            with engine.connect() as watcher:
                while (kind := watcher.scalar(waited_for)) is None:
                    watcher.rollback()
                    assert waiting.is_alive()
            assert kind == "advisory"
            assert one.findable_count() == 1  # nothing of either is to be seen
        waiting.join()
        engine.dispose()

        assert numbers(one, "ferry") == [0, 1, 2]
        assert one.found_entries(0, 9) == {0: "entry first", 1: "entry early", 2: "entry late"}


def test_looks_are_kept(store):
    ferry = watch(store, "/ferry")
    looks = bytes(range(256))[:240]

    store.settle(Verdict(checked(ferry, looks=looks, next_check_at=NOW + HOUR)))

    assert store.resolve(ferry.id).looks == looks
    assert article("/other").looks == b""
