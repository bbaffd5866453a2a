"""The command line."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from feedwatch import __version__
from feedwatch.cli.options import Moment, config_option, json_option, leave_with, load, set_up_log, with_config
from feedwatch.config import Config, config_schema
from feedwatch.errors import FeedwatchError, UsageError

EPILOG = """\b
Exit codes: 0 done; 1 it failed; 2 the command or the config is wrong; 3 the store;
4 the output; 5 no feed could be polled."""


class Group(click.Group):
    """Turns every error of ours into one line and its exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except FeedwatchError as error:
            leave_with(error)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)


@click.group(
    cls=Group, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="feedwatch")
@click.option("-v", "--verbose", is_flag=True, help="Say more.")
@click.option("-q", "--quiet", is_flag=True, help="Say only what went wrong.")
def main(verbose: bool, quiet: bool) -> None:  # noqa: FBT001 - click calls it
    """Watches news articles for edits after publication.

    feedwatch polls the feeds in config.yaml, looks at every linked article again and again, keeps each version of its
    text, and publishes a feed of changes with a side-by-side page for each article, as static files.

    Start with `feedwatch demo`, or `feedwatch init`, then `feedwatch run`.
    """
    set_up_log(verbose=verbose, quiet=quiet)


# ------------------------------------------------------------------------------------------------------ work


@main.command()
@with_config
@click.option(
    "--now", type=Moment(), help="Take this as the time: all that the pass decides and writes derives from it."
)
@click.option("--max-pause", type=float, metavar="SECONDS", help="No pause between two requests is longer than this.")
@json_option
def once(config: Config, now: datetime | None, max_pause: float | None, as_json: bool) -> None:  # noqa: FBT001
    """One pass: poll and check everything that is due, publish, end. For cron and CI."""
    from dataclasses import asdict

    from feedwatch.cli.terminal import pass_line, progress
    from feedwatch.running.app import utc_now
    from feedwatch.running.once import run_once

    clock = (lambda: now) if now else utc_now
    pause = timedelta(seconds=max_pause) if max_pause is not None else None
    with progress() as told:
        tallies = run_once(config, clock, pause, told)
    click.echo(json.dumps(asdict(tallies)) if as_json else pass_line(tallies))
    if tallies.polls and tallies.polls == tallies.polls_failed:
        sys.exit(5)


@main.command()
@with_config
def run(config: Config) -> None:
    """Keep watching until SIGTERM or Ctrl-C. One on each store; a second is refused."""
    from feedwatch.running.daemon import run_daemon

    run_daemon(config)


@main.command()
@with_config
@click.option("--all", "everything", is_flag=True, help="Render every file anew, not only what has changed.")
def publish(config: Config, everything: bool) -> None:  # noqa: FBT001
    """Write the site from the store. Files whose bytes would be the same are not touched."""
    from feedwatch.cli.terminal import progress
    from feedwatch.running.publish import run_publish

    with progress() as told:
        written = run_publish(config, everything=everything, told=told)
    click.echo(f"{written} files written to {config.site.output}")


@main.command()
@with_config
@click.option("--source", "sources", metavar="SLUG", multiple=True, help="Of this source; can be given several times.")
@click.option("--all", "everything", is_flag=True, help="Of every source.")
@click.option("--because", metavar="TEXT", default="", help="What readers are told beside that it was no edit.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be withdrawn; may run beside `feedwatch run`.")
def recheck(config: Config, sources: tuple[str, ...], everything: bool, because: str, dry_run: bool) -> None:  # noqa: FBT001
    """Read kept pages anew, and withdraw versions that prove to be no edits.

    For after a change of a source's selectors, or of feedwatch's own reading. Entries of withdrawn versions are taken
    back and their pages say so; nothing else that was published changes. Stop it at any time, and start it again.
    """
    from feedwatch.cli.terminal import counting
    from feedwatch.running.recheck import run_recheck

    if everything == bool(sources):
        raise UsageError("say of which articles: --source SLUG, or --all for those of every source")
    with counting("articles read anew") as told:
        done = run_recheck(config, sources or None, because=because, dry_run=dry_run, told=told)
    withdrawn = "would be withdrawn" if dry_run else "withdrawn"
    click.echo(
        f"edited articles: {done.articles}; versions read anew: {done.versions}; could not be read: {done.unread}; "
        f"{withdrawn}: {done.withdrawn}, in {done.withdrawn_in} of the articles"
    )


# ------------------------------------------------------------------------------------------------------ questions


@main.command()
@with_config
@json_option
def status(config: Config, as_json: bool) -> None:  # noqa: FBT001
    """Sources, feeds, what is due, what is held, what went wrong."""
    from feedwatch.cli.terminal import print_status
    from feedwatch.running.desk import status_of
    from feedwatch.running.doctor import Level, room

    for finding in room(config):
        if finding.level is Level.BAD:
            click.echo(f"trouble: {finding.text}", err=True)
    print_status(status_of(config, datetime.now(UTC)), as_json=as_json)


@main.command()
@with_config
@click.option("--source", help="Only of this source (its slug).")
@click.option(
    "--state", type=click.Choice(["watched", "done", "gone", "blocked", "hidden"]), help="Only in this state."
)
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True)
@json_option
def articles(config: Config, source: str | None, state: str | None, limit: int, as_json: bool) -> None:  # noqa: FBT001
    """The articles, the most lately changed first."""
    from feedwatch.cli.terminal import print_articles
    from feedwatch.running.desk import list_articles

    print_articles(list_articles(config, source, state, limit), as_json=as_json)


@main.command()
@with_config
@click.argument("article")
@click.option("--from", "from_number", type=int, help="Compare from this version ...")
@click.option("--to", "to_number", type=int, help="... to this one; without both, every change is shown.")
@json_option
def show(
    config: Config,
    article: str,
    from_number: int | None,
    to_number: int | None,
    as_json: bool,  # noqa: FBT001
) -> None:
    """An ARTICLE's history (by URL or id), with the differences in colour."""
    from feedwatch.cli.terminal import print_history
    from feedwatch.running.desk import history_of

    print_history(history_of(config, article, from_number, to_number), as_json=as_json)


@main.command()
@with_config
@click.argument("url")
@json_option
def feed(config: Config, url: str, as_json: bool) -> None:  # noqa: FBT001
    """Where the feed of changes of the article at URL is: its file and its public address."""
    from feedwatch.running.desk import feed_of

    place = feed_of(config, url)
    if as_json:
        click.echo(json.dumps(place, ensure_ascii=False))
        return
    click.echo(place["file"])
    click.echo(place["url"])
    if not place["watched"]:
        click.echo("not watched yet: `feedwatch watch URL` starts it", err=True)


@main.command()
@with_config
@click.argument("url")
@click.option("--source", help="The source (its slug) whose rules hold for it; without, it stands by itself.")
@click.option("--title", default="", help="What to call it until it was read.")
def watch(config: Config, url: str, source: str | None, title: str) -> None:
    """Watch the article at URL, which need not be in any feed."""
    from feedwatch.running.desk import watch_article

    article, is_new = watch_article(config, url, source, title, datetime.now(UTC))
    click.echo(f"{'now watched' if is_new else 'watched already'}: {article.id} {article.url}")


# ------------------------------------------------------------------------------------------------------ keeping it well


@main.command()
@with_config
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(config: Config, file: Path) -> None:
    """Copy the store to FILE, also while feedwatch is at work. FILE is replaced when the copy is whole and sound."""
    from feedwatch.running.backup import back_up

    click.echo(f"{file} written, {back_up(config, file):,} bytes")


@main.command()
@with_config
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def restore(config: Config, file: Path) -> None:
    """Put the backup in FILE in the store's place; what stood there is set aside."""
    from feedwatch.running.backup import restore as restored

    aside = restored(config, file, datetime.now(UTC))
    click.echo(f"restored from {file}" + (f"; the store that stood there is now {aside}" if aside else ""))
    click.echo("Next: `feedwatch doctor --fix` makes the site agree with it.")


@main.command()
@with_config
@click.option("--fix", is_flag=True, help="Publish anew what differs from the store, remove what is left over.")
@json_option
def doctor(config: Config, fix: bool, as_json: bool) -> None:  # noqa: FBT001
    """Examine the store, the site, the config, space, the clock and what can be reached."""
    from feedwatch.cli.terminal import print_findings, progress
    from feedwatch.running.doctor import Level, examine

    with progress() as told:
        findings = examine(config, datetime.now(UTC), mend=fix, told=told)
    print_findings(findings, as_json=as_json)
    if any(finding.level is Level.BAD for finding in findings):
        sys.exit(1)


@main.command()
@with_config
@click.argument("article")
@click.option("--reason", default="", help="Shown on the page that is left.")
def hide(config: Config, article: str, reason: str) -> None:
    """Take an ARTICLE (by URL or id) down: its text goes from pages, feeds and archives; a stub stays."""
    from feedwatch.running.desk import hide_article

    hidden = hide_article(config, article, reason, datetime.now(UTC))
    click.echo(f"hidden: {hidden.id} {hidden.url}; gone from the site at the next publish")


@main.command()
@with_config
@click.argument("article")
def unhide(config: Config, article: str) -> None:
    """Show a hidden ARTICLE again, with all that was known of it, and watch it."""
    from feedwatch.running.desk import unhide_article

    shown = unhide_article(config, article, datetime.now(UTC))
    click.echo(f"watched again: {shown.id} {shown.url}")


# ------------------------------------------------------------------------------------------------------ setting up


@main.group("config")
def config_group() -> None:
    """The config file."""


@config_group.command("check")
@config_option
def config_check(config_path: Path) -> None:
    """Read the config and name every fault with its line."""
    config = load(config_path)
    feeds = sum(len(source.feeds) for source in config.sources)
    click.echo(f"{config_path}: good; {len(config.sources)} sources with {feeds} feeds")


@config_group.command("schema")
def config_schema_command() -> None:
    """Print the JSON Schema of the config, for editors."""
    click.echo(json.dumps(config_schema(), indent=2, ensure_ascii=False))


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
def init(folder: Path) -> None:
    """Put a config.yaml to start from into FOLDER (by default this one)."""
    from importlib.resources import files

    path = folder / "config.yaml"
    if path.exists():
        raise UsageError(f"{path} exists already; edit it, or choose another folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Its first line names a schema that lies beside it in a checkout only.
        _, text = files("feedwatch").joinpath("config.example.yaml").read_text("utf-8").split("\n", 1)
        path.write_text(text.removeprefix("#\n"), "utf-8")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror})") from error
    click.echo(f"{path} written. Next: look through it, then `feedwatch run` in that folder.")


@main.command()
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), default="demo-output", show_default=True)
@click.option("--serve", is_flag=True, help="Keep the site up on loopback afterwards, for a browser or a feed reader.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="The port for --serve.")
def demo(output: Path, serve: bool, port: int) -> None:  # noqa: FBT001
    """Twelve days at two made-up newspapers that edit their articles, on this machine alone, in half a minute."""
    from feedwatch.demo.run import run_demo

    sys.exit(run_demo(output, serve=serve, port=port))
