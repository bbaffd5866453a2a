"""By what the page and feeds of a source were last made: a restart does not render them all again."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from feedwatch import __version__
from feedwatch.model import Source
from feedwatch.running.app import App


def making(app: App, source: Source, over: datetime) -> str:
    """All that they are made by besides the articles. `over`: until when the feed of days goes."""
    site = app.config.site.model_dump_json()
    parts = (__version__, site, source.title, source.language or "", over.isoformat())
    return sha256("\n".join(parts).encode()).hexdigest()


async def made_by(app: App, slug: str) -> str:
    """Empty when they were not, or could not be."""
    if slug not in app.listed:
        memo = await app.ask(app.store.memo, f"listed {slug}")
        app.listed[slug] = memo or ""
    return app.listed[slug]


async def keep_making(app: App, slug: str, made: str) -> None:
    if await made_by(app, slug) != made:
        await app.ask(app.store.keep_memo, f"listed {slug}", made)
        app.listed[slug] = made
