"""The ways to find an article's text on a page, each giving the runs that hold it.

The libraries that they call are imported where they are called: only the workers need them, and they are most of what
a worker holds.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from lxml import etree
from lxml.html import HtmlElement, tostring

from feedwatch.model import Block, SiteRule
from feedwatch.reading.article import find_seeds
from feedwatch.reading.outline import Outline

if TYPE_CHECKING:
    from trafilatura.settings import Extractor

_SHORT = 250  # characters: with less, the next way is tried
_TAG = re.compile(r"<[^<>]{1,200}>")
_BREAK = re.compile(r"</?(?:p|br|div|li|h\d)\b[^<>]{0,200}>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Extraction:
    """`blocks` instead of `seeds` where the text is not in the page's markup."""

    path: str
    seeds: frozenset[int] = frozenset()
    blocks: tuple[Block, ...] = ()
    chars: int = 0


def strip(tree: HtmlElement, rule: SiteRule) -> None:
    """Takes what the rule says out of the tree."""
    for selector in rule.strip:
        for element in _select(tree, selector):
            if element.getparent() is not None:
                element.drop_tree()


def select_title(tree: HtmlElement, rule: SiteRule) -> str:
    found = _select(tree, rule.title) if rule.title else []
    return " ".join(found[0].text_content().split()) if found else ""


def extract(tree: HtmlElement, outline: Outline, rule: SiteRule, article_body: str) -> Extraction:
    """The first way that gives enough text, else the one that gives the most; path "none" where none gives any."""
    if rule.body:
        chosen = _by_site_rule(tree, outline, rule.body)
        if chosen.chars:
            return chosen
    best = _found("trafilatura", outline, _trafilatura(tree))
    if best.chars >= max(_SHORT, len(article_body) // 3):
        return best
    for other in (_by_linked_data(outline, article_body), _found("readability", outline, _readability(tree))):
        much_more = other.path == "json-ld" and other.chars > 3 * best.chars
        if much_more or (best.chars < _SHORT and other.chars > best.chars):
            best = other
    return best if best.chars else Extraction("none")


def _found(path: str, outline: Outline, text: str) -> Extraction:
    seeds = find_seeds(outline, text) if text else frozenset()
    return Extraction(path, seeds, chars=sum(len(outline.runs[i].text) for i in seeds))


def _by_site_rule(tree: HtmlElement, outline: Outline, selector: str) -> Extraction:
    chosen = set(_select(tree, selector))
    if not chosen:
        return Extraction("site")
    seeds = frozenset(
        run.index
        for run in outline.runs
        if any(box.element in chosen for box in run.box.chain())
        or not chosen.isdisjoint(run.box.element.iterancestors())
    )
    return Extraction("site", seeds, chars=sum(len(outline.runs[i].text) for i in seeds))


def _select(tree: HtmlElement, selector: str) -> list[HtmlElement]:
    """What a CSS selector finds; an invalid one, which the config refuses, finds nothing."""
    from cssselect import SelectorError
    from lxml.cssselect import CSSSelector

    try:
        found = CSSSelector(selector, translator="html")(tree)
    except (SelectorError, etree.XPathError):
        return []
    return [element for element in found if isinstance(element, HtmlElement)] if isinstance(found, list) else []


def _trafilatura(tree: HtmlElement) -> str:
    """Works on a copy."""
    from trafilatura import bare_extraction

    document = bare_extraction(tree, options=_options())
    return getattr(document, "text", None) or ""


@cache
def _options() -> Extractor:
    """Its comments, metadata and memory of duplicates stay off: they cost time or keep state."""
    from trafilatura.settings import Extractor

    return Extractor(output_format="python", fast=True, comments=False, dedup=False)


def _readability(tree: HtmlElement) -> str:
    from readability import Document

    try:
        summary = Document(tostring(tree, encoding="unicode")).summary(html_partial=True)
        found = etree.HTML(summary)
    except (etree.LxmlError, ValueError, TypeError, AttributeError, ArithmeticError, LookupError):
        return ""  # its own errors wrap whatever went wrong inside
    return "\n".join(map(str, found.itertext())) if found is not None else ""


def _by_linked_data(outline: Outline, article_body: str) -> Extraction:
    if not article_body:
        return Extraction("json-ld")
    text = html.unescape(_TAG.sub(" ", _BREAK.sub("\n", html.unescape(article_body))))
    found = _found("json-ld", outline, text)
    if found.chars >= 0.6 * len(text):
        return found
    lines = (" ".join(line.split()) for line in text.split("\n"))
    blocks = tuple(Block(line) for line in lines if line)
    return Extraction("json-ld", blocks=blocks, chars=sum(len(block.text) for block in blocks))
