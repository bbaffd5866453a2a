"""How values stand in columns: types that turn what the nouns hold into what both databases take, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import BigInteger, Text, TypeDecorator
from sqlalchemy.engine import Dialect

from feedwatch.model import Channel, Facts, Grade, Live, Suspect, Suspicion

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class _Kept(TypeDecorator[T]):
    """Values that stand alike in both databases: how they go in (`kept`) and come out (`found`), None among them.

    Given to SQLAlchemy as they are, without what asks the dialect: most of what a row of an article costs is this.
    """

    impl: Any = Text

    kept: Any
    found: Any = None  # as they stand there

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:  # noqa: ARG002
        kept: Callable[[Any], Any] = self.kept
        return kept

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:  # noqa: ARG002
        found: Callable[[Any], Any] | None = self.found
        return found


class Moment(_Kept[datetime]):
    """An aware datetime, as whole microseconds since 1970 in UTC: they compare and index alike on both databases."""

    impl = BigInteger
    cache_ok = True

    def kept(self, value: datetime | None) -> int | None:
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def found(self, value: int | None) -> datetime | None:
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class Words(_Kept[str]):
    """Text that a source may have written: what no database takes (NUL, lone surrogates) becomes U+FFFD."""

    cache_ok = True

    def kept(self, value: str | None) -> str | None:
        return storable(value) if value else value


class OneOf(_Kept[E], Generic[E]):
    """A member of an enumeration, by its value."""

    cache_ok = True

    def __init__(self, members: type[E]) -> None:
        super().__init__()
        self.members = members

    def kept(self, value: E | None) -> str | None:
        return None if value is None else value.value

    def found(self, value: str | None) -> E | None:
        return None if value is None else self.members(value)


class Channels(_Kept[frozenset[Channel]]):
    """The values in order, a space between two."""

    cache_ok = True

    def kept(self, value: frozenset[Channel] | None) -> str | None:
        return None if value is None else " ".join(sorted(value))

    def found(self, value: str | None) -> frozenset[Channel] | None:
        return None if value is None else frozenset(map(Channel, value.split()))


class Suspected(_Kept[Suspect]):
    """JSON: kind, sha, since, looks."""

    cache_ok = True

    def kept(self, value: Suspect | None) -> str | None:
        if value is None:
            return None
        return json.dumps([value.kind, value.sha, value.since.astimezone(UTC).isoformat(), value.looks])

    def found(self, value: str | None) -> Suspect | None:
        if value is None:
            return None
        kind, sha, since, looks = json.loads(value)
        return Suspect(Suspicion(kind), sha, datetime.fromisoformat(since), looks)


class Lived(_Kept[Live]):
    """JSON: told, until."""

    cache_ok = True

    def kept(self, value: Live | None) -> str | None:
        return None if value is None else json.dumps([value.told, value.until.astimezone(UTC).isoformat()])

    def found(self, value: str | None) -> Live | None:
        if value is None:
            return None
        told, until = json.loads(value)
        return Live(told, datetime.fromisoformat(until))


class Told(_Kept[Facts]):
    """JSON: the facts that are not the default."""

    cache_ok = True

    def kept(self, value: Facts | None) -> str | None:
        if value is None:
            return None
        told = {field.name: getattr(value, field.name) for field in fields(value)}
        written = {name: fact for name, fact in told.items() if name == "grades" or fact != _DEFAULTS[name]}
        return storable(json.dumps(written, ensure_ascii=False, separators=(",", ":")))

    def found(self, value: str | None) -> Facts | None:
        if value is None:
            return None
        told: dict[str, Any] = {name: _frozen(fact) for name, fact in json.loads(value).items()}
        return Facts(**{**told, "grades": tuple(map(Grade, told["grades"]))})


_DEFAULTS = {field.name: field.default for field in fields(Facts)}


def storable(text: str) -> str:
    return _UNSTORABLE.sub("\ufffd", text)


def _frozen(fact: Any) -> Any:
    return tuple(map(_frozen, fact)) if isinstance(fact, list) else fact
