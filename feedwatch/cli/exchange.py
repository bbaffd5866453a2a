"""Commands that exchange what a store knows with other programs."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feedwatch.cli.options import report, with_config
from feedwatch.errors import OutputError, UsageError

if TYPE_CHECKING:
    from feedwatch.config import Config

FAULTS_TOLD = 50
_ENDINGS = {"jsonl": (".jsonl", ".ndjson", ".json"), "parquet": (".parquet",), "warc": (".warc", ".warc.gz")}


@click.command()
@with_config
@click.argument("name", metavar="FILE", type=click.Path(allow_dash=True))
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "parquet", "warc"]),
    help="Without it, as the file's name ends: .jsonl, .parquet, .warc or .warc.gz; lines of JSON without an ending.",
)
@click.option("--what", type=click.Choice(["all", "versions", "changes", "events"]), default="all", show_default=True)
@click.option("--source", help="Only of this source (its slug).")
def export(config: Config, name: str, form: str | None, what: str, source: str | None) -> None:
    """Write what the store knows to FILE, or `-`, for other programs.

    Versions, changes and events as lines of JSON or Parquet, or the kept pages as WARC.

    Where FILE is a folder (one that ends in / is made), a file is written there for each of 16 ranges of articles (256
    above 20,000 articles). Workers share the ranges; each must reach the folder by the same name. One whose file is
    there already is left, so that an export that was cut off goes on: give a new one an empty folder.

    Articles that were taken down are left out. docs/reference.md names the columns.
    """
    from feedwatch.cli.terminal import counting
    from feedwatch.running.exporting import STANDARD_OUTPUT, Format, What
    from feedwatch.running.exporting import export as exported

    file = Path(name)
    form = form or ("jsonl" if name.endswith("/") or file.is_dir() else _format_of(file))
    if name.endswith("/"):
        try:
            file.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"the folder {name} cannot be made: {error.strerror}") from error
    with counting("articles") as told:
        written = exported(config, file, Format(form), What(what), source, told)
    if file != STANDARD_OUTPUT:
        report(f"{written:,} written to {file}")


def _format_of(file: Path) -> str:
    for form, endings in _ENDINGS.items():
        if file.name.lower().endswith(endings):
            return form
    if file.suffix:
        raise UsageError(
            f"what is {file.suffix}? End the name in .jsonl, .parquet, .warc or .warc.gz, or give --format"
        )
    return "jsonl"


@click.command("import")
@with_config
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
def import_(config: Config, file: Path) -> None:
    """Take what `export` wrote (lines of JSON) from FILE, or `-`. What is in the store already stays as it is.

    A line that is wrong is named, and the others go on; the exit code is 1 then. Imported articles are not looked at
    until a feed names them.
    """
    from feedwatch.cli.tables import clean
    from feedwatch.cli.terminal import counting, many
    from feedwatch.running.importing import import_lines

    told_of = 0

    def fault(number: int, text: str) -> None:
        nonlocal told_of
        told_of += 1
        if told_of <= FAULTS_TOLD:
            click.echo(f"{file}:{number}: {clean(text)}", err=True)

    with counting("bytes") as told:
        done = import_lines(config, file, datetime.now(UTC), fault, told)
    click.echo(f"{many(done.lines, 'line')}, {many(done.articles, 'article')}; new versions: {done.versions:,}")
    if done.versions:
        click.echo("Next: `feedwatch publish --all`, since older news moves every archive.")
    if done.faults:
        click.echo(f"{many(done.faults, 'fault')}; what they tell of was left out", err=True)
        sys.exit(1)


COMMANDS = (export, import_)
