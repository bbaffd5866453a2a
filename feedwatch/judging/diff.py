r"""Two texts -> rows: which paragraphs stand side by side, and which of their words went or came.

The law: the rows rebuild both texts to the letter, every paragraph stands in exactly one row, and the same texts give
the same rows. Should the law ever be broken, all of the old is shown as deleted and all of the new as inserted.

Paragraphs are compared as `model.comparable` has them, but shown as published. So a row can be EQUAL although its two
paragraphs differ in what nobody sees (a no-break space, a soft hyphen, the encoding of an accent): it is no change,
and its spans still rebuild both sides. Show `new_text` of an EQUAL row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from feedwatch.judging.chain import Match
from feedwatch.judging.marks import EFFORT, mark
from feedwatch.judging.pairs import pair_paragraphs
from feedwatch.model import Change, Comparison, History, Op, Row, Span, Text, comparable

SHORT = 60  # characters: a line of so many that stands where another one stood is that one edited, whatever it says
WHOLE_EFFORT = 1_000_000  # of a comparison, shared by its edited paragraphs: 2 s


def compare(old: Text, new: Text) -> Comparison:
    """Title, standfirst and body side by side, each for itself. A title or standfirst has place 0."""
    has_standfirst = bool(old.standfirst or new.standfirst)
    return Comparison(
        title=_compare_line(old.title, new.title),
        standfirst=_compare_line(old.standfirst, new.standfirst) if has_standfirst else None,
        rows=diff(old.paragraphs, new.paragraphs),
    )


def compare_change(history: History, change: Change) -> Comparison:
    """The change as it was judged: against the older text as it was re-read for it."""
    return compare(change.base or history.version(change.from_number).text, history.version(change.to_number).text)


def diff(old: Sequence[str], new: Sequence[str]) -> tuple[Row, ...]:
    r"""The rows of two lists of paragraphs, in the order of `new`; what was deleted stands where it was.

    SPLIT and MERGE rows join paragraphs by "\n". A paragraph with a line break of its own takes no part in them, so
    there every "\n" is the end of a paragraph.
    """
    rows = tuple(_lay_out(old, new))
    return (
        rows
        if _rebuilds(rows, old, new)
        else (*map(_delete, range(len(old)), old), *map(_insert, range(len(new)), new))
    )


def _compare_line(old: str, new: str) -> Row:
    if not old and new:
        return _insert(0, new)
    if old and not new:
        return _delete(0, old)
    op = Op.EQUAL if comparable(old) == comparable(new) else Op.REPLACE
    return Row(op, (0,), (0,), mark(old, new))


def _lay_out(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    """What is the same to the letter at both ends, most of an article, needs no more than to be put side by side."""
    head, tail = _same_ends(old, new)
    yield from (_keep(k, k, old[k]) for k in range(head))
    for row in _lay_out_middle(old[head : len(old) - tail], new[head : len(new) - tail]):
        yield Row(row.op, tuple([head + k for k in row.old]), tuple([head + k for k in row.new]), row.spans)
    yield from (_keep(len(old) - k, len(new) - k, old[-k]) for k in range(tail, 0, -1))


def _same_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    shorter = min(len(old), len(new))
    head = next((k for k in range(shorter) if old[k] != new[k]), shorter)
    if head < shorter and comparable(old[head]) == comparable(new[head]):
        return head, 0  # the same beginning goes on, which comes before the same end
    return head, next((k for k in range(shorter - head) if old[-1 - k] != new[-1 - k]), shorter - head)


def _lay_out_middle(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    seen_old, seen_new = [comparable(text) for text in old], [comparable(text) for text in new]
    pairing = pair_paragraphs(seen_old, seen_new)
    moved_away = set(pairing.moves.values())
    chain = [match for match in pairing.chain if _can_stand(match, old, new)]
    edited = sum(old[match.old_start : match.old_end] != new[match.new_start : match.new_end] for match in chain)
    effort = min(EFFORT, WHOLE_EFFORT // (edited + len(pairing.moves) + 1))
    i = j = 0
    for match in [*chain, Match(len(old), len(old), len(new), len(new), 0.0)]:
        gone = [k for k in range(i, match.old_start) if k not in moved_away]
        come = [k for k in range(j, match.new_start) if k not in pairing.moves]
        in_place = len(gone) == len(come) == 1 and len(old[gone[0]]) <= SHORT >= len(new[come[0]])
        yield from (_delete(k, old[k]) for k in gone if not in_place)
        for k in range(j, match.new_start):
            if in_place and k == come[0]:
                yield Row(Op.REPLACE, (gone[0],), (k,), mark(old[gone[0]], new[k], effort))
            elif k in pairing.moves:
                origin = pairing.moves[k]
                yield Row(Op.MOVE, (origin,), (k,), mark(old[origin], new[k], effort))
            else:
                yield _insert(k, new[k])
        i, j = match.old_end, match.new_end
        if match.old_start < i:
            spans = mark("\n".join(old[match.old_start : i]), "\n".join(new[match.new_start : j]), effort)
            op = _name(match, is_equal=seen_old[i - 1] == seen_new[j - 1])
            yield Row(op, tuple(range(match.old_start, i)), tuple(range(match.new_start, j)), spans)


def _can_stand(match: Match, old: Sequence[str], new: Sequence[str]) -> bool:
    """No where it would join paragraphs of which one has a line break of its own."""
    texts = [*old[match.old_start : match.old_end], *new[match.new_start : match.new_end]]
    return len(texts) == 2 or not any("\n" in text for text in texts)


def _name(match: Match, *, is_equal: bool) -> Op:
    if match.new_end - match.new_start > 1:
        return Op.SPLIT
    if match.old_end - match.old_start > 1:
        return Op.MERGE
    return Op.EQUAL if is_equal else Op.REPLACE


def _keep(place: int, now: int, text: str) -> Row:
    return Row(Op.EQUAL, (place,), (now,), (Span(Op.EQUAL, text),) if text else ())


def _delete(place: int, text: str) -> Row:
    return Row(Op.DELETE, (place,), (), (Span(Op.DELETE, text),) if text else ())


def _insert(place: int, text: str) -> Row:
    return Row(Op.INSERT, (), (place,), (Span(Op.INSERT, text),) if text else ())


def _rebuilds(rows: Iterable[Row], old: Sequence[str], new: Sequence[str]) -> bool:
    places_old: list[int] = []
    places_new: list[int] = []
    for row in rows:
        if row.old_text != _joined(old, row.old) or row.new_text != _joined(new, row.new):
            return False
        places_old += row.old
        places_new += row.new
    return sorted(places_old) == list(range(len(old))) and sorted(places_new) == list(range(len(new)))


def _joined(texts: Sequence[str], places: tuple[int, ...]) -> str:
    return texts[places[0]] if len(places) == 1 else "\n".join([texts[place] for place in places])
