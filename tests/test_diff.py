"""Two versions side by side: what stands where, and the law that the rows rebuild both."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.adapters import diff as neutral_diff
from feedwatch.judging import diff as diff_module
from feedwatch.judging.diff import compare, diff
from feedwatch.model import Block, Op, Row, Span, Text

RIVER = "The river rose two metres overnight and flooded the old market in Varn."
MAYOR = "Mayor Ilse Brandt said the town had asked the army for forty boats."
SCHOOL = "Schools will stay closed until the water has gone down, the council said."
BRIDGE = "The iron bridge at Kell, built in 1911, was shut as a precaution."

SHOWN = {Op.EQUAL: "{}", Op.DELETE: "[-{}-]", Op.INSERT: "{{+{}+}}"}


def _shown(row):
    return "".join(SHOWN[span.op].format(span.text) for span in row.spans)


def _rows(old, new):
    return [(row.op, row.old, row.new) for row in diff(old, new)]


def _text(title, *paragraphs, standfirst=""):
    return Text(title, standfirst, tuple(map(Block, paragraphs)))


# ---------------------------------------------------------------------------------------------------------- rows


def test_an_unchanged_text_is_all_equal():
    assert _rows([RIVER, MAYOR], [RIVER, MAYOR]) == [(Op.EQUAL, (0,), (0,)), (Op.EQUAL, (1,), (1,))]


def test_inserted_deleted_and_edited_paragraphs_stand_where_they_belong():
    rows = diff([RIVER, MAYOR, SCHOOL], [RIVER, BRIDGE, SCHOOL.replace("closed", "open")])

    assert [(row.op, row.old, row.new) for row in rows] == [
        (Op.EQUAL, (0,), (0,)),
        (Op.DELETE, (1,), ()),
        (Op.INSERT, (), (1,)),
        (Op.REPLACE, (2,), (2,)),
    ]
    assert _shown(rows[3]) == SCHOOL.replace("closed", "[-closed-]{+open+}")


def test_a_short_line_in_the_place_of_another_is_one_edit_and_a_long_one_is_not():
    (_, row, _) = diff([RIVER, "Yes.", SCHOOL], [RIVER, "No, it was the cat.", SCHOOL])

    assert (row.op, row.old, row.new) == (Op.REPLACE, (1,), (1,))
    assert _shown(row) == "[-Yes.-]{+No, it was the cat.+}"
    assert _rows([RIVER, "Yes.", SCHOOL], [RIVER, "No.", "Never.", SCHOOL])[1:3] == [
        (Op.DELETE, (1,), ()),
        (Op.INSERT, (), (1,)),
    ]
    assert _rows([MAYOR], [BRIDGE]) == [(Op.DELETE, (0,), ()), (Op.INSERT, (), (0,))]


def test_a_split_shows_only_the_new_paragraph_and_the_edits_within():
    (row,) = diff([f"{RIVER} {MAYOR}"], [RIVER, MAYOR.replace("forty", "fifty")])

    assert (row.op, row.old, row.new) == (Op.SPLIT, (0,), (0, 1))
    assert _shown(row) == f"{RIVER}[- -]{{+\n+}}{MAYOR}".replace("forty", "[-forty-]{+fifty+}")


def test_a_merge_shows_only_the_lost_paragraph_and_the_edits_within():
    (row,) = diff([RIVER, MAYOR], [f"{RIVER.replace('two', 'three')} {MAYOR}"])

    assert (row.op, row.old, row.new) == (Op.MERGE, (0, 1), (0,))
    assert _shown(row) == f"{RIVER}[-\n-]{{+ +}}{MAYOR}".replace("two", "[-two-]{+three+}")


def test_a_paragraph_with_a_line_break_of_its_own_is_never_split_so_that_every_break_ends_a_paragraph():
    whole = f"{RIVER}\n{MAYOR} {BRIDGE}"

    assert Op.SPLIT not in [row.op for row in diff([whole], [RIVER, MAYOR, BRIDGE])]


def test_a_moved_paragraph_stands_at_its_new_place_with_its_edits():
    rows = diff([RIVER, MAYOR, SCHOOL], [MAYOR, SCHOOL, RIVER.replace("two", "three")])

    assert [(row.op, row.old, row.new) for row in rows] == [
        (Op.EQUAL, (1,), (0,)),
        (Op.EQUAL, (2,), (1,)),
        (Op.MOVE, (0,), (2,)),
    ]
    assert _shown(rows[2]) == RIVER.replace("two", "[-two-]{+three+}")


def test_two_paragraphs_that_swap_are_one_move():
    assert Counter(row.op for row in diff([RIVER, SCHOOL], [SCHOOL, RIVER])) == {Op.MOVE: 1, Op.EQUAL: 1}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("two\u00a0boats", "two boats"),
        ("two  boats ", "two boats"),
        ("extra\u00adordinary", "extraordinary"),
        ("e\u0301te\u0301", "été"),
        ("", "\u200b"),
    ],
)
def test_what_nobody_sees_is_no_change_and_yet_both_sides_are_rebuilt(old, new):
    (row,) = diff([old], [new])

    assert row.op is Op.EQUAL
    assert (row.old_text, row.new_text) == (old, new)


# ---------------------------------------------------------------------------------------------------------- texts


def test_an_edit_of_the_headline_alone_is_an_edit():
    comparison = compare(_text("Fourteen die in quay fire", RIVER), _text("Forty-one die in quay fire", RIVER))

    assert not comparison.is_equal
    assert comparison.title.op is Op.REPLACE
    assert _shown(comparison.title) == "[-Fourteen-]{+Forty-one+} die in quay fire"
    assert [row.op for row in comparison.rows] == [Op.EQUAL]


def test_a_wholly_new_headline_is_shown_whole():
    comparison = compare(_text("Fourteen die in quay fire"), _text("Minister steps down over blaze"))

    assert _shown(comparison.title) == "[-Fourteen die in quay fire-]{+Minister steps down over blaze+}"


@pytest.mark.parametrize(
    ("old", "new", "op", "places"),
    [
        ("", "A town waits.", Op.INSERT, ((), (0,))),
        ("A town waits.", "", Op.DELETE, ((0,), ())),
        ("A town waits.", "A city waits.", Op.REPLACE, ((0,), (0,))),
        ("A town waits.", "A\u00a0town waits.", Op.EQUAL, ((0,), (0,))),
    ],
)
def test_a_standfirst_is_a_row_of_its_own(old, new, op, places):
    row = compare(_text("Flood", standfirst=old), _text("Flood", standfirst=new)).standfirst

    assert row is not None
    assert row.op is op
    assert (row.old, row.new) == places
    assert (row.old_text, row.new_text) == (old, new)


def test_without_a_standfirst_on_either_side_there_is_no_row():
    comparison = compare(_text("Flood", RIVER), _text("Flood", RIVER))

    assert comparison.standfirst is None
    assert comparison.is_equal


# ---------------------------------------------------------------------------------------------------------- law

words = st.sampled_from(
    ["the", "river", "rose", "14", "41", "1.5m", "mayor", "“said”", "東", "\u0301", "\ud800", "\u00a0"]
)
paragraph = st.lists(words, max_size=9).map(" ".join) | st.text(max_size=12)
versions = st.lists(paragraph, max_size=9)


@st.composite
def edited_versions(draw):
    """A version and the same after what newsrooms do: split, merge, move, repeat, drop, rewrite."""
    old = draw(versions)
    new = list(old)
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(new)))
        match draw(st.sampled_from(["split", "merge", "move", "repeat", "drop", "rewrite"])):
            case "split" if place < len(new):
                new[place : place + 1] = new[place].split(" ", 1)
            case "merge":
                new[place : place + 2] = [" ".join(new[place : place + 2])]
            case "move" if place < len(new):
                new.insert(draw(st.integers(0, len(new) - 1)), new.pop(place))
            case "repeat" if place < len(new):
                new.insert(place, new[place])
            case "drop":
                del new[place : place + 1]
            case _:
                new.insert(place, draw(paragraph))
    return old, new


def _assert_lawful(rows, old, new):
    assert sorted(i for row in rows for i in row.old) == list(range(len(old)))
    assert sorted(j for row in rows for j in row.new) == list(range(len(new)))
    for row in rows:
        assert row.old_text == "\n".join(old[i] for i in row.old)
        assert row.new_text == "\n".join(new[j] for j in row.new)
        match row.op:
            case Op.INSERT:
                assert (len(row.old), len(row.new)) == (0, 1)
            case Op.DELETE:
                assert (len(row.old), len(row.new)) == (1, 0)
            case Op.SPLIT:
                assert len(row.old) == 1 < len(row.new)
            case Op.MERGE:
                assert len(row.old) > 1 == len(row.new)
            case _:
                assert (len(row.old), len(row.new)) == (1, 1)
    assert [j for row in rows for j in row.new] == list(range(len(new)))


@given(st.tuples(versions, versions) | edited_versions())
@settings(max_examples=100, deadline=None)
def test_the_rows_rebuild_both_versions_and_are_the_same_again(pair):
    old, new = pair

    rows = diff(old, new)

    _assert_lawful(rows, old, new)
    assert rows == diff(old, new)


@given(versions)
@settings(max_examples=50, deadline=None)
def test_a_version_compared_with_itself_is_equal_throughout(old):
    assert diff(old, old) == tuple(
        Row(Op.EQUAL, (k,), (k,), (Span(Op.EQUAL, text),) if text else ()) for k, text in enumerate(old)
    )


@given(edited_versions())
@settings(max_examples=50, deadline=None)
def test_the_neutral_rows_of_the_benchmark_rebuild_both_versions_too(pair):
    old, new = pair

    rows = neutral_diff(old, new)

    by_old = sorted((row for row in rows if row["old_index"] is not None), key=lambda row: row["old_index"])
    by_new = sorted((row for row in rows if row["new_index"] is not None), key=lambda row: row["new_index"])
    assert ["".join(text for op, text in row["spans"] if op != "insert") for row in by_old] == old
    assert ["".join(text for op, text in row["spans"] if op != "delete") for row in by_new] == new


def test_should_the_law_be_broken_everything_is_deleted_and_inserted(monkeypatch):
    monkeypatch.setattr(diff_module, "mark", lambda *_: (Span(Op.EQUAL, "something else"),))

    new = [MAYOR, f"{RIVER} It fell at night."]
    rows = diff([RIVER], new)

    assert [row.op for row in rows] == [Op.DELETE, Op.INSERT, Op.INSERT]
    _assert_lawful(rows, [RIVER], new)


# ---------------------------------------------------------------------------------------------------------- size


def _words(start, count):
    return " ".join(f"w{number}" for number in range(start, start + count))


LONG_PARAGRAPH = "It rained in Varn. " * 500_000  # 9.5 MB

HOSTILE = {
    "50,000 equal paragraphs, 1,000 fewer": (["Read on."] * 50_000, ["Read on."] * 49_000),
    "50,000 equal paragraphs, another between each": (["Read on.", "Or not."] * 25_000, ["Read on."] * 50_000),
    "200,000 words without a common one": (
        [_words(start, 50) for start in range(0, 100_000, 50)],
        [_words(start, 50) for start in range(100_000, 200_000, 50)],
    ),
    "200,000 words without a common one in one paragraph": ([_words(0, 100_000)], [_words(100_000, 100_000)]),
    "20,000 moved paragraphs": (
        [f"Line {k} of it." for k in range(20_000)],
        [f"Line {k} of it." for k in range(20_000)][::-1],
    ),
    "a paragraph of 10 MB": ([LONG_PARAGRAPH + "The end."], [LONG_PARAGRAPH[:5_000_000] + LONG_PARAGRAPH[5_000_100:]]),
    "a paragraph of one letter, repeated": (["a " * 40_000], ["a " * 39_000 + "b " * 900]),
    "2,000 paragraphs that are nearly the same": (
        [f"The {k} of the and of the {k}" for k in range(2_000)],
        [f"A {k} of the and of the {k + 1}" for k in range(2_000)],
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_sizes_end_in_lawful_rows(name):
    old, new = HOSTILE[name]

    _assert_lawful(diff(old, new), old, new)


def test_a_few_edits_in_ten_megabytes_are_still_few_marks():
    old = LONG_PARAGRAPH + "At least 14 died. " + LONG_PARAGRAPH

    (row,) = diff([old], [old.replace("14", "41")])

    assert [span.text for span in row.spans if span.op is not Op.EQUAL] == ["14", "41"]
