"""How values stand in columns: types that turn what the nouns hold into what both databases take, and back."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import BigInteger, Text, TypeDecorator
from sqlalchemy.engine import Dialect

from feedwatch.model import Channel, Facts, Grade, Live, Suspect, Suspicion

E = TypeVar("E", bound=StrEnum)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Moment(TypeDecorator[datetime]):
    """An aware datetime, as whole microseconds since 1970 in UTC: they compare and index alike on both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class Words(TypeDecorator[str]):
    """Text that a source may have written: what no database takes (NUL, lone surrogates) becomes U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return storable(value) if value else value


class OneOf(TypeDecorator[E], Generic[E]):
    """A member of an enumeration, by its value."""

    impl = Text
    cache_ok = True

    def __init__(self, members: type[E]) -> None:
        super().__init__()
        self.members = members

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else value.value

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:  # noqa: ARG002
        return None if value is None else self.members(value)


class Channels(TypeDecorator[frozenset[Channel]]):
    """The values in order, a space between two."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: frozenset[Channel] | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else " ".join(sorted(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[Channel] | None:  # noqa: ARG002
        return None if value is None else frozenset(map(Channel, value.split()))


class Suspected(TypeDecorator[Suspect]):
    """JSON: kind, sha, since, looks."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Suspect | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        if value is None:
            return None
        return json.dumps([value.kind, value.sha, value.since.astimezone(UTC).isoformat(), value.looks])

    def process_result_value(self, value: str | None, dialect: Dialect) -> Suspect | None:  # noqa: ARG002
        if value is None:
            return None
        kind, sha, since, looks = json.loads(value)
        return Suspect(Suspicion(kind), sha, datetime.fromisoformat(since), looks)


class Lived(TypeDecorator[Live]):
    """JSON: told, until."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Live | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else json.dumps([value.told, value.until.astimezone(UTC).isoformat()])

    def process_result_value(self, value: str | None, dialect: Dialect) -> Live | None:  # noqa: ARG002
        if value is None:
            return None
        told, until = json.loads(value)
        return Live(told, datetime.fromisoformat(until))


class Told(TypeDecorator[Facts]):
    """JSON: the facts that are not the default."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Facts | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        if value is None:
            return None
        told = {field.name: getattr(value, field.name) for field in fields(value)}
        written = {name: fact for name, fact in told.items() if name == "grades" or fact != _DEFAULTS[name]}
        return storable(json.dumps(written, ensure_ascii=False, separators=(",", ":")))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Facts | None:  # noqa: ARG002
        if value is None:
            return None
        told: dict[str, Any] = {name: _frozen(fact) for name, fact in json.loads(value).items()}
        return Facts(**{**told, "grades": tuple(map(Grade, told["grades"]))})


_DEFAULTS = {field.name: field.default for field in fields(Facts)}


def storable(text: str) -> str:
    return _UNSTORABLE.sub("\ufffd", text)


def _frozen(fact: Any) -> Any:
    return tuple(map(_frozen, fact)) if isinstance(fact, list) else fact
