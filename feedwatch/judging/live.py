"""Live pages: every version is kept and shown, but the feeds tell of them in windows.

The change that shows an article to be live is told at once and opens a window. Changes within it wait; the first look
after it tells of all of them in one entry, a digest, from the version told of last to the newest, which opens the
next window. A window in which nothing waited ends in silence, and the next change is told at once again. So no entry
is ever edited, nothing that waited is lost when the page falls quiet, and all of it follows from rows: the article's
`live`, the changes without channels, the digests.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from feedwatch.judging.grade import channels, grade
from feedwatch.model import Article, Change, Comparison, Live, Text, Version


@dataclass(frozen=True, slots=True)
class Waited:
    """What waited to be told, compared: the version told of last beside the newest one.

    `base`: the older text as re-read for this comparison. `not_before`: the last look before the first of the changes.
    """

    old: Version
    base: Text
    comparison: Comparison
    not_before: datetime | None


def is_waiting(article: Article, newest: int | None) -> bool:
    """`newest`: the number of the newest version that stands."""
    return article.live is not None and newest is not None and newest > article.live.told


def is_due(article: Article, now: datetime) -> bool:
    """Whether the window is over."""
    return article.live is not None and now >= article.live.until


def close_window(
    article: Article, last: Version | None, waited: Waited | None, now: datetime, window: timedelta
) -> tuple[Article, Change | None]:
    """The article with the window that holds from now on, and the digest of the one that is over."""
    if article.live is None or last is None:
        return article, None
    if not is_due(article, now):  # no longer than `window` from now, whatever the clock or the config did
        return replace(article, live=replace(article.live, until=min(article.live.until, now + window))), None
    if not is_waiting(article, last.number):
        return replace(article, live=None), None
    if waited is None:
        return article, None
    if waited.comparison.is_equal:
        return replace(article, live=None), None
    admitted = waited.old.modified_claim is None or last.modified_claim != waited.old.modified_claim
    facts = grade(waited.comparison, admitted, last.language)
    digest = Change(
        article=article.id,
        from_number=waited.old.number,
        to_number=last.number,
        at=now,
        not_before=waited.not_before,
        facts=facts,
        channels=channels(facts),
        base=waited.base if waited.base != waited.old.text else None,
    )
    return replace(article, live=Live(last.number, now + window), rev=article.rev + 1), digest


def look_by(article: Article, newest: int | None) -> Article:
    """The article with its next look no later than what waits is due."""
    if article.live is None or not is_waiting(article, newest) or article.last_checked_at is None:
        return article
    if article.live.until <= article.last_checked_at:  # it could not be compared this time
        return article
    due = article.live.until
    return replace(article, next_check_at=min(article.next_check_at or due, due))
