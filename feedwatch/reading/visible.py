"""The digest of what a page shows: an unchanged digest spares the extraction."""

from __future__ import annotations

import hashlib

from lxml import etree
from lxml.html import HtmlElement

from feedwatch.model import comparable
from feedwatch.reading.document import parse

_UNSEEN = ("script", "style", "template", "svg", "noscript", "iframe")


def visible_sha(body: bytes, content_type: str) -> str:
    """32 hex digits over title, text and JSON-LD, and how many paragraphs there are; other markup, attributes and
    comments do not count. Never raises.
    """
    tree = parse(body, content_type)
    return _digest("") if tree is None else digest_visible(tree)


def digest_visible(tree: HtmlElement) -> str:
    """The same, of a parsed page that nobody needs any more: it is taken apart."""
    data = [script.text or "" for script in tree.iter("script") if "ld+json" in (script.get("type") or "").lower()]
    etree.strip_elements(tree, *_UNSEEN, with_tail=False)
    paragraphs = len(list(tree.iter("p")))  # one that is split has the same words
    return _digest("\n".join([str(paragraphs), *data, " ".join(tree.itertext())]))


def _digest(text: str) -> str:
    return hashlib.sha256(comparable(text).encode("utf-8", "surrogatepass")).hexdigest()[:32]
