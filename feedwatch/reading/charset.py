"""Page bytes -> UTF-8: which character set a page is really in.

Byte order mark, then valid UTF-8, then what the header and the page declare, then what the page's language suggests.
What is valid UTF-8 beyond ASCII is UTF-8 whatever is declared: text in another character set practically never is.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_META = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_LANG = re.compile(rb"<html\b[^>]{0,500}?\blang\s*=\s*[\"']?([a-z]{2,3})", re.IGNORECASE)
_HEAD = 4096  # bytes in which a declaration is looked for; browsers look at 1024

# Labels that stand for a superset of what they name (WHATWG Encoding, section 4.2).
_MEANT = {
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252",
    "us-ascii": "cp1252", "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932",
    "ms_kanji": "cp932", "windows-31j": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "x-euc-jp": "euc_jp",
    "big5": "big5hkscs", "x-big5": "big5hkscs", "unicode": "utf-16-le", "utf-16": "utf-16-le",
}  # fmt: skip
_ALLOWED = re.compile(
    r"utf[_-]?8|utf[_-]?16([_-]?[lb]e)?|cp\d+|gb18030|big5.*|euc[_-]?(jp|kr).*|iso2022[_-]?(jp|kr).*|iso8859-\d+"
    r"|koi8-[rut]|mac-[a-z0-9]+|tis-620|shift_jis.*|hz|johab|ptcp154|kz1048"
)
_BY_LANGUAGE = {
    "ru": ("cp1251",), "uk": ("cp1251",), "bg": ("cp1251",), "sr": ("cp1251",), "be": ("cp1251",), "mk": ("cp1251",),
    "ja": ("cp932", "euc_jp"), "zh": ("gb18030", "big5hkscs"), "ko": ("cp949",), "el": ("cp1253",), "tr": ("cp1254",),
    "he": ("cp1255",), "ar": ("cp1256",), "fa": ("cp1256",), "pl": ("cp1250",), "cs": ("cp1250",), "sk": ("cp1250",),
    "hu": ("cp1250",), "ro": ("cp1250",), "hr": ("cp1250",), "sl": ("cp1250",), "lt": ("cp1257",), "lv": ("cp1257",),
    "et": ("cp1257",), "th": ("cp874",), "vi": ("cp1258",),
}  # fmt: skip

# Illegal in XML, and so in lxml, in Atom and on our pages.
_CONTROLS = bytes(code for code in (*range(32), 127) if code not in b"\t\n\r")
_NONCHARACTERS = re.compile(b"\xef\xbf[\xbe\xbf]")


def to_utf8(body: bytes, content_type: str) -> bytes:
    """The page in UTF-8, without characters that XML forbids. Never raises."""
    decoded = _decode(body, content_type)
    text = body if decoded is None else decoded.encode("utf-8", "ignore")
    text = text.translate(None, _CONTROLS)
    return _NONCHARACTERS.sub(b"", text) if b"\xef" in text else text  # most have none; that is soon told


def _decode(body: bytes, content_type: str) -> str | None:
    """None where the page is in UTF-8 as it stands."""
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace")
    return _decode_unmarked(body, content_type)


def _decode_unmarked(body: bytes, content_type: str) -> str | None:
    wide = _wide_codec(body[:_HEAD])
    if wide:
        return body.decode(wide, "replace")
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(body, list(_declared(body[:_HEAD], content_type)))
    if b"\x1b" in body and b"\x1b$" in body:  # pure ASCII bytes, yet not ASCII
        named = (name for name in _declared(body[:_HEAD], content_type) if "iso2022" in name)
        return next((body.decode(name, "replace") for name in named), None)
    return None


def _decode_other(body: bytes, declared: list[str]) -> str:
    """`body` is not valid UTF-8: damaged UTF-8, or another character set."""
    damaged = body.decode("utf-8", "replace")
    lost = damaged.count("\ufffd")
    # A cut or a stray byte in UTF-8 loses a few characters; another character set loses nearly all beyond ASCII.
    foreign = sum(1 for char in damaged if char > "\x7f") - lost
    if lost * 4 < foreign:
        return damaged
    language = _LANG.search(body[:_HEAD])
    guesses = _BY_LANGUAGE.get(language[1].decode("ascii", "replace").lower(), ()) if language else ()
    for codec in (*declared, *guesses):
        if codec.startswith("utf"):
            continue
        text = body.decode(codec, "replace")
        if text.count("\ufffd") * 50 <= lost:  # a few characters beyond the declared set are usual
            return text
    return body.decode("cp1252", "replace")


def _declared(head: bytes, content_type: str) -> Iterator[str]:
    """The known codecs that the header and then the page name."""
    labels = [match[1] for match in [_HEADER.search(content_type)] if match]
    labels += [match[1].decode("ascii", "replace") for match in _META.finditer(head)]
    for label in labels:
        name = _MEANT.get(label.lower(), label.lower())
        try:
            codec = codecs.lookup(name).name
        except (LookupError, ValueError):
            continue
        if _ALLOWED.fullmatch(codec):
            yield codec


def _wide_codec(head: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of the markup is NUL."""
    odd, even = head[1::2].count(0), head[::2].count(0)
    many = len(head) // 2 * 0.4
    if len(head) < 8 or max(odd, even) < many or min(odd, even) > many / 4:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"
