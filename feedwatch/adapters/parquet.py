"""Rows as Parquet files, by pyarrow: the extra `parquet`. A row group at a time is in memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, BinaryIO

from feedwatch.errors import UsageError

ROWS = 1000  # in a row group: some megabytes of text

Row = Mapping[str, Any]


def write_versions(file: BinaryIO, rows: Iterable[Row]) -> int:
    arrow = _arrow()
    block = arrow.struct([("kind", arrow.string()), ("text", arrow.string())])
    return _write(file, rows, _schema({"blocks": arrow.list_(block), "number": arrow.int32()}, _VERSION))


def write_changes(file: BinaryIO, rows: Iterable[Row]) -> int:
    """`facts` and `base` are JSON."""
    arrow = _arrow()
    several = arrow.list_(arrow.string())
    special = dict.fromkeys(("channels", "grades", "removed", "added"), several)
    special |= {name: arrow.int32() for name in ("from_number", "to_number", "words_added", "words_removed")}
    return _write(file, map(_flat, rows), _schema({**special, "digest": arrow.bool_()}, _CHANGE))


_VERSION = (
    *("article", "source", "source_title", "source_language", "key", "url", "published_at", "first_seen_at", "number"),
    *("seen_at", "not_before", "title", "standfirst", "blocks", "byline", "language", "modified_claim", "path"),
    *("extractor", "withdrawn_at", "withdrawn_because"),
)
_CHANGE = (
    *("article", "from_number", "to_number", "at", "not_before", "channels", "digest", "grades", "words_added"),
    *("words_removed", "removed", "added", "facts", "base"),
)


def _flat(row: Row) -> Row:
    facts = row["facts"]
    own = {name: facts[name] for name in ("grades", "words_added", "words_removed")}
    base = None if row["base"] is None else json.dumps(row["base"], ensure_ascii=False)
    return {**row, **own, "facts": json.dumps(facts, ensure_ascii=False), "base": base}


def _schema(special: Mapping[str, Any], names: Iterable[str]) -> Any:
    arrow = _arrow()
    moment = arrow.timestamp("us", tz="UTC")
    moments = {"published_at", "first_seen_at", "seen_at", "not_before", "modified_claim", "withdrawn_at", "at"}
    kinds = dict.fromkeys(moments, moment) | dict(special)
    return arrow.schema([(name, kinds.get(name, arrow.string())) for name in names])


def _write(file: BinaryIO, rows: Iterable[Row], schema: Any) -> int:
    from pyarrow import parquet

    arrow, written = _arrow(), 0
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for group in _groups(rows):
            columns = {name: [row[name] for row in group] for name in schema.names}
            writer.write_table(arrow.table(columns, schema=schema))
            written += len(group)
    return written


def _groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rest = iter(rows)
    while group := list(islice(rest, ROWS)):
        yield group


def _arrow() -> Any:
    try:
        import pyarrow as pa
    except ModuleNotFoundError as error:
        raise UsageError("Parquet needs pyarrow: pip install 'feedwatch[parquet]'") from error
    return pa
