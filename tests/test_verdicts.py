"""Everything that one check writes, whole: what is not named stays as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from feedwatch.judging.belief import identity
from feedwatch.judging.decide import MOVES_TO_ADOPT, SET_ASIDE, TRIES, Sight
from feedwatch.judging.diff import compare
from feedwatch.judging.events import GONE_EVERY, GONE_WATCH
from feedwatch.judging.grade import channels, grade
from feedwatch.judging.looks import with_look
from feedwatch.judging.schedule import after_failure, after_suspicion, next_check
from feedwatch.judging.suspicion import BRAKE_EVERY
from feedwatch.model import (
    Article,
    Block,
    Change,
    Channel,
    Event,
    EventKind,
    Failed,
    Gone,
    Known,
    NotModified,
    Reason,
    State,
    Suspect,
    Suspicion,
    Tally,
    Verdict,
    Version,
    line_sha,
)
from tests import test_decide
from tests.internet import BODY
from tests.test_decide import HOUR, KEPT, NOW, OTHER, TERMS, TEXT, URL, fetched, known, saw

DAY = timedelta(days=1)
AWAY = 2 * max(TERMS.policy.longest, SET_ASIDE)
# What a good look forgets.
TROUBLED = {
    "failures": 2,
    "problem": "no answer",
    "moves": 2,
    "suspect": Suspect(Suspicion.STUB, "x", NOW - HOUR, 2),
    "etag": '"1"',
    "last_modified": "yesterday",
    "body_sha": "b",
    "visible_sha": "v",
    "rev": 7,
    "events": 4,
    "changes": 1,
    "last_changed_at": NOW - 30 * HOUR,
}
GOOD = {"failures": 0, "problem": "", "moves": 0, "suspect": None, "last_ok_at": NOW}
NEW = {"etag": '"2"', "last_modified": None, "body_sha": "body", "visible_sha": "visible"}
ALL = frozenset({Channel.EVERYTHING, Channel.CHANGES, Channel.REMOVALS})


def written(before: Known, **changes: object) -> Article:
    """The article after a look on the same day as the one before."""
    was = before.article
    looks = with_look(was.looks, NOW - was.first_seen_at)
    return replace(was, checks=was.checks + 1, looks=looks, last_checked_at=NOW, **changes)  # type: ignore[arg-type]


def decided(before: Known, sight: Sight, now: datetime = NOW) -> Verdict:
    """All of the verdict but what every one says."""
    verdict = test_decide.decided(before, sight, now)
    assert verdict.rev_before == before.article.rev
    return replace(verdict, rev_before=None)


def due(article: Article) -> Article:
    return replace(article, next_check_at=next_check(article, NOW, TERMS.policy))


def event(before: Known, kind: EventKind, carried: frozenset[Channel], detail: str = "") -> Event:
    return Event(before.article.id, before.article.events, kind, NOW, detail, carried)


# ------------------------------------------------------------------------------------------------------ nothing new


def test_a_304_forgets_what_was_suspected_and_keeps_the_validators() -> None:
    before = known(**TROUBLED)

    assert decided(before, Sight(NotModified(), aliases=("a",))) == Verdict(
        due(written(before, **GOOD)), aliases=("a",)
    )


@pytest.mark.parametrize(("seen", "kept"), [("visible", "visible"), (None, "v")])
def test_the_same_text_by_other_bytes_brings_new_validators(seen: str | None, kept: str) -> None:
    before = known(**TROUBLED)

    verdict = decided(before, Sight(fetched(), "body", seen))

    assert verdict == Verdict(due(written(before, **GOOD, **{**NEW, "visible_sha": kept})))


def test_an_equal_text_brings_its_pages_imprint_and_another_one_does_not() -> None:
    before = known(OTHER, shas={TEXT.sha: 0, OTHER.sha: 1}, versions=2, flaps=2, imprint=b"older")

    assert decided(known(imprint=b"older"), saw(TEXT, imprint=b"newer")).article.imprint == b"newer"
    assert decided(before, saw(TEXT, base=OTHER, imprint=b"newer")).article.imprint == b"older"
    assert decided(known(imprint=b"older"), Sight(fetched(), "body", "visible")).article.imprint == b"older"
    assert decided(known(imprint=b"older"), saw(OTHER, imprint=b"newer")).article.imprint == b"newer"


def test_an_equal_text_is_no_news() -> None:
    before = known(**TROUBLED)

    assert decided(before, saw(TEXT)) == Verdict(due(written(before, **GOOD, **NEW)))


def test_what_comes_back_unchanged_is_restored_and_told() -> None:
    before = known(**{**TROUBLED, "state": State.GONE, "moves": 0})

    verdict = decided(before, Sight(NotModified()))

    article = due(written(before, **GOOD, state=State.WATCHED, events=5, rev=8))
    assert verdict == Verdict(article, events=(event(before, EventKind.RESTORED, ALL),))


@pytest.mark.parametrize("outcome", [NotModified(moved_to=URL + "/new"), fetched(moved_to=URL + "/new")])
def test_a_move_is_counted_then_adopted_and_told(outcome: NotModified) -> None:
    seen = Sight(outcome, aliases=("k",), final_host="new.example")
    more = NEW | {"body_sha": None, "visible_sha": "v"} if outcome != NotModified(moved_to=URL + "/new") else {}
    first, last = (known(**{**TROUBLED, "moves": moves}) for moves in (0, MOVES_TO_ADOPT - 1))

    assert decided(first, seen) == Verdict(due(written(first, **{**GOOD, **more, "moves": 1})), aliases=("k",))
    adopted = due(written(last, **GOOD, **more, url=URL + "/new", host="new.example", events=5, rev=8))
    told = event(last, EventKind.MOVED, frozenset({Channel.EVERYTHING}), URL + "/new")
    assert decided(last, seen) == Verdict(adopted, events=(told,), aliases=("k",))


@pytest.mark.parametrize(
    "seen",
    [
        Sight(NotModified(moved_to=URL), final_host="paper.example"),
        Sight(NotModified(moved_to=URL + "/new")),
        Sight(NotModified(), final_host="new.example"),
    ],
)
def test_what_is_no_move_ends_the_counting(seen: Sight) -> None:
    before = known(**TROUBLED)

    assert decided(before, seen) == Verdict(due(written(before, **GOOD)))


def test_an_article_that_was_set_aside_is_watched_again_when_it_can_be_read() -> None:
    before = known(**{**TROUBLED, "state": State.BLOCKED})

    assert decided(before, Sight(NotModified())) == Verdict(due(written(before, **GOOD, state=State.WATCHED, rev=8)))


def test_the_end_of_the_watch_is_seen() -> None:
    before = known(first_seen_at=NOW - TERMS.policy.give_up_after)

    assert decided(before, Sight(NotModified())) == Verdict(
        written(before, last_ok_at=NOW, state=State.DONE, next_check_at=None, rev=1)
    )


@pytest.mark.parametrize(("away", "ends"), [(AWAY, True), (AWAY + HOUR, False)])
def test_no_watch_ends_where_nobody_looked_for_a_fortnight(away: timedelta, *, ends: bool) -> None:
    before = known(first_seen_at=NOW - 90 * DAY, last_checked_at=NOW - away)

    article = decided(before, Sight(NotModified())).article

    state, next_look = (State.DONE, None) if ends else (State.WATCHED, NOW + TERMS.policy.longest)
    assert (article.state, article.next_check_at) == (state, next_look)
    assert article.rev == 2  # a new day, and the end that was in sight


def test_the_first_look_of_all_is_at_no_new_end() -> None:
    before = known(first_seen_at=NOW - 90 * DAY, last_checked_at=None)

    assert decided(before, Sight(NotModified())).article.state is State.DONE


def test_a_suspicion_of_a_time_to_come_counts_from_now() -> None:
    before = known(suspect=Suspect(Suspicion.GONE, "404", NOW + DAY, 2))

    article = decided(before, Sight(Gone(404))).article

    assert article.suspect == Suspect(Suspicion.GONE, "404", NOW, 3)


# ------------------------------------------------------------------------------------------------------ no page


@pytest.mark.parametrize("wait", [None, 3 * HOUR])
def test_a_failure_is_counted_told_and_tried_again(wait: timedelta | None) -> None:
    before = known(**TROUBLED)

    verdict = decided(before, Sight(Failed(Reason.BUSY, f"{URL}: answered 503", 503, wait)))

    again = after_failure(3, NOW, wait, before.article.id)
    assert verdict == Verdict(written(before, failures=3, problem="answered 503", next_check_at=again), failed=True)


@pytest.mark.parametrize("reason", [Reason.ROBOTS, Reason.ADDRESS])
def test_what_is_forbidden_waits_for_a_day(reason: Reason) -> None:
    before = known()

    verdict = decided(before, Sight(Failed(reason, "forbidden")))
    later = decided(before, Sight(Failed(reason, "forbidden", None, 3 * DAY)))

    assert verdict == Verdict(written(before, failures=1, problem="forbidden", next_check_at=NOW + DAY), failed=True)
    assert later.article.next_check_at == NOW + 3 * DAY


@pytest.mark.parametrize("last_ok", [NOW - TERMS.policy.give_up_after, None])
def test_what_failed_for_two_months_is_blocked_for_good(last_ok: object) -> None:
    before = known(first_seen_at=NOW - TERMS.policy.give_up_after, last_ok_at=last_ok)

    verdict = decided(before, Sight(Failed(Reason.TLS, "no TLS")))

    blocked = written(before, failures=1, problem="no TLS", state=State.BLOCKED, next_check_at=None, rev=1)
    assert verdict == Verdict(blocked, failed=True)


@pytest.mark.parametrize(("state", "rev"), [(State.WATCHED, 1), (State.BLOCKED, 0)])
def test_what_no_worker_can_read_is_set_aside_at_the_third_try(state: State, rev: int) -> None:
    second, third = (known(failures=TRIES - more, state=state) for more in (2, 1))
    why = Sight(Failed(Reason.UNREADABLE, "no answer"))

    assert decided(second, why).article.next_check_at == after_failure(TRIES - 1, NOW, None, second.article.id)
    told = f"set aside after {TRIES} tries, tried once a week: no answer"
    assert decided(third, why) == Verdict(
        written(third, failures=TRIES, state=State.BLOCKED, problem=told, next_check_at=NOW + SET_ASIDE, rev=rev),
        failed=True,
    )


def test_another_failure_sets_nothing_aside() -> None:
    assert decided(known(failures=9), Sight(Failed(Reason.TIMEOUT, "no answer"))).article.state is State.WATCHED


def test_a_404_is_suspected_first() -> None:
    before = known()
    suspect = Suspect(Suspicion.GONE, "404", NOW)

    verdict = decided(before, Sight(Gone(404)))

    assert verdict == Verdict(
        written(before, suspect=suspect, next_check_at=after_suspicion(suspect, NOW)), changed=True
    )


def test_a_404_of_what_was_never_read_is_a_failure() -> None:
    before = known(None, versions=0)

    verdict = decided(before, Sight(Gone(404)))

    again = after_failure(1, NOW, None, before.article.id)
    problem = "the page does not exist (HTTP 404)"
    assert verdict == Verdict(written(before, failures=1, problem=problem, next_check_at=again), failed=True)


@pytest.mark.parametrize(("status", "suspect"), [(410, None), (404, Suspect(Suspicion.GONE, "404", NOW - HOUR, 2))])
def test_a_removal_is_told_once(status: int, suspect: Suspect | None) -> None:
    before = known(**{**TROUBLED, "suspect": suspect})

    verdict = decided(before, Sight(Gone(status)))

    article = written(before, suspect=None, state=State.GONE, events=5, rev=8, next_check_at=NOW + GONE_EVERY)
    assert verdict == Verdict(article, events=(event(before, EventKind.GONE, ALL),), changed=True)


@pytest.mark.parametrize("last_ok", [NOW - GONE_WATCH, None])
def test_what_stays_gone_is_asked_for_daily_for_a_month(last_ok: object) -> None:
    ended = known(state=State.GONE, first_seen_at=NOW - GONE_WATCH, last_ok_at=last_ok, rev=3)
    lasting = known(state=State.GONE, first_seen_at=NOW - GONE_WATCH + HOUR, last_ok_at=None, rev=3)

    assert decided(ended, Sight(Gone(404))) == Verdict(written(ended, next_check_at=None, rev=4))
    assert decided(lasting, Sight(Gone(404))) == Verdict(written(lasting, next_check_at=NOW + GONE_EVERY))


# ------------------------------------------------------------------------------------------------------ a first page


@pytest.mark.parametrize(("claimed", "kept"), [(NOW - DAY, NOW - DAY), (NOW, NOW), (NOW + HOUR, None), (None, None)])
def test_the_first_page_makes_all_of_version_0(claimed: object, kept: object) -> None:
    before = known(None, versions=0, last_ok_at=None, failures=2, problem="no answer", title="from the feed")
    seen = saw(TEXT, byline="M. Lindqvist", language="en", published_at=claimed, modified_at=NOW - 2 * HOUR)

    verdict = decided(before, replace(seen, aliases=("k",)))

    read = {"title": TEXT.title, "published_at": kept, "versions": 1, "rev": 1, "failures": 0, "problem": ""}
    version = Version(
        before.article.id, 0, NOW, None, TEXT, "trafilatura", "test 1", "M. Lindqvist", "en", NOW - 2 * HOUR
    )
    lines = tuple(line_sha(line) for line in BODY)
    edited = NOW - 2 * HOUR if kept == NOW - DAY else None  # after it was published, and before it was found
    article = due(written(before, **read, **NEW, last_ok_at=NOW, edited_at=edited))
    assert verdict == Verdict(article, version, KEPT, aliases=("k",), lines=lines)


def test_a_date_that_the_feed_gave_is_kept() -> None:
    before = known(None, versions=0, published_at=NOW - DAY)

    assert decided(before, saw(TEXT, published_at=NOW - HOUR)).article.published_at == NOW - DAY


def test_a_page_without_a_headline_has_the_feeds() -> None:
    before = known(None, versions=0, feed_title="Ferry fire")

    verdict = decided(before, saw(replace(TEXT, title="")))

    assert verdict.version is not None
    assert (verdict.article.title, verdict.version.text.title) == ("Ferry fire", "Ferry fire")


@pytest.mark.parametrize(
    ("blocks", "signs", "problem"),
    [
        ((), (), "no article text found on the page"),
        ((Block("Not here."),), ("soft-404-wording",), "the page looks like a soft 404 page, not an article"),
        ((Block("Type the letters."),), ("captcha",), "the page looks like a wall page, not an article"),
    ],
)
def test_a_first_page_that_is_no_article_is_a_failure(
    blocks: tuple[Block, ...], signs: tuple[str, ...], problem: str
) -> None:
    before = known(None, versions=0)

    verdict = decided(before, saw(replace(TEXT, blocks=blocks), signs=frozenset(signs)))

    assert verdict.failed
    assert verdict.version is None
    assert verdict.article.problem == problem
    assert verdict.article.next_check_at == after_failure(1, NOW, None, before.article.id)


def test_a_story_known_by_another_address_is_merged_and_nothing_else() -> None:
    before = known(None, versions=0)

    verdict = decided(before, replace(saw(TEXT), aliases=("k",), merge_into="f" * 16))

    assert verdict == Verdict(written(before), aliases=(before.article.key, "k"), merged_into="f" * 16)


# ------------------------------------------------------------------------------------------------------ another text


def test_an_edit_writes_version_and_change_and_forgets_the_rest() -> None:
    before = known(**{**TROUBLED, "suspect": None, "flaps": 2})
    seen = replace(saw(OTHER, modified_at=NOW - HOUR, byline="M. L.", language="en"), aliases=("k",))
    assert seen.comparison is not None
    facts = grade(seen.comparison, admitted=True, language="en")

    verdict = decided(before, seen)

    number = before.article.versions
    version = Version(
        before.article.id, number, NOW, NOW - HOUR, OTHER, "trafilatura", "test 1", "M. L.", "en", NOW - HOUR
    )
    change = Change(before.article.id, number - 1, number, NOW, NOW - HOUR, facts, channels(facts))
    after = {
        "title": OTHER.title,
        "flaps": 0,
        "versions": 2,
        "changes": 2,
        "last_changed_at": NOW,
        "edited_at": NOW - HOUR,
        "rev": 8,
    }
    article = due(written(before, **GOOD, **NEW, **after))
    assert verdict == Verdict(article, version, KEPT, change, aliases=("k",), changed=True)


def test_an_edit_after_a_removal_restores_and_is_told_with_the_removals() -> None:
    before = known(state=State.GONE)

    verdict = decided(before, saw(OTHER))

    assert verdict.change is not None
    assert verdict.article.state is State.WATCHED
    assert verdict.change.facts.restored
    assert verdict.change.channels == channels(verdict.change.facts) | {Channel.REMOVALS}


def test_new_lines_are_counted_for_the_source_each_once() -> None:
    more = (*TEXT.blocks, Block("The port stays shut."), Block("The port stays shut."))

    assert decided(known(), saw(replace(TEXT, blocks=more))).lines == (line_sha("The port stays shut."),)


def test_an_article_that_goes_on_failing_is_no_trouble_of_its_source_where_others_can_be_had() -> None:
    failed = Sight(Failed(Reason.STATUS, "answered 503", 503))

    def lone(failures: int, lately: Tally) -> bool:
        return decided(replace(known(failures=failures), lately=lately), failed).lone

    assert lone(3, Tally(10, 0, 9))
    assert not lone(2, Tally(10, 0, 9))
    assert not lone(3, Tally(10, 0, 10))
    assert not lone(3, Tally())


def test_an_edit_within_a_day_of_another_is_no_trouble_of_its_source() -> None:
    day = timedelta(days=1)
    lately, before = (known(changes=1, last_changed_at=NOW - ago) for ago in (day - timedelta(seconds=1), day))

    assert not decided(lately, saw(OTHER)).changed
    assert decided(before, saw(OTHER)).changed


def test_a_text_in_the_wrong_characters_is_the_current_one_without_its_digests() -> None:
    before = known(**{**TROUBLED, "suspect": None})
    garbled = replace(
        TEXT, blocks=tuple(Block(block.text.replace("“", "â€œ").replace("”", "â€\x9d")) for block in TEXT.blocks)
    )

    verdict = decided(before, saw(garbled))

    assert verdict == Verdict(due(written(before, **GOOD, **{**NEW, "body_sha": None, "visible_sha": "v"})))


def test_the_third_switch_is_told_and_then_both_texts_are_the_current_one() -> None:
    before = known(OTHER, shas={TEXT.sha: 0, OTHER.sha: 1}, versions=2, flaps=2, visible_sha="v", events=1)

    verdict = decided(before, replace(saw(TEXT, base=OTHER), aliases=("k",)))

    told = event(before, EventKind.ALTERNATES, frozenset({Channel.EVERYTHING}), "0 1")
    more = {**NEW, "body_sha": None, "visible_sha": "v"}
    article = due(written(before, **more, flaps=3, last_ok_at=NOW, events=2, rev=1))
    assert verdict == Verdict(article, events=(told,), aliases=("k",))

    third = decided(replace(before, article=verdict.article), saw(TEXT, base=OTHER), NOW)
    assert (third.article.flaps, third.events, third.article.body_sha) == (3, (), None)


def test_a_first_switch_is_held_and_counted() -> None:
    before = known(OTHER, shas={TEXT.sha: 0, OTHER.sha: 1}, versions=2)
    suspect = Suspect(Suspicion.FLAP, identity(compare(OTHER, TEXT)), NOW)

    verdict = decided(before, saw(TEXT, base=OTHER))

    assert verdict == Verdict(
        written(before, flaps=1, suspect=suspect, next_check_at=after_suspicion(suspect, NOW)), changed=True
    )
    again = decided(replace(before, article=verdict.article), saw(TEXT, base=OTHER), NOW)
    assert (again.article.flaps, again.changed) == (1, False)


WALL = {"signs": frozenset({"captcha"})}


def test_a_wall_that_stays_is_told_once_and_the_article_watched_on() -> None:
    before = known(suspect=Suspect(Suspicion.WALL, "x", NOW - 7 * HOUR, 2), rev=3, events=1)
    wall = saw(replace(TEXT, title="Just a moment", blocks=(Block("Type the letters that you see."),)), **WALL)

    verdict = decided(before, wall)
    again = decided(replace(before, article=replace(verdict.article, suspect=before.article.suspect)), wall)

    problem = "the page shows a wall (consent, sign-in or payment) in place of the article"
    told = event(before, EventKind.WALLED, frozenset({Channel.EVERYTHING}))
    article = due(written(before, state=State.WALLED, problem=problem, events=2, rev=4))
    assert verdict == Verdict(article, events=(told,))
    assert (again.events, again.version, again.article.problem) == ((), None, problem)


def test_the_end_of_a_wall_is_told_once_also_after_a_failure() -> None:
    before = known(state=State.WALLED, events=1, problem="no answer")

    verdict = decided(before, saw(TEXT))
    again = decided(replace(before, article=verdict.article), saw(TEXT), NOW + HOUR)
    edited = decided(before, saw(OTHER))

    assert [event.kind for event in verdict.events] == [EventKind.OPENED]
    assert (verdict.article.state, verdict.article.problem, again.events) == (State.WATCHED, "", ())
    assert (edited.events, edited.article.state) == ((), State.WATCHED)  # the edit's entry says as much


def test_a_wall_does_not_bring_back_what_is_gone() -> None:
    waiting = Suspect(Suspicion.WALL, "x", NOW - 7 * HOUR, 2)
    wall = saw(replace(TEXT, title="Just a moment", blocks=(Block("Type the letters that you see."),)), **WALL)

    verdict = decided(known(state=State.GONE, suspect=waiting), wall)

    assert (verdict.events, verdict.article.state) == ((), State.GONE)


@pytest.mark.parametrize("sign", ["soft-404-wording"])
def test_a_page_that_says_not_found_long_enough_is_a_removal(sign: str) -> None:
    before = known(suspect=Suspect(Suspicion.SOFT_404, "x", NOW - 7 * HOUR, 2), rev=3)
    missing = saw(replace(TEXT, title="Page not found", blocks=(Block("It is not here."),)), signs=frozenset({sign}))

    verdict = decided(before, missing)

    article = written(before, suspect=None, state=State.GONE, events=1, rev=4, next_check_at=NOW + GONE_EVERY)
    assert verdict == Verdict(article, events=(event(before, EventKind.GONE, ALL),), changed=True)
    gone = replace(before, article=replace(before.article, state=State.GONE))
    assert decided(gone, missing).events == ()


def test_what_is_confirmed_at_a_source_in_trouble_is_looked_at_hourly() -> None:
    suspect = Suspect(Suspicion.GONE, "404", NOW - 2 * HOUR, 2)
    before = replace(known(suspect=suspect), tally=Tally(checks=40, changed=30))

    verdict = decided(before, Sight(Gone(404)))

    held = replace(suspect, looks=3)
    again = max(after_suspicion(held, NOW), NOW + BRAKE_EVERY)
    assert verdict == Verdict(written(before, suspect=held, next_check_at=again), changed=True)


def test_signs_that_differ_on_a_page_of_another_template_are_nothing_new() -> None:
    straight = replace(
        TEXT, blocks=tuple(Block(block.text.replace("“", '"').replace("”", '"')) for block in TEXT.blocks)
    )
    before = known(**{**TROUBLED, "suspect": None})

    redesigned, same = (decided(before, replace(saw(straight), redesigned=new)) for new in (True, False))

    assert redesigned == Verdict(due(written(before, **GOOD, **NEW)))
    assert same.version is not None
