"""Whom a line speaks to, and of what: to the reader, of the page itself."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from feedwatch.reading.phrases import CJK_ADDRESS, CJK_ITSELF, ITSELF, PLAIN_ADDRESS_WORDS, Matter
from feedwatch.reading.sequences import CJK, Sequences, any_of, words

# What is spoken to somebody is told by case and form alone: "Sie" inside a sentence; second persons of verbs.
_POLITE = re.compile(r"(?<=[^\W\d_]) (?:Sie|Ihnen|Ihre[mnrs]?|Ihr)\b|(?<=[^\W\d_], )(?:Sie|Ihnen|Ihre[mnrs]?)\b")
_SECOND_PERSON = re.compile(  # what comes before is looked at last: every word has letters, few have these
    r"(?:ez|ons)-(?:(?<=\w\wez-)|(?<=\w\wons-))(?:nous|vous|moi|le|la|les|y|en)\b"
    r"|s[ıiuü]n(?:[ıiuü]z(?<=\w\w\ws.n.z)|(?<=\w\w\w[ıiuü]yors.n)|(?<=\w\w\w[ae]bilirs.n)"
    r"|(?<=\w\w\wd[ıiuü]ğ[ıiuü]ns.n))\b",
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


@lru_cache(maxsize=1024)  # asked of an article's lines, and of those of the page that it is compared with
def speaks_to_reader(text: str) -> bool:
    """Outside quotations: "your", "our"."""
    plain = unquoted(text)
    if not plain_address_words().isdisjoint(words(plain)):
        return True
    if ((" Sie" in plain or " Ih" in plain) and _POLITE.search(plain)) or _SECOND_PERSON.search(plain):
        return True
    return CJK.search(plain) is not None and any_of(CJK_ADDRESS).search(plain) is not None


@lru_cache(maxsize=1024)
def speaks_of_itself(text: str) -> bool:
    """Outside quotations: "this article", "this site"."""
    plain = unquoted(text)
    if any(True for _ in _itself().find(words(plain))):
        return True
    return CJK.search(plain) is not None and any_of(CJK_ITSELF).search(plain) is not None
