"""Which lines of a page are furniture, by the company they keep.

A line on three or more other articles of the source is furniture (the design's rule 5), unless these articles tell one
story: a quote, a sentence of background, a correction stand in every piece about an event, and are each article's own
words. Articles tell one story when their headlines share a telling word, from one to the next; a word that many of the
source's headlines have ("Analysis") tells nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from feedwatch.judging.fragments import words_of
from feedwatch.judging.languages import listed
from feedwatch.model import Known

STORIES = 3
# Of fewer headlines it cannot be said which words are common to all of a source's; an event that fills a fifth of its
# newest fifty is rare.
ENOUGH_HEADLINES = 20
OFTEN = 0.2
# Shorter words tell nothing; where every character is a word, pairs of them do.
_TELLING = 5
_TELLING_PAIRS = 2
# Long words that any headline may have.
_ANY_HEADLINE = frozenset(
    listed(
        """
        about after against amid among before behind being could during first from into latest might more news over
        says should than that their there these they this under update until warns what when where which while will
        with without would years
        gegen keine nach neue nicht noch sich sind soll über unter warum werden wieder wird wurde zwischen
        après aussi avant avec cette comme contre dans entre leurs moins pour pourquoi quand selon sans sont toujours
        antes años como contra cuando desde después donde entre hasta nueva nuevo para porque sobre según también tras
        ancora anche come contro dalla della delle dopo nella nelle nuova nuovo perché prima quando sono sulla
        ainda após contra depois mais nova novo para pela pelo quando sobre também
        andere geen maar meer naar nieuwe onder tegen tussen voor waarom wordt zonder
        которые может после почему против стало будет более может через
        """
    )
)


def furniture(known: Known) -> frozenset[str]:
    """Of the lines that were asked about, those that are."""
    said = Counter(word for headline in known.headlines for word in _telling(headline))
    often = OFTEN * len(known.headlines) if len(known.headlines) >= ENOUGH_HEADLINES else len(known.headlines)
    idle = frozenset(word for word, times in said.items() if times > often)
    title = known.article.title
    return frozenset(line for line, titles in known.carriers.items() if _stories((title, *titles), idle) >= STORIES)


def _stories(titles: Sequence[str], idle: frozenset[str]) -> int:
    """How many stories the titles tell beside the one that the first tells."""
    told = [_telling(title) - idle for title in titles]
    stories: list[set[int]] = []
    for nth, words in enumerate(told):
        same = [story for story in stories if any(_is_one(words, told[other]) for other in story)]
        stories = [story for story in stories if story not in same] + [{nth}.union(*same)]
    return sum(0 not in story for story in stories)


@lru_cache(maxsize=1024)  # the newest headlines of a source are asked about at each of its checks
def _telling(title: str) -> frozenset[str]:
    words = words_of(title)
    single = [word for word in words if len(word) == 1 and not word.isascii()]
    pairs = {one + other for one, other in pairwise(single)}
    return frozenset(pairs | {word for word in words if len(word) >= _TELLING} - _ANY_HEADLINE)


def _is_one(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = one & other
    return any(len(word) >= _TELLING for word in shared) or len(shared) >= _TELLING_PAIRS
