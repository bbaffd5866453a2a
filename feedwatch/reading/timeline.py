"""An entry of a live article or a timeline: a box that opens with a time of day and goes on in sentences."""

from __future__ import annotations

import re

from feedwatch.model import BlockKind
from feedwatch.reading.outline import SEMANTIC, Box, Run
from feedwatch.reading.stamps import is_stamp

_CLOCK = re.compile(r"(?<!\d)\d{1,2}\s?[:.hH時时点시]\s?\d{2}(?!\d)")
_SENTENCES_END = tuple(".!?…。！？؟।”\"')」")


def is_entry(box: Box, runs: list[Run]) -> bool:
    """Whether `box`, with `runs` in it, is one. Programmes, latest news and comments have links, buttons or names."""
    if len(runs) < 2 or box.links or box.buttons or box.fields or box.tag in SEMANTIC:
        return False
    time, *told = runs
    if not is_stamp(time.text) or _CLOCK.search(time.text) is None:
        return False
    said = [run for run in told if run.kind is not BlockKind.HEADING]
    return bool(said) and all(run.text.endswith(_SENTENCES_END) and not is_stamp(run.text) for run in said)
