"""A page parsed once: the tree that every part of the reading shares."""

from __future__ import annotations

import json
import re
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from feedwatch.reading.charset import to_utf8

# libxml2 takes time quadratic in the number of attributes of one tag: 100,000 of them hold it for 95 s.
_LONG_TAG = re.compile(rb"<([a-zA-Z][\w:-]{0,30})\s[^<>]{20000,}>")
_LONG = 20000
_MOST_ATTRIBUTES = 1000
# Numeric references to characters that XML forbids: libxml2 lets some of them through.
_ILLEGAL_REFERENCE = re.compile(
    rb"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|127|6553[45])|[xX]0*(?:[0-8bcefBCEF]|1[0-9a-fA-F]|7[fF]|[fF]{3}[eEfF]))"
    rb"(?:;|(?![0-9a-fA-F]))"
)
_UNREAD_TAGS = """
script style template svg math iframe object embed applet canvas audio map area link meta param source track nav menu
datalist title base
"""
_UNREAD = tuple(_UNREAD_TAGS.split())
_MENU_PROSE = 500  # characters of paragraphs: with more, a <nav> was left open before the article
_MOST_JSON = 2_000_000  # characters of JSON-LD read from one page

# One class for all elements, looked up in C: a tenth of the reading's time against lxml's own lookup.
_PARSER = etree.HTMLParser(
    encoding="utf-8",
    remove_comments=True,
    remove_pis=True,
    no_network=True,
    collect_ids=False,  # nobody looks an element up by its id
)
_PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))


def parse(body: bytes, content_type: str) -> HtmlElement | None:
    """The page's root element, or None where there is no markup at all. Never raises."""
    source = _without_long_tags(_ILLEGAL_REFERENCE.sub(b"", to_utf8(body, content_type)))
    try:
        return document_fromstring(source, parser=_PARSER)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError):
        return None


def _without_long_tags(source: bytes) -> bytes:
    """Such a tag holds no other `<`, so it is looked for only before stretches of half its length that hold none."""
    half, before = _LONG // 2, 0
    starts: list[int] = []
    for start in range(0, len(source) - half, half):
        if source.find(b"<", start, start + half) >= 0:
            before = start
        elif not starts or starts[-1] < before:
            starts.append(source.rfind(b"<", before, start))
    tags = [tag for at in starts if at >= 0 and (tag := _LONG_TAG.match(source, at))]
    for tag in reversed(tags):
        source = source[: tag.start()] + _shorten(tag) + source[tag.end() :]
    return source


def _shorten(tag: re.Match[bytes]) -> bytes:
    return b"<" + tag[1] + b">" if tag[0].count(b"=") > _MOST_ATTRIBUTES else tag[0]


def discard_unread(tree: HtmlElement) -> bool:
    """Takes out, by kind of element only, what no reader reads in an article. The head's facts must have been read.
    Whether what is left is called as it was.
    """
    as_it_was = True
    for menu in tree.iter("nav", "menu"):
        if sum(len(paragraph.text_content()) for paragraph in menu.iter("p")) < _MENU_PROSE:
            menu.tag = "template"
        elif any(True for _ in menu.iter("main", "h1")):
            menu.tag = "div"  # the extractors read no menus
            as_it_was = False
    etree.strip_elements(tree, *_UNREAD, with_tail=False)
    return as_it_was


def linked_data(tree: HtmlElement) -> list[dict[str, Any]]:
    """The JSON-LD objects of a page, graphs and lists unfolded, in document order."""
    found: list[dict[str, Any]] = []
    size = 0
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        source = (script.text or "").strip()
        size += len(source)
        if size > _MOST_JSON:
            break
        _unfold(_load(source), found)
    return found


def _load(source: str) -> Any:
    source = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*$", "", source)
    try:
        return json.loads(source, strict=False)
    except (ValueError, RecursionError):
        return None


def _unfold(value: Any, into: list[dict[str, Any]], depth: int = 0) -> None:
    if depth > 5:
        return
    if isinstance(value, list):
        for item in value[:200]:
            _unfold(item, into, depth + 1)
    elif isinstance(value, dict):
        into.append(value)
        _unfold(value.get("@graph"), into, depth + 1)
