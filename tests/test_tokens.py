"""What a reader takes in as one is one token."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwatch.judging.tokens import boundary, is_word, tokenise
from feedwatch.model import comparable


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("£1.5m, up 15%", ["£1.5m", ",", "up", "15%"]),
        ("$3bn or 2 500 000 or 1,204.50", ["$3bn", "or", "2 500 000", "or", "1,204.50"]),
        ("12\u202f500 € or 1,5\u00a0%", ["12\u202f500", "€", "or", "1,5", "%"]),
        ("at 14:02 on 12/05/2031", ["at", "14:02", "on", "12/05/2031"]),
        ("won 2–1 at -5°C (-3)", ["won", "2–1", "at", "-5°C", "(", "-3", ")"]),
        ("in 2031 500 came", ["in", "2031", "500", "came"]),
        ("don't, don’t, well-known U.S. law", ["don't", ",", "don’t", ",", "well-known", "U.S", ".", "law"]),
        ("Wait... what?", ["Wait", "...", "what", "?"]),
        ("e\u0301te\u0301 x\u00ady", ["e\u0301te\u0301", "x\u00ady"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("قُتل ١٤ شخصا", ["قُتل", "١٤", "شخصا"]),
        ("東京で三十人、１５日", ["東", "京", "で", "三十", "人", "、", "１５", "日"]),
        ("ที่ ๑๕ คน", ["ที่", "๑๕", "ค", "น"]),
        ("👨\u200d👩\u200d👧 🇫🇮🇸🇪 👍🏽", ["👨\u200d👩\u200d👧", "🇫🇮", "🇸🇪", "👍🏽"]),
        ("\ud800a", ["\ud800", "a"]),
        ("", []),
    ],
)
def test_words_figures_and_signs_are_whole(text, tokens):
    assert tokenise(text).texts == tokens


@given(st.text() | st.text("a1 .,-'’%£\u00ad\u200b\u0301\n東ก"))
@settings(max_examples=100, deadline=None)
def test_tokens_and_white_space_are_the_text_again(text):
    tokens = tokenise(text)

    assert "".join(gap + token for gap, token in zip(tokens.gaps, [*tokens.texts, ""], strict=True)) == text
    assert not any(gap.strip("\u00ad\u200b") and comparable(gap) for gap in tokens.gaps)


@given(st.text(), st.integers(0, 5), st.integers(0, 5))
@settings(max_examples=50, deadline=None)
def test_a_stretch_of_tokens_is_a_stretch_of_the_text(text, start, length):
    tokens = tokenise(text)

    assert tokens.text(start, min(start + length, len(tokens))) in text


def test_tokens_are_compared_without_what_nobody_sees():
    composed, decomposed = (
        tokenise("été 12\u00a0500 extraordinary"),
        tokenise("e\u0301te\u0301 12 500 extra\u00adordinary"),
    )

    assert composed.keys == decomposed.keys
    assert composed.texts != decomposed.texts


@pytest.mark.parametrize(("key", "claim"), [("word", True), ("£15", True), ("東", True), ("“", False), ("", False)])
def test_a_word_says_something_and_a_sign_does_not(key, claim):
    assert is_word(key) is claim


@pytest.mark.parametrize(
    ("text", "place", "how_well"),
    [
        ("It rained. Boats came.", 0, 4),
        ("It rained. Boats came.", 3, 4),
        ("He said: “It rained.” Boats came.", 8, 4),
        ("雨が降った。船が来た。", 6, 4),
        ("One\nTwo", 1, 4),
        ("It rained, boats came", 3, 2),
        ("He said “no” again", 2, 2),
        ("It rained", 1, 1),
        ("rained, boats", 1, 0),
    ],
)
def test_a_text_is_best_cut_between_sentences(text, place, how_well):
    assert boundary(tokenise(text), place) == how_well
