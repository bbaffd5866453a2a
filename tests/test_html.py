"""Pages that are whole without a script, without colour and without trust in what a source says."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwatch.judging.ledger import ledger
from feedwatch.model import (
    Block,
    BlockKind,
    Change,
    Comparison,
    Event,
    EventKind,
    Facts,
    Grade,
    History,
    Op,
    Row,
    Span,
    State,
    Text,
)
from feedwatch.showing import html, paths
from feedwatch.showing.languages import LANGUAGES
from feedwatch.showing.news import NEWEST
from feedwatch.showing.plain import shown
from feedwatch.showing.rows import moved_up
from feedwatch.showing.table import Fold, Line, table
from feedwatch.showing.timeline import HEIGHT, MARKS, WIDTH, timeline
from feedwatch.showing.versions import standing
from feedwatch.steps import pack
from tests import samples

VOID = {"meta", "link", "br", "hr", "input"}
WEIGHT = 60 * 1024
ORDINARY = [samples.flood(), samples.untouched(), samples.removed(), samples.german(), samples.arabic()]


class Page(HTMLParser):
    """A page as a browser meets it; fails on anything that is not well-formed or not allowed."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[dict[str, str]] = []
        self.words = ""
        self.cells: list[dict[str, str]] = []
        self.headings: list[int] = []
        self.languages: list[str] = []
        self.feed(content.decode("utf-8"))
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        assert len(given) == len(attrs)
        assert not any(name.startswith("on") or name in {"style", "srcdoc"} for name in given)
        assert tag not in {"style", "iframe", "img", "object", "embed", "base", "use", "image"}
        if tag == "script":
            assert set(given) in ({"type", "src"}, {"defer", "src"})
        if tag == "input":
            assert given["type"] in {"number", "hidden", "checkbox"}
        if "src" in given:
            assert tag == "script"
            assert re.fullmatch(r"(\.\./)*assets/[a-z]+\.js", given["src"])
        if tag == "form":
            assert re.fullmatch(r"(\.\./)*compare\.html", given["action"])
            assert given["method"] == "get"
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        if tag in {"a", "link"}:
            self.links.append(given)
        if "lang" in given:
            self.languages.append(given["lang"])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, self.getpos()

    def handle_data(self, data):
        assert self.open[-1:] != ["script"]
        self.words += data

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_pi = unknown_decl = handle_comment


def check(content: bytes, contact: str = "") -> Page:
    page = Page(content)
    assert content.startswith(b"<!doctype html>\n<html lang=")
    assert len(page.ids) == len(set(page.ids))
    for link in page.links:
        href = link["href"]
        if href.startswith("#"):
            assert href[1:] in page.ids
        else:
            assert re.match(r"https?://|mailto:|(/|(\.\./)+)?[a-z0-9]", href)
            assert ":" not in href or href.startswith(("http://", "https://", "mailto:"))
        if href.startswith("http") and href != contact:
            assert link["rel"] == "nofollow noreferrer noopener"
    assert page.tags.count("h1") == page.tags.count("main") == page.tags[: page.tags.index("body")].count("title") == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert b"default-src 'none'; style-src 'self'" in content
    assert b'rel="alternate" type="application/atom+xml"' in content
    return page


def every_page(history: History, comparisons: dict[int, Comparison], **changes: object) -> list[bytes]:
    site = samples.SITE.model_copy(update=changes)
    first_to_last = comparisons.get(1)
    account = ledger(history.versions, history.changes)
    pages = [html.article_page(history, comparisons, site, ledger=account)]
    if standing(history):
        pages.append(html.origins_page(history, account, site))
    for old, new in paths.pairs(history):
        pages.append(html.pair_page(history, (old, new), comparisons.get(new, first_to_last), site))
    notices = samples.notices(history)
    pages += [
        html.source_page(history.source, notices, [history.article], site),
        html.source_page(history.source, [], [], site),
        html.index_page([history.source], notices, site),
        html.index_page([], [], site),
        html.about_page(site),
        html.compare_page(site),
        html.not_found_page(site),
    ]
    return pages


def comparisons_of(history: History) -> dict[int, Comparison]:
    known = {samples.german().article.id: samples.GERMAN_CHANGE, samples.arabic().article.id: samples.ARABIC_CHANGE}
    found = known.get(history.article.id)
    return {1: found} if found else samples.COMPARISONS


def article_page(history: History) -> Page:
    return check(html.article_page(history, comparisons_of(history), samples.SITE))


def flowing(page: Page) -> str:
    return " ".join(page.words.split())


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("history", ORDINARY, ids=["flood", "untouched", "removed", "german", "arabic"])
def test_every_page_is_well_formed_and_light(history, language):
    for content in every_page(history, comparisons_of(history), language=language):
        page = check(content)
        assert len(content) < WEIGHT
        assert page.words.count("{") == page.words.count("{+")


# ------------------------------------------------------------------------------------------------- what they say


def test_an_articles_page_tells_what_is_known_of_it():
    words = flowing(article_page(samples.flood()))

    for fact in (
        "Norhaven Courier",
        "This article has changed 2 times.",
        "There is a feed of changes to this article",
        "Published 3 May 2031, 09:38 UTC",
        "First seen 3 May 2031, 10:02 UTC",
        "Last changed between 05:02 and 08:02 UTC on 4 May 2031",
        "Checked until 4 May 2031, 16:02 UTC at least; the next check was then due 4 May 2031, 18:02 UTC.",
        "Version 1 · about 4 hours later, between 13:36 and 14:06 UTC on 3 May 2031",
        "Compare with version 0",
        "Compare the first version with the last",
        "Correction note added:",
        "13 unchanged paragraphs",
    ):
        assert fact in words


def test_a_change_is_dated_by_its_first_sighting_not_by_the_look_that_confirmed_it():
    history = samples.flood()
    late = replace(history.changes[1], at=history.changes[1].at + timedelta(hours=6))
    history = replace(history, changes=(history.changes[0], late))

    pair = html.pair_page(history, (1, 2), samples.SECOND_CHANGE, samples.SITE)

    assert "Last changed between 05:02 and 08:02 UTC on 4 May 2031" in flowing(article_page(history))
    assert "Changed between 05:02 and 08:02 UTC on 4 May 2031." in flowing(check(pair))


def test_an_article_that_never_changed_shows_its_text():
    words = flowing(article_page(samples.untouched()))

    assert "This article has not changed since we first saw it." in words
    assert "Schools in the county will stay closed until Wednesday." in words
    assert "Compare" not in words


def test_an_article_that_is_gone_keeps_its_text_and_says_so():
    words = flowing(article_page(samples.removed()))

    assert "gone from its site since 4 May 2031, 15:02 UTC; the last text seen is kept here." in words
    assert "The article was removed from its site" in words
    assert "Schools in the county will stay closed until Wednesday." in words


def test_an_article_without_a_version_has_a_page():
    history = replace(samples.untouched(), versions=(), article=replace(samples.ARTICLE, title="", published_at=None))

    assert "(no headline)" in check(html.article_page(history, {}, samples.SITE)).words


def test_an_article_that_was_taken_down_leaves_a_stub():
    history = replace(samples.flood(), article=replace(samples.ARTICLE, state=State.HIDDEN))

    for content in every_page(history, samples.COMPARISONS)[:4]:
        words = check(content).words
        assert "This article was taken down from these pages." in words
        assert "Munro" not in words
        assert "Forty-one" not in words
    for content in every_page(history, samples.COMPARISONS)[4:]:
        assert "Forty-one" not in check(content).words


def test_a_withdrawn_version_is_listed_as_withdrawn_and_not_counted():
    history = samples.flood()
    last = replace(history.versions[2], withdrawn_at=samples.SEEN, withdrawn_because="It was a notice of the site.")
    page = article_page(replace(history, versions=(*history.versions[:2], last)))

    words = flowing(page)
    assert "This article has changed once." in words
    assert "Withdrawn: this was not an edit of the article. It was a notice of the site." in words


def test_a_pair_shows_the_facts_and_the_way_to_its_neighbours():
    history = samples.flood()
    first, last = (
        check(html.pair_page(history, (old, new), samples.COMPARISONS[new], samples.SITE))
        for old, new in ((0, 1), (1, 2))
    )

    assert "Version 0 compared with version 1" in first.words
    assert "24 words added, 49 words removed." in flowing(first)
    assert [link["href"] for link in first.links if link.get("rel") == "next"] == ["1-2.html", "1-2.html"]
    assert [link["href"] for link in last.links if link.get("rel") == "prev"] == ["0-1.html", "0-1.html"]
    assert not [link for link in last.links if link.get("rel") == "next"]


def test_first_to_last_is_compared_without_the_facts_of_one_change():
    page = check(html.pair_page(samples.flood(), (0, 2), samples.FIRST_CHANGE, samples.SITE))

    assert "Version 0 compared with version 2" in page.words
    assert not [link for link in page.links if link.get("rel") in {"prev", "next"}]


def test_two_equal_versions_are_said_to_be_equal():
    text = Row(Op.EQUAL, (0,), (0,), (Span(Op.EQUAL, "The same"),))
    page = check(html.pair_page(samples.flood(), (0, 2), Comparison(text, None, (text,)), samples.SITE))

    assert "The two versions have the same words." in page.words


def test_many_versions_are_folded():
    history = samples.flood()
    versions = tuple(
        replace(history.versions[0], number=n, seen_at=samples.SEEN + timedelta(minutes=10 * n)) for n in range(30)
    )
    changes = tuple(
        Change(samples.ARTICLE.id, n, n + 1, versions[n + 1].seen_at, versions[n].seen_at, Facts((Grade.WORDING,)))
        for n in range(29)
    )

    page = article_page(replace(history, versions=versions, changes=changes))

    assert "21 versions in between" in page.words
    assert all(f"Version {n} ·" in flowing(page) for n in range(30))


def test_two_versions_side_by_side_say_whose_they_are_and_how_far_apart():
    words = flowing(check(html.pair_page(samples.flood(), (0, 1), samples.FIRST_CHANGE, samples.SITE)))

    assert f"{samples.flood().source.title} · Version 0 compared with version 1" in words
    assert re.search(r"Version 1 .{10,40}UTC \(about \w+ hours later\)", words)


def test_events_are_told_with_the_version_that_stood_then():
    first, second, *_ = samples.flood().versions
    gone, moved = (
        Event(samples.ARTICLE.id, 0, EventKind.GONE, first.seen_at),
        Event(samples.ARTICLE.id, 1, EventKind.MOVED, second.seen_at, "https://paper.example/new"),
    )

    words = flowing(article_page(replace(samples.flood(), events=(moved, gone))))

    told = [words.index(text) for text in ("Version 0 ·", "was removed from its", "Version 1 ·", "paper.example/new")]
    assert told == sorted(told)


def test_events_are_told_on_the_articles_page():
    events = tuple(Event(samples.ARTICLE.id, n, kind, samples.SEEN, "0 1") for n, kind in enumerate(EventKind))

    words = flowing(article_page(replace(samples.flood(), events=events)))

    assert "The site shows versions 0 and 1 of this article in turn" in words


def test_pages_of_news_show_the_headline_before_and_after():
    words = flowing(check(html.index_page([samples.COURIER], samples.notices(samples.flood()), samples.SITE)))

    assert "[-Fourteen die as river floods Norhaven-]" in words
    assert "{+Forty-one die as river floods Norhaven+}" in words
    assert words.index("4 May 2031") < words.index("3 May 2031")


def test_pages_of_news_quote_the_words_of_a_single_change():
    (news, *_) = samples.notices(samples.flood())
    assert news.change
    facts = Facts((Grade.REMOVED,), paragraphs_removed=1, paragraph_removed="The council had been warned.")
    told = replace(news, change=replace(news.change, facts=facts))

    words = flowing(check(html.index_page([samples.COURIER], [told], samples.SITE)))

    assert "1 paragraph removed: “The council had been warned.”" in words


def test_a_page_of_news_stays_light_however_much_there_is():
    (news, *_), long = samples.notices(samples.flood()), "word " * 400
    assert news.change
    loud = replace(news, change=replace(news.change, facts=replace(samples.FIRST_FACTS, names_removed=(long,) * 9)))
    titled = replace(loud, new=replace(loud.new, text=Text(long)), old=replace(loud.old, text=Text(long[5:])))

    content = html.index_page([samples.COURIER], [titled] * 500, samples.SITE)

    check(content)
    assert content.count(b'<p class="told">') == NEWEST
    assert len(content) < WEIGHT


def test_the_operator_can_be_reached():
    page = check(
        html.index_page([], [], samples.SITE.model_copy(update={"contact": "https://notes.example/who"})),
        "https://notes.example/who",
    )

    assert "https://notes.example/who" in {link["href"] for link in page.links}


def test_a_text_is_marked_with_its_language_and_direction():
    content = html.article_page(samples.arabic(), {1: samples.ARABIC_CHANGE}, samples.SITE)

    assert b'<h1 lang="ar" dir="rtl">' in content
    assert b'<html lang="en">' in content
    assert content.count(b'class="text" lang="ar" dir="rtl"') > 4


def test_headlines_that_run_the_other_way_keep_their_order_in_a_sentence_of_ours():
    change, (old, new) = samples.ARABIC_CHANGE, samples.texts(samples.ARABIC_CHANGE)
    page = check(html.pair_page(samples.arabic(), (0, 1), change, samples.SITE))

    assert f"\u2068{old.title}\u2069 → \u2068{new.title}\u2069" in page.words


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("\u2068a\u2069", "\u2068a\u2069"),
        ("\u2068a", "a"),
        ("a\u2069", "a"),
        ("\u2068\u202ea\u2069", "a"),
        ("\u2067a\u2069", "a"),
        ("\u2068\u2068a\u2069\u2069", "\u2068a\u2069"),
        ("\u2068a\nb\u2069", "a\nb"),
    ],
)
def test_only_what_isolates_itself_whole_may_turn_the_order(text, harmless):
    assert shown(text) == harmless


def test_a_text_of_unknown_language_finds_its_direction_by_itself():
    history = samples.untouched()
    unknown = replace(
        history,
        source=replace(samples.COURIER, language=None),
        versions=(replace(history.versions[0], language="not a tag"),),
    )

    assert b'<h1 dir="auto">' in html.article_page(unknown, {}, samples.SITE)


def test_pages_do_not_know_where_they_are_published():
    here = every_page(samples.flood(), samples.COMPARISONS)[:-1]
    there = every_page(samples.flood(), samples.COMPARISONS, base_url="https://elsewhere.example/x/")[:-1]

    assert here == there
    assert not any(b"notes.example/" in content for content in here)


def test_the_timeline_tells_in_words_what_it_draws():
    content = html.article_page(samples.flood(), samples.COMPARISONS, samples.SITE)

    words = flowing(check(content))
    assert "17 checks between 3 May 2031, 10:02 UTC and 4 May 2031, 16:02 UTC; 2 changes." in words
    assert "Version 1, 3 May 2031, 14:06 UTC: 24 words added, 49 words removed" in words
    assert content.count(b'class="mark"') == content.count(b'class="between"') == 2
    untouched = html.article_page(samples.untouched(), {}, samples.SITE)
    assert "17 checks between 3 May 2031, 10:02 UTC and 4 May 2031, 16:02 UTC, always with the same text." in flowing(
        check(untouched)
    )


def test_the_timeline_tells_how_many_checks_came_within_which_time():
    looks = [0, 10, 25, 59, 60, 61, 400, 1440, 1800]
    flood = samples.flood()

    def page(checks):
        article = replace(flood.article, looks=pack(looks), checks=checks)
        return html.article_page(replace(flood, article=article), samples.COMPARISONS, samples.SITE)

    drawn = re.search(rb'class="looks" d="([^"]+)"', page(len(looks)))
    assert drawn
    assert drawn[1].count(b"M") == len(looks)
    assert "2 changes. Checks within 1 hour: 5, within 1 day: 8." in flowing(check(page(len(looks))))
    assert "Checks within" not in flowing(check(page(len(looks) + 1)))  # one of them is not told apart
    assert b'class="looks"' not in html.article_page(flood, samples.COMPARISONS, samples.SITE)


def test_a_timeline_stays_inside_of_its_drawing_and_small():
    history = samples.flood()
    moments = [samples.SEEN + timedelta(days=day) for day in range(-300, 300)]
    changes = [replace(history.changes[0], to_number=n, at=at) for n, at in enumerate(moments)]

    drawn = timeline(history, changes)

    assert drawn
    assert len(drawn.marks) == MARKS
    assert all(0 < mark.x < WIDTH and 0 < mark.y < HEIGHT for mark in drawn.marks)
    assert all(mark.since <= mark.x for mark in drawn.marks)
    assert timeline(replace(history, article=replace(samples.ARTICLE, last_checked_at=None)), changes) is None


def test_the_timeline_marks_when_a_change_was_seen_not_when_it_was_told_of():
    history = samples.flood()
    told = replace(history.changes[0], at=history.changes[0].at + timedelta(hours=9))
    seen = history.version(1)

    mark = timeline(history, [told]).marks[0]

    assert mark.at == seen.seen_at
    assert mark == replace(timeline(history, [history.changes[0]]).marks[0], change=told)


def test_an_excerpt_shows_what_changed_and_never_the_whole_text():
    history = samples.flood()
    far = "It is the worst flood in Norhaven since 1954"

    whole, part = (
        html.pair_page(history, (0, 1), samples.FIRST_CHANGE, samples.SITE, excerpt=excerpt)
        for excerpt in (False, True)
    )
    untouched = html.article_page(samples.untouched(), {}, samples.SITE, excerpt=True)

    assert far in check(whole).words
    assert far not in check(part).words
    assert "At least" in check(part).words
    assert "Of this outlet only what was changed is shown" in check(part).words
    assert "Schools in the county" not in check(untouched).words


def test_each_site_has_its_own_name_and_contact_around_its_pages():
    one = samples.SITE.model_copy(update={"title": "One <1>", "contact": "https://one.example/about"})
    two = samples.SITE.model_copy(update={"title": "Two", "contact": "", "index": not one.index})

    first, second, again = (html.about_page(site).decode() for site in (one, two, one))

    assert "One &lt;1&gt;</a>" in first
    assert "https://one.example/about" in first
    assert "Two</a>" in second
    assert "one.example" not in second
    assert ("noindex" in first) != ("noindex" in second)
    assert again == first


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_site_says_what_it_is_and_what_its_words_mean(language):
    content = html.about_page(samples.SITE.model_copy(update={"language": language}))

    page = check(content)
    assert len(content) < WEIGHT
    assert all(meaning in page.words for meaning in LANGUAGES[language].pages.grade_meanings.values())
    assert "Margin Notes" in page.words


def test_pages_that_must_not_be_indexed_say_so():
    hidden = every_page(samples.flood(), samples.COMPARISONS, index=False)
    shown = every_page(samples.flood(), samples.COMPARISONS)

    assert all(b'<meta name="robots" content="noindex">' in content for content in hidden)
    assert not any(b"noindex" in content for content in shown)
    assert html.robots_txt() == b"User-agent: *\nDisallow:\n"


# ------------------------------------------------------------------------------------------------- side by side


def lines_of(comparison: Comparison) -> list[Line | Fold]:
    return list(table(comparison, *samples.texts(comparison)).lines)


def test_a_moved_paragraph_stands_in_both_places_and_each_leads_to_the_other():
    page = check(html.pair_page(samples.flood(), (0, 1), samples.FIRST_CHANGE, samples.SITE))

    there, back = (next(link for link in page.links if link["href"] == href) for href in ("#m6", "#c6"))
    assert there
    assert back
    assert {"m6", "c6"} <= set(page.ids)
    lines = lines_of(samples.FIRST_CHANGE)
    ops = [line.op for line in lines if isinstance(line, Line)]
    assert ops.index("move") < ops.index("left")
    assert next(line for line in lines if isinstance(line, Line) and line.op == "left").up


def test_moves_in_both_directions_are_told_apart():
    def moved(*olds: int, moving: int) -> bool:
        rows = [Row(Op.MOVE if n == moving else Op.EQUAL, (n,), (at,), ()) for at, n in enumerate(olds)]
        return moved_up(rows)[olds.index(moving)]

    assert moved(2, 0, 1, moving=2)
    assert not moved(1, 2, 0, moving=0)
    assert moved(0, 3, 1, 2, moving=3)


def test_a_split_paragraph_stands_beside_its_parts_without_a_mark_for_the_break():
    line = next(line for line in lines_of(samples.FIRST_CHANGE) if isinstance(line, Line) and line.op == "split")

    assert (len(line.old), len(line.new)) == (1, 2)
    assert all(span.op is Op.EQUAL for paragraph in (*line.old, *line.new) for span in paragraph.spans)
    assert "".join(span.text for span in line.old[0].spans).count("night. The crest") == 1


def test_joined_paragraphs_stand_beside_the_whole():
    line = next(line for line in lines_of(samples.GERMAN_CHANGE) if isinstance(line, Line) and line.op == "merge")

    assert (len(line.old), len(line.new)) == (2, 1)


def test_long_unchanged_runs_are_folded_and_their_edges_stay_open():
    folds = [line for line in lines_of(samples.SECOND_CHANGE) if isinstance(line, Fold)]

    assert [len(fold.paragraphs) for fold in folds] == [13]
    last = lines_of(samples.SECOND_CHANGE)[-2]
    assert isinstance(last, Line)
    assert last.op == "equal"


def test_headings_items_and_quotes_look_like_what_they_are():
    history = samples.untouched()
    blocks = tuple(Block(kind.name, kind) for kind in BlockKind)
    version = replace(history.versions[0], text=Text("Kinds", "", blocks))

    content = html.article_page(replace(history, versions=(version,)), {}, samples.SITE)

    for kind in BlockKind:
        assert f'<p class="{kind.value}">{kind.name}</p>'.encode() in content


@st.composite
def comparisons(draw) -> Comparison:
    """Rows in any arrangement that the model permits."""
    words = st.text("ab \n<&\u0627\ud800", max_size=12)
    kinds = draw(st.lists(st.sampled_from(list(Op)), max_size=12))
    olds = list(range(2 * len(kinds)))
    rows, new = [], 0
    moving = draw(st.permutations(olds))
    for op in kinds:
        taken = 0 if op is Op.INSERT else 2 if op is Op.MERGE else 1
        given_ = 0 if op is Op.DELETE else 2 if op is Op.SPLIT else 1
        old = [moving.pop()] if op is Op.MOVE else []
        if old:
            olds.remove(old[0])
        while len(old) < taken:
            old.append(olds.pop(0))
            moving.remove(old[-1])
        spans = tuple(Span(draw(st.sampled_from([Op.EQUAL, Op.INSERT, Op.DELETE])), draw(words)) for _ in range(3))
        rows.append(Row(op, tuple(old), tuple(range(new, new + given_)), spans))
        new += given_
    title = Row(Op.REPLACE, (0,), (0,), (Span(Op.DELETE, draw(words)), Span(Op.INSERT, draw(words))))
    return Comparison(title, None, tuple(rows))


@given(comparisons())
@settings(max_examples=80, deadline=None)
def test_any_comparison_makes_a_page_on_which_no_paragraph_is_lost(comparison):
    made = table(comparison, Text(""), Text(""))
    lines = [line for line in made.lines if isinstance(line, Line)]
    folded = sum(len(fold.paragraphs) for fold in made.lines if isinstance(fold, Fold))

    check(html.pair_page(samples.flood(), (0, 1), comparison, samples.SITE))
    for op, times in ((Op.MOVE, 2), (Op.INSERT, 1), (Op.DELETE, 1), (Op.SPLIT, 1), (Op.MERGE, 1), (Op.REPLACE, 1)):
        shown = [line for line in lines if line.op == op.value or (op is Op.MOVE and line.op == "left")]
        assert len([line for line in shown if line.part == "body"]) == times * sum(
            row.op is op for row in comparison.rows
        )
    equal = sum(row.op is Op.EQUAL for row in comparison.rows)
    assert folded + sum(line.op == "equal" and line.part == "body" for line in lines) == equal


# ------------------------------------------------------------------------------------------------- hostile words


@pytest.mark.parametrize("bad", samples.HOSTILE, ids=range(len(samples.HOSTILE)))
def test_hostile_words_are_harmless_text(bad):
    history, comparison = samples.hostile(bad), samples.hostile_comparison(bad)

    for content in every_page(history, {1: comparison, 2: comparison}):
        page = check(content)
        assert b"javascript:alert(1)//" not in content
        assert not set(page.words) & set("\x00\x07\x1b\x85\u202e\u2066\ufffe")
        assert "49" not in re.sub(r"\d{4}-\d\d-\d\dT[\d:]+Z|:49", "", page.words) or "7 * 7" not in bad


def test_a_source_cannot_lead_a_reader_to_a_script():
    for address in (
        "javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "//other.example/",
        "http://[bad",
        "https://",
        "https://user:secret@courier.example/a b?q=\"'<>&x=1#é",
        "https://courier.example/" + "x" * 5000,
        "https://courier.example/\ud800",
    ):
        content = html.article_page(
            replace(samples.untouched(), article=replace(samples.ARTICLE, url=address)), {}, samples.SITE
        )
        outward = [link["href"] for link in check(content).links if link["href"].startswith("http")]

        expected = "https://courier.example/a%20b?q=%22%27%3C%3E&x=1#%C3%A9"
        assert outward == ([expected] if "secret" in address else [])


# ------------------------------------------------------------------------------------------------- the style sheet


def style() -> str:
    return dict(html.assets())[paths.STYLE].decode()


def test_the_style_sheet_is_small_and_loads_nothing():
    assert len(style()) < 16 * 1024
    assert not re.search(r"url\(|@import|expression", style())


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        ("ink", "paper"),
        ("quiet", "paper"),
        ("quiet", "tint"),
        ("quiet", "move-paper"),
        ("ink", "move-paper"),
        ("link", "paper"),
        ("gone", "gone-paper"),
        ("come", "come-paper"),
        ("move", "move-paper"),
        ("gone", "move-paper"),
        ("quiet", "gone-paper"),
    ],
)
def test_every_colour_can_be_read_on_its_ground(ink, paper, scheme):
    roots = re.findall(r":root ?\{(.*?)\}", style(), re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+):(#\w+)", roots[scheme]))

    light, dark = sorted((luminance(colours[ink]), luminance(colours[paper])), reverse=True)

    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_what_came_and_went_is_told_without_colour_and_without_style():
    content = html.pair_page(samples.flood(), (0, 1), samples.FIRST_CHANGE, samples.SITE)

    assert b"<del><span>[-</span>14<span>-]</span></del>" in content
    assert b"<ins><span>{+</span>41<span>+}</span></ins>" in content
    assert "line-through" in style()
    assert "underline" in style()


# ------------------------------------------------------------------------------------------------- the same bytes

BUILD = """
import hashlib
from feedwatch.showing import opml
from tests import samples, test_atom, test_html
made = []
for history in test_html.ORDINARY:
    made += test_html.every_page(history, test_html.comparisons_of(history))
made += [test_atom.build(history, test_html.comparisons_of(history)) for history in test_html.ORDINARY]
made += [
    test_atom.notices_feed(channel, None, test_atom.news(), test_atom.compared(), samples.SITE, samples.CREATED)
    for channel in test_atom.Channel
]
made.append(opml.opml([samples.COURIER], samples.SITE, [samples.ARTICLE]))
print(hashlib.sha256(b"".join(made)).hexdigest())
"""


def test_hash_seed_time_zone_and_locale_do_not_show():
    settings_of_machines = [
        {"PYTHONHASHSEED": "1", "TZ": "America/St_Johns", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Chatham", "LC_ALL": "de_DE.UTF-8", "PYTHONUTF8": "1"},
    ]

    built = {
        subprocess.run(
            [sys.executable, "-c", BUILD],
            env={**os.environ, **machine},
            cwd=Path(__file__).parents[1],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for machine in settings_of_machines
    }

    assert len(built) == 1
