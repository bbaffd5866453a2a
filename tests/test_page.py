"""What of a page is the article's text: a body of six paragraphs, and around or among it what a case puts there."""

from __future__ import annotations

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwatch.model import BlockKind, Page, SiteRule
from feedwatch.reading.page import read_page
from tests.internet import BODY as PARAGRAPHS

URL = "https://paper.example/news/ferry-fire"
TITLE = "Fourteen die in ferry fire"
BODY = list(PARAGRAPHS)
HALF = len(BODY) // 2
LINE = "The port will stay closed to all ships until the wreck has been towed away, its authority said on Tuesday."
OG_TITLE = '<meta property="og:title" content="Ferry burns - The Paper">'
LINK = '<a href="/x">{}</a>'


def lines(*paragraphs: str, tag: str = "p") -> str:
    return "".join(f"<{tag}>{html.escape(paragraph, quote=False)}</{tag}>" for paragraph in paragraphs)


def written(inside: str = "", around: str = "", head: str = "", title: str = f"<h1>{TITLE}</h1>") -> str:
    """`inside` stands in the middle of the article's paragraphs, `around` behind the article."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{TITLE}</title>{head}</head><body><main><article>{title}'
        f'<div class="copy">{lines(*BODY[:HALF])}{inside}{lines(*BODY[HALF:])}</div></article>{around}</main>'
        "</body></html>"
    )


def read(markup: str, rule: SiteRule | None = None) -> Page:
    return read_page(markup.encode(), "text/html; charset=utf-8", URL, rule or SiteRule())


def added(markup: str) -> list[str]:
    """The paragraphs that the page has beside the article's own six."""
    page = read(markup)
    found = [page.text.standfirst, *page.text.paragraphs] if page.text.standfirst else list(page.text.paragraphs)
    assert [line for line in found if line in BODY] == BODY
    return [line for line in found if line not in BODY]


# ------------------------------------------------------------------------------------------------------ furniture

CARDS = "".join(
    f'<div class="x"><a href="/{n}">Bridge number {n} closed to lorries</a><span>Two lines on it.</span></div>'
    for n in range(4)
)
THREAD = lines("Comments", tag="h3") + lines(*(f"{name}: I was there, and it was not like that." for name in "ABCDEF"))
FURNITURE = {
    "a box of the page's navigation": f"<nav>{lines(LINE)}</nav>",
    "a footer": f"<footer>{lines(LINE)}</footer>",
    "an aside": f"<aside>{lines(LINE)}</aside>",
    "a box named as furniture": f'<div class="newsletter-signup">{lines(LINE)}</div>',
    "a box with an id of furniture": f'<div id="cookieBanner">{lines(LINE)}</div>',
    "a small box likely to be furniture": '<div class="author-bio"><p>Marta writes about ships.</p></div>',
    "a hidden box": f'<div style="display: none">{lines(LINE)}</div>',
    "a box with the attribute for hiding": f"<div hidden>{lines(LINE)}</div>",
    "a form": '<div><p>Get the news by mail</p><input name="mail"><button>Go</button></div>',
    "a button with its label": "<div><p>Share this story</p><button>By mail</button><button>By post</button></div>",
    "a box of links": f"<div><p>{LINK.format('Bridge closed to lorries')}</p><p>{LINK.format('Fees rise')}</p></div>",
    "cards of other articles": f"<div>{CARDS}</div>",
    "a box that opens as furniture does": f"<div><h3>Most read</h3>{lines('Bridge closed', 'Harbour fees rise')}</div>",
    "a link to read more": f"<p>Read more: {LINK.format('The bridge collapse of 2019 and what came of it')}</p>",
    "a paragraph that is a link": f"<p>{LINK.format('How the bridge collapsed in 2019')}</p>",
    "a heading of furniture": "<p>Advertisement</p>",
    "a stamp": "<p>5 minutes ago</p>",
    "an invitation": "<p>Sign up for our newsletter and get the day's news in your inbox.</p>",
    "words for screen readers": (
        f'<span class="sr-only">Skip the advertisement</span><p class="visually-hidden">{LINE}</p>'
    ),
    "a template": f"<template><p>{LINE}</p></template><noscript><img src=/pixel alt=x></noscript>",
    "the headline again": f"<p>{TITLE}</p>",
    "a box about something else": f'<div class="k7">{lines("Who wrote Tin Piper?", "Which river was dammed?")}</div>',
    "an offer of unknown make": f"<section>{lines('Homes')}<ul>{lines('A mill with wheel', tag='li')}</ul></section>",
    "a box that has a name in common with one paragraph": (
        f'<div class="k7">{lines("Marta Lindqvist", "Mends fences, sells bolts, paints gates, trims hedges")}</div>'
    ),
    "a box in another language": f'<div class="k7">{lines("Welcher Fluss wurde 1931 gestaut?")}</div>',
}


@pytest.mark.parametrize("name", FURNITURE)
def test_furniture_among_the_paragraphs_is_no_part_of_the_article(name: str) -> None:
    assert added(written(inside=FURNITURE[name])) == []


@pytest.mark.parametrize("name", [*FURNITURE, "comments"])
def test_furniture_behind_the_article_is_no_part_of_it(name: str) -> None:
    assert added(written(around=FURNITURE.get(name, f"<section>{THREAD}</section>"))) == []


NAMED = [f"The Norhaven Queen was seen on {day} by nobody at all." for day in ("Monday", "Tuesday", "Friday")]
OWN = {
    "a paragraph": (lines(LINE), [LINE]),
    "a subheading": ("<h2>What is known</h2>", ["What is known"]),
    "a quotation": (f"<blockquote><p>{LINE}</p></blockquote>", [LINE]),
    "a list": (f"<ul><li>{LINE}</li><li>Nobody was on the pier.</li></ul>", [LINE, "Nobody was on the pier."]),
    "lines with one break": (f"<p>{LINE}<br>Nobody was on the pier.</p>", [f"{LINE} Nobody was on the pier."]),
    "paragraphs parted by two": (f"<p>{LINE}<br><br>No one was there.</p>", [LINE, "No one was there."]),
    "a table of figures": (
        "<table><tr><td>Dead</td><td>14</td></tr><tr><td>Injured at the pier</td><td>30</td></tr></table>",
        ["Dead | 14", "Injured at the pier | 30"],
    ),
    "a caption": (f"<figure><img src=a.jpg><figcaption>{LINE}</figcaption></figure>", [LINE]),
    "an aside with a quotation": (f"<aside><blockquote>{LINE}</blockquote></aside>", [LINE]),
    "a paragraph with a link": (
        f"<p>{LINE} {LINK.format('The report')} is public.</p>",
        [f"{LINE} The report is public."],
    ),
    "a box of facts": (f'<div class="factbox">{lines(LINE)}</div>', [LINE]),
    "a box on the article's matters": (
        f'<div class="k7">{lines("The ferry was built at Norhaven harbour.", "Its sister ships are older.")}</div>',
        ["The ferry was built at Norhaven harbour.", "Its sister ships are older."],
    ),
    "a heading in a box that names what is told of": (
        f"{lines(*NAMED)}<section><h3>Norhaven Queen: 14 Photos</h3><span>All</span></section>",
        [*NAMED, "Norhaven Queen: 14 Photos", "All"],
    ),
    "a heading in a box": ('<div class="k7"><h2>Rescuers and witnesses</h2></div>', ["Rescuers and witnesses"]),
    "a box named as content": (
        f'<div class="factbox">{lines("Built: Tarnwick, 1987")}</div>',
        ["Built: Tarnwick, 1987"],
    ),
    "a note of correction in a box": (
        f'<div class="k7">{lines("Correction: the vessel was built in Tarnwick.")}</div>',
        ["Correction: the vessel was built in Tarnwick."],
    ),
    "a paragraph in a layout's cell": (f"<table><tr><td><p>{LINE}</p></td></tr></table>", [LINE]),
}


@pytest.mark.parametrize("name", OWN)
def test_what_stands_among_the_paragraphs_and_is_none_is_the_articles(name: str) -> None:
    markup, told = OWN[name]

    assert added(written(inside=markup)) == told


def test_an_article_around_a_long_table_keeps_paragraphs_in_the_words_of_furniture() -> None:
    line = "The ministry said that users would customise their cookie settings from 2027 on, whatever the browser."
    rows = "".join(
        f"<tr><td>Browser {n}</td><td>asks {n} times a day, in windows of {n * 9}</td></tr>" for n in range(299)
    )

    assert added(written(f"{lines(line)}<table>{rows}</table>"))[0] == line


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        ("<h2>What is known</h2>", BlockKind.HEADING),
        (f"<ul><li>{LINE}</li></ul>", BlockKind.ITEM),
        (f"<blockquote><p>{LINE}</p></blockquote>", BlockKind.QUOTE),
        (f"<pre>{LINE}</pre>", BlockKind.PRE),
        (f"<p>{LINE}</p>", BlockKind.PARAGRAPH),
    ],
)
def test_a_block_keeps_its_kind(markup: str, kind: BlockKind) -> None:
    blocks = read(written(inside=markup)).text.blocks

    assert [block.kind for block in blocks if block.text not in BODY] == [kind]


CORRECTION = "Correction: an earlier version of this article gave a wrong number of passengers. There were 212."


@pytest.mark.parametrize(
    "markup",
    [
        f"<footer><p>{CORRECTION}</p></footer>",
        f"<aside><p>{CORRECTION}</p></aside>",
        f'<div class="meta-tools"><p>{CORRECTION}</p><button>Close</button></div>',
        f"<p>{CORRECTION}</p>",
    ],
)
def test_a_correction_is_the_articles_wherever_it_stands(markup: str) -> None:
    assert added(written(around=markup)) == [CORRECTION]


def test_an_article_in_a_box_named_as_furniture_is_read_all_the_same() -> None:
    markup = written().replace('class="copy"', 'class="sidebar share"')

    assert added(markup) == []


def test_a_navigation_that_was_left_open_does_not_swallow_the_article() -> None:
    markup = written().replace("<main>", "<nav><a href=/>Home</a><main>")

    assert added(markup) == []


def test_an_article_for_browsers_without_scripts_is_read() -> None:
    article = f"<h1>{TITLE}</h1>{lines(*BODY)}"
    markup = f"<html><head><title>{TITLE}</title></head><body><div id=app></div><noscript>{article}</noscript></body>"

    assert read(markup).text.paragraphs == BODY


def test_a_line_that_other_articles_carry_is_furniture() -> None:
    from feedwatch.model import line_sha

    markup = written(inside=lines(LINE)).encode()
    page = read_page(markup, "text/html", URL, SiteRule(), frozenset([line_sha(LINE)]))

    assert page.text.paragraphs == BODY


# ------------------------------------------------------------------------------------------------------ headline


@pytest.mark.parametrize(
    ("head", "title", "told"),
    [
        ("", f"<h1>{TITLE}</h1>", TITLE),
        ("", f"<h1><svg><text>icon</text></svg> {TITLE}<button>Share</button></h1>", TITLE),
        ("", f"<h1>The Paper</h1><h2>{TITLE}</h2>", TITLE),
        ('<meta property="og:site_name" content="The Paper">', "", TITLE),
        (
            OG_TITLE + '<meta property="og:site_name" content="The Paper">',
            "",
            "Ferry burns",
        ),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle"}</script>',
            "<h1>All that burned at sea</h1>",
            "All that burned at sea",
        ),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle"}</script>',
            "<h1><a href=/>All the latest</a></h1>",
            TITLE,
        ),
        ('<script type="application/ld+json">{"@type":"NewsArticle"}</script>', "<h1>Sea</h1>", TITLE),
    ],
)
def test_the_headline_is_the_one_that_page_and_head_agree_on(head: str, title: str, told: str) -> None:
    assert read(written(head=head, title=title)).text.title == told


WIKI = "<html><head><title>Alma - Shipwiki</title></head><body>{}</body></html>"


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("Alma", "Alma"),
        ("Alma after the inquiry", "Alma after the inquiry"),
        ("Almanac", "Alma - Shipwiki"),
    ],
)
def test_a_short_headline_before_the_name_of_a_wiki_is_the_one_that_is_shown(heading: str, told: str) -> None:
    around = "<div><a href=/talk>Talk</a> <a href=/edit>Edit</a></div>"

    assert read(WIKI.format(f"{around}<h1>{heading}</h1>{around}<div>{lines(*BODY)}</div>")).text.title == told


@pytest.mark.parametrize(
    ("head", "heading", "told"),
    [
        ("渡轮起火", "渡轮起火致14人死亡", "渡轮起火致14人死亡"),
        ("Ferry", "Ferry fire kills fourteen", "Ferry fire kills fourteen"),
        ("Ferry", "Ferryman saves fourteen", "Ferry"),
    ],
)
def test_the_headline_that_begins_with_all_that_the_head_says_is_the_one_that_is_shown(
    head: str, heading: str, told: str
) -> None:
    markup = f"<html><head><title>{head}</title></head><body><h1>{heading}</h1><div>{lines(*BODY)}</div></body></html>"

    assert read(markup).text.title == told


def test_a_page_without_any_title_has_none() -> None:
    markup = f"<html><body>{lines(*BODY)}</body></html>"

    assert read(markup).text.title == ""


# ------------------------------------------------------------------------------------------------------ standfirst


@pytest.mark.parametrize(
    ("head", "above", "found"),
    [
        ("", f'<p class="standfirst">{LINE}</p>', LINE),
        ("", f'<div class="article-lead"><p>{LINE}</p></div>', LINE),
        ("", f"<h2>{LINE}</h2>", LINE),
        (f'<meta name="description" content="{LINE}">', f"<div>{LINE}</div>", LINE),
        ("", '<p class="standfirst">Too short.</p>', ""),
        ("", '<p class="standfirst">Sign up for our newsletter and get the news each morning.</p>', ""),
        ("", f'<p class="standfirst"><a href="/x">{LINE}</a></p>', ""),
        ("", "", ""),
    ],
)
def test_the_standfirst_is_the_line_that_sums_up(head: str, above: str, found: str) -> None:
    rest = [f"{number} more ships were inspected along the coast in the days that followed." for number in range(12)]
    page = read(written(lines(*rest), head=head, title=f"<h1>{TITLE}</h1>{above}"))

    assert page.text.standfirst == found
    assert set(BODY) <= set(page.text.paragraphs)


# ------------------------------------------------------------------------------------------------------ ways to read


def test_a_site_rule_says_what_is_read() -> None:
    markup = written(inside=f'<div class="ours">{lines(LINE)}</div>', around=f'<div id="kicker">{TITLE[:8]}</div>')

    assert read(markup, SiteRule(body=".ours")).text.paragraphs == [LINE]
    assert read(markup, SiteRule(body=".ours")).path == "site"
    assert read(markup, SiteRule(title="#kicker")).text.title == "Fourteen"
    assert read(markup, SiteRule(strip=(".ours",))).text.paragraphs == BODY


@pytest.mark.parametrize("selector", [".missing", "p:unknown(", "!!", "a::text"])
def test_a_selector_that_finds_nothing_is_as_if_there_were_none(selector: str) -> None:
    page = read(written(), SiteRule(body=selector, title=selector, strip=(selector,)))

    assert page.text.paragraphs == BODY
    assert page.text.title == TITLE


def test_a_text_that_only_the_pages_own_data_have_is_taken_from_there() -> None:
    body = "\\n".join(BODY)
    markup = (
        f'<html><head><title>{TITLE}</title><script type="application/ld+json">'
        f'[{{"@graph": [{{"@type": "NewsArticle", "headline": "{TITLE}", "articleBody": "<p>{body}</p>"}}]}}]'
        "</script></head>"
        "<body><div id=app>Loading</div></body></html>"
    )

    page = read(markup.replace("“", "&ldquo;").replace("”", "&rdquo;"))

    assert page.path == "json-ld"
    assert page.text.paragraphs == BODY


def test_a_page_of_nothing_has_no_article() -> None:
    for body in (b"", b" ", b"<html></html>", b"<!-- -->", b"\0"):
        page = read_page(body, "text/html", URL, SiteRule())
        assert (page.path, page.text.blocks) == ("none", ())


# ------------------------------------------------------------------------------------------------------ metadata


def with_data(data: str, more: str = "") -> Page:
    return read(written(head=f'<script type="application/ld+json">{data}</script>{more}'))


@pytest.mark.parametrize(
    ("data", "byline"),
    [
        ('{"@type": "NewsArticle", "author": "Marta Lindqvist"}', "Marta Lindqvist"),
        (
            '{"@type": ["ReportageNewsArticle"], "author": [{"name": "A. Vinter"}, {"name": "B. Sommer"}]}',
            "A. Vinter, B. Sommer",
        ),
        ('{"@type": "NewsArticle", "author": {"name": "https://paper.example/marta"}}', ""),
        ('<!-- {"@type": "BlogPosting", "author": "A. Vinter"} -->', "A. Vinter"),
        ('//<![CDATA[\n{"@type": "BlogPosting", "author": "A. Vinter"}\n//]]>', "A. Vinter"),
        ('{"@type": "Organization", "author": "A. Vinter"}', ""),
        ('{"@type": 7, "author": 9}', ""),
        ("{not JSON", ""),
        ("[[[[[[[[{}]]]]]]]]", ""),
        (f'{{"x": "{"y" * 2_000_001}"}}', ""),
    ],
)
def test_the_byline_comes_from_the_pages_data(data: str, byline: str) -> None:
    assert with_data(data).byline == byline


def test_a_data_block_of_another_kind_is_not_read() -> None:
    markup = written(head='<script type="text/x">{"@type": "NewsArticle", "author": "A. Vinter"}</script>')

    assert read(markup).byline == ""


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        ("2026-03-02T06:00:00Z", "2026-03-02T06:00:00+00:00"),
        ("2026-03-02T06:00:00+02:00", "2026-03-02T04:00:00+00:00"),
        ("2026-03-02T06:00:00", "2026-03-02T06:00:00+00:00"),
        ("Mon, 02 Mar 2026 06:00:00 GMT", "2026-03-02T06:00:00+00:00"),
        ("0001-01-01T00:00:00+14:00", "None"),
        ("yesterday", "None"),
        ("", "None"),
    ],
)
def test_dates_are_read_as_utc(told: str, seen: str) -> None:
    page = read(written(head=f'<meta property="article:published_time" content="{told}">'))

    assert str(page.published_at and page.published_at.isoformat()) == seen


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ('<link rel="canonical" href="/news/fire">', "https://paper.example/news/fire"),
        ('<link rel="Canonical nofollow" href="https://www.paper.example/a">', "https://www.paper.example/a"),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ('<link rel="canonical" href="http://[::1/x">', None),
        ('<link rel="stylesheet" href="/x.css">', None),
    ],
)
def test_the_canonical_address_is_an_address_of_the_web(link: str, address: str | None) -> None:
    assert read(written(head=link)).canonical_url == address


@pytest.mark.parametrize(
    ("markup", "language"),
    [('lang="de-AT"', "de-AT"), ('lang="de_AT"', "de-AT"), ('lang="??"', None), ('xml:lang="fr"', "fr"), ("", None)],
)
def test_the_language_is_a_tag_or_nothing(markup: str, language: str | None) -> None:
    assert read(written().replace('lang="en"', markup)).language == language


# ------------------------------------------------------------------------------------------------------ signs


def bare(inside: str, head: str = "<title>Ferry</title>") -> str:
    return f"<html><head>{head}</head><body>{inside}</body></html>"


@pytest.mark.parametrize(
    ("markup", "sign"),
    [
        (bare('<form><input type="password"></form>'), "login-form"),
        (bare("", '<meta http-equiv="Refresh" content="0; url=/">'), "meta-refresh"),
        (bare('<div class="cf-turnstile"></div>'), "captcha"),
        (bare("<p>Checking your browser before you go on.</p>", "<title>Just a moment</title>"), "captcha"),
        (bare("", '<title>x</title><meta name="robots" content="noindex">'), "noindex"),
        (bare("", '<title>x</title><meta name="robots" content="none">'), "noindex"),
        (bare("", '<meta property="og:type" content="website">'), "og:type=website"),
        (bare("<h1>Page not found</h1>"), "soft-404-wording"),
        (bare("<p>We use cookies to make this site work. Accept all cookies to go on.</p>"), "consent"),
        (bare("<p>Subscribe to continue reading this article.</p>"), "paywall"),
    ],
)
def test_what_tells_of_a_wall_or_a_missing_page_is_noted(markup: str, sign: str) -> None:
    assert sign in read(markup).signs


def test_an_article_has_no_such_signs() -> None:
    assert read(written()).signs == frozenset()


# ------------------------------------------------------------------------------------------------------ the law

PIECES = [
    "<p>", "</p>", "<div>", "</div>", "<nav>", "<table><tr><td>", "<ul><li>", "<h1>", "</h1>", "<br>", "<a href=//>",
    "</a>",
    "<script type=application/ld+json>", "{}", "</script>", "<!--", "-->", "&#0;", "&#xD800;", "\0", "\ufffe", "\u202e",
    "<meta charset=utf-7>", "<base href='javascript:'>", '<link rel=canonical href="http://[">', "Most read", *BODY,
]  # fmt: skip


@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=40),
    st.sampled_from(["", "text/html", "x/y;charset=a"]),
)
@settings(max_examples=60, deadline=None)
def test_any_markup_is_a_page_whose_words_can_be_stored_and_shown(pieces: list[str], content_type: str) -> None:
    body = "".join(pieces).encode("utf-8", "surrogatepass")

    page = read_page(body, content_type, URL, SiteRule())

    for text in (page.text.title, page.text.standfirst, page.byline, *page.text.paragraphs):
        text.encode()
        assert all(char in "\t\n\r" or (char >= " " and char not in "\ufffe\uffff") for char in text)
    assert page == read_page(body, content_type, URL, SiteRule())
