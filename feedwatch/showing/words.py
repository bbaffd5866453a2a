"""What a reader reads of ours, in the site's language: numbers, dates, spans, and what changed, in one plain line.

Every phrase comes from `languages`; a source's own words are only ever put into one as an argument.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from feedwatch.model import EMPTY, Article, Change, Comparison, Event, EventKind, Facts, Grade, Op, Row, State, Version
from feedwatch.showing.languages import LANGUAGES
from feedwatch.showing.phrases import Forms, Phrases
from feedwatch.showing.plain import clipped, isolated, safe_link

TITLE_LIMIT = 250  # characters; readers cut titles far earlier, and a hostile one must not fill the feed
SUMMARY_LIMIT = 1000
_HEADLINE_LIMIT = 110  # so that both headlines stay inside TITLE_LIMIT
# What is told with the words that changed.
_SAID = frozenset((Grade.FIGURES, Grade.NEGATION, Grade.QUOTES, Grade.NAMES))
UNITS = (("year", 365 * 86400), ("month", 30 * 86400), ("week", 7 * 86400), ("day", 86400), ("hour", 3600))


@dataclass(frozen=True, slots=True)
class Words:
    """The phrases of one language, and the grammar around them."""

    phrases: Phrases

    # numbers and times

    def number(self, n: int) -> str:
        return f"{n:,}".replace(",", self.phrases.thousands)

    def count(self, forms: Forms, n: int, **more: str) -> str:
        """The singular or the plural with its number in it."""
        return forms[0 if self.phrases.singular(n) else 1].format(n=self.number(n), **more)

    def date(self, moment: datetime) -> str:
        moment = moment.astimezone(UTC)
        return self.phrases.date.format(
            day=moment.day, month=self.phrases.months[moment.month - 1], year=f"{moment.year:04d}"
        )

    def moment(self, moment: datetime) -> str:
        return self.phrases.moment.format(date=self.date(moment), time=_clock(moment))

    def between(self, start: datetime | None, end: datetime) -> str:
        """When something happened of which only the looks before and after are known."""
        if start is None or start >= end or self.moment(start) == self.moment(end):
            return self.phrases.at_moment.format(moment=self.moment(end))
        if self.date(start) == self.date(end):
            return self.phrases.between_times.format(start=_clock(start), end=_clock(end), date=self.date(end))
        return self.phrases.between_moments.format(start=self.moment(start), end=self.moment(end))

    def changed_between(self, change: Change, new: Version | None) -> str:
        """When a change was made. It may be announced later than its version was first seen, by the confirming look."""
        if new is None or new.not_before is None:
            return self.between(change.not_before, change.at)
        start = min(new.not_before, change.not_before or new.not_before)  # a digest's lies before that of its versions
        return self.between(start, new.seen_at)

    def later(self, span: timedelta) -> str:
        """As in "about 4 hours later": the largest unit of which there are one and a half, rounded."""
        seconds = max(span.total_seconds(), 0)
        for unit, size in UNITS:
            if seconds >= (3570 if unit == "hour" else 1.5 * size):
                return self.count(self.phrases.later[unit], int(seconds / size + 0.5))
        return self.count(self.phrases.later["minute"], max(1, int(seconds / 60 + 0.5)))

    # what changed

    def summary(self, facts: Facts, comparison: Comparison | None = None) -> str:
        """The change in plain words, as in "Figures: 14 → 41. 2 paragraphs removed (Ada Lund). Headline unchanged"."""
        return clipped(" ".join(self.sentences(facts, comparison)), SUMMARY_LIMIT)

    def sentences(self, facts: Facts, comparison: Comparison | None = None) -> list[str]:
        """The same, one sentence for each kind of change."""
        parts = [*self._parts(facts, comparison, most=4), *self._asides(facts)]
        return [_sentence(part) for part in parts]

    def change_title(self, facts: Facts, comparison: Comparison | None, headline: str) -> str:
        """What changed, short, and of which article: "Figures: 14 → 41; 2 paragraphs removed – Flood in Norhaven"."""
        told = self._parts(facts, comparison, most=2)
        told.sort(key=lambda part: part == self.phrases.standfirst_changed)  # without its words it says the least
        parts = [clipped(part, TITLE_LIMIT - 20) for part in told[:3]]
        change = clipped("; ".join(parts), TITLE_LIMIT - 20)
        if comparison is not None and comparison.title.op is not Op.EQUAL:
            return change
        room = max(TITLE_LIMIT - len(change) - 3, 40)
        return clipped(self.phrases.titled.format(change=change, title=self.headline(headline, room)), TITLE_LIMIT)

    def headline(self, title: str, limit: int = _HEADLINE_LIMIT) -> str:
        """A source's headline for use in a sentence of ours; never empty."""
        return isolated(clipped(title, limit)) or self.phrases.no_headline

    def _parts(self, facts: Facts, comparison: Comparison | None, most: int) -> list[str]:
        parts: list[str] = []
        if facts.restored:
            parts.append(self.phrases.back)
        if facts.reverts_to is not None:
            parts.append(self.phrases.reverted.format(n=facts.reverts_to))
        for grade in Grade:
            if grade in facts.grades:
                parts.extend(self._told(grade, facts, comparison, most))
        return parts or [self.phrases.changed]

    def _told(self, grade: Grade, facts: Facts, comparison: Comparison | None, most: int) -> Iterator[str]:  # noqa: C901, PLR0912
        say = self.phrases
        match grade:
            case Grade.CORRECTION:
                yield say.correction.format(text=self._quoted(facts.correction, 60 * most))
            case Grade.HEADLINE:
                yield self._headline_change(comparison)
            case Grade.FIGURES:
                yield say.figures.format(list=self._list(map(self._figure, facts.figures), most))
            case Grade.NEGATION:
                swaps = self._swaps(facts.negations, most)
                yield say.negations.format(list=swaps) if swaps else say.negation
            case Grade.QUESTION:
                marks = facts.question_marks
                yield say.question_added if marks > 0 else say.question_removed if marks < 0 else say.question
            case Grade.QUOTES:
                yield from self._quotes(say.quotes_added, facts.quotes_added, most)
                yield from self._quotes(say.quotes_removed, facts.quotes_removed, most)
                yield from self._quotes((say.quotes_marked,) * 2, facts.quotes_marked, most)
                yield from self._quotes((say.quotes_unmarked,) * 2, facts.quotes_unmarked, most)
            case Grade.NAMES:
                yield from self._names(facts, most)
            case Grade.STANDFIRST:
                yield self._standfirst_change(facts, comparison, most)
            case Grade.REMOVED:
                told = self._counted(say.paragraphs_removed, facts.paragraphs_removed, facts.names_removed, most)
                yield told if facts.names_removed else self._opened(told, facts.paragraph_removed, facts, most)
            case Grade.ADDED:
                told = self._counted(say.paragraphs_added, facts.paragraphs_added, facts.names_added, most)
                named = facts.names_added or facts.correction
                yield told if named else self._opened(told, facts.paragraph_added, facts, most)
            case Grade.MOVED:
                told = self.count(say.paragraphs_moved, facts.paragraphs_moved)
                yield self._opened(told, facts.paragraph_moved, facts, most)
            case Grade.WORDING:
                if facts.paragraphs_changed:
                    yield self._reworded(facts, most)
                elif not {Grade.HEADLINE, Grade.STANDFIRST} & set(facts.grades):  # theirs else, and told
                    yield say.wording
            case Grade.TYPOGRAPHIC:
                if not set(facts.grades) - {Grade.TYPOGRAPHIC, Grade.SILENT}:
                    yield say.typographic
            case Grade.SILENT:
                return  # told as an aside, after what changed

    def _asides(self, facts: Facts) -> Iterator[str]:
        if Grade.HEADLINE not in facts.grades:
            yield self.phrases.headline_unchanged
        if Grade.SILENT in facts.grades:
            yield self.phrases.silent

    def _headline_change(self, comparison: Comparison | None) -> str:
        if comparison is None or comparison.title.op is Op.EQUAL:
            return self.phrases.headline_changed
        row = comparison.title
        return self.phrases.headline_change.format(old=self.headline(row.old_text), new=self.headline(row.new_text))

    def _standfirst_change(self, facts: Facts, comparison: Comparison | None, most: int) -> str:
        match comparison and comparison.standfirst:
            case Row(op=Op.INSERT):
                return self.phrases.standfirst_added
            case Row(op=Op.DELETE):
                return self.phrases.standfirst_removed
            case _:
                return self._with_words(self.phrases.standfirst_changed, facts.standfirst_reworded, facts, most)

    def _figure(self, figure: tuple[str, str]) -> str:
        old, new = (isolated(clipped(side, 30)) for side in figure)
        if not old:
            return self.phrases.figure_added.format(new=new)
        if not new:
            return self.phrases.figure_removed.format(old=old)
        return self.phrases.figure_changed.format(old=old, new=new)

    def _quotes(self, forms: Forms, quotes: Sequence[str], most: int) -> Iterator[str]:
        if quotes:
            listed = self._list((self._quoted(quote, 120) for quote in quotes), min(most, 2))
            yield self.count(forms, len(quotes), list=listed)

    def _names(self, facts: Facts, most: int) -> Iterator[str]:
        """Names that gave way to others, came or went; those of whole paragraphs stand with their number instead."""
        say, exchanged = self.phrases, {name for pair in facts.names_changed for name in pair}
        if facts.names_changed:
            yield say.names_changed.format(list=self._list(map(self._exchange, facts.names_changed), most))
        for phrase, names, paragraphs in (
            (say.names_added, facts.names_added, facts.paragraphs_added),
            (say.names_removed, facts.names_removed, facts.paragraphs_removed),
        ):
            left = [name for name in names if name not in exchanged]
            if left and not paragraphs:
                yield phrase.format(list=self._list((isolated(clipped(name, 60)) for name in left), most))

    def _exchange(self, names: tuple[str, str]) -> str:
        old, new = (isolated(clipped(name, 60)) for name in names)
        return self.phrases.figure_changed.format(old=old, new=new)

    def _counted(self, forms: Forms, n: int, names: Sequence[str], most: int) -> str:
        text = self.count(forms, n)
        if not names:
            return text
        listed = self._list((isolated(clipped(name, 60)) for name in names), most)
        return self.phrases.in_brackets.format(text=text, list=listed)

    def _opened(self, told: str, text: str, facts: Facts, most: int) -> str:
        """`told` of one paragraph, with how that begins, unless it is told by what it quotes."""
        text = "" if Grade.QUOTES in facts.grades else text
        return f"{self.phrases.labelled.format(label=told)} {self._quoted(text, 30 * most)}" if text else told

    def _reworded(self, facts: Facts, most: int) -> str:
        """With the words, where nothing else tells what became of them and they are few."""
        told = self.count(self.phrases.paragraphs_changed, facts.paragraphs_changed)
        return self._with_words(told, facts.reworded, facts, most)

    def _with_words(self, told: str, swaps: Sequence[tuple[str, str]], facts: Facts, most: int) -> str:
        if not 0 < len(swaps) <= most or _SAID & set(facts.grades):
            return told
        return f"{self.phrases.labelled.format(label=told)} {self._swaps(swaps, most)}"

    def _swaps(self, pairs: Sequence[tuple[str, str]], most: int) -> str:
        return self._list((self._swap(*pair) for pair in pairs), most)

    def _swap(self, old: str, new: str) -> str:
        before, after = (
            self.phrases.quote.format(text=isolated(clipped(side, 40))) if side else "" for side in (old, new)
        )
        if not before:
            return self.phrases.figure_added.format(new=after)
        if not after:
            return self.phrases.figure_removed.format(old=before)
        return self.phrases.figure_changed.format(old=before, new=after)

    def _quoted(self, text: str, limit: int) -> str:
        bare = clipped(text, limit).strip('"“”„«»‘’, ')
        return self.phrases.quote.format(text=isolated(bare))

    def _list(self, items: Iterable[str], most: int) -> str:
        texts = list(items)
        if len(texts) <= most:
            return ", ".join(texts)
        return ", ".join(texts[:most]) + " " + self.phrases.more.format(n=self.number(len(texts) - most))

    def in_versions(self, spans: Sequence[tuple[int, int]]) -> str:
        """As in "versions 0–2, 4"."""
        listed = ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in spans)
        one = len(spans) == 1 and spans[0][0] == spans[0][1]
        return self.phrases.pages.in_versions[0 if one else 1].format(n=listed)

    def looks_within(self, counts: Sequence[tuple[str, int]]) -> str:
        """As in "Checks within 1 hour: 8, within 1 day: 35." `counts`: by unit of time."""
        pages = self.phrases.pages
        told = [pages.look_within.format(span=pages.ticks[unit], n=self.number(many)) for unit, many in counts]
        return pages.looks_within.format(parts=", ".join(told))

    # events and status

    def event_title(self, event: Event, headline: str) -> str:
        title = self.phrases.event_titles[event.kind]
        return title.format(title=self.headline(headline, 200), n=clipped(event.detail, 12))

    def event_text(self, event: Event) -> str:
        is_emptied = event.kind is EventKind.GONE and event.detail == EMPTY
        text = self.phrases.emptied if is_emptied else self.phrases.event_texts[event.kind]
        detail = (safe_link(event.address) or "") if event.address else event.detail
        first, _, second = clipped(event.detail, 24).partition(" ")
        return text.format(
            moment=self.moment(event.at), detail=clipped(detail, 300), first=first, second=second, n=first
        )

    def status(self, article: Article, events: Sequence[Event] = ()) -> str:
        """When we looked last and when we shall look again, or since when and why no more.

        True whenever it is read: a page is not written anew for a check that finds nothing, but once a day.
        """
        say = self.phrases
        if article.state is State.HIDDEN:
            return say.hidden
        parts = []
        if article.state is State.GONE:
            gone = max((event.at for event in events if event.kind is EventKind.GONE), default=None)
            parts.append(say.gone_status_since.format(moment=self.moment(gone)) if gone else say.gone_status)
        if article.state is State.WALLED:
            parts.append(say.walled_status)
        if article.last_checked_at is None:
            parts.append(say.never_checked)
        elif article.state is State.DONE or (article.state is State.WATCHED and article.next_check_at is None):
            continued = any(event.kind is EventKind.CONTINUED for event in events)
            return " ".join([*parts, self._no_more_checks(article, article.last_checked_at, quietly=not continued)])
        elif article.next_check_at is not None:
            moments = {"moment": self.moment(article.last_checked_at), "next": self.moment(article.next_check_at)}
            parts.append(say.checked_until.format(**moments))
            return " ".join(parts)
        else:
            parts.append(say.last_checked.format(moment=self.moment(article.last_checked_at)))
        if article.next_check_at is not None:
            parts.append(say.next_check.format(moment=self.moment(article.next_check_at)))
        elif article.state is State.BLOCKED:
            parts.append(say.blocked_status)
        elif article.state is State.GONE:
            parts.append(say.no_more_checks)
        return " ".join(parts)

    def _no_more_checks(self, article: Article, last: datetime, *, quietly: bool) -> str:
        quiet = last - max(filter(None, (article.first_seen_at, article.last_changed_at)))
        if not quietly or quiet < timedelta(days=1):
            return f"{self.phrases.last_checked.format(moment=self.moment(last))} {self.phrases.no_more_checks}"
        return self.phrases.no_more_checks_since.format(
            moment=self.moment(last), days=self.count(self.phrases.days, quiet.days)
        )


@cache
def words(language: str) -> Words:
    """The words of a language by its primary subtag; English where it is not spoken here."""
    return Words(LANGUAGES.get(language.partition("-")[0].partition("_")[0].lower(), LANGUAGES["en"]))


def _clock(moment: datetime) -> str:
    moment = moment.astimezone(UTC)
    return f"{moment.hour:02d}:{moment.minute:02d}"


def _sentence(part: str) -> str:
    """`part` with a full stop, unless its own end says as much."""
    bare = part.rstrip("”“»’\u2069\u00a0 ")
    return part if bare.endswith((".", "!", "?", "…", "。", "！", "？")) else f"{part}."
