"""The ways to an article: the search, days, the most changed, corrections, what was removed. Each page is bounded."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import PurePosixPath
from urllib.parse import quote

from feedwatch.model import Article, Channel, Notice, Site, Source
from feedwatch.showing import paths
from feedwatch.showing.news import NEWEST, by_day
from feedwatch.showing.render import render
from feedwatch.showing.words import words

PER_PAGE = NEWEST  # changes on one page of a day
DAYS_LISTED = 366
SOURCES_LISTED = 200
# A day with more changes is read on in the archives of the feeds.
PAGES_OF_A_DAY = 40

# Phrases that the script of the search puts in.
_SPOKEN = (
    *("searching", "found", "found_newest", "nothing", "more", "narrow", "failed", "watched", "unwatched"),
    *("not_an_address", "formerly"),
)

File = tuple[PurePosixPath, bytes]


def find_page(sources: Sequence[Source], site: Site) -> bytes:
    """The search, by a script; the bookmarklet that leads to it; the ways that need no script."""
    say = words(site.language).phrases
    spoken = {name: getattr(say.find, name) for name in _SPOKEN}
    more = {"changes": say.changes, "feed": say.feed, "no_headline": say.no_headline, "article_now": say.article_now}
    grammar = {"thousands": say.thousands, "singular": [n for n in (0, 1, 2) if say.singular(n)]}
    address = quote(paths.url(site.base_url, paths.FIND), safe=":/%")
    return render(
        "find.html",
        site,
        paths.FIND,
        sources=sources[:SOURCES_LISTED],
        more=len(sources) - SOURCES_LISTED,
        spoken=json.dumps(spoken | more | grammar, ensure_ascii=False),
        bookmarklet=f"javascript:location.href='{address}?q='+encodeURIComponent(location.href)",
    )


def browse_page(sources: Sequence[Source], site: Site) -> bytes:
    more = len(sources) - SOURCES_LISTED
    return render("browse.html", site, paths.BROWSE, sources=sources[:SOURCES_LISTED], more=more)


def static_pages(
    sources: Sequence[Source],
    carried: Mapping[Channel, Sequence[Notice]],
    most: Sequence[Article],
    site: Site,
) -> list[File]:
    say = words(site.language).phrases
    known = {source.slug: source for source in sources}
    told = [(article, known[article.source]) for article in most if article.source in known]
    return [
        (paths.FIND, find_page(sources, site)),
        (paths.BROWSE, browse_page(sources, site)),
        (paths.MOST_CHANGED, render("most.html", site, paths.MOST_CHANGED, articles=told)),
        (paths.CORRECTIONS, _news(paths.CORRECTIONS, say.find.corrections, Channel.CORRECTIONS, carried, site)),
        (paths.REMOVED, _news(paths.REMOVED, say.find.removed_title, Channel.REMOVALS, carried, site)),
    ]


def _news(
    here: PurePosixPath,
    heading: str,
    channel: Channel,
    carried: Mapping[Channel, Sequence[Notice]],
    site: Site,
) -> bytes:
    say = words(site.language)
    return render(
        "list.html",
        site,
        here,
        heading=heading,
        about=say.phrases.channel_subtitles[channel],
        feed=paths.channel_feed(channel),
        up=(paths.BROWSE, say.phrases.find.browse_title),
        days=by_day(carried[channel], say),
        dated=True,
        pages=(),
        number=1,
    )


def days_page(counts: Mapping[date, int], site: Site) -> bytes:
    """The newest days that had changes."""
    newest = sorted(counts, reverse=True)[:DAYS_LISTED]
    days = [(datetime.combine(day, time(), UTC), counts[day]) for day in newest]
    return render("days.html", site, paths.DAYS, days=days)


def day_page(day: date, number: int, pages: int, notices: Sequence[Notice], site: Site) -> bytes:
    """One of a day's pages, which leads to the one before and the one after; so a full page does not change any more.
    `notices` in the order in which they came.
    """
    say = words(site.language)
    here = paths.day_page(day, number)
    return render(
        "list.html",
        site,
        here,
        heading=say.phrases.find.day_title.format(date=say.date(datetime.combine(day, time(), UTC))),
        about="",
        feed=None,
        up=(paths.DAYS, say.phrases.find.days_title),
        days=by_day(notices, say),
        dated=False,  # the heading is
        pages=[(n, paths.day_page(day, n)) for n in range(number - 1, number + 2) if 1 <= n <= pages > 1],
        number=number,
    )
