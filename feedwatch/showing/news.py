"""Notices as lines of a page of news: what changed, in which article, when; grouped by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import PurePosixPath

from feedwatch.model import Grade, Notice, Source, State
from feedwatch.showing import paths
from feedwatch.showing.plain import clipped, language_tag
from feedwatch.showing.words import Words

# Lines of news on a page, and characters of what each tells: a page under 60 KB even when every headline is endless.
NEWEST = 50
_TOLD = 280


@dataclass(frozen=True, slots=True)
class Item:
    """`was` is the headline before, where it changed."""

    at: datetime
    source: Source
    headline: str
    was: str
    language: str | None
    text: str
    page: PurePosixPath


def by_day(notices: Sequence[Notice], words: Words) -> list[tuple[str, list[Item]]]:
    """The newest day first, each with its date in words."""
    items = [item(notice, words) for notice in notices if _is_told(notice)][:NEWEST]
    days = groupby(items, key=lambda told: told.at.astimezone(UTC).date())
    return [(words.date(group[0].at), group) for group in (list(run) for _, run in days)]


def _is_told(notice: Notice) -> bool:
    withdrawn = notice.event is None and notice.new is not None and notice.new.withdrawn_at is not None
    return notice.article.state is not State.HIDDEN and not withdrawn


def item(notice: Notice, words: Words) -> Item:
    article, change, event = notice.article, notice.change, notice.event
    headline = notice.new.text.title if notice.new else article.title
    was, text = "", ""
    page = paths.article_page(article.id)
    if change is not None:
        retitled = Grade.HEADLINE in change.facts.grades and notice.old is not None
        was = notice.old.text.title if retitled and notice.old else ""
        text = words.summary(change.facts)
        page = paths.pair_page(article.id, change.from_number, change.to_number)
    elif event is not None:
        text = words.event_text(event)
    language = language_tag(notice.new.language if notice.new else None, notice.source.language)
    return Item(notice.at, notice.source, headline, was, language, clipped(text, _TOLD), page)
