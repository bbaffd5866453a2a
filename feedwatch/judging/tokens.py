"""Cuts a text into the units that a reader takes as one: words, numbers, single signs.

The one rule: an edit is marked in whole tokens, so nothing that a reader takes as one may be cut in two.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"\s+|[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]"
    r"|[^\W\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]+(?:['’.,\-][^\W\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]+)*|.",
    re.DOTALL,
)


def tokenise(text: str) -> list[str]:
    return _TOKEN.findall(text)
