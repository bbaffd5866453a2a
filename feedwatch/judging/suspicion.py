"""Which sightings are not believed at once: walls, stubs, other pages, floods, flapping.

Shrinkage is the key, wording only the name: an article about cookies, captchas or error 404 that keeps its text is
never suspect. The last good version stays until what a suspect sighting saw is confirmed by later looks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from feedwatch.judging.fragments import count_words, words_of
from feedwatch.judging.mojibake import are_twins
from feedwatch.judging.schedule import PROOFS
from feedwatch.judging.walls import says_challenge, says_not_found, says_wall
from feedwatch.model import Comparison, Op, Page, Row, Suspect, Suspicion, Tally, Text, comparable, line_sha

# A text under half as long is a stub. One that is the old one's beginning is a stub from a quarter lost: editors do cut
# a last paragraph.
HALF = 0.5
PREFIX_LOST = 0.25
# What a wall shows has lost that much of the article, or is none of it.
WALLED = 0.6
# Share of the newer text's three-word sequences that are the older's too. Measured on 210 real pairs of versions (news,
# encyclopedia): between two versions 4 % at the least but for one act of vandalism, between two articles of one source
# under 1.5 % for 95 of 100.
FOREIGN = 0.03
# More than half of what came stands in one other article: between two stories on one event it is a paragraph or two.
BORROWED = 0.5
# Words that a first sighting may have at most to be taken for a wall, or for a page that says "not found".
SHORT_PAGE = 150


@dataclass(frozen=True, slots=True)
class _Shrinkage:
    """How the newer text stands to the older one."""

    size: float  # newer words to older words
    is_foreign: bool  # hardly any of the newer text's three-word sequences are the older's, too
    is_prefix: bool  # its beginning, and at most two short lines of something else

    @property
    def is_gone(self) -> bool:
        """Whether most of the article's text is not there any more."""
        return self.size < WALLED or self.is_foreign


def suspicion(old: Text, old_path: str, page: Page, asked_url: str, final_url: str) -> Suspicion | None:
    """Why a page that differs from `old` is not believed at once, or None. The first rule that holds names it."""
    new = page.text
    if are_twins(old, new):
        return Suspicion.MOJIBAKE
    shrinkage = _compare(old, new)
    come = _new_lines(old, new)
    rules = (
        (Suspicion.FRONT_PAGE, _fell_back(asked_url, final_url) and (_is_top(final_url) or shrinkage.is_foreign)),
        (Suspicion.FRONT_PAGE, "og:type=website" in page.signs and asked_url != final_url and shrinkage.is_foreign),
        (Suspicion.SOFT_404, shrinkage.is_gone and _seems_missing(page, come)),
        (Suspicion.WALL, shrinkage.is_gone and _seems_walled(page, come, shrinkage)),
        (Suspicion.BLANK, "no-article" in page.signs or not count_words(" ".join(new.paragraphs), 1)),
        (Suspicion.FOREIGN, shrinkage.is_foreign and _titles_differ(old, new)),
        (Suspicion.STUB, shrinkage.size < HALF or (shrinkage.is_prefix and shrinkage.size <= 1 - PREFIX_LOST)),
        (Suspicion.PATH, page.path != old_path),
    )
    return next((kind for kind, holds in rules if holds), None)


def first_suspicion(page: Page, asked_url: str, final_url: str) -> Suspicion | None:
    """Why a page seen for the first time is no article, or None. There is nothing to compare it with, so only what is
    plain: a page behind payment is watched for what it shows.
    """
    lines = [page.text.title, page.text.standfirst, *page.text.paragraphs]
    words = count_words(" ".join(lines[1:]), SHORT_PAGE)
    rules = (
        (Suspicion.FRONT_PAGE, _fell_back(asked_url, final_url) and _is_top(final_url)),
        (Suspicion.SOFT_404, words < SHORT_PAGE and (says_not_found(lines[:1]) or "soft-404-wording" in page.signs)),
        (Suspicion.WALL, words < SHORT_PAGE and says_challenge(lines)),
        (Suspicion.WALL, words < SHORT_PAGE and bool(page.signs & {"captcha", "password"})),
        (Suspicion.BLANK, not words),
    )
    return next((kind for kind, holds in rules if holds), None)


# ---------------------------------------------------------------------------------------------------------- the text


def _compare(old: Text, new: Text) -> _Shrinkage:
    before, after = Counter(old.paragraphs), Counter(new.paragraphs)
    same = before & after
    lost, won = (sum(map(count_words, lines.elements())) for lines in (before - after, after - before))
    size = _size(lost, won, map(count_words, same.elements()))
    return _Shrinkage(size, _is_foreign(old, new, same), _is_prefix(old, new))


def _size(lost: int, won: int, same: Iterable[int]) -> float:
    """Newer words to older words, where so many were lost and won. Those that are the `same`, line by line, are counted
    until it is clear that the text did not shrink by as much as any rule asks for.
    """
    for words in same:
        if 0 < (1 - PREFIX_LOST) * lost < won:
            break
        lost, won = lost + words, won + words
    return won / max(1, lost)


def _is_foreign(old: Text, new: Text, same: Iterable[str]) -> bool:
    """`same`: the lines that stand in both. A few are mostly enough to tell that the text is not foreign: no text has
    more words than characters.
    """
    enough = FOREIGN * sum(map(len, new.paragraphs))
    shared: set[tuple[str, ...]] = set()
    for line in same:
        shared |= _threes(words_of(line))
        if len(shared) > enough:
            return False
    known, seen = (_threes([word for line in text.paragraphs for word in words_of(line)]) for text in (old, new))
    return len(known & seen) <= FOREIGN * len(seen)


def _threes(words: Sequence[str]) -> set[tuple[str, ...]]:
    return set(zip(words, words[1:], words[2:], strict=False))


def _is_prefix(old: Text, new: Text) -> bool:
    """Whether `new` is the beginning of `old`: its last line may be cut, and two short lines may follow."""
    before, after = [comparable(line) for line in old.paragraphs], [comparable(line) for line in new.paragraphs]
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    rest = after[same:]
    if rest and same < len(before) and _is_cut(before[same], rest[0]):
        same, rest = same + 1, rest[1:]
    return same > 0 and len(rest) <= 2 and all(len(words_of(line)) <= 20 for line in rest)


def _is_cut(line: str, cut: str) -> bool:
    beginning = cut.rstrip(" .\u2026[]")
    return len(beginning) >= 20 and len(beginning) < len(line) and line.startswith(beginning)


def _new_lines(old: Text, new: Text) -> list[str]:
    """The newer text's lines, title first, that the older does not have."""
    known = {comparable(line) for line in (old.title, old.standfirst, *old.paragraphs)}
    return [line for line in (new.title, new.standfirst, *new.paragraphs) if line and comparable(line) not in known]


def _titles_differ(old: Text, new: Text) -> bool:
    """Whether the titles have hardly a telling word in common."""
    before, after = (_telling_words(text.title) for text in (old, new))
    return len(before & after) <= 0.2 * min(len(before), len(after))


def _telling_words(title: str) -> set[str]:
    """Words of more than three letters; every character where words are not parted."""
    return {word for word in words_of(title) if len(word) > 3 or not word.isascii()}


def is_borrowed(old: Text, new: Text, carriers: Mapping[str, Sequence[str]]) -> bool:
    """Whether `new` is another article's text, known line by line: most of what came stands there, under its title.

    `carriers`: of the newer lines by digest, the titles of the source's other articles that have them.
    """
    if comparable(old.title) == comparable(new.title):
        return False
    known = {comparable(line) for line in old.paragraphs}
    come = [line for line in new.paragraphs if comparable(line) not in known]
    title = comparable(new.title)
    taken = [line for line in come if title in map(comparable, carriers.get(line_sha(line), ()))]
    return len(taken) > BORROWED * len(come)


# A line that some box fills anew at every request is short and no sentence: counts, times, names. An edit of such a
# line (a heading, an item of a list) can wait ten minutes for its second look.
CHURNING = 120  # characters


def may_churn(comparison: Comparison) -> bool:
    """Whether nothing differs but short lines of the body that are no sentences."""
    if any(row and row.op is not Op.EQUAL for row in (comparison.title, comparison.standfirst)):
        return False
    changed = [row for row in comparison.rows if row.op is not Op.EQUAL]
    return bool(changed) and all(row.op in _CHURNED and _is_label(row) for row in changed)


_CHURNED = {Op.INSERT, Op.DELETE, Op.REPLACE}


def _is_label(row: Row) -> bool:
    return all(
        len(text) < CHURNING
        and not text.rstrip("\"'”’»“）)").endswith((".", "!", "?", "…", ":", "。", "！", "？", "؟"))
        for text in (row.old_text, row.new_text)
        if text
    )


# ---------------------------------------------------------------------------------------------------------- what it is


def _seems_missing(page: Page, come: list[str]) -> bool:
    short = [line for line in come if len(words_of(line)) <= 40]
    return "soft-404-wording" in page.signs or says_not_found(short)


def _seems_walled(page: Page, come: list[str], shrinkage: _Shrinkage) -> bool:
    """By its words, or by its form. A form alone may have been on the page all the time: then the cut must look like a
    wall's, the article's beginning and no more, or nothing of it be left.
    """
    # A page as long as an article may be another article, which speaks of such things once.
    times = 1 if shrinkage.is_prefix or page.text.words < SHORT_PAGE else 2
    if says_wall(come, times) or page.signs & {"captcha", "consent", "password"}:
        return True
    return bool(page.signs & {"login-form", "paywall", "meta-refresh"}) and (
        shrinkage.is_prefix or shrinkage.is_foreign
    )


_TOP = frozenset(
    {"", "home", "index", "index.html", "index.php", "start", "startseite", "accueil", "portada", "inicio"}
)


def _is_top(url: str) -> bool:
    """The site's front page, or that of one of its languages."""
    parts = [part for part in urlsplit(url).path.lower().split("/") if part]
    if parts and len(parts[0]) in (2, 5) and (len(parts[0]) == 2 or parts[0][2] in "-_"):
        parts = parts[1:]
    return not parts or (len(parts) == 1 and parts[0] in _TOP)


def _fell_back(asked_url: str, final_url: str) -> bool:
    """Whether a redirect led to a page above the one that was asked for: the front page, or the article's section."""
    asked, final = (urlsplit(url).path.rstrip("/").lower() for url in (asked_url, final_url))
    if asked == final or _is_top(asked_url):
        return False
    return _is_top(final_url) or asked.startswith(f"{final}/")


# ---------------------------------------------------------------------------------------------------------- belief

GONE_FOR_GOOD = "410"


def is_confirmed(suspect: Suspect, now: datetime) -> bool:
    """Whether enough looks agree over enough time for what they saw to be taken as real."""
    if suspect.kind is Suspicion.GONE and suspect.sha == GONE_FOR_GOOD:
        return True
    proof = PROOFS[suspect.kind]
    return suspect.looks >= proof.looks and now - suspect.since >= proof.span


# A redesign changes nearly every page, while on ordinary days one check in twenty finds an edit (news model of
# bench/schedule.py, 25 checks an article). Ten checks are the fewest that tell a third from a twentieth. The newest
# ten tell sooner than an hour's fifty, and where there are not ten in an hour; so few need a clearer majority, or the
# news of a busy hour would be held (five of ten come about once in 15,000 times by chance).
BRAKE_SHARE = 0.30
BRAKE_SHARE_LATELY = 0.45
BRAKE_CHECKS = 10
# Trouble that lasts longer is how things are now.
BRAKE_LONGEST = timedelta(days=3)
# How often what the brake holds is looked at.
BRAKE_EVERY = timedelta(hours=2)


_NO_CHECKS = Tally()


def brake(hour: Tally, lately: Tally = _NO_CHECKS) -> bool:
    """Whether so much of a source changes or fails at once that none of it is believed yet.

    `lately`: its newest checks, ten or a few more, however long they took.
    """
    return _is_much(hour, BRAKE_SHARE) or _is_much(lately, BRAKE_SHARE_LATELY)


def _is_much(tally: Tally, share: float) -> bool:
    return tally.checks >= BRAKE_CHECKS and tally.changed + tally.failed > share * tally.checks


# So many edits within the window: all live blogs of the news model, half of its developing stories (six edits and
# more), no other article; none of 450 edited articles of GOV.UK.
LIVE_CHANGES = 8
LIVE_WINDOW = timedelta(hours=6)
LIVE_PARAGRAPHS = 8  # put in at one time, the second time within the window


def is_live(
    changed_at: Sequence[datetime], now: datetime, paragraphs_added: int = 0, *, declared: bool = False
) -> bool:
    """Whether an article is told as a live page: digested, not announced edit by edit.

    `declared`: its own metadata says so (LiveBlogPosting). `paragraphs_added`: by the newest change.
    """
    lately = sum(now - moment <= LIVE_WINDOW for moment in changed_at)
    return declared or lately >= LIVE_CHANGES or (lately >= 2 and paragraphs_added >= LIVE_PARAGRAPHS)
