"""What one check writes, case by case."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feedwatch.judging.decide import FLAPS_TO_ALTERNATE, Sight, Terms, decide
from feedwatch.judging.diff import compare
from feedwatch.judging.events import GONE_WATCH
from feedwatch.judging.schedule import Policy
from feedwatch.judging.suspicion import BRAKE_EVERY, BRAKE_LONGEST
from feedwatch.model import (
    Article,
    Block,
    Channel,
    EventKind,
    Failed,
    Fetched,
    Gone,
    Grade,
    KeptPage,
    Known,
    NotModified,
    Page,
    Reason,
    Source,
    State,
    Suspect,
    Suspicion,
    Tally,
    Text,
    Verdict,
    Version,
    line_sha,
)
from feedwatch.steps import unpack
from tests.internet import BODY

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
URL = "https://paper.example/a"
TERMS = Terms(Policy(), "test 1")
TEXT = Text("Fourteen die in ferry fire", "", tuple(Block(line) for line in BODY))
OTHER = replace(TEXT, title="Forty-one die in ferry fire")
OTHERS = ("Harbour wall to be raised", "School meals cost more", "Museum finds a hoard")
KEPT = KeptPage(b"<html>", "text/html", URL)


def article(**more: object) -> Article:
    base = Article(
        id="0123456789abcdef",
        source="paper",
        key=URL,
        url=URL,
        host="paper.example",
        title=TEXT.title,
        first_seen_at=NOW - 6 * HOUR,
        last_checked_at=NOW - HOUR,
        last_ok_at=NOW - HOUR,
        checks=4,
        versions=1,
    )
    return replace(base, **more)  # type: ignore[arg-type]


def known(last: Text | None = TEXT, shas: dict[str, int] | None = None, **more: object) -> Known:
    of = article(**more)
    version = Version(of.id, of.versions - 1, NOW - 6 * HOUR, None, last, "trafilatura", "test 1") if last else None
    return Known(of, Source("paper", "The Paper"), version, shas or ({last.sha: 0} if last else {}))


def fetched(**more: object) -> Fetched:
    return replace(Fetched(URL, b"<html>", "text/html", etag='"2"'), **more)  # type: ignore[arg-type]


def saw(text: Text, base: Text = TEXT, outcome: Fetched | None = None, **more: object) -> Sight:
    page = replace(Page(text, "trafilatura"), **more)  # type: ignore[arg-type]
    return Sight(outcome or fetched(), "body", "visible", page, KEPT, base, compare(base, text))


def decided(before: Known, sight: Sight, now: datetime = NOW) -> Verdict:
    return decide(before, sight, now, TERMS)


def after(verdict: Verdict, before: Known) -> Known:
    return replace(before, article=verdict.article)


def test_the_first_sight_is_version_0() -> None:
    before = known(None, versions=0, last_ok_at=None)

    verdict = decided(before, saw(TEXT))

    assert verdict.version is not None
    assert (verdict.version.number, verdict.version.not_before) == (0, None)
    assert verdict.page is KEPT
    assert (verdict.article.versions, verdict.article.rev) == (1, 1)
    assert verdict.change is None


def test_lines_that_other_articles_carry_are_no_part_of_version_0() -> None:
    before = replace(known(None, versions=0), carriers={line_sha(BODY[-1]): OTHERS})

    verdict = decided(before, saw(TEXT))

    assert verdict.version is not None
    assert verdict.version.text.paragraphs == list(BODY[:-1])


def test_lines_in_common_never_take_most_of_an_article() -> None:
    before = replace(known(None, versions=0), carriers={line_sha(line): OTHERS for line in BODY[1:]})

    verdict = decided(before, saw(TEXT))

    assert verdict.version is not None
    assert verdict.version.text == TEXT


def test_a_page_without_text_makes_no_version_and_says_so() -> None:
    verdict = decided(known(None, versions=0, last_ok_at=None), saw(Text("Video")))

    assert verdict.version is None
    assert verdict.article.problem == "no article text found on the page"
    assert verdict.article.next_check_at is not None


def test_the_same_text_in_another_place_is_what_later_pages_are_compared_with() -> None:
    verdict = decided(known(place="div.copy"), saw(TEXT, place="main.story"))

    assert (verdict.page, verdict.again, verdict.version) == (KEPT, 0, None)
    assert verdict.article.place == "main.story"


@pytest.mark.parametrize("place", ["div.copy", ""])
def test_the_same_text_in_its_place_keeps_the_page_that_there_is(place: str) -> None:
    verdict = decided(known(place="div.copy"), saw(TEXT, place=place))

    assert (verdict.page, verdict.again) == (None, None)
    assert verdict.article.place == "div.copy"


def test_a_304_moves_nothing_that_a_reader_sees() -> None:
    verdict = decided(known(), Sight(NotModified()))

    assert (verdict.article.last_ok_at, verdict.article.rev) == (NOW, 0)
    assert unpack(verdict.article.looks) == [6 * 60]
    assert verdict.article.next_check_at is not None
    assert verdict.article.next_check_at > NOW


def test_the_page_is_rendered_anew_at_the_first_check_of_a_day() -> None:
    first = decided(known(), Sight(NotModified()), NOW + 13 * HOUR)
    second = decided(after(first, known()), Sight(NotModified()), NOW + 14 * HOUR)

    assert (first.article.rev, second.article.rev) == (1, 1)


def test_a_new_headline_is_a_change_in_the_feeds_that_carry_it() -> None:
    verdict = decided(known(), saw(OTHER))

    assert verdict.change is not None
    assert Grade.HEADLINE in verdict.change.facts.grades
    assert {Channel.EVERYTHING, Channel.CHANGES, Channel.HEADLINES} <= verdict.change.channels
    assert (verdict.change.not_before, verdict.change.at) == (NOW - HOUR, NOW)
    assert (verdict.article.versions, verdict.article.changes, verdict.article.rev) == (2, 1, 1)
    assert verdict.article.title == OTHER.title


def test_the_older_text_as_re_read_is_kept_with_the_change() -> None:
    with_furniture = replace(TEXT, blocks=(*TEXT.blocks, Block("Updated 5 minutes ago by our desk")))

    verdict = decided(known(with_furniture), saw(OTHER, base=TEXT))

    assert verdict.change is not None
    assert verdict.change.base == TEXT


def test_an_edit_that_the_page_dates_is_not_silent() -> None:
    before = known()
    assert before.last is not None
    dated = replace(before, last=replace(before.last, modified_claim=NOW - 5 * HOUR))

    honest = decided(dated, saw(OTHER, modified_at=NOW - HOUR))
    silent = decided(dated, saw(OTHER, modified_at=NOW - 5 * HOUR))

    assert honest.change is not None
    assert silent.change is not None
    assert Grade.SILENT not in honest.change.facts.grades
    assert Grade.SILENT in silent.change.facts.grades


def test_a_page_without_dates_cannot_be_silent() -> None:
    verdict = decided(known(), saw(OTHER))

    assert verdict.change is not None
    assert Grade.SILENT not in verdict.change.facts.grades


def test_a_stub_is_held_and_keeps_the_validators_of_the_good_version() -> None:
    stub = replace(TEXT, blocks=TEXT.blocks[:1])

    verdict = decided(known(etag='"1"', body_sha="good"), saw(stub))

    assert verdict.version is None
    assert verdict.article.suspect is not None
    assert verdict.article.suspect.kind is Suspicion.STUB
    assert (verdict.article.etag, verdict.article.body_sha) == ('"1"', "good")


def test_a_stub_that_stays_is_a_version_bracketed_by_its_first_sight() -> None:
    stub = replace(TEXT, blocks=TEXT.blocks[:1])
    before = known()
    held = decided(before, saw(stub))
    again = decided(after(held, before), saw(stub), NOW + HOUR)
    last = decided(after(again, before), saw(stub), NOW + 7 * HOUR)

    assert again.version is None
    assert last.version is not None
    assert last.version.seen_at == NOW
    assert last.change is not None
    assert last.change.at == NOW + 7 * HOUR


def test_the_old_text_back_ends_the_suspicion_in_silence() -> None:
    before = known(suspect=Suspect(Suspicion.STUB, "x", NOW - HOUR))

    verdict = decided(before, saw(TEXT))

    assert verdict.article.suspect is None
    assert (verdict.version, verdict.change, verdict.events) == (None, None, ())


def test_a_third_text_starts_the_looks_anew() -> None:
    before = known(suspect=Suspect(Suspicion.STUB, "x", NOW - HOUR, looks=2))

    verdict = decided(before, saw(replace(TEXT, blocks=TEXT.blocks[:1])))

    assert verdict.article.suspect is not None
    assert (verdict.article.suspect.since, verdict.article.suspect.looks) == (NOW, 1)


def test_an_older_text_is_believed_at_the_second_look_and_told_as_a_revert() -> None:
    before = known(OTHER, shas={TEXT.sha: 0, OTHER.sha: 1}, versions=2)

    first = decided(before, saw(TEXT, base=OTHER))
    second = decided(after(first, before), saw(TEXT, base=OTHER), NOW + HOUR)

    assert first.version is None
    assert second.change is not None
    assert second.change.facts.reverts_to == 0


def test_texts_that_alternate_are_told_once_and_then_silent() -> None:
    before = known(OTHER, shas={TEXT.sha: 0, OTHER.sha: 1}, versions=2, flaps=FLAPS_TO_ALTERNATE - 1)

    first = decided(before, saw(TEXT, base=OTHER))
    second = decided(after(first, before), saw(TEXT, base=OTHER), NOW + HOUR)

    assert [(event.kind, event.detail) for event in first.events] == [(EventKind.ALTERNATES, "0 1")]
    assert (second.version, second.events, second.article.suspect) == (None, (), None)


def test_too_much_change_at_a_source_is_held_for_a_second_look() -> None:
    before = replace(known(), tally=Tally(checks=40, changed=30))

    held = decided(before, saw(OTHER))
    calm = decided(after(held, known()), saw(OTHER), NOW + 2 * HOUR)

    assert held.article.suspect is not None
    assert held.article.suspect.kind is Suspicion.FLOOD
    assert calm.version is not None


def test_a_410_is_gone_at_once_and_told_with_the_removals() -> None:
    verdict = decided(known(), Sight(Gone(410)))

    assert verdict.article.state is State.GONE
    assert [event.kind for event in verdict.events] == [EventKind.GONE]
    assert Channel.REMOVALS in verdict.events[0].channels


def test_a_404_is_believed_after_three_looks() -> None:
    before = known()
    now = NOW
    told = []
    for _ in range(3):
        verdict = decided(before, Sight(Gone(404)), now)
        told.append([event.kind for event in verdict.events])
        before = after(verdict, before)
        assert verdict.article.next_check_at is not None
        now = verdict.article.next_check_at

    assert told == [[], [], [EventKind.GONE]]


def test_what_is_gone_is_looked_for_for_a_month_and_no_longer() -> None:
    soon = decided(known(state=State.GONE), Sight(Gone(404)))
    late = decided(known(state=State.GONE, last_ok_at=NOW - GONE_WATCH), Sight(Gone(404)))

    assert soon.article.next_check_at is not None
    assert late.article.next_check_at is None
    assert soon.events == late.events == ()


def test_what_comes_back_with_other_words_is_one_entry_that_says_both() -> None:
    verdict = decided(known(state=State.GONE), saw(OTHER))

    assert verdict.events == ()
    assert verdict.change is not None
    assert verdict.change.facts.restored
    assert {Channel.CHANGES, Channel.REMOVALS} <= verdict.change.channels
    assert verdict.article.state is State.WATCHED


@pytest.mark.parametrize("reason", [Reason.TIMEOUT, Reason.STATUS, Reason.TRUNCATED])
def test_a_failure_is_not_an_unchanged_article(reason: Reason) -> None:
    verdict = decided(known(), Sight(Failed(reason, "no answer")))

    assert verdict.failed
    assert verdict.article.last_ok_at == NOW - HOUR
    assert (verdict.article.failures, verdict.article.problem) == (1, "no answer")


def test_what_robots_forbid_is_asked_once_a_day() -> None:
    verdict = decided(known(), Sight(Failed(Reason.ROBOTS, "robots.txt forbids it")))

    assert verdict.article.next_check_at is not None
    assert verdict.article.next_check_at >= NOW + timedelta(days=1)


def test_an_article_that_fails_for_two_months_is_let_go() -> None:
    verdict = decided(known(last_ok_at=NOW - timedelta(days=61)), Sight(Failed(Reason.DNS, "no such host")))

    assert (verdict.article.state, verdict.article.next_check_at) == (State.BLOCKED, None)


def test_a_permanent_redirect_is_adopted_at_the_third_sight_whatever_is_behind_it() -> None:
    before, urls = known(), []
    new = "https://paper.example/b"
    outcomes = (fetched(url=new, moved_to=new), NotModified(moved_to=new), fetched(url=new, moved_to=new))
    for outcome in outcomes:
        seen = saw(TEXT, outcome=outcome) if isinstance(outcome, Fetched) else Sight(outcome)
        sight = replace(seen, final_host="paper.example")
        verdict = decided(before, sight)
        before = after(verdict, before)
        urls.append(verdict.article.url)

    assert urls == [URL, URL, "https://paper.example/b"]
    assert [event.kind for event in verdict.events] == [EventKind.MOVED]


def test_a_story_that_is_watched_already_is_merged() -> None:
    before = known(None, versions=0)

    verdict = decided(before, replace(saw(TEXT), merge_into="fedcba9876543210"))

    assert verdict.merged_into == "fedcba9876543210"
    assert URL in verdict.aliases
    assert verdict.version is None


def test_what_a_source_in_trouble_loses_is_held() -> None:
    trouble = Tally(checks=12, changed=9)
    before = replace(known(suspect=Suspect(Suspicion.GONE, "404", NOW - 2 * HOUR, looks=5)), lately=trouble)

    held = decided(before, Sight(Gone(404)))
    at_once = decided(replace(known(), lately=trouble), Sight(Gone(410)))
    calm = decided(replace(before, lately=Tally(checks=12, changed=3)), Sight(Gone(404)))

    assert (held.events, at_once.events) == ((), ())
    assert held.changed
    assert held.article.next_check_at is not None
    assert held.article.next_check_at >= NOW + BRAKE_EVERY
    assert [event.kind for event in calm.events] == [EventKind.GONE]


def test_what_is_lost_for_days_is_believed_whatever_the_source_does() -> None:
    lost = Suspect(Suspicion.GONE, "404", NOW - BRAKE_LONGEST, looks=9)

    verdict = decided(replace(known(suspect=lost), lately=Tally(checks=12, changed=12)), Sight(Gone(404)))

    assert [event.kind for event in verdict.events] == [EventKind.GONE]


def test_the_newest_checks_stop_a_flood_before_the_hour_shows_it() -> None:
    before = replace(known(), tally=Tally(checks=60, changed=6), lately=Tally(checks=10, changed=5))

    verdict = decided(before, saw(OTHER))

    assert verdict.article.suspect is not None
    assert verdict.article.suspect.kind is Suspicion.FLOOD
    assert verdict.lines == ()


def test_lines_that_are_held_are_learned() -> None:
    line = "Support our newsroom with a small sum, so that the coast keeps a paper of its own."
    fed = replace(TEXT, blocks=(*TEXT.blocks, Block(line)))

    verdict = decided(replace(known(), lately=Tally(checks=10, changed=9)), saw(fed))

    assert verdict.lines == (line_sha(line),)


def test_a_busy_article_counts_once_an_hour_for_its_source() -> None:
    first = decided(known(), saw(OTHER))
    again = decided(known(last_changed_at=NOW - HOUR / 2), saw(OTHER))

    assert (first.changed, again.changed) == (True, False)


def test_an_edit_on_a_redesigned_page_is_looked_at_twice() -> None:
    sight = replace(saw(OTHER), redesigned=True)

    held = decided(known(), sight)
    believed = decided(after(held, known()), sight, NOW + 2 * HOUR)

    assert held.version is None
    assert believed.version is not None


def test_signs_that_a_new_template_sets_its_own_way_are_no_edit() -> None:
    straight = str.maketrans("“”", '""')
    curled = replace(TEXT, blocks=tuple(replace(block, text=block.text.translate(straight)) for block in TEXT.blocks))

    verdict = decided(known(), replace(saw(curled), redesigned=True))

    assert (verdict.version, verdict.article.suspect) == (None, None)
    assert decided(known(), saw(curled)).version is not None


def test_a_text_known_only_by_reading_it_anew_is_an_older_one() -> None:
    held = decided(known(OTHER), replace(saw(TEXT, base=OTHER), older=0))

    assert held.article.suspect is not None
    assert held.article.suspect.kind is Suspicion.FLAP


def test_a_line_that_went_and_was_not_kept_leaves_the_current_text_and_is_no_way_back() -> None:
    base = replace(TEXT, blocks=(*TEXT.blocks, Block("The harbour master, who is to retire in May, was told of it.")))

    told = decided(known(TEXT, shas={TEXT.sha: 0}), saw(TEXT, base=base))

    assert told.change is not None
    assert told.change.facts.reverts_to is None


# ------------------------------------------------------------------------------------------------------ what churns


def _with_line(line: str) -> Text:
    return replace(TEXT, blocks=(*TEXT.blocks, Block(line)))


def test_a_short_line_that_is_no_sentence_waits_for_a_second_look() -> None:
    before = known(_with_line("Read by 48"))

    held = decided(before, saw(_with_line("Read by 97"), _with_line("Read by 48")))
    again = NOW + HOUR
    told = decided(after(held, before), saw(_with_line("Read by 97"), _with_line("Read by 48")), again)

    assert (held.change, held.changed) == (None, False)
    assert held.article.suspect is not None
    assert held.article.suspect.kind is Suspicion.CHURN
    assert told.change is not None


def test_a_line_that_is_another_one_at_every_look_is_silence() -> None:
    before = known(_with_line("Read by 48"))

    held = decided(before, saw(_with_line("Read by 97"), _with_line("Read by 48")))
    quiet = decided(after(held, before), saw(_with_line("Read by 112"), _with_line("Read by 48")), NOW + HOUR)

    assert (quiet.change, quiet.article.suspect) == (None, None)


def test_an_edit_beside_a_line_that_churns_is_told_at_once() -> None:
    old, new = _with_line("Read by 48"), _with_line("Read by 97")
    new = replace(new, title=OTHER.title)

    assert decided(known(old), saw(new, old)).change is not None


def test_another_articles_text_is_not_believed_at_once() -> None:
    lines = [
        f"The harbour wall of Norhaven will be raised by {n} metres, its council said on Monday." for n in (2, 3, 4)
    ]
    foreign = Text("Harbour wall to be raised", "", tuple(Block(line) for line in lines))
    before = replace(known(), carriers={line_sha(line): ("Harbour wall to be raised",) for line in lines})

    verdict = decided(before, saw(replace(foreign, blocks=(*foreign.blocks, *TEXT.blocks[:2]))))

    assert verdict.change is None
    assert verdict.article.suspect is not None
    assert verdict.article.suspect.kind is Suspicion.FOREIGN
