"""The search and the pages to browse: what articles are found by, and the files of that which an edit touches.

What changed in the store is marked stale there, in one transaction with the change, until its file is written: a crash
in between loses no file.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from feedwatch.model import Change, Channel, Dossier, Event, EventKind, Findable, History
from feedwatch.reading.urls import article_id, canonical_key
from feedwatch.running.app import App
from feedwatch.running.drawing import File, titled
from feedwatch.running.listings import write
from feedwatch.showing import browse, paths, search

BITS, DAYS = "search bits", "days"  # memos
MOST = 50
BATCH = 200  # files rendered before they are written
DAY = timedelta(days=1)


def other_names(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    """The article's other addresses, each with the id that an article of that address has."""
    keys = [canonical_key(name) for name in dossier.names]
    return tuple((key, article_id(key)) for key in keys if key is not None)


async def note(app: App, findables: Collection[Findable], days: Iterable[date], retold: Iterable[date]) -> None:
    """`days` have something new, `retold` something that is told otherwise now."""
    marks = {("day", day.toordinal()) for day in days} | {("retold", day.toordinal()) for day in retold}
    await app.ask(app.store.note_findable, list(findables), search.GROUP, marks)


def days_of(history: History) -> set[date]:
    """The days whose pages tell of the article."""
    told: Iterable[Change | Event] = (*history.changes, *history.digests, *history.events)
    return {one.at.astimezone(UTC).date() for one in told if Channel.CHANGES in one.channels}


async def publish_finding(app: App, *, always: bool) -> None:
    """Whatever is stale of the search and of the pages to browse."""
    marked = await app.ask(app.store.stale)
    always = always or any(kind == "all" for kind, _, _ in marked)
    places: dict[str, set[int]] = {}
    for kind, number, _ in marked:
        places.setdefault(kind, set()).add(number)
    await _search(app, places.get("words", set()), places.get("entries", set()), always=always)
    days, retold = ({date.fromordinal(day) for day in places.get(kind, set())} for kind in ("day", "retold"))
    await _days(app, days, retold, always=always)
    carried = {
        channel: list(map(titled, await app.ask(app.store.notices, channel, None, browse.PER_PAGE)))
        for channel in (Channel.CORRECTIONS, Channel.REMOVALS)
    }
    sources = await app.ask(app.store.sources)
    most = await app.ask(app.store.most_changed, MOST)
    await write(app, await app.compute.run(browse.static_pages, sources, carried, most, app.config.site.shown))
    await app.ask(app.store.forget_stale, marked)


# ------------------------------------------------------------------------------------------------------ search


async def _search(app: App, slots: Collection[int], groups: Collection[int], *, always: bool) -> None:
    count = await app.ask(app.store.findable_count)
    bits, was = search.bits_for(count), await app.ask(app.store.memo, BITS)
    shards: Collection[int] = {slot >> (16 - bits) for slot in slots}
    if always or was != str(bits):
        shards = range(1 << bits)
    if always:
        groups = range(-(-count // search.GROUP))
    for some in _batches(shards):
        await write(app, [await _words(app, bits, shard) for shard in some])
    for some in _batches(groups):
        await write(app, [await _entries(app, group) for group in some])
    await write(app, [(paths.SEARCH, search.index_json(bits))])
    if was and was != str(bits):
        await write(app, [], [paths.search_words(int(was), shard) for shard in range(1 << int(was))])
    await app.ask(app.store.keep_memo, BITS, str(bits))


def _batches(numbers: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(numbers)
    yield from (ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH))


async def _words(app: App, bits: int, shard: int) -> File:
    first = shard << (16 - bits)
    postings = await app.ask(app.store.postings, first, first + (1 << (16 - bits)) - 1)
    return paths.search_words(bits, shard), search.words_json(postings)


async def _entries(app: App, group: int) -> File:
    first = group * search.GROUP
    entries = await app.ask(app.store.found_entries, first, first + search.GROUP - 1)
    return paths.search_entries(group), search.entries_json(entries, group)


# ------------------------------------------------------------------------------------------------------ days


async def _days(app: App, days: Collection[date], restated: Collection[date], *, always: bool) -> None:
    """Of a day in the past nothing new is told: its pages are written again only where they tell otherwise now."""
    known = {} if always else await _known_days(app)
    lately = max(known, default=date.min)
    if always:
        days = restated = await _all_days(app)
    fresh = {day for day in days if day not in known or day + DAY >= lately}
    for day in sorted(fresh | set(restated)):
        known[day] = await _day(app, day, 0 if day in restated else known.get(day, 0))
    counts = {day: count for day, count in known.items() if count}
    if fresh or restated or always:
        await app.ask(app.store.keep_memo, DAYS, json.dumps({f"{day}": n for day, n in sorted(counts.items())}))
    await write(app, [(paths.DAYS, browse.days_page(counts, app.config.site.shown))])


async def _known_days(app: App) -> dict[date, int]:
    memo = await app.ask(app.store.memo, DAYS)
    known: dict[str, int] = json.loads(memo or "{}")
    return {date.fromisoformat(day): count for day, count in known.items()}


async def _all_days(app: App) -> set[date]:
    """Every day from the first that anything is told of to the last."""
    newest = await app.ask(app.store.notices, Channel.CHANGES, None, 1)
    oldest = await app.ask(app.store.news_page, Channel.CHANGES, None, 0, browse.PER_PAGE)
    known = await _known_days(app)
    ends = [notice.at.astimezone(UTC).date() for notice in (*newest, *oldest)] + list(known)
    span = (max(ends) - min(ends)).days if ends else -1
    return {min(ends) + n * DAY for n in range(span + 1)}


async def _day(app: App, day: date, known: int) -> int:
    """Writes the pages that `known` of its changes do not fill; how many changes there are."""
    start = await app.ask(app.store.news_place, Channel.CHANGES, None, _moment(day))
    count = await app.ask(app.store.news_place, Channel.CHANGES, None, _moment(day + DAY)) - start
    pages = min(-(-count // browse.PER_PAGE), browse.PAGES_OF_A_DAY)
    for number in range(max(1, -(-known // browse.PER_PAGE)), pages + 1):
        told = (number - 1) * browse.PER_PAGE
        wanted = min(browse.PER_PAGE, count - told)
        notices = await app.ask(app.store.news_page, Channel.CHANGES, None, start + told, wanted)
        page = await app.compute.run(
            browse.day_page, day, number, pages, list(map(titled, notices)), app.config.site.shown
        )
        await write(app, [(paths.day_page(day, number), page)])
    return count


def _moment(day: date) -> Event:
    """What stands before everything that happened on that day or later."""
    return Event("", 0, EventKind.GONE, datetime.combine(day, time(), UTC))
