"""Kept pages as a WARC file, by warcio: the extra `warc`. The same pages give the same bytes.

They are `resource` records: the headers of the answer were not kept, so no response is made up.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, BinaryIO

from feedwatch import __version__
from feedwatch.errors import UsageError
from feedwatch.model import KeptPage


@dataclass(frozen=True, slots=True)
class Page:
    article: str
    number: int  # of the version that was read from it
    seen_at: datetime
    kept: KeptPage


def write_pages(file: BinaryIO, pages: Iterable[Page], made_at: datetime) -> int:
    """Each record compressed for itself, as readers of WARC expect it."""
    try:
        from warcio.warcwriter import WARCWriter
    except ModuleNotFoundError as error:
        raise UsageError("WARC needs warcio: pip install 'feedwatch[warc]'") from error
    writer, written = WARCWriter(file, gzip=True), 0
    about = f"software: feedwatch/{__version__}\r\nformat: WARC File Format 1.1\r\n".encode()
    _write(writer, "warcinfo", made_at, about, ("warcinfo", "application/warc-fields", ""))
    for page in pages:
        named = (f"{page.article} {page.number}", page.kept.content_type, page.kept.url)
        _write(writer, "resource", page.seen_at, page.kept.body, named)
        written += 1
    return written


def _write(writer: Any, kind: str, at: datetime, body: bytes, named: tuple[str, str, str]) -> None:
    name, content_type, url = (_one_line(text) for text in named)
    headers = {
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'feedwatch {name}')}>",
        "WARC-Date": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    }
    record = writer.create_warc_record(
        url,
        kind,
        payload=BytesIO(body),
        length=len(body),
        warc_content_type=content_type or "application/octet-stream",
        warc_headers_dict=headers,
    )
    writer.write_record(record)


def _one_line(text: str) -> str:
    """A header's value: what a source says must not make another header of it."""
    return " ".join(text.encode("ascii", "ignore").decode().split())
