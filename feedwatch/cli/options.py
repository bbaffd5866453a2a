"""What several commands take: the config, moments, durations; and how errors leave."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from feedwatch.discreet import discreet
from feedwatch.errors import FeedwatchError

if TYPE_CHECKING:
    from feedwatch.config import Config

F = TypeVar("F", bound=Callable[..., Any])


class Moment(click.ParamType):  # type: ignore[type-arg] # generic in newer versions of click only
    """An ISO 8601 time; UTC where it names no zone."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not an ISO 8601 time such as 2026-03-02T06:00:00Z", param, ctx)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


config_option = click.option(
    "-c",
    "--config",
    "config_path",
    type=click.Path(dir_okay=False, path_type=Path),
    default="config.yaml",
    show_default=True,
    envvar="FEEDWATCH_CONFIG",
    help="The config file.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for scripts.")


def with_config(command: F) -> F:
    """Hand the loaded config to the command as its first argument."""

    @config_option
    @wraps(command)
    def loaded(config_path: Path, **kwargs: Any) -> Any:
        return command(load(config_path), **kwargs)

    return loaded  # type: ignore[return-value]


def load(path: Path) -> Config:
    from feedwatch.config import load_config

    return load_config(path, os.environ)


class Discreet(logging.Formatter):
    """Whoever reads a log reads no key of a feed in it, nor in what a library says."""

    def format(self, record: logging.LogRecord) -> str:
        return discreet(super().format(record))


def set_up_log(*, verbose: bool, quiet: bool) -> None:
    level = logging.DEBUG if verbose else logging.WARNING if quiet else logging.INFO
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("feedwatch").setLevel(level)


def report(text: str) -> None:
    """What was done, for whoever looks on; with --quiet nobody does, as from cron, which mails whatever is said."""
    if not click.get_current_context().find_root().params.get("quiet"):
        click.echo(text)


def spare_memory() -> None:
    """For what runs long: garbage is looked for as often as Python does by itself, but not among what was imported."""
    gc.freeze()
    gc.set_threshold(700, 10, 10)


def leave_with(error: FeedwatchError) -> None:
    click.echo(f"feedwatch: {discreet(str(error))}", err=True)
    sys.exit(error.exit_code)
