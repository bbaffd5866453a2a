"""When an article was looked at, as its row keeps it."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from feedwatch.judging.looks import LIMIT, with_look
from feedwatch.steps import unpack


def looked_at(minutes) -> bytes:
    looks = b""
    for minute in minutes:
        looks = with_look(looks, timedelta(minutes=minute))
    return looks


def test_each_look_is_kept_to_the_minute():
    assert unpack(looked_at([0, 10.5, 24, 300, 20_000])) == [0, 10, 24, 300, 20_000]


def test_a_look_in_the_same_minute_or_at_an_earlier_time_is_not_told_apart():
    assert unpack(looked_at([3, 3.9, 1, -8, 4])) == [3, 4]


@given(st.lists(st.integers(min_value=1, max_value=3000), min_size=1, max_size=600))
def test_however_often_it_is_looked_at_the_list_stays_small_and_ends_with_the_last_look(pauses):
    minutes = [sum(pauses[:n]) for n in range(1, len(pauses) + 1)]

    looks = looked_at(minutes)

    assert len(looks) <= LIMIT
    assert unpack(looks)[-1] == minutes[-1]
    assert set(unpack(looks)) <= set(minutes)


def test_where_looks_are_left_out_none_is_far_from_one_that_is_kept():
    minutes = range(10, 60 * 24 * 60, 10)  # a live page, for two months

    kept = unpack(looked_at(minutes))

    assert all(any(minute <= one <= 10 + minute * 1.2 for one in kept) for minute in minutes)
