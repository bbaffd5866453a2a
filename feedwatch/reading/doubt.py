"""Lines that neither page takes for the article, and whose change is told all the same: in doubt it is.

Furniture is another one as a whole: a box comes or goes, or is filled anew. Where a few words of a sentence changed and
the rest stayed, or one line came into a box that stays, somebody edited this page: a note on the author, a caption, a
summary. What the source's other articles carry too is never one of these, nor is what calls on the reader.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from rapidfuzz.distance import LCSseq

from feedwatch.model import BlockKind, line_sha
from feedwatch.months import MONTHS
from feedwatch.reading.article import CAPTION, make_of
from feedwatch.reading.changing import is_title_of_player
from feedwatch.reading.names import Mark, read_names
from feedwatch.reading.outline import SENTENCE_END, Run, is_caption
from feedwatch.reading.sequences import units, words
from feedwatch.reading.side import Side
from feedwatch.reading.stamps import stamp_words, tells_age, without_ages
from feedwatch.reading.voice import is_call, reads_like_article
from feedwatch.reading.wording import find_phrases, heading_matter, tells_of_change

At = tuple[Side, Run]

STAY = 5  # words of a sentence, and so much of the shorter one
_STAYS = 0.6
_LINKED = 0.5
_LONG = 160  # characters
_ONE_FIGURE = 2  # the old one and the new one
_STEM = 3  # letters
_SENTENCE = 40  # characters
_BESIDE = 8  # lines
_LISTED = frozenset(("li", "dd", "dt", "tr"))
_MONTH = "|".join(MONTHS)
_DATE = re.compile(
    r"(?:\b\d{1,2}\.?\s+)?(?:de\s+)?\b[^\W\d_]+[.,]?\s+(?:de\s+)?(?:\d{1,2},\s+)?\d{4}\b"
    r"|\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b"
    rf"|\b\d{{1,2}}(?:\.|er|st|nd|rd|th)?\s+(?:de\s+|of\s+)?(?:{_MONTH})\b|\b(?:{_MONTH})\s+\d{{1,2}}\b(?![:.]\d)",
    re.IGNORECASE,
)
_NUMBER_TO_CALL = re.compile(r"(?:\+\d|(?<!\d)0\d)[\d ()/-]{5,}\d")
_CLOCK = re.compile(r"(?<![\w.,])\d{1,2}[:.h]\d{2}(?![\w.,])")
_GLUED = re.compile(r"[^\W\d_]{3,}\d+")
# Furniture by the box alone. What is a list of links, a form, a thread, or hidden stays furniture.
_DOUBTFUL = frozenset((None, "aside", "name", "buttons", "opens with author"))


def is_reworded(old: At, new: At) -> bool:
    """Whether some words of a sentence changed: not links alone, and not what a clock or a count changes."""
    left, right = (units(run.text) for _, run in (old, new))
    if LCSseq.similarity(left, right) < words_that_stay(len(left), len(right)):
        return False
    other = set(left) ^ set(right)
    if any(map(is_figure, other)):
        if is_count(len(other), short=is_short(new[1])):
            return False
    elif only_volatile(left, right):
        return False
    if only_links_changed(old[1], new[1]):
        return False
    return all(_may_be_article(*at) for at in (old, new))


def words_that_stay(left: int, right: int, least: int = STAY) -> float:
    """In how many words, at the least, two lines of so many words agree that are one line reworded."""
    return max(least, _STAYS * min(left, right))


def is_count(other: int, *, short: bool) -> bool:
    """Of a line in which a figure changed, and `other` words in all: counts, offers, clocks stand in shorter lines,
    tickers change more than one figure.
    """
    return short or other > _ONE_FIGURE


def is_short(run: Run) -> bool:
    return len(run.text) < _LONG


def is_redated(old: At, new: At) -> bool:
    """Whether nothing but a date changed, and it is not that of an update; or nothing but a number to call."""
    if not any(_changed_alone(what, old[1].text, new[1].text) for what in (_DATE, _NUMBER_TO_CALL)):
        return False
    if only_links_changed(old[1], new[1]):
        return False
    return all(_may_be_article(*at) and not tells_of_change(at[1].text) for at in (old, new))


def may_be_redated(side: Side, run: Run) -> bool:
    """Whether a line that nobody took for the article is told of where nothing but its date changes."""
    if not is_sentence(run) or not side.stands_between(run) or not _may_be_article(side, run):
        return False
    return _DATE.search(run.text) is not None or _NUMBER_TO_CALL.search(run.text) is not None


def may_be_called(side: Side, run: Run) -> bool:
    """Whether a line that may be taken for the article has a number to call."""
    return has_number_to_call(run.text) and _may_be_article(side, run)


def has_number_to_call(text: str) -> bool:
    return _NUMBER_TO_CALL.search(text) is not None


def _changed_alone(what: re.Pattern[str], old: str, new: str) -> bool:
    bare = what.sub("", old)
    return bare != old and bare == what.sub("", new)


def is_retimed(old: At, new: At) -> bool:
    """Whether nothing but an age changed in what is no sentence, or the time in what says when it was updated."""
    if any(run.text.endswith(SENTENCE_END) for _, run in (old, new)):
        return False
    if all(tells_age(run.text) for _, run in (old, new)):
        return without_ages(old[1].text) == without_ages(new[1].text)
    if not all(tells_of_change(run.text) and not side.is_note_of_article(run) for side, run in (old, new)):
        return False
    return _changed_alone(_CLOCK, old[1].text, new[1].text)


def is_date(text: str) -> bool:
    """Whether a line is a date and nothing else."""
    return _DATE.fullmatch(text) is not None


def is_day(text: str) -> bool:
    """Whether it names a day, and no time of day."""
    return _DATE.search(text) is not None and _CLOCK.search(text) is None


def is_put_in(side: Side, run: Run) -> bool:
    """Whether a line that only this page has was put into what both have, or taken out of it."""
    box = run.box
    if box.parent is None or box.last - box.first != 1 or not _may_be_article(side, run):
        return False
    if is_title_of_player(side, run):
        return False
    made = make_of(run)
    captions = is_caption(box) and len(run.text) >= CAPTION and side.start < run.index < side.bounds[1]
    if captions or (any(made[1::2]) and made in side.makes()) or _joins_its_kind(side, run) or _is_deck(side, run):
        return reads_like_article(side, run, core=True)
    if box.tag not in ("p", "blockquote") or side.own_box(run) is box or not is_sentence(run):
        return False
    beside = side.runs[max(box.parent.first, run.index - _BESIDE) : min(box.parent.last, run.index + _BESIDE + 1)]
    stays = any(other is not run and other.index in side.matched and is_sentence(other) for other in beside)
    return stays and reads_like_article(side, run, core=False)


def is_sentence(run: Run) -> bool:
    return len(run.text) >= _SENTENCE and run.linked < _LINKED and run.text.endswith(SENTENCE_END)


def _joins_its_kind(side: Side, run: Run) -> bool:
    """Whether the line before or after it stayed, and is named like it. A list beside the article grows by itself."""
    box = run.box
    if box.tag in _LISTED:
        return False
    beside = (side.runs[i] for i in (run.index - 1, run.index + 1) if i in side.matched)
    return any(
        other.box.parent is box.parent
        and other.box.tag == box.tag
        and other.box.last - other.box.first == 1
        and _share_names(box.names, other.box.names)
        for other in beside
    )


def _is_deck(side: Side, run: Run) -> bool:
    """Whether it is a heading in the very box of the headline, after it."""
    if run.kind is not BlockKind.HEADING or run.link_chars or len(run.text) < CAPTION:
        return False
    reasons = side.selection.reasons
    beside = side.runs[max(0, run.index - _BESIDE) : run.index]
    return any(reasons.get(other.index) == "title" and other.box.parent is run.box.parent for other in beside)


def _share_names(one: str, other: str) -> bool:
    left, right = set(one.split()), set(other.split())
    return bool(left and right) and (left <= right or right <= left)


def _may_be_article(side: Side, run: Run) -> bool:
    """Whether it stands near the article, in nothing that is furniture for certain, and calls on nobody."""
    return side.is_near(run) and in_nothing_certain(side, run)


def in_nothing_certain(side: Side, run: Run) -> bool:
    """Whether nothing that it stands in or says makes it furniture for certain."""
    if run.index not in side.uncertain:
        side.uncertain[run.index] = _in_nothing_certain(side, run)
    return side.uncertain[run.index]


def _in_nothing_certain(side: Side, run: Run) -> bool:
    chosen = side.selection
    if chosen.furniture.get(run.index) not in _DOUBTFUL or run.linked >= _LINKED or _is_named_furniture(side, run):
        return False
    if heading_matter(run.text) or (chosen.common and line_sha(run.text) in chosen.common):
        return False
    phrases = find_phrases(run.text)
    return not (phrases.strong or (phrases.weak and phrases.addressed) or is_call(side, run))


def _is_named_furniture(side: Side, run: Run) -> bool:
    """Whether its own box, or one in that around it, is named as furniture for certain."""
    if run.box not in side.strong:
        own = side.own_box(run)
        inner = takewhile(lambda box: box is not own.parent, run.box.chain()) if own is not None else ()
        side.strong[run.box] = any(read_names(box.names, box.ident) is Mark.STRONG for box in inner)
    return side.strong[run.box]


# ---------------------------------------------------------------------------------------------------------- words


def is_figure(token: str) -> bool:
    """Also one that has no space before it, as spans may have: "ago486". What has a letter or two is a name: "v8"."""
    return token[0].isdigit() or _GLUED.fullmatch(token) is not None


def only_volatile(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether nothing but figures, days, months and their like differs, or the endings that go with other figures."""
    gone, come = set(left) - set(right), set(right) - set(left)
    other = gone | come
    rest = {token for token in other if not is_figure(token) and token not in stamp_words()}
    if not rest:
        return bool(other)
    begin = [{token[:_STEM] for token in rest & some} for some in (gone, come)]
    return len(rest) < len(other) and begin[0] == begin[1]


def only_links_changed(old: Run, new: Run) -> bool:
    left, right = words(old.text), words(new.text)
    gone, come = set(left) - set(right), set(right) - set(left)
    if not gone and not come:
        return False
    return gone <= _linked_words(old) and come <= _linked_words(new)


def _linked_words(run: Run) -> set[str]:
    links = (link for link in run.box.element.iter("a") if not (link.get("href") or "").startswith("tel:"))
    return {word for link in links for word in words(link.text_content())}
