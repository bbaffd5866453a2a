"""What articles are found by: for each word the numbers of the articles that have it, kept as the site publishes them.

An article's number is its place in the order in which articles were first published; it is never given to another one.
A list of numbers grows until it holds too many to tell anything: then it keeps the newest half and is marked as cut.
"""

from __future__ import annotations

import json
import zlib
from bisect import insort
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Insert, bindparam, delete, func, insert, select, update
from sqlalchemy import text as sql

from feedwatch.adapters.store.prepared import Prepared, among
from feedwatch.adapters.store.rows import ARTICLE, chunks, replacing, upserting
from feedwatch.adapters.store.tables import article, found, found_word, stale
from feedwatch.model import Article, Findable, Posting, Stale, State, Word
from feedwatch.steps import pack, unpack

# Articles that a word is listed with; so a list is under 8 KB, and a query of six words under 200 KB.
LONGEST = 4096

Place = tuple[str, int]
_NOTING = 0x66656566  # PostgreSQL's advisory lock for it

# Lists read by one statement. It asks for each slot with each word, which is cheap for some and not for hundreds.
_TOGETHER = 32

_FOUND = Prepared(
    select(found.c.article, found.c.number, found.c.entry, found.c.words).where(among(found.c.article, "articles"))
)
_OF_WORDS = Prepared(select(found_word).where(among(found_word.c.slot, "slots"), among(found_word.c.word, "words")))
_LIST: dict[str, Any] = {"numbers": bindparam("b_numbers"), "cut": bindparam("b_cut")}
_KEY: dict[str, Any] = {name: bindparam(f"b_{name}") for name in ("slot", "word", "field")}
_IS_IT = [found_word.c[name] == value for name, value in _KEY.items()]
_NEW_WORD = Prepared(insert(found_word).values(_KEY | _LIST))
_OTHER_WORD = Prepared(update(found_word).where(*_IS_IT).values(_LIST))
_NO_WORD = Prepared(delete(found_word).where(*_IS_IT))
_NOTE = replacing(found)
_COUNT = Prepared(select(func.max(found.c.number)))
_SLOTS = Prepared(
    select(found_word.c.word, found_word.c.field, found_word.c.numbers, found_word.c.cut)
    .where(found_word.c.slot.between(bindparam("first"), bindparam("last")))
    .order_by(found_word.c.slot, found_word.c.word, found_word.c.field)
)
_ENTRIES = Prepared(
    select(found.c.number, found.c.entry)
    .where(found.c.number.between(bindparam("first"), bindparam("last")))
    .order_by(found.c.number)
)
_STALE = Prepared(select(stale.c.kind, stale.c.number, stale.c.rev).order_by(stale.c.kind, stale.c.number))
_STALE_NO_MORE = Prepared(delete(stale).where(*(column == bindparam(column.name) for column in stale.c)))
_MOST_CHANGED = Prepared(
    select(*ARTICLE)
    .where(article.c.changes > 1, article.c.state != State.HIDDEN)
    .order_by(article.c.changes.desc(), article.c.id.desc())
    .limit(bindparam("limit"))
)


# ------------------------------------------------------------------------------------------------------ writing


def note(connection: Connection, findables: Sequence[Findable], group: int, days: Iterable[Place]) -> None:
    """What is found of these articles is this from now on; places of the site that tell otherwise are marked stale.

    Each word's list is read and written once, however many of the articles have it.
    """
    if connection.dialect.name == "postgresql":  # one at a time: lists are read and written back
        connection.execute(sql(f"select pg_advisory_xact_lock({_NOTING})"))
    places: set[Place] = set(days)
    edits: dict[Word, _Edit] = {}
    rows = []
    for one, number, old in _numbered(connection, findables):
        new = frozenset(one.words)
        rows.append({"number": number, "article": one.article, "entry": one.entry, "words": _packed(new)})
        for word in new - old:
            edits.setdefault(word, _Edit()).listed.append(number)
        for word in old - new:
            edits.setdefault(word, _Edit()).struck.add(number)
        places.add(("entries", number // group))
    _NOTE.run_all(connection, rows)
    _write(connection, edits)
    mark(connection, places | {("words", word[0]) for word in edits})


def mark(connection: Connection, places: Collection[Place]) -> None:
    _MARK.run_all(connection, [{"kind": kind, "number": number, "rev": 1} for kind, number in sorted(places)])


def _marking(dialect: str) -> Insert:
    statement = upserting(dialect, stale)
    upsert: Insert = statement.on_conflict_do_update(index_elements=["kind", "number"], set_={"rev": stale.c.rev + 1})
    return upsert


_MARK = Prepared(_marking)


@dataclass(slots=True)
class _Edit:
    """Of one word's list."""

    listed: list[int] = field(default_factory=list)
    struck: set[int] = field(default_factory=set)


def _numbered(connection: Connection, findables: Sequence[Findable]) -> Iterator[tuple[Findable, int, frozenset[Word]]]:
    """Those of which other things are found than before, with their numbers and the words that they had. New ones get
    a number.
    """
    known = {of: more for of, *more in _FOUND.rows(connection, {"articles": [one.article for one in findables]})}
    following = count(connection)
    for one in findables:
        if one.article in known:
            number, entry, words = known[one.article]
            old = _words(words)
            if entry != one.entry or old != frozenset(one.words):
                yield one, number, old
        elif one.entry:
            yield one, following, frozenset()
            following += 1


def _write(connection: Connection, edits: Mapping[Word, _Edit]) -> None:
    new: list[dict[str, Any]] = []
    other: list[dict[str, Any]] = []
    gone: list[dict[str, Any]] = []
    for chunk in chunks(sorted(edits), _TOGETHER):
        asked = {"slots": [word[0] for word in chunk], "words": [word[1] for word in chunk]}
        there = {(slot, word, where): kept for slot, word, where, *kept in _OF_WORDS.rows(connection, asked)}
        for word in chunk:
            packed, was_cut = there.get(word, (None, 0))
            numbers, cut = _edited(unpack(packed) if packed else [], was_cut, edits[word])
            key = dict(zip(("b_slot", "b_word", "b_field"), word, strict=True))
            if not numbers and not cut:
                gone.append(key)
            else:
                (new if packed is None else other).append(key | {"b_numbers": pack(numbers), "b_cut": cut})
    for statement, rows in ((_NEW_WORD, new), (_OTHER_WORD, other), (_NO_WORD, gone)):
        statement.run_all(connection, rows)


def _edited(numbers: list[int], cut: int, edit: _Edit) -> tuple[list[int], int]:
    """A list, and whether it is cut. To a cut one nothing is added that is older than all that it still has."""
    if edit.struck:
        numbers = [number for number in numbers if number not in edit.struck]
    for number in sorted(edit.listed):
        if cut and not (numbers and number > numbers[0]):
            continue
        insort(numbers, number)
        if len(numbers) > LONGEST:
            numbers, cut = numbers[LONGEST // 2 :], 1
    return numbers, cut


def _packed(words: Collection[Word]) -> bytes:
    return zlib.compress(json.dumps(sorted(words), ensure_ascii=False, separators=(",", ":")).encode())


def _words(packed: bytes) -> frozenset[Word]:
    return frozenset((slot, word, field) for slot, word, field in json.loads(zlib.decompress(packed)))


# ------------------------------------------------------------------------------------------------------ reading


def count(connection: Connection) -> int:
    """How many numbers were given to articles."""
    highest = _COUNT.scalar(connection)
    return 0 if highest is None else highest + 1


def postings(connection: Connection, first: int, last: int) -> list[Posting]:
    rows = _SLOTS.rows(connection, {"first": first, "last": last})
    return [Posting(word, field, numbers, bool(cut)) for word, field, numbers, cut in rows]


def entries(connection: Connection, first: int, last: int) -> dict[int, str]:
    """By number; "" for what is not to be found any more."""
    return dict(_ENTRIES.rows(connection, {"first": first, "last": last}))


def stale_places(connection: Connection) -> list[Stale]:
    return [(kind, number, rev) for kind, number, rev in _STALE.rows(connection)]


def forget_stale(connection: Connection, places: Collection[Stale]) -> None:
    """But for those that became stale again meanwhile."""
    rows = [{"kind": kind, "number": number, "rev": rev} for kind, number, rev in sorted(places)]
    _STALE_NO_MORE.run_all(connection, rows)


def most_changed(connection: Connection, limit: int) -> list[Article]:
    return [Article(*row) for row in _MOST_CHANGED.rows(connection, {"limit": limit})]
