"""Items as a feed has them -> entries that can be relied on.

An entry has an absolute http(s) link with a canonical key, an id that no other entry of the feed has, a title that is
plain text, and plausible dates. An item without a usable link is none; of two items with one link the first counts.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from feedwatch.model import Entry
from feedwatch.reading.urls import canonical_key, resolve

MAX_ENTRIES = 5_000  # of one feed, the others are not looked at; real feeds have 10 to 200, news sitemaps 1,000
MAX_TITLE = 1_000  # characters
MAX_ID = 500

# What stands in titles as markup. Other words in angle brackets are the title's own.
_TAG = re.compile(
    r"<!--.{0,500}?-->|</?(?:a|abbr|acronym|b|bdi|bdo|big|br|cite|code|del|dfn|div|em|font|h[1-6]|hr|i|img|ins|kbd|li|"
    r"mark|nobr|ol|p|pre|q|rp|rt|ruby|s|samp|script|small|span|strike|strong|style|sub|sup|svg|time|tt|u|ul|var|wbr)"
    r"(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE | re.DOTALL,
)
_BREAK = re.compile(r"</?(?:br|div|h[1-6]|hr|li|ol|p|pre|ul)\b", re.IGNORECASE)
_CODE = re.compile(r"<(script|style)\b[^<>]{0,500}>.{0,1000}?</\1\s*>", re.IGNORECASE | re.DOTALL)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})((?:-[A-Za-z0-9]{2,8}){0,4})")


class Item(NamedTuple):
    """As the feed has it. The first of `links` that is a web address counts."""

    id: str
    links: Sequence[str]
    title: str
    published_at: datetime | None = None
    updated_at: datetime | None = None


def make_entries(items: Sequence[Item], base: str) -> tuple[tuple[Entry, ...], str | None]:
    """The entries in the feed's order, and what is wrong when no item is one.

    Some items without a link (broadcasts, tickers) are usual, and no damage.
    """
    found: list[tuple[str, Entry]] = []
    for item in items:
        link, key = _find_link(item.links, base)
        if key:
            title = plain_title(item.title)
            found.append((key, Entry(_plain_id(item.id) or link, link, title, item.published_at, item.updated_at)))
    problem = f"none of its entries has an http(s) link, of {len(items)}" if items and not found else None
    return _fold(found), problem


def plain_title(text: str) -> str:
    """A title in one line, without markup, however often that was escaped."""
    text = text[: 4 * MAX_TITLE]
    for _ in range(3):
        plain = _REFERENCE.sub(lambda match: html.unescape(match[0]), _without_tags(text))
        if plain == text:
            break
        text = plain
    text = " ".join(_ILLEGAL.sub("", _without_tags(text)).split())
    return text if len(text) <= MAX_TITLE else text[: MAX_TITLE - 1] + "…"


def plain_language(tag: str) -> str | None:
    """A language tag as BCP 47 writes it: en-GB, zh-Hant; None when it is none."""
    match = _LANGUAGE.fullmatch(tag.strip().replace("_", "-"))
    if match is None:
        return None
    subtags = match[2].split("-")[1:]
    return "-".join([match[1].lower(), *(_written(subtag) for subtag in subtags)])


def _written(subtag: str) -> str:
    match len(subtag):
        case 2:
            return subtag.upper()
        case 4:
            return subtag.title()
        case _:
            return subtag.lower()


def _find_link(links: Iterable[str], base: str) -> tuple[str, str | None]:
    for text in links:
        link = resolve(base, text.replace("&amp;", "&").replace("&#38;", "&"))
        key = canonical_key(link) if link else None
        if link and key:
            return link, key
    return "", None


def _fold(found: Iterable[tuple[str, Entry]]) -> tuple[Entry, ...]:
    """One entry a key and one a guid; a guid that different stories share is no identity, their links are."""
    first: dict[str, Entry] = {}
    for key, entry in found:
        first.setdefault(key, entry)
    stories: defaultdict[str, set[str]] = defaultdict(set)
    for entry in first.values():
        stories[entry.id].add(entry.title)
    ids: set[str] = set()
    kept = []
    for entry in first.values():
        plain = entry if len(stories[entry.id]) == 1 else _known_by_link(entry)
        if plain.id not in ids:
            ids.add(plain.id)
            kept.append(plain)
    return tuple(kept)


def _known_by_link(entry: Entry) -> Entry:
    return Entry(entry.link, entry.link, entry.title, entry.published_at, entry.updated_at)


def _without_tags(text: str) -> str:
    if "<" not in text:
        return text
    return _TAG.sub(lambda match: " " if _BREAK.match(match[0]) else "", _CODE.sub(" ", text))


def _plain_id(text: str) -> str:
    text = " ".join(_ILLEGAL.sub("", text).split())
    return text if len(text) <= MAX_ID else "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def is_web_address(text: str) -> bool:
    return _WEB.match(text.strip()) is not None
