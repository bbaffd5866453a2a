"""What a poll's entries mean for what is watched: new articles, and known ones to look at again at once.

One story with several addresses, guids or feeds is one article.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from feedwatch.model import Article, Entry, Feed, PollVerdict, State, comparable, latest

# A guid that comes back with another link is the same story only when the titles share this part of their words:
# some feeds give every item the guid of the feed.
SAME_TITLE = 0.5


@dataclass(frozen=True, slots=True)
class Lead:
    """A feed's entry with the identity that its link has. `guid` is the entry's id made unique to the source."""

    entry: Entry
    key: str
    id: str
    host: str
    guid: str


def note(
    feed: Feed, leads: Sequence[Lead], found: Mapping[str, Article], shortest: timedelta, now: datetime
) -> PollVerdict:
    """`found` are the articles already known by key or guid. `feed` is the feed as it stands after the poll."""
    new: dict[str, Article] = {}
    updated: dict[str, Article] = {}
    aliases: list[tuple[str, str]] = []
    known = dict(found)
    for lead in leads:
        article = _known(lead, known)
        if article is None:
            article = _first_sight(feed, lead, now)
            new[article.id] = article
        else:
            hinted = _hinted(article, lead.entry, shortest, now)
            if hinted != article:
                target = new if article.id in new else updated
                target[article.id] = article = hinted
        for alias in (lead.key, lead.guid):
            if alias not in known and alias != article.key:
                aliases.append((alias, article.id))
            known[alias] = article
    return PollVerdict(feed, tuple(new.values()), tuple(updated.values()), tuple(aliases))


def _known(lead: Lead, known: Mapping[str, Article]) -> Article | None:
    if article := known.get(lead.key):
        return article
    article = known.get(lead.guid)
    if article and _alike(article.feed_title or article.title, lead.entry.title):
        return article
    return None


def _alike(one: str, other: str) -> bool:
    a, b = (set(comparable(title).casefold().split()) for title in (one, other))
    return len(a & b) >= SAME_TITLE * max(len(a), len(b), 1)


def _first_sight(feed: Feed, lead: Lead, now: datetime) -> Article:
    entry = lead.entry
    return Article(
        id=lead.id,
        source=feed.source,
        key=lead.key,
        url=entry.link,
        host=lead.host,
        title=entry.title,
        first_seen_at=now,
        published_at=_not_after(entry.published_at, now),
        updated_hint=entry.updated_at,
        feed_title=entry.title,
        next_check_at=now,
    )


def _hinted(article: Article, entry: Entry, shortest: timedelta, now: datetime) -> Article:
    """The article with what the feed says of it, due now when the feed says that it changed.

    Some feeds put the time of the request into `updated`: a hint never makes an article due within `shortest` of a
    check.
    """
    says_new = bool(entry.title and entry.title != article.feed_title) or _later(entry.updated_at, article.updated_hint)
    if not says_new or article.state in (State.HIDDEN, State.BLOCKED):
        return article
    soonest = article.last_checked_at + shortest if article.last_checked_at else now
    due = max(now, soonest)
    woken = article.state is State.DONE  # its page says "no more checks"
    return replace(
        article,
        feed_title=entry.title or article.feed_title,
        updated_hint=latest([article.updated_hint, entry.updated_at]),
        next_check_at=min(due, article.next_check_at) if article.next_check_at else due,
        state=State.WATCHED if woken else article.state,
        rev=article.rev + woken,
    )


def _later(claimed: datetime | None, before: datetime | None) -> bool:
    return claimed is not None and (before is None or claimed > before)


def _not_after(claimed: datetime | None, now: datetime) -> datetime | None:
    return claimed if claimed is not None and claimed <= now else None
