"""An article's account as a text to read: each sentence with its versions, what was removed where it stood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from feedwatch.model import BlockKind, History, Ledger, Removed, Sentence, Text
from feedwatch.showing.versions import changes_that_stand, standing


class Fate(StrEnum):
    KEPT = "kept"  # as it was in the first version
    NEW = "new"
    REWORDED = "reworded"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence. `last`: the version that reworded it, or the last one that had it."""

    text: str
    fate: Fate
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph; `kind` as of a block."""

    kind: str
    pieces: tuple[Piece, ...]

    @property
    def is_touched(self) -> bool:
        return any(piece.fate is not Fate.KEPT for piece in self.pieces)


def passages(ledger: Ledger, newest: Text, origin: int) -> list[Passage]:
    """The newest text. A removed sentence that began a paragraph begins one here; `origin` is the first version."""
    gone: defaultdict[int, list[Removed]] = defaultdict(list)
    for removed in ledger.removed:
        gone[removed.after].append(removed)
    found = [*_gone_only(gone[-1])]
    places = enumerate(ledger.sentences)
    for block, run in groupby(places, key=lambda numbered: numbered[1].block):
        kind = newest.blocks[block].kind if block < len(newest.blocks) else BlockKind.PARAGRAPH
        pieces: list[Piece] = []
        for place, sentence in run:
            pieces.append(_piece(sentence, origin))
            inside, after = _parted(gone[place])
            pieces += map(_gone, inside)
            if after:
                found += [Passage(kind.value, tuple(pieces)), *_gone_only(after)]
                pieces = []
        if pieces:
            found.append(Passage(kind.value, tuple(pieces)))
    return found


def _parted(removed: Sequence[Removed]) -> tuple[Sequence[Removed], Sequence[Removed]]:
    """Those that stood in the same paragraph as the sentence before them, and those from the next paragraph on."""
    first = next((k for k, one in enumerate(removed) if one.opens), len(removed))
    return removed[:first], removed[first:]


def _gone_only(removed: Iterable[Removed]) -> Iterator[Passage]:
    pieces: list[Piece] = []
    for one in removed:
        if one.opens and pieces:
            yield Passage(BlockKind.PARAGRAPH.value, tuple(pieces))
            pieces = []
        pieces.append(_gone(one))
    if pieces:
        yield Passage(BlockKind.PARAGRAPH.value, tuple(pieces))


def _gone(removed: Removed) -> Piece:
    return Piece(removed.text, Fate.GONE, removed.first, removed.last)


def _piece(sentence: Sentence, origin: int) -> Piece:
    return Piece(sentence.text, _fate(sentence, origin), sentence.first, sentence.revised)


def _fate(sentence: Sentence, origin: int) -> Fate:
    if sentence.revised > sentence.first:
        return Fate.REWORDED
    return Fate.NEW if sentence.first > origin else Fate.KEPT


@dataclass(frozen=True, slots=True)
class Told:
    """A ledger with what the pages need around it."""

    ledger: Ledger
    numbers: tuple[int, ...]  # of the versions that stand
    pairs: Mapping[int, int]  # the version before, by each version that a page compares with it

    def spans(self, numbers: Sequence[int]) -> list[tuple[int, int]]:
        """Runs of versions that follow one another: the first and the last of each."""
        place = {number: k for k, number in enumerate(self.numbers)}
        runs: list[tuple[int, int]] = []
        for number in numbers:
            if runs and place[number] == place[runs[-1][1]] + 1:
                runs[-1] = (runs[-1][0], number)
            else:
                runs.append((number, number))
        return runs

    def after(self, number: int) -> int:
        """The version after this one."""
        return next((later for later in self.numbers if later > number), number)


def told(ledger: Ledger, history: History) -> Told:
    pairs = {change.to_number: change.from_number for change in changes_that_stand(history)}
    return Told(ledger, tuple(version.number for version in standing(history)), pairs)
