"""A feed as JSON Feed 1.1, for programs: the same entries as its Atom form. It knows no deleted entries."""

from __future__ import annotations

import json
from typing import Any

from feedwatch.showing.feed import Entry, Sheet, timestamp
from feedwatch.showing.plain import one_line, shown

_VERSION = "https://jsonfeed.org/version/1.1"


def json_bytes(sheet: Sheet, address: str) -> bytes:
    """`address` is the document's own."""
    heading = sheet.heading
    document: dict[str, Any] = {
        "version": _VERSION,
        "title": one_line(heading.title),
        "description": one_line(heading.subtitle),
        "home_page_url": heading.page,
        "feed_url": address,
        "language": heading.language,
        "authors": [{"name": one_line(heading.author) or "feedwatch"}],
    }
    hubs = [link.href for link in heading.links if link.rel == "hub"]
    if hubs:
        document["hubs"] = [{"type": "WebSub", "url": hub} for hub in hubs]
    document["items"] = [_item(entry) for entry in sheet.entries]
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _item(entry: Entry) -> dict[str, Any]:
    links = {link.rel: link.href for link in entry.links}
    item: dict[str, Any] = {"id": entry.id, "url": links["alternate"]}
    if "related" in links:
        item["external_url"] = links["related"]
    item |= {
        "title": one_line(entry.title),
        "summary": one_line(entry.summary),
        "content_html": shown(entry.content),
        "date_published": timestamp(entry.at),
        "authors": [{"name": one_line(entry.author)}],
    }
    if entry.categories:
        item["tags"] = [term for term, _ in entry.categories]
    return item
