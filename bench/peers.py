"""What a check costs elsewhere: other programs that watch pages, at the same origin, in the same run.

    python -m bench.peers make FOLDER          each in its own venv from PyPI
    python -m bench.peers run FOLDER [--articles 200] [--hosts 4] [--rounds 3]

Each program runs as its users run it, with its own defaults, on a list of the articles (only feedwatch follows feeds).
CPU milliseconds per article of all its processes, without starting it: a run over one article is measured beside each
and subtracted (of feedwatch, one in which nothing is due: starting its workers is in its figures). The cases take turns
in every round. No figure stands alone: beside it is told how many of the planted edits it found, and how many articles
it took for edited that were not. A run that did not ask for every article, or in which feedwatch did not find exactly
the planted edits, ends the benchmark: it has no figures.

Left out: diffengine, which cannot be installed any more (0.2.7 misses a file of its own, 0.2.6 wants a library that is
gone). Of changedetection.io, a web application, the fetch and compare of its worker is called, one after the other.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bench.checks import FIRST_SEEN, SAME_DAY, Case, Feedwatch, SkippedError
from bench.gauge import Cost, gauge
from bench.origin import MODIFIED, Origin, Setting, Shown

PACKAGES = {
    "urlwatch": "urlwatch==2.29",
    "webchanges": "webchanges==3.37.0",
    "changedetection": "changedetection.io==0.60.10",
}
_PLAIN, _ASKING, _EXACT = Setting(validators=False), Setting(), Setting(exact=True)
FIRST = Case("first sight", _PLAIN, _PLAIN)
CASES = (
    Case("all 304, a lenient server", _ASKING, Setting(latency=0)),
    Case("nothing new, a server like nginx", _EXACT, Setting(exact=True)),
    Case("same bytes, no validators", _PLAIN, Setting(validators=False)),
    Case("numbers changed, text same", _PLAIN, Setting(Shown.NUMBERS, validators=False)),
    Case("furniture changed, article same", _PLAIN, Setting(Shown.FURNITURE, validators=False)),
    Case("10 % edited, rest 304", _ASKING, Setting(Shown.EDITED)),
)


class Peer(Protocol):
    name: str

    def set_up(self, folder: Path, origin: Origin) -> None: ...
    def check(self, folder: Path, *, one: bool) -> Cost:
        """All articles, or the first alone; what it said lies in `folder/said`."""
        ...

    def told(self, folder: Path) -> set[str]:
        """The articles that it told of as changed."""
        ...


class Command:
    """urlwatch and webchanges: the same ancestor, nearly the same words."""

    def __init__(self, venvs: Path, name: str, jobs: str, store: str) -> None:
        self.name = name
        self._words = [
            str(venvs / name / "bin" / name),
            jobs,
            "urls.yaml",
            "--config",
            "config.yaml",
            "--hooks",
            "h.py",
        ]
        self._words += [store, "store.db"]

    def set_up(self, folder: Path, origin: Origin) -> None:
        (folder / "urls.yaml").write_text("---\n".join(f"url: {url}\n" for url in origin.articles))

    def check(self, folder: Path, *, one: bool) -> Cost:
        return _said([*self._words, *(["1"] if one else [])], folder)

    def told(self, folder: Path) -> set[str]:
        return _changed(folder)


def _changed(folder: Path) -> set[str]:
    """Both put the URL behind what they call the article, if they call it anything."""
    said = (folder / "said").read_text(errors="replace")
    return {url.rstrip(")") for url in re.findall(r"^CHANGED: (?:.*\()?(http\S+)$", said, re.MULTILINE)}


class ChangeDetection:
    name = "changedetection"

    def __init__(self, venvs: Path) -> None:
        self._python = str(venvs / self.name / "bin" / "python")

    def set_up(self, folder: Path, origin: Origin) -> None:
        (folder / "urls").write_text("\n".join(origin.articles))
        (folder / "store").mkdir()
        (folder / "drive.py").write_text(_DRIVE)

    def check(self, folder: Path, *, one: bool) -> Cost:
        return _said([self._python, "drive.py", *(["1"] if one else [])], folder)

    def told(self, folder: Path) -> set[str]:
        return _changed(folder)


# As its worker does for each watch, without screenshots, notifications and the web pages.
_DRIVE = """
import asyncio, sys, time
from loguru import logger
logger.remove()
from changedetectionio.store import ChangeDetectionStore
from changedetectionio.processors import get_processor_module
urls = open("urls").read().split()[: int(sys.argv[1]) if len(sys.argv) > 1 else None]
store = ChangeDetectionStore(datastore_path="store", include_default_watches=False)
known = {watch["url"]: uuid for uuid, watch in store.data["watching"].items()}
processor = get_processor_module("text_json_diff")
async def main():
    for url in urls:
        uuid = known.get(url) or store.add_watch(url=url)
        watch = store.data["watching"][uuid]
        handler = processor.perform_site_check(datastore=store, watch_uuid=uuid)
        await handler.call_browser()
        changed, update, contents = handler.run_changedetection(watch=watch)
        seen = watch.history_n
        store.update_watch(uuid=uuid, update_obj=update)
        if changed or not seen:
            at = max(int(time.time()), int(watch.newest_history_key or 0) + 1)
            watch.save_history_blob(contents=contents, timestamp=at, snapshot_id=update.get("previous_md5", "none"))
        if changed and seen:
            print("CHANGED:", url)
asyncio.run(main())
sys.stdout.flush()
import os
os._exit(0)  # its threads would wait
"""


class Curl:
    """The floor: fetched in parallel and thrown away; it compares nothing."""

    name = "curl"

    def set_up(self, folder: Path, origin: Origin) -> None:
        for name, urls in (("all", origin.articles), ("one", origin.articles[:1])):
            (folder / name).write_text("".join(f'url = "{url}"\noutput = "/dev/null"\n' for url in urls))
        (folder / "first").write_text("")

    def check(self, folder: Path, *, one: bool) -> Cost:
        words = [
            "curl",
            "--silent",
            "--compressed",
            "--parallel",
            "--parallel-max",
            "16",
            "-K",
            "one" if one else "all",
        ]
        if not (folder / "first").exists():
            words += ["-H", f"If-Modified-Since: {MODIFIED}"]
        elif not one:
            (folder / "first").unlink()
        return _said(words, folder)

    def told(self, folder: Path) -> set[str]:
        del folder
        return set()


class Ours:
    name = "feedwatch"

    def __init__(self) -> None:
        self._watcher = Feedwatch()

    def set_up(self, folder: Path, origin: Origin) -> None:
        self._origin = origin
        self._watcher.set_up(folder, origin)

    def check(self, folder: Path, *, one: bool) -> Cost:
        """Once more at the same time nothing is due: its way of being started only."""
        seen = folder / "seen"
        now = FIRST_SEEN if not seen.exists() else FIRST_SEEN + SAME_DAY
        if one:
            now = datetime.fromisoformat(seen.read_text())
        elif seen.exists():  # copied since: what another folder makes anew is no check's
            self._watcher.run(folder, datetime.fromisoformat(seen.read_text()))
        seen.write_text(now.isoformat())
        cost = self._watcher.run(folder, now)
        if cost.code:
            raise SkippedError(f"feedwatch: exit code {cost.code}: {cost.said}")
        return cost

    def told(self, folder: Path) -> set[str]:
        return set(self._watcher.changes(folder, self._origin))


def _said(words: Sequence[str], folder: Path) -> Cost:
    # No proxy, and none that leads out: webchanges asks the registry for a newer version of itself.
    environment = {"ALLOW_IANA_RESTRICTED_ADDRESSES": "true", "https_proxy": "http://127.0.0.1:9", "HOME": str(folder)}
    return gauge(["sh", "-c", f"{shlex.join(words)} > said 2>&1"], folder, environment)


# ---------------------------------------------------------------------------------------------------------- measuring


@dataclass(frozen=True, slots=True)
class Figure:
    cpu: float  # milliseconds per article
    wall: float
    peak: int  # bytes
    right: int  # planted edits told of
    false: int  # articles told of that were not edited


def measure(peer: Peer, origin: Origin, room: Path) -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    seen: dict[Setting, Path] = {}
    for setting in dict.fromkeys(case.first for case in CASES):
        origin.set(setting)
        folder = seen[setting] = room / f"{peer.name}-{len(seen)}"
        folder.mkdir()
        peer.set_up(folder, origin)
        first = _figure(peer, folder, origin, replace(FIRST, first=setting, then=setting))
        if setting == FIRST.first:
            figures[FIRST.name] = first
    for number, case in enumerate(CASES):
        folder = room / f"{peer.name}-copy-{number}"  # kept until the end, as in checks.py
        shutil.copytree(seen[case.first], folder)
        origin.set(case.then)
        figures[case.name] = _figure(peer, folder, origin, case)
    return figures


def _figure(peer: Peer, folder: Path, origin: Origin, case: Case) -> Figure:
    cost = peer.check(folder, one=False)
    planted = set(origin.edited()) if case.then.shown is Shown.EDITED else set()
    told = peer.told(folder)
    _guard(peer, origin, case, told ^ planted)
    start = peer.check(folder, one=True)
    count = len(origin.articles)
    return Figure(
        cpu=(cost.cpu - start.cpu) * 1e3 / count,
        wall=(cost.wall - start.wall) * 1e3 / count,
        peak=cost.peak,
        right=len(told & planted),
        false=len(told - planted),
    )


def _guard(peer: Peer, origin: Origin, case: Case, wrong: set[str]) -> None:
    """What others take for an edit is told beside their figures; of us it is asked that it is right."""
    asked = {url for (url, status), _ in origin.served().answers.items() if status in {200, 304}}
    if missing := set(origin.articles) - asked:
        raise SkippedError(f"{peer.name}, {case.name}: {len(missing)} articles were not asked for")
    if isinstance(peer, Ours) and wrong:
        raise SkippedError(f"{peer.name}, {case.name}: wrong about {len(wrong)} articles, as {min(wrong)}")


def tell(figures: dict[str, dict[str, list[Figure]]], planted: int) -> None:
    names = list(next(iter(figures.values())))
    for case in names:
        print(f"\n{case}")
        for peer, of in figures.items():
            some = of[case]
            cpu, last = [one.cpu for one in some], some[-1]
            ratio = statistics.median(cpu) / statistics.median(one.cpu for one in figures["feedwatch"][case])
            found = f"{last.right} of {planted} edits, " if "edited" in case else ""
            print(
                f"  {peer:16}{statistics.median(cpu):8.2f}  {min(cpu):.2f} to {max(cpu):.2f}  {ratio:6.1f} x  "
                f"{last.peak / 1e6:4.0f} MB  {found}{last.false} false"
            )


def make(folder: Path) -> None:
    for name, package in PACKAGES.items():
        venv.create(folder / name, with_pip=True)
        subprocess.run([folder / name / "bin" / "pip", "install", "--quiet", package], check=True)


def run(folder: Path, articles: int, hosts: int, rounds: int) -> None:
    folder = folder.absolute()
    peers: list[Peer] = [
        Ours(),
        Command(folder, "urlwatch", "--urls", "--cache"),
        Command(folder, "webchanges", "--jobs", "--database"),
        ChangeDetection(folder),
        Curl(),
    ]
    figures: dict[str, dict[str, list[Figure]]] = {peer.name: defaultdict(list) for peer in peers}
    with Origin(articles, hosts) as origin:
        planted = len(origin.edited())
        for _ in range(rounds):
            for peer in peers:
                with tempfile.TemporaryDirectory(prefix="bench-peers-") as room:
                    for case, figure in measure(peer, origin, Path(room)).items():
                        figures[peer.name][case].append(figure)
    print(f"{articles} articles, {rounds} rounds, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    print("CPU ms per article: median, spread, times feedwatch's; largest process; edits told of")
    tell(figures, planted)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("job", choices=("make", "run"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--hosts", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    if asked.job == "make":
        make(asked.folder)
    else:
        run(asked.folder, asked.articles, asked.hosts, asked.rounds)


if __name__ == "__main__":
    main()
