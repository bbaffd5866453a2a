"""Which runs of a page are the article: extraction's seeds, what stands among them, furniture subtracted."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, islice

from feedwatch.model import BlockKind, line_sha
from feedwatch.reading.address import by_chance, speaks_to_reader
from feedwatch.reading.furniture import Judge, is_note, line_reason
from feedwatch.reading.names import without_numbers
from feedwatch.reading.outline import TEXT_TAGS, Box, Outline, Run, is_caption, is_wrapper
from feedwatch.reading.strange import find_strange
from feedwatch.reading.wording import find_phrases

_PROBE = 20  # characters
_REGION = 0.75  # of the seeds stand in the article's region; the rest may have strayed
_CORE_SHARE, _CORE_CHARS = 0.1, 1000  # of the article's text are in paragraphs of one make: they are its own
_PROSE = 60  # characters: a line that reads like a paragraph
_DENSER = 1.5
_BY_PLACE = frozenset(("outside", "name", "buttons", "aside", "footer", "opens with author", "caption"))
CAPTION = 20  # characters: a shorter one is a credit
STRANGE = "about something else"
_KEPT = 0.6  # of the seeds must be left once furniture is subtracted


Make = tuple[str, ...]


@dataclass(slots=True)
class Selection:
    """`reasons`: for each run of the region and each seed why it is not article, "" where it is."""

    kept: list[Run] = field(default_factory=list)
    reasons: dict[int, str] = field(default_factory=dict)
    region: Box | None = None
    core: frozenset[int] = frozenset()  # made like the article's paragraphs, or standing directly among them
    flow: frozenset[Box] = frozenset()  # the boxes in which its paragraphs stand
    makes: frozenset[Make] = frozenset()
    furniture: dict[int, str] = field(default_factory=dict)  # judged by box
    common: frozenset[str] = frozenset()  # digests of lines that other articles carry, too


def find_seeds(outline: Outline, text: str) -> frozenset[int]:
    """The runs that an extractor's `text` holds. Compared without white space: extractors differ in it."""
    written = text.split("\n")
    bares = [_bare(line) for line in written]
    joined = "".join(bares)
    lines = {
        _bare(line.lstrip("- ")) if line[:1] in ("-", " ") else bare for line, bare in zip(written, bares, strict=True)
    }
    lines.update(_bare(cell) for line in written if "|" in line for cell in line.split("|"))
    found = set()
    for run in outline.runs:
        bare = run.text.replace(" ", "")  # it has no other white space
        if bare in lines or (len(bare) >= 25 and bare in joined) or (len(bare) >= 60 and _mostly_in(bare, joined)):
            found.add(run.index)
    return frozenset(found)


def _bare(text: str) -> str:
    return "".join(text.split())


def _mostly_in(bare: str, joined: str) -> bool:
    """An extractor may leave out a footnote or a hidden word inside a paragraph."""
    starts = range(0, len(bare) - _PROBE, _PROBE)
    found = len(starts)
    for start in starts:
        if bare[start : start + _PROBE] not in joined:
            found -= 1
            if found < 0.6 * len(starts):
                return False
    return True


def find_region(outline: Outline, seeds: Collection[int]) -> Box:
    """The smallest box that holds most of the seeds' text."""
    sums = [0, *accumulate(len(run.text) if run.index in seeds else 0 for run in outline.runs)]
    least = _REGION * sums[-1]
    region = outline.root
    while True:
        inner = next((box for box in region.boxes if sums[box.last] - sums[box.first] >= least), None)
        if inner is None:
            return region
        region = inner


def select(outline: Outline, seeds: frozenset[int], title: str, common: frozenset[str] = frozenset()) -> Selection:
    """The article's runs in document order."""
    if not seeds:
        return Selection()
    judge = Judge(outline, seeds, title)
    judge.judge(outline.root)
    sound = _corrected(outline, seeds - judge.reasons.keys(), judge.reasons) or seeds
    region = find_region(outline, sound)
    makes = _makes(outline, sound, judge.reasons)
    core, flow = find_core(outline, makes, judge.reasons)
    inside = [i for i in sound if region.first <= i < region.last]
    first, last = min(inside), max(inside)
    start = next((run.index for run in outline.runs[region.first : first] if run.text == title), first)
    strange = find_strange(outline, sound, core)
    reasons: dict[int, str] = {}
    for run in outline.runs:
        i = run.index
        if not (i in sound or i in seeds or region.first <= i < region.last):
            if (i > first and judge.reasons.get(i) != "comments" and is_note(run)) or run.text == title:
                reasons[i] = "title" if run.text == title else ""
            continue
        reason = judge.reasons.get(i) or line_reason(run, core=i in core)
        if not reason and run.text == title:
            reason = "title"
        if not reason and i not in sound:
            reason = _stray(run, core=i in core, between=start < i < last)
        if reason in _BY_PLACE and i > first and is_note(run):
            reason = ""
        if not reason and i in strange:
            reason = STRANGE
        if not reason and common and line_sha(run.text) in common:
            reason = "common"
        reasons[i] = reason
    reasons |= dict.fromkeys(_in_its_manner(outline, core, reasons, common), "")
    chosen = _guarded(Selection([], reasons, region, core, flow, makes, judge.reasons, common), outline, sound, title)
    missed = _missed(chosen)
    return select(outline, seeds | missed, title, common) if missed - seeds else chosen


def _in_its_manner(
    outline: Outline, core: frozenset[int], reasons: Mapping[int, str], common: frozenset[str]
) -> list[int]:
    """Paragraphs that seemed to call on the reader, of an article that speaks to the reader all along."""
    calls = [i for i in sorted(core) if reasons.get(i) == "wording"]
    mild = [i for i in calls if not find_phrases(outline.runs[i].text).strong]
    if not mild or sum(speaks_to_reader(outline.runs[i].text) for i in core) <= by_chance(len(core)):
        return []
    return [i for i in mild if line_sha(outline.runs[i].text) not in common]


def _missed(chosen: Selection) -> frozenset[int]:
    """Paragraphs between those that the extractor took which are most of the text, all made in another way: it took
    what stands around the article.
    """
    weights: Counter[Make] = Counter()
    for run in chosen.kept:
        weights[make_of(run)] += len(run.text)
    main = max(weights, key=lambda make: weights[make], default=None)
    if main is None or main in chosen.makes or 2 * weights[main] <= weights.total():
        return frozenset()
    return frozenset(run.index for run in chosen.kept if make_of(run) == main)


def _corrected(outline: Outline, seeds: frozenset[int], reasons: dict[int, str]) -> frozenset[int]:
    """The seeds, or the runs of the page's densest box where the extractor took something much smaller instead."""
    weights: dict[Box, int] = defaultdict(int)
    for run in outline.runs:
        if len(run.text) >= _PROSE and run.linked < 0.3 and run.index not in reasons:
            for distance, box in enumerate(_around(run.box), start=1):
                weights[box] += len(run.text) // distance
    if not weights:
        return seeds
    best = max(weights, key=lambda box: (weights[box], -box.first))
    dense = {run.index for run in outline.runs[best.first : best.last] if run.linked < 0.5 and run.index not in reasons}
    more = sum(len(outline.runs[i].text) for i in dense - seeds)
    had = sum(len(outline.runs[i].text) for i in seeds)
    return frozenset(dense | seeds) if more > _DENSER * had and more >= 1000 else seeds


def _around(box: Box) -> list[Box]:
    """The inmost two of the box and the four that it stands in that are none of text."""
    found: list[Box] = []
    outer: Box | None = box
    for _ in range(5):
        if outer is None or len(found) == 2:
            break
        if outer.tag not in TEXT_TAGS:
            found.append(outer)
        outer = outer.parent
    return found


def _makes(outline: Outline, seeds: frozenset[int], reasons: dict[int, str]) -> frozenset[Make]:
    """How the article's paragraphs are made: the makes that hold a share of its text. Tables take nothing of theirs."""
    weights: Counter[Make] = Counter()
    tables: Counter[Make] = Counter()
    for run in (outline.runs[i] for i in seeds if i not in reasons):
        (tables if run.box.tag == "tr" else weights)[make_of(run)] += len(run.text)
    found: set[Make] = set()
    for some, total in ((weights, weights.total()), (tables, weights.total() + tables.total())):
        least = min(_CORE_CHARS, _CORE_SHARE * total)
        found.update(make for make, weight in some.items() if weight >= least)
    return frozenset(found)


def find_core(
    outline: Outline, makes: frozenset[Make], furniture: dict[int, str]
) -> tuple[frozenset[int], frozenset[Box]]:
    """Core and flow. To the core belong also the lists, headings and quotes that stand directly among paragraphs, or
    among boxes of which each holds one.
    """
    sound = [run for run in outline.runs if run.index not in furniture]
    kin = _kin(makes)
    paragraphs = [run for run in sound if make_of(run) in makes or _is_kin(run.box, kin)]
    flow = {box for run in paragraphs if (box := _flow_of(run)) is not None}
    around = Counter(_outermost(box).parent for box in flow if box.last - box.first == 1)
    wrapping = {box for box, wrapped in around.items() if box is not None and wrapped > 1}
    wrapping -= flow  # a box among bare paragraphs is one of another make
    flow |= wrapping
    found = {run.index for run in paragraphs}
    found |= {run.index for run in sound if run.kind is not BlockKind.PARAGRAPH and _stands_among(run, flow, wrapping)}
    return frozenset(found), frozenset(flow)


def _outermost(box: Box) -> Box:
    """The largest box around it with nothing more in it."""
    while box.parent is not None and (box.parent.first, box.parent.last) == (box.first, box.last):
        box = box.parent
    return box


def _stands_among(run: Run, flow: set[Box], wrapping: set[Box]) -> bool:
    """Whether it stands in one of `flow`, or as the paragraphs do: in a wrapper of nothing but this heading or list."""
    box = _stands_in(run)
    if box is None or box in flow:
        return box is not None
    is_alone = run.kind is BlockKind.HEADING and box.last - box.first == 1
    return (is_alone or is_wrapper(box)) and _outermost(box).parent in wrapping


def _flow_of(run: Run) -> Box | None:
    """The box in which a paragraph stands: its element itself where that holds several, with line breaks between."""
    if run.box.tag in TEXT_TAGS:
        return _stands_in(run)
    alone = run.box.last - run.box.first == 1
    return run.box.parent if alone else run.box


def _kin(makes: frozenset[Make]) -> dict[Make, set[str]]:
    """Paragraphs of a named box -> their own names. The same box standing elsewhere holds the article, too."""
    kin: dict[Make, set[str]] = {}
    for tag, names, outer_tag, outer_names in (make[:4] for make in makes if len(make) > 3):
        if tag == "p" and outer_names:
            kin.setdefault((tag, outer_tag, outer_names), set()).update(names.split() or [""])
    return kin


def _is_kin(box: Box, kin: dict[Make, set[str]]) -> bool:
    """Its names are theirs, or it has one of theirs: the first and the last paragraph often have a name more."""
    if box.tag != "p" or box.parent is None:
        return False
    names = kin.get((box.tag, box.parent.tag, without_numbers(box.parent.names)))
    return names is not None and not names.isdisjoint(without_numbers(box.names).split() or [""])


def make_of(run: Run) -> Make:
    """How a run is made: elements and names of its box and the two around it."""
    make = run.box.make
    if not make:
        found: list[str] = []
        for box in islice(run.box.chain(), 3):
            found += (box.tag, without_numbers(box.names))
        make = run.box.make = tuple(found)
    return make


def place_of(selection: Selection) -> str:
    """A digest of where the article stands: how its paragraphs are made, and the boxes around them. "" without one."""
    if selection.region is None:
        return ""
    around = [(box.tag, without_numbers(box.names)) for box in selection.region.chain()]
    return hashlib.sha256(repr((around, sorted(selection.makes))).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _stands_in(run: Run) -> Box | None:
    """The box around the list, table, quote or heading that a run is of."""
    box: Box | None = run.box
    while box is not None and box.tag in TEXT_TAGS:
        box = box.parent
    return box


def _stray(run: Run, *, core: bool, between: bool) -> str:
    """Why a run that extraction left out stays out, or "". `between`: the first and the last run that it took."""
    if run.linked > 0.5:
        return "linked"
    if any(is_caption(box) for box in islice(run.box.chain(), 4)):
        return "" if len(run.text) >= CAPTION else "caption"
    return "" if core or between or run.kind is BlockKind.QUOTE else "outside"


def _guarded(selection: Selection, outline: Outline, seeds: frozenset[int], title: str) -> Selection:
    """What would take too much of the extracted text is not taken."""
    total = sum(len(outline.runs[i].text) for i in seeds if selection.reasons[i] != "comments")
    left = sum(len(outline.runs[i].text) for i in seeds if not selection.reasons[i])
    if left < _KEPT * total and left < 1500:
        selection.reasons = {i: "title" if outline.runs[i].text == title else "" for i in seeds}
    selection.kept = [outline.runs[i] for i in sorted(selection.reasons) if not selection.reasons[i]]
    return selection
