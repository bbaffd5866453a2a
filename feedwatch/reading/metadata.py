"""What a page says about itself: headline, byline, dates, language, canonical address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement
from rapidfuzz import fuzz

from feedwatch.model import comparable
from feedwatch.reading.document import linked_data
from feedwatch.reading.sequences import has_cjk

_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|Posting|Review)$")
_SEPARATED = re.compile(r"\s+[|\-–—_/>»·•:]+\s+|\s*[|_»]\s*|: ")
_HEADLINE = re.compile(
    r"\b(?:(?:entry|post|page|article|story|content)[-_]?(?:title|headline)|headline)\b", re.IGNORECASE
)
_AGREES = 60.0  # of 100: a headline with three words more than the page's <title> still agrees with it
_AGREES_LESSER = 85.0  # h2 and itemprop=headline are more often something else
_FIRST_PLACE = 25.0
_LONG_SEGMENT, _LONG_UNSPACED = 15, 8  # characters of a headline; where words are not spaced
_PART, _MORE = 4, 40  # characters: of a part of a title, and of what a heading says beside it
_SILENT = ("script", "style", "svg", "button", "noscript", "template")


@dataclass(frozen=True, slots=True)
class Metadata:
    """`titles`: what head and JSON-LD call the page, the most trustworthy first."""

    titles: tuple[str, ...] = ()
    site_name: str = ""
    description: str = ""
    byline: str = ""
    language: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    canonical_url: str | None = None
    live: bool = False
    is_article: bool = False
    article_body: str = ""
    kind: str = ""  # og:type
    robots: str = ""
    marks: frozenset[str] = field(default_factory=frozenset)  # signs that only the head can give


def read_metadata(tree: HtmlElement, url: str) -> Metadata:
    """Head, JSON-LD and microdata, in this order of trust for dates: JSON-LD, article:*, microdata."""
    metas = _metas(tree)
    objects = linked_data(tree)
    articles = [item for item in objects if _is_article(item)]
    article = articles[0] if articles else {}
    kind = metas.get("og:type", "").lower()
    return Metadata(
        titles=_titles(tree, metas, article),
        site_name=metas.get("og:site_name", ""),
        description=_text(article.get("description")) or metas.get("og:description") or metas.get("description", ""),
        byline=_byline(metas, article),
        language=_language(tree, metas, article),
        published_at=_date(article.get("datePublished"), metas, ("article:published_time", "datepublished", "date")),
        modified_at=_date(
            article.get("dateModified"),
            metas,
            ("article:modified_time", "og:updated_time", "datemodified", "last-modified"),
        ),
        canonical_url=_canonical(tree, url),
        live=any("LiveBlogPosting" in _types(item) for item in objects),
        is_article=bool(article) or kind == "article",
        article_body=_text(article.get("articleBody"), limit=500_000),
        kind=kind,
        robots=metas.get("robots", "").lower(),
        marks=frozenset({"paywall"} if _is_paid(articles) else ()),
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    """The first content of each meta name, property or itemprop, names in lower case."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = comparable(meta.get("content") or "")
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _types(item: dict[str, Any]) -> list[str]:
    types = item.get("@type")
    return [kind for kind in (types if isinstance(types, list) else [types]) if isinstance(kind, str)]


def _is_article(item: dict[str, Any]) -> bool:
    return any(_ARTICLE.search(kind) for kind in _types(item))


def _is_paid(articles: Sequence[dict[str, Any]]) -> bool:
    return any(str(item.get("isAccessibleForFree", "")).lower() == "false" for item in articles)


def _text(value: Any, limit: int = 2000) -> str:
    return value[:limit].strip() if isinstance(value, str) else ""


# ---------------------------------------------------------------------------------------------------------- headline


def _titles(tree: HtmlElement, metas: dict[str, str], article: dict[str, Any]) -> tuple[str, ...]:
    site = metas.get("og:site_name", "")
    title = next((comparable(element.text_content()) for element in tree.iter("title")), "")
    told = [
        metas.get("og:title", ""),
        comparable(_text(article.get("headline"))),
        metas.get("twitter:title", ""),
        title,
    ]
    return tuple(dict.fromkeys(_without_site(text, site) for text in told if text))


def _without_site(title: str, site: str) -> str:
    """`title` without the outlet's name at its end."""
    if site and title.lower().endswith(site.lower()):
        stem = title[: -len(site)].rstrip(" |-–—_/>»·•:")
        return stem or title
    return title


def read_title(tree: HtmlElement, metadata: Metadata) -> str:
    """The headline as the page shows it: the h1 that agrees with what the head says, else what the head says."""
    names = [name.lower() for name in (*metadata.titles, *_segments(metadata.titles))]
    scored = []
    for element, needed in _headings(tree):
        text = heading_text(element)
        if not text or len(text) > 400:
            continue
        score = max((fuzz.ratio(text.lower(), name) for name in names), default=0.0)
        if score >= needed:
            scored.append((text, score))
    best = max((score for _, score in scored), default=0.0)
    # A page that repeats its headline may change it at one place first: the first place counts.
    agreed = next((text for text, score in scored if score >= best - _FIRST_PLACE), "")
    return agreed or _begins_head(tree, metadata) or _only_h1(tree, metadata) or _from_head(metadata)


def _headings(tree: HtmlElement) -> Iterator[tuple[HtmlElement, float]]:
    """All h1, then all h2; where there is no h1, what says that it is a heading of the first level, before these."""
    found = sorted(tree.iter("h1", "h2"), key=lambda element: element.tag)
    if not found or found[0].tag != "h1":
        said = tree.xpath("//*[@role='heading'][@aria-level='1']")
        found = [element for element in said if element.tag != "h2"] + found
    return ((element, _AGREES_LESSER if element.tag == "h2" else _AGREES) for element in found)


def _segments(titles: Sequence[str]) -> list[str]:
    """The longest part of each title between separators: what is left without section and outlet."""
    parts = [max(_SEPARATED.split(title), key=len) for title in titles]
    return [part for part in parts if len(part) >= (_LONG_UNSPACED if has_cjk(part) else _LONG_SEGMENT)]


def _begins_head(tree: HtmlElement, metadata: Metadata) -> str:
    """The one h1 that has in it what all titles of the head begin with, before a collection's name: "Ferry - Wiki"; or
    that begins with all that they say.
    """
    shown = [text for element in tree.iter("h1") if (text := heading_text(element))]
    parts = [_SEPARATED.split(title) for title in metadata.titles]
    if len(shown) != 1 or not parts or len({part[0] for part in parts}) > 1:
        return ""
    heading, first = shown[0], parts[0][0].strip()
    whole = rf"{re.escape(first)}(?:\b|(?=[\u3040-\u9fff]))"
    named = all(part[1:] for part in parts)
    found = re.search(rf"\b{whole}", heading, re.IGNORECASE) if named else re.match(whole, heading, re.IGNORECASE)
    return heading if len(first) >= _PART and found and len(heading) <= len(first) + _MORE else ""


def heading_text(heading: HtmlElement) -> str:
    if any(True for _ in heading.iter(*_SILENT)):
        heading = deepcopy(heading)
        heading.tail = None
        etree.strip_elements(heading, *_SILENT, with_tail=False)
    return comparable(" ".join(heading.itertext()))


def _only_h1(tree: HtmlElement, metadata: Metadata) -> str:
    """The one h1 of an article that the head calls by another name, as for social networks. The outlet's own name may
    be one, too.
    """
    found = [(element, text) for element in tree.iter("h1") if (text := heading_text(element))]
    headlines = [(element, text) for element, text in found if _may_be_headline(element, text, metadata)]
    if len(headlines) != 1:
        return ""
    element, text = headlines[0]
    is_named = _HEADLINE.search(f"{element.get('class', '')} {element.get('itemprop', '')}") is not None
    return text if metadata.is_article or (len(found) == 1 and is_named) else ""


def _may_be_headline(heading: HtmlElement, text: str, metadata: Metadata) -> bool:
    links_home = any(urlsplit(link.get("href") or "").path in {"", "/"} for link in heading.iter("a"))
    too_short = len(text) < 12 and not re.search(r"[^\x00-\u2fff]", text)
    return not (links_home or too_short or text.lower() == metadata.site_name.lower())


def _from_head(metadata: Metadata) -> str:
    return metadata.titles[0] if metadata.titles else ""


# ---------------------------------------------------------------------------------------------------------- the rest


def _byline(metas: dict[str, str], article: dict[str, Any]) -> str:
    authors = article.get("author")
    names = [_author(author) for author in (authors if isinstance(authors, list) else [authors])[:20]]
    told = ", ".join(name for name in names if name)
    return comparable(told or _name(metas.get("author", "")) or _name(metas.get("article:author", "")))


def _author(author: Any) -> str:
    name = author.get("name") if isinstance(author, dict) else author
    return _name(_text(name, limit=200))


def _name(text: str) -> str:
    return "" if text.startswith(("http:", "https:", "//")) else text[:300]


def _language(tree: HtmlElement, metas: dict[str, str], article: dict[str, Any]) -> str | None:
    told = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or tree.get("xml:lang")
    told = told or metas.get("content-language") or _text(article.get("inLanguage")) or metas.get("og:locale", "")
    match = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z0-9]{2,8}))*", (told or "").strip())
    return match[0].replace("_", "-") if match else None


def _date(told: Any, metas: dict[str, str], names: Sequence[str]) -> datetime | None:
    for text in (_text(told), *(metas.get(name, "") for name in names)):
        moment = read_date(text)
        if moment:
            return moment
    return None


def read_date(text: str) -> datetime | None:
    """ISO 8601 or RFC 2822 as UTC; a time without a zone counts as UTC. None for anything else."""
    text = text.strip()[:64]
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
            return None
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def _canonical(tree: HtmlElement, url: str) -> str | None:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            try:
                address = urljoin(url, (link.get("href") or "").strip())
                scheme = urlsplit(address).scheme
            except ValueError:
                return None
            return address if scheme in {"http", "https"} and urlsplit(address).netloc else None
    return None
