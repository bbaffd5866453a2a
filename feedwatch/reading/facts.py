"""Figures and short answers beside what they are of: lists of facts, big numbers, timelines, questions that fold out.

What makes a line a fact is that it stands in a row of its like, each with a label of its own. A count, a price, a vote
change alone, under a name of their own, or all at once; who corrects a fact leaves the others as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from feedwatch.reading.address import speaks_to_reader
from feedwatch.reading.article import STRANGE
from feedwatch.reading.doubt import in_nothing_certain, is_date
from feedwatch.reading.names import without_numbers
from feedwatch.reading.outline import SEMANTIC, SENTENCE_END, Box, Run
from feedwatch.reading.sequences import words
from feedwatch.reading.stamps import is_dateline, is_stamp, stamp_words, tells_age
from feedwatch.reading.wording import find_phrases, heading_matter, tells_of_change

if TYPE_CHECKING:
    from feedwatch.reading.side import Side

At = tuple["Side", Run]

_ROW = 2  # items
_ITEM = 4  # lines of one
_LARGEST = 100  # lines of a box around a row
_LEVELS = 4  # boxes around a line in which its row is looked for
_LONGEST = 160  # characters
_LONGEST_LABEL = 120
_LONGEST_KICKER = 60
_PAIR = 2  # lines: a name, and what it is the name of
_LABELLED = 2  # words of a label that need not be known
_SPOKEN = 6  # words that a number alone in its box is told with
_SENTENCE = 40  # characters
_NO_ITEMS = frozenset(("p", "td", "tr", "h1", "h2", "h3", "h4", "h5", "h6"))
_BOLD = frozenset(("b", "strong"))
_NUMBER_FIRST = re.compile(r"\W{0,3}\d")


def is_fact(old: At, new: At) -> bool:
    """Of one line changed: whether it is a fact with the same label, and its row stays."""
    was, item = find_item(*old), find_item(*new)
    if was is None or item is None:
        return False
    before, label = ([run.text for run in label_of(*at)] for at in ((*old, was), (*new, item)))
    return before == label and _row_stays(*old, was) and _row_stays(*new, item)


def _row_stays(side: Side, run: Run, item: Box) -> bool:
    """Half of it; and of a box of its own all but this line."""
    own, row = _own_box_of_row(side, run, item), item.parent
    return (own is None or side.changed(own) == 1) and row is not None and side.half_stays(row)


def may_be_fact(side: Side, run: Run) -> bool:
    """Whether it may be told as one beside a page where its row stays, whatever is known of the article."""
    return _find_item(side, run) is not None


def find_item(side: Side, run: Run) -> Box | None:
    """The item of a row of facts that a line is of, where the row is of the article's matters."""
    item = _find_item(side, run)
    if item is None:
        return None
    own = _own_box_of_row(side, run, item)
    if own is not None and (own.last - own.first > _LARGEST or not side.has_its_matters(own)):
        return None
    is_named = item.tag == "dd" or item.last - item.first > 1
    return item if is_named or side.selection.reasons.get(run.index) != STRANGE else None


def _find_item(side: Side, run: Run) -> Box | None:
    if len(run.text) > _LONGEST or not in_nothing_certain(side, run):  # of most lines, and soon told
        return None
    around = (box for box in islice(run.box.chain(), _LEVELS) if box.tag not in _NO_ITEMS)
    item = next((box for box in around if _is_in_row(side, box)), None)
    if item is None or item.last - item.first > _ITEM or item.link_chars or item.fields or item.buttons:
        return None
    if tells_age(run.text):
        return None
    in_list = item.tag == "dd" or (item.parent is not None and item.parent.tag == "dl")
    if not in_list and not stands_inside(side, run):
        return None
    label = label_of(side, run, item)
    if not label and is_stamp(run.text):
        return None
    told = label or [run]
    is_label = _is_label(" ".join(each.text for each in told))
    return item if is_label and ((in_list and label) or _is_told(side, told)) else None


def _own_box_of_row(side: Side, run: Run, item: Box) -> Box | None:
    """The box around its row that has nothing of the article in it, nor its headline."""
    own, row = side.own_box(run), item.parent
    if own is None or row is None or row.last > own.last or own.first <= side.start < own.last:
        return None
    return own


def _is_in_row(side: Side, box: Box) -> bool:
    """Whether what it stands in holds several boxes like it, and hardly any other."""
    around = box.parent
    if around is None:
        return False
    if around not in side.alike:
        boxes = [each for each in around.boxes if each.first < each.last and each.tag != "dt"]  # a term has no row
        alike = Counter((each.tag, without_numbers(each.names)) for each in boxes)
        most = max(alike, key=lambda made: alike[made], default=None)
        of_row = most is not None and alike[most] >= _ROW and 2 * alike[most] >= alike.total()
        side.alike[around] = {made for made in alike if (of_row and made == most) or made[0] == "details"}
    return (box.tag, without_numbers(box.names)) in side.alike[around]


def label_of(side: Side, run: Run, item: Box) -> list[Run]:
    """The lines that say what a line of a row is of: those beside it, or the term before a description."""
    if item.tag == "dd":
        before = (side.runs[i] for i in range(run.index - 1, max(-1, run.index - _ITEM), -1))
        term = next((each for each in before if each.box.tag != "dd"), None)
        return [term] if term is not None and term.box.tag == "dt" else []
    return [other for other in side.inside(item) if other is not run]


def _is_label(text: str) -> bool:
    """Whether it names something other than a time, a count of readers or another matter of the page."""
    if len(text) > _LONGEST_LABEL or heading_matter(text) or tells_of_change(text) or find_phrases(text).strong:
        return False
    return any(not token[0].isdigit() and token not in stamp_words() for token in words(text))


def _is_told(side: Side, label: list[Run]) -> bool:
    """Whether a label has words enough to say what it is of, or one that the article has, too."""
    named = [token for run in label for token in words(run.text) if not token[0].isdigit()]
    return len(named) >= _LABELLED or any(side.shared_words(run)[0] for run in label)


def stands_inside(side: Side, run: Run) -> bool:
    """Whether it stands after the headline, or was taken for article, and before the article's last paragraph."""
    taken = side.selection.reasons.get(run.index) == ""
    return run.index < side.bounds[1] and (taken or side.start <= run.index)


# ---------------------------------------------------------------------------------------------------------- alone


def is_number_told(side: Side, run: Run) -> bool:
    """Whether it is a figure of the article's that stands alone: a big number with what it counts, one with its name
    in bold letters, one in a sentence under the headline, or a date with its name.
    """
    if len(run.text) > 2 * _LONGEST or not in_nothing_certain(side, run) or tells_age(run.text):
        return False
    if tells_of_change(run.text):
        return False
    if is_stamp(run.text) or not stands_inside(side, run):
        return _is_dated(side, run)
    return _is_big_number(side, run) or _is_named_in_bold(run) or _is_lead(side, run)


def is_kicker(side: Side, run: Run) -> bool:
    """Whether it is the label that stands right above the headline, in one box with it."""
    at = run.index + 1
    if side.selection.reasons.get(at) != "title" or len(run.text) > _LONGEST_KICKER or run.link_chars:
        return False
    around = side.runs[at].box.parent
    if run.box is not around and run.box.parent is not around:
        return False
    if is_stamp(run.text) or is_dateline(run.text) or speaks_to_reader(run.text):
        return False
    return in_nothing_certain(side, run)


def _is_dated(side: Side, run: Run) -> bool:
    """A date alone, in a box with its name: of what the article tells, since those of the page are named as such."""
    if not is_date(run.text):
        return False
    item = run.box if run.box.last - run.box.first > 1 else run.box.parent
    if item is None or item.last - item.first != _PAIR or item.first == run.index or not side.is_near(run):
        return False
    return _is_label(side.runs[item.first].text)


def _is_big_number(side: Side, run: Run) -> bool:
    box = run.box
    if box.tag in SEMANTIC or box.last - box.first != 1 or not side.stands_between(run):
        return False
    first = next(iter(box.element), None)
    alone = first is not None and not (box.element.text or "").strip() and not any(map(str.isalpha, _text(first)))
    return alone and _NUMBER_FIRST.match(run.text) is not None and len(words(run.text)) > _SPOKEN


def _text(element: object) -> str:
    return str(element.text_content()) if hasattr(element, "text_content") else ""


def _is_named_in_bold(run: Run) -> bool:
    first = next(iter(run.box.element), None)
    if first is None or first.tag not in _BOLD or (run.box.element.text or "").strip():
        return False
    name, after = _text(first), first.tail or ""
    return _NUMBER_FIRST.match(after) is not None and not any(map(str.isdigit, name)) and _is_label(name)


def _is_lead(side: Side, run: Run) -> bool:
    """A sentence between the headline and the first paragraph, on the same matters."""
    if len(run.text) < _SENTENCE or not run.text.endswith(SENTENCE_END) or run.text.endswith(")"):
        return False
    if speaks_to_reader(run.text) or is_dateline(run.text):
        return False
    own = side.speaks_of_article(run) or side.names_what_article_names(run, others=1)
    return own and side.start <= run.index < side.bounds[0]
