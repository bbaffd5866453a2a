"""Where a text gives a figure: a number, money, a share, a date or a time, in digits or in words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from feedwatch.judging.languages import one_case
from feedwatch.judging.measures import DAY_NAMES, DIGITS, MONTH_NAMES, WEEKDAY_NAMES, first_letters, patterns
from feedwatch.judging.numerals import end_of_numeral, languages, number_words, value_of


class Kind(StrEnum):
    NUMBER = "number"
    SHARE = "share"
    MONEY = "money"
    DATE = "date"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Figure:
    """One expression. Not `sure` is what may be another word too ("one", "May"): a figure only beside another."""

    text: str
    start: int
    end: int
    kind: Kind
    value: str  # the same for two ways of writing one figure
    sure: bool = True


# No paragraph of news is longer; what stands past it in one is read as words.
LONGEST_PARAGRAPH = 20_000


@cache
def _beginnings(language: str | None) -> frozenset[str]:
    """The first words of every figure that begins with one."""
    return patterns().beginnings | {first_letters(word.casefold()) for word in number_words(language)}


def figures(text: str, language: str | None = None) -> list[Figure]:
    """Every figure of one paragraph, in order, none overlapping another."""
    spoken = language if language in languages() or language in ("ja", "zh") else None
    beginnings = _beginnings(spoken)
    found: list[Figure] = []
    done = 0
    for candidate in patterns().candidate.finditer(text[:LONGEST_PARAGRAPH]):
        start, word = candidate.start(), candidate[1]
        if start < done or (word and word.casefold() not in beginnings):
            continue
        if told := _told_in_words(text, start, spoken) if word else _told_in_digits(text, start):
            kind, done = told
            found.append(_figure(text[start:done], start, kind, spoken))
    return found


def _told_in_digits(text: str, start: int) -> tuple[str, int] | None:
    """What begins with a digit, a sign or a Chinese character: how it is read, and its end."""
    if (day := patterns().day.match(text, start)) and one_case(day[1]) in MONTH_NAMES:
        return "date", day.end()
    found = patterns().number.match(text, start)
    if not found:
        return None
    kind, end = found.lastgroup or "", found.end()
    return kind, _after_unit(text, end, kind) if kind in ("money", "number") else end


def _told_in_words(text: str, start: int, language: str | None) -> tuple[str, int] | None:
    named = patterns().name.match(text, start)
    name, end = (one_case(named[0]), named.end()) if named else ("", start)
    if name in MONTH_NAMES and (date := patterns().after_month.match(text, end)):
        return "date", date.end()
    if money := patterns().number.match(text, start):
        return "money", _after_unit(text, money.end(), "money")
    if name in WEEKDAY_NAMES:
        return "weekday", end
    if last := end_of_numeral(text, start, language):
        return "words", _after_unit(text, last, "words")
    return ("day", end) if name in DAY_NAMES else None


def _after_unit(text: str, end: int, kind: str) -> int:
    """The end of a number with its unit: "5 million", "5-year", "$5 -million", "5th", "5m"; "five years"."""
    if kind == "number" and (ordinal := patterns().ordinal.match(text, end)):
        return ordinal.end()
    gap = int(text[end : end + 1].isspace() or text[end : end + 1] == "-")
    if kind == "money" and text[end : end + 1].isspace() and text[end + 1 : end + 2] == "-":
        gap = 2
    unit = patterns().unit.match(text, end + gap)
    return unit.end() if unit and _belongs(unit, gap, kind) else end


def _belongs(unit: re.Match[str], gap: int, kind: str) -> bool:
    match unit.lastgroup:
        case "magnitude":
            return kind != "words"
        case "measure":
            return kind != "words" or gap == 1
        case "short":
            return kind != "words" and not gap
        case _:
            return kind == "number" and not gap


# ---------------------------------------------------------------------------------------------------------- values


def _figure(text: str, start: int, told: str, language: str | None) -> Figure:
    kind, read = _READERS[told]
    value, sure = read(_plain(text), language)
    if kind is Kind.DATE:  # of an abbreviation, or of the sentence
        text = text.removesuffix(".")
    return Figure(text, start, start + len(text), kind, value, sure)


def _date(plain: str, _: str | None) -> tuple[str, bool]:
    return " ".join(sorted(re.findall(r"\d+|[^\W\d_]{3,}", plain))), True


def _time(plain: str, _: str | None) -> tuple[str, bool]:
    return re.sub(r"[\s.]|(?<=\d):(?=\d\d)", "", plain), True


def _share(plain: str, language: str | None) -> tuple[str, bool]:
    return _amount(plain, language)[0].split()[0] + "%", True


def _chinese(plain: str, _: str | None) -> tuple[str, bool]:
    return plain, not plain.startswith(("一", "第", "十分"))


def _weekday(plain: str, _: str | None) -> tuple[str, bool]:
    return plain, True


def _day(plain: str, _: str | None) -> tuple[str, bool]:
    return plain, False


def _words(plain: str, language: str | None) -> tuple[str, bool]:
    words = plain[: end_of_numeral(plain, 0, language)]
    value, sure = value_of(words, language)
    return f"{value} {plain[len(words) :].strip(' -')}".strip(), sure


def _plain(text: str) -> str:
    """Lower case, digits of every script as 0-9, every space one."""
    digits = "".join(str(unicodedata.digit(c)) if c.isdigit() and c not in "²³¹" else c for c in text)
    return " ".join(digits.casefold().split())


_SPELLINGS = {  # of one unit
    "m": "million", "mn": "million", "mio": "million", "millionen": "million", "millions": "million",
    "bn": "billion", "k": "thousand", "mrd": "milliarden", "milliarde": "milliarden",
    "hrs": "hours", "mins": "minutes", "us$": "$", "st": "", "nd": "", "rd": "", "th": "",
}  # fmt: skip
_POINT_LANGUAGES = ("en", "ja", "zh")  # 1,500.5; the others write 1.500,5


def _amount(plain: str, language: str | None) -> tuple[str, bool]:
    found = re.search(rf"[-+−]?\s?(?:{DIGITS})", plain)
    if not found:
        return plain, True
    units = f"{plain[: found.start()]} {plain[found.end() :]}".replace("-", " ").split()
    number = re.sub(r"(?<=\d)[\s'’](?=\d{3})", "", found[0].strip())
    if language:
        group, point = (",", ".") if language in _POINT_LANGUAGES else (".", ",")
        number = re.sub(rf"(?<=\d){re.escape(group)}(?=\d{{3}}(?!\d))", "", number).replace(point, ".")
    named = (_SPELLINGS.get(unit.strip("."), unit.strip(".")) for unit in units)
    return " ".join([number, *filter(None, named)]), True


_READERS = {
    "date": (Kind.DATE, _date),
    "time": (Kind.TIME, _time),
    "money": (Kind.MONEY, _amount),
    "share": (Kind.SHARE, _share),
    "number": (Kind.NUMBER, _amount),
    "chinese": (Kind.NUMBER, _chinese),
    "weekday": (Kind.DATE, _weekday),
    "words": (Kind.NUMBER, _words),
    "day": (Kind.DATE, _day),
}
