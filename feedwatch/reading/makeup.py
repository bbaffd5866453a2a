"""What a page is made of: each pair of an element and what it stands in, with their classes or without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from lxml.html import HtmlElement

UNSEEN = frozenset(("script", "style", "template", "svg", "noscript", "iframe", "head", "link", "meta"))
_DIGITS = re.compile(r"\d+")

Pair = tuple[str, str]


def pairs(tree: HtmlElement, *, named: bool) -> set[Pair]:
    return set(_pairs(tree, named=named))


def holds(tree: HtmlElement, made: AbstractSet[Pair], share: float) -> bool:
    """Whether it has so much of the named pairs of another page. Half of a page is looked through for that."""
    least = share * len(made)
    found: set[Pair] = set()
    for pair in _pairs(tree, named=True):
        if pair in made:
            found.add(pair)
            if len(found) >= least:
                return True
    return False


def _pairs(tree: HtmlElement, *, named: bool) -> Iterator[Pair]:
    """Each as often as it is there."""
    names: dict[tuple[str, str | None], str] = {}  # by element and classes: a page has few, each many times
    above = [(tree, _name_of(tree.tag, tree.get("class") if named else None))]
    while above:
        outer, outer_name = above.pop()
        for element in outer:
            tag = element.tag
            if tag in UNSEEN:
                continue
            key = tag, element.get("class") if named else None
            if key not in names:
                names[key] = _name_of(*key)
            yield outer_name, names[key]
            if len(element):
                above.append((element, names[key]))


def _name_of(tag: str, classes: str | None) -> str:
    return tag + "".join(f".{name}" for name in sorted(_DIGITS.sub("0", classes or "").split())[:3])
