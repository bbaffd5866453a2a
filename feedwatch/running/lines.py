"""Versions, changes and events as lines of JSON: what `export` writes and `import` reads; the columns are in
docs/reference.md.

A line stands for itself: a version says which article and source it is of. What an import does not need (the words that
a change added and removed) is there for those who read the lines with other programs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeVar, cast

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from feedwatch.errors import LineFault
from feedwatch.judging.diff import compare
from feedwatch.model import (
    Block,
    BlockKind,
    Change,
    Channel,
    Event,
    EventKind,
    Facts,
    Grade,
    History,
    Op,
    Text,
    Version,
)

LONGEST = 32 * 1024 * 1024  # bytes of one line; a text has 5 MB at most
_LONE = re.compile("[\ud800-\udfff]")

Article = Annotated[str, Field(pattern="^[0-9a-f]{16}$")]
Slug = Annotated[str, Field(pattern="^[a-z0-9][a-z0-9-]{0,62}$")]
Number = Annotated[int, Field(ge=0, le=1_000_000)]


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class BlockLine(_Line):
    kind: BlockKind = BlockKind.PARAGRAPH
    text: str


class VersionLine(_Line):
    kind: Literal["version"] = "version"
    article: Article
    source: Slug
    source_title: str
    source_language: str | None = None
    key: str = Field(max_length=2000)
    url: str = Field(max_length=4000)
    published_at: AwareDatetime | None = None
    first_seen_at: AwareDatetime
    number: Number
    seen_at: AwareDatetime
    not_before: AwareDatetime | None = None
    title: str
    standfirst: str = ""
    blocks: tuple[BlockLine, ...] = ()
    byline: str = ""
    language: str | None = None
    modified_claim: AwareDatetime | None = None
    path: str
    extractor: str
    withdrawn_at: AwareDatetime | None = None
    withdrawn_because: str = ""


class TextLine(_Line):
    title: str
    standfirst: str = ""
    blocks: tuple[BlockLine, ...] = ()


class FactsLine(_Line):
    grades: tuple[Grade, ...]
    words_added: int = 0
    words_removed: int = 0
    figures: tuple[tuple[str, str], ...] = ()
    names_added: tuple[str, ...] = ()
    names_removed: tuple[str, ...] = ()
    names_changed: tuple[tuple[str, str], ...] = ()
    negations: tuple[tuple[str, str], ...] = ()
    question_marks: int = 0
    quotes_added: tuple[str, ...] = ()
    quotes_removed: tuple[str, ...] = ()
    quotes_marked: tuple[str, ...] = ()
    quotes_unmarked: tuple[str, ...] = ()
    paragraphs_added: int = 0
    paragraphs_removed: int = 0
    paragraphs_moved: int = 0
    paragraphs_changed: int = 0
    paragraph_added: str = ""
    paragraph_removed: str = ""
    paragraph_moved: str = ""
    reworded: tuple[tuple[str, str], ...] = ()
    standfirst_reworded: tuple[tuple[str, str], ...] = ()
    correction: str = ""
    reverts_to: int | None = None
    restored: bool = False


class ChangeLine(_Line):
    kind: Literal["change"] = "change"
    article: Article
    from_number: Number
    to_number: Number
    at: AwareDatetime
    not_before: AwareDatetime | None = None
    channels: tuple[Channel, ...] = ()
    digest: bool = False
    facts: FactsLine
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    base: TextLine | None = None


class EventLine(_Line):
    kind: Literal["event"] = "event"
    article: Article
    number: Number
    event: EventKind
    at: AwareDatetime
    channels: tuple[Channel, ...] = ()
    detail: str = ""


L = TypeVar("L", bound=_Line)
AnyLine = VersionLine | ChangeLine | EventLine
_LINE: TypeAdapter[AnyLine] = TypeAdapter(Annotated[AnyLine, Field(discriminator="kind")])


# ------------------------------------------------------------------------------------------------------ writing


def version_lines(history: History) -> Iterator[VersionLine]:
    article, source = history.article, history.source
    for version in history.versions:
        yield _made(
            VersionLine,
            article=article.id,
            source=source.slug,
            source_title=source.title,
            source_language=source.language,
            key=article.key,
            url=article.url,
            published_at=article.published_at,
            first_seen_at=article.first_seen_at,
            number=version.number,
            seen_at=version.seen_at,
            not_before=version.not_before,
            byline=version.byline,
            language=version.language,
            modified_claim=version.modified_claim,
            path=version.path,
            extractor=version.extractor,
            withdrawn_at=version.withdrawn_at,
            withdrawn_because=version.withdrawn_because,
            **_text_fields(version.text),
        )


def change_lines(history: History) -> Iterator[ChangeLine]:
    """Digests, which tell of several changes of a live page at once, after the changes."""
    for change in (*history.changes, *history.digests):
        old = change.base or history.version(change.from_number).text
        compared = compare(old, history.version(change.to_number).text)
        rows = [row for row in (compared.title, compared.standfirst, *compared.rows) if row is not None]
        spans = {op: tuple(span.text for row in rows for span in row.spans if span.op is op) for op in Op}
        yield _made(
            ChangeLine,
            article=change.article,
            from_number=change.from_number,
            to_number=change.to_number,
            at=change.at,
            not_before=change.not_before,
            channels=tuple(sorted(change.channels)),
            digest=change in history.digests,
            facts=_made(FactsLine, **{name: getattr(change.facts, name) for name in FactsLine.model_fields}),
            removed=spans[Op.DELETE],
            added=spans[Op.INSERT],
            base=None if change.base is None else _made(TextLine, **_text_fields(change.base)),
        )


def event_lines(history: History) -> Iterator[EventLine]:
    for event in history.events:
        yield _made(
            EventLine,
            article=event.article,
            number=event.number,
            event=event.kind,
            at=event.at,
            channels=tuple(sorted(event.channels)),
            detail=event.detail,
        )


def all_lines(history: History) -> Iterator[AnyLine]:
    """In the order in which they can be read back: versions first."""
    yield from version_lines(history)
    yield from change_lines(history)
    yield from event_lines(history)


def line_bytes(line: AnyLine) -> bytes:
    return json.dumps(line.model_dump(mode="json"), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _made(line: type[L], /, **fields: Any) -> L:
    """Not validated: what is stored is written, whatever it is."""
    made: Any = line.model_construct(**{name: _clean(value) for name, value in fields.items()})
    return cast("L", made)


def _clean(value: Any) -> Any:
    """UTF-8 has no halves of surrogate pairs."""
    if isinstance(value, StrEnum):
        return value
    if isinstance(value, str):
        return _LONE.sub("\ufffd", value)
    return tuple(map(_clean, value)) if isinstance(value, tuple) else value


def _text_fields(text: Text) -> dict[str, Any]:
    blocks = tuple(_made(BlockLine, kind=block.kind, text=block.text) for block in text.blocks)
    return {"title": text.title, "standfirst": text.standfirst, "blocks": blocks}


# ------------------------------------------------------------------------------------------------------ reading


def read_line(content: bytes) -> AnyLine:
    """Raises LineFault, whose text says what is wrong with it."""
    try:
        return _LINE.validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"] if part not in {"version", "change", "event"})
        raise LineFault(f"{place}: {first['msg']}" if place else first["msg"]) from error


def version_of(line: VersionLine) -> Version:
    return Version(
        article=line.article,
        number=line.number,
        seen_at=line.seen_at,
        not_before=line.not_before,
        text=_text(line),
        path=line.path,
        extractor=line.extractor,
        byline=line.byline,
        language=line.language,
        modified_claim=line.modified_claim,
        withdrawn_at=line.withdrawn_at,
        withdrawn_because=line.withdrawn_because,
    )


def change_of(line: ChangeLine) -> Change:
    facts = Facts(**{name: getattr(line.facts, name) for name in FactsLine.model_fields})
    base = None if line.base is None else _text(line.base)
    channels = frozenset(line.channels)
    return Change(line.article, line.from_number, line.to_number, line.at, line.not_before, facts, channels, base)


def event_of(line: EventLine) -> Event:
    return Event(line.article, line.number, line.event, line.at, line.detail, frozenset(line.channels))


def _text(line: VersionLine | TextLine) -> Text:
    return Text(line.title, line.standfirst, tuple(Block(block.text, block.kind) for block in line.blocks))
