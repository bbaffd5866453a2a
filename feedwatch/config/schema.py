"""Every key of a config: its JSON Schema for editors, and the list that docs/reference.md is checked against."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple, get_args

from pydantic.fields import FieldInfo
from pydantic.json_schema import GenerateJsonSchema

from feedwatch.config.sections import Config, Section
from feedwatch.config.tree import Place
from feedwatch.config.values import write_duration


class Key(NamedTuple):
    """`name` as in fetch.pause or sources[].slug; `default` as one writes it, None where the key has to be there."""

    name: str
    default: str | None
    description: str


class _Schema(GenerateJsonSchema):
    """Without the titles that pydantic makes of names, and with durations as people write them."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        del schema
        return False

    def encode_default(self, dft: Any) -> Any:
        return write_duration(dft) if isinstance(dft, timedelta) else super().encode_default(dft)


def config_schema() -> dict[str, Any]:
    """JSON Schema of config.yaml; durations are strings."""
    schema = Config.model_json_schema(schema_generator=_Schema)
    return {"$schema": _Schema.schema_dialect, **schema}


def config_keys() -> tuple[Key, ...]:
    """Each key that takes a value, in the file's order."""
    return tuple(_keys(Config, ""))


def keys_of(place: Place) -> list[str]:
    """The keys that the section at `place` may have."""
    section: type[Section] | None = Config
    for part in place:
        if isinstance(part, str) and section is not None:
            section = _section(section.model_fields[part])
    return list(section.model_fields) if section else []


def _keys(section: type[Section], prefix: str) -> Iterator[Key]:
    for name, field in section.model_fields.items():
        inner = _section(field)
        full = prefix + name + ("[]" if inner and field.annotation is not inner else "")
        if inner:
            yield from _keys(inner, f"{full}.")
        else:
            yield Key(full, None if field.is_required() else _written(field.default), field.description or "")


def _section(field: FieldInfo) -> type[Section] | None:
    """The section that a field holds, alone or in a list."""
    candidates = (field.annotation, *get_args(field.annotation))
    return next((kind for kind in candidates if isinstance(kind, type) and issubclass(kind, Section)), None)


def _written(value: object) -> str:
    match value:
        case None:
            return ""
        case timedelta():
            return write_duration(value)
        case bool():
            return str(value).lower()
        case tuple():
            return "[]"
        case Path():
            return value.as_posix()
        case _:
            return str(value)
