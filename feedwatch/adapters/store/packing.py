"""Texts and pages as they are kept: zstd against the article's previous version as the dictionary.

Every eighth version stands on its own, so any of them is read in eight steps at most and damage stays within eight.
The frame carries a checksum of what comes out: a damaged chain is an error, never another text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import zstandard

from feedwatch.errors import StoreError
from feedwatch.model import Block, BlockKind, Text

# Measured on 60 pages of news sites (17 MB), and on the same pages with 20 edits each, against the first as dictionary:
# level 3 leaves 15.4 % and 0.5 %; level 9 13.9 % and 0.13 %, in 4 ms and 2 ms a page; level 15 13.5 % and 0.13 %, in
# 18 ms and 26 ms. Alone, level 4 takes a quarter of level 9's time (0.75 ms) for a tenth more bytes.
_LEVEL_ALONE, _LEVEL = 4, 9
KEYFRAME_EVERY = 8

_KINDS = {kind.value: kind for kind in BlockKind}

Place = tuple[str, int]  # article, number
Packed = tuple[int | None, bytes]  # the number of the version that is the dictionary; None = stands on its own


def keyframe(number: int) -> int:
    """Where the chain that leads to version `number` begins at the earliest."""
    return number - number % KEYFRAME_EVERY


def pack(content: bytes, dictionary: bytes | None) -> bytes:
    raw = None if dictionary is None else _raw(dictionary)
    level = _LEVEL_ALONE if raw is None else _LEVEL
    return zstandard.ZstdCompressor(level=level, dict_data=raw, write_checksum=True).compress(content)


def unpack(packed: bytes, dictionary: bytes | None, place: Place) -> bytes:
    """Raises StoreError, naming `place`, when the bytes or the dictionary are not those that were written."""
    raw = None if dictionary is None else _raw(dictionary)
    try:
        return zstandard.ZstdDecompressor(dict_data=raw).decompress(packed)
    except zstandard.ZstdError as error:
        raise _damaged(place) from error


def unpack_chains(kept: Mapping[Place, Packed], wanted: Iterable[Place]) -> dict[Place, bytes]:
    """The contents of `wanted`. `kept` holds their chains: every version from `keyframe` on."""
    contents: dict[Place, bytes] = {}

    def content(place: Place) -> bytes:
        if place not in contents:
            if place not in kept:
                raise _damaged(place)
            base, packed = kept[place]
            contents[place] = unpack(packed, None if base is None else content((place[0], base)), place)
        return contents[place]

    return {place: content(place) for place in wanted}


def text_bytes(text: Text) -> bytes:
    blocks = [[block.kind.value, block.text] for block in text.blocks]
    written = json.dumps([text.title, text.standfirst, blocks], ensure_ascii=False, separators=(",", ":"))
    return written.encode("utf-8", "surrogatepass")


def text_from(content: bytes) -> Text:
    title, standfirst, blocks = json.loads(content.decode("utf-8", "surrogatepass"))
    return Text(title, standfirst, tuple(Block(text, _KINDS[kind]) for kind, text in blocks))


def _raw(content: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(content, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def _damaged(place: Place) -> StoreError:
    article, number = place
    return StoreError(
        f"what is stored of version {number} of article {article} is damaged; restore the store from a backup"
    )
