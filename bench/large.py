"""A large store, written as rows, and what is asked of it timed.

    python -m bench.large make FOLDER [--articles 1000000] [--versions 5] [--changed 1] [--stories 16]
    python -m bench.large ask FOLDER            CPU milliseconds of what the daemon and the commands ask of the store
    python -m bench.large run FOLDER            whole commands: CPU, wall, the largest process's memory
    python -m bench.large edit FOLDER           publish one edit: CPU, files written

Texts are small and few (packed once, as the store packs them), so that five million versions fit on a disk; ids, hosts,
times and counts are spread as at 50 newspapers over two years. `make` leaves nothing dirty. For a site that is
searched, ask for as many stories as articles: their words are drawn from 60,000 made-up ones as Zipf's law has it.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path, PurePosixPath
from random import Random

from bench.gauge import gauge
from feedwatch import steps
from feedwatch.adapters.store import open_store
from feedwatch.adapters.store.columns import Channels, Told
from feedwatch.adapters.store.packing import pack, text_bytes
from feedwatch.adapters.store.rows import key_sha
from feedwatch.model import Block, BlockKind, Channel, Facts, Feed, Grade, Source, Text, Verdict, Version
from feedwatch.reading.urls import article_id

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SOURCES, HOSTS = 50, 200
LASTED = timedelta(days=730)
STORIES = 16
VOCABULARY = 60_000
DUE = 0.001  # of the articles, at NOW
FEEDS = 4  # of each source
DAY = 86_400_000_000  # microseconds

_CHANNELS = frozenset({Channel.EVERYTHING, Channel.CHANGES})
Made = list[tuple[str, int]]  # ids of articles, each with its number

_FACTS = Facts(grades=(Grade.WORDING,), words_added=3, words_removed=2)


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """Made-up words with their frequencies added up; their beginnings are as uneven as those of a language."""
    random, found = Random(1), dict[str, None]()
    onsets = [
        "c", "co", "in", "re", "s", "de", "p", "pro", "m", "st", "t", "f", "b", "un", "l", "g", "h", "tr", "w", "v"
    ]  # fmt: skip
    middles = ["a", "e", "o", "i", "u", "on", "er", "an", "in", "es", "ar", "en", "al", "or", "at", "is", "ea", "ou"]
    ends = ["n", "s", "t", "r", "d", "l", "ment", "tion", "ing", "ed", "ly", "er", "y", "ers", "al", "ive", "ck", "m"]
    often = [1 / rank for rank in range(1, 21)]
    while len(found) < VOCABULARY:
        middle = "".join(random.choices(middles, often[:18], k=random.choice((1, 1, 2, 3))))
        word = f"{random.choices(onsets, often)[0]}{middle}{random.choices(ends, often[:18])[0]}"
        found.setdefault(word)
    return list(found), list(accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))


def headline(number: int, version: int) -> str:
    """Another word in each version."""
    words, often = vocabulary()
    drawn = Random(number).choices(words, cum_weights=often, k=8)
    drawn[version % 8] = Random(number * 1000 + version).choices(words, cum_weights=often)[0]
    return " ".join(drawn).capitalize()


def story(number: int, version: int) -> Text:
    lines = [
        f"{headline(number, version)}.",
        f"The council of district {number} met on Monday to decide on the new bridge over the river.",
        f"It is to cost {number + 3}.{version} million and to be opened in the spring, the mayor said.",
        "Opponents want the money to go to the two schools, whose roofs have leaked for years.",
    ]
    return Text(
        headline(number, version),
        "",
        tuple(Block(line, BlockKind.PARAGRAPH) for line in lines),
    )


def micro(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


# ------------------------------------------------------------------------------------------------------ making it


def make(folder: Path, articles: int, versions: int, changed: float, stories: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "feedwatch.db"
    (folder / "config.yaml").write_text(config(), encoding="utf-8")
    store = open_store(f"sqlite:///{file}", NOW - LASTED)
    sources = [Source(f"paper-{n}", f"Paper {n}", "en") for n in range(SOURCES)]
    feeds = [
        Feed(url=url, source=f"paper-{n}", host="127.0.0.1:9", location=url, next_poll_at=NOW + timedelta(days=3650))
        for n in range(SOURCES)
        for url in feed_urls(n)
    ]
    store.enrol(sources, feeds)
    store.close()
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript("pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -1000000;")
        indexes = connection.execute(
            "select name, sql from sqlite_master where type = 'index' and sql not null"
        ).fetchall()
        for name, _ in indexes:
            connection.execute(f"drop index {name}")
        made = fill(connection, articles, versions, changed, stories)
        for _, sql in indexes:
            connection.execute(sql)
        connection.execute(
            "insert into host (name, next_due_at, failures, requests) "
            "select host, min(next_check_at), 0, 0 from article group by host on conflict (name) do nothing"
        )
        connection.commit()
        connection.execute("pragma journal_mode = wal")
    print(f"{articles} articles, {made} versions, {file.stat().st_size / 1e9:.2f} GB")


def feed_urls(source: int) -> list[str]:
    return [f"http://127.0.0.1:9/{source}/{n}.xml" for n in range(FEEDS)]


def config() -> str:
    listed = "".join(
        f"  - {{slug: paper-{n}, title: Paper {n}, language: en, feeds: {feed_urls(n)}}}\n" for n in range(SOURCES)
    )
    return (
        "site: {title: Large, base_url: 'https://large.example/', contact: 'https://large.example/about'}\n"
        f"fetch: {{allow_hosts: ['127.0.0.1:9']}}\nsources:\n{listed}"
    )


def fill(connection: sqlite3.Connection, articles: int, versions: int, changed: float, stories: int) -> int:
    """The number of versions that were made."""
    made = sorted((article_id(url(n, stories)), n) for n in range(articles))
    moments = [_moments(Random(number), versions, changed) for number, _ in made]
    connection.executemany(
        "insert into article (id, key_sha, source, key, url, host, title, first_seen_at, feed_title, last_checked_at, "
        "last_ok_at, last_changed_at, next_check_at, checks, looks, failures, moves, flaps, state, problem, place, "
        "imprint, versions, changes, events, rev, published_rev, news_at) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, zeroblob(120), ?, ?, ?, ?, ?, ?)",
        _articles(made, moments, stories),
    )
    packed = [_packed(number, versions) for number in range(stories)]
    connection.executemany(
        "insert into version (article, number, seen_at, not_before, text_sha, path, extractor, byline, "
        "withdrawn_because, base, text) values (?, ?, ?, ?, ?, 'trafilatura', 'trafilatura 2', '', '', ?, ?)",
        _versions(made, moments, packed),
    )
    facts = Told().kept(_FACTS)
    channels = Channels().kept(_CHANNELS)
    connection.execute(
        "insert into change (article, to_number, from_number, at, not_before, channels, facts) "
        "select article, number, number - 1, seen_at, not_before, ?, ? from version where number > 0",
        (channels, facts),
    )
    for channel in sorted(_CHANNELS):
        connection.execute(
            "insert into carried (channel, at, article, kind, number, source) select ?, change.at, article, 'change', "
            "to_number, source from change join article on article.id = change.article order by change.at, article",
            (channel.value,),
        )
    connection.execute(
        "insert into census select source, state, count(*), sum(versions), sum(changes) from article "
        "group by source, state"
    )
    for days in ("select channel, source, at / ?", "select channel, '', at / ?"):  # of each, and of all
        connection.execute(f"insert into carried_day {days}, count(*) from carried group by 1, 2, 3", (DAY,))
    connection.executemany("insert into tally values (?, ?, 100, 1, 0)", _tallies())
    connection.commit()
    return sum(map(len, moments))


def url(number: int, stories: int) -> str:
    slug = headline(number % stories, 0).lower().replace(" ", "-")
    return f"https://host-{number % HOSTS}.example/news/{number}-{slug}"


def _moments(random: Random, versions: int, changed: float) -> list[int]:
    first = micro(NOW - LASTED * random.random())
    if random.random() >= changed:
        return [first]
    return [first + n * random.randrange(1, 3600) * 1_000_000 for n in range(versions)]


def _articles(made: Made, moments: list[list[int]], stories: int) -> Iterator[tuple[object, ...]]:
    now, week = micro(NOW), 7 * 86400 * 1_000_000
    looks = steps.pack([60 * n * n for n in range(20)])
    for (number, place), seen in zip(made, moments, strict=True):
        random, versions = Random(number), len(seen)
        due = now + (int(week * random.random()) if random.random() > DUE else -1)
        host, title = f"host-{place % HOSTS}.example", headline(place % stories, versions - 1)
        address = url(place, stories)
        source = f"paper-{place % HOSTS % SOURCES}"
        yield (
            *(number, key_sha(address), source, address, address, host, title, seen[0], title, now - 1, now - 1),
            *(seen[-1] if versions > 1 else None, due, 20, looks, 0, 0, 0, "watched", "", ""),
            *(versions, versions - 1, 0, versions, versions, seen[-1]),
        )


def _packed(number: int, versions: int) -> list[tuple[str, int | None, bytes]]:
    texts = [story(number, version) for version in range(versions)]
    return [
        (
            text.sha,
            place - 1 if place % 8 else None,
            pack(text_bytes(text), text_bytes(texts[place - 1]) if place % 8 else None),
        )
        for place, text in enumerate(texts)
    ]


def _versions(made: Made, moments: list[list[int]], packed: list) -> Iterator[tuple[object, ...]]:
    for (number, place), seen in zip(made, moments, strict=True):
        for version, (sha, base, text) in enumerate(packed[place % len(packed)][: len(seen)]):
            yield number, version, seen[version], seen[version - 1] if version else None, sha, base, text


def _tallies() -> Iterator[tuple[object, ...]]:
    last = int((NOW - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(minutes=10))
    for source in range(SOURCES):
        for slot in range(last - 8 * 144, last + 1):
            yield f"paper-{source}", slot


# ------------------------------------------------------------------------------------------------------ asking it


def ask(folder: Path) -> None:
    began = time.process_time()
    store = open_store(f"sqlite:///{folder / 'feedwatch.db'}", NOW)
    print(f"{'open':40} {1000 * (time.process_time() - began):9.2f} ms")
    host = store.due_hosts(NOW, 1)[0].name
    some = store.articles("paper-7", None, 50)
    told = store.notices(Channel.CHANGES, None, 1)[0].change
    old = store.news_page(Channel.CHANGES, None, 0, 1)[0].change
    questions: dict[str, Callable[[], object]] = {
        "due hosts (16)": lambda: store.due_hosts(NOW, 16),
        "next due": store.next_due_at,
        "due articles of a host (50)": lambda: store.due_articles(host, NOW, 50),
        "known, before a check": lambda: store.known(some[3].id, ["a" * 64, "b" * 64], NOW),
        "settle an unchanged check": lambda: settle_unchanged(store, some[5].id),
        "dirty (200)": lambda: store.dirty(200),
        "history, for publishing and show": lambda: store.history(some[9].id),
        "resolve by URL": lambda: store.resolve(some[9].url),
        "notices of all (100)": lambda: store.notices(Channel.CHANGES, None, 100),
        "notices of a source (100)": lambda: store.notices(Channel.CHANGES, "paper-7", 100),
        "notices of an empty channel": lambda: store.notices(Channel.REMOVALS, "paper-7", 100),
        "articles lately of a source (300)": lambda: store.articles("paper-7", None, 300),
        "articles of a state (50)": lambda: store.articles(None, some[0].state, 50),
        "articles of a rare state (50)": lambda: store.articles(None, type(some[0].state).BLOCKED, 50),
        "count of a rare state": lambda: store.count(None, type(some[0].state).BLOCKED),
        "count of all": lambda: store.count(None, None),
        "news count of all": lambda: store.news_count(Channel.CHANGES, None),
        "news count of a source": lambda: store.news_count(Channel.CHANGES, "paper-7"),
        "news page, the last": lambda: store.news_page(
            Channel.CHANGES, None, store.news_count(Channel.CHANGES, None) - 50, 50
        ),
        "news place, the newest": lambda: store.news_place(Channel.CHANGES, None, told) if told else None,
        "news place, the oldest": lambda: store.news_place(Channel.CHANGES, None, old) if old else None,
        "counts, for the status": lambda: store.counts(NOW),
        "counts, where all is due": lambda: store.counts(NOW + timedelta(days=30)),
        "last checks": store.last_checks,
        "sources and feeds": lambda: (store.sources(), store.feeds()),
        "tidy, with nothing to forget": lambda: store.tidy(NOW),
    }
    for name, question in questions.items():
        spent = []
        for _ in range(5):
            began = time.process_time()
            question()
            spent.append(1000 * (time.process_time() - began))
        print(f"{name:40} {statistics.median(spent):9.2f} ms  (first {spent[0]:.2f})")
    store.close()


def settle_unchanged(store, number: str) -> None:
    article = store.history(number).article
    checked = replace(article, checks=article.checks + 1, last_checked_at=NOW, last_ok_at=NOW)
    assert store.settle(Verdict(checked))


# ------------------------------------------------------------------------------------------------------ commands


def commands(folder: Path) -> None:
    article = open_one(folder)
    program = [sys.executable, "-m", "feedwatch"]
    nothing = ["once", "--now", (NOW - timedelta(hours=1)).isoformat()]  # is due then
    for words in (["--version"], ["status"], ["articles"], ["show", article], ["feed", article], nothing):
        cost = gauge([*program, *words], folder)
        name = words[0].lstrip("-")
        print(f"{name:12} {cost.cpu:6.2f} s CPU {cost.wall:6.2f} s wall {cost.peak / 1e6:6.0f} MB, code {cost.code}")


def open_one(folder: Path) -> str:
    with closing(open_store(f"sqlite:///{folder / 'feedwatch.db'}", NOW)) as store:
        return store.articles("paper-3", None, 1)[0].id


def edit(folder: Path) -> None:
    """One more version of one article, published; the second run shows what is there already."""
    number = open_one(folder)
    for times in range(1, 4):
        with closing(open_store(f"sqlite:///{folder / 'feedwatch.db'}", NOW)) as store:
            history = store.history(number)
            _edit(store, history, NOW + timedelta(minutes=times))
        before = files(folder / "site")
        cost = gauge([sys.executable, "-m", "feedwatch", "publish"], folder)
        after = files(folder / "site")
        changed = sorted(path for path, at in after.items() if before.get(path) != at)
        print(
            f"edit {times}: {cost.cpu:.2f} s CPU, {cost.peak / 1e6:.0f} MB; {len(changed)} files: {cost.said.strip()}"
        )
    print("\n".join(changed))


def _edit(store, history, at: datetime) -> None:
    from feedwatch.model import Change

    article, last = history.article, history.versions[-1]
    text = replace(last.text, title=headline(int(article.id, 16), version=last.number + 1))
    version = Version(article.id, last.number + 1, at, last.seen_at, text, last.path, last.extractor)
    change = Change(article.id, last.number, version.number, at, last.seen_at, _FACTS, _CHANNELS)
    changed = replace(
        article,
        checks=article.checks + 1,
        last_checked_at=at,
        last_ok_at=at,
        last_changed_at=at,
        versions=article.versions + 1,
        changes=article.changes + 1,
        rev=article.rev + 1,
        title=text.title,
    )
    assert store.settle(Verdict(changed, version=version, change=change, changed=True))


def files(root: Path) -> dict[str, int]:
    return {
        PurePosixPath(path.relative_to(root)).as_posix(): path.stat().st_mtime_ns
        for path in root.rglob("*")
        if path.is_file()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("job", choices=("make", "ask", "run", "edit"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--versions", type=int, default=5)
    parser.add_argument("--changed", type=float, default=1, help="this share has more than one version")
    parser.add_argument("--stories", type=int, default=STORIES)
    given = parser.parse_args()
    match given.job:
        case "make":
            make(given.folder, given.articles, given.versions, given.changed, given.stories)
        case "ask":
            ask(given.folder)
        case "run":
            commands(given.folder)
        case "edit":
            edit(given.folder)


if __name__ == "__main__":
    main()
