"""A WebSub hub is told of what was written, and never waited for."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qsl

import pytest

from feedwatch.model import Failed, Reason
from feedwatch.running.hub import AT_ONCE, FIRST_REST, LONGEST_REST, WAITING, Hub
from feedwatch.running.publish import publish
from feedwatch.showing import paths
from tests.fetching import fetching
from tests.hostile import HASTY, Act, Visitor, at_work, head, redirect, stalled
from tests.internet import FakeFetcher, Newspaper, newspaper_config

BASE = "https://changes.example/"
ADDRESS = "https://hub.example/"


class HubsFetcher(FakeFetcher):
    """Remembers what was announced; `fails` counts down, `blocks` keeps a hub from answering."""

    def __init__(self, *, fails: int = 0, blocks: bool = False) -> None:
        super().__init__()
        self.told: list[list[str]] = []
        self.fails = fails
        self.blocks = blocks

    async def announce(self, hub: str, topics: Sequence[str]) -> Failed | None:
        assert hub == ADDRESS
        self.told.append(list(topics))
        if self.blocks:
            await asyncio.Event().wait()
        self.fails -= 1
        return Failed(Reason.STATUS, f"{hub}: answered 503", 503) if self.fails >= 0 else None


async def drained(hub: Hub) -> None:
    assert hub._task is not None
    await hub._task


# ------------------------------------------------------------------------------------------------------ the queue


def test_feeds_are_told_in_both_forms_and_nothing_else():
    async def story():
        fetcher = HubsFetcher()
        hub = Hub(fetcher, ADDRESS, BASE)
        for name in ("index.html", "changes.atom", "changes.json", "changes-3.atom", "status.json", "status.atom"):
            hub.wrote(PurePosixPath(name))
        hub.wrote(paths.versions("0123abcd"))
        hub.wrote(paths.article_feed("0123abcd"))
        await drained(hub)
        return fetcher.told

    assert asyncio.run(story()) == [
        [BASE + "changes.atom", BASE + "changes.json", BASE + "status.atom", BASE + "articles/01/0123abcd/changes.atom"]
    ]


def test_many_feeds_are_told_in_few_requests_each_once():
    async def story():
        fetcher = HubsFetcher()
        hub = Hub(fetcher, ADDRESS, BASE)
        for _ in range(2):
            for n in range(2 * AT_ONCE + 1):
                hub.wrote(paths.article_feed(f"{n:08x}"))
        await drained(hub)
        return fetcher.told

    told = asyncio.run(story())

    assert [len(topics) for topics in told] == [AT_ONCE, AT_ONCE, 1]
    assert len({topic for topics in told for topic in topics}) == 2 * AT_ONCE + 1


def test_what_a_hub_did_not_take_is_told_again_after_ever_longer_rests():
    rests: list[float] = []

    async def rest(seconds: float) -> None:
        rests.append(seconds)

    async def story():
        fetcher = HubsFetcher(fails=9)
        hub = Hub(fetcher, ADDRESS, BASE, rest)
        hub.wrote(PurePosixPath("changes.atom"))
        await drained(hub)
        return fetcher.told

    told = asyncio.run(story())

    assert told == 10 * [[BASE + "changes.atom"]]
    assert rests[:3] == [FIRST_REST.total_seconds() * factor for factor in (1, 2, 4)]
    assert rests[-1] == LONGEST_REST.total_seconds()


def test_a_queue_that_grows_too_long_loses_its_oldest():
    async def story():
        fetcher = HubsFetcher()
        hub = Hub(fetcher, ADDRESS, BASE)
        for n in range(WAITING + 5):
            hub.wrote(paths.article_feed(f"{n:08x}"))
        await drained(hub)
        return [topic for topics in fetcher.told for topic in topics]

    topics = asyncio.run(story())

    assert len(topics) == WAITING
    assert topics[0].endswith(f"{5:08x}/changes.atom")


def test_the_end_does_not_wait_for_a_hub_that_rests():
    async def story():
        resting = asyncio.Event()

        async def rest(_: float) -> None:
            resting.set()
            await asyncio.Event().wait()

        hub = Hub(HubsFetcher(fails=1), ADDRESS, BASE, rest)
        hub.wrote(PurePosixPath("changes.atom"))
        await resting.wait()
        await hub.finish()

    asyncio.run(asyncio.wait_for(story(), 30))


# ------------------------------------------------------------------------------------------------------ publishing


def published(folder: Path, fetcher: HubsFetcher) -> list[str]:
    config = newspaper_config(folder)
    newspaper = Newspaper(folder, config, fetcher=fetcher)

    async def story() -> None:
        hub = Hub(fetcher, ADDRESS, config.site.base_url)
        newspaper.app = replace(newspaper.app, hub=hub)
        await publish(newspaper.app, always=True)
        if not fetcher.blocks:
            await hub.finish()

    asyncio.run(story())
    newspaper.close()
    return [path.relative_to(config.site.output).as_posix() for path in config.site.output.rglob("*.atom")]


def test_every_feed_that_was_written_is_told_once_it_is_there(tmp_path: Path) -> None:
    missing: list[str] = []

    class Looking(HubsFetcher):
        async def announce(self, hub: str, topics: Sequence[str]) -> Failed | None:
            files = [tmp_path / "site" / topic.removeprefix(BASE) for topic in topics]
            missing.extend(str(file) for file in files if not file.exists())
            return await super().announce(hub, topics)

    fetcher = Looking()
    files = published(tmp_path, fetcher)
    first = {topic for topics in fetcher.told for topic in topics}
    again = HubsFetcher()
    published(tmp_path, again)

    assert missing == []
    assert {topic for topic in first if topic.endswith(".atom")} == {BASE + name for name in files}
    assert again.told == []


def test_a_hub_that_never_answers_keeps_nothing_from_being_published(tmp_path: Path) -> None:
    fetcher = HubsFetcher(blocks=True)

    files = published(tmp_path, fetcher)

    assert "changes.atom" in files
    assert len(fetcher.told) == 1


# ------------------------------------------------------------------------------------------------------ on the wire


async def accepts(visitor: Visitor) -> None:
    body = await visitor.reader.readexactly(int(visitor.headers["content-length"]))
    received.append((visitor.headers["content-type"], parse_qsl(body.decode())))
    await visitor.say(head("Content-Length: 0", status="202 Accepted"))


received: list[tuple[str, list[tuple[str, str]]]] = []


def test_a_hub_is_told_by_a_form():
    async def story():
        async with at_work({"/hub": accepts}) as origin, fetching(origin) as fetcher:
            return await fetcher.announce(origin.url("/hub"), [BASE + "changes.atom", BASE + "a?b=c&d"])

    received.clear()
    failed = asyncio.run(story())

    assert failed is None
    assert received == [
        (
            "application/x-www-form-urlencoded",
            [("hub.mode", "publish"), ("hub.url", BASE + "changes.atom"), ("hub.url", BASE + "a?b=c&d")],
        )
    ]


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (stalled(), Reason.TIMEOUT),
        (stalled(head("Content-Length: 9")), None),  # it took it; what it says further is not read
        (redirect("http://127.0.0.1:{port}/other"), Reason.STATUS),
    ],
    ids=["silent", "slow to end", "redirects"],
)
def test_a_hub_that_misbehaves_is_a_failure_in_time(act: Act, reason: Reason | None):
    async def story():
        async with (
            at_work({"/hub": act}) as origin,
            fetching(origin, timeout=timedelta(seconds=HASTY)) as fetcher,
        ):
            return await fetcher.announce(origin.url("/hub"), [BASE])

    failed = asyncio.run(story())

    assert (failed and failed.reason) == reason


def test_a_hub_at_a_private_address_is_refused_unless_it_is_allowed():
    async def story():
        async with at_work({"/hub": accepts}) as origin, fetching() as fetcher:
            return await fetcher.announce(origin.url("/hub"), [BASE])

    failed = asyncio.run(story())

    assert failed is not None
    assert failed.reason is Reason.ADDRESS
