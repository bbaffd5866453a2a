"""The command line."""

from __future__ import annotations

import gc
import json
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from feedwatch import __version__
from feedwatch.cli import exchange, setup, stores, upkeep
from feedwatch.cli.options import Moment, json_option, leave_with, report, set_up_log, spare_memory, with_config
from feedwatch.errors import FeedwatchError, UsageError

if TYPE_CHECKING:
    from feedwatch.config import Config

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
@click.option("-q", "--quiet", is_flag=True, help="Say only what went wrong, and what was asked for.")
def main(verbose: bool, quiet: bool) -> None:  # noqa: FBT001 - click calls it
    """Watches news articles for edits after publication.

    feedwatch polls the feeds in config.yaml, looks at every linked article again and again, keeps each version of its
    text, and publishes a feed of changes with a side-by-side page for each article, as static files.

    Start with `feedwatch demo`, or `feedwatch init`, then `feedwatch run`.
    """
    gc.set_threshold(20_000)  # what is imported is no garbage; looked through every 700 objects it takes a sixth longer
    set_up_log(verbose=verbose, quiet=quiet)


# ------------------------------------------------------------------------------------------------------ work


@main.command()
@with_config
@click.option(
    "--now", type=Moment(), help="Take this as the time: all that the pass decides and writes derives from it."
)
@click.option(
    "--max-pause",
    type=click.FloatRange(0),
    metavar="SECONDS",
    help="No pause between two requests is longer than this.",
)
@json_option
def once(config: Config, now: datetime | None, max_pause: float | None, as_json: bool) -> None:  # noqa: FBT001
    """One pass: poll and check everything that is due, publish, end. For cron and CI."""
    from dataclasses import asdict

    from feedwatch.cli.terminal import pass_line, progress
    from feedwatch.running.app import forked_nursery, utc_now
    from feedwatch.running.desk import next_due_at
    from feedwatch.running.once import run_once

    clock = (lambda: now) if now else utc_now
    pause = timedelta(seconds=max_pause) if max_pause is not None else None
    with forked_nursery(), progress() as told:
        tallies = run_once(config, clock, pause, told)
    if as_json:
        click.echo(json.dumps(asdict(tallies)))
    else:
        report(pass_line(tallies))
    if not (as_json or tallies.polls or tallies.checks) and (next_due := next_due_at(config, now or utc_now())):
        report(f"nothing is due before {next_due:%Y-%m-%d %H:%M} UTC")
    if tallies.polls and tallies.polls == tallies.polls_failed:
        sys.exit(5)


@main.command()
@with_config
def run(config: Config) -> None:
    """Keep watching until SIGTERM or Ctrl-C. One on each store; a second is refused."""
    from feedwatch.running.app import forked_nursery
    from feedwatch.running.daemon import run_daemon

    spare_memory()
    with forked_nursery():
        run_daemon(config)


@main.command()
@with_config
def worker(config: Config) -> None:
    """Share the work on a PostgreSQL store with other workers. On any number of machines, until SIGTERM or Ctrl-C."""
    from feedwatch.running.app import forked_nursery
    from feedwatch.running.cluster import run_worker

    spare_memory()
    with forked_nursery():
        run_worker(config)


@main.command()
@with_config
@click.option("--all", "everything", is_flag=True, help="Render every file anew, not only what has changed.")
def publish(config: Config, everything: bool) -> None:  # noqa: FBT001
    """Write the site from the store. Files whose bytes would be the same are not touched."""
    from feedwatch.cli.terminal import counting
    from feedwatch.running.app import forked_nursery
    from feedwatch.running.publish import run_publish

    with forked_nursery(), counting("articles rendered") as told:
        done = run_publish(
            config,
            everything=everything,
            told=lambda tallies: told(tallies.rendered, tallies.to_render or None),
        )
    report(done)


@main.command()
@with_config
@click.option("--source", "sources", metavar="SLUG", multiple=True, help="Of this source; can be given several times.")
@click.option("--all", "everything", is_flag=True, help="Of every source.")
@click.option("--because", metavar="TEXT", default="", help="What readers are told beside that it was no edit.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be withdrawn; may run beside `feedwatch run`.")
def recheck(config: Config, sources: tuple[str, ...], everything: bool, because: str, dry_run: bool) -> None:  # noqa: FBT001
    """Read kept pages anew, and withdraw what proves to be no edit.

    For after a change of a source's selectors, or of feedwatch's own reading. Entries of withdrawn versions are taken
    back and their pages say so; nothing else that was published changes. Stop it at any time, and start it again.
    """
    from feedwatch.cli.terminal import counting
    from feedwatch.running.app import forked_nursery
    from feedwatch.running.recheck import run_recheck

    if everything == bool(sources):
        raise UsageError("say of which articles: --source SLUG, or --all for those of every source")
    with forked_nursery(), counting("articles read anew") as told:
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
    from feedwatch.cli.tables import print_status
    from feedwatch.running.desk import status_of
    from feedwatch.running.room import Level, room

    for finding in room(config):
        if finding.level is Level.BAD:
            click.echo(f"trouble: {finding.text}", err=True)
    print_status(status_of(config, datetime.now(UTC)), as_json=as_json)


@main.command()
@with_config
@click.option("--source", help="Only of this source (its slug).")
@click.option(
    "--state", type=click.Choice(["watched", "done", "gone", "walled", "blocked", "hidden"]), help="Only in this state."
)
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True)
@json_option
def articles(config: Config, source: str | None, state: str | None, limit: int, as_json: bool) -> None:  # noqa: FBT001
    """The articles, the most lately changed first."""
    from feedwatch.cli.tables import print_articles
    from feedwatch.running.desk import list_articles

    print_articles(list_articles(config, source, state, limit), as_json=as_json)


@main.command()
@with_config
@click.argument("article")
@click.option("--from", "from_number", type=int, help="Compare from this version (else the first) ...")
@click.option(
    "--to", "to_number", type=int, help="... to this one (else the last); without both, every change is shown."
)
@json_option
def show(
    config: Config,
    article: str,
    from_number: int | None,
    to_number: int | None,
    as_json: bool,  # noqa: FBT001
) -> None:
    """An ARTICLE's history (by URL or id), differences in colour."""
    from feedwatch.cli.tables import print_history
    from feedwatch.running.desk import history_of

    print_history(history_of(config, article, from_number, to_number), as_json=as_json)


@main.command()
@with_config
@click.argument("url")
@json_option
def feed(config: Config, url: str, as_json: bool) -> None:  # noqa: FBT001
    """Where the feed of the article at URL is: file and address."""
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
    from feedwatch.model import State
    from feedwatch.running.desk import watch_article

    article, is_new = watch_article(config, url, source, title, datetime.now(UTC))
    if article.state is State.HIDDEN:
        raise UsageError(f"{article.id} is taken down; `feedwatch unhide {article.id}` shows and watches it again")
    click.echo(f"{'now watched' if is_new else 'watched already'}: {article.id} {article.url}")


for command in (*upkeep.COMMANDS, *stores.COMMANDS, *exchange.COMMANDS, *setup.COMMANDS):
    main.add_command(command)
