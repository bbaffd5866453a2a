"""What the script edited against what feedwatch found. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from feedwatch.demo.edits import Edit
from feedwatch.model import Change, Event, EventKind, Grade, History

# How late an event may be believed: a removal, a move, an alternation need several agreeing looks.
LATE = timedelta(days=4)
# Grades that are right only where the script has them: they put a change into a feed of its own, or into its title.
_TELLING = frozenset({Grade.HEADLINE, Grade.STANDFIRST, Grade.CORRECTION, Grade.SILENT, Grade.TYPOGRAPHIC})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report. `edit` is None for an entry that no edit explains."""

    at: datetime
    article: str
    edit: Edit | None
    found: Change | Event | None

    @property
    def is_right(self) -> bool:
        if self.edit is None:
            return False
        if not self.edit.real:
            return self.found is None
        if isinstance(self.found, Change):
            found = set(self.found.facts.grades)
            return self.edit.grades <= found and not (found - self.edit.grades) & _TELLING
        return self.found is not None


def audit(script: Sequence[Edit], histories: Mapping[str, History], start: datetime, end: datetime) -> list[Line]:
    """One line for every edit until `end`, and one for every entry too many, in order of time."""
    lines: list[Line] = []
    explained: set[int] = set()
    for edit in script:
        at = start + edit.at
        if at > end:
            continue
        found = _found(edit, at, histories.get(edit.article), explained) if edit.real else None
        if found is not None:
            explained.add(id(found))
        lines.append(Line(at, edit.article, edit, found))
    for slug, history in histories.items():
        entries: list[Change | Event] = [*history.changes, *history.events]
        lines += [Line(entry.at, slug, None, entry) for entry in entries if id(entry) not in explained]
    return sorted(lines, key=lambda line: (line.at, line.article))


def _found(edit: Edit, at: datetime, history: History | None, explained: set[int]) -> Change | Event | None:
    if history is None:
        return None
    if edit.event is not None:
        if edit.event is EventKind.RESTORED and (back := _back(at, history, explained)):
            return back
        matches = (
            e for e in history.events if e.kind is edit.event and at <= e.at <= at + LATE and id(e) not in explained
        )
        return next(matches, None)
    for change in history.changes:
        if id(change) not in explained and change.not_before and change.not_before <= at <= _seen(change, history):
            return change
    return None


def _back(at: datetime, history: History, explained: set[int]) -> Change | None:
    """A restoration with other words is one entry: a change that says so."""
    found = (
        change
        for change in history.changes
        if change.facts.restored and at <= change.at and id(change) not in explained
    )
    return next(found, None)


def _seen(change: Change, history: History) -> datetime:
    return history.version(change.to_number).seen_at
