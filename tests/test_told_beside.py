"""What is told of a page only beside what it was: read alone, it has the text that is known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from feedwatch.model import SiteRule
from feedwatch.reading.page import read_page
from tests.internet import BODY, SITE, Newspaper, hours, newspaper_config, page

TITLE, SHOWN = "Fourteen die in ferry fire", "Harbour master knew of the leak"
PATH = "/news/ferry-fire"
NOTE = (
    '<div class="author-bio"><p>Ada Holm covers the coast {} the paper since 2009, and writes a letter on ferries.</p>'
    "<p>She lives in Brack.</p></div>"
)
ADVERT = '<div class="x7"><p><a href="/{0}">Book your crossing by {0} now</a></p></div></body>'
HEAD = page(TITLE, BODY).replace(f"<article><h1>{TITLE}</h1>", '<header class="top"><h1>{}</h1></header><article>')
PAGES = {
    "a headline on the page alone": (HEAD.format(TITLE), HEAD.format(SHOWN)),
    "a word in a note on the author": tuple(
        page(TITLE, BODY).replace("</article>", f"{NOTE.format(word)}</article>") for word in ("with", "for")
    ),
}


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Newspaper]:
    newspaper = Newspaper(tmp_path, newspaper_config(tmp_path))
    yield newspaper
    newspaper.close()


@pytest.mark.parametrize("was", PAGES)
def test_a_look_compares_a_page_that_shows_other_words_than_the_known_one(paper: Newspaper, was: str) -> None:
    old, new = PAGES[was]
    texts = [read_page(each.encode(), "text/html", SITE + PATH, SiteRule()).text for each in (old, new)]
    assert texts[0] == texts[1]

    paper.publishes(PATH, title=TITLE, body=BODY)
    for shown in (
        old,
        new,
        new.replace("</body>", ADVERT.format("May")),
        new.replace("</body>", ADVERT.format("June")),
    ):
        paper.serves(PATH, shown)
        paper.tick(after=hours(3))

    changes = paper.history(PATH).changes
    assert len(changes) == 1
