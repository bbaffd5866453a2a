"""The store on SQLite or PostgreSQL: one set of statements, migrated when it is opened."""

from feedwatch.adapters.store.store import SqlStore, open_store

__all__ = ["SqlStore", "open_store"]
