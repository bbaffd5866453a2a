"""False alarms and misses of `bench.adapters:compare`, and which of the misses are in words of the article.

    python -m bench.verdicts FOLDER [--mutations FILE] [--seed 1] [--edits] [--show miss|alarm]

FOLDER is that of the extraction evaluator: `data/moz.json`, the pages beside it and `mutate.py`. `--mutations` is any
module that the evaluator takes. The pairs are those of its `--pair`, and so are the sums. But the truth that it edits
is what another extractor took for the article, comments, newsletters and links to other stories among it: an edit
there is no miss. `labels.txt` says which blocks these are. `--show`: what each wrong pair differs in, and where.
"""

from __future__ import annotations

import argparse
import logging
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from bench.adapters import compare
from bench.corpus import Pair, load, pairs, rate
from bench.labels import Edit, blocks, change_article, edits, key, read_labels

_SHOWN = 4  # blocks of each side of an edit
_LONG = 220  # characters of a block


def show(pair: Pair, differences: Iterable[Edit], *, ours: bool) -> None:
    print(f"=== {pair.of.name} {pair.kind} {pair.flavour} {'in the article' if ours else 'not in the article'}")
    for edit in differences:
        for sign, side in (("-", edit.old), ("+", edit.new)):
            for block in side[:_SHOWN]:
                print(f"  {sign} {block.text[:_LONG]} @ {block.place}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mutations", type=Path, metavar="FILE")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--edits", action="store_true", help="leave out the pairs where only furniture differs")
    parser.add_argument("--show", choices=["miss", "alarm"])
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    module = load(asked.mutations or asked.folder / "mutate.py")
    kinds = {*module.EDIT, *(() if asked.edits else module.SAME)}
    labels, older = read_labels(), lru_cache(1)(blocks)  # most edits of a page are of the same one
    total: Counter[str] = Counter()
    wrong: dict[str, Counter[str]] = {what: Counter() for what in ("alarm", "miss", "ours")}
    for pair in pairs(asked.folder, module, asked.seed, kinds):
        told = compare(pair.old, pair.new, pair.of.url)
        verdict = {("same", True): "alarm", ("edit", False): "miss"}.get((pair.group, told))
        if pair.group == "same" and verdict is None:
            total["same"] += 1
            continue
        sides = older(pair.old), blocks(pair.new)
        ours = change_article(*sides, pair.of.text, labels[key(pair.of.raw)])
        total.update({pair.group: 1, "ours": pair.group == "edit" and ours})
        if verdict:
            wrong[verdict][pair.kind] += 1
            wrong["ours"][pair.kind] += verdict == "miss" and ours
            if verdict == asked.show:
                show(pair, edits(*sides), ours=ours)
    print(rate("false alarms", wrong["alarm"], total["same"]))
    print(rate("misses", wrong["miss"], total["edit"]))
    print(rate("misses in words of the article", +wrong["ours"], total["ours"]))


if __name__ == "__main__":
    main()
