"""Which blocks of the evaluator's pages are no words of the article, though the truth holds them; where an edit stands.

`labels.txt` says it: the rules on top, then a line for each page, with the hash of its bytes and those of such blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html

from bench.mutations import joined

Element = Any  # lxml.html.HtmlElement; its stubs know too little of it

_FILE = Path(__file__).with_name("labels.txt")
_LEAST = 5  # words of a block that the sets edit
_BOXES = re.compile(
    "address|article|aside|blockquote|body|button|caption|center|d[dlt]|details|dialog|div|fieldset|figcaption|figure"
    "|footer|form|h[1-6]|header|hr|html|legend|li|main|menu|nav|ol|option|p|pre|section|summary"
    "|table|tbody|t[dhr]|tfoot|thead|ul"
)
_MUTE = re.compile("script|style|noscript|template|svg|math|head|title|iframe|textarea|select")


class Block(NamedTuple):
    """A run of text that no beginning or end of a box divides, and the box that it stands in."""

    text: str
    box: Element

    @property
    def key(self) -> str:
        return key(self.text.encode())

    @property
    def place(self) -> str:
        chain = (self.box, *self.box.iterancestors())
        return "<".join(f"{e.tag}.{(e.get('class') or e.get('id') or '').replace(' ', '.')[:30]}" for e in chain[:5])


class Edit(NamedTuple):
    """What two pages differ in: blocks of the older one, those of the newer one instead, and those around."""

    old: Sequence[Block]
    new: Sequence[Block]
    above: Sequence[Block]
    below: Sequence[Block]


def blocks(page: bytes) -> list[Block]:
    source = page.decode("utf-8", "replace").lstrip("\ufeff").replace("\x00", "")
    tree = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", source))
    runs: list[tuple[list[str], Element]] = [([], tree)]
    _walk(tree, tree, runs)
    found = (Block(" ".join("".join(parts).split()), box) for parts, box in runs)
    return [block for block in found if block.text]


def _walk(e: Element, box: Element, runs: list[tuple[list[str], Element]]) -> None:
    """Into the last of the runs, or a new one where a box begins or ends."""
    if not isinstance(e.tag, str) or _MUTE.fullmatch(e.tag):
        return
    inner = e if _BOXES.fullmatch(e.tag) else box
    if inner is e:
        runs.append(([], e))
    runs[-1][0].append(e.text or "")
    for child in e:
        _walk(child, inner, runs)
        runs[-1][0].append(child.tail or "")
    if inner is e:
        runs.append(([], box))


def edits(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Edit]:
    before, after = ([block.text for block in side] for side in (old, new))
    for what, i, k, j, n in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what != "equal":
            yield Edit(old[i:k], new[j:n], old[:i], old[k:])


def change_article(old: Sequence[Block], new: Sequence[Block], truth: str, others: frozenset[str]) -> bool:
    """Whether two pages differ in the article. `others`: keys of blocks in the truth that are none of it."""
    rest = [[block.text for block in side if block.key not in others] for side in (old, new)]
    return rest[0] != rest[1] and any(in_article(edit, truth, others) for edit in edits(old, new))


def in_article(edit: Edit, truth: str, others: frozenset[str]) -> bool:
    """Whether one of the blocks that changed is the article's. Where the truth holds none of them, as they were or are
    now, the blocks around say it; on top of them all is the article.
    """
    known = joined(truth)
    changed = list(_held(edit.old, known)) or list(_held(edit.new, known))
    if not changed and (above := next(_held(reversed(edit.above), known), None)):
        changed = [above, *islice(_held(edit.below, known), 1)]
    return not changed or any(block.key not in others for block in changed)


def _held(some: Iterable[Block], known: str) -> Iterator[Block]:
    """Those in the truth, of as many words as the sets edit."""
    words = ((block, joined(block.text)) for block in some)
    return (block for block, own in words if len(own.split()) >= _LEAST and own in known)


def key(of: bytes) -> str:
    return sha256(of).hexdigest()[:8]


def read_labels() -> dict[str, frozenset[str]]:
    """Of each page (its key) those of its blocks that are not the article's."""
    lines = (line.split() for line in _FILE.read_text("utf-8").splitlines() if line and line[0] != "#")
    return {page: frozenset(others) for page, *others in lines}
