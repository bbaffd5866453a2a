"""How often a source's articles can be looked at for what may be spent on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feedwatch.judging.budget import (
    FASTEST,
    SLOWEST,
    Budget,
    attune,
    looks_each,
    pace_for,
    read,
    strained,
    terms_of,
    written,
)
from feedwatch.judging.schedule import Policy, next_check, scaled
from feedwatch.model import Article, Found, Life, Past

FOUND = datetime(2031, 5, 3, 10, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STEADY = Policy(jitter=0.0)
QUIET = Life(FOUND, (), FOUND + 60 * DAY)
LONG = FOUND + 100 * DAY
EDITED = replace(QUIET, edits=tuple(Found(FOUND + n * HOUR, FOUND + (n + 0.2) * HOUR) for n in (1, 2, 30)))
SOURCE = Past((QUIET,) * 30 + (EDITED,) * 10, found_last_day=100, found_last_week=700)


def test_looks_are_counted_as_the_schedule_gives_them() -> None:
    article, at, looks = Article("0" * 16, "herald", "k", "u", "h", "T", FOUND), FOUND, 1
    while (due := next_check(article, at, STEADY)) is not None:
        at, looks, article = due, looks + 1, replace(article, checks=looks)

    assert looks_each([QUIET], STEADY, 100 * DAY) == looks_each([], STEADY, 100 * DAY) == looks
    assert looks_each([EDITED], STEADY, 100 * DAY) > looks + 5
    assert looks_each(SOURCE.lives, STEADY, 100 * DAY) == pytest.approx(
        0.75 * looks + 0.25 * looks_each([EDITED], STEADY, 100 * DAY)
    )


@pytest.mark.parametrize("looks_per_day", [1500, 3000, 6000])
def test_a_budget_is_spent_and_not_more(looks_per_day: int) -> None:
    pace = pace_for(SOURCE, STEADY, Budget(looks_per_day), LONG)

    spent = looks_each(SOURCE.lives, scaled(STEADY, pace), 100 * DAY) * 100

    assert 0.85 * looks_per_day <= spent <= 0.9 * looks_per_day


def test_a_source_without_a_budget_of_its_own_is_slowed_and_never_hurried() -> None:
    assert pace_for(SOURCE, STEADY, Budget(1_000_000, fastest=1.0), LONG) == 1.0
    assert pace_for(SOURCE, STEADY, Budget(1_000_000), LONG) == FASTEST
    assert pace_for(SOURCE, STEADY, Budget(1500, fastest=1.0), LONG) > 1.5
    assert pace_for(SOURCE, STEADY, Budget(1), LONG) == SLOWEST


def test_a_young_source_spends_its_budget_too() -> None:
    young = pace_for(SOURCE, STEADY, Budget(3000), FOUND + 3 * DAY)

    spent = looks_each(SOURCE.lives, scaled(STEADY, young), 3 * DAY) * 100

    assert 0.85 * 3000 <= spent <= 0.9 * 3000
    assert young < pace_for(SOURCE, STEADY, Budget(3000), LONG)


def test_a_day_with_more_articles_than_usual_slows_the_looks() -> None:
    busy, calm = replace(SOURCE, found_last_day=150), replace(SOURCE, found_last_day=50)

    usual = pace_for(SOURCE, STEADY, Budget(3000), LONG)

    assert pace_for(busy, STEADY, Budget(3000), LONG) > 1.2 * usual
    assert pace_for(calm, STEADY, Budget(3000), LONG) == usual


def test_a_source_of_which_nothing_was_found_has_the_pace_of_the_config() -> None:
    assert pace_for(Past(), STEADY, Budget(10), LONG) == 1.0


def test_waits_grow_as_the_day_s_looks_run_out() -> None:
    assert strained(0, 1000) == strained(900, 1000) == 1.0
    assert 1.0 < strained(950, 1000) < strained(1000, 1000)
    assert strained(1000, 1000) == pytest.approx(1.5, abs=0.05)


def test_a_large_source_s_pace_is_told_by_a_part_of_it() -> None:
    large = replace(SOURCE, lives=SOURCE.lives * 50)

    assert pace_for(large, STEADY, Budget(3000), LONG) == pytest.approx(
        pace_for(SOURCE, STEADY, Budget(3000), LONG), rel=0.02
    )


def test_what_was_learned_is_kept_to_the_letter() -> None:
    rhythm = attune(SOURCE, STEADY, Budget(3000), FOUND + 60 * DAY)

    assert read(written(rhythm)) == rhythm


@pytest.mark.parametrize("kept", [None, "", "{", "[]", '{"rates": [[1]], "pace": 1}', '{"rates": 3, "pace": "x"}'])
def test_what_another_version_kept_is_learned_anew(kept: str | None) -> None:
    assert read(kept) is None


def test_a_rhythm_of_another_source_of_rates_does_not_hold() -> None:
    kept = written(attune(SOURCE, STEADY, Budget(3000), FOUND))

    assert read(kept.replace('"rates": [[', '"rates": [[0.5, ', 1)) is None


def test_a_new_source_s_rhythm_is_learned_anew_soon_and_an_old_one_s_once_a_day() -> None:
    def lasts(known_for: timedelta) -> timedelta:
        now = FOUND + known_for
        return attune(SOURCE, STEADY, Budget(3000), now).until - now

    assert [lasts(span) for span in (HOUR, 12 * HOUR, 30 * DAY)] == [HOUR, 3 * HOUR, DAY]


def test_a_rhythm_holds_for_its_time() -> None:
    rhythm = attune(SOURCE, STEADY, Budget(3000), FOUND + 60 * DAY)

    assert rhythm.holds(FOUND + 60 * DAY)
    assert not rhythm.holds(FOUND + 61 * DAY)
    assert not rhythm.holds(FOUND + 59 * DAY)  # the clock was set back


def test_a_rhythm_is_made_for_the_config_that_there_is() -> None:
    terms = {
        terms_of(STEADY, Budget(3000)),
        terms_of(STEADY, Budget(2000)),
        terms_of(STEADY, Budget(3000, fastest=1.0)),
        terms_of(replace(STEADY, age_share=0.2), Budget(3000)),
        terms_of(replace(STEADY, shortest=HOUR), Budget(3000)),
    }

    assert len(terms) == 5
