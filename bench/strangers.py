"""A second set of furniture and edits: class names of utility style sheets, languages that no table reckoned with.

Written after the filter and without sight of it, so that its first figure says how the filter does among strangers.
Same form as `mutations.py`, for the extraction evaluator's `--mutations`.
"""

import random
import re
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path

import lxml.html

from bench import mutations as base
from bench.mutations import PLACES, Element, Page, Sheet

FURNITURE = [
    "gift",
    "tip",
    "region",
    "translated",
    "gap",
    "homes",
    "talk",
    "republish",
    "visit",
    "outage",
    "print",
    "table",
    "follow",
    "headlines",
]
SAME = FURNITURE
TEXTS = base.read_texts(Path(__file__).with_name("strangers.txt"))
LANGUAGES = list(TEXTS)
STYLES, MODES = ["utility", "module", "emotion", "bare"], ["toggle", "change"]
FLAVOURS = [*STYLES, *MODES, *PLACES, *LANGUAGES]
# Classes that say how a box looks and nothing of what it is; the article's own boxes on such sites read the same.
_LOOKS = [
    "mt-4",
    "flex",
    "flex-col",
    "px-6",
    "md:w-1/2",
    "rounded-lg",
    "bg-gray-50",
    "text-sm",
    "leading-6",
    "border-t",
]
_DAYS = ["Mon", "Tue", "Wed", "Thu"]
_HEADLINES = {
    language: base.TEXTS[language]["headline"] if language in base.TEXTS else titles
    for language, titles in {
        **{language: [] for language in LANGUAGES},
        "sv": ["Kommunen säljer gamla badhuset", "Tågen står stilla efter stormen", "Ny bro dröjer ett år till"],
        "pl": ["Miasto sprzedaje dawną łaźnię", "Pociągi stoją po burzy", "Nowy most dopiero za rok"],
        "tr": ["Belediye eski hamamı satıyor", "Fırtınadan sonra trenler durdu", "Yeni köprü bir yıl gecikecek"],
        "ko": ["시, 옛 목욕탕 판다", "폭풍 뒤 열차 멈춰", "새 다리 한 해 늦어져"],
    }.items()
}


def pairs(raw: bytes, truth: str, seed: str, kinds: set[str] | None = None) -> base.Pairs:
    groups = {"same": SAME, "edit": EDIT}
    yield from base.pairs_of((raw, truth), seed, kinds, groups, _with_furniture, CHANGES)


# ---------------------------------------------------------------------------------------------------------- furniture


def _with_furniture(page: Page, plain: bytes, kind: str, rng: random.Random) -> base.Made | None:
    spoken = [language for language in LANGUAGES if kind in TEXTS[language]]
    return base.shown_in_turn(page, plain, rng, STYLES, spoken, partial(_build, kind))


def _build(kind: str, style: str, language: str, state: int, salt: float) -> str:
    dice = random.Random(f"{kind}{language}{state}{salt}")
    variants = TEXTS[language][kind]
    parts = []
    for part in variants[state % len(variants)].split(" | "):
        numbers = {"n": dice.randrange(101, 900), "m": dice.randrange(2, 29), "w": dice.choice(_DAYS)}
        clock = f"{dice.randrange(6, 23)}:{dice.randrange(10, 59)}"
        parts.append(part.format(**numbers, t=clock, h=dice.choice(_HEADLINES[language])))
    look = random.Random(salt)
    rows = kind in ("homes", "table", "headlines")
    inner = "".join(_piece(part, style, look, linked=kind == "headlines", row=rows) for part in parts)
    if style == "bare" and len(parts) == 1:
        return f"<p>{escape(parts[0])}</p>"
    tag = look.choice(["div", "div", "section", "aside"])
    if look.random() < 0.4:
        inner = f"<div{_attr(style, look, 'body')}>{inner}</div>"
    return f"<{tag}{_attr(style, look, 'root')}>{inner}</{tag}>"


def _piece(part: str, style: str, look: random.Random, *, linked: bool, row: bool) -> str:
    if part.startswith("# "):
        tag = look.choice(["h2", "h3", "p", "div"])
        return f"<{tag}{_attr(style, look, 'head')}>{escape(part[2:])}</{tag}>"
    if part.startswith("["):
        tag, link = look.choice([("button", ' type="button"'), ("a", ' href="/go"')])
        return f"<{tag}{link}{_attr(style, look, 'cta')}>{escape(part.strip('[]'))}</{tag}>"
    words = f'<a href="/s/{len(part)}">{escape(part)}</a>' if linked else escape(part)
    tag = "div" if row else look.choice(["p", "p", "div"])
    return f"<{tag}{_attr(style, look, 'text')}>{words}</{tag}>"


def _attr(style: str, look: random.Random, part: str) -> str:
    """A class attribute that does not say what the box is for."""
    code = "".join(look.choice("abcdefghkmnpqrstuvwxyz0123456789") for _ in range(5))
    match style:
        case "utility":
            return f' class="{" ".join(look.sample(_LOOKS, 4))}"'
        case "module":
            return f' class="Block_{part}__{code}"'
        case "emotion":
            return f' class="css-{code} e{code[:3]}0"'
        case _:
            return ""


# ---------------------------------------------------------------------------------------------------------- edits


def inner_sentence(sheet: Sheet, rng: random.Random) -> bool:
    """A sentence in the middle of a paragraph is gone."""
    return base.substitute(sheet, rng, r"(?<=[.!?]) +[A-Z][^.!?]{20,}[.!?](?= +[A-Z])", lambda _: "", sheet.paragraphs)


def clause(sheet: Sheet, rng: random.Random) -> bool:
    """A few words put between two others."""
    words = rng.choice(_words(sheet, "clause"))
    return base.substitute(sheet, rng, r"(?<=[^\W\d]{3}) (?=[^\W\d]{3})", lambda _: f"{words} ")


def first_word(sheet: Sheet, rng: random.Random) -> bool:
    return base.substitute(sheet, rng, r"^\s*[^\W\d]{3,}", lambda _: "Nonetheless")


def linked_word(sheet: Sheet, rng: random.Random) -> bool:
    """Another word in a link of the article."""
    links = [a for block in sheet.blocks for a in block.iter("a") if len(base.tokens(a.text or "")) >= 4]
    return base.substitute(sheet, rng, r"[^\W\d]{4,}", lambda _: "harbour", links)


def name_everywhere(sheet: Sheet, rng: random.Random) -> bool:
    """A name that the article mentions several times is another one."""
    told = " ".join(block.text_content() for block in sheet.blocks)
    names = [word for word in re.findall(r"(?<=[a-z,] )[A-Z][a-z]{3,}", told) if told.count(word) > 1]
    if not names:
        return False
    gone, done = rng.choice(sorted(set(names))), False
    for block in sheet.blocks:
        for e in block.iter():
            if isinstance(e.tag, str):
                old = (e.text, e.tail if e is not block else None)
                e.text = e.text and re.sub(rf"\b{gone}\b", "Askwith", e.text)
                if e is not block:
                    e.tail = e.tail and re.sub(rf"\b{gone}\b", "Askwith", e.tail)
                done = done or old != (e.text, e.tail if e is not block else None)
    return done


def short_line(sheet: Sheet, rng: random.Random) -> bool:
    return _added(sheet, rng, "line", "<p>{}</p>", rng.uniform(0.1, 0.9))


def rewritten(sheet: Sheet, rng: random.Random) -> bool:
    """A paragraph is another one altogether."""
    free = [p for p in sheet.paragraphs if len(base.tokens(p.text_content())) >= 8]
    if not free:
        return False
    p = rng.choice(free)
    for child in list(p):
        child.drop_tree()
    p.text = rng.choice(_words(sheet, "paragraph"))
    return True


def added_item(sheet: Sheet, rng: random.Random) -> bool:
    items = [block for block in sheet.blocks if block.tag == "li"]
    if not items:
        return False
    near = rng.choice(items)
    new = lxml.html.fragment_fromstring(f"<li>{escape(rng.choice(_words(sheet, 'item')))}</li>")
    if near.get("class"):
        new.set("class", near.get("class"))
    base.put_after(near, new)
    return True


def clarified(sheet: Sheet, rng: random.Random) -> bool:
    """A note on what was wrong, at either end, in markup of its own."""
    if rng.random() < 0.5:
        sheet.language = rng.choice(LANGUAGES)
    boxed = ["<p><i>{}</i></p>", '<div class="mt-4 text-sm"><p>{}</p></div>', "<p>{}</p>"]
    return _added(sheet, rng, "note", rng.choice(boxed), rng.choice([0, 1]))


def time_of_day(sheet: Sheet, rng: random.Random) -> bool:
    def later(match: re.Match[str]) -> str:
        return f"{int(match[1]) % 9 + 1}{match[2]}"

    return base.substitute(sheet, rng, r"\b(\d{1,2})([:.]\d\d\b| ?[ap]\.?m\b)", later)


def _words(sheet: Sheet, kind: str) -> list[str]:
    return TEXTS[sheet.language if sheet.language in TEXTS else "en"][kind]


def _added(sheet: Sheet, rng: random.Random, kind: str, markup: str, at: float) -> bool:
    free: list[Element] = sheet.paragraphs
    if len(free) < 4:
        return False
    words = rng.choice(_words(sheet, kind))
    new = lxml.html.fragment_fromstring(markup.format(escape(words)))
    near = free[int(at * (len(free) - 1))]
    if new.tag == "p" and near.tag == "p" and near.get("class"):
        new.set("class", near.get("class"))
    if at == 0:
        near.addprevious(new)
    else:
        base.put_after(near, new)
    return True


CHANGES: dict[str, Callable[[Sheet, random.Random], bool]] = {
    change.__name__: change
    for change in (
        inner_sentence,
        clause,
        first_word,
        linked_word,
        name_everywhere,
        short_line,
        rewritten,
        added_item,
        clarified,
        time_of_day,
    )
}
EDIT = list(CHANGES)
