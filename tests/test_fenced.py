"""Two processes' fences on a real PostgreSQL, and a redirect from one's host to the other's."""

from __future__ import annotations

import asyncio

import pytest

from feedwatch.adapters.store.fences import Fences
from feedwatch.model import Fetched, Reason
from feedwatch.ports import lock_of
from feedwatch.running import fenced
from feedwatch.running.fenced import Hold
from tests.fetching import article, fetching
from tests.hostile import answer, at_work, redirect
from tests.postgres import Cluster


def test_a_redirect_leads_to_no_host_that_another_process_visits(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fenced, "BETWEEN", 0.001)
    url = cluster.database()
    another, hold = Fences(url), Hold()

    async def story() -> None:
        await hold.begin(lambda: Fences(url))
        async with at_work({"/b": answer(), "/robots.txt": answer(b"")}) as there, at_work({}) as here:
            here.acts["/a"] = redirect(there.url("/b"))
            async with fetching(here, there, elsewhere=hold.elsewhere) as fetcher:
                assert another.take(lock_of(there.place))
                refused = await fetcher.fetch(article(here.url("/a"), robots=""))
                asked_meanwhile = list(there.asked)
                another.leave(lock_of(there.place))
                found = await fetcher.fetch(article(here.url("/a"), robots=""))
                is_free_again = another.take(lock_of(there.place))
        await hold.end()
        assert getattr(refused, "reason", None) is Reason.BUSY
        assert asked_meanwhile == []
        assert isinstance(found, Fetched)
        assert is_free_again

    try:
        asyncio.run(story())
    finally:
        another.close()
        hold.close()
