"""What stands in an article's place at times: walls, stubs, pages of something else. Pure."""

from __future__ import annotations

import random
from dataclasses import replace

from feedwatch.demo import pages
from feedwatch.demo.edits import Mask
from feedwatch.demo.props import wording
from feedwatch.demo.wire import Reply
from feedwatch.model import Block, Text

_NOTICES = {Mask.CONSENT: "consent", Mask.CAPTCHA: "captcha", Mask.LOGIN: "login", Mask.MISSING: "missing"}


def masked(view: pages.View, other: Text, dice: random.Random) -> Reply:
    """The answer while a mask is up. `other`: another article of the outlet."""
    mask = view.stands.mask
    if mask is Mask.FRONT:
        return Reply(302, headers={"Location": f"{view.base}/"})
    if mask in _NOTICES:
        page = pages.notice_page(view.paper, _NOTICES[mask], dice)
        return Reply(200, page, headers={"Cache-Control": "no-store"})
    text = _shown(mask, view.stands.text, other, view.paper.language)
    shown = replace(view, stands=replace(view.stands, text=text), title=text.title)
    return Reply(200, pages.article_page(shown, dice))


def _shown(mask: Mask, text: Text, other: Text, language: str) -> Text:
    match mask:
        case Mask.PAYWALL:
            offer = (Block(line) for line in wording(language)["paywall"])
            return replace(text, blocks=(text.blocks[0], *offer))
        case Mask.BLANK:
            return replace(text, blocks=())
        case Mask.TRUNCATED:
            return replace(text, blocks=_cut(text.blocks))
        case Mask.FOREIGN:
            return other
        case Mask.MOJIBAKE:
            return Text(_garbled(text.title), _garbled(text.standfirst), tuple(map(_garbled_block, text.blocks)))
        case _:
            return text


def _cut(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """A third of the article; its last paragraph ends in the middle of a word."""
    kept = blocks[: max(2, len(blocks) // 3)]
    return (*kept[:-1], replace(kept[-1], text=kept[-1].text[: len(kept[-1].text) * 3 // 5].rstrip()))


def _garbled(words: str) -> str:
    """UTF-8 read as Latin-1."""
    return words.encode().decode("latin-1")


def _garbled_block(block: Block) -> Block:
    return replace(block, text=_garbled(block.text))
