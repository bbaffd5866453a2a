"""What class names and ids say about a box. They are a hint: many pages' names are hashes, some name the article."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache


class Mark(StrEnum):
    """What a box's names say it is: furniture for certain, likely furniture, or part of an article.

    A gate is an offer to who has not paid, or the part of the article behind it.
    """

    STRONG = "strong"
    WEAK = "weak"
    GATE = "gate"
    CONTENT = "content"
    NONE = ""


# At the start of a name these say what the article is about or where a box stands, not what it is for.
_NAMING_WORDS = """
category tag post has is with without no not type status format single page js layout template theme hentry cat term u
wp lang site col grid row size width align text font bg main
"""
_STRONG_WORDS = """
related recommended recommendation recommendations recommend recirc recirculation mostread popular trending newsletter
newsletters signup subscribe subscription subscriptions share sharing shares sharebar sharetools addthis sharethis
comments comment commenting disqus livefyre cookie cookies consent gdpr onetrust cmp privacy ad ads adv advert adverts
advertisement advertising adslot adunit adbox dfp gpt sponsor sponsors sponsored outbrain taboola zergnet ticker
breadcrumb breadcrumbs pagination pager footer nav navigation navbar poll donate donation donations login signin popup
modal toast skip sidebar readmore upnext morefrom promo promos promoted promotion marketing cta
"""
_WEAK_WORDS = """
teaser teasers social socials follow widget widgets banner tools toolbar toolbox tags taglist keywords topics meta
metadata timestamp byline author authors bio reactions rating ratings views player video gallery carousel slideshow
playlist podcast weather stock stocks alert notification notice menu links linklist more most read next latest
breaking appeal membership member register quiz survey app rail overlay callout credits copyright toc contents card
cards trail feed stream hub puff
"""
_GATE_WORDS = "paywall regwall metering"
_CONTENT_WORDS = """
correction corrections clarification update updates pullquote pull quote editorsnote factbox facts keyfacts infobox
infokasten faktenbox faktaruta faktaboks faktabox scheda encadre encadré recuadro despiece kader
"""
_NAMING = frozenset(_NAMING_WORDS.split())
_STRONG = frozenset(_STRONG_WORDS.split())
_WEAK = frozenset(_WEAK_WORDS.split())
_GATE = frozenset(_GATE_WORDS.split())
_CONTENT = frozenset(_CONTENT_WORDS.split())
_MOST_PARTS, _MOST_PARTS_OF_ID = 5, 3  # a longer name is made of a heading's words
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_BODY = re.compile(
    r"(?:article|story|entry|post|news|content|main)[-_]*(?:body|content|text)|articlebody", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def read_names(names: str, ident: str) -> Mark:
    """`names`: class, role and itemprop of one element, between spaces; `ident`: its id."""
    if _BODY.search(names) or _BODY.search(ident):
        return Mark.NONE
    mark = Mark.NONE
    for name in (*names.split(), ident):
        parts = [part.lower() for part in _PART.findall(name)]
        if not parts or parts[0] in _NAMING or len(parts) > (_MOST_PARTS_OF_ID if name == ident else _MOST_PARTS):
            continue
        if not _CONTENT.isdisjoint(parts):
            return Mark.CONTENT
        if not _STRONG.isdisjoint(parts):
            return Mark.STRONG
        if not _GATE.isdisjoint(parts):
            return Mark.GATE
        if not _WEAK.isdisjoint(parts):
            mark = Mark.WEAK
    return mark


@lru_cache(maxsize=4096)
def without_numbers(names: str) -> str:
    """`names` of one of a series: without what numbers it."""
    return re.sub(r"\d+", "", names)
