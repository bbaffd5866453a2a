"""Commands about the store as a whole."""

from __future__ import annotations

from datetime import UTC, datetime

import click


@click.group("store")
def store_group() -> None:
    """The store as a whole."""


@store_group.command("copy")
@click.argument("sqlite_url")
@click.argument("postgres_url")
def store_copy(sqlite_url: str, postgres_url: str) -> None:
    """Copy the store at SQLITE_URL to POSTGRES_URL, verified row for row.

    Stop whatever works on them first. Ended anywhere, it goes on where it was when it is run again.
    """
    from feedwatch.cli.terminal import counting
    from feedwatch.running.moving import move

    with counting("rows") as told:
        moved = move(sqlite_url, postgres_url, datetime.now(UTC), told)
    click.echo(f"{moved.rows:,} rows are there, each compared; {moved.written:,} were written now")
    click.echo("Next: put the new address into config.yaml as `store`, then go on as before.")


COMMANDS = (store_group,)
