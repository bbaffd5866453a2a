"""The pipeline at the newsroom, with the clock handed in: days of edits in seconds, over real sockets."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from feedwatch.config import Config, FetchConfig, ScheduleConfig, SiteConfig, SourceConfig
from feedwatch.demo.newsroom import Newsroom
from feedwatch.model import History
from feedwatch.reading.urls import canonical_key
from feedwatch.running.app import Tallies, open_store, opened
from feedwatch.running.lock import only_writer
from feedwatch.running.publish import publish
from feedwatch.running.visit import Rounds

# Twelve days stand for two months: with waits of days, edits of one article would be found in one look.
LONGEST = timedelta(hours=12)


def newsroom_config(
    newsroom: Newsroom, folder: Path, base_url: str, poll_every: timedelta = timedelta(hours=1)
) -> Config:
    """What somebody who watches the newsroom's outlets would write."""
    return Config(
        site=SiteConfig(
            title="feedwatch demo", base_url=base_url, output=folder / "site", contact="https://example.org/about"
        ),
        store=f"sqlite:///{folder / 'feedwatch.db'}",
        fetch=FetchConfig(
            pause=timedelta(0),
            allow_hosts=tuple(urlsplit(outlet.base_url).netloc for outlet in newsroom.outlets),
        ),
        schedule=ScheduleConfig(poll_every=poll_every, longest=LONGEST),
        sources=tuple(
            SourceConfig(slug=outlet.slug, title=outlet.title, feeds=outlet.feed_urls, language=outlet.language)
            for outlet in newsroom.outlets
        ),
    )


@dataclass
class Simulation:
    """Watches the newsroom from `now` on; can be continued."""

    newsroom: Newsroom
    config: Config
    now: datetime
    told: Callable[[datetime, Tallies], None] = lambda _now, _tallies: None

    def run_until(self, end: datetime) -> Tallies:
        """Every pass that is due until `end`; then the site is written."""
        with only_writer(self.config.store):
            return asyncio.run(self._run(end))

    async def _run(self, end: datetime) -> Tallies:
        def told(tallies: Tallies) -> None:
            self.told(self.now, tallies)

        async with opened(self.config, lambda: self.now, max_pause=timedelta(0), told=told) as app:
            rounds = Rounds(app)
            while (due := await app.ask(app.store.next_due_at)) is not None and due <= end:
                self._go_to(max(self.now, due))
                await rounds.start_due()
                await rounds.wait_for_all()
            self._go_to(end)
            await publish(app, always=True)
            return app.tallies

    def _go_to(self, now: datetime) -> None:
        self.now = now
        self.newsroom.set_time(now)

    def histories(self) -> dict[str, History]:
        """What is known of each article that was found, by the newsroom's own name for it."""
        store = open_store(self.config, self.now)
        try:
            found = {}
            for slug in self.newsroom.articles:
                article = store.resolve(canonical_key(self.newsroom.address(slug)) or "")
                if article is not None:
                    found[slug] = store.history(article.id)
            return found
        finally:
            store.close()
