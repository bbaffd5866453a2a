"""The versions of an article as a list that reads as a story: seen, about four hours later, about two days later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from feedwatch.model import Change, Comparison, Event, History, Text, Version
from feedwatch.showing.plain import language_tag
from feedwatch.showing.words import Words


@dataclass(frozen=True, slots=True)
class Listed:
    number: int
    at: datetime
    when: str
    later: str  # after the version before; "" for the first
    words: int
    summary: str
    change: Change | None
    withdrawn: bool
    because: str
    events: tuple[Event, ...] = ()  # from its first sight to that of the next one


def listed(history: History, comparisons: Mapping[int, Comparison], words: Words) -> list[Listed]:
    changes = {change.to_number: change for change in history.changes}
    found: list[Listed] = []
    until = [version.seen_at for version in history.versions[1:]]
    told_of = 0
    events = sorted(history.events, key=lambda event: event.at)
    for version, end in zip_longest(history.versions, until):
        change = changes.get(version.number)
        withdrawn = version.withdrawn_at is not None
        told = change is not None and not withdrawn
        found.append(
            Listed(
                number=version.number,
                at=version.seen_at,
                when=words.between(version.not_before, version.seen_at) if found else words.moment(version.seen_at),
                later=words.later(version.seen_at - found[-1].at) if found else "",
                words=version.text.words,
                summary=words.summary(change.facts, comparisons.get(version.number)) if change and told else "",
                change=change if told else None,
                withdrawn=withdrawn,
                because=version.withdrawn_because,
                events=tuple(event for event in events[told_of:] if end is None or event.at < end),
            )
        )
        told_of += len(found[-1].events)
    return found


def standing(history: History) -> list[Version]:
    """The versions that hold: none that was withdrawn."""
    return [version for version in history.versions if version.withdrawn_at is None]


def changes_that_stand(history: History) -> list[Change]:
    numbers = {version.number for version in standing(history)}
    return [change for change in history.changes if change.to_number in numbers]


def older(history: History, pair: tuple[int, int]) -> Text:
    """The older text of a pair as it is compared: as the change was judged, or else as it was read for its own first
    change, without what proved to be furniture.
    """
    changes = (*history.changes, *history.digests)
    judged = next((change for change in changes if (change.from_number, change.to_number) == pair), None)
    if judged is not None:
        return judged.base or history.version(pair[0]).text
    base = next((change.base for change in history.changes if change.from_number == pair[0] and change.base), None)
    return base or history.version(pair[0]).text


def language_of(history: History, version: Version | None) -> str | None:
    return language_tag(version.language if version else None, history.source.language)
