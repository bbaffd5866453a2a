"""Commands that keep a store and its site well."""

from __future__ import annotations

import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feedwatch.cli.options import json_option, report, with_config

if TYPE_CHECKING:
    from feedwatch.config import Config


@click.command()
@with_config
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(config: Config, file: Path) -> None:
    """Copy the store to FILE, also while feedwatch is at work. FILE is replaced when the copy is whole and sound."""
    from feedwatch.running.backup import back_up

    report(f"{file} written, {back_up(config, file):,} bytes")


@click.command()
@with_config
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def restore(config: Config, file: Path) -> None:
    """Put the backup in FILE in the store's place. What stood there is set aside."""
    from feedwatch.running.backup import restore as restored

    aside = restored(config, file, datetime.now(UTC))
    click.echo(f"restored from {file}" + (f"; the store that stood there is now {aside}" if aside else ""))
    click.echo("Next: `feedwatch doctor --fix` makes the site agree with it.")


@click.command()
@with_config
@click.option("--fix", is_flag=True, help="Publish anew what differs from the store, remove what is left over.")
@json_option
def doctor(config: Config, fix: bool, as_json: bool) -> None:  # noqa: FBT001
    """Examine store, site, config, space, clock, reachability."""
    from feedwatch.cli.tables import print_findings
    from feedwatch.cli.terminal import progress
    from feedwatch.running.doctor import examine
    from feedwatch.running.room import Level

    with progress() as told:
        findings = examine(config, datetime.now(UTC), mend=fix, told=told)
    print_findings(findings, as_json=as_json)
    if any(finding.level is Level.BAD for finding in findings):
        sys.exit(1)


@click.command()
@with_config
@click.argument("article")
@click.option("--reason", default="", help="Shown on the page that is left.")
def hide(config: Config, article: str, reason: str) -> None:
    """Take an ARTICLE (URL or id) down. Its text goes from pages, feeds and archives; a stub stays."""
    from feedwatch.running.desk import hide_article

    hidden = hide_article(config, article, reason, datetime.now(UTC))
    click.echo(f"hidden: {hidden.id} {hidden.url}; gone from the site at the next publish")


@click.command()
@with_config
@click.argument("article")
def unhide(config: Config, article: str) -> None:
    """Show a hidden ARTICLE again, and watch it. All that was known of it is there."""
    from feedwatch.running.desk import unhide_article

    shown = unhide_article(config, article, datetime.now(UTC))
    click.echo(f"watched again: {shown.id} {shown.url}")


@click.command()
@with_config
@click.option("--port", type=click.IntRange(1, 65535), help="Serve them here until Ctrl-C, rather than print them.")
@click.option("--listen", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="The address for --port.")
def metrics(config: Config, port: int | None, listen: str) -> None:
    """What is measured, in Prometheus' text format."""
    from feedwatch.running.app import utc_now
    from feedwatch.running.metrics import exposition, serve

    if port is None:
        click.echo(exposition(config, utc_now), nl=False)
        return
    serve(config, utc_now, port, listen)
    click.echo(f"http://{listen}:{port}/metrics", err=True)
    threading.Event().wait()


COMMANDS = (metrics, backup, restore, doctor, hide, unhide)
