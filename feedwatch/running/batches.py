"""Work over the whole store, cut into parts that all workers share; it goes on where it was, whoever ends meanwhile.

Who asks for it only waits: parts are in the store, their jobs in the queue.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import uuid4

from feedwatch.config import Config
from feedwatch.model import Batch, Part
from feedwatch.ports import SharedStore, Store, Work
from feedwatch.running.app import open_queue, open_store, utc_now

_LOOK = 0.5  # seconds between two looks at how far it is
# Parts begin with so many hexadecimal digits of their articles' ids: 16 parts, or 256 of a large store.
_LARGE = 20_000
_ID = 16


def are_at_work(config: Config, now: datetime) -> bool:
    """Whether workers are at work on this store."""
    with closing(open_store(config, now)) as store:
        crew = store.crew(now)
    return crew is not None and bool(crew.workers)


def share(
    config: Config, kind: str, arguments: Mapping[str, Any], told: Callable[[int, int], None] = lambda _done, _of: None
) -> list[dict[str, Any]]:
    """Have the workers do it; what each part came to. One like it that is not finished is waited for instead."""
    return asyncio.run(_shared(config, kind, json.dumps(arguments, sort_keys=True), told))


async def _shared(config: Config, kind: str, arguments: str, told: Callable[[int, int], None]) -> list[dict[str, Any]]:
    with closing(cast("SharedStore", open_store(config, utc_now()))) as store:
        batch = store.unfinished_batch(kind, arguments) or await _begun(config, store, kind, arguments)
        while len(batch.results) < batch.parts:
            told(len(batch.results), batch.parts)
            await asyncio.sleep(_LOOK)
            batch = store.batch(batch.id)
    return [json.loads(result) for result in batch.results]


async def _begun(config: Config, store: SharedStore, kind: str, arguments: str) -> Batch:
    batch = Batch(uuid4().hex, kind, arguments, utc_now(), 0)
    parts = cut(batch.id, store)
    store.begin_batch(batch, parts)
    queue = open_queue(config, Work(_nothing, _nothing, _nothing), timedelta(0))
    async with queue.opened():
        await queue.enqueue_parts(parts)
    return store.batch(batch.id)


def cut(batch: str, store: Store) -> list[Part]:
    """All ids there can be, by their first digits."""
    digits = 2 if store.count(None, None) > _LARGE else 1
    starts = [f"{number:0{digits}x}" for number in range(16**digits)]
    return [Part(batch, number, start.ljust(_ID, "0"), start.ljust(_ID, "f")) for number, start in enumerate(starts)]


async def _nothing(*_: object) -> None:
    """Who asks does no job."""
