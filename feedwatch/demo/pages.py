"""The pages and feeds of the demo newsroom: an article's words, wrapped as news sites wrap them.

Templates and wording are files beside the articles. The same random numbers give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import cache
from itertools import groupby
from typing import Any

import jinja2
from markupsafe import Markup, escape

from feedwatch.demo.edits import Standing
from feedwatch.demo.outlets import Paper
from feedwatch.demo.props import Link, furnish, wording
from feedwatch.demo.stories import Story, shelf
from feedwatch.model import Block, BlockKind

_TAGS = {BlockKind.PARAGRAPH: "p", BlockKind.HEADING: "h2", BlockKind.QUOTE: "blockquote", BlockKind.PRE: "pre"}
# The template of an outlet that was redesigned.
_REDESIGN = "magazine"


@dataclass(frozen=True, slots=True)
class View:
    """One article as one request gets it."""

    paper: Paper
    story: Story
    stands: Standing
    title: str  # one of two during an A/B test
    url: str  # canonical
    base: str
    published: datetime
    modified: datetime
    neighbours: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One article in a feed."""

    number: int
    title: str
    standfirst: str
    url: str
    byline: str
    section: str
    published: datetime
    modified: datetime


def iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def article_page(view: View, rng: random.Random) -> bytes:
    paper, stands = view.paper, view.stands
    page = {
        "kind": "article",
        "title": view.title,
        "url": view.url,
        "base": view.base,
        "published": iso(view.published),
        "modified": iso(view.modified),
        "published_words": f"{view.published:%d.%m.%Y %H:%M}",
        "ld": _linked_data(view),
        "parts": _parts(stands.text.blocks, view.story.tags),
    }
    template = _REDESIGN if stands.designs % 2 else paper.template
    props = furnish(paper.language, view.story.byline, view.neighbours, rng)
    return _render(f"{template}.html", paper, page, props, stands.designs, story=view.story, text=stands.text)


def notice_page(paper: Paper, kind: str, rng: random.Random, links: Sequence[Link] = ()) -> bytes:
    """A page without an article. `kind`: "consent", "captcha", "login", "missing", "gone" or "front"."""
    words = wording(paper.language)
    said = words.get(kind, {"title": paper.title, "text": paper.strap})
    lines = said["text"] if isinstance(said["text"], list) else [said["text"]]
    page = {"kind": kind, "title": said["title"], "lines": lines, "button": said.get("button"), "links": links}
    return _render("notice.html", paper, page, furnish(paper.language, "", (), rng), 0)


def feed(paper: Paper, base: str, path: str, items: Sequence[Item], built: datetime) -> bytes:
    name = "sitemap.xml" if path.endswith(".xml") else f"feed.{path.rpartition('.')[2]}"
    return _templates().get_template(name).render(paper=paper, base=base, path=path, items=items, built=built).encode()


def _render(name: str, paper: Paper, page: dict[str, Any], props: dict[str, Any], design: int, **more: object) -> bytes:
    classes = class_namer(paper, design)
    page |= {
        "css": _style(paper, design),
        "loader": Markup(_file("loader.js")),  # noqa: S704 - our own file
        "icons": Markup(_file("icons.svg")),  # noqa: S704 - our own file
        "state": _state(props),
    }
    words = wording(paper.language)
    template = _templates().get_template(name)
    return template.render(paper=paper, page=page, f=props, w=words, c=classes, **more).encode()


# ---------------------------------------------------------------------------------------------------------- pieces


@cache
def class_namer(paper: Paper, design: int) -> Callable[[str], str]:
    """Class names as they stand: words, or hashes that a build tool makes anew with every design."""
    if paper.speaking:
        return str

    def hashed(name: str) -> str:
        return "_" + hashlib.sha256(f"{paper.slug}{design}{name}".encode()).hexdigest()[:6]

    return hashed


def _parts(blocks: Sequence[Block], tags: Sequence[str]) -> list[dict[str, Any]]:
    """The blocks with list items gathered; the first mention of each tag is a link."""
    waiting = list(tags)
    parts: list[dict[str, Any]] = []
    for is_list, run in groupby(blocks, lambda block: block.kind is BlockKind.ITEM):
        if is_list:
            parts.append({"points": [_linked(block.text, waiting) for block in run]})
        else:
            parts.extend(
                {"tag": _TAGS[block.kind], "text": _linked(block.text, waiting), "points": ()} for block in run
            )
    return parts


def _linked(words: str, waiting: list[str]) -> Markup:
    for tag in waiting:
        if (found := re.search(rf"\b{re.escape(tag)}\b", words)) is not None:
            waiting.remove(tag)
            before, after = escape(words[: found.start()]), escape(words[found.end() :])
            return before + Markup('<a href="/tag/{0}">{1}</a>').format(tag.lower().replace(" ", "-"), tag) + after
    return escape(words)


def _linked_data(view: View) -> Markup:
    facts = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting" if view.story.live else "NewsArticle",
        "mainEntityOfPage": view.url,
        "headline": view.title,
        "description": view.stands.text.standfirst,
        "datePublished": iso(view.published),
        "dateModified": iso(view.modified),
        "author": {"@type": "Person", "name": view.story.byline},
        "publisher": {"@type": "Organization", "name": view.paper.title},
        "articleSection": view.story.section,
        "inLanguage": view.paper.language,
    }
    return _script(facts)


def _state(props: dict[str, Any]) -> Markup:
    """What such pages carry for their scripts: slots, experiments, recommendations, a session."""
    seed = int(props["nonce"][:8], 16)
    rng = random.Random(seed)  # noqa: S311 - furniture
    lines = [rng.randrange(10**9, 10**10) for _ in range(96)]
    return _script(
        {
            "session": props["token"],
            "nonce": props["nonce"],
            "slots": [{"id": f"slot-{n}", "line": line, "sizes": [300, 250 + n]} for n, line in enumerate(lines)],
            "experiments": {f"exp-{line % 997}": line % 100 for line in lines},
            "recommendations": [{"t": link.title, "u": link.path, "n": link.id} for link in props["recommended"]],
            "trending": [{"t": link.title, "u": link.path, "n": link.id} for link in props["most_read"]],
            "beacons": [f"/b/{line:x}/{line * 7919 % 10**9:x}" for line in lines],
            "flags": {f"feature_{n}_{line % 89}": line % 2 == 0 for n, line in enumerate(lines)},
        }
    )


def _script(value: object) -> Markup:
    return Markup(json.dumps(value, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704 - no tag can begin


@cache
def _style(paper: Paper, design: int) -> Markup:
    classes = class_namer(paper, design)
    css = re.sub(r"\.([a-z][a-z-]+)(?=[\s,{:.])", lambda found: "." + classes(found[1]), _file("style.css"))
    return Markup(css)  # noqa: S704 - our own file


@cache
def _file(name: str) -> str:
    return (shelf() / name).read_text("utf-8").strip()


@cache
def _templates() -> jinja2.Environment:
    loader = jinja2.FunctionLoader(lambda name: (shelf() / name).read_text("utf-8"))
    room = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    room.filters["iso"] = iso
    room.filters["rfc822"] = lambda moment: format_datetime(moment, usegmt=True)
    return room
