"""Numbers written in words, in the languages of news: which words they are, and what they say."""

from __future__ import annotations

import re
from functools import cache

from feedwatch.judging.languages import listed, one_case

# From nought on; a slash parts two spellings. Twenties to nineties follow from TENS and the language's way to join.
_UNITS = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen",
    "de": "null eins/ein/eine/einen/einem/einer zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"
    " dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
    "fr": "zéro un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
    " dix-sept dix-huit dix-neuf",
    "es": "cero uno/un/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
    " dieciséis diecisiete dieciocho diecinueve",
    "it": "zero uno/un/una due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici"
    " quindici sedici diciassette diciotto diciannove",
    "pt": "zero um/uma dois/duas três quatro cinco seis sete oito nove dez onze doze treze catorze/quatorze"
    " quinze dezesseis/dezasseis dezessete/dezassete dezoito dezenove/dezanove",
    "nl": "nul een/één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien"
    " zestien zeventien achttien negentien",
    "ru": "ноль один/одна/одного/одной два/две/двух/двое три/трех/трёх/трое четыре/четырех/четырёх/четверо"
    " пять/пяти/пятеро шесть/шести семь/семи восемь/восьми девять/девяти десять/десяти"
    " одиннадцать/одиннадцати двенадцать/двенадцати тринадцать/тринадцати четырнадцать/четырнадцати"
    " пятнадцать/пятнадцати шестнадцать/шестнадцати семнадцать/семнадцати восемнадцать/восемнадцати"
    " девятнадцать/девятнадцати",
    "ar": "صفر واحد/واحدة اثنان/اثنين/اثنتين ثلاثة/ثلاث أربعة/أربع خمسة/خمس ستة/ست سبعة/سبع ثمانية/ثماني"
    " تسعة/تسع عشرة/عشر",
}
_TENS = {  # from twenty on
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "fr": "vingt trente quarante cinquante soixante septante quatre-vingt/quatre-vingts/huitante nonante",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "pt": "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "ru": "двадцать/двадцати тридцать/тридцати сорок/сорока пятьдесят/пятидесяти шестьдесят семьдесят"
    " восемьдесят девяносто",
    "ar": "عشرون/عشرين ثلاثون/ثلاثين أربعون/أربعين خمسون/خمسين ستون/ستين سبعون/سبعين ثمانون/ثمانين تسعون/تسعين",
}
_POWERS = {
    "en": {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12},
    "de": {"hundert": 100, "tausend": 1000, "million": 10**6, "millionen": 10**6, "milliarden": 10**9},
    "fr": {"cent": 100, "cents": 100, "mille": 1000, "million": 10**6, "millions": 10**6, "milliards": 10**9},
    "es": {"cien": 100, "ciento": 100, "mil": 1000, "millón": 10**6, "millones": 10**6},
    "it": {"cento": 100, "mille": 1000, "milione": 10**6, "milioni": 10**6, "miliardo": 10**9, "miliardi": 10**9},
    "pt": {"cem": 100, "cento": 100, "mil": 1000, "milhão": 10**6, "milhões": 10**6, "bilhão": 10**9, "bilhões": 10**9},
    "nl": {"honderd": 100, "duizend": 1000, "miljoen": 10**6, "miljard": 10**9},
    "ru": {"сто": 100, "двести": 200, "триста": 300, "четыреста": 400, "пятьсот": 500, "тысяча": 1000, "тысячи": 1000,
           "тысяч": 1000, "миллион": 10**6, "миллиона": 10**6, "миллионов": 10**6},
    "ar": {"مئة": 100, "مائة": 100, "مئتين": 200, "ألف": 1000, "آلاف": 1000, "مليون": 10**6, "مليار": 10**9},
}  # fmt: skip
# Sizes without a number: dozens of dead become hundreds. They count as a figure, each worth only itself.
_CROWDS = {
    "en": "dozens scores hundreds thousands millions billions half quarter third double triple twice once"
    " couple first second fourth fifth sixth seventh eighth ninth tenth",
    "de": "dutzend dutzende dutzenden hunderte hunderten tausende tausenden hälfte viertel drittel doppelt halb"
    " zweite dritte vierte fünfte",
    "fr": "dizaine dizaines douzaine vingtaine cinquantaine centaine centaines millier milliers moitié tiers"
    " quart double deuxième troisième quatrième cinquième",
    "es": "decenas docena docenas cientos centenares miles mitad tercio doble cuarto tercero segundo tercera",
    "it": "decine dozzina dozzine centinaia migliaia metà terzo doppio secondo terza seconda",
    "pt": "dezenas dúzia dúzias centenas milhares metade terço dobro segundo terceiro",
    "nl": "tientallen honderden duizenden miljoenen helft derde kwart dubbel tweede vierde",
    "ru": "десятки десятков сотни сотен тысячи половина половину треть четверть вдвое втрое второй третий",
    "ar": "عشرات مئات آلاف ملايين نصف ثلث ربع",
}
# Between the parts of one number.
_AND = {"en": "and", "de": "und", "fr": "et", "es": "y", "it": "e", "pt": "e", "nl": "en", "ru": "и", "ar": "و"}

# What else means "one", "new", "be" or the like: a figure only where another figure stands on the other side.
_OTHER_WORDS = frozenset(
    listed("""
one once half quarter third second double first couple scores zero ein eine einen einem einer eins acht null
halb sieben viertel zweite dritte vierte un une uno una um uma een één neuf six sei tre quart tiers double
cent once segundo cuarto secondo terzo terza seconda tercera tercero uno terço metade metà moitié mitad quarto
tweede derde vierde vier elf dozen один одна одного одной второй третий واحد واحدة ست عشر ألف
""")
)
CHINESE_DIGITS = "〇零一二三四五六七八九十百千万亿億兆两兩第"
CHINESE = (
    "第?[〇零一二三四五六七八九十百千万亿億兆两兩]+(?:多|余|餘|数)?"
    "(?:人|名|个|個|位|天|日|月|年|岁|歳|歲|件|度|次|回|倍|元|円|分|秒|点|時|小时|小時|週|周|台|辆|輛|架|艘|票|家|名)"
)
_PIECE = re.compile(r"([^\W_]+)([\s-]*)")


@cache
def words_of(language: str) -> dict[str, int]:
    """Every number word that is written as one word, with its value."""
    units = [spellings.split("/") for spellings in _UNITS.get(language, "").split()]
    tens = [spellings.split("/") for spellings in _TENS.get(language, "").split()]
    words = {word: value for value, spellings in enumerate(units) for word in spellings}
    words |= {word: 10 * (place + 2) for place, spellings in enumerate(tens) for word in spellings}
    words |= _POWERS.get(language, {})
    words |= _closed(language, units, tens)
    return words


def _closed(language: str, units: list[list[str]], tens: list[list[str]]) -> dict[str, int]:
    """The compounds of the languages that write them as one word: einundvierzig, eenenveertig, quarantuno."""
    words: dict[str, int] = {}
    for ten, unit in ((t, u) for t in range(len(tens)) for u in range(1, 10)):
        value, tenth = 10 * (ten + 2) + unit, tens[ten][0]
        match language:
            case "de":
                words[("ein" if unit == 1 else units[unit][0]) + "und" + tenth] = value
            case "nl":
                words[units[unit][0] + ("ën" if units[unit][0].endswith("e") else "en") + tenth] = value
            case "it":
                words[(tenth[:-1] if unit in (1, 8) else tenth) + units[unit][0].replace("tre", "tré")] = value
                words[(tenth[:-1] if unit in (1, 8) else tenth) + units[unit][0]] = value
            case "es" if ten == 0:
                words["veinti" + units[unit][0]] = value
            case _:
                pass
    if language in ("de", "nl", "it"):
        for power, size in [item for item in _POWERS[language].items() if item[1] in (100, 1000)]:
            words |= {units[unit][0] + power: unit * size for unit in range(2, 20)}
    return words


@cache
def crowds_of(language: str) -> frozenset[str]:
    return frozenset(_CROWDS.get(language, "").split())


def languages() -> tuple[str, ...]:
    return tuple(_UNITS)


@cache
def number_words(language: str | None) -> frozenset[str]:
    """Without a language: of any."""
    spoken = [language] if language in _UNITS else list(_UNITS)
    return frozenset(word for known in spoken for word in (*words_of(known), *crowds_of(known)))


@cache
def _known(language: str | None) -> frozenset[str]:
    return frozenset(map(one_case, number_words(language)))


def end_of_numeral(text: str, start: int, language: str | None) -> int | None:
    """Where the run of number words ends that begins at `start`, None without one. Without a language: of any, each
    run one word.
    """
    if text[start - 1 : start].isalnum():
        return None
    words, joint = _known(language), _AND.get(language or "")
    end, before = None, ""
    while piece := _PIECE.match(text, start):
        word, gap = one_case(piece[1]), piece[2]
        if word in words or before + word in words:  # quatre-vingts
            end, before = piece.end(1), f"{word}-" if gap == "-" else " "
        elif word == joint and before:
            before = ""
        else:
            break
        if not gap:
            break
        start = piece.end()
    return end


def value_of(run: str, language: str | None) -> tuple[str, bool]:
    """What a run of number words says, as digits (or itself, for a crowd), and whether it is surely a number."""
    spoken = [language] if language in _UNITS else list(_UNITS)
    for known in spoken:
        words, crowds = words_of(known), crowds_of(known)
        parts = _parts(run.lower(), words, crowds, _AND[known])
        if parts is None:
            continue
        sure = len(spoken) == 1 and not (len(parts) == 1 and parts[0] in _OTHER_WORDS)
        if any(part in crowds for part in parts):
            return " ".join(parts), sure
        return str(_sum([words[part] for part in parts])), sure
    return run.lower(), False


def _parts(run: str, words: dict[str, int], crowds: frozenset[str], joint: str) -> list[str] | None:
    """The number words of a run (quatre-vingt before quatre), or None when one is not of this language."""
    parts = []
    for piece in run.split():
        rest = [piece] if piece in words or piece in crowds else piece.split("-")
        if piece.startswith("quatre-vingt") and piece not in words:
            head = "quatre-vingts" if piece.startswith("quatre-vingts") else "quatre-vingt"
            rest = [head, *re.split("-", piece[len(head) :].lstrip("-"))]
        parts += [part for part in rest if part and part != joint]
    return parts if all(part in words or part in crowds for part in parts) else None


def _sum(values: list[int]) -> int:
    total = current = 0
    for value in values:
        if value < 100:
            current += value
        elif value < 1000:
            current = max(1, current) * value if value == 100 else current + value
        else:
            total += max(1, current) * value
            current = 0
    return total + current
