"""The digest of what a page shows: an unchanged digest spares the extraction."""

from __future__ import annotations

import hashlib

from lxml.html import HtmlElement

from feedwatch.model import comparable
from feedwatch.reading.document import parse

_UNSEEN = frozenset(("script", "style", "template", "svg", "noscript", "iframe"))


def visible_sha(body: bytes, content_type: str) -> str:
    """32 hex digits over title, text and JSON-LD, and how many paragraphs there are; other markup, attributes and
    comments do not count. Never raises.
    """
    tree = parse(body, content_type)
    return _digest("") if tree is None else digest_visible(tree)


def digest_visible(tree: HtmlElement) -> str:
    """The same, of a parsed page."""
    data = [script.text or "" for script in tree.iter("script") if "ld+json" in (script.get("type") or "").lower()]
    found: list[str] = []
    paragraphs = _collect(tree, found)  # one that is split has the same words
    return _digest("\n".join([str(paragraphs), *data, " ".join(found)]))


def _collect(element: HtmlElement, found: list[str]) -> int:
    """What it shows, piece by piece: a piece ends where an element that may show something begins or ends. And how many
    paragraphs are in it. Depth is bounded by libxml2's parser at 255.
    """
    paragraphs = 0
    text = element.text
    for child in element:
        tag = child.tag
        if tag in _UNSEEN:
            if text:
                text += child.tail or ""
            else:
                text = child.tail
            continue
        if text:
            found.append(text)
        if tag == "p":
            paragraphs += 1
        if len(child):
            paragraphs += _collect(child, found)
        elif text := child.text:
            found.append(text)
        text = child.tail
    if text:
        found.append(text)
    return paragraphs


def _digest(text: str) -> str:
    return hashlib.sha256(comparable(text).encode("utf-8", "surrogatepass")).hexdigest()[:32]
