"""Which tokens of two paragraphs stand for each other, so that what is left to mark reads best.

An alignment is worth the weight of the tokens that it keeps, less a price for every place that it tears open. So it
has the fewest marks that tell the whole truth, where a longest common subsequence would keep every "the" between two
rewritten clauses. Solved exactly over the runs of equal tokens that are long enough to read; bounded, then coarser.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from rapidfuzz.distance import Indel

from feedwatch.judging.chain import BestBefore, Match, heaviest_chain
from feedwatch.judging.tokens import Tokens, boundary, is_unspaced, is_word

# Tuned on 210 pairs of versions of government news and encyclopedia pages. Dearer tears mean fewer marks and more
# marked words: from 0.8 and 1.9 to 1.6 and 3.1 the marks per edited paragraph fall from 2.17 to 2.09 and the marked
# words rise from 1.139 to 1.144 times the least possible. Between these it is a matter of taste.
TEAR = 1.25  # the price of a place where words only came or only went
TEAR_BOTH = 2.25  # the price of a place where words went and others came
READABLE = 1.5  # what an unchanged run between two changes must weigh, in at least two words
SHORT = 0.5  # of a word of three letters or fewer, of a character of an unspaced script, and of a sign
KEPT = 0.30  # of the words; with less in common two paragraphs are shown whole
SLIDE = 50  # tokens that a mark is moved at most to read better
CLAUSE = 6  # words in one run, which are shown as kept all the same
BITS = 400_000_000  # of the matrix of an exact longest common subsequence: 50 MB
DEPTH = 3  # of anchors within anchors, in long paragraphs

Block = tuple[int, int, int]  # (i, j, size): old tokens i to i+size are new tokens j to j+size


def align(old: Tokens, new: Tokens, effort: int) -> list[Block]:
    """The runs of tokens that are kept, in order; none where too little is kept to be worth showing.

    `effort`: pairs of equal tokens to look at; a paragraph with more of them is aligned more coarsely.
    """
    blocks = [block for block in _align(old.keys, new.keys, effort, DEPTH) if _stands(block, old, new)]
    return _slide(old, new, blocks) if _is_worth_showing(old, new, blocks) else []


def _stands(block: Block, old: Tokens, new: Tokens) -> bool:
    """Whether a kept run is at an edge of the paragraph or long enough to be read between two changes."""
    i, j, size = block
    if i == j == 0 or (i + size == len(old) and j + size == len(new)):
        return True
    return _is_readable(new.keys[j : j + min(size, SLIDE)])


def _weigh(key: str) -> float:
    return 1.0 if is_word(key) and not is_unspaced(key) and (len(key) > 3 or not key.islower()) else SHORT


def _is_readable(keys: Sequence[str]) -> bool:
    words = [key for key in keys if is_word(key)]
    return len(words) > 1 and sum(map(_weigh, words)) >= READABLE


def _is_worth_showing(old: Tokens, new: Tokens, blocks: Iterable[Block]) -> bool:
    kept = [sum(map(is_word, new.keys[j : j + size])) for _, j, size in blocks]
    total = sum(map(is_word, old.keys)) + sum(map(is_word, new.keys))
    return 2 * sum(kept) >= KEPT * total or max(kept, default=0) >= CLAUSE


# ---------------------------------------------------------------------------------------------------------- alignment


def _align(a: list[str], b: list[str], effort: int, depth: int) -> list[Block]:
    n, m = len(a), len(b)
    shorter = min(n, m)
    head = next((k for k in range(shorter) if a[k] != b[k]), shorter)
    tail = next((k for k in range(shorter - head) if a[-1 - k] != b[-1 - k]), shorter - head)
    core = _align_core(a[head : n - tail], b[head : m - tail], effort, depth)
    blocks = [(0, 0, head), *((i + head, j + head, size) for i, j, size in core), (n - tail, m - tail, tail)]
    return _join(blocks)


def _join(blocks: Iterable[Block]) -> list[Block]:
    joined: list[Block] = []
    for i, j, size in blocks:
        if joined and (i, j) == (joined[-1][0] + joined[-1][2], joined[-1][1] + joined[-1][2]):
            joined[-1] = (*joined[-1][:2], joined[-1][2] + size)
        elif size:
            joined.append((i, j, size))
    return joined


def _align_core(a: list[str], b: list[str], effort: int, depth: int) -> list[Block]:
    places: dict[str, list[int]] = {}
    for j, key in enumerate(b):
        places.setdefault(key, []).append(j)
    if sum(len(places.get(key, ())) for key in a) <= effort:
        rows = _readable_cells(a, places)
        return _join((i, j, 1) for i, j in _best_path(a, b, rows))
    return _align_coarsely(a, b, effort, depth)


def _align_coarsely(a: list[str], b: list[str], effort: int, depth: int) -> list[Block]:
    """Around the tokens that both sides have once; without any, a plain longest common subsequence if that fits."""
    once_a, once_b = Counter(a), Counter(b)
    place = {key: j for j, key in enumerate(b) if once_b[key] == 1}
    unique = [(i, place[key]) for i, key in enumerate(a) if once_a[key] == 1 and key in place]
    if not unique or not depth:
        if len(a) * len(b) > BITS:
            return []
        return [(block.a, block.b, block.size) for block in Indel.editops(a, b).as_matching_blocks()]
    anchors = heaviest_chain([Match(i, i + 1, j, j + 1, 1.0) for i, j in unique])
    blocks: list[Block] = []
    i = j = 0
    for anchor in [*anchors, Match(len(a), len(a), len(b), len(b), 0.0)]:
        gap = _align(a[i : anchor.old_start], b[j : anchor.new_start], effort // len(anchors), depth - 1)
        blocks += ((i + x, j + y, size) for x, y, size in gap)
        blocks.append((anchor.old_start, anchor.new_start, anchor.old_end - anchor.old_start))
        i, j = anchor.old_end, anchor.new_end
    return blocks


def _readable_cells(a: list[str], places: dict[str, list[int]]) -> dict[int, list[int]]:
    """The pairs of equal tokens that lie in runs long enough to read: for each old place the new ones, ascending."""
    rows: dict[int, list[int]] = {}
    runs: dict[int, int] = {}  # new place of a run's last token -> old place of its first
    for i in range(len(a) + 1):
        js = places.get(a[i], ()) if i < len(a) else ()
        continued = {j: runs.pop(j - 1, i) for j in js}
        for last, start in runs.items():
            if i - start > 1 and _is_readable(a[start:i]):
                for k in range(start, i):
                    rows.setdefault(k, []).append(last - (i - 1 - k))
        runs = continued
    for js in rows.values():
        js.sort()
    return rows


class _Paths:
    """The best paths so far, by where they could be continued; a path is (worth, its last cell)."""

    def __init__(self, width: int) -> None:
        self.cells: list[tuple[int, int, int]] = []  # old place, new place, cell before
        self._anywhere = BestBefore(width, (float("-inf"), -1))
        self._columns: dict[int, tuple[float, int]] = {}  # of rows before the last
        self._row: list[tuple[int, tuple[float, int]]] = []
        self._row_at = -1

    def add_row(self, i: int, weight: float, js: Sequence[int]) -> Iterator[tuple[int, tuple[float, int]]]:
        """Continue paths to the cells (i, js), ascending; yields each cell's place and path."""
        if self._row_at != i - 1:
            self._leave_row()
        before, at = (float("-inf"), -1), 0
        row = []
        for j in js:
            while at < len(self._row) and self._row[at][0] < j - 1:
                before = max(before, self._row[at][1])
                at += 1
            straight = self._row[at][1] if at < len(self._row) and self._row[at][0] == j - 1 else None
            worth, last = self._arrive(i, j, before, straight)
            self.cells.append((i, j, last))
            row.append((j, (worth + weight, len(self.cells) - 1)))
        self._leave_row()
        for j, path in row:
            self._anywhere.put(j, path)
        self._row, self._row_at = row, i
        yield from row

    def _arrive(
        self, i: int, j: int, before: tuple[float, int], straight: tuple[float, int] | None
    ) -> tuple[float, int]:
        start = -(TEAR if not i or not j else TEAR_BOTH)
        worth, last = self._anywhere.get(j)
        best = max((start, -1), (worth - TEAR_BOTH, last), (before[0] - TEAR, before[1]))
        if j - 1 in self._columns:
            worth, last = self._columns[j - 1]
            best = max(best, (worth - TEAR, last))
        return max(best, straight) if straight else best

    def _leave_row(self) -> None:
        for j, path in self._row:
            if path > self._columns.get(j, (float("-inf"), -1)):
                self._columns[j] = path
        self._row = []


def _best_path(a: list[str], b: list[str], rows: dict[int, list[int]]) -> list[tuple[int, int]]:
    paths = _Paths(len(b))
    best = (-TEAR_BOTH, -1)
    for i in sorted(rows):
        for j, (worth, cell) in paths.add_row(i, _weigh(a[i]), rows[i]):
            end = TEAR if i == len(a) - 1 or j == len(b) - 1 else TEAR_BOTH
            best = max(best, (worth - end, cell))
    cell = best[1]
    path = []
    while cell >= 0:
        i, j, cell = paths.cells[cell]
        path.append((i, j))
    return path[::-1]


# ---------------------------------------------------------------------------------------------------------- edges


def _slide(old: Tokens, new: Tokens, blocks: list[Block]) -> list[Block]:
    """Move what only came or only went to where it reads best: a whole sentence, else a clause, else a phrase."""
    slid = list(blocks)
    for p in range(len(slid) - 1):
        (i, j, size), (next_i, next_j, next_size) = slid[p], slid[p + 1]
        if i + size == next_i:
            side, start, end = new, j + size, next_j
        elif j + size == next_j:
            side, start, end = old, i + size, next_i
        else:
            continue
        shifts = (
            ((i, j, size + by), (next_i + by, next_j + by, next_size - by), by)
            for by in sorted(
                _find_shifts(side.keys, start, end, (size, next_size)), key=_reading_order(side, start, end)
            )
        )
        best = next((s for s in shifts if _stands(s[0], old, new) and _stands(s[1], old, new)), None)
        if best:
            slid[p], slid[p + 1] = best[:2]
    return [block for block in slid if block[2]]


def _find_shifts(keys: Sequence[str], start: int, end: int, room: tuple[int, int]) -> range:
    """By how many tokens keys[start:end] can be shifted and leave the same text."""
    left = next(
        (k for k in range(min(room[0], SLIDE)) if keys[start - 1 - k] != keys[end - 1 - k]), min(room[0], SLIDE)
    )
    right = next((k for k in range(min(room[1], SLIDE)) if keys[start + k] != keys[end + k]), min(room[1], SLIDE))
    return range(-left, right + 1)


def _reading_order(side: Tokens, start: int, end: int) -> Callable[[int], tuple[int, bool, int]]:
    """A sort key: the shift that reads best first."""
    keys = side.keys

    def order(by: int) -> tuple[int, bool, int]:
        at = start + by
        opens_phrase = _is_particle(keys[at]) and not (at and _is_particle(keys[at - 1]))
        return -boundary(side, at) - boundary(side, end + by), not opens_phrase, abs(by)

    return order


def _is_particle(key: str) -> bool:
    """Such words open phrases in many languages: "of the", "und", "de la"."""
    return key.islower() and len(key) <= 3
