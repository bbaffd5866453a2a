"""JSON Feed 1.0 and 1.1 -> entries."""

from __future__ import annotations

import json
from typing import Any

from feedwatch.model import ParsedFeed
from feedwatch.reading.dates import read_date
from feedwatch.reading.entries import MAX_ENTRIES, Item, is_web_address, make_entries, plain_language, plain_title


def read_json_feed(text: str, url: str) -> ParsedFeed:
    try:
        feed = json.loads(text)
    except json.JSONDecodeError as error:
        return ParsedFeed("", (), problem=f"broken JSON at line {error.lineno}: {error.msg}")
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits; 100,000 brackets
        return ParsedFeed("", (), problem=f"broken JSON: {error}")
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        return ParsedFeed("", (), problem="JSON, but not a JSON Feed: it has no list of 'items'")
    found = [_item(item) for item in items[:MAX_ENTRIES] if isinstance(item, dict)]
    entries, lost = make_entries(found, url)
    return ParsedFeed(
        plain_title(_text(feed.get("title"))),
        entries,
        plain_language(_text(feed.get("language"))),
        problem=lost if items else "the feed is empty",
    )


def _item(item: dict[str, Any]) -> Item:
    guid = _text(item.get("id"))
    links = [_text(item.get("url")), _text(item.get("external_url"))]
    return Item(
        guid,
        [*links, guid] if is_web_address(guid) else links,
        _text(item.get("title")),
        read_date(_text(item.get("date_published"))),
        read_date(_text(item.get("date_modified"))),
    )


def _text(value: object) -> str:
    """Version 1.0 allowed numbers as ids."""
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
