"""Whether there is room to write the store and the site; and what is found by looking, for the doctor, too."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from feedwatch.config import Config
from feedwatch.running.app import store_file

# Below it a day's work may not find room: a thousand new articles take some 20 MB, in the store and as pages.
SCARCE = 200 * 1024**2
SPENT = 20 * 1024**2


class Level(StrEnum):
    GOOD = "good"
    NOTE = "note"  # worth knowing; nothing is wrong
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    part: str
    level: Level
    text: str


def room(config: Config) -> Iterator[Finding]:
    """Whether the store and the site can be written: cheap, also for `feedwatch status`."""
    file = store_file(config)
    output = config.site.output
    folder = _standing(output) if isinstance(output, Path) else None
    places = [("store", _standing(file.parent) if file else None), ("output", folder)]
    for what, folder in places:
        if folder is None:
            continue
        free = shutil.disk_usage(folder).free
        if not os.access(folder, os.W_OK) or (
            what == "store" and file and file.exists() and not os.access(file, os.W_OK)
        ):
            text = f"{folder} cannot be written; give this user the right to, or mount it writable"
            yield Finding("space", Level.BAD, f"the {what}: {text}")
        elif free < SCARCE:
            level = Level.BAD if free < SPENT else Level.NOTE
            yield Finding("space", level, f"the {what}: {free // 1024**2} MB are left in {folder}; make room")
        else:
            yield Finding("space", Level.GOOD, f"the {what}: {free // 1024**3} GB are left in {folder}")


def _standing(folder: Path) -> Path:
    """The folder, or the innermost above it that is there."""
    folder = folder.absolute()
    return next((place for place in (folder, *folder.parents) if place.exists()), folder)
