"""A source in trouble: so much of it changes or fails that it is held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

# The brake comes and goes with the newest checks; the trouble is over when it was not needed for so long. An hour may
# see no look at all, and what comes back then would be told of as another trouble.
CALM = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Trouble:
    since: datetime
    until: datetime  # when it was seen last


def goes_on(before: Trouble | None, now: datetime, *, held: bool) -> Trouble | None:
    """How it stands after one more check."""
    if held:
        return Trouble(before.since if before else now, now)
    return before if before and now - before.until < CALM else None
