"""What happens to an article beside its words, each told of once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from feedwatch.model import Article, Channel, Event, EventKind, Known, State, Verdict

# An article that is gone is looked for so long, once a day.
GONE_WATCH = timedelta(days=30)
GONE_EVERY = timedelta(days=1)


def announced(article: Article, kind: EventKind, now: datetime, detail: str = "") -> tuple[Article, tuple[Event, ...]]:
    carried = {Channel.EVERYTHING}
    if kind in (EventKind.GONE, EventKind.RESTORED, EventKind.WITHDRAWN):
        carried.add(Channel.CHANGES)
    if kind in (EventKind.GONE, EventKind.RESTORED):
        carried.add(Channel.REMOVALS)
    event = Event(article.id, article.events, kind, now, detail, frozenset(carried))
    return replace(article, events=article.events + 1, rev=article.rev + 1), (event,)


def back(article: Article, now: datetime) -> tuple[Article, tuple[Event, ...]]:
    """The article can be read where it was removed, or stood behind a wall."""
    kind = {State.GONE: EventKind.RESTORED, State.WALLED: EventKind.OPENED}.get(article.state)
    return announced(replace(article, state=State.WATCHED), kind, now) if kind else (article, ())


def believed_gone(known: Known, now: datetime, detail: str = "") -> Verdict:
    if known.article.state is State.GONE:
        return still_gone(known, now)
    gone, events = announced(replace(known.article, suspect=None, state=State.GONE), EventKind.GONE, now, detail)
    return Verdict(replace(gone, next_check_at=now + GONE_EVERY), events=events, changed=True)


def still_gone(known: Known, now: datetime) -> Verdict:
    article = replace(known.article, suspect=None)
    since = article.last_ok_at or article.first_seen_at
    if now - since >= GONE_WATCH:
        return Verdict(replace(article, next_check_at=None, rev=article.rev + 1))
    return Verdict(replace(article, next_check_at=now + GONE_EVERY))
