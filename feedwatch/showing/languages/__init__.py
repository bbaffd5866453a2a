"""The languages that the pages and feeds can be written in. A new one is a file like `english` and a line here."""

from __future__ import annotations

from feedwatch.showing.languages.english import ENGLISH
from feedwatch.showing.languages.french import FRENCH
from feedwatch.showing.languages.german import GERMAN

LANGUAGES = {phrases.code: phrases for phrases in (ENGLISH, GERMAN, FRENCH)}
