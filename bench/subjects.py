"""News about consent, newsletters, apps: is it told, although the words are those of furniture?

    python -m bench.subjects [--show]

24 stories in thirteen languages, each with five newsworthy paragraphs that an editor adds or removes, and five lines of
the outlet itself on the same matter, put among the paragraphs and made like them. Nothing but words tells these apart.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from bench.adapters import compare, extract

URL = "https://news.test/story"
_FIRST = 2  # paragraphs before what is put in


@dataclass(slots=True)
class Story:
    language: str
    matter: str
    title: str
    paragraphs: list[str] = field(default_factory=list)
    news: list[str] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)

    def page(self, *lines: str, at: int = _FIRST) -> bytes:
        """The article with `lines` among its paragraphs."""
        text = "".join(f"<p>{escape(line)}</p>" for line in (*self.paragraphs[:at], *lines, *self.paragraphs[at:]))
        return (
            f'<!DOCTYPE html><html lang="{self.language}"><meta charset="utf-8"><title>{escape(self.title)}</title>'
            f'<body><nav><a href="/">1</a> <a href="/2">2</a></nav><main><h1>{escape(self.title)}</h1>'
            f'<div class="x1">{text}</div></main></body></html>'
        ).encode()


def read_stories() -> Iterator[Story]:
    text = Path(__file__).with_suffix(".txt").read_text("utf-8")
    for part in text.split("\n=====\n"):
        facts, *parts = part.split("\n--- ")
        story = Story(**dict(line.split(": ", 1) for line in facts.splitlines() if not line.startswith("#")))
        for name, *lines in map(str.splitlines, parts):
            getattr(story, name.strip()).extend(lines)
        yield story


def misread(story: Story) -> Iterator[tuple[str, str]]:
    """What went wrong, and with which line."""
    before = story.page()
    text = extract(before, URL)[1]
    yield from (("of the articles not in the text", line) for line in story.paragraphs if line not in text)
    for at, line in enumerate(story.news, _FIRST):
        after = story.page(line, at=at)
        if line not in extract(after, URL)[1]:
            yield "news not in the text", line
        if not compare(before, after, URL) or not compare(after, before, URL):
            yield "news missed", line
    for at, line in enumerate(story.furniture, _FIRST):
        if compare(before, story.page(line, at=at), URL):
            yield "furniture told", line


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--show", action="store_true", help="print each line that is taken for what it is not")
    stories = list(read_stories())
    found = [each for story in stories for each in misread(story)]
    if arguments.parse_args().show:
        for what, line in found:
            print(f"{what}: {line}")
    total = {name: sum(len(getattr(story, name)) for story in stories) for name in ("paragraphs", "news", "furniture")}
    print(f"{total['paragraphs']} paragraphs, {total['news']} of news, {total['furniture']} of furniture")
    for what, number in sorted(Counter(what for what, _ in found).items()):
        print(f"{number:4} {what}")


if __name__ == "__main__":
    main()
