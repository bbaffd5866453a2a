"""Furniture and edits on pages that no rule was made with: false alarms and misses of `bench.adapters:compare`.

    python -m bench.pages [--mutations FILE] [--every 4] [--first 0] [--seed 1] [--show]

The pages are the second corpus beside the checkout, `../shared/tools/extraction/data/traf`, of which no whole text is
known. So two other extractors say what is article: what both take is edited, what neither takes changes as furniture.
`--mutations` is a module as the extraction evaluator takes it; without it, that evaluator's own.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from lxml import etree, html

from bench.adapters import compare
from bench.corpus import load, pages, rate

TOOLS = Path(__file__).parents[2] / "shared" / "tools" / "extraction"
_LEAST = 600  # characters of an article


def truths(raw: bytes) -> tuple[str, str]:
    """What may be the article, by one extractor or the other, and what is, by both."""
    from readability import Document
    from trafilatura import extract

    text = raw.decode("utf-8", "replace")
    try:
        readable = "".join(map(str, html.fromstring(Document(text).summary()).itertext()))
    except (etree.LxmlError, ValueError, TypeError, AttributeError):
        readable = ""
    most = extract(text, favor_recall=True, include_comments=True, include_tables=True) or ""
    least = extract(text, favor_precision=True, include_comments=False, include_tables=True) or ""
    bare = _bare(readable)
    return f"{most}\n{readable}", "\n".join(line for line in least.split("\n") if line and _bare(line) in bare)


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def pairs(module: ModuleType, raw: bytes, seed: str) -> Iterator[tuple[str, str, bytes, bytes]]:
    """Group ("same" or "edit"), kind, and the page before and after."""
    for kinds, truth in zip((module.SAME, module.EDIT), truths(raw), strict=True):
        if len(truth) < _LEAST:
            return
        try:
            for group, kind, _flavour, old, new in module.pairs(raw, truth, seed, set(kinds)):
                yield group, kind, old, new
        except ValueError as error:  # a page with characters that no tree may hold
            print(f"\nleft out from here: {error}", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutations", type=Path, default=TOOLS / "mutate.py", metavar="FILE")
    parser.add_argument("--every", type=int, default=4, help="take every so many-th page")
    parser.add_argument("--first", type=int, default=0, help="start with this one")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--show", action="store_true", help="name the page of each wrong verdict")
    asked = parser.parse_args()
    if not TOOLS.is_dir():
        raise SystemExit(f"there are no pages at {TOOLS}")
    module = load(asked.mutations)
    total: Counter[str] = Counter()
    wrong: dict[str, Counter[str]] = {"same": Counter(), "edit": Counter()}
    for page in pages(TOOLS, "traf", slice(asked.first, None, asked.every)):
        for group, kind, old, new in pairs(module, page.raw, f"{asked.seed}{page.name}"):
            total[group] += 1
            if compare(old, new, page.url) != (group == "edit"):
                wrong[group][kind] += 1
                if asked.show:
                    print(f"{page.name} {group} {kind}")
    print(rate("false alarms", wrong["same"], total["same"]))
    print(rate("misses", wrong["edit"], total["edit"]))


if __name__ == "__main__":
    main()
