"""Whether two texts are one text, one of them decoded or escaped wrongly."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from feedwatch.judging.quotes import folded
from feedwatch.model import Text, comparable

# Written in the first, read in the second: what servers, proxies and databases really mix up.
_CONFUSIONS = (
    ("utf-8", "cp1252"), ("utf-8", "latin-1"), ("utf-8", "cp1251"), ("utf-8", "cp1250"), ("utf-8", "cp1256"),
    ("utf-8", "shift_jis"), ("utf-8", "euc_jp"), ("utf-8", "gbk"), ("utf-8", "ascii"), ("cp1252", "utf-8"),
    ("latin-1", "utf-8"), ("cp1251", "utf-8"), ("cp1251", "cp1252"), ("koi8-r", "cp1251"), ("cp1251", "koi8-r"),
    ("koi8-r", "cp1252"), ("cp1250", "cp1252"), ("cp1250", "utf-8"), ("iso8859-2", "latin-1"), ("cp1256", "utf-8"),
    ("cp1256", "cp1252"), ("shift_jis", "utf-8"), ("euc_jp", "utf-8"), ("euc_jp", "shift_jis"), ("gbk", "utf-8"),
    ("gbk", "cp1252"), ("big5", "gbk"), ("big5", "utf-8"), ("mac-roman", "cp1252"), ("cp1252", "ascii"),
)  # fmt: skip
# What decoders put for bytes that say nothing, and the bytes themselves where they were let through.
_LOST = re.compile("[\ufffd?\u0080-\u009f]+")
# The share of the lines that differ that must be twins: an edit may have come with the confusion.
_MOST = 0.5
_NON_ASCII = re.compile(r"[^\x00-\x7f]+")
_OTHER = re.compile(r"[^0-9A-Za-z]+")


def are_twins(old: Text, new: Text) -> bool:
    """Whether most lines that differ are one line wrongly decoded, or wrongly escaped, on either side."""
    pairs = list(_differing(old, new))
    if not pairs:
        return False
    twins = sum(_twins(one, other) or _twins(other, one) for one, other in pairs)
    return twins >= max(1, _MOST * len(pairs))


def _differing(old: Text, new: Text) -> Iterator[tuple[str, str]]:
    """The lines that differ, side by side: a wrong decoder leaves paragraphs where they are.

    Where one side has a line more (a box that spoke otherwise before it was garbled), they are told by their ASCII.
    """
    if len(old.blocks) != len(new.blocks):
        yield from _by_ascii(old, new)
        return
    ones, others = [old.title, old.standfirst, *old.paragraphs], [new.title, new.standfirst, *new.paragraphs]
    yield from ((one, other) for one, other in zip(ones, others, strict=True) if comparable(one) != comparable(other))


def _by_ascii(old: Text, new: Text) -> Iterator[tuple[str, str]]:
    lines = [{_ascii(line): line for line in (text.title, text.standfirst, *text.paragraphs)} for text in (old, new)]
    for bare, line in lines[0].items():
        other = lines[1].get(bare, "")
        if comparable(line) != comparable(other):
            yield line, other


def _twins(right: str, wrong: str) -> bool:
    """Whether `wrong` is `right` after one of the confusions."""
    if "&" in wrong and folded(html.unescape(html.unescape(wrong))) == folded(right):
        return True
    if not _NON_ASCII.search(right) or _ascii(right) != _ascii(wrong):
        return False
    return any(_bare(_confused(right, *pair)) == _bare(wrong) for pair in _CONFUSIONS)


def _confused(text: str, written: str, read: str) -> str:
    return text.encode(written, "replace").decode(read, "replace")


def _ascii(text: str) -> str:
    """Letters and digits that every encoding here writes alike: they must agree."""
    return _OTHER.sub("", text)


def _bare(text: str) -> str:
    """Without spaces (a confusion makes and unmakes them), with one mark for each run of lost characters: what left no
    trace was not lost by a decoder but taken out by an editor.
    """
    return "".join(_LOST.sub("?", text).split())
