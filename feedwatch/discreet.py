"""What may be told to anyone: text without the secrets that addresses carry.

Names and passwords go, queries and fragments too: a feed's may hold a key, and nobody can tell which do.
"""

from __future__ import annotations

import re

_CREDENTIALS = re.compile(r"(?<=://)[^\s/?#]*@")
_QUERY = re.compile(r"(https?://[^\s?#]+)[?#](?:\S*[^\s'\"<>),.:;!])?(?:\.{3})?", re.IGNORECASE)


def discreet(text: str) -> str:
    return _QUERY.sub(r"\1", _CREDENTIALS.sub("", text))
