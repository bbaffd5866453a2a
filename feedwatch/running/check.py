"""One check of one article: look (fetch, read, weigh against the kept page) + settle (decide, one transaction).

Looking never writes; settling never touches the network.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import replace
from datetime import datetime

from feedwatch.errors import ComputeError, FeedwatchError
from feedwatch.judging.belief import NO_LOSS
from feedwatch.judging.decide import Sight, Terms, decide
from feedwatch.judging.diff import compare
from feedwatch.judging.learned import furniture
from feedwatch.judging.live import Waited, is_due, is_waiting
from feedwatch.judging.suspicion import brake
from feedwatch.model import (
    Article,
    Failed,
    Fetched,
    FetchKind,
    KeptPage,
    Known,
    NotModified,
    Reason,
    Request,
    SiteRule,
    Source,
    State,
    Verdict,
)
from feedwatch.reading.extractor import EXTRACTOR
from feedwatch.reading.urls import host_of
from feedwatch.running.app import App
from feedwatch.running.beside import all_lines, beside, length, lines_of, other_lines
from feedwatch.running.identity import as_continued, as_moved, names_of, with_identity
from feedwatch.running.judge import Weighed, examine, find_equal, judge, read_again
from feedwatch.running.trouble import tell_trouble

log = logging.getLogger(__name__)

# How many older versions are read anew, the newest first, to see whether one of them is back.
_OLDER = 6
# Articles looked at when one seems lost. If they are, too, each brings as many more, until the brake knows.
_AROUND = 3
# Characters of a text. A novel has a million; no article has twice as many, and every version of it is kept.
_LONGEST = 2_000_000


async def check(app: App, article: Article, robots: str | None) -> Sight:
    """Looks at the article once and writes what follows."""
    try:
        sight = await as_continued(app, article, await look(app, article, robots))
        if _is_quiet(app, article, sight):
            return await _confirm(app, article, sight)
        lines = await beside([sight.page], lines_of, sight.page)
        known = await app.ask(app.store.known, article.id, lines, app.now())
        if sight.page is not None:
            sight = await (weigh(app, known, sight) if known.last else as_moved(app, known, sight, robots))
        now = app.now()
        sight = await with_waited(app, known, sight, now)
        verdict = await beside([sight.page, known.last], decide, known, sight, now, _terms(app, article))
    except FeedwatchError:
        raise
    except Exception as error:  # the package's only broad except: one article's bug must not stop the others
        log.error("article %s: %s: %s", article.url, type(error).__name__, error)  # noqa: TRY400
        log.debug("article %s", article.url, exc_info=True)
        sight = Sight(Failed(Reason.PROTOCOL, f"feedwatch could not work on it ({type(error).__name__})"))
        known = await app.ask(app.store.known, article.id, (), app.now())
        verdict = decide(known, sight, app.now(), _terms(app, article))
    if await app.ask(app.store.settle, verdict):
        _tell(app, article, verdict)
        await _look_around(app, known, verdict)
    await tell_trouble(app, known, app.now())
    _note_calm(app, verdict)
    return sight


# ------------------------------------------------------------------------------------------------------ nothing new


def _is_quiet(app: App, article: Article, sight: Sight) -> bool:
    """Whether the look showed nothing new, where nothing is suspected, held back or held: most looks by far.

    What is judged by, the article's versions and its source's last checks, is not needed then.
    """
    seen = isinstance(sight.outcome, NotModified | Fetched) and sight.page is None
    plain = article.state is State.WATCHED and article.suspect is None and article.live is None and article.versions > 0
    return seen and plain and article.source in app.calm


async def _confirm(app: App, article: Article, sight: Sight) -> Sight:
    """The check of a quiet look. `settle` refuses it if the article was written to since it was found due."""
    known = Known(article, Source(article.source, article.source), None)
    verdict = decide(known, sight, app.now(), _terms(app, article))
    if await app.ask(app.store.settle, verdict):
        _tell(app, article, verdict)
    return sight


def _note_calm(app: App, verdict: Verdict) -> None:
    """A source is calm from a check that neither changed nor failed, with no trouble before it, to one that did."""
    slug = verdict.article.source
    if verdict.changed or verdict.failed or verdict.article.suspect or app.troubles.get(slug):
        app.calm.discard(slug)
    else:
        app.calm.add(slug)


def _terms(app: App, article: Article) -> Terms:
    return Terms(app.policy(article.source), EXTRACTOR, app.schedule(article.source).live_window)


# ------------------------------------------------------------------------------------------------------ look


async def look(app: App, article: Article, robots: str | None) -> Sight:
    """Fetches and reads, without the store. A confirming look is unconditional."""
    sure = article.suspect is None
    outcome = await app.fetcher.fetch(
        Request(
            article.url,
            FetchKind.ARTICLE,
            article.etag if sure else None,
            article.last_modified if sure else None,
            robots=robots,
            pause=app.pause(article.source),
        )
    )
    moved_to = outcome.moved_to if isinstance(outcome, Fetched | NotModified) else None
    final_host = host_of(moved_to) if moved_to else None
    names = tuple(names_of(article, moved_to))
    if not isinstance(outcome, Fetched):
        return Sight(outcome, aliases=names, final_host=final_host)
    body_sha = hashlib.sha256(outcome.body).hexdigest()[:32]
    if body_sha == article.body_sha:
        return Sight(outcome, body_sha, article.visible_sha, aliases=names, final_host=final_host)
    kept = KeptPage(outcome.body, outcome.content_type, outcome.url)
    rule = app.rule(article.source)
    imprint = article.imprint if sure and article.state is State.WATCHED else b""
    try:
        examined = await app.compute.run(examine, kept, rule, article.visible_sha, imprint, near=article.id)
    except ComputeError as error:
        return Sight(Failed(Reason.UNREADABLE, f"the page could not be read: {error}"))
    if examined.page and length(examined.page.text) > _LONGEST:
        return Sight(Failed(Reason.UNREADABLE, f"its text is longer than {_LONGEST:,} characters, as no article's is"))
    if examined.page:
        kept = replace(kept, seeds=examined.page.seeds)
    sight = Sight(outcome, body_sha, examined.visible_sha, examined.page, kept, aliases=names, final_host=final_host)
    return await with_identity(app, article, sight, examined.page) if examined.page else sight


# ------------------------------------------------------------------------------------------------------ weigh


async def weigh(app: App, known: Known, sight: Sight) -> Sight:
    """The sight with both pages read side by side. One that read alone has the known text may differ, too: in what is
    told of only beside what it was.
    """
    assert known.last is not None and sight.page is not None and sight.kept is not None  # noqa: S101, PT018
    old = await app.ask(app.store.page_now, known.article.id, known.last.number)
    rule = app.rule(known.article.source)
    try:
        weighed = await _weighed(app, known, old, sight.kept, rule)
        older = None if weighed.comparison.is_equal else await _older(app, known, weighed, sight.kept, rule)
    except ComputeError as error:
        return Sight(Failed(Reason.UNREADABLE, f"the page could not be compared: {error}"))
    return replace(
        sight,
        page=weighed.page,
        base=weighed.base,
        comparison=weighed.comparison,
        redesigned=weighed.redesigned,
        older=older,
    )


async def _weighed(app: App, known: Known, old: KeptPage | None, new: KeptPage, rule: SiteRule) -> Weighed:
    """Lines that came or went are asked about once more: they may be furniture that was known and left out before."""
    assert known.last is not None  # noqa: S101 - for the type checker
    common = furniture(known)
    near = known.article.id
    weighed = await app.compute.run(judge, old, known.last.text, new, rule, common, near=near)
    if weighed.comparison.is_equal:
        return weighed
    lines = await beside([weighed.page, known.last], other_lines, weighed.base, weighed.page.text)
    asked = await app.ask(app.store.known, known.article.id, lines, app.now())
    if more := furniture(asked) - common:
        return await app.compute.run(judge, old, known.last.text, new, rule, common | more, near=near)
    return weighed


async def _older(app: App, known: Known, weighed: Weighed, new: KeptPage, rule: SiteRule) -> int | None:
    """The older version whose text is back, where only reading it anew can tell: it was read by another extractor."""
    assert known.last is not None  # noqa: S101 - for the type checker
    if known.last.extractor == EXTRACTOR or weighed.page.text.sha in known.shas:
        return None
    numbers = sorted(set(known.shas.values()) - {known.last.number}, reverse=True)[:_OLDER]
    pages = [(number, await app.ask(app.store.page, known.article.id, number)) for number in numbers]
    return await app.compute.run(find_equal, [(number, page) for number, page in pages if page], new, rule)


# ------------------------------------------------------------------------------------------------------ live pages


async def with_waited(app: App, known: Known, sight: Sight, now: datetime) -> Sight:
    """The sight with what a live page's window held back, once that is over."""
    article, last = known.article, known.last
    if last is None or article.live is None or not (is_due(article, now) and is_waiting(article, last.number)):
        return sight
    history = await app.ask(app.store.history, article.id)
    old = history.version(article.live.told)
    first = next((change for change in history.changes if change.from_number >= old.number), None)
    pages = [await app.ask(app.store.page_now, article.id, number) for number in (old.number, last.number)]
    lines = await beside([old, last], all_lines, old.text, last.text)
    common = furniture(await app.ask(app.store.known, article.id, lines, now))
    kept = first.base if first and first.base else old.text
    rule = app.rule(article.source)
    try:
        base = await app.compute.run(read_again, pages[0], kept, pages[1], last.text, rule, common)
        comparison = await app.compute.run(compare, base, last.text)
    except ComputeError as error:
        log.warning("article %s: what waited could not be compared: %s", article.url, error)
        return sight
    return replace(sight, waited=Waited(old, base, comparison, first.not_before if first else None))


# ------------------------------------------------------------------------------------------------------ settle


async def _look_around(app: App, known: Known, verdict: Verdict) -> None:
    """Where an article seems to be lost, a few others of its source are looked at: is it the article, or the source?"""
    suspect = verdict.article.suspect
    if suspect is None or suspect.looks > 1 or suspect.kind in NO_LOSS or brake(known.tally, known.lately):
        return
    await app.ask(app.store.look_around, known.source.slug, known.article.id, _AROUND, app.now())


def _tell(app: App, article: Article, verdict: Verdict) -> None:
    tallies = app.tallies
    tallies.checks += 1
    tallies.checks_failed += verdict.failed
    tallies.versions += verdict.version is not None
    tallies.changes += verdict.change is not None
    tallies.events += len(verdict.events)
    app.tell()
    if verdict.article.problem and verdict.article.problem != article.problem:
        log.info("article %s: %s", article.url, verdict.article.problem)
