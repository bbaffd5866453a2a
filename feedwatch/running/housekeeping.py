"""What is done once a day: learned lines and tallies of long ago are forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

from feedwatch.running.app import App

EVERY = timedelta(days=1)
_MEMO = "tidied"


async def tidy(app: App) -> bool:
    """Whether it was time for it. The store keeps when it was done, for the next start or the next pass of cron."""
    now = app.now()
    last = await app.ask(app.store.memo, _MEMO)
    if last and abs(now - datetime.fromisoformat(last)) < EVERY:
        return False
    await app.ask(app.store.tidy, now)
    await app.ask(app.store.keep_memo, _MEMO, now.isoformat())
    return True
