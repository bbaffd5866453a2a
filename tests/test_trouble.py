"""Sources in trouble, and what their articles have in common: nothing false is published, and it is said once."""

from __future__ import annotations

import asyncio
import html
import json
import logging
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from feedwatch.cli.main import main
from feedwatch.config import ScheduleConfig
from feedwatch.judging.suspicion import BRAKE_LONGEST
from feedwatch.model import Failed, Gone, Grade, Reason, State, Suspicion
from feedwatch.running.housekeeping import tidy
from feedwatch.running.visit import Rounds
from tests.internet import SITE, Newspaper, days, hours, minutes, newspaper_config

TOPICS = (
    ("Harbour wall", "the new harbour wall", "engineer Mats Ekberg", "Norhaven"),
    ("School meals", "the price of school meals", "headteacher Lena Borg", "Sandmarsh"),
    ("Museum hoard", "the hoard of silver coins", "curator Otto Wren", "Gannet Head"),
    ("Ferry timetable", "the winter timetable of the ferries", "manager Ines Falk", "Port Ellery"),
    ("Library nights", "the long nights at the library", "librarian Karl Voss", "Millbrook"),
    ("Seal pups", "the count of seal pups on the skerries", "ranger Tove Lind", "Skerry Point"),
    ("Wind farm", "the cable from the wind farm", "surveyor Axel Roth", "Brightling"),
    ("Hospital beds", "the closure of hospital beds", "doctor Maja Stern", "Eastwick"),
    ("Swing bridge", "the repair of the swing bridge", "foreman Paul Grimm", "Lockgate"),
    ("Brass band", "the tour of the brass band", "conductor Rosa Klein", "Hillfoot"),
    ("Market hall", "the roof of the market hall", "trader Emil Nord", "Castleton"),
    ("Tram line", "the second tram line", "planner Vera Holm", "Riverside"),
    ("Bee colonies", "the loss of bee colonies", "beekeeper Jan Thorne", "Orchard End"),
    ("Mayor's budget", "the budget of the mayor", "treasurer Nina Vale", "Guildhall"),
)
NOT_YET = timedelta(0)
OWN = "This is the work of our newsroom alone, and nobody has paid for a single line of what stands here before you."


class Unpublished(Newspaper):
    """Its passes write no site: what would be told stands in the store."""

    def tick(self, after: timedelta = NOT_YET) -> None:
        self.now += after
        asyncio.run(Rounds(self.app).run_dry())


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Newspaper]:
    config = newspaper_config(tmp_path).model_copy(update={"schedule": ScheduleConfig(poll_every=days(1))})
    newspaper = Unpublished(tmp_path, config)
    yield newspaper
    newspaper.close()


def path(topic: int) -> str:
    return f"/news/{topic}"


def title(topic: int) -> str:
    return f"{TOPICS[topic][0]}: {TOPICS[topic][3]}"


def body(topic: int, extra: Sequence[str] = ()) -> list[str]:
    _, what, who, where = TOPICS[topic]
    return [
        f"The council of {where} will vote on {what} before the summer, its chair said after a long night on Monday.",
        f"“We have talked about {what} for {topic + 3} years,” said {who}, who has followed the matter from the start.",
        f"A report puts the cost at {topic + 11} million, of which {where} would have to find about a third by itself.",
        f"Opponents have collected {topic + 2},400 signatures and want the people of {where} to be asked first.",
        f"How {what} will go on is to be told in the town hall of {where} in the second week of April.",
        *extra,
    ]


def publishes(paper: Newspaper, topics: Sequence[int] = range(len(TOPICS)), extra: Sequence[str] = ()) -> None:
    for topic in topics:
        paper.publishes(path(topic), title(topic), body(topic, extra))


def redesigned(topic: int, extra: Sequence[str] = ()) -> str:
    return template(title(topic), body(topic, extra))


def template(headline: str, lines: Sequence[str]) -> str:
    blocks = "".join(f'<section class="block"><p>{html.escape(line, quote=False)}</p></section>' for line in lines)
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{headline}</title></head><body class="new">'
        f'<header class="top"><div class="bar"><ul><li><a href="/">Start</a></li></ul></div></header>'
        f'<div class="grid"><main><article class="story"><header><h1><span>{headline}</span></h1></header>'
        f"{blocks}</article></main></div></body></html>"
    )


def entries(paper: Newspaper) -> int:
    histories = [paper.history(path(topic)) for topic in range(len(TOPICS)) if path(topic) in paper.items]
    changes = [change for history in histories for change in history.changes if change.channels]
    return len(changes) + sum(len(history.events) for history in histories)


def held(paper: Newspaper) -> int:
    return paper._ask(paper.store.counts, paper.now)["paper"]["held"]


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "feedwatch.running.trouble"]


# ------------------------------------------------------------------------------------------------------ redesigns


def test_a_redesign_that_moves_text_into_the_article_publishes_nothing(paper: Newspaper) -> None:
    caption = [f"{TOPICS[topic][3]} as it looked last summer, seen from the old lighthouse" for topic in range(14)]
    for topic in range(14):
        aside = f'<aside class="picture"><p>{caption[topic]}</p></aside>'
        paper.publishes(path(topic), title(topic), body(topic), extra=aside)
    paper.tick()
    paper.runs(days(2))

    for topic in range(14):
        paper.serves(path(topic), redesigned(topic, [caption[topic]]))
    paper.runs(days(10))

    assert entries(paper) == 0
    assert held(paper) == 0


def test_a_redesign_that_adds_a_line_to_every_article_publishes_nothing(
    paper: Newspaper, caplog: pytest.LogCaptureFixture
) -> None:
    publishes(paper)
    paper.tick()
    paper.runs(days(2))

    with caplog.at_level(logging.INFO):
        for topic in range(14):
            paper.serves(path(topic), redesigned(topic, [OWN]))
        paper.runs(days(10))

    assert entries(paper) == 0
    assert held(paper) == 0
    assert len([text for text in warnings(caplog) if "is held" in text]) <= 1


def test_an_edit_after_a_redesign_is_found(paper: Newspaper) -> None:
    publishes(paper)
    paper.tick()
    paper.runs(days(2))
    for topic in range(14):
        paper.serves(path(topic), redesigned(topic, [OWN]))
    paper.runs(days(2))

    paper.serves(path(3), redesigned(3, [OWN]).replace("14 million", "41 million"))
    paper.runs(days(12))

    assert entries(paper) == 1
    assert paper.history(path(3)).changes[0].facts.figures == (("14 million", "41 million"),)


def test_a_paragraph_that_is_split_after_a_redesign_is_found(paper: Newspaper) -> None:
    lines = [f"{body(3)[0]} {body(3)[4]}", *body(3)[1:4]]
    publishes(paper)
    paper.publishes(path(3), title(3), lines)
    paper.tick()
    paper.runs(days(2))
    for topic in range(14):
        paper.serves(path(topic), template(title(topic), lines if topic == 3 else body(topic)))
    paper.runs(days(2))

    paper.serves(path(3), template(title(3), [body(3)[0], body(3)[4], *lines[1:]]))
    paper.runs(days(10))

    changes = paper.history(path(3)).changes
    assert [change.facts.grades for change in changes] == [(Grade.TYPOGRAPHIC,)]
    assert len(paper.history(path(3)).versions) == 2


# ------------------------------------------------------------------------------------------------------ the brake


def test_a_source_that_rewrites_every_article_at_once_is_held_and_told_of_once(
    paper: Newspaper, caplog: pytest.LogCaptureFixture
) -> None:
    publishes(paper)
    paper.tick()
    paper.runs(days(1))

    with caplog.at_level(logging.INFO):
        for topic in range(14):
            glitch = f"Draft {topic} of this report was sent to the printers by {TOPICS[topic][2]} before it was read."
            paper.publishes(path(topic), title(topic), body(topic, [glitch]))
        paper.tick(after=days(3))
        at_once, waiting = entries(paper), held(paper)
        publishes(paper)
        paper.runs(days(6))

    assert at_once <= 6
    assert waiting >= 8
    assert held(paper) == 0
    told = warnings(caplog)
    assert [text.split(":")[0] for text in told] == ["source paper is held", "source paper is not held any more"]


def test_real_edits_of_a_busy_hour_are_published_after_a_second_look(paper: Newspaper) -> None:
    publishes(paper)
    paper.tick()
    paper.runs(days(1))

    for topic in range(14):
        lines = body(topic)
        lines[2] = lines[2].replace("million", "million crowns")
        paper.publishes(path(topic), title(topic), lines)
    paper.tick(after=days(3))
    waiting = held(paper)
    paper.runs(days(3))

    assert waiting > 0
    assert held(paper) == 0
    assert entries(paper) == 14


def test_a_small_source_is_not_held_for_one_article_that_is_edited_again_and_again(
    paper: Newspaper, caplog: pytest.LogCaptureFixture
) -> None:
    publishes(paper, range(5))
    paper.tick()

    with caplog.at_level(logging.INFO):
        for hour in range(2, 50, 2):
            lines = body(
                0, [f"At {hour} o'clock the clerk had counted {hour * 37} of the papers, {TOPICS[0][2]} said."]
            )
            paper.publishes(path(0), title(0), lines)
            paper.tick(after=hours(2))

    assert warnings(caplog) == []
    assert held(paper) == 0
    assert len(paper.history(path(0)).versions) == 25


def test_a_small_source_is_not_held_for_one_article_that_fails_for_days(
    paper: Newspaper, caplog: pytest.LogCaptureFixture
) -> None:
    publishes(paper, range(5))
    paper.tick()
    paper.runs(days(3))

    with caplog.at_level(logging.INFO):
        paper.serves(path(0), Failed(Reason.STATUS, "the server said 500", 500))
        paper.runs(days(8))

    assert warnings(caplog) == []
    assert paper.article(path(0)).failures > 5


def test_articles_that_go_on_being_edited_do_not_hold_a_small_source_for_good(paper: Newspaper) -> None:
    publishes(paper, range(5))
    paper.tick()

    for hour in range(2, 74, 2):
        for topic in range(5):
            who, many = TOPICS[topic][2], hour * 37 + topic
            lines = body(topic, [f"At {hour} o'clock {who} had counted {many} papers, and drank a cup of tea."])
            paper.publishes(path(topic), title(topic), lines)
        paper.tick(after=hours(2))

    assert held(paper) == 0
    assert all(len(paper.history(path(topic)).versions) > 18 for topic in range(5))


def test_a_source_that_loses_its_articles_at_once_is_held_and_resumes_by_itself(
    paper: Newspaper, caplog: pytest.LogCaptureFixture
) -> None:
    publishes(paper)
    paper.tick()
    paper.runs(days(1))

    with caplog.at_level(logging.INFO):
        for topic in range(14):
            paper.serves(path(topic), Gone(404))
        paper.runs(days(2))
        lost, waiting = entries(paper), held(paper)
        publishes(paper)
        paper.runs(days(5))

    assert (lost, waiting) == (0, 14)
    assert (entries(paper), held(paper)) == (0, 0)
    assert [text.split(":")[0] for text in warnings(caplog)] == [
        "source paper is held",
        "source paper is not held any more",
    ]


def test_what_stays_lost_is_told_in_the_end(paper: Newspaper) -> None:
    publishes(paper)
    paper.tick()
    paper.runs(days(1))

    for topic in range(14):
        paper.serves(path(topic), Gone(404))
    paper.runs(BRAKE_LONGEST + days(3))

    assert [paper.article(path(topic)).state for topic in range(14)] == [State.GONE] * 14
    assert entries(paper) == 14


def test_one_article_that_is_gone_is_told_of_as_ever(paper: Newspaper) -> None:
    publishes(paper)
    paper.tick()
    paper.runs(days(1))

    paper.serves(path(0), Gone(404))
    paper.runs(days(1))

    assert paper.events(path(0)) == ["gone"]


def test_articles_behind_a_wall_all_at_once_are_held(paper: Newspaper) -> None:
    publishes(paper)
    paper.tick()
    paper.runs(days(1))

    for topic in range(14):
        paper.publishes(path(topic), title(topic), body(topic)[:1])
    paper.runs(days(2))
    waiting = {article.suspect.kind for article in _articles(paper) if article.suspect}
    publishes(paper)
    paper.runs(days(1))

    assert waiting == {Suspicion.STUB}
    assert (entries(paper), held(paper)) == (0, 0)


def test_an_outage_is_no_news(paper: Newspaper) -> None:
    publishes(paper)
    paper.tick()
    paper.runs(days(1))

    for topic in range(14):
        paper.serves(path(topic), Failed(Reason.STATUS, "the server said 500", 500))
    paper.runs(days(1))
    publishes(paper)
    paper.runs(days(3))

    assert entries(paper) == 0


def test_status_tells_what_is_held_and_since_when(paper: Newspaper, tmp_path: Path) -> None:
    publishes(paper)
    paper.tick()
    paper.runs(days(1))
    for topic in range(14):
        paper.serves(path(topic), Gone(404))
    paper.runs(hours(20))
    config = tmp_path / "config.yaml"
    config.write_text(
        f"store: {paper.config.store}\nsite: {{output: {tmp_path / 'site'}}}\n"
        f"sources: [{{slug: paper, title: The Paper, feeds: [{SITE}/feed.xml]}}]\n"
    )

    shown = CliRunner().invoke(main, ["status", "-c", str(config)]).output
    said = json.loads(CliRunner().invoke(main, ["status", "-c", str(config), "--json"]).output)

    assert "held since 2026-03-0" in shown
    assert next(iter(said["sources"] if isinstance(said, dict) else said))["counts"]["held"] > 0


def _articles(paper: Newspaper):  # type: ignore[no-untyped-def]
    return [paper.article(path(topic)) for topic in range(14)]


# ------------------------------------------------------------------------------------------------------ learned lines


def test_a_line_of_three_other_articles_comes_and_goes_in_silence(paper: Newspaper) -> None:
    publishes(paper, range(5), extra=[OWN])
    paper.tick()

    paper.publishes(path(0), title(0), body(0))
    paper.tick(after=minutes(15))
    without = entries(paper)
    paper.publishes(path(0), title(0), body(0, [OWN]))
    paper.tick(after=hours(2))

    assert (without, entries(paper)) == (0, 0)


def test_a_line_known_from_other_articles_is_no_part_of_a_new_one(paper: Newspaper) -> None:
    publishes(paper, range(4), extra=[OWN])
    paper.tick()

    publishes(paper, [7], extra=[OWN])
    paper.tick(after=days(2))
    paper.publishes(path(7), title(7), body(7))
    paper.tick(after=hours(2))

    assert OWN not in paper.history(path(7)).versions[0].text.paragraphs
    assert entries(paper) == 0


def test_one_furniture_line_for_another_is_silence_on_both_sides(paper: Newspaper) -> None:
    other = "You can read every word of the Paper on paper, too: it is in every kiosk between the two rivers at six."
    publishes(paper, range(5), extra=[OWN])
    publishes(paper, range(5, 10), extra=[other])
    paper.tick()

    paper.publishes(path(0), title(0), body(0, [other]))
    paper.tick(after=minutes(15))

    assert entries(paper) == 0


def test_a_quote_in_two_stories_on_one_event_is_not_furniture(paper: Newspaper) -> None:
    quote = "“Nobody has told us anything,” said Ada Lund, whose house stands next to the quay, on Monday evening."
    publishes(paper, range(8))
    paper.publishes(path(0), title(0), body(0, [quote]))
    paper.publishes(path(1), title(1), body(1, [quote]))
    paper.tick()

    paper.publishes(path(0), title(0), body(0, [quote.replace("Nobody", "Somebody")]))
    paper.tick(after=minutes(15))

    assert entries(paper) == 1


def test_a_sentence_in_many_stories_on_one_event_is_not_furniture(paper: Newspaper) -> None:
    sentence = (
        "The fire on the ferry Aurora broke out at six in the morning and killed 14 people, the coast guard said."
    )
    titles = (
        "Fourteen die in ferry fire",
        "Ferry fire: what we know so far",
        "The captain of the burning ferry was warned",
        "Ferry line takes its ships out of service",
        "How a ferry burns: questions and answers",
        "Inquiry into ferry disaster to begin on Thursday",
    )
    for number, headline in enumerate(titles):
        paper.publishes(path(number), headline, body(number, [sentence]))
    paper.tick()

    paper.publishes(path(0), titles[0], body(0, [sentence.replace("14", "41")]))
    paper.publishes(path(1), titles[1], body(1))
    paper.tick(after=minutes(15))

    assert paper.history(path(0)).changes[0].facts.figures == (("14", "41"),)
    assert Grade.REMOVED in paper.history(path(1)).changes[0].facts.grades


def test_learned_lines_are_forgotten_when_nobody_carries_them_any_more(paper: Newspaper) -> None:
    publishes(paper, range(5), extra=[OWN])
    paper.tick()
    known = paper._ask(paper.store.known, paper.article(path(0)).id, [sha(OWN)], paper.now).common

    paper.now += days(70)
    done = [asyncio.run(tidy(paper.app)) for _ in range(2)]

    later = paper._ask(paper.store.known, paper.article(path(0)).id, [sha(OWN)], paper.now).common
    assert (len(known), len(later)) == (1, 0)
    assert done == [True, False]


def sha(line: str) -> str:
    from feedwatch.model import line_sha

    return line_sha(line)
