"""Whom a line speaks to, and of what: to the reader, of the page itself."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from feedwatch.reading.phrases import (
    CALLS,
    CHANNELS,
    CJK_ADDRESS,
    CJK_ITSELF,
    CONTACTS,
    ITSELF,
    LAST_CALLS,
    PLAIN_ADDRESS_WORDS,
    WAYS,
    Matter,
)
from feedwatch.reading.sequences import Sequences, any_of, has_cjk, words

_MANNER = 0.15  # of the paragraphs
_LONGEST_QUESTION, _LONGEST_REQUEST = 40, 220  # characters

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
_OPENING = '“„”«"「『‘'
_CLAUSE = re.compile(r"[.!?:;…؟؛,–—]\s+|\s[-–—]\s|\s(?:and|und|et|y|e|en|и|i|och|og|ve)\s")
_VOWELS = re.compile("[\u064b-\u0652]")  # Arabic, mostly left out
_POINTED_IN = re.compile("»[^«]{1,600}«")  # as German books quote


# "Our" in Dutch, and eleven in French and Portuguese.
_OUR_OR_ELEVEN = "onze"
_BESIDE_OUR = "aan bij dat een het is je met naar niet of ook op over te uw van voor we wij wordt zijn"
_DUTCH = frozenset(_BESIDE_OUR.split())


@cache
def plain_address_words() -> frozenset[str]:
    return frozenset(words(PLAIN_ADDRESS_WORDS))


@cache
def _itself() -> Sequences:
    return Sequences({Matter.LEGAL: ITSELF})


def unquoted(text: str) -> str:
    """Without what stands in quotation marks."""
    if not any(mark in text for mark in ('"' if text.isascii() else _OPENING)):
        return text
    opened, closed = text.find("»"), text.find("«")
    if 0 <= opened < closed:
        text = _POINTED_IN.sub(" ", text)
    return _QUOTED.sub(" ", text)


@lru_cache(maxsize=1024)  # asked of an article's lines, and of those of the page that it is compared with
def speaks_to_reader(text: str) -> bool:
    """Outside quotations: "your", "our"."""
    plain = unquoted(text)
    addressed = plain_address_words().intersection(words(plain))
    if addressed - {_OUR_OR_ELEVEN} or (addressed and not _DUTCH.isdisjoint(words(plain))):
        return True
    if ((" Sie" in plain or " Ih" in plain) and _POLITE.search(plain)) or _SECOND_PERSON.search(plain):
        return True
    return has_cjk(plain) and any_of(CJK_ADDRESS).search(plain) is not None


def by_chance(paragraphs: int) -> float:
    """How many of so many may speak to the reader before it is how an article is written: advice, opinion."""
    return max(1, _MANNER * paragraphs)


@lru_cache(maxsize=1024)
def speaks_of_itself(text: str) -> bool:
    """Outside quotations: "this article", "this site"."""
    plain = unquoted(text)
    if any(True for _ in _itself().find(words(plain))):
        return True
    return has_cjk(plain) and any_of(CJK_ITSELF).search(plain) is not None


@cache
def _calls() -> tuple[frozenset[tuple[str, ...]], frozenset[str]]:
    return frozenset(tuple(call.split("+")) for call in CALLS.split()), frozenset(LAST_CALLS.split())


@cache
def _channels() -> tuple[frozenset[str], tuple[str, ...]]:
    known = CHANNELS.split()
    return frozenset(known), tuple(word[:-1] for word in known if word.endswith("*"))


@cache
def _contacts() -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(CONTACTS.split()), tuple(WAYS.split())


def asks_for_news(text: str) -> bool:
    """Whether a line opens with a short question, and goes on with a call to get in touch by some way."""
    asked = text.find("?", 0, _LONGEST_QUESTION)
    if asked < 0 or len(text) > _LONGEST_REQUEST:
        return False
    calls, ways = _contacts()
    told = words(text[asked + 1 :])
    return bool(told) and told[0] in calls and any(word.startswith(ways) for word in told)


@lru_cache(maxsize=1024)
def calls_on_reader(text: str) -> bool:
    """Whether, outside quotations, a part of a sentence begins with a call to use one of the outlet's own things."""
    plain = _VOWELS.sub("", unquoted(text))
    whole, beginnings = _channels()
    told = words(plain)
    if whole.isdisjoint(told) and not any(word.startswith(beginnings) for word in told):
        return False
    first, last = _calls()
    parts = [words(part) for part in _CLAUSE.split(plain)]
    return any(part and (tuple(part[:1]) in first or tuple(part[:2]) in first or part[-1] in last) for part in parts)
