"""One pass, for cron and CI: everything due is polled and checked, what changed is published."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

from feedwatch.config import Config
from feedwatch.ports import Clock
from feedwatch.running.app import App, Tallies, opened, utc_now
from feedwatch.running.clock import follow_clock
from feedwatch.running.housekeeping import tidy
from feedwatch.running.lock import only_writer
from feedwatch.running.publish import publish
from feedwatch.running.visit import Rounds


async def one_pass(app: App) -> None:
    """What was checked is published even when the pass is cut short by an error of the store or the output."""
    rounds = Rounds(app)
    await follow_clock(app)
    try:
        await rounds.run_dry()
    finally:
        await rounds.abandon()
    await publish(app)
    await tidy(app)


def run_once(
    config: Config,
    clock: Clock = utc_now,
    max_pause: timedelta | None = None,
    told: Callable[[Tallies], None] = lambda _: None,
) -> Tallies:
    async def work() -> Tallies:
        async with opened(config, clock, max_pause, told) as app:
            await one_pass(app)
            return app.tallies

    with only_writer(config.store):
        return asyncio.run(work())
