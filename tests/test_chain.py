"""The heaviest chain is the heaviest, checked against trying everything."""

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from feedwatch.judging.chain import BestBefore, Match, heaviest_chain


@st.composite
def matches(draw):
    old, new = draw(st.integers(0, 6)), draw(st.integers(0, 6))
    weight = draw(st.integers(1, 9))
    return Match(old, old + draw(st.integers(1, 2)), new, new + draw(st.integers(1, 2)), float(weight))


def _follow_one_another(chain):
    return all(a.old_end <= b.old_start and a.new_end <= b.new_start for a, b in pairwise(chain))


def _heaviest_by_trying(candidates):
    chosen = (sorted(some) for size in range(len(candidates) + 1) for some in combinations(candidates, size))
    return max(sum(match.weight for match in some) for some in chosen if _follow_one_another(some))


@given(st.lists(matches(), max_size=8))
@settings(max_examples=100, deadline=None)
def test_no_other_choice_in_the_same_order_weighs_more(candidates):
    chain = heaviest_chain(candidates)

    assert _follow_one_another(chain)
    assert set(chain) <= set(candidates)
    assert sum(match.weight for match in chain) == _heaviest_by_trying(candidates)


@given(st.lists(matches(), max_size=12), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_order_in_which_matches_come_does_not_matter(candidates, random):
    shuffled = random.sample(candidates, len(candidates))

    assert heaviest_chain(shuffled) == heaviest_chain(candidates)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 99)), max_size=30), st.integers(0, 21))
@settings(max_examples=100, deadline=None)
def test_the_best_before_a_place_is_the_best_of_all_smaller_places(puts, place):
    best = BestBefore(21, (-1.0, -1))
    for number, (at, worth) in enumerate(puts):
        best.put(at, (float(worth), number))

    expected = max(
        ((float(worth), number) for number, (at, worth) in enumerate(puts) if at < place), default=(-1.0, -1)
    )
    assert best.get(place) == expected
