"""What figures are told with: names of months and days, units, currencies, and the patterns made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from feedwatch.judging.languages import listed, one_case
from feedwatch.judging.numerals import CHINESE, CHINESE_DIGITS
from feedwatch.months import MONTHS as WHOLE_MONTHS

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
DIGITS = r"\d{1,3}(?:[\u0020\u00a0\u202f\u2009'’]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,:/٫٬]\d+|-\d+)*"
_SIGN = r"(?:(?<![\w.])(?<!\d\s)[-+−])?"
_ORDINAL = r"(?:st|nd|rd|th|[ºª])(?![^\W\d_])"


_LETTER = r"[^\W\d_]"
_MONEY_WORDS = frozenset(listed("us a c nz hk r eur usd gbp chf rs"))
MONTH_NAMES, WEEKDAY_NAMES, DAY_NAMES = (
    frozenset(map(one_case, names)) for names in (_MONTHS, _WEEKDAYS, (*_MONTHS, *_DAYS))
)


def _any(words: Iterable[str]) -> str:
    """Any of the words, the longest first."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


class _Patterns:
    """What tells figures, made when the first is looked for. The names of months and days and the number words, a
    thousand, are looked up: to compile them took as long as to grade five edits, once for each language.
    """

    def __init__(self) -> None:
        names = (*_MONTHS, *_WEEKDAYS, *_DAYS)
        # Hyphens, apostrophes and signs that are no letters stand in some.
        composed = [name for name in names if not name.isalpha()]
        unspaced = {name for name in names if name >= "\u3000"}
        self.beginnings = _MONEY_WORDS | {first_letters(name.casefold()) for name in names if name not in unspaced}
        begin = "".join(sorted({name[0] for name in unspaced} | {*CHINESE_DIGITS}))
        # Where a figure may begin: to try all patterns at every character made grading half as long again.
        self.candidate = re.compile(rf"[\d£$€¥₹₽₩₺+−{begin}-]|(?<![^\W\d_\u3000-\u9fff])([^\W\d_\u3000-\u9fff]+)")
        self.name = re.compile(rf"(?<!{_LETTER})(?:(?:{_any(composed)})(?!{_LETTER})|{_LETTER}+)", re.IGNORECASE)
        self.day = re.compile(
            rf"\d{{1,2}}(?:{_ORDINAL}|\.|er)?\s(?:de\s|of\s)?({self.name.pattern})\.?(?:\s(?:de\s)?\d{{4}})?",
            re.IGNORECASE,
        )
        self.after_month = re.compile(
            rf"\.?\s\d{{1,2}}(?:{_ORDINAL})?(?![\d.,:%]\d|\d)(?:,?\s\d{{4}}(?!\d))?|\s(?:de\s)?\d{{4}}(?!\d)",
            re.IGNORECASE,
        )
        self.number = _one_of(
            time=rf"\d{{1,2}}(?:[.:]\d\d)?\s?(?:[ap]\.?\s?m\b\.?|Uhr(?!{_LETTER})|h\d\d\b|h\b)"
            r"|\d{1,2}:\d\d(?::\d\d)?(?!\d)",
            money=rf"(?:{_CURRENCY})\s?(?:{DIGITS})",
            share=rf"(?:{DIGITS})[\s-]?(?:{_SHARE})",
            number=rf"{_SIGN}(?:{DIGITS})",
            chinese=CHINESE,
            weekday=_any(name for name in _WEEKDAYS if name in unspaced),
            day=_any(name for name in _DAYS if name in unspaced),
        )
        self.ordinal = re.compile(_ORDINAL, re.IGNORECASE)
        self.unit = _one_of(
            magnitude=rf"(?:{_MAGNITUDES})(?!{_LETTER})",
            measure=rf"(?:{_MEASURES})(?!{_LETTER})",
            short=rf"[mk](?!{_LETTER})",
            chinese=_CJK_UNITS,
        )


patterns = cache(_Patterns)


def _one_of(**alternatives: str) -> re.Pattern[str]:
    parts = (f"(?P<{name}>{pattern})" for name, pattern in alternatives.items())
    return re.compile("|".join(parts).replace("\n", ""), re.IGNORECASE)


def first_letters(name: str) -> str:
    """Its letters, up to the first that is none."""
    return name if name.isalpha() else re.split(r"[\W\d_]", name)[0]
