"""A source's text made fit to show: nothing that XML forbids or that turns the reading order around, no unsafe link.

Everything that leaves this wing passes through `shown`: in pages by the template engine, in feeds by `entries`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, urlsplit, urlunsplit

from feedwatch.discreet import without_keys

# What XML 1.0 has no character for, C1 controls, non-characters and halves of surrogate pairs.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# Embeddings, overrides and isolates reach beyond the text that they stand in; the marks LRM, RLM and ALM do not, nor
# does what `isolated` makes: a text isolated by its first strong letter, that ends where it should.
_TURNING = re.compile("(\u2068[^\u202a-\u202e\u2066-\u2069\n]*\u2069)|[\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"[^\S\u00a0\u202f]{2,}|[^\S \u00a0\u202f]")  # but for a single space: most are
_BREAKS = re.compile("\r\n?|[\x85\u2028\u2029]")
# Anything that one of the three finds.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"})
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")
_LONGEST_LINK = 2000  # characters; the longest that every browser and reader takes


def shown(text: str) -> str:
    """`text` with line breaks as newlines, bidi overrides gone and illegal characters as U+FFFD."""
    if text.isprintable() or not _UNFIT.search(text):  # nothing that turns, breaks or is forbidden is printable
        return text
    return _ILLEGAL.sub("\ufffd", _TURNING.sub(r"\1", _BREAKS.sub("\n", text)))


def one_line(text: str) -> str:
    """As `shown`, every run of white space one space; one at which no line may end stays."""
    if text.isprintable() and "  " not in text:  # of white space only the space is printable
        return text.strip()
    return _SPACES.sub(" ", shown(text)).strip()


def clipped(text: str, limit: int) -> str:
    """One line of at most `limit` characters, cut at a word where there is one near, with an ellipsis."""
    text = one_line(text[: 20 * limit])
    return text if len(text) <= limit else head(text, limit - 1).rstrip(" .,;:–—-…") + "…"


def head(text: str, limit: int) -> str:
    """The first `limit` characters or a few less, up to the end of a word where one is near."""
    if len(text) <= limit:
        return text
    cut = limit
    while cut > 0 and unicodedata.combining(text[cut]):
        cut -= 1
    space = text.rfind(" ", max(0, cut - 24), cut + 1)
    return text[: space if space > 0 else cut]


def tail(text: str, limit: int) -> str:
    """The last `limit` characters or a few less, from the beginning of a word where one is near."""
    if len(text) <= limit:
        return text
    cut = len(text) - limit
    while cut < len(text) - 1 and unicodedata.combining(text[cut]):
        cut += 1
    space = text.find(" ", cut, cut + 24)
    return text[space + 1 if space >= 0 else cut :]


def isolated(text: str) -> str:
    """`text` for use inside a sentence of a left-to-right language: wrapped in isolates where it runs the other way."""
    turns = not text.isascii() and any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)
    return f"\u2068{text}\u2069" if turns else text


def language_tag(*candidates: str | None) -> str | None:
    """The first candidate that is a well-formed language tag."""
    for candidate in candidates:
        if candidate and _TAG.fullmatch(candidate.strip()):
            return candidate.strip()
    return None


def direction(language: str | None) -> str:
    """The value of `dir` for a text of this language: "auto" where the language is not known."""
    if language is None:
        return "auto"
    return "rtl" if language.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=64)  # each page of an article leads to its source
def safe_link(url: str) -> str | None:
    """`url` percent-encoded, without credentials and keys, or None unless it is a usable http(s) address."""
    url = without_keys(url)
    if len(url) > _LONGEST_LINK or _ILLEGAL.search(url):
        return None
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host or re.search(r"[\s<>\"'\\^`{|}%]", host):
        return None
    place = f"[{host}]" if ":" in host else host
    bare = parts._replace(scheme=parts.scheme.lower(), netloc=f"{place}:{port}" if port else place)
    return quote(urlunsplit(bare), safe="%/:?#[]@!$&()*+,;=-._~")
