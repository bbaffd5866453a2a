"""The tables, the same on SQLite and PostgreSQL.

A column that only the store knows is marked so; everything else is a field of a noun in `feedwatch.model`. Longer than
other modules, since the whole schema is in it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TextClause,
    text,
)

from feedwatch.adapters.store.columns import Channels, Lived, Moment, OneOf, Suspected, Told, Words
from feedwatch.model import EventKind, FeedStatus, State

metadata = MetaData()

# Small rows found by their key only: without SQLite's row ids, table and index are one.
_CLUSTERED: dict[str, Any] = {"sqlite_with_rowid": False}

# What is true of the store itself: created_at.
meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

source = Table(
    "source",
    metadata,
    Column("slug", Text, primary_key=True),
    Column("title", Words, nullable=False),
    Column("language", Words),
)

feed = Table(
    "feed",
    metadata,
    Column("url", Text, primary_key=True),
    Column("source", Text, ForeignKey("source.slug"), nullable=False),
    Column("host", Text, nullable=False),
    Column("location", Words, nullable=False),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("body_sha", Text),
    Column("next_poll_at", Moment),
    Column("last_polled_at", Moment),
    Column("last_ok_at", Moment),
    Column("failures", Integer, nullable=False),
    Column("moves", Integer, nullable=False),
    Column("status", OneOf(FeedStatus), nullable=False),
    Column("problem", Words, nullable=False),
    Index("feed_due", "host", "next_poll_at"),
)

host = Table(
    "host",
    metadata,
    Column("name", Text, primary_key=True),
    Column("next_due_at", Moment),  # the store's: the earliest of its feeds and articles
    Column("not_before", Moment),
    Column("failures", Integer, nullable=False),
    Column("robots_at", Moment),
    Column("robots", Words),
    Column("day", Integer),
    Column("requests", Integer, nullable=False),
    Index("host_due", "next_due_at", "not_before"),
)

article = Table(
    "article",
    metadata,
    Column("id", Text, primary_key=True),
    Column("key_sha", Text, nullable=False, unique=True),  # the store's: a key may be longer than an index takes
    Column("source", Text, ForeignKey("source.slug"), nullable=False),
    Column("key", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("host", Text, nullable=False),
    Column("title", Words, nullable=False),
    Column("first_seen_at", Moment, nullable=False),
    Column("published_at", Moment),
    Column("updated_hint", Moment),
    Column("feed_title", Words, nullable=False),
    Column("last_checked_at", Moment),
    Column("last_ok_at", Moment),
    Column("last_changed_at", Moment),
    Column("edited_at", Moment),
    Column("next_check_at", Moment),
    Column("checks", Integer, nullable=False),
    Column("looks", LargeBinary, nullable=False),  # packed
    Column("failures", Integer, nullable=False),
    Column("moves", Integer, nullable=False),
    Column("flaps", Integer, nullable=False),
    Column("state", OneOf(State), nullable=False),
    Column("problem", Words, nullable=False),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("body_sha", Text),
    Column("visible_sha", Text),
    Column("place", Text, nullable=False),
    Column("imprint", LargeBinary, nullable=False),  # packed
    Column("suspect", Suspected),
    Column("live", Lived),
    Column("versions", Integer, nullable=False),
    Column("changes", Integer, nullable=False),
    Column("events", Integer, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("published_rev", Integer, nullable=False),
    Column("news_at", Moment, nullable=False),  # the store's: last changed, or else first seen
    Column("dirty_at", Moment),  # the store's: since when rev > published_rev
)
Index("article_news", article.c.news_at, article.c.id)
Index("article_source_news", article.c.source, article.c.news_at, article.c.id)
# Of rare states: asked for in the words of their index, since SQLite uses it for nothing else.
IS_WATCHED_NO_MORE = text("article.state != 'watched'")

# Other names of an article: guids, addresses in feeds, targets of redirects, canonical links.
alias = Table(
    "alias",
    metadata,
    Column("key_sha", Text, primary_key=True),
    Column("article", Text, ForeignKey("article.id"), nullable=False),
    Column("key", Words, nullable=False),
    Index("alias_article", "article"),
    **_CLUSTERED,
)

version = Table(
    "version",
    metadata,
    Column("article", Text, ForeignKey("article.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("seen_at", Moment, nullable=False),
    Column("not_before", Moment),
    Column("text_sha", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("extractor", Text, nullable=False),
    Column("byline", Words, nullable=False),
    Column("language", Words),
    Column("modified_claim", Moment),
    Column("withdrawn_at", Moment),
    Column("withdrawn_because", Words, nullable=False),
    # Packed, see packing.py; last, so that the rest is read without it.
    Column("base", Integer),  # the number of the version that is the dictionary; null = stands on its own
    Column("text", LargeBinary, nullable=False),
)

page = Table(
    "page",
    metadata,
    Column("article", Text, ForeignKey("article.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content_type", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("seeds", LargeBinary, nullable=False),
    Column("base", Integer),
    Column("body", LargeBinary, nullable=False),  # packed
)

# The page that showed an article's version `number` last, in a newer template than the one it was kept in.
renewed = Table(
    "renewed",
    metadata,
    Column("article", Text, ForeignKey("article.id"), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("content_type", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("seeds", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),  # packed, on its own
)

change = Table(
    "change",
    metadata,
    Column("article", Text, ForeignKey("article.id"), primary_key=True),
    Column("to_number", Integer, primary_key=True, autoincrement=False),
    Column("from_number", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("not_before", Moment),
    Column("channels", Channels, nullable=False),
    Column("facts", Told, nullable=False),
    Column("base", LargeBinary),  # packed, the version `from_number` is the dictionary
)

# A live page's entries: each tells of the changes up to `to_number` that no channel carries one by one.
digest = Table(
    "digest",
    metadata,
    Column("article", Text, ForeignKey("article.id"), primary_key=True),
    Column("to_number", Integer, primary_key=True, autoincrement=False),
    Column("from_number", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("not_before", Moment),
    Column("channels", Channels, nullable=False),
    Column("facts", Told, nullable=False),
    Column("base", LargeBinary),  # packed as a change's
)

event = Table(
    "event",
    metadata,
    Column("article", Text, ForeignKey("article.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", OneOf(EventKind), nullable=False),
    Column("at", Moment, nullable=False),
    Column("channels", Channels, nullable=False),
    Column("detail", Words, nullable=False),
)

# Which channel carries which change or event; derived from their `channels`. The newest of a channel, and of a source's
# part of it, are the ends of two indexes. A digest stands for the change that it ends with, which has no channels.
carried = Table(
    "carried",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("at", Moment, primary_key=True, autoincrement=False),
    Column("article", Text, primary_key=True),
    Column("kind", Text, primary_key=True),  # "change" or "event"
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("source", Text, nullable=False),
    Index("carried_by_source", "channel", "source", "at", "article", "kind", "number"),
    **_CLUSTERED,
)

# Kept counts, see census.py: of a source's articles by state, ...
census = Table(
    "census",
    metadata,
    Column("source", Text, primary_key=True),
    Column("state", OneOf(State), primary_key=True),
    Column("articles", Integer, nullable=False),
    Column("versions", Integer, nullable=False),
    Column("changes", Integer, nullable=False),
    **_CLUSTERED,
)

# ... and of the rows of `carried` by day (UTC, counted from 1970): of each source, and (source "") of all.
carried_day = Table(
    "carried_day",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("notices", Integer, nullable=False),
    **_CLUSTERED,
)

# Which articles of a source carry a line: the first four, enough to tell for each whether three others do.
block_seen = Table(
    "block_seen",
    metadata,
    Column("source", Text, primary_key=True),
    Column("line_sha", Text, primary_key=True),
    Column("articles", Text, nullable=False),  # ids, a space between two
    Column("last_seen_at", Moment, nullable=False),
    **_CLUSTERED,
)

# A source's checks by slots of ten minutes, counted from 1970.
tally = Table(
    "tally",
    metadata,
    Column("source", Text, primary_key=True),
    Column("slot", Integer, primary_key=True, autoincrement=False),
    Column("checks", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    **_CLUSTERED,
)

# What articles are found by, see finding.py. An article's number is its place in the order of being published first.
found = Table(
    "found",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("article", Text, nullable=False, unique=True),
    Column("entry", Words, nullable=False),
    Column("words", LargeBinary, nullable=False),  # packed
)

found_word = Table(
    "found_word",
    metadata,
    Column("slot", Integer, primary_key=True, autoincrement=False),
    Column("word", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("numbers", LargeBinary, nullable=False),  # packed
    Column("cut", Integer, nullable=False),
)

# Files of the search and days that are not as the rows have them any more.
stale = Table(
    "stale",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("rev", Integer, nullable=False),  # raised each time that it becomes so
    **_CLUSTERED,
)

# ------------------------------------------------------------------------------------------------------ many machines
# Empty on SQLite, where one process does all.

# A source's page and feeds, or (no slug) those of all: raised with each change, so that many may tell and one writes.
listing = Table(
    "listing",
    metadata,
    Column("slug", Text, primary_key=True),
    Column("rev", Integer, nullable=False),
    Column("published_rev", Integer, nullable=False),
    Column("written_at", Moment),
    **_CLUSTERED,
)

# Articles whose past is to be told otherwise in a listing's archives.
restated = Table(
    "restated",
    metadata,
    Column("listing", Text, primary_key=True),
    Column("article", Text, primary_key=True),
    **_CLUSTERED,
)

# Processes at work on this store, and what each has done.
worker = Table(
    "worker",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Text, nullable=False),
    Column("config_sha", Text, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("polls", Integer, nullable=False),
    Column("checks", Integer, nullable=False),
    Column("changes", Integer, nullable=False),
    Column("published", Integer, nullable=False),
    Column("rescued", Integer, nullable=False),
    **_CLUSTERED,
)

# Work that is cut into parts, for all workers to share: a part is some articles, by their ids.
batch = Table(
    "batch",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("arguments", Words, nullable=False),  # JSON
    Column("made_at", Moment, nullable=False),
    **_CLUSTERED,
)

part = Table(
    "part",
    metadata,
    Column("batch", Text, ForeignKey("batch.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("first", Text, nullable=False),
    Column("last", Text, nullable=False),
    Column("done_at", Moment),
    Column("result", Text, nullable=False),  # JSON
    **_CLUSTERED,
)


@cache
def schema() -> MetaData:
    """The tables with the indexes of some articles only, for whoever makes or compares them. Not made with the tables:
    for them SQLAlchemy imports all that it knows of PostgreSQL, a tenth of the time in which a command starts.
    """
    is_due, is_dirty = article.c.next_check_at.is_not(None), article.c.dirty_at.is_not(None)
    # With the source, so that what is due is counted by it without reading the articles.
    _partial("article_due", is_due, article.c.host, article.c.next_check_at, article.c.source)
    _partial("article_dirty", is_dirty, article.c.dirty_at, article.c.id)
    _partial("article_held", article.c.suspect.is_not(None), article.c.source)
    # Most articles that are not watched any more are never written again, so their index costs nothing.
    _partial("article_state", text("state != 'watched'"), article.c.state, article.c.news_at, article.c.id)
    _partial("article_most_changed", article.c.changes > 1, article.c.changes, article.c.id)
    return metadata


def _partial(name: str, where: ColumnElement[bool] | TextClause, *columns: Column[Any]) -> None:
    Index(name, *columns, sqlite_where=where, postgresql_where=where)
