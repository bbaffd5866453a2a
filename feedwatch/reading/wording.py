"""What a line's wording says: whether it opens or is furniture, or is a correction note."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import itemgetter

from feedwatch.reading.address import plain_address_words, speaks_of_itself, speaks_to_reader, unquoted
from feedwatch.reading.phrases import (
    AD_FREE,
    ADDRESS_WORDS,
    AMENDED,
    BEFORE,
    CJK_AD_FREE,
    CJK_CREDIT,
    CJK_HEADINGS,
    CJK_PHRASES,
    CREDIT_WORDS,
    FOUND,
    FUNDED,
    HEADINGS,
    INDEPENDENT,
    MISTAKES,
    PHRASES,
    PLAIN_ADDRESS_WORDS,
    Matter,
)
from feedwatch.reading.sequences import MARKS, START, Sequences, any_of, has_cjk, words

__all__ = [
    "Matter",
    "Phrases",
    "find_phrases",
    "heading_matter",
    "is_credit",
    "is_update",
    "tells_of_change",
    "tells_of_others",
    "tells_of_outlet",
]

_FIRST = 3  # letters
_FIRST_LETTERS: Callable[[str], str] = itemgetter(slice(_FIRST))
_LONGEST_NOTE = 600  # characters
_LONGEST_HEADING = 120  # characters
_LONGEST_CREDIT = 80
_LONGEST_OUTLET, _LONGEST_QUESTION = 220, 50  # characters
_SHORTEST_QUESTION = 2  # words: "An error?"
_TOLD = 2  # words beside a quotation, by which somebody tells of it
_LONG, _LONG_UNSPACED = 80, 40  # characters: a call on the reader is shorter, or begins with what to do
_START_UNSPACED = 8  # characters that are such a beginning
_DIGIT = re.compile(r"\d")

_UPDATE = re.compile(
    rf"\W*(?:\d{{1,2}}[.:h时時]\d{{2}}(?:分| ?(?:uhr|[ap]\.?m\.?)\b)?\W{{0,3}})?"
    r"(?:(?:new |latest |neues? |nueva |última |dernière )?(?:update|updated?|aktualisierung|aktualisiert|nachtrag"
    r"|mise à jour|actualización|actualizado|aggiornamento|aggiornato|atualização|atualizado|bijgewerkt|обновление"
    r"|обновлено|дополнено|تحديث|оновлен[оня]+|доповнен[оня]+|uppdatering|uppdatera[dt]|tillägg|oppdater(?:ing|t)"
    r"|opdater(?:ing|et)|aktualizacj[ai]|zaktualizowano|uzupełnienie|güncelle(?:me|ndi)|päivi(?:tys|tetty)"
    r"|aktuali[zs]ace|aktualizováno|aktualizácia|doplněno|frissít(?:és|ve)|kiegészítés|actuali?zat|actualizare"
    r"|ενημέρωση|עדכון|обновен[оа]|допълнено|ažurirano|dopuna|posodobljeno"
    r"|posodobitev|dopolnjeno|pembaruan|diperbarui|cập nhật|अपडेट)\b"
    r"|업데이트|追記|更新|추가)\W{0,4}(?:\(?\d|"
    rf"[\w{MARKS}]+ \d|[:–—-])",
    re.IGNORECASE,
)


@cache
def _headings() -> Sequences:
    return Sequences(HEADINGS)


@cache
def _sentences() -> Sequences:
    return Sequences(PHRASES)


@cache
def _address_words() -> frozenset[str]:
    return frozenset(words(ADDRESS_WORDS + PLAIN_ADDRESS_WORDS))


@cache
def _beginnings(table: str) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """The first letters of all beginnings, by which nearly every word is told at once; the beginnings; the shortest."""
    beginnings = tuple(table.split())
    shortest = tuple(beginning for beginning in beginnings if len(beginning) < _FIRST)
    return frozenset(beginning[:_FIRST] for beginning in beginnings), beginnings, shortest


@cache
def _ad_free() -> Sequences:
    return Sequences({Matter.ADVERT: AD_FREE})


def _is_free_of_ads(text: str, tokens: Sequence[str]) -> bool:
    if any(True for _ in _ad_free().find(tokens)):
        return True
    return has_cjk(text) and any_of(CJK_AD_FREE).search(text) is not None


@cache
def _mistakes() -> frozenset[str]:
    return frozenset(words(MISTAKES))


def _is_korean(tokens: Sequence[str]) -> bool:
    """Its beginnings are too short to be told by their first letters."""
    return bool(tokens) and "\uac00" <= tokens[0][0] <= "\ud7af"


def _begins(tokens: Sequence[str], table: str) -> bool:
    firsts, beginnings, shortest = _beginnings(table)
    if firsts.isdisjoint(map(_FIRST_LETTERS, tokens)) and not _is_korean(tokens):
        return False
    near = [token for token in tokens if token[:_FIRST] in firsts]
    if any(token.startswith(beginnings) for token in near):
        return True
    return bool(shortest) and any(token.startswith(shortest) for token in tokens)


@cache
def _credit_words() -> frozenset[str]:
    return frozenset(words(CREDIT_WORDS))


@cache
def _cjk_headings() -> dict[str, Matter]:
    return {phrase: matter for matter, phrases in _cjk_table(CJK_HEADINGS).items() for phrase in phrases}


@cache
def _cjk_phrases() -> dict[Matter, re.Pattern[str]]:
    return {
        matter: re.compile("|".join(map(re.escape, phrases))) for matter, phrases in _cjk_table(CJK_PHRASES).items()
    }


def _cjk_table(table: Mapping[Matter, str]) -> dict[Matter, list[str]]:
    return {
        matter: [cut for phrase in lines.replace("\n", "|").split("|") if (cut := _bare(phrase))]
        for matter, lines in table.items()
    }


def _bare(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", text).casefold()


def heading_matter(text: str) -> Matter | None:
    """What the whole of a short line announces; numbers in it do not count ("12 comments")."""
    return _heading_matter(text) if len(text) <= _LONGEST_HEADING else None


@lru_cache(maxsize=4096)  # as below
def _heading_matter(text: str) -> Matter | None:
    tokens = tuple([token for token in words(text) if not token.isdigit()])
    if not tokens:
        return None
    if has_cjk(text):
        return _cjk_headings().get(_bare(text))
    return _headings().match_whole(tokens)


@dataclass(frozen=True, slots=True)
class Phrases:
    """What the phrases in a line are about: `strong` are furniture by themselves, `weak` with another sign of it."""

    strong: frozenset[Matter] = frozenset()
    weak: frozenset[Matter] = frozenset()
    addressed: bool = False  # to the reader, or by the outlet: you, our
    is_correction: bool = False


_NOTHING = Phrases()


@lru_cache(maxsize=4096)  # a page's line is asked about up to three times, and again with the next page of its site
def find_phrases(text: str) -> Phrases:
    """Nothing for nearly every paragraph of an article."""
    tokens = words(text)
    found = set(_sentences().find(tokens))
    if has_cjk(text):
        bare = _bare(text)
        found |= {(matter, True) for matter, pattern in _cjk_phrases().items() if pattern.search(bare)}
    if len(text) <= _LONGEST_NOTE and _is_amendment(text, tokens):
        found.add((Matter.CORRECTION, True))
    if not found:
        return _NOTHING
    return Phrases(
        frozenset(matter for matter, strong in found if strong),
        frozenset(matter for matter, strong in found if not strong and matter is not Matter.CORRECTION),
        not _address_words().isdisjoint(tokens),
        (Matter.CORRECTION, True) in found,
    )


def _is_amendment(text: str, tokens: Sequence[str]) -> bool:
    """Whether a line says that the text was changed, and from what, in whatever words."""
    if not (_begins(tokens, BEFORE) and _begins(tokens, AMENDED)) or not plain_address_words().isdisjoint(tokens):
        return False
    return _DIGIT.search(text) is not None or speaks_of_itself(text)


def tells_of_change(text: str) -> bool:
    """Whether a line says that something was updated or put right, in whatever words."""
    return _begins(words(text), AMENDED)


@lru_cache(maxsize=4096)
def tells_of_outlet(text: str) -> bool:
    """Whether a short line says who pays for the outlet's work, offers it without advertising, or asks for mistakes."""
    if len(text) > _LONGEST_OUTLET:
        return False
    tokens = words(text)
    if _begins(tokens, FUNDED) and _begins(tokens, INDEPENDENT):
        return True
    asked = text[: max(text.find(mark, 0, _LONGEST_QUESTION) for mark in "?؟？") + 1]
    first = words(asked)
    if not _mistakes().isdisjoint(first):
        return _begins(first, FOUND) or len(first) <= _SHORTEST_QUESTION
    return bool(asked) and _is_free_of_ads(asked, first)


def tells_of_others(text: str) -> bool:
    """Whether a line with furniture's wording tells what somebody said or has to do, and calls on nobody itself.

    That is furniture's in quotation marks, with words of the outlet's own beside it; or it comes late in a sentence of
    some length that speaks neither to the reader nor of the page.
    """
    plain = unquoted(text)
    tokens = words(plain)
    unspaced = has_cjk(plain)
    if len(tokens) < (1 if unspaced else _TOLD) or speaks_to_reader(text) or speaks_of_itself(text):
        return False
    if plain != text:
        phrases = find_phrases(plain)
        if not phrases.strong and not (phrases.weak and phrases.addressed):
            return True
    if len(text) < (_LONG_UNSPACED if unspaced else _LONG):
        return False
    phrases = find_phrases(plain[:_START_UNSPACED] if unspaced else " ".join(tokens[:START]))
    return not phrases.strong and not phrases.weak


def is_credit(text: str) -> bool:
    """A short line that says who made or owns a picture: "Illustration: A. Name / Studio"."""
    if len(text) > _LONGEST_CREDIT:
        return False
    tokens = words(text)
    opened = bool(tokens) and tokens[0] in _credit_words()
    if opened or (has_cjk(text) and any_of(CJK_CREDIT).match(text) is not None):
        return ":" in text or "：" in text or "/" in text or "©" in text or any(char.isdigit() for char in text[:12])
    return text.startswith(("©", "(c)", "(C)"))


@lru_cache(maxsize=4096)
def is_update(text: str) -> bool:
    """A paragraph that says at its start that it was added: "UPDATE 14:05: ..."."""
    return len(text) >= 12 and _UPDATE.match(text) is not None
