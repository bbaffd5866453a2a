"""A page in whatever character set it is, and whatever set it says it is in."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedwatch.reading.charset import to_utf8

WORDS = "Über die Brücke führen zwölf Straßen, sagte Jörg Müller am Dienstag in Łódź."
LATIN = "Über die Brücke führen zwölf Straßen, sagte Jörg Müller am Dienstag."
RUSSIAN = "Мост закрыт для грузовиков, сообщили в мэрии во вторник вечером."
JAPANESE = "橋は火曜日からすべてのトラックに対して閉鎖された。"
META = '<meta charset="{}">'


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        (WORDS.encode(), "text/html; charset=utf-8", WORDS),
        (WORDS.encode(), "text/html", WORDS),
        (WORDS.encode(), "text/html; charset=iso-8859-1", WORDS),
        (META.format("latin1").encode() + WORDS.encode(), "", META.format("latin1") + WORDS),
        (LATIN.encode("latin-1"), "text/html; charset=ISO-8859-1", LATIN),
        (LATIN.encode("latin-1"), "text/html; charset=utf-8", LATIN),
        (LATIN.encode("latin-1"), "text/html; charset=utf-16", LATIN),
        (LATIN.encode("latin-1"), "text/html; charset=no-such-set", LATIN),
        (LATIN.encode("latin-1"), 'text/html; charset="', LATIN),
        ("“Brücke” – 5 €".encode("cp1252"), "text/html; charset=iso-8859-1", "“Brücke” – 5 €"),
        (RUSSIAN.encode("cp1251"), "text/html; charset=windows-1251", RUSSIAN),
        (RUSSIAN.encode("koi8-r"), "text/html; charset=koi8-r", RUSSIAN),
        (f'<html lang="ru">{RUSSIAN}'.encode("cp1251"), "text/html", f'<html lang="ru">{RUSSIAN}'),
        (JAPANESE.encode("shift_jis"), "text/html; charset=Shift_JIS", JAPANESE),
        (JAPANESE.encode("euc_jp"), "text/html; charset=EUC-JP", JAPANESE),
        (JAPANESE.encode("iso2022_jp"), "text/html; charset=ISO-2022-JP", JAPANESE),
        (codecs.BOM_UTF8 + WORDS.encode(), "text/html; charset=latin1", WORDS),
        (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), "text/html", WORDS),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), "text/html; charset=utf-8", WORDS),
        (WORDS.encode("utf-16-le"), "text/html", WORDS),
        (WORDS.encode("utf-16-be"), "text/html; charset=utf-8", WORDS),
        (WORDS.encode()[:-8] + b"\xc5", "text/html", WORDS.encode()[:-8].decode() + "�"),
    ],
)
def test_the_text_is_read_as_it_was_meant(body: bytes, content_type: str, text: str) -> None:
    assert to_utf8(body, content_type).decode() == text


@pytest.mark.parametrize("charset", ["utf-7", "utf7", "idna", "punycode", "zlib", "hex", "rot13", "unicode_escape"])
def test_a_set_that_hides_markup_is_not_believed(charset: str) -> None:
    hidden = b"+ADw-script+AD4- \\u003cscript\\u003e xn--ber-goa \xfc"

    told = to_utf8(hidden, f"text/html; charset={charset}").decode()

    assert "<" not in told
    assert told == hidden.decode("latin-1")


@given(st.binary(max_size=200), st.text(max_size=40))
@example(b"\xff\xfe", "text/html; charset=utf-16")
@example(b"\x00" * 9, "charset=utf-32")
def test_whatever_it_is_comes_out_as_utf8_without_controls(body: bytes, content_type: str) -> None:
    text = to_utf8(body, content_type).decode("utf-8")

    assert not set(text) & {chr(code) for code in range(32) if chr(code) not in "\t\n\r\f"}
