"""Coverage-guided fuzzing of what reads a source's bytes: python -m bench.fuzzing feeds|extract|diff [its options].

The law of each target is the one of its hypothesis test: nothing raises, what comes out can be stored and shown, and a
comparison rebuilds both sides. bench/fuzz.sh runs all three for a bounded time; what they find becomes a test.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import atheris

with atheris.instrument_imports(include=["feedwatch.reading", "feedwatch.judging", "feedparser"]):
    from feedwatch.judging.diff import compare
    from feedwatch.judging.grade import grade
    from feedwatch.model import Block, KeptPage, SiteRule, Text, comparable
    from feedwatch.reading.feeds import parse_feed
    from feedwatch.reading.page import read_page, read_pair

URL = "https://paper.example/news/ferry-fire"


def is_sound(text: str) -> bool:
    """Can be stored and shown in XML."""
    text.encode()
    return all(char in "\t\n\r" or char >= " " for char in text) and not {"\ufffe", "\uffff"} & set(text)


def feeds(data: bytes) -> None:
    feed = parse_feed(data, "application/xml", URL)
    for entry in feed.entries:
        assert entry.link
        assert is_sound(entry.title), entry
        assert is_sound(entry.link), entry


def extract(data: bytes) -> None:
    """The bytes are one page, or two with a form feed between them."""
    page = read_page(data, "text/html", URL, SiteRule())
    assert all(map(is_sound, (page.text.title, page.text.standfirst, page.byline, *page.text.paragraphs)))
    old, _, new = data.partition(b"\f")
    before, after = read_pair(KeptPage(old, "text/html", URL), KeptPage(new, "text/html", URL), SiteRule(), frozenset())
    rebuilt(before.text, after.text)


def diff(data: bytes) -> None:
    """Two texts, a form feed between them, a paragraph on each line."""
    old, _, new = data.decode("utf-8", "replace").partition("\f")
    rebuilt(_text(old), _text(new))


def _text(lines: str) -> Text:
    title, *paragraphs = lines.split("\n")
    return Text(title, "", tuple(Block(line) for line in paragraphs if line.strip()))


def rebuilt(old: Text, new: Text) -> None:
    found = compare(old, new)
    for row in found.rows:
        for told, numbers, text in ((row.old_text, row.old, old), (row.new_text, row.new, new)):
            assert comparable(told) == comparable("\n".join(text.paragraphs[number] for number in numbers)), row
    for text, side in ((old, "old"), (new, "new")):
        numbers = sorted(number for row in found.rows for number in getattr(row, side))
        assert numbers == list(range(len(text.paragraphs))), found
    grade(found)


TARGETS: dict[str, Callable[[bytes], None]] = {target.__name__: target for target in (feeds, extract, diff)}


def main() -> None:
    name, *options = sys.argv[1:]
    atheris.Setup([sys.argv[0], *options], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
