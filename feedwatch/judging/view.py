"""A comparison as the rules of grading look at it: its rows, and what is asked of them more than once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from feedwatch.judging.languages import language_of
from feedwatch.judging.names import Habits, Name, capitalised, words_in
from feedwatch.judging.names import names as names_of
from feedwatch.judging.quotes import bared, missing, styled_alike
from feedwatch.model import Comparison, Op, Row

# Characters on both sides together: three live blogs of 10,000 words. What changed beyond them is wording.
MOST_EXAMINED = 400_000
# Words that each line is searched for; of more it is cheaper to take the lines apart.
_FEW = 20


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
