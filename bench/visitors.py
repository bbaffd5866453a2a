"""A set of furniture and edits as news sites, magazines, local papers and press offices have them, in 21 languages.

Written without sight of the filter, its tests and the other sets, and without their code, so that its first figure
says how the filter does with a stranger's idea of a page. For the extraction evaluator's `--mutations`.
"""

import random
import re
from collections.abc import Callable, Iterator
from html import escape

from bench.newsroom_edits import EDIT, edits
from bench.visiting import LANGUAGES, TEXTS, Draw, Element, Page, Pair, after, before, fragment, phrases

# Kind -> class words in English | class words in other tongues | shapes | places.
KINDS = {
    "donate": "support-appeal contribute|apoyanos soutenir|box soup custom|middle late",
    "meter": "meter-notice gate|freiartikel cuota|box soup bare|wrap late middle",
    "offer": "plans subscribe-offer|abo-angebot offre|terms form soup|middle late wrap",
    "latest": "latest-feed newswire|letzte-meldungen fil-info|list terms soup|middle beside late",
    "poll": "reader-vote straw-poll|umfrage sondaggio|form terms fold|middle late",
    "teaser": "also-read inline-story|lesetipp vedi-anche|bare figure cards|middle",
    "topics": "topic-chips subjects|schlagworte etiquetas|chain list nav|late top",
    "writer": "author-card profile|autorenbox firma|box cards custom|late beside",
    "events": "whats-on diary|veranstaltungen agenda|list table terms|middle beside",
    "notices": "family-notices deaths|traueranzeigen esquelas|soup box|beside late",
    "homes": "property-list homes|immobilien pisos|terms cards table|middle beside",
    "deals": "bargains shopping|angebote chollos|table terms cards|middle late",
    "playlist": "video-next player-queue|mediathek guarda|ranked cards nav|middle late",
    "pictures": "gallery-link slideshow|bilderstrecke fotogaleria|figure cards|middle late",
    "app": "get-app download|app-hinweis descarga|bare box chain|middle late",
    "preferred": "source-prompt|bevorzugt fonte|bare box|top late middle",
    "feelings": "reactions mood|stimmung reazioni|chain form list|late",
    "talk": "top-comment discussion|leserstimme opiniones|quote soup fold|late beside middle",
    "releases": "more-releases press-list|weitere-meldungen comunicados|list terms table|late beside",
    "consult": "have-your-say|beteiligung participa|box custom|late middle",
    "alerts": "warnings area-status|warnlage avisos|terms table chain|head beside top",
    "lottery": "draw-results|lotto sorteo|chain soup|beside middle",
    "horoscope": "stars zodiac|horoskop oroscopo|box soup fold|beside middle",
    "league": "standings league|tabelle clasificacion|table ranked|middle beside",
    "embed": "external-post consent|fremdinhalt incrustado|box custom form|middle wrap",
    "tip": "tip-line contact-desk|hinweis pista|bare soup|late middle",
    "shop": "shop-shelf store|laden boutique|cards terms|beside late",
    "issue": "in-this-issue cover|im-heft sommaire|ranked list box|late beside",
    "thisday": "on-this-day almanac|kalenderblatt efemerides|box soup|beside middle",
    "goal": "appeal-meter fundraiser|spendenziel colecta|soup custom chain|middle late",
    "trust": "how-we-work standards|so-arbeiten-wir como-trabajamos|fold box|late top",
    "upkeep": "service-notice banner|wartung mantenimiento|soup chain|head",
    "edition": "edition-switch|ausgabe edicion|soup custom|head",
    "actions": "share-tools utility-bar|teilen herramientas|chain list nav|top late",
    "nextup": "prev-next pager|blaettern siguiente|nav terms|late beside",
    "pharmacy": "duty-chemists|notdienst farmacias|terms table list|beside middle",
    "onair": "on-air schedule|sendung in-onda|list soup custom|head beside middle",
    "grid": "partner-grid recs|empfehlungen recomendado|cards soup|late beside",
}
STYLES = ["speaking", "foreign", "block", "module", "hashed", "utility", "naked"]
PLACES, MODES = ["head", "top", "middle", "late", "beside", "wrap"], ["toggle", "change"]
UTILITIES = [
    "mt-4",
    "mb-6",
    "flex",
    "border-t",
    "px-3",
    "text-sm",
    "gap-2",
    "rounded",
    "bg-gray-100",
    "grid",
    "w-full",
    "font-bold",
    "col-span-2",
]


FURNITURE = list(KINDS)
SAME = FURNITURE
OTHER: list[str] = []
__all__ = ["EDIT", "FLAVOURS", "OTHER", "SAME", "pairs"]
FLAVOURS = [*STYLES, *MODES, *PLACES, *LANGUAGES]


def fill(line: str, language: str, draw: Draw) -> list[str]:
    headlines = draw.sample(phrases(language, "headlines"), 4)

    def slot(match: re.Match[str]) -> str:
        drawn: dict[str, Callable[[], str]] = {
            "n": lambda: str(draw.randint(31, 980)),
            "m": lambda: str(draw.randint(2, 29)),
            "k": lambda: f"{draw.randint(1200, 480000):,}",
            "p": lambda: f"{draw.randint(4, 190)}.{draw.choice(['00', '50', '90', '95'])}",
            "t": lambda: f"{draw.randint(0, 23):02}:{draw.randint(0, 59):02}",
            "a": lambda: str(draw.randint(58, 101)),
            "d": lambda: str(draw.randint(10, 28)),
            "h": lambda: headlines.pop() if headlines else draw.choice(phrases(language, "headlines")),
            "w": lambda: draw.choice(phrases(language, "names")),
        }
        return drawn[match[1]]()

    return [re.sub(r"\{(\w)\}", slot, field) for field in line.split(" | ")]


class Names:
    """The class attributes of one widget, in one style, the same in both states."""

    def __init__(self, style: str, kind: str, key: str) -> None:
        english, foreign = (words.split() for words in KINDS.get(kind, f"{kind}|{kind}").split("|")[:2])
        self.style, self.key = style, key
        draw = random.Random(key)
        self.word = draw.choice(foreign if style == "foreign" else english)
        self.prefix = draw.choice(["c-", "o-", "article-", "", "m-", "td-"])

    def __call__(self, part: str = "") -> str:
        draw = random.Random(f"{self.key}{part}")
        camel = "".join(word.title() for word in self.word.split("-"))
        code = "".join(draw.choice("abcdefghijkmnpqrstuvwxyz23456789") for _ in range(6))
        value = {
            "speaking": f"{self.word}-{part}" if part else self.word,
            "foreign": f"{self.word}_{part}" if part else self.word,
            "block": f"{self.prefix}{self.word}__{part}" if part else f"{self.prefix}{self.word}",
            "module": f"{camel}_{part or 'root'}__{code[:5].title()}",
            "hashed": draw.choice([f"css-{code}", f"sc-{code} {code[::-1]}", f"_{code}"]),
            "utility": " ".join(draw.sample(UTILITIES, 4)),
        }.get(self.style)
        return f' class="{value}"' if value else ""


def inline(field: str, names: Names) -> str:
    if field.startswith("@"):
        return f'<a href="/go/{sum(map(ord, field))}"{names("link")}>{escape(field[1:])}</a>'
    if field.startswith("!"):
        return f'<button type="button"{names("button")}>{escape(field[1:])}</button>'
    return escape(field)


def pair(field: str, names: Names) -> tuple[str, str]:
    left, _, right = field.partition(" :: ")
    return inline(left, names), inline(right, names)


def row(field: str, names: Names, tag: str = "span") -> str:
    left, right = pair(field, names)
    return f"<{tag}{names('label')}>{left}</{tag}> <{tag}{names('value')}>{right}</{tag}>" if right else left


def shape(form: str, fields: list[str], names: Names, draw: Draw) -> str:
    title, rest = fields[0], fields[1:]
    level = draw.choice(["h2", "h3", "h4", "div", "strong"])
    head = f"<{level}{names('title')}>{inline(title, names)}</{level}>"
    tag = draw.choice(["aside", "section", "div", "div"])
    plain, acts = [f for f in rest if f[0] not in "@!"], [f for f in rest if f[0] in "@!"]
    foot = "".join(f"<div{names('foot')}>{inline(field, names)}</div>" for field in acts)
    rows = [field for field in plain if " :: " in field]
    notes = "".join(f"<p{names('note')}>{inline(field, names)}</p>" for field in plain if " :: " not in field)
    pairs = [pair(field, names) for field in rows]
    made = {
        "box": lambda: (
            head
            + "".join(f"<p{names('text')}>{row(f, names)}</p>" if f[0] not in "@!" else inline(f, names) for f in rest)
        ),
        "soup": lambda: (
            f"<div{names('head')}><div>{inline(title, names)}</div></div>"
            + "".join(f"<div{names('item')}><div>{row(f, names, 'div')}</div></div>" for f in rest)
        ),
        "list": lambda: head + "<ul>" + "".join(f"<li{names('item')}>{row(f, names)}</li>" for f in rest) + "</ul>",
        "ranked": lambda: head + "<ol>" + "".join(f"<li>{row(f, names)}</li>" for f in rest) + "</ol>",
        "terms": lambda: head + "<dl>" + "".join(f"<dt>{a}</dt><dd>{b}</dd>" for a, b in pairs) + f"</dl>{notes}{foot}",
        "table": lambda: (
            f"<table{names('table')}><caption>{inline(title, names)}</caption><tbody>"
            + "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in pairs)
            + f"</tbody></table>{notes}{foot}"
        ),
        "form": lambda: (
            f'<form action="/f" method="post"><fieldset><legend>{inline(title, names)}</legend>'
            + "".join(f'<label><input type="radio" name="q"> {a} <b>{b}</b></label>' for a, b in pairs)
            + f"</fieldset>{notes}{foot}</form>"
        ),
        "fold": lambda: (
            f"<details{names('fold')}><summary>{inline(title, names)}</summary>"
            + "".join(f"<p>{row(f, names)}</p>" for f in rest)
            + "</details>"
        ),
        "figure": lambda: (
            f'<figure><a href="/p/{len(rest[0])}"><img src="/i/{sum(map(ord, rest[0])) % 997}.jpg" alt=""></a>'
            f"<figcaption><span{names('kicker')}>{inline(title, names)}</span> "
            + " ".join(inline(f, names) for f in rest)
            + "</figcaption></figure>"
        ),
        "chain": lambda: "<span> · </span>".join(f"<span{names('item')}>{row(f, names)}</span>" for f in fields),
        "nav": lambda: (
            "<nav>"
            + "".join(
                f"<div{names('step')}>{row(f, names)}</div>" if f != title or " :: " in f else head for f in fields
            )
            + "</nav>"
        ),
        "cards": lambda: (
            head
            + "".join(
                f'<article{names("card")}><img src="/t/{n}.webp" alt="" loading="lazy">'
                + (f"<h3>{pair(f, names)[0]}</h3><span>{pair(f, names)[1]}</span>" if " :: " in f else row(f, names))
                + "</article>"
                for n, f in enumerate(rest)
            )
        ),
        "quote": lambda: head + f"<blockquote><p>{inline(plain[0], names)}</p></blockquote>{foot}",
        "custom": lambda: (
            f"<div{names('body')}>{head}" + "".join(f"<p>{row(f, names)}</p>" for f in plain) + f"{foot}</div>"
        ),
    }[form]()
    tag = f"site-{names.word.split('_')[0]}" if form == "custom" else tag
    return f"<{tag}{names()}>{made}</{tag}>"


def widget(kind: str, form: str, language: str, style: str, key: str, state: int) -> Element:
    lines = TEXTS[language][kind]
    fields = fill(lines[state % len(lines)], language, random.Random(f"{key}{state}"))
    names = Names(style, kind, key)
    if form == "bare":
        return fragment(f"<p>{' '.join(inline(field, Names('naked', kind, key)) for field in fields)}</p>")
    return fragment(shape(form, fields, names, random.Random(key)))


def place(page: Page, element: Element, where: str, draw: Draw) -> None:
    paragraphs = page.paragraphs
    anchor = paragraphs[draw.randrange(len(paragraphs) - 1)]
    titles = page.tree.xpath("//body//h1")
    if where == "head" and titles:
        before(titles[0], element)
    elif where in ("head", "top"):
        before(paragraphs[0], element)
    elif where == "middle":
        after(anchor, element)
    elif where == "late":
        after(paragraphs[-1], element)
    elif where == "beside":
        box = paragraphs[0].getparent()
        while box is not None and not all(box in p.iterancestors() for p in paragraphs):
            box = box.getparent()
        if box is None or box.tag in ("body", "html"):
            page.body.append(element)
        else:
            after(box, element)
    else:
        shell = fragment(
            f'<div class="{draw.choice(["premium", "article-rest", "css-9k2m1x", "inhalt-gesperrt"])}"></div>'
        )
        rest = list(anchor.itersiblings())
        after(anchor, shell)
        for sibling in rest:
            shell.append(sibling)
        shell.insert(0, element)


def furniture(page: Page, kind: str, seed: str) -> Iterator[Pair]:
    draw = random.Random(f"{seed}|{kind}")
    forms, places = (part.split() for part in KINDS[kind].split("|")[2:])
    language = draw.choice([name for name in LANGUAGES if kind in TEXTS[name]])
    form, where, style, mode = draw.choice(forms), draw.choice(places), draw.choice(STYLES), draw.choice(MODES)
    key = f"{seed}|{kind}|{draw.random()}"

    def made(state: int) -> bytes:
        copy = page.copy()
        place(copy, widget(kind, form, language, style, key, state), where, random.Random(key))
        return copy.source()

    new = made(1)
    old = page.copy().source() if mode == "toggle" else next((o for s in range(2, 9) if (o := made(s)) != new), new)
    if old != new:
        back = mode == "toggle" and draw.random() < 0.4
        yield "same", kind, f"{style}+{mode}+{where}+{language}", *((new, old) if back else (old, new))


def pairs(raw: bytes, truth: str, seed: str, kinds: set[str] | None = None) -> Iterator[Pair]:
    page = Page(raw, truth)
    if len(page.paragraphs) < 4:
        return
    for kind in [kind for kind in FURNITURE if not kinds or kind in kinds]:
        yield from furniture(page, kind, seed)
    yield from edits(page, seed, kinds)
