"""Memento (RFC 7089): an article's versions as a TimeMap, and each old version as a page of its own.

What may not be shown whole has no such pages; its TimeMap leads to the article's page alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from pathlib import PurePosixPath

from feedwatch.model import History, Site, Version
from feedwatch.showing import paths
from feedwatch.showing.plain import safe_link
from feedwatch.showing.render import render
from feedwatch.showing.versions import language_of, standing

File = tuple[PurePosixPath, bytes]


def memento_files(history: History, site: Site, *, excerpt: bool) -> list[File]:
    number = history.article.id
    pages = paged(history, excerpt=excerpt)
    files = [(paths.version_page(number, version.number), version_page(history, version, site)) for version in pages]
    return [*files, (paths.timemap(number), timemap(history, pages, site))]


def paged(history: History, *, excerpt: bool) -> list[Version]:
    """The versions that have a page: of an article that never changed its own page shows the one."""
    versions = standing(history)
    return [] if excerpt or len(versions) < 2 else versions


def version_page(history: History, version: Version, site: Site) -> bytes:
    """The article as it stood then."""
    return render(
        "version.html",
        site,
        paths.version_page(history.article.id, version.number),
        article=history.article,
        source=history.source,
        version=version,
        language=language_of(history, version),
        at_source=safe_link(history.article.url),
    )


def timemap(history: History, pages: Sequence[Version], site: Site) -> bytes:
    """In link format; `datetime` is when the version was first seen."""
    number = history.article.id
    versions = standing(history)
    original = safe_link(history.article.url)
    here = paths.url(site.base_url, paths.timemap(number))
    lines = [f'<{original}>; rel="original"'] if original else []
    span = f'; from="{_http(versions[0].seen_at)}"; until="{_http(versions[-1].seen_at)}"' if versions else ""
    lines.append(f'<{here}>; rel="self"; type="application/link-format"{span}')
    if pages:
        ends = {pages[0].number: "first ", pages[-1].number: "last "}
        for version in pages:
            address = paths.url(site.base_url, paths.version_page(number, version.number))
            lines.append(_memento(address, ends.get(version.number, ""), version.seen_at))
    elif versions:
        address = paths.url(site.base_url, paths.article_page(number))
        lines.append(_memento(address, "first last " if len(versions) == 1 else "last ", versions[-1].seen_at))
    return (",\n".join(lines) + "\n").encode()


def _memento(address: str, end: str, at: datetime) -> str:
    return f'<{address}>; rel="{end}memento"; datetime="{_http(at)}"'


def _http(at: datetime) -> str:
    return format_datetime(at.replace(microsecond=0), usegmt=True)
