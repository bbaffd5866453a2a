"""A page as an outline: its boxes (elements that make blocks), and the runs of text that stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml.html import HtmlElement

from feedwatch.model import BlockKind
from feedwatch.reading.hiding import folds_out, hides, is_for_screen_readers
from feedwatch.reading.names import Mark, read_names

_INLINE_TAGS = """
a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr o:p q rb rp rt ruby s samp small
span strike strong sub sup time tt u var wbr
"""
_SKIPPED_TAGS = """
script style template svg math head title iframe object embed canvas audio video map area link meta base param source
track picture img progress meter datalist dialog option
"""
_INLINE = frozenset(_INLINE_TAGS.split())
_SKIPPED = frozenset(_SKIPPED_TAGS.split())
_CONTROLS = frozenset(("button", "input", "select", "textarea"))
_BUTTON_TYPES = frozenset(("button", "submit", "reset", "image"))
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_KINDS = dict.fromkeys(_HEADINGS, BlockKind.HEADING) | dict.fromkeys(("li", "dd", "dt"), BlockKind.ITEM)
_KINDS |= {"blockquote": BlockKind.QUOTE, "pre": BlockKind.PRE}
_CELLS = frozenset(("td", "th"))
_CELL_BLOCKS = ("p", "div", "ul", "ol", "table", "br", "form", "section", "article", "figure", "input", *_HEADINGS)
_NOT_BLOCKS = _INLINE | _SKIPPED | _CONTROLS | _CELLS | {"br", "noscript"}
CELL = " | "  # between two of a row
_CELL_LONGEST, _SEVERAL = 40, 2  # elements inside one: more is a layout; rows
# What stands side by side in these, with not even a space between, is put apart by the style sheet: a label, a count.
_BOXES = frozenset(
    ("div", "li", "figure", "figcaption", "header", "footer", "section", "aside", "article", "button", *_HEADINGS)
)
_NAMES = frozenset(("class", "role", "itemprop", "slot"))
_FALLBACK = 300  # characters in the paragraphs of a <noscript>
_PRICE = re.compile(r"(?=.*\d)[\d\s.,+%()−–\-▲▼$€£¥]+")
_BADGE = re.compile(r"(?:^|\s)badge(?:[-_]|\s|$)", re.IGNORECASE)
_WORD = re.compile(r"\w")
SENTENCE_END = tuple(".!?…。！？।۔؟»”\"')」")

_TEXT_TAGS = "p h1 h2 h3 h4 h5 h6 ul ol li dl dd dt blockquote pre table tbody thead tr td th caption"
TEXT_TAGS = frozenset(_TEXT_TAGS.split())
_SEMANTIC_TAGS = "p h2 h3 h4 h5 h6 ul ol li dl dd dt blockquote pre table tbody thead tr td th figure"
SEMANTIC = frozenset(_SEMANTIC_TAGS.split())
_LISTS = frozenset(("ul", "ol", "dl", "table"))


@dataclass(slots=True, eq=False)
class Box:
    """An element that makes a block, with the sums over everything inside."""

    element: HtmlElement
    tag: str
    names: str  # class, role, itemprop and slot; the tag of an element of the page's own
    ident: str  # id
    parent: Box | None
    first: int  # runs[first:last] are inside
    last: int = 0
    chars: int = 0
    link_chars: int = 0
    links: int = 0
    fields: int = 0  # of forms
    buttons: int = 0
    hidden: bool = False
    boxes: list[Box] = field(default_factory=list)
    make: tuple[str, ...] = ()  # tags and names of it and the two around it, when this is first asked

    def chain(self) -> Iterator[Box]:
        """The box itself and all that it stands in, inside out."""
        box: Box | None = self
        while box is not None:
            yield box
            box = box.parent


@dataclass(slots=True, eq=False)
class Run:
    """Text without a block's border in it: mostly one paragraph."""

    text: str  # white space folded
    kind: BlockKind
    box: Box
    index: int
    link_chars: int
    linked: float  # the share of the text that stands in links


def is_caption(box: Box) -> bool:
    return box.tag == "figcaption" or "caption" in box.names


def is_wrapper(box: Box) -> bool:
    """Whether it has nothing in it but one list or table, and says nothing of what that is for."""
    if box.tag in SEMANTIC or len(box.boxes) != 1 or box.boxes[0].tag not in _LISTS or box.chars != box.boxes[0].chars:
        return False
    acts = box.links or box.fields or box.buttons
    return not acts and read_names(box.names, box.ident) in (Mark.NONE, Mark.CONTENT)


def is_row(run: Run) -> bool:
    """Whether it is a row of a table that has several. Rows of one cell, or whose cells hold blocks, are a layout's."""
    parent = run.box.parent
    if run.box.tag != "tr" or parent is None or CELL not in run.text:
        return False
    rows = (box for box in parent.boxes if box.tag == "tr" and not box.boxes)
    return len(list(islice(rows, _SEVERAL))) == _SEVERAL


@dataclass(slots=True)
class Outline:
    root: Box
    runs: list[Run]


def outline(tree: HtmlElement) -> Outline:
    body = tree.find("body")
    return _Outliner().draw(tree if body is None else body)


def _is_fallback(noscript: HtmlElement) -> bool:
    """Whether it holds the article for browsers without scripts, rather than an image or a counting pixel."""
    return sum(len(paragraph.text_content()) for paragraph in noscript.iter("p")) > _FALLBACK


def _is_quoted_price(span: HtmlElement) -> bool:
    """Whether it is a share's name, linked, with its price of the moment beside it, in parts of their own."""
    if len(span) < _SEVERAL or span[0].tag != "a" or (span.text or "").strip():
        return False
    figures, around = "".join(part.text_content() for part in span[1:]), "".join(part.tail or "" for part in span)
    return _PRICE.fullmatch(figures) is not None and not around.strip(" ()|·")


def _folded(text: str) -> str:
    """White space folded. Most text has none but single spaces: whatever else divides words is not printable."""
    return text.strip() if text.isprintable() and "  " not in text else " ".join(text.split())


class _Outliner:
    """Walks the tree once. Depth is bounded by libxml2's parser at 255."""

    __slots__ = ("breaks", "inside_links", "is_blank", "link_chars", "links", "parts", "runs")

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.parts: list[str] = []  # of the run that is being read
        self.is_blank = True  # nothing but white space so far
        self.link_chars = 0
        self.links = 0
        self.inside_links = 0
        self.breaks = 0

    def draw(self, body: HtmlElement) -> Outline:
        root = Box(body, "body", "", "", None, 0)
        self.visit(body, root, BlockKind.PARAGRAPH)
        self.close(root, BlockKind.PARAGRAPH)
        return Outline(root, self.runs)

    def visit(self, element: HtmlElement, box: Box, kind: BlockKind) -> None:
        text = element.text
        if text:
            self.add(text)
        if len(element):  # most have none inside
            self.visit_inside(element, box, kind)

    def visit_inside(self, element: HtmlElement, box: Box, kind: BlockKind) -> None:
        in_box, joined, slots = element.tag in _BOXES, False, "-" in element.tag  # it says where these stand
        for child in element:
            tag = child.tag
            if tag not in _NOT_BLOCKS or (tag in _INLINE and slots and child.get("slot")):  # most are: looked up once
                self.block(child, tag, box, kind)
            elif tag in _INLINE or (tag == "button" and element.tag in _HEADINGS):  # it folds out what it heads
                self.inline(child, tag, box, kind, " " if joined else "")
            elif tag == "br":
                self.line_break(box, kind)
            elif tag in _CELLS:
                self.cell(child, tag, box, kind)
            elif tag in _CONTROLS:
                self.control(child, tag, box)
            elif tag == "noscript" and _is_fallback(child):
                self.block(child, tag, box, kind)
            tail = child.tail
            if tail:
                self.add(tail)
            joined = in_box and not tail and tag in _INLINE

    def inline(self, element: HtmlElement, tag: str, box: Box, kind: BlockKind, before: str) -> None:
        if before:
            self.parts.append(before)
        names = element.get("class")
        if names is not None and (is_for_screen_readers(names) or ("badge" in names and _BADGE.search(names))):
            return
        if tag == "span" and _is_quoted_price(element):
            self.inline(element[0], "a", box, kind, "")
            return
        if tag != "a":
            self.visit(element, box, kind)
            return
        self.links += 1
        self.inside_links += 1
        self.visit(element, box, kind)
        self.inside_links -= 1

    def control(self, element: HtmlElement, tag: str, box: Box) -> None:
        kind = element.get("type")
        if tag == "button" or kind in _BUTTON_TYPES:
            box.buttons += 1
        elif kind != "hidden":
            box.fields += 1

    def cell(self, element: HtmlElement, tag: str, box: Box, kind: BlockKind) -> None:
        """Cells of a table of data make one line with their row; cells that hold blocks are a layout."""
        if len(element) > _CELL_LONGEST or any(True for _ in element.iterdescendants(*_CELL_BLOCKS)):
            self.block(element, tag, box, kind)
            return
        if self.parts:
            self.parts.append(CELL)
            self.is_blank = False
        self.visit(element, box, kind)

    def block(self, element: HtmlElement, tag: str, box: Box, kind: BlockKind) -> None:
        if not self.is_blank or self.links:
            self.flush(box, kind)
        elif self.parts:
            self.parts.clear()
        names, ident = (tag if "-" in tag else ""), ""  # of an element that the page defines, its tag is a name
        hidden = False
        attributes = element.items()
        if attributes:
            named = [names] if names else []
            for name, value in attributes:
                if name in _NAMES:
                    named.append(value)
                elif name == "id":
                    ident = value
                elif name in ("hidden", "style"):
                    hidden = hidden or hides(name, value)
            if named:
                names = " ".join(named)
                if is_for_screen_readers(names):
                    return
        hidden = hidden and not folds_out(element)
        inner = Box(element, tag, names, ident, box, len(self.runs), hidden=hidden)
        box.boxes.append(inner)
        inner_kind = _KINDS.get(tag, kind)
        self.visit(element, inner, inner_kind)
        self.close(inner, inner_kind)
        box.chars += inner.chars
        box.link_chars += inner.link_chars
        box.links += inner.links
        box.fields += inner.fields
        box.buttons += inner.buttons

    def close(self, box: Box, kind: BlockKind) -> None:
        if not self.is_blank or self.links:
            self.flush(box, kind)
        elif self.parts:
            self.parts.clear()
        box.last = len(self.runs)

    def add(self, text: str) -> None:
        self.parts.append(text)
        if not text.isspace():
            self.is_blank = False
            self.breaks = 0
            if self.inside_links:
                self.link_chars += len(text.strip())

    def line_break(self, box: Box, kind: BlockKind) -> None:
        """One <br> breaks a line, two make a paragraph."""
        self.breaks += 1
        if self.breaks >= 2:
            self.flush(box, kind)
        else:
            self.parts.append("\n")

    def flush(self, box: Box, kind: BlockKind) -> None:
        parts = self.parts
        if not self.is_blank:
            text = _folded(parts[0] if len(parts) == 1 else "".join(parts))
            self.is_blank = True
            if text[0].isalnum() or _WORD.search(text):
                chars, runs = len(text), self.runs
                link_chars = min(self.link_chars, chars)
                runs.append(Run(text, kind, box, len(runs), link_chars, link_chars / chars))
                box.chars += chars
                box.link_chars += link_chars
        parts.clear()
        if self.links:
            box.links += self.links
            self.links = 0
        self.link_chars = 0
