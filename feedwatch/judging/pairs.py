"""Which paragraphs of two versions are the same ones: kept, edited, split, merged, moved.

Kept, edited, split and merged paragraphs form one chain that stands in the same order on both sides, the heaviest that
there is; what is left over and still alike has moved. Every paragraph has at most one match. The work is bounded:
beyond the budgets below, only the likeliest partners of a paragraph are tried.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, islice
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from feedwatch.judging.chain import Match, heaviest_chain
from feedwatch.judging.tokens import is_word, tokenise

# Tuned on 210 pairs of versions of government news and encyclopedia pages, and on 150 articles with planted edits,
# moves and inserts. PAIR: at 0.30 twice as many wrong pairs, at 0.40 and above paragraphs of planted pairs are missed.
PAIR = 0.35  # similarity from which a paragraph in the same place is the same one, edited
EQUAL = 1.05  # a little more than the same words with other signs
MOVE = 0.60  # in another place, as well as for splits and merges
MOVE_WORDS = 6  # fewer are too little to know an edited paragraph again elsewhere
MOVE_GAIN = 1.5  # how much heavier than the pairs in place that it breaks a move must be
PIECE = 0.60  # of a piece's words that the whole must have
PIECE_WORDS = 3
COPIES = 1_000  # pairs of one repeated paragraph
EQUAL_PAIRS = 100_000  # pairs of all repeated paragraphs: 1 s
TRIALS = 60_000  # comparisons of two paragraphs: 40 ms
TRIAL_BITS = 2_000_000_000  # the products of their numbers of words, in all: 100 ms
JOINS = 1_000  # comparisons of a paragraph with several
LIKELY = 8  # partners to try for a paragraph where there are too many, found by as many rare words
RARE = 16  # paragraphs that have a word
SIGNATURE = 20_000  # characters of a paragraph by which it is known
_FIGURE = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Pairing:
    chain: tuple[Match, ...]
    moves: Mapping[int, int]  # new place -> old place


class Likeness(NamedTuple):
    """Two paragraphs that have words in common, in the same order."""

    old: int
    new: int
    similarity: float  # 2 * common / all words
    common: int
    words: int  # of the shorter
    weight: float

    @property
    def match(self) -> Match:
        return Match(self.old, self.old + 1, self.new, self.new + 1, self.weight)


def pair_paragraphs(old: Sequence[str], new: Sequence[str]) -> Pairing:
    """`old` and `new` are paragraphs as compared. Moves never join a paragraph of the chain."""
    shorter = min(len(old), len(new))
    head = next((k for k in range(shorter) if old[k] != new[k]), shorter)
    tail = next((k for k in range(shorter - head) if old[-1 - k] != new[-1 - k]), shorter - head)
    middle = _pair_middle(old[head : len(old) - tail], new[head : len(new) - tail])
    chain = [
        *(Match(k, k + 1, k, k + 1, 1.0) for k in range(head)),
        *(match.shifted(head) for match in middle.chain),
        *(Match(len(old) - k, len(old) - k + 1, len(new) - k, len(new) - k + 1, 1.0) for k in range(tail, 0, -1)),
    ]
    return Pairing(tuple(chain), {new + head: old + head for new, old in middle.moves.items()})


def _pair_middle(old: Sequence[str], new: Sequence[str]) -> Pairing:
    equal, loose_old, loose_new = _find_equal(old, new)
    signs = _sign_all({*(old[i] for i in loose_old), *(new[j] for j in loose_new)})
    signs_old = {i: signs[old[i]] for i in loose_old}
    signs_new = {j: signs[new[j]] for j in loose_new}
    alike = list(_find_alike(signs_old, signs_new))
    turned = [x._replace(old=x.new, new=x.old) for x in alike]

    same = [Match(i, i + 1, j, j + 1, _weigh(EQUAL, _count_words(old[i]))) for i, j in equal]
    edited = [x.match for x in alike if x.similarity >= PAIR]
    splits = list(_find_splits(signs_old, signs_new, alike))
    merges = [match.turned for match in _find_splits(signs_new, signs_old, turned)]

    movable = [match for match in same if old[match.old_start]]
    movable += (
        x.match
        for x in alike
        if x.similarity >= MOVE and x.words >= MOVE_WORDS and not _are_two_entries(old[x.old], new[x.new])
    )
    movable.sort(key=lambda match: (-match.weight, match))
    matches = [*same, *edited, *splits, *merges]
    chain = heaviest_chain(matches)
    if winners := _find_outweighing(chain, movable):
        chain = heaviest_chain(_make_way(matches, winners))
    return Pairing(tuple(chain), _find_moves(chain, movable))


def _are_two_entries(one: str, other: str) -> bool:
    """Whether two texts have several figures and none in common: then they are two entries of one mould, such as
    "14:02 The river stands at 209 cm", not one that moved.
    """
    figures = [set(_FIGURE.findall(text)) for text in (one, other)]
    return min(map(len, figures)) > 1 and figures[0].isdisjoint(figures[1])


def _find_outweighing(chain: Iterable[Match], movable: Iterable[Match]) -> list[Match]:
    """Matches out of place that are so much better than what the chain has of their paragraphs that they break it."""
    chained = set(chain)
    by_old = {i: match for match in chained for i in range(match.old_start, match.old_end)}
    by_new = {j: match for match in chained for j in range(match.new_start, match.new_end)}
    old_taken: set[int] = set()
    new_taken: set[int] = set()
    winners = []
    for match in movable:
        if match in chained or match.old_start in old_taken or match.new_start in new_taken:
            continue
        rivals = {by_old.get(match.old_start), by_new.get(match.new_start)} - {None}
        if rivals and match.weight > MOVE_GAIN * sum(rival.weight for rival in rivals if rival):
            winners.append(match)
            old_taken.add(match.old_start)
            new_taken.add(match.new_start)
    return winners


def _make_way(matches: Iterable[Match], winners: Iterable[Match]) -> list[Match]:
    """All matches but those that share a paragraph with a winner."""
    kept = set(winners)
    old_taken = {match.old_start for match in kept}
    new_taken = {match.new_start for match in kept}
    return [
        match
        for match in matches
        if match in kept
        or (
            old_taken.isdisjoint(range(match.old_start, match.old_end))
            and new_taken.isdisjoint(range(match.new_start, match.new_end))
        )
    ]


def _find_moves(chain: Iterable[Match], movable: Iterable[Match]) -> dict[int, int]:
    chain = list(chain)
    old_taken = {i for match in chain for i in range(match.old_start, match.old_end)}
    new_taken = {j for match in chain for j in range(match.new_start, match.new_end)}
    moves: dict[int, int] = {}
    for match in movable:
        if match.old_start not in old_taken and match.new_start not in new_taken:
            moves[match.new_start] = match.old_start
            old_taken.add(match.old_start)
            new_taken.add(match.new_start)
    return moves


# ---------------------------------------------------------------------------------------------------------- likeness


def _sign_all(texts: Iterable[str]) -> dict[str, str]:
    """Each text's words as one character each: equal words, equal characters."""
    numbers: dict[str, int] = {}
    signs = {}
    for text in sorted(texts):
        words = filter(is_word, tokenise(text[:SIGNATURE].casefold().replace("-", " ")).keys)
        signs[text] = "".join([chr(min(numbers.setdefault(word, len(numbers) + 1), 0x10FFFF)) for word in words])
    return signs


def _weigh(similarity: float, words: float) -> float:
    return (similarity - PAIR / 2) * math.sqrt(max(words, 1))


def _count_words(text: str) -> int:
    """About how many words a text has, without looking closely."""
    spaces = text.count(" ")
    return len(text) if len(text) > 20 * (spaces + 1) else spaces + 1


def _find_equal(old: Sequence[str], new: Sequence[str]) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """All pairs of equal paragraphs, and the places of those that may want another partner, ascending."""
    places: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for i, text in enumerate(old):
        places[text][0].append(i)
    for j, text in enumerate(new):
        places[text][1].append(j)
    pairs: list[tuple[int, int]] = []
    loose_old: list[int] = []
    loose_new: list[int] = []
    for olds, news in places.values():
        if len(olds) != len(news):
            loose_old += olds
            loose_new += news
        copies = len(olds) * len(news)
        if copies <= COPIES and copies + len(pairs) <= EQUAL_PAIRS:
            pairs += ((i, j) for i in olds for j in news)
        else:  # the copy with the same number, counted from the start and from the end
            pairs += {*zip(olds, news, strict=False), *zip(olds[::-1], news[::-1], strict=False)}
    return pairs, sorted(loose_old), sorted(loose_new)


def _find_alike(old: Mapping[int, str], new: Mapping[int, str]) -> Iterator[Likeness]:
    """Pairs that could be one paragraph, or one a piece of the other."""
    bits = sum(map(len, old.values())) * sum(map(len, new.values()))
    if len(old) * len(new) <= TRIALS and bits <= TRIAL_BITS:
        trials: Iterable[tuple[int, int]] = ((i, j) for i in old for j in new)
    else:
        trials = _find_likely(old, new)
    for i, j in trials:
        a, b = old[i], new[j]
        total = len(a) + len(b)
        shorter = min(len(a), len(b))
        enough = PAIR * total / 2
        if shorter >= PIECE_WORDS:
            enough = min(enough, PIECE * shorter)
        common = LCSseq.similarity(a, b, score_cutoff=math.ceil(enough))
        if common:
            similarity = 2 * common / total
            yield Likeness(i, j, similarity, common, shorter, _weigh(similarity, total / 2))


def _find_likely(old: Mapping[int, str], new: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for j, sign in new.items():
        for word in set(sign):
            places[word].append(j)
    for i, sign in old.items():
        rare = sorted((len(places[word]), word) for word in set(sign) if 0 < len(places.get(word, ())) <= RARE)
        votes = Counter(j for _, word in rare[:LIKELY] for j in places[word])
        likeliest = sorted(votes, key=lambda j: (-votes[j], abs(j - i), j))
        yield from ((i, j) for j in likeliest[:LIKELY])


# ---------------------------------------------------------------------------------------------------------- splits


def _find_splits(wholes: Mapping[int, str], pieces: Mapping[int, str], alike: Iterable[Likeness]) -> Iterator[Match]:
    """Wholes (as old) that fall into consecutive pieces (as new)."""
    candidates: dict[int, list[int]] = defaultdict(list)
    for x in alike:
        size = len(pieces[x.new])
        if PIECE_WORDS <= size < len(wholes[x.old]) and x.common >= PIECE * size:
            candidates[x.old].append(x.new)
    runs = ((whole, run) for whole, places in candidates.items() for run in _find_runs(sorted(places)) if len(run) > 1)
    for whole, run in islice(runs, JOINS):
        similarity, first, last = _fit(wholes[whole], run, pieces)
        if similarity >= MOVE:
            yield Match(whole, whole + 1, first, last + 1, _weigh(similarity, len(wholes[whole])))


def _find_runs(places: Iterable[int]) -> Iterator[list[int]]:
    """Consecutive places."""
    for _, run in groupby(enumerate(places), key=lambda numbered: numbered[1] - numbered[0]):
        yield [place for _, place in run]


def _fit(whole: str, run: list[int], pieces: Mapping[int, str]) -> tuple[float, int, int]:
    """The similarity of the whole with the pieces of the run that belong to it, and the first and the last of them."""
    longest = (2 / MOVE - 1) * len(whole)  # more cannot be similar enough
    sizes = accumulate(len(pieces[place]) for place in run)
    run = [place for place, size in zip(run, sizes, strict=True) if size <= longest]
    while len(run) > 1:
        joined = "".join(pieces[place] for place in run)
        kept = bytearray(len(joined))
        for block in LCSseq.editops(whole, joined).as_matching_blocks():
            kept[block.b : block.b + block.size] = b"\1" * block.size
        ends = [0, *accumulate(len(pieces[place]) for place in run)]
        belonging = [
            place
            for place, start, end in zip(run, ends, ends[1:], strict=False)
            if sum(kept[start:end]) >= PIECE * (end - start)
        ]
        if belonging == run:
            return 2 * sum(kept) / (len(whole) + len(joined)), run[0], run[-1]
        run = max(_find_runs(belonging), key=len, default=[])
    return 0.0, -1, -1
