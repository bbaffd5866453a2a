"""What each connection to PostgreSQL is told when it is new."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from feedwatch.errors import StoreError

# Of a process that stands still within a transaction: its locks end after a minute (a batch of articles is rendered
# within one, in a second or two), and who wants the same rows tries again later rather than stand still as well.
_SESSION = {
    "idle_in_transaction_session_timeout": "'1min'",
    "lock_timeout": "'5s'",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "4",
    "synchronous_commit": "off",  # no write waits for the disk, but a record
}
RECORDED = text("set local synchronous_commit to default")  # as the server is set up: another may have to have it, too


def set_up(connection: Any, _: object) -> None:
    """A new connection of psycopg. Raises StoreError for a database that cannot hold every language."""
    if (encoding := connection.info.parameter_status("server_encoding")) not in ("UTF8", None):
        raise StoreError(
            f"the database {connection.info.dbname} is encoded in {encoding}, which cannot hold every language; make "
            "another: createdb --encoding=UTF8 --template=template0 --locale=C.UTF-8"
        )
    # Rows that a process has locked are free again when it stands still in a transaction, or its machine is gone. As
    # statements: PgBouncer refuses them among the parameters of a connection.
    connection.autocommit = True
    for name, value in _SESSION.items():
        connection.execute(f"SET {name} = {value}")
    connection.autocommit = False
