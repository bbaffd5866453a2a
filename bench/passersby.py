"""A fourth set of furniture and edits, written when the rules had been changed with the other three at hand.

It is made as `newcomers.py` is, of other kinds, in other languages. `--mutations bench/passersby.py` of the extraction
evaluator takes it.
"""

import random
from collections.abc import Callable, Iterable
from functools import partial
from html import escape
from pathlib import Path

from bench import mutations as base
from bench import newcomers
from bench.mutations import PLACES, Page, Sheet
from bench.newcomers import MODES, STYLES

SAME = ["tipline", "quiz", "tickets", "sponsor", "jobs", "kiosk", "stars", "listing", "scores", "voice"]
TEXTS = base.read_texts(Path(__file__).with_name("passersby.txt"))
FLAVOURS = [*STYLES, *MODES, *PLACES, *TEXTS]


def pairs(raw: bytes, truth: str, seed: str, kinds: set[str] | None = None) -> base.Pairs:
    groups = {"same": SAME, "edit": EDIT}
    yield from base.pairs_of((raw, truth), seed, kinds, groups, _with_furniture, CHANGES)


def _with_furniture(page: Page, plain: bytes, kind: str, rng: random.Random) -> base.Made | None:
    spoken = [language for language, kinds in TEXTS.items() if kind in kinds]
    return base.shown_in_turn(page, plain, rng, STYLES, spoken, partial(newcomers.build, TEXTS, kind))


# ---------------------------------------------------------------------------------------------------------- edits

_DOUBTS = {
    "will": "may",
    "may": "will",
    "would": "could",
    "could": "would",
    "must": "should",
    "should": "must",
    "wird": "würde",
}
_OFFICES = ["president", "minister", "director", "chairman", "chief", "leader", "captain", "professor", "mayor"]
_MANY = {
    "some": "most",
    "many": "some",
    "most": "some",
    "all": "nearly all",
    "few": "many",
    "hundreds": "dozens",
    "dozens": "hundreds",
    "thousands": "hundreds",
    "several": "two",
    "millions": "thousands",
}
_VERBS = ["is", "was", "are", "were", "has", "have", "had", "will", "can", "could", "would"]
_MONTHS = ["January", "February", "April", "June", "July", "August", "September", "October", "November", "December"]


def _among(words: Iterable[str]) -> str:
    return rf"\b(?:{'|'.join(words)})\b"


def hedge(sheet: Sheet, rng: random.Random) -> bool:
    return base.substitute(sheet, rng, _among(_DOUBTS), lambda match: _DOUBTS[match[0]])


def former(sheet: Sheet, rng: random.Random) -> bool:
    return base.substitute(sheet, rng, _among(_OFFICES), lambda match: f"former {match[0]}")


def many(sheet: Sheet, rng: random.Random) -> bool:
    return base.substitute(sheet, rng, _among(_MANY), lambda match: _MANY[match[0]])


def denied(sheet: Sheet, rng: random.Random) -> bool:
    return base.substitute(sheet, rng, rf"{_among(_VERBS)} (?!not)", lambda match: f"{match[0]}not ")


def source(sheet: Sheet, rng: random.Random) -> bool:
    """Who said it, put behind a paragraph."""
    return base.substitute(sheet, rng, r"(?<=[a-z]{3})\.(?=\s*$)", lambda _: ", officials said.", sheet.paragraphs)


def struck(sheet: Sheet, rng: random.Random) -> bool:
    """A paragraph's last sentence, gone."""
    return base.substitute(sheet, rng, r"(?<=[.!?] )[A-Z][^.!?]{20,}[.!?](?=\s*$)", lambda _: "", sheet.paragraphs)


def month(sheet: Sheet, rng: random.Random) -> bool:
    return base.substitute(sheet, rng, _among(_MONTHS), lambda match: rng.choice([m for m in _MONTHS if m != match[0]]))


def closing(sheet: Sheet, rng: random.Random) -> bool:
    """A short last paragraph."""
    return newcomers.add(sheet, f"<p>{escape(rng.choice(_words(sheet, 'closing')))}</p>", 1)


def apology(sheet: Sheet, rng: random.Random) -> bool:
    """A correction in words of its own, behind the first or the last paragraph."""
    return newcomers.add(sheet, f"<p><em>{escape(rng.choice(_words(sheet, 'apology')))}</em></p>", rng.choice([0, 1]))


def swapped(sheet: Sheet, rng: random.Random) -> bool:
    """Two paragraphs that stand side by side."""
    free = sheet.paragraphs
    if len(free) < 6:
        return False
    at = rng.randrange(1, len(free) - 2)
    one, other = free[at], free[at + 1]
    if one.getparent() is not other.getparent():
        return False
    tail, one.tail = one.tail, None
    one.getparent().remove(one)
    one.tail = tail
    other.addnext(one)
    return True


def _words(sheet: Sheet, kind: str) -> list[str]:
    return TEXTS[sheet.language if sheet.language in TEXTS else "en"][kind]


CHANGES: dict[str, Callable[[Sheet, random.Random], bool]] = {
    change.__name__: change
    for change in (hedge, former, many, denied, source, struck, month, closing, apology, swapped)
}
EDIT = list(CHANGES)
