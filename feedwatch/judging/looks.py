"""When an article was looked at: minutes after its first sighting, as its row keeps them.

The list stays small: once it takes more than LIMIT bytes, only looks that are an eighth of a doubling of the article's
age apart are kept, which a drawing can still tell apart.
"""

from __future__ import annotations

import math
from datetime import timedelta

from feedwatch.steps import pack, unpack

LIMIT = 240  # bytes. The default schedule looks some 40 times at an article: 70 bytes
_FIRST = 10  # minutes; as much room as each later doubling has
_PARTS = 8

_MINUTE = timedelta(minutes=1)


def with_look(looks: bytes, age: timedelta) -> bytes:
    """`looks` with one more, at that age. One in the same minute, or before the last one, is not told apart."""
    minutes, now = unpack(looks), max(age // _MINUTE, 0)
    if minutes and now <= minutes[-1]:
        return looks
    packed = looks + pack([now - minutes[-1] - 1 if minutes else now])
    if len(packed) <= LIMIT:
        return packed
    last_of = {round(_PARTS * math.log2(1 + minute / _FIRST)): minute for minute in (*minutes, now)}
    return pack(sorted(last_of.values()))
