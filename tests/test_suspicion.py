"""Which sightings are not believed at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwatch.judging.mojibake import are_twins
from feedwatch.judging.suspicion import brake, first_suspicion, is_confirmed, is_live, suspicion
from feedwatch.model import Block, Page, Suspect, Suspicion, Tally, Text

S = Suspicion
NOW = datetime(2031, 5, 3, 10, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
URL = "https://courier.example/news/2031/05/harbour-stays-closed"
TITLE = "Harbour stays closed"
BODY = (
    "The harbour of Port Merrow will stay closed until the spring, the council said on Tuesday.",
    "Engineers found cracks in the eastern wall “last week”, and work on it is expected to cost 1.5m crowns.",
    "Councillor Ada Brook told reporters that nobody was in danger but that ships would have to wait outside.",
    "The fishing families of the town say they have lost a third of their income since the autumn storms.",
    "“We can’t wait any longer,” said Tomas Reed, who owns two boats and employs nine people in the town.",
    "The ministry promised help for the families in January, but none of it has arrived so far, he said.",
)
OTHER = (
    "Three goats from the hill farms above Tarn won the first prize at the summer show on Sunday afternoon.",
    "Their owner has bred the rare white kind since she was a girl, as did her mother and grandmother before.",
    "Judges praised the animals' coats, and a crowd of several hundred followed them to the fountain with music.",
    "The show goes back to a market that a duke allowed the valley's people to hold when the bridge was built.",
)


def text(*lines: str, title: str = TITLE) -> Text:
    return Text(title, "", tuple(Block(line) for line in lines))


def page(*lines: str, title: str = TITLE, path: str = "trafilatura", signs: tuple[str, ...] = ()) -> Page:
    return Page(text(*lines, title=title), path, signs=frozenset(signs))


def seen(sighting: Page, final_url: str = URL, old: Text | None = None) -> Suspicion | None:
    """What is thought of a page that stands where the harbour's article was."""
    return suspicion(old or text(*BODY), "trafilatura", sighting, URL, final_url)


# ---------------------------------------------------------------------------------------------------------- walls


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Page not found", "Sorry, we could not find what you were looking for."),
        ("404", "Nothing here."),
        ("Courier", "This article is no longer available."),
        ("Seite nicht gefunden", "Die Seite existiert nicht mehr."),
        ("Courrier", "Page introuvable"),
        ("Correo", "Lo sentimos, la página no existe."),
        ("Corriere", "Pagina non trovata"),
        ("Correio", "Página não encontrada"),
        ("Koerier", "Pagina niet gevonden"),
        ("Курьер", "Страница не найдена"),
        ("新聞", "お探しのページは見つかりません"),
        ("报纸", "您访问的页面不存在"),
        ("جريدة", "الصفحة غير موجودة"),
    ],
)
def test_a_page_that_says_not_found_is_a_soft_404(title, line):
    assert seen(page(line, title=title)) is S.SOFT_404


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Just a moment...", "Checking your browser before you go on."),
        ("Courier", "Please verify you are a human to continue."),
        ("Before you continue", "We and our partners use cookies to measure what you read."),
        ("Courier", "Sign in to continue."),
        ("Kurier", "Wir benötigen Ihre Zustimmung zu Werbung und Cookies."),
        ("Kurier", "Bitte melden Sie sich an, um fortzufahren."),
        ("Courrier", "Avec votre accord, nous utilisons des cookies. Continuer sans accepter"),
        ("Correo", "Inicia sesión para seguir leyendo."),
        ("Corriere", "Contenuto riservato agli abbonati"),
        ("Correio", "Conteúdo exclusivo para assinantes"),
        ("Koerier", "Dit artikel is alleen voor abonnees"),
        ("Курьер", "Подтвердите, что вы не робот"),
        ("新聞", "この記事は会員限定です。ログインしてください。"),
        ("报纸", "请完成验证码"),
        ("جريدة", "للمشتركين فقط"),
    ],
)
def test_a_page_that_stands_before_the_article_is_a_wall(title, line):
    assert seen(page(line, title=title)) is S.WALL


def test_the_beginning_with_an_offer_after_it_is_a_wall():
    assert seen(page(*BODY[:2], "Subscribe to continue reading.")) is S.WALL


def test_the_beginning_on_a_page_that_asks_for_payment_is_a_wall():
    assert seen(page(*BODY[:2], signs=("paywall",))) is S.WALL
    assert seen(page(*BODY[:2], signs=("login-form",))) is S.WALL


def test_a_captcha_in_an_empty_page_is_a_wall_and_not_a_removal():
    assert seen(page(title="Courier", signs=("captcha",))) is S.WALL


def test_an_article_about_walls_is_believed_as_long_as_it_keeps_its_text():
    about = (
        "A captcha makes you verify you are human. Sign in to continue, it says; accept all cookies; page not found."
    )

    assert seen(page(*BODY, about)) is None
    assert seen(page(*BODY[:3], about, *BODY[4:])) is None


def test_signs_that_a_page_always_has_do_no_harm():
    edited = page(
        *BODY[:5], "The ministry denied it.", signs=("login-form", "paywall", "consent", "captcha", "noindex")
    )

    assert seen(edited) is None


def test_an_article_about_a_captcha_that_loses_most_of_its_text_is_a_stub_not_a_wall():
    old = text("How to verify you are human, and other captchas: the trouble with them.", *BODY)
    sighting = page("How to verify you are human, and other captchas: the trouble with them.", BODY[0])

    assert seen(sighting, old=old) is S.STUB


# ------------------------------------------------------------------------------------------------- stubs, other pages


@pytest.mark.parametrize(
    "lines",
    [
        BODY[:2],  # under half
        BODY[:4],  # the beginning, a third lost
        (*BODY[:3], BODY[3][:45] + "…"),  # cut within a line
        (*BODY[1:2], *BODY[4:5]),
    ],
)
def test_a_text_that_lost_much_is_a_stub(lines):
    assert seen(page(*lines)) is S.STUB


@pytest.mark.parametrize(
    "lines",
    [
        BODY[:5],  # editors cut last paragraphs
        BODY[1:],
        (*BODY[:2], *BODY[3:]),
        (*BODY, "The council meets again on Friday."),
        (*BODY[:1], "Work on the wall will cost 15m crowns.", *BODY[2:]),
        (BODY[0], *OTHER[:2], *BODY[3:]),
    ],
)
def test_an_edit_is_believed_at_once(lines):
    assert seen(page(*lines)) is None


def test_a_new_headline_over_the_old_text_is_believed():
    assert seen(page(*BODY, title="Families despair as port is shut until spring")) is None


def test_a_text_rewritten_under_its_headline_is_believed():
    rewritten = tuple(line.replace("the", "this").replace("of", "from").replace("said", "says") for line in BODY)

    assert seen(page(*rewritten)) is None


def test_another_article_is_foreign():
    assert seen(page(*OTHER, title="Goats win first prize")) is S.FOREIGN


def test_an_empty_page_is_blank():
    assert seen(page(title="Courier")) is S.BLANK


@pytest.mark.parametrize(
    ("final_url", "lines"),
    [
        ("https://courier.example/", OTHER),
        ("https://courier.example/en/", OTHER),
        ("https://courier.example/index.html", ()),
        ("https://courier.example/news/", OTHER),  # the article's section
    ],
)
def test_a_redirect_to_a_page_above_is_the_front_page(final_url, lines):
    assert seen(page(*lines, title="Courier"), final_url) is S.FRONT_PAGE


def test_a_redirect_to_the_same_story_elsewhere_is_no_front_page():
    assert seen(page(*BODY, "More."), "https://courier.example/2031/harbour-closed") is None
    assert seen(page(*BODY, "More."), "https://www.courier.example/news/2031/05/harbour-stays-closed/") is None


def test_a_text_found_on_another_path_is_suspect():
    assert seen(page(*BODY, "More.", path="json-ld")) is S.PATH


# ---------------------------------------------------------------------------------------------------------- mojibake


@pytest.mark.parametrize(
    ("lines", "written", "read"),
    [
        (BODY, "utf-8", "cp1252"),
        (BODY, "cp1252", "utf-8"),
        (BODY, "utf-8", "ascii"),
        (("Die Fähre fuhr über den großen Strom.", "Fünf Männer blieben zurück."), "utf-8", "latin-1"),
        (("Паром загорелся во вторник вечером.", "Капитан ничего не знал."), "utf-8", "cp1251"),
        (("Паром загорелся во вторник вечером.", "Капитан ничего не знал."), "koi8-r", "cp1251"),
        (("船長は知っていた。", "港は閉鎖された。"), "utf-8", "shift_jis"),
    ],
)
def test_a_text_in_the_wrong_encoding_is_known_on_both_sides(lines, written, read):
    broken = tuple(line.encode(written, "replace").decode(read, "replace") for line in lines)

    assert are_twins(text(*lines), text(*broken))
    assert are_twins(text(*broken), text(*lines))
    assert seen(page(*broken), old=text(*lines)) is S.MOJIBAKE


def test_a_text_escaped_twice_is_known():
    broken = tuple(line.replace("“", "&#8220;").replace("”", "&#8221;").replace("’", "&amp;#8217;") for line in BODY)

    assert are_twins(text(*BODY), text(*broken))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("He called it “help”.", "He called it help."),  # scare quotes taken out
        ("The café is shut.", "The caf is shut."),
        ("The café is shut – for now.", "The café is shut for now."),
        ("It is shut.", "Is it shut?"),
        ("他是船长。", "她是船长。"),
        ("船長", "社長"),
        ("Ärger um die Fähre", "Ärger um die Fähren"),
    ],
)
def test_an_edit_of_letters_and_signs_is_no_mojibake(old, new):
    assert not are_twins(text(old), text(new))


# ---------------------------------------------------------------------------------------------------------- first sight


def test_a_first_sight_of_an_article_is_believed_even_behind_payment():
    assert first_suspicion(page(*BODY), URL, URL) is None
    assert first_suspicion(page(BODY[0], "Subscribe to continue reading.", signs=("paywall",)), URL, URL) is None


@pytest.mark.parametrize(
    ("sighting", "final_url", "kind"),
    [
        (page(), URL, S.BLANK),
        (page("Sorry.", title="Page not found"), URL, S.SOFT_404),
        (page("Checking your browser.", title="Just a moment..."), URL, S.WALL),
        (page("Hello.", signs=("captcha",)), URL, S.WALL),
        (page(*OTHER), "https://courier.example/", S.FRONT_PAGE),
    ],
)
def test_a_first_sight_of_no_article_is_not_kept(sighting, final_url, kind):
    assert first_suspicion(sighting, URL, final_url) is kind


def test_an_article_about_error_404_is_an_article():
    assert first_suspicion(page(*BODY, *OTHER, title="How “404 page not found” became a joke"), URL, URL) is None


# ---------------------------------------------------------------------------------------------------------- belief


@pytest.mark.parametrize(
    ("kind", "sha", "looks", "after", "confirmed"),
    [
        (S.STUB, "a", 3, 6 * HOUR, True),
        (S.STUB, "a", 3, 5 * HOUR, False),  # three looks within minutes agree with one bad hour
        (S.STUB, "a", 2, 9 * HOUR, False),
        (S.GONE, "410", 1, 0 * HOUR, True),
        (S.GONE, "404", 2, 9 * HOUR, False),
        (S.GONE, "404", 3, HOUR, True),
        (S.FLAP, "a", 1, 9 * HOUR, False),
        (S.FLAP, "a", 2, HOUR, True),
        (S.PATH, "a", 2, HOUR, True),
        (S.FLOOD, "a", 2, HOUR, True),
    ],
)
def test_a_suspect_is_believed_after_enough_looks_over_enough_time(kind, sha, looks, after, confirmed):
    assert is_confirmed(Suspect(kind, sha, NOW, looks), NOW + after) is confirmed


@pytest.mark.parametrize(
    ("tally", "held"),
    [
        (Tally(), False),
        (Tally(checks=9, changed=9), False),  # too few to tell
        (Tally(checks=10, changed=3), False),
        (Tally(checks=10, changed=4), True),
        (Tally(checks=100, changed=20, failed=20), True),
        (Tally(checks=100, changed=30), False),
    ],
)
def test_a_source_that_changes_or_fails_by_a_third_is_held(tally, held):
    assert brake(tally) is held


def test_a_page_with_many_changes_in_hours_is_live():
    every_half_hour = [NOW - n * HOUR / 2 for n in range(8)]
    every_day = [NOW - n * DAY for n in range(30)]

    assert is_live(every_half_hour, NOW)
    assert is_live([NOW, NOW - HOUR], NOW, paragraphs_added=9)
    assert is_live([], NOW, declared=True)
    assert not is_live(every_day, NOW)
    assert not is_live([NOW], NOW, paragraphs_added=30)


lines = st.lists(st.text(max_size=40), max_size=6)


@settings(max_examples=80, deadline=None)
@given(lines, lines, st.text(max_size=20), st.text(max_size=30))
def test_any_two_pages_can_be_compared(one, other, title, path):
    old, sighting = text(*one), page(*other, title=title)

    assert suspicion(old, "site", sighting, URL, f"https://courier.example/{path}") in {*S, None}
    assert first_suspicion(sighting, URL, f"https://courier.example/{path}") in {*S, None}
