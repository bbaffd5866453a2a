"""Two feeds of another kind: a source's articles as they are found, and one entry for each day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape

from feedwatch.model import Article, Channel, Notice, Site, Source, State
from feedwatch.showing import paths
from feedwatch.showing.atom import ENTRIES
from feedwatch.showing.entries import CONTENT_LIMIT
from feedwatch.showing.feed import HTML, Entry, Heading, Link, Sheet, stamp, urn
from feedwatch.showing.markup import link, paragraph, weight
from feedwatch.showing.news import item
from feedwatch.showing.plain import clipped, safe_link, shown
from feedwatch.showing.words import words

# Changes that a day's entry names at most, if they have room in it; the rest it counts.
NAMED = 60


@dataclass(frozen=True, slots=True)
class Day:
    """A day of UTC that is over: its first changes in the order in which they came, and how many there were."""

    start: datetime
    notices: tuple[Notice, ...]
    changes: int


def mirror_sheet(source: Source, articles: Sequence[Article], site: Site, created_at: datetime) -> Sheet:
    """The source's own news: each article once, leading to itself and to its changes; never told anew. The newest
    only, as many as a feed has.
    """
    say = words(site.language)
    name = clipped(source.title, 150) or source.slug
    path = paths.mirror_feed(source.slug)
    heading = Heading(
        id=urn("mirror", source.slug, stamp(created_at)),
        title=say.phrases.pages.mirror_title.format(source=name),
        subtitle=say.phrases.pages.mirror_subtitle.format(source=name),
        author=site.title,
        language=say.phrases.code,
        address=paths.url(site.base_url, path),
        page=paths.url(site.base_url, paths.source_page(source.slug)),
    )
    return Sheet(path, heading, tuple(_found(article, source, site) for article in newest(articles)), created_at)


def newest(articles: Sequence[Article]) -> list[Article]:
    """Those that the feed of a source's articles has room for."""
    told = [article for article in articles if article.state is not State.HIDDEN]
    told.sort(key=lambda article: article.id)
    told.sort(key=lambda article: article.first_seen_at, reverse=True)
    return told[:ENTRIES]


def _found(article: Article, source: Source, site: Site) -> Entry:
    say = words(site.language)
    here = paths.url(site.base_url, paths.article_page(article.id))
    at_source = safe_link(article.url)
    text = say.phrases.first_seen_text.format(moment=say.moment(article.first_seen_at))
    ways = [link(at_source, say.phrases.article_now)] if at_source else []
    ways.append(link(here, say.phrases.pages.mirror_changes))
    return Entry(
        id=urn("found", article.id, stamp(article.first_seen_at)),
        at=article.first_seen_at,
        title=say.headline(article.feed_title or article.title, 200),
        author=clipped(source.title, 200) or source.slug,
        summary=text,
        content=f"{paragraph(text)}\n<p>{' · '.join(ways)}</p>",
        links=(Link("alternate", at_source or here, HTML), Link("related", here, HTML)),
    )


def daily_sheet(source: Source | None, days: Sequence[Day], site: Site, created_at: datetime) -> Sheet:
    """An entry for each day that had changes, dated by the day's end."""
    say = words(site.language)
    slug = source.slug if source else None
    name = clipped(source.title if source else site.title, 150)
    path = paths.daily_feed(slug)
    page = paths.url(site.base_url, paths.source_page(slug) if slug else paths.INDEX)
    heading = Heading(
        id=urn("daily", slug or "", stamp(created_at)),
        title=say.phrases.pages.daily_title.format(name=name),
        subtitle=say.phrases.pages.daily_subtitle,
        author=site.title,
        language=say.phrases.code,
        address=paths.url(site.base_url, path),
        page=page,
    )
    told = sorted((day for day in days if day.changes), key=lambda day: day.start)
    entries = tuple(_day(day, slug, name, page, site) for day in told)
    return Sheet(path, heading, entries, created_at)


def _day(day: Day, slug: str | None, name: str, page: str, site: Site) -> Entry:
    say = words(site.language)
    changes = say.count(say.phrases.changes, day.changes)
    lines: list[str] = []
    room = CONTENT_LIMIT
    for notice in day.notices[:NAMED]:
        told = item(notice, say)
        headline = link(paths.url(site.base_url, told.page), say.headline(told.headline, 160))
        whose = "" if slug else f"{escape(clipped(told.source.title, 80), quote=False)}: "
        line = f"<li>{whose}{headline}<br>{escape(shown(clipped(told.text, 200)), quote=False)}</li>"
        room -= weight(line)
        if room < 0:
            break
        lines.append(line)
    if day.changes > len(lines):
        more = say.phrases.more.format(n=say.number(day.changes - len(lines)))
        lines.append(f"<li>{escape(more, quote=False)}</li>")
    return Entry(
        id=urn("day", slug or "", stamp(day.start)),
        at=day.start + timedelta(days=1),
        title=say.phrases.pages.daily_entry.format(date=say.date(day.start), changes=changes),
        author=name,
        summary=say.phrases.pages.daily_entry.format(date=say.date(day.start), changes=changes),
        content=f"<ul>\n{chr(10).join(lines)}\n</ul>",
        links=(Link("alternate", page, HTML),),
        categories=((Channel.CHANGES.value, say.phrases.channels[Channel.CHANGES]),),
    )
