"""Whether a page's imprint ever hides what reading the page tells, counted on pairs of pages.

    python -m bench.region FOLDER [--mutations FILE] [--seed 1] [--kinds A,B]

FOLDER is that of the extraction evaluator: `data/moz.json`, the pages beside it and `mutate.py`. `--mutations` is any
module that the evaluator takes. In some pairs only furniture differs ("same"), in the others the article does. Of
each pair the older page is read; then the newer one is looked at twice: by the older one's imprint, and as without one,
read beside the older one. No edit may be the same by imprint and told by reading; the exit code says so.
Where furniture differs and reading takes it for an edit, the imprint may know better.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.corpus import Pair, load, pairs
from feedwatch.model import KeptPage, Page, SiteRule
from feedwatch.reading.page import read_new, read_page, read_pair, visible_sha

_RULE = SiteRule()


@dataclass
class Count:
    """`answered`: by the imprint. Of these `hidden` are edits that reading tells, `spared` its false alarms."""

    pairs: Counter[str] = field(default_factory=Counter)
    answered: Counter[str] = field(default_factory=Counter)
    hidden: list[str] = field(default_factory=list)
    spared: list[str] = field(default_factory=list)
    by_kind: dict[str, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))


def count(of: Iterator[Pair]) -> Count:
    found = Count()
    last: tuple[bytes, Page, str] | None = None
    for (name, url, _, _), group, kind, _, old, new in of:
        if last is None or last[0] != old:
            last = old, read_page(old, "", url, _RULE), visible_sha(old, "")
        _, before, sha = last
        kept = KeptPage(new, "", url)
        seen, page = read_new(kept, _RULE, sha, before.imprint)
        if seen == sha:
            continue  # told by the visible text, before any imprint
        found.pairs[group] += 1
        found.by_kind[kind if group == "same" else group][page is None] += 1
        if page is None:
            found.answered[group] += 1
            texts = [one.text.sha for one in read_pair(KeptPage(old, "", url), kept, _RULE, frozenset())]
            if texts[0] != texts[1]:
                (found.spared if group == "same" else found.hidden).append(f"{group} {kind} {name}")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mutations", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", help="comma list")
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    mutations = load(asked.mutations or asked.folder / "mutate.py")
    found = count(pairs(asked.folder, mutations, asked.seed, set(asked.kinds.split(",")) if asked.kinds else None))
    for group, number in sorted(found.pairs.items()):
        print(f"{group:6} {number:5} pairs of other visible text, {found.answered[group]:5} the same by imprint")
    told = (f"{kind} {of[True]}/{of.total()}" for kind, of in sorted(found.by_kind.items()))
    print(f"by kind: {', '.join(told)}")
    print(f"edits that are the same by imprint, told by reading: {len(found.hidden)} {found.hidden}")
    print(f"furniture that is the same by imprint, told by reading: {len(found.spared)} {found.spared}")
    return bool(found.hidden)


if __name__ == "__main__":
    sys.exit(main())
