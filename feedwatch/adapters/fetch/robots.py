"""What a robots.txt (RFC 9309) says to us. Protego judges; what it is given is bounded first."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta

from protego import Protego

LONGEST = 512 * 1024  # characters; RFC 9309 asks for 500 KiB at least
SLOWEST = timedelta(seconds=60)  # a crawl delay beyond this is taken for this

_AGENT_LINE = re.compile(r"\s*user(?:-|\s*)agent\s*(?::|\s)(.*)", re.IGNORECASE)
_PRODUCT = re.compile(r"(?:.*?\(compatible;\s*)?([A-Za-z_-]+)")


@dataclass(frozen=True, slots=True)
class Robots:
    text: str
    product: str  # our name among the user agents
    _rules: Protego = field(repr=False, compare=False)

    @property
    def crawl_delay(self) -> timedelta:
        delay = self._rules.crawl_delay(self.product)
        return timedelta(seconds=min(float(delay or 0), SLOWEST.total_seconds()))

    def allows(self, url: str) -> bool:
        return bool(self._rules.can_fetch(url, self.product))


def read_robots(text: str, user_agent: str) -> Robots:
    """Takes up to half a second for the worst text there can be: call it in a thread."""
    product = product_of(user_agent)
    return Robots(text, product, Protego.parse(_without_others(text[:LONGEST], product)))


def product_of(user_agent: str) -> str:
    """The name in front: feedwatch of "feedwatch/1.0 (+https://...)" and "Mozilla/5.0 (compatible; feedwatch/1.0)"."""
    found = _PRODUCT.match(user_agent.strip())
    return found.group(1).lower() if found else "feedwatch"


def _without_others(text: str, product: str) -> str:
    """All agents but ours and "*" under one name.

    Protego copies each rule to every agent of its group: 20,000 agents over 20,000 rules are 400 million copies.
    It also takes a name for ours wherever that stands in the whole User-Agent: "https" in its contact, for one.
    """
    lines = []
    for line in text.removeprefix("\ufeff").splitlines():
        agent = _AGENT_LINE.match(line)
        if agent:
            name = agent.group(1).partition("#")[0].strip().lower()
            lines.append(f"User-agent: {name if name in (product, '*') else '-'}")
        else:
            lines.append(line)
    return "\n".join(lines)
