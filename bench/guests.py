"""A seventh set of furniture and edits, by somebody who had not seen what reads the pages, nor the other sets.

The furniture is what papers, wires, broadcasters, magazines, press offices and portals have around their articles:
guests.txt has its words, in the page's language as a rule. It stands at a place that real pages give it, in one of
six styles of markup, and comes, goes, is filled anew, counts on, turns its entries or moves between two fetches.
The edits are made in the article's own words only: of each page's first blocks that occur in its truth, those that are
no words of the article (links to others, bios, credits, contents, sign-up boxes) stand in guests.txt, as seen by eye.
pairs() yields (group, kind, flags, page before, page after); the same seed gives the same bytes.
"""

import hashlib
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import html
from lxml.html import HtmlElement

PARTS = {"p": "p", "div": "p", "li": "li", "td": "td", "th": "td", "dd": "td", "dt": "td", "figcaption": "figcaption"}
PARTS |= {"blockquote": "blockquote", "h1": "h", "h2": "h", "h3": "h", "h4": "h", "h5": "h"}
BLOCKS = {*PARTS, "h6", "ul", "ol", "figure", "tr", "table", "section", "article", "pre", "form"}
BLOCKS |= {"header", "footer", "aside"}
LOOKED_AT = 45  # blocks of each page


def _hash(text: str, length: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def _close(text: str) -> str:
    return "".join(text.split())


# ---------------------------------------------------------------- wording

Words = dict[str, list[list[str]]]


def _wording() -> tuple[dict[str, Words], dict[str, list[str]]]:
    words: dict[str, Words] = {}
    common: dict[str, list[str]] = {}
    language = ""
    for row in Path(__file__).with_suffix(".txt").read_text("utf-8").splitlines():
        if opened := re.match(r"\[([\w-]+)\] (.*)", row):
            language = opened[1]
            words[language], common[language] = {}, opened[2].split()
        elif language and ": " in row:
            key, _, text = row.partition(": ")
            words[language].setdefault(key, []).append([part.strip() for part in text.split(" | ")])
    return words, common


WORDS, COMMON = _wording()
NO_WORDS = {page: parts[0][0].split() for page, parts in WORDS.pop("no-words").items()}
COMMON.pop("no-words")
COMMON.pop("kinds")


def language_of(text: str) -> str:
    """The language whose commonest words are most of the text's; of Chinese and Japanese, by their signs."""
    if len(re.findall(r"[\u3040-\u30ff]", text)) * 20 > len(text):
        return "ja"
    if len(re.findall(r"[\u4e00-\u9fff]", text)) * 5 > len(text):
        return "zh"
    said = re.findall(r"\w+", text.lower())
    return max(COMMON, key=lambda language: sum(word in COMMON[language] for word in said))


class Filler:
    """Fills slots: the words' seed chooses headlines, persons and towns, the numbers' seed what is counted."""

    def __init__(self, words: Words, word_seed: str, number_seed: str) -> None:
        self.words, self.chance, self.numbers = words, random.Random(word_seed), random.Random(number_seed)
        self.person, self.town = (self.chance.choice(words[key][0]) for key in ("person", "town"))

    def headlines(self, many: int) -> list[str]:
        known = self.words["headline"][0]
        return self.chance.sample(known, min(many, len(known)))

    def parts(self, key: str) -> list[str]:
        return [self.fill(part) for part in self.chance.choice(self.words[key])]

    def fill(self, text: str) -> str:
        return re.sub(r"\{(\w)\}", lambda slot: self._slot(slot[1]), text)

    def _slot(self, name: str) -> str:
        match name:
            case "n":
                return str(self.numbers.randint(2, 29))
            case "k":
                return f"{self.numbers.randint(1, 8)},{self.numbers.randint(100, 999)}"
            case "t":
                return f"{self.numbers.randint(6, 22):02}:{self.numbers.randint(0, 59):02}"
            case "h":
                return self.headlines(1)[0]
        return self.person if name == "p" else self.town


# ---------------------------------------------------------------- furniture

STYLES = ("speaking", "foreign", "bem", "hashed", "utility", "bare")
WAYS = ("come", "go", "refill", "count", "turn", "move")
LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGH0123456789"
UTILITY = (
    "flex flex-col gap-4 my-6",
    "text-sm text-gray-600",
    "mt-4 p-4 rounded-lg border",
    "font-bold text-lg",
    "w-full px-2",
)


class Style:
    """Gives each part of a piece of furniture its class, in one manner; two fetches have the same ones."""

    def __init__(self, manner: str, english: str, foreign: str, seed: str) -> None:
        self.manner, self.english, self.foreign, self.seed = manner, english, foreign, seed

    def __call__(self, part: str) -> str:
        chance, root = random.Random(self.seed + part), part == "root"
        code = "".join(chance.choices(LETTERS, k=6))
        names = {
            "speaking": self.english if root else f"{self.english}-{part}",
            "foreign": self.foreign if root else f"{self.foreign}_{part[:3]}",
            "bem": f"c-{self.english}" if root else f"c-{self.english}__{part}",
            "hashed": chance.choice((f"css-1{code.lower()}", f"sc-{code} {code[::-1]}", f"_{code}_1f3")),
            "utility": chance.choice(UTILITY),
        }
        return f' class="{names[self.manner]}"' if self.manner in names else ""

    def tag(self, name: str, part: str, inner: str) -> str:
        return f"<{name}{self(part)}>{inner}</{name}>"

    def link(self, text: str) -> str:
        return f'<a href="/n/{_hash(text, 8)}"{self("link")}>{text}</a>'

    def buttons(self, texts: list[str], kind: str = "button") -> str:
        return "".join(f'<button type="{kind}"{self("button")}>{text}</button>' for text in texts)


Shape = Callable[[list[str], Filler, Style, int], str]


def _turned(items: list[str], turn: int) -> list[str]:
    return items[turn:] + items[:turn]


def line(parts: list[str], _: Filler, style: Style, __: int) -> str:
    return style.tag("p" if len(style.seed) % 2 else "div", "root", " ".join([parts[0], *map(style.link, parts[1:])]))


def box(parts: list[str], _: Filler, style: Style, __: int) -> str:
    tags = (("aside", "h3"), ("div", "h4"), ("section", "h2"), ("div", "strong"))
    outer, heading = random.Random(style.seed).choice(tags)
    shown = style.tag(heading, "title", parts[0]) + style.tag("p", "text", parts[1]) + style.buttons(parts[2:])
    return style.tag(outer, "root", shown)


def form(parts: list[str], _: Filler, style: Style, __: int) -> str:
    field = f'<form action="/go"><input type="email" name="email">{style.buttons(parts[2:3], "submit")}</form>'
    note = "".join(style.tag("p", "note", part) for part in parts[3:])
    return style.tag(
        "div", "root", style.tag("h3", "title", parts[0]) + style.tag("p", "text", parts[1]) + field + note
    )


def stories(parts: list[str], filler: Filler, style: Style, turn: int) -> str:
    items = _turned(parts[1:] or filler.headlines(4), turn)
    shown = "".join(style.tag("li", "item", style.link(item)) for item in items)
    entries = style.tag("ol" if style.english == "most-read" else "ul", "list", shown)
    return style.tag("div", "root", style.tag("h3", "title", parts[0]) + entries)


def cards(parts: list[str], filler: Filler, style: Style, turn: int) -> str:
    items = _turned(parts[1:] or filler.headlines(3), turn)
    faces = [
        f'<img src="/i/{_hash(item, 6)}.jpg" alt="">' + style.tag("div", "name", style.link(item)) for item in items
    ]
    shown = style.tag("div", "row", "".join(style.tag("div", "card", face) for face in faces))
    return style.tag("section", "root", style.tag("div", "title", parts[0]) + shown)


def counts(parts: list[str], filler: Filler, style: Style, _: int) -> str:
    share = " <b>{n}%</b>" if style.english in {"reactions", "poll"} else ""
    shown = [part + filler.fill(share if place else "") for place, part in enumerate(parts)]
    return style.tag("div", "root", " ".join(style.tag("span", "item", part) for part in shown))


def rows(parts: list[str], filler: Filler, style: Style, turn: int) -> str:
    names = ["EUR/USD", "USD/JPY", "GBP/USD"] if style.english == "rates" else ["DAX", "Nasdaq", "FTSE 100", "Brent"]
    shown = "".join(f"<tr><td>{name}</td><td>{filler.fill('{k}.{n}')}</td></tr>" for name in _turned(names, turn))
    return style.tag("div", "root", style.tag("h4", "title", parts[0]) + style.tag("table", "rows", shown))


def talk(parts: list[str], filler: Filler, style: Style, turn: int) -> str:
    names = filler.words["person"][0]
    heads = [f"<b>{names[place % len(names)]}</b> <time>{filler.fill('{t}')}</time>" for place in range(len(parts))]
    said = [head + f"<p>{part}</p>" for head, part in zip(heads, _turned(parts, turn), strict=True)]
    return style.tag("div", "root", "<ul>" + "".join(style.tag("li", "comment", one) for one in said) + "</ul>")


def player(parts: list[str], _: Filler, style: Style, __: int) -> str:
    shown = "".join(style.tag("div", part, text) for part, text in zip(("label", "title", "time"), parts, strict=True))
    return style.tag("div", "root", '<video src="/v/1.mp4" preload="none"></video>' + shown)


def rail(parts: list[str], filler: Filler, style: Style, turn: int) -> str:
    items = [f"<time>{filler.fill('{t}')}</time> {style.link(item)}" for item in _turned(filler.headlines(4), turn)]
    entries = "<ul>" + "".join(style.tag("li", "entry", item) for item in items) + "</ul>"
    return style.tag("aside", "root", style.tag("h3", "title", parts[0]) + entries)


SHAPES = {shape.__name__: shape for shape in (line, box, form, stories, cards, counts, rows, talk, player, rail)}
KINDS = {name: parts[0][0].split() for name, parts in WORDS.pop("kinds").items()}
MOVING = {"readalso", "related", "newsletter", "adlabel", "sponsored", "offer", "cards", "player"}
TURNING = {stories, cards, rail, talk, rows}


def _parent(element: HtmlElement) -> HtmlElement:
    parent = element.getparent()
    assert parent is not None
    return parent


def _behind(element: HtmlElement, piece: HtmlElement) -> None:
    parent = _parent(element)
    parent.insert(parent.index(element) + 1, piece)


def _before(element: HtmlElement, piece: HtmlElement) -> None:
    parent = _parent(element)
    parent.insert(parent.index(element), piece)


def _wrap(element: HtmlElement, kind: str, piece: HtmlElement) -> None:
    """What comes from here on is faded, as far as it is in the same container, and the wall stands behind it."""
    rest = [element, *element.itersiblings()]
    fade = html.Element("div", {"class": f"{kind}-fade"})
    _before(element, fade)
    fade.extend(rest)
    _behind(fade, piece)


def furnish(page: "Page", kind: str, place: str, markup: str, share: float) -> bytes:
    """The page with a piece of furniture at a place of the article; of those between, `share` of the way down."""
    tree, piece = page.parse(page.bytes), html.fragment_fromstring(markup)
    paragraphs = page.paragraphs(tree)
    first, last = paragraphs[0], paragraphs[-1]
    match place:
        case "between" if len(paragraphs) > 2:
            _behind(paragraphs[min(len(paragraphs) - 2, int(share * len(paragraphs)))], piece)
        case "under":
            _before(first, piece)
        case "top":
            _before(next(tree.iter("h1"), first), piece)
        case "beside":
            _behind(last if _parent(first).tag in {"body", "td"} else _parent(first), piece)
        case "wrap":
            _wrap(paragraphs[len(paragraphs) // 2], kind, piece)
        case "head" | "foot":
            tree.body.insert(0 if place == "head" else len(tree.body), piece)
        case _:
            _behind(last, piece)
    return page.write(tree)


# ---------------------------------------------------------------- the article's blocks

UNREAD = {"script", "style", "sup", "code", "pre", "time", "button", "noscript", "svg"}
CREDIT = re.compile(r"credit|copyright|source|byline|author|editsection|share", re.IGNORECASE)
END = r"(?<=[.!?])\s+(?=[^\sa-z])|(?<=[.!?][\"”»])\s+(?=[^\sa-z])|(?<=[。！？])(?![」”])|(?<=。[」”])"


class Run(NamedTuple):
    """One text node."""

    element: HtmlElement
    tail: bool

    @property
    def text(self) -> str:
        return (self.element.tail if self.tail else self.element.text) or ""

    def put(self, text: str) -> None:
        if self.tail:
            self.element.tail = text
        else:
            self.element.text = text


def runs(block: HtmlElement) -> list[Run]:
    """A block's text nodes, without those of credits, notes' numbers, buttons and code."""

    def walk(element: HtmlElement) -> Iterator[Run]:
        name = element.get("class") or ""
        if element is block or (isinstance(element.tag, str) and element.tag not in UNREAD and not CREDIT.search(name)):
            yield Run(element, tail=False)
            for child in element:
                yield from walk(child)
                yield Run(child, tail=True)

    return [run for run in walk(block) if run.text.strip()]


class Page:
    """A page with its article's blocks, by their places among the page's elements."""

    def __init__(self, raw: bytes, truth: str) -> None:
        tree = self.parse(raw)
        for meta in tree.iterfind(".//meta[@charset]"):
            _parent(meta).remove(meta)
        tree.head.insert(0, html.Element("meta", charset="utf-8"))
        self.bytes, self.language = self.write(tree), language_of(truth)
        self.wide = self.language in {"zh", "ja"}
        known, no_words = _close(truth), NO_WORDS.get(_hash(truth, 6), [])
        self.no_article = "-" in no_words
        self.blocks: list[int] = []  # what occurs in the truth
        self.own: list[int] = []  # of its first ones, what is the article's
        for place, element in enumerate(self.parse(self.bytes).iter()):
            text = self._close(element)
            if text and text in known:
                self.blocks.append(place)
                if len(self.blocks) <= LOOKED_AT and (_hash(text, 4) in no_words) == ("+" in no_words):
                    self.own.append(place)

    @staticmethod
    def _close(element: HtmlElement) -> str:
        if element.tag not in PARTS or any(below.tag in BLOCKS for below in element.iterdescendants()):
            return ""
        text = " ".join(element.text_content().split())
        return _close(text) if len(text) >= {"p": 4, "blockquote": 4, "div": 40}.get(element.tag, 8) else ""

    @staticmethod
    def parse(raw: bytes) -> HtmlElement:
        return html.document_fromstring(raw, parser=html.HTMLParser(encoding="utf-8"))

    @staticmethod
    def write(tree: HtmlElement) -> bytes:
        written: bytes = html.tostring(tree, encoding="utf-8", doctype="<!DOCTYPE html>")
        return written

    def paragraphs(self, tree: HtmlElement) -> list[HtmlElement]:
        """The article's paragraphs that stand in its flow."""
        elements = list(tree.iter())
        found = [elements[place] for place in self.blocks]
        apart = {"li", "td", "blockquote", "figure"}
        flow = [
            one for one in found if one.tag in {"p", "div"} and not any(up.tag in apart for up in one.iterancestors())
        ]
        return [one for one in flow if len(_close(one.text_content())) >= (20 if self.wide else 60)] or flow or found


class Draft:
    """A fresh tree of a page that an edit may change."""

    def __init__(self, page: Page, seed: str) -> None:
        self.tree, self.words, self.wide = Page.parse(page.bytes), WORDS[page.language], page.wide
        self.chance, self.filler = random.Random(seed), Filler(self.words, seed, seed)
        self.space = "" if self.wide else " "
        elements = list(self.tree.iter())
        self.blocks = [elements[place] for place in page.own]

    def of(self, part: str, least: int = 40) -> list[HtmlElement]:
        """The blocks that are such a part, in random order; a paragraph within a quotation counts as one."""
        least = least // 3 if self.wide else least
        found = [one for one in self.blocks if self.part(one) == part and len(one.text_content().strip()) >= least]
        return self.chance.sample(found, len(found))

    @staticmethod
    def part(block: HtmlElement) -> str:
        quoted = any(up.tag == "blockquote" for up in block.iterancestors())
        return "blockquote" if quoted and block.tag == "p" else PARTS[block.tag]

    def change(self, pattern: str, change: Callable[[re.Match[str]], str], part: str = "p", least: int = 40) -> bool:
        """Changes one match of the pattern in one text of the article."""
        for block in self.of(part, least):
            found = [(run, match) for run in runs(block) for match in re.finditer(pattern, run.text)]
            for run, match in self.chance.sample(found, min(len(found), 8)):
                new = run.text[: match.start()] + change(match) + run.text[match.end() :]
                if " ".join(new.split()) != " ".join(run.text.split()):
                    run.put(new)
                    return True
        return False

    def sentences(self, change: Callable[[list[str]], list[str]], least: int = 2) -> bool:
        for block in self.of("p"):
            for run in runs(block):
                said = [sentence for sentence in re.split(END, run.text.strip()) if sentence]
                if len(said) >= least and (new := change(said)) != said:
                    run.put(" " * run.text.startswith(" ") + self.space.join(new))
                    return True
        return False

    def say(self, key: str = "sentence") -> str:
        return self.filler.fill(self.chance.choice(self.chance.choice(self.words[key]))) if key in self.words else ""


# ---------------------------------------------------------------- edits

Edit = Callable[[Draft], bool]
NAME = r"(?<=[a-zà-ÿ,] )[A-Z][a-zà-ÿ]{4,}"
FULL_NAME = r"(?<=[a-zà-ÿ,] )[A-Z][a-zà-ÿ]+ [A-Z][a-zà-ÿ]{3,}(?= [a-z])"
QUOTE = r"“[^”]{25,}”|\"[^\"]{25,}\"|«[^»]{25,}»|「[^」]{8,}」|“[^”]{10,}”"
MONEY = r"[$€£¥]\s?\d[\d.,]*|\d[\d.,]*(?=\s?(?:%|percent|per cent|Prozent|euros?|Euro|元|円))"


def words(
    pattern: str, change: Callable[[re.Match[str], random.Random], str], part: str = "p", least: int = 40
) -> Edit:
    return lambda draft: draft.change(pattern, lambda found: change(found, draft.chance), part, least)


def swap(key: str, *, back: bool = False) -> Edit:
    """A word for its counterpart, as the language's wording has them."""

    def edit(draft: Draft) -> bool:
        pairs = [part.split(" > ") for parts in draft.words.get(key, []) for part in parts]
        known = {two[back]: two[not back] for two in pairs}
        either = "|".join(re.escape(one) for one in sorted(known, key=len, reverse=True))
        pattern = either if draft.wide else rf"\b(?:{either})\b"
        return bool(known) and draft.change(pattern, lambda found: known[found[0]])

    return edit


def exchange(key: str) -> Edit:
    """One of a list, as of months, for another."""

    def edit(draft: Draft) -> bool:
        if known := draft.words.get(key, [[]])[0]:
            other = lambda found: draft.chance.choice([one for one in known if one != found[0]])  # noqa: E731
            return draft.change(rf"\b(?:{'|'.join(known)})\b", other)
        return draft.change(r"\d{1,2}(?=月|日)", lambda found: _digit(found, draft.chance))

    return edit


def _digit(found: re.Match[str], chance: random.Random) -> str:
    """Another digit for the last one of a number, or for the first one of a price."""
    text = found[0]
    at = [place for place, sign in enumerate(text) if sign.isdigit()]
    place = at[-1] if text.isdigit() else at[0]
    return text[:place] + chance.choice([digit for digit in "123456789" if digit != text[place]]) + text[place + 1 :]


def _typo(found: re.Match[str], _: random.Random) -> str:
    word, middle = found[0], len(found[0]) // 2
    return word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]


def _misspelt(found: re.Match[str], chance: random.Random) -> str:
    name = found[0]
    place = chance.choice([place for place in range(1, len(name)) if name[place] in "aeiou"] or [len(name) - 1])
    return name[:place] + chance.choice([vowel for vowel in "aeiou" if vowel != name[place]]) + name[place + 1 :]


def _thinned(found: re.Match[str], chance: random.Random) -> str:
    """A quotation without one of its words, or of two signs in its middle."""
    text, inner = found[0], found[0].split(" ")
    if len(inner) < 5:
        return text[: len(text) // 2] + text[len(text) // 2 + 2 :]
    inner.pop(chance.randrange(1, len(inner) - 1))
    return " ".join(inner)


def aside(draft: Draft) -> bool:
    firsts = "|".join(part.split(" > ")[0] for parts in draft.words.get("not", []) for part in parts)
    return "aside" in draft.words and draft.change(
        rf"\b(?:{firsts})\b", lambda found: f"{found[0]} {draft.say('aside')}"
    )


def word_out(part: str = "p", least: int = 40) -> Edit:
    def edit(draft: Draft) -> bool:
        pattern = r" [^\W\d_A-Z]{4,}(?= [^\W\d_])"
        if draft.wide:
            pattern = "|".join(draft.words["adverb"][0]) if part == "p" else r"(?<=\w)\w{2}(?=\w)"
        return draft.change(pattern, lambda _: "", part, least)

    return edit


def sentence_in(draft: Draft) -> bool:
    for block in draft.of("p"):
        last = runs(block)[-1:]
        if last and re.search(r"[.!?。！？]\s*$", last[0].text):
            last[0].put(last[0].text.rstrip() + draft.space + draft.say())
            return True
    return False


def sentence_first(draft: Draft) -> bool:
    for block in draft.of("p"):
        if (block.text or "").strip():
            block.text = draft.say() + draft.space + (block.text or "").lstrip()
            return True
    return False


def anew(draft: Draft) -> bool:
    return draft.sentences(lambda said: [*said[:-1], draft.say()], 1)


def _written(like: HtmlElement, text: str) -> HtmlElement:
    """A new block, marked up as another one is."""
    made = html.Element(like.tag, {"class": like.get("class") or ""} if like.get("class") else {})
    made.text = text
    return made


def out(part: str, least: int = 40) -> Edit:
    def edit(draft: Draft) -> bool:
        found = draft.of(part, least)[:1]
        for block in found:
            block.drop_tree()
        return bool(found)

    return edit


def into(part: str, key: str = "sentence", least: int = 40) -> Edit:
    """A new block behind one of its kind."""

    def edit(draft: Draft) -> bool:
        found = draft.of(part, least)[:1]
        for block in found:
            _behind(block, _written(block, draft.say(key)))
        return bool(found)

    return edit


def moved(part: str, *, far: bool, least: int = 40) -> Edit:
    """A block changes places with the next one of its container, or goes two further down."""

    def edit(draft: Draft) -> bool:
        known = draft.of(part, least)
        for block in known:
            later = [one for one in block.itersiblings() if one in known and one.text_content() != block.text_content()]
            if len(later) > far * 2:
                _behind(later[far * 2], block)
                return True
        return False

    return edit


def headline(change: Callable[[Draft, str], str]) -> Edit:
    def edit(draft: Draft) -> bool:
        title = draft.tree.find(".//title")
        for block in draft.tree.iter("h1"):
            text, one = _close(block.text_content()), [run for run in runs(block) if len(run.text.strip()) > 12]
            if title is None or not one or len(text) < 15 or text not in _close(title.text_content()):
                continue
            old = one[0].text.strip()
            one[0].put(change(draft, old))
            if draft.chance.random() < 0.5:
                title.text = (title.text or "").replace(old, one[0].text)
            return one[0].text != old
        return False

    return edit


def _shorter(_: Draft, text: str) -> str:
    inner = text.split(" ")
    return " ".join(inner[:1] + inner[2:]) if len(inner) > 3 else text[:2] + text[4:]


def note(key: str, *, top: bool) -> Edit:
    """A correction or update, as a paragraph of the article, plain or emphasised."""

    def edit(draft: Draft) -> bool:
        known = [one for one in draft.blocks if PARTS[one.tag] == "p" and len(one.text_content().strip()) >= 40]
        if not known or key not in draft.words:
            return False
        piece = _written(known[0], draft.say(key))
        if draft.chance.random() < 0.5:
            piece = html.fragment_fromstring(f"<p><{draft.chance.choice(('em', 'strong'))}></p>")
            piece[0].text = draft.say(key)
        if top:
            _before(known[0], piece)
        else:
            _behind(known[-1], piece)
        return True

    return edit


def live_entry(draft: Draft) -> bool:
    found = draft.of("p")[:1]
    for block in found:
        entry = html.fragment_fromstring(f"<div><h3>{draft.filler.fill('{t}')}</h3><p>{draft.say()}</p></div>")
        _before(block, entry)
    return bool(found)


def answer(draft: Draft) -> bool:
    """The words after a question."""
    for asked, said in zip(draft.blocks, draft.blocks[1:], strict=False):
        if re.search(r"[?？][\"”]?\s*$", asked.text_content()) and PARTS[said.tag] == "p":
            draft.blocks = [said]
            return word_out()(draft) or anew(draft)
    return False


def first(parts: str, *edits: Edit) -> Edit:
    """Edits the first block that is such a part."""

    def edit(draft: Draft) -> bool:
        draft.blocks = [one for one in draft.blocks if PARTS[one.tag] in parts.split()][:1]
        return any(one(draft) for one in edits)

    return edit


def caption(draft: Draft) -> bool:
    for block in draft.of("figcaption", 20):
        for run in runs(block)[:1]:
            run.put(draft.say())
            return True
    return False


EDITS: dict[str, Edit] = {
    "number": words(r"(?<![A-Za-z\d.,#/-])\d{1,4}(?![A-Za-z\d/-])", _digit),
    "digits": words(r"(?<!\d)([1-9])(?!\1)([1-9])(?=\d*(?![A-Za-z\d]))", lambda found, _: found[2] + found[1]),
    "money": words(MONEY, _digit),
    "year": words(r"(?<!\d)(?:19|20)\d\d(?!\d)", _digit),
    "month": exchange("month"),
    "weekday": exchange("day"),
    "spelling": words(NAME, _misspelt),
    "person": lambda draft: draft.change(FULL_NAME, lambda _: draft.filler.fill("{p}")),
    "age": words(FULL_NAME, lambda found, chance: f"{found[0]} ({chance.randint(31, 79)})"),
    "quote": words(QUOTE, _thinned),
    "unquoted": words(QUOTE, lambda found, _: found[0][1:-1]),
    "not": swap("not"),
    "not-out": swap("not", back=True),
    "turn": swap("turn"),
    "said": swap("said"),
    "unit": swap("unit"),
    "aside": aside,
    "word-out": word_out(),
    "typo": words(r"(?<!\w)[^\W\d_A-Z]{6,}", _typo),
    "comma": words(r"(?<=\w)(?:,(?= \w)|，)", lambda _, __: ""),
    "question": words(r"(?<=\w)[.。](?=\s*$)", lambda found, _: "？" if found[0] == "。" else "?"),
    "clause-out": words(r"(?:, |，)[^,.;，。“”\"]{12,60}(?=[,，])", lambda _, __: ""),
    "brackets-out": words(r" ?[(（][^)）]{4,}[)）]", lambda _, __: ""),
    "sentence-in": sentence_in,
    "sentence-first": sentence_first,
    "sentence-out": lambda draft: draft.sentences(lambda said: said[:-2] + said[-1:]),
    "sentences-swapped": lambda draft: draft.sentences(lambda said: said[1::-1] + said[2:]),
    "sentence-anew": anew,
    "shortened": lambda draft: draft.sentences(lambda said: said[:1], 3),
    "lead": first("p", anew, sentence_in),
    "standfirst": first("p h", word_out(), word_out("h"), anew),
    "paragraph-in": into("p"),
    "paragraph-out": out("p"),
    "paragraph-moved": moved("p", far=True),
    "paragraphs-swapped": moved("p", far=False),
    "headline": headline(_shorter),
    "headline-number": headline(
        lambda draft, text: re.sub(r"\d+", lambda found: _digit(found, draft.chance), text, count=1)
    ),
    "headline-tail": headline(lambda draft, text: f"{text} – {draft.filler.fill('{p}')}"),
    "caption": caption,
    "caption-word": word_out("figcaption", 20),
    "note": note("note", top=False),
    "note-top": note("note", top=True),
    "update": note("update", top=False),
    "update-top": note("update", top=True),
    "live-entry": live_entry,
    "item-in": into("li", least=8),
    "item-out": out("li", least=8),
    "items-swapped": moved("li", far=False, least=8),
    "item-word": word_out("li", 12),
    "cell": words(r"\d+", _digit, "td", 1),
    "cell-word": word_out("td", 12),
    "subheading": word_out("h", 8),
    "subheading-in": into("h", "headline", 8),
    "subheading-out": out("h", 8),
    "block-quote": word_out("blockquote", 20),
    "answer": answer,
}


# ---------------------------------------------------------------- pairs

Pair = tuple[str, str, str, bytes, bytes]
SAME, EDIT = list(KINDS), list(EDITS)
FLAVOURS = [*STYLES, *WAYS, "head", "top", "under", "between", "beside", "wrap", "after", "foot", "foreign-words"]


def pairs(raw: bytes, truth: str, seed: str, kinds: set[str] | None = None) -> Iterator[Pair]:
    page = Page(raw, truth)
    if not page.blocks or page.no_article:
        return
    for kind in SAME:
        if kinds is None or kind in kinds:
            yield _same(page, kind, f"{seed}{kind}")
    for kind in EDIT if page.own else ():
        if kinds is None or kind in kinds:
            draft = Draft(page, f"{seed}{kind}")
            if EDITS[kind](draft):
                old, new = page.bytes, Page.write(draft.tree)
                if draft.chance.random() < 0.3 and not kind.startswith(("note", "update", "live")):
                    old, new = new, old  # edits are taken back, too
                yield "edit", kind, "", old, new


def _same(page: Page, name: str, seed: str) -> Pair:
    chance = random.Random(seed)
    shape_name, places, english, foreign = KINDS[name]
    shape = SHAPES[shape_name]
    speaking = [language for language in WORDS if name in WORDS[language]]
    own = page.language in speaking and chance.random() < 0.9
    language = page.language if own else chance.choice(speaking)
    manner, place = chance.choice(STYLES), chance.choice(places.split(","))
    style = Style(manner, english, foreign, seed)

    def shown(word_seed: int, number_seed: int, turn: int = 0, share: float = 0.5) -> bytes:
        filler = Filler(WORDS[language], f"{seed}{word_seed}", f"{seed}{number_seed}")
        return furnish(page, name, place, shape(filler.parts(name), filler, style, turn), share)

    one = shown(1, 1)
    then = {"come": page.bytes, "go": page.bytes, "refill": shown(2, 2), "count": shown(1, 2)}
    if shape in TURNING:
        then["turn"] = shown(1, 1, 1)
    if name in MOVING and place == "between":
        then["move"] = shown(1, 1, 0, 0.2)
    way = chance.choice([way for way, other in then.items() if other != one])
    before, after = (then[way], one) if way == "come" else (one, then[way])
    other = "" if language == page.language else "+foreign-words"
    return "same", name, f"{manner}+{way}+{place}{other}", before, after
