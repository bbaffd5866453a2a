"""Figures and short answers beside their labels: a fact that is corrected is told, what counts and ticks is not."""

from __future__ import annotations

import pytest

from feedwatch.model import KeptPage, SiteRule
from feedwatch.reading.page import read_pair

URL = "https://coast.example/2026/wall"
ARTICLE = """<html lang="en"><head><title>Harbour wall to be raised</title></head><body><main><article>
<h1>Harbour wall to be raised</h1>{above}
<p>The harbour wall of Nordstrand will be raised by two metres before next winter, the council decided on Monday.</p>
<p>Fourteen houses were flooded in January, when a storm pushed the water over the old wall.</p>
{among}
<p>Fishermen are against the plan and say that the higher wall will keep them from the quay.</p>
<p>The work is to begin in May, the port authority said, and will take a year and a half.</p>
</article>{below}</main></body></html>"""


def told(old: str, new: str, place: str = "among") -> bool:
    pages = [
        KeptPage(
            ARTICLE.format(**{"above": "", "among": "", "below": "", place: shown}).encode(),
            "text/html; charset=utf-8",
            URL,
        )
        for shown in (old, new)
    ]
    before, after = read_pair(*pages, SiteRule(), frozenset())
    return before.text != after.text


FACTS = {
    "a number beside its label": "<div class=f><div><b>{41}</b><i>houses flooded</i></div>"
    "<div><b>9</b><i>metres of wall</i></div></div>",
    "a year in a timeline": "<ol><li>{1962}: the wall is built</li>"
    "<li>1999: the quay is moved</li><li>2019: a flood</li></ol>",
    "a description": "<dl><dt>Height of the wall</dt><dd>{3.1 m}</dd>"
    "<dt>Houses</dt><dd>14</dd><dt>Port</dt><dd>Nordstrand</dd></dl>",
    "a date in a list": "<dl><dt>Work on the wall begins</dt><dd>{4 May}</dd><dt>Council</dt><dd>Nordstrand</dd></dl>",
    "an answer that folds out": "<details><summary>Will the quay be closed?</summary><p>{Yes}</p></details>"
    "<details><summary>Is the wall paid for?</summary><p>No</p></details>",
    "a name in bold letters": "<div><b>Houses flooded</b> {14}</div>",
    "a number to call": "<p>Call {0555 120 440}</p>",
    "a line with a figure in it": "<div class=k><p>In January {14} houses were flooded</p></div>",
    "a caption": "<figure><img src=a.jpg><figcaption>Water stands {2} metres high</figcaption></figure>",
    "a footnote": '<div class=n><a href="#r1">1</a><p>Minutes, entry {118}.</p></div>',
    "an item in a row between headings": "<h3>Tuesday</h3><div class=z><p>{11.30}</p><p>Vote on the wall</p></div>"
    "<div class=z><p>12.15</p><p>Vote on the quay</p></div><h3>Friday</h3><div class=z><p>9.00</p><p>Visit</p></div>",
    "a date as a heading": "<h3>Monday {2} March</h3><p>The council of Nordstrand meets and votes on the wall.</p>",
}


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_that_is_corrected_is_told(name: str) -> None:
    before, _, rest = FACTS[name].partition("{")
    value, _, after = rest.partition("}")
    last = max((i for i, char in enumerate(value) if char.isdigit()), default=0)
    other = "No" if value == "Yes" else f"{value[:last]}{(int(value[last]) + 1) % 10}{value[last + 1 :]}"

    assert told(f"{before}{value}{after}", f"{before}{other}{after}")


QUIET = {
    "counts of readers": "<dl><dt>Views</dt><dd>{120}</dd><dt>Comments</dt><dd>14</dd></dl>",
    "the time of the last update": "<dl><dt>Last updated</dt><dd>{4 May 2026}</dd>"
    "<dt>Published</dt><dd>2 May 2026</dd></dl>",
    "a horoscope": "<section><h4>Your stars</h4><dl><dt>Aries</dt><dd>wait until {12:35}</dd><dt>Taurus</dt>"
    "<dd>call your aunt</dd></dl></section>",
    "figures that all change": "<section><h4>Markets</h4><ul><li>Grain futures {41}</li>"
    "<li>Light crude {52}</li></ul></section>",
    "an advertisement with its label": "<div>Anuncio: seguros {30}</div>",
    "a count in a sentence": "<div><p>{120} people follow the harbour wall.</p></div>",
    "a time to read": "<p class=m>Reading time {5} minutes</p>",
    "an age": "<ul><li>Wall voted down {3} hours ago</li><li>Quay is closed to fishermen</li></ul>",
    "links": "<ul><li><a href=/a>Wall in {3} pictures</a></li><li><a href=/b>Harbour and quay</a></li></ul>",
}


@pytest.mark.parametrize("place", ["above", "among", "below"])
@pytest.mark.parametrize("name", QUIET)
def test_what_counts_and_ticks_is_not(name: str, place: str) -> None:
    digits = str.maketrans("0123456789", "1234567890")
    shown = [part.partition("}") for part in QUIET[name].split("{")]
    old = "".join(value + after for value, _, after in shown)
    new = shown[0][0] + "".join(value.translate(digits) + after for value, _, after in shown[1:])

    assert old != new
    assert not told(old, new, place)


def test_the_label_above_the_headline_is_told_and_a_badge_is_not() -> None:
    page = "<html><head><title>Harbour wall to be raised</title></head><body><nav><a href=/>Home</a></nav>"
    page += "<main><header>{}<h1>Harbour wall to be raised</h1></header>{}</main></body></html>"
    body = ARTICLE[ARTICLE.index("<p>") : ARTICLE.index("</article>")].format(among="")

    def differ(one: str, other: str) -> bool:
        pages = [KeptPage(page.format(top, body).encode(), "text/html; charset=utf-8", URL) for top in (one, other)]
        before, after = read_pair(*pages, SiteRule(), frozenset())
        return before.text != after.text

    assert differ("<span>Floods</span>", "<span>Town council</span>")
    assert not differ('<span class="badge badge--live">Live</span>', '<span class="badge badge--live">Ended</span>')
