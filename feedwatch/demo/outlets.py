"""The newspapers of the demo newsroom and the addresses that they give their articles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from feedwatch.demo.stories import Story


@dataclass(frozen=True, slots=True)
class Paper:
    """One outlet as its makers set it up.

    `windows`: how many articles a feed keeps. `validators`: article pages answer conditional requests.
    `speaking`: class names are words; otherwise they are hashes that change with every redesign.
    """

    slug: str
    title: str
    strap: str
    language: str
    template: str
    speaking: bool
    feeds: tuple[str, ...]  # paths; the name's end tells the format
    window: int
    validators: bool
    tagging: str  # what its feeds append to links


_UTM = "utm_source=feed&utm_medium=rss&utm_campaign=all"

PAPERS = {
    paper.slug: paper
    for paper in (
        Paper(
            slug="courier",
            title="The Ellery Courier",
            strap="News for Port Ellery, Sandmarsh and the coast since 1871",
            language="en",
            template="broadsheet",
            speaking=True,
            feeds=("/feeds/news.rss", "/sitemap-news.xml"),
            window=5,
            validators=False,
            tagging=_UTM,
        ),
        Paper(
            slug="fracht",
            title="Küste & Fracht",
            strap="Das Fachblatt für Häfen, Werften und Schifffahrt",
            language="de",
            template="tiles",
            speaking=False,
            feeds=("/feed.atom",),
            window=4,
            validators=True,
            tagging="utm_source=atom&utm_medium=feed",
        ),
        Paper(
            slug="echo",
            title="L’Écho des Vallées",
            strap="Le quotidien du haut pays",
            language="fr",
            template="tiles",
            speaking=True,
            feeds=("/rss/une.rss",),
            window=8,
            validators=True,
            tagging=_UTM,
        ),
        Paper(
            slug="heraldo",
            title="El Heraldo de Valmera",
            strap="Diario independiente de la mañana",
            language="es",
            template="broadsheet",
            speaking=False,
            feeds=("/portada.atom", "/sitemap-news.xml"),
            window=8,
            validators=False,
            tagging=_UTM,
        ),
    )
}


def paths(paper: Paper, story: Story, slug: str, published: datetime) -> tuple[str, ...]:
    """The article's addresses, the canonical one first."""
    main = {
        "en": f"/news/{published:%Y/%m/%d}/{slug}-{story.number}",
        "de": f"/artikel/{slug}-{story.number}.html",
        "fr": f"/article/{published:%Y/%m/%d}/{slug}_{story.number}.html",
        "es": f"/noticias/{slug}/{story.number}/",
    }[paper.language]
    return (main, f"/business/{slug}-{story.number}") if story.twin else (main,)
