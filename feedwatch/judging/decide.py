"""What we knew of an article + what we saw -> Verdict: everything that one check writes.

The last good version stays until what differs from it is believed: a suspect needs agreeing looks first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from feedwatch.judging.belief import BELIEVED_GONE, held, identity, is_believed, look_again
from feedwatch.judging.events import announced, back, believed_gone, still_gone
from feedwatch.judging.grade import channels, grade
from feedwatch.judging.learned import furniture
from feedwatch.judging.live import Waited, close_window, look_by
from feedwatch.judging.looks import with_look
from feedwatch.judging.rhythm import edited_at, edited_before
from feedwatch.judging.schedule import Policy, after_failure, next_check
from feedwatch.judging.suspicion import (
    brake,
    first_suspicion,
    is_borrowed,
    is_live,
    may_churn,
    suspicion,
)
from feedwatch.model import (
    EMPTY,
    Article,
    Change,
    Channel,
    Comparison,
    Event,
    EventKind,
    Failed,
    Fetched,
    Gone,
    Grade,
    KeptPage,
    Known,
    Live,
    NotModified,
    Op,
    Outcome,
    Page,
    Reason,
    State,
    Suspicion,
    Text,
    Verdict,
    Version,
    line_sha,
)

# A permanent redirect is adopted when it was seen so often running: a mistaken 301 is common in the
# first hours of a site's change.
MOVES_TO_ADOPT = 3
# So many switches between known texts are an A/B test, not edits.
FLAPS_TO_ALTERNATE = 3
# A page that takes its worker along costs 20 seconds a try. After so many it is set aside, and tried once in so long.
TRIES = 3
SET_ASIDE = timedelta(days=7)

# Edits of one article within so long count once for the source's tally: where a source has few articles, nearly all
# looks may be at the one that is edited again and again.
_ONCE = timedelta(days=1)
# An article that failed so many times running counts only while nothing else of its source can be had either.
_FAILS_LONG = 3

_NO_ARTICLE = "no article text found on the page"


@dataclass(frozen=True, slots=True)
class Sight:
    """What one look at an article's address saw.

    `page` is None when the bytes or the visible text were those of the current version. `base` is the current
    version's text re-read beside `page`, by the same extractor and with furniture left out of both; `comparison` is
    between the two. `waited` is what a live page's window held back, once that is over. `older` is the number of the
    version whose text `page` shows again, where that could only be told by reading it anew.
    """

    outcome: Outcome
    body_sha: str | None = None
    visible_sha: str | None = None
    page: Page | None = None
    kept: KeptPage | None = None
    base: Text | None = None
    comparison: Comparison | None = None
    aliases: tuple[str, ...] = ()
    final_host: str | None = None
    merge_into: str | None = None
    waited: Waited | None = None
    older: int | None = None
    continued: bool = False  # the address that it moved to is watched as an article of its own
    redesigned: bool = False  # `page` has another template than the current version's


@dataclass(frozen=True, slots=True)
class Terms:
    """What the config and the program's version say about one check."""

    policy: Policy
    extractor: str
    live_window: timedelta = timedelta(hours=1)


def decide(known: Known, sight: Sight, now: datetime, terms: Terms) -> Verdict:
    was = _by_this_clock(known.article, now)
    # An article's page says when it was last checked: it is rendered anew at the first check of a day.
    new_day = was.last_checked_at is None or was.last_checked_at.date() != now.date()
    looks = with_look(was.looks, now - was.first_seen_at)
    looked = replace(was, checks=was.checks + 1, looks=looks, last_checked_at=now, rev=was.rev + new_day)
    article, digest = close_window(looked, known.last, sight.waited, now, terms.live_window)
    verdict = _decided(replace(known, article=article), sight, now, terms)
    if verdict.article.next_check_at is None and _was_away(was, now, terms):
        verdict = replace(verdict, article=_looked_at_again(was, verdict.article, now, terms))
    newest = verdict.version or known.last
    article = look_by(verdict.article, newest.number if newest else None)
    return replace(verdict, article=article, digest=digest, rev_before=was.rev)


def _by_this_clock(article: Article, now: datetime) -> Article:
    """What was suspected at a time that has not come yet (the clock was set back) is suspected from now on."""
    suspect = article.suspect
    return replace(article, suspect=replace(suspect, since=now)) if suspect and suspect.since > now else article


def _was_away(was: Article, now: datetime, terms: Terms) -> bool:
    """Whether nobody looked for so long that a machine was off, or a clock jumped ahead."""
    return was.last_checked_at is not None and now - was.last_checked_at > 2 * max(terms.policy.longest, SET_ASIDE)


def _looked_at_again(was: Article, article: Article, now: datetime, terms: Terms) -> Article:
    """No watch ends for a quiet in which nobody looked: the next look may end it."""
    return replace(article, state=was.state, next_check_at=now + terms.policy.longest)


def _decided(known: Known, sight: Sight, now: datetime, terms: Terms) -> Verdict:
    match sight.outcome:
        case Gone(status=status):
            return _gone(known, str(status), now, terms)
        case Failed() as why:
            return _failed(known, why, now, terms)
        case NotModified():
            return _unchanged(known, sight, now, terms)
        case Fetched():
            if sight.page is None:
                return _unchanged(known, sight, now, terms)
            return _read(known, sight, sight.page, now, terms)


# ------------------------------------------------------------------------------------------------------ nothing new


def _unchanged(known: Known, sight: Sight, now: datetime, terms: Terms) -> Verdict:
    """The current version's text was seen: whatever was suspected is forgotten, in silence."""
    article, events = back(known.article, now)
    article, moved = _moved(article, sight, now)
    validators = _validators(article, sight)
    article = _scheduled(article, now, terms, suspect=None, failures=0, problem="", last_ok_at=now, **validators)
    return Verdict(article, events=(*events, *moved), aliases=sight.aliases)


def _validators(article: Article, sight: Sight) -> dict[str, Any]:
    """Validators and digests stand for the current version: a suspect sighting must never be answered by a 304."""
    if not isinstance(sight.outcome, Fetched):
        return {}
    return {
        "etag": sight.outcome.etag,
        "last_modified": sight.outcome.last_modified,
        "body_sha": sight.body_sha,
        "visible_sha": sight.visible_sha or article.visible_sha,
        "imprint": article.imprint if sight.page is None else sight.page.imprint,
    }


def _as_unread(sight: Sight) -> Sight:
    """Without what would stand for the current version: the page shows another text."""
    return replace(sight, body_sha=None, visible_sha=None, page=None)


def _moved(article: Article, sight: Sight, now: datetime) -> tuple[Article, tuple[Event, ...]]:
    target = sight.outcome.moved_to if isinstance(sight.outcome, Fetched | NotModified) else None
    if target is None or target == article.url or sight.final_host is None:
        return (replace(article, moves=0) if article.moves else article), ()
    if article.moves + 1 < MOVES_TO_ADOPT:
        return replace(article, moves=article.moves + 1), ()
    if sight.continued:
        return announced(replace(article, state=State.DONE, moves=0), EventKind.CONTINUED, now, target)
    moved = replace(article, url=target, host=sight.final_host, moves=0)
    return announced(moved, EventKind.MOVED, now, target)


def _scheduled(article: Article, now: datetime, terms: Terms, **seen: Any) -> Article:
    """The article with its next check, and with what was `seen`, of which that does not depend. The end of the watch is
    something that a reader sees.
    """
    if article.state is State.DONE:  # it goes on at another address, which its entry says
        return replace(article, next_check_at=None, **seen)
    if article.state is State.BLOCKED:  # it was set aside, and can be read again
        article = replace(article, state=State.WATCHED, rev=article.rev + 1)
    due = next_check(article, now, terms.policy)
    if due is None:
        article = replace(article, state=State.DONE, rev=article.rev + 1)
    return replace(article, next_check_at=due, **seen)


# ------------------------------------------------------------------------------------------------------ no page


def _failed(known: Known, why: Failed, now: datetime, terms: Terms) -> Verdict:
    article = known.article
    problem = why.detail.removeprefix(f"{article.url}: ")  # who reads of it sees the address beside it
    failed = replace(article, failures=article.failures + 1, problem=problem)
    last_ok = article.last_ok_at or article.first_seen_at
    if now - last_ok >= terms.policy.give_up_after:
        blocked = replace(failed, state=State.BLOCKED, next_check_at=None, rev=failed.rev + 1)
        return Verdict(blocked, failed=True)
    if why.reason is Reason.UNREADABLE and failed.failures >= TRIES:
        return Verdict(_set_aside(failed, now), failed=True)
    due = after_failure(failed.failures, now, why.retry_after, article.id)
    if why.reason in (Reason.ROBOTS, Reason.ADDRESS):
        due = max(due, now + timedelta(days=1))
    lone = failed.failures > _FAILS_LONG and known.lately.failed < known.lately.checks
    return Verdict(replace(failed, next_check_at=due), failed=True, lone=lone)


def _set_aside(article: Article, now: datetime) -> Article:
    problem = f"set aside after {article.failures} tries, tried once a week: {article.problem}"
    rev = article.rev + (article.state is not State.BLOCKED)
    return replace(article, state=State.BLOCKED, problem=problem, next_check_at=now + SET_ASIDE, rev=rev)


def _gone(known: Known, status: str, now: datetime, terms: Terms) -> Verdict:
    article = known.article
    if article.state is State.GONE:
        return still_gone(known, now)
    if known.last is None:
        return _failed(
            known, Failed(Reason.STATUS, f"the page does not exist (HTTP {status})", int(status)), now, terms
        )
    suspect = look_again(article, Suspicion.GONE, status, now)
    if is_believed(known, suspect, now):
        return believed_gone(known, now)
    return held(known, suspect, now)


# ------------------------------------------------------------------------------------------------------ a page


def _read(known: Known, sight: Sight, page: Page, now: datetime, terms: Terms) -> Verdict:
    if known.last is None:
        return _first(known, sight, page, now, terms)
    base = sight.base or known.last.text
    sha = page.text.sha
    if sha == base.sha or (sight.redesigned and _is_set_otherwise(sight, page)):
        return _same(known, sight, page, now, terms)
    number = known.shas.get(sha, known.last.number)
    # Where it is the current version's own text, a line went that this was not kept with.
    older = sight.older if number == known.last.number else number
    if older is not None and known.article.flaps >= FLAPS_TO_ALTERNATE:
        return _unchanged(known, _as_unread(sight), now, terms)
    return _differs(known, sight, page, older, now, terms)


def _same(known: Known, sight: Sight, page: Page, now: datetime, terms: Terms) -> Verdict:
    """The current version's text, maybe in a new template: then later pages are compared with this one. Beside one of
    the old template every edit would look like the redesign's work.
    """
    verdict = _unchanged(known, sight, now, terms)
    if known.last is None or page.place in ("", known.article.place):
        return verdict
    article = replace(verdict.article, place=page.place)
    return replace(verdict, article=article, page=sight.kept, again=known.last.number)


def _first(known: Known, sight: Sight, page: Page, now: datetime, terms: Terms) -> Verdict:
    article = known.article
    if sight.merge_into:
        return Verdict(article, aliases=(article.key, *sight.aliases), merged_into=sight.merge_into)
    asked, final = article.url, sight.outcome.url if isinstance(sight.outcome, Fetched) else article.url
    if not page.text.blocks or (doubt := first_suspicion(page, asked, final)):
        problem = _NO_ARTICLE if not page.text.blocks else f"the page looks like a {doubt} page, not an article"
        return _failed(known, Failed(Reason.STATUS, problem), now, terms)
    text = _without(page.text, furniture(known))
    if not text.title:
        text = replace(text, title=article.feed_title)
    version = _version(article, page, text, now, terms)
    published_at = article.published_at or _not_after(page.published_at, now)
    article = replace(
        article,
        title=text.title,
        published_at=published_at,
        edited_at=page.modified_at if edited_before(page.modified_at, published_at, now) else None,
        failures=0,
        problem="",
        last_ok_at=now,
        place=page.place,
        versions=1,
        rev=article.rev + 1,
    )
    lines = tuple(dict.fromkeys(line_sha(line) for line in page.text.paragraphs))
    article = _scheduled(article, now, terms, **_validators(article, sight))
    return Verdict(article, version, sight.kept, aliases=sight.aliases, lines=lines)


def _without(text: Text, common: frozenset[str]) -> Text:
    """`text` less the lines that other articles of the source carry too, unless little would be left."""
    kept = tuple(block for block in text.blocks if line_sha(block.text) not in common)
    if len(kept) == len(text.blocks):
        return text
    words = sum(len(block.text.split()) for block in kept)
    return replace(text, blocks=kept) if words >= 0.6 * text.words else text


def _not_after(claimed: datetime | None, now: datetime) -> datetime | None:
    return claimed if claimed is not None and claimed <= now else None


def _differs(known: Known, sight: Sight, page: Page, older: int | None, now: datetime, terms: Terms) -> Verdict:  # noqa: PLR0911
    """The text is another one than the current version's: believe it, or hold it until looks agree."""
    article = known.article
    kind = _doubt(known, sight, page, older)
    if kind is None:
        return _accepted(known, sight, page, older, now, terms)
    if kind is Suspicion.MOJIBAKE:
        return _unchanged(known, _as_unread(sight), now, terms)
    seen = identity(sight.comparison) if sight.comparison else page.text.sha
    suspect = look_again(article, kind, seen, now)
    if kind is Suspicion.CHURN and article.suspect and article.suspect.kind is kind and suspect.looks == 1:
        # Two looks, two texts: it is another one at every request.
        return _unchanged(known, _as_unread(sight), now, terms)
    if kind is Suspicion.FLAP and suspect.looks == 1:
        article = replace(article, flaps=article.flaps + 1)
        if article.flaps == FLAPS_TO_ALTERNATE:
            return _alternating(replace(known, article=article), sight, older, now, terms)
    if not is_believed(known, suspect, now):
        # What many pages show for the first time now is learned to be furniture before it is looked at again.
        lines = _new_lines(known.last.text, page.text) if known.last and kind is Suspicion.FLOOD else ()
        return replace(held(replace(known, article=article), suspect, now), lines=lines)
    if kind in BELIEVED_GONE:
        return believed_gone(known, now, EMPTY if kind is Suspicion.BLANK else "")
    if kind is Suspicion.WALL:
        return _walled(known, now, terms)
    return _accepted(known, sight, page, older, now, terms)


def _doubt(known: Known, sight: Sight, page: Page, older: int | None) -> Suspicion | None:
    assert known.last is not None  # noqa: S101 - for the type checker; _read sees to it
    article = known.article
    final = sight.outcome.url if isinstance(sight.outcome, Fetched) else article.url
    base = sight.base or known.last.text
    if kind := suspicion(base, known.last.path, page, article.url, final):
        return kind
    if is_borrowed(base, page.text, known.carriers):
        return Suspicion.FOREIGN
    if older is not None:
        return Suspicion.FLAP
    if sight.redesigned or brake(known.tally, known.lately):
        return Suspicion.FLOOD
    return Suspicion.CHURN if sight.comparison and may_churn(sight.comparison) else None


def _is_set_otherwise(sight: Sight, page: Page) -> bool:
    """Whether nothing but signs differs, as where a new template sets quotation marks its own way."""
    if sight.comparison is None or any(row.op not in (Op.EQUAL, Op.REPLACE) for row in sight.comparison.rows):
        return False
    return set(grade(sight.comparison, admitted=True, language=page.language).grades) <= {Grade.TYPOGRAPHIC}


def _alternating(known: Known, sight: Sight, older: int | None, now: datetime, terms: Terms) -> Verdict:
    """One entry for a page that goes to and fro; from now on both texts are the current version's."""
    assert known.last is not None  # noqa: S101 - as above
    article, events = announced(known.article, EventKind.ALTERNATES, now, f"{older} {known.last.number}")
    seen = _as_unread(sight)
    verdict = _unchanged(replace(known, article=article), seen, now, terms)
    return replace(verdict, events=(*events, *verdict.events))


def _walled(known: Known, now: datetime, terms: Terms) -> Verdict:
    """The wall is real: said once, the last good version stays, checks go on. It does not bring back what is gone."""
    was = known.article
    if was.state is State.GONE:
        return still_gone(known, now)
    article = replace(
        was, state=State.WALLED, problem="the page shows a wall (consent, sign-in or payment) in place of the article"
    )
    events: tuple[Event, ...] = ()
    if was.state is not State.WALLED:
        article, events = announced(article, EventKind.WALLED, now)
    return Verdict(_scheduled(article, now, terms), events=events)


def _accepted(known: Known, sight: Sight, page: Page, older: int | None, now: datetime, terms: Terms) -> Verdict:
    assert known.last is not None  # noqa: S101 - as above
    assert sight.comparison is not None  # noqa: S101 - every page that differs comes with one
    last, was = known.last, known.article
    since = was.suspect.since if was.suspect and was.suspect.sha == identity(sight.comparison) else now
    version = _version(was, page, page.text, since, terms)
    # The page's date of modification can tell of an edit only when the page has one.
    admitted = last.modified_claim is None or page.modified_at != last.modified_claim
    is_back = was.state is State.GONE
    facts = replace(grade(sight.comparison, admitted, page.language), reverts_to=older, restored=is_back)
    carried = channels(facts) | ({Channel.REMOVALS} if is_back else frozenset())
    live = was.live
    if live is None and is_live([*known.changed_at, now], now, facts.paragraphs_added, declared=page.live):
        live = Live(version.number, now + terms.live_window)
    change = Change(
        article=was.id,
        from_number=last.number,
        to_number=version.number,
        at=now,
        not_before=version.not_before,
        facts=facts,
        channels=carried if was.live is None else frozenset(),
        base=sight.base if sight.base and sight.base != last.text else None,
    )
    article = replace(
        was,
        state=State.WATCHED,
        title=page.text.title or was.title,
        live=live,
        suspect=None,
        failures=0,
        problem="",
        flaps=was.flaps if older is not None else 0,
        last_ok_at=now,
        last_changed_at=now,
        edited_at=edited_at(page.modified_at, was.last_ok_at, now) or now,
        place=page.place,
        versions=version.number + 1,
        changes=was.changes + 1,
        rev=was.rev + 1,
    )
    article, moved = _moved(article, sight, now)
    return Verdict(
        _scheduled(article, now, terms, **_validators(article, sight)),
        version,
        sight.kept,
        change,
        events=moved,
        aliases=sight.aliases,
        lines=_new_lines(last.text, page.text),
        # One busy article is no trouble of its source.
        changed=was.last_changed_at is None or now - was.last_changed_at >= _ONCE,
    )


def _new_lines(old: Text, new: Text) -> tuple[str, ...]:
    before = {line_sha(line) for line in old.paragraphs}
    return tuple(sha for sha in dict.fromkeys(line_sha(line) for line in new.paragraphs) if sha not in before)


def _version(article: Article, page: Page, text: Text, seen_at: datetime, terms: Terms) -> Version:
    return Version(
        article=article.id,
        number=article.versions,
        seen_at=seen_at,
        not_before=article.last_ok_at,
        text=text,
        path=page.path,
        extractor=terms.extractor,
        byline=page.byline,
        language=page.language,
        modified_claim=page.modified_at,
    )
