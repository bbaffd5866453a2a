"""When the clock was set back, what is due by the old time is moved along: else nothing would happen until it comes.

A clock that jumps ahead makes everything due at once, which is one look at each article in its host's turn.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from feedwatch.running.app import App

log = logging.getLogger(__name__)

_MEMO = "clock"
# The latest time is written down so often; a clock set back by less than this is not noticed, and delays as little.
_NOTED = timedelta(minutes=10)


async def follow_clock(app: App) -> None:
    """To be called before work is looked for."""
    now = app.now()
    memo = await app.ask(app.store.memo, _MEMO)
    latest = datetime.fromisoformat(memo) if memo else None
    if latest is not None and latest - _NOTED <= now < latest + _NOTED:
        return
    if latest is not None and now < latest:
        log.warning("the clock was set back by about %s; what is due is due so much sooner", latest - now)
        await app.ask(app.store.hasten, latest - now)
    await app.ask(app.store.keep_memo, _MEMO, now.isoformat())
