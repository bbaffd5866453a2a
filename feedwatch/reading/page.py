"""Page bytes -> Page: an article's own words, and what the page says about itself."""

from __future__ import annotations

import lxml
import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Extractor

from feedwatch.model import Block, BlockKind, KeptPage, Page, SiteRule, Text, comparable
from feedwatch.reading.document import parse
from feedwatch.reading.metadata import read_metadata, read_title
from feedwatch.reading.visible import visible_sha

__all__ = ["EXTRACTOR", "read_page", "read_pair", "visible_sha"]

EXTRACTOR = f"feedwatch 1, trafilatura {trafilatura.__version__}, lxml {lxml.__version__}"

_KINDS = {"head": BlockKind.HEADING, "item": BlockKind.ITEM, "quote": BlockKind.QUOTE, "code": BlockKind.PRE}


def read_page(body: bytes, content_type: str, url: str, rule: SiteRule, common: frozenset[str] = frozenset()) -> Page:
    """Never raises; a page without an article has no blocks and the path "none"."""
    tree = parse(body, content_type)
    if tree is None:
        return Page(text=Text(title=""), path="none")
    metadata = read_metadata(tree, url)
    title = read_title(tree, metadata)
    blocks = _seed(tree)
    return Page(
        text=Text(title=title, blocks=tuple(blocks)),
        path="trafilatura" if blocks else "none",
        byline=metadata.byline,
        language=metadata.language,
        published_at=metadata.published_at,
        modified_at=metadata.modified_at,
        canonical_url=metadata.canonical_url,
        live=metadata.live,
    )


def read_pair(old: KeptPage, new: KeptPage, rule: SiteRule, common: frozenset[str]) -> tuple[Page, Page]:
    """Both pages, read alike."""
    return (
        read_page(old.body, old.content_type, old.url, rule, common),
        read_page(new.body, new.content_type, new.url, rule, common),
    )


def _seed(tree: HtmlElement) -> list[Block]:
    options = Extractor(output_format="python", fast=True, comments=False, dedup=False)
    document = trafilatura.bare_extraction(tree, options=options)
    lines = (document.text or "").split("\n") if document else []
    return [Block(text) for line in lines if (text := comparable(line))]
