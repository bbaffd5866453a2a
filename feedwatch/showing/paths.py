"""Where everything lies in the published site. Paths are relative and made of ids and slugs only."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from feedwatch.model import Channel, History, State

INDEX = PurePosixPath("index.html")
NOT_FOUND = PurePosixPath("404.html")
OPML = PurePosixPath("feeds.opml")
STATUS = PurePosixPath("status.html")
STATUS_JSON = PurePosixPath("status.json")
STATUS_FEED = PurePosixPath("status.atom")
ABOUT = PurePosixPath("about.html")
ROBOTS = PurePosixPath("robots.txt")
ICON = PurePosixPath("assets/icon.svg")
STYLE = PurePosixPath("assets/style.css")
COMPARE = PurePosixPath("compare.html")
FIND = PurePosixPath("find.html")
BROWSE = PurePosixPath("browse.html")
MOST_CHANGED = PurePosixPath("most-changed.html")
CORRECTIONS = PurePosixPath("corrections.html")
REMOVED = PurePosixPath("removed.html")
DAYS = PurePosixPath("days/index.html")
SEARCH = PurePosixPath("search/index.json")
# By what they are for; the others are parts of `compare` and `find`.
SCRIPTS = {
    name: PurePosixPath("assets", f"{name}.js")
    for name in (
        *("compare", "steps", "table", "diff", "pairs", "align", "tokens"),
        *("find", "search", "keys", "sha256"),
    )
}

_ID = re.compile(r"[0-9a-z]{4,64}")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


# What an article's pages lead to, each to much the same.
_lately = lru_cache(maxsize=64)


def _of_article(article: str, name: str) -> PurePosixPath:
    """Two characters of the id first: no folder of 100,000 articles grows too large for a file system."""
    if not _ID.fullmatch(article):
        raise ValueError(f"not an article id: {article[:80]!r}")
    return PurePosixPath("articles", article[:2], article, name)


@_lately
def article_page(article: str) -> PurePosixPath:
    return _of_article(article, "index.html")


@_lately
def article_feed(article: str) -> PurePosixPath:
    return _of_article(article, "changes.atom")


@_lately
def pair_page(article: str, from_number: int, to_number: int) -> PurePosixPath:
    return _of_article(article, f"{from_number:d}-{to_number:d}.html")


@_lately
def origins(article: str) -> PurePosixPath:
    """Each sentence with the version that it came in."""
    return _of_article(article, "origins.html")


@_lately
def versions(article: str) -> PurePosixPath:
    """The texts of all versions, for comparing any two of them in a browser."""
    return _of_article(article, "versions.json")


def pairs(history: History) -> list[tuple[int, int]]:
    """The pairs of versions that have a page: every change and digest, and first to last where that is another pair."""
    changes = [change for change in (*history.changes, *history.digests) if history.stands(change)]
    found = [(change.from_number, change.to_number) for change in changes]
    if first_to_last := ends(history):
        found.append(first_to_last)
    return list(dict.fromkeys(found))


def ends(history: History) -> tuple[int, int] | None:
    """The first and the last version, where these are two."""
    standing = [version.number for version in history.versions if version.withdrawn_at is None]
    return (standing[0], standing[-1]) if len(standing) > 1 else None


def surplus(history: History) -> list[PurePosixPath]:
    """Pages of pairs that there may have been once: of first to what was last then, of versions withdrawn since."""
    article, kept = history.article.id, set() if history.article.state is State.HIDDEN else set(pairs(history))
    told = {(change.from_number, change.to_number) for change in (*history.changes, *history.digests)}
    last = {(0, version.number) for version in history.versions if version.number}
    return [pair_page(article, *pair) for pair in sorted((told | last) - kept)]


def source_folder(slug: str) -> PurePosixPath:
    if not _SLUG.fullmatch(slug):
        raise ValueError(f"not a source's slug: {slug[:80]!r}")
    return PurePosixPath("sources", slug)


def source_page(slug: str) -> PurePosixPath:
    return source_folder(slug) / "index.html"


def channel_feed(channel: Channel, slug: str | None = None) -> PurePosixPath:
    """The feed of a channel: over all sources, or of one."""
    name = f"{channel.value}.atom"
    return PurePosixPath(name) if slug is None else source_folder(slug) / name


def mirror_feed(slug: str) -> PurePosixPath:
    return source_folder(slug) / "articles.atom"


def daily_feed(slug: str | None = None) -> PurePosixPath:
    name = "daily.atom"
    return PurePosixPath(name) if slug is None else source_folder(slug) / name


def json_feed(feed: PurePosixPath) -> PurePosixPath:
    """The JSON form beside an Atom feed."""
    return feed.with_suffix(".feed.json" if feed == STATUS_FEED else ".json")


@_lately
def version_page(article: str, number: int) -> PurePosixPath:
    """The article as it stood once."""
    return _of_article(article, f"{number:d}.html")


@_lately
def timemap(article: str) -> PurePosixPath:
    """Memento's list of the versions."""
    return _of_article(article, "timemap.link")


def day_page(day: date, number: int = 1) -> PurePosixPath:
    """The changes of a day of UTC; a day with many has several pages."""
    return PurePosixPath("days", f"{day:%Y-%m-%d}.html" if number == 1 else f"{day:%Y-%m-%d}-{number:d}.html")


def search_words(bits: int, number: int) -> PurePosixPath:
    """One of the 2 to so many files of the index."""
    name = f"{number:04x}"
    return PurePosixPath("search", f"words-{bits:d}", name[:2], f"{name[2:]}.json")


def search_entries(group: int) -> PurePosixPath:
    """What a search shows for some articles that follow one another; at most 256 files in a folder."""
    return PurePosixPath("search", "entries", f"{group >> 8:x}", f"{group & 255:02x}.json")


def archive(feed: PurePosixPath, number: int) -> PurePosixPath:
    return feed.with_name(f"{feed.stem}-{number:d}.atom")


def is_feed(path: PurePosixPath) -> bool:
    """Whether people subscribe to what lies here: a feed in either form, and not its archives."""
    names = {*(channel.value for channel in Channel), "articles", "daily", "status", "status.feed"}
    return path.suffix in {".atom", ".json"} and path.stem in names and path != STATUS_JSON


def url(base_url: str, path: PurePosixPath) -> str:
    """The public address of a path. File names are spelled out: not every bucket knows index documents."""
    return base_url.rstrip("/") + "/" + path.as_posix()


def from_root(base_url: str, path: PurePosixPath) -> str:
    """The link that works on a page shown at any address of the host, and on any host that the site is copied to."""
    folder = urlsplit(base_url).path.strip("/")
    return f"/{folder}/{path.as_posix()}" if folder else f"/{path.as_posix()}"


@lru_cache(maxsize=256)
def relative(target: PurePosixPath, page: PurePosixPath) -> str:
    """The link from one page to another, so that the site works in any folder and from disk."""
    there, here = target.parts, page.parts[:-1]
    shared = 0
    while shared < min(len(there), len(here)) and there[shared] == here[shared]:
        shared += 1
    return "/".join([*[".."] * (len(here) - shared), *there[shared:]])
