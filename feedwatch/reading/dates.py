"""What feeds and pages write as a date -> aware UTC. Without a clock: what leaves a part out is no date."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

EARLIEST, LATEST = 1990, 2100  # years; what lies outside is a default value or a slip

_ISO = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T\s]+(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d(?::?\d\d)?|[A-Z]{2,5})?)?",
    re.IGNORECASE,
)
# 3 November 2025, 14:05:09 GMT; the names in the languages of news, weekdays ignored
_WRITTEN = re.compile(
    r"(?:[^\W\d_]+\.?,?\s+)?(\d{1,2})(?:\.|st|nd|rd|th)?[\s-]+([^\W\d_]{3,12})\.?,?[\s-]+(\d{4}|\d\d)"
    r"(?:[,T\s]+(\d{1,2}):(\d\d)(?::(\d\d))?(?:[.,]\d+)?\s*([ap]m)?\s*([+-]\d{1,2}:?\d\d|[A-Z]{1,5})?)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d\d)?")
_MONTH_NAMES = (
    "jan ene gen", "feb fev fév", "mar mär mrt maa", "apr avr abr", "may mai mag mei", "jun giu juin",
    "jul lug juil", "aug ago aoû aou", "sep set", "oct okt ott out", "nov", "dec dez dic déc",
)  # fmt: skip
_MONTHS = {name: month for month, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
_ZONES = {
    "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "BST": 1, "WEST": 1, "EET": 2, "EEST": 3, "MSK": 3, "IST": 5.5, "SGT": 8,
    "HKT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "EST": -5, "EDT": -4, "CST": -6,
    "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip


def read_date(text: str) -> datetime | None:
    """ISO 8601, RFC 822 and what is near them; without a zone it counts as UTC. None when it is no plausible date."""
    text = text.strip()[:80]
    for read in (_read_iso, _read_written, _read_other):
        moment = read(text)
        if moment is not None:
            return moment if EARLIEST <= moment.year < LATEST else None
    return None


def _read_iso(text: str) -> datetime | None:
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    return _moment((year, month, day), (hour, minute, second), match[7])


def _read_written(text: str) -> datetime | None:
    match = _WRITTEN.match(text.replace("GMT+", "+").replace("UTC+", "+"))
    if match is None:
        return None
    name = match[2].lower()
    month = _MONTHS.get(name[:4]) or _MONTHS.get(name[:3])
    if month is None:
        return None
    year = int(match[3])
    hour = int(match[4] or 0)
    if match[7]:
        hour = hour % 12 + (12 if match[7].lower() == "pm" else 0)
    date = (year + 2000 if year < 100 else year, month, int(match[1]))
    return _moment(date, (hour, int(match[5] or 0), int(match[6] or 0)), match[8])


def _read_other(text: str) -> datetime | None:
    parts = parsedate_tz(text)  # Mon Nov  3 14:05:09 2025 and the like
    if parts is None:
        return None
    offset = parts[9] or 0
    return _moment(parts[:3], parts[3:6], None, timedelta(seconds=offset))


def _moment(
    date: tuple[int, int, int], time: tuple[int, int, int], zone: str | None, ahead: timedelta | None = None
) -> datetime | None:
    """Hour 24 and second 60 belong to ISO 8601 and to leap seconds."""
    hour, minute, second = time
    try:
        start = datetime(*date, tzinfo=timezone(_ahead(zone) if ahead is None else ahead))
        if hour > 24 or minute > 59 or second > 60:
            return None
        return (start + timedelta(hours=hour, minutes=minute, seconds=min(second, 59))).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _ahead(zone: str | None) -> timedelta:
    """Of UTC; a zone that nobody knows counts as UTC."""
    match = _OFFSET.fullmatch(zone or "")
    if match is None:
        return timedelta(hours=_ZONES.get((zone or "").upper(), 0))
    amount = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return amount if match[1] == "+" else -amount
