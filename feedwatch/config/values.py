"""The kinds of value that a config holds, each with an error that says what to write instead.

Every message has the form "what is wrong; what to do"; the key and its line are put before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, PlainValidator, WithJsonSchema

_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_PARTS = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)\s*([wdhms])")
_SHORT = re.compile(rf"(?:{_PARTS.pattern}\s*)+")
_ISO = re.compile(
    r"P(?:(?P<weeks>\d{1,9})W)?(?:(?P<days>\d{1,9})D)?"
    r"(?:T(?:(?P<hours>\d{1,9})H)?(?:(?P<minutes>\d{1,9})M)?(?:(?P<seconds>\d{1,9})S)?)?"
)
_EXAMPLES = "write for example 90s, 15m, 2h, 7d or PT15M"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_HOST_AND_PORT = re.compile(r"(?:[A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\]):(\d{1,5})")
_MAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_PREFIX = re.compile(r"[A-Za-z0-9._-]+")
_DIALECTS = {"sqlite", "postgresql"}


def read_duration(value: object) -> timedelta:
    """15m, 1h30m, 7d, 90s, 2w or ISO 8601 without years and months."""
    if isinstance(value, timedelta):
        return value
    if not isinstance(value, str):
        raise ValueError(f"{value!r} has no unit; {_EXAMPLES}")  # noqa: TRY004 - pydantic collects ValueErrors only
    try:
        text = value.strip()
        duration = _read_iso(text.upper()) if text[:1] in {"P", "p"} else _read_short(text.lower())
    except OverflowError as error:
        raise ValueError(f"{value!r} is too long; {_EXAMPLES}") from error
    if duration is None:
        raise ValueError(f"{value!r} is not a duration; {_EXAMPLES}")
    return duration


def _read_iso(text: str) -> timedelta | None:
    match = _ISO.fullmatch(text)
    if match is None or not any(match.groups()):
        return None
    return timedelta(**{unit: int(amount) for unit, amount in match.groupdict(default="0").items()})


def _read_short(text: str) -> timedelta | None:
    if not _SHORT.fullmatch(text):
        return None
    parts = (timedelta(**{_UNITS[unit]: float(amount)}) for amount, unit in _PARTS.findall(text))
    return sum(parts, timedelta())


def write_duration(duration: timedelta) -> str:
    """The way back: 15m, 1h30m."""
    left = int(duration.total_seconds())
    words = []
    for unit, seconds in (("d", 86400), ("h", 3600), ("m", 60), ("s", 1)):
        amount, left = divmod(left, seconds)
        if amount:
            words.append(f"{amount}{unit}")
    return "".join(words) or "0s"


def _positive(duration: timedelta) -> timedelta:
    if duration <= timedelta(0):
        raise ValueError(f"it must be longer than nothing; {_EXAMPLES}")
    return duration


def _web_address(text: str, example: str) -> SplitResult:
    """Raises ValueError with what to write instead."""
    try:
        parts = urlsplit(text)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in {"http", "https"} or not host or re.search(r"[\x00-\x20\\]", text):
        raise ValueError(f"{text[:80]!r} is not an http(s) address; write one such as {example}")
    if "@" in parts.netloc:
        raise ValueError("it holds a user name or password, which readers would see; leave them out")
    return parts


def _base_url(text: str) -> str:
    parts = _web_address(text.strip(), "https://changes.example.org/")
    if parts.query or parts.fragment:
        raise ValueError("it holds a query or a fragment; end it at the site's folder")
    return text.strip().rstrip("/") + "/"


def _feed_url(text: str) -> str:
    _web_address(text.strip(), "https://news.example.org/rss.xml")
    return text.strip()


def _store_url(text: str) -> str:
    """Nothing of it is repeated in the message: it may hold a password."""
    scheme, separator, _ = text.strip().partition("://")
    if not separator or scheme.partition("+")[0] not in _DIALECTS or not _has_port(text):
        raise ValueError("not a store; write sqlite:///feedwatch.db or postgresql://user:password@host/name")
    return text.strip()


def _has_port(text: str) -> bool:
    """Whether the port is a number, or left out."""
    try:
        return urlsplit(text.strip()).port != 0
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Bucket:
    """A place in S3 or in what speaks like it; `prefix` is the folder in it, without slashes at its ends."""

    name: str
    prefix: str = ""

    def __str__(self) -> str:
        return f"s3://{self.name}/{self.prefix}".rstrip("/")


def _output(value: object) -> Path | Bucket:
    if isinstance(value, Path | Bucket):
        return value
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be the path of a folder, or a bucket such as s3://changes/site")
    text = value.strip()
    if text.lower().startswith("s3://"):
        return _bucket(text)
    if _ADDRESS.match(text):
        raise ValueError(f"{text[:80]!r} is an address; name a folder, or a bucket such as s3://changes/site")
    return Path(text)


def _bucket(text: str) -> Bucket:
    name, _, prefix = text[len("s3://") :].partition("/")
    prefix = prefix.strip("/")
    if "@" in name:
        raise ValueError("a bucket's address holds no key; keys and endpoint stand in the environment")
    if not _BUCKET.fullmatch(name):
        raise ValueError(
            f"{name[:80]!r} cannot name a bucket; use 3 to 63 lower-case letters, digits, '-' and '.', as in "
            "s3://changes/site (keys and endpoint stand in the environment)"
        )
    if prefix and not all(_PREFIX.fullmatch(part) and part.strip(".") for part in prefix.split("/")):
        raise ValueError(f"{prefix[:80]!r} cannot be a folder in a bucket; use letters, digits, '-', '_', '.' and '/'")
    return Bucket(name, prefix)


def _language(tag: str) -> str:
    if not _LANGUAGE.fullmatch(tag):
        raise ValueError(f"{tag!r} is not a language tag; write one such as en, de, pt-BR or zh-Hant")
    return tag


def _slug(slug: str) -> str:
    if not _SLUG.fullmatch(slug):
        raise ValueError(
            f"{slug!r} cannot name a folder; use at most 63 lower-case letters, digits and '-', such as bbc-news"
        )
    return slug


def _contact(text: str) -> str:
    if text and not _MAIL.fullmatch(text):
        _web_address(text, "https://example.org/about, or a mail address")
    return text


def _header_text(text: str) -> str:
    if not text.isascii() or not text.isprintable():
        raise ValueError("it can only hold printable ASCII characters, as HTTP headers do; leave the others out")
    return text


def _line(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise ValueError("it must be one line of text; write what people call it")
    return text.strip()


def _host_and_port(text: str) -> str:
    match = _HOST_AND_PORT.fullmatch(text)
    if match is None or int(match[1]) > 65535:
        raise ValueError(f"{text!r} does not name a host and port; write one such as intranet.example.org:443")
    return text.lower()


def _selector(text: str) -> str:
    from cssselect import HTMLTranslator, SelectorError

    try:
        HTMLTranslator().css_to_xpath(text)
    except SelectorError as error:
        raise ValueError(f"{text!r} is not a CSS selector ({error}); write one such as div.article-body") from error
    return text


def _pattern(expression: re.Pattern[str]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^{expression.pattern}$"})


Duration = Annotated[
    timedelta,
    BeforeValidator(read_duration),
    PlainSerializer(write_duration, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "examples": ["90s", "15m", "2h", "7d", "PT15M"]}),
]
Period = Annotated[Duration, AfterValidator(_positive)]  # longer than nothing
BaseUrl = Annotated[str, AfterValidator(_base_url), WithJsonSchema({"type": "string", "format": "uri"})]
FeedUrl = Annotated[str, AfterValidator(_feed_url), WithJsonSchema({"type": "string", "format": "uri"})]
StoreUrl = Annotated[str, AfterValidator(_store_url)]
OutputPlace = Annotated[
    Path | Bucket, PlainValidator(_output), PlainSerializer(str, return_type=str), WithJsonSchema({"type": "string"})
]
Language = Annotated[str, AfterValidator(_language), _pattern(_LANGUAGE)]
Slug = Annotated[str, AfterValidator(_slug), _pattern(_SLUG)]
Contact = Annotated[str, AfterValidator(_contact)]
HeaderText = Annotated[str, AfterValidator(_header_text)]
Line = Annotated[str, AfterValidator(_line)]
HostAndPort = Annotated[str, AfterValidator(_host_and_port), _pattern(_HOST_AND_PORT)]
Selector = Annotated[str, AfterValidator(_selector)]
