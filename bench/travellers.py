"""A set of furniture and edits as broadcasters, trade papers and local papers have them, in fourteen languages.

Written without sight of the filter, its tests and the other sets' wording, so that its first figure says how the
filter does with a stranger's idea of a page. Same form as `mutations.py`, for the extraction evaluator's `--mutations`.
"""

import random
import re
from calendar import day_name, month_name
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path

import lxml.html

from bench import mutations as base
from bench.mutations import PLACES, Element, Page, Sheet

TEXTS = base.read_texts(Path(__file__).with_name("travellers.txt"))
# Kind -> how sites set it: the shapes of `_SHAPES`.
SHAPES = {
    "listen": ["row", "card", "terms"],
    "digest": ["folded", "card"],
    "score": ["table", "row", "terms"],
    "weather": ["row", "line"],
    "quotes": ["row", "table", "bullets"],
    "count": ["table", "terms", "row"],
    "game": ["card", "line"],
    "ranking": ["ranked", "bullets", "card"],
    "podcast": ["card", "row"],
    "jobs": ["bullets", "card"],
    "shelf": ["card", "row"],
    "trip": ["card", "folded"],
    "stars": ["terms", "card"],
    "voices": ["card", "bullets"],
    "push": ["card", "line"],
    "points": ["line", "card"],
    "watching": ["line", "row"],
    "sponsor": ["line", "card"],
    "traffic": ["bullets", "terms", "card"],
    "survey": ["card", "folded"],
    "channel": ["card", "line"],
    "paper": ["line", "card"],
    "toolbar": ["row", "bullets"],
    "progress": ["line", "row"],
    "tongues": ["line", "row"],
    "trail": ["line", "row"],
    "season": ["line", "card"],
    "author": ["bullets", "ranked", "card"],
    "mistake": ["line", "card"],
    "fuel": ["table", "terms", "row"],
    "tonight": ["bullets", "table", "terms"],
}
FURNITURE = list(SHAPES)
SAME = FURNITURE
LANGUAGES = list(TEXTS)
STYLES, MODES = ["hashed", "component", "speaking", "naked"], ["toggle", "change"]
FLAVOURS = [*STYLES, *MODES, *PLACES, *LANGUAGES]
_LISTED = ("ranking", "jobs", "author", "quotes", "toolbar")
_DAYS = {
    "en": ["Monday", "Wednesday", "Saturday"],
    "de": ["Montag", "Mittwoch", "Samstag"],
    "fr": ["lundi", "mercredi", "samedi"],
    "pt": ["segunda", "quarta", "sábado"],
    "it": ["lunedì", "mercoledì", "sabato"],
    "tr": ["pazartesi", "çarşamba", "cumartesi"],
    "ja": ["三日", "十日", "二十日"],
    "uk": ["понеділка", "середи", "суботи"],
}


def pairs(raw: bytes, truth: str, seed: str, kinds: set[str] | None = None) -> base.Pairs:
    groups = {"same": SAME, "edit": EDIT}
    yield from base.pairs_of((raw, truth), seed, kinds, groups, _with_furniture, CHANGES)


# ---------------------------------------------------------------------------------------------------------- furniture


def _with_furniture(page: Page, plain: bytes, kind: str, rng: random.Random) -> base.Made | None:
    spoken = [language for language in LANGUAGES if kind in TEXTS[language]]
    return base.shown_in_turn(page, plain, rng, STYLES, spoken, partial(_build, kind))


def _build(kind: str, style: str, language: str, state: int, salt: float) -> str:
    turned = kind in _LISTED and salt < 0.3  # the same entries in another order
    parts = _parts(kind, language, 1 if turned else state, salt)
    if turned and state == 2:
        head = [part for part in parts if part.startswith("# ")]
        parts = [*head, *reversed(parts[len(head) :])]
    look = random.Random(salt)
    shape = look.choice(SHAPES[kind])
    return _SHAPES[shape](parts, partial(_tag, kind, style, salt), linked=kind in ("ranking", "author"))


def _parts(kind: str, language: str, state: int, salt: float) -> list[str]:
    dice = random.Random(f"{kind}{language}{state}{salt}")
    texts, variants = TEXTS[language], TEXTS[language][kind]
    titles = dice.sample(texts["headline"], len(texts["headline"]))
    parts = []
    for part in variants[state % len(variants)].split(" | "):
        numbers = {"n": dice.randrange(101, 900), "m": dice.randrange(2, 29), "s": dice.randrange(10, 60)}
        goals = {"g": dice.randrange(0, 5), "h2": dice.randrange(0, 5), "w": dice.choice(_DAYS.get(language, [""]))}
        clock = f"{dice.randrange(6, 23)}:{dice.randrange(10, 59)}"
        title = titles.pop() if "{h}" in part else ""
        parts.append(part.format(**numbers, **goals, t=clock, h=title))
    return parts


# Opens and closes an element: name of the part, tag, content.
_Tag = Callable[[str, str, str], str]


def _tag(kind: str, style: str, salt: float, part: str, tag: str, content: str) -> str:
    code = random.Random(f"{kind}{part}{salt}")
    letters = "".join(code.choice("abcdefghkmnpqrstuvwxyzABCDEFGHKMNP0123456789") for _ in range(6))
    match style:
        case "hashed":
            tag = "div" if tag in ("section", "aside") else tag
            return f'<{tag} class="sc-{letters} {letters[::-1]}">{content}</{tag}>'
        case "component" if part in ("root", "head", "row"):
            own = {"root": f"np-{kind}", "head": "np-heading", "row": "np-entry"}[part]
            return (
                f'<{own} data-v-{letters.lower()}="">{content}</{own}>' if tag in _FREE else f"<{tag}>{content}</{tag}>"
            )
        case "speaking":
            return f'<{tag} class="{kind}__{part}">{content}</{tag}>'
        case _:
            return f"<{tag}>{content}</{tag}>"


_FREE = ("div", "section", "aside", "span", "h3")  # what a component may stand for; a list or table has fixed children


def _words(part: str, tag: _Tag, *, linked: bool = False) -> str:
    """A part's words, without the marks that say what it is."""
    if part.startswith("["):
        return f'<button type="button">{escape(part.strip("[]"))}</button>'
    name, divided, value = part.removeprefix("# ").partition(" = ")
    if divided:
        return tag("name", "span", escape(name)) + " " + tag("value", "b", escape(value))
    return f'<a href="/story/{len(name)}">{escape(name)}</a>' if linked else escape(name)


def _headed(parts: list[str], tag: _Tag, level: str) -> tuple[str, list[str]]:
    head = "".join(tag("head", level, escape(part[2:])) for part in parts if part.startswith("# "))
    return head, [part for part in parts if not part.startswith("# ")]


def _card(parts: list[str], tag: _Tag, *, linked: bool) -> str:
    head, rest = _headed(parts, tag, "h3")
    return tag("root", "aside", head + "".join(tag("row", "p", _words(part, tag, linked=linked)) for part in rest))


def _row(parts: list[str], tag: _Tag, *, linked: bool) -> str:
    head, rest = _headed(parts, tag, "span")
    inner = "".join(tag("row", "span", tag("cell", "span", _words(part, tag, linked=linked))) + "\n" for part in rest)
    return tag("root", "div", tag("inner", "div", head + inner))


def _line(parts: list[str], tag: _Tag, *, linked: bool) -> str:
    words = " ".join(_words(part, tag, linked=linked) for part in parts)
    return tag("line", "p", words)


def _items(order: str, parts: list[str], tag: _Tag, *, linked: bool) -> str:
    head, rest = _headed(parts, tag, "h3")
    items = "".join(tag("item", "li", _words(part, tag, linked=linked)) for part in rest)
    return tag("root", "section", head + tag("list", order, items))


def _table(parts: list[str], tag: _Tag, **_: bool) -> str:
    head, rest = _headed(parts, tag, "caption")
    rows = []
    for part in rest:
        name, _, value = part.partition(" = ")
        cells = [name, value] if value else part.split(" ", 1)
        rows.append("<tr>" + "".join(tag("cell", "td", escape(cell)) for cell in cells) + "</tr>")
    return tag("root", "div", tag("table", "table", head + "".join(rows)))


def _terms(parts: list[str], tag: _Tag, **_: bool) -> str:
    head, rest = _headed(parts, tag, "h4")
    entries = []
    for part in rest:
        if part.startswith("["):
            continue
        name, divided, value = part.partition(" = " if " = " in part else ": ")
        if not divided:
            name, _, value = part.partition(" ")
        entries.append(tag("term", "dt", escape(name)) + tag("value", "dd", escape(value)))
    return tag("root", "section", head + tag("list", "dl", "".join(entries)))


def _folded(parts: list[str], tag: _Tag, *, linked: bool) -> str:
    head, rest = _headed(parts, tag, "span")
    inner = "".join(tag("row", "div", _words(part, tag, linked=linked)) for part in rest)
    return tag("root", "details", f"<summary>{head}</summary>{inner}")


_SHAPES: dict[str, Callable[..., str]] = {
    "card": _card,
    "row": _row,
    "line": _line,
    "bullets": partial(_items, "ul"),
    "ranked": partial(_items, "ol"),
    "table": _table,
    "terms": _terms,
    "folded": _folded,
}


# ---------------------------------------------------------------------------------------------------------- edits


def boxed_number(sheet: Sheet, rng: random.Random) -> bool:
    """A figure in an item of a list or in a cell of a table."""
    boxed = [block for block in sheet.blocks if block.tag in ("li", "td", "th", "dd", "dt")]
    return base.substitute(sheet, rng, r"\d", lambda match: str((int(match[0]) + 3) % 10), boxed)


def attribution(sheet: Sheet, rng: random.Random) -> bool:
    """Nobody is named any more as the one who said it."""
    said = r",[”\"’]? (?:he|she|they|it|[A-Z]\w+) (?:said|says|added|told \w+|wrote|explained)(?=[.,])"
    return base.substitute(sheet, rng, said, lambda _: "", sheet.paragraphs)


def negated(sheet: Sheet, rng: random.Random) -> bool:
    verbs = r"\b(is|was|are|were|will|would|can|could|has|had|should)\b(?! not)(?= [a-z])"
    return base.substitute(sheet, rng, verbs, lambda match: f"{match[0]} not", sheet.paragraphs)


def affirmed(sheet: Sheet, rng: random.Random) -> bool:
    """A "not" is gone."""
    return base.substitute(sheet, rng, r" not(?= [a-z])|n['’]t(?= [a-z])", lambda _: "", sheet.paragraphs)


def softened(sheet: Sheet, rng: random.Random) -> bool:
    """The first paragraphs are less sure than they were."""
    verbs = r"\b(is|was|are|were|has|had|have)\b(?= [a-z])"
    return base.substitute(sheet, rng, verbs, lambda match: f"{match[0]} reportedly", sheet.paragraphs[:2])


def unit(sheet: Sheet, rng: random.Random) -> bool:
    units = {"million": "billion", "billion": "million", "miles": "kilometres", "km": "miles", "percent": "points"}
    units |= {
        "per cent": "points",
        "hours": "days",
        "days": "weeks",
        "years": "months",
        "weeks": "months",
        "feet": "metres",
    }
    return base.substitute(sheet, rng, rf"\b({'|'.join(units)})\b", lambda match: units[match[0]])


def doubted(sheet: Sheet, rng: random.Random) -> bool:
    """A word stands in quotation marks now."""
    return base.substitute(sheet, rng, r"(?<= )[a-z]{5,}(?= )", lambda match: f"“{match[0]}”", sheet.paragraphs)


def subheading(sheet: Sheet, rng: random.Random) -> bool:
    heads = [block for block in sheet.blocks if block.tag in ("h2", "h3", "h4", "h5", "h6")]
    return base.substitute(sheet, rng, r"[^\W\d]{4,}", lambda _: "quarrel", heads)


def shortened(sheet: Sheet, rng: random.Random) -> bool:
    """Of a paragraph only the first sentence is left."""
    free = [p for p in sheet.paragraphs if not len(p) and re.search(r"[a-z]{3}[.!?] +[A-Z]\w+ \w+ \w+", p.text or "")]
    if not free:
        return False
    p = rng.choice(free)
    p.text = re.split(r"(?<=[a-z]{3}[.!?]) +", p.text, maxsplit=1)[0]
    return True


def replaced(sheet: Sheet, rng: random.Random) -> bool:
    """A short paragraph where a long one was."""
    free = [p for p in sheet.paragraphs if len(base.tokens(p.text_content())) >= 12]
    if not free:
        return False
    p = rng.choice(free)
    for child in list(p):
        child.drop_tree()
    p.text = rng.choice(TEXTS["en"]["replace"])
    return True


def inserted(sheet: Sheet, rng: random.Random) -> bool:
    """A sentence more in the middle of a paragraph."""
    words = rng.choice(TEXTS["en"]["insert"])
    return base.substitute(sheet, rng, r"(?<=[a-z]{3}\.) +(?=[A-Z])", lambda _: f" {words} ", sheet.paragraphs)


def stated(sheet: Sheet, rng: random.Random) -> bool:
    """Somebody's words in a block of their own."""
    words = escape(rng.choice(TEXTS["en"]["statement"]))
    return _put(
        sheet, rng.choice(["<blockquote>{}</blockquote>", "<blockquote><p>{}</p></blockquote>"]), words, rng.random()
    )


def listed(sheet: Sheet, rng: random.Random) -> bool:
    """Two facts more, in a list."""
    first, second = (escape(words) for words in TEXTS["en"]["point"])
    return _put(sheet, "<ul>{}</ul>", f"<li>{first}</li><li>{second}</li>", rng.random())


def updated(sheet: Sheet, rng: random.Random) -> bool:
    """What happened since, at either end."""
    language = sheet.language if sheet.language in TEXTS and rng.random() < 0.5 else rng.choice(LANGUAGES)
    words = escape(rng.choice(TEXTS[language]["update"]))
    return _put(
        sheet,
        rng.choice(["<p>{}</p>", "<p><strong>{}</strong></p>", "<div><p>{}</p></div>"]),
        words,
        rng.choice([0, 1]),
    )


def linked(sheet: Sheet, rng: random.Random) -> bool:
    """A link of the article is worded otherwise."""
    links = [a for p in sheet.paragraphs for a in p.iter("a") if not len(a) and len(base.tokens(a.text or "")) >= 2]
    links = [a for a in links if len(base.tokens(a.getparent().text_content())) >= 2 * len(base.tokens(a.text)) + 4]
    if not links:
        return False
    rng.choice(links).text = rng.choice(TEXTS["en"]["link"])
    return True


def weekday(sheet: Sheet, rng: random.Random) -> bool:
    days = list(day_name)
    months = [name for name in month_name if len(name) > len("May")]  # that is a verb, too

    def later(match: re.Match[str]) -> str:
        names = days if match[0] in days else months
        return names[(names.index(match[0]) + 1) % len(names)]

    return base.substitute(sheet, rng, rf"\b({'|'.join([*days, *months])})\b", later)


def counted(sheet: Sheet, rng: random.Random) -> bool:
    """A number that is written as a word."""
    words = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    pattern = rf"\b({'|'.join(words)})\b"
    return base.substitute(sheet, rng, pattern, lambda match: words[(words.index(match[0]) + 2) % len(words)])


def letter(sheet: Sheet, rng: random.Random) -> bool:
    """A slip of the pen put right: one letter of a word."""
    return base.substitute(sheet, rng, r"(?<=[a-z]{3})[a-z](?=[a-z]{2})", lambda match: match[0] * 2, sheet.paragraphs)


def withdrawn(sheet: Sheet, rng: random.Random) -> bool:
    """The last paragraphs are gone."""
    free = sheet.paragraphs
    if len(free) < 8:
        return False
    for p in free[-rng.randrange(2, 4) :]:
        p.drop_tree()
    return True


def moved(sheet: Sheet, rng: random.Random) -> bool:
    """A paragraph stands further down."""
    free = [p for p in sheet.paragraphs if len(base.tokens(p.text_content())) >= 12]
    near = [
        (p, q)
        for p, q in zip(free, free[2:], strict=False)
        if p.getparent() is q.getparent() and not (p.tail or "").strip()
    ]
    if not near:
        return False
    p, q = rng.choice(near)
    p.getparent().remove(p)
    base.put_after(q, p)
    return True


def _put(sheet: Sheet, markup: str, words: str, at: float) -> bool:
    free: list[Element] = sheet.paragraphs
    if len(free) < 4:
        return False
    new = lxml.html.fragment_fromstring(markup.format(words))
    near = free[int(at * (len(free) - 1))]
    if new.tag == near.tag == "p" and near.get("class"):
        new.set("class", near.get("class"))
    if at == 0:
        near.addprevious(new)
    else:
        base.put_after(near, new)
    return True


CHANGES: dict[str, Callable[[Sheet, random.Random], bool]] = {
    change.__name__: change
    for change in (
        boxed_number,
        attribution,
        negated,
        affirmed,
        softened,
        unit,
        doubted,
        subheading,
        shortened,
        replaced,
        inserted,
        stated,
        listed,
        updated,
        linked,
        weekday,
        counted,
        letter,
        withdrawn,
        moved,
    )
}
EDIT = list(CHANGES)
