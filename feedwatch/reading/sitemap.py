"""News sitemaps and plain ones -> entries. A plain one has no titles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from lxml import etree

from feedwatch.model import ParsedFeed
from feedwatch.reading.dates import read_date
from feedwatch.reading.entries import MAX_ENTRIES, Item, make_entries, plain_language
from feedwatch.reading.urls import resolve

_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


def read_sitemap(text: str, url: str) -> ParsedFeed:
    """`text` starts with the root element, after blank lines."""
    root, problem = _parse(text)
    if root is None:
        return ParsedFeed("", (), problem=problem)
    items = [_item(element) for element in _named(root, "url")]
    if len(items) > MAX_ENTRIES:  # a feed has the newest first, a sitemap any order
        items.sort(key=lambda item: item.published_at or item.updated_at or _LONG_AGO, reverse=True)
    entries, lost = make_entries(items[:MAX_ENTRIES], url)
    problems = [problem, lost, None if items else "the sitemap is empty"]
    language = next((tag for element in _named(root, "language") if (tag := plain_language(element.text or ""))), None)
    name = next((element.text or "" for element in _named(root, "name")), "")
    return ParsedFeed(name.strip(), entries, language, problem="; ".join(filter(None, problems)) or None)


def read_sitemap_index(text: str, url: str) -> ParsedFeed:
    """Nothing is followed: the operator names the sitemap that has the news."""
    root, _ = _parse(text)
    found = [] if root is None else [resolve(url, element.text or "") for element in _named(root, "loc")]
    parts = [part for part in found if part]
    best = next((part for part in parts if "news" in part.lower()), parts[0] if parts else None)
    advice = f", for example {best}" if best else ""
    return ParsedFeed("", (), problem=f"a sitemap index, not a feed; name one of its sitemaps instead{advice}")


def _parse(text: str) -> tuple[etree._Element | None, str | None]:
    """The root and what is wrong with it. Nothing is loaded, no entity is expanded; the text has no DOCTYPE."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, encoding="utf-8")
    root: etree._Element | None = etree.fromstring(text.encode(), parser)  # None when nothing could be recovered
    fault = next(iter(parser.error_log), None)
    return root, f"broken XML at line {fault.line}: {fault.message.strip()}" if fault else None


def _name(element: etree._Element) -> str:
    """Local, whatever the namespace: sitemaps in use have wrong, missing and undeclared ones."""
    tag = element.tag if isinstance(element.tag, str) else ""  # comments and the like have functions
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def _named(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (part for part in element.iter() if _name(part) == name)


def _item(element: etree._Element) -> Item:
    values: dict[str, str] = {}
    for part in element.iter():
        parent = part.getparent()
        # image:loc, video:title and video:publication_date describe something else than the page
        if parent is not None and _name(parent) in {"url", "news"}:
            values.setdefault(_name(part), part.text or "")
    address = values.get("loc", "").strip()
    published, updated = (read_date(values.get(name, "")) for name in ("publication_date", "lastmod"))
    return Item(address, [address], values.get("title", ""), published, updated)
