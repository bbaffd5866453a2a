"""What commands answer, as tables and in colour; in a pipe as plain lines, or as JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text as RichText

from feedwatch.cli.terminal import many, print_json
from feedwatch.model import Article, Change, Comparison, Crew, History, Op, Row, Span, Version, comparable
from feedwatch.running.desk import Shown, SourceStatus, Status
from feedwatch.running.room import Finding, Level
from feedwatch.showing.words import words

_STYLE = {Op.EQUAL: "", Op.DELETE: "red strike", Op.INSERT: "green underline"}
_MARKS = {Op.EQUAL: ("", ""), Op.DELETE: ("[-", "-]"), Op.INSERT: ("{+", "+}")}
# Unchanged words kept on each side of a change.
_CONTEXT = 12


def print_status(status: Status, *, as_json: bool) -> None:
    if as_json:
        print_json(status)
        return
    columns = ("watched", "due", "held", "gone", "blocked", "changes")
    table = Table("source", *columns, "checks a day", "last poll", box=None)
    for source in status.sources:
        last = max((feed.last_polled_at for feed in source.feeds if feed.last_polled_at), default=None)
        counts = [str(source.counts.get(name, 0)) for name in columns]
        most = f" of {source.checks_a_day}" if source.checks_a_day else ""
        checks = f"{source.counts.get('checks_last_day', 0)}{most}"
        table.add_row(source.slug, *counts, checks, _when(last))
    _console().print(table)
    if troubles := [(source.slug, trouble) for source in status.sources for trouble in _troubles(source)]:
        _console().print("\ntrouble")
        for slug, trouble in troubles:
            _console().print(RichText(f" {slug}: {clean(trouble)}"))
    if status.requests_today:
        hosts = Table("host", f"requests today (UTC), of {status.requests_a_day} at most", box=None)
        for host, many in status.requests_today.items():
            hosts.add_row(clean(host), str(many))
        _console().print()
        _console().print(hosts)
    if sizes := status.sizes.versions:
        text, page = (total / sizes / 1000 for total in (status.sizes.texts, status.sizes.pages))
        _console().print(f"\na version takes {text:.1f} KB of text and {page:.1f} KB of page (a mean of {sizes})")
    if status.crew is not None:
        _print_crew(status.crew)


def _troubles(source: SourceStatus) -> Iterator[str]:
    if source.held_since:
        yield f"held since {_when(source.held_since)}: too much of it changes or is lost at once"
    for feed in source.feeds:
        if feed.problem:
            again = f"; asked again {_when(feed.next_poll_at)}" if feed.next_poll_at else "; not asked any more"
            yield f"{feed.url}: {feed.problem}{again}"


def _print_crew(crew: Crew) -> None:
    table = Table("worker", "since", "version", "polls", "checks", "changes", "files", "rescued", box=None)
    for worker in crew.workers:
        done = (worker.polls, worker.checks, worker.changes, worker.published, worker.rescued)
        table.add_row(clean(worker.id), _when(worker.started_at), worker.version, *map(str, done))
    queued, console = crew.queued, _console()
    console.print()
    console.print(table if crew.workers else "no worker is at work")
    console.print(
        f"hosts in the queue: {queued.hosts_waiting}, visited: {queued.hosts_visited}; parts of batches: "
        f"{queued.parts_waiting}; failed jobs: {queued.failed}"
    )
    console.print(f"the longest due host waits since {crew.late.total_seconds():.0f} s; jobs rescued: {crew.rescued}")


def print_findings(findings: Sequence[Finding], *, as_json: bool) -> None:
    if as_json:
        print_json(list(findings))
        return
    table = Table("", "about", "", box=None)
    for finding in findings:
        style = {Level.GOOD: "green", Level.NOTE: "yellow", Level.BAD: "red"}[finding.level]
        table.add_row(RichText(finding.level.value, style=style), finding.part, RichText(clean(finding.text)))
    _console().print(table)


def print_articles(articles: Sequence[Article], *, as_json: bool) -> None:
    if as_json:
        print_json(list(articles))
        return
    table = Table("id", "source", "state", "changes", "last changed", "headline", box=None)
    for article in articles:
        row = (article.source, article.state.value, str(article.changes), _when(article.last_changed_at))
        table.add_row(article.id, *row, clean(article.title))
    _console().print(table)


def print_history(shown: Shown, *, as_json: bool) -> None:
    if as_json:
        history = shown.history
        print_json(
            {
                "article": history.article,
                "versions": history.versions,
                "changes": [{"change": change, "comparison": rows} for change, rows in shown.comparisons],
                "events": history.events,
            }
        )
        return
    console = _console()
    _print_head(console, shown.history)
    versions = {version.number: version for version in shown.history.versions}
    for change, comparison in shown.comparisons:
        _print_change(console, change, versions.get(change.to_number), comparison)


def _print_head(console: Console, history: History) -> None:
    article = history.article
    console.print(RichText(clean(article.title), style="bold"))
    console.print(RichText(f"{history.source.title}  {clean(article.url)}"))
    changes = many(article.changes, "change")
    console.print(f"first seen {_when(article.first_seen_at)}, {changes}, {article.state.value}")
    console.print(f"last checked {_when(article.last_checked_at)}, next check {_when(article.next_check_at)}")
    if article.problem:
        console.print(RichText(clean(article.problem), style="yellow"))
    for event in history.events:
        console.print(RichText(f"{_when(event.at)}  {event.kind.value}: {clean(words('en').event_text(event))}"))


def _print_change(console: Console, change: Change, new: Version | None, comparison: Comparison) -> None:
    console.print()
    pair = f"Version {change.from_number} → {change.to_number}"
    console.print(RichText(f"{pair}  {words('en').changed_between(change, new)}", style="bold"))
    console.print(RichText(clean(words("en").summary(change.facts, comparison))))
    for row in (comparison.title, comparison.standfirst, *comparison.rows):
        if row is not None and row.op is not Op.EQUAL:
            console.print(_drawn(row, plain=not console.is_terminal))


def _drawn(row: Row, *, plain: bool) -> RichText:
    text = RichText({Op.MOVE: "moved: ", Op.SPLIT: "split: ", Op.MERGE: "merged: "}.get(row.op, ""), style="dim")
    for span in row.spans:
        words_kept = _shortened(span)
        before, after = _MARKS[span.op] if plain else ("", "")
        text.append(f"{before}{words_kept}{after}", style=_STYLE[span.op] or "default")
    return text


def _shortened(span: Span) -> str:
    text = clean(span.text, keep_edges=True)
    parts = text.split(" ")
    if span.op is not Op.EQUAL or len(parts) <= 2 * _CONTEXT + 1:
        return text
    return " ".join([*parts[:_CONTEXT], "…", *parts[-_CONTEXT:]])


def clean(text: str, *, keep_edges: bool = False) -> str:
    """Text of a source as a terminal may see it: no control characters, so no escape sequences."""
    printable = "".join(char if char.isprintable() else " " for char in text)
    return printable if keep_edges else comparable(printable)


def _console() -> Console:
    """In a pipe: no colour, and no line is folded."""
    return Console(width=None if sys.stdout.isatty() else 1_000_000, highlight=False)


def _when(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%d %H:%M UTC") if moment else "-"
