"""What changes on a page by itself, and what does not though it looks so: boxes filled anew, players, tables, links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedwatch.model import BlockKind
from feedwatch.reading.article import make_of
from feedwatch.reading.outline import TEXT_TAGS, Box, Run, is_row
from feedwatch.reading.sequences import words, words_and_figures
from feedwatch.reading.signposts import is_counting

if TYPE_CHECKING:
    from feedwatch.reading.side import Side

_LINES = 2
_LINKED = 0.9
_TICKING = 3  # figures
_NAMED = 6  # words: a link with a count beside it has fewer
_WORD = re.compile(r"[^\W_]+")
_RUNNING_TIME = re.compile(r"(?:\d{1,2}:)?\d{1,2}:\d{2}")


def is_all_other(side: Side, run: Run) -> bool:
    """Whether it stands, beside the article, in a box of several lines of which none stayed, or none made like it."""
    box = side.own_box(run)
    if box is None or box.parent is None or box.tag in TEXT_TAGS or box.tag == "figure":
        return False
    chosen, inside = side.selection, side.inside(box)
    if any(each.index in chosen.core or chosen.reasons.get(each.index) == "title" for each in inside):
        return False
    made = make_of(run)
    return any(
        len(lines) >= _LINES and not any(line.index in side.matched for line in lines)
        for lines in (inside, [each for each in inside if make_of(each) == made])
    )


def is_renamed(old: tuple[Side, Run], new: tuple[Side, Run]) -> bool:
    """Whether nothing but names and figures changed, in boxes with something to press: who writes, who answers, who is
    on the air. None of the names is the article's, or without one the boxes are about something else.
    """
    names, others = (set(_WORD.findall(run.text)) for _, run in (old, new))
    gone, come = names - others, others - names
    if not (gone and come) or not all(word[0].isupper() or word[0].isdigit() for word in gone | come):
        return False
    named = {word.casefold() for word in gone | come if not word[0].isdigit()}
    return all(_acts_on_its_own(*at, named) for at in (old, new))


def _acts_on_its_own(side: Side, run: Run, named: set[str]) -> bool:
    box = side.own_box(run)
    if box is None or box.parent is None or box.tag in TEXT_TAGS or box.tag == "figure":
        return False
    if not (box.buttons or box.fields or (box.link_chars and _leads_away(box))) or side.holds_title(box):
        return False
    return not (side.has_words_of(named) if named else side.has_its_matters(box))


def _leads_away(box: Box) -> bool:
    """Whether one of its links leads to more than another place on the page, as a footnote's does."""
    return any(not (link.get("href") or "").startswith("#") for link in box.element.iter("a"))


def is_measured_anew(old: str, new: str) -> bool:
    """Whether both have figures, none of which stayed, and do not end in one, as "Part 2" does."""
    left, right = set(_figures(old)), set(_figures(new))
    return bool(left and right) and left.isdisjoint(right) and not (old[-1].isdigit() and new[-1].isdigit())


def changes_several_figures(old: str, new: str) -> bool:
    """What ticks changes them all at once; who corrects a line, one or two."""
    figures = zip(_figures(old), _figures(new), strict=False)
    return sum(before != after for before, after in figures) >= _TICKING


def _figures(text: str) -> list[str]:
    return [token for token in words_and_figures(text) if token[0].isdigit()]


def is_title_of_player(side: Side, run: Run) -> bool:
    """Whether it captions something with a button and a running time, or a link to so many pictures: what plays or
    stands there changes by itself.
    """
    figure = next((box for box in run.box.chain() if box.tag == "figure"), None)
    if figure is None or not figure.buttons:
        return figure is not None and _ends_in_count(run)
    return any(_RUNNING_TIME.fullmatch(other.text) for other in side.inside(figure))


def _ends_in_count(run: Run) -> bool:
    if not run.link_chars or run.box.last - run.box.first > 1:
        return False
    links = list(run.box.element.iter("a"))  # none where the picture's link is around both
    text = " ".join(links[-1].text_content().split()) if links else run.text
    return run.text.endswith(text) and len(text) < len(run.text) and is_counting(text)


def is_row_of_table(side: Side, run: Run) -> bool:
    """Whether it is a row of a table among the article's paragraphs of which half stays: of live figures none does."""
    if run.index in side.rows:
        return True
    if not is_row(run) or run.index in side.selection.furniture or not side.stands_in_flow(run.box):
        return False
    table = next((box for box in run.box.chain() if box.tag == "table"), run.box)
    return side.half_stays(table)


def is_renumbered(old: tuple[Side, Run], new: tuple[Side, Run]) -> bool:
    """Of two items in which nothing but figures changed: whether it is the number of what both lead to."""
    (_, before), (_, after) = old, new
    if not (may_be_renumbered(*old) and may_be_renumbered(*new)) or _addresses(before) != _addresses(after):
        return False
    one, other = words(before.text), words(after.text)
    changed = [at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right]
    return len(one) == len(other) and len(changed) == 1 and 0 < changed[0] < len(one) - 1


def may_be_renumbered(side: Side, run: Run) -> bool:
    """Whether it is a link of many words in a list among the article's paragraphs of which half stays."""
    box = run.box.parent
    if run.kind is not BlockKind.ITEM or run.linked < _LINKED or box is None or not side.stands_in_flow(run.box):
        return False
    return side.half_stays(box) and len(words(run.text)) >= _NAMED


def _addresses(run: Run) -> list[str | None]:
    return [link.get("href") for link in run.box.element.iter("a")]
