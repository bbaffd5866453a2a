"""RSS 0.9x, 1.0 (RDF) and 2.0, Atom -> entries, by feedparser with its traps closed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import feedparser
from feedparser.mixin import _FeedParserMixin

from feedwatch.model import ParsedFeed
from feedwatch.reading.dates import read_date
from feedwatch.reading.entries import MAX_ENTRIES, Item, is_web_address, make_entries, plain_language, plain_title
from feedwatch.reading.markup import keep_whole_entries, mend

LONGEST_WAIT = timedelta(days=1)  # some feeds ask for a year

# Feedparser looks for e-mail addresses in authors by an expression that takes quadratic time (its issue 562: 64 KB hold
# it for 20 s). Nobody here reads authors.
_FeedParserMixin._sync_author_detail = lambda *_: None  # noqa: SLF001

# What feedparser 6.0.14 raises on hostile bytes, found by fuzzing, and the kin of these.
_FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
_DATES = ("published", "created", "updated")
_EMPTY_LINK = re.compile(r"<link\s*/>|<link>\s*</link\s*>", re.IGNORECASE)  # hides a guid that is the link
_PERIODS = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}  # hours


def read_syndication(text: str, start: int, url: str) -> ParsedFeed:
    """The feed whose root element starts at `start`."""
    markup = keep_whole_entries(_EMPTY_LINK.sub("", mend(text[start:])), MAX_ENTRIES)
    try:
        # A stream, never bytes: those are opened as a file when they are a path.
        parsed = feedparser.parse(
            io.BytesIO(markup.encode()),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except _FAULTS as error:
        return ParsedFeed(
            "", (), problem=f"broken XML that cannot be read ({type(error).__name__}: {str(error)[:100]})"
        )
    feed = dict(parsed.feed)
    atom = parsed.version.startswith("atom")
    entries, lost = make_entries([_item(dict(entry), atom=atom) for entry in parsed.entries[:MAX_ENTRIES]], url)
    problems = [_fault(parsed, text.count("\n", 0, start), len(parsed.entries)), lost]
    if not parsed.entries:
        problems.append("the feed is empty")
    return ParsedFeed(
        plain_title(_text(feed.get("title"))),
        entries,
        plain_language(_text(feed.get("language"))),
        _wait(feed),
        "; ".join(filter(None, problems)) or None,
    )


def _fault(parsed: Any, lines: int, count: int) -> str | None:
    """What is wrong with the XML; `lines` stood before the root, one line was put there by feedparser."""
    error = parsed.get("bozo_exception")
    if not parsed.bozo or error is None:
        return None
    where = f" at line {error.getLineNumber() + lines - 1}" if hasattr(error, "getLineNumber") else ""
    what = error.getMessage() if hasattr(error, "getMessage") else str(error)
    return f"broken XML{where}: {what}; entries that could be read: {count}"


def _item(entry: dict[str, Any], *, atom: bool) -> Item:
    published, created, updated = (read_date(_text(entry.get(name))) for name in _DATES)
    published = published or created
    if published is None and not atom:
        published = updated  # dc:date is the only date of many RSS 1.0 feeds
    return Item(_text(entry.get("id")), list(_links(entry)), _text(entry.get("title")), published, updated)


def _links(entry: dict[str, Any]) -> Iterator[str]:
    """The article's own address first: feeds behind FeedBurner or Pheedo link to a redirect that counts clicks."""
    for name in ("feedburner_origlink", "pheedo_origlink"):
        yield _text(entry.get(name))
    links = entry.get("links")
    for link in links if isinstance(links, list) else ():  # an element <links> takes its place
        if link.get("rel") == "alternate" and link.get("type") in {"text/html", "application/xhtml+xml"}:
            yield _text(link.get("href"))
    link, guid = _text(entry.get("link")), _text(entry.get("id"))
    if link != guid or is_web_address(link):  # feedparser takes any guid for a link, a number too
        yield link


def _wait(feed: dict[str, Any]) -> timedelta | None:
    """Ttl is in minutes; the syndication module says how often in a period."""
    waits = [timedelta(minutes=_number(feed.get("ttl")))]
    hours = _PERIODS.get(_text(feed.get("sy_updateperiod")).lower(), 0)
    waits.append(timedelta(hours=hours) / max(_number(feed.get("sy_updatefrequency")), 1))
    longest = min(max(waits), LONGEST_WAIT)
    return longest or None


def _number(value: object) -> int:
    text = _text(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 7 else 0


def _text(value: object) -> str:
    """Elements with unexpected attributes are dictionaries in feedparser's result."""
    return value.strip() if isinstance(value, str) else ""
