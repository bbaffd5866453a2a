"""Which lines are furniture: those of three other stories."""

from __future__ import annotations

from dataclasses import replace

import pytest

from feedwatch.judging.learned import ENOUGH_HEADLINES, furniture
from feedwatch.model import Known
from tests.test_decide import known

LINE = "0123456789abcdef"
UNLIKE = ("Harbour wall to be raised", "School meals cost more", "Museum finds a hoard of silver")


def carried(title: str, *titles: str, headlines: tuple[str, ...] = ()) -> Known:
    before = known(title=title)
    return replace(before, carriers={LINE: titles}, headlines=headlines)


def test_a_line_of_three_other_stories_is_furniture() -> None:
    assert furniture(carried("Fourteen die in ferry fire", *UNLIKE)) == {LINE}


def test_a_line_of_fewer_is_not() -> None:
    assert furniture(carried("Fourteen die in ferry fire", *UNLIKE[:2])) == frozenset()


@pytest.mark.parametrize(
    "titles",
    [
        ("Ferry fire: what we know", "Ferry line stops sailing", "Captain of the ferry was warned", "Fire on a ferry"),
        (
            "Minister under pressure after ferry fire",
            "Minister resigns",
            "Why the minister resigns now",
            "A ferry burns",
        ),
        ("Fähre brennt vor Norhaven", "Norhaven trauert", "Vierzehn Tote: Norhaven trauert", "Die Fähre von Norhaven"),
        ("渡轮起火十四人遇难", "渡轮起火原因待查", "渡轮公司停运两艘姊妹船", "渡轮起火：我们知道什么"),
    ],
)
def test_stories_on_one_event_are_one_story_however_many(titles: tuple[str, ...]) -> None:
    assert furniture(carried(titles[0], *titles[1:])) == frozenset()
    assert furniture(carried("Harbour wall to be raised", *titles)) == frozenset()


def test_small_words_make_no_story() -> None:
    titles = ("What happens after the vote", "What we eat after sport", "Which bridge comes after that one")

    assert furniture(carried("What remains after the storm", *titles)) == {LINE}


def test_words_of_many_headlines_make_no_story() -> None:
    titles = tuple(f"Analysis: {title}" for title in UNLIKE)
    others = tuple(f"Topic {number} of its own" for number in range(ENOUGH_HEADLINES))

    few = furniture(carried("Analysis: ferry fire", *titles))
    many = furniture(carried("Analysis: ferry fire", *titles, headlines=(*titles, *titles, *others)))

    assert (few, many) == (frozenset(), frozenset({LINE}))


def test_headlines_without_a_telling_word_are_stories_of_their_own() -> None:
    assert furniture(carried("", "", "Oh no", "So it is")) == {LINE}
