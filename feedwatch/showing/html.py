"""The pages: an article's versions, two of them side by side, a source, everything."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import PurePosixPath

from markupsafe import Markup

from feedwatch.model import Article, Change, Comparison, History, Ledger, Notice, Site, Source, State, Text
from feedwatch.showing import paths
from feedwatch.showing.account import passages, told
from feedwatch.showing.lean import lean
from feedwatch.showing.news import by_day
from feedwatch.showing.plain import safe_link
from feedwatch.showing.render import render, render_anywhere, render_part
from feedwatch.showing.table import table
from feedwatch.showing.texts import is_choice
from feedwatch.showing.timeline import timeline
from feedwatch.showing.versions import changes_that_stand, language_of, listed, older, standing
from feedwatch.showing.words import UNITS, words

# Versions listed openly at the end of the list; a live page's many older ones are folded.
_OPEN_VERSIONS = 8
# With more than this folded, each is one line, and of these only the newest: the page stays under 60 KB.
_TOLD_IN_FULL = 40
_LISTED = 250
# Of a source, on its page; of all sources, on the front page. The others are under "Browse".
_ARTICLES, _SOURCES = 40, 40
# Phrases that the script of the page for any two versions puts in.
_SPOKEN = (
    *("legend", "version", "compared", "before", "after", "added_label", "removed_label", "moved_up", "moved_down"),
    *("moved_from_below", "moved_from_above", "split_label", "joined_label", "change_of", "next_change"),
    *("unchanged_paragraphs", "nothing_differs", "no_headline"),
)
_SPOKEN_OF_PAGES = ("previous_change", "compare_ask", "compare_missing")


def assets() -> list[tuple[PurePosixPath, bytes]]:
    """The files that the pages need."""
    package = resources.files("feedwatch.showing")
    told = {path: package.joinpath(*path.parts).read_text("utf-8") for path in paths.SCRIPTS.values()}
    style = package.joinpath(*paths.STYLE.parts).read_text("utf-8")
    return [
        (paths.STYLE, lean(style, is_style=True).encode()),
        (paths.ICON, package.joinpath(*paths.ICON.parts).read_bytes()),
        *((path, lean(script).encode()) for path, script in told.items()),
    ]


def article_page(  # noqa: PLR0913  what it is shown with
    history: History,
    comparisons: Mapping[int, Comparison],
    site: Site,
    *,
    ledger: Ledger | None = None,
    excerpt: bool = False,
    reason: str = "",
    drawn: Markup | None = None,
) -> bytes:
    """All that a reader may know of an article; `comparisons` by the number of the newer version.

    An `excerpt` shows what changed and what stands beside it, never the whole text. `reason`: why it was taken down.
    `drawn`: the table of its newest change, as on the page of that pair.
    """
    article = history.article
    here = paths.article_page(article.id)
    if article.state is State.HIDDEN:
        return render("hidden.html", site, here, source=history.source, reason=reason)
    say = words(site.language)
    changes = changes_that_stand(history)
    newest = changes[-1] if changes else None
    comparison = comparisons.get(newest.to_number) if newest else None
    pair = (newest.from_number, newest.to_number) if newest else (0, 0)
    versions = listed(history, comparisons, say)
    first_to_last = paths.ends(history)
    return render(
        "article.html",
        site,
        here,
        **_about(history),
        text=None if excerpt else _current(history),
        excerpt=excerpt,
        versions=versions,
        folded=range(1, max(1, len(versions) - _OPEN_VERSIONS)),
        told_in_full=_TOLD_IN_FULL,
        listed_at_most=_LISTED,
        changes=changes,
        newest=newest,
        difference=drawn or (comparison and difference(history, pair, comparison, site, excerpt=excerpt)),
        new=history.version(newest.to_number) if newest else None,
        first_to_last=first_to_last if first_to_last not in _steps(changes) else None,
        choice=is_choice(history) and not excerpt,
        told=told(ledger, history) if ledger and changes else None,
        timeline=timeline(history, changes),
        status=say.status(article, history.events),
    )


def origins_page(history: History, ledger: Ledger, site: Site, *, excerpt: bool = False) -> bytes:
    """The newest text, each sentence with the version that it came in, and what was removed where it stood.

    An `excerpt` has only the paragraphs in which something changed.
    """
    here = paths.origins(history.article.id)
    if history.article.state is State.HIDDEN:
        return render("hidden.html", site, here, source=history.source, reason="")
    versions = standing(history)
    found = passages(ledger, versions[-1].text, versions[0].number)
    return render(
        "origins.html",
        site,
        here,
        **_about(history),
        told=told(ledger, history),
        passages=[passage for passage in found if not excerpt or passage.is_touched],
        excerpt=excerpt,
    )


def pair_page(
    history: History,
    pair: tuple[int, int],
    comparison: Comparison,
    site: Site,
    *,
    excerpt: bool = False,
    drawn: Markup | None = None,
) -> bytes:
    """Two versions side by side, with the way to the changes before and after. `drawn`: their table."""
    from_number, to_number = pair
    here = paths.pair_page(history.article.id, from_number, to_number)
    if history.article.state is State.HIDDEN:
        return render("hidden.html", site, here, source=history.source, reason="")
    changes = changes_that_stand(history)
    steps = _steps(changes)
    step = steps.index(pair) if pair in steps else None
    return render(
        "pair.html",
        site,
        here,
        **(_about(history) | {"headline": history.version(to_number).text.title}),
        change=changes[step] if step is not None else None,
        comparison=comparison,
        old=history.version(from_number),
        new=history.version(to_number),
        difference=drawn or difference(history, pair, comparison, site, excerpt=excerpt),
        excerpt=excerpt,
        before=steps[step - 1] if step else None,
        after=steps[step + 1] if step is not None and step + 1 < len(steps) else None,
    )


def difference(
    history: History, pair: tuple[int, int], comparison: Comparison, site: Site, *, excerpt: bool = False
) -> Markup:
    """The table of two versions, the same on each page that shows it."""
    old, new = history.version(pair[0]), history.version(pair[1])
    lines = table(comparison, older(history, pair), new.text, excerpt=excerpt)
    return render_part("difference.html", "difference", site, lines, old, new, _about(history)["language"])


def source_page(source: Source, notices: Sequence[Notice], articles: Sequence[Article], site: Site) -> bytes:
    """A source's latest changes, its feeds and the articles that are watched."""
    return render(
        "source.html",
        site,
        paths.source_page(source.slug),
        source=source,
        days=by_day(notices, words(site.language)),
        articles=[article for article in articles if article.state is not State.HIDDEN][:_ARTICLES],
    )


def index_page(sources: Sequence[Source], notices: Sequence[Notice], site: Site) -> bytes:
    """The front page: the latest changes, the sources, the feeds."""
    days = by_day(notices, words(site.language))
    return render("index.html", site, paths.INDEX, sources=sources[:_SOURCES], more=len(sources) > _SOURCES, days=days)


def not_found_page(site: Site) -> bytes:
    """What a web server shows where nothing is."""
    return render_anywhere("missing.html", site)


def compare_page(site: Site) -> bytes:
    """Where any two versions are compared, by a script; with the words that it needs."""
    say = words(site.language)
    spoken = {name: getattr(say.phrases, name) for name in _SPOKEN}
    pages = {name: getattr(say.phrases.pages, name) for name in _SPOKEN_OF_PAGES}
    grammar = {"thousands": say.phrases.thousands, "singular": [n for n in (0, 1, 2) if say.phrases.singular(n)]}
    grammar["later"] = "|".join("|".join(say.phrases.later[unit]) for unit, _ in (*UNITS, ("minute", 60)))
    return render("compare.html", site, paths.COMPARE, spoken=json.dumps(spoken | pages | grammar, ensure_ascii=False))


def about_page(site: Site) -> bytes:
    """What this is, how changes are found, what the words for them mean, whose the texts are."""
    pages = words(site.language).phrases.pages
    sections = list(zip(pages.about_headings, pages.about_texts, strict=True))
    return render("about.html", site, paths.ABOUT, sections=sections)


def robots_txt() -> bytes:
    """Everything may be read; pages that must not be indexed say so themselves, and have to be read for it."""
    return b"User-agent: *\nDisallow:\n"


def _steps(changes: Sequence[Change]) -> list[tuple[int, int]]:
    return [(change.from_number, change.to_number) for change in changes]


def _about(history: History) -> dict[str, object]:
    versions = standing(history)
    return {
        "article": history.article,
        "source": history.source,
        "headline": versions[-1].text.title if versions else history.article.title,
        "language": language_of(history, versions[-1] if versions else None),
        "at_source": safe_link(history.article.url),
    }


def _current(history: History) -> Text | None:
    versions = standing(history)
    return versions[-1].text if versions else None
