"""The nouns: what is read, judged, stored and shown. Frozen values; every datetime is aware and in UTC."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import TypeVar

T = TypeVar("T")

# ------------------------------------------------------------------------------------------------------ text

_USUAL = 2000  # characters of a line
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufe0f]")
_UNPRINTED = "\ufe0f"  # the one of them that Python takes for printable


def comparable(text: str) -> str:
    """`text` as it is compared: NFC, no invisible characters, every run of white space one space."""
    return _lately_compared(text) if len(text) <= _USUAL else _compared(text)


def _compared(text: str) -> str:
    plain = text.isprintable() and _UNPRINTED not in text  # no white space but the space, and nothing invisible
    if not text.isascii():
        text = unicodedata.normalize("NFC", text if plain else _INVISIBLE.sub("", text))
    if plain and "  " not in text and not text.startswith(" ") and not text.endswith(" "):
        return text
    return " ".join(text.split())


# Each line of an edited article is asked for a dozen times while it is judged, and again when it is shown.
_lately_compared = lru_cache(maxsize=512)(_compared)


def line_sha(line: str) -> str:
    """The identity of one line of text as compared: 16 hex digits."""
    return _lately_told(line) if len(line) <= _USUAL else _sha_of(line)


@lru_cache(maxsize=1024)
def _lately_told(line: str) -> str:
    """A check asks for each line of a page three times and more."""
    return _sha_of(line)


def _sha_of(line: str) -> str:
    return hashlib.sha256(comparable(line).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def packed(kind: type[T]) -> type[T]:
    """What goes to workers and back is packed by position: a dataclass with slots else takes up to twice as long."""
    values = attrgetter(*(field.name for field in fields(kind)))  # type: ignore[arg-type]  # a dataclass
    kind.__reduce__ = lambda self: (kind, values(self))  # type: ignore[method-assign]
    return kind


class BlockKind(StrEnum):
    PARAGRAPH = "p"
    HEADING = "h"
    ITEM = "li"
    QUOTE = "quote"
    PRE = "pre"


@packed
@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of an article, as published (white space folded), without markup."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH


@packed
@dataclass(frozen=True, slots=True)
class Text:
    """An article's own words: what is compared, kept and shown."""

    title: str
    standfirst: str = ""
    blocks: tuple[Block, ...] = ()

    @property
    def paragraphs(self) -> list[str]:
        return [block.text for block in self.blocks]

    @property
    def sha(self) -> str:
        """Equal exactly when two texts are equal as compared; kinds of block do not count. 32 hex digits."""
        lines = [self.title, self.standfirst, *self.paragraphs]
        joined = "\n".join(comparable(line) for line in lines)
        return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    @property
    def words(self) -> int:
        return sum(len(block.text.split()) for block in self.blocks)


# ------------------------------------------------------------------------------------------------------ reading


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed, normalised. `link` is an absolute http(s) URL; `id` is the guid, or the link without one."""

    id: str
    link: str
    title: str
    published_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """`problem` says in plain words why there are none or only some entries: an HTML page, broken XML, nothing."""

    title: str
    entries: tuple[Entry, ...]
    language: str | None = None
    wait: timedelta | None = None  # ttl, sy:updatePeriod: do not come back sooner
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class SiteRule:
    """What the config says about a source's pages: CSS selectors."""

    body: str | None = None
    title: str | None = None
    strip: tuple[str, ...] = ()


@packed
@dataclass(frozen=True, slots=True)
class Page:
    """What was read from an article's page. `path` names the way its text was found; another path is suspect.

    `signs` are observations that `judging.suspicion` weighs, for example "login-form", "captcha", "noindex".
    """

    text: Text
    path: str  # "site" | "trafilatura" | "readability" | "json-ld" | "none"
    byline: str = ""
    language: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    canonical_url: str | None = None
    live: bool = False
    signs: frozenset[str] = frozenset()
    place: str = ""  # digest of where in the markup the article stands: another one with another template
    imprint: bytes = b""  # by which a later page with the same article is told: see `reading.imprint`
    seeds: bytes = b""  # what an extractor took for the article: see `reading.seeds`


# ------------------------------------------------------------------------------------------------------ fetching


class FetchKind(StrEnum):
    FEED = "feed"
    ARTICLE = "article"
    ROBOTS = "robots"


@dataclass(frozen=True, slots=True)
class Request:
    url: str
    kind: FetchKind
    etag: str | None = None  # validators verbatim, as the server sent them
    last_modified: str | None = None
    robots: str | None = None  # the host's robots.txt; None = not known, everything allowed
    pause: timedelta = timedelta(seconds=1)  # between two requests to the host


class Reason(StrEnum):
    """Why a fetch failed."""

    ADDRESS = "address"  # not http(s), malformed, or an address that is refused (private, reserved)
    ROBOTS = "robots"  # robots.txt forbids it
    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    TOO_LARGE = "too large"
    TRUNCATED = "truncated"
    ENCODING = "encoding"  # unknown, nested or corrupt content encoding
    PROTOCOL = "protocol"  # not HTTP, header flood, 206 or 304 unasked
    REDIRECTS = "redirects"
    STATUS = "status"  # any other status
    BUSY = "busy"  # 429 or 503, or the redirect's host is being visited elsewhere
    UNREADABLE = "unreadable"  # it came, and no worker could deal with it


@dataclass(frozen=True, slots=True)
class Fetched:
    url: str  # where the body came from, after redirects
    body: bytes  # decoded from its content encoding, complete
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None
    max_age: timedelta | None = None
    moved_to: str | None = None  # set when every hop was permanent (301, 308): the new address


@packed
@dataclass(frozen=True, slots=True)
class KeptPage:
    """The raw page that a version was read from. `seeds` spare an extractor: without them it is read the same."""

    body: bytes
    content_type: str
    url: str
    seeds: bytes = field(default=b"", compare=False)


@dataclass(frozen=True, slots=True)
class NotModified:
    max_age: timedelta | None = None
    moved_to: str | None = None  # as in `Fetched`


@dataclass(frozen=True, slots=True)
class Gone:
    status: int  # 404 or 410


@dataclass(frozen=True, slots=True)
class Failed:
    reason: Reason
    detail: str  # one line for a person
    status: int | None = None
    retry_after: timedelta | None = None


Outcome = Fetched | NotModified | Gone | Failed


# ------------------------------------------------------------------------------------------------------ differences


class Op(StrEnum):
    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"
    REPLACE = "replace"
    MOVE = "move"
    SPLIT = "split"
    MERGE = "merge"


@packed
@dataclass(frozen=True, slots=True)
class Span:
    op: Op  # EQUAL, INSERT or DELETE
    text: str


@packed
@dataclass(frozen=True, slots=True)
class Row:
    r"""One row of a comparison: which paragraphs stand side by side, and their words.

    `old` and `new` are indices into the two lists of paragraphs: both one long for EQUAL, REPLACE and MOVE; `new` empty
    for DELETE; `old` empty for INSERT; one old and several new for SPLIT; several old and one new for MERGE.
    Equal and deleted spans joined are the old paragraphs joined by "\n", equal and inserted spans the new ones.
    A moved row stands at its new place. An EQUAL row is equal as compared; its spans may differ in what nobody sees.
    """

    op: Op
    old: tuple[int, ...]
    new: tuple[int, ...]
    spans: tuple[Span, ...]

    @property
    def old_text(self) -> str:
        return _without(Op.INSERT, self.spans)

    @property
    def new_text(self) -> str:
        return _without(Op.DELETE, self.spans)


def _without(op: Op, spans: tuple[Span, ...]) -> str:
    if len(spans) == 1 and spans[0].op is not op:  # most rows of an article stay as they are
        return spans[0].text
    return "".join([span.text for span in spans if span.op is not op])


@packed
@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts side by side. Title and standfirst are rows of their own (EQUAL, REPLACE, INSERT or DELETE)."""

    title: Row
    standfirst: Row | None  # None when neither has one
    rows: tuple[Row, ...]

    @property
    def is_equal(self) -> bool:
        return all(row.op is Op.EQUAL for row in (self.title, *self.rows)) and (
            self.standfirst is None or self.standfirst.op is Op.EQUAL
        )


class Grade(StrEnum):
    """What kind of change it is; several can hold at once. In the order in which they are told."""

    CORRECTION = "correction"  # a correction note was added
    HEADLINE = "headline"
    FIGURES = "figures"
    NEGATION = "negation"
    QUESTION = "question"
    QUOTES = "quotes"
    NAMES = "names"
    STANDFIRST = "standfirst"
    REMOVED = "paragraphs removed"
    ADDED = "paragraphs added"
    MOVED = "paragraphs moved"
    WORDING = "wording"
    TYPOGRAPHIC = "typographic"
    SILENT = "silent"  # neither the page's own date of modification nor a correction note tells of it


@packed
@dataclass(frozen=True, slots=True)
class Facts:
    """What a comparison shows, as values; `showing.words` puts them into a sentence of the site's language."""

    grades: tuple[Grade, ...]
    words_added: int = 0
    words_removed: int = 0
    figures: tuple[tuple[str, str], ...] = ()  # (old, new); "" where one side has none
    names_added: tuple[str, ...] = ()
    names_removed: tuple[str, ...] = ()
    names_changed: tuple[tuple[str, str], ...] = ()  # (old, new): of those, what stands in each other's place
    negations: tuple[tuple[str, str], ...] = ()  # (old, new): the words; "" where one side has none
    question_marks: int = 0  # more by so many; fewer, below 0
    quotes_added: tuple[str, ...] = ()
    quotes_removed: tuple[str, ...] = ()
    quotes_marked: tuple[str, ...] = ()  # words that stood there without quotation marks before
    quotes_unmarked: tuple[str, ...] = ()
    paragraphs_added: int = 0
    paragraphs_removed: int = 0
    paragraphs_moved: int = 0
    paragraphs_changed: int = 0
    # How the one paragraph begins that came, went or moved; "" where several did, or none.
    paragraph_added: str = ""
    paragraph_removed: str = ""
    paragraph_moved: str = ""
    # (old, new): the words that gave way to others in the one paragraph that was reworded; "" where one side has none.
    reworded: tuple[tuple[str, str], ...] = ()
    standfirst_reworded: tuple[tuple[str, str], ...] = ()
    correction: str = ""  # the note's text
    reverts_to: int | None = None  # the number of the older version with the same text
    restored: bool = False  # the article was gone before


# ------------------------------------------------------------------------------------------------------ what is kept


class Channel(StrEnum):
    """The feeds beside the article's own that can carry a change or an event."""

    EVERYTHING = "everything"
    CHANGES = "changes"  # all but typographic
    HEADLINES = "headlines"
    SILENT = "silent"
    CORRECTIONS = "corrections"
    REMOVALS = "removals"


@packed
@dataclass(frozen=True, slots=True)
class Source:
    slug: str
    title: str
    language: str | None = None


class FeedStatus(StrEnum):
    OK = "ok"
    FAILING = "failing"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Feed:
    url: str  # as configured: its identity
    source: str
    host: str  # of `location`
    location: str  # where it is fetched: `url`, or where it moved for good
    etag: str | None = None
    last_modified: str | None = None
    body_sha: str | None = None
    next_poll_at: datetime | None = None  # None = never again
    last_polled_at: datetime | None = None
    last_ok_at: datetime | None = None
    failures: int = 0
    moves: int = 0  # times running that a permanent redirect was seen
    status: FeedStatus = FeedStatus.OK
    problem: str = ""  # the last error, for people


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def day_of(moment: datetime) -> int:
    """The day in UTC, counted from 1970."""
    return (moment - _EPOCH).days


@dataclass(frozen=True, slots=True)
class Host:
    """`name` is host or host:port. `not_before`: Retry-After, crawl delay, back-off and pause, kept across restarts."""

    name: str
    not_before: datetime | None = None
    failures: int = 0
    robots: str | None = None
    robots_at: datetime | None = None
    day: int | None = None  # of the last poll or check, in UTC, counted from 1970
    requests: int = 0  # polls and checks of that day

    def requests_on(self, moment: datetime) -> int:
        return self.requests if self.day == day_of(moment) else 0


class State(StrEnum):
    WATCHED = "watched"
    DONE = "done"  # quiet for so long that it is not checked any more
    GONE = "gone"
    WALLED = "walled"  # a wall stands where it stood; it is checked on
    BLOCKED = "blocked"  # robots.txt or an error that does not go away
    HIDDEN = "hidden"  # taken down by the operator


class Suspicion(StrEnum):
    """Why what was seen is not believed yet."""

    GONE = "gone"
    STUB = "stub"  # under half of the text, or only its beginning
    BLANK = "blank"
    WALL = "wall"  # consent, sign-in, paywall, captcha
    SOFT_404 = "soft 404"
    FRONT_PAGE = "front page"  # redirected to it
    FOREIGN = "foreign"  # another article's text
    PATH = "path"  # found on another path of extraction
    MOJIBAKE = "mojibake"
    CHURN = "churn"  # nothing but short lines that say no sentence
    FLAP = "flap"  # equal to an older version
    FLOOD = "flood"  # too much of the source changed at once


@dataclass(frozen=True, slots=True)
class Suspect:
    """A sighting that waits for agreeing looks. `sha` is of what differs; for GONE the status."""

    kind: Suspicion
    sha: str
    since: datetime
    looks: int = 1


@dataclass(frozen=True, slots=True)
class Live:
    """A live page's window: versions after number `told` wait to be told of in one entry, not before `until`."""

    told: int
    until: datetime


@packed
@dataclass(frozen=True, slots=True)
class Article:
    id: str  # 16 hex digits of the SHA-256 of `key`
    source: str
    key: str  # canonical URL, the article's identity
    url: str  # where it is now
    host: str  # of `url`
    title: str
    first_seen_at: datetime
    published_at: datetime | None = None
    updated_hint: datetime | None = None  # the feed's own `updated`
    feed_title: str = ""
    last_checked_at: datetime | None = None  # the last answer of any kind
    last_ok_at: datetime | None = None  # the last check that saw the current version's text
    last_changed_at: datetime | None = None
    edited_at: datetime | None = (
        None  # the last edit, by its own date if that can be; also of one before the first sight
    )
    next_check_at: datetime | None = None  # None = no more checks
    checks: int = 0
    looks: bytes = b""  # when they were, in minutes after `first_seen_at`: see `judging.looks`
    failures: int = 0
    moves: int = 0
    flaps: int = 0
    state: State = State.WATCHED
    problem: str = ""
    etag: str | None = None
    last_modified: str | None = None
    body_sha: str | None = None  # of the bytes last seen
    visible_sha: str | None = None  # of the visible text last seen
    place: str = ""  # where the current version stands on the page that later ones are compared with
    imprint: bytes = b""  # of the page that last showed the current version
    suspect: Suspect | None = None
    live: Live | None = None
    versions: int = 0
    changes: int = 0
    events: int = 0
    rev: int = 0  # raised by everything that a reader would see
    published_rev: int = -1


@dataclass(frozen=True, slots=True)
class Found:
    """An edit between two looks. `claimed_at` is the page's own date of it."""

    not_before: datetime | None
    at: datetime
    claimed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """What was seen of one article from its first sight to the last look."""

    first_seen_at: datetime
    edits: tuple[Found, ...]
    last_checked_at: datetime
    published_at: datetime | None = None
    claimed_at: datetime | None = None  # its own date of an edit, at the first sight


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes that some versions take, as they are packed, and the pages kept with them."""

    versions: int  # that were measured
    texts: int
    pages: int


@dataclass(frozen=True, slots=True)
class Past:
    """A source's last months: some of its articles' lives, and how many articles were found lately."""

    lives: tuple[Life, ...] = ()
    found_last_day: int = 0
    found_last_week: int = 0


@packed
@dataclass(frozen=True, slots=True)
class Version:
    article: str
    number: int  # from 0
    seen_at: datetime
    not_before: datetime | None  # the last look that still saw the version before: changed between the two
    text: Text
    path: str
    extractor: str  # name and version of the extractor that made `text`
    byline: str = ""
    language: str | None = None
    modified_claim: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawn_because: str = ""


@packed
@dataclass(frozen=True, slots=True)
class Change:
    """`base`: the older version's text as re-read for this comparison (with furniture left out on both sides, or by a
    newer extractor), where it differs from the kept one.
    """

    article: str
    from_number: int
    to_number: int
    at: datetime
    not_before: datetime | None
    facts: Facts
    channels: frozenset[Channel] = frozenset()
    base: Text | None = None


class EventKind(StrEnum):
    GONE = "gone"
    RESTORED = "restored"
    MOVED = "moved"
    CONTINUED = "continued"  # at an address that is watched as an article of its own
    ALTERNATES = "alternates"
    WALLED = "walled"
    OPENED = "opened"  # the wall is gone
    WITHDRAWN = "withdrawn"


# The detail of a removal of which the page is still there, with nothing where the article stood.
EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Event:
    article: str
    number: int  # from 0, one count for all kinds
    kind: EventKind
    at: datetime
    # The new address; the numbers of the two versions, "1 2"; the number of the version withdrawn; EMPTY.
    detail: str = ""
    channels: frozenset[Channel] = frozenset()

    @property
    def address(self) -> str:
        """Where the article is now."""
        return self.detail if self.kind in (EventKind.MOVED, EventKind.CONTINUED) else ""


@packed
@dataclass(frozen=True, slots=True)
class History:
    """All that a reader may know of one article.

    `digests` are a live page's entries: each tells of several changes at once, which no feed carries one by one.
    """

    article: Article
    source: Source
    versions: tuple[Version, ...]
    changes: tuple[Change, ...]
    events: tuple[Event, ...]
    digests: tuple[Change, ...] = ()

    def stands(self, change: Change) -> bool:
        """Whether it is true: whether any of the versions that it tells of was not withdrawn."""
        told = range(change.from_number + 1, change.to_number + 1)
        return any(version.number in told and version.withdrawn_at is None for version in self.versions)

    def version(self, number: int) -> Version:
        return next(version for version in self.versions if version.number == number)


@dataclass(frozen=True, slots=True)
class Dossier:
    """What publishing an article begins with."""

    history: History
    names: tuple[str, ...]  # its other ones: guids, addresses in feeds, targets of redirects, canonical links
    memo: str | None


@dataclass(frozen=True, slots=True)
class Site:
    """What every page and feed may say of the site that it is on."""

    title: str
    base_url: str
    language: str = "en"
    contact: str = ""
    hub: str | None = None
    index: bool = True  # whether search engines may


@packed
@dataclass(frozen=True, slots=True)
class Notice:
    """One line of the news: a change or an event of an article, newest first in every list of them."""

    article: Article
    source: Source
    at: datetime
    change: Change | None = None
    old: Version | None = None  # with the change
    new: Version | None = None
    event: Event | None = None


# ------------------------------------------------------------------------------------------------------ the account


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the newest version. `block`: the index of its paragraph."""

    text: str
    block: int
    first: int  # the number of the version in which it came in
    revised: int  # the last version that changed its words; `first` when none did


@dataclass(frozen=True, slots=True)
class Removed:
    """A sentence that the newest version does not have. `last`: the last version that had it."""

    text: str
    first: int
    last: int
    after: int = -1  # the index of the sentence of the newest version after which it stood; -1 before all
    opens: bool = False  # it was the first of its paragraph


@dataclass(frozen=True, slots=True)
class Trail:
    """One figure through the versions: (number of the version, what it said from then on)."""

    values: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who is quoted, by the fullest name given, and the versions in which he is."""

    name: str
    versions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """An article's versions as one account."""

    headlines: tuple[tuple[int, str], ...] = ()  # each with the version that brought it
    sentences: tuple[Sentence, ...] = ()
    removed: tuple[Removed, ...] = ()  # in the order of the text
    figures: tuple[Trail, ...] = ()
    voices: tuple[Voice, ...] = ()  # in the order in which they came


# ------------------------------------------------------------------------------------------------------ what is found

# A word that an article is found by: the slot of the index that it belongs to, itself, where it stands (see
# `showing.search`).
Word = tuple[int, str, str]
# What is not published as the rows have it: "words" with a slot and "entries" with a group of the search; "day" with
# the ordinal of a day that has something new, "retold" of one told otherwise; "all". And how often it became so.
Stale = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Findable:
    """What an article is found by, and the entry that a search shows for it; "" when it is not to be found."""

    article: str
    entry: str = ""
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Posting:
    """The numbers of the articles that have a word there: steps of seven bits. `is_cut`: only the newest of many."""

    word: str
    field: str
    numbers: bytes
    is_cut: bool = False


# ------------------------------------------------------------------------------------------------------ verdicts


@dataclass(frozen=True, slots=True)
class Tally:
    """A source's checks of some time: the brake looks at it."""

    checks: int = 0
    changed: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What was known of an article before a check."""

    article: Article
    source: Source
    last: Version | None
    shas: Mapping[str, int] = field(default_factory=dict)  # text sha -> number of the newest such version
    common: frozenset[str] = frozenset()  # line shas that three or more other articles of the source carry
    # Lines that any other article of the source carries, with the titles of these (the first few).
    carriers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    headlines: tuple[str, ...] = ()  # with common lines, of the source's newest articles
    like: Article | None = None  # where there is no version yet: another of the source, with some of the lines
    tally: Tally = Tally()  # of the last hour
    lately: Tally = Tally()  # of the last ten checks or a few more, but not of more than a week
    changed_at: tuple[datetime, ...] = ()  # the changes of the last day, the newest first, not very many


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything that one check writes, in one transaction."""

    article: Article  # as it stands after the check
    version: Version | None = None
    page: KeptPage | None = None  # the page that `version` was read from, or that shows version `again`
    change: Change | None = None
    events: tuple[Event, ...] = ()
    aliases: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()  # line shas to count for the source
    changed: bool = False  # for the tally: something differed, announced or held
    failed: bool = False
    lone: bool = False  # it fails again and again while others of its source do not: no trouble of the source
    merged_into: str | None = None  # the same story is watched as this one already: forget `article`, keep its aliases
    digest: Change | None = None  # of a live page: tells of the changes that waited
    rev_before: int | None = None  # the article's `rev` as the check had found it; None = as it stands
    again: int | None = None  # the version that `page` shows in a newer template: compare with this page from now on


@dataclass(frozen=True, slots=True)
class Revision:
    """What reading an article's kept pages anew writes, in one transaction."""

    was: Article  # as it stood when it was read; if it does not any more, nothing is written
    article: Article
    withdrawn: tuple[Version, ...]  # versions that proved false, marked so
    events: tuple[Event, ...]
    shas: Mapping[int, str]  # number of a version -> sha of its text as read now: by it the text is known again


@dataclass(frozen=True, slots=True)
class PollVerdict:
    """Everything that one poll writes, in one transaction."""

    feed: Feed | None  # None: articles that no feed named
    new: tuple[Article, ...] = ()
    updated: tuple[Article, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()  # (alias, article id)


# ------------------------------------------------------------------------------------------------------ many machines


@dataclass(frozen=True, slots=True)
class Due:
    """A host with something due, the earliest at `since`."""

    host: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Listing:
    """A source's page and feeds (no slug: those of all) that are to be written anew."""

    slug: str
    rev: int
    restated: tuple[str, ...] = ()  # ids of articles whose past its archives are to tell otherwise


@dataclass(frozen=True, slots=True)
class Worker:
    """A process at work on a store together with others, and what it has done so far."""

    id: str  # machine, process and a number
    version: str
    config_sha: str
    started_at: datetime
    seen_at: datetime
    ended_at: datetime | None = None
    polls: int = 0
    checks: int = 0
    changes: int = 0
    published: int = 0
    rescued: int = 0  # jobs of dead workers that it gave back


@dataclass(frozen=True, slots=True)
class Queued:
    """What is in the queue, at one moment."""

    hosts_waiting: int = 0
    hosts_visited: int = 0
    parts_waiting: int = 0
    failed: int = 0
    oldest_due_at: datetime | None = None  # of the hosts that wait: since when something is due there


@dataclass(frozen=True, slots=True)
class Crew:
    """Who works on a store together, and how they keep up."""

    workers: tuple[Worker, ...]  # at work now
    queued: Queued
    late: timedelta  # since when the longest due host waits
    rescued: int  # jobs of dead workers that were given back, ever


@dataclass(frozen=True, slots=True)
class Part:
    """Some articles of a batch: those with ids from `first` to `last`."""

    batch: str
    number: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Work cut into parts, with how far it is."""

    id: str
    kind: str
    arguments: str  # JSON
    made_at: datetime
    parts: int
    results: tuple[str, ...] = ()  # JSON, of the parts that are done


def latest(moments: Iterable[datetime | None]) -> datetime | None:
    return max((moment for moment in moments if moment is not None), default=None)
