"""The search as static files: an index of words in small files, read by a script on the page `find.html`.

The rule that this module keeps, and `assets/search.js` with it: the same text gives the same words in both. A word's
first four letters choose its slot, the slot its file; so a file holds all words that begin alike, and a search for the
beginning of a word reads one file, too. `tests/outside/test_find.py` compares the two.
"""

from __future__ import annotations

import base64
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from functools import lru_cache
from urllib.parse import unquote

from feedwatch.discreet import without_keys
from feedwatch.model import Comparison, Findable, History, Op, Posting, State, Word
from feedwatch.showing.plain import clipped, language_tag, safe_link, shown
from feedwatch.showing.versions import changes_that_stand, standing

# Where a word stands: what names the article (headlines, outlet, addresses), what was added to it or removed from it.
NAMES, ADDED, REMOVED = FIELDS = ("n", "a", "r")

SLOTS = 1 << 16
PREFIX = 4  # letters that choose the slot
GROUP = 16  # entries in one file
ARTICLES = 25  # for each file of words, before there are four times as many files
LONGEST_WORD = 40
# A page on which thousands of words come and go is found by these; the first in the order of the alphabet.
WORDS_OF_A_FIELD = 4000
HEADLINES = 4  # in an entry: the newest one and some before it

_SCHEME = re.compile("^https?://(www[.])?")
_ACCENTS = re.compile("[\u0300-\u036f]")
# Scripts that part no words by spaces: Thai, Lao, Burmese, Khmer, kana, Han.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_RUNS = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")


def words_of(text: str) -> set[str]:
    """The words of a text as they are searched for: without case, accents and signs; of scripts that write no spaces
    each letter and each two letters that stand together.
    """
    return {
        word for run in fold(text).translate(_PARTS).split() for part in _RUNS.findall(run) for word in _parts(part)
    }


def fold(text: str) -> str:
    lower = text.lower()
    if lower.isascii():
        return lower
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", lower))
    return unicodedata.normalize("NFKC", bare).replace("ς", "σ").replace("ß", "ss")


class _Parts(dict[int, int]):
    """What a word may be made of stays, everything else becomes a space; by code point, each as it is first met."""

    def __missing__(self, letter: int) -> int:
        self[letter] = letter if unicodedata.category(chr(letter))[0] in "LMN" else ord(" ")
        return self[letter]


_PARTS = _Parts()


def _parts(run: str) -> Iterable[str]:
    if not re.match(f"[{_UNSPACED}]", run):
        return (run[:LONGEST_WORD],)
    return {*run, *(run[n : n + 2] for n in range(len(run) - 1))}


def slot_of(word: str) -> int:
    return _slot(word[:PREFIX])


@lru_cache(maxsize=4096)
def _slot(beginning: str) -> int:
    """By FNV-1a."""
    digest = 0x811C9DC5
    for byte in beginning.encode():
        digest = (digest ^ byte) * 0x01000193 & 0xFFFFFFFF
    return (digest ^ digest >> 16) & 0xFFFF


def bits_for(articles: int) -> int:
    """The index is cut into 2 to so many files. They become four times as many whenever there are four times as many
    articles, so that a file stays small and an edit rewrites few bytes.
    """
    bits = 4
    while bits < 16 and articles > ARTICLES << bits:
        bits += 2
    return bits


# ------------------------------------------------------------------------------------------------------ one article


def findable(
    history: History, comparisons: Mapping[int, Comparison], other_names: Sequence[tuple[str, str]]
) -> Findable:
    """`comparisons` by the number of the newer version. `other_names`: the article's other addresses, each with the id
    that an article of that address would have.
    """
    article, versions = history.article, standing(history)
    if article.state is State.HIDDEN or not versions:
        return Findable(article.id)
    titles = list(dict.fromkeys(clipped(version.text.title, 200) for version in reversed(versions)))
    named = words_of(" ".join([*titles, history.source.title, history.source.slug, _words_of_url(article.url)]))
    named |= {word for name, _ in other_names for word in words_of(_words_of_url(name))}
    ids = {article.id, *(number for _, number in other_names)}
    found = {NAMES: named | {f"={number}" for number in ids}, ADDED: set[str](), REMOVED: set[str]()}
    for change in changes_that_stand(history):
        for op, field in ((Op.INSERT, ADDED), (Op.DELETE, REMOVED)):
            found[field] |= words_of(_spans(comparisons[change.to_number], op))
    words: list[Word] = [
        (slot_of(word), word, field) for field in FIELDS for word in sorted(found[field])[:WORDS_OF_A_FIELD]
    ]
    return Findable(article.id, _entry(history, titles), tuple(words))


def _words_of_url(url: str) -> str:
    return unquote(_SCHEME.sub("", without_keys(url)[:1000]), errors="replace")


def _spans(comparison: Comparison, op: Op) -> str:
    rows = (comparison.title, comparison.standfirst, *comparison.rows)
    return "\n".join(span.text for row in rows if row is not None for span in row.spans if span.op is op)


def _entry(history: History, titles: Sequence[str]) -> str:
    article, newest = history.article, standing(history)[-1]
    at = (article.last_changed_at or article.first_seen_at).astimezone(UTC)
    fields = [
        article.id,
        clipped(history.source.title, 80) or history.source.slug,
        (safe_link(article.url) or "")[:400],
        f"{at:%Y-%m-%d}",
        len(changes_that_stand(history)),
        language_tag(newest.language, history.source.language) or "",
        *titles[:HEADLINES],
    ]
    return json.dumps(
        [shown(one) if isinstance(one, str) else one for one in fields], ensure_ascii=False, separators=(",", ":")
    )


# ------------------------------------------------------------------------------------------------------ files


def index_json(bits: int) -> bytes:
    return _json({"bits": bits, "group": GROUP})


def words_json(postings: Iterable[Posting]) -> bytes:
    """Of each word, by field, the numbers of the articles: base64 of the steps between them; "~" before a list that
    holds only the newest of many.
    """
    found: dict[str, dict[str, str]] = {}
    for posting in postings:
        numbers = base64.b64encode(posting.numbers).decode()
        found.setdefault(posting.word, {})[posting.field] = ("~" if posting.is_cut else "") + numbers
    return _json({word: dict(sorted(fields.items())) for word, fields in sorted(found.items())})


def entries_json(entries: Mapping[int, str], group: int) -> bytes:
    """A line for each article of the group; null for one that is not to be found."""
    numbers = range(group * GROUP, max(entries, default=group * GROUP - 1) + 1)
    lines = ",\n".join(entries.get(number) or "null" for number in numbers)
    return f"[\n{lines}\n]\n".encode()


def _json(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
