"""A newsroom of any size, made up from a seed: articles put together from written pieces, and a script that edits them.

The script keeps the spacing of the written one: a real edit comes only when the one before it must have been seen.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import Any

import yaml

from feedwatch.demo.edits import (
    Add,
    Answer,
    Append,
    Curl,
    Drop,
    Edit,
    Merge,
    Move,
    Redesign,
    Relocate,
    Replace,
    Retitle,
    Revert,
    Rival,
    Split,
    Step,
    Wall,
    rewrite,
)
from feedwatch.demo.stories import Story, shelf
from feedwatch.model import Block, EventKind, Grade, Text

_LANGUAGES = ("en", "de", "fr", "es")
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# The schedule's two ratios and its shortest wait: an edit is seen after the wait at the latest.
_AGE_SHARE, _QUIET_SHARE, _SHORTEST = 0.4, 0.25, timedelta(minutes=15)
# What is believed only after several agreeing looks (hours apart) needs so much quiet.
_BELIEF = timedelta(days=1)


def generate(
    seed: int, articles: int = 40, days: int = 30, polled_every: timedelta = _HOUR
) -> tuple[tuple[Story, ...], tuple[Edit, ...]]:
    """Articles in four languages and a script for them; everything happens to some article, at random times.

    In the middle one outlet is redesigned. Every real edit is early enough to be seen before the end, and comes only
    when its article must have been found by somebody who polls the feeds so often.
    """
    rng = random.Random(seed)  # noqa: S311 - a demo
    end = days * _DAY
    fates = [_FATES[number % len(_FATES)] for number in range(articles)]
    rng.shuffle(fates)
    stories, script = [], []
    for number, fate in enumerate(fates):
        pieces = _pieces(_LANGUAGES[number % len(_LANGUAGES)])
        latest = end / 2 if number >= len(_LANGUAGES) else timedelta()  # each outlet has an article from the start
        published = timedelta(minutes=rng.randrange(-24 * 60, int(latest / _MINUTE)))
        draft = _Draft(rng, pieces)
        story = _write(draft, number, published, fate)
        desk = _Desk(rng, story, draft, end, polled_every)
        fate.plan(desk)
        stories.append(story)
        script += desk.script
    redesigned = _pieces(rng.choice(_LANGUAGES))["outlet"]
    what = "a new template for the outlet, no word of an article changes"
    script.append(Edit(end / 2, redesigned, "redesign", what, real=False, steps=(Redesign(),)))
    return tuple(stories), tuple(sorted(script, key=lambda edit: edit.at))


@cache
def _pieces(language: str) -> dict[str, Any]:
    pieces: dict[str, Any] = yaml.safe_load((shelf() / f"pieces.{language}.yaml").read_text("utf-8"))
    return pieces


# ---------------------------------------------------------------------------------------------------------- writing


class _Draft:
    """One article's people and places, and the pieces that it has not used yet."""

    def __init__(self, rng: random.Random, pieces: dict[str, Any]) -> None:
        self.rng, self.pieces = rng, pieces
        names = rng.sample(pieces["people"], 3)
        body = rng.choice(pieces["bodies"])
        self.byline = rng.choice([name for name in pieces["people"] if name not in names])
        self._fixed = {
            **dict(zip("abc", names, strict=True)),
            "place": rng.choice(pieces["places"]),
            "body": body,
            "body_cap": body[0].upper() + body[1:],
            "role": rng.choice(pieces["roles"]),
        }
        self._sentences = rng.sample(pieces["sentences"], len(pieces["sentences"]))
        self._quotes = rng.sample(pieces["quotes"], len(pieces["quotes"]))
        topic, figures = rng.choice(pieces["topics"]), self._figures()
        self.headlines = [headline.format_map(figures) for headline in topic["headlines"]]
        self.standfirst = topic["standfirst"].format_map(figures)

    def _figures(self) -> dict[str, str]:
        rng, pieces = self.rng, self.pieces
        money = f"{rng.randrange(11, 990) / 10:.1f}".replace(".", pieces["decimal"])
        return {
            **self._fixed,
            "n": str(rng.randrange(21, 980)),
            "m": str(rng.randrange(3, 20)),
            "k": f"{rng.randrange(1_100, 9_900):,}".replace(",", pieces["thousands"]),
            "pct": f"{rng.randrange(11, 480) / 10:.1f}".replace(".", pieces["decimal"]),
            "money": pieces["money"].format(x=money),
            "year": str(rng.randrange(1901, 2024)),
            "day": rng.choice(pieces["days"]),
            "time": f"{rng.randrange(6, 23)}.{rng.randrange(10, 60)}",
        }

    def fill(self, pattern: str) -> str:
        return pattern.format_map(self._figures())

    def paragraph(self) -> str:
        """Two sentences that the article does not have yet."""
        return f"{self.fill(self._sentences.pop())} {self.fill(self._sentences.pop())}"

    def quote(self) -> str:
        return self.fill(self._quotes.pop())


def _write(draft: _Draft, number: int, published: timedelta, fate: _Fate) -> Story:
    rng, pieces = draft.rng, draft.pieces
    words = [draft.paragraph() for _ in range(rng.randrange(7, 11))]
    for _ in range(rng.randrange(1, 4)):
        words.insert(rng.randrange(1, len(words)), draft.quote())
    text = Text(draft.headlines[0], draft.standfirst, tuple(Block(line) for line in words))
    if fate.straight:
        text = _straight(text)
    return Story(
        slug=f"{re.sub(r'[^a-z]+', '-', draft.headlines[0].lower())[:40].strip('-')}-{number}",
        outlet=pieces["outlet"],
        number=20_000 + number,
        published=published,
        text=text,
        byline=draft.byline,
        section=rng.choice(pieces["sections"]),
        live=fate.live,
    )


def _straight(text: Text) -> Text:
    """`text` as typed on a keyboard, so that somebody can curl its quotation marks later."""
    blocks = (replace(block, text=re.sub("« | »|[“”„«»]", '"', block.text)) for block in text.blocks)
    return replace(text, blocks=tuple(blocks))


# ---------------------------------------------------------------------------------------------------------- editing


class _Desk:
    """One article while its part of the script is made: the text so far, and from when the next edit may come."""

    def __init__(self, rng: random.Random, story: Story, draft: _Draft, end: timedelta, polled: timedelta) -> None:
        self.rng, self.story, self.draft, self.end = rng, story, draft, end
        self.text = story.text
        self.script: list[Edit] = []
        self.seen = max(story.published, timedelta()) + polled  # at the latest
        self.changed: timedelta | None = None
        self.now = self.seen + rng.randrange(10, 90) * _MINUTE

    def wait(self) -> timedelta:
        """How long an edit made now stays unseen at most."""
        waits = [_AGE_SHARE * (self.now - self.seen)]
        if self.changed is not None:
            waits.append(_QUIET_SHARE * (self.now - self.changed))
        return max(_SHORTEST, min(waits))

    def has_time(self, belief: timedelta = timedelta()) -> bool:
        return self.now + 3 * self.wait() + belief + 6 * _HOUR < self.end

    def pass_time(self, belief: timedelta = timedelta()) -> None:
        """Until what was done is seen, and then some."""
        self.now += 2 * self.wait() + belief + _MINUTE * self.rng.randrange(10, 60 * self.rng.choice((1, 5, 40)))

    def edit(self, kind: str, grades: set[Grade], *steps: Step, belief: timedelta = timedelta()) -> None:
        """A real change of words; one in four is silent."""
        claimed = Grade.CORRECTION in grades or self.rng.random() < 0.75
        told = frozenset(grades if claimed else {*grades, Grade.SILENT})
        for step in steps:
            if not isinstance(step, Revert):
                self.text = rewrite(self.text, step)
        self._note(kind, f"{kind}{'' if claimed else ', silently'}", told, steps, claimed=claimed)
        self.pass_time(belief)
        self.changed = self.script[-1].at

    def event(self, kind: EventKind, *steps: Step, belief: timedelta = _BELIEF) -> None:
        self._note(kind.value, f"the page is {kind.value}", frozenset(), steps, event=kind)
        self.pass_time(belief)

    def nothing(self, kind: str, lasts: timedelta, begin: Step, end: Step) -> None:
        """Something that passes and is not to be heard of."""
        at = self.now
        self.script.append(Edit(at, self.story.slug, kind, f"{kind} begins", real=False, steps=(begin,)))
        self.script.append(Edit(at + lasts, self.story.slug, kind, f"{kind} is over", real=False, steps=(end,)))
        self.now += lasts
        self.pass_time()

    def _note(
        self,
        kind: str,
        what: str,
        grades: frozenset[Grade],
        steps: tuple[Step, ...],
        *,
        event: EventKind | None = None,
        claimed: bool = True,
    ) -> None:
        edit = Edit(self.now, self.story.slug, kind, what, real=True, grades=grades, event=event, steps=steps)
        self.script.append(replace(edit, claimed=claimed))


def _any_edits(desk: _Desk, most: int) -> None:
    """Up to `most` changes of words, no kind twice."""
    kinds = desk.rng.sample(_CHANGES, most)
    for change in kinds:
        if desk.has_time():
            change(desk)


def _paragraph(desk: _Desk, fits: Callable[[str], object]) -> str | None:
    """A random paragraph, neither first nor last, that fits."""
    fitting = [line for line in desk.text.paragraphs[1:-1] if fits(line)]
    return desk.rng.choice(fitting) if fitting else None


def _other_number(found: re.Match[str]) -> str:
    first = int(found[0][0])
    return f"{first % 9 + 1}{found[0][1:]}"


def _swap(desk: _Desk, pattern: str, new: Callable[[re.Match[str]], str] | str) -> Replace | None:
    """The first match in a random paragraph, replaced."""
    line = _paragraph(desk, re.compile(pattern).search)
    return Replace(line, re.sub(pattern, new, line, count=1)) if line else None


def _figures(desk: _Desk) -> None:
    if step := _swap(desk, r"\d+", _other_number):
        desk.edit("figures", {Grade.FIGURES}, step)


def _correction(desk: _Desk) -> None:
    if step := _swap(desk, r"\d+", _other_number):
        note = Append(desk.draft.fill(desk.draft.pieces["correction"]))
        desk.edit("correction note", {Grade.CORRECTION, Grade.FIGURES}, step, note)


def _headline(desk: _Desk) -> None:
    desk.edit("headline only", {Grade.HEADLINE}, Retitle(desk.draft.headlines[1]))


def _quote(desk: _Desk) -> None:
    after = desk.rng.choice(desk.text.paragraphs[:-1])
    desk.edit("quote added", {Grade.QUOTES, Grade.ADDED}, Add(desk.draft.quote(), after))


def _added(desk: _Desk) -> None:
    after = desk.rng.choice(desk.text.paragraphs[:-1])
    desk.edit("paragraph added", {Grade.ADDED}, Add(desk.draft.paragraph(), after))


def _removed(desk: _Desk) -> None:
    desk.edit("paragraph removed", {Grade.REMOVED}, Drop(desk.rng.choice(desk.text.paragraphs[1:-1])))


def _moved(desk: _Desk) -> None:
    lines = desk.text.paragraphs
    desk.edit("paragraphs moved", {Grade.MOVED}, Move(lines[-2], lines[desk.rng.randrange(len(lines) - 4)]))


def _split(desk: _Desk) -> None:
    if line := _paragraph(desk, re.compile(r"[.?!] (?=[^\d\W])").search):
        cut = re.search(r"[.?!] (?=[^\d\W])", line)
        desk.edit("paragraph split", set(), Split(line[cut.end() :] if cut else line))


def _merge(desk: _Desk) -> None:
    desk.edit("paragraphs merged", set(), Merge(desk.rng.choice(desk.text.paragraphs[1:-2])))


def _wording(desk: _Desk) -> None:
    _exchange(desk, "wording", Grade.WORDING)


def _negation(desk: _Desk) -> None:
    _exchange(desk, "negation", Grade.NEGATION)


def _exchange(desk: _Desk, kind: str, grade: Grade) -> None:
    """One of the written pairs of words, where the article has its first half."""
    pairs = desk.draft.pieces["wording" if grade is Grade.WORDING else "negations"]
    for old, new in desk.rng.sample(pairs, len(pairs)):
        if line := _paragraph(desk, re.compile(re.escape(old)).search):
            desk.edit(kind, {grade}, Replace(line, line.replace(old, new, 1)))
            return


def _name(desk: _Desk) -> None:
    people = "|".join(desk.draft.pieces["people"])
    if step := _swap(desk, people, lambda found: found[0] + ("n" if found[0][-1] != "n" else "s")):
        desk.edit("name", {Grade.NAMES}, step)


_CHANGES = (
    _figures,
    _correction,
    _headline,
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
class _Fate:
    """What becomes of an article beside changes of words."""

    plan: Callable[[_Desk], None]
    live: bool = False
    straight: bool = False


def _plain(desk: _Desk) -> None:
    _any_edits(desk, desk.rng.randrange(1, 5))


def _quiet(desk: _Desk) -> None:
    """Nothing ever happens."""


def _blip(desk: _Desk) -> None:
    desk.nothing("404 blip", desk.rng.randrange(20, 60) * _MINUTE, Answer(404), Answer(200))
    _any_edits(desk, 2)


def _walled(desk: _Desk) -> None:
    _any_edits(desk, 1)
    desk.nothing("consent wall", _HOUR, Wall(up=True), Wall(up=False))
    _any_edits(desk, 1)


def _relocated(desk: _Desk) -> None:
    _any_edits(desk, 1)
    # An address is adopted after the third look that is sent there.
    belief = max(_BELIEF, 4 * desk.wait())
    if desk.has_time(belief):
        desk.event(EventKind.MOVED, Relocate(f"{desk.story.slug}-2"), belief=belief)
        _any_edits(desk, 1)


def _gone(desk: _Desk) -> None:
    _any_edits(desk, 2)
    if desk.has_time(_BELIEF):
        desk.event(EventKind.GONE, Answer(desk.rng.choice((404, 410))))


def _back(desk: _Desk) -> None:
    _any_edits(desk, 1)
    if desk.has_time(4 * _BELIEF):
        desk.event(EventKind.GONE, Answer(404), belief=2 * _BELIEF)
        # A page that is gone is looked for once a day.
        desk.event(EventKind.RESTORED, Answer(200), belief=2 * _BELIEF)
        _any_edits(desk, 1)


def _rivals(desk: _Desk) -> None:
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
    over = desk.now + max(6 * _HOUR, 6 * desk.wait())
    end = (Rival(""), Retitle(rival))
    desk.script.append(Edit(over, slug, kind, "the second headline stays", real=False, steps=end, claimed=False))
    desk.text = replace(desk.text, title=rival)
    desk.now = over
    desk.pass_time(_BELIEF)
    desk.changed = over
    _any_edits(desk, 1)


def _reverted(desk: _Desk) -> None:
    before = desk.text
    _figures(desk)
    desk.now += _HOUR
    if desk.script and desk.has_time(_BELIEF):
        back = Revert(desk.script[-1].at - _MINUTE)
        desk.text = before
        desk.edit("revert", {Grade.FIGURES}, back, belief=_BELIEF)


def _curled(desk: _Desk) -> None:
    desk.edit("typographic", {Grade.TYPOGRAPHIC}, Curl())
    _any_edits(desk, 2)


def _live(desk: _Desk) -> None:
    """Many additions at the top within hours."""
    for _ in range(desk.rng.randrange(4, 7)):
        line = desk.draft.fill(desk.draft.pieces["sentences"][len(desk.script)])
        soon = desk.now + 2 * desk.wait() + desk.rng.randrange(5, 20) * _MINUTE
        desk.edit("live page", {Grade.ADDED}, Add(line))
        desk.now = soon


_FATES: Sequence[_Fate] = (
    _Fate(_plain),
    _Fate(_plain),
    _Fate(_plain),
    _Fate(_plain),
    _Fate(_quiet),
    _Fate(_blip),
    _Fate(_walled),
    _Fate(_relocated),
    _Fate(_gone),
    _Fate(_back),
    _Fate(_rivals),
    _Fate(_reverted),
    _Fate(_curled, straight=True),
    _Fate(_live, live=True),
)
