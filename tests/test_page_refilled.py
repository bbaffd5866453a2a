"""What is filled anew around the article with other names and figures is no edit; what somebody put there is one."""

from __future__ import annotations

import pytest

from feedwatch.model import SiteRule
from feedwatch.reading.page import read_pair
from tests.test_imprint import is_told_by_imprint
from tests.test_page import LINK, TITLE, lines, read, written
from tests.test_page_pairs import difference, kept

DESK = (
    '<section class="x1"><h3>Did you see it?</h3><p>Speak to {} at the night desk, nobody else listens.</p>{}</section>'
)
PRESS = '<button type="button">To the desk</button>'
VOTE = (
    '<div class="x1"><span>Ought shops to shut at noon? Aye <b>{}%</b></span> <span>Nay <b>{}%</b></span> '
    "<span>{} ballots</span></div>"
)
ABOVE = '<div class="x9">{}</div><h1>' + TITLE + "</h1>"
DECK = f"<header><h1>{TITLE}</h1><h2>Six are on the pier</h2>{{}}<p>By A. Moss</p></header>"
SECTION = f"<h3>{LINK}</h3><p>"
SECTIONS = "".join(
    f"{SECTION.format(name)}{text}</p>"
    for name, text in (
        ("The fire", "It began in the hold."),
        ("The pumps", "Not one of them ran."),
        ("The crew", "Nobody had been told."),
    )
)
LEAD = '<figure><img src="/a.jpg"><figcaption>{}</figcaption></figure>'


def above(label: str) -> str:
    return written(title=ABOVE.format(label))


FURNITURE = {
    "who answers in a box with a button": [written(DESK.format(name, PRESS)) for name in ("Ada Merrow", "Ib Nord")],
    "a vote that goes on": [written(VOTE.format(*votes)) for votes in ((41, 59, 2_113), (44, 56, 2_390))],
    "the weather above the headline": [above(f"Kellport {sky}") for sky in ("12°C, mist", "17°C, clear")],
    "days to go above the headline": [above(f"{days} days until the regatta") for days in (28, 27)],
    "a greeting above the headline": [above(f"Good {part}, your desk is here") for part in ("morning", "evening")],
    "a choice of languages that bids": [written(), written("<p>Leer en español Lire en français</p>")],
    "a link behind its label": [
        written(f"<p>READ MORE {LINK.format(story)}</p>") for story in ("Silta suljettu kuorma-autoilta", "Satama auki")
    ],
    "who knows more, and may call": [
        written(),
        written(lines("Do you know more? Ring Ada Merrow until 08:31, or write by Signal.")),
    ],
    "who knows more in Ukrainian": [
        written(lines(f"Знаєте більше? Напишіть {name} до {at}, ми не називаємо джерел."))
        for name, at in (("Тарас Біловус", "19:43"), ("Оксана Гнатюк", "07:35"))
    ],
    "a wish to be preferred": [written(), written(lines("Make us a preferred source on what you search with."))],
}
EDITS = {
    "a name in a box that one cannot press": [written(DESK.format(name, "")) for name in ("Ada Merrow", "Ib Nord")],
    "a word beside a button": [
        written(DESK.format("Ada Merrow", PRESS)),
        written(DESK.format("Ada Merrow", PRESS).replace("nobody else", "somebody")),
    ],
    "one figure of several": [
        written(lines(f"Of 41 cabins 12 were empty, 9 were locked and {n} had burned.")) for n in (7, 8)
    ],
    "a label above the headline": [above(label) for label in ("Ferry fire", "Ferry disaster")],
    "a number above the headline": [above(f"Episode {number}") for number in (88, 89)],
    "a second line under the headline": [
        written(title=DECK.format(second)) for second in ("", "<h2>Two are missing still</h2>")
    ],
    "another caption of the picture under the headline": [
        written(title=f"<header><h1>{TITLE}</h1>{LEAD.format(caption)}</header>")
        for caption in ("The ferry at noon, seen from the old pier", "Smoke over Brackwater on the next morning")
    ],
    "a caption with a number": [
        written(LEAD.format(caption))
        for caption in ("The plan of the ship [Fig 1]", "Where the pumps should have been")
    ],
    "a heading that is all link, of several": [
        written(SECTIONS),
        written(SECTIONS.replace(SECTION.format("The pumps"), "<p>")),
    ],
    "a question that is answered": [
        written(),
        written(lines("Who called? The keeper rang the harbour by telephone at 08:31, and nobody answered.")),
    ],
}


@pytest.mark.parametrize("pages", FURNITURE.values(), ids=FURNITURE)
def test_what_is_filled_anew_is_no_edit(pages: list[str]) -> None:
    assert difference(*pages) == ([], [])
    assert difference(*reversed(pages)) == ([], [])


@pytest.mark.parametrize("pages", EDITS.values(), ids=EDITS)
def test_what_was_put_there_is_told(pages: list[str]) -> None:
    assert difference(*pages) != ([], [])
    assert difference(*reversed(pages)) != ([], [])
    assert not is_told_by_imprint(*pages)


def test_what_comes_above_the_article_leaves_its_standfirst() -> None:
    links = "".join(f'<li><a href="/{n}">Harbour {n}</a></li>' for n in range(20))
    deck = '<p class="standfirst">Nobody on the pier had been told of it, and two are missing.</p>'
    pages = [written(title=f"<h1>{TITLE}</h1>{deck}{more}") for more in ("", f"<ul>{links}</ul>")]

    before, after = read_pair(*map(kept, pages), SiteRule(), frozenset())

    assert before.text.standfirst == after.text.standfirst != ""


def test_a_box_around_the_whole_article_names_no_standfirst() -> None:
    strip = "<div><span>Larger print</span> <span>Smaller print</span> <span>To the printer</span></div>"
    page = read(written(title=f"<h1>{TITLE}</h1>{strip}").replace("<article>", '<article class="lead">'))

    assert page.text.standfirst == ""
