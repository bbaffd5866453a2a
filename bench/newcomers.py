"""A third set of furniture and edits, since the filter was changed with `strangers.py` at hand.

The figures of its first look are in docs/benchmarks.md; after that, rules were changed with it at hand, too. Same form
as `mutations.py`, for the extraction evaluator's `--mutations`.
"""

import random
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path

import lxml.html

from bench import mutations as base
from bench.mutations import PLACES, Page, Sheet

SAME = ["summary", "delivery", "archive", "course", "licence", "fuel", "lottery", "notices", "tonight", "tide"]
TEXTS = base.read_texts(Path(__file__).with_name("newcomers.txt"))
LANGUAGES = list(TEXTS)
# Classes in blocks and elements, of a content system, none but elements of the site's own, none at all.
STYLES, MODES = ["blocks", "system", "own", "bare"], ["toggle", "change"]
FLAVOURS = [*STYLES, *MODES, *PLACES, *LANGUAGES]
_SYSTEM = ["has-background", "is-layout-flow", "alignwide", "has-small-font-size", "is-style-default"]
_DAYS = ["Mon", "Tue", "Wed", "Thu"]


def pairs(raw: bytes, truth: str, seed: str, kinds: set[str] | None = None) -> base.Pairs:
    groups = {"same": SAME, "edit": EDIT}
    yield from base.pairs_of((raw, truth), seed, kinds, groups, _with_furniture, CHANGES)


# ---------------------------------------------------------------------------------------------------------- furniture


def _with_furniture(page: Page, plain: bytes, kind: str, rng: random.Random) -> base.Made | None:
    return base.shown_in_turn(page, plain, rng, STYLES, LANGUAGES, partial(build, TEXTS, kind))


def build(texts: base.Texts, kind: str, style: str, language: str, state: int, salt: float) -> str:
    """The markup of a piece of furniture."""
    dice, look = random.Random(f"{kind}{language}{state}{salt}"), random.Random(salt)
    variants = texts[language][kind]
    parts = [_filled(part, dice) for part in variants[state % len(variants)].split(" | ")]
    if style == "bare" and len(parts) == 1:
        return f"<p>{escape(parts[0])}</p>"
    rows = ["li", "p", "div"][look.randrange(3)] if len(parts) > 2 else "p"
    inner = "".join(_piece(part, style, rows, look) for part in parts)
    tag = "news-panel" if style == "own" else look.choice(["div", "section", "details"])
    return f"<{tag}{_attr(style, look, '')}>{inner}</{tag}>"


def _filled(part: str, dice: random.Random) -> str:
    clock = f"{dice.randrange(6, 23)}:{dice.randrange(10, 59)}"
    return part.format(n=dice.randrange(101, 900), m=dice.randrange(12, 39), w=dice.choice(_DAYS), t=clock)


def _piece(part: str, style: str, row: str, look: random.Random) -> str:
    if part.startswith("# "):
        tag = look.choice(["h2", "h4", "p", "summary"])
        return f"<{tag}{_attr(style, look, 'head')}>{escape(part[2:])}</{tag}>"
    if part.startswith("["):
        return f'<a href="/go"{_attr(style, look, "go")}>{escape(part.strip("[]"))}</a>'
    return f"<{row}{_attr(style, look, 'text')}>{escape(part)}</{row}>"


def _attr(style: str, look: random.Random, part: str) -> str:
    match style:
        case "blocks":
            return f' class="c-panel{"__" + part if part else " c-panel--wide"}"'
        case "system":
            return f' class="wp-block-group {look.choice(_SYSTEM)}"'
        case _:
            return ""


# ---------------------------------------------------------------------------------------------------------- edits

_TENSES = {
    "is": "was",
    "was": "is",
    "has": "had",
    "are": "were",
    "were": "are",
    "est": "était",
    "es": "era",
    "ist": "war",
}
_UNITS = {
    "$": "€",
    "€": "$",
    "£": "$",
    "%": " points",
    "km": "miles",
    "miles": "km",
    "pounds": "euros",
    "dollars": "euros",
}
_VERBS = {
    "said": "admitted",
    "says": "claims",
    "told": "assured",
    "announced": "denied",
    "dijo": "negó",
    "sagte": "leugnete",
}


def tense(sheet: Sheet, rng: random.Random) -> bool:
    return base.substitute(sheet, rng, rf"\b(?:{'|'.join(_TENSES)})\b", lambda match: _TENSES[match[0]])


def unit(sheet: Sheet, rng: random.Random) -> bool:
    """Another currency or measure."""
    pattern = r"[$€£](?=\d)|(?<=\d)%|\b(?:km|miles|pounds|dollars)\b"
    return base.substitute(sheet, rng, pattern, lambda match: _UNITS[match[0]])


def verb(sheet: Sheet, rng: random.Random) -> bool:
    """Who said a thing now admitted it."""
    return base.substitute(sheet, rng, rf"\b(?:{'|'.join(_VERBS)})\b", lambda match: _VERBS[match[0]])


def initial(sheet: Sheet, rng: random.Random) -> bool:
    """A middle initial in a name."""
    pattern = r"(?<=[a-z,] )([A-Z][a-z]{2,}) (?=[A-Z][a-z]{3,})"
    return base.substitute(sheet, rng, pattern, lambda match: f"{match[1]} Q. ")


def year(sheet: Sheet, rng: random.Random) -> bool:
    return base.substitute(sheet, rng, r"\b(?:19|20)\d\d\b", lambda match: str(int(match[0]) - 10))


def turned(sheet: Sheet, rng: random.Random) -> bool:
    """Two sentences of a paragraph change places."""
    pattern = r"([A-Z][^.!?]{20,}[.!?]) ([A-Z][^.!?]{20,}[.!?])"
    return base.substitute(sheet, rng, pattern, lambda match: f"{match[2]} {match[1]}", sheet.paragraphs)


def halved(sheet: Sheet, rng: random.Random) -> bool:
    """What follows a comma in the middle of a paragraph is gone."""
    return base.substitute(sheet, rng, r"(?<=[^\W\d]{3}), [^.!?]{30,}[.!?]\s*$", lambda _: ".", sheet.paragraphs)


def closing(sheet: Sheet, rng: random.Random) -> bool:
    """The article's own last words, in italics."""
    return add(sheet, f"<p><em>{escape(rng.choice(_words(sheet, 'closing')))}</em></p>", 1)


def items(sheet: Sheet, rng: random.Random) -> bool:
    """A list between two paragraphs."""
    told = [_filled(part, rng) for part in rng.choice(_words(sheet, "items")).split(" | ")]
    return add(sheet, f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in told)}</ul>", rng.uniform(0.2, 0.8))


def _words(sheet: Sheet, kind: str) -> list[str]:
    return TEXTS[sheet.language if sheet.language in TEXTS else "en"][kind]


def add(sheet: Sheet, markup: str, at: float) -> bool:
    """`markup` behind a paragraph; `at`: 0 for the first, 1 for the last."""
    free = sheet.paragraphs
    if len(free) < 4:
        return False
    near, new = free[int(at * (len(free) - 1))], lxml.html.fragment_fromstring(markup)
    if new.tag == near.tag and near.get("class"):
        new.set("class", near.get("class"))
    base.put_after(near, new)
    return True


CHANGES: dict[str, Callable[[Sheet, random.Random], bool]] = {
    change.__name__: change for change in (tense, unit, verb, initial, year, turned, halved, closing, items)
}
EDIT = list(CHANGES)
