"""An article's versions as one account: which sentence came when, which figures moved, who was quoted, what went.

Versions that were withdrawn are no part of it.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import Indel

from feedwatch.judging.fragments import words_of
from feedwatch.judging.languages import language_of
from feedwatch.judging.names import TITLES, Habits
from feedwatch.judging.speech import speakers, spoken
from feedwatch.model import Change, Ledger, Removed, Sentence, Trail, Version, Voice, comparable

# Two sentences of which this share of the words is common are one sentence revised: the diff pairs moved paragraphs at
# the same share.
REVISED = 0.60
# Pairs of sentences that are compared at most between two versions; past it what differs came anew.
MOST_PAIRS = 40_000


def ledger(versions: Sequence[Version], changes: Sequence[Change]) -> Ledger:
    """The account of an article; both in order of number."""
    valid = [version for version in versions if version.withdrawn_at is None]
    numbers = {version.number for version in valid}
    sentences, removed = _follow(valid)
    return Ledger(
        headlines=_headlines(valid),
        sentences=sentences,
        removed=removed,
        figures=_trails(change for change in changes if change.to_number in numbers),
        voices=_voices(valid),
    )


def _headlines(versions: Iterable[Version]) -> tuple[tuple[int, str], ...]:
    told: list[tuple[int, str]] = []
    for version in versions:
        if not told or comparable(told[-1][1]) != comparable(version.text.title):
            told.append((version.number, version.text.title))
    return tuple(told)


# ---------------------------------------------------------------------------------------------------------- sentences

# Before white space, or after the full stop of a script that writes none.
_END = re.compile(
    "(?<=[.!?\u2026\u061f\u06d4])[\"'\u2019\u201d\u00bb)\\]]*\\s+|(?<=[\u3002\uff01\uff1f])[\u300d\u300f\u201d]?"
)
_ABBREVIATED = re.compile(r"(?:^|[\s(])([^\W\d_]{1,5}(?:\.[^\W\d_])*)\.$")
_ABBREVIATIONS = TITLES | frozenset(
    ("st", "no", "vs", "ca", "etc", "inc", "ltd", "jr", "bzw", "nr", "str", "gen", "col")
)


def sentences_of(paragraph: str) -> list[str]:
    found: list[str] = []
    start = 0
    for match in _END.finditer(paragraph):
        before = paragraph[start : match.end()].rstrip()
        if before and not _is_abbreviated(before):
            found.append(before)
            start = match.end()
    rest = paragraph[start:].strip()
    return [*found, rest] if rest else found


def _is_abbreviated(text: str) -> bool:
    match = _ABBREVIATED.search(text.rsplit(None, 1)[-1])
    return match is not None and (len(match[1]) == 1 or "." in match[1] or match[1].lower() in _ABBREVIATIONS)


class _Split(dict[str, list[tuple[str, str]]]):
    """By paragraph its sentences, each as it stands and as it is compared: most stand in every version."""

    def __missing__(self, paragraph: str) -> list[tuple[str, str]]:
        sentences = sentences_of(paragraph)
        keys = sentences if comparable(paragraph) == paragraph else map(comparable, sentences)
        found = self[paragraph] = list(zip(sentences, keys, strict=True))
        return found


def _follow(versions: Sequence[Version]) -> tuple[tuple[Sentence, ...], tuple[Removed, ...]]:
    current: list[Sentence] = []
    keys: list[str] = []  # of the same sentences, as they are compared
    split = _Split()
    removed: dict[str, Removed] = {}
    # What is gone, by the place of the sentence after which it stood; of -1 what stood before all.
    graves: dict[int, list[str]] = {}
    before = 0
    for version in versions:
        told = [(block, *one) for block, text in enumerate(version.text.paragraphs) for one in split[text]]
        found, places = _step(current, keys, version.number, told, removed)
        new_keys = [key for _, _, key in told]
        standing = set(new_keys)
        moved: defaultdict[int, list[str]] = defaultdict(list)
        for key in graves.get(-1, ()):
            moved[-1].append(key)
        anchor = -1
        for place, (sentence, key) in enumerate(zip(current, keys, strict=True)):
            if place in places:
                anchor = places[place]
            elif key not in standing:  # it may have stood there twice
                if key not in removed:
                    moved[anchor].append(key)
                opens = place == 0 or current[place - 1].block != sentence.block
                removed[key] = Removed(sentence.text, sentence.first, before, opens=opens)
            moved[anchor] += graves.get(place, ())
        graves = {place: [key for key in keys if key in removed] for place, keys in moved.items()}
        current, keys, before = found, new_keys, version.number
    gone = (replace(removed[key], after=place) for place in sorted(graves) for key in graves[place])
    return tuple(current), tuple(gone)


def _step(
    current: Sequence[Sentence],
    keys: Sequence[str],
    number: int,
    told: Sequence[tuple[int, str, str]],
    removed: dict[str, Removed],
) -> tuple[list[Sentence], dict[int, int]]:
    """The sentences of version `number` (`told`: of each its paragraph, its words and its key) with what is known of
    them, and the new places of those of the version before.

    One that returns word by word is taken back out of `removed`, with its history.
    """
    waiting: defaultdict[str, deque[int]] = defaultdict(deque)
    for place, key in enumerate(keys):
        waiting[key].append(place)
    found: list[Sentence] = []
    places: dict[int, int] = {}
    new: list[int] = []
    for block, words, key in told:
        same = waiting.get(key)
        if same:
            known = current[same[0]]
            places[same.popleft()] = len(found)
            found.append(Sentence(words, block, known.first, known.revised))
        else:
            new.append(len(found))
            found.append(Sentence(words, block, number, number))
    left = [place for place in range(len(current)) if place not in places]
    for place, old in list(_revised([current[k] for k in left], found, new)):
        places[left[old]] = place
        found[place] = replace(found[place], first=current[left[old]].first)
    for place in new:
        if returned := removed.pop(told[place][2], None):
            found[place] = replace(found[place], first=returned.first)
    return found, places


def _revised(left: Sequence[Sentence], found: Sequence[Sentence], new: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The place of each new sentence that is one of `left` in other words, and which, the most alike first."""
    if not left or not new or len(left) * len(new) > MOST_PAIRS:
        return
    olds, news = [words_of(one.text) for one in left], [words_of(found[place].text) for place in new]
    alike = [
        (score, i, j)
        for i, old in enumerate(olds)
        for j, words in enumerate(news)
        if (score := Indel.normalized_similarity(old, words, score_cutoff=REVISED)) >= REVISED
    ]
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for _, i, j in sorted(alike, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if i not in taken_old and j not in taken_new:
            taken_old.add(i)
            taken_new.add(j)
            yield new[j], i


# ---------------------------------------------------------------------------------------------------------- figures


def _trails(changes: Iterable[Change]) -> tuple[Trail, ...]:
    """The pairs of each change, one after the other: 14 -> 41 -> 43. A figure that only came or went has no trail."""
    trails: list[list[tuple[int, str]]] = []
    for change in changes:
        open_ends = {trail[-1][1]: trail for trail in trails if trail[-1][0] < change.to_number}
        for old, new in change.facts.figures:
            if not old or not new:
                continue
            trail = open_ends.pop(old, None)
            if trail is None:
                trail = [(change.from_number, old)]
                trails.append(trail)
            trail.append((change.to_number, new))
    return tuple(Trail(tuple(trail)) for trail in trails)


# ---------------------------------------------------------------------------------------------------------- voices


def _voices(versions: Sequence[Version]) -> tuple[Voice, ...]:
    lines = dict.fromkeys(line for version in versions for line in version.text.paragraphs)
    speech = {line: quotations for line in lines if (quotations := spoken(line))}
    if not speech:
        return ()
    language = language_of(" ".join(lines), next((version.language for version in versions if version.language), None))
    known = Habits(lines, language)
    heard = {line: list(speakers(line, quotations, known)) for line, quotations in speech.items()}
    fullest: dict[str, str] = {}
    quoted_in: defaultdict[str, list[int]] = defaultdict(list)
    for version in versions:
        for name in _heard(version.text.paragraphs, heard):
            key = name.split()[-1].casefold()
            fullest[key] = max(fullest.get(key, ""), name, key=len)
            if version.number not in quoted_in[key][-1:]:
                quoted_in[key].append(version.number)
    return tuple(Voice(fullest[key], tuple(numbers)) for key, numbers in quoted_in.items())


def _heard(paragraphs: Iterable[str], heard: dict[str, list[str | None]]) -> Iterator[str]:
    """Who speaks, paragraph by paragraph: one without a name ("she said") goes on with the speaker before."""
    last: str | None = None
    for paragraph in paragraphs:
        for name in heard.get(paragraph, ()):
            last = name or last
            if last:
                yield last
