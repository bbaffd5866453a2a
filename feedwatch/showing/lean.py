"""Scripts and the style sheet as they are served: without comments and indentation, a sixth of their bytes.

They are written for it: a comment has lines of its own, no string goes over several lines or holds a brace.
"""

from __future__ import annotations

import re

_LINE_REMARK = re.compile(r"^[ ]*//[^\n]*\n", re.MULTILINE)
_BLOCK_REMARK = re.compile(r"^[ ]*/\*.*?\*/\n", re.DOTALL | re.MULTILINE)
_INDENT = re.compile(r"^\s+", re.MULTILINE)
_ROOM = re.compile(r"\s*([{};,])\s*|(?<=:) +")


def lean(content: str, *, is_style: bool = False) -> str:
    bare = _BLOCK_REMARK.sub("", content)
    return _ROOM.sub(r"\1", bare).replace(";}", "}") if is_style else _INDENT.sub("", _LINE_REMARK.sub("", bare))
