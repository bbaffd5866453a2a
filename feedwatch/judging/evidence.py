"""What the rules of grading see in a comparison: each says what it found and which words it explains.

The rest is wording.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from feedwatch.judging.figures import Figure, Kind, figures
from feedwatch.judging.fragments import Fragment, Placed, Stretch, fragments, touching
from feedwatch.judging.languages import language_of
from feedwatch.judging.names import Name
from feedwatch.judging.quotes import Quote, folded, quoted
from feedwatch.judging.view import Reading
from feedwatch.judging.wording import negations
from feedwatch.model import Row

# Words on each side up to which two passages say the same thing differently: a figure, a negation or a question mark
# that differs between them has changed. In longer ones it came or went with its sentence. (The median sentence of
# English news has 22 words.)
SAME_STATEMENT = 20
# What was put in with nothing taken out, or the reverse, belongs to the statement around it up to so many words.
SHORT_ADDITION = 8
_MOMENTS = frozenset((Kind.DATE, Kind.TIME))
_NUMBER = re.compile(r"\d+")
_QUESTION_MARKS = "?？؟"


@dataclass(frozen=True, slots=True)
class Found:
    """What the rules see in the fragments of one row."""

    figures: tuple[tuple[str, str], ...] = ()
    negations: tuple[tuple[str, str], ...] = ()
    questions: tuple[int, ...] = ()  # question marks, more (or fewer, below 0) by so many
    renamed: bool = False
    names: tuple[tuple[str, str], ...] = ()
    reworded: bool = False


# ---------------------------------------------------------------------------------------------------------- fragments


def look(row: Row, reading: Reading) -> Found:
    """What the rules see in one row."""
    language = language_of(f"{row.old_text} {row.new_text}", reading.language)
    old = _Side(reading, row.old_text, language, reading.names_gone(row), reading.quotes_removed)
    new = _Side(reading, row.new_text, language, reading.names_come(row), reading.quotes_added)
    parts = [_Part(part, old, new) for part in fragments(row)]
    negated = tuple(pair for part in parts for pair in part.negated)
    moved = Counter(old for old, _ in negated if old) == Counter(new for _, new in negated if new)
    found = Found(
        tuple((one.text if one else "", other.text if other else "") for part in parts for one, other in part.figures),
        negations=() if moved else negated,
        questions=tuple(part.questions for part in parts if part.questions),
        renamed=any(part.renamed for part in parts),
        names=tuple(pair for part in parts for pair in part.exchanged),
        reworded=any(part.unexplained for part in parts) or (moved and bool(negated)),
    )
    explained = found != Found() or old.quotes or new.quotes
    return found if explained else Found(reworded=True)


class _Side:
    """One side of a row with the expressions that the rules know, each kind in order of place."""

    def __init__(
        self, reading: Reading, text: str, language: str | None, moved: list[Name], requoted: Container[str]
    ) -> None:
        self.text = text
        self.figures = [
            figure for figure in figures(text, language) if figure.sure or not _is_of_name(figure, reading.names(text))
        ]
        self.negations = negations(text, language)
        self.names = moved
        self.quotes = [quote for quote in quoted(text) if quote.words in requoted]


def _is_of_name(month: Figure, told: Sequence[Name]) -> bool:
    return any(name.start <= month.start and month.end <= name.end for name in told)


class _Part:
    """One fragment, with what of each side's expressions it touches."""

    def __init__(self, part: Fragment, old: _Side, new: _Side) -> None:
        self.part, self.old, self.new = part, old, new
        longer, shorter = max(part.old_words, part.new_words), min(part.old_words, part.new_words)
        self.is_one_statement = longer <= (SAME_STATEMENT if shorter else SHORT_ADDITION)

    @cached_property
    def figures(self) -> list[tuple[Figure | None, Figure | None]]:
        """Same kind with same kind first, then those that may be one told otherwise; what is left came or went."""
        if not self.is_one_statement:
            return []
        gone, come = _without_common(
            touching(self.old.figures, self.part.old), touching(self.new.figures, self.part.new)
        )
        pairs: list[tuple[Figure | None, Figure | None]] = []
        for one in list(gone):
            alike = [other for other in come if other.kind is one.kind]
            alike = alike or [other for other in come if (other.sure or one.sure) and _may_be_one(one, other)]
            if alike:
                nearest = max(alike, key=lambda other: len({*one.value.split()} & {*other.value.split()}))
                gone.remove(one)
                come.remove(nearest)
                pairs.append((one, nearest))
        pairs += [(figure, None) for figure in gone if figure.sure]
        pairs += [(None, figure) for figure in come if figure.sure]
        return pairs

    @cached_property
    def negated(self) -> list[tuple[str, str]]:
        """The negating words that came, went or gave way to others, where there are more or fewer of them now."""
        gone, come = (
            Counter(side.text[slice(*at)].casefold() for at in touching(side.negations, stretch))
            for side, stretch in ((self.old, self.part.old), (self.new, self.part.new))
        )
        if not self.is_one_statement or gone.total() == come.total():
            return []
        return list(zip_longest((gone - come).elements(), (come - gone).elements(), fillvalue=""))

    @cached_property
    def questions(self) -> int:
        old, new = self.old.text[slice(*self.part.old)], self.new.text[slice(*self.part.new)]
        counts = [sum(text.count(mark) for mark in _QUESTION_MARKS) for text in (old, new)]
        return counts[1] - counts[0] if self.is_one_statement else 0

    @cached_property
    def renamed(self) -> bool:
        moved = touching(self.old.names, self.part.old) or touching(self.new.names, self.part.new)
        return self.is_one_statement and bool(moved)

    @property
    def exchanged(self) -> list[tuple[str, str]]:
        """The one name that stands where one other stood."""
        old, new = touching(self.old.names, self.part.old), touching(self.new.names, self.part.new)
        return [(old[0].text, new[0].text)] if self.renamed and len(old) == len(new) == 1 else []

    @property
    def unexplained(self) -> bool:
        """Whether words differ that no rule accounts for, taken as quoted or as they are without the marks."""
        old_quotes, new_quotes = touching(self.old.quotes, self.part.old), touching(self.new.quotes, self.part.new)
        return all(
            self._left(self.old, self.part.old, [one for one, _ in self.figures], olds)
            != self._left(self.new, self.part.new, [one for _, one in self.figures], news)
            for olds, news in ((old_quotes, new_quotes), ([], []))
        )

    def _left(self, side: _Side, stretch: Stretch, moved: list[Figure | None], quotes: Sequence[Quote]) -> str:
        explained: list[Placed] = [*filter(None, moved), *quotes]
        if self.renamed:
            explained += touching(side.names, stretch)
        if self.negated:
            explained += touching(side.negations, stretch)
        return _left(side.text, stretch, explained, _QUESTION_MARKS + "!." if self.questions else "")


def _may_be_one(one: Figure, other: Figure) -> bool:
    """An amount and another one, a day and a time of day; or whatever has a number in common: "at 10", "at 10 am"."""
    if (one.kind in _MOMENTS) is (other.kind in _MOMENTS):
        return True
    return not {*_NUMBER.findall(one.value)}.isdisjoint(_NUMBER.findall(other.value))


def _without_common(old: Sequence[Figure], new: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
    common = Counter(figure.value for figure in old) & Counter(figure.value for figure in new)
    return _less(old, common), _less(new, common)


def _less(some: Iterable[Figure], common: Counter[str]) -> list[Figure]:
    left, kept = Counter(common), []
    for figure in some:
        if left[figure.value]:
            left[figure.value] -= 1
        else:
            kept.append(figure)
    return kept


def _left(text: str, stretch: Stretch, explained: Iterable[Placed], ignored: str) -> str:
    """What remains of a stretch of text without the explained parts of it, in one style, without quotation marks."""
    kept, at = [], stretch.start
    for one in sorted(explained, key=lambda one: one.start):
        if one.start > at:
            kept.append(text[at : min(one.start, stretch.end)])
        at = max(at, one.end)
    kept.append(text[at : stretch.end])
    plain = folded("".join(kept)).replace("'", "")
    return "".join(c for c in plain if not c.isspace() and c not in ignored)
