"""Whether a line reads like the article's: a sentence that calls on nobody and speaks of the article's matters."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from feedwatch.model import BlockKind
from feedwatch.reading.address import asks_for_news, calls_on_reader, speaks_of_itself, speaks_to_reader
from feedwatch.reading.outline import SENTENCE_END, Run, is_caption
from feedwatch.reading.sequences import UNSPACED
from feedwatch.reading.signposts import ends_in_call, is_signpost
from feedwatch.reading.stamps import is_stamp
from feedwatch.reading.strange import FEW, SHARED_ALONE
from feedwatch.reading.wording import (
    find_phrases,
    heading_matter,
    is_credit,
    is_update,
    tells_of_others,
    tells_of_outlet,
)

if TYPE_CHECKING:
    from feedwatch.reading.side import Side

_NUMBERED = re.compile(r"\(?\d{1,2}[.)]\s")
MOSTLY_LINKED, _NEARLY_LINKED = 0.6, 0.85  # of a line: elsewhere, and of the article's own make
_LABEL, _UNSPACED_LABEL = 60, 20  # characters
_SIGNS = frozenset(("So", "Sm"))
_BULLETS = frozenset("•▪‣◦●■–-*")
_MAIL = re.compile(r"\w@\w")  # a reader is asked to write there


def reads_like_article(side: Side, run: Run, *, core: bool, linked: bool = False) -> bool:
    """`linked`: it may be nothing but a link."""
    text = run.text
    own = run.kind is BlockKind.PARAGRAPH and run.index in side.selection.core
    most = _NEARLY_LINKED if own else MOSTLY_LINKED
    if (run.linked > most and not linked and not side.heads_a_section(run)) or _is_sign(run):
        return False
    in_row = (run.box.names and side.is_one_of_a_row(run.box)) or _is_bulleted(side, run)
    if _is_label(run) and not (in_row or is_caption(run.box)) and not side.speaks_of_article(run):
        return False
    phrases = find_phrases(text)
    if phrases.is_correction:
        return True
    in_core = run.index in side.selection.core
    calls = phrases.strong or (phrases.weak and phrases.addressed and not (in_core and side.speaks_to_reader()))
    if calls and not (in_core and tells_of_others(text)):
        return False
    if _is_notice(side, run):
        return False
    return core or not (phrases.weak or run.linked > 0.3)


def _is_bulleted(side: Side, run: Run) -> bool:
    """Whether it and a line beside it begin with a bullet."""
    beside = (side.runs[i] for i in (run.index - 1, run.index + 1) if 0 <= i < len(side.runs))
    return run.text[0] in _BULLETS and any(other.text[0] == run.text[0] for other in beside)


def is_added_paragraph(run: Run) -> bool:
    """UPDATE 14:05 and what is new, but no time of the last update."""
    return is_update(run.text) and not is_stamp(run.text) and run.linked < MOSTLY_LINKED


def _is_sign(run: Run) -> bool:
    """A line by its kind no article's: a stamp, a heading of furniture, a credit, a trail, a call with its button."""
    return is_stamp(run.text) or heading_matter(run.text) is not None or is_credit(run.text) or is_signpost(run)


def is_call(side: Side, run: Run) -> bool:
    """Whether it asks for a use of the outlet's own things, which neither is its article's manner nor its matter."""
    calls = calls_on_reader(run.text) and not side.speaks_to_reader(calls_beside=run)
    return (calls or asks_for_news(run.text)) and not side.names_what_article_names(run)


def _is_notice(side: Side, run: Run) -> bool:
    """Whether it speaks of itself, of its outlet or to the reader, and not among paragraphs of the same matters."""
    if is_caption(run.box):
        return False  # it speaks of its picture
    if is_call(side, run):
        return True
    to_reader = speaks_to_reader(run.text)
    of_itself = speaks_of_itself(run.text) or (_MAIL.search(run.text) is not None and (to_reader or "?" in run.text))
    to_reader = to_reader and not side.speaks_to_reader()
    if ends_in_call(run) and _is_strange(side, run):
        return True
    if not of_itself and not to_reader and not tells_of_outlet(run.text):
        return False
    if run.index not in side.selection.core or side.names_what_article_names(run):
        return run.index not in side.selection.core
    step = side.is_item_among_items(run)  # what to do, one after the other
    return of_itself or not (step or side.speaks_of_article(run))


def _is_strange(side: Side, run: Run) -> bool:
    """Whether it says nothing of what the article is about."""
    shared, telling = side.shared_words(run)
    return telling >= FEW and shared < max(1, SHARED_ALONE * telling) and not side.names_what_article_names(run)


def _is_label(run: Run) -> bool:
    """A line with a sign or a number for a reader to act on, and no sentence: "▶ Listen 3 min", "Seen 151 times"."""
    text = _NUMBERED.sub("", run.text, count=1) or run.text
    if unicodedata.category((text.lstrip("[( ") or text)[0]) in _SIGNS or unicodedata.category(text[-1]) in _SIGNS:
        return True
    short = len(text) < (_UNSPACED_LABEL if UNSPACED.search(text) else _LABEL) and run.kind is BlockKind.PARAGRAPH
    return short and any(char.isdigit() for char in text) and not text.endswith(SENTENCE_END)
