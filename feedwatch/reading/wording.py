"""What a line's wording says: whether it opens or is furniture, speaks to the reader, or is a correction note."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from feedwatch.reading.phrases import (
    ADDRESS_WORDS,
    AMENDED,
    BEFORE,
    CJK_ADDRESS,
    CJK_CREDIT,
    CJK_HEADINGS,
    CJK_ITSELF,
    CJK_PHRASES,
    CREDIT_WORDS,
    HEADINGS,
    ITSELF,
    PHRASES,
    PLAIN_ADDRESS_WORDS,
    Matter,
)

__all__ = [
    "Matter",
    "Phrases",
    "find_phrases",
    "heading_matter",
    "is_credit",
    "is_update",
    "speaks_of_itself",
    "speaks_to_reader",
    "tells_of_change",
    "tells_of_others",
    "words",
]

_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# What is spoken to somebody is told by case and form alone: "Sie" inside a sentence; second persons of verbs.
_POLITE = re.compile(r"(?<=[^\W\d_]) (?:Sie|Ihnen|Ihre[mnrs]?|Ihr)\b|(?<=[^\W\d_], )(?:Sie|Ihnen|Ihre[mnrs]?)\b")
_SECOND_PERSON = re.compile(
    r"\w{2,}(?:ez|ons)-(?:nous|vous|moi|le|la|les|y|en)\b|\b\w{3,}(?:s[ıiuü]n[ıiuü]z|(?:[ıiuü]yor|[ae]bilir|d[ıiuü]ğ[ıiuü]n)s[ıiuü]n)\b",
    re.IGNORECASE,
)
_FIRST = 3  # letters
_LONGEST_NOTE = 600  # characters
_GAP = "…"
_START = 4  # words in which a note says that it is one
_WIDEST_GAP = 5  # words that "…" may stand for
_LONGEST_HEADING = 120  # characters
_LONGEST_CREDIT = 80
_QUOTED = re.compile(
    '“[^”]{1,600}[”"]|„[^“”]{1,600}[“”]|”[^”]{1,600}”|«[^»]{1,600}»|"[^"]{1,600}"|「[^」]{1,600}」|『[^』]{1,600}』'
    "|“[^”]{1,600}$|(?<!\\w)‘[^’]{1,600}’(?!\\w)"
)
_POINTED_IN = re.compile("»[^«]{1,600}«")  # as German books quote
_TOLD = 2  # words beside a quotation, by which somebody tells of it
_LONG, _LONG_UNSPACED = 80, 40  # characters: a call on the reader is shorter, or begins with what to do
_START_UNSPACED = 8  # characters that are such a beginning
_DIGIT = re.compile(r"\d")

_UPDATE = re.compile(
    r"\W*(?:(?:new |latest |neues? |nueva |última |dernière )?(?:update|updated?|aktualisierung|aktualisiert|nachtrag"
    r"|mise à jour|actualización|actualizado|aggiornamento|aggiornato|atualização|atualizado|bijgewerkt|обновление"
    r"|обновлено|дополнено|تحديث)\b|追記|更新)\W{0,4}(?:\(?\d|\w+ \d|[:–—-])",
    re.IGNORECASE,
)


class _Phrases:
    """Word sequences, found by their first words."""

    def __init__(self, table: Mapping[Matter, str]) -> None:
        self.whole: dict[tuple[str, ...], Matter] = {}
        self.gapped: dict[str, list[tuple[tuple[str, ...], Matter]]] = {}  # by their first word
        # By first and second word; by "" for the second where there is none or any may follow.
        self.by_start: dict[str, dict[str, list[tuple[tuple[str, ...], Matter, bool]]]] = {}
        for matter, lines in table.items():
            for phrase in lines.replace("\n", "|").split("|"):
                tokens = _phrase_tokens(phrase)
                if not tokens:
                    continue
                if _GAP not in tokens:
                    self.whole.setdefault(tokens, matter)
                else:
                    self.gapped.setdefault(tokens[0], []).append((tokens, matter))
                second = tokens[1] if len(tokens) > 1 and tokens[1] != _GAP else ""
                same = self.by_start.setdefault(tokens[0], {}).setdefault(second, [])
                same.append((tokens, matter, "~" not in phrase))

    def match_whole(self, tokens: tuple[str, ...]) -> Matter | None:
        if tokens in self.whole:
            return self.whole[tokens]
        for phrase, matter in self.gapped.get(tokens[0], ()):
            if _end_of_match(phrase, tokens, 0) == len(tokens):
                return matter
        return None

    def find(self, tokens: Sequence[str]) -> Iterator[tuple[Matter, bool]]:
        """What the phrases in `tokens` are about, and whether each is furniture by itself."""
        for at in [at for at, token in enumerate(tokens) if token in self.by_start]:
            by_second = self.by_start[tokens[at]]
            candidates = by_second.get("", [])
            if at + 1 < len(tokens) and tokens[at + 1] in by_second:
                candidates = candidates + by_second[tokens[at + 1]]
            for phrase, matter, strong in candidates:
                if _end_of_match(phrase, tokens, at) is not None:
                    yield matter, strong or (matter is Matter.CORRECTION and at < _START)


def _phrase_tokens(phrase: str) -> tuple[str, ...]:
    return tuple(token for part in re.split(f"({_GAP})", phrase) for token in ([_GAP] if part == _GAP else words(part)))


def _end_of_match(phrase: Sequence[str], tokens: Sequence[str], at: int) -> int | None:
    """Where `phrase` ends in `tokens` when it starts at `at`; a gap at the end takes what is left, up to its width."""
    for i, word in enumerate(phrase):
        if word == _GAP:
            rest = phrase[i + 1 :]
            if not rest:
                return min(at + _WIDEST_GAP, len(tokens))
            ends = (_end_of_match(rest, tokens, at + skip) for skip in range(_WIDEST_GAP + 1))
            return next((end for end in ends if end is not None), None)
        if at >= len(tokens) or tokens[at] != word:
            return None
        at += 1
    return at


@cache
def _headings() -> _Phrases:
    return _Phrases(HEADINGS)


@cache
def _sentences() -> _Phrases:
    return _Phrases(PHRASES)


@cache
def _address_words() -> frozenset[str]:
    return frozenset(words(ADDRESS_WORDS + PLAIN_ADDRESS_WORDS))


@cache
def _plain_address_words() -> frozenset[str]:
    return frozenset(words(PLAIN_ADDRESS_WORDS))


@cache
def _beginnings(table: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The first letters of all beginnings, by which nearly every word is told at once; and the beginnings."""
    beginnings = tuple(table.split())
    return frozenset(beginning[:_FIRST] for beginning in beginnings), beginnings


def _is_korean(tokens: Sequence[str]) -> bool:
    """Its beginnings are too short to be told by their first letters."""
    return bool(tokens) and "\uac00" <= tokens[0][0] <= "\ud7af"


def _begins(tokens: Sequence[str], table: str) -> bool:
    firsts, beginnings = _beginnings(table)
    if firsts.isdisjoint([token[:_FIRST] for token in tokens]) and not _is_korean(tokens):
        return False
    return any(token.startswith(beginnings) for token in tokens)


@cache
def _credit_words() -> frozenset[str]:
    return frozenset(words(CREDIT_WORDS))


@cache
def _itself() -> _Phrases:
    return _Phrases({Matter.LEGAL: ITSELF})


@cache
def _any_of(table: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(cut) for phrase in table.split("|") if (cut := phrase.strip())))


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


def words(text: str) -> list[str]:
    return _TOKEN.findall(text.replace("’", "'").casefold())


def heading_matter(text: str) -> Matter | None:
    """What the whole of a short line announces; numbers in it do not count ("12 comments")."""
    if len(text) > _LONGEST_HEADING:
        return None
    tokens = tuple(token for token in words(text) if not token.isdigit())
    if not tokens:
        return None
    if _CJK.search(text):
        return _cjk_headings().get(_bare(text))
    return _headings().match_whole(tokens)


@dataclass(frozen=True, slots=True)
class Phrases:
    """What the phrases in a line are about: `strong` are furniture by themselves, `weak` with another sign of it."""

    strong: frozenset[Matter] = frozenset()
    weak: frozenset[Matter] = frozenset()
    addressed: bool = False  # to the reader, or by the outlet: you, our

    @property
    def is_correction(self) -> bool:
        return Matter.CORRECTION in self.strong


_NOTHING = Phrases()


@lru_cache(maxsize=4096)  # a page's line is asked about up to three times, and again with the next page of its site
def find_phrases(text: str) -> Phrases:
    """Nothing for nearly every paragraph of an article."""
    tokens = words(text)
    found = set(_sentences().find(tokens))
    if _CJK.search(text):
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
    )


def _is_amendment(text: str, tokens: Sequence[str]) -> bool:
    """Whether a line says that the text was changed, and from what, in whatever words."""
    if not (_begins(tokens, BEFORE) and _begins(tokens, AMENDED)) or not _plain_address_words().isdisjoint(tokens):
        return False
    return _DIGIT.search(text) is not None or speaks_of_itself(text)


def tells_of_change(text: str) -> bool:
    """Whether a line says that something was updated or put right, in whatever words."""
    return _begins(words(text), AMENDED)


def unquoted(text: str) -> str:
    """Without what stands in quotation marks."""
    opened, closed = text.find("»"), text.find("«")
    if 0 <= opened < closed:
        text = _POINTED_IN.sub(" ", text)
    return _QUOTED.sub(" ", text)


def tells_of_others(text: str) -> bool:
    """Whether a line with furniture's wording tells what somebody said or has to do, and calls on nobody itself.

    That is furniture's in quotation marks, with words of the outlet's own beside it; or it comes late in a sentence of
    some length that speaks neither to the reader nor of the page.
    """
    plain = unquoted(text)
    tokens = words(plain)
    unspaced = _CJK.search(plain) is not None
    if len(tokens) < (1 if unspaced else _TOLD) or speaks_to_reader(text) or speaks_of_itself(text):
        return False
    if plain != text:
        phrases = find_phrases(plain)
        if not phrases.strong and not (phrases.weak and phrases.addressed):
            return True
    if len(text) < (_LONG_UNSPACED if unspaced else _LONG):
        return False
    phrases = find_phrases(plain[:_START_UNSPACED] if unspaced else " ".join(tokens[:_START]))
    return not phrases.strong and not phrases.weak


def speaks_to_reader(text: str) -> bool:
    """Outside quotations: "your", "our"."""
    plain = unquoted(text)
    if not _plain_address_words().isdisjoint(words(plain)):
        return True
    if _POLITE.search(plain) is not None or _SECOND_PERSON.search(plain) is not None:
        return True
    return _CJK.search(plain) is not None and _any_of(CJK_ADDRESS).search(plain) is not None


def speaks_of_itself(text: str) -> bool:
    """Outside quotations: "this article", "this site"."""
    plain = unquoted(text)
    if any(True for _ in _itself().find(words(plain))):
        return True
    return _CJK.search(plain) is not None and _any_of(CJK_ITSELF).search(plain) is not None


def is_credit(text: str) -> bool:
    """A short line that says who made or owns a picture: "Illustration: A. Name / Studio"."""
    if len(text) > _LONGEST_CREDIT:
        return False
    tokens = words(text)
    opened = bool(tokens) and tokens[0] in _credit_words()
    if opened or (_CJK.search(text) is not None and _any_of(CJK_CREDIT).match(text) is not None):
        return ":" in text or "：" in text or "/" in text or "©" in text or any(char.isdigit() for char in text[:12])
    return text.startswith(("©", "(c)", "(C)"))


def is_update(text: str) -> bool:
    """A paragraph that says at its start that it was added: "UPDATE 14:05: ..."."""
    return len(text) >= 12 and _UPDATE.match(text) is not None
