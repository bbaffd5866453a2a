"""Figures and short answers beside what they are of: lists of facts, big numbers, timelines, questions that fold out.

What makes a line a fact is that it stands in a row of its like, each with a label of its own. A count, a price, a vote
change alone, under a name of their own, or all at once; who corrects a fact leaves the others as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from feedwatch.model import BlockKind
from feedwatch.reading.address import speaks_to_reader
from feedwatch.reading.article import STRANGE
from feedwatch.reading.doubt import in_nothing_certain, is_date, is_day
from feedwatch.reading.names import Mark, read_names, without_numbers
from feedwatch.reading.outline import SEMANTIC, SENTENCE_END, Box, Run, is_caption
from feedwatch.reading.sequences import has_cjk, words, words_and_figures
from feedwatch.reading.stamps import is_dateline, is_stamp, stamp_words, tells_age
from feedwatch.reading.standfirst import is_named_standfirst
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
_OF_BOX = 20  # lines
_FEW, _SEVERAL, _FEWEST = 3, 4, 2  # words around a figure; the last where they are not spaced
_PARTED = re.compile(r"\s[·•|‧∙]\s")
_ASKING = frozenset("?？؟")
_NAMED_BY_COLON = re.compile(r"[^\W\d_][^:：]{2,40}[:：]\s*\W?\d")
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
    content = is_named_content(run)
    if not in_list and not content and not stands_inside(side, run):
        return None
    label = label_of(side, run, item)
    if not label and is_stamp(run.text):
        return None
    told = label or [run]
    is_label = _is_label(" ".join(each.text for each in told))
    return item if is_label and ((in_list and label) or content or _is_told(side, told)) else None


def is_named_content(run: Run) -> bool:
    """Whether it stands in what is named as a part of an article, as a box of facts beside it is."""
    return any(read_names(box.names, box.ident) is Mark.CONTENT for box in islice(run.box.chain(), _LEVELS))


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
        made_so = [(each.tag, without_numbers(each.names)) for each in boxes]
        alike = Counter(made_so)
        most = max(alike, key=lambda made: alike[made], default=None)
        of_row = most is not None and alike[most] >= _ROW and 2 * alike[most] >= alike.total()
        named = {made for made, after in pairwise(made_so) if made == after and made[1]}  # also between headings
        side.alike[around] = named | {made for made in alike if (of_row and made == most) or made[0] == "details"}
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
    if any(_NAMED_BY_COLON.match(run.text) for run in label):
        return True
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
    if _is_footnote(side, run):
        return True
    if is_stamp(run.text) or not stands_inside(side, run):
        return _is_dated(side, run)
    return (
        _is_big_number(side, run)
        or _is_named_in_bold(run)
        or _is_lead(side, run)
        or _is_under_headline(side, run)
        or _is_in_sentence(side, run)
    )


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
    """A date alone: a heading among the paragraphs, or in a box with its name. Those of the page are named as such."""
    if run.kind is BlockKind.HEADING:
        return stands_inside(side, run) and side.own_box(run) in (None, run.box) and is_day(run.text)
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


def _is_under_headline(side: Side, run: Run) -> bool:
    """The line right under the headline, or one before the first paragraph that is named as what sums it up."""
    start = side.start
    if not start < run.index < _first_paragraph(side) or run.link_chars or speaks_to_reader(run.text):
        return False
    return (run.index == start + 1 or is_named_standfirst(run, before=_first_paragraph(side))) and _has_figure_inside(
        run.text, _FEW
    )


def _is_in_sentence(side: Side, run: Run) -> bool:
    """A sentence, an item or a caption from the headline on, in a box without links or buttons, on the article's
    matters.
    """
    captions = is_caption(run.box)
    is_told = captions or run.kind is BlockKind.ITEM or run.text.endswith(SENTENCE_END)
    if run.link_chars or not is_told or speaks_to_reader(run.text):
        return False
    own = side.own_box(run) or run.box
    if own.links or own.fields or own.buttons or side.changed(own) > 1 or own.last - own.first > _OF_BOX:
        return False
    if not _has_figure_inside(run.text, _SEVERAL):
        first = side.runs[own.first]
        in_box = first is not run and run.text.endswith(SENTENCE_END) and len(words(run.text)) >= _SPOKEN
        return in_box and side.shared_words(first)[0] > 0
    beside = side.inside(own)[1:]  # without what heads it
    return captions or side.has_word_like(run) or any(side.shared_words(line)[0] for line in beside)


def _is_footnote(side: Side, run: Run) -> bool:
    """Whether nothing but a number or a sign is linked in its box, and leads to a place on the page."""
    own = side.own_box(run)
    if own is None or run.link_chars or not own.links or own.last - own.first > _PAIR:
        return False
    links = list(own.element.iter("a"))
    return all((link.get("href") or "").startswith("#") and not any(map(str.isalpha, _text(link))) for link in links)


def _first_paragraph(side: Side) -> int:
    if side.opening is None:
        paragraphs = (i for i in side.selection.core if side.runs[i].kind is BlockKind.PARAGRAPH and i > side.start)
        side.opening = min(paragraphs, default=side.bounds[1])
    return side.opening


def _has_figure_inside(text: str, least: int) -> bool:
    """Whether words stand before and after its figures, and so many at the least: a count ends a line or begins it."""
    spoken = words_and_figures(text)
    if not any(token[0].isdigit() for token in spoken[1:-1]) or spoken[0][0].isdigit() or spoken[-1] in stamp_words():
        return False
    if _PARTED.search(text) is not None or not _ASKING.isdisjoint(text):
        return False
    other = sum(1 for token in spoken if not token[0].isdigit() and token not in stamp_words())
    return other >= (_FEWEST if has_cjk(text) else least)
