"""Lines that lead elsewhere or speak of the outlet are no edit; what is the article's in the same place is one."""

from __future__ import annotations

import pytest

from feedwatch.reading.stamps import is_stamp
from feedwatch.reading.wording import is_update, tells_of_outlet
from tests.test_page import BODY, LINE, LINK, lines, written
from tests.test_page_pairs import BOX, difference

PHOTO = '<figure><img src="/a.jpg"><figcaption>{}</figcaption></figure>'
LETTERS = (
    '<div class="k9"><h4>On the letters page</h4><blockquote><p>No gritter was ever seen on that road.</p></blockquote>'
    '<a href="/x">{}</a></div>'
)
FURNITURE = {
    "a trail": ("", lines("Front page › County › Courts")),
    "another trail": (lines("Front page › County › Courts"), lines("Front page › Ferries")),
    "a choice of languages": ("", lines("Also in: Français, Polski, العربية")),
    "another choice of languages": (
        lines("Read in Français, 日本語"),
        lines("Read in Français, 日本語, Türkçe (4 more)"),
    ),
    "a call with its button": ("", '<p>A word each evening, for 12 crowns. <button type="button">Allow</button></p>'),
    "a paragraph with a class of its own": (
        "",
        '<p class="k9">Quiz: six letters, nine tries, and a hamper for luck.</p>',
    ),
    "its count": (
        '<p class="k9">Quiz players: 122, hampers won by luck.</p>',
        '<p class="k9">Quiz players: 187, hampers won by luck.</p>',
    ),
    "who pays": ("", lines("Supported by the Kell Trust. It has no influence on what is written.")),
    "who pays in Ukrainian": ("", lines("Цикл виходить за підтримки фонду. На зміст він не впливає.")),
    "a request for mistakes": ("", lines("Spotted a mistake? Tell the desk.")),
    "a request for mistakes in French": ("", lines("Une erreur ? Signalez-la au journal.")),
    "an offer without advertising": ("", lines("Read without advertising? For 6 crowns a month.")),
    "an address to write to": ("", lines("Were you there, or do you live near? Write to desk4@paper.example.")),
    "the page in print": ("", lines("Page 4 of the printed paper, late city printing.")),
    "the time of the last update in Swedish": ("", lines("Uppdaterad 12 maj 2026 kl. 14.05")),
    "a label and a link": ("", f"<p>Luettavaa: {LINK.format('Silta suljettu kuorma-autoilta')}</p>"),
    "another link behind its label": (
        f"<p>Luettavaa: {LINK.format('Silta suljettu kuorma-autoilta')}</p>",
        f"<p>Luettavaa: {LINK.format('Satamamaksut nousevat')}</p>",
    ),
    "a line that ends in what to press": (
        "",
        f"<p>Quizzes and hampers for 4,108 of them this month. {LINK.format('Count me in')}</p>",
    ),
    "the picture that leads to so many": (
        "",
        PHOTO.format(f"Sheds under snow {LINK.format('See all 17 photos')}"),
    ),
    "a reader's words out of so many": (
        "",
        LETTERS.format("Join 213 others"),
    ),
    "the time of the last update in Korean": ("", lines("업데이트 2026.05.12 오후 2:05")),
}


@pytest.mark.parametrize("name", FURNITURE)
def test_what_leads_elsewhere_is_no_difference(name: str) -> None:
    old, new = FURNITURE[name]

    assert difference(written(old), written(new)) == ([], [])
    assert difference(written(new), written(old)) == ([], [])


TALL = BOX.format("".join(f"<p>{line} So it was.</p>" for line in BODY[:3]) + "{}")
QUIZ = '<p class="k9">The ferry and the harbour stay closed until the witnesses are heard.</p>'
EDITS = {
    "a sentence that ends in a link": ("", f"<p>Nobody was on the pier, as {LINK.format('its keeper said')}</p>"),
    "a figure before what to press": (
        f"<p>The ferry had 41 passengers and a crew of nine on board. {LINK.format('What is known')}</p>",
        f"<p>The ferry had 14 passengers and a crew of nine on board. {LINK.format('What is known')}</p>",
    ),
    "a label and a sentence of which a part is a link": (
        "",
        f"<p>Its keeper: nobody was on the pier, {LINK.format('nobody at all')}.</p>",
    ),
    "a caption that names a picture's owner": (
        "",
        PHOTO.format(f"The ferry before it burned. {LINK.format('A. Vinter')}"),
    ),
    "a quotation in a box": ("", '<div class="k9"><blockquote><p>No gritter was on that road.</p></blockquote></div>'),
    "a paragraph with a class of its own on the article's matters": ("", QUIZ),
    "somebody's words in a paragraph with a class of its own": (
        "",
        '<p class="k9">“Quizzes, hampers and leaflets are all that we ever got,” said Ada Merrow.</p>',
    ),
    "a paragraph with a class that another one has": (
        '<p class="k9">Six hampers were found below.</p>',
        '<p class="k9">Six hampers were found below.</p><p class="k9">Leaflets, quizzes and hampers float there.</p>',
    ),
    "a paragraph with nothing of the article, made like its own": ("", lines("Quiz: six letters, nine tries.")),
    "quotation marks that point outwards": ("", lines("Il a dit « non » hier › puis rien")),
    "one language": ("", lines("The notice on the ferry was in Français only, and nobody had read it.")),
    "a button inside a sentence": ("", "<p>The hull <button>i</button> had been painted in the spring.</p>"),
    "the sign of a footnote": ("", "<p>The hull had been painted in the spring. <button>1</button></p>"),
    "a long paragraph that ends in a button": ("", f"<p>{LINE} {LINE} {LINE} <button>More</button></p>"),
    "who pays for what the article is about": (
        "",
        lines("The shipping line supports the inquiry of the port authority, and has no influence on what it writes."),
    ),
    "an address that witnesses are asked to write to": (
        "",
        lines("The coast guard asks witnesses to write to ferry@coast.example."),
    ),
    "a list beside the text of a box": (
        TALL.format(""),
        TALL.format("<ul><li>The bridge stays shut.</li></ul>"),
    ),
    "an update in Ukrainian": (
        "",
        '<div class="k9"><p>Доповнено о 18:40: рада скасувала засідання в четвер.</p></div>',
    ),
    "an update in Korean": ("", '<div class="k9"><p>추가(오후 6시 40분): 의회가 목요일 회의를 취소했다.</p></div>'),
}


@pytest.mark.parametrize("name", EDITS)
def test_what_is_the_articles_in_the_same_place_is_a_difference(name: str) -> None:
    old, new = EDITS[name]

    assert difference(written(old), written(new)) != ([], [])
    assert difference(written(new), written(old)) != ([], [])


@pytest.mark.parametrize(
    "text",
    [
        "Uppdatering: Färjan är bärgad.",
        "Aktualizacja, 18.40: rada odwołała czwartkowe posiedzenie.",
        "Güncelleme, 18.40: Meclis toplantıyı iptal etti.",
        "Доповнено о 18:40: рада скасувала засідання.",
        "Päivitys: Lautta on nostettu.",
        "Frissítés: A kompot kiemelték.",
    ],
)
def test_an_update_is_told_in_other_languages(text: str) -> None:
    assert is_update(text)
    assert not is_stamp(text)


@pytest.mark.parametrize(
    "text",
    ["Uppdaterad 12 maj 2026 kl. 14.05", "Оновлено о 14:05", "Aktualizacja: 12 maja 2026, 14:05", "수정 2026-05-12"],
)
def test_the_time_of_an_update_is_a_stamp_in_other_languages(text: str) -> None:
    assert is_stamp(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Gefördert vom Institut für Gewässer. Auf den Inhalt hat es keinen Einfluss.", True),
        ("Hittat ett fel? Hör av dig.", True),
        ("Haben Sie einen Fehler entdeckt? Schreiben Sie uns.", True),
        ("Did you see the fellow who sold the tickets?", False),
        ("Ohne Werbung lesen? Für 10 Kronen im Monat geht das.", True),
        ("広告なしで読みますか？月額500円", True),
        ("The station will do without advertising from the spring.", False),
        ("Auditors found an error in the accounts of the port.", False),
        ("The county supports the ferry with two million crowns.", False),
        ("?", False),
    ],
)
def test_a_line_of_the_outlet_says_who_pays_or_asks_for_mistakes(text: str, *, told: bool) -> None:
    assert tells_of_outlet(text) is told
