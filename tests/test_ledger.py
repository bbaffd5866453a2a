"""An article's versions as one account."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwatch.judging.diff import compare
from feedwatch.judging.grade import grade
from feedwatch.judging.ledger import ledger, sentences_of
from feedwatch.model import Block, Change, Ledger, Removed, Text, Trail, Version, Voice, comparable

SEEN = datetime(2031, 5, 3, 10, tzinfo=UTC)
TITLE = "Ferry burns off Norhaven"


def version(number: int, *paragraphs: str, title: str = TITLE) -> Version:
    text = Text(title, "", tuple(Block(paragraph) for paragraph in paragraphs))
    return Version("a", number, SEEN + number * timedelta(hours=1), None, text, "site", "test 1", language="en")


def account(*versions: Version) -> Ledger:
    changes = [
        Change("a", old.number, new.number, new.seen_at, None, grade(compare(old.text, new.text)))
        for old, new in pairwise(version for version in versions if version.withdrawn_at is None)
    ]
    return ledger(versions, changes)


def blame(told: Ledger) -> dict[str, tuple[int, int]]:
    return {sentence.text: (sentence.first, sentence.revised) for sentence in told.sentences}


# ---------------------------------------------------------------------------------------------------------- sentences


def test_each_sentence_knows_the_version_it_came_in_with():
    told = account(
        version(0, "The ferry burned. It was towed to port."),
        version(1, "The ferry burned. It was towed to port.", "Nobody was hurt, the coastguard said."),
        version(2, "The ferry burned. Tugs came. It was towed to port.", "Nobody was hurt, the coastguard said."),
    )

    assert blame(told) == {
        "The ferry burned.": (0, 0),
        "Tugs came.": (2, 2),
        "It was towed to port.": (0, 0),
        "Nobody was hurt, the coastguard said.": (1, 1),
    }


def test_a_sentence_in_other_words_keeps_its_beginning_and_tells_its_revision():
    told = account(
        version(0, "At least 14 people died in the fire, the coastguard said."),
        version(1, "At least 41 people died in the fire, the coastguard said."),
    )

    assert blame(told) == {"At least 41 people died in the fire, the coastguard said.": (0, 1)}
    assert told.removed == ()


def test_a_sentence_that_moves_keeps_its_history():
    told = account(
        version(0, "One came first here.", "Two came next."), version(1, "Two came next.", "One came first here.")
    )

    assert blame(told) == {"Two came next.": (0, 0), "One came first here.": (0, 0)}
    assert [sentence.block for sentence in told.sentences] == [0, 1]


def test_what_was_removed_is_kept_with_its_versions():
    told = account(
        version(0, "The captain had been drinking. The ferry burned."),
        version(1, "The captain had been drinking. The ferry burned.", "More follows."),
        version(2, "The ferry burned.", "More follows."),
        version(3, "The ferry burned.", "It is known why."),
    )

    assert told.removed == (
        Removed("The captain had been drinking.", 0, 1, after=-1, opens=True),
        Removed("More follows.", 1, 2, after=0, opens=True),
    )


def test_what_was_removed_stays_where_it_stood():
    told = account(
        version(0, "One stood here. Two stood there. Three came late. Four was last."),
        version(1, "One stood here. Two stood there. Four was last."),
        version(2, "New words at the top.", "One stood here. Four was last."),
        version(3, "New words at the top.", "Four was last."),
    )

    assert [sentence.text for sentence in told.sentences] == ["New words at the top.", "Four was last."]
    assert [(gone.text, gone.after, gone.opens) for gone in told.removed] == [
        ("One stood here.", 0, True),
        ("Two stood there.", 0, False),
        ("Three came late.", 0, False),
    ]


def test_a_sentence_that_returns_is_not_removed_any_more():
    told = account(
        version(0, "The captain had been drinking. The ferry burned."),
        version(1, "The ferry burned."),
        version(2, "The captain had been drinking. The ferry burned."),
    )

    assert told.removed == ()
    assert blame(told)["The captain had been drinking."] == (0, 2)


@pytest.mark.parametrize(
    ("paragraph", "sentences"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("Mr. Reed met Dr. A. B. Brook in the U.S. He left.", ["Mr. Reed met Dr. A. B. Brook in the U.S. He left."]),
        ("He met Dr. Brook, M.A., there. He left.", ["He met Dr. Brook, M.A., there.", "He left."]),
        ("“It is a shame.” She left.", ["“It is a shame.”", "She left."]),
        ("It rose 1.5 points. Prices fell.", ["It rose 1.5 points.", "Prices fell."]),
        ("船長は知っていた。「知らない。」と述べた。", ["船長は知っていた。", "「知らない。」", "と述べた。"]),
        ("", []),
    ],
)  # fmt: skip
def test_paragraphs_are_parted_into_sentences(paragraph, sentences):
    assert sentences_of(paragraph) == sentences


# ------------------------------------------------------------------------------------------ figures, headlines


def test_a_figure_is_followed_through_the_versions():
    told = account(
        version(0, "At least 14 people died.", "It cost 3m crowns."),
        version(1, "At least 41 people died.", "It cost 3m crowns."),
        version(2, "At least 43 people died.", "It cost 4m crowns."),
    )

    assert told.figures == (Trail(((0, "14"), (1, "41"), (2, "43"))), Trail(((1, "3m"), (2, "4m"))))


def test_headlines_are_told_with_the_version_that_brought_them():
    told = account(version(0, "A."), version(1, "A. B."), version(2, "A.", title="Ferry sinks off Norhaven"))

    assert told.headlines == ((0, TITLE), (2, "Ferry sinks off Norhaven"))


# ---------------------------------------------------------------------------------------------------------- voices


def test_who_is_quoted_in_which_version_is_told_by_the_fullest_name():
    captain = "“We did what we could do,” said Captain Ines Halloran of the ferry."
    later = "Halloran said: “We did all that we could do.”"
    owner = "“It is a sad day for us,” said the line's owner, Tomas Reed."

    told = account(version(0, captain), version(1, captain, owner), version(2, later, owner), version(3, owner))

    assert told.voices == (Voice("Captain Ines Halloran", (0, 1, 2)), Voice("Tomas Reed", (1, 2, 3)))


def test_a_quotation_without_a_name_goes_on_with_the_speaker_before():
    told = account(
        version(0, "“It is a sad day for us,” said the owner, Tomas Reed.", "“We will build another one,” he said."),
        version(1, "The owner is Tomas Reed.", "“We will build another one,” he said."),
    )

    assert told.voices == (Voice("Tomas Reed", (0,)),)


def test_scare_quotes_and_names_that_are_only_mentioned_are_no_voices():
    told = account(version(0, "The “rescue by boat” by Tomas Reed took the night.", "The line's ship Alma burned."))

    assert told.voices == ()


@pytest.mark.parametrize(
    ("paragraph", "speaker"),
    [
        ("In Norhaven, “we did what we could do that night”, said Ada Brook, a nurse.", "Ada Brook"),
        ("Ada Brook, who had come from Norhaven, said: “We did what we could do.”", "Ada Brook"),
        ("Norhaven had waited. “It is a sad day for us,” the line's owner, Tomas Reed, said.", "Tomas Reed"),
        ("Ada Brook said of Tomas Reed: “He did what he could do.”", "Ada Brook"),
        (
            "„Wir haben getan, was wir konnten“, sagte Pfleger Jonas Weber, als Anna Kern eintraf.",
            "Pfleger Jonas Weber",
        ),
        ("Nahe Bad Lindau habe man gewartet. Anna Kern sagte: „Wir haben alles getan.“", "Anna Kern"),
        ("À Port-Luc, « nous avons fait tout notre possible », a déclaré Claire Morel.", "Claire Morel"),
        ("Claire Morel, arrivée de Port-Luc, affirme : « Nous avons fait tout notre possible. »", "Claire Morel"),
        ("En Puerto Sur, «hicimos todo lo que pudimos», dijo Marta Rey.", "Marta Rey"),
        ("A Porto Vecchio «abbiamo fatto tutto il possibile», ha detto Carla Neri.", "Carla Neri"),
        ("In Havendam: „We hebben gedaan wat we konden”, zei Els Bakker.", "Els Bakker"),
    ],
)
def test_whoever_stands_by_a_verb_of_saying_speaks_though_another_name_is_nearer(paragraph, speaker):
    told = account(version(0, paragraph))

    assert [voice.name for voice in told.voices] == [speaker]


def test_a_verb_of_saying_far_from_a_name_or_in_another_sentence_tells_nothing():
    told = account(version(0, "It said nothing. Tomas Reed left. “We will build another one,” was on the wall."))

    assert [voice.name for voice in told.voices] == ["Tomas Reed"]  # a guess: the nearest name


def test_what_somebody_is_of_or_where_something_is_does_not_speak():
    told = account(
        version(
            0,
            "“We did what we could do,” said Ada Brook, coxswain of the Alma, for Norhaven Rescue.",
            "Ida Holm, who is at the University of Carrick, said little. “Timers do not fail alone,” she said.",
            "The ward at Ellery General was closed “in every sense that matters to us”, Tomas Reed wrote.",
        )
    )

    assert [voice.name for voice in told.voices] == ["Ada Brook", "Ida Holm", "Tomas Reed"]


# ---------------------------------------------------------------------------------------------------------- the whole


def test_a_withdrawn_version_is_no_part_of_the_account():
    false = replace(version(1, "Subscribe to read on.", title="Courier"), withdrawn_at=SEEN)

    told = account(version(0, "The ferry burned."), false, version(2, "The ferry burned. It sank."))

    assert blame(told) == {"The ferry burned.": (0, 0), "It sank.": (2, 2)}
    assert told.headlines == ((0, TITLE),)
    assert told.removed == ()


def test_an_article_without_versions_has_an_empty_account():
    assert ledger([], []) == Ledger()


words = st.sampled_from(
    ["The ferry burned.", "It sank!", "“We saw it all go,” said Ada Brook.", "14 died.", "41 died.", "", "No. 7"]
)
texts = st.lists(st.lists(words, max_size=4).map(" ".join), max_size=4)
histories = st.lists(texts, min_size=1, max_size=6)


@settings(max_examples=80, deadline=None)
@given(histories)
def test_the_account_holds_the_newest_version_whole_and_only_what_was_there(known):
    versions = [version(number, *paragraphs) for number, paragraphs in enumerate(known)]

    told = account(*versions)

    newest = [sentence for paragraph in known[-1] for sentence in sentences_of(paragraph)]
    assert [sentence.text for sentence in told.sentences] == newest
    assert all(0 <= one.first <= one.revised < len(versions) for one in told.sentences)
    assert all(0 <= gone.first <= gone.last < len(versions) - 1 for gone in told.removed)
    assert not {comparable(gone.text) for gone in told.removed} & {comparable(text) for text in newest}
