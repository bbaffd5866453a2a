"""What a new template does to an article's text, and what it does not."""

from __future__ import annotations

import html
from collections.abc import Sequence

import pytest

from feedwatch.model import Block, KeptPage, SiteRule, Text
from feedwatch.reading.document import parse
from feedwatch.reading.makeup import holds, pairs
from feedwatch.reading.page import read_pair
from feedwatch.reading.template import SAME_NAMES, as_redesigned, is_redesigned
from tests.internet import BODY

TITLE = "Fourteen die in ferry fire"
CAPTION = "The ferry before the fire, in the harbour of Norhaven"


def classic(body: Sequence[str], title: str = TITLE, more: str = "") -> KeptPage:
    lines = "".join(f'<p class="text">{html.escape(line, quote=False)}</p>' for line in body)
    return _kept(
        f'<div class="page"><div class="masthead"><ul class="menu"><li><a href="/">Home</a></li></ul></div>'
        f'<div class="story"><h1 class="head">{title}</h1><div class="copy">{lines}</div></div>{more}</div>'
    )


def modern(body: Sequence[str], title: str = TITLE, more: str = "") -> KeptPage:
    lines = "".join(f'<section class="s"><p>{html.escape(line, quote=False)}</p></section>' for line in body)
    return _kept(
        f'<header class="top"><nav class="bar"><a href="/">Start</a></nav></header><main class="grid"><article>'
        f'<header class="intro"><h1><span>{title}</span></h1></header>{lines}</article>{more}</main>'
    )


def _kept(body: str) -> KeptPage:
    markup = f"<!DOCTYPE html><html><head><title>{TITLE} | Paper</title></head><body>{body}</body></html>"
    return KeptPage(markup.encode(), "text/html; charset=utf-8", "https://paper.example/a")


def text(*lines: str, title: str = TITLE, standfirst: str = "") -> Text:
    return Text(title, standfirst, tuple(map(Block, lines)))


def redesigned(old: KeptPage, new: KeptPage) -> bool:
    trees = parse(old.body, old.content_type), parse(new.body, new.content_type)
    assert trees[0] is not None
    assert trees[1] is not None
    return is_redesigned(*trees)


def test_another_template_is_a_redesign() -> None:
    assert redesigned(classic(BODY), modern(BODY))


@pytest.mark.parametrize("page", [classic, modern])
def test_other_words_and_other_furniture_are_none(page) -> None:  # type: ignore[no-untyped-def]
    furniture = '<div class="promo"><form class="f"><label>Mail</label><input></form></div>'

    assert not redesigned(page(BODY), page(BODY[:2], "Forty-one die"))
    assert not redesigned(page(BODY), page(BODY, more=furniture))


@pytest.mark.parametrize("old", [classic, modern])
@pytest.mark.parametrize("new", [classic, modern])
def test_pages_that_were_just_read_are_told_as_any_others(old, new) -> None:  # type: ignore[no-untyped-def]
    pages = old([CAPTION, *BODY]), new(BODY[1:])
    texts = text(CAPTION, *BODY), text(*BODY[1:])
    told = as_redesigned(*pages, *texts)

    read_pair(*pages, SiteRule(), frozenset())

    assert as_redesigned(*pages, *texts) == told
    assert (told is None) == (old is new)


def test_a_page_holds_what_another_is_made_of() -> None:
    pages = [parse(page.body, page.content_type) for page in (classic(BODY), classic(BODY[1:]), modern(BODY))]
    one, alike, other = (page for page in pages if page is not None)

    assert holds(alike, pairs(one, named=True), 1.0)
    assert not holds(other, pairs(one, named=True), SAME_NAMES)


def test_other_class_names_are_none() -> None:
    renamed = KeptPage(classic(BODY).body.replace(b'class="', b'class="x7f'), "text/html", "https://paper.example/a")

    assert not redesigned(classic(BODY), renamed)


def test_within_one_template_nothing_is_carried_over() -> None:
    assert as_redesigned(classic(BODY), classic(BODY[1:]), text(*BODY), text(*BODY[1:])) is None


def test_what_the_new_template_reads_beside_the_text_was_no_part_of_an_edit() -> None:
    old = classic(BODY, more=f'<div class="picture"><div class="caption">{CAPTION}</div></div>')

    base = as_redesigned(old, modern([CAPTION, *BODY]), text(*BODY), text(CAPTION, *BODY))

    assert base == text(CAPTION, *BODY)


def test_what_the_new_template_leaves_out_was_not_removed() -> None:
    new = modern(BODY, more=f"<figure><figcaption>{CAPTION}</figcaption></figure>")

    base = as_redesigned(classic([CAPTION, *BODY]), new, text(CAPTION, *BODY), text(*BODY))

    assert base == text(*BODY)


def test_a_first_paragraph_may_become_a_standfirst() -> None:
    after = text(*BODY[1:], standfirst=BODY[0])

    assert as_redesigned(classic(BODY), modern(BODY), text(*BODY), after) == after


def test_one_paragraph_that_is_split_at_the_time_of_the_redesign_was_split() -> None:
    split = [*BODY[0].split(", ", 1), *BODY[1:]]
    split[0] += ","

    base = as_redesigned(classic(BODY), modern(split), text(*BODY), text(*split))

    assert base == text(*BODY)


def test_a_template_that_breaks_every_paragraph_its_own_way_split_none() -> None:
    pairs = [f"{one} {other}" for one, other in zip(BODY[::2], BODY[1::2], strict=True)]

    base = as_redesigned(classic(pairs), modern(BODY), text(*pairs), text(*BODY))

    assert base == text(*BODY)


def test_an_edit_at_the_time_of_the_redesign_stays_an_edit() -> None:
    edited = [BODY[0], BODY[1].replace("Fourteen", "Forty-one"), *BODY[2:]]

    base = as_redesigned(classic([CAPTION, *BODY]), modern(edited), text(CAPTION, *BODY), text(*edited))

    assert base == text(CAPTION, *BODY)


def test_a_headline_that_stood_on_no_page_is_an_edit() -> None:
    new = modern(BODY, title="Forty-one die in ferry fire")

    base = as_redesigned(classic(BODY), new, text(*BODY), text(*BODY, title="Forty-one die in ferry fire"))

    assert base is not None
    assert base.title == TITLE


def test_what_is_no_page_is_no_redesign() -> None:
    nothing = KeptPage(b"", "text/html", "https://paper.example/a")

    assert as_redesigned(nothing, modern(BODY), text(), text(*BODY)) is None
