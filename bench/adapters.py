"""Hands feedwatch's own functions to the measuring tools, in the neutral forms that those ask for.

Each function calls exactly what the main job calls. Imports stand inside, so that one part can be measured alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from feedwatch.model import Row, Span


# ---------------------------------------------------------------------------------------------------------- diff


def diff(old: Sequence[str], new: Sequence[str]) -> list[dict[str, Any]]:
    """Rows as {op, old, new, old_index, new_index, spans}; a split or merge is a replace and inserts or deletes."""
    from feedwatch.judging.diff import diff as compare_paragraphs

    return [
        {
            "op": op,
            "old": None if i is None else old[i],
            "new": None if j is None else new[j],
            "old_index": i,
            "new_index": j,
            "spans": [(span.op.value, span.text) for span in spans],
        }
        for row in compare_paragraphs(old, new)
        for op, i, j, spans in _plain_rows(row, old, new)
    ]


def _plain_rows(
    row: Row, old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[str, int | None, int | None, Sequence[Span]]]:
    from feedwatch.model import Op, Span

    if row.op not in (Op.SPLIT, Op.MERGE):
        yield row.op.value, next(iter(row.old), None), next(iter(row.new), None), row.spans
        return
    best = _best_pair(row, old, new)
    for i in row.old:
        if i != best[0]:
            yield "delete", i, None, [Span(Op.DELETE, old[i])]
    for j in row.new:
        if j == best[1]:
            yield "replace", *best, _mark(old[best[0]], new[best[1]])
        else:
            yield "insert", None, j, [Span(Op.INSERT, new[j])]


def _best_pair(row: Row, old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    from rapidfuzz.distance import Indel

    pairs = [(i, j) for i in row.old for j in row.new]
    return max(pairs, key=lambda pair: Indel.normalized_similarity(old[pair[0]].split(), new[pair[1]].split()))


def _mark(old: str, new: str) -> Sequence[Span]:
    from feedwatch.judging.marks import mark

    return mark(old, new)


# ---------------------------------------------------------------------------------------------------------- extraction


def extract(html: bytes, url: str) -> tuple[str, list[str]]:
    """Title and paragraphs of a page; the standfirst, where there is one, is the first paragraph."""
    from feedwatch.model import SiteRule
    from feedwatch.reading.page import read_page

    text = read_page(html, "", url, SiteRule()).text
    return text.title, [paragraph for paragraph in (text.standfirst, *text.paragraphs) if paragraph]


def compare(old_html: bytes, new_html: bytes, url: str) -> bool:
    """Whether the article changed, as two fetches with nothing else known tell it."""
    from feedwatch.model import KeptPage, SiteRule
    from feedwatch.reading.page import read_pair

    old, new = read_pair(KeptPage(old_html, "", url), KeptPage(new_html, "", url), SiteRule(), frozenset())
    return old.text.sha != new.text.sha


# ---------------------------------------------------------------------------------------------------------- fetching


def fetch(url: str, allow: set[str]) -> bytes:
    """The body at `url`, or FetchRefused. `allow`: host:port pairs permitted although private."""
    import asyncio
    from datetime import timedelta

    from feedwatch.adapters.fetch import HttpFetcher
    from feedwatch.config import Config
    from feedwatch.errors import FetchRefused
    from feedwatch.model import Failed, Fetched, FetchKind, Outcome, Request

    async def fetch_once() -> Outcome:
        limits = Config().fetch
        fetcher = HttpFetcher("feedwatch", limits.timeout, limits.max_bytes, frozenset(allow))
        try:
            return await fetcher.fetch(Request(url, FetchKind.ARTICLE, pause=timedelta(0)))
        finally:
            await fetcher.close()

    match asyncio.run(fetch_once()):
        case Fetched(body=body):
            return body
        case Failed(detail=detail):
            raise FetchRefused(detail)
        case outcome:
            raise FetchRefused(f"no body: {outcome}")


# ---------------------------------------------------------------------------------------------------------- feeds


def parse_feed(body: bytes, url: str) -> list[tuple[str, str, str, datetime | None]]:
    """(id, link, title, published) of each entry; of an entry without its time of publication that of its update."""
    from feedwatch.reading.feeds import parse_feed as read_feed

    entries = read_feed(body, "", url).entries
    return [(entry.id, entry.link, entry.title, entry.published_at or entry.updated_at) for entry in entries]
