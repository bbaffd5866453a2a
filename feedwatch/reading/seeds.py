"""What an extractor took for the article on a kept page, noted beside it: the comparison need not ask it again.

They hold for the reading that they were made by, and for nothing else: the same rules and libraries, the same site
rule, a page with as many lines.
"""

from __future__ import annotations

import hashlib

from feedwatch.model import SiteRule
from feedwatch.reading.extraction import Extraction
from feedwatch.reading.extractor import EXTRACTOR
from feedwatch.reading.outline import Outline

_MADE_BY = 8  # bytes
_PATH = "trafilatura"  # the usual way, and one that takes half of reading


def packed(extraction: Extraction, outline: Outline, rule: SiteRule) -> bytes:
    """Who made them, and a bit for each line. Empty where they were found another way."""
    if extraction.path != _PATH:
        return b""
    bits = "".join("01"[run.index in extraction.seeds] for run in outline.runs)
    return _made_by(outline, rule) + int(bits, 2).to_bytes(len(bits) // 8 + 1, "big")


def unpacked(seeds: bytes, outline: Outline, rule: SiteRule) -> Extraction | None:
    """None where the extractor has to be asked."""
    if seeds[:_MADE_BY] != _made_by(outline, rule):
        return None
    bits = f"{int.from_bytes(seeds[_MADE_BY:], 'big'):0{len(outline.runs)}b}"
    found = frozenset(i for i, bit in enumerate(bits) if bit == "1")
    return Extraction(_PATH, found, chars=sum(len(outline.runs[i].text) for i in found))


def _made_by(outline: Outline, rule: SiteRule) -> bytes:
    told = f"{EXTRACTOR} {rule!r} {len(outline.runs)}"
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).digest()[:_MADE_BY]
