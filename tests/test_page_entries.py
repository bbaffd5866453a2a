"""Entries of live articles among the paragraphs, and lines in scripts that write words without spaces or with signs."""

from __future__ import annotations

import pytest

from feedwatch.reading.sequences import units, words
from feedwatch.reading.stamps import is_stamp
from feedwatch.reading.strange import telling_words
from feedwatch.reading.wording import is_update
from tests.test_page import LINE, LINK, TITLE, lines, read, written
from tests.test_page_pairs import difference

SAID = "Two crews are on their way, the coastguard said."
ENTRIES = {
    "an article of its own": f"<article><time>18:40</time><p>{SAID}</p></article>",
    "boxes with a class": f'<div class="k3"><div>18.40 Uhr</div><div><p>{SAID}</p><p>{LINE}</p></div></div>',
    "one with a heading": f'<div class="k3"><span>18:40</span><h3>Crews called</h3><p>{SAID}</p></div>',
    "signs for hours": f'<div class="k3"><p>18时40分</p><p>{SAID}</p></div>',
}


@pytest.mark.parametrize("name", ENTRIES)
def test_an_entry_of_a_live_article_is_told(name: str) -> None:
    entry = ENTRIES[name]

    for old, new in (("", entry), (entry, ""), (entry, entry.replace("Two", "41"))):
        assert difference(written(old), written(new)) != ([], [])
    assert SAID in read(written(entry)).text.paragraphs


OTHERS = {
    "latest news": f'<div class="k3"><p>18:40</p><p>{LINK.format("Bridge shut after a lorry hit it.")}</p></div>',
    "a programme": '<div class="k3"><p>18:40</p><p>Quiz of the week with Ada Merrow</p></div>',
    "a comment": '<div class="k3"><p>Ada M.</p><p>18:40</p><p>Quizzes and hampers, how typical.</p></div>',
    "an age": '<div class="k3"><p>3 hours ago</p><p>Quizzes and hampers, how typical.</p></div>',
    "something to press": '<div class="k3"><p>18:40</p><p>Quizzes and hampers.</p><button>More</button></div>',
    "a box beside the article": ('<div class="k3"><p>18:40</p><p>Quizzes and hampers.</p></div>'),
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_has_a_time_and_is_no_entry_is_not_told(name: str) -> None:
    box = OTHERS[name]
    pages = [written(around=each) if name.startswith("a box") else written(each) for each in ("", box)]

    assert difference(*pages) == ([], [])


CAPTION = '<figure><img src="/a.jpg"><figcaption>{}</figcaption></figure>'
SCRIPTS = {
    "Chinese": (CAPTION.format("周一风暴前的北码头"), CAPTION.format("周日风暴后的北码头")),
    "Japanese": (CAPTION.format("嵐の前、月曜の北防波堤"), CAPTION.format("嵐の後、日曜の北防波堤")),
    "an item that begins with a figure": (
        "<ul><li>票价上涨</li></ul>",
        "<ul><li>票价上涨</li><li>5月4日起减少两班渡轮</li></ul>",
    ),
    "Hindi": (lines("बंदरगाह बुधवार तक बंद रहेगा।"), lines("बंदरगाह सोमवार तक बंद रहेगा।")),
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_an_edit_in_another_script_is_told(name: str) -> None:
    old, new = SCRIPTS[name]

    assert difference(written(old), written(new)) != ([], [])


def test_signs_on_letters_are_parts_of_words() -> None:
    assert list(words("तूफ़ान से पहले, it's two-fold")) == ["तूफ़ान", "से", "पहले", "it's", "two-fold"]
    assert units("北码头2024年 and ships") == ["北", "码", "头", "2024", "年", "and", "ships"]


@pytest.mark.parametrize(
    ("text", "telling"),
    [("इंजीनियर", {"इंजीनियर"}), ("북쪽 부두", {"북쪽", "부두"}), ("北码头", {"北码", "码头"}), ("ships", {"ships"})],
)
def test_words_tell_in_scripts_with_short_words(text: str, telling: set[str]) -> None:
    assert telling_words(text) == telling


@pytest.mark.parametrize(
    "text", ["18:40 Update: The fire is out.", "18时40分更新:渡轮已被拖走。", "अपडेट, शाम 6:40: आग बुझ गई।"]
)
def test_an_update_may_say_its_time_first(text: str) -> None:
    assert is_update(text)


@pytest.mark.parametrize(
    ("text", "stamp"), [("12件のコメント", True), ("2026年5月4日 10:00", True), ("5月4日から1時間に2本を減便", False)]
)
def test_a_sentence_that_begins_with_a_figure_is_no_stamp(text: str, stamp: bool) -> None:
    assert is_stamp(text) is stamp


OTHER = "All that burned at sea last night"
HEAD = '<meta property="og:type" content="article">'


@pytest.mark.parametrize(
    ("head", "title", "told"),
    [
        (HEAD, f"<h1>The Paper</h1><h1>{OTHER}</h1>", OTHER),  # the outlet's name is short
        (HEAD, f'<h1><a href="/">The Paper of the Coast</a></h1><h1>{OTHER}</h1>', OTHER),
        (HEAD, f"<h1>{OTHER}</h1><h1>Letters of the month</h1>", TITLE),
        ("", f'<h1 class="entry-title">{OTHER}</h1>', OTHER),
        ("", f"<h1>{OTHER}</h1>", TITLE),
    ],
)
def test_a_headline_that_the_head_does_not_know_yet_is_read(head: str, title: str, told: str) -> None:
    assert read(written(head=head, title=title)).text.title == told
