"""Two fetches of one page, read side by side: what differs is the article's, or it is not shown."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from itertools import permutations

import pytest

from feedwatch.model import KeptPage, SiteRule
from feedwatch.reading import extraction, page, seeds
from feedwatch.reading.outline import Box
from feedwatch.reading.page import read_new, read_pair, visible_sha
from feedwatch.reading.side import Side
from tests.test_page import BODY, CORRECTION, LINE, LINK, TITLE, URL, lines, written

TOWED = LINE.replace("towed away", "taken apart")
PROMO = "Our reporters are on the road for you, and your support keeps them there. Join them today if you can."
TOWN = lines("The mayor of Brackwater was there.", "Nobody in Brackwater knew.")
SOURCES = "Our sources say that all those from Brackwater were on land between 8 and 9 that night."
ELSEWHERE = '<div class="more"><p>Elsewhere today:</p><p>On the coast {} as the wind rises</p></div>'
BOX = '<div class="x1">{}</div>'
BEHIND = [
    "A lawyer for the boat owners called the vote a farce, and said that nobody in the room had hauled a net.",
    "The ministry would not say whether the older ships of the line are to be looked at again before the summer.",
]
DECKS = "<ul><li>The ferry lies under {} metres of water</li><li>Two lifeboats from the harbour never came</li></ul>"


def kept(markup: str) -> KeptPage:
    return KeptPage(markup.encode(), "text/html; charset=utf-8", URL)


def difference(old: str, new: str) -> tuple[list[str], list[str]]:
    """The lines that only the one has, and those that only the other has."""
    before, after = read_pair(kept(old), kept(new), SiteRule(), frozenset())
    left, right = before.text.paragraphs, after.text.paragraphs
    return [line for line in left if line not in right], [line for line in right if line not in left]


def table(*rows: str) -> str:
    return BOX.format(lines(*rows))


FURNITURE = {
    "a box that comes": ("", BOX.format(lines(PROMO))),
    "a box that goes": (BOX.format(lines(PROMO)), ""),
    "a box that says something else": (
        BOX.format(lines(PROMO)),
        BOX.format(lines("Chip in now, and we will thank you.")),
    ),
    "an invitation among the paragraphs": ("", lines(PROMO)),
    "a stamp": (lines("Published 5 minutes ago"), lines("Published 2 hours ago")),
    "a count of readers": ("", lines("Seen 151 times")),
    "a player": ("", "<p>▶ Listen 3 min</p>"),
    "figures of a market": (
        table("Copper 1,204", "Tin 98.2", "Wheat 6.1"),
        table("Copper 1,207", "Tin 98.9", "Wheat 6.0"),
    ),
    "a box of links": (
        BOX.format(f"<p>{LINK.format('The bridge at Kell is shut to all lorries')}</p>"),
        BOX.format(f"<p>{LINK.format('The harbour of Kell is shut to all ships')}</p>"),
    ),
    "links that changed in a sentence": (
        ELSEWHERE.format(LINK.format("bridges fall")),
        ELSEWHERE.format(LINK.format("ferries sink")),
    ),
    "the credit of a picture": ("", lines("Photo: A. Vinter / Studio")),
    "short lines in a list": ("", '<div class="x1"><ul><li>Ships</li><li>Ports</li><li>Piers</li></ul></div>'),
    "a box with a form": ("", '<div class="x1"><p>Which pier do you live at?</p><input name="pier"></div>'),
    "a figure in an offer": (
        BOX.format(lines("Order this picture as a print, framed, from 12 crowns.", "Sent in 3 days.")),
        BOX.format(lines("Order this picture as a print, framed, from 29 crowns.", "Sent in 3 days.")),
    ),
    "what a box asks of the reader": (
        BOX.format(lines("This is your Monday edition.")),
        BOX.format(lines("This is your Tuesday edition.")),
    ),
    "a box in Polish": (
        BOX.format(lines("Możesz podarować 3 teksty znajomym, którzy nie płacą.")),
        BOX.format(lines("Możesz podarować 9 tekstów znajomym, którzy nie płacą.")),
    ),
    "the age of an article": (
        lines("This article is more than 2 years old."),
        lines("This article is more than 3 years old."),
    ),
    "the time of the last update": ("", lines("Updated 14:05 on 3 March")),
    "a count put into a caption's box": (
        "",
        '<div class="wp-caption"><div class="x2">Seen 151 times, saved by 6</div></div>',
    ),
    "a caption among the links to other stories": (
        "",
        f'<div class="more-stories"><p class="caption">{LINK.format("The bridge at Kell is shut")}</p></div>',
    ),
    "an offer in an item of the list": (
        "<ul><li>Ships of the harbour</li><li>Ports of the coast</li></ul>",
        f"<ul><li>Ships of the harbour</li><li>Ports of the coast<div>{lines(PROMO)}</div></li></ul>",
    ),
    "a box named as furniture": ("", f'<div class="promo-box">{lines(LINE)}</div>'),
    "a word in a call to subscribe": (
        lines("You can follow the paper here, or sign up here to receive our newsletter in the morning, every day."),
        lines("You can follow the paper here, or sign up here to receive our newsletter in the evening, every day."),
    ),
    "a word in a call to join a channel, below the article": (
        "<p class='c3'>Participe do nosso canal no WhatsApp e receba as notícias no celular, todos os dias.</p>",
        "<p class='c3'>Participe do nosso canal no WhatsApp e receba os vídeos no celular, todos os dias.</p>",
    ),
    "what a paywall offers": (
        f'<div class="paywall">{lines("Subscribe now to read on, and get our daily briefing.")}</div>',
        f'<div class="paywall">{lines("Subscribe now to read on, and get our weekly briefing.")}</div>',
    ),
}


@pytest.mark.parametrize("name", FURNITURE)
def test_furniture_that_differs_is_no_difference(name: str) -> None:
    old, new = FURNITURE[name]

    assert difference(written(old), written(new)) == ([], [])
    assert difference(written(around=old), written(around=new)) == ([], [])


EDITS = {
    "a paragraph that comes": ("", lines(LINE), [], [LINE]),
    "a paragraph that goes": (lines(LINE), "", [LINE], []),
    "a word": (lines(LINE), lines(TOWED), [LINE], [TOWED]),
    "a figure": (
        lines("The fine is 1,500 crowns a day."),
        lines("The fine is 15,000 crowns a day."),
        ["The fine is 1,500 crowns a day."],
        ["The fine is 15,000 crowns a day."],
    ),
    "an item of a list": (
        f"<ul><li>{LINE}</li></ul>",
        f"<ul><li>{LINE}</li><li>Nobody was on the pier that night.</li></ul>",
        [],
        ["Nobody was on the pier that night."],
    ),
    "a subheading": (
        "<h2>What is known</h2>",
        "<h2>What is still unknown</h2>",
        ["What is known"],
        ["What is still unknown"],
    ),
    "a quotation in a box": ("", f'<div class="x1"><blockquote>{LINE}</blockquote></div>', [], [LINE]),
    "a figure in a box on the article's own matters": (
        BOX.format(lines("Passengers of the harbour ferry: 14 injured", "What is known of the fire")),
        BOX.format(lines("Passengers of the harbour ferry: 41 injured", "What is known of the fire")),
        ["Passengers of the harbour ferry: 14 injured"],
        ["Passengers of the harbour ferry: 41 injured"],
    ),
    "a sentence more in a short line of another make": (
        '<p class="x2">Berth: N54 39 16, pier 12, wreck</p>',
        '<p class="x2">Berth: N54 39 16, pier 12, wreck. Its owner would not say when the tugs are to come.</p>',
        ["Berth: N54 39 16, pier 12, wreck"],
        ["Berth: N54 39 16, pier 12, wreck. Its owner would not say when the tugs are to come."],
    ),
    "a numbered step": (
        lines("2. Look for the door that opens outwards"),
        lines("3. Look for the door that opens outwards"),
        ["2. Look for the door that opens outwards"],
        ["3. Look for the door that opens outwards"],
    ),
    "a word in a link that stands among the paragraphs": (
        f"<ul><li>{LINK.format('The report on the wreck')}</li><li>Its summary for sailors</li></ul>",
        f"<ul><li>{LINK.format('The report on the crew')}</li><li>Its summary for sailors</li></ul>",
        ["The report on the wreck"],
        ["The report on the crew"],
    ),
    "a note in words of its own": (
        "",
        BOX.format(lines("Texten ändrades den 4 juni, för namnet på färjan var fel.")),
        [],
        ["Texten ändrades den 4 juni, för namnet på färjan var fel."],
    ),
    "a figure where the outlet speaks of its sources": (
        TOWN + lines(SOURCES),
        TOWN + lines(SOURCES.replace("8 and 9", "6 and 9")),
        [SOURCES],
        [SOURCES.replace("8 and 9", "6 and 9")],
    ),
    "a figure in a heading that is a link": (
        f"<h3>{LINK.format('Deck 5: where the fire began')}</h3>",
        f"<h3>{LINK.format('Deck 6: where the fire began')}</h3>",
        ["Deck 5: where the fire began"],
        ["Deck 6: where the fire began"],
    ),
    "a comma in a short line with a figure": (
        lines("Pier 12 first the tower later"),
        lines("Pier 12 first, the tower later"),
        ["Pier 12 first the tower later"],
        ["Pier 12 first, the tower later"],
    ),
    "scare quotes in a Japanese line without a full stop": (
        '<p class="x2">第3埠頭の渡船会社は火災の原因を事故と発表した</p>',
        '<p class="x2">第3埠頭の渡船会社は火災の原因を「事故」と発表した</p>',
        ["第3埠頭の渡船会社は火災の原因を事故と発表した"],
        ["第3埠頭の渡船会社は火災の原因を「事故」と発表した"],
    ),
    "a paragraph more in a cell": (
        f"<table><tr><td>{lines('Deck five')}</td><td>{lines('Cabins')}</td></tr></table>",
        f"<table><tr><td>{lines('Deck five')}</td><td>{lines('Cabins', LINE)}</td></tr></table>",
        [],
        [LINE],
    ),
    "an item of a list in a box of another make": (
        BOX.format(f"<ul>{lines('Nobody watched the door.', 'No alarm was heard.', tag='li')}</ul>"),
        BOX.format(
            f"<ul>{lines('Nobody watched the door.', 'No alarm was heard.', 'The pumps were dry.', tag='li')}</ul>"
        ),
        [],
        ["The pumps were dry."],
    ),
    "a figure in a list with a wrapper of its own": (
        f'<div class="x7">{DECKS.format("5.1")}</div>',
        f'<div class="x7">{DECKS.format("5.4")}</div>',
        ["The ferry lies under 5.1 metres of water"],
        ["The ferry lies under 5.4 metres of water"],
    ),
    "a figure in the key points": (
        f'<aside class="factbox"><h3>Key points</h3>{DECKS.format("5.1")}</aside>',
        f'<aside class="factbox"><h3>Key points</h3>{DECKS.format("5.4")}</aside>',
        ["The ferry lies under 5.1 metres of water"],
        ["The ferry lies under 5.4 metres of water"],
    ),
    "a pull quote in an element of the page's own": (
        f"<pull-quote><p>{LINE[:52]}</p></pull-quote>",
        "",
        [LINE[:52]],
        [],
    ),
    "a paragraph behind a paywall": (
        f'<section class="paywall">{lines(*BEHIND)}</section>',
        f'<section class="paywall">{lines(*BEHIND[1:])}</section>',
        [BEHIND[0]],
        [],
    ),
    "a caption": ("", f'<div class="x1"><p class="photo-caption">{LINE}</p></div>', [], [LINE]),
    "a pull quote inside a box that only says where it stands": (
        "",
        BOX.format('<div class="story-pullquote"><p>“It is over,” she said.</p></div>'),
        [],
        ["“It is over,” she said."],
    ),
    "a box of facts": ("", f'<div class="factbox">{lines(LINE)}</div>', [], [LINE]),
    "a correction": ("", f'<div class="x1">{lines(CORRECTION)}</div>', [], [CORRECTION]),
    "an update": ("", f'<div class="x1"><p>UPDATE 14:05: {LINE}</p></div>', [], [f"UPDATE 14:05: {LINE}"]),
    "a quotation of the article": ("", BOX.format(lines(BODY[0][:69])), [], [BODY[0][:69]]),
    "a paragraph rewritten": (
        lines(LINE),
        lines("Divers will go down to the wreck on Friday if the sea is calm enough."),
        [LINE],
        ["Divers will go down to the wreck on Friday if the sea is calm enough."],
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_of_the_article_is_a_difference(name: str) -> None:
    old, new, gone, come = EDITS[name]

    assert difference(written(old), written(new)) == (gone, come)


def test_what_the_pages_own_data_call_article_is_the_articles() -> None:
    body = " ".join([*BODY, LINE])
    data = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{body}"}}</script>'

    assert difference(written(head=data), written(BOX.format(lines(LINE)), head=data)) == ([], [LINE])


ABOVE = "<header><p>Advertisement</p>{}</header>"
AMENDED = "This article was amended on 3 May: the {} wrong."
NAME, NAMES = AMENDED.format("name of the ferry was"), AMENDED.format("names of the ferry and of its captain were")


@pytest.mark.parametrize(("old", "new"), [("", NAME), (NAME, NAMES), ("", f"UPDATE 14:05: {LINE}")])
def test_a_note_above_the_headline_is_the_articles(old: str, new: str) -> None:
    pages = [
        written().replace("<article>", f"{ABOVE.format(lines(note) if note else '')}<article>") for note in (old, new)
    ]

    assert difference(*pages) == ([old] if old else [], [new])


def test_an_article_that_speaks_to_its_readers_may_go_on_so() -> None:
    advice = [f"Before you leave, tell your neighbours that your house is empty on day {n}." for n in range(8)]
    more = "Take your papers with you, and leave your keys where your neighbours find them."

    assert difference(written(lines(*advice)), written(lines(*advice, more))) == ([], [more])


def test_an_opinion_may_call_on_its_readers_in_the_words_of_a_box() -> None:
    advice = [f"Before you leave, tell your neighbours that your house is empty on day {n}." for n in range(8)]
    more = "Follow the money, and you will find that most of it is lent to people like you."

    assert difference(written(lines(*advice)), written(lines(*advice, more))) == ([], [more])


def test_a_list_among_paragraphs_that_have_boxes_of_one_name_is_one_of_them() -> None:
    def page(height: str) -> str:
        blocks = [f'<div class="css-1x">{lines(line)}</div>' for line in BODY]
        blocks.insert(3, f'<div class="css-1x">{DECKS.format(height)}</div>')
        return f"<html><body><article><h1>{TITLE}</h1>{''.join(blocks)}</article></body></html>"

    assert difference(page("5.1"), page("5.4")) == (
        ["The ferry lies under 5.1 metres of water"],
        ["The ferry lies under 5.4 metres of water"],
    )


def test_the_date_in_the_caption_of_the_picture_above_the_article_is_the_articles() -> None:
    old, new = (f"The harbour after the fire of {day} January. Photograph: city archive" for day in (14, 15))
    body = "".join(f"<section><div>{lines(line)}</div></section>" for line in BODY)
    pages = (
        f"<html><body><article><header><h1>{TITLE}</h1></header><figure><img><figcaption><span>{caption}</span></figcaption>"
        f"</figure><div><p>By A. Moss</p></div><section>{body}</section></article></body></html>"
        for caption in (old, new)
    )

    assert difference(*pages) == ([old], [new])


def test_a_label_beside_the_headline_is_told_with_it_and_not_again() -> None:
    pages = [
        written(title=f'<h1><span class="kicker">{label}</span><span>{TITLE}</span></h1>')
        for label in ("Fire", "Ship fire")
    ]
    before, after = read_pair(*map(kept, pages), SiteRule(), frozenset())

    assert (before.text.title, after.text.title) == (f"Fire {TITLE}", f"Ship fire {TITLE}")
    assert before.text.paragraphs == after.text.paragraphs == BODY


SOFTENED = "Harbour master {} council over fire on the ferry, inquiry says"


@pytest.mark.parametrize("place", ["<article>{}", "<header>{}</header><article>", "<article><header>{}</header>"])
@pytest.mark.parametrize("titles", [(TITLE, "Forty-one die"), (SOFTENED.format("deceived"), SOFTENED.format("misled"))])
def test_another_headline_is_a_difference_of_the_title_alone(titles: tuple[str, str], place: str) -> None:
    pages = (
        written(title="").replace(TITLE, title).replace("<article>", place.format(f"<h1>{title}</h1>"))
        for title in titles
    )

    before, after = read_pair(*map(kept, pages), SiteRule(), frozenset())

    assert (before.text.title, after.text.title) == titles
    assert before.text.paragraphs == after.text.paragraphs == BODY


@pytest.mark.parametrize("place", ["<article><h1>{}</h1>", "<header><h1 class='top'>{}</h1></header><article>"])
def test_another_headline_where_the_page_shows_it_is_told_though_the_head_keeps_it(place: str) -> None:
    shown = "Forty-one die as a bridge comes down"
    old, new = (written(title="").replace("<article>", place.format(title)) for title in (TITLE, shown))

    for pages, titles in ([(old, new), (TITLE, shown)], [(new, old), (shown, TITLE)]):
        before, after = read_pair(*map(kept, pages), SiteRule(), frozenset())
        assert (before.text.title, after.text.title) == titles
        assert before.text.paragraphs == after.text.paragraphs == BODY
    page, digest = read_pair(kept(old), kept(old), SiteRule(), frozenset())[1], visible_sha(old.encode(), "")
    assert read_new(kept(new), SiteRule(), digest, page.imprint)[1] is not None


def test_a_heading_elsewhere_is_no_headline_while_the_page_shows_its_own() -> None:
    pages = [
        written(title=f"<h1>{TITLE}</h1>").replace("<article", f'<h1 class="bar">{words}</h1><article', 1)
        for words in (TITLE, "Forty-one die as a bridge comes down")
    ]
    before, after = read_pair(*map(kept, pages), SiteRule(), frozenset())

    assert before.text.title == after.text.title == TITLE


def test_a_page_beside_one_without_an_article_is_read_by_itself() -> None:
    before, after = read_pair(kept(written()), kept(""), SiteRule(), frozenset())

    assert before.text.paragraphs == BODY
    assert after.path == "none"


def test_a_whole_page_made_anew_shows_no_difference_in_equal_text() -> None:
    modern = written().replace('class="copy"', 'class="_a9"').replace("<p>", '<p class="q">')

    assert difference(written(), modern) == ([], [])


def test_a_headline_in_two_parts_changes_in_the_second() -> None:
    old, new = (
        f"<div><h4>{words}</h4></div>" for words in ("Captain says door was shut", "Captain says door was open")
    )
    pages = [written().replace("<article", f"{part}<article", 1) for part in (old, new)]

    assert difference(*pages) == (["Captain says door was shut"], ["Captain says door was open"])


def test_a_page_with_its_furniture_and_no_article_says_so() -> None:
    boxes = BOX.format(
        lines(PROMO, "Chip in now, and we will thank you for it by name in the spring.", LINE[:90] + "?")
    )
    old = written("", boxes)
    empty = re.sub(r'<div class="copy">.*?</div>', "", old, count=1)

    _, after = read_pair(kept(old), kept(empty), SiteRule(), frozenset())
    _, again = read_pair(kept(empty), kept(old), SiteRule(), frozenset())

    assert "no-article" in after.signs
    assert "no-article" not in again.signs


def test_a_new_template_that_breaks_a_paragraph_otherwise_has_its_article() -> None:
    first, second = BODY[0].split(" ", 5)[:5], BODY[0].split(" ", 5)[5]
    split = [" ".join(first), second, *BODY[1:]]
    new = "".join(f'<section class="s"><p>{html.escape(line, quote=False)}</p></section>' for line in split)

    _, after = read_pair(kept(written()), kept(written().replace(lines(*BODY), new)), SiteRule(), frozenset())

    assert "no-article" not in after.signs


def test_a_page_is_read_the_same_whatever_was_read_before():
    pages = [
        kept(written(more)) for more in ("", lines(PROMO), TOWN, lines(CORRECTION), table("Copper 1,204", "Tin 98.2"))
    ]
    cold = {}
    for old, new in permutations(pages, 2):
        page._lately.clear()
        cold[id(old), id(new)] = read_pair(old, new, SiteRule(), frozenset())

    for old, new in permutations(pages, 2):
        read_new(new, SiteRule(), None)
        assert read_pair(old, new, SiteRule(), frozenset()) == cold[id(old), id(new)]
        assert read_pair(old, new, SiteRule(), frozenset()) == cold[id(old), id(new)]
    assert len(set(map(repr, cold.values()))) > len(pages)


def test_a_page_that_was_read_by_another_rule_is_read_again():
    both = kept(written(lines(LINE))), kept(written(lines(TOWED)))
    rule = SiteRule(strip=("p",))

    assert read_pair(*both, SiteRule(), frozenset())[0].text.blocks
    assert not read_pair(*both, rule, frozenset())[0].text.blocks


TRADE = (
    "The largest maker of sausage skins in the country, Lindner of Hofheim, will raise its prices in July.",
    "It names the falling number of pigs as its reason: there were six per cent fewer than in the year before.",
    "“We have borne the costs ourselves for a year and a half,” said Marlies Lindner, who leads the firm.",
    "Her rivals in Denmark have not changed their prices. To go over to other skins takes nine months or more.",
    "Lindner has 420 people at work in Hofheim, and takes in the skins of 40,000 pigs on each day of the week.",
)
NAG = (
    '<div class="old"><p>You are using an old browser. Please bring it up to date to see this page as it is.</p></div>'
)
TERMS = (
    '<div class="terms"><p>No liability is assumed for what is printed here. Our general terms of business hold in '
    "their wording of 1 January. Reprints only with the consent of the publishing house.</p></div>"
)


def test_paragraphs_that_are_no_p_are_the_article_and_the_p_around_them_are_not() -> None:
    old, new = (
        f"<html lang=en><head><title>{TITLE}</title></head><body>{NAG}<div><h2>{TITLE}</h2>"
        + "".join(f'<div class="para">{line}</div>' for line in TRADE).replace("420", people)
        + f"{TERMS}</div></body></html>"
        for people in ("420", "240")
    )

    assert difference(old, new) == ([TRADE[-1]], [TRADE[-1].replace("420", "240")])


# ------------------------------------------------------------------------------------------------------ seeds


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The extractor's answers, from now on; no page is known from before."""
    told: list[str] = []
    extract = extraction._trafilatura

    def spied(tree):
        told.append(extract(tree))
        return told[-1]

    monkeypatch.setattr(extraction, "_trafilatura", spied)
    page._lately.clear()
    return told


def with_seeds(markup: str, rule: SiteRule | None = None) -> KeptPage:
    """As the store keeps it."""
    seen = read_new(kept(markup), rule or SiteRule(), None)[1]
    page._lately.clear()
    assert seen is not None
    return replace(kept(markup), seeds=seen.seeds)


def test_the_extractor_is_not_asked_again_of_a_kept_page(asked):
    old, new = written(lines(PROMO), around=TOWN), written(TOWN, around=lines(CORRECTION))
    cold = read_pair(kept(old), kept(new), SiteRule(), frozenset())
    first, second = with_seeds(old), with_seeds(new)
    asked.clear()

    assert read_pair(first, second, SiteRule(), frozenset()) == cold
    assert not asked


@pytest.mark.parametrize("spoiled", [b"", b"\0" * 40])
def test_the_extractor_is_asked_where_nothing_sound_is_noted(asked, spoiled):
    old = with_seeds(written(lines(PROMO)))
    cold = read_pair(old, kept(written()), SiteRule(), frozenset())
    page._lately.clear()
    asked.clear()

    assert read_pair(replace(old, seeds=spoiled), kept(written()), SiteRule(), frozenset()) == cold
    assert len(asked) == 2


def test_what_the_extractor_said_holds_for_its_rule_and_its_reading_alone(asked, monkeypatch: pytest.MonkeyPatch):
    old, new = with_seeds(written(lines(PROMO))), with_seeds(written())
    asked.clear()

    read_pair(old, new, SiteRule(strip=(".ad",)), frozenset())
    assert len(asked) == 2

    page._lately.clear()
    monkeypatch.setattr(seeds, "EXTRACTOR", "feedwatch 0")
    read_pair(old, new, SiteRule(), frozenset())
    assert len(asked) == 4


def test_nothing_is_noted_of_a_page_that_a_selector_reads():
    rule = SiteRule(body=".copy")
    assert with_seeds(written(), rule).seeds == b""


@pytest.mark.parametrize("tag", ["div", "li"])
def test_twice_as_many_boxes_of_one_name_take_twice_the_work(monkeypatch: pytest.MonkeyPatch, tag: str) -> None:
    asked = 0
    measure = Side.stable_chars

    def counted(side: Side, box: Box) -> int:
        nonlocal asked
        asked += 1
        return measure(side, box)

    def work(boxes: int) -> int:
        nonlocal asked
        asked = 0
        pages = (
            written(
                around="".join(f"<{tag} class='c'><p>Somebody said {look}{n} today.</p></{tag}>" for n in range(boxes))
            )
            for look in "ab"
        )
        difference(*pages)
        return asked

    monkeypatch.setattr(Side, "stable_chars", counted)
    few = work(200)

    assert few > 200
    assert work(400) < 3 * few
