"""Furniture and edits to judge a reader of pages by, invented without sight of its filter.

`pairs(raw, truth, seed)` yields (group, kind, flavour, page A, page B): "same" where only furniture or markup differs,
"edit" where the article does, "other" where opinions may differ. For the extraction evaluator's `--mutations`.
A flavour names how the class names read, whether the furniture comes or changes, where it stands and its language.
"""

import copy
import json
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import chain
from pathlib import Path
from typing import Any

import lxml.html
from lxml import etree

Texts = dict[str, dict[str, list[str]]]
Element = Any  # lxml.html.HtmlElement; its stubs know too little of it

STYLES, MODES = ["named", "hashed", "bare"], ["toggle", "change"]
PLACES = ["before", "between", "after", "outside"]


def read_texts(path: Path) -> Texts:
    """Language -> kind -> variants."""
    texts: Texts = {}
    here: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("["):
            texts[line.strip("[]")] = here = {}
        elif line and not line.startswith("#"):
            kind, _, words = line.partition(" = ")
            here.setdefault(kind, []).append(words)
    return texts


TEXTS = read_texts(Path(__file__).with_name("mutations.txt"))
LANGUAGES = list(TEXTS)

# What each kind of furniture is called where class names speak.
NAMES = {
    "donation": ["support-appeal", "contribute-box"],
    "meter": ["metering-banner", "free-articles-left"],
    "app": ["smart-app-banner", "get-the-app"],
    "podcast": ["podcast-promo", "audio-series"],
    "bio": ["contributor-bio", "about-the-writer"],
    "letter": ["readers-letters-teaser", "postbag"],
    "policy": ["corrections-policy", "report-error"],
    "listen": ["audio-player", "listen-bar"],
    "age": ["old-content-warning", "archive-notice"],
    "push": ["push-prompt", "notification-optin"],
    "survey": ["survey-invite", "feedback-box"],
    "sponsored": ["partner-content", "native-teaser"],
    "trust": ["trust-box", "editorial-standards"],
    "adblock": ["adblock-notice", "ad-blocker-message"],
    "channel": ["social-follow", "channel-cta"],
    "quiz": ["games-promo", "daily-quiz"],
    "readers": ["live-readers", "view-counter"],
    "strip": ["score-strip", "on-air-bar"],
    "weather": ["weather-widget", "forecast-box"],
    "stocks": ["market-data", "quotes-table"],
    "poll": ["poll-results", "reader-vote"],
    "events": ["events-calendar", "whats-on"],
    "jobs": ["job-listings", "recruitment-box"],
    "horoscope": ["horoscope-box", "stars-teaser"],
    "tags": ["tag-cloud", "topic-chips"],
    "commented": ["most-commented", "hot-discussions"],
    "teasers": ["recommendations", "you-may-like"],
    "credits": ["gallery-credit", "slideshow-caption"],
    "switcher": ["language-switcher", "edition-picker"],
}
MARKUP = ["rebuild", "tracking", "wrapper"]
SAME = [*NAMES, *MARKUP]
EDIT = [
    "middle_word",
    "figure",
    "negation",
    "comma",
    "question",
    "scare_quotes",
    "attribution",
    "name",
    "calendar",
    "magnitude",
    "last_sentence",
    "two_paragraphs",
    "swapped",
    "pull_quote",
    "quotation",
    "correction",
    "update",
    "list_item",
    "subheading",
    "headline_word",
]
OTHER = ["merged", "split", "repeated_quote"]
FLAVOURS = [*STYLES, *MODES, *PLACES, *LANGUAGES]


# ---------------------------------------------------------------------------------------------------------- the page

_TOKEN = re.compile(r"\w+")
_LEAVES = {"p", "li", "h2", "h3", "h4", "h5", "blockquote", "div", "dd", "td"}
_BLOCKS = _LEAVES | {
    "h1",
    "ul",
    "ol",
    "table",
    "section",
    "article",
    "figure",
    "form",
    "aside",
    "header",
    "footer",
    "br",
}
_MUTE = {"script", "style", "noscript", "template", "svg", "head", "iframe", "textarea", "select"}


def tokens(words: str) -> list[str]:
    return _TOKEN.findall(words.lower())


def joined(words: str) -> str:
    return f" {' '.join(tokens(words))} "


@dataclass
class Sheet:
    """A copy to write on."""

    tree: Element
    blocks: list[Element]
    language: str
    notes: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.notes = TEXTS[self.language]

    @property
    def body(self) -> Element:
        return self.tree.find("body")

    @property
    def paragraphs(self) -> list[Element]:
        """Blocks that stand free: not in a list or table."""
        boxed = ("ul", "ol", "li", "table", "tr", "tbody", "td", "dl")
        return [b for b in self.blocks if b.tag in ("p", "div", "blockquote") and b.getparent().tag not in boxed]

    def bytes(self) -> bytes:
        return etree.tostring(self.tree, method="html", encoding="unicode", doctype="<!DOCTYPE html>").encode()


@dataclass
class Page:
    """A page with the numbers of those of its elements that are the article's paragraphs."""

    tree: Element
    blocks: list[int]
    language: str

    def copy(self) -> Sheet:
        tree = copy.deepcopy(self.tree)
        elements = [e for e in tree.iter() if isinstance(e.tag, str)]
        return Sheet(tree, [elements[number] for number in self.blocks], self.language)


def read_page(raw: bytes, truth: str) -> Page | None:
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", raw.decode("utf-8", "replace").lstrip("\ufeff")).replace("\x00", "")
    tree: Element = lxml.html.document_fromstring(source)
    if tree.find("body") is None:
        return None
    for meta in tree.xpath("//meta[@charset or @http-equiv]"):
        meta.drop_tree()
    head = tree.find("head")
    if head is None:
        head = lxml.html.Element("head")
        tree.insert(0, head)
    head.insert(0, lxml.html.Element("meta", charset="utf-8"))
    spoken = re.split("[-_]", tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "en")[0]
    elements = [e for e in tree.iter() if isinstance(e.tag, str)]
    known = joined(truth)
    blocks = [number for number, e in enumerate(elements) if _is_paragraph(e, known)]
    return Page(tree, blocks, spoken if spoken in TEXTS else "en") if len(blocks) >= 4 else None


def _is_paragraph(e: Element, known: str) -> bool:
    if e.tag not in _LEAVES or any(up.tag in _MUTE for up in e.iterancestors()):
        return False
    if any(down.tag in _BLOCKS for down in e.iterdescendants() if isinstance(down.tag, str)):
        return False
    own = joined(e.text_content())
    return len(own.split()) >= 5 and own in known


Made = tuple[str, bytes, bytes]  # the flavour, before, after
Pairs = Iterator[tuple[str, str, str, bytes, bytes]]
Furnish = Callable[[Page, bytes, str, random.Random], Made | None]
Change = Callable[[Sheet, random.Random], bool]


def pairs(raw: bytes, truth: str, seed: str, kinds: set[str] | None = None) -> Pairs:
    groups = {"same": SAME, "edit": EDIT, "other": OTHER}
    yield from pairs_of((raw, truth), seed, kinds, groups, _with_furniture, CHANGES)


def pairs_of(
    of: tuple[bytes, str],
    seed: str,
    kinds: set[str] | None,
    groups: Mapping[str, Sequence[str]],
    furnished: Furnish,
    changes: Mapping[str, Change],
) -> Pairs:
    """`groups`: the kinds of each. What is no change of the page is furniture on it."""
    page = read_page(*of)
    if page is None:
        return
    plain = page.copy().bytes()
    for group, kind in ((group, kind) for group, its in groups.items() for kind in its if not kinds or kind in kinds):
        rng = random.Random(f"{seed}|{kind}")
        if kind not in changes:
            made = furnished(page, plain, kind, rng)
        else:
            sheet = page.copy()
            made = ("", plain, sheet.bytes()) if changes[kind](sheet, rng) else None
        if made is not None and made[1] != made[2]:
            yield group, kind, *made


def shown_in_turn(
    page: Page,
    plain: bytes,
    rng: random.Random,
    styles: Sequence[str],
    spoken: Sequence[str],
    build: Callable[[str, str, int, float], str],
) -> Made | None:
    """A piece of furniture that comes, goes or changes. `build`: its markup by style, language, state and a salt."""
    style, mode, place = rng.choice(styles), rng.choice(MODES), rng.choice(PLACES)
    language = page.language if page.language in spoken and rng.random() < 0.5 else rng.choice(spoken)
    spot, salt = rng.random(), rng.random()
    markups = [build(style, language, state, salt) for state in (1, 2)]
    return _in_turn(page, plain, rng, (style, mode, place, language), markups, spot)


# ---------------------------------------------------------------------------------------------------------- furniture


@dataclass
class Look:
    """How a piece of furniture is marked up: the same for both of its states."""

    kind: str
    style: str
    language: str
    rng: random.Random

    def __post_init__(self) -> None:
        self.shape = self.rng.choice(["box", "box", "aside", "soup", "list"])
        self._name = self.rng.choice(NAMES[self.kind])
        self._salt = self.rng.random()

    def attr(self, part: str = "") -> str:
        """The class attribute of a part; nothing where classes are bare."""
        if self.style == "bare":
            return ""
        if self.style == "named":
            return f' class="{self._name}{"__" + part if part else ""}"'
        dice = random.Random(f"{self._salt}{part}")
        letters = "".join(dice.choice("abcdefghkmnpqrstuvwxyz0123456789") for _ in range(6))
        return f' class="{dice.choice(["sc-", "_", "jsx-"])}{letters}"'


def _with_furniture(page: Page, plain: bytes, kind: str, rng: random.Random) -> Made | None:
    style, mode, place = rng.choice(STYLES), rng.choice(MODES), rng.choice(PLACES)
    language = page.language if rng.random() < 0.5 else rng.choice(LANGUAGES)
    look, spot = Look(kind, style, language, rng), rng.random()
    return _in_turn(page, plain, rng, (style, mode, place, language), [build(look, state) for state in (1, 2)], spot)


def _in_turn(
    page: Page, plain: bytes, rng: random.Random, flavour: tuple[str, ...], markups: Sequence[str], spot: float
) -> Made | None:
    _, mode, place, _ = flavour
    first, second = (furnish(page, markup, place, spot) for markup in markups)
    if first is None or second is None:
        return None
    if mode == "change":
        return "+".join(flavour), first, second
    return ("+".join(flavour), plain, first) if rng.random() < 0.5 else ("+".join(flavour), first, plain)


def furnish(page: Page, markup: str, place: str, spot: float) -> bytes | None:
    sheet = page.copy()
    free = sheet.paragraphs
    if len(free) < 4:
        return None
    box = lxml.html.fragment_fromstring(markup)
    match place:
        case "before":
            free[0].addprevious(box)
        case "between":
            put_after(free[1 + int(spot * (len(free) - 2))], box)
        case "after":
            put_after(free[-1], box)
        case _ if spot < 0.3:
            box.tail, sheet.body.text = sheet.body.text, None
            sheet.body.insert(0, box)
        case _ if spot < 0.6:
            sheet.body.append(box)
        case _:
            put_after(_top_box(free[-1], sheet.body), box)
    return sheet.bytes()


def _top_box(e: Element, body: Element) -> Element:
    """The box just under the body that holds the article, or the article's end where there is none."""
    above = [up for up in e.iterancestors() if up.getparent() is body]
    return above[0] if above else e


def put_after(e: Element, new: Element) -> None:
    new.tail, e.tail = e.tail, None
    e.addnext(new)


def build(look: Look, state: int) -> str:
    """The furniture's markup in one of two states."""
    dice = random.Random(f"{look.kind}{look.language}{state}")
    if look.kind == "switcher":
        return _switcher(look, dice)
    if look.kind == "commented":
        heading, lines = TEXTS[look.language]["commented"][0], dice.sample(TEXTS[look.language]["headline"], 5)
        parts = [heading, *(f"{line} ({dice.randrange(20, 900)})" for line in lines)]
        return _LAYOUTS["links"](look, parts, dice)
    variants = TEXTS[look.language][look.kind]
    words = variants[state % len(variants)]
    numbers = {"n": dice.randrange(101, 4000), "m": dice.randrange(2, 29), "d": dice.randrange(1, 9)}
    filled = words.format(**numbers, y=dice.randrange(2004, 2025))
    parts = filled.split(" | ")
    if look.kind == "tags":
        parts = [parts[0], *dice.sample(parts[1:], 6)]
    return _LAYOUTS[_LAYOUT_OF.get(look.kind, "text")](look, parts, dice)


def _text(look: Look, parts: Sequence[str], _dice: random.Random) -> str:
    """Sentences, maybe under a heading, maybe with buttons."""
    if len(parts) == 1 and look.style == "bare":
        return f"<p>{escape(parts[0])}</p>"
    inner = "".join(_piece(look, part) for part in parts)
    match look.shape:
        case "aside":
            return f"<aside{look.attr()}>{inner}</aside>"
        case "soup":
            return f"<div{look.attr()}><div{look.attr('inner')}><div{look.attr('text')}>{inner}</div></div></div>"
        case _:
            return f"<div{look.attr()}>{inner}</div>"


def _piece(look: Look, part: str) -> str:
    if part.startswith("# "):
        tag = "div" if look.shape == "soup" else "h3"
        return f"<{tag}{look.attr('title')}>{escape(part[2:])}</{tag}>"
    if part.startswith("["):
        label, _, rest = part[1:].partition("]")
        button = f'<a href="/go/{look.kind}"{look.attr("button")}>{escape(label)}</a>'
        if look.shape != "list":
            button = f'<button type="button"{look.attr("button")}>{escape(label)}</button>'
        return button + (f"<span{look.attr('label')}>{escape(rest)}</span>" if rest else "")
    return f"<p{look.attr('text')}>{escape(part)}</p>"


def _row(look: Look, parts: Sequence[str], _dice: random.Random) -> str:
    """A strip: short pieces side by side, the last one a link."""
    cells = "".join(f"<span{look.attr('cell')}>{escape(part.strip('# []'))}</span> " for part in parts[:-1])
    return f'<div{look.attr()}>{cells}<a href="/now">{escape(parts[-1].strip("# []"))}</a></div>'


def _links(look: Look, parts: Sequence[str], dice: random.Random) -> str:
    items = "".join(
        f'<li{look.attr("item")}><a href="/i/{dice.randrange(9999)}">{escape(p)}</a></li>' for p in parts[1:]
    )
    title = f"<h3{look.attr('title')}>{escape(parts[0][2:])}</h3>"
    return f"<div{look.attr()}>{title}<ul{look.attr('list')}>{items}</ul></div>"


def _lines(look: Look, parts: Sequence[str], dice: random.Random) -> str:
    """Whole sentences as list items or paragraphs, each with a link behind it or around it."""
    path = f"/t/{dice.randrange(9999)}"
    if look.shape in ("box", "list"):
        inner = "<ul>" + "".join(f"<li{look.attr('item')}>{escape(p)}</li>" for p in parts[1:]) + "</ul>"
    else:
        inner = "".join(f'<p{look.attr("item")}>{escape(p)} <a href="{path}">→</a></p>' for p in parts[1:])
    return f"<section{look.attr()}><h4{look.attr('title')}>{escape(parts[0][2:])}</h4>{inner}</section>"


def _table(look: Look, parts: Sequence[str], dice: random.Random) -> str:
    rows = ""
    for part in parts[1:]:
        change = dice.uniform(-4, 4)
        rows += f"<tr><td>{escape(part)}</td><td>{dice.uniform(1, 9000):,.2f}</td><td>{change:+.2f} %</td></tr>"
    return f"<div{look.attr()}><h4>{escape(parts[0][2:])}</h4><table{look.attr('table')}>{rows}</table></div>"


def _vote(look: Look, parts: Sequence[str], dice: random.Random) -> str:
    shares = [dice.randrange(5, 60) for _ in parts[2:]]
    bars = "".join(
        f'<div{look.attr("row")}><span>{escape(p)}</span> <b style="width:{share}%">{share} %</b></div>'
        for p, share in zip(parts[2:], shares, strict=True)
    )
    votes = f"<p>{dice.randrange(200, 9000)} ✓</p>"
    title = f"<h3{look.attr('title')}>{escape(parts[0][2:])}</h3>"
    return f"<div{look.attr()}>{title}<p{look.attr('question')}>{escape(parts[1])}</p>{bars}{votes}</div>"


def _switcher(look: Look, dice: random.Random) -> str:
    names = ["English", "Deutsch", "Français", "Español", "Italiano", "Русский", "日本語", "中文", "العربية"]
    chosen = dice.sample(names, 6)
    items = "".join(f'<li{look.attr("item")}><a href="/{n}/">{name}</a></li>' for n, name in enumerate(chosen))
    return f"<ul{look.attr()}>{items}</ul>"


_LAYOUTS: dict[str, Callable[[Look, Sequence[str], random.Random], str]] = {
    "text": _text,
    "row": _row,
    "links": _links,
    "lines": _lines,
    "table": _table,
    "vote": _vote,
}
_LAYOUT_OF = {
    "strip": "row",
    "weather": "lines",
    "stocks": "table",
    "poll": "vote",
    "events": "lines",
    "jobs": "links",
    "horoscope": "lines",
    "tags": "links",
    "teasers": "lines",
}


# ---------------------------------------------------------------------------------------------------------- markup


def rebuild(sheet: Sheet, rng: random.Random) -> bool:
    """A new build of the style sheets: every class name gets another hash behind it."""
    build_id = f"{rng.getrandbits(24):06x}"
    for e in sheet.tree.xpath("//*[@class]"):
        e.set("class", " ".join(f"{name}_{build_id}" for name in e.get("class").split()))
    return True


def tracking(sheet: Sheet, rng: random.Random) -> bool:
    """Session marks in every link and image."""
    mark = f"sid={rng.getrandbits(40):010x}"
    for e, name in chain(
        ((a, "href") for a in sheet.tree.xpath("//a[@href]")), ((i, "src") for i in sheet.tree.xpath("//img[@src]"))
    ):
        address = e.get(name)
        if not address.startswith(("#", "data:", "mailto:", "javascript:")):
            e.set(name, f"{address}{'&' if '?' in address else '?'}{mark}")
    return True


def wrapper(sheet: Sheet, rng: random.Random) -> bool:
    """Each of some paragraphs in a box of its own, as a content system does that puts advertisements between them."""
    free = [p for p in sheet.paragraphs if p.tag == "p"]
    for p in rng.sample(free, len(free) // 2):
        box = lxml.html.Element("div", {"class": f"block-{rng.randrange(999)}"})
        box.tail, p.tail = p.tail, None
        p.getparent().replace(p, box)
        box.append(p)
    return bool(free)


# ---------------------------------------------------------------------------------------------------------- edits

_NOT = {"en": "not", "de": "nicht", "fr": "pas", "es": "no", "it": "non", "pt": "não", "nl": "niet", "ru": "не"}
_STAND_INS = ["turnip", "colonel", "unwise", "Tuesday", "sixfold", "quietly", "granite", "aunt"]
_DATES = [
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    ["January", "February", "March", "April", "June", "July", "August", "September", "October", "November", "December"],
    ["lundi", "mardi", "mercredi", "jeudi", "vendredi"],
    ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag"],
    ["lunes", "martes", "miércoles", "jueves", "viernes"],
]
_SIZES = [["million", "billion"], ["percent", "percentage points"], ["hundreds", "thousands"], ["days", "weeks"]]
_SIZES += [["first", "second"], ["two", "three"], ["hours", "minutes"], ["more", "less"], ["most", "some"]]


@dataclass
class Slot:
    """One run of text inside a paragraph."""

    element: Element
    is_tail: bool

    @property
    def words(self) -> str:
        return (self.element.tail if self.is_tail else self.element.text) or ""

    def write(self, sheet: Sheet, words: str) -> bool:
        """Here and in the page's JSON-LD, where sites keep a second copy."""
        old = self.words
        if self.is_tail:
            self.element.tail = words
        else:
            self.element.text = words
        _rewrite_linked_data(sheet, old, words)
        return words != old


def _rewrite_linked_data(sheet: Sheet, old: str, new: str) -> None:
    old, new = (" ".join(words.split()) for words in (old, new))
    if len(old) < 20:
        return
    for script in sheet.tree.xpath('//script[@type="application/ld+json"]'):
        for ascii_only in (True, False):
            was, now = (json.dumps(words, ensure_ascii=ascii_only)[1:-1] for words in (old, new))
            script.text = (script.text or "").replace(was, now)


def _slots(e: Element) -> list[Slot]:
    inner = [d for d in e.iterdescendants() if isinstance(d.tag, str) and d.tag not in _MUTE]
    found = [Slot(e, is_tail=False), *(Slot(d, is_tail=tail) for d in inner for tail in (False, True))]
    return [slot for slot in found if len(tokens(slot.words)) >= 4]


def substitute(
    sheet: Sheet,
    rng: random.Random,
    pattern: str,
    new: Callable[[re.Match[str]], str],
    blocks: Sequence[Element] | None = None,
) -> bool:
    """One random match in the article's text, replaced."""
    slots = [slot for block in (sheet.blocks if blocks is None else blocks) for slot in _slots(block)]
    found = [(slot, match) for slot in slots for match in re.finditer(pattern, slot.words)]
    if not found:
        return False
    slot, match = rng.choice(found)
    return slot.write(sheet, slot.words[: match.start()] + new(match) + slot.words[match.end() :])


def middle_word(sheet: Sheet, rng: random.Random) -> bool:
    return substitute(sheet, rng, r"(?<=\w )[^\W\d_]{4,}(?= \w)", lambda _: rng.choice(_STAND_INS))


def figure(sheet: Sheet, rng: random.Random) -> bool:
    """14 becomes 41, 1.5 becomes 15, 7 becomes 8."""

    def other(match: re.Match[str]) -> str:
        number = match[0]
        if "." in number:
            return number.replace(".", "", 1)
        turned = number[::-1]
        return turned if turned != number and turned[0] != "0" else str(int(number) + 1)

    return substitute(sheet, rng, r"\d+\.\d+|\d+", other)


def negation(sheet: Sheet, rng: random.Random) -> bool:
    word = _NOT.get(sheet.language, "not")
    return substitute(sheet, rng, r"(?<=\w) (?=\w+ \w)", lambda _: f" {word} ")


def comma(sheet: Sheet, rng: random.Random) -> bool:
    return substitute(sheet, rng, r"(?<=[^\W\d]) (?=\w)", lambda _: ", ")


def question(sheet: Sheet, rng: random.Random) -> bool:
    return substitute(sheet, rng, r"\.(?=\s*$|\s+\w)", lambda _: "?", sheet.paragraphs)


def scare_quotes(sheet: Sheet, rng: random.Random) -> bool:
    return substitute(sheet, rng, r"(?<= )[^\W\d]{5,}(?= )", lambda match: f"“{match[0]}”")


def attribution(sheet: Sheet, rng: random.Random) -> bool:
    """Somebody else said it."""
    named = r'(?<=[”"»“] )(?:\w+ ){0,2}[A-Z]\w+|(?<=\bsaid )[A-Z]\w+(?: [A-Z]\w+)?|[A-Z]\w+(?= said\b)'
    return substitute(sheet, rng, named, lambda _: "Leonard Askew said" if rng.random() < 0.2 else "Leonard Askew")


def name(sheet: Sheet, rng: random.Random) -> bool:
    """A name spelled differently."""
    return substitute(sheet, rng, r"(?<=[a-z,] )[A-Z][a-z]{3,}", lambda match: match[0] + match[0][-1])


def calendar(sheet: Sheet, rng: random.Random) -> bool:
    def other(match: re.Match[str]) -> str:
        return next(days[(days.index(match[0]) + 1) % len(days)] for days in _DATES if match[0] in days)

    return substitute(sheet, rng, rf"\b(?:{'|'.join(chain(*_DATES))})\b", other)


def magnitude(sheet: Sheet, rng: random.Random) -> bool:
    sizes = dict(chain(_SIZES, ([new, old] for old, new in _SIZES)))
    return substitute(sheet, rng, rf"\b(?:{'|'.join(sizes)})\b", lambda match: sizes[match[0]])


def last_sentence(sheet: Sheet, rng: random.Random) -> bool:
    return substitute(sheet, rng, r"(?<=[.!?”\"]) +[^.!?]{15,}[.!?”\"]+\s*$", lambda _: "", sheet.paragraphs)


def two_paragraphs(sheet: Sheet, rng: random.Random) -> bool:
    """Two that follow each other are gone."""
    free = [p for p in sheet.paragraphs if len(tokens(p.text_content())) >= 8]
    if len(free) < 6:
        return False
    at = rng.randrange(len(free) - 1)
    for p in free[at : at + 2]:
        _rewrite_linked_data(sheet, p.text_content(), "")
        p.drop_tree()
    return True


def swapped(sheet: Sheet, rng: random.Random) -> bool:
    free = [p for p in sheet.paragraphs if p.getnext() in sheet.paragraphs and len(tokens(p.text_content())) >= 8]
    if not free:
        return False
    p = rng.choice(free)
    after = p.getnext()
    p.tail, after.tail = after.tail, p.tail
    after.addnext(p)
    return True


def _added(sheet: Sheet, rng: random.Random, kind: str, markup: str, *, at: float) -> bool:
    """A text of `kind` in the page's language, as a sibling of the paragraphs; `at` 0 = on top, 1 = at the end."""
    free = sheet.paragraphs
    if len(free) < 4:
        return False
    words = rng.choice(sheet.notes[kind]).format(t=f"{rng.randrange(6, 23)}:{rng.randrange(10, 59)}")
    new = lxml.html.fragment_fromstring(markup.format(escape(words)))
    near = free[int(at * (len(free) - 1))]
    if new.tag == "p" and near.get("class"):
        new.set("class", near.get("class"))
    if at == 0:
        near.addprevious(new)
    else:
        put_after(near, new)
    return True


def pull_quote(sheet: Sheet, rng: random.Random) -> bool:
    wrapped = rng.choice(["<blockquote><p>{}</p></blockquote>", '<blockquote class="pullquote">{}</blockquote>'])
    return _added(sheet, rng, "quote", wrapped, at=rng.uniform(0.2, 0.8))


def quotation(sheet: Sheet, rng: random.Random) -> bool:
    return _added(sheet, rng, "quote", "<p>{}</p>", at=rng.uniform(0.1, 0.9))


def correction(sheet: Sheet, rng: random.Random) -> bool:
    if rng.random() < 0.5:
        sheet.notes = TEXTS[rng.choice(LANGUAGES)]
    markup = rng.choice(["<p><em>{}</em></p>", "<p>{}</p>", "<p><strong>{}</strong></p>"])
    return _added(sheet, rng, "correction", markup, at=rng.choice([0, 1, 1]))


def update(sheet: Sheet, rng: random.Random) -> bool:
    return _added(sheet, rng, "update", rng.choice(["<p><b>{}</b></p>", "<p>{}</p>"]), at=0)


def list_item(sheet: Sheet, rng: random.Random) -> bool:
    items = [b for b in sheet.blocks if b.tag in ("li", "dd", "td")]
    return substitute(sheet, rng, r"[^\W\d_]{4,}", lambda _: rng.choice(_STAND_INS), items)


def subheading(sheet: Sheet, rng: random.Random) -> bool:
    """Another word in a subheading; a new subheading where there is none."""
    headings = [b for b in sheet.blocks if b.tag in ("h2", "h3", "h4", "h5")]
    if headings:
        return substitute(sheet, rng, r"[^\W\d_]{4,}", lambda _: rng.choice(_STAND_INS), headings)
    return _added(sheet, rng, "headline", "<h2>{}</h2>", at=0.5)


def headline_word(sheet: Sheet, rng: random.Random) -> bool:
    """One word of the headline, wherever the page repeats it."""
    titles = joined(" ".join(sheet.tree.xpath("//title/text() | //meta[@property='og:title']/@content")))
    for heading in sheet.tree.iter("h1"):
        slots = [slot for slot in _slots(heading) if joined(slot.words) in titles]
        if not slots:
            continue
        old = slots[0].words.strip()
        word = rng.choice(re.findall(r"\w+", old)[1:])
        new = re.sub(rf"(?<=\W){re.escape(word)}\b", rng.choice(_STAND_INS), old, count=1)
        for title in sheet.tree.iter("title"):
            title.text = (title.text or "").replace(old, new)
        for meta in sheet.tree.xpath("//meta[@content]"):
            meta.set("content", meta.get("content").replace(old, new))
        return slots[0].write(sheet, slots[0].words.replace(old, new))
    return False


# ---------------------------------------------------------------------------------------------------------- other


def merged(sheet: Sheet, rng: random.Random) -> bool:
    free = [p for p in sheet.paragraphs if p.getnext() in sheet.paragraphs]
    if not free:
        return False
    first = rng.choice(free)
    second = first.getnext()
    if len(first):
        first[-1].tail = f"{first[-1].tail or ''} {second.text or ''}"
    else:
        first.text = f"{first.text or ''} {second.text or ''}"
    first.extend(list(second))
    second.drop_tree()
    return True


def split(sheet: Sheet, rng: random.Random) -> bool:
    free = [p for p in sheet.paragraphs if p.tag == "p" and re.search(r"[.!?] +\w", p.text or "")]
    if not free:
        return False
    p = rng.choice(free)
    at = rng.choice(list(re.finditer(r"(?<=[.!?]) +(?=\w)", p.text)))
    second = lxml.html.Element("p", dict(p.attrib))
    p.text, second.text = p.text[: at.start()], p.text[at.end() :]
    second.extend(list(p))
    put_after(p, second)
    return True


def repeated_quote(sheet: Sheet, rng: random.Random) -> bool:
    """A pull quote that repeats a sentence of the article."""
    free = sheet.paragraphs
    told = [(n, m[0]) for n, p in enumerate(free) for m in re.finditer(r"[^.!?]{40,160}[.!?]", p.text_content())]
    if not told:
        return False
    at, words = rng.choice(told)
    quote = lxml.html.fragment_fromstring(f'<aside class="pullquote"><p>{escape(words.strip())}</p></aside>')
    put_after(free[max(0, at - 2)], quote)
    return True


CHANGES: dict[str, Callable[[Sheet, random.Random], bool]] = {
    change.__name__: change
    for change in (
        rebuild,
        tracking,
        wrapper,
        middle_word,
        figure,
        negation,
        comma,
        question,
        scare_quotes,
        attribution,
        name,
        calendar,
        magnitude,
        last_sentence,
        two_paragraphs,
        swapped,
        pull_quote,
        quotation,
        correction,
        update,
        list_item,
        subheading,
        headline_word,
        merged,
        split,
        repeated_quote,
    )
}
