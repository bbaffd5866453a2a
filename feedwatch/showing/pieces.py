"""Pieces that stand on a page by the dozen, the same wherever they stand; as markup.

They are made here since the template engine takes several times as long for each. What they are given is escaped as
that does it: what is shown passes through `plain.shown`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from markupsafe import Markup, escape

from feedwatch.model import Block, Op, Span
from feedwatch.showing.account import Passage
from feedwatch.showing.plain import direction, shown
from feedwatch.showing.table import Paragraph
from feedwatch.showing.words import Words


@lru_cache(maxsize=64)
def texted(language: str | None) -> Markup:
    """The attributes of an element whose text is in this language."""
    named = f' lang="{_safe(language)}"' if language else ""
    return Markup(f'{named} dir="{direction(language)}"')  # noqa: S704 - escaped


def time(moment: datetime, words: Words) -> Markup:
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return Markup(f'<time datetime="{stamp}">{_safe(words.moment(moment))}</time>')  # noqa: S704 - escaped


def paragraphs(blocks: Iterable[Block]) -> Markup:
    """Each on a line of its own."""
    return Markup("".join(f'<p class="{block.kind}">{_safe(block.text)}</p>\n' for block in blocks))  # noqa: S704


def marked(spans: Iterable[Span]) -> Markup:
    """A text in which what came and went is told by signs, too."""
    return Markup("".join(map(_span, spans)))  # noqa: S704


def compared(paragraphs: Iterable[Paragraph], end: str = "") -> Markup:
    return Markup("".join(f'<p class="{one.kind}">{marked(one.spans)}</p>{end}' for one in paragraphs))  # noqa: S704


def kept(passage: Passage) -> Markup:
    """A paragraph of sentences that are as they were."""
    sentences = " ".join(_safe(piece.text) for piece in passage.pieces)
    return Markup(f'<p class="{passage.kind}">{sentences}</p>')  # noqa: S704


def _span(span: Span) -> str:
    if span.op is Op.INSERT:
        return f"<ins><span>{{+</span>{_safe(span.text)}<span>+}}</span></ins>"
    if span.op is Op.DELETE:
        return f"<del><span>[-</span>{_safe(span.text)}<span>-]</span></del>"
    return _safe(span.text)


def _safe(text: str) -> str:
    return escape(shown(text))
