"""Commands to begin with: a config, a demo."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from feedwatch.cli.options import config_option, load
from feedwatch.cli.terminal import many
from feedwatch.errors import UsageError


@click.group("config")
def config_group() -> None:
    """The config file."""


@config_group.command("check")
@config_option
def config_check(config_path: Path) -> None:
    """Read the config and name every fault with its line."""
    config = load(config_path)
    feeds = sum(len(source.feeds) for source in config.sources)
    click.echo(f"{config_path}: good; {many(len(config.sources), 'source')} with {many(feeds, 'feed')}")


@config_group.command("schema")
def config_schema_command() -> None:
    """Print the JSON Schema of the config, for editors."""
    from feedwatch.config import config_schema

    click.echo(json.dumps(config_schema(), indent=2, ensure_ascii=False))


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
def init(folder: Path) -> None:
    """Write a config.yaml to start from. FOLDER: where; by default here."""
    from importlib.resources import files

    path = folder / "config.yaml"
    try:
        if path.exists():
            raise UsageError(f"{path} exists already; edit it, or choose another folder")
        folder.mkdir(parents=True, exist_ok=True)
        # Its first line names a schema that lies beside it in a checkout only.
        _, text = files("feedwatch").joinpath("config.example.yaml").read_text("utf-8").split("\n", 1)
        path.write_text(text.removeprefix("#\n"), "utf-8")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror})") from error
    click.echo(f"{path} written. Next: look through it, then `feedwatch run` in that folder.")


@click.command()
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), default="demo-output", show_default=True)
@click.option("--serve", is_flag=True, help="Keep the site up on loopback afterwards, for a browser or a feed reader.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="The port for --serve.")
def demo(output: Path, serve: bool, port: int) -> None:  # noqa: FBT001
    """See it work: two made-up newspapers edit their articles.

    Twelve simulated days, on this machine alone, in half a minute.
    """
    from feedwatch.demo.run import run_demo

    sys.exit(run_demo(output, serve=serve, port=port))


COMMANDS = (config_group, init, demo)
