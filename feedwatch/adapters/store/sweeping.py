"""Publishing shared by many: each takes what nobody else has in hand, and has it until it is told how that went.

What is taken is locked by the transaction that stays open meanwhile, on a connection of its own: it ends with the
process, and PostgreSQL ends it where the process stands still for five minutes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import ExitStack
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, or_, select, tuple_, update

from feedwatch.adapters.store.fences import key_of
from feedwatch.adapters.store.news import mark_published
from feedwatch.adapters.store.opening import Database, Mode
from feedwatch.adapters.store.shared import raise_listings, restate
from feedwatch.adapters.store.tables import article, listing, restated
from feedwatch.model import Listing

_TURN = select(func.pg_try_advisory_xact_lock(bindparam("key")))


class Sweeper:
    """Fulfils `ports.Sweeper`. One thing is taken at a time; one thread at a time."""

    def __init__(self, url: str) -> None:
        self._database = Database(url)
        self._taken = ExitStack()
        self._connection: Connection | None = None

    def close(self) -> None:
        self.drop()
        self._database.close()

    def drop(self) -> None:
        """What was taken is free again, as it was."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with self._database.explained():
                try:
                    connection.rollback()
                finally:
                    self._taken.close()

    # articles

    def take(self, limit: int, but: Mapping[str, int]) -> list[str]:
        """So many articles that are dirty and that nobody has, the longest dirty first. `but`: at these revs."""
        wanted = select(article.c.id).where(article.c.dirty_at.is_not(None))
        if but:
            wanted = wanted.where(tuple_(article.c.id, article.c.rev).not_in(list(but.items())))
        wanted = wanted.order_by(article.c.dirty_at, article.c.id).limit(limit).with_for_update(skip_locked=True)
        connection = self._begin()
        with self._database.explained():
            found = list(connection.scalars(wanted))
        if not found:
            self.drop()
        return found

    def publish(self, revs: Mapping[str, int], slugs: Collection[str], pairs: Collection[tuple[str, str]]) -> None:
        """They are written as they stood at `revs`; `slugs` are to be, where `pairs` of them tell otherwise."""
        connection = self._held()
        with self._database.explained():
            mark_published(connection, revs)
            restate(connection, pairs)
            raise_listings(connection, slugs)
        self._commit()

    # listings

    def take_listing(self, now: datetime, every: timedelta) -> Listing | None:
        """One that is to be written, was not within `every`, and that nobody has."""
        is_due = (
            listing.c.rev > listing.c.published_rev,
            or_(listing.c.written_at.is_(None), listing.c.written_at <= now - every, listing.c.written_at > now),
        )
        with self._database.transaction(Mode.READ) as connection:
            slugs = list(connection.scalars(select(listing.c.slug).where(*is_due).order_by(listing.c.written_at)))
        for slug in slugs:
            if not self.take_turn(f"listing {slug}"):
                continue
            connection = self._held()
            with self._database.explained():  # somebody may have written it since it was found
                rev = connection.scalar(select(listing.c.rev).where(listing.c.slug == slug, *is_due))
                told = connection.scalars(
                    select(restated.c.article).where(restated.c.listing == slug).order_by(restated.c.article)
                )
                found = None if rev is None else Listing(slug, rev, tuple(told))
            if found is not None:
                return found
            self.drop()
        return None

    def list(self, written: Listing, now: datetime) -> None:
        connection = self._held()
        done = update(listing).where(listing.c.slug == written.slug)
        told = delete(restated).where(restated.c.listing == written.slug, restated.c.article.in_(written.restated))
        with self._database.explained():
            connection.execute(told)
            connection.execute(done.values(published_rev=written.rev, written_at=now))
        self._commit()

    # turns

    def take_turn(self, name: str) -> bool:
        """Whether it is this process's turn; nobody else's until it is dropped."""
        connection = self._begin()
        with self._database.explained():
            is_ours = bool(connection.scalar(_TURN, {"key": key_of(name)}))
        if not is_ours:
            self.drop()
        return is_ours

    def _begin(self) -> Connection:
        self.drop()
        with self._database.explained():
            self._connection = self._taken.enter_context(self._database.manual())
        return self._connection

    def _held(self) -> Connection:
        assert self._connection is not None, "nothing is taken"  # noqa: S101
        return self._connection

    def _commit(self) -> None:
        connection, self._connection = self._held(), None
        with self._database.explained():
            try:
                connection.commit()
            finally:
                self._taken.close()
