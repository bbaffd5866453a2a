"""What the wording of a line says of it, in the languages of news."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwatch.reading import sequences, stamps
from feedwatch.reading.address import speaks_of_itself, speaks_to_reader
from feedwatch.reading.sequences import words, words_and_figures
from feedwatch.reading.stamps import is_dateline, is_stamp
from feedwatch.reading.wording import Matter, find_phrases, heading_matter, is_credit, is_update


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("12 comments", Matter.COMMENTS),
        ("Related articles", Matter.RELATED),
        ("関連記事", Matter.RELATED),
        ("相关新闻", Matter.RELATED),
        ("橋は閉鎖された", None),
        ("Fourteen die", None),
        ("1,204", None),
        ("", None),
        ("Related " * 30, None),
    ],
)
def test_a_heading_announces_what_follows(text: str, matter: Matter | None) -> None:
    assert heading_matter(text) is matter


@pytest.mark.parametrize(
    "text",
    [
        "5 minutes ago",
        "just now",
        "vor 3 Stunden",
        "il y a 2 heures",
        "hace 5 minutos",
        "3時間前",
        "5分钟前",
        "منذ 3 ساعات",
        "1,204 shares 12 comments",
        "2026年3月2日 6時00分 更新",
        "2026-03-07 05:50 来源:本报 编辑:小周 阅读:94",
    ],
)
def test_a_line_of_times_and_counts_is_a_stamp(text: str) -> None:
    assert is_stamp(text)


@pytest.mark.parametrize(
    "text",
    [
        "Fourteen people died.",
        "14 people died at the pier.",
        "Nobody was there just now, when the lifeboats came.",
        "橋は3月2日に閉鎖された。",
        "comments",
        "5 minutes ago " * 20,
    ],
)
def test_a_sentence_is_no_stamp(text: str) -> None:
    assert not is_stamp(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Tell us what your street looks like.", True),
        ("Unsere Zeitung erscheint morgen.", True),
        ("“Your bridge is gone,” she told the mayor.", False),
        ("„Eure und unsere Brücke“, sagte sie.", False),
        ("The bridge is gone.", False),
        ("詳しくはこちらをご覧ください", True),
        ("市長は「ご覧ください」と述べた", False),
    ],
)
def test_a_notice_speaks_to_its_reader(text: str, *, told: bool) -> None:
    assert speaks_to_reader(text) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("This article was first published in March.", True),
        ("Dieser Artikel erschien zuerst im März.", True),
        ("“This article is a lie,” the minister said.", False),
        ("The article of the law was struck.", False),
        ("According to figures seen by this newspaper, the cost has risen.", False),
        ("Nach Zahlen, die dieser Zeitung vorliegen, sind die Kosten gestiegen.", False),
        ("この記事は無料です", True),
        ("橋は閉鎖された", False),
    ],
)
def test_a_notice_speaks_of_the_article(text: str, *, told: bool) -> None:
    assert speaks_of_itself(text) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Photo: A. Vinter / Studio", True),
        ("© A. Vinter", True),
        ("(c) Studio", True),
        ("写真：港湾局", True),
        ("Photos show the burning ferry.", False),
        ("Photo: " + "A. Vinter, " * 10, False),
        ("", False),
        ("写真家が撮影した", False),
    ],
)
def test_a_credit_says_who_made_a_picture(text: str, *, told: bool) -> None:
    assert is_credit(text) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("UPDATE 14:05: The ferry was towed.", True),
        ("Aktualisierung: Die Fähre ist im Hafen.", True),
        ("Update: 1", False),
        ("Updates to the law were promised.", False),
    ],
)
def test_an_update_says_at_its_start_that_it_is_one(text: str, *, told: bool) -> None:
    assert is_update(text) is told


@pytest.mark.parametrize(
    ("text", "strong", "weak"),
    [
        ("Sign up for our newsletter", {Matter.NEWSLETTER}, {Matter.NEWSLETTER}),
        ("Correction: there were 212 passengers.", {Matter.CORRECTION}, set()),
        ("訂正：乗客は212人でした", {Matter.CORRECTION}, set()),
        ("The ferry was towed back to port.", set(), set()),
    ],
)
def test_phrases_tell_what_a_line_is_for(text: str, strong: set[Matter], weak: set[Matter]) -> None:
    found = find_phrases(text)

    assert strong <= found.strong
    assert found.weak == weak
    assert found.is_correction == (Matter.CORRECTION in strong)


@pytest.mark.parametrize(
    "text",
    [
        "This text was changed on 4 June: the first one had the wrong town.",
        "Dieser Text wurde geändert, in einer früheren Fassung stand ein falscher Ort.",
        "Tekst zmieniono 4 czerwca, bo wcześniej podano inne miasto.",
        "Bu yazı 4 Haziran'da düzeltildi, önceki hâlinde kent yanlıştı.",
        "이 글은 앞선 글의 도시 이름을 6월 4일에 고쳤습니다.",
        "An earlier headline gave the ferry another name.",
        "We got the harbour master's name wrong: it is Ines Halloran.",
        "In einer früheren Überschrift stand der falsche Hafen.",
        "Nos equivocamos en el nombre del puerto.",
        "I en tidigare rubrik hade hamnen fel namn.",
        "Мы ошиблись в названии гавани.",
    ],
)
def test_a_note_that_says_what_was_changed_is_a_correction(text: str) -> None:
    assert find_phrases(text).is_correction


@pytest.mark.parametrize(
    "text",
    [
        "The court corrected an earlier ruling on the harbour.",
        "Spotted a mistake? Your letter helps us to correct it. Quote 1024.",
        "We changed our opening hours on 4 June.",
        "Where did we go wrong? Tell us, and win a book.",
    ],
)
def test_a_line_that_speaks_of_other_changes_is_none(text: str) -> None:
    assert not find_phrases(text).is_correction


@pytest.mark.parametrize(
    "text",
    [
        "Nennen Sie den Ort, an dem gewählt wird.",
        "Du läser som gäst, och dina val sparas.",
        "Czytasz jako gość, a twoja wizyta była wczoraj.",
        "Burada istediğiniz yazıyı bulabilirsiniz.",
        "우편번호를 알려 주세요.",
        "Donnez-nous le code postal.",
        "Lees het in onze krant.",
    ],
)
def test_words_to_the_reader_are_heard_in_more_languages(text: str) -> None:
    assert speaks_to_reader(text)


@pytest.mark.parametrize(
    "text",
    [
        "Sie sagte, dass sie nichts wisse.",
        "Le maire du village est venu avec les enfants.",
        "La mer a pris onze maisons.",
        "“Geben Sie her”, rief er.",
        "Il est assez grand, chez lui.",
    ],
)
def test_what_is_said_to_nobody_is_not(text: str) -> None:
    assert not speaks_to_reader(text)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("07.03.2026 05:50 · 6 min de lectura · 94 personas leen ahora esta página", True),
        ("2026-03-07 · à l’instant · 459 personnes lisent cette page", True),
        ("vor 29 Minuten | 459 Leser sind gerade auf dieser Seite", True),
        ("Norhaven – Port Ellery | 3:1", False),
        ("The ferry sank on 07.03.2026 · it was raised in May.", False),
        ("Norhaven, 7 March 2026", False),
    ],
)
def test_a_line_of_parts_with_a_date_among_them_is_a_dateline(text: str, dates: bool) -> None:
    assert is_dateline(text) == dates


@settings(max_examples=100)
@given(st.from_regex(stamps._RELATIVE))
def test_an_age_is_looked_for_in_every_line_that_has_one(line):
    ages = len(list(stamps._RELATIVE.finditer(line)))
    assert ages <= stamps._most_ages(line, words(line)) or any(part in line for part in stamps._CJK_AGES)


@given(st.text() | st.lists(st.sampled_from("aB9_ -'’.,“é\u3042\u0130ß\u0301\u00a0")).map("".join))
def test_words_are_what_their_pattern_finds(text: str) -> None:
    assert list(words(text)) == sequences._TOKEN.findall(text.replace("’", "'").casefold())


def test_words_of_a_long_line_are_those_of_its_halves() -> None:
    line = "It’s a long-drawn line, said «nobody»: "
    assert words(line * 100) == words(line) * 100


def test_a_figure_is_a_word_of_its_own_where_words_are_not_spaced() -> None:
    assert words_and_figures("架子上11样东西") == ["架子上", "11", "样东西"]
    assert words_and_figures("Deck 5b of 12") == ["deck", "5b", "of", "12"]
