"""What workers do with pages: read one, or read two by the same rules and compare. Values in, values out.

Workers import this module, so it knows neither the adapters nor the app. The main process only names these functions:
what reads pages is imported where they run.
"""

from __future__ import annotations

from dataclasses import dataclass

from feedwatch.judging.diff import compare
from feedwatch.model import Comparison, KeptPage, Page, SiteRule, Text


@dataclass(frozen=True, slots=True)
class Examined:
    visible_sha: str
    page: Page | None  # None when the visible text is the known one, or the article is by the page's imprint


def examine(kept: KeptPage, rule: SiteRule, known_sha: str | None, imprint: bytes = b"") -> Examined:
    """The page's visible text, and when that is new, its article, unless it has the known imprint."""
    from feedwatch.reading.page import read_new

    return Examined(*read_new(kept, rule, known_sha, imprint))


@dataclass(frozen=True, slots=True)
class Weighed:
    """Two pages side by side: the new one, the old one's text re-read beside it, and the comparison of the two."""

    page: Page
    base: Text
    comparison: Comparison
    redesigned: bool = False


def judge(old: KeptPage | None, last: Text, new: KeptPage, rule: SiteRule, common: frozenset[str]) -> Weighed:
    from feedwatch.reading.page import read_page, read_pair
    from feedwatch.reading.template import as_redesigned

    if old is None:
        page = read_page(new.body, new.content_type, new.url, rule, common)
        return Weighed(page, last, compare(last, page.text))
    before, page = read_pair(old, new, rule, common)
    base = before.text if before.text.sha == page.text.sha else as_redesigned(old, new, before.text, page.text)
    redesigned = base is not None and base is not before.text
    base = base or before.text
    return Weighed(page, base, compare(base, page.text), redesigned)


def find_equal(pages: list[tuple[int, KeptPage]], new: KeptPage, rule: SiteRule) -> int | None:
    """The number of the first page with the text of `new`."""
    from feedwatch.reading.page import read_pair

    for number, old in pages:
        before, after = read_pair(old, new, rule, frozenset())
        if before.text.sha == after.text.sha:
            return number
    return None


def read_again(
    old: KeptPage | None, kept: Text, new: KeptPage | None, last: Text, rule: SiteRule, common: frozenset[str]
) -> Text:
    """The older text read beside the newer page, if that is still read as it was; else as it was kept."""
    from feedwatch.reading.page import read_pair

    if old is None or new is None:
        return kept
    before, after = read_pair(old, new, rule, common)
    return before.text if after.text.sha == last.sha else kept
