"""What a source's last months were like: the lives that its schedule learns from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, select

from feedwatch.adapters.store.prepared import Prepared, among
from feedwatch.adapters.store.tables import article, change, version
from feedwatch.model import Found, Life, Past

# Two whole watches of 60 days: half of what is learned from has been seen to its end.
SPAN = timedelta(days=120)
LIVES = 2000  # a day's articles of the largest wires; more move no rate by a tenth
EDITS = 50  # of one life: a page that is written anew at every look must not weigh more than a live page

_RECENT = (
    article.c.source == bindparam("source"),
    article.c.news_at >= bindparam("since", type_=article.c.news_at.type),
)
# What was first seen since is in the news since; changes bring older articles there too.
_FOUND = (*_RECENT, article.c.first_seen_at >= bindparam("since", type_=article.c.news_at.type))
_IN_THE_NEWS = Prepared(select(func.count()).select_from(article).where(*_RECENT))
_FOUND_SINCE = Prepared(select(func.count()).select_from(article).where(*_FOUND))
_LIVES = Prepared(
    select(article.c.id, article.c.first_seen_at, article.c.last_checked_at, article.c.published_at)
    .where(*_FOUND, article.c.id < bindparam("below"), article.c.last_checked_at.is_not(None))
    .order_by(article.c.id)
)
_EDITS = Prepared(
    select(change.c.article, change.c.not_before, change.c.at, version.c.modified_claim)
    .join(version, (version.c.article == change.c.article) & (version.c.number == change.c.to_number))
    .where(
        among(change.c.article, "ids"),
        change.c.to_number <= EDITS,
        version.c.withdrawn_at.is_(None),
    )
    .order_by(change.c.article, change.c.to_number)
)
_CLAIMS = Prepared(
    select(version.c.article, version.c.modified_claim).where(
        among(version.c.article, "ids"), version.c.number == 0, version.c.modified_claim.is_not(None)
    )
)


def past_of(connection: Connection, slug: str, now: datetime) -> Past:
    """About so many lives, chosen by their ids, which are hashes: the same at the same rows, and no kind of article
    more than another.
    """
    span = {"source": slug, "since": now - SPAN}
    many = int(_IN_THE_NEWS.scalar(connection, span))
    below = f"{2**64 * LIVES // many:016x}" if many > LIVES else "g"
    rows = _LIVES.rows(connection, {**span, "below": below})
    edits, claims = _told([row[0] for row in rows], connection)
    lives = tuple(
        Life(
            first_seen_at,
            tuple(edits[of]),
            # What came after the last edit that is taken is another story.
            edits[of][-1].at if len(edits[of]) == EDITS else last_checked_at,
            published_at,
            claims.get(of),
        )
        for of, first_seen_at, last_checked_at, published_at in rows
    )
    day, week = (_found_since(connection, slug, now - timedelta(days=days)) for days in (1, 7))
    return Past(lives, day, week)


def _told(ids: Sequence[str], connection: Connection) -> tuple[dict[str, list[Found]], dict[str, datetime]]:
    edits: dict[str, list[Found]] = defaultdict(list)
    for of, not_before, at, claimed_at in _EDITS.rows(connection, {"ids": ids}):
        edits[of].append(Found(not_before, at, claimed_at))
    return edits, dict(_CLAIMS.rows(connection, {"ids": ids}))


def _found_since(connection: Connection, slug: str, since: datetime) -> int:
    return int(_FOUND_SINCE.scalar(connection, {"source": slug, "since": since}))
