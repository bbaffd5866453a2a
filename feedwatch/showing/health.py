"""How the watching goes: what is wrong with a source now, and the memory of what was.

Pure: the troubles known so far come in, those known now go out. Each begins and ends once, so that an operator's feed
reader tells of both and of nothing twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum

from feedwatch.discreet import discreet
from feedwatch.model import Crew, Feed, FeedStatus, Source

# Polls in a row that fail before it is news: a server that restarts fails one or two.
FAILURES_TOLD = 3
# Troubles remembered; those that are not over always are.
REMEMBERED = 100


class Health(StrEnum):
    """The worst first."""

    DEAD = "dead"  # a feed is gone for good
    FAILING = "failing"
    HELD = "held"  # so much changes at once that nothing is believed
    BLOCKED = "blocked"  # most articles may not be looked at
    WELL = "well"


@dataclass(frozen=True, slots=True)
class Standing:
    """A source with what is known of the work on it; `held` when nothing of it is believed at present."""

    source: Source
    feeds: tuple[Feed, ...]
    counts: Mapping[str, int]
    last_check: datetime | None = None
    held: bool = False
    checks_a_day: int | None = None  # as many as its articles may get

    @property
    def last_poll(self) -> datetime | None:
        return max((feed.last_polled_at for feed in self.feeds if feed.last_polled_at), default=None)

    @property
    def health(self) -> Health:
        return next((trouble.kind for trouble in sorted(_wrong(self), key=_rank)), Health.WELL)


@dataclass(frozen=True, slots=True)
class Work:
    """What is done for all sources together. `requests` of this day by host, the busiest; `requests_a_day` at most."""

    requests: Mapping[str, int] = field(default_factory=dict)
    requests_a_day: int | None = None
    crew: Crew | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """`feed` is the address of the feed at fault, "" when it is the source as a whole."""

    kind: Health
    source: str
    title: str
    feed: str = ""
    detail: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def about(self) -> tuple[Health, str, str]:
        return self.kind, self.source, self.feed


def renewed(known: Sequence[Trouble], standings: Sequence[Standing], now: datetime) -> tuple[Trouble, ...]:
    """The newest first. A source that is not watched any more is in no trouble."""
    wrong = {trouble.about: trouble for standing in standings for trouble in _wrong(standing)}
    lasting = [trouble for trouble in known if trouble.until is None]
    new = [replace(wrong[about], since=now) for about in wrong if about not in {old.about for old in lasting}]
    kept = [
        replace(old, until=now) if old.until is None and old.about not in wrong else old
        for old in sorted(known, key=_since, reverse=True)
    ]
    over = [trouble for trouble in kept if trouble.until is not None][:REMEMBERED]
    return tuple(trouble for trouble in [*new, *kept] if trouble.until is None or trouble in over)


def _wrong(standing: Standing) -> Iterator[Trouble]:
    slug, title = standing.source.slug, standing.source.title
    for feed in standing.feeds:
        if feed.status is FeedStatus.GONE:
            yield Trouble(Health.DEAD, slug, title, discreet(feed.url), discreet(feed.problem))
        elif feed.status is FeedStatus.FAILING and feed.failures >= FAILURES_TOLD:
            yield Trouble(Health.FAILING, slug, title, discreet(feed.url), discreet(feed.problem))
    if standing.held:
        yield Trouble(Health.HELD, slug, title)
    if standing.counts.get("blocked", 0) > standing.counts.get("watched", 0):
        yield Trouble(Health.BLOCKED, slug, title)


def _rank(trouble: Trouble) -> int:
    return list(Health).index(trouble.kind)


def _since(trouble: Trouble) -> datetime:
    return trouble.since or datetime.min.replace(tzinfo=UTC)


# ------------------------------------------------------------------------------------------------------ kept


def written(troubles: Sequence[Trouble]) -> str:
    """As text for the store."""
    rows = [
        [one.kind, one.source, one.title, one.feed, one.detail, _iso(one.since), _iso(one.until)] for one in troubles
    ]
    return json.dumps(rows)


def read(text: str | None) -> tuple[Trouble, ...]:
    return tuple(
        Trouble(Health(kind), source, title, feed, detail, _moment(since), _moment(until))
        for kind, source, title, feed, detail, since, until in json.loads(text or "[]")
    )


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
