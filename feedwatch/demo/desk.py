"""One made-up article while its part of the script is made: the text so far, and when the next edit may come."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

from feedwatch.demo.draft import Draft
from feedwatch.demo.edits import Edit, Mask, PutUp, Replace, Revert, Step, rewrite
from feedwatch.demo.script import START
from feedwatch.demo.simulation import LONGEST
from feedwatch.demo.stories import Story
from feedwatch.judging.schedule import Policy, expected_wait
from feedwatch.model import Article, EventKind, Grade

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# What is believed only after several agreeing looks (hours apart) needs so much quiet.
BELIEF = DAY
# Three looks over six hours make a suspect real; what passes sooner is to be silence, and is forgotten within those.
PASSING = 4 * HOUR
SUSPECTED = 6 * HOUR
_POLICY = Policy(longest=LONGEST)
# Grades that a change has to nobody's surprise: its words are the same, so there is nothing to keep silent about.
_WORDLESS = frozenset({Grade.TYPOGRAPHIC})


class Desk:
    """Plans the edits of one article, each when the one before it must have been seen."""

    def __init__(self, rng: random.Random, story: Story, draft: Draft, end: timedelta, polled: timedelta) -> None:
        self.rng, self.story, self.draft, self.end = rng, story, draft, end
        self.text = story.text
        self.script: list[Edit] = []
        self.found = max(story.published, timedelta())  # at the earliest
        self.changed: timedelta | None = None
        self.changes = 0
        self.now = self.found + polled + rng.randrange(10, 90) * MINUTE

    def wait(self) -> timedelta:
        """How long an edit made now stays unseen at most."""
        article = Article(
            self.story.slug,
            "",
            "",
            "",
            "",
            "",
            first_seen_at=START + self.found,
            published_at=START + self.story.published,
        )
        if self.changed is not None:
            article = replace(article, last_changed_at=START + self.changed, changes=self.changes)
        asked = expected_wait(article, START + self.now, _POLICY) * (1 + _POLICY.jitter)
        return max(15 * MINUTE, min(asked, LONGEST))

    def has_time(self, belief: timedelta = timedelta()) -> bool:
        return self.now + 3 * self.wait() + belief + 6 * HOUR < self.end

    def pass_time(self, belief: timedelta = timedelta()) -> None:
        """Until what was done is seen, and then some."""
        self.now += 2 * self.wait() + belief + MINUTE * self.rng.randrange(10, 60 * self.rng.choice((1, 5, 40)))

    def edit(self, kind: str, grades: set[Grade], *steps: Step, belief: timedelta = timedelta()) -> None:
        """A real change of words; one in four is silent."""
        owned = Grade.CORRECTION in grades or self.rng.random() < 0.75
        silent = not owned and grades != _WORDLESS
        told = frozenset({*grades, Grade.SILENT} if silent else grades)
        self._note(kind, f"{kind}{', silently' if silent else ''}", told, steps, claimed=not silent)
        self.pass_time(belief)
        self._reword(*steps)

    def event(
        self, kind: EventKind, what: str, *steps: Step, grades: set[Grade] | None = None, belief: timedelta = BELIEF
    ) -> None:
        """`grades`: of the words that changed with it."""
        self._note(kind.value, what, frozenset(grades or ()), steps, event=kind)
        self.pass_time(belief)
        for step in steps:
            if isinstance(step, Replace):
                self._reword(step)

    def _reword(self, *steps: Step) -> None:
        """The text after `steps` of the newest line of the script."""
        for step in steps:
            if not isinstance(step, Revert):
                self.text = rewrite(self.text, step)
        self.changed = self.script[-1].at
        self.changes += 1

    def passing(self, kind: str, lasts: timedelta, begin: Step, end: Step) -> None:
        """Something that passes and is not to be heard of."""
        self.nothing(kind, f"{kind} begins", begin)
        self.now += lasts
        self.nothing(kind, f"{kind} is over", end)
        self.pass_time(SUSPECTED)

    def nothing(self, kind: str, what: str, *steps: Step) -> None:
        self.script.append(Edit(self.now, self.story.slug, kind, what, real=False, steps=steps))

    def mask(self, mask: Mask) -> None:
        """A mask that is met, if its article is young enough to be looked at so often, and passes."""
        lasts = min(PASSING, max(HOUR, 1.5 * self.wait()))
        self.passing(mask.value, lasts, PutUp(mask), PutUp(Mask.NONE))

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
