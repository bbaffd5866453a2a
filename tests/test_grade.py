"""What kind of change a comparison shows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwatch.judging.diff import compare
from feedwatch.judging.figures import figures
from feedwatch.judging.grade import MOST_TOLD, channels, grade
from feedwatch.judging.languages import language_of
from feedwatch.judging.quotes import quoted
from feedwatch.judging.wording import is_correction, is_update_note
from feedwatch.model import Block, Channel, Facts, Grade, Text

G = Grade
BEFORE = (
    "The ferry Alma caught fire off Norhaven on Tuesday evening, the coastguard said, and was towed back to port.",
    "Captain Ines Halloran told reporters that the crew had done what it could, and that the cause was not known.",
)
AFTER = ("The shipping line has taken two of its other ferries out of service until the cause of the fire is known.",)
TITLE = "Ferry burns off Norhaven"


def article(*paragraphs: str, title: str = TITLE, standfirst: str = "") -> Text:
    return Text(title, standfirst, tuple(Block(text) for text in (*BEFORE, *paragraphs, *AFTER) if text))


def graded(old: str, new: str, *, admitted: bool = True, language: str | None = None) -> Facts:
    """One paragraph changed (or put in, or taken out) among others that stay."""
    return grade(compare(article(old), article(new)), admitted, language)


def graded_in(language: str, old: str, new: str) -> Facts:
    """One paragraph changed in an article that is nothing else; it is too short to tell its language by itself."""
    return grade(compare(Text("", "", (Block(old),)), Text("", "", (Block(new),))), admitted=True, language=language)


# ---------------------------------------------------------------------------------- the edits that get lost


@pytest.mark.parametrize(
    ("old", "new", "grades", "moved"),
    [
        ("At least 14 people died.", "At least 41 people died.", {G.FIGURES}, ("14", "41")),
        ("The repair cost 1.5m crowns.", "The repair cost 15m crowns.", {G.FIGURES}, ("1.5m", "15m")),
        ("Prices rose by 1.5% in a year.", "Prices rose by 15% in a year.", {G.FIGURES}, ("1.5%", "15%")),
        ("Did the captain know of it?", "Did the captain know of it.", {G.QUESTION}, None),
        ("“Let us eat, children,” she said.", "“Let us eat children,” she said.", {G.QUOTES}, None),
        ("The crew, who were drunk, were fined.", "The crew who were drunk were fined.", {G.WORDING}, None),
        ("The experts blamed the wind.", "The “experts” blamed the wind.", {G.QUOTES}, None),
        ("The 'rescue' took nine hours.", "The rescue took nine hours.", {G.QUOTES}, None),
        ("A vigil is on 3 May in the square.", "A vigil is on 5 May in the square.", {G.FIGURES}, ("3 May", "5 May")),
        ("The vigil begins at 7.30pm there.", "The vigil begins at 8.30pm there.", {G.FIGURES}, ("7.30pm", "8.30pm")),
        ("They have 24 hours to pay.", "They have 48 hours to pay.", {G.FIGURES}, ("24 hours", "48 hours")),
        ("The line kept false accounts.", "The line kept audited accounts.", {G.WORDING}, None),
    ],
)
def test_the_edits_that_other_trackers_lose_are_graded_right(old, new, grades, moved):
    facts = graded(old, new)

    assert set(facts.grades) == grades
    assert facts.figures == ((moved,) if moved else ())
    assert Channel.CHANGES in channels(facts)


def test_a_headline_that_changes_alone_is_a_change_of_headline():
    facts = grade(compare(article(), article(title="Ferry sinks off Norhaven")), admitted=True)

    assert G.HEADLINE in facts.grades
    assert channels(facts) >= {Channel.HEADLINES, Channel.CHANGES, Channel.EVERYTHING}


# ---------------------------------------------------------------------------------------------------------- figures


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        ("Fourteen people died.", "Forty-one people died.", ("Fourteen", "Forty-one")),
        ("It happened on Monday night.", "It happened on Sunday night.", ("Monday", "Sunday")),
        ("They meet in May.", "They meet in June.", ("May", "June")),
        ("The vote is tomorrow.", "The vote is today.", ("tomorrow", "today")),
        ("Dozens were hurt in it.", "Hundreds were hurt in it.", ("Dozens", "Hundreds")),
        ("It cost £3 million to build.", "It cost £3 billion to build.", ("£3 million", "£3 billion")),
        ("They were given 24 hours.", "They were given 24 days.", ("24 hours", "24 days")),
        ("He was hurt by a dog.", "He was hurt by 2 dogs.", ("", "2")),
    ],
)
def test_a_figure_that_changes_is_told_with_both_its_values(old, new, moved):
    facts = graded(old, new)

    assert G.FIGURES in facts.grades
    assert facts.figures == (moved,)


@pytest.mark.parametrize(
    ("language", "sentence", "moved"),
    [
        ("de", "Es starben {} Menschen.", ("vierzehn", "einundvierzig")),
        ("de", "Der Sender war {} nicht zu hören.", ("14 Uhr", "15 Uhr")),
        ("fr", "Le {}, la ville a voté.", ("3 mars", "5 mars")),
        ("es", "Hubo {} muertos.", ("catorce", "cuarenta y un")),
        ("pt", "Foram {} mortos.", ("catorze", "quarenta e um")),
        ("it", "Ci sono {} morti.", ("quattordici", "quarantuno")),
        ("nl", "Er zijn {} doden.", ("veertien", "eenenveertig")),
        ("ru", "Погибли {} человек.", ("14", "сорок один")),
        ("zh", "{}死亡。", ("十四人", "四十一人")),
        ("ja", "{}が死亡した。", ("14人", "41人")),
        ("ar", "قتل {} شخصا في المدينة", ("١٤", "٤١")),
    ],
)
def test_a_figure_is_told_in_the_languages_of_news(language, sentence, moved):
    facts = graded_in(language, *(sentence.format(figure) for figure in moved))

    assert facts.grades == (G.FIGURES,)
    assert facts.figures == (moved,)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It cost £1.5m in all.", "It cost £1.5 million in all."),
        ("It cost 1,500 crowns.", "It cost 1500 crowns."),
        ("Fourteen people died.", "14 people died."),
        ("It begins at 9 a.m. sharp.", "It begins at 9am sharp."),
    ],
)
def test_a_figure_written_another_way_is_no_other_figure_and_not_typographic(old, new):
    facts = graded(old, new)

    assert facts.grades == (G.WORDING,)
    assert facts.figures == ()


def test_the_figures_of_a_paragraph_that_went_are_not_told_as_moved():
    facts = graded("In 2019 the ferry had carried 31,000 passengers at 14 crowns each.", "")

    assert facts.grades == (G.REMOVED,)
    assert facts.figures == ()


def test_the_figures_of_a_sentence_that_was_put_in_are_not_told_as_moved():
    added = " In the year before, the line had carried 31,000 passengers, four fifths of them in June, July and August."

    facts = graded("The line is owned by the state.", f"The line is owned by the state.{added}")

    assert facts.grades == (G.WORDING,)


@pytest.mark.parametrize(
    ("old", "new", "figures"),
    [
        (
            "The trains to Norhaven stop at noon.",
            "The trains to Norhaven stop for 4,100.",
            (("", "4,100"),),
        ),
        ("They left in 2012 after it.", "They left at 10:00 after it.", (("2012", ""), ("", "10:00"))),
        ("It begins at 10 in the hall.", "It begins at 10am in the hall.", (("10", "10am"),)),
        ("The vigil is on Monday.", "The vigil is at noon.", (("Monday", "noon"),)),
        ("The vigil is on Monday.", "The vigil is on 14 March.", (("Monday", "14 March"),)),
        ("About 15 in a hundred stayed.", "About 15% of them stayed.", (("15", "15%"), ("hundred", ""))),
    ],
)
def test_an_amount_does_not_become_a_moment(old, new, figures):
    assert graded(old, new).figures == figures


def test_may_is_a_month_only_beside_a_month():
    assert graded("He may leave soon.", "He can leave soon.").figures == ()


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "On Monday 3 March 2031 at 10.30am", ["Monday", "3 March 2031", "10.30am"]),
        ("en", "£1.5m or 15% went, and 2lb of it", ["£1.5m", "15%", "2"]),
        ("en", "two hundred and fifty thousand people", ["two hundred and fifty thousand"]),
        ("de", "Um 14 Uhr am 3. März 2031 waren es 3,5 Millionen Euro", ["14 Uhr", "3. März 2031", "3,5 Millionen"]),
        ("fr", "14h30, 1 500 euros, quatre-vingt-dix-sept", ["14h30", "1 500 euros", "quatre-vingt-dix-sept"]),
        ("ru", "в понедельник, 3 марта, сорок один", ["понедельник", "3 марта", "сорок один"]),
        ("zh", "星期一，150万元", ["星期一", "150万"]),
        ("ar", "يوم الاثنين 3 مارس", ["الاثنين", "3 مارس"]),
        ("cs", "v sobotu 3. května 2031", ["3. května 2031"]),
        ("el", "στις 3 Μαρτίου", ["3 Μαρτίου"]),
        ("hi", "3 मार्च से", ["3 मार्च"]),
        ("en", "a range of 10-15 at 12:00 - 1:30", ["10-15", "12:00", "1:30"]),
        ("en", "no figures at all", []),
        ("en", "one hundredth of twenty - five and", ["one", "twenty - five"]),
        ("en", "thirty-one years, forty two million", ["thirty-one years", "forty two million"]),
        ("en", "$5 -million, 5th, 40k, 5 -million", ["$5 -million", "5th", "40k", "5", "million"]),
        ("fr", "quatre-vingts ans, aujourd'hui, quatre-vingtsx", ["quatre-vingts ans", "aujourd'hui", "quatre"]),
        ("pt", "na segunda-feira, vinte e e um", ["segunda-feira", "vinte", "um"]),
        ("tr", "23 NİSAN 2031, 5 ARALIK", ["23 NİSAN 2031", "5 ARALIK"]),
        ("ja", "第三回、今日は三十人", ["第三回", "今日", "三十人"]),
    ],
)  # fmt: skip
def test_figures_are_found_as_they_are_written(language, text, found):
    assert [figure.text for figure in figures(text, language)] == found


@pytest.mark.parametrize(
    ("language", "words", "value"),
    [
        ("en", "forty-one", "41"),
        ("en", "two hundred and fifty thousand", "250000"),
        ("de", "einundvierzig", "41"),
        ("nl", "eenenveertig", "41"),
        ("it", "quarantuno", "41"),
        ("fr", "quatre-vingt-dix-sept", "97"),
        ("es", "cuarenta y uno", "41"),
        ("pt", "quarenta e um", "41"),
        ("ru", "сорок один", "41"),
    ],
)
def test_numbers_in_words_have_their_values(language, words, value):
    assert figures(words, language)[0].value == value


# ---------------------------------------------------------------------------------- words that turn the meaning


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("en", "The captain was to blame for it.", "The captain was not to blame for it."),
        ("en", "The captain couldn't have known.", "The captain could have known."),
        ("en", "Nobody saw the smoke.", "Somebody saw the smoke."),
        ("de", "Der Kapitän ist schuldig.", "Der Kapitän ist nicht schuldig."),
        ("de", "Er hatte eine Ahnung.", "Er hatte keine Ahnung."),
        ("fr", "Il a vu la fumée.", "Il n’a pas vu la fumée."),
        ("es", "El capitán lo sabía.", "El capitán no lo sabía."),
        ("pt", "O capitão sabia disso.", "O capitão não sabia disso."),
        ("it", "Il capitano lo sapeva.", "Il capitano non lo sapeva."),
        ("nl", "De kapitein wist het.", "De kapitein wist het niet."),
        ("ru", "Капитан знал о пожаре.", "Капитан не знал о пожаре."),
        ("ja", "船長は知っていた。", "船長は知らなかった。"),
        ("zh", "他是船长。", "他不是船长。"),
        ("ar", "كان القبطان مذنبا", "لم يكن القبطان مذنبا"),
    ],
)
def test_a_negation_that_comes_or_goes_is_told(language, old, new):
    assert G.NEGATION in graded_in(language, old, new).grades


@pytest.mark.parametrize(
    ("language", "old", "new", "told"),
    [
        ("en", "The talks have failed.", "The talks have not failed.", (("", "not"),)),
        ("de", "Die Preise sind bisher nicht gestiegen.", "Die Preise sind gestiegen.", (("nicht", ""),)),
        ("en", "Nobody was not on land.", "All were on land.", (("nobody", ""), ("not", ""))),
        ("de", "Er hat keine Schulden.", "Er hat weder Schulden noch nicht.", (("keine", "weder"), ("", "nicht"))),
    ],
)
def test_a_negation_is_told_by_its_words(language, old, new, told):
    assert graded_in(language, old, new).negations == told


@pytest.mark.parametrize(
    ("old", "new", "marks"), [("He knew of it.", "He knew of it?", 1), ("Why? How?", "Why. How!", -2)]
)
def test_question_marks_are_told_as_added_or_removed(old, new, marks):
    assert graded_in("en", old, new).question_marks == marks


def test_a_negation_that_only_changed_its_place_neither_came_nor_went():
    facts = graded_in(
        "en",
        "“Patients were not put at risk,” the clinic's director, Dr Anselm Roth, said in a statement.",
        "The clinic's director, Dr Anselm Roth, said in a statement that patients had not been put at risk.",
    )

    assert facts.negations == ()
    assert facts.grades == (G.QUOTES, G.WORDING)


def test_a_negation_that_comes_with_its_sentence_is_no_turn():
    added = (
        " It is not yet known who will pay for the tow, which took most of the night and both of the harbour's tugs."
    )

    assert G.NEGATION not in graded("The line is owned by the state.", f"The line is owned by the state.{added}").grades


def test_a_name_that_is_exchanged_is_told_with_both_names():
    facts = graded("The owner, Ada Brook, was not aboard.", "The owner, Ida Brook, was not aboard.")

    assert facts.grades == (G.NAMES,)
    assert facts.names_removed == ("Ada Brook",)
    assert facts.names_added == ("Ida Brook",)
    assert facts.names_changed == (("Ada Brook", "Ida Brook"),)


def test_the_names_in_a_paragraph_that_went_are_told():
    facts = graded("The fault was found by Prof Eileen Marwood of the institute.", "")

    assert facts.grades == (G.REMOVED,)
    assert facts.names_removed == ("Prof Eileen Marwood",)


def test_a_title_more_or_less_makes_no_other_name():
    facts = graded("It was found by Prof Eileen Marwood, he said.", "It was found by Eileen Marwood, he said.")

    assert G.NAMES not in facts.grades


@pytest.mark.parametrize(
    ("language", "old", "new", "pair"),
    [
        ("en", "Theresa May resigned on Friday.", "April Jones resigned on Friday.", ("Theresa May", "April Jones")),
        ("en", "The house backed Mrs May by 14.", "The house backed Mrs April by 14.", ("Mrs May", "Mrs April")),
        (
            "en",
            "The missing April Jones was found.",
            "The missing June Jones was found.",
            ("April Jones", "June Jones"),
        ),
        ("nl", "Jan de Vries kwam niet.", "Piet de Vries kwam niet.", ("Jan de Vries", "Piet de Vries")),
        ("es", "Julio Iglesias cantó en el puerto.", "Mayo Iglesias cantó en el puerto.", None),
        ("sv", "Boken av Maj Sjöwall kom ut.", "Boken av Augusti Sjöwall kom ut.", None),
    ],
)
def test_a_person_who_is_called_like_a_month_is_a_name_and_no_date(language, old, new, pair):
    facts = graded_in(language, old, new)

    assert facts.grades == (G.NAMES,)
    assert facts.figures == ()
    assert pair is None or facts.names_changed == (pair,)


@pytest.mark.parametrize("time", ["11:17", "(11.17)", "11:17 a.m. –", "9.05 Uhr:"])
def test_the_first_word_after_the_time_of_an_entry_is_no_name_for_its_capital(time):
    facts = graded("", f"{time} Power is out in Dunmoor and the villages west of it.")

    assert facts.names_added == ("Dunmoor",)


def test_the_article_tells_whose_name_a_month_is():
    said = "Theresa May said so."

    assert graded(f"{said} Then May left.", f"{said} Then June left.").figures == ()
    assert graded(f"{said} They meet in May.", f"{said} They meet in June.").figures == (("May", "June"),)
    assert graded(f"{said} Then it was May 4.", f"{said} Then it was June 4.").figures == (("May 4", "June 4"),)


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        ("May said 14 of them died.", "May said 41 of them died.", ("14", "41")),
        ("Theresa May won by 14 votes.", "Theresa May won by 41 votes.", ("14", "41")),
        ("In May Theresa Jones left.", "In June Theresa Jones left.", ("May", "June")),
        ("On 4 May Theresa Jones left.", "On 5 May Theresa Jones left.", ("4 May", "5 May")),
        ("Since last May Brussels has paid.", "Since last June Brussels has paid.", ("May", "June")),
    ],
)
def test_beside_such_a_name_figures_and_months_are_what_they_are(old, new, moved):
    facts = graded(old, new)

    assert facts.grades == (G.FIGURES,)
    assert facts.figures == (moved,)


def test_german_nouns_are_no_names():
    old = "Die Polizei sucht nach dem Fahrer und bittet um Hinweise aus der Bevölkerung."

    facts = graded_in("de", old, old.replace("Fahrer", "Zeugen"))

    assert facts.names_added == facts.names_removed == ()


GERMAN = "Der Hafen prüft den Umbau. Auf der Werft lag der Wasserstoff, neben ihm die Tanks aus Norwegen. "


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Das Boot besteht die Probefahrt.", "Löst Wasserstoff den Diesel ab?"),
        ("Es kam zu einer Sitzung.", "Es kam zu einer Sitzung der Kommission."),
        ("Das Land plant mehr.", "Das Land plant eine Anhebung von Steuern."),
        ("Das Land plant mehr.", "Das Land gibt Beiträge zur Versicherung."),
    ],
)
def test_german_nouns_that_stand_together_are_no_name(old, new):
    facts = graded_in("de", GERMAN + old, GERMAN + new)

    assert facts.names_added == facts.names_removed == ()


@pytest.mark.parametrize("name", ["Ursula von der Aa", "Henning Brook", "Pieter van den Berg"])
def test_german_names_are_names(name):
    facts = graded_in("de", GERMAN + "Das sagte er am Abend.", GERMAN + f"Das sagte {name} am Abend.")

    assert facts.names_added == (name,)


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ("“It is a shame,” she said.", "“It is a scandal,” she said.", "It is a shame", "It is a scandal"),
        ("Er sprach von einem „Unfall“ im Hafen.", "Er sprach von einem „Anschlag“ im Hafen.", "Unfall", "Anschlag"),
        ("Il parle d’un « accident » au port.", "Il parle d’un « attentat » au port.", "accident", "attentat"),
        ("船長は「事故」と述べた。", "船長は「事件」と述べた。", "事故", "事件"),
    ],
)
def test_quoted_words_that_change_are_told(old, new, gone, come):
    facts = graded(old, new)

    assert facts.grades == (G.QUOTES,)
    assert facts.quotes_removed == (gone,)
    assert facts.quotes_added == (come,)


@pytest.mark.parametrize(
    ("bare", "marked", "words"),
    [
        ("It was a voluntary departure.", "It was a “voluntary” departure.", "voluntary"),
        ("Die Töne seien so gut wie weg.", "Die Töne seien „so gut wie weg“.", "so gut wie weg"),
        ("Il parle d’un accident au port.", "Il parle d’un « accident » au port.", "accident"),
        ("船長は事故と述べた。", "船長は「事故」と述べた。", "事故"),
    ],
)
def test_words_that_only_get_or_lose_quotation_marks_are_told_so(bare, marked, words):
    put, taken = graded(bare, marked), graded(marked, bare)

    assert (put.quotes_marked, put.quotes_unmarked) == ((words,), ())
    assert (taken.quotes_marked, taken.quotes_unmarked) == ((), (words,))
    assert put.quotes_added == put.quotes_removed == taken.quotes_added == taken.quotes_removed == ()


def test_a_quotation_that_is_cut_or_is_part_of_another_word_is_another_quotation():
    cut = graded("“We saw it burn all night,” she said.", "“We saw it burn,” she said.")
    part = graded("He spoke of artless work.", "He spoke of “art” at work.")

    assert (cut.quotes_removed, cut.quotes_added) == (("We saw it burn all night",), ("We saw it burn",))
    assert (part.quotes_marked, part.quotes_added) == ((), ("art",))


def test_a_quotation_that_moves_to_another_paragraph_did_not_change():
    old, new = article("“We saw it burn,” she said.", "He left."), article("She said it.", "He left: “We saw it burn.”")

    facts = grade(compare(old, new), admitted=True)

    assert facts.quotes_added == facts.quotes_removed == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He said “no” and 'never' and \"nein\".", ["no", "never", "nein"]),
        ("Don't tell the workers' union, it's 5'11\" tall in the '90s.", []),
        ("»Nein«, sagte er, „nie“.", ["nein", "nie"]),
        ("“I will go.", ["i will go"]),
        ("He called it “a ‘fair’ price”.", ["a 'fair' price"]),
    ],
)
def test_quotations_are_found_in_every_style_and_apostrophes_are_none(text, words):
    assert [quote.words for quote in quoted(text)] == words


# ---------------------------------------------------------------------------------------------------------- style


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('He said "yes" - at last.', "He said “yes” – at last."),
        ("It took 10-15 days.", "It took 10–15 days."),
        ("The Prime Minister spoke.", "The prime minister spoke."),
        ("And then...", "And then…"),
        ("Nothing was left", "Nothing was left."),
        ("« Oui », dit-il", "“Oui”, dit-il"),
    ],
)
def test_style_alone_is_typographic_and_stays_out_of_the_changes(old, new):
    facts = graded(old, new, admitted=False)

    assert facts.grades == (G.TYPOGRAPHIC,)
    assert channels(facts) == {Channel.EVERYTHING}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("They asked us to come.", "They asked US to come."),
        ("He will re-sign the treaty.", "He will resign the treaty."),
        ("He had 10² apples.", "He had 102 apples."),
        ("They come apart in time.", "They come a part in time."),
        ("Stop, or I shoot.", "Stop or I shoot."),
        ("Haben sie das gewusst, fragte er die Leute.", "Haben Sie das gewusst, fragte er die Leute."),
    ],
)
def test_small_signs_with_a_meaning_are_not_typographic(old, new):
    assert G.TYPOGRAPHIC not in graded(old, new).grades


def test_a_headline_set_in_title_case_is_typographic():
    facts = grade(compare(article(), article(title="Ferry Burns Off Norhaven")), admitted=True)

    assert facts.grades == (G.TYPOGRAPHIC,)


# ---------------------------------------------------------------------------------- notes, and silence


@pytest.mark.parametrize(
    "note",
    [
        "This article was amended on 4 May 2031. An earlier version said that 14 people had died.",
        "Correction: the ferry was built in 1998, not in 1989.",
        "Correction, 5 May: the name of the captain was misspelt.",
        "Editor’s note: an earlier version of this story gave the wrong date.",
        "Korrektur: In einer früheren Version hieß es, die Fähre sei gesunken.",
        "Rectificatif : une version précédente de cet article donnait un autre bilan.",
        "Fe de errores: el barco se construyó en 1998.",
        "Errata corrige: il traghetto è del 1998.",
        "Erramos: o navio foi construído em 1998.",
        "Correctie: de veerboot is in 1998 gebouwd.",
        "Уточнение: в предыдущей версии было указано другое число.",
        "【訂正】5月3日の記事で、死者数に誤りがありました。",
        "更正：本文较早版本误报了死亡人数。",
        "تصحيح: ذكرت نسخة سابقة من هذا المقال رقما آخر",
    ],
)
def test_a_correction_note_is_told_and_makes_the_edit_no_silent_one(note):
    facts = graded("", note, admitted=False)

    assert facts.grades[0] is G.CORRECTION
    assert G.SILENT not in facts.grades
    assert facts.correction == note
    assert Channel.CORRECTIONS in channels(facts)


def test_a_note_under_a_bare_label_is_told_whole():
    facts = grade(compare(article(), article("Correction", "The ferry was built in 1998.")), admitted=False)

    assert facts.correction == "Correction The ferry was built in 1998."


def test_a_correction_note_that_is_extended_is_told_again():
    note = "Correction: the ferry was built in 1998."

    facts = graded(note, f"{note} Its captain is Ines Halloran, not Inez Halloran.", admitted=False)

    assert facts.grades[0] is G.CORRECTION


def test_a_correction_note_that_was_there_before_says_nothing_of_this_edit():
    note = "Correction: the ferry was built in 1998."

    facts = grade(compare(article(note, "At least 14 died."), article(note, "At least 41 died.")), admitted=False)

    assert facts.grades == (G.FIGURES, G.SILENT)


@pytest.mark.parametrize(
    "text",
    [
        "Corrections officers found the letter.",
        "The correction of the markets went on for a third day.",
        "The law was amended on Tuesday.",
        "The police statement was corrected.",
        "Die Korrektur der Kurse ging weiter.",
    ],
)
def test_an_article_about_corrections_has_no_note(text):
    assert not is_correction(text)


def test_an_edit_that_nothing_tells_of_is_silent():
    facts = graded("At least 14 died.", "At least 41 died.", admitted=False)

    assert facts.grades == (G.FIGURES, G.SILENT)
    assert Channel.SILENT in channels(facts)


def test_an_edit_that_says_so_itself_is_not_silent():
    assert is_update_note("UPDATE 14:05: The fire is out.")
    assert G.SILENT not in graded("", "UPDATE 14:05: The fire is out.", admitted=False).grades
    assert G.SILENT not in graded("At least 14 died.", "At least 41 died.", admitted=True).grades


# ---------------------------------------------------------------------------------------------------------- the whole


def test_paragraphs_that_come_go_and_move_are_counted():
    long = (
        "The ministry said that it would look at the ship's papers and at those of her sister ships before the summer."
    )
    old = article("This one goes away entirely from here.", long, "This one stays where it was all the time.")
    new = article("This one stays where it was all the time.", long, "Here is quite another one, new as can be.")

    facts = grade(compare(old, new), admitted=True)

    assert {G.REMOVED, G.ADDED} <= set(facts.grades)
    assert (facts.paragraphs_removed, facts.paragraphs_added) == (1, 1)


def test_words_are_counted_one_by_one_and_chinese_ones_by_the_character():
    assert graded("It was a long day.", "It was a very long day.").words_added == 1
    assert graded("他是船长。", "他不是船长。").words_added == 1


def test_equal_texts_have_no_grade():
    assert grade(compare(article(), article())) == Facts(())


def test_a_long_list_of_names_and_figures_is_cut():
    old = article(*(f"{n} people came to Town{chr(65 + n % 26)}{chr(97 + n % 25)}ham by boat." for n in range(60)))
    new = article(
        *(f"{n + 100} people came to Town{chr(65 + n % 26)}{chr(97 + n % 25)}ham by boat." for n in range(60))
    )

    assert len(grade(compare(old, new)).figures) == MOST_TOLD


@pytest.mark.parametrize(
    ("text", "claimed", "language"),
    [
        ("The ferry was towed back to the port by two of the tugs.", "de", "en"),
        ("Die Fähre wurde von der Küstenwache nach dem Brand in den Hafen geschleppt.", "en", "de"),
        ("船長は知っていた。", None, "ja"),
        ("他是船长。", None, "zh"),
        ("Капитан знал.", None, "ru"),
        ("كان القبطان مذنبا", None, "ar"),
        ("Alma", "fr-CA", "fr"),
        ("Alma", None, None),
    ],
)
def test_a_text_tells_its_language_better_than_its_page_does(text, claimed, language):
    assert language_of(text, claimed) == language


def test_what_changes_past_the_length_of_any_article_is_wording():
    endless = "It was one of 14 “x” things. " * 8000

    facts = grade(compare(article(endless), article(endless.replace("14", "41"))), admitted=True)

    assert facts.grades == (G.WORDING,)


signs = st.text(st.sampled_from("aA b. ,?!“”'\"«»–-14%£:;年人不ل١\u00a0\u00ad…ß½²\U0001f600"), max_size=40)
paragraphs = st.lists(signs, max_size=5)
quick = settings(max_examples=100, deadline=None)


@quick
@given(signs, signs, paragraphs, paragraphs)
def test_any_comparison_has_grades_exactly_when_it_shows_a_difference(title, other, one, two):
    comparison = compare(Text(title, "", tuple(map(Block, one))), Text(other, "", tuple(map(Block, two))))

    facts = grade(comparison)

    assert bool(facts.grades) is not comparison.is_equal
    assert list(facts.grades) == sorted(facts.grades, key=list(Grade).index)
    assert Channel.EVERYTHING in channels(facts)


@quick
@given(signs, signs)
def test_what_is_typographic_has_the_same_letters_and_digits(old, new):
    facts = grade(compare(Text("", "", (Block(f"a {old}"),)), Text("", "", (Block(f"a {new}"),))))

    if facts.grades == (G.TYPOGRAPHIC,):
        plain = ["".join(c for c in text.casefold() if c.isalnum()) for text in (old, new)]
        assert plain[0] == plain[1]
        assert old.count("?") == new.count("?")


# ---------------------------------------------------------------------------------- counts and edges


def compared(old: list[str], new: list[str], **more: str) -> Facts:
    return grade(compare(article(*old), article(*new, **more)))


def test_what_nobody_admitted_is_silent():
    assert compared(["At least 14 died."], ["At least 41 died."]).grades == (G.FIGURES, G.SILENT)


def test_words_and_paragraphs_are_counted_as_they_came_and_went():
    facts = compared(
        ["The harbour was shut on Tuesday night.", "Nobody knows why the alarm was late.", "The mayor said so."],
        ["The harbour was shut on Wednesday.", "The mayor said so.", "Divers will search the wreck on Friday."],
    )

    assert (facts.words_added, facts.words_removed) == (1 + 7, 2 + 7)
    assert (facts.paragraphs_added, facts.paragraphs_removed) == (1, 1)
    assert facts.paragraphs_changed == 1
    assert facts.paragraphs_moved == 0


def test_a_paragraph_that_moved_is_counted_as_nothing_else():
    lines = ["The harbour was shut on Tuesday.", "Divers will search the wreck on Friday if they can."]
    facts = compared([*lines, *AFTER], [lines[1], *AFTER, lines[0]])

    assert facts.paragraphs_moved == 1
    assert (facts.paragraphs_added, facts.paragraphs_removed, facts.paragraphs_changed) == (0, 0, 0)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Fourteen people died.", "Forty-one people died.", True),
        ("Fourteen people died.", "Fourteen people died.", False),
        ("He called it a “rescue”.", 'He called it a "rescue".', False),
    ],
)
def test_another_standfirst_is_told_unless_only_signs_differ(old, new, *, told):
    facts = grade(compare(article(standfirst=old), article("The mayor said so.", standfirst=new)))

    assert (G.STANDFIRST in facts.grades) is told


NOTE = "Correction: the ferry was built in 1998."


def test_a_note_is_found_behind_other_changes():
    facts = compared(
        ["At least 14 died.", NOTE],
        ["At least 41 died.", NOTE.replace("1998", "1989"), "Correction: there were 212 on board."],
    )

    assert facts.correction == "Correction: there were 212 on board."


def test_a_note_that_only_moved_is_no_new_one():
    lines = ["The harbour was shut on Tuesday.", "Divers will search the wreck on Friday if they can."]
    facts = compared([NOTE, *lines], [*lines, NOTE])

    assert facts.correction == ""


@pytest.mark.parametrize(("added", "told"), [(3, False), (4, True)])
def test_a_note_extended_by_four_words_is_told(added, *, told):
    more = " ".join(["Captain", "Halloran", "confirmed", "this"][:added])

    facts = compared([NOTE], [f"{NOTE} {more}."])

    assert bool(facts.correction) is told


@pytest.mark.parametrize(
    ("label", "whole"),
    [
        ("Correction", "Correction There were 212 on board the ferry."),
        ("Correction, 5 May", "Correction, 5 May There were 212 on board the ferry."),
        ("Correction: 5 May 2031", "Correction: 5 May 2031"),
        (NOTE, NOTE),
    ],
)
def test_only_a_label_takes_the_paragraph_after_it(label, whole):
    assert compared([], [label, "There were 212 on board the ferry."]).correction == whole
