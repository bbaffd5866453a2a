"""What on a page is furniture, not article: judged by what a block is, what it says and where it stands."""

from __future__ import annotations

from itertools import accumulate

from feedwatch.model import BlockKind
from feedwatch.reading.address import speaks_to_reader
from feedwatch.reading.names import Mark, read_names
from feedwatch.reading.outline import SENTENCE_END, Box, Outline, Run, is_row
from feedwatch.reading.signposts import is_labelled_link, is_signpost
from feedwatch.reading.stamps import is_dateline, is_stamp
from feedwatch.reading.wording import Matter, find_phrases, heading_matter, tells_of_others

# ---------------------------------------------------------------------------------------------------------- boxes

_MOST = 0.4  # of the text that extraction found: a box that holds more of it is the article
_NEARLY_ALL = 0.8
_PLENTY = 1500  # characters: where so much is left without it, a box named as furniture may hold more
_LITTLE = 300  # and one that opens with the heading of comments
_SMALL = 600  # characters
_PROSE = 80  # characters: a line that reads like a paragraph is longer
_NOT_OPENING = (None, Matter.PLAYER, Matter.MENU, Matter.SHARE)  # they stand beside captions and paragraphs, too
_CAPTION = 40  # characters: enough to say what a form is for
_FLOW = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "figcaption", "pre", "td", "tr", "dd", "dt")
)


class Judge:
    """Judges the boxes of one page. `seeds` are the runs that extraction took for the article."""

    def __init__(self, outline: Outline, seeds: frozenset[int], title: str) -> None:
        self.runs = outline.runs
        self.title = title
        self.reasons: dict[int, str] = {}  # index of a run -> why it is furniture
        weights = [len(run.text) if run.index in seeds else 0 for run in self.runs]
        self.weights = [0, *accumulate(weights)]
        self.total = self.weights[-1] or 1

    def weight(self, box: Box) -> int:
        return self.weights[box.last] - self.weights[box.first]

    def judge(self, box: Box) -> None:
        """Marks the runs in `box` that are furniture."""
        if box.first == box.last:
            return
        reason = self.reason(box)
        if reason:
            for i in range(box.first, box.last):
                self.reasons.setdefault(i, reason)
            return
        for inner in box.boxes:
            self.judge(inner)

    def reason(self, box: Box) -> str:
        weight = self.weight(box)
        if weight > _MOST * self.total:
            plenty = weight < _NEARLY_ALL * self.total and self.total - weight > _PLENTY
            return (self.by_name(box) if plenty else "") or self.by_thread(box)
        if box.hidden:
            return "hidden"
        return (
            self.by_tag(box) or self.by_name(box) or self.by_controls(box) or self.by_links(box) or self.by_heading(box)
        )

    def by_tag(self, box: Box) -> str:
        if box.tag in ("nav", "footer", "menu"):
            return box.tag
        if box.tag == "aside" and read_names(box.names, box.ident) is not Mark.CONTENT:
            quoted = any(inner.tag == "blockquote" for inner in box.boxes)
            return "" if quoted or self.holds_correction(box) else "aside"
        return ""

    def by_name(self, box: Box) -> str:
        if not (box.names or box.ident) or box.tag in _FLOW:
            return ""
        mark = read_names(box.names, box.ident)
        if mark is Mark.STRONG:
            return "" if self.holds_title(box) else "name"
        if mark is Mark.GATE:
            return "" if self.holds_prose(box) or self.holds_title(box) else "name"
        if mark is Mark.WEAK and box.chars < _SMALL and not self.holds_title(box):
            poor = box.link_chars > 0.3 * box.chars or box.fields or self.is_terse(box)
            return "name" if poor and box.tag not in ("figure", "ul", "ol") else ""
        return ""

    def holds_prose(self, box: Box) -> bool:
        """Whether it has several paragraphs, and none of an offer."""
        lines = [run for run in self.runs[box.first : box.last] if len(run.text) >= _PROSE and not run.link_chars]
        calls = self.says_furniture(box) or any(speaks_to_reader(run.text) for run in lines)
        return len(lines) > 1 and not calls and not (box.fields or box.buttons)

    def is_terse(self, box: Box) -> bool:
        return all(len(run.text) < _PROSE for run in self.runs[box.first : box.last])

    def by_controls(self, box: Box) -> str:
        if not (box.fields or box.buttons) or box.chars > _SMALL or box.tag in _FLOW or box.tag == "figure":
            return ""
        if self.weight(box) > 0.25 * self.total or self.holds_title(box) or self.is_in_part(box):
            return ""
        if box.fields:
            return "form"
        return "buttons" if self.says_furniture(box) or (box.chars <= 200 and not self.weight(box)) else ""

    def is_in_part(self, box: Box) -> bool:
        """Whether the controls and their text stand in a part of the box, and beside it what may be article."""
        controls = box.fields + box.buttons
        return any(
            inner.fields + inner.buttons == controls
            and inner.chars >= _CAPTION
            and self.weight(box) - self.weight(inner) >= _CAPTION
            for inner in box.boxes
        )

    def holds_title(self, box: Box) -> bool:
        return any(run.text == self.title for run in self.runs[box.first : box.last])

    def holds_correction(self, box: Box) -> bool:
        return any(find_phrases(run.text).is_correction for run in self.runs[box.first : box.last])

    def says_furniture(self, box: Box) -> bool:
        for run in self.runs[box.first : box.last]:
            phrases = find_phrases(run.text)
            if phrases.is_correction:
                return False
            if phrases.strong or phrases.weak or heading_matter(run.text):
                return True
        return False

    def by_links(self, box: Box) -> str:
        if box.tag in _FLOW or box.links < 2:
            return ""
        if box.link_chars > 0.6 * box.chars:
            return "links" if box.last - box.first >= 2 or box.link_chars > 0.85 * box.chars else ""
        return self.by_cards(box)

    def by_cards(self, box: Box) -> str:
        """Three or more boxes of one kind, each led by a link."""
        if len(box.boxes) < 3 or box.links < 3:
            return ""
        first = box.boxes[0]
        alike = [inner for inner in box.boxes if inner.tag == first.tag and inner.names == first.names and inner.chars]
        if len(alike) < 3 or first.tag == "p":
            return ""
        cards = sum(1 for inner in alike if self.is_card(inner))
        return "cards" if cards >= 0.8 * len(alike) else ""

    def is_card(self, box: Box) -> bool:
        if not box.links or box.link_chars < 0.25 * box.chars:
            return False
        return any(
            run.link_chars >= 0.9 * len(run.text) and len(run.text) >= 15 for run in self.runs[box.first : box.last]
        )

    def by_heading(self, box: Box) -> str:
        """A box that opens with a line announcing furniture, and is small or linked."""
        if box.last - box.first < 2 or box.tag in _FLOW or box.tag == "figure":
            return ""
        matter = heading_matter(self.runs[box.first].text)
        if matter is Matter.COMMENTS:
            return self.by_thread(box)
        if matter in _NOT_OPENING or self.weight(box) > 0.25 * self.total or self.holds_title(box):
            return ""
        return f"opens with {matter}" if box.chars < _SMALL or box.link_chars > 0.3 * box.chars else ""

    def by_thread(self, box: Box) -> str:
        """Comments: a box after the article that opens with their heading."""
        if box.tag in _FLOW or heading_matter(self.runs[box.first].text) is not Matter.COMMENTS:
            return ""
        before = sum(len(run.text) for run in self.runs[: box.first] if len(run.text) >= _PROSE) > _LITTLE
        return "comments" if before and not self.holds_title(box) else ""


# ---------------------------------------------------------------------------------------------------------- lines

_LONGEST_ADVERT = 60  # characters
_SHORT_CORE, _LONG_CORE = 160, 250  # characters up to which a paragraph of the article's own make is judged by wording


def line_reason(run: Run, *, core: bool) -> str:
    """Why a line by itself is furniture, or "". `core`: it stands among the article's paragraphs, made like them."""
    if not is_row(run) and (is_stamp(run.text) or (not core and run.box.tag != "tr" and is_dateline(run.text))):
        return "stamp"
    if heading_matter(run.text):
        return "line"
    if is_signpost(run) or (not core and _is_labelled_advert(run.text)):
        return "signpost"
    return _link_reason(run, core=core) or _wording_reason(run, core=core)


def _is_labelled_advert(text: str) -> bool:
    label, colon, _ = text.partition(":")
    return bool(colon) and len(text) <= _LONGEST_ADVERT and heading_matter(label) is Matter.ADVERT


def is_note(run: Run) -> bool:
    """A correction or clarification, which is the article's wherever it stands."""
    return 15 <= len(run.text) <= 600 and run.linked < 0.5 and find_phrases(run.text).is_correction


def _link_reason(run: Run, *, core: bool) -> str:
    text = run.text
    if run.linked < 0.4 or run.box.tag == "tr":
        return ""
    if (":" in text[:40] and heading_matter(text.split(":", 1)[0])) or _opens_with_label(run):
        return "read more"
    if is_labelled_link(run):
        return "link"
    if run.linked < 0.9 or len(text) < 15 or run.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING):
        return ""
    is_sentence = text.endswith(SENTENCE_END) or run.kind is BlockKind.HEADING
    return "" if core and is_sentence else "link"


def _opens_with_label(run: Run) -> bool:
    """Whether it is what announces furniture, and then a link, with no colon between."""
    element = run.box.element
    label = (element.text or "").strip()
    return len(element) > 0 and element[0].tag == "a" and bool(label) and heading_matter(label) is not None


def _wording_reason(run: Run, *, core: bool) -> str:
    text = run.text
    phrases = find_phrases(text)
    if not phrases.strong and not phrases.weak:
        return ""
    if phrases.is_correction or (core and phrases.strong | phrases.weak and tells_of_others(text)):
        return ""
    if phrases.strong and len(text) < (_LONG_CORE if core else 500):
        return "wording"
    if phrases.weak and phrases.addressed and len(text) < (_SHORT_CORE if core else 500):
        return "wording"
    return "wording" if phrases.weak and not core and (len(text) < 60 or len(phrases.weak) >= 2) else ""
