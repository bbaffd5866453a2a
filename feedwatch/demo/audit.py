"""What the script edited against what the published feeds tell. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from feedwatch.demo.edits import Edit
from feedwatch.demo.published import Told
from feedwatch.model import Grade

_GRADES = frozenset(Grade)
# Grades that are right only where the script has them: they put a change into a feed of its own, or into its title.
_TELLING = frozenset({Grade.HEADLINE, Grade.STANDFIRST, Grade.CORRECTION, Grade.SILENT, Grade.TYPOGRAPHIC})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report. `edit` is None for an entry that no edit explains."""

    at: datetime
    article: str
    edit: Edit | None
    found: Told | None

    @property
    def is_right(self) -> bool:
        if self.edit is None:
            return False
        if not self.edit.real:
            return self.found is None
        if self.found is None:
            return False
        graded = self.found.terms & _GRADES
        if not self.edit.grades:
            return not graded
        return self.edit.grades <= graded and not (graded - self.edit.grades) & _TELLING


def audit(
    script: Sequence[Edit], told: Sequence[Told], names: Mapping[str, str], start: datetime, end: datetime
) -> list[Line]:
    """One line for every edit until `end`, and one for every entry too many, in order of time.

    `names`: the newsroom's own name of each article, by its id in the feeds.
    """
    lines: list[Line] = []
    explained: set[str] = set()
    for edit in script:
        at = start + edit.at
        if at > end:
            continue
        own = [one for one in told if names.get(one.article) == edit.article and one.id not in explained]
        found = next((one for one in own if _tells_of(one, edit, at, _seen_by(edit, script, start))), None)
        if found is not None:
            explained.add(found.id)
        lines.append(Line(at, edit.article, edit, found))
    strays = (one for one in told if one.id not in explained)
    lines += [Line(one.at, names.get(one.article, one.article), None, one) for one in strays]
    return sorted(lines, key=lambda line: (line.at, line.article))


def _seen_by(edit: Edit, script: Sequence[Edit], start: datetime) -> datetime | None:
    """When the next edit of the article comes: what is told later is told of that one."""
    later = (
        start + other.at for other in script if other.article == edit.article and other.at > edit.at and other.real
    )
    return min(later, default=None)


def _tells_of(told: Told, edit: Edit, at: datetime, until: datetime | None) -> bool:
    if not edit.real or told.at < at or (until is not None and told.at >= until):
        return False
    return told.event == (edit.event or "")
