"""The templates, compiled once and kept beside the package as Python keeps its modules: in `__pycache__`.

Whoever may write there may change the package itself. Where nothing may be written, or Python is told to write no
bytecode, they are compiled at every start, as before. What is damaged, or made by other versions, is made anew.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from contextlib import suppress
from functools import cache
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from types import CodeType

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from feedwatch import __version__
from feedwatch.showing import pieces, plain, render

_DIGEST = hashlib.sha256().digest_size


class _Codes(BytecodeCache):
    """By template and by what stands in it."""

    def __init__(self, codes: dict[str, CodeType]) -> None:
        self._kept = codes
        self.used: dict[str, CodeType] = {}

    @property
    def is_new(self) -> bool:
        return self.used.keys() != self._kept.keys()

    def load_bytecode(self, bucket: Bucket) -> None:
        name = f"{bucket.key} {bucket.checksum}"
        if code := self._kept.get(name):
            bucket.code = self.used[name] = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self.used[f"{bucket.key} {bucket.checksum}"] = bucket.code


@cache
def take_kept_templates() -> None:
    """For a process that makes pages of few templates: what workers kept, if they did."""
    if place := _place():
        render.keep_templates(_Codes(_read(place, _maker())))


def compile_templates() -> None:
    """All of them, for workers."""
    place = _place()
    maker = _maker() if place else b""
    codes = _Codes(_read(place, maker) if place else {})
    render.keep_templates(codes)
    render.compile_templates()
    if codes.is_new and place and not sys.dont_write_bytecode:
        with suppress(OSError):
            _write(place, maker, codes.used)


def _place() -> Path | None:
    """None where Python keeps no bytecode, or the package is no folder."""
    beside = Path(str(render.__file__))
    if sys.implementation.cache_tag is None or not beside.is_file():
        return None
    return Path(cache_from_source(str(beside))).with_suffix(".templates")


def _maker() -> bytes:
    """All that code is made by besides the template."""
    made = hashlib.sha256(f"{__version__} {jinja2.__version__} {sys.version}".encode() + MAGIC_NUMBER)
    for module in (render, pieces, plain):
        made.update(Path(str(module.__file__)).read_bytes())
    return made.digest()


def _read(place: Path, maker: bytes) -> dict[str, CodeType]:
    """Only what was written whole is unpacked: anything else could end the process."""
    try:
        kept = place.read_bytes()
    except OSError:
        return {}
    packed = kept[2 * _DIGEST :]
    if kept[: 2 * _DIGEST] != maker + hashlib.sha256(packed).digest():
        return {}
    codes: dict[str, CodeType] = marshal.loads(packed)  # noqa: S302 - as Python does with its own
    return codes


def _write(place: Path, maker: bytes, codes: dict[str, CodeType]) -> None:
    packed = marshal.dumps(codes)
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_suffix(f".{os.getpid()}")
    try:
        part.write_bytes(maker + hashlib.sha256(packed).digest() + packed)
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)
