"""What follows when an article's kept pages are read anew: which of its versions prove false.

A version is false when its page and that of the version before it, read side by side by today's rules, say the same.

What is rewritten: nothing that was told. Versions, their texts and changes stay as they were kept, since every entry
and comparison that was published is rendered from them; a false version is marked withdrawn, its entry is taken back by
a tombstone, an event says so. Only the sha by which a text is known again when it comes back is renewed, because later
pages are read by today's rules, too. Withdrawn is withdrawn: where today's rules are worse, better ones find the edit
again at the next look, as a new version.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from feedwatch.model import Change, Channel, Event, EventKind, History, Revision, Text, Version

# Of a version's words, so many must still be read: a selector that fits nothing, or only a part, proves nothing.
STILL_READ = 0.6


@dataclass(frozen=True, slots=True)
class Reread:
    """Two neighbours read anew, side by side."""

    old: int
    new: int
    before: Text
    after: Text


def is_read(kept: Version, text: Text) -> bool:
    """Whether enough of a version was read again for what was read to prove anything."""
    return bool(text.blocks) and text.words >= STILL_READ * kept.text.words


def is_same(history: History, pair: Reread) -> bool:
    """Whether the newer version says nothing that the older one did not."""
    if pair.before.sha != pair.after.sha:
        return False
    return is_read(history.version(pair.old), pair.before) and is_read(history.version(pair.new), pair.after)


def revise(
    history: History, pairs: Sequence[Reread], shas: Mapping[str, int], because: str, now: datetime
) -> Revision | None:
    """What is to be written; None where nothing is. `shas`: those by which the article's texts are known so far."""
    false = [pair.new for pair in pairs if is_same(history, pair)]
    renewed = _renewed(history, pairs, set(false), shas)
    if not false and not renewed:
        return None
    was = history.article
    if not false:
        return Revision(was, was, (), (), renewed)
    withdrawn = tuple(replace(history.version(number), withdrawn_at=now, withdrawn_because=because) for number in false)
    after = replace(
        history,
        versions=tuple({v.number: v for v in (*history.versions, *withdrawn)}[v.number] for v in history.versions),
    )
    events = tuple(
        Event(was.id, was.events + nth, EventKind.WITHDRAWN, now, str(number), _told(after, number))
        for nth, number in enumerate(false)
    )
    changes = [change for change in after.changes if after.stands(change)]
    last = [version for version in after.versions if version.withdrawn_at is None][-1]
    article = replace(
        was,
        title=last.text.title or was.title,
        changes=len(changes),
        last_changed_at=changes[-1].at if changes else None,
        edited_at=changes[-1].at if changes else None,
        events=was.events + len(events),
        rev=was.rev + 1,
    )
    return Revision(was, article, withdrawn, events, renewed)


def _renewed(history: History, pairs: Sequence[Reread], false: set[int], shas: Mapping[str, int]) -> dict[int, str]:
    read = {pair.old: pair.before for pair in pairs} | {pair.new: pair.after for pair in pairs}
    known = {number: sha for sha, number in shas.items()}
    found = {
        number: text.sha
        for number, text in sorted(read.items())
        if number not in false and is_read(history.version(number), text)
    }
    newest = {sha: number for number, sha in found.items()}
    return {number: sha for number, sha in found.items() if known.get(newest[sha]) != sha}


def _told(history: History, number: int) -> frozenset[Channel]:
    """Who was told of a version is told that it is withdrawn; of a digest once all of it is."""
    wide = {Channel.EVERYTHING, Channel.CHANGES}
    ends: list[Change] = [change for change in (*history.changes, *history.digests) if change.to_number == number]
    return frozenset(channel for change in ends if not history.stands(change) for channel in change.channels & wide)
