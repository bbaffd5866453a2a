"""The languages that the pages and feeds can be written in. A new one is three files like `english`, `english_pages`
and `english_find`, and a line here; mypy names each phrase that is missing. It is named where `config` describes
`site.language`, too. Phrases have a singular and a plural: a language that tells more numbers apart needs more `Forms`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from feedwatch.showing.find_phrases import FindPhrases
from feedwatch.showing.languages.english import ENGLISH
from feedwatch.showing.languages.french import FRENCH
from feedwatch.showing.languages.german import GERMAN
from feedwatch.showing.phrases import PagePhrases, Phrases

T = TypeVar("T")

# French sets a space before its high signs and inside of its quotation marks; no line may end there.
_UNBROKEN = re.compile(" (?=[:;!?»])|(?<=«) ")


def unbroken(phrases: T) -> T:
    """The same phrases, whatever holds them, with spaces at which no line ends."""
    found: Any = phrases
    match phrases:
        case str():
            found = _UNBROKEN.sub("\u00a0", phrases)
        case tuple():
            found = tuple(map(unbroken, phrases))
        case Mapping():
            found = {key: unbroken(value) for key, value in phrases.items()}
        case Phrases() | PagePhrases() | FindPhrases():
            found = replace(phrases, **{part.name: unbroken(getattr(phrases, part.name)) for part in fields(phrases)})
    kept: T = found
    return kept


LANGUAGES = {phrases.code: phrases for phrases in (ENGLISH, GERMAN, unbroken(FRENCH))}
