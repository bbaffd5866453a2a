"""The pages of the extraction evaluator, and the pairs that a set of furniture and edits makes of them."""

from __future__ import annotations

import gzip
import importlib.util
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

LARGEST = 600_000  # bytes of a page: as the evaluator takes them


class Known(NamedTuple):
    """A page and what another extractor takes for its article."""

    name: str
    url: str
    text: str
    raw: bytes


class Pair(NamedTuple):
    """`group`: "same" where only furniture differs, "edit" where the article does, "other" where either is right."""

    of: Known
    group: str
    kind: str
    flavour: str
    old: bytes
    new: bytes


def load(path: Path) -> ModuleType:
    """The set of furniture and edits in this file."""
    spec = importlib.util.spec_from_file_location("pairs_of", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no module with pairs of pages")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pages(folder: Path, corpus: str = "moz", sample: slice = slice(None)) -> Iterator[Known]:
    """Those of the sample that are not too large. Of the corpus "traf" no whole text is known."""
    told = json.loads((folder / "data" / f"{corpus}.json").read_text("utf-8"))
    for name in sorted(told)[sample]:
        raw = gzip.decompress((folder / "data" / corpus / f"{name}.gz").read_bytes())
        if len(raw) <= LARGEST:
            yield Known(name, told[name]["url"], told[name].get("text", ""), raw)


def pairs(folder: Path, mutations: Any, seed: int, kinds: set[str] | None) -> Iterator[Pair]:
    for of in pages(folder):
        for made in mutations.pairs(of.raw, of.text, f"{seed}{of.name}", kinds):
            yield Pair(of, *made)


def rate(name: str, wrong: Counter[str], total: int) -> str:
    """How many verdicts of all were wrong, and of which kinds."""
    kinds = ", ".join(f"{kind} {number}" for kind, number in sorted(wrong.items()))
    return f"{name}: {wrong.total()} of {total} ({wrong.total() / max(1, total):.1%}) {kinds}".rstrip()
