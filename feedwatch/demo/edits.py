"""What an editor can do to an article, and how the article stands after it. Pure: values in, values out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from feedwatch.demo.stories import Story
from feedwatch.model import Block, BlockKind, EventKind, Grade, Text


@dataclass(frozen=True, slots=True)
class Retitle:
    title: str


@dataclass(frozen=True, slots=True)
class Restand:
    standfirst: str


@dataclass(frozen=True, slots=True)
class Replace:
    """The one block that holds `old` has `new` there."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Add:
    """A new block after the one that begins with `after`; at the top when that is empty."""

    text: str
    after: str = ""
    kind: BlockKind = BlockKind.PARAGRAPH


@dataclass(frozen=True, slots=True)
class Append:
    text: str


@dataclass(frozen=True, slots=True)
class Drop:
    start: str


@dataclass(frozen=True, slots=True)
class Move:
    """The block that begins with `start` goes behind the one that begins with `after`."""

    start: str
    after: str


@dataclass(frozen=True, slots=True)
class Split:
    """One paragraph becomes two; the second begins with `second`."""

    second: str


@dataclass(frozen=True, slots=True)
class Merge:
    """The block that begins with `start` and the one behind it become one."""

    start: str


@dataclass(frozen=True, slots=True)
class Curl:
    """Straight quotation marks become curly, hyphens between spaces become dashes."""


@dataclass(frozen=True, slots=True)
class Revert:
    """The words of that time are back."""

    to: timedelta


@dataclass(frozen=True, slots=True)
class Answer:
    """The page is answered with this status: 200, 404, 410, 503."""

    status: int


class Mask(StrEnum):
    """What stands in the article's place, at its address and with status 200 (but for FRONT: sent on to it)."""

    NONE = ""
    CONSENT = "consent wall"
    PAYWALL = "paywall stub"  # the first paragraph, then an offer
    CAPTCHA = "captcha"
    LOGIN = "login page"
    MISSING = "soft 404"
    FRONT = "front page"
    BLANK = "blank page"  # everything around the article, and no article
    TRUNCATED = "truncated text"
    FOREIGN = "another article"
    MOJIBAKE = "mojibake"


@dataclass(frozen=True, slots=True)
class PutUp:
    """A mask stands in the article's place; NONE takes it away."""

    mask: Mask


@dataclass(frozen=True, slots=True)
class Rival:
    """Every second request gets this headline, the first one too; "" ends the test."""

    title: str


@dataclass(frozen=True, slots=True)
class Relocate:
    """The article has a new address; the old one redirects there for good."""

    slug: str


@dataclass(frozen=True, slots=True)
class Redesign:
    """The page has another template; no word of the article changes."""


Step = (
    Retitle
    | Restand
    | Replace
    | Add
    | Append
    | Drop
    | Move
    | Split
    | Merge
    | Curl
    | Revert
    | Answer
    | PutUp
    | Rival
    | Relocate
    | Redesign
)


@dataclass(frozen=True, slots=True)
class Edit:
    """One line of the script.

    `real`: feedwatch should publish an entry for it: a change with at least `grades`, or an event of the kind `event`.
    `claimed`: the page's own date of modification follows the edit.
    """

    at: timedelta  # from the script's start
    article: str  # the article's slug, or an outlet's: all of its articles
    kind: str
    what: str  # in plain words, for the printed table
    real: bool
    grades: frozenset[Grade] = frozenset()
    event: EventKind | None = None
    steps: tuple[Step, ...] = ()
    claimed: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """How an article stands at some time."""

    text: Text
    modified: timedelta  # the date that the page claims
    slug: str  # the words in its address
    old_slugs: tuple[str, ...] = ()
    status: int = 200
    mask: Mask = Mask.NONE
    rival: str = ""
    designs: int = 0
    edits: int = 0  # how many lines of the script were at work on it


def standing(story: Story, script: Sequence[Edit], now: timedelta) -> Standing:
    """How `story` stands at `now` after all that the script did to it until then, in the script's order."""
    stands = Standing(story.text, story.published, story.slug)
    for edit in script:
        if edit.at > now or edit.article not in (story.slug, story.outlet):
            continue
        before = stands.text
        for step in edit.steps:
            stands = _restored(stands, story, script, step) if isinstance(step, Revert) else apply(stands, step)
        told = edit.claimed and stands.text != before
        modified = max(stands.modified, edit.at) if told else stands.modified
        stands = replace(stands, modified=modified, edits=stands.edits + 1)
    return stands


def _restored(stands: Standing, story: Story, script: Sequence[Edit], step: Revert) -> Standing:
    return replace(stands, text=standing(story, script, step.to).text)


def apply(stands: Standing, step: Step) -> Standing:
    """Any step but a revert, which needs the past."""
    match step:
        case Answer(status):
            return replace(stands, status=status)
        case PutUp(mask):
            return replace(stands, mask=mask)
        case Rival(title):
            return replace(stands, rival=title)
        case Relocate(slug):
            return replace(stands, slug=slug, old_slugs=(*stands.old_slugs, stands.slug))
        case Redesign():
            return replace(stands, designs=stands.designs + 1)
        case _:
            return replace(stands, text=rewrite(stands.text, step))


def rewrite(text: Text, step: Step) -> Text:
    """`text` after a step that changes words."""
    match step:
        case Retitle(title):
            return replace(text, title=title)
        case Restand(standfirst):
            return replace(text, standfirst=standfirst)
        case Curl():
            return Text(curl(text.title), curl(text.standfirst), tuple(_with(b, curl(b.text)) for b in text.blocks))
        case _:
            return replace(text, blocks=tuple(_reblock(list(text.blocks), step)))


def _reblock(blocks: list[Block], step: Step) -> list[Block]:
    match step:
        case Replace(old, new):
            at = _holding(blocks, old)
            blocks[at] = _with(blocks[at], blocks[at].text.replace(old, new, 1))
        case Add(words, after, kind):
            blocks.insert(_beginning(blocks, after) + 1 if after else 0, Block(words, kind))
        case Append(words):
            blocks.append(Block(words))
        case Drop(start):
            del blocks[_beginning(blocks, start)]
        case Move(start, after):
            moved = blocks.pop(_beginning(blocks, start))
            blocks.insert(_beginning(blocks, after) + 1, moved)
        case Split(second):
            at = _holding(blocks, second)
            first, rest = blocks[at].text.split(second, 1)
            blocks[at : at + 1] = [_with(blocks[at], first.strip()), _with(blocks[at], second + rest)]
        case Merge(start):
            at = _beginning(blocks, start)
            blocks[at : at + 2] = [_with(blocks[at], f"{blocks[at].text} {blocks[at + 1].text}")]
        case _:
            raise ValueError(f"{step} changes no words")
    return blocks


def _with(block: Block, words: str) -> Block:
    return replace(block, text=words)


def _holding(blocks: Sequence[Block], words: str) -> int:
    (at,) = (n for n, block in enumerate(blocks) if words in block.text)
    return at


def _beginning(blocks: Sequence[Block], words: str) -> int:
    (at,) = (n for n, block in enumerate(blocks) if block.text.startswith(words))
    return at


def curl(words: str) -> str:
    words = re.sub(r'(^|[\s(])"', "\\1“", words).replace('"', "”")
    return words.replace("'", "’").replace(" - ", " – ")
