"""A page that was redesigned: told by its markup, and the older text as the newer template would have it.

A new template takes captions, summaries, author lines into the article or leaves them out. None of that is an edit:
the words stand on both pages. So an older line that is not read any more but stands on the newer page was not removed,
and a newer line that stood on the older page was not added.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml.html import HtmlElement
from rapidfuzz.distance import Indel

from feedwatch.model import Block, KeptPage, Text, comparable
from feedwatch.reading.document import parse
from feedwatch.reading.makeup import UNSEEN, Pair, holds, pairs
from feedwatch.reading.page import lately

# Of what the simpler page is made of, the other has so much when both come from one template: 93 % or more on 120 pages
# from which furniture was taken, put in or changed. Of pages of two sites (435 pairs) 95 in 100 share under 19 % with
# names and under 71 % without, as do an outlet's pages before and after a redesign.
SAME_NAMES = 0.50
SAME_TAGS = 0.75
MOST = 0.5  # of the paragraphs stand on both pages as they are: one that is split or merged was edited
_LONG_ENOUGH = 25  # characters: a shorter line is only found as a whole one


def as_redesigned(old: KeptPage, new: KeptPage, before: Text, after: Text) -> Text | None:
    """`before`, as it was read from `old`, in the way of the newer template; None when there is no newer template.

    `after` is what was read from `new`.
    """
    was, now = lately(old), lately(new)
    if was and now and was.made and now.left is not None and holds(now.left, was.made, SAME_NAMES):
        return None
    trees = parse(old.body, old.content_type), parse(new.body, new.content_type)
    if trees[0] is None or trees[1] is None or not is_redesigned(trees[0], trees[1]):
        return None
    return _carried_over(before, after, _Shown(trees[0]), _Shown(trees[1]))


def is_redesigned(old: HtmlElement, new: HtmlElement) -> bool:
    """Whether two pages at one address are made by different templates.

    By the pairs of an element and what it stands in, with their classes and without: many sites name their classes anew
    with every release.
    """
    return (
        _shared(pairs(old, named=True), pairs(new, named=True)) < SAME_NAMES
        and _shared(pairs(old, named=False), pairs(new, named=False)) < SAME_TAGS
    )


def _shared(old: set[Pair], new: set[Pair]) -> float:
    return len(old & new) / max(1, min(len(old), len(new)))


def _seen(element: HtmlElement) -> Iterator[HtmlElement]:
    for inner in element.iterchildren("*"):
        if inner.tag not in UNSEEN:
            yield inner
            yield from _seen(inner)


# ---------------------------------------------------------------------------------------------------------- the text


class _Shown:
    """The words that a page shows anywhere, and in its title."""

    def __init__(self, tree: HtmlElement) -> None:
        found = [text for element in (tree, *_seen(tree)) for text in (element.text, *_tails(element)) if text]
        found += [title.text for title in tree.iter("title") if title.text]
        self._lines = {comparable(line) for line in found}
        self._all = comparable(" ".join(found))

    def has(self, line: str) -> bool:
        bare = comparable(line)
        return not bare or bare in self._lines or (len(bare) >= _LONG_ENOUGH and bare in self._all)


def _tails(element: HtmlElement) -> Iterator[str | None]:
    return (inner.tail for inner in element.iterchildren())


def _carried_over(before: Text, after: Text, old: _Shown, new: _Shown) -> Text:
    same_title = new.has(before.title) and old.has(after.title)
    same_standfirst = new.has(before.standfirst) and old.has(after.standfirst)
    return replace(
        before,
        title=after.title if same_title else before.title,
        standfirst=after.standfirst if same_standfirst else before.standfirst,
        blocks=tuple(_blocks(before, after, old, new)),
    )


def _blocks(before: Text, after: Text, old: _Shown, new: _Shown) -> Iterator[Block]:
    lines = [[comparable(line) for line in text.paragraphs] for text in (before, after)]
    same = [step for step in Indel.opcodes(*lines) if step.tag == "equal"]
    equal = sum(step.src_end - step.src_start for step in same)
    i = j = 0
    for step in (*same, None):
        first, at = (step.src_start, step.dest_start) if step else (len(lines[0]), len(lines[1]))
        mine, theirs = before.blocks[i:first], after.blocks[j:at]
        if equal >= MOST * len(lines[0]) and " ".join(lines[0][i:first]) == " ".join(lines[1][j:at]):
            yield from mine  # a template breaks all paragraphs its own way, or none
        else:
            yield from (block for block in mine if not new.has(block.text))
            yield from (block for block in theirs if old.has(block.text))
        if step:
            yield from before.blocks[first : step.src_end]
            i, j = step.src_end, step.dest_end
