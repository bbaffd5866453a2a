"""The difference inside a feed's entry: HTML that every reader shows, and that still tells all with its tags dropped.

One paragraph under the other, `<del>[-x-]</del>` and `<ins>{+y+}</ins>`: newsboat drops those tags, Tiny Tiny RSS
deletes elements that it does not know, so only p strong em ins del a ul li blockquote br hr are used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from feedwatch.model import Comparison, Op, Row, Span
from feedwatch.showing.plain import direction, head, shown, tail
from feedwatch.showing.rows import changed_rows, is_reworded, moved_up
from feedwatch.showing.words import Words

# A paragraph of a news article has 30 to 80 words: up to this many characters it is shown whole.
_WHOLE = 700
_CONTEXT = 160  # characters around a change in a longer one: a sentence on each side
_LONGEST_PIECE = 2400  # characters of one insertion or deletion; the page has the rest
_BEGINNING = 120  # of a paragraph that only moved


def difference(comparison: Comparison, words: Words, language: str | None, room: int) -> str:
    """The first hunks that fit into `room` bytes as escaped XML, and a count of the rest."""
    hunks = list(_hunks(comparison, words))
    foreign = language is not None and language.partition("-")[0].lower() != words.phrases.code
    shell = f'<blockquote lang="{language}" dir="{direction(language)}"><p>' if foreign else ""
    written: list[str] = []
    for n, (label, text) in enumerate(hunks):
        title = f"<strong>{escape(words.phrases.labelled.format(label=label), quote=False)}</strong>"
        hunk = f"<p>{title}</p>{shell}{text}</p></blockquote>" if foreign else f"<p>{title} {text}</p>"
        room -= weight(hunk)
        if room < 0:
            rest = words.count(words.phrases.more_changes, len(hunks) - n)
            return "\n".join([*written, f"<p>{escape(rest, quote=False)}</p>"])
        written.append(hunk)
    return "\n".join(written)


def weight(markup: str) -> int:
    """The bytes that markup takes inside of an XML text."""
    return len(escape(markup, quote=False).encode("utf-8", "replace"))


def link(href: str, text: str) -> str:
    return f'<a href="{escape(href)}">{escape(text, quote=False)}</a>'


def paragraph(text: str) -> str:
    return f"<p>{escape(shown(text), quote=False)}</p>"


def _hunks(comparison: Comparison, words: Words) -> Iterator[tuple[str, str]]:
    """A label and its marked text, for every row that differs."""
    say = words.phrases
    upwards = moved_up(comparison.rows)
    moves = {id(comparison.rows[index]): up for index, up in upwards.items()}
    for row in changed_rows(comparison):
        if row is comparison.title:
            yield say.headline, _marked(row.spans)
        elif row is comparison.standfirst:
            yield say.standfirst, _marked(row.spans)
        elif row.op is Op.MOVE:
            label = say.moved_from_below if moves[id(row)] else say.moved_from_above
            yield label, _marked(row.spans) if is_reworded(row) else _beginning(row)
        else:
            yield _label(row, words), _marked(row.spans, broken=row.op in {Op.SPLIT, Op.MERGE})


def _label(row: Row, words: Words) -> str:
    say = words.phrases
    match row.op:
        case Op.INSERT:
            return say.added_label
        case Op.DELETE:
            return say.removed_label
        case Op.SPLIT:
            return words.count(say.split_label, len(row.new))
        case Op.MERGE:
            return words.count(say.joined_label, len(row.old))
        case _:
            return say.changed_label


def _beginning(row: Row) -> str:
    text = shown(row.new_text)
    cut = head(text, _BEGINNING)
    return _escaped(cut if cut == text else f"{cut} …")


def _marked(spans: Sequence[Span], *, broken: bool = False) -> str:
    """The words of a row with what came and went marked; `broken` shows where paragraphs begin by a pilcrow."""
    whole = sum(len(span.text) for span in spans) <= _WHOLE
    texts = spans if whole else _shortened(spans)
    return "".join(_span(span, broken=broken) for span in texts)


def _shortened(spans: Sequence[Span]) -> Iterable[Span]:
    last = len(spans) - 1
    for index, span in enumerate(spans):
        text = span.text
        if span.op is not Op.EQUAL:
            cut = head(text, _LONGEST_PIECE)
            yield Span(span.op, text if cut == text else f"{cut} …")
        elif index == 0 and index != last:
            cut = tail(text, _CONTEXT)
            yield Span(span.op, text if cut == text else f"… {cut}")
        elif index == last:
            cut = head(text, _CONTEXT)
            yield Span(span.op, text if cut == text else f"{cut} …")
        else:
            short = len(text) > 2 * _CONTEXT + 20
            yield Span(span.op, f"{head(text, _CONTEXT)} … {tail(text, _CONTEXT)}" if short else text)


def _span(span: Span, *, broken: bool) -> str:
    text = shown(span.text)
    if span.op is Op.EQUAL:
        return _escaped(text)
    if broken and text.isspace() and "\n" not in text:
        return "" if span.op is Op.DELETE else " "  # the space that a break took the place of, or the other way round
    if broken:
        text = text.replace("\n", "¶\n")
    bare = text.strip()
    if not bare:
        before, bare, after = "", text, ""
    else:
        start = text.index(bare)
        before, after = text[:start], text[start + len(bare) :]
    if span.op is Op.INSERT:
        return f"{_escaped(before)}<ins>{{+{_escaped(bare)}+}}</ins>{_escaped(after)}"
    return f"{_escaped(before)}<del>[-{_escaped(bare)}-]</del>{_escaped(after)}"


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")
