"""What a page weighs as it is served, with all that it loads: under 60 KB, however much there is to tell."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import PurePosixPath

import pytest

from feedwatch.model import Channel, Source
from feedwatch.showing import browse, html, paths, status
from feedwatch.showing.health import Standing
from feedwatch.showing.languages import LANGUAGES
from feedwatch.showing.lean import lean
from tests import samples

HEAVIEST = 60_000
SOURCES = [Source(f"norhaven-courier-{n}", f"The Norhaven Courier, number {n}", "en") for n in range(3000)]
HEADLINE = "Council borrows £15m to save the swing bridge at Norhaven"  # of ordinary length
ARTICLES = [
    replace(samples.ARTICLE, id=f"{n:016x}", title=HEADLINE, changes=n, source=SOURCES[0].slug) for n in range(300)
]
ASSETS = paths.STYLE.parent
FILES = dict(html.assets())


def loaded(content: bytes) -> set[PurePosixPath]:
    """The files that a page names, and the scripts that these import."""
    found = {ASSETS / name.decode() for name in re.findall(rb'(?:src|href)="(?:\.\./)*assets/([a-z0-9.]+)"', content)}
    waiting = list(found)
    while waiting:
        for name in re.findall(rb'from ?"\./([a-z0-9]+\.js)"', FILES[waiting.pop()]):
            if (path := ASSETS / name.decode()) not in found:
                found.add(path)
                waiting.append(path)
    return found


def weight(content: bytes) -> int:
    return len(content) + sum(len(FILES[path]) for path in loaded(content))


def full_pages(site) -> dict[str, bytes]:
    notices = [
        replace(notice, article=ARTICLES[n]) for n in range(100) for notice in samples.notices(samples.flood())[:1]
    ]
    carried = dict.fromkeys(Channel, notices)
    counts = {(samples.SEEN - timedelta(days=n)).date(): 12_345 for n in range(2000)}
    standings = [Standing(source, (), {}, samples.SEEN) for source in SOURCES]
    pages = {path.as_posix(): content for path, content in browse.static_pages(SOURCES, carried, ARTICLES[:50], site)}
    return pages | {
        "index": html.index_page(SOURCES, notices, site),
        "source": html.source_page(SOURCES[0], notices, ARTICLES, site),
        "days": browse.days_page(counts, site),
        "day": browse.day_page(samples.SEEN.date(), 2, 40, notices[:50], site),
        "status": status.status_page(standings, (), site, samples.SEEN),
        "compare": html.compare_page(site),
        "about": html.about_page(site),
        "404": html.not_found_page(site),
    }


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_page_that_lists_all_that_it_can_weighs_little(language: str) -> None:
    site = samples.SITE.model_copy(update={"language": language})

    heavy = {name: weight(page) for name, page in full_pages(site).items() if weight(page) > HEAVIEST}

    assert heavy == {}


def test_what_compares_any_two_versions_is_all_counted() -> None:
    page = html.compare_page(samples.SITE)

    names = {path.name for path in loaded(page)}

    assert names >= {"compare.js", "diff.js", "align.js", "pairs.js", "table.js", "tokens.js", "steps.js", "style.css"}


# ------------------------------------------------------------------------------------------------------ lean


def test_a_script_is_served_without_remarks_and_indentation() -> None:
    remarks = "// What it is for.\n\n/** Two\n * lines. */\n"
    script = remarks + 'const a = "// no remark"; // one beside\n  if (a) {\n    b();\n  }\n'

    assert lean(script) == 'const a = "// no remark"; // one beside\nif (a) {\nb();\n}\n'


def test_a_style_sheet_is_served_without_the_room_in_it() -> None:
    style = "/* Colours. */\n:root {\n  --ink: #000;\n}\n@media print {\n  a, b { color: inherit; }\n}\n"

    assert lean(style, is_style=True) == ":root{--ink:#000}@media print{a,b{color:inherit}}"
