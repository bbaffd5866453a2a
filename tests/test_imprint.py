"""Which page shows the known article, told by its imprint without reading it: never one of which reading tells more."""

from __future__ import annotations

import pytest

from feedwatch.model import KeptPage, SiteRule
from feedwatch.reading import imprint as module
from feedwatch.reading.page import read_new, read_page, read_pair
from tests.test_page import BODY, CORRECTION, HALF, LINE, LINK, OG_TITLE, TITLE, lines, read, written
from tests.test_page_pairs import EDITS, FURNITURE, PROMO, difference, kept

WRITER = '<div class="k4"><p>Marta Lind writes about ships and ports for this paper since 2019, and sails.</p></div>'
CAPTION = (
    "<figure><img src=a.jpg><figcaption>The wreck of the ferry seen from {} pier of the harbour</figcaption></figure>"
)
LEAD = '<p class="standfirst">The fire began in the engine room, and nobody {} it until it was too late.</p>'
BOX = '<div class="k9">{}</div>'


def is_told_by_imprint(old: str, new: str, rule: SiteRule | None = None) -> bool:
    """Whether the newer page need not be read, after the older one was."""
    rule = rule or SiteRule()
    page = read(old, rule)
    seen = read_new(kept(new), rule, None, page.imprint)[1] is None
    assert not seen or difference(old, new) == ([], [])
    return seen


# ------------------------------------------------------------------------------------------------------ furniture

STORIES = ("The bridge at Kell is shut to all lorries", "Fees of the harbour rise", "Two ships for the coast guard")
OTHERS = ("A painter's house is for sale again", "Rain until Sunday", "The town hall gets a roof")


def linked(*titles: str, tag: str = "li") -> str:
    return "".join(f"<{tag}>{LINK.format(title)}</{tag}>" for title in titles)


AROUND = {
    "related links": [f"<div><h3>More on this</h3><ul>{linked(*titles)}</ul></div>" for titles in (STORIES, OTHERS)],
    "a list that grew": [f"<aside><ul>{linked(*titles)}</ul></aside>" for titles in (STORIES, STORIES + OTHERS)],
    "most read": [f'<div class="most-read"><ol>{linked(*titles)}</ol></div>' for titles in (STORIES, OTHERS)],
    "navigation": [f"<nav>{lines(LINE)}</nav>", "<nav><p>The weather: rain</p></nav>"],
    "a footer": [f"<footer>{lines(LINE)}</footer>", f"<footer>{lines(PROMO)}</footer>"],
    "a relative time": ["<p>5 minutes ago</p>", "<p>2 hours ago</p>"],
    "a time that comes": ["", "<p>Updated 14:05</p>"],
    "a count": ['<div class="k1"><p>Seen 151 times</p></div>', '<div class="k1"><p>Seen 204 times</p></div>'],
    "a box named as furniture": [f'<div class="newsletter-signup">{lines(line)}</div>' for line in (LINE, PROMO)],
    "a form": [
        f'<div><p>{line}</p><input name="mail"><button>Go</button></div>' for line in ("News by mail?", "Our letter")
    ],
    "a hidden box": [f"<div hidden>{lines(line)}</div>" for line in (LINE, PROMO)],
    "a sentence in a box of its own": [
        "",
        '<div class="k7"><p>The paper is an app, too. It can be had for nothing.</p></div>',
    ],
    "other readers, as briefly": [
        "".join(
            f'<div class="k8"><div>{name} just now</div><p>{said}</p><button>Reply</button></div>' for name in names
        )
        for names, said in ((("Anchor_Lo", "Hein M."), "No."), (("Backboard", "Mr Butt"), "Well."))
    ],
    "comments": [
        f"<section><h3>Comments</h3>{lines('I was there.', *more)}</section>" for more in ((), (LINE, "Not so."))
    ],
}


@pytest.mark.parametrize("name", AROUND)
def test_a_page_with_other_furniture_behind_the_article_need_not_be_read(name: str) -> None:
    old, new = (written(around=f"<div>{markup}</div>") for markup in AROUND[name])

    assert is_told_by_imprint(old, new)
    assert is_told_by_imprint(new, old)


@pytest.mark.parametrize(
    "name", ["related links", "most read", "a form", "a relative time", "a box named as furniture"]
)
def test_nor_one_with_other_furniture_among_its_paragraphs(name: str) -> None:
    assert is_told_by_imprint(*(written(inside=markup) for markup in AROUND[name]))


def test_nor_one_with_other_counts_in_a_byline_that_has_a_date() -> None:
    counts = "57 min read 1457 shares 174 comments", "29 hours ago 382 shares 17 comments"
    byline = '<div class="article-meta">By Colin Pendry Published 02.03.2031 00:34 {}</div>'
    old, new = (written(title=f"<h1>{TITLE}</h1>{byline.format(count)}") for count in counts)

    assert is_told_by_imprint(old, new)


def test_nor_the_same_page() -> None:
    assert is_told_by_imprint(written(), written())


# ------------------------------------------------------------------------------------------------------ edits


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_read(name: str) -> None:
    old, new = EDITS[name][:2]

    assert not is_told_by_imprint(written(old), written(new))
    if difference(written(around=old), written(around=new)) != ([], []):
        assert not is_told_by_imprint(written(around=old), written(around=new))


@pytest.mark.parametrize("name", FURNITURE)
def test_furniture_in_doubt_is_read_or_told_as_none(name: str) -> None:
    for old, new in (FURNITURE[name], FURNITURE[name][::-1]):
        is_told_by_imprint(written(old), written(new))
        is_told_by_imprint(written(around=old), written(around=new))


OTHER_TITLE = TITLE.replace("Fourteen", "Forty-one")
OUTSIDE = {
    "a note of correction under the article": (written(), written(around=BOX.format(lines(CORRECTION)))),
    "a note of correction before it": (
        written(),
        written().replace("<main>", f"<main>{BOX.format(lines(CORRECTION))}"),
    ),
    "a note of correction far behind it": (
        written(around=lines(*(f"{LINK.format(title)}" for title in STORIES * 6), tag="div")),
        written(
            around=lines(*(f"{LINK.format(title)}" for title in STORIES * 6), tag="div") + BOX.format(lines(CORRECTION))
        ),
    ),
    "a correction in the footer": (
        written(around="<footer><p>The Paper</p></footer>"),
        written(around=f"<footer><p>The Paper</p>{lines(CORRECTION)}</footer>"),
    ),
    "an update under the article": (written(), written(around=BOX.format(lines(f"UPDATE 14:05: {LINE}")))),
    "another headline": (written(), written().replace(TITLE, OTHER_TITLE)),
    "another headline outside of the article": tuple(
        written(title="").replace("<main>", f"<header><h1>{title}</h1></header><main>").replace(TITLE, title)
        for title in (TITLE, OTHER_TITLE)
    ),
    "a second headline": tuple(
        written(title=f"<h1>{TITLE}</h1><h2>The {ship} burned for nine hours</h2>") for ship in ("ship", "old ship")
    ),
    "another standfirst": tuple(
        written(title=f"<h1>{TITLE}</h1>{LEAD.format(word)}", head=OG_TITLE) for word in ("saw", "had seen")
    ),
    "another standfirst in the header": tuple(
        written(title="").replace("<main>", f"<header><h1>{TITLE}</h1>{LEAD.format(word)}</header><main>")
        for word in ("saw", "had seen")
    ),
    "another caption": tuple(written(inside=CAPTION.format(word)) for word in ("the old", "the new")),
    "a caption under the article": tuple(written(around=CAPTION.format(word)) for word in ("the old", "the new")),
    "a note on the author that is reworded": (
        written(around=WRITER),
        written(around=WRITER.replace("ships and ports", "trade and travel")),
    ),
    "a paragraph moved out of the article's element": (
        written(lines(LINE)),
        written(around=BOX.format(lines(LINE))),
    ),
    "a paragraph that goes to the end": (
        written(lines(LINE)),
        written().replace("</div></article>", f"{lines(LINE)}</div></article>"),
    ),
    "a paragraph that is split": (
        written(lines(f"{LINE} {BODY[0]}")),
        written(lines(LINE, BODY[0])),
    ),
    "two paragraphs that change places": (
        written(lines(LINE, "Nobody was on the pier that night, the port says.")),
        written(lines("Nobody was on the pier that night, the port says.", LINE)),
    ),
}


@pytest.mark.parametrize("name", OUTSIDE)
def test_what_is_edited_outside_of_the_text_or_moved_is_read(name: str) -> None:
    old, new = OUTSIDE[name]

    assert not is_told_by_imprint(old, new)


def test_a_page_without_the_article_is_read() -> None:
    assert not is_told_by_imprint(written(), written().replace(lines(*BODY[:HALF]), ""))
    assert not is_told_by_imprint(written(), "<html><body><p>Just a moment</p></body></html>")
    assert not is_told_by_imprint(written(), "")


# ------------------------------------------------------------------------------------------------------ the rest


def test_a_page_that_says_otherwise_where_it_stands_is_read() -> None:
    link = '<link rel="canonical" href="https://paper.example/news/{}">'

    assert not is_told_by_imprint(
        written(head=link.format("ferry-fire")), written(head=link.format("ferry-fire-14-dead"))
    )


def test_a_page_of_another_template_is_read() -> None:
    assert not is_told_by_imprint(written(), written().replace('class="copy"', 'class="b3 text"'))


def test_an_imprint_holds_for_its_rule_and_its_reading_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    known = read(written()).imprint
    seen = kept(written(around="<p>5 minutes ago</p>"))
    assert read_new(seen, SiteRule(), None, known)[1] is None

    assert read_new(seen, SiteRule(strip=(".ad",)), None, known)[1] is not None
    monkeypatch.setattr(module, "EXTRACTOR", "feedwatch 8")
    assert read_new(seen, SiteRule(), None, known)[1] is not None


def test_a_page_whose_text_is_not_told_by_its_lines_has_none() -> None:
    long = written(lines(*(f"The {n}th ship of the line had {n} men on board when it sank." for n in range(400))))
    told = '<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{}"}}</script>'

    assert read(written(), SiteRule(body=".copy")).imprint == b""
    assert read(long).imprint == b""
    assert read("<html><body></body></html>").imprint == b""
    assert read(f"<html><head>{told.format(' '.join(BODY))}</head><body><p>Sign in</p></body></html>").imprint == b""


def test_both_ways_to_read_a_page_give_the_same_imprint() -> None:
    old, new = kept(written()), kept(written(around="<p>5 minutes ago</p>"))

    page = read_page(new.body, new.content_type, new.url, SiteRule())

    assert page.imprint
    assert read_pair(old, new, SiteRule(), frozenset())[1].imprint == page.imprint
    assert read_new(new, SiteRule(), None)[1] == page
    assert KeptPage(new.body, new.content_type, new.url) == new
