"""How each file is served from a bucket, where no web server knows its type. By its name, and a JSON Feed by its first
line; how long it may be kept: feeds, which readers poll, for a minute; pages for five, since a text that is taken down
must not stay long; what only a new version of feedwatch changes, for a day.
"""

from __future__ import annotations

from pathlib import PurePosixPath

_TYPES = {
    ".atom": "application/atom+xml",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".opml": "text/x-opml; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
}
_JSON_FEED = b"https://jsonfeed.org/version/"
_FEED, _PAGE, _ASSET = 60, 300, 86400  # seconds


def content_type(path: PurePosixPath, content: bytes) -> str:
    if path.suffix == ".json" and _JSON_FEED in content[:100]:
        return "application/feed+json"
    return _TYPES.get(path.suffix, "application/octet-stream")


def cache_control(path: PurePosixPath) -> str:
    if path.parts[0] == "assets":
        seconds = _ASSET
    elif path.suffix in {".atom", ".json", ".opml"}:
        seconds = _FEED
    else:
        seconds = _PAGE
    return f"public, max-age={seconds}"
