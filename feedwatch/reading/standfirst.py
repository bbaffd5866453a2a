"""The standfirst of a page: what sums the article up between its headline and its first paragraph."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from feedwatch.reading.article import Selection
from feedwatch.reading.furniture import line_reason
from feedwatch.reading.outline import Outline, Run

_NAMED = re.compile(
    r"standfirst|\bdek\b|\bdeck\b|sub-?_?(?:title|head|line|hed)|stand-?first|perex|bajada|descripti?on|\blede?\b|(?:\b|_)lead\b|intro"
    r"|summary|chapo|chapeau|vorspann|anrei(?:ss|ß)er|teaser-?text|untertitel|sottotitolo|sommario|occhiello|entradilla|copete"
    r"|excerpt|ingress|manchet|abstract|synopsis|subtitulo|linha-?fina|лид|sapo",
    re.IGNORECASE,
)
_FARTHEST = 15  # runs between headline and standfirst: byline, date, share buttons


def find_standfirst(outline: Outline, selection: Selection, title: str, description: str) -> Run | None:
    """The lines between headline and body that sum the article up: named so, or what the page's description says."""
    body = next((run.index for run in selection.kept if run.index in selection.core), None)
    if body is None:
        return None
    headline = _headline_before(outline, body, title)
    before = [i for i in range(body) if i not in selection.furniture]  # of which as many may come as will
    farthest = before[-_FARTHEST] if len(before) >= _FARTHEST else 0
    for run in outline.runs[max(farthest, 0 if headline is None else headline + 1) : body]:
        if not 30 <= len(run.text) <= 600 or run.linked > 0.3 or run.text == title:
            continue
        if line_reason(run, core=False) or any(box.tag in ("nav", "figure", "form") for box in run.box.chain()):
            continue
        named = is_named_standfirst(run, before=body)
        if named or _is_told(run.text, description) or (run.box.tag == "h2" and run.index - 1 == headline):
            return run
    return None


def is_named_standfirst(run: Run, before: int) -> bool:
    """By its box, or the one around it where that ends before a line: a box with all of the article names none."""
    around = run.box.parent
    boxes = [run.box, around] if around is not None and around.last <= before else [run.box]
    return any(_NAMED.search(box.names) for box in boxes)


def _headline_before(outline: Outline, body: int, title: str) -> int | None:
    return next((i for i in range(body, -1, -1) if outline.runs[i].text == title), None)


def _is_told(text: str, description: str) -> bool:
    told = description.rstrip(" .…")
    return len(told) >= 40 and (text.startswith(told) or fuzz.ratio(text, description) > 85)
