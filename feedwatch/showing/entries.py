"""What one version or one event becomes in a feed.

An entry is the same in every feed that carries it, and tells nothing that a later look could make untrue.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from feedwatch.discreet import without_keys
from feedwatch.model import Article, Change, Comparison, Event, EventKind, Facts, Grade, Site, Source, Version
from feedwatch.showing import paths
from feedwatch.showing.feed import HTML, Entry, Link, Tombstone, stamp, urn
from feedwatch.showing.markup import difference, link, paragraph, weight
from feedwatch.showing.plain import clipped, language_tag, safe_link
from feedwatch.showing.words import Words

# Bytes of an entry's content as escaped XML. With the longest title, summary and links an entry is under 32 KiB.
CONTENT_LIMIT = 20 * 1024


@dataclass(frozen=True, slots=True)
class Desk:
    """Writes the entries about one article."""

    article: Article
    source: Source
    site: Site
    words: Words

    def first(self, version: Version) -> Entry:
        """The first sighting: so that a feed is worth subscribing to before anything has changed."""
        say = self.words.phrases
        text = say.first_seen_text.format(moment=self.words.moment(version.seen_at))
        standfirst = clipped(version.text.standfirst, 500)
        return self._entry(
            id=version_id(self.article.id, version.number, version.seen_at),
            at=version.seen_at,
            title=say.first_seen_title.format(title=self.words.headline(version.text.title, 200)),
            summary=text,
            body=[paragraph(text), paragraph(standfirst) if standfirst else ""],
            page=paths.article_page(self.article.id),
        )

    def change(self, change: Change, new: Version | None, comparison: Comparison | None) -> Entry:
        say = self.words.phrases
        headline = new.text.title if new else self.article.title
        summary = self.words.summary(change.facts, comparison)
        when = say.changed_when.format(when=self.words.changed_between(change, new))
        body = [paragraph(summary), paragraph(when)]
        if comparison is not None:
            language = language_tag(new.language if new else None, self.source.language)
            body.append(difference(comparison, self.words, language, CONTENT_LIMIT - weight("".join(body))))
        return self._entry(
            id=version_id(self.article.id, change.to_number, change.at),
            at=change.at,
            title=self.words.change_title(change.facts, comparison, headline),
            summary=summary,
            body=body,
            page=paths.pair_page(self.article.id, change.from_number, change.to_number),
            categories=self._kinds(change.facts),
        )

    def _kinds(self, facts: Facts) -> tuple[tuple[str, str], ...]:
        say = self.words.phrases
        back = [(EventKind.RESTORED.value, say.events[EventKind.RESTORED])] if facts.restored else []
        return (*back, *((grade.value, say.grades[grade]) for grade in Grade if grade in facts.grades))

    def event(self, event: Event, known: Version | None) -> Entry:
        """`known` is the version that stood at the time of the event: a later headline must not edit this entry."""
        headline = known.text.title if known else without_keys(self.article.key)
        text = self.words.event_text(event)
        body = [paragraph(text)]
        moved_to = safe_link(event.address)
        if moved_to:
            body.append(f"<p>{link(moved_to, clipped(moved_to, 200))}</p>")
        return self._entry(
            id=urn("event", self.article.id, event.number, event.kind.value, stamp(event.at)),
            at=event.at,
            title=self.words.event_title(event, headline),
            summary=text,
            body=body,
            page=paths.article_page(self.article.id),
            categories=((event.kind.value, self.words.phrases.events[event.kind]),),
        )

    def tombstone(self, change: Change, version: Version) -> Tombstone:
        """In the place of a change's entry when its newer version proved false."""
        ref = version_id(self.article.id, change.to_number, change.at)
        comment = f"{self.words.phrases.withdrawn_note} {clipped(version.withdrawn_because, 300)}".strip()
        return Tombstone(ref, version.withdrawn_at or change.at, comment)

    def _entry(  # noqa: PLR0913  the parts of an entry, by name
        self,
        *,
        id: str,  # noqa: A002  Atom's word
        at: datetime,
        title: str,
        summary: str,
        body: list[str],
        page: PurePosixPath,
        categories: tuple[tuple[str, str], ...] = (),
    ) -> Entry:
        say = self.words.phrases
        address = paths.url(self.site.base_url, page)
        home = paths.url(self.site.base_url, paths.article_page(self.article.id))
        at_source = safe_link(self.article.url)
        ways = [link(address, say.side_by_side)] if address != home else []
        ways.append(link(home, say.all_versions))
        links = [Link("alternate", address, HTML)]
        if at_source:
            ways.append(link(at_source, say.article_now))
            links.append(Link("related", at_source, HTML))
        return Entry(
            id=id,
            at=at,
            title=title,
            author=clipped(self.source.title, 200) or self.source.slug,
            summary=summary,
            content="\n".join([*filter(None, body), f"<p>{' · '.join(ways)}</p>"]),
            links=tuple(links),
            categories=categories,
        )


def version_id(article: str, number: int, seen_at: datetime) -> str:
    """The id of the entry that tells of a version."""
    return urn("version", article, number, stamp(seen_at))
