"""Observations about a page that tell of walls, missing pages and front pages; `judging` weighs them."""

# ruff: noqa: E501 - tables of wording

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from feedwatch.reading.metadata import Metadata
from feedwatch.reading.outline import Outline
from feedwatch.reading.wording import Matter, find_phrases

_CHALLENGE = re.compile(
    r"captcha|cf-challenge|challenge-platform|challenge-form|cf-turnstile|px-captcha|datadome|ddg-captcha|incapsula",
    re.IGNORECASE,
)
_CHALLENGE_WORDING = re.compile(
    r"just a moment|verify(?:ing)? (?:that )?you are (?:a )?human|are you a (?:robot|human)|not a robot|unusual traffic"
    r"|checking your browser|attention required|access denied|bot verification|kein roboter|pas un robot|no (?:es|eres) un robot"
    r"|non sei un robot|não (?:é|sou) um robô|geen robot|не робот|ロボットではない|人机验证|安全验证|لست روبوت",
    re.IGNORECASE,
)
_NOT_FOUND = re.compile(
    r"\b404\b|not found|no longer (?:available|exists)|can(?:no|')t (?:be found|find)|does ?n[o']t exist|page (?:is )?unavailable"
    r"|nicht gefunden|existiert nicht|nicht mehr verfügbar|introuvable|n'existe (?:pas|plus)|no (?:se ha )?encontrad[oa]"
    r"|no existe|non trovat[ao]|non esiste|não (?:foi )?encontrad[ao]|não existe|niet gevonden|bestaat niet|не найден[ао]?"
    r"|не существует|見つかりません|存在しません|找不到|不存在|页面已删除|غير موجودة?|لم يتم العثور",
    re.IGNORECASE,
)
_SHORT = 1500  # characters on the whole page: what a wall shows, and hardly an article's page


def find_marks(tree: HtmlElement) -> frozenset[str]:
    """The signs that stand in scripts, head and forms; before anything is taken out of the tree."""
    found = set()
    if any((field.get("type") or "").lower() == "password" for field in tree.iter("input")):
        found |= {"login-form", "password"}
    if any((meta.get("http-equiv") or "").lower() == "refresh" for meta in tree.iter("meta")):
        found.add("meta-refresh")
    if _challenges(tree, "script", "iframe", "form"):
        found.add("challenge")
    return frozenset(found)


def _challenges(tree: HtmlElement, *tags: str) -> bool:
    values = (element.get(name) for element in tree.iter(*tags) for name in ("id", "class", "src", "action"))
    return any(_CHALLENGE.search(value) for value in values if value)


def find_signs(marks: frozenset[str], outline: Outline, metadata: Metadata, title: str) -> frozenset[str]:
    found = set(marks | metadata.marks) - {"challenge"}
    if "noindex" in metadata.robots or metadata.robots.strip() == "none":
        found.add("noindex")
    if metadata.kind == "website":
        found.add("og:type=website")
    lines = [run.text for run in outline.runs[:8]]
    heads = [line.replace("’", "'") for line in (*metadata.titles[:2], title, *lines[:3]) if len(line) < 120]
    if any(_NOT_FOUND.search(line) for line in heads):
        found.add("soft-404-wording")
    if outline.root.chars <= _SHORT:
        # Only now: a page may have a thousand of these elements.
        challenge = "challenge" in marks or _challenges(outline.root.element, "div")
        found |= _walls(challenge, [*metadata.titles, *lines])
    return frozenset(found)


def _walls(challenge: bool, lines: Sequence[str]) -> set[str]:  # noqa: FBT001 - a value, not a mode
    """What a page with hardly any text is made for."""
    found = set()
    if challenge or any(_CHALLENGE_WORDING.search(line) for line in lines):
        found.add("captcha")
    matters = {matter for line in lines for matter in find_phrases(line).strong}
    if Matter.CONSENT in matters:
        found.add("consent")
    if matters & {Matter.PAYWALL, Matter.ACCOUNT}:
        found.add("paywall")
    return found
