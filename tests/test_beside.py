"""Texts of any length: none holds up the event loop, none is kept that is no article's."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from feedwatch.model import Block, Page, Text
from feedwatch.running.beside import beside
from tests.internet import BODY, Newspaper, hours, newspaper_config

SENTENCE = "The ferry had passed its yearly inspection in January without a single remark by the port. "


@pytest.mark.parametrize(("times", "apart"), [(1, False), (2000, True)])
def test_only_a_long_text_is_judged_beside_the_loop(times: int, *, apart: bool) -> None:
    seen = [None, Page(Text("Ferry fire", "", (Block(SENTENCE * times),)), "trafilatura")]

    thread = asyncio.run(beside(seen, threading.get_ident))

    assert (thread != threading.get_ident()) is apart


def test_a_long_article_is_watched_like_any_other(tmp_path: Path) -> None:
    paper = Newspaper(tmp_path, newspaper_config(tmp_path))
    try:
        for figure in ("Fourteen", "Forty-one"):
            paper.publishes(
                "/log", body=[f"{figure} people died before the lifeboats arrived.", *BODY, SENTENCE * 1200]
            )
            paper.tick(after=hours(1))

        assert [change.facts.words_added for change in paper.history("/log").changes] == [1]
    finally:
        paper.close()


def test_a_text_longer_than_any_articles_is_set_aside(tmp_path: Path) -> None:
    paper = Newspaper(tmp_path, newspaper_config(tmp_path))
    try:
        paper.publishes("/log", body=[SENTENCE * 22_000])
        paper.tick()

        assert paper.article("/log").versions == 0
        assert "longer than 2,000,000 characters" in paper.article("/log").problem
    finally:
        paper.close()
