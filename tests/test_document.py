"""Parsing a page: what libxml2 would take minutes for is taken out before."""

from __future__ import annotations

from feedwatch.reading.document import parse

MANY = " ".join(f"a{n}=v" for n in range(5_000))
LONG = "x" * 30_000


def tags(source: str) -> dict[str, int]:
    """Of each element with an id: how many attributes it has."""
    tree = parse(f"<html><body>{source}</body></html>".encode(), "text/html; charset=utf-8")
    assert tree is not None
    return {element.get("id") or element.tag: len(element.attrib) for element in tree.iter("p", "b", "i")}


def test_a_tag_of_thousands_of_attributes_loses_them_wherever_it_stands() -> None:
    others = f"<script>{LONG}</script><p id=one title={LONG}>One</p>{LONG} > {LONG}"

    for source in (
        f"<b id=two {MANY}>Two</b>{others}",
        f"{others}<b id=two {MANY}>Two</b>",
        f"{others}<b id=two {MANY}>Two</b>{others.replace('one', 'three')}",
        f"<b id=two {MANY}>Two</b><b id=two {MANY}>Two</b>{others}",
    ):
        assert tags(source) == {"b": 0, "one": 2} | ({"three": 2} if "three" in source else {})


def test_a_tag_that_is_not_closed_stays() -> None:
    assert tags(f"<i id=one>One</i><b id=two {MANY}")["one"] == 1
