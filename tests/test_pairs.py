"""The same paragraph is found again: edited, split, merged or elsewhere."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwatch.judging import pairs
from feedwatch.judging.pairs import pair_paragraphs

RIVER = "The river rose two metres overnight and flooded the old market in Varn."
MAYOR = "Mayor Ilse Brandt said the town had asked the army for forty boats."
SCHOOL = "Schools will stay closed until the water has gone down, the council said."
BRIDGE = "The iron bridge at Kell, built in 1911, was shut as a precaution."
INSURER = "Insurers put the damage at 30 million marks, twice that of the last flood."


def _chain(old, new):
    return [match[:4] for match in pair_paragraphs(old, new).chain]


def _pairs(old, new):
    return [(match.old_start, match.new_start) for match in pair_paragraphs(old, new).chain]


def test_equal_and_edited_paragraphs_stand_in_one_chain():
    edited = MAYOR.replace("forty", "fifty")

    assert _pairs([RIVER, MAYOR, SCHOOL], [RIVER, BRIDGE, edited, SCHOOL]) == [(0, 0), (1, 2), (2, 3)]


def test_unlike_paragraphs_are_no_pair():
    away = "Mayor Ilse Brandt was seen leaving by train on Sunday night with two suitcases."

    assert _pairs([RIVER, MAYOR, SCHOOL], [RIVER, away, SCHOOL]) == [(0, 0), (2, 2)]


def test_a_paragraph_that_falls_into_pieces_is_one_match():
    whole = f"{RIVER} {MAYOR} {BRIDGE}"

    assert _chain([SCHOOL, whole, INSURER], [SCHOOL, RIVER, MAYOR, BRIDGE, INSURER]) == [
        (0, 1, 0, 1),
        (1, 2, 1, 4),
        (2, 3, 4, 5),
    ]


def test_paragraphs_that_grow_together_are_one_match():
    whole = f"{RIVER} {MAYOR.replace('forty', 'fifty')}"

    assert _chain([RIVER, MAYOR, SCHOOL], [whole, SCHOOL]) == [(0, 2, 0, 1), (2, 3, 1, 2)]


def test_a_new_paragraph_beside_an_edited_one_is_no_piece_of_it():
    new = "Mayor Ilse Brandt was away, and her deputy would not speak to the army of reporters."

    assert _chain([f"{RIVER} {MAYOR}"], [RIVER.replace("two", "three"), new]) == [(0, 1, 0, 1)]


def test_a_paragraph_that_goes_elsewhere_has_moved_even_when_edited():
    pairing = pair_paragraphs([RIVER, MAYOR, SCHOOL, BRIDGE], [MAYOR, SCHOOL, BRIDGE, RIVER.replace("two", "three")])

    assert [(match.old_start, match.new_start) for match in pairing.chain] == [(1, 0), (2, 1), (3, 2)]
    assert pairing.moves == {3: 0}


def test_of_two_that_swap_places_the_heavier_stays():
    pairing = pair_paragraphs([RIVER, f"{MAYOR} {BRIDGE}"], [f"{MAYOR} {BRIDGE}", RIVER])

    assert [(match.old_start, match.new_start) for match in pairing.chain] == [(1, 0)]
    assert pairing.moves == {1: 0}


def test_a_good_match_elsewhere_breaks_a_poor_one_in_place():
    poor = "The river rose overnight and flooded cellars, but nobody in the whole of the valley was hurt."
    good = RIVER.replace("two", "three")

    pairing = pair_paragraphs([RIVER, SCHOOL, MAYOR], [poor, SCHOOL, MAYOR, good])

    assert [(match.old_start, match.new_start) for match in pairing.chain] == [(1, 1), (2, 2)]
    assert pairing.moves == {3: 0}


def test_an_entry_that_comes_as_one_of_its_mould_goes_has_not_moved():
    entries = [
        f"{n}:{5 * n} The river stands at {200 + 3 * n} cm at the iron bridge, the wardens say." for n in range(1, 9)
    ]

    assert pair_paragraphs(entries[:7], [entries[7], *entries[:6]]).moves == {}


def test_a_paragraph_that_goes_elsewhere_with_another_figure_has_moved():
    edited = BRIDGE.replace("1911", "1912")

    assert pair_paragraphs([BRIDGE, MAYOR, SCHOOL], [MAYOR, SCHOOL, edited]).moves == {2: 0}
    assert pair_paragraphs([f"{BRIDGE} 14", MAYOR, SCHOOL], [MAYOR, SCHOOL, f"{edited} 14"]).moves == {2: 0}


def test_a_few_words_alike_elsewhere_are_no_move():
    pairing = pair_paragraphs(["Related news: floods", RIVER, SCHOOL], [RIVER, SCHOOL, "Related news: fires"])

    assert pairing.moves == {}


def test_an_equal_line_is_preferred_to_one_with_other_signs():
    assert _pairs(["Boats came!", "Boats came.", RIVER, "Boats came."], ["Boats came.", BRIDGE]) == [(1, 0)]


paragraphs = st.lists(
    st.lists(st.sampled_from(["the", "river", "rose", "mayor", "boats", "14", "said", "varn"]), max_size=8).map(
        " ".join
    ),
    max_size=9,
)


def _places(pairing):
    old = [i for match in pairing.chain for i in range(match.old_start, match.old_end)] + list(pairing.moves.values())
    new = [j for match in pairing.chain for j in range(match.new_start, match.new_end)] + list(pairing.moves)
    return old, new


@given(paragraphs, paragraphs)
@settings(max_examples=100, deadline=None)
def test_every_paragraph_has_one_match_at_most_and_the_chain_is_in_order(old, new):
    pairing = pair_paragraphs(old, new)

    for places in _places(pairing):
        assert len(places) == len(set(places))
    ends = [(0, 0), *((match.old_end, match.new_end) for match in pairing.chain)]
    assert all(
        end[0] <= match.old_start and end[1] <= match.new_start for end, match in zip(ends, pairing.chain, strict=False)
    )


@given(paragraphs, paragraphs)
@settings(max_examples=100, deadline=None)
def test_the_same_holds_when_there_are_too_many_to_try_them_all(old, new):
    pairing = _pair_within(old, new, TRIALS=0, COPIES=0, JOINS=1)

    for places in _places(pairing):
        assert len(places) == len(set(places))


def _pair_within(old, new, **budgets):
    with pytest.MonkeyPatch.context() as patch:
        for name, budget in budgets.items():
            patch.setattr(pairs, name, budget)
        return pair_paragraphs(old, new)


def test_with_too_many_to_try_them_all_rare_words_find_the_partner():
    old = [RIVER, MAYOR, SCHOOL, BRIDGE]
    new = [INSURER, MAYOR.replace("forty", "fifty"), BRIDGE.replace("1911", "1912"), RIVER.replace("two", "three")]

    pairing = _pair_within(old, new, TRIALS=0)

    assert [(match.old_start, match.new_start) for match in pairing.chain] == [(1, 1), (3, 2)]
    assert pairing.moves == {3: 0}


@given(paragraphs)
@settings(max_examples=50, deadline=None)
def test_a_text_is_paired_with_itself_place_by_place(old):
    assert _pairs(old, old) == [(k, k) for k in range(len(old))]
