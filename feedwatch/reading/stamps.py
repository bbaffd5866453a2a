"""Lines of nothing but dates, times, ages and counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from feedwatch.reading.phrases import STAMP_WORDS
from feedwatch.reading.sequences import has_cjk, words

_DIGIT = re.compile(r"\d")
_LONGEST_STAMP = 160
_LONGEST_UNIT = 6  # "12件のコメント"
_LONGEST_AGE = 30  # without a digit: "just now", "vor einer Stunde"

_UNIT = (
    r"sec(?:ond)?s?|min(?:ute)?s?|h(?:ou)?rs?|hours?|days?|weeks?|months?|years?|[smhdw]"
    r"|sekunden?|minuten?|stunden?|std|tage?n?|wochen?|monate?n?|jahre?n?"
    r"|secondes?|heures?|jours?|semaines?|mois|ans?|segundos?|minutos?|horas?|d[ií]as?|semanas?|mes(?:es)?|años?|anos?|dias?"
    r"|second[oi]|minut[oi]|or[ae]|giorn[oi]|settiman[ae]|mes[ei]|ann[oi]|seconden|uur|uren|dagen|dag|weken|week|maanden|jaar"
    r"|секунд\w*|минут\w*|мин|час\w*|дн\w*|день|недел\w*|месяц\w*|лет|год\w*"
    r"|ثانية|ثوان|دقيقة|دقائق|ساعة|ساعات|يوم|أيام|أسبوع|أسابيع|شهر|أشهر"
)
_AMOUNT = r"(?:\d+|an?|one|two|a few|ein(?:e[rmn]?)?|une?|un[ao]?|uma?|een)"
_RELATIVE = re.compile(
    rf"\b{_AMOUNT}\+?\s*(?:{_UNIT})\.?\s+(?:ago|fa|geleden|назад|atrás)\b"
    rf"|\b(?:vor|il y a|hace|há|منذ|قبل)\s+(?:{_AMOUNT}\s*)?(?:{_UNIT})\b|\bil y a {_AMOUNT}\s*(?:{_UNIT})\b"
    r"|\d+\s*(?:秒|分|分钟|分鐘|時間|小时|小時|日|天|週間|周|か月|ヶ月|个月|年)前|刚刚|たった今"
    r"|\b(?:just now|gerade eben|à l[’']instant|ahora mismo|agora mesmo|proprio ora|zojuist|только что)\b"
    rf"|\b(?:vor|hace|há|منذ)\s+{_AMOUNT}\s+(?:{_UNIT})",
    re.IGNORECASE,
)
# One of these is in whatever is relative, but in Chinese and Japanese. None has an "i": others are one where case is
# ignored.
_AGE_WORDS = "ago fa geleden назад atrás vor y hace há منذ قبل just gerade à ahora agora ora только"
_OF_AGES, _ALSO_OF_AGES = frozenset(_AGE_WORDS.split()), "zoju"
_CJK_AGES = ("前", "刚刚", "たった今")
_LONGEST_RELATIVE = 6  # words
_DATE = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-](?:\d{2}|\d{4})\b|\b\d{4}-\d{2}-\d{2}\b")
# Date and time first, a count with its name last: "2026-03-07 05:50 来源:本报 编辑:小周 阅读:94".
_COUNTED = re.compile(r"\W{0,3}\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*\d{1,2}:\d{2}\b.*[:：]\s*\d+$")
_PARTED = re.compile(r"\s[·•|‧∙]\s")
_LONGEST_PART = 60
_CJK_STAMP = re.compile(
    "[年月日時时分秒前後后更新发布發佈公開配信掲載最終來源来源点赞阅读评论浏览次条件回人週周曜火水木金土今日昨天星期一二三四五六午字体大中小]+"
)


@cache
def stamp_words() -> frozenset[str]:
    return frozenset(words(STAMP_WORDS))


def is_dateline(text: str) -> bool:
    """A line of short parts, one of them a date or an age: "07.03.2026 05:50 · 6 min read · 94 people read this"."""
    if len(text) > _LONGEST_STAMP or (text.isascii() and "|" not in text):
        return False
    parts = _PARTED.split(text)
    if len(parts) < 2 or any(len(part) > _LONGEST_PART or part.rstrip().endswith((".", "!", "?")) for part in parts):
        return False
    return any(_DATE.search(part) or _RELATIVE.search(part) for part in parts)


def _most_ages(text: str, tokens: Sequence[str]) -> int:
    """How many ages there may be in it, at the most. Most lines have none, and their pattern is dear."""
    joined = "-" in text or "'" in text or "’" in text
    if not joined and _OF_AGES.isdisjoint(tokens) and _ALSO_OF_AGES not in text.casefold():
        return 0
    ends = sum(2 for token in tokens if not token.isalnum()) if joined else 0  # of one age and of the next
    return ends + sum(1 for token in tokens if token in _OF_AGES or token.startswith(_ALSO_OF_AGES))


def _sentences(tokens: Sequence[str]) -> list[str]:
    """What begins with a figure and goes on without a space: "5月4日起每小时减少两班列车"."""
    figures = (token for token in tokens if token[0].isdigit())
    return [token for token in figures if len(_DIGIT.sub("", _CJK_STAMP.sub("", token))) > _LONGEST_UNIT]


@lru_cache(maxsize=1024)  # asked of a line twice, and of one that changed again
def tells_age(text: str) -> bool:
    """Whether it says how long ago something was."""
    may_tell = _most_ages(text, words(text)) or (has_cjk(text) and any(part in text for part in _CJK_AGES))
    return bool(may_tell) and _RELATIVE.search(text) is not None


def without_ages(text: str) -> str:
    return _RELATIVE.sub("", text)


def is_stamp(text: str) -> bool:
    """A line of nothing but dates, times, ages, counts and their names: "5 minutes ago", "1,204 shares 12 comments"."""
    return len(text) <= _LONGEST_STAMP and _is_stamp(text)


@lru_cache(maxsize=4096)  # asked of each line up to three times
def _is_stamp(text: str) -> bool:
    if _COUNTED.match(text) is not None:
        return True
    has_digit = _DIGIT.search(text) is not None
    if len(text) > _LONGEST_AGE and not has_digit:
        return False
    cjk, tokens, ages = has_cjk(text), words(text), 0
    most = _most_ages(text, tokens)
    if most and not cjk and "_" not in text and sum(map(_is_other, tokens)) > most * _LONGEST_RELATIVE:
        return False  # words are left, whatever is an age
    if most or (cjk and any(part in text for part in _CJK_AGES)):
        rest, ages = _RELATIVE.subn(" ", text)
        tokens = words(rest)
    if not ages and not has_digit and (text.isascii() or not any(map(str.isdigit, text))):
        return False
    left = any(_CJK_STAMP.sub("", token) if cjk else True for token in filter(_is_other, tokens))
    return not left and not (cjk and _sentences(tokens))


def _is_other(token: str) -> bool:
    return token not in stamp_words() and not token[0].isdigit()
