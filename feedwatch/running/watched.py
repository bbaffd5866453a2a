"""What is watched: the configured sources with their feeds, and what was given by hand."""

from __future__ import annotations

from datetime import datetime

from feedwatch.config import Config
from feedwatch.model import Feed, Source
from feedwatch.reading.urls import host_of

# Articles that `feedwatch watch` was given without a source.
BY_HAND = Source("by-hand", "Watched by hand")


def watched(config: Config, now: datetime) -> tuple[list[Source], list[Feed]]:
    """The configured sources and their feeds, due at once."""
    sources = [Source(source.slug, source.title, source.language) for source in config.sources]
    feeds = [
        Feed(url=url, source=source.slug, host=host_of(url), location=url, next_poll_at=now)
        for source in config.sources
        for url in source.feeds
    ]
    return sources, feeds
