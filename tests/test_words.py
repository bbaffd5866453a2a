"""Every phrase complete in every language, and the one plain line right."""

import dataclasses
import string
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from feedwatch.judging.passages import with_passages
from feedwatch.model import Channel, Event, EventKind, Facts, Grade, State
from feedwatch.showing.health import Health
from feedwatch.showing.languages import LANGUAGES
from feedwatch.showing.phrases import PagePhrases, Phrases
from feedwatch.showing.plain import one_line
from feedwatch.showing.words import SUMMARY_LIMIT, TITLE_LIMIT, words
from tests import samples

ENGLISH = words("en")
NOON = datetime(2031, 5, 3, 12, 0, tzinfo=UTC)


def _texts(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case tuple():
            return list(value)
        case Mapping():
            return [text for key in sorted(value) for text in _texts(value[key])]
        case _:
            return []


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(Phrases)])
def test_every_phrase_is_there_and_takes_what_the_english_one_takes(language, field):
    english, other = getattr(LANGUAGES["en"], field), getattr(LANGUAGES[language], field)

    assert len(_texts(other)) == len(_texts(english))
    if field != "code" and not callable(english):
        for ours, theirs in zip(_texts(english), _texts(other), strict=True):
            assert theirs
            # A singular may spell its number out.
            assert _places(theirs) - {"n"} == _places(ours) - {"n"}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(PagePhrases)])
def test_every_phrase_of_the_sites_pages_is_there(language, field):
    ours, theirs = (_texts(getattr(LANGUAGES[code].pages, field)) for code in ("en", language))

    assert len(theirs) == len(ours) > 0
    assert all(theirs)
    assert [_places(text) - {"n"} for text in theirs] == [_places(text) - {"n"} for text in ours]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_grade_event_and_channel_is_named(language):
    phrases = LANGUAGES[language]

    assert list(phrases.grades) == list(Grade)
    assert list(phrases.events) == list(phrases.event_titles) == list(phrases.event_texts) == list(EventKind)
    assert list(phrases.channels) == list(phrases.channel_subtitles) == list(Channel)
    assert list(phrases.pages.grade_meanings) == list(Grade)
    assert (
        set(phrases.pages.states)
        == set(phrases.pages.trouble_titles)
        == set(phrases.pages.trouble_texts)
        == set(Health)
    )
    assert len(phrases.pages.about_headings) == len(phrases.pages.about_texts)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_plurals_name_their_number(language):
    phrases = LANGUAGES[language]
    forms = [getattr(phrases, field.name) for field in dataclasses.fields(Phrases) if field.type == "Forms"]

    assert len(forms) > 10
    assert all("{n}" in plural or "{list}" in plural for _, plural in forms)


@pytest.mark.parametrize(
    ("language", "code"),
    [("en", "en"), ("de-AT", "de"), ("fr_CA", "fr"), ("DE", "de"), ("tlh", "en"), ("", "en")],
)
def test_a_language_is_found_by_its_primary_subtag_and_english_is_the_fallback(language, code):
    assert words(language).phrases.code == code


@pytest.mark.parametrize(
    ("language", "moment"),
    [("en", "3 May 2031, 12:00 UTC"), ("de", "3. Mai 2031, 12:00 UTC"), ("fr", "3 mai 2031 à 12:00 UTC")],
)
def test_moments_are_in_utc_and_cannot_be_misread(language, moment):
    eastern = NOON.astimezone(timezone(timedelta(hours=9)))

    assert words(language).moment(eastern) == moment


@pytest.mark.parametrize(
    ("start", "text"),
    [
        (NOON - timedelta(minutes=30), "between 11:30 and 12:00 UTC on 3 May 2031"),
        (NOON - timedelta(hours=13), "between 2 May 2031, 23:00 UTC and 3 May 2031, 12:00 UTC"),
        (NOON - timedelta(days=365), "between 3 May 2030, 12:00 UTC and 3 May 2031, 12:00 UTC"),
        (NOON, "before 3 May 2031, 12:00 UTC"),
        (None, "before 3 May 2031, 12:00 UTC"),
    ],
)
def test_a_change_is_bracketed_by_the_looks_before_and_after(start, text):
    assert ENGLISH.between(start, NOON) == text


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(seconds=-5), "about a minute later"),
        (timedelta(0), "about a minute later"),
        (timedelta(seconds=89), "about a minute later"),
        (timedelta(seconds=90), "about 2 minutes later"),
        (timedelta(minutes=44), "about 44 minutes later"),
        (timedelta(minutes=59), "about 59 minutes later"),
        (timedelta(minutes=60), "about an hour later"),
        (timedelta(minutes=89), "about an hour later"),
        (timedelta(hours=4, minutes=4), "about 4 hours later"),
        (timedelta(hours=35), "about 35 hours later"),
        (timedelta(hours=36), "about 2 days later"),
        (timedelta(days=9), "about 9 days later"),
        (timedelta(days=21), "about 3 weeks later"),
        (timedelta(days=100), "about 3 months later"),
        (timedelta(days=800), "about 2 years later"),
    ],
)
def test_spans_are_told_roughly(span, text):
    assert ENGLISH.later(span) == text


def test_numbers_are_grouped_as_the_language_does():
    assert [words(language).number(1234567) for language in ("en", "de", "fr")] == [
        "1,234,567",
        "1.234.567",
        "1\u202f234\u202f567",
    ]


def test_the_plain_line_says_what_changed_and_that_the_headline_did_not():
    facts = Facts(
        (Grade.FIGURES, Grade.REMOVED),
        figures=(("14", "41"),),
        names_removed=("Prof Eileen Munro",),
        paragraphs_removed=2,
    )

    assert ENGLISH.summary(facts) == ("Figures: 14 → 41. 2 paragraphs removed (Prof Eileen Munro). Headline unchanged.")
    assert words("de").summary(facts) == (
        "Zahlen: 14 → 41. 2 Absätze entfernt (Prof Eileen Munro). Überschrift unverändert."
    )
    assert words("fr").summary(facts) == (
        "Chiffres\u00a0: 14 → 41. 2 paragraphes supprimés (Prof Eileen Munro). Titre inchangé."
    )


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        (Facts(()), "Text changed. Headline unchanged."),
        (Facts((Grade.WORDING,)), "Wording changed. Headline unchanged."),
        (Facts((Grade.WORDING,), paragraphs_changed=1), "1 paragraph reworded. Headline unchanged."),
        (Facts((Grade.TYPOGRAPHIC,)), "Only typography changed. Headline unchanged."),
        (Facts((Grade.TYPOGRAPHIC, Grade.NEGATION)), "A negation came or went. Headline unchanged."),
        (
            Facts((Grade.NEGATION,), negations=(("", "nicht"), ("nie", ""), ("kein", "weder"))),
            "Negation: “nicht” added, “nie” removed, “kein” → “weder”. Headline unchanged.",
        ),
        (Facts((Grade.HEADLINE, Grade.WORDING)), "Headline changed."),
        (Facts((Grade.STANDFIRST, Grade.WORDING)), "Standfirst changed. Headline unchanged."),
        (Facts((Grade.QUESTION,)), "A question mark came or went. Headline unchanged."),
        (Facts((Grade.QUESTION,), question_marks=1), "Question mark added. Headline unchanged."),
        (Facts((Grade.QUESTION,), question_marks=-2), "Question mark removed. Headline unchanged."),
        (Facts((Grade.MOVED,), paragraphs_moved=3), "3 paragraphs moved. Headline unchanged."),
        (Facts((Grade.HEADLINE,)), "Headline changed."),
        (Facts((Grade.STANDFIRST,)), "Standfirst changed. Headline unchanged."),
        (Facts((Grade.NAMES,), names_added=("Ada Lund",)), "Names added: Ada Lund. Headline unchanged."),
        (Facts((Grade.NAMES,), names_removed=("Ada Lund",)), "Names removed: Ada Lund. Headline unchanged."),
        (
            Facts(
                (Grade.NAMES,),
                names_added=("Ida Lund", "Per Vik"),
                names_removed=("Ada Lund",),
                names_changed=(("Ada Lund", "Ida Lund"),),
            ),
            "Names: Ada Lund → Ida Lund. Names added: Per Vik. Headline unchanged.",
        ),
        (
            Facts((Grade.FIGURES,), figures=(("", "7"), ("9", ""), ("1", "2"), ("3", "4"), ("5", "6"))),
            "Figures: 7 added, 9 removed, 1 → 2, 3 → 4 and 1 more. Headline unchanged.",
        ),
        (
            Facts((Grade.QUOTES,), quotes_added=("“We knew.”",)),
            "Quote added: “We knew.” Headline unchanged.",
        ),
        (
            Facts((Grade.QUOTES,), quotes_marked=("help",), quotes_unmarked=("aid", "a gift")),
            ("Now in quotation marks: “help”. No longer in quotation marks: “aid”, “a gift”. Headline unchanged."),
        ),
        (Facts((Grade.WORDING,), reverts_to=2), "Back to the text of version 2. Wording changed. Headline unchanged."),
        (
            Facts((Grade.CORRECTION, Grade.SILENT), correction="Correction: it was 41."),
            (
                "Correction note added: “Correction: it was 41.” Headline unchanged. "
                "The article itself does not mention the change."
            ),
        ),
    ],
)
def test_each_grade_has_its_words(facts, text):
    assert ENGLISH.summary(facts) == text


SAME = "= The ferry sailed at nine."
MORE = "+ The pier is closed."


def test_a_title_has_the_words_of_a_standfirst_that_was_reworded():
    comparison = samples.compared("Ferry", "Inspectors [-found-]{+say+} that[-:-]{+, and+} it sank.", SAME)
    facts = with_passages(Facts((Grade.STANDFIRST, Grade.WORDING)), comparison)

    assert ENGLISH.change_title(facts, comparison, "Ferry") == (
        "Standfirst changed: “found” → “say”, “:” → “, and” – Ferry"
    )


def test_a_title_tells_a_changed_standfirst_last_where_it_has_no_words_for_it():
    grades = (Grade.FIGURES, Grade.QUOTES, Grade.STANDFIRST, Grade.REMOVED)
    facts = Facts(grades, figures=(("14", "41"),), quotes_removed=("No.",), paragraphs_removed=2)

    assert ENGLISH.change_title(facts, None, "Ferry") == (
        "Figures: 14 → 41; Quote removed: “No.”; 2 paragraphs removed – Ferry"
    )


@pytest.mark.parametrize(
    ("rows", "facts", "text"),
    [
        (
            "~ Motorcycles [-and buses -]remain free.",
            Facts((Grade.WORDING,), paragraphs_changed=1),
            "1 paragraph reworded: “and buses” removed",
        ),
        (
            "~ Hunters [-think-]{+claim+} that {+all +}boars stay.",
            Facts((Grade.WORDING, Grade.SILENT), paragraphs_changed=1),
            "1 paragraph reworded: “think” → “claim”, “all” added",
        ),
        (
            "~ [-Some-]{+All+} hunters [-think-]{+claim+} that [-these-]{+the+} boars stay.",
            Facts((Grade.WORDING,), paragraphs_changed=1),
            "1 paragraph reworded",
        ),
        (
            "~ Hunters [-think-]{+claim+} that [-14-]{+41+} boars stay.",
            Facts((Grade.FIGURES, Grade.WORDING), figures=(("14", "41"),), paragraphs_changed=1),
            "Figures: 14 → 41; 1 paragraph reworded",
        ),
        (
            "~ Hunters [-think-]{+claim+} it.\n\n~ Boars [-stay-]{+go+}.",
            Facts((Grade.WORDING,), paragraphs_changed=2),
            "2 paragraphs reworded",
        ),
        (
            "+ The sea has come over the wall at the western pier, and the street is closed.",
            Facts((Grade.ADDED,), paragraphs_added=1),
            "1 paragraph added: “The sea has come over the wall at the western pier, and the…”",
        ),
        (
            "- The pier is closed.",
            Facts((Grade.REMOVED,), paragraphs_removed=1),
            "1 paragraph removed: “The pier is closed.”",
        ),
        (
            "@7 The pier is closed.",
            Facts((Grade.MOVED,), paragraphs_moved=1),
            "1 paragraph moved: “The pier is closed.”",
        ),
        (f"{MORE}\n\n{MORE}", Facts((Grade.ADDED,), paragraphs_added=2), "2 paragraphs added"),
        (
            MORE,
            Facts((Grade.ADDED,), paragraphs_added=1, names_added=("Ada Lund",)),
            "1 paragraph added (Ada Lund)",
        ),
        (
            MORE,
            Facts((Grade.QUOTES, Grade.ADDED), quotes_added=("It is.",), paragraphs_added=1),
            "Quote added: “It is.”; 1 paragraph added",
        ),
        (
            MORE,
            Facts((Grade.CORRECTION, Grade.ADDED), correction="The pier is closed.", paragraphs_added=1),
            "Correction note added: “The pier is closed.”; 1 paragraph added",
        ),
    ],
)
def test_a_title_has_the_words_where_a_number_of_paragraphs_says_nothing(rows, facts, text):
    comparison = samples.compared("Ferry", "At nine", f"{SAME}\n\n{rows}")

    told = with_passages(facts, comparison)

    assert ENGLISH.change_title(told, comparison, "Ferry") == f"{text} – Ferry"
    assert ENGLISH.sentences(told) == ENGLISH.sentences(told, comparison)  # in a list, without the texts


def test_the_order_of_the_grades_does_not_matter():
    grades = tuple(Grade)

    assert ENGLISH.summary(Facts(grades, paragraphs_moved=1)) == ENGLISH.summary(
        Facts(grades[::-1], paragraphs_moved=1)
    )


def test_a_title_names_the_old_and_the_new_headline():
    title = ENGLISH.change_title(Facts((Grade.HEADLINE,)), samples.FIRST_CHANGE, "unused")

    assert title == "Headline: Fourteen die as river floods Norhaven → Forty-one die as river floods Norhaven"


def test_a_title_without_a_new_headline_says_of_which_article():
    facts = Facts((Grade.FIGURES, Grade.REMOVED), figures=(("14", "41"),), paragraphs_removed=2)

    title = ENGLISH.change_title(facts, samples.SECOND_CHANGE, "Flood in Norhaven")

    assert title == "Figures: 14 → 41; 2 paragraphs removed – Flood in Norhaven"


@pytest.mark.parametrize("bad", samples.HOSTILE, ids=range(len(samples.HOSTILE)))
def test_titles_and_summaries_stay_short_and_on_one_line_whatever_a_source_says(bad):
    history = samples.hostile(bad)
    facts, comparison = history.changes[0].facts, samples.hostile_comparison(bad)

    title, summary = ENGLISH.change_title(facts, comparison, bad), ENGLISH.summary(facts, comparison)

    assert 0 < len(title) <= TITLE_LIMIT
    assert 0 < len(summary) <= SUMMARY_LIMIT
    assert not set(title + summary) & set("\n\r\t\x00\x07\x1b\u202e\ud83d\ufffe")


def test_no_line_ends_before_a_high_sign_or_inside_of_a_quotation_mark_in_french():
    facts = Facts((Grade.QUOTES,), quotes_added=("Personne n’a répondu.",))

    summary = words("fr").summary(facts)

    assert summary == "Citation ajoutée\u00a0: «\u00a0Personne n’a répondu.\u00a0» Titre inchangé."
    assert " :" not in str(LANGUAGES["fr"])


def test_a_headline_that_runs_the_other_way_is_isolated():
    title = ENGLISH.event_title(Event("a", 0, EventKind.GONE, NOON), "فيضان")

    assert title == "Removed: \u2068فيضان\u2069"


def test_every_event_has_a_title_and_a_text_in_every_language():
    for language in LANGUAGES:
        for kind in EventKind:
            event = Event("a", 0, kind, NOON, "1 2")
            said = words(language).event_title(event, "Flood") + words(language).event_text(event)

            assert "Flood" in said
            assert "{" not in said


def _article(**changes):
    return replace(samples.ARTICLE, last_checked_at=NOON, next_check_at=NOON + timedelta(hours=2), **changes)


@pytest.mark.parametrize(
    ("article", "text"),
    [
        (
            _article(),
            "Checked until 3 May 2031, 12:00 UTC at least; the next check was then due 3 May 2031, 14:00 UTC.",
        ),
        (replace(_article(), last_checked_at=None), "Not checked yet. Next check: 3 May 2031, 14:00 UTC."),
        (
            replace(_article(), state=State.DONE, next_check_at=None, last_changed_at=NOON - timedelta(days=61)),
            "No more checks since 3 May 2031, 12:00 UTC: nothing had changed for 2 hours",
        ),
        (
            replace(_article(state=State.GONE), next_check_at=None),
            (
                "The article has been gone from its site since 3 May 2031, 10:00 UTC; the last text seen is kept here. "
                "Last checked 3 May 2031, 12:00 UTC. No more checks."
            ),
        ),
        (
            _article(state=State.WALLED),
            (
                "The site shows a sign-in, consent or payment page in the article’s place; the last text seen is kept "
                "here. Checked until 3 May 2031, 12:00 UTC at least; the next check was then due 3 May 2031, 14:00 UTC."
            ),
        ),
        (
            replace(_article(state=State.BLOCKED), next_check_at=None),
            "Last checked 3 May 2031, 12:00 UTC. No more checks: the site does not let us look, or does not answer.",
        ),
        (
            _article(state=State.HIDDEN),
            "This article was taken down from these pages. Its versions are not shown.",
        ),
    ],
    ids=["watched", "new", "done", "gone", "walled", "blocked", "hidden"],
)
def test_the_status_sentence_is_true(article, text):
    events = (Event(article.id, 0, EventKind.GONE, NOON - timedelta(hours=2)),)
    if article.state is State.DONE:
        article = replace(article, first_seen_at=NOON - timedelta(days=90))
        text = "No more checks since 3 May 2031, 12:00 UTC: nothing had changed for 61 days."

    assert ENGLISH.status(article, events) == text


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  plain words ", "plain words"),
        ("two  spaces", "two spaces"),
        ("a\ttab and\na break", "a tab and a break"),
        ("no\u00a0break", "no\u00a0break"),
        ("an em\u2003space", "an em space"),
        ("turned \u202earound", "turned around"),
        ("a\x00b", "a\ufffdb"),
    ],
)
def test_a_text_becomes_one_line_with_single_spaces(text, line):
    assert one_line(text) == line
