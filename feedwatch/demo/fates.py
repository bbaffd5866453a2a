"""What may become of a made-up article: a table of small functions, each planning a part of a script."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from feedwatch.demo.desk import BELIEF, HOUR, MINUTE, Desk
from feedwatch.demo.edits import (
    Add,
    Answer,
    Append,
    Curl,
    Drop,
    Edit,
    Mask,
    Merge,
    Move,
    PutUp,
    Relocate,
    Replace,
    Restand,
    Retitle,
    Revert,
    Rival,
    Split,
    Step,
)
from feedwatch.model import EventKind, Grade


def _any_edits(desk: Desk, most: int) -> None:
    """Up to `most` changes of words, no kind twice."""
    kinds = desk.rng.sample(_CHANGES, most)
    for change in kinds:
        if desk.has_time():
            change(desk)


def _paragraph(desk: Desk, fits: Callable[[str], object]) -> str | None:
    """A random paragraph, neither first nor last, that fits."""
    fitting = [line for line in desk.text.paragraphs[1:-1] if fits(line)]
    return desk.rng.choice(fitting) if fitting else None


def _other_number(found: re.Match[str]) -> str:
    first = int(found[0][0])
    return f"{first % 9 + 1}{found[0][1:]}"


def _swap(desk: Desk, pattern: str, new: Callable[[re.Match[str]], str] | str) -> Replace | None:
    """The first match in a random paragraph, replaced."""
    line = _paragraph(desk, re.compile(pattern).search)
    return Replace(line, re.sub(pattern, new, line, count=1)) if line else None


def _figures(desk: Desk) -> None:
    if step := _swap(desk, r"\d+", _other_number):
        desk.edit("figures", {Grade.FIGURES}, step)


def _correction(desk: Desk) -> None:
    if step := _swap(desk, r"\d+", _other_number):
        note = Append(desk.draft.fill(desk.draft.pieces["correction"]))
        desk.edit("correction note", {Grade.CORRECTION, Grade.FIGURES}, step, note)


def _headline(desk: Desk) -> None:
    desk.edit("headline only", {Grade.HEADLINE}, Retitle(desk.draft.headlines[1]))


def _question(desk: Desk) -> None:
    desk.edit("question", {Grade.HEADLINE, Grade.QUESTION}, Retitle(f"{desk.text.title}?"))


def _standfirst(desk: Desk) -> None:
    more = desk.draft.fill(desk.draft.pieces["sentences"][0])
    desk.edit("standfirst", {Grade.STANDFIRST}, Restand(f"{desk.text.standfirst} {more}"))


def _quote(desk: Desk) -> None:
    after = desk.rng.choice(desk.text.paragraphs[:-1])
    desk.edit("quote added", {Grade.QUOTES, Grade.ADDED}, Add(desk.draft.quote(), after))


def _added(desk: Desk) -> None:
    after = desk.rng.choice(desk.text.paragraphs[:-1])
    desk.edit("paragraph added", {Grade.ADDED}, Add(desk.draft.paragraph(), after))


def _removed(desk: Desk) -> None:
    desk.edit("paragraph removed", {Grade.REMOVED}, Drop(desk.rng.choice(desk.text.paragraphs[1:-1])))


def _moved(desk: Desk) -> None:
    lines = desk.text.paragraphs
    desk.edit("paragraphs moved", {Grade.MOVED}, Move(lines[-2], lines[desk.rng.randrange(len(lines) - 4)]))


def _split(desk: Desk) -> None:
    if line := _paragraph(desk, re.compile(r"[.?!] (?=[^\d\W])").search):
        cut = re.search(r"[.?!] (?=[^\d\W])", line)
        desk.edit("paragraph split", {Grade.TYPOGRAPHIC}, Split(line[cut.end() :] if cut else line))


def _merge(desk: Desk) -> None:
    desk.edit("paragraphs merged", {Grade.TYPOGRAPHIC}, Merge(desk.rng.choice(desk.text.paragraphs[1:-2])))


def _wording(desk: Desk) -> None:
    _exchange(desk, "wording", Grade.WORDING)


def _negation(desk: Desk) -> None:
    _exchange(desk, "negation", Grade.NEGATION)


def _exchange(desk: Desk, kind: str, grade: Grade) -> None:
    """One of the written pairs of words, where the article has its first half."""
    pairs = desk.draft.pieces["wording" if grade is Grade.WORDING else "negations"]
    for old, new in desk.rng.sample(pairs, len(pairs)):
        if line := _paragraph(desk, re.compile(re.escape(old)).search):
            desk.edit(kind, {grade}, Replace(line, line.replace(old, new, 1)))
            return


def _name(desk: Desk) -> None:
    people = "|".join(desk.draft.pieces["people"])
    if step := _swap(desk, people, lambda found: found[0] + ("n" if found[0][-1] != "n" else "s")):
        desk.edit("name", {Grade.NAMES}, step)


_CHANGES = (
    _figures,
    _correction,
    _headline,
    _question,
    _standfirst,
    _quote,
    _added,
    _removed,
    _moved,
    _split,
    _merge,
    _wording,
    _negation,
    _name,
)


# ---------------------------------------------------------------------------------------------------------- fates


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of an article beside changes of words."""

    plan: Callable[[Desk], None]
    live: bool = False
    straight: bool = False


def _plain(desk: Desk) -> None:
    _any_edits(desk, desk.rng.randrange(2, 6))


def _quiet(desk: Desk) -> None:
    """Nothing ever happens."""


def _blip(desk: Desk) -> None:
    desk.passing("404 blip", desk.rng.randrange(20, 60) * MINUTE, Answer(404), Answer(200))
    _any_edits(desk, 2)


def _masked(*masks: Mask) -> Callable[[Desk], None]:
    """Each of the masks for some hours, while the article is young and looked at often; then edits."""

    def plan(desk: Desk) -> None:
        for mask in masks:
            desk.mask(mask)
        _any_edits(desk, 2)

    return plan


def _walled(desk: Desk) -> None:
    """A wall that stays for days is told of, once, and so is its end; the article behind it is the same."""
    _any_edits(desk, 1)
    if desk.has_time(3 * BELIEF):
        what = "a wall that stays"
        desk.event(EventKind.WALLED, what, PutUp(desk.rng.choice((Mask.CONSENT, Mask.CAPTCHA, Mask.LOGIN))))
        desk.now += BELIEF
        desk.event(EventKind.OPENED, "the wall is gone", PutUp(Mask.NONE))
        _any_edits(desk, 1)


def _lost(desk: Desk) -> None:
    """A page that stays without its article is gone, whatever its status says; and it comes back."""
    if desk.has_time(4 * BELIEF):
        mask = desk.rng.choice((Mask.MISSING, Mask.FRONT, Mask.BLANK))
        desk.event(EventKind.GONE, f"{mask.value}, for days", PutUp(mask), belief=2 * BELIEF)
        desk.event(EventKind.RESTORED, "the article is back", PutUp(Mask.NONE), belief=2 * BELIEF)
    _any_edits(desk, 1)


def _shortened(desk: Desk) -> None:
    """A cut that stays is an edit, though it looks like a stub at first."""
    cut = [Drop(line) for line in desk.text.paragraphs[len(desk.text.paragraphs) // 3 :]]
    desk.edit("cut short", {Grade.REMOVED}, *cut, belief=BELIEF)


def _rewritten(desk: Desk) -> None:
    """Another text at the same address that stays is an edit, though it looks like another article at first."""
    lines = [desk.draft.paragraph() for _ in range(3)]
    steps: list[Step] = [*map(Drop, desk.text.paragraphs), *map(Append, lines)]
    desk.edit("rewritten", {Grade.ADDED, Grade.REMOVED}, *steps, belief=BELIEF)
    _headline(desk)


def _relocated(desk: Desk) -> None:
    _any_edits(desk, 1)
    # An address is adopted after the third look that is sent there.
    belief = max(BELIEF, 4 * desk.wait())
    if desk.has_time(belief):
        desk.event(
            EventKind.MOVED, "a new address, 301 from the old one", Relocate(f"{desk.story.slug}-2"), belief=belief
        )
        _any_edits(desk, 1)


def _gone(desk: Desk) -> None:
    _any_edits(desk, 2)
    if desk.has_time(BELIEF):
        status = desk.rng.choice((404, 410))
        desk.event(EventKind.GONE, f"taken down, {status}", Answer(status))


def _back(desk: Desk) -> None:
    _any_edits(desk, 1)
    if desk.has_time(4 * BELIEF):
        desk.event(EventKind.GONE, "taken down, 404", Answer(404), belief=2 * BELIEF)
        # A page that is gone is looked for once a day.
        figure = _swap(desk, r"\d+", _other_number) if desk.rng.random() < 0.5 else None
        if figure:
            what, found = "back, with another figure", {Grade.FIGURES}
            desk.event(EventKind.RESTORED, what, Answer(200), figure, grades=found, belief=2 * BELIEF)
        else:
            desk.event(EventKind.RESTORED, "back as it was", Answer(200), belief=2 * BELIEF)
        _any_edits(desk, 1)


def _rivals(desk: Desk) -> None:
    """Two headlines by turns, long enough to be met several times; the second one stays."""
    rival, slug = desk.draft.headlines[2], desk.story.slug
    kind, grades = "A/B headline", frozenset({Grade.HEADLINE, Grade.SILENT})
    desk.script += [
        Edit(
            desk.now,
            slug,
            kind,
            "another headline by turns",
            real=True,
            grades=grades,
            steps=(Rival(rival),),
            claimed=False,
        ),
        Edit(desk.now, slug, kind, "the two alternate", real=True, event=EventKind.ALTERNATES),
    ]
    desk.changes += 1
    over = desk.now + max(6 * HOUR, 6 * desk.wait())
    end = (Rival(""), Retitle(rival))
    desk.script.append(Edit(over, slug, kind, "the second headline stays", real=False, steps=end, claimed=False))
    desk.text = replace(desk.text, title=rival)
    desk.now = over
    desk.pass_time(BELIEF)
    desk.changed = over
    _any_edits(desk, 1)


def _reverted(desk: Desk) -> None:
    before = desk.text
    _figures(desk)
    desk.now += HOUR
    if desk.script and desk.has_time(BELIEF):
        back = Revert(desk.script[-1].at - MINUTE)
        desk.text = before
        desk.edit("revert", {Grade.FIGURES}, back, belief=BELIEF)


def _curled(desk: Desk) -> None:
    desk.edit("typographic", {Grade.TYPOGRAPHIC}, Curl())
    _any_edits(desk, 2)


def _live(desk: Desk) -> None:
    """Many additions at the top within hours."""
    for _ in range(desk.rng.randrange(4, 7)):
        line = desk.draft.fill(desk.draft.pieces["sentences"][len(desk.script)])
        soon = desk.now + 2 * desk.wait() + desk.rng.randrange(75, 120) * MINUTE
        desk.edit("live page", {Grade.ADDED}, Add(line))
        desk.now = soon


FATES: Sequence[Fate] = (
    Fate(_plain),
    Fate(_plain),
    Fate(_plain),
    Fate(_plain),
    Fate(_quiet),
    Fate(_blip),
    Fate(_masked(Mask.CONSENT, Mask.BLANK)),
    Fate(_masked(Mask.PAYWALL, Mask.MISSING)),
    Fate(_masked(Mask.CAPTCHA, Mask.TRUNCATED)),
    Fate(_masked(Mask.LOGIN, Mask.FOREIGN)),
    Fate(_masked(Mask.MOJIBAKE, Mask.FRONT)),
    Fate(_walled),
    Fate(_lost),
    Fate(_shortened),
    Fate(_rewritten),
    Fate(_relocated),
    Fate(_gone),
    Fate(_back),
    Fate(_rivals),
    Fate(_reverted),
    Fate(_curled, straight=True),
    Fate(_live, live=True),
)
