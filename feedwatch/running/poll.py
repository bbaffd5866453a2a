"""One poll: a feed's bytes -> its entries -> articles to watch.

The validators are kept only when the feed could be read: a broken body must not be answered by a 304 for ever.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import replace
from datetime import datetime, timedelta

from feedwatch.discreet import discreet
from feedwatch.errors import ComputeError
from feedwatch.judging.note import Lead, note
from feedwatch.judging.schedule import next_poll
from feedwatch.model import (
    Entry,
    Failed,
    Feed,
    FeedStatus,
    Fetched,
    FetchKind,
    Gone,
    NotModified,
    Outcome,
    ParsedFeed,
    PollVerdict,
    Request,
)
from feedwatch.reading.feeds import parse_feed
from feedwatch.reading.urls import article_id, canonical_key, host_of, without_tracking
from feedwatch.running.app import App

log = logging.getLogger(__name__)

# A permanent redirect of a feed is adopted when it was seen so often running.
MOVES_TO_ADOPT = 3


async def poll(app: App, feed: Feed) -> Outcome:
    """Fetches the feed once and writes what follows. The outcome tells the visit how its host does."""
    outcome = await app.fetcher.fetch(
        Request(feed.location, FetchKind.FEED, feed.etag, feed.last_modified, pause=app.pause(feed.source))
    )
    now = app.now()
    feed = replace(feed, last_polled_at=now)
    verdict = await _verdict(app, feed, outcome, now)
    await app.ask(app.store.settle_poll, verdict)
    after = verdict.feed or feed
    app.tallies.polls += 1
    app.tallies.polls_failed += after.status is not FeedStatus.OK
    app.tallies.found += len(verdict.new)
    app.tell()
    if after.problem and after.problem != feed.problem:
        log.warning("feed %s: %s", feed.url, after.problem)
    return outcome


async def _verdict(app: App, feed: Feed, outcome: Outcome, now: datetime) -> PollVerdict:
    match outcome:
        case Fetched():
            return await _read(app, feed, outcome, now)
        case NotModified(max_age=max_age):
            return PollVerdict(_well(app, _followed(feed, outcome), now, max_age))
        case Gone(status=410):
            problem = "the feed is gone for good (HTTP 410); remove it from the config or give its new address"
            return PollVerdict(replace(feed, status=FeedStatus.GONE, problem=problem, next_poll_at=None))
        case Gone(status=status):
            return PollVerdict(_ill(app, feed, f"the feed does not exist (HTTP {status})", now))
        case Failed(detail=detail, retry_after=retry_after):
            problem = discreet(detail).removeprefix(
                f"{discreet(feed.location)}: "
            )  # who reads of it sees the address beside it
            return PollVerdict(_ill(app, feed, problem, now, retry_after))


async def _read(app: App, feed: Feed, fetched: Fetched, now: datetime) -> PollVerdict:
    body_sha = hashlib.sha256(fetched.body).hexdigest()[:32]
    if body_sha == feed.body_sha:
        return PollVerdict(_well(app, _followed(feed, fetched), now, fetched.max_age))
    try:
        parsed = await app.compute.run(parse_feed, fetched.body, fetched.content_type, fetched.url)
    except ComputeError as error:
        return PollVerdict(_ill(app, feed, f"the feed could not be parsed: {error}", now))
    if parsed.problem and not parsed.entries:
        return PollVerdict(_ill(app, feed, parsed.problem, now))
    return await _noted(app, replace(feed, body_sha=body_sha), fetched, parsed, now)


async def _noted(app: App, feed: Feed, fetched: Fetched, parsed: ParsedFeed, now: datetime) -> PollVerdict:
    leads = [lead for entry in parsed.entries if (lead := _lead(feed, entry))]
    found = await app.ask(app.store.find, {name for lead in leads for name in (lead.key, lead.guid)})
    feed = replace(feed, etag=fetched.etag, last_modified=fetched.last_modified)
    if parsed.problem:  # some entries were read; the rest may come back when the feed is whole again
        feed = replace(feed, etag=None, last_modified=None, body_sha=None)
    well = _well(app, _followed(feed, fetched), now, fetched.max_age, parsed.wait)
    shortest = app.policy(feed.source).shortest
    return note(replace(well, problem=parsed.problem or ""), leads, found, shortest, now)


def _lead(feed: Feed, entry: Entry) -> Lead | None:
    key = canonical_key(entry.link)
    if key is None:
        return None
    guid = hashlib.sha256(entry.id.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    entry = replace(entry, link=without_tracking(entry.link))
    return Lead(entry, key, article_id(key), host_of(entry.link), f"guid:{feed.source}:{guid}")


def _well(app: App, feed: Feed, now: datetime, *asked: timedelta | None) -> Feed:
    every = app.schedule(feed.source).poll_every
    well = replace(feed, last_ok_at=now, failures=0, status=FeedStatus.OK, problem="")
    return replace(well, next_poll_at=next_poll(now, every, well, asked))


def _ill(app: App, feed: Feed, problem: str, now: datetime, *asked: timedelta | None) -> Feed:
    """Nothing that was kept from a good poll holds any more, so that the next one reads the feed whatever it is."""
    every = app.schedule(feed.source).poll_every
    ill = replace(
        feed,
        etag=None,
        last_modified=None,
        body_sha=None,
        failures=feed.failures + 1,
        status=FeedStatus.FAILING,
        problem=problem,
    )
    return replace(ill, next_poll_at=next_poll(now, every, ill, asked))


def _followed(feed: Feed, outcome: Fetched | NotModified) -> Feed:
    target = outcome.moved_to
    if target is None or target == feed.location:
        return replace(feed, moves=0)
    if feed.moves + 1 < MOVES_TO_ADOPT:
        return replace(feed, moves=feed.moves + 1)
    log.info("feed %s moved for good to %s", feed.url, target)
    return replace(feed, location=target, host=host_of(target), moves=0)
