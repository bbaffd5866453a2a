"""What workers make of an article, of a source and of all of it: their files. Values in, values out.

Workers import this module, so it knows neither the adapters nor the app, nor the configuration.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from pathlib import PurePosixPath

from markupsafe import Markup

from feedwatch.judging.diff import compare, compare_change
from feedwatch.judging.ledger import ledger
from feedwatch.model import (
    Article,
    Change,
    Channel,
    Comparison,
    Findable,
    History,
    Notice,
    Site,
    Source,
    State,
    Text,
)
from feedwatch.showing import atom, html, overviews, paths
from feedwatch.showing.entries import version_id
from feedwatch.showing.feed import Entry, Sheet, Tombstone
from feedwatch.showing.memento import memento_files
from feedwatch.showing.search import findable
from feedwatch.showing.texts import is_choice, texts_json
from feedwatch.showing.versions import changes_that_stand, older, standing
from feedwatch.showing.words import words

# Notices in one feed or on one page. Readers poll more often than a hundred changes come.
NOTICES = 100
# The articles that a source's list of found ones is chosen from: those lately changed or found, changed ones left out.
LATELY = 300

File = tuple[PurePosixPath, bytes]
Telling = tuple[str, int, datetime]  # of a change: article, number of the newer version, when
Place = tuple[str, int | None, int | None]  # of a notice: article, number of the newer version, of the event
Written = dict[Place, list[Entry | Tombstone]]

_KEPT = 500  # notices: of all and of some sources, some 2 MB
_lately: dict[bytes, list[Entry | Tombstone]] = {}

# ------------------------------------------------------------------------------------------------------ one article


@dataclass(frozen=True, slots=True)
class Terms:
    """How an article is shown: which changes its own feed carries; only excerpts of it; why it was taken down."""

    channel: Channel = Channel.CHANGES
    excerpt: bool = False
    reason: str = ""
    other_names: tuple[tuple[str, str], ...] = ()  # addresses, each with the id that its article would have


@dataclass(frozen=True, slots=True)
class Rendered:
    """An article's files, its feed last; what it is found by; and those of its feed's entries that lists carry, too."""

    files: list[File]
    findable: Findable
    entries: dict[Telling, Entry]


def article_files(history: History, site: Site, created_at: datetime, terms: Terms) -> Rendered:
    """In a worker. Of an article that was taken down a stub and an empty feed."""
    number = history.article.id
    if history.article.state is State.HIDDEN:
        history = replace(history, article=replace(history.article, title=""))
        history = replace(history, changes=(), digests=(), versions=(), events=())
    changes = {change.to_number: compare_change(history, change) for change in history.changes}
    files: list[File] = []
    newest = next(((one.from_number, one.to_number) for one in reversed(changes_that_stand(history))), None)
    drawn: Markup | None = None
    for old, new in paths.pairs(history):
        pair, comparison = (old, new), _pair(history, changes, old, new)
        table = html.difference(history, pair, comparison, site, excerpt=terms.excerpt)
        page = html.pair_page(history, pair, comparison, site, excerpt=terms.excerpt, drawn=table)
        drawn = table if pair == newest else drawn
        files.append((paths.pair_page(number, old, new), page))
    account = ledger(history.versions, history.changes) if len(standing(history)) > 1 else None
    page = html.article_page(
        history, changes, site, ledger=account, excerpt=terms.excerpt, reason=terms.reason, drawn=drawn
    )
    files.append((paths.article_page(number), page))
    if account:
        files.append((paths.origins(number), html.origins_page(history, account, site, excerpt=terms.excerpt)))
    if is_choice(history) and not terms.excerpt:
        files.append((paths.versions(number), texts_json(history, words(site.language))))
    if history.article.state is not State.HIDDEN:
        files += memento_files(history, site, excerpt=terms.excerpt)
    told = changes | {digest.to_number: compare_change(history, digest) for digest in history.digests}
    sheet = atom.article_sheet(history, told, site, created_at, terms.channel)
    files += atom.whole_feed(sheet, site)
    return Rendered(files, findable(history, changes, terms.other_names), _entries(history, sheet))


def _entries(history: History, sheet: Sheet) -> dict[Telling, Entry]:
    """Of the changes. Where several were told as one (digests), lists tell of them otherwise: none."""
    if history.digests:
        return {}
    made = {item.id: item for item in sheet.items if isinstance(item, Entry)}
    tellings = {version_id(one.article, one.to_number, one.at): telling(one) for one in history.changes}
    return {tellings[name]: entry for name, entry in made.items() if name in tellings}


def telling(change: Change) -> Telling:
    return change.article, change.to_number, change.at


def _pair(history: History, changes: dict[int, Comparison], old: int, new: int) -> Comparison:
    for change in history.changes:
        if (change.from_number, change.to_number) == (old, new):
            return changes[new]
    return compare(older(history, (old, new)), history.version(new).text)


# ------------------------------------------------------------------------------------------------------ lists


@dataclass(frozen=True, slots=True)
class News:
    """Of a source, or of all: by channel the newest notices and how many archives there are. `written` is what was
    written of it before, and gains what is written now: most changes are carried by several channels.
    """

    carried: dict[Channel, list[Notice]]
    archives: dict[Channel, int]
    written: Written


def site_files(news: News, sources: Sequence[Source], site: Site, created_at: datetime) -> list[File]:
    """In a worker: the front page, the feeds of everything, the list of feeds, the style sheet."""
    from feedwatch.showing import opml  # with lxml, which the main process does without

    return [
        *html.assets(),
        (paths.NOT_FOUND, html.not_found_page(site)),
        (paths.ABOUT, html.about_page(site)),
        (paths.COMPARE, html.compare_page(site)),
        (paths.ROBOTS, html.robots_txt()),
        (paths.INDEX, html.index_page(sources, news.carried[Channel.CHANGES], site)),
        *_feeds(None, news, site, created_at),
        (paths.OPML, opml.opml(sources, site)),
    ]


@dataclass(frozen=True, slots=True)
class Lately:
    """A source's articles for its page, and those for the feed of its articles."""

    listed: list[Article]
    found: list[Article]


def lately(articles: Sequence[Article]) -> Lately:
    """Of those lately changed or found: what a worker needs of them."""
    return Lately(list(map(bare, articles[:NOTICES])), list(map(bare, overviews.newest(lately_found(articles)))))


def source_files(source: Source, news: News, articles: Lately, site: Site, created_at: datetime) -> list[File]:
    """In a worker: a source's page and feeds."""
    page = html.source_page(source, news.carried[Channel.CHANGES], articles.listed, site)
    mirror = overviews.mirror_sheet(source, articles.found, site, created_at)
    return [
        (paths.source_page(source.slug), page),
        *_feeds(source, news, site, created_at),
        *atom.current(mirror, 0, site),
    ]


def lately_found(articles: Sequence[Article]) -> list[Article]:
    """Of the articles lately changed or found, those found: since the oldest of them none is missing."""
    if len(articles) < LATELY:
        return list(articles)
    oldest = articles[-1].last_changed_at or articles[-1].first_seen_at
    return [article for article in articles if article.first_seen_at >= oldest]


def _feeds(source: Source | None, news: News, site: Site, created_at: datetime) -> list[File]:
    files: list[File] = []
    for channel, notices in news.carried.items():
        sheet = channel_sheet(channel, source, notices, site, created_at, news.written)
        files += atom.current(sheet, news.archives.get(channel, 0), site)
    return files


def channel_sheet(
    channel: Channel,
    source: Source | None,
    notices: Sequence[Notice],
    site: Site,
    created_at: datetime,
    written: Written,
) -> Sheet:
    for notice in notices:
        if place_of(notice) not in written:
            written[place_of(notice)] = _items(notice, site)
    items = [item for notice in notices for item in written[place_of(notice)]]
    return atom.channel_sheet(channel, source, items, site, created_at)


def titled(notice: Notice) -> Notice:
    """Without its texts: for pages that name it."""
    change = notice.change and replace(notice.change, base=None)
    old, new = (version and replace(version, text=Text(version.text.title)) for version in (notice.old, notice.new))
    return replace(notice, article=bare(notice.article), change=change, old=old, new=new)


def bare(article: Article) -> Article:
    """What lists tell of it, which no check that finds nothing changes."""
    it = article
    named = (it.id, it.source, it.key, it.url, it.host, it.title, it.first_seen_at)
    return Article(*named, feed_title=it.feed_title, state=it.state, changes=it.changes)


def place_of(notice: Notice) -> Place:
    change, event = notice.change, notice.event
    return notice.article.id, change.to_number if change else None, event.number if event else None


def _items(notice: Notice, site: Site) -> list[Entry | Tombstone]:
    """Lists carry the same notices again and again, each time with one more: a worker keeps what it made of them.

    Named by all that they are made of: of the article what no check changes.
    """
    it = notice.article
    bare = Article(it.id, it.source, it.key, it.url, it.host, it.title, it.first_seen_at, state=it.state)
    told = replace(notice, article=bare)
    name = blake2b(pickle.dumps((told, site), pickle.HIGHEST_PROTOCOL), digest_size=16).digest()
    if name not in _lately:
        if len(_lately) >= _KEPT:
            del _lately[next(iter(_lately))]
        _lately[name] = atom.notice_items(told, _compared(told), site)
    return _lately[name]


def _compared(notice: Notice) -> Comparison | None:
    if notice.change is None or notice.old is None or notice.new is None:
        return None
    return compare(notice.change.base or notice.old.text, notice.new.text)


def daily_files(source: Source | None, days: Sequence[overviews.Day], site: Site, created_at: datetime) -> list[File]:
    """In a worker."""
    return atom.current(overviews.daily_sheet(source, days, site, created_at), 0, site)


def archive_file(  # noqa: PLR0913, PLR0917  what and where
    channel: Channel,
    source: Source | None,
    notices: Sequence[Notice],
    number: int,
    count: int,
    site: Site,
    created_at: datetime,
    written: Written,
) -> File:
    """In a worker."""
    return atom.archive(channel_sheet(channel, source, notices, site, created_at, written), number, count, site)
