"""Which names a text mentions: runs of capitalised words, in the languages that write names so.

No list of names is kept. What tells a name from a sentence's first word or a headline's capitals is the article itself:
whether the same word stands elsewhere in lower case, or elsewhere within a sentence with its capital.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from feedwatch.judging.languages import listed
from feedwatch.judging.measures import DATE_WORDS, MONTHS

_WORD = re.compile(r"[^\W\d_]+(?:[-'\u2019.][^\W\d_]+)*")
_NONE = frozenset([""])
_WHOLE_WORD = re.compile(rf"(?<![^\W\d_])(?<![^\W\d_][-'\u2019.]){_WORD.pattern}")
_SENTENCE_START = re.compile("(?:^|[.!?:\u2026]|[\"'\u2018-\u201f\u00ab\u00bb\u2039\u203a(\\[-])\\s*$")
_AFTER_TIME = re.compile(r"^\W{0,3}\d{1,2}[:.]\d\d(?:\s*(?:[ap]\.?m\.?|Uhr|h))?[^\w]*$", re.IGNORECASE)  # of an entry
_SENTENCE = re.compile("[.!?\u2026][\"'\u2018-\u201f\u00bb)]*(?:\\s|$)")
# Foreign names, and names before a form of address.
_JAPANESE = re.compile(
    "[\u30a1-\u30f6\u30fc]+(?:[\u30fb\uff1d][\u30a1-\u30f6\u30fc]+)+"
    "|(?<![\u4e00-\u9fff])[\u4e00-\u9fff\u3005]{2,5}(?=氏|さん|容疑者|被告|首相|大統領|知事|選手)"
)
# Within a name, between two of its capitals.
_PARTICLES = frozenset(
    listed("""
de da do dos du des del della di la le van von der den het ten bin ibn al el ad of y e zu zur af
""")
)
# Of these, what is an article or a preposition where nouns have capitals, too, unless it follows one of the others.
_BETWEEN_NOUNS = frozenset(listed("der den zu zur"))
_BEFORE_THEM = frozenset(listed("van von"))
# After one of these a capital is a noun's, in German; so is that of a longer word with one of these ends.
_DETERMINERS = frozenset(
    listed("""
der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner im am zum zur vom beim ins ans
diese dieser dieses diesen diesem jede jeder jedes jeden jedem alle allen aller mehr mehrere viele vielen wenige
""")
)
_NOUN_ENDS = ("ung", "ungen", "heit", "keit", "schaft", "tion", "tionen", "ität", "nis", "tum", "ment")
_LONG = 7
# After one of these a month is one, where months have capitals.
_BEFORE_MONTHS = frozenset(
    listed("""
in on by since until till from before after during last next this that early late mid every each to and or of for the
through around about between im ab seit bis vom zum am anfang ende mitte monat nächsten letzten vergangenen diesen
""")
)
_BEFORE = re.compile(r"([^\W_]+)\.?\s$")
_AFTER = re.compile(rf"\s(?:(?:{'|'.join(sorted(_PARTICLES))})\s)*([^\W\d_]+)")
# Capitals that name nobody.
TITLES = frozenset(
    listed("""
mr mrs ms miss dr prof professor sir lady lord dame herr frau m mme mlle monsieur madame sr sra señor señora
don doña signor signora dott sig senhor senhora dhr mevr i i'm i've i'd i'll
""")
)
# Above this share of capitals among the words within sentences, a capital does not make a name: German nouns (about
# 35 %), title case. English news has 12 to 18 %, Russian 8 %.
_CAPITALS_MEAN_NAMES = 0.27

# Lines, and places in them, where a word is looked for by itself: beyond them it is cheaper to go through all of the
# text once. An edit asks for some twenty words.
_ENOUGH = 3_000
# Characters before an entry's first word: "(11:17 a.m.) – ".
_TIME_AT_MOST = 16
# Above this share of a line's words it is a headline, whose capitals say nothing.
_TITLE_CASE = 0.6


class Habits:
    """How an article's two versions use capitals. Lines without a sentence's punctuation say nothing: they may be
    headlines. What is said of single words is looked for when it is asked.
    """

    def __init__(self, paragraphs: Iterable[str], language: str | None) -> None:
        self._lines, self._language = list(paragraphs), language
        self._telling = [line for line in self._lines if _SENTENCE.search(line)]
        words = _WORD.findall("\n".join(self._telling))
        small = [word for word in words if word[0].islower()]
        self._sizes = len(small), len(words) - len(small)
        self._within: dict[str, bool] = {}
        self._looked = 0  # so many lines, and places in them
        self.lower = frozenset(small)  # words that stand in lower case somewhere

    def has_within(self, word: str) -> bool:
        """Whether a word stands with its capital within a sentence somewhere."""
        if word not in self._within:
            self._within[word] = self._stands_within(word)
        return self._within[word]

    def _stands_within(self, word: str) -> bool:
        for line in self._telling:
            self._looked += 1
            for at in _places(word, line):
                self._looked += 1
                if self._looked > _ENOUGH:
                    break
                if _is_whole(word, line, at) and not _starts_sentence(line, at):
                    return True
            if self._looked > _ENOUGH:
                return word in self._all_within
        return False

    @cached_property
    def _capitals_within(self) -> list[str]:
        found = ((line, match) for line in self._telling for match in _WORD.finditer(line))
        capitals = ((line, match) for line, match in found if match[0][0].isupper())
        return [match[0] for line, match in capitals if not _starts_sentence(line, match.start())]

    @cached_property
    def _all_within(self) -> frozenset[str]:
        return frozenset(self._capitals_within)

    @cached_property
    def nouns(self) -> bool:
        """Whether every noun has a capital, as in German: then only runs of two are names."""
        small, others = self._sizes
        if self._language == "de" or not _are_many(others, small):
            return self._language == "de"
        return _are_many(len(self._capitals_within), small)

    @cached_property
    def common(self) -> frozenset[str]:
        """Words with a capital that follow a determiner somewhere, where nouns have capitals."""
        return frozenset(_after_determiners(self._lines) if self.nouns else ())

    @cached_property
    def months(self) -> frozenset[str]:
        """Names of months that are somebody's somewhere: "Theresa May"."""
        found = ((line, match) for line in self._telling for match in _WORD.finditer(line))
        months = [(line, match) for line, match in found if match[0][0].isupper() and match[0].lower() in MONTHS]
        return frozenset(match[0] for line, match in months if _is_beside_name(line, match, self))


def _places(word: str, line: str) -> Iterator[int]:
    at = line.find(word)
    while at >= 0:
        yield at
        at = line.find(word, at + 1)


def _is_whole(word: str, line: str, at: int) -> bool:
    """Whether it is no part of a longer one."""
    found = _WHOLE_WORD.match(line, at)
    return found is not None and found[0] == word


def _are_many(capitals: int, small: int) -> bool:
    return small + capitals > 30 and capitals > _CAPITALS_MEAN_NAMES * (small + capitals)


def _is_somebodys(text: str, month: re.Match[str], known: Habits) -> bool:
    """Whether the name of a month is a person's, here or elsewhere."""
    if not month[0][0].isupper():
        return False
    beside = _is_beside_name(text, month, known)
    if beside is not None:
        return beside
    return month[0] in known.months and not text[month.end() :].lstrip()[:1].isdigit()


def _is_beside_name(text: str, month: re.Match[str], known: Habits) -> bool | None:
    """Whether a month is after a title or another name, or before one ("April Jones"); None where nothing tells."""
    before, after = _BEFORE.search(text[: month.start()]), _AFTER.match(text, month.end())
    spoken = before[1].lower() if before else ""
    if spoken in TITLES:
        return True
    if spoken.isdigit() or spoken in _BEFORE_MONTHS:
        return False
    named = not known.nouns and any(beside and _may_name(beside[1], known) for beside in (before, after))
    return True if named else None


def _may_name(word: str, known: Habits) -> bool:
    small = word.lower()
    return word[0].isupper() and not word.isupper() and small not in DATE_WORDS and small not in known.lower


def _after_determiners(lines: Iterable[str]) -> Iterator[str]:
    """Words with a capital; "von der" is a part of names."""
    for line in lines:
        words = _WORD.findall(line)
        for first, before, word in zip(["", *words], words, words[1:], strict=False):
            if word[0].isupper() and before.lower() in _DETERMINERS and first not in _BEFORE_THEM:
                yield word


def _starts_sentence(text: str, at: int) -> bool:
    if at < _TIME_AT_MOST and _AFTER_TIME.search(text[:at]):
        return True
    if text[at - 1 : at] == " " and text[at - 2 : at - 1].isalnum():
        return False
    return at == 0 or _SENTENCE_START.search(text[max(0, at - 3) : at]) is not None


def words_in(text: str) -> frozenset[str]:
    return frozenset("\n".join(_WORD.findall(text)).casefold().split("\n")) - _NONE


def capitalised(text: str) -> frozenset[str]:
    """The words that names can be made of, folded."""
    words = [word.casefold() for word in _WORD.findall(text) if word[0].isupper()]
    return frozenset(words).union(match[0].casefold() for match in _JAPANESE.finditer(text))


@dataclass(frozen=True, slots=True)
class Name:
    words: tuple[str, ...]  # without titles and particles
    text: str
    start: int
    end: int

    def stands_in(self, words: frozenset[str]) -> bool:
        """Whether all of it is among the words, which are folded; a title more or less makes no other name."""
        return all(word.casefold() in words for word in self.words)


def names(text: str, known: Habits) -> list[Name]:
    """The names of one paragraph, in order."""
    found: list[Name] = []
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        capital = match[0][0].isupper()
        if run and not (_joined(text, run[-1], match) and (capital or _is_particle(match[0], run[-1][0], known))):
            found += _name(text, run, known)
            run = []
        if capital or run:
            run.append(match)
    found += _name(text, run, known)
    if _is_title_case(text):
        found = [name for name in found if all(map(known.has_within, name.words))]
    found += [Name((match[0],), match[0], *match.span()) for match in _JAPANESE.finditer(text)]
    return found


def _is_title_case(text: str) -> bool:
    words = _WORD.findall(text)
    return len(words) > 3 and sum(word[0].isupper() for word in words) > _TITLE_CASE * len(words)


def _is_particle(word: str, before: str, known: Habits) -> bool:
    between_nouns = known.nouns and word in _BETWEEN_NOUNS and before not in _BEFORE_THEM
    return word in _PARTICLES and not between_nouns


def _joined(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether nothing but a space, or the full stop of a title or an initial, parts two words."""
    gap = text[one.end() : other.start()].strip()
    abbreviated = len(one[0]) == 1 or one[0].lower() in TITLES
    return not gap or (gap == "." and abbreviated)


def _name(text: str, run: list[re.Match[str]], known: Habits) -> list[Name]:
    months = {match for match in run if match[0].lower() in MONTHS and _is_somebodys(text, match, known)}

    def goes(match: re.Match[str]) -> bool:
        if match in months:
            return False
        return match[0] in _PARTICLES or _unlikely(text, match, known, alone=len(run) == 1)

    while run and goes(run[-1]):
        run = run[:-1]
    while run and goes(run[0]):
        run = run[1:]
    words = tuple(match[0] for match in run if match[0] not in _PARTICLES and match[0].lower() not in TITLES)
    if not words or (known.nouns and len(words) < 2):
        return []
    return [Name(words, text[run[0].start() : run[-1].end()], run[0].start(), run[-1].end())]


def _unlikely(text: str, match: re.Match[str], known: Habits, *, alone: bool) -> bool:
    """A day or a month, a word that is written small elsewhere, a sentence's first word that is a name nowhere."""
    word, small = match[0], match[0].lower()
    if (
        small in DATE_WORDS
        or (small in known.lower and not known.has_within(word))
        or (known.nouns and _is_noun(word, known))
    ):
        return True
    asks = known.nouns and text.rstrip().endswith("?")  # its first word is the verb, or asks
    return _starts_sentence(text, match.start()) and (
        small in known.lower or ((alone or asks) and not known.has_within(word))
    )


def _is_noun(word: str, known: Habits) -> bool:
    return word in known.common or (len(word) > _LONG and word.endswith(_NOUN_ENDS))
