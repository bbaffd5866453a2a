"""A newsroom of any size, made up from a seed: articles put together from written pieces, and a script that edits them.

The script keeps the spacing of the written one: a real edit comes only when the one before it must have been seen.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import timedelta

from feedwatch.demo.desk import DAY, HOUR, MINUTE, Desk
from feedwatch.demo.draft import Draft, load_pieces
from feedwatch.demo.edits import Edit, Redesign
from feedwatch.demo.fates import FATES, Fate
from feedwatch.demo.stories import Story
from feedwatch.model import Block, Text

_LANGUAGES = ("en", "de", "fr", "es")


def generate(
    seed: int, articles: int = 40, days: int = 30, polled_every: timedelta = HOUR
) -> tuple[tuple[Story, ...], tuple[Edit, ...]]:
    """Articles in four languages and a script for them; everything happens to some article, at random times.

    In the middle one outlet is redesigned. Every real edit is early enough to be seen before the end, and comes only
    when its article must have been found by somebody who polls the feeds so often.
    """
    rng = random.Random(seed)  # noqa: S311 - a demo
    end = days * DAY
    fates = [FATES[number % len(FATES)] for number in range(articles)]
    rng.shuffle(fates)
    stories, script = [], []
    for number, fate in enumerate(fates):
        pieces = load_pieces(_LANGUAGES[number % len(_LANGUAGES)])
        latest = end / 2 if number >= len(_LANGUAGES) else timedelta()  # each outlet has an article from the start
        published = timedelta(minutes=rng.randrange(-24 * 60, int(latest / MINUTE)))
        draft = Draft(rng, pieces)
        story = _write(draft, number, published, fate)
        desk = Desk(rng, story, draft, end, polled_every)
        fate.plan(desk)
        stories.append(story)
        script += desk.script
    redesigned = load_pieces(rng.choice(_LANGUAGES))["outlet"]
    what = "a new template for the outlet, no word of an article changes"
    script.append(Edit(end / 2, redesigned, "redesign", what, real=False, steps=(Redesign(),)))
    return tuple(stories), tuple(sorted(script, key=lambda edit: edit.at))


def _write(draft: Draft, number: int, published: timedelta, fate: Fate) -> Story:
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
