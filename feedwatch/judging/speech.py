"""Who says what stands in quotation marks: the name by a verb of saying ("said X", "X said", "dit X", "sagte X").

Where no such verb tells, the nearest name stands for the speaker; that is a guess, and the pages call it a name beside
a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feedwatch.judging.fragments import count_words
from feedwatch.judging.languages import listed
from feedwatch.judging.names import Habits, Name, names
from feedwatch.judging.quotes import Quote, quoted

# Letters between a verb of saying and the name: "said the line's owner, Tomas Reed".
_REACH = 60

# Fewer quoted words are a title or a pair of scare quotes, not somebody speaking.
SPOKEN_WORDS = 4
# A name after such a word says of what somebody is, or where: the coxswain of the Alma, the ward at Ellery General.
_OF = re.compile(
    r"(?:^|[\s(])(?:of|at|in|from|for|near|on|von|vom|bei|beim|aus|nach|für|im|am|zum|zur|an|des|du|de|à|au|aux|en|dans|chez|"
    r"pour|sur|del|para|y|and|und|et)\s+(?:(?:the|le|la|les|der|die|das|den|dem|el|los|las|il|lo|gli|het|de|os|as)\s+)?$",
    re.IGNORECASE,
)

_SAYS = frozenset(
    listed("""
said says added adds explained explains insisted insists warned warns argued argues wrote writes recalled recalls
sagte sagt erklärte erklärt betonte betont meinte meint warnte warnt schrieb schreibt ergänzte ergänzt
dit déclare déclaré affirme affirmé explique expliqué assure assuré estime estimé ajoute ajouté souligne prévient
dijo dice dicho afirmó afirma declaró declara explicó explica aseguró asegura añadió añade señaló señala advirtió
disse detto afferma affermato dichiara dichiarato spiega spiegato aggiunge aggiunto ricorda
afirmou declarou explicou acrescentou disse garantiu alertou
zei zegt aldus verklaarde benadrukt stelde vertelde
sade säger sa sier sagde siger powiedział powiedziała mówi řekl řekla
сказал сказала заявил заявила говорит
""")
)
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?\u2026][\"'\u201c\u201d\u2019\u00bb\u00ab)]*\s")
_INVERTED = re.compile("[\"'\u2018-\u201f\u2039\u203a\u00ab\u00bb,\u2013\u2014-]\\s*(?:(?:a|ha|hat|has)\\s+)?$")


def spoken(paragraph: str) -> list[Quote]:
    """The quotations that are somebody speaking."""
    return [quote for quote in quoted(paragraph) if count_words(quote.text, SPOKEN_WORDS) >= SPOKEN_WORDS]


def speakers(paragraph: str, quotations: Sequence[Quote], known: Habits) -> Iterator[str | None]:
    """For each quotation of the paragraph whoever says it, by name."""
    outside = [
        name
        for name in names(paragraph, known)
        if not _is_within(name.start, quotations) and not _OF.search(paragraph[max(0, name.start - 16) : name.start])
    ]
    saying = [name for name in _saying(paragraph, outside, quotations) if name is not None]
    for quote in quotations:
        nearest = min(saying or outside, key=lambda name: _distance(name, quote.start, quote.end), default=None)
        yield nearest.text if nearest else None


def _saying(paragraph: str, outside: Sequence[Name], quotations: Sequence[Quote]) -> Iterator[Name | None]:
    """The subject of each verb of saying: after it where it follows a quotation, otherwise before it."""
    for verb in _WORD.finditer(paragraph):
        if verb[0].lower() not in _SAYS or _is_within(verb.start(), quotations):
            continue
        before = next((name for name in reversed(outside) if name.end <= verb.start()), None)
        after = next((name for name in outside if name.start >= verb.end()), None)
        if before and not _is_near(paragraph[before.end : verb.start()]):
            before = None
        if after and not _is_near(paragraph[verb.end() : after.start]):
            after = None
        yield (after or before) if _INVERTED.search(paragraph[: verb.start()]) else (before or after)


def _is_near(between: str) -> bool:
    return len(between) <= _REACH and not _SENTENCE_END.search(between)


def _is_within(at: int, quotations: Sequence[Quote]) -> bool:
    return any(quote.start <= at < quote.end for quote in quotations)


def _distance(name: Name, start: int, end: int) -> int:
    return max(start - name.end, name.start - end)
