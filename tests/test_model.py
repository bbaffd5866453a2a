"""What two texts are compared by."""

from __future__ import annotations

import re
import sys

import pytest

from feedwatch.model import comparable

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufe0f]")


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("", ""),
        ("The ferry  sails.", "The ferry sails."),
        (" The ferry sails. ", "The ferry sails."),
        ("The\u00a0ferry\u2009sails.\n", "The ferry sails."),
        ("The fer\u00adry\u200b sa\ufe0fils.", "The ferry sails."),
        ("\ufeffThe cafe\u0301 \u2060is\u3000shut\u202c.", "The caf\u00e9 is shut."),
        ("\u201cThe caf\u00e9 is shut\u201d", "\u201cThe caf\u00e9 is shut\u201d"),
    ],
)
def test_what_nobody_sees_makes_no_difference(text: str, compared: str) -> None:
    assert comparable(text) == compared


def test_every_sign_that_nobody_sees_is_left_out() -> None:
    unseen = [chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace() or INVISIBLE.match(chr(code))]

    assert [f"U+{ord(sign):04X}" for sign in unseen if comparable(f"a{sign}{sign}b") not in ("ab", "a b")] == []
