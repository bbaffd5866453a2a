"""Whom a line speaks to, and of what: to the reader, of the page itself."""

from __future__ import annotations

import re
from functools import cache

from feedwatch.reading.phrases import CJK_ADDRESS, CJK_ITSELF, ITSELF, PLAIN_ADDRESS_WORDS, Matter
from feedwatch.reading.sequences import CJK, Sequences, any_of, words

# What is spoken to somebody is told by case and form alone: "Sie" inside a sentence; second persons of verbs.
_POLITE = re.compile(r"(?<=[^\W\d_]) (?:Sie|Ihnen|Ihre[mnrs]?|Ihr)\b|(?<=[^\W\d_], )(?:Sie|Ihnen|Ihre[mnrs]?)\b")
_SECOND_PERSON = re.compile(
    r"\w{2,}(?:ez|ons)-(?:nous|vous|moi|le|la|les|y|en)\b|\b\w{3,}(?:s[ıiuü]n[ıiuü]z|(?:[ıiuü]yor|[ae]bilir|d[ıiuü]ğ[ıiuü]n)s[ıiuü]n)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    '“[^”]{1,600}[”"]|„[^“”]{1,600}[“”]|”[^”]{1,600}”|«[^»]{1,600}»|"[^"]{1,600}"|「[^」]{1,600}」|『[^』]{1,600}』'
    "|“[^”]{1,600}$|(?<!\\w)‘[^’]{1,600}’(?!\\w)"
)
_POINTED_IN = re.compile("»[^«]{1,600}«")  # as German books quote


@cache
def plain_address_words() -> frozenset[str]:
    return frozenset(words(PLAIN_ADDRESS_WORDS))


@cache
def _itself() -> Sequences:
    return Sequences({Matter.LEGAL: ITSELF})


def unquoted(text: str) -> str:
    """Without what stands in quotation marks."""
    opened, closed = text.find("»"), text.find("«")
    if 0 <= opened < closed:
        text = _POINTED_IN.sub(" ", text)
    return _QUOTED.sub(" ", text)


def speaks_to_reader(text: str) -> bool:
    """Outside quotations: "your", "our"."""
    plain = unquoted(text)
    if not plain_address_words().isdisjoint(words(plain)):
        return True
    if _POLITE.search(plain) is not None or _SECOND_PERSON.search(plain) is not None:
        return True
    return CJK.search(plain) is not None and any_of(CJK_ADDRESS).search(plain) is not None


def speaks_of_itself(text: str) -> bool:
    """Outside quotations: "this article", "this site"."""
    plain = unquoted(text)
    if any(True for _ in _itself().find(words(plain))):
        return True
    return CJK.search(plain) is not None and any_of(CJK_ITSELF).search(plain) is not None
