"""Boxes among the article's paragraphs that have none of its words: a quiz, an offer, a notice, whatever it is called.

What a box is for is told by its wording and its names only where these are known. That it is about something else than
the article is told by the article.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import lru_cache
from itertools import islice, takewhile

from feedwatch.model import BlockKind
from feedwatch.reading.address import unquoted
from feedwatch.reading.furniture import is_note
from feedwatch.reading.names import Mark, read_names, without_numbers
from feedwatch.reading.outline import TEXT_TAGS, Box, Outline, Run, is_caption
from feedwatch.reading.sequences import MARKS, UNSPACED, words
from feedwatch.reading.signposts import quotes_of_many
from feedwatch.reading.timeline import is_entry

_LONG = 5  # letters
_LONG_WORD = re.compile(rf"[^\W\d_]{{{_LONG},}}")
_MARKED = re.compile(rf"[{MARKS}]")
_LONG_MARKED_WORD = re.compile(rf"(?:[^\W\d_]|[{MARKS}]){{{_LONG},}}")
# Short words, or none: these tell by two signs that stand side by side.
_IN_PAIRS = re.compile(rf"{UNSPACED.pattern}|[\uac00-\ud7af]+")
FEW = 2  # telling words: a box with fewer says nothing of what it is about
SHARED = 0.25  # of a box's telling words the article has, too: then it is about the same
_QUOTED = 20  # characters that somebody said, and no title or name
SHARED_ALONE = 0.1  # for a paragraph with a class of its own
# Two words with capitals side by side, or the second a figure: "Norhaven Harbour", "Pier 12".
_PAIR = re.compile(r"(?=\b([^\W\d_]\w* \w+))")
_NAMING = 3  # paragraphs of the article that have such a name, too
_OF_ARTICLE = frozenset((BlockKind.QUOTE, BlockKind.PRE))


@lru_cache(maxsize=512)  # asked of the lines of a page, and of the page that it is compared with
def telling_words(text: str) -> frozenset[str]:
    """Its longer words, and its pairs of characters where words are short or not spaced."""
    long = [word for word in words(text) if len(word) >= _LONG]
    found = {word for word in long if word.isalpha()}
    for word in long:
        if not word.isalpha():
            found.update((_LONG_WORD if _MARKED.search(word) is None else _LONG_MARKED_WORD).findall(word))
    if text.isascii() or _IN_PAIRS.search(text) is None:
        return frozenset(found)
    found = {word for word in found if _IN_PAIRS.search(word) is None}
    for stretch in _IN_PAIRS.findall(text):
        found.update(stretch[i : i + 2] for i in range(len(stretch) - 1))
    return frozenset(found)


def find_strange(outline: Outline, seeds: frozenset[int], core: frozenset[int]) -> frozenset[int]:
    """The runs of boxes of another make than the article's paragraphs, `core`, that are about something else."""
    others = sorted(seeds - core)
    if not others or not core:
        return frozenset()
    places = sorted(core)
    named = _names_of_paragraphs(outline, places, others)
    boxes = dict.fromkeys(box for i in others if (box := _own_box(outline.runs[i], places, named)) is not None)
    first = next((i for i in places if outline.runs[i].kind is BlockKind.PARAGRAPH), places[0])
    own = [outline.runs[i].text for i in places if boxes]
    vocabulary: set[str] = set()  # of `own`, when this is first asked
    found: set[int] = set()
    for box in boxes:
        runs = outline.runs[box.first : box.last]
        claimed = [run for run in runs if run.kind is not BlockKind.QUOTE] if quotes_of_many(box) else runs
        if any(map(_is_own, claimed)) or is_entry(box, runs) or all(run.kind is BlockKind.HEADING for run in runs):
            continue
        if box.tag == "p" and (box.first < first or any(map(_quotes, runs))):  # a byline, somebody's words
            continue
        telling = {word for run in runs for word in telling_words(run.text)}
        if len(telling) < FEW:
            continue
        vocabulary = vocabulary or set().union(*map(telling_words, own))
        shared = SHARED_ALONE if box.tag == "p" else SHARED
        is_other = len(telling & vocabulary) < shared * len(telling)
        if is_other and not any(_names_what_is_told(run.text, own) for run in runs):
            found.update(run.index for run in runs)
    return frozenset(found)


def _quotes(run: Run) -> bool:
    return len(run.text) - len(unquoted(run.text)) >= _QUOTED


def _names_of_paragraphs(outline: Outline, core: list[int], others: list[int]) -> frozenset[str]:
    """The classes that the article's paragraphs have, and those that several other paragraphs have."""
    classes = (
        set(without_numbers(outline.runs[i].box.names).split()) for i in others if outline.runs[i].box.tag == "p"
    )
    several = Counter(name for each in classes for name in each)
    found = {name for i in core for name in without_numbers(outline.runs[i].box.names).split()}
    return frozenset(found | {name for name, times in several.items() if times > 1})


def _names_what_is_told(text: str, own: list[str]) -> bool:
    """Whether it has a name of several words that several paragraphs of the article have, too."""
    names = (pair for pair in _PAIR.findall(text) if _is_name(pair))
    return any(sum(name in paragraph for paragraph in own) >= _NAMING for name in names)


def _is_name(pair: str) -> bool:
    first, second = pair.split()
    return first[0].isupper() and (second[0].isupper() or second[0].isdigit())


def _own_box(run: Run, core: list[int], named: frozenset[str]) -> Box | None:
    """The largest box around a run without any of `core`: no list or table; a paragraph if none of `named` is its."""
    *_, found = [None, *takewhile(lambda box: box.parent is not None and _without(box, core), run.box.chain())]
    if found is None or found.tag not in TEXT_TAGS:
        return found
    names = without_numbers(found.names).split()
    return found if found.tag == "p" and names and named.isdisjoint(names) else None


def _without(box: Box, core: list[int]) -> bool:
    at = bisect_left(core, box.first)
    return at == len(core) or core[at] >= box.last


def _is_own(run: Run) -> bool:
    """A quotation, a caption, a note of correction, what is named as content: its own in any box."""
    if run.kind in _OF_ARTICLE or is_note(run):
        return True
    around = islice(run.box.chain(), 4)
    return any(is_caption(box) or read_names(box.names, box.ident) is Mark.CONTENT for box in around)
