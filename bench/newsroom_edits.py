"""What a newsroom changes in an article, for `visitors.py`: words, figures, sentences, blocks, titles and notes."""

import random
import re
from calendar import day_name, month_name
from collections.abc import Callable, Iterator
from html import escape

from bench.visiting import LANGUAGES, TEXTS, Draw, Element, Page, Pair, after, before, fragment, phrases, text_of, words

# Kind -> pattern and what stands in its place: a list is drawn from, a function is asked.
SCALES = ["thousand", "million", "billion", "two", "three", "four", "five", "six", "seven", "ten", "dozen", "half"]
DAYS = list(day_name)
MONTHS = [name for name in month_name if len(name) > len("May")]  # that is a verb, too
DEGREES = ["all", "most", "many", "some", "few", "only", "nearly", "almost", "about", "mostly", "often", "never"]
VERBS = ["said", "says", "told", "claimed", "claims", "insisted", "explained", "added", "noted", "alleged", "denied"]
TENSES = {"is": "was", "are": "were", "was": "is", "were": "are", "will": "would", "has": "had", "have": "had"}
SURNAMES = ["Ellwood", "Pennant", "Okafor", "Brathay", "Lorente", "Sandner", "Le Bihan", "Horálková"]
AUXILIARY = "is|was|are|were|has|have|had|will|would|could|should|did|does|can"
Swap = Callable[[re.Match[str], Draw], str]


def other(pool: list[str]) -> Swap:
    return lambda match, draw: draw.choice([word for word in pool if word.lower() != match[0].lower()])


def digit(match: re.Match[str], draw: Draw) -> str:
    at = draw.randrange(len(match[0])) if match[0].isdigit() else 0
    return match[0][:at] + str((int(match[0][at]) + draw.randint(1, 8)) % 10) + match[0][at + 1 :]


def misspelt(match: re.Match[str], draw: Draw) -> str:
    at = draw.randrange(1, len(match[0]) - 2)
    return match[0][:at] + match[0][at + 1] + match[0][at] + match[0][at + 2 :]


def any_of(pool: list[str]) -> str:
    return rf"\b(?:{'|'.join(pool)})\b"


INLINE: dict[str, tuple[str, Swap]] = {
    "figure": (r"\b\d+", digit),
    "scale": (any_of(SCALES), other(SCALES)),
    "person": (r"(?<=[a-z,] )[A-Z][a-z]{3,}\b", other(SURNAMES)),
    "negated": (rf"\b(?:{AUXILIARY}) (?!not\b)(?=\w)", lambda match, _: f"{match[0]}not "),
    "affirmed": (rf"(?<= )(?:{AUXILIARY}) not (?=\w)", lambda match, _: match[0].replace("not ", "")),
    "attributed": (any_of(VERBS), other(VERBS)),
    "tense": (any_of(list(TENSES)), lambda match, _: TENSES[match[0]]),
    "weekday": (any_of(DAYS + MONTHS), lambda m, draw: other(DAYS if m[0] in DAYS else MONTHS)(m, draw)),
    "degree": (any_of(DEGREES), other(DEGREES)),
    "quoted": (r"(?<=[“\"‘])[^”\"“]{15,}(?=[”\"])", lambda match, draw: reword(match[0], draw)),
    "trimmed": (r", [^,.;“”\"]{15,90},(?= )", lambda *_: ""),
    "currency": (r"[$£€](?=\d)", other(["$", "£", "€"])),
    "hedged": (r"\b(?:was|were|had|has|is|are) (?=\w+ed\b)", lambda match, draw: f"{match[0]}{hedge(draw)} "),
    "misspelt": (r"\b[a-z]{6,}\b", misspelt),
}
MOVED = ["added", "removed", "replaced", "moved", "sentence_in", "sentence_out", "lead", "closing"]
MADE = {
    "correction": ["own", "italic", "box", "like", "small"],
    "update": ["strong", "box", "like"],
    "caption": ["figure", "div"],
    "subhead": ["h2", "h3", "strong"],
    "standfirst": ["p", "h2", "div", "ul"],
    "item": ["ul", "ol"],
    "cell": ["table"],
    "quotation": ["blockquote", "pull", "like"],
    "entry": ["article", "div", "li"],
}
TITLES = ["softened", "retitled"]
EDIT = [*INLINE, *MOVED, *MADE, *TITLES]


def hedge(draw: Draw) -> str:
    return draw.choice(["allegedly", "reportedly", "apparently", "probably"])


def reword(text: str, draw: Draw) -> str:
    match = draw.choice(list(re.finditer(r"\w{3,}", text)) or list(re.finditer(r"\w+", text)))
    return text[: match.start()] + draw.choice(["rarely", "tomorrow", "neighbours", "cautious"]) + text[match.end() :]


def slots(blocks: list[Element]) -> list[tuple[Element, bool, str]]:
    found = []
    for block in blocks:
        for inner in block.iter():
            if isinstance(inner.tag, str) and inner.tag not in ("script", "style"):
                found.append((inner, True, inner.text))
            if inner is not block:
                found.append((inner, False, inner.tail))
    return [(element, own, text) for element, own, text in found if len(words(text)) >= 4]


def write(page: Page, slot: tuple[Element, bool, str], new: str) -> None:
    element, own, old = slot
    page.echo(old, new)
    if own:
        element.text = new
    else:
        element.tail = new


def edit_inline(page: Page, kind: str, draw: Draw) -> bool:
    pattern, swap = INLINE[kind]
    found = [(slot, m) for slot in slots(page.paragraphs) for m in re.finditer(pattern, slot[2])]
    if not found:
        return False
    slot, match = draw.choice(found)
    new = slot[2][: match.start()] + swap(match, draw) + slot[2][match.end() :]
    write(page, slot, new)
    return new != slot[2]


def like(model: Element, text: str) -> Element:
    made = fragment(f"<p>{escape(text)}</p>")
    made.tag = model.tag
    if model.get("class"):
        made.set("class", model.get("class"))
    return made


def swap_block(page: Page, kind: str, draw: Draw, language: str) -> bool:
    blocks = page.paragraphs
    at = draw.randrange(len(blocks))
    block = blocks[at]
    if kind in ("added", "replaced"):
        after(block, like(block, draw.choice(phrases(language, "para"))))
    if kind in ("removed", "replaced"):
        page.echo(text_of(block), "")
        block.drop_tree()
    if kind == "moved":
        target = blocks[(at + draw.randint(2, len(blocks) - 2)) % len(blocks)]
        if (block.tail or "").strip() or target is block:
            return False
        after(target, block)
    return True


def edit_sentence(page: Page, kind: str, draw: Draw, language: str) -> bool:
    blocks = page.paragraphs
    block = blocks[{"lead": 0, "closing": -1}.get(kind, draw.randrange(len(blocks)))]
    if kind == "sentence_in":
        sentence = phrases(language, "sentence")[0]
        if len(block):
            block[-1].tail = f"{(block[-1].tail or '').rstrip()} {sentence}"
        else:
            write(page, (block, True, block.text), f"{block.text.rstrip()} {sentence}")
        return True
    if kind == "sentence_out":
        pattern = r"(?<=[a-z]{2}[.!?] )[A-Z][^.!?]{20,}[.!?](?= |$)"
        found = [(slot, match) for slot in slots(blocks) for match in re.finditer(pattern, slot[2])]
        if not found:
            return False
        slot, match = draw.choice(found)
        write(page, slot, slot[2][: match.start()] + slot[2][match.end() :].lstrip())
        return True
    found_slots = slots([block])
    if not found_slots:
        return False
    slot = draw.choice(found_slots)
    write(page, slot, reword(slot[2], draw))
    return True


def made_block(kind: str, form: str, text: list[str], mark: str, model: Element) -> Element:
    safe = [escape(part) for part in text]
    label = f' class="{mark}"' if mark else ""
    items = "".join(f"<li>{part}</li>" for part in safe)
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in part.split(' :: '))}</tr>" for part in safe)
    sources = {
        "own": f"<p{label}>{safe[0]}</p>",
        "italic": f"<p><em>{safe[0]}</em></p>",
        "small": f"<p{label}><small>{safe[0]}</small></p>",
        "box": f"<div{label}><p>{safe[0]}</p></div>",
        "strong": f"<p><strong>{safe[0]}</strong></p>",
        "figure": f'<figure{label}><img src="/media/pier.jpg" alt=""><figcaption>{safe[0]}</figcaption></figure>',
        "div": f"<div{label}>{safe[0]}</div>",
        "p": f"<p{label}>{safe[0]}</p>",
        "h2": f"<h2{label}>{safe[0]}</h2>",
        "h3": f"<h3{label}>{safe[0]}</h3>",
        "ul": f"<ul{label}>{items}</ul>",
        "ol": f"<ol{label}>{items}</ol>",
        "table": f"<table{label}><tbody>{rows}</tbody></table>",
        "blockquote": f"<blockquote{label}><p>{safe[0]}</p></blockquote>",
        "pull": f"<figure{label}><blockquote>{safe[0]}</blockquote></figure>",
        "article": f"<article{label}><time>18:40</time><p>{safe[0]}</p></article>",
        "li": f"<ul{label}><li><b>18:40</b> {safe[0]}</li></ul>",
    }
    if form == "like":
        return like(model, text[0])
    if kind == "caption" and form == "div":
        return fragment(f'<div{label}><img src="/media/pier.jpg" alt=""><p>{safe[0]}</p></div>')
    if kind == "entry" and form == "div":
        return fragment(f"<div{label}><div>18:40</div><div><p>{safe[0]}</p></div></div>")
    return fragment(sources[form])


def edit_made(page: Page, kind: str, draw: Draw, language: str, blank: Page) -> bool:
    """Put what changes into both pages, or into the new one alone."""
    form, at = draw.choice(MADE[kind]), draw.randrange(len(page.paragraphs) - 1)
    mark = draw.choice(
        {"correction": ["correction", "editors-note", "korrektur", "css-1fq8"]}.get(kind, [kind, "", "css-k3z9x"])
    )
    key = {"item": "list", "cell": "table", "quotation": "quote"}.get(kind, kind)
    new, old = phrases(language, key), phrases(language, key)
    if kind in ("caption", "subhead", "standfirst"):
        new, old = new[1:], old[:1]
    elif kind == "item":
        old = draw.choice([new[:3], new[1:], [*new[:2], re.sub(r"\d", "9", new[2]) + ".", new[3]]])
    elif kind == "cell":
        old = [*new[:1], re.sub(r"\d\d$", "07", new[1]), *new[2:]]
    elif kind in ("correction", "update", "entry") or draw.random() < 0.5:
        old = []
    else:
        old = [reword(new[0], draw) if re.search(r"\w{3,}", new[0]) else f"{new[0]}…"]
    for sheet, text in ((page, new), (blank, old)):
        model = sheet.paragraphs[at]
        if text and kind in ("correction", "entry"):
            after(sheet.paragraphs[-1] if kind == "correction" else model, made_block(kind, form, text, mark, model))
        elif text and kind in ("update", "standfirst"):
            before(sheet.paragraphs[0], made_block(kind, form, text, mark, sheet.paragraphs[0]))
        elif text:
            after(model, made_block(kind, form, text, mark, model))
    return True


def edit_title(page: Page, kind: str, draw: Draw) -> bool:
    known = " ".join(page.tree.xpath("//title/text() | //meta[@property='og:title']/@content"))
    titles = [h for h in page.tree.xpath("//body//h1") if len(words(text_of(h))) >= 3 and text_of(h) in known]
    if not titles:
        return False
    old = text_of(titles[0])
    new = draw.choice([f"{old}, officials say", f"Claim: {old}", f"Why {old}", re.sub(r"\w+\W*$", "doubts", old)])
    if kind == "retitled":
        new = draw.choice(phrases("en", "headlines"))
    for child in list(titles[0]):
        child.drop_tree()
    titles[0].text = new
    if kind == "softened":
        page.echo(old, new)
        for element in page.tree.iter("title"):
            element.text = (element.text or "").replace(old, new)
        for meta in page.tree.xpath("//meta[@content]"):
            meta.set("content", meta.get("content").replace(old, new))
    return True


def edits(page: Page, seed: str, kinds: set[str] | None) -> Iterator[Pair]:
    for kind in [kind for kind in EDIT if not kinds or kind in kinds]:
        draw = random.Random(f"{seed}|{kind}")
        new, old = page.copy(), page.copy()
        key = {"item": "list", "cell": "table", "quotation": "quote"}.get(kind, kind)
        spoken = [name for name in LANGUAGES if kind not in MADE or key in TEXTS[name]]
        language, flavour = draw.choice(spoken), ""
        if kind in INLINE:
            done = edit_inline(new, kind, draw)
            if kind in ("hedged", "misspelt"):  # The newsroom takes the word out, or mends it.
                new, old = old, new
        elif kind in MADE:
            done, flavour = edit_made(new, kind, draw, language, old), language
        elif kind in TITLES:
            done = edit_title(new, kind, draw)
        else:
            change = swap_block if kind in MOVED[:4] else edit_sentence
            done, flavour = change(new, kind, draw, language), language
        if done and (before_it := old.source()) != (after_it := new.source()):
            yield "edit", kind, flavour, before_it, after_it
