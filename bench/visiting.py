"""The pages and the wording of `visitors.py`: what on a page is its article, and where something is set beside it."""

import json
import random
import re
from copy import deepcopy
from pathlib import Path
from typing import Any

from lxml import etree, html

Element = Any
Texts = dict[str, list[str]]
Draw = random.Random
Pair = tuple[str, str, str, bytes, bytes]


def read_texts(path: Path) -> dict[str, Texts]:
    texts: dict[str, Texts] = {}
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("["):
            block = texts.setdefault(line.strip("[]"), {})
        elif line and not line.startswith("#"):
            key, value = line.split(" = ", 1)
            block.setdefault(key, []).append(value)
    return texts


TEXTS = read_texts(Path(__file__).with_name("visitors.txt"))
LANGUAGES = list(TEXTS)


def phrases(language: str, key: str) -> list[str]:
    return TEXTS[language][key][0].split(" | ")


def fragment(source: str) -> Element:
    made: Element = html.fragment_fromstring(source)
    return made


def words(text: str | None) -> list[str]:
    return re.findall(r"\w+", (text or "").lower())


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


BLOCKS = ["p", "li", "h2", "h3", "h4", "blockquote", "pre", "td", "div", "section", "dd"]
INNER = set(BLOCKS) | {
    "ul",
    "ol",
    "table",
    "figure",
    "article",
    "form",
    "h1",
    "dl",
    "main",
    "aside",
    "header",
    "footer",
}


class Page:
    """A copy of a page with what of it is the article: blocks whose words the truth has in that order."""

    def __init__(self, raw: bytes, truth: str) -> None:
        source = raw.decode("utf-8", "replace").lstrip("\ufeff").replace("\x00", "")
        self.tree: Element = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", source))
        known = f" {' '.join(words(truth))} "
        body = self.tree.find("body")
        self.body = self.tree if body is None else body
        self.blocks: list[Element] = []
        self.collect(self.body, known)
        self.paragraphs = [b for b in self.blocks if b.tag in ("p", "div") and len(words(text_of(b))) >= 12]
        loose = [p for p in self.paragraphs if not any(a.tag in ("li", "table", "figure") for a in p.iterancestors())]
        self.paragraphs = loose or self.paragraphs

    def collect(self, element: Element, known: str) -> None:
        for child in element:
            if not isinstance(child.tag, str) or child.tag in ("script", "style", "noscript", "template", "svg"):
                continue
            if child.tag in BLOCKS and not any(inner.tag in INNER for inner in child.iterdescendants()):
                found = words(text_of(child))
                if len(found) >= 5 and f" {' '.join(found)} " in known:
                    self.blocks.append(child)
            else:
                self.collect(child, known)

    def copy(self) -> "Page":
        made = Page.__new__(Page)
        places = {element: at for at, element in enumerate(self.tree.iter())}
        made.tree = deepcopy(self.tree)
        copies = list(made.tree.iter())
        made.body = copies[places[self.body]]
        made.blocks = [copies[places[block]] for block in self.blocks]
        made.paragraphs = [copies[places[block]] for block in self.paragraphs]
        return made

    def source(self) -> bytes:
        for meta in self.tree.xpath("//meta[@charset] | //meta[@http-equiv='Content-Type']"):
            meta.getparent().remove(meta)
        head = self.tree.find("head")
        if head is None:
            head = etree.SubElement(self.tree, "head")
            self.tree.insert(0, head)
        meta = etree.Element("meta", charset="utf-8")
        head.insert(0, meta)
        made: str = etree.tostring(self.tree, method="html", encoding="unicode", doctype="<!DOCTYPE html>")
        return made.encode()

    def echo(self, old: str, new: str) -> None:
        """Write an edit into the page's data for machines too, as a publisher's system does."""
        for script in self.tree.xpath('//script[@type="application/ld+json"]'):
            for form in (str, lambda s: json.dumps(s)[1:-1]):
                if len(old) > 20 and script.text and form(old) in script.text:
                    script.text = script.text.replace(form(old), form(new))
                    break


def after(anchor: Element, element: Element) -> None:
    element.tail, anchor.tail = anchor.tail, None
    anchor.addnext(element)


def before(anchor: Element, element: Element) -> None:
    element.tail = None
    anchor.addprevious(element)
