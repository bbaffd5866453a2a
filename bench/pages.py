"""Furniture and edits on pages that no rule was made with: false alarms and misses of `bench.adapters:compare`.

    python -m bench.pages [--mutations FILE] [--every 4] [--first 0] [--seed 1] [--show]

The pages are the second corpus beside the checkout, `../shared/tools/extraction/data/traf`, of which no whole text is
known. So two other extractors say what is article: what both take is edited, what neither takes changes as furniture.
`--mutations` is a module as the extraction evaluator takes it; without it, that evaluator's own.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from lxml import etree, html

from bench.adapters import compare

TOOLS = Path(__file__).parents[2] / "shared" / "tools" / "extraction"
_LEAST = 600  # characters of an article
_LONGEST = 600_000  # bytes of a page


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("pairs_of", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no module with pairs of pages")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


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
    corpus = json.loads((TOOLS / "data" / "traf.json").read_text("utf-8"))
    total: Counter[str] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    for key in sorted(corpus)[asked.first :: asked.every]:
        raw = gzip.decompress((TOOLS / "data" / "traf" / f"{key}.gz").read_bytes())
        for group, kind, old, new in pairs(module, raw, f"{asked.seed}{key}") if len(raw) <= _LONGEST else ():
            total[group] += 1
            if compare(old, new, corpus[key]["url"]) != (group == "edit"):
                wrong[group, kind] += 1
                if asked.show:
                    print(f"{key} {group} {kind}")
    for group, name in (("same", "false alarms"), ("edit", "misses")):
        kinds = {kind: number for (of, kind), number in sorted(wrong.items()) if of == group}
        number = sum(kinds.values())
        print(f"{name}: {number} of {total[group]} ({number / max(1, total[group]):.1%}) {kinds}")


if __name__ == "__main__":
    main()
