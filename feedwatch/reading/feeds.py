"""Feed bytes -> entries, or in plain words why there are none.

```
bytes -> text -> root element -> syndication (RSS, RDF, Atom) | sitemap | JSON Feed | what it is instead -> entries
```
Nothing that the bytes name is loaded: parsers get text that starts at the root element, without a DOCTYPE.
"""

from __future__ import annotations

import html
import re
import zlib
from collections.abc import Iterator

from feedwatch.model import ParsedFeed
from feedwatch.reading.charset import to_utf8
from feedwatch.reading.entries import plain_title
from feedwatch.reading.jsonfeed import read_json_feed
from feedwatch.reading.markup import Root, find_root, mend
from feedwatch.reading.urls import resolve

MAX_INFLATED = 20_000_000  # of a sitemap published as .xml.gz

_HTML = {"html", "head", "body", "title", "meta", "script", "div", "p", "br", "h1", "center", "span", "a", "img"}
_HTML_LINK = re.compile(r"<link\b[^<>]{1,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z]{1,20})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE)
_FEED_TYPE = re.compile(r"application/(?:rss|atom|feed)\+(?:xml|json)")
_HTML_TITLE = re.compile(r"<title\b[^<>]{0,200}>([^<]{1,300})", re.IGNORECASE)


def parse_feed(body: bytes, content_type: str, url: str) -> ParsedFeed:
    """What the feed at `url` lists. Never raises."""
    inflated = _inflate(body)
    if inflated is None:
        return _nothing("gzip-compressed, and broken or too large")
    text = to_utf8(inflated, content_type).decode()
    if not text.strip():
        return _nothing("an empty body, not a feed")
    if text.lstrip()[0] in "{[":
        return read_json_feed(text, url)
    return _read_markup(text, content_type, url)


def _read_markup(text: str, content_type: str, url: str) -> ParsedFeed:
    # Each of these two brings a library that takes its time to be imported.
    from feedwatch.reading.sitemap import read_sitemap, read_sitemap_index
    from feedwatch.reading.syndication import read_syndication

    root = find_root(text)
    blank = "\n" * text.count("\n", 0, root.start)  # so that a fault is told with its own line
    match root.name:
        case "urlset":
            return read_sitemap(blank + mend(text[root.start :]), url)
        case "sitemapindex":
            return read_sitemap_index(blank + mend(text[root.start :]), url)
        case "rss" | "rdf" | "feed" | "channel":
            return read_syndication(text, root.start, url)
        case _:
            return _nothing(_name_stranger(text, root, content_type, url))


def _nothing(problem: str) -> ParsedFeed:
    return ParsedFeed("", (), problem=problem)


def _inflate(body: bytes) -> bytes | None:
    """A file that is gzip itself, not by its content encoding; None when it is broken."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    stream = zlib.decompressobj(wbits=31)
    try:
        inflated = stream.decompress(body, MAX_INFLATED)
    except zlib.error:
        return None
    return inflated if stream.eof else None


def _name_stranger(text: str, root: Root, content_type: str, url: str) -> str:
    start = text[:2_000].lower()
    if root.name in _HTML or "<!doctype html" in start or (root.name and "html" in content_type.lower()):
        return _name_page(text[:500_000], url)
    if root.name == "opml":
        return "an OPML list of feeds, not a feed; name the feeds that it lists instead"
    if root.name:
        return f"XML of an unknown kind (<{root.name}>), not a feed"
    return f"neither XML nor JSON, not a feed; it begins with {plain_title(text)[:60]!r}"


def _name_page(text: str, url: str) -> str:
    match = _HTML_TITLE.search(text)
    title = plain_title(match[1])[:100] if match else ""
    offered = list(dict.fromkeys(_offered(text, url)))[:3]
    words = "the feeds" if len(offered) > 1 else "the feed"
    offer = f"; it offers {words} {', '.join(offered)}" if offered else ""
    return f'an HTML page ("{title}"), not a feed{offer}' if title else f"an HTML page, not a feed{offer}"


def _offered(text: str, url: str) -> Iterator[str]:
    for tag in _HTML_LINK.findall(text):
        attributes = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(tag)}
        kind = attributes.get("type", "").lower()
        if "alternate" in attributes.get("rel", "").lower() and _FEED_TYPE.fullmatch(kind):
            link = resolve(url, html.unescape(attributes.get("href", "")))
            if link:
                yield link
