"""What the rules of grading see in a comparison: each says what it found and which words it explains.

The rest is wording.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, zip_longest

from feedwatch.judging.figures import Figure, Kind, figures
from feedwatch.judging.fragments import Fragment, Placed, Stretch, fragments, touching
from feedwatch.judging.languages import language_of
from feedwatch.judging.names import Habits, Name, capitalised, words_in
from feedwatch.judging.names import names as names_of
from feedwatch.judging.quotes import Quote, bared, folded, missing, quoted, styled_alike
from feedwatch.judging.wording import negations
from feedwatch.model import Comparison, Op, Row

# Words on each side up to which two passages say the same thing differently: a figure, a negation or a question mark
# that differs between them has changed. In longer ones it came or went with its sentence. (The median sentence of
# English news has 22 words.)
SAME_STATEMENT = 20
# What was put in with nothing taken out, or the reverse, belongs to the statement around it up to so many words.
SHORT_ADDITION = 8
# Characters on both sides together: three live blogs of 10,000 words. What changed beyond them is wording.
MOST_EXAMINED = 400_000
_MOMENTS = frozenset((Kind.DATE, Kind.TIME))
# Words that each line is searched for; of more it is cheaper to take the lines apart.
_FEW = 20
_NUMBER = re.compile(r"\d+")
_QUESTION_MARKS = "?？؟"


@dataclass(frozen=True)
class Reading:
    """A comparison as the rules look at it."""

    comparison: Comparison
    claimed: str | None
    # What was looked for already: by text its names, by both sides of a row those gone and come.
    _named: dict[str, list[Name]] = field(default_factory=dict, init=False)
    _moved: dict[tuple[str, str], tuple[list[Name], list[Name]]] = field(default_factory=dict, init=False)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        head = [row for row in (self.comparison.title, self.comparison.standfirst) if row]
        return (*head, *self.comparison.rows)

    @cached_property
    def changed(self) -> list[Row]:
        return [row for row in self.rows if row.op is not Op.EQUAL]

    @cached_property
    def examined(self) -> list[Row]:
        """The changed rows that the rules look into."""
        sizes = accumulate(len(row.old_text) + len(row.new_text) for row in self.changed)
        return [row for row, size in zip(self.changed, sizes, strict=True) if size <= MOST_EXAMINED]

    @cached_property
    def paired(self) -> list[Row]:
        """Those of them whose two sides differ in more than style."""
        both = [row for row in self.examined if row.old_text and row.new_text]
        return [row for row in both if not styled_alike(row.old_text, row.new_text)]

    @cached_property
    def language(self) -> str | None:
        return language_of(" ".join(row.new_text or row.old_text for row in self.rows[::-1]), self.claimed)

    @cached_property
    def habits(self) -> Habits:
        texts = (text for row in self.comparison.rows for text in {row.old_text, row.new_text})
        return Habits(texts, self.language)

    @cached_property
    def _strange(self) -> dict[tuple[str, str], frozenset[str]]:
        """By the two sides of an examined row: the words that names can be made of, and that only one of them has."""
        sides = {(row.old_text, row.new_text) for row in self.examined}
        return {(old, new): capitalised(old) - words_in(new) | capitalised(new) - words_in(old) for old, new in sides}

    @cached_property
    def words_that_stay(self) -> frozenset[str]:
        """In rows whose sides are the same to the letter, which is most of the article: at least those of the strange
        words that do.
        """
        asked = frozenset[str]().union(*self._strange.values())
        lines = (row.new_text for row in self.rows if _stays(row))
        if len(asked) <= _FEW:
            lines = (line for line in lines if any(map(line.casefold().__contains__, asked)))
        return words_in("\n".join(lines))

    @cached_property
    def old_words(self) -> frozenset[str]:
        return self.words_that_stay | words_in("\n".join(row.old_text for row in self.rows if not _stays(row)))

    @cached_property
    def new_words(self) -> frozenset[str]:
        return self.words_that_stay | words_in("\n".join(row.new_text for row in self.rows if not _stays(row)))

    def names_gone(self, row: Row) -> list[Name]:
        """The names of the row's older side that the newer version does not have, or that gave way to another here."""
        return self._names_moved(row.old_text, row.new_text)[0]

    def names_come(self, row: Row) -> list[Name]:
        return self._names_moved(row.old_text, row.new_text)[1]

    def _names_moved(self, old: str, new: str) -> tuple[list[Name], list[Name]]:
        """Of names made of words that both sides have none came or went. Each row is asked about up to four times."""
        if not self._strange[old, new]:
            return [], []
        if (old, new) not in self._moved:
            gone = self._missing(old, new, self.new_words, self.old_words)
            self._moved[old, new] = gone, self._missing(new, old, self.old_words, self.new_words)
        return self._moved[old, new]

    def _missing(self, here: str, there: str, words_there: frozenset[str], words_here: frozenset[str]) -> list[Name]:
        if capitalised(here) <= words_there and capitalised(there) <= words_here:  # and with them every name
            return []
        mine, beside = self.names(here), words_in(there)
        gone = [name for name in mine if not name.stands_in(words_there)]
        if beside and any(not other.stands_in(words_here) for other in self.names(there)):
            gone += [name for name in mine if name not in gone and not name.stands_in(beside)]
        return sorted(gone, key=lambda name: name.start)

    def names(self, text: str) -> list[Name]:
        """Each side of a row is asked about up to four times."""
        if text not in self._named:
            self._named[text] = names_of(text, self.habits)
        return self._named[text]

    @cached_property
    def quotes_added(self) -> dict[str, str]:
        """Folded -> as published."""
        return missing((row.new_text for row in self.examined), (row.old_text for row in self.rows))

    @cached_property
    def quotes_removed(self) -> dict[str, str]:
        return missing((row.old_text for row in self.examined), (row.new_text for row in self.rows))

    @cached_property
    def quotes_kept(self) -> set[str]:
        """Folded: of these only the marks came or went, the words stand in the same paragraph without."""
        put = bared(((row.new_text, row.old_text) for row in self.paired), self.quotes_added)
        return put | bared(((row.old_text, row.new_text) for row in self.paired), self.quotes_removed)


def _stays(row: Row) -> bool:
    """A row that is equal as compared may differ in what nobody sees, which can part a word."""
    return all(span.op is Op.EQUAL for span in row.spans)


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
