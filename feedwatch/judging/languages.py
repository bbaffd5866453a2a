"""Which language of news a text is written in.

The page's own claim is not trusted: templates in English carry articles in every language. Scripts and small words
tell.
"""

from __future__ import annotations

import re
from collections import Counter

# Common words of each language that are rare in the others: enough for a paragraph, and no more is needed.
_SMALL_WORDS = {
    "en": "the of and to that is was for with as at by from have has said are were this which who will would",
    "de": "der und das den dem nicht ist mit sich ein eine auf auch als wird nach wurde bei sind zum zur über sagte",
    "fr": "le les des et est dans une du pour qui au sur pas avec ont aux cette été mais selon ce sont il",
    "es": "el los las y en del una por con para se su al lo como más pero sus ha fue este según dijo",
    "it": "il che di gli è per una della nel sono con alla dei del più anche ha delle ma dal nella ieri",
    "pt": "o os não uma em do da dos das com para ao são mais foi pelo pela como também segundo disse à na no",
    "nl": "het een van en dat niet zijn op te voor met aan er ook werd wordt bij naar heeft door maar over uit",
    "sv": "och att det som för på är av inte med den till har ett om efter han hon från också säger",
    "da": "og at det som for på er af ikke med den til har et om efter han hun fra også siger blev",
    "pl": "się na nie jest że do z w i to przez który oraz po od dla jak za są był tym",
    "tr": "ve bir bu da de için ile olarak olan çok daha sonra kadar gibi en ne ama göre dedi",
}
_LANGUAGES_OF = {
    word: [language for language, words in _SMALL_WORDS.items() if word in words.split()]
    for words in _SMALL_WORDS.values()
    for word in words.split()
}
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = (  # in this order: Japanese is written in Chinese characters too
    ("ja", "[\u3041-\u30ff]"),
    ("zh", "[\u4e00-\u9fff]"),
    ("ar", "[\u0621-\u064a]"),
    ("ru", "[\u0400-\u04ff]"),
)
_ANY_SCRIPT = re.compile("[\u0400-\u04ff\u0621-\u064a\u3041-\u30ff\u4e00-\u9fff]")
# A script counts when a tenth of the letters are its own: one quoted name does not make a text Japanese.
_SCRIPT_SHARE = 0.1
_SAMPLE = 4000  # characters: the language does not change after them
_CLEAR = 3  # points by which the small words must decide; under that the claim stands
# Letters that `re` takes for one without regard to case, which `lower` leaves apart.
_ONE_LETTER = str.maketrans("İıſΣς", "iisσσ")


def listed(words: str) -> tuple[str, ...]:
    """A table of words, as it is best read and kept: in lines."""
    return tuple(words.split())


def one_case(word: str) -> str:
    """The same for all that differ in nothing but capitals."""
    return word.translate(_ONE_LETTER).lower()


def language_of(text: str, claimed: str | None = None) -> str | None:
    """Two letters, or None where nothing tells. `claimed` decides when the text is too short to."""
    sample = text[:_SAMPLE]
    if not sample.isascii() and (written := _by_script(sample)):
        return written
    points: Counter[str] = Counter()
    for word, times in Counter(filter(_LANGUAGES_OF.__contains__, _WORD.findall(sample.lower()))).items():
        languages = _LANGUAGES_OF[word]
        for language in languages:
            points[language] += times * (6 // len(languages))
    ranked = points.most_common(2)
    if ranked and ranked[0][1] - (ranked[1][1] if len(ranked) > 1 else 0) >= 6 * _CLEAR:
        return ranked[0][0]
    if claimed:
        return claimed.lower().replace("_", "-").split("-")[0]
    return ranked[0][0] if ranked else None


def _by_script(sample: str) -> str | None:
    if not _ANY_SCRIPT.search(sample):
        return None
    signs = [(language, len(re.findall(script, sample))) for language, script in _SCRIPTS]
    letters = sum(map(str.isalpha, sample))
    return next((language for language, many in signs if many > _SCRIPT_SHARE * letters), None)
