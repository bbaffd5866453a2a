"""One made-up article: its people, places and figures, and the written pieces that it has not used yet."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

import yaml

from feedwatch.demo.stories import shelf


@cache
def load_pieces(language: str) -> dict[str, Any]:
    pieces: dict[str, Any] = yaml.safe_load((shelf() / f"pieces.{language}.yaml").read_text("utf-8"))
    return pieces


class Draft:
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
