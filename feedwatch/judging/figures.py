"""Where a text gives a figure: a number, money, a share, a date or a time, in digits or in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from feedwatch.judging.languages import listed
from feedwatch.judging.numerals import CHINESE, CHINESE_DIGITS, languages, number_words, numeral_pattern, value_of
from feedwatch.months import MONTHS as WHOLE_MONTHS


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


# ---------------------------------------------------------------------------------------------------------- wording

# The short forms tell a date only beside a number.
_MONTHS = (*WHOLE_MONTHS, *listed("jan feb mar apr jun jul aug sep sept oct nov dec"))
_WEEKDAYS = listed("""
monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag
sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes
sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica segunda-feira terça-feira quarta-feira
quinta-feira sexta-feira maandag dinsdag woensdag donderdag vrijdag zaterdag zondag måndag tisdag onsdag
torsdag fredag lördag söndag mandag tirsdag lørdag søndag понедельник вторник среда среду четверг пятница
пятницу суббота субботу воскресенье poniedziałek wtorek środa środę czwartek piątek sobota sobotę niedziela
niedzielę pazartesi salı çarşamba perşembe cuma cumartesi pazar الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت
الأحد
月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日
星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 周一 周二 周三 周四 周五 周六 周日
""")
MONTHS = frozenset(_MONTHS)
DATE_WORDS = MONTHS | frozenset(_WEEKDAYS)
# The day or its part, by name. Only beside another date or time: "morning" alone tells no figure.
_DAYS = listed("""
today tomorrow yesterday tonight morning noon midday afternoon evening night midnight heute morgen gestern
vorgestern übermorgen vormittag mittag nachmittag abend nacht mitternacht aujourd'hui demain hier matin midi
soir minuit hoy mañana ayer mediodía tarde noche medianoche oggi domani ieri mattina mezzogiorno pomeriggio
sera mezzanotte hoje amanhã ontem manhã tarde noite vandaag gisteren ochtend middag avond idag imorgon igår
сегодня завтра вчера утром днем вечером ночью 今日 明日 昨日 今天 明天 昨天 上午 下午 午前 午後 اليوم غدا أمس صباح
مساء
""")

_MAGNITUDES = r"""
million(?:s|en)?|millones|millón|milioni|milione|milhões|milhão|miljoen(?:en)?|billion(?:s|en)?|bilhões
|trillion(?:s)?|trilhões
|milliarde?n?s?|miliardi|miliardo|miljard(?:en)?|mio|mrd|thousand|hundred|tausend|mil|mille|bn|tn|lakh|crore|dozen
|миллион\w*|миллиард\w*|тысяч\w*|трлн|млрд|млн|тыс|مليون|مليار|ألف|آلاف
"""
_MEASURES = r"""
seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|fortnights?|months?|years?|decades?
|sekunden?|minuten?|stunden?|tagen?|tage|wochen?|monaten?|monate|jahren?|jahre
|secondes?|heures?|jours?|semaines?|mois|ans|années?|segundos?|minutos?|horas?|días?|semanas?|meses|mes|años?
|secondi|minuti|ore|giorni|settimane|mesi|anni|dias?|mês|anos?|uren|uur|dagen|weken|maanden|jaar
|секунд\w*|минут\w*|час(?:а|ов)?|дн(?:я|ей)|недел\w*|месяц\w*|год(?:а|ов)?|лет
|ثانية|دقيقة|دقائق|ساعة|ساعات|يوما?|أيام|أسابيع|شهرا?|أشهر|سنة|سنوات|عاما?
|miles?|km|kilomet(?:re|er)s?|met(?:re|er)s?|mph|kg|kilos?|tonnes?|tons?|litres?|acres?|hectares?
|dollars?|euros?|pounds?|pence|cents?|yen|yuan|rubles?|roubles?|rupees?|franc[ss]?|dólares|pesos|reais|рубл\w*
|доллар\w*|евро|دولار|يورو
"""
_CJK_UNITS = (
    "万人|億円|億|亿|兆|万円|万|千|百|円|元|美元|人|名|年|月|日|号|時間|時|分|秒|点|小时|天|个月|か月|カ月"
    "|歳|岁|件|度|回|次|倍"
)
_SHARE = (
    r"%|‰|٪|per\s?cent|percent(?:age\spoints?)?|prozent|pour\scent|por\sciento|per\scento|por\scento|procent"
    r"|процент\w*|パーセント|في\sالمئة|بالمئة|في\sالمائة|بالمائة|个百分点|百分点|ポイント"
)
_CURRENCY = r"(?:US|A|C|NZ|HK|R)?[$£€¥₹₽₩₺]|(?:EUR|USD|GBP|CHF|Rs\.?)"
# Spaces group digits by three only; a comma, dot, colon or slash between any two digits: 1.5, 10:30, 3/3/2020.
_DIGITS = r"\d{1,3}(?:[\u0020\u00a0\u202f\u2009'’]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,:/٫٬]\d+|-\d+)*"
_SIGN = r"(?:(?<![\w.])(?<!\d\s)[-+−])?"
_ORDINAL = r"(?:st|nd|rd|th|[ºª])(?![^\W\d_])"


_LETTER = r"[^\W\d_]"


def _any(words: Iterable[str]) -> str:
    """Any of the words, the longest first; as whole words where the script parts words."""
    ranked = sorted(words, key=lambda word: (-len(word), word))
    spaced = "|".join(word for word in ranked if word < "\u3000")
    unspaced = "|".join(word for word in ranked if word >= "\u3000")
    return (
        rf"(?:(?<!{_LETTER})(?:{spaced})(?!{_LETTER})|{unspaced})"
        if unspaced
        else rf"(?<!{_LETTER})(?:{spaced})(?!{_LETTER})"
    )


@cache
def _pattern(language: str | None) -> re.Pattern[str]:
    measures = rf"(?:{_MEASURES})(?!{_LETTER})".replace("\n", "")
    units = rf"(?:{_MAGNITUDES}|{_MEASURES})(?!{_LETTER})".replace("\n", "")
    month = _any(_MONTHS)
    dates = (
        rf"\d{{1,2}}(?:{_ORDINAL}|\.|er)?\s(?:de\s|of\s)?{month}\.?(?:\s(?:de\s)?\d{{4}})?",
        rf"{month}\.?\s\d{{1,2}}(?:{_ORDINAL})?(?![\d.,:%]\d|\d)(?:,?\s\d{{4}}(?!\d))?",
        rf"{month}\s(?:de\s)?\d{{4}}(?!\d)",
    )
    times = (
        rf"\d{{1,2}}(?:[.:]\d\d)?\s?(?:[ap]\.?\s?m\b\.?|Uhr(?!{_LETTER})|h\d\d\b|h\b)",
        r"\d{1,2}:\d\d(?::\d\d)?(?!\d)",
    )
    alternatives = {
        "date": "|".join(dates),
        "time": "|".join(times),
        "money": rf"(?:{_CURRENCY})\s?(?:{_DIGITS})(?:\s?-?{units}|[mk](?!{_LETTER}))?",
        "share": rf"(?:{_DIGITS})[\s-]?(?:{_SHARE})",
        "number": rf"{_SIGN}(?:{_DIGITS})(?:{_ORDINAL}|[\s-]?{units}|[mk](?!{_LETTER})|{_CJK_UNITS})?",
        "chinese": CHINESE,
        "weekday": _any(_WEEKDAYS),
        "words": rf"{numeral_pattern(language)}(?:[\s-]{measures})?",
        "day": _any((*_MONTHS, *_DAYS)),
    }
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in alternatives.items()), re.IGNORECASE)


# No paragraph of news is longer; what stands past it in one is read as words.
LONGEST_PARAGRAPH = 20_000
_CJK_BEGINNINGS = "".join(sorted({word[0] for word in (*_WEEKDAYS, *_DAYS) if word >= "\u3000"} | set(CHINESE_DIGITS)))
# Where a figure may begin: to try the whole pattern at every character made grading 210 real pairs half as long again.
_CANDIDATE = re.compile(rf"[\d£$€¥₹₽₩₺+−{_CJK_BEGINNINGS}-]|(?<![^\W\d_\u3000-\u9fff])(?P<word>[^\W\d_\u3000-\u9fff]+)")
_MONEY_WORDS = frozenset(listed("us a c nz hk r eur usd gbp chf rs"))


@cache
def _beginnings(language: str | None) -> frozenset[str]:
    """The first words of every figure that begins with one."""
    words = (*_MONTHS, *_WEEKDAYS, *_DAYS, *number_words(language))
    return _MONEY_WORDS | {re.split(r"[\W\d_]", word.casefold())[0] for word in words if word < "\u3000"}


def figures(text: str, language: str | None = None) -> list[Figure]:
    """Every figure of one paragraph, in order, none overlapping another."""
    spoken = language if language in languages() or language in ("ja", "zh") else None
    pattern, beginnings = _pattern(spoken), _beginnings(spoken)
    found: list[Figure] = []
    done = 0
    for candidate in _CANDIDATE.finditer(text[:LONGEST_PARAGRAPH]):
        if candidate.start() < done or (candidate["word"] and candidate["word"].casefold() not in beginnings):
            continue
        if match := pattern.match(text, candidate.start()):
            found.append(_figure(match, spoken))
            done = match.end()
    return found


# ---------------------------------------------------------------------------------------------------------- values


def _figure(match: re.Match[str], language: str | None) -> Figure:
    plain = _plain(match[0])
    kind, read = _READERS[match.lastgroup or ""]
    value, sure = read(plain, language)
    text = match[0].removesuffix(".") if kind is Kind.DATE else match[0]  # of an abbreviation, or of the sentence
    return Figure(text, match.start(), match.start() + len(text), kind, value, sure)


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
    run = re.match(numeral_pattern(language), plain, re.IGNORECASE)
    words = run[0] if run else plain
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
    found = re.search(rf"[-+−]?\s?(?:{_DIGITS})", plain)
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
