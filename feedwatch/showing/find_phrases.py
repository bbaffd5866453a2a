"""What the pages for finding say, in every language: see `phrases`."""

from __future__ import annotations

from dataclasses import dataclass

Forms = tuple[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class FindPhrases:
    # search
    title: str
    lead: str
    ask: str
    where: str
    everywhere: str
    names: str
    added: str
    removed: str
    button: str
    needs_script: str
    searching: str
    found: Forms
    found_newest: Forms
    nothing: str
    more: str
    narrow: str
    failed: str
    watched: str
    unwatched: str
    not_an_address: str
    formerly: str
    bookmarklet_title: str
    bookmarklet_text: str
    bookmarklet: str

    # browse
    browse_title: str
    all_sources: str
    days_title: str
    days_text: str
    day_title: str
    page: str
    most_changed: str
    most_changed_text: str
    corrections: str
    removed_title: str
