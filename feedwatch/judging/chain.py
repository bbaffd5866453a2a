"""The heaviest chain: which of many possible matches to keep so that they stand in the same order on both sides.

Bounded: n matches cost n log n, whatever they are (Jacobson & Vo 1992, heaviest common subsequence).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Match(NamedTuple):
    """Units old[old_start:old_end] stand for new[new_start:new_end]. Neither range is empty; `weight` is positive."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int
    weight: float

    @property
    def turned(self) -> Match:
        return Match(self.new_start, self.new_end, self.old_start, self.old_end, self.weight)

    def shifted(self, by: int) -> Match:
        return Match(self.old_start + by, self.old_end + by, self.new_start + by, self.new_end + by, self.weight)


class BestBefore:
    """The best of the values at all places before one, as places get values (a Fenwick tree)."""

    def __init__(self, places: int, nothing: tuple[float, int]) -> None:
        self._tree = [nothing] * (places + 1)
        self._nothing = nothing

    def put(self, place: int, value: tuple[float, int]) -> None:
        tree, place = self._tree, place + 1
        while place < len(tree):
            tree[place] = max(tree[place], value)
            place += place & -place

    def get(self, place: int) -> tuple[float, int]:
        tree, best = self._tree, self._nothing
        while place:
            best = max(best, tree[place])
            place &= place - 1
        return best


def heaviest_chain(matches: Sequence[Match]) -> list[Match]:
    """The matches of greatest weight in all that follow one another in `old` and in `new`, in that order."""
    order = sorted(matches)
    waiting = sorted(range(len(order)), key=lambda k: order[k].old_end)
    before = BestBefore(max((match.new_end for match in order), default=0) + 1, (0.0, -1))
    totals: list[float] = []
    previous: list[int] = []
    done = 0
    for match in order:
        # A match may be followed once its old end is reached; it starts before that, so its total is known.
        while order[waiting[done]].old_end <= match.old_start:
            before.put(order[waiting[done]].new_end, (totals[waiting[done]], waiting[done]))
            done += 1
        total, last = before.get(match.new_start + 1)
        totals.append(total + match.weight)
        previous.append(last)
    if not order:
        return []
    k = max(range(len(order)), key=totals.__getitem__)
    chain = []
    while k >= 0:
        chain.append(order[k])
        k = previous[k]
    return chain[::-1]
