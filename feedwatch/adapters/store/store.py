"""The store over its tables: each method is one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from feedwatch.adapters.store import admission, census, checks, finding, full, news, past, polls, revisions, texts, work
from feedwatch.adapters.store.opening import Database, Mode, prepare
from feedwatch.errors import StoreError
from feedwatch.model import (
    Article,
    Change,
    Channel,
    Crew,
    Dossier,
    Event,
    Feed,
    Findable,
    History,
    Host,
    KeptPage,
    Known,
    Notice,
    Past,
    PollVerdict,
    Posting,
    Revision,
    Sizes,
    Source,
    Stale,
    State,
    Verdict,
    Version,
)


def open_store(url: str, now: datetime) -> SqlStore:
    """The store at an SQLAlchemy URL of SQLite or PostgreSQL, made if it is not there. Raises StoreError."""
    database = Database(url)
    try:
        return _kind(database)(database, prepare(database, now))
    except StoreError:
        database.close()
        raise


def _kind(database: Database) -> type[SqlStore]:
    if not database.is_shared:
        return SqlStore
    from feedwatch.adapters.store.shared import SharedStore

    return SharedStore


class SqlStore:
    """Fulfils `ports.Store`. One thread at a time; other processes may use the same database meanwhile."""

    def __init__(self, database: Database, created_at: datetime) -> None:
        self._in = database.transaction
        self._close = database.close
        self._created_at = created_at

    @property
    def created_at(self) -> datetime:
        return self._created_at

    def close(self) -> None:
        self._close()

    def enrol(self, sources: Sequence[Source], feeds: Sequence[Feed]) -> None:
        with self._in(Mode.RECORD) as connection:
            work.enrol(connection, sources, feeds)

    def sources(self) -> list[Source]:
        with self._in(Mode.READ) as connection:
            return work.sources(connection)

    def feeds(self) -> list[Feed]:
        with self._in(Mode.READ) as connection:
            return work.feeds(connection)

    # work

    def due_hosts(self, now: datetime, limit: int) -> list[Host]:
        with self._in(Mode.READ) as connection:
            return work.due_hosts(connection, now, limit)

    def hasten(self, by: timedelta) -> None:
        with self._in(Mode.WRITE) as connection:
            work.hasten(connection, by)

    def next_due_at(self) -> datetime | None:
        with self._in(Mode.READ) as connection:
            return work.next_due_at(connection)

    def due_feeds(self, host: str, now: datetime) -> list[Feed]:
        with self._in(Mode.READ) as connection:
            return work.due_feeds(connection, host, now)

    def due_articles(self, host: str, now: datetime, limit: int) -> list[Article]:
        with self._in(Mode.READ) as connection:
            return work.due_articles(connection, host, now, limit)

    def host(self, name: str) -> Host:
        with self._in(Mode.READ) as connection:
            return work.host_named(connection, name)

    def requests_of_day(self, now: datetime, limit: int) -> dict[str, int]:
        with self._in(Mode.READ) as connection:
            return work.requests_of_day(connection, now, limit)

    def count_request(self, host: str, now: datetime) -> None:
        with self._in(Mode.WRITE) as connection:
            work.refresh_hosts(connection, {host}, asked=host, at=now)

    def past(self, source: str, now: datetime) -> Past:
        with self._in(Mode.READ) as connection:
            return past.past_of(connection, source, now)

    def save_host(self, host: Host, asked_at: datetime | None = None) -> None:
        with self._in(Mode.WRITE) as connection:
            work.save_host(connection, host, asked_at)

    # poll

    def find(self, keys: Collection[str]) -> dict[str, Article]:
        with self._in(Mode.READ) as connection:
            return polls.find(connection, keys)

    def settle_poll(self, verdict: PollVerdict) -> None:
        with self._in(Mode.RECORD if verdict.new else Mode.WRITE) as connection:
            polls.settle_poll(connection, verdict)

    # check

    def known(self, article: str, lines: Collection[str], now: datetime) -> Known:
        with self._in(Mode.READ) as connection:
            return checks.known(connection, article, lines, now)

    def page(self, article: str, number: int) -> KeptPage | None:
        with self._in(Mode.READ) as connection:
            return texts.page_at(connection, article, number)

    def page_now(self, article: str, number: int) -> KeptPage | None:
        with self._in(Mode.READ) as connection:
            return texts.page_now(connection, article, number)

    def settle(self, verdict: Verdict) -> bool:
        """False, and nothing written, when the article is not any more as the check had found it."""
        told = verdict.version is not None or verdict.change is not None or verdict.events
        with self._in(Mode.RECORD if told else Mode.WRITE) as connection:
            return checks.settle(connection, verdict)

    def look_around(self, source: str, but: str, limit: int, now: datetime) -> None:
        with self._in(Mode.WRITE) as connection:
            work.look_around(connection, source, but, limit, now)

    def tidy(self, now: datetime) -> None:
        """Forget lines and tallies of long ago; a transaction for each source, so that none is long."""
        for source in self.sources():
            with self._in(Mode.WRITE) as connection:
                checks.tidy(connection, source.slug, now)

    # recheck

    def edited(self, source: str) -> list[str]:
        with self._in(Mode.READ) as connection:
            return revisions.edited(connection, source)

    def revise(self, revision: Revision) -> bool:
        with self._in(Mode.RECORD) as connection:
            return revisions.revise(connection, revision)

    # publish

    def dirty(self, limit: int) -> list[str]:
        with self._in(Mode.READ) as connection:
            return news.dirty(connection, limit)

    def history(self, article: str) -> History:
        with self._in(Mode.READ) as connection:
            return full.histories(connection, [article])[0]

    def dossiers(self, articles: Sequence[str], memo: str) -> list[Dossier]:
        with self._in(Mode.READ) as connection:
            return full.dossiers(connection, articles, memo)

    def mark_published(self, revs: Mapping[str, int]) -> None:
        with self._in(Mode.WRITE) as connection:
            news.mark_published(connection, revs)

    def mark_all_dirty(self) -> None:
        with self._in(Mode.WRITE) as connection:
            news.mark_all_dirty(connection)

    def notices(self, channel: Channel, source: str | None, limit: int) -> list[Notice]:
        return self.newest([channel], source, limit)[channel]

    def newest(self, channels: Iterable[Channel], source: str | None, limit: int) -> dict[Channel, list[Notice]]:
        with self._in(Mode.READ) as connection:
            return news.newest(connection, channels, source, limit)

    def news_count(self, channel: Channel, source: str | None) -> int:
        with self._in(Mode.READ) as connection:
            return news.news_count(connection, channel, source)

    def news_page(self, channel: Channel, source: str | None, offset: int, limit: int) -> list[Notice]:
        with self._in(Mode.READ) as connection:
            return news.news_page(connection, channel, source, offset, limit)

    def news_place(self, channel: Channel, source: str | None, told: Change | Event) -> int:
        with self._in(Mode.READ) as connection:
            return news.news_place(connection, channel, source, told)

    def memo(self, name: str) -> str | None:
        with self._in(Mode.READ) as connection:
            return news.memo(connection, name)

    def keep_memo(self, name: str, text: str) -> None:
        with self._in(Mode.WRITE) as connection:
            news.keep_memo(connection, name, text)

    # find

    def note_findable(self, findables: Sequence[Findable], group: int, days: Collection[tuple[str, int]]) -> None:
        with self._in(Mode.RECORD) as connection:
            finding.note(connection, findables, group, days)

    def findable_count(self) -> int:
        with self._in(Mode.READ) as connection:
            return finding.count(connection)

    def postings(self, first: int, last: int) -> list[Posting]:
        with self._in(Mode.READ) as connection:
            return finding.postings(connection, first, last)

    def found_entries(self, first: int, last: int) -> dict[int, str]:
        with self._in(Mode.READ) as connection:
            return finding.entries(connection, first, last)

    def stale(self) -> list[Stale]:
        with self._in(Mode.READ) as connection:
            return finding.stale_places(connection)

    def forget_stale(self, places: Collection[Stale]) -> None:
        with self._in(Mode.WRITE) as connection:
            finding.forget_stale(connection, places)

    def most_changed(self, limit: int) -> list[Article]:
        with self._in(Mode.READ) as connection:
            return finding.most_changed(connection, limit)

    # people

    def resolve(self, url_key_or_id: str) -> Article | None:
        with self._in(Mode.READ) as connection:
            return polls.resolve(connection, url_key_or_id)

    def articles(self, source: str | None, state: State | None, limit: int, offset: int = 0) -> list[Article]:
        with self._in(Mode.READ) as connection:
            return full.articles(connection, source, state, limit, offset)

    def ids(self, after: str, limit: int) -> list[str]:
        with self._in(Mode.READ) as connection:
            return full.ids(connection, after, limit)

    def admit(self, history: History) -> int:
        with self._in(Mode.RECORD) as connection:
            return admission.admit(connection, history)

    def count(self, source: str | None, state: State | None) -> int:
        with self._in(Mode.READ) as connection:
            return census.articles_in(connection, source, state)

    def counts(self, now: datetime) -> dict[str, dict[str, int]]:
        """By source: watched, done, gone, walled, blocked, hidden, due, held, versions, changes, checks_last_day, and
        of the last hour checks_last_hour, changed_last_hour, failed_last_hour.
        """
        with self._in(Mode.READ) as connection:
            return news.counts(connection, now)

    def sizes(self) -> Sizes:
        with self._in(Mode.READ) as connection:
            return texts.sizes(connection)

    def checks_of_day(self, source: str, now: datetime) -> int:
        with self._in(Mode.READ) as connection:
            return checks.checks_of_day(connection, source, now)

    def last_checks(self) -> dict[str, datetime]:
        with self._in(Mode.READ) as connection:
            return news.last_checks(connection)

    def crew(self, now: datetime) -> Crew | None:  # noqa: ARG002 - it is what many need
        return None

    def versions(self, article: str) -> list[Version]:
        with self._in(Mode.READ) as connection:
            return texts.versions_of(connection, article)
