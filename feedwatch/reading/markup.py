"""XML as found -> XML that parsers take: from the root element on, references mended, no entry cut in half.

Pure text work, before any parser: what stands in a DOCTYPE is never declared to one.
"""

from __future__ import annotations

import html.entities
import re
from typing import NamedTuple

ROOTS = frozenset({"rss", "rdf", "feed", "channel", "urlset", "sitemapindex", "opml"})

_FEED_ROOT = re.compile(
    r"<(?:[\w.-]{1,40}:)?(rss|rdf|feed|urlset|sitemapindex)\s[^<>]{0,2000}\b(?:version|xmlns)", re.IGNORECASE
)
_NAME = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?([A-Za-z_][\w.-]{0,80})")
_OPEN = re.compile(r"<(?:[\w.-]{1,40}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_CLOSE = re.compile(r"</(?:[\w.-]{1,40}:)?(?:item|entry)\s*>", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(?:#([0-9]+|[xX][0-9a-fA-F]+);|([A-Za-z][A-Za-z0-9]{1,31});)?")


class Root(NamedTuple):
    """`name` is the local one in lower case, "" when there is no element; `start` is where its tag begins."""

    name: str
    start: int


def find_root(text: str) -> Root:
    """The root element, past declarations, comments and whatever a server wrote before it."""
    position = _skip_prologue(text)
    match = _NAME.match(text, position)
    if match and (name := match[1].lower()) in ROOTS:
        return Root(name, position)
    deeper = _FEED_ROOT.search(text, 0, 100_000)
    if deeper:
        return Root(deeper[1].lower(), deeper.start())
    return Root(match[1].lower() if match else "", position)


def _skip_prologue(text: str) -> int:
    """Where the first element starts; the text's end when there is none."""
    position = text.find("<")
    while position >= 0:
        if text.startswith("<!--", position):
            end = text.find("-->", position)
        elif text.startswith("<?", position):
            end = text.find("?>", position)
        elif text.startswith("<!", position):
            end = text.find(">", _skip_subset(text, position))
        else:
            return position
        position = text.find("<", end) if end >= 0 else -1
    return len(text)


def _skip_subset(text: str, position: int) -> int:
    """A DOCTYPE's own declarations stand in brackets, and may hold anything."""
    bracket, end = text.find("[", position), text.find(">", position)
    if bracket < 0 or end < bracket:
        return position
    close = text.find("]", bracket)
    return close if close >= 0 else position


def mend(markup: str) -> str:
    """References that XML does not know become what they mean, bare ampersands `&amp;`, outside of CDATA."""
    pieces = []
    position = 0
    while (start := markup.find("<![CDATA[", position)) >= 0 and (end := markup.find("]]>", start)) >= 0:
        pieces += [_REFERENCE.sub(_mend_reference, markup[position:start]), markup[start : end + 3]]
        position = end + 3
    pieces.append(_REFERENCE.sub(_mend_reference, markup[position:]))
    return "".join(pieces)


def _mend_reference(match: re.Match[str]) -> str:
    number, name = match[1], match[2]
    if number:
        if len(number) > 8:
            return ""
        code = int(number[1:], 16) if number[0] in "xX" else int(number)
        return f"&#{code};" if _is_legal(code) else ""
    if name:
        meant = html.entities.html5.get(f"{name};")
        return meant.replace("&", "&amp;").replace("<", "&lt;") if meant else f"&amp;{name};"
    return "&amp;"


def _is_legal(code: int) -> bool:
    return code in {9, 10, 13} or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000


def keep_whole_entries(markup: str, most: int) -> str:
    """`markup` without an entry that is cut off and without those after the first `most`.

    A link that is cut off would be watched as an article that does not exist.
    """
    ends = [match.end() for match in _CLOSE.finditer(markup)]
    tail = markup[ends[-1] :] if ends else markup
    cut = _OPEN.search(tail)
    if cut:
        tail = tail[: cut.start()]
    if not ends:
        return tail
    return markup[: ends[:most][-1]] + tail
