"""News about cookies, newsletters and apps is told, although its words are those of furniture."""

from __future__ import annotations

from html import escape

import pytest

from bench.adapters import compare, extract
from bench.subjects import URL, Story, read_stories
from feedwatch.reading.wording import tells_of_others
from tests.test_page import lines, written
from tests.test_page_pairs import difference

STORIES = {story.matter: story for story in read_stories()}


@pytest.mark.parametrize("matter", STORIES)
def test_a_paragraph_about_what_furniture_speaks_of_is_told(matter: str) -> None:
    story = STORIES[matter]

    for line in story.news:
        with_it = story.page(line)
        assert line in extract(with_it, URL)[1]
        assert compare(story.page(), with_it, URL)
        assert compare(with_it, story.page(), URL)


def test_what_an_outlet_says_of_the_same_is_mostly_left_out() -> None:
    lines = [(story, line) for story in STORIES.values() for line in story.furniture]

    told = [line for story, line in lines if compare(story.page(), story.page(line), URL)]

    assert len(told) <= len(lines) / 6, told  # nothing but their words tells them from the article's paragraphs


def test_every_story_is_whole() -> None:
    assert len(STORIES) == 24
    assert all(len(story.news) == len(story.furniture) == 5 for story in STORIES.values())


@pytest.mark.parametrize(
    "line",
    [
        '"Sign up to our newsletter," the leaflet said.',
        "»Wir verwenden Cookies«, stand auf jeder Seite.",
        "«Identifiez-vous», demandait le site.",
        "The ministry found that four in five of the pages that it had visited wanted readers to log in with a phone.",
    ],
)
def test_a_line_that_quotes_furniture_tells_of_it(line: str) -> None:
    assert tells_of_others(line)


@pytest.mark.parametrize(
    "line",
    [
        "Sign up to our newsletter.",
        '"Sign up to our newsletter."',
        "Sign up to our newsletter for all that you need to know about the harbour, the ships in it and the people.",
        "This site uses cookies.",
        "Log in with a phone to read all that was written on the harbour since it was shut to the ferries in March.",
    ],
)
def test_a_line_that_calls_on_the_reader_does_not(line: str) -> None:
    assert not tells_of_others(line)


def test_a_story_puts_lines_among_its_paragraphs() -> None:
    story = Story("en", "tests", "A title", ["One.", "Two.", "Three."])

    assert b"<p>Two.</p><p>New.</p><p>Three.</p>" in story.page("New.")


NEWS_LIKE_CALLS = [
    "Use of the app doubled in the week after the fire, said the company that makes it.",
    "Sign-ups to the harbour's newsletter rose by a third, the port authority said on Tuesday.",
    "Support for the app grew among the islanders, of whom two in three now have it.",
    "Share prices of the podcast maker fell by 8 per cent after the news of the fire.",
    "Readers of the newsletter learned of the fire an hour before the passengers' families did.",
    "Make no mistake, the judge told the company: the inbox was read by three of its directors.",
    "Download figures for the app were false, the inquiry found, and had been so for two years.",
    "“Get the app and stay below deck,” the crew told passengers, according to the inquiry's first report.",
    "The minister, asked on Instagram, said no; the app of the ferry line was down for the night.",
    "Passengers were told by e-mail from tickets@ferry.example that the crossing would take place.",
    "Recibe tres euros de cada suscripción a la aplicación, según el informe del puerto.",
    "Die App der Reederei war in der Nacht nicht erreichbar, und werden Fahrten abgesagt, erfährt man es spät.",
    "L'appli et les abonnés du service de ferry ont été oubliés, selon le rapport.",
    "تابع الركاب الحريق على فيسبوك قبل وصول قوارب النجاة.",
    "De redactie van het jaarboek telt nu 14 leden, en geeft het boek niet meer uit.",
    "This is one of three ships that were built for the line at Tarnwick.",
    "Anyone who was on board is asked to write to ferry@police.example, the force said.",
]


@pytest.mark.parametrize("line", NEWS_LIKE_CALLS)
def test_news_that_begins_like_a_call_on_the_reader_is_told(line: str) -> None:
    assert difference(written(), written(f"<p>{escape(line)}</p>")) == ([], [line])


CALLS = [
    "Get the harbour's news first: download the Gazette app and choose your towns.",
    "Join the readers' circle on WhatsApp and be the first to know.",
    "Listen to the week's talk in the Saturday podcast.",
    "Abonnez-vous à l'infolettre du matin.",
    "Écoutez le podcast du samedi, une heure de mer.",
    "Assine a newsletter do porto e receba tudo às sete.",
    "Schrijf mee: stuur een foto aan de redactie.",
    "Pobierz aplikację „Gońca” i miej wieści z portu w kieszeni.",
    "Ladda ner appen och följ hamnen timme för timme.",
    "Yeni bültenimize kaydolun.",
    "Скачайте приложение газеты и читайте без рекламы.",
    "تابعوا الصحيفة على واتساب كل صباح.",
    "Were you on board? Write to ferry@paper.example.",
    "This is one of 12 articles that anybody may read this month.",
]


@pytest.mark.parametrize("line", CALLS)
def test_a_call_on_the_reader_among_the_paragraphs_is_not(line: str) -> None:
    assert difference(written(), written(f"<p>{escape(line)}</p>")) == ([], [])


def test_a_call_to_use_what_the_article_is_about_is_told() -> None:
    story = [f"The MRCC app was down on {day}, its makers said." for day in ("Monday", "Tuesday")]
    line = "Download the MRCC app from the coast guard's own pages, since copies of it are about."

    assert difference(written(lines(*story)), written(lines(*story, line))) == ([], [line])


def test_advice_in_which_every_paragraph_calls_on_the_reader_is_told() -> None:
    steps = [f"Tap the app of the port and give it your cabin's number, step {n} of the plan says." for n in range(8)]
    more = "Download the app on the day before, since the ship has no network at sea."

    assert difference(written(lines(*steps)), written(lines(*steps, more))) == ([], [more])
