"""Edits as a reader sees them: [-gone-]{+come+}."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwatch.judging import marks
from feedwatch.judging.marks import mark
from feedwatch.model import Op

SHOWN = {Op.EQUAL: "{}", Op.DELETE: "[-{}-]", Op.INSERT: "{{+{}+}}"}


def _shown(old, new):
    return "".join(SHOWN[span.op].format(span.text) for span in mark(old, new))


EDITS_THAT_PEERS_LOSE = [
    (
        "At least 14 died at Harlow Quay.",
        "At least 41 died at Harlow Quay.",
        "At least [-14-]{+41+} died at Harlow Quay.",
    ),
    ("It will cost £1.5m.", "It will cost £15m.", "It will cost [-£1.5m-]{+£15m+}."),
    ("Prices rose by 1.5% in May.", "Prices rose by 15% in May.", "Prices rose by [-1.5%-]{+15%+} in May."),
    ("Did the mayor know?", "Did the mayor know.", "Did the mayor know[-?-]{+.+}"),
    ("No, the minister resigned.", "No the minister resigned.", "No[-,-] the minister resigned."),
    (
        "He denied false claims on Monday.",
        "He denied “false” claims on Monday.",
        "He denied [-false-]{+“false”+} claims on Monday.",
    ),
    (
        'She called it a "witch hunt" by rivals.',
        "She called it a witch hunt by rivals.",
        'She called it a [-"-]witch hunt[-"-] by rivals.',
    ),
    ("The march is on 12 May.", "The march is on 19 May.", "The march is on [-12-]{+19+} May."),
    ("It starts at 14:00 sharp.", "It starts at 16:30 sharp.", "It starts at [-14:00-]{+16:30+} sharp."),
    ("It closes within 24 hours.", "It closes within 48 hours.", "It closes within [-24-]{+48+} hours."),
    (
        "The firm published false accounts.",
        "The firm published audited accounts.",
        "The firm published [-false-]{+audited+} accounts.",
    ),
    ("Fourteen die in quay fire", "Forty-one die in quay fire", "[-Fourteen-]{+Forty-one+} die in quay fire"),
]


@pytest.mark.parametrize(("old", "new", "shown"), EDITS_THAT_PEERS_LOSE)
def test_the_edits_that_others_lose_are_marked_whole_and_alone(old, new, shown):
    assert _shown(old, new) == shown


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("東京で三十人が死亡した。", "東京で四十一人が死亡した。", "東京で[-三十-]{+四十一+}人が死亡した。"),
        ("市长周一宣布辞职。", "市长周二宣布辞职。", "市长周[-一-]{+二+}宣布辞职。"),
        ("ตำรวจจับ 3 คน", "ตำรวจจับ 5 คน", "ตำรวจจับ [-3-]{+5+} คน"),
        ("ตำรวจที่จับ", "ตำรวจทั่จับ", "ตำรวจ[-ที่-]{+ทั่+}จับ"),
        ("قال الوزير إن 14 قتلوا", "قال الوزير إن 41 قتلوا", "قال الوزير إن [-14-]{+41+} قتلوا"),
        ("वे राम के साथ थे", "वे रामजी के साथ थे", "वे [-राम-]{+रामजी+} के साथ थे"),
        ("Der Minister lügt nicht.", "Der Minister lügt.", "Der Minister lügt[- nicht-]."),
        ("Il y a 12\u202f500 cas.", "Il y a 13\u202f500 cas.", "Il y a [-12\u202f500-]{+13\u202f500+} cas."),
    ],
)
def test_other_languages_are_marked_in_their_own_units(old, new, shown):
    assert _shown(old, new) == shown


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("It rained. Boats came.", "It rained. Wind rose. Boats came.", "It rained. {+Wind rose. +}Boats came."),
        ("It rained. Boats came.", "It rained. Boats came. All left.", "It rained. Boats came.{+ All left.+}"),
        ("It is shut for now.", "It is shut for now. Call ahead.", "It is shut for now.{+ Call ahead.+}"),
        ("“No.” He left.", "“No.” He wept. He left.", "“No.” {+He wept. +}He left."),
        ("Tax cuts were agreed.", "Tax cuts and job cuts were agreed.", "Tax cuts {+and job cuts +}were agreed."),
        ("He spoke of the crew.", "He spoke of the town and of the crew.", "He spoke {+of the town and +}of the crew."),
        ("Boats came", "Boats came.", "Boats came{+.+}"),
        ("Paris", "", "[-Paris-]"),
        ("", "Paris", "{+Paris+}"),
        ("", "", ""),
    ],
)
def test_what_only_came_or_only_went_is_a_whole_sentence_or_phrase(old, new, shown):
    assert _shown(old, new) == shown


def test_a_rewritten_clause_is_one_mark_and_not_a_row_of_scraps():
    old = "The amount will be set by the treasury in the days to come and reviewed in March."
    new = "The amount, which the council has set for the year, was kept out of the talks and reviewed in March."

    assert _shown(old, new) == (
        "The amount[- will be set by the treasury in the days to come-]"
        "{+, which the council has set for the year, was kept out of the talks+} and reviewed in March."
    )


def test_one_word_between_two_marks_is_marked_with_them():
    assert _shown("The plan was agreed.", "The bold plan, was agreed.") == "The [-plan-]{+bold plan,+} was agreed."


def test_several_small_edits_stay_apart_when_what_is_between_them_can_be_read():
    old = "Police said the man, 34, was arrested on Monday in Leeth after a chase."
    new = "Police said the woman, 43, was arrested on Tuesday in Leeth after a long chase."

    assert _shown(old, new) == (
        "Police said the [-man, 34-]{+woman, 43+}, was arrested on [-Monday-]{+Tuesday+} in Leeth"
        " after a {+long +}chase."
    )


def test_white_space_that_only_differs_in_kind_is_marked_alone():
    assert _shown("two\u00a0boats came", "two boats came") == "two[-\u00a0-]{+ +}boats came"


def test_white_space_on_one_side_only_is_marked_with_a_token_so_that_it_can_be_seen():
    assert _shown("50 boats , then", "50 boats, then") == "50 boats[- ,-]{+,+} then"
    assert _shown("50 % of boats", "50% of boats") == "[-50 %-]{+50%+} of boats"


def test_a_new_paragraph_is_marked_alone():
    assert _shown("It rained. Boats came.", "It rained.\nBoats came.") == "It rained.[- -]{+\n+}Boats came."
    assert _shown("雨が降った。船が来た。", "雨が降った。\n船が来た。") == "雨が降った。{+\n+}船が来た。"


SPACES = [" ", "  ", "\n", "\u00a0", "\u00ad", "\u200b", "\u200d"]
SIGNS = [".", ",", "?", "-", "£", "\u0301", "👍", "🏽", "\ud800"]
PIECES = st.sampled_from(
    ["the", "river", " rose again ", "14", "1.5m", "15%", "don’t", "e", "東", "三十", "ที่", "ق", *SIGNS, *SPACES]
)
texts = st.text(max_size=30) | st.lists(PIECES, max_size=40).map("".join)


@given(texts, texts, st.sampled_from([0, 5, 20_000]))
@settings(max_examples=100, deadline=None)
def test_spans_rebuild_both_sides_whatever_the_text_and_the_effort(old, new, effort):
    spans = mark(old, new, effort)

    assert "".join(span.text for span in spans if span.op is not Op.INSERT) == old
    assert "".join(span.text for span in spans if span.op is not Op.DELETE) == new
    assert all(span.text for span in spans)
    assert spans == mark(old, new, effort)


@given(texts, texts)
@settings(max_examples=100, deadline=None)
def test_each_change_is_one_deleted_part_at_most_and_then_one_inserted_part_at_most(old, new):
    ops = [span.op for span in mark(old, new)]

    neighbours = set(pairwise(ops))
    assert not neighbours & {(op, op) for op in Op}
    assert (Op.INSERT, Op.DELETE) not in neighbours


@given(st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=100, deadline=None)
def test_no_spaced_word_or_number_is_ever_cut(old, new):
    for kept in (Op.DELETE, Op.INSERT):
        spans = [span for span in mark(old, new) if span.op in (Op.EQUAL, kept)]
        for left, right in pairwise(spans):
            before, after = left.text[-1], right.text[0]
            assert not (before.isascii() and before.isalnum() and after.isascii() and after.isalnum())


def test_a_very_long_paragraph_is_compared_word_by_word_only_in_the_middle_that_changed(monkeypatch):
    monkeypatch.setattr(marks, "LONG", 60)
    old, new = "It rained and 14 boats came. " + "x " * 50, "It rained and 41 boats came. " + "x " * 50

    assert _shown(old, new) == "It rained and [-14-]{+41+} boats came. " + "x " * 50


def test_a_very_long_changed_middle_is_shown_whole(monkeypatch):
    monkeypatch.setattr(marks, "LONG", 60)
    middle = "x " * 50

    assert _shown(f"It rained. {middle}Done.", f"It poured. {middle}Gone.") == (
        f"It [-rained. {middle}Done.-]{{+poured. {middle}Gone.+}}"
    )


@given(texts, texts, texts, st.integers(0, 30))
@settings(max_examples=50, deadline=None)
def test_very_long_paragraphs_rebuild_both_sides_too(start, end, other, limit):
    old, new = f"{start} {end}", f"{start} {other} {end}"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(marks, "LONG", limit)
        spans = mark(old, new)

    assert "".join(span.text for span in spans if span.op is not Op.INSERT) == old
    assert "".join(span.text for span in spans if span.op is not Op.DELETE) == new
