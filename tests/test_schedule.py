"""When articles and feeds are looked at again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from feedwatch.judging.rhythm import BEFORE, BINS, CLASSES, COMMON, NEVER, learn
from feedwatch.judging.schedule import (
    LAST_RETRY,
    PROOFS,
    Policy,
    after_failure,
    after_suspicion,
    age,
    expected_wait,
    next_check,
    next_poll,
    scaled,
)
from feedwatch.judging.suspicion import is_confirmed
from feedwatch.model import Article, Feed, Found, Life, Suspect, Suspicion

FOUND = datetime(2031, 5, 3, 10, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ARTICLE = Article("00ff00ff00ff00ff", "courier", "k", "https://courier.example/a", "courier.example", "T", FOUND)
FEED = Feed("https://courier.example/feed", "courier", "courier.example", "https://courier.example/feed")
STEADY = Policy(jitter=0.0)

hours = st.floats(0, 70 * 24).map(lambda number: timedelta(hours=number))
quick = settings(max_examples=60, deadline=None)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Any history that can be, and some that cannot: clocks jump, and dates are claims."""
    changes = draw(st.integers(0, 40))
    return replace(
        ARTICLE,
        id=f"{draw(st.integers(0, 2**64 - 1)):016x}",
        published_at=draw(st.none() | st.datetimes(timezones=st.just(UTC))),
        last_changed_at=FOUND + draw(hours) if changes else None,
        changes=changes,
        checks=draw(st.integers(0, 10_000)),
    )


def looks(policy: Policy, article: Article = ARTICLE) -> list[timedelta]:
    """The waits between the looks at an article that never changes."""
    at, waits = FOUND, []
    while (due := next_check(article, at, policy)) is not None:
        waits.append(due - at)
        at, article = due, replace(article, checks=article.checks + 1)
    return waits


# ---------------------------------------------------------------------------------------------------------- articles


@quick
@given(articles(), hours)
def test_a_look_comes_neither_sooner_nor_later_than_the_policy_says(article, since):
    policy, now = Policy(), FOUND + since

    due = next_check(article, now, policy)

    assert due is None or now + policy.shortest <= due <= now + policy.longest


@quick
@given(articles(), hours, hours)
def test_the_later_the_look_the_later_the_next(article, one, other):
    first, second = sorted([FOUND + one, FOUND + other])
    assume(article.last_changed_at is None or article.last_changed_at <= first)

    dues = [next_check(article, now, STEADY) for now in (first, second)]

    assert dues[1] is None or (dues[0] is not None and dues[0] <= dues[1] + timedelta(seconds=1))


def test_the_same_article_at_the_same_moment_gets_the_same_look():
    assert next_check(ARTICLE, FOUND + HOUR, Policy()) == next_check(ARTICLE, FOUND + HOUR, Policy())


def test_articles_found_together_are_not_due_together():
    dues = {next_check(replace(ARTICLE, id=f"{number:016x}"), FOUND, Policy()) for number in range(50)}

    assert len(dues) == 50


def test_an_unedited_article_is_looked_at_less_and_less_often_until_its_end():
    waits = looks(STEADY)

    assert waits[0] < HOUR
    assert max(waits) == 7 * DAY
    assert sum(waits, timedelta(0)) == 60 * DAY
    assert 20 <= len(waits) <= 40


def test_the_watch_ends_sixty_days_after_the_last_change():
    changed = replace(ARTICLE, changes=1, last_changed_at=FOUND + 50 * DAY)

    assert next_check(ARTICLE, FOUND + 60 * DAY, Policy()) is None
    assert next_check(changed, FOUND + 60 * DAY, Policy()) is not None
    assert next_check(changed, FOUND + 110 * DAY, Policy()) is None


def test_the_last_look_falls_on_the_end_of_the_watch():
    assert next_check(ARTICLE, FOUND + 58 * DAY, Policy()) == FOUND + 60 * DAY


def test_an_edit_is_followed_by_quicker_looks():
    now = FOUND + 5 * DAY
    edited = replace(ARTICLE, changes=1, last_changed_at=now - HOUR)

    assert expected_wait(edited, now, Policy()) < expected_wait(ARTICLE, now, Policy()) / 4


def test_an_article_edited_every_hour_is_looked_at_sooner_than_one_edited_every_week():
    busy = replace(ARTICLE, changes=6, last_changed_at=FOUND + 6 * HOUR)
    slow = replace(ARTICLE, changes=6, last_changed_at=FOUND + 42 * DAY)

    assert expected_wait(busy, FOUND + 6.5 * HOUR, Policy()) < 15 * MINUTE
    assert expected_wait(slow, FOUND + 42 * DAY + HOUR / 2, Policy()) > 2 * HOUR


def test_greater_shares_mean_fewer_looks():
    assert len(looks(scaled(STEADY, 2))) < len(looks(STEADY)) < len(looks(scaled(STEADY, 0.5)))


def test_a_clock_that_went_back_does_no_harm():
    assert age(ARTICLE, FOUND - DAY) == timedelta(0)
    assert next_check(ARTICLE, FOUND - DAY, STEADY) is not None


@pytest.mark.parametrize(
    ("published", "taken_for"),
    [
        (None, timedelta(0)),
        (FOUND + 300 * DAY, timedelta(0)),  # a claim of the future says nothing
        (FOUND - 9 * HOUR, timedelta(0)),  # nor does a time zone written wrongly
        (FOUND - 20 * HOUR, 6 * HOUR),
        (FOUND - 7 * DAY, DAY),
        (datetime(1970, 1, 1, tzinfo=UTC), DAY),  # a false date costs no more than that
    ],
)
def test_a_published_date_is_believed_so_far(published, taken_for):
    assert age(replace(ARTICLE, published_at=published), FOUND) == taken_for


def test_an_article_found_a_week_old_is_not_hammered():
    old = replace(ARTICLE, published_at=FOUND - 7 * DAY)

    assert looks(STEADY, old)[0] > 6 * HOUR


# ---------------------------------------------------------------------------------------------------------- learning


def test_a_source_without_a_history_has_the_common_rates():
    learned = learn([])

    assert [pytest.approx(row) for row in COMMON] == list(learned)


def test_a_source_that_edits_late_is_looked_at_more_often_late():
    week_later = (Found(FOUND + 6 * DAY, FOUND + 8 * DAY),)
    lives = [Life(FOUND, week_later, FOUND + 60 * DAY) for _ in range(40)]

    learned = replace(STEADY, rates=learn(lives))

    assert expected_wait(ARTICLE, FOUND + 5 * DAY, learned) < expected_wait(ARTICLE, FOUND + 5 * DAY, STEADY) / 4
    assert expected_wait(ARTICLE, FOUND + HOUR, learned) > expected_wait(ARTICLE, FOUND + HOUR, STEADY)


@quick
@given(st.lists(st.tuples(hours, hours), max_size=8), hours)
def test_rates_learned_from_any_history_are_finite_and_above_zero(edits, watched):
    life = Life(FOUND, tuple(Found(FOUND + min(edit), FOUND + max(edit)) for edit in edits), FOUND + watched)

    learned = learn([life])

    assert [len(row) for row in learned] == [BINS] * CLASSES
    assert all(0 < rate < 1000 for row in learned for rate in row)


def test_an_edit_is_placed_by_the_page_s_own_date_where_it_lies_between_the_looks():
    def rates(claimed_at: datetime | None) -> tuple[float, ...]:
        life = Life(FOUND, (Found(FOUND + HOUR, FOUND + 9 * HOUR, claimed_at),), FOUND + 9 * HOUR)
        return learn([life] * 40)[NEVER]

    early, middle = rates(FOUND + 1.1 * HOUR), rates(None)

    assert early.index(max(early)) < middle.index(max(middle))
    assert rates(FOUND - DAY) == rates(FOUND + 10 * HOUR) == middle


def test_an_edit_s_own_date_begins_the_quiet_since():
    found_late = replace(ARTICLE, changes=1, last_changed_at=FOUND + 30 * HOUR)
    claimed = replace(found_late, edited_at=FOUND + 6 * HOUR)

    now = FOUND + 31 * HOUR

    assert expected_wait(claimed, now, Policy()) > expected_wait(found_late, now, Policy())


def before(claimed_at: datetime, edits: tuple[Found, ...] = ()) -> Life:
    return Life(FOUND, edits, FOUND + 60 * DAY, published_at=FOUND - 5 * HOUR, claimed_at=claimed_at)


def test_what_a_page_says_of_edits_before_its_first_sight_counts_as_far_as_its_source_bears_it_out():
    dated = replace(ARTICLE, edited_at=FOUND - HOUR)
    edit = (Found(FOUND + 5 * HOUR, FOUND + 6 * HOUR),)
    quiet = [Life(FOUND, (), FOUND + 60 * DAY)] * 40
    telling = replace(STEADY, rates=learn([*quiet, *[before(FOUND - HOUR, edit)] * 20]))
    silent = replace(STEADY, rates=learn([*quiet, *[before(FOUND - HOUR)] * 20]))

    waits = [expected_wait(dated, FOUND + 4 * HOUR, policy) for policy in (STEADY, telling, silent)]

    assert waits[0] == expected_wait(ARTICLE, FOUND + 4 * HOUR, STEADY)
    assert waits[1] < expected_wait(ARTICLE, FOUND + 4 * HOUR, telling) / 2
    assert waits[2] >= expected_wait(ARTICLE, FOUND + 4 * HOUR, silent) * 0.99


def test_a_date_of_the_first_minutes_or_of_a_time_to_come_is_no_edit():
    edit = (Found(FOUND + 5 * HOUR, FOUND + 6 * HOUR),)

    for claimed_at in (FOUND - 5 * HOUR, FOUND - 4.9 * HOUR, FOUND + HOUR):
        learned = learn([before(claimed_at, edit)] * 20)

        assert learned[BEFORE] == pytest.approx(learned[NEVER])


# ---------------------------------------------------------------------------------------------------------- failures


@quick
@given(st.integers(0, 200), st.text(max_size=20))
def test_failures_are_tried_again_within_minutes_to_a_day(failures, seed):
    wait = after_failure(failures, FOUND, None, seed) - FOUND

    assert 4 * MINUTE <= wait <= LAST_RETRY * 1.2


def test_each_failure_waits_longer_than_the_one_before():
    waits = [after_failure(failures, FOUND, None, "a") - FOUND for failures in range(1, 9)]

    assert waits == sorted(waits)
    assert waits[7] > 60 * waits[0]


def test_a_server_that_asks_for_time_gets_it_but_not_years():
    assert after_failure(1, FOUND, 3 * HOUR, "a") == FOUND + 3 * HOUR
    assert after_failure(1, FOUND, 3650 * DAY, "a") == FOUND + 7 * DAY
    assert after_failure(1, FOUND, -DAY, "a") > FOUND


def test_a_feed_is_polled_at_its_pace_or_at_what_it_asks_for():
    assert 15 * MINUTE <= next_poll(FOUND, 15 * MINUTE, FEED, []) - FOUND < 16 * MINUTE
    assert HOUR <= next_poll(FOUND, 15 * MINUTE, FEED, [None, HOUR]) - FOUND < 64 * MINUTE
    assert next_poll(FOUND, 15 * MINUTE, FEED, [365 * DAY]) - FOUND < 26 * HOUR


def test_a_feed_that_fails_is_polled_ever_more_rarely():
    waits = [next_poll(FOUND, 15 * MINUTE, replace(FEED, failures=n), []) - FOUND for n in range(1, 12)]

    assert waits[0] == 15 * MINUTE
    assert waits == sorted(waits)
    assert DAY * 0.8 <= waits[-1] <= DAY * 1.2


# ---------------------------------------------------------------------------------------------------------- suspects


@pytest.mark.parametrize("kind", list(Suspicion))
def test_a_suspect_that_stays_is_confirmed_by_the_looks_that_are_due(kind):
    suspect, now = Suspect(kind, "404", FOUND), FOUND

    while not is_confirmed(suspect, now):
        now = after_suspicion(suspect, now)
        suspect = replace(suspect, looks=suspect.looks + 1)

    assert suspect.looks == PROOFS[kind].looks
    assert PROOFS[kind].span <= now - FOUND < PROOFS[kind].span * 1.2 + HOUR


def test_every_kind_of_suspicion_has_its_proof():
    assert set(PROOFS) == set(Suspicion)


# ---------------------------------------------------------------------------------- edges


def test_the_last_look_is_had_even_where_it_comes_as_soon_as_may_be():
    end = FOUND + STEADY.give_up_after

    assert next_check(ARTICLE, end - STEADY.shortest, STEADY) == end
    assert next_check(ARTICLE, end - STEADY.shortest + timedelta(seconds=1), STEADY) is None


def test_what_was_seen_in_a_time_to_come_is_looked_at_every_six_hours():
    now = FOUND - 30 * DAY

    assert next_check(ARTICLE, now, STEADY) == now + 6 * HOUR
    changed = replace(ARTICLE, first_seen_at=now - DAY, last_changed_at=now + DAY, changes=1)
    assert next_check(changed, now, STEADY) == now + 6 * HOUR


def test_a_time_of_change_without_a_change_says_nothing():
    unedited = replace(ARTICLE, last_changed_at=FOUND, changes=0)

    assert expected_wait(unedited, FOUND + DAY, STEADY) == expected_wait(ARTICLE, FOUND + DAY, STEADY)


def test_a_clock_that_stands_before_a_sighting_or_a_change_counts_from_there():
    edited = replace(ARTICLE, last_changed_at=FOUND + DAY, changes=1)

    assert expected_wait(ARTICLE, FOUND - DAY, STEADY) == expected_wait(ARTICLE, FOUND, STEADY)
    assert expected_wait(edited, FOUND - DAY, STEADY) == expected_wait(edited, FOUND + DAY, STEADY)


def test_each_share_holds_for_its_kind_of_article():
    now = FOUND + 2 * DAY
    edited = replace(ARTICLE, last_changed_at=FOUND + DAY, changes=1)
    patient = replace(STEADY, quiet_share=STEADY.quiet_share * 3)

    assert expected_wait(ARTICLE, now, patient) == expected_wait(ARTICLE, now, STEADY)
    assert expected_wait(edited, now, patient) > expected_wait(edited, now, STEADY)


def test_a_pace_scales_both_shares():
    paced = scaled(STEADY, 2.0)

    assert (paced.age_share, paced.quiet_share) == (STEADY.age_share * 2, STEADY.quiet_share * 2)


def test_a_feed_that_fails_and_asks_for_time_gets_it():
    failing = replace(FEED, failures=1)

    assert next_poll(FOUND, 15 * MINUTE, failing, [3 * DAY, None, HOUR]) == FOUND + 3 * DAY
    assert next_poll(FOUND, HOUR, failing, []) == FOUND + HOUR


@pytest.mark.parametrize(
    ("kind", "looked", "since", "shortest", "longest"),
    [
        (Suspicion.STUB, 1, 0 * HOUR, 10 * MINUTE, 11 * MINUTE),
        (Suspicion.STUB, 2, 0 * HOUR, 6 * HOUR, 6 * HOUR),
        (Suspicion.STUB, 2, 10 * HOUR, HOUR, 1.1 * HOUR),
        (Suspicion.STUB, 3, 20 * HOUR, 5 * HOUR, 5.5 * HOUR),
        (Suspicion.STUB, 9, 90 * HOUR, 5 * HOUR, 5.5 * HOUR),
        (Suspicion.GONE, 1, 0 * HOUR, 10 * MINUTE, 11 * MINUTE),
        (Suspicion.GONE, 2, 10 * MINUTE, 50 * MINUTE, 55 * MINUTE),
        (Suspicion.FLAP, 1, 0 * HOUR, 10 * MINUTE, 11 * MINUTE),
        (Suspicion.FLOOD, 5, 9 * HOUR, HOUR, 1.1 * HOUR),
    ],
)
def test_a_suspect_is_looked_at_again_after_the_waits_of_its_proof(kind, looked, since, shortest, longest):
    due = [after_suspicion(Suspect(kind, f"{sha:064x}", FOUND - since, looked), FOUND) - FOUND for sha in range(50)]

    assert shortest <= min(due) <= max(due) <= longest
    if shortest < longest:
        assert max(due) - min(due) > 0.8 * (longest - shortest)


def test_waits_spread_over_all_of_their_range_whatever_the_seed():
    dues = [after_failure(1, FOUND, None, f"\ud800{number}") - FOUND for number in range(200)]

    assert 4 * MINUTE <= min(dues) < 4.1 * MINUTE
    assert 5.9 * MINUTE < max(dues) <= 6 * MINUTE
