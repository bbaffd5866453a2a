"""Publishing by many: each sweeps up what is dirty and nobody has in hand; a listing is written by one at a time.

Pages are written before what lists them is marked to be; a crash in between renders them again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from typing import ParamSpec, TypeVar

from feedwatch.errors import StoreError
from feedwatch.model import Listing, Source
from feedwatch.ports import SharedStore, Sweeper
from feedwatch.running.app import App
from feedwatch.running.finding import publish_finding
from feedwatch.running.health import STATUS_EVERY, publish_status
from feedwatch.running.listings import publish_listing
from feedwatch.running.publish import Told, publish_articles

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)

# Their rows are locked meanwhile: a check that wants to write to one of them waits so long.
BATCH = 20
LISTINGS_EVERY = timedelta(seconds=10)
_STATUS = "status written"


class Sweeps:
    """For one process. `app`'s store and thread are for this alone: what waits for a row that is locked here must not
    be what this waits for.
    """

    def __init__(self, app: App, store: SharedStore, sweeper: Sweeper) -> None:
        self._app, self._store, self._sweeper = app, store, sweeper
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sweeper")
        self._wrote: set[str] = set()  # articles in hand; the lock may have been lost while they were written
        self._listed: set[str] = set()

    async def sweep(self) -> None:
        """All that is dirty, then the listings, then the status. Raises StoreError or OutputError."""
        await self._settle_doubts()
        try:
            while not self._app.stop.is_set() and await self._articles():
                pass
            while await self._listing():
                pass
            await self._status()
        finally:
            await self._drop()

    async def close(self) -> None:
        await self._drop()
        self._thread.submit(self._sweeper.close).result()
        self._thread.shutdown()

    async def _articles(self) -> bool:
        app = self._app
        ids = await self._ask(self._sweeper.take, BATCH, app.unrenderable)
        if not ids:
            return False
        self._wrote |= set(ids)
        told = Told()
        await publish_articles(app, ids, told)
        pairs = [(slug, one.article.id) for one in told.restated for slug in ("", one.source.slug)]
        await self._ask(self._sweeper.publish, told.revs, {"", *told.slugs} if told.slugs else set(), pairs)
        for history in told.restated:
            await app.ask(app.store.keep_memo, f"restate {history.article.id}", "")
        self._wrote.clear()
        return True

    async def _listing(self) -> bool:
        app = self._app
        listing = await self._ask(self._sweeper.take_listing, app.now(), LISTINGS_EVERY)
        if listing is None:
            return False
        self._listed.add(listing.slug)
        is_there, source = await self._source_of(listing)
        if is_there:
            restated = [await app.ask(app.store.history, number) for number in listing.restated]
            anew = f"anew {listing.slug}"  # as `publish --all` wants it
            always = bool(await app.ask(app.store.memo, anew))
            await publish_listing(app, source, restated, always=always)
            if source is None:
                await publish_finding(app, always=always)
            if always:
                await app.ask(app.store.keep_memo, anew, "")
        await self._ask(self._sweeper.list, listing, app.now())
        self._listed.clear()
        return True

    async def _source_of(self, listing: Listing) -> tuple[bool, Source | None]:
        if not listing.slug:
            return True, None
        sources = await self._app.ask(self._store.sources)
        found = next((source for source in sources if source.slug == listing.slug), None)
        return found is not None, found

    async def _status(self) -> None:
        """Once a minute, by whoever comes first."""
        app = self._app
        if not await self._ask(self._sweeper.take_turn, "status"):
            return
        memo = await app.ask(app.store.memo, _STATUS)
        if not memo or abs(app.now() - datetime.fromisoformat(memo)) >= STATUS_EVERY:
            app.done_at.pop("status", None)
            await publish_status(app)
            await app.ask(app.store.keep_memo, _STATUS, app.now().isoformat())

    async def _settle_doubts(self) -> None:
        """What was written while the lock may have been lost may be older than what another wrote meanwhile."""
        if self._wrote:
            await self._app.ask(self._store.mark_dirty, self._wrote)
            self._wrote.clear()
        if self._listed:
            await self._app.ask(self._store.raise_listings, self._listed)
            self._listed.clear()

    async def _drop(self) -> None:
        try:
            await self._ask(self._sweeper.drop)
        except StoreError as error:
            log.debug("%s", error)

    async def _ask(self, method: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """A method of the sweeper, on its thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, partial(method, *args, **kwargs))
