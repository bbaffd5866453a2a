"""Page bytes -> Page: an article's own words, and what the page says about itself.

decode and parse once -> headline and metadata -> outline of boxes and runs of text -> the runs that a site rule or an
extractor takes for the article -> furniture subtracted -> blocks.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace

from lxml.html import HtmlElement

from feedwatch.model import Block, KeptPage, Page, SiteRule, Text, comparable
from feedwatch.reading.article import Selection, place_of, select
from feedwatch.reading.document import discard_unread, parse
from feedwatch.reading.extraction import Extraction, extract, select_title, strip
from feedwatch.reading.extractor import EXTRACTOR
from feedwatch.reading.imprint import Draft
from feedwatch.reading.makeup import Pair, pairs
from feedwatch.reading.metadata import Metadata, read_metadata, read_title
from feedwatch.reading.outline import Outline, outline
from feedwatch.reading.pair import is_emptied, judge_pair
from feedwatch.reading.seeds import packed, unpacked
from feedwatch.reading.side import Side
from feedwatch.reading.signs import find_marks, find_signs
from feedwatch.reading.standfirst import find_standfirst
from feedwatch.reading.visible import digest_visible, visible_sha

__all__ = ["EXTRACTOR", "read_new", "read_page", "read_pair", "visible_sha"]

# Pages that a worker took apart last are kept so: who looked at a page compares it next, and may compare it once more.
_KEPT, _LONGEST_KEPT = 3, 500_000  # pages, and bytes of one: taken apart it takes two to three times as much


@dataclass(frozen=True, slots=True)
class Parts:
    """A page taken apart: what it says, and what an extractor takes for the article. Nobody changes it; what was made
    of it is noted, since the comparison asks for the same as the reading before it.
    """

    metadata: Metadata
    title: str
    outline: Outline
    draft: Draft
    extraction: Extraction
    signs: frozenset[str]
    made: frozenset[Pair] | None  # what the whole page is made of, where it is the older one of two
    left: HtmlElement | None  # the elements that were read, where all are called as on the page
    selections: dict[frozenset[str], Selection] = field(default_factory=dict)  # by the lines that others carry, too


@dataclass(frozen=True, slots=True)
class Sketch:
    """A page before anything is looked for in it."""

    tree: HtmlElement
    metadata: Metadata
    title: str
    outline: Outline
    draft: Draft
    marks: frozenset[str]
    left: HtmlElement | None


@dataclass(slots=True)
class Reading:
    """A page on its way: everything known of it before furniture is judged for good."""

    parts: Parts
    rule: SiteRule
    selection: Selection
    signs: frozenset[str]
    title: str


def read_page(body: bytes, content_type: str, url: str, rule: SiteRule, common: frozenset[str] = frozenset()) -> Page:
    """Never raises; a page without an article has no blocks and the path "none"."""
    return _imprinted(_read(KeptPage(body, content_type, url), rule, common))


def read_new(kept: KeptPage, rule: SiteRule, known_sha: str | None, imprint: bytes = b"") -> tuple[str, Page | None]:
    """The digest of what the page shows, and the page where neither that nor its imprint is the known one. Parses once;
    never raises.
    """
    tree = parse(kept.body, kept.content_type)
    if tree is None:
        return visible_sha(b"", ""), _page(None)
    sha = digest_visible(tree)
    if sha == known_sha:
        return sha, None
    sketch = _sketch(tree, kept, rule)
    if imprint and sketch.draft.has_imprint(imprint):
        return sha, None
    return sha, _imprinted(_reading(_take_apart(sketch, kept, rule), rule, frozenset()))


def read_pair(old: KeptPage, new: KeptPage, rule: SiteRule, common: frozenset[str]) -> tuple[Page, Page]:
    """Both pages read by the same rules, what differs between them judged with both at hand.

    Their texts are equal exactly when the article did not change. Never raises.
    """
    after = _read(new, rule, common)  # before the older one, which would take its place
    before = _read(old, rule, common, is_older=True)
    if before and after and not before.parts.extraction.blocks and not after.parts.extraction.blocks:
        sides = [
            Side(each.parts.outline, each.selection, comparable(each.parts.metadata.article_body))
            for each in (before, after)
        ]
        judge_pair(*sides)
        if is_emptied(*sides):
            after.signs |= {"no-article"}
        for each, side in zip((before, after), sides, strict=True):
            each.selection.kept = [run for run in side.runs if run.index in side.kept]
            each.title = side.title or each.title
    return _page(before), _imprinted(after)


def _read(kept: KeptPage, rule: SiteRule, common: frozenset[str], *, is_older: bool = False) -> Reading | None:
    for page, by, parts in _lately:
        if page == kept and by == rule:
            return _reading(parts, rule, common)
    tree = parse(kept.body, kept.content_type)
    if tree is None:
        return None
    made = frozenset(pairs(tree, named=True)) if is_older else None
    return _reading(_take_apart(_sketch(tree, kept, rule), kept, rule, made), rule, common)


def lately(kept: KeptPage) -> Parts | None:
    """The page taken apart, if it is one of the last."""
    return next((parts for page, _, parts in _lately if page == kept), None)


def _sketch(tree: HtmlElement, kept: KeptPage, rule: SiteRule) -> Sketch:
    """Of `kept`, with the tree that was parsed of it: it is used up."""
    strip(tree, rule)
    metadata = read_metadata(tree, kept.url)
    title = select_title(tree, rule) or read_title(tree, metadata)
    marks = find_marks(tree)
    left = tree if discard_unread(tree) else None
    shape = outline(tree)
    return Sketch(tree, metadata, title, shape, Draft(shape, title, metadata, rule), marks, left)


def _take_apart(sketch: Sketch, kept: KeptPage, rule: SiteRule, made: frozenset[Pair] | None = None) -> Parts:
    metadata, title, shape = sketch.metadata, sketch.title, sketch.outline
    extraction = unpacked(kept.seeds, shape, rule) or extract(sketch.tree, shape, rule, metadata.article_body)
    signs = find_signs(sketch.marks, shape, metadata, title)
    parts = Parts(metadata, title, shape, sketch.draft, extraction, signs, made, sketch.left)
    if len(kept.body) <= _LONGEST_KEPT:
        _lately.append((kept, rule, parts))
    return parts


_lately: deque[tuple[KeptPage, SiteRule, Parts]] = deque(maxlen=_KEPT)


def _reading(parts: Parts, rule: SiteRule, common: frozenset[str]) -> Reading:
    if common not in parts.selections:
        parts.selections[common] = select(parts.outline, parts.extraction.seeds, parts.title, common)
    return Reading(parts, rule, replace(parts.selections[common]), parts.signs, parts.title)


def _imprinted(reading: Reading | None) -> Page:
    """The page with what the next look needs: its imprint, and what the extractor said."""
    page = _page(reading)
    if reading is None or reading.parts.extraction.blocks:
        return page
    parts = reading.parts
    seeds = packed(parts.extraction, parts.outline, reading.rule)
    return replace(page, imprint=parts.draft.imprint_of(page.text), seeds=seeds)


def _page(reading: Reading | None) -> Page:
    if reading is None:
        return Page(text=Text(title=""), path="none")
    parts, selection = reading.parts, reading.selection
    metadata, extraction = parts.metadata, parts.extraction
    standfirst = find_standfirst(parts.outline, selection, reading.title, metadata.description)
    runs = (run for run in selection.kept if run is not standfirst)
    blocks = extraction.blocks or tuple(Block(run.text, run.kind) for run in runs)
    return Page(
        text=Text(reading.title, standfirst.text if standfirst else "", blocks),
        path=extraction.path if blocks else "none",
        byline=metadata.byline,
        language=metadata.language,
        published_at=metadata.published_at,
        modified_at=metadata.modified_at,
        canonical_url=metadata.canonical_url,
        live=metadata.live,
        signs=reading.signs,
        place=place_of(selection),
    )
