"""All that stands around an article and is another at every request: advertisements, comments, counts, times, tokens.

The wording is in `articles/furniture.*.yaml`; what is taken of it comes from the random numbers that are handed in.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from feedwatch.demo.stories import shelf


@dataclass(frozen=True, slots=True)
class Link:
    title: str
    path: str
    ago: str = ""
    id: int = 0


@cache
def wording(language: str) -> dict[str, Any]:
    """The furniture's words in a language."""
    words: dict[str, Any] = yaml.safe_load((shelf() / f"furniture.{language}.yaml").read_text("utf-8"))
    return words


def furnish(language: str, byline: str, neighbours: Sequence[Link], rng: random.Random) -> dict[str, Any]:
    """One request's furniture. About half of the boxes are there at all."""
    words = wording(language)
    pick, maybe = rng.choice, _Maybe(rng)
    strips = _links(words, neighbours, rng, 18)
    return {
        "nonce": f"{rng.getrandbits(96):024x}",
        "token": f"{rng.getrandbits(160):040x}",
        "number": rng.randrange(10_000, 99_999),
        "server": rng.randrange(1, 40),
        "millis": rng.randrange(20, 400),
        "cookie": maybe(0.6, pick(words["cookie"])),
        "browser": rng.random() < 0.3,
        "app": rng.random() < 0.4,
        "donate": rng.random() < 0.5,
        "meter": maybe(0.4, words["meter"].format(n=rng.randrange(1, 5))),
        "ad": maybe(0.7, pick(words["ads"])),
        "side_ad": pick(words["ads"]),
        "newsletter": maybe(0.7, pick(words["newsletters"])),
        "ticker": strips[:3],
        "related": strips[3:7],
        "most_read": strips[7:12],
        "recommended": strips[12:17],
        "promo": strips[17],
        "ago": _ago(words, rng),
        "shares": words["shares"].format(n=rng.randrange(3, 4_000)),
        "reading": words["reading"].format(n=rng.randrange(3, 900)),
        "comment_count": words["comments"].format(n=rng.randrange(4, 300)),
        "comments": _comments(words, rng),
        "poll": _poll(words, rng),
        "weather": words["weather"].format(
            n=rng.randrange(2, 14), m=rng.randrange(8, 40), h=rng.randrange(24), s=f"{rng.randrange(60):02d}"
        ),
        "stocks": words["stocks"].format(n=rng.randrange(80, 240), sign=pick("+-"), m=f"{rng.random() * 4:.1f}"),
        "bio": words["bio"].format(name=byline.partition(",")[0]),
    }


class _Maybe:
    """Something with a probability, or nothing."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng

    def __call__(self, chance: float, thing: Any) -> Any:
        return thing if self._rng.random() < chance else None


def _ago(words: dict[str, Any], rng: random.Random) -> str:
    pattern: str = rng.choice(words["ago"])
    return pattern.format(n=rng.randrange(2, 59))


def _links(words: dict[str, Any], neighbours: Sequence[Link], rng: random.Random, count: int) -> list[Link]:
    """Headlines of the outlet's own articles among those of articles that nobody watches."""
    made_up = [Link(title, f"/x/{number}") for number, title in enumerate(words["headlines"])]
    chosen = rng.sample([*neighbours, *made_up], count)
    return [Link(link.title, link.path, _ago(words, rng), rng.randrange(1000, 9999)) for link in chosen]


def _comments(words: dict[str, Any], rng: random.Random) -> list[dict[str, Any]]:
    remarks = rng.sample(words["remarks"], rng.randrange(3, 7))
    return [
        {
            "id": rng.randrange(10**6, 10**7),
            "voice": rng.choice(words["voices"]),
            "ago": _ago(words, rng),
            "text": remark,
            "likes": rng.randrange(40),
        }
        for remark in remarks
    ]


def _poll(words: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    poll = words["poll"]
    shares = [rng.randrange(5, 60) for _ in poll["answers"]]
    answers = [{"label": label, "share": share} for label, share in zip(poll["answers"], shares, strict=True)]
    votes = poll["votes"].format(n=rng.randrange(100, 5_000))
    return {"question": rng.choice(poll["question"]), "answers": answers, "votes": votes}
