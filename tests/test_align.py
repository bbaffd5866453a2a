"""An alignment keeps equal tokens only, in order, in runs that can be read."""

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from feedwatch.judging.align import TEAR, TEAR_BOTH, _best_path, _is_readable, _readable_cells, _weigh, align
from feedwatch.judging.tokens import is_word, tokenise

PLENTY = 20_000
few_words = st.lists(st.sampled_from(["the", "of", "river", "rose", "mayor", "said", ",", ".", "14"]), max_size=25)


def _kept(old, new, effort=PLENTY):
    left, right = tokenise(old), tokenise(new)
    return [left.text(i, i + size) for i, _, size in align(left, right, effort)]


@given(few_words, few_words, st.sampled_from([0, 3, PLENTY]))
@settings(max_examples=100, deadline=None)
def test_kept_tokens_are_equal_and_follow_one_another(old_words, new_words, effort):
    old, new = tokenise(" ".join(old_words)), tokenise(" ".join(new_words))

    i = j = 0
    for at_old, at_new, size in align(old, new, effort):
        assert size
        assert at_old >= i
        assert at_new >= j
        assert old.keys[at_old : at_old + size] == new.keys[at_new : at_new + size]
        i, j = at_old + size, at_new + size
    assert i <= len(old)
    assert j <= len(new)


@given(few_words, few_words, st.sampled_from([0, 3, PLENTY]))
@settings(max_examples=100, deadline=None)
def test_nothing_too_short_to_read_is_kept_between_two_changes(old_words, new_words, effort):
    old, new = tokenise(" ".join(old_words)), tokenise(" ".join(new_words))

    for i, j, size in align(old, new, effort):
        at_edge = i == j == 0 or (i + size == len(old) and j + size == len(new))
        kept = [key for key in old.keys[i : i + size] if is_word(key)]
        assert at_edge or len(kept) > 2 or (len(kept) == 2 and set(kept) - {"the", "of"})


def _tear(i, j, x, y):
    """The price of what lies between the cells (i, j) and (x, y)."""
    if x == i + 1 and y == j + 1:
        return 0.0
    return TEAR if x == i + 1 or y == j + 1 else TEAR_BOTH


def _greatest_worth(a, b, cells):
    @cache
    def worth_after(i, j):
        onward = [_weigh(a[x]) - _tear(i, j, x, y) + worth_after(x, y) for x, y in cells if x > i and y > j]
        return max([-_tear(i, j, len(a), len(b)), *onward])

    return worth_after(-1, -1)


@given(*[st.lists(st.sampled_from(["river", "mayor", "boats", "the", "Varn"]), min_size=1, max_size=12)] * 2)
@settings(max_examples=100, deadline=None)
def test_no_other_way_to_keep_the_readable_runs_is_worth_more(a, b):
    assume(a[0] != b[0] and a[-1] != b[-1])  # a common beginning or end is taken off before

    rows = _readable_cells(a, {key: [j for j in range(len(b)) if b[j] == key] for key in b})
    cells = [(i, j) for i in rows for j in rows[i]]

    path = _best_path(a, b, rows)

    steps = [(-1, -1), *path, (len(a), len(b))]
    torn = sum(_tear(*step, *following) for step, following in pairwise(steps))
    assert set(path) <= set(cells)
    assert sum(_weigh(a[i]) for i, _ in path) - torn == pytest.approx(_greatest_worth(tuple(a), tuple(b), cells))


@pytest.mark.parametrize(
    ("run", "claim"),
    [("of the", False), ("river", False), (". ,", False), ("in Varn", True), ("the river", True), ("三 月 五", True)],
)
def test_two_words_can_be_read_when_one_of_them_says_something(run, claim):
    assert _is_readable(run.split()) is claim


def test_paragraphs_with_little_in_common_are_not_stitched_together():
    old = "Officials in Varn expected the harbour to reopen on Monday after repairs to the main gate."
    new = "The harbour gate broke again, and divers working for the town could not say when ships will sail."

    assert _kept(old, new) == []


def test_a_long_clause_is_kept_although_all_around_it_is_new():
    clause = "the harbour will reopen on Monday morning"
    old = f"Officials expected that {clause} " + "after repairs by divers who work for Varn " * 3
    new = f"It is far from certain now whether {clause} " + "since storms broke a second gate last night " * 3

    assert clause in _kept(old, new)[0]


def test_with_less_effort_a_paragraph_is_aligned_around_the_words_that_stand_once():
    filler = " ".join(["the", "of", "and", "to"] * 30)
    old = f"A {filler} Brandt {filler} resigned {filler} Z"
    new = f"B {filler} Brandt {filler} then resigned {filler} Y"

    assert _kept(old, new, effort=50) == [f"{filler} Brandt {filler}", f"resigned {filler}"]
