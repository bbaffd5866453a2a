"""What the shell needs from outside. Adapters fulfil these; nothing else in the package knows a concrete one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any, Protocol, TypeVar

from feedwatch.model import (
    Article,
    Batch,
    Change,
    Channel,
    Crew,
    Dossier,
    Due,
    Event,
    Failed,
    Feed,
    Findable,
    History,
    Host,
    KeptPage,
    Known,
    Listing,
    Notice,
    Outcome,
    Part,
    Past,
    PollVerdict,
    Posting,
    Queued,
    Request,
    Revision,
    Sizes,
    Source,
    Stale,
    State,
    Verdict,
    Version,
    Worker,
)

T = TypeVar("T")


class Store(Protocol):
    """Synchronous; each method is one transaction. Raises StoreError with the way out."""

    @property
    def created_at(self) -> datetime:
        """When this store was made: part of the ids of its feeds."""

    def enrol(self, sources: Sequence[Source], feeds: Sequence[Feed]) -> None:
        """Make the configured sources and feeds the watched ones. What is known of a feed that stays is kept (only its
        source follows the config); feeds no longer configured are forgotten, their articles stay watched.
        """

    def sources(self) -> list[Source]: ...
    def feeds(self) -> list[Feed]: ...

    # work
    def due_hosts(self, now: datetime, limit: int) -> list[Host]:
        """Hosts with a feed or an article due and `not_before` past, the longest due first."""

    def hasten(self, by: timedelta) -> None:
        """Everything that is due, and every pause of a host, ends so much sooner: the clock was set back."""

    def next_due_at(self) -> datetime | None:
        """When the next host is due."""

    def due_feeds(self, host: str, now: datetime) -> list[Feed]: ...
    def due_articles(self, host: str, now: datetime, limit: int) -> list[Article]: ...
    def host(self, name: str) -> Host:
        """What is known of the host; a blank one when it was never visited."""

    def save_host(self, host: Host, asked_at: datetime | None = None) -> None:
        """All but the number of its requests, which is counted: one more, `asked_at` then."""

    def requests_of_day(self, now: datetime, limit: int) -> dict[str, int]:
        """By host, how often something was asked of it in this day (UTC), the busiest first."""

    def count_request(self, host: str, now: datetime) -> None:
        """One that is neither a poll nor a check, which count by themselves."""

    def past(self, source: str, now: datetime) -> Past:
        """What the source's schedule learns from: some 2,000 lives of articles found in the last 120 days."""

    # poll
    def find(self, keys: Collection[str]) -> dict[str, Article]:
        """Articles by canonical key or alias."""

    def settle_poll(self, verdict: PollVerdict) -> None: ...

    # check
    def known(self, article: str, lines: Collection[str], now: datetime) -> Known:
        """`lines` are the line shas of the page now seen; which of them are common is part of the answer."""

    def page(self, article: str, number: int) -> KeptPage | None:
        """The page that the version was read from."""

    def page_now(self, article: str, number: int) -> KeptPage | None:
        """The page to compare the version with: of the newest template that showed it."""

    def settle(self, verdict: Verdict) -> bool:
        """False, and nothing written, when another check of the article was settled in between."""

    def look_around(self, source: str, but: str, limit: int, now: datetime) -> None:
        """Make so many of the source's newest articles due now, which are not suspect and not the article `but`."""

    def tidy(self, now: datetime) -> None:
        """Forget lines and tallies of long ago."""

    # recheck
    def edited(self, source: str) -> list[str]:
        """Ids of the source's articles that have more than one version, in an order that stays."""

    def revise(self, revision: Revision) -> bool:
        """False, and nothing written, when the article is not any more as `revision.was` says."""

    # publish
    def dirty(self, limit: int) -> list[str]:
        """Ids of articles with something that is not published yet, oldest first."""

    def history(self, article: str) -> History: ...
    def dossiers(self, articles: Sequence[str], memo: str) -> list[Dossier]:
        """In the same order, as of one moment; each with what is kept as the memo of this name and the article's id."""

    def mark_published(self, revs: Mapping[str, int]) -> None: ...
    def mark_all_dirty(self) -> None: ...
    def notices(self, channel: Channel, source: str | None, limit: int) -> list[Notice]:
        """The newest notices that the channel carries, newest first; an event with the version that stood then as
        `new`.
        """

    def newest(self, channels: Iterable[Channel], source: str | None, limit: int) -> dict[Channel, list[Notice]]:
        """The same for several channels. What more than one of them carries is the same notice, and is read once."""

    def news_count(self, channel: Channel, source: str | None) -> int:
        """How many notices the channel has carried ever, those of hidden articles included."""

    def news_page(self, channel: Channel, source: str | None, offset: int, limit: int) -> list[Notice]:
        """Some of them, in the order in which they came; hidden ones are left out but keep their places."""

    def news_place(self, channel: Channel, source: str | None, told: Change | Event) -> int:
        """How many of them came before this one."""

    def memo(self, name: str) -> str | None: ...
    def keep_memo(self, name: str, text: str) -> None:
        """What the shell has to know again after a restart and that no row tells."""

    # find
    def note_findable(self, findables: Sequence[Findable], group: int, days: Collection[tuple[str, int]]) -> None:
        """What is found of these articles is this from now on; `stale` names the files that tell otherwise, entries in
        groups of so many, and the `days`.
        """

    def findable_count(self) -> int:
        """How many articles were ever given a number of the search: they are numbered from 0."""

    def postings(self, first: int, last: int) -> list[Posting]:
        """Of the words in these slots."""

    def found_entries(self, first: int, last: int) -> dict[int, str]:
        """Of the articles with these numbers; "" for what is not to be found any more."""

    def stale(self) -> list[Stale]: ...
    def forget_stale(self, places: Collection[Stale]) -> None:
        """They are published, but for those that became stale again meanwhile."""

    def most_changed(self, limit: int) -> list[Article]:
        """Those with several changes, the most changed first, hidden ones left out."""

    # people
    def resolve(self, url_key_or_id: str) -> Article | None:
        """By id, canonical key or alias."""

    def articles(self, source: str | None, state: State | None, limit: int, offset: int = 0) -> list[Article]:
        """The most lately changed or first seen first."""

    def ids(self, after: str, limit: int) -> list[str]:
        """Of all articles, those that come next after this one, in order."""

    def count(self, source: str | None, state: State | None) -> int: ...
    def admit(self, history: History) -> int:
        """Add an article that comes from another store, or carry it on from where it ends here; how many versions were
        not there. Raises LineFault when it has another history here.
        """

    def counts(self, now: datetime) -> dict[str, dict[str, int]]:
        """By source: watched, done, gone, walled, blocked, hidden, due, held, versions, changes, checks_last_day, and
        checks_last_hour, changed_last_hour, failed_last_hour.
        """

    def sizes(self) -> Sizes:
        """Of 1,000 versions at most, those of the articles with the first ids: hashes, so any kind is among them."""

    def checks_of_day(self, source: str, now: datetime) -> int:
        """How often articles of the source were looked at in the last 24 hours."""

    def last_checks(self) -> dict[str, datetime]:
        """By source, when one of its articles was last looked at; to ten minutes, rounded down."""

    def versions(self, article: str) -> list[Version]: ...
    def crew(self, now: datetime) -> Crew | None:
        """None where one process does all."""

    def close(self) -> None: ...


class SharedStore(Store, Protocol):
    """The store as many processes share it."""

    def clock(self) -> datetime:
        """The time that the store's own machine has."""

    def claim_due(
        self,
        now: datetime,
        limit: int,
        lease: timedelta,
        hand_over: Callable[[Any, Sequence[Due]], Collection[str]],
        after: Due | None = None,
    ) -> Sequence[Due]:
        """Hand over hosts that are due, the longest due first; those that are in the queue then are not due before the
        end of the lease. One transaction. Those that were found: the next portion is `after` the last.
        """

    def release(self, name: str, not_before: datetime) -> None:
        """A visit is over: the host is due again when something there is, and its pause is over."""

    def put_off(self, name: str, until: datetime) -> None:
        """Nobody need ask for the host before."""

    def queued(self) -> Queued | None:
        """None where no worker has been yet."""

    def raise_listings(self, slugs: Iterable[str]) -> None:
        """These are to be written anew."""

    def mark_dirty(self, articles: Collection[str]) -> None:
        """These are to be written anew, whatever was written of them."""

    def mark_range_dirty(self, first: str, last: str) -> int:
        """The articles with ids from `first` to `last`; how many."""

    def begin_batch(self, new: Batch, parts: Sequence[Part]) -> None: ...
    def unfinished_batch(self, kind: str, arguments: str) -> Batch | None: ...
    def batch(self, number: str) -> Batch: ...
    def part(self, of: str, number: int) -> tuple[Batch, Part] | None:
        """None when it is done."""

    def finish_part(self, done: Part, result: str, now: datetime) -> None: ...
    def stray_parts(self) -> list[Part]:
        """Those that are not done and that no job is about."""

    def edited_between(self, sources: Collection[str], first: str, last: str) -> list[str]:
        """Ids of the articles with more than one version, in order."""

    def enlist(self, new: Worker, since: datetime) -> None:
        """Raises StoreBusy beside a worker with another configuration that was seen `since` then."""

    def report(self, of: Worker) -> None: ...
    def count_rescued(self, by: str, many: int) -> None: ...
    def workers(self) -> list[Worker]:
        """Those at work, and those that ended within a day."""

    def forget_workers(self, now: datetime) -> None:
        """Those that ended more than a day ago, and batches of a week ago."""


class Sweeper(Protocol):
    """Takes what is to be published and nobody else has in hand; one thing at a time. Raises StoreError."""

    def take(self, limit: int, but: Mapping[str, int]) -> list[str]:
        """So many articles that are dirty, the longest dirty first. `but`: not while they are at these revs."""

    def publish(self, revs: Mapping[str, int], slugs: Collection[str], pairs: Collection[tuple[str, str]]) -> None:
        """They are written as they stood at `revs`; `slugs` are to be, where `pairs` of them tell otherwise."""

    def take_listing(self, now: datetime, every: timedelta) -> Listing | None:
        """One that is to be written, and was not within `every`."""

    def list(self, written: Listing, now: datetime) -> None: ...
    def take_turn(self, name: str) -> bool:
        """Whether it is this process's turn; nobody else's until it is dropped."""

    def drop(self) -> None:
        """What was taken is free again, as it was."""

    def close(self) -> None: ...


def lock_of(host: str) -> str:
    """The name of a host's fence, and of the lock of its job in the queue."""
    return f"host {host}"


class Fences(Protocol):
    """What no two processes may have; they end with the process. Raises StoreError when they are lost."""

    def take(self, name: str) -> bool: ...
    def share(self, name: str) -> bool: ...
    def leave(self, name: str) -> None: ...
    def hold(self) -> None:
        """Returns when they are still held."""

    def held(self, names: Collection[str]) -> set[str]:
        """Which of these anybody has."""

    def break_up(self, names: Collection[str]) -> None:
        """Take these away from whoever has them."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Work:
    """What jobs of the queue are done by. None of these raises."""

    tick: Callable[[], Awaitable[None]]
    visit: Callable[[str], Awaitable[None]]  # a host
    part: Callable[[str, int], Awaitable[None]]  # of a batch, its number


class Queue(Protocol):
    """Who does which job. Raises StoreError when it is lost."""

    def opened(self) -> AbstractAsyncContextManager[None]: ...
    async def work(self) -> None:
        """Until it is told to stop."""

    def stop(self, *, at_once: bool = False) -> None:
        """Take no more jobs; what is in hand is finished, or abandoned `at_once`."""

    @property
    def left_behind(self) -> list[int]:
        """Places in the queue of this process that it could not give up."""

    def hand_over(self, connection: Any, due: Sequence[Due]) -> Collection[str]:
        """In the connection's transaction: a job for each host that has none. The hosts for which one waits now."""

    async def enqueue_parts(self, parts: Sequence[Part]) -> None: ...
    async def rescue(self, held: Callable[[list[str]], Awaitable[Collection[str]]]) -> int:
        """Give back the jobs of workers that are silent; how many. `held`: which of these fences somebody has."""

    async def long_silent(self) -> list[str]:
        """Fences of hosts whose workers have been silent for longer than any request takes."""

    async def bury(self, workers: Sequence[int]) -> None:
        """These places in the queue are nobody's any more."""

    async def prune(self) -> None:
        """Forget what failed long ago."""


class Fetcher(Protocol):
    async def fetch(self, request: Request) -> Outcome:
        """Never raises for anything that the other side does. One request at a time per host, `request.pause` apart."""

    async def announce(self, hub: str, topics: Sequence[str]) -> Failed | None:
        """Tell a WebSub hub that what lies at these addresses has changed; None when it took that. Never raises."""

    async def close(self) -> None: ...


# A host that a redirect leads to, while a request is made there: False when another process has it for itself.
Elsewhere = Callable[[str], AbstractAsyncContextManager[bool]]


class Compute(Protocol):
    async def run(self, function: Callable[..., T], *args: object, near: str = "") -> T:
        """`function` (importable, pure) in a worker process with a limit of time and memory.

        In the one that had the last job `near` this one, if it is free: it may still know what it worked out.

        Raises ComputeTimeout, or ComputeCrash when the worker died or the function raised; WorkersDown when none can be
        started.
        """

    def close(self) -> None: ...


class Output(Protocol):
    """The published site. Paths are relative and made of ids only. Everything raises OutputError."""

    def write_all(
        self,
        files: Sequence[tuple[PurePosixPath, bytes]],
        surplus: Sequence[PurePosixPath] = (),
        wrote: Callable[[PurePosixPath], object] = lambda _: None,
    ) -> None:
        """Each whole or not at all, and none before those that it may link to, which stand before it. What is there
        with the same bytes is untouched; of the others `wrote` is told, maybe in another thread. Then those of
        `surplus` that are there are removed.
        """

    def remove(self, path: PurePosixPath) -> None: ...
    def differing(self, files: Sequence[tuple[PurePosixPath, bytes]]) -> set[PurePosixPath]:
        """Those that are not there with these bytes."""

    def read(self, path: PurePosixPath) -> bytes | None:
        """None when there is no such file."""

    def paths(self, under: PurePosixPath) -> Iterator[PurePosixPath]:
        """All files in a folder and the folders in it."""


Clock = Callable[[], datetime]
