"""How the watching goes, for whoever runs it: a page, the same as JSON, a feed of what went wrong and right again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from feedwatch.discreet import discreet
from feedwatch.model import Crew, Site
from feedwatch.showing import paths
from feedwatch.showing.atom import current
from feedwatch.showing.feed import HTML, Entry, Heading, Link, Sheet, stamp, timestamp, urn
from feedwatch.showing.health import Health, Standing, Trouble, Work
from feedwatch.showing.markup import link, paragraph
from feedwatch.showing.plain import clipped, shown
from feedwatch.showing.render import render
from feedwatch.showing.words import words

# Sources on the page, the worst first: the page stays under 60 KB; status.json has them all.
SHOWN = 60
TROUBLES_SHOWN = 20

File = tuple[PurePosixPath, bytes]


def status_files(
    standings: Sequence[Standing],
    troubles: Sequence[Trouble],
    site: Site,
    now: datetime,
    work: Work | None = None,
) -> list[File]:
    """What is another one at each moment."""
    return [
        (paths.STATUS, status_page(standings, troubles, site, now, work)),
        (paths.STATUS_JSON, status_json(standings, troubles, now, work)),
    ]


def status_feed(troubles: Sequence[Trouble], site: Site, created_at: datetime) -> list[File]:
    """In a worker: what is another one with each trouble."""
    return current(status_sheet(troubles, site, created_at), 0, site)


def status_page(
    standings: Sequence[Standing],
    troubles: Sequence[Trouble],
    site: Site,
    now: datetime,
    work: Work | None = None,
) -> bytes:
    worst = sorted(standings, key=lambda standing: list(Health).index(standing.health))
    return render(
        "status.html",
        site,
        paths.STATUS,
        now=now,
        standings=worst[:SHOWN],
        more=len(worst) - SHOWN,
        ill=sum(standing.health is not Health.WELL for standing in standings),
        troubles=list(troubles)[:TROUBLES_SHOWN],
        discreet=discreet,
        well=Health.WELL,
        work=work or Work(),
    )


def status_json(
    standings: Sequence[Standing], troubles: Sequence[Trouble], now: datetime, work: Work | None = None
) -> bytes:
    """Every moment in UTC. Addresses of feeds without their queries."""
    document = {
        "generated_at": timestamp(now),
        "sources": [_standing(standing) for standing in standings],
        "troubles": [
            {
                "kind": trouble.kind.value,
                "source": trouble.source,
                "feed": trouble.feed or None,
                "detail": trouble.detail or None,
                "since": _when(trouble.since),
                "until": _when(trouble.until),
            }
            for trouble in troubles
        ],
        "requests_today": dict(work.requests) if work else {},
        "requests_a_day": work.requests_a_day if work else None,
        "crew": _crew(work.crew) if work and work.crew else None,
    }
    return (json.dumps(document, indent=1) + "\n").encode("ascii")


def _crew(crew: Crew) -> dict[str, Any]:
    """Without the names of machines, which are nobody's business outside."""
    return {
        "workers": [
            {
                "version": worker.version,
                "since": timestamp(worker.started_at),
                "polls": worker.polls,
                "checks": worker.checks,
                "changes": worker.changes,
                "files": worker.published,
            }
            for worker in crew.workers
        ],
        "hosts_waiting": crew.queued.hosts_waiting,
        "hosts_visited": crew.queued.hosts_visited,
        "parts_waiting": crew.queued.parts_waiting,
        "failed_jobs": crew.queued.failed,
        "late_seconds": int(crew.late.total_seconds()),
        "rescued_jobs": crew.rescued,
    }


def status_sheet(troubles: Sequence[Trouble], site: Site, created_at: datetime) -> Sheet:
    say = words(site.language).phrases
    heading = Heading(
        id=urn("status", stamp(created_at)),
        title=f"{clipped(site.title, 150)}: {say.pages.status_title}",
        subtitle=say.pages.status_subtitle,
        author=site.title,
        language=say.code,
        address=paths.url(site.base_url, paths.STATUS_FEED),
        page=paths.url(site.base_url, paths.STATUS),
    )
    entries = sorted((entry for trouble in troubles for entry in _entries(trouble, site)), key=lambda entry: entry.at)
    return Sheet(paths.STATUS_FEED, heading, tuple(entries), created_at)


def _entries(trouble: Trouble, site: Site) -> Iterator[Entry]:
    """One when it began, one when it ended."""
    say = words(site.language)
    name = clipped(trouble.title, 120) or trouble.source
    text = say.phrases.pages.trouble_texts[trouble.kind]
    begun = trouble.since or datetime.min.replace(tzinfo=UTC)
    names = [shown(part) for part in trouble.about]
    title = say.phrases.pages.trouble_titles[trouble.kind].format(source=name)
    yield _entry(trouble, site, urn("trouble", *names, stamp(begun)), begun, (title, text))
    if trouble.until is not None:
        title = say.phrases.pages.over_title.format(source=name)
        over = say.phrases.pages.over_text.format(moment=say.moment(trouble.until), text=text)
        yield _entry(trouble, site, urn("trouble over", *names, stamp(begun)), trouble.until, (title, over))


def _entry(trouble: Trouble, site: Site, number: str, at: datetime, told: tuple[str, str]) -> Entry:
    title, text = told
    page = paths.url(site.base_url, paths.STATUS)
    pages = words(site.language).phrases.pages
    details = [clipped(part, 400) for part in (trouble.feed, trouble.detail) if part.strip()]
    return Entry(
        id=number,
        at=at,
        title=title,
        author=clipped(trouble.title, 120) or trouble.source,
        summary=" ".join([text, *details]),
        content="\n".join([*map(paragraph, [text, *details]), f"<p>{link(page, pages.status_title)}</p>"]),
        links=(Link("alternate", page, HTML),),
        categories=((trouble.kind.value, pages.states[trouble.kind]),),
    )


def _standing(standing: Standing) -> dict[str, Any]:
    return {
        "slug": standing.source.slug,
        "title": standing.source.title,
        "health": standing.health.value,
        "held": standing.held,
        "last_poll": _when(standing.last_poll),
        "last_check": _when(standing.last_check),
        "counts": dict(sorted(standing.counts.items())),
        "checks_a_day": standing.checks_a_day,
        "feeds": [
            {
                "url": discreet(feed.url),
                "status": feed.status.value,
                "last_polled_at": _when(feed.last_polled_at),
                "last_ok_at": _when(feed.last_ok_at),
                "next_poll_at": _when(feed.next_poll_at),
                "failures": feed.failures,
                "problem": discreet(feed.problem) or None,
            }
            for feed in standing.feeds
        ],
    }


def _when(moment: datetime | None) -> str | None:
    return timestamp(moment.astimezone(UTC)) if moment else None
