"""The demo newsroom's articles as they were first published: read from `articles/*.md`.

A file is YAML between two `---` lines, then the article's blocks, one blank line apart: `## ` begins a heading, `> ` a
quote, `- ` a list item.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

import yaml

from feedwatch.model import Block, BlockKind, Text

_MARKS = (("## ", BlockKind.HEADING), ("> ", BlockKind.QUOTE), ("- ", BlockKind.ITEM))
_UNITS = {"d": 86_400, "h": 3_600, "m": 60}


@dataclass(frozen=True, slots=True)
class Story:
    """An article of the newsroom with the words that it was first published with."""

    slug: str
    outlet: str
    number: int  # its number in the outlet's own system: part of addresses and guids
    published: timedelta  # from the script's start; negative = before it
    text: Text
    byline: str
    section: str
    tags: tuple[str, ...] = ()
    live: bool = False
    twin: bool = False  # served and listed under a second address, too


def shelf() -> Traversable:
    """The folder of the newsroom's files."""
    return resources.files("feedwatch.demo") / "articles"


@cache
def load_stories() -> tuple[Story, ...]:
    """All articles that come with the demo, by number."""
    files = (entry for entry in shelf().iterdir() if entry.name.endswith(".md"))
    stories = (parse_story(file.name.removesuffix(".md"), file.read_text("utf-8")) for file in files)
    return tuple(sorted(stories, key=lambda story: (story.outlet, story.number)))


def parse_story(slug: str, source: str) -> Story:
    _, head, body = source.split("---\n", 2)
    fields = yaml.safe_load(head)
    blocks = tuple(parse_block(" ".join(part.split())) for part in body.split("\n\n") if part.strip())
    return Story(
        slug=slug,
        outlet=fields["outlet"],
        number=fields["number"],
        published=parse_span(str(fields["published"])),
        text=Text(fields["title"], fields["standfirst"], blocks),
        byline=fields["byline"],
        section=fields["section"],
        tags=tuple(fields["tags"]),
        live=fields.get("live", False),
        twin=fields.get("twin", False),
    )


def parse_block(line: str) -> Block:
    for mark, kind in _MARKS:
        if line.startswith(mark):
            return Block(line.removeprefix(mark), kind)
    return Block(line)


def parse_span(words: str) -> timedelta:
    """A span of time written as 1d 2h 30m or -40m."""
    seconds = sum(int(count) * _UNITS[unit] for count, unit in re.findall(r"(\d+)([dhm])", words))
    return timedelta(seconds=-seconds if words.startswith("-") else seconds)
