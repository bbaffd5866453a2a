"""What neither of two pages takes for the article: an edit within it is told, what is filled anew is not."""

from __future__ import annotations

import pytest

from feedwatch.model import KeptPage, SiteRule, line_sha
from feedwatch.reading.doubt import only_volatile
from feedwatch.reading.page import read_pair
from tests.test_page import BODY, LINE, LINK, URL, lines, written
from tests.test_page_pairs import difference

AUTHOR = "Marta Hale covers harbours and the ships in them, and lives above a chandlery on the east coast."
OTHER_AUTHOR = "Piet Dekker has been at sea for eleven years and writes mostly about what he has seen there since."
MISTAKES = "Should a mistake have come to your eyes in this text, let us know by the form, please."
OURS = "Our harbour as it was on the morning after the fire"
PLAYER = '<div class="x2 widget"><div class="photo-caption">{}</div><button>Play</button><button>Louder</button></div>'
LECTURE = "Notes of lecture {}25 on ships and their doors"
QUIET = "Nobody was on the pier that night, its keeper said."


def bio(*paragraphs: str) -> str:
    return f'<aside class="author-bio"><h4>Marta Hale</h4>{lines(*paragraphs)}</aside>'


EDITS = {
    "a word in a note on the author": (bio(AUTHOR), bio(AUTHOR.replace("harbours", "ferries"))),
    "a sentence more in a note on the author": (bio(AUTHOR), bio(f"{AUTHOR} She did not want to speak of it.")),
    "a sentence put into a box that stays": (bio(AUTHOR), bio(AUTHOR, QUIET)),
    "a word where the outlet asks for mistakes": (
        f'<div class="x1">{lines(MISTAKES)}</div>',
        f'<div class="x1">{lines(MISTAKES.replace("mistake", "fault"))}</div>',
    ),
    "a line put beside one that is named like it": (
        '<header class="x1"><p class="deck description">The harbour is shut</p></header>',
        '<header class="x1"><p class="deck description">The harbour is shut</p><p class="deck">It rained.</p></header>',
    ),
}
AMONG = {
    "the date that an article gives itself": (
        '<p class="x1">Tuesday 15 October 2019 by Marta Hale</p>',
        '<p class="x1">Tuesday 25 October 2019 by Marta Hale</p>',
    ),
    "a caption that came to a player": (PLAYER.format(""), PLAYER.format("The ferry on fire, filmed from the pier")),
    "a caption that says our": ("", f'<div class="x1"><p class="photo-caption">{OURS}</p></div>'),
    "the owners of the pictures": (
        "",
        f"<p>Seen through the cameras of {LINK.format('A. Vinter, P. Dekker and all of Studio Nord')}.</p>",
    ),
    "a line of figures among lines made like it": (
        "".join(f'<p class="x2">{line}</p>' for line in (LINE, QUIET)),
        "".join(f'<p class="x2">{line}</p>' for line in (LINE, "Pier 12: N54 39 16, E18 40 12", QUIET)),
    ),
    "a figure in an item that is a link": (
        f"<ul><li>{LINK.format(LECTURE.format(1))}</li><li>Its summary for sailors, by the harbour office</li></ul>",
        f"<ul><li>{LINK.format(LECTURE.format(2))}</li><li>Its summary for sailors, by the harbour office</li></ul>",
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_within_what_looks_like_furniture_is_told(name: str) -> None:
    old, new = EDITS[name]

    assert difference(written(around=old), written(around=new)) != ([], [])


@pytest.mark.parametrize("name", AMONG)
def test_an_edit_of_what_stands_among_the_paragraphs_is_told(name: str) -> None:
    old, new = AMONG[name]

    assert difference(written(old), written(new)) != ([], [])
    assert difference(written(new), written(old)) != ([], [])


def test_a_paragraph_beside_a_button_made_like_the_articles_is_the_articles() -> None:
    tab = '<section class="tab"><div class="tab-copy"><p class="lead">{}</p></div>{}</section>'
    tabs = "".join(tab.format(line, "") for line in BODY)
    more = tab.format(LINE, "<button>Next tab</button>")
    pages = [written().replace(lines(*BODY), tabs + each) for each in (more.replace(LINE, ""), more)]

    assert difference(*pages) == ([], [LINE])


TICKER = '<div class="x1"><p>Just in: the new ferry from Brackwater {} and the tickets cost {} crowns again</p></div>'
AMONG_TOO = ("readers beside a date", "readers in a span without a space before it", "the time of an update")
COMMENTS = '<section class="comments"><h3>2 comments</h3>{}</section>'
FURNITURE = {
    "a note on another author": (bio(AUTHOR), bio(OTHER_AUTHOR)),
    "a note on the author that came": ("", bio(AUTHOR)),
    "a day in a box": (
        f'<div class="x1">{lines("Those who were here on Monday have read it.")}</div>',
        f'<div class="x1">{lines("Those who were here on Friday have read it.")}</div>',
    ),
    "a word and a figure of a ticker": (TICKER.format("sails", 12), TICKER.format("waits", 14)),
    "a ticker whose lines roll on": (
        f'<div class="x1"><p class="x3">{LINE}</p><p class="x3">{QUIET}</p></div>',
        f'<div class="x1"><p class="x3">{QUIET}</p><p class="x3">{AUTHOR}</p></div>',
    ),
    "a word in a comment": (
        COMMENTS.format(lines(AUTHOR, OTHER_AUTHOR)),
        COMMENTS.format(lines(AUTHOR, OTHER_AUTHOR.replace("eleven", "twelve"))),
    ),
    "a word of an offer": (
        f'<div class="newsletter">{lines("The harbour and its ships, each morning in a letter of ten lines.")}</div>',
        f'<div class="newsletter">{lines("The harbour and its ships, each evening in a letter of ten lines.")}</div>',
    ),
    "a link among words": (
        f"<div class='x1'><p>Marta Hale writes about harbours, and elsewhere about {LINK.format('bridges')}.</p></div>",
        f"<div class='x1'><p>Marta Hale writes about harbours, and elsewhere about {LINK.format('ferries')}.</p></div>",
    ),
    "readers beside a date": (
        '<p class="x1">3 March 2026 · today · 486 are reading this now</p>',
        '<p class="x1">3 March 2026 · today · 93 are reading this now</p>',
    ),
    "readers in a span without a space before it": (
        '<div class="x1"><b>By Marta Hale</b><i>just now</i><i>486 people are reading this page</i></div>',
        '<div class="x1"><b>By Marta Hale</b><i>just now</i><i>93 people are reading this page</i></div>',
    ),
    "the time of an update": (
        '<p class="x1">Updated by Marta Hale on 15 October 2019</p>',
        '<p class="x1">Updated by Marta Hale on 25 October 2019</p>',
    ),
}


@pytest.mark.parametrize("name", FURNITURE)
def test_furniture_that_is_filled_anew_is_no_difference(name: str) -> None:
    old, new = FURNITURE[name]

    if name in AMONG_TOO:
        assert difference(written(old), written(new)) == ([], [])
    assert difference(written(around=old), written(around=new)) == ([], [])


@pytest.mark.parametrize(
    ("old", "new", "volatile"),
    [
        ("486 readers", "93 readers", True),
        ("just now486 readers", "just now93 readers", True),  # spans without a space between them
        ("the protocol v8", "the protocol v9", False),
        ("486 readers", "93 sailors", False),
    ],
)
def test_a_count_is_volatile_and_a_version_is_not(old: str, new: str, volatile: bool) -> None:
    assert only_volatile(old.split(), new.split()) is volatile


@pytest.mark.parametrize("known", [AUTHOR, AUTHOR.replace("harbours", "ferries")])
def test_a_note_that_other_articles_carry_is_furniture_before_and_after_its_edit(known: str) -> None:
    pages = [
        KeptPage(written(around=bio(note)).encode(), "text/html; charset=utf-8", URL)
        for note in (AUTHOR, AUTHOR.replace("harbours", "ferries"))
    ]

    before, after = read_pair(*pages, SiteRule(), frozenset((line_sha(known),)))

    assert before.text.paragraphs == after.text.paragraphs == BODY
