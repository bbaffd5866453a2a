"""What articles are found by: for each word the numbers of the articles that have it, kept as the site publishes them.

An article's number is its place in the order in which articles were first published; it is never given to another one.
A list of numbers grows until it holds too many to tell anything: then it keeps the newest half and is marked as cut.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update
from sqlalchemy import text as sql

from feedwatch.adapters.store.rows import ARTICLE, insert_into
from feedwatch.adapters.store.tables import alias, article, found, found_word, stale
from feedwatch.model import Article, Findable, Posting, Stale, State, Word
from feedwatch.steps import pack, unpack

# Articles that a word is listed with; so a list is under 8 KB, and a query of six words under 200 KB.
LONGEST = 4096

Place = tuple[str, int]
_NOTING = 0x66656566  # PostgreSQL's advisory lock for it

_OF_WORD = select(found_word.c.numbers, found_word.c.cut).where(
    found_word.c.slot == bindparam("slot"),
    found_word.c.word == bindparam("word"),
    found_word.c.field == bindparam("field"),
)
_SLOTS = (
    select(found_word.c.word, found_word.c.field, found_word.c.numbers, found_word.c.cut)
    .where(found_word.c.slot.between(bindparam("first"), bindparam("last")))
    .order_by(found_word.c.slot, found_word.c.word, found_word.c.field)
)
_ENTRIES = (
    select(found.c.number, found.c.entry)
    .where(found.c.number.between(bindparam("first"), bindparam("last")))
    .order_by(found.c.number)
)


# ------------------------------------------------------------------------------------------------------ writing


def note(connection: Connection, findables: Iterable[Findable], group: int, days: Iterable[Place]) -> None:
    """What is found of these articles is this from now on; places of the site that tell otherwise are marked stale."""
    if connection.dialect.name == "postgresql":  # one at a time: lists are read and written back
        connection.execute(sql(f"select pg_advisory_xact_lock({_NOTING})"))
    places: set[Place] = set(days)
    for one in findables:
        places |= _note(connection, one, group)
    mark(connection, places)


def mark(connection: Connection, places: Collection[Place]) -> None:
    statement = insert_into(connection, stale)
    marked = statement.on_conflict_do_update(index_elements=["kind", "number"], set_={"rev": stale.c.rev + 1})
    if places:
        connection.execute(marked, [{"kind": kind, "number": number, "rev": 1} for kind, number in sorted(places)])


def _note(connection: Connection, one: Findable, group: int) -> set[Place]:
    row = connection.execute(select(found).where(found.c.article == one.article)).one_or_none()
    if row is None and not one.entry:
        return set()
    number = count(connection) if row is None else row.number
    old = frozenset[Word]() if row is None else _words(row.words)
    new = frozenset(one.words)
    if row is not None and row.entry == one.entry and old == new:
        return set()
    kept = {"entry": one.entry, "words": _packed(new)}
    if row is None:
        connection.execute(insert(found).values(article=one.article, number=number, **kept))
    else:
        connection.execute(update(found).where(found.c.number == number).values(kept))
    for word in sorted(new - old):
        _list(connection, word, number)
    for word in sorted(old - new):
        _strike(connection, word, number)
    return {("entries", number // group), *(("words", word[0]) for word in new ^ old)}


def _list(connection: Connection, word: Word, number: int) -> None:
    key = _key(word)
    row = connection.execute(_OF_WORD, key).one_or_none()
    if row is None:
        connection.execute(insert(found_word).values(numbers=pack([number]), cut=0, **key))
        return
    numbers, cut = unpack(row.numbers), row.cut
    if numbers and number > numbers[-1]:
        numbers.append(number)  # the common case: a new article
    elif not cut or (numbers and number > numbers[0]):
        numbers = sorted({*numbers, number})
    if len(numbers) > LONGEST:
        numbers, cut = numbers[LONGEST // 2 :], 1
    _keep(connection, key, numbers, cut)


def _strike(connection: Connection, word: Word, number: int) -> None:
    key = _key(word)
    row = connection.execute(_OF_WORD, key).one_or_none()
    if row is None:
        return
    numbers = [other for other in unpack(row.numbers) if other != number]
    if numbers or row.cut:
        _keep(connection, key, numbers, row.cut)
    else:
        connection.execute(delete(found_word).where(*_is(key)))


def _keep(connection: Connection, key: dict[str, Any], numbers: Sequence[int], cut: int) -> None:
    connection.execute(update(found_word).where(*_is(key)).values(numbers=pack(numbers), cut=cut))


def _key(word: Word) -> dict[str, Any]:
    return dict(zip(("slot", "word", "field"), word, strict=True))


def _is(key: dict[str, Any]) -> list[Any]:
    return [found_word.c[name] == value for name, value in key.items()]


def _packed(words: Collection[Word]) -> bytes:
    return zlib.compress(json.dumps(sorted(words), ensure_ascii=False, separators=(",", ":")).encode())


def _words(packed: bytes) -> frozenset[Word]:
    return frozenset((slot, word, field) for slot, word, field in json.loads(zlib.decompress(packed)))


# ------------------------------------------------------------------------------------------------------ reading


def count(connection: Connection) -> int:
    """How many numbers were given to articles."""
    highest = connection.scalar(select(func.max(found.c.number)))
    return 0 if highest is None else highest + 1


def postings(connection: Connection, first: int, last: int) -> list[Posting]:
    rows = connection.execute(_SLOTS, {"first": first, "last": last})
    return [Posting(word, field, numbers, bool(cut)) for word, field, numbers, cut in rows]


def entries(connection: Connection, first: int, last: int) -> dict[int, str]:
    """By number; "" for what is not to be found any more."""
    return {row.number: row.entry for row in connection.execute(_ENTRIES, {"first": first, "last": last})}


def stale_places(connection: Connection) -> list[Stale]:
    asked = select(stale.c.kind, stale.c.number, stale.c.rev).order_by(stale.c.kind, stale.c.number)
    return [(kind, number, rev) for kind, number, rev in connection.execute(asked)]


def forget_stale(connection: Connection, places: Collection[Stale]) -> None:
    """But for those that became stale again meanwhile."""
    names = ("b_kind", "b_number", "b_rev")
    if places:
        same = [column == bindparam(name) for column, name in zip(stale.c, names, strict=True)]
        rows = [dict(zip(names, place, strict=True)) for place in sorted(places)]
        connection.execute(delete(stale).where(*same), rows)


def aliases(connection: Connection, number: str) -> list[str]:
    return sorted(connection.scalars(select(alias.c.key).where(alias.c.article == number)))


def most_changed(connection: Connection, limit: int) -> list[Article]:
    asked = (
        select(*ARTICLE)
        .where(article.c.changes > 1, article.c.state != State.HIDDEN)
        .order_by(article.c.changes.desc(), article.c.id.desc())
        .limit(limit)
    )
    return [Article(*row) for row in connection.execute(asked)]
