"""What reading a page costs against trafilatura's fast mode alone: CPU of one process, page by page in turn.

    python -m bench.extraction [FOLDER] [--rounds 3]

FOLDER holds pages as `*.html` or gzipped as `*.gz`; without one the pages are those of `bench.checks`. Of each page
counts the middle of its rounds, so that a disturbed one does not. What was kept of an earlier reading is forgotten
before each: a page is read as one never seen, of a site never seen.
"""

from __future__ import annotations

import argparse
import gzip
import logging
import statistics
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

from bench.adapters import extract
from bench.origin import Origin
from feedwatch.reading import page


def fast(html: bytes, url: str) -> str | None:
    import trafilatura

    return trafilatura.extract(html, url=url, fast=True, include_comments=False, deduplicate=False)


def compare(bodies: Sequence[bytes], rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds for each page: read by feedwatch, and by trafilatura alone."""
    ways: tuple[Callable[[bytes, str], object], ...] = (extract, fast)
    for way in ways:
        way(bodies[0], "http://news.test/")
    spent: tuple[list[float], list[float]] = ([], [])
    for body in bodies:
        times: tuple[list[float], list[float]] = ([], [])
        for turn in range(rounds):
            for i in (0, 1) if turn % 2 else (1, 0):
                _forget()
                began = process_time()
                ways[i](body, "http://news.test/")
                times[i].append(process_time() - began)
        for i in (0, 1):
            spent[i].append(statistics.median(times[i]) * 1e3)
    return spent


def _forget() -> None:
    page._lately.clear()  # noqa: SLF001 - what a worker keeps for the jobs after it
    for name, module in list(sys.modules.items()):
        if name.startswith("feedwatch.reading."):
            for kept in vars(module).values():
                if hasattr(kept, "cache_parameters") and kept.cache_parameters()["maxsize"] is not None:
                    kept.cache_clear()


def _bodies(folder: Path | None) -> list[bytes]:
    if folder is None:
        with Origin(40) as origin:
            return origin.bodies()
    found = sorted(path for path in folder.iterdir() if path.suffix in (".html", ".gz"))
    return [gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in found]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    bodies = _bodies(asked.folder)
    if not bodies:
        parser.error(f"no *.html and no *.gz in {asked.folder}")
    ours, theirs = compare(bodies, asked.rounds)
    print(f"{len(bodies)} pages, {statistics.median(map(len, bodies)) / 1000:.0f} KB in the middle")
    print(
        f"median CPU a page: feedwatch {statistics.median(ours):.1f} ms, trafilatura {statistics.median(theirs):.1f} ms"
    )
    print(f"ratio: of the medians {statistics.median(ours) / statistics.median(theirs):.2f}", end=", ")
    print(f"page by page {statistics.median(a / b for a, b in zip(ours, theirs, strict=True)):.2f}", end=", ")
    print(f"of the sums {sum(ours) / sum(theirs):.2f}")


if __name__ == "__main__":
    main()
