"""What is read out of an answer's header."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedwatch.adapters.fetch.headers import BUSIEST, FRESHEST, content_length, max_age, retry_after, single

NOON = "Tue, 03 Mar 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("lines", "seconds"),
    [
        ({}, None),
        ({"cache-control": "max-age=300"}, 300),
        ({"cache-control": "public, Max-Age = 300 , must-revalidate"}, 300),
        ({"cache-control": 'max-age="300"'}, 300),
        ({"cache-control": "max-age=300, max-age=60"}, 60),
        ({"cache-control": "s-maxage=300"}, None),
        ({"cache-control": "x-max-age=300"}, None),
        ({"cache-control": "max-age=-1"}, None),
        ({"cache-control": "max-age=soon"}, None),
        ({"cache-control": "max-age=3.5"}, None),
        ({"cache-control": "no-store"}, None),
        ({"cache-control": "max-age=300", "age": "100"}, 200),
        ({"cache-control": "max-age=300", "age": "1000"}, 0),
        ({"cache-control": "max-age=300", "age": "old"}, 300),
        ({"cache-control": "max-age=999999999999"}, FRESHEST.total_seconds()),
        ({"cache-control": "max-age=" + "9" * 400}, None),
    ],
)
def test_how_long_an_answer_is_fresh(lines, seconds):
    expected = None if seconds is None else timedelta(seconds=seconds)

    assert max_age(httpx.Headers(lines)) == expected


@pytest.mark.parametrize(
    ("lines", "seconds"),
    [
        ({}, None),
        ({"retry-after": "120"}, 120),
        ({"retry-after": " 120 "}, 120),
        ({"retry-after": "0"}, 0),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "1.5"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "99999999999"}, BUSIEST.total_seconds()),
        ({"retry-after": "9" * 500}, None),
        ({"retry-after": "Tue, 03 Mar 2026 12:05:00 GMT", "date": NOON}, 300),
        ({"retry-after": "Tue, 03 Mar 2026 12:05:00 +0100", "date": NOON}, 0),
        ({"retry-after": "Tue, 03 Mar 2026 12:05:00 -0000", "date": NOON}, 300),
        ({"retry-after": "Tue, 03 Mar 2026 11:00:00 GMT", "date": NOON}, 0),
        ({"retry-after": "Fri, 03 Mar 2126 12:00:00 GMT", "date": NOON}, BUSIEST.total_seconds()),
        ({"retry-after": "Tue, 03 Mar 2026 12:05:00 GMT"}, None),
        ({"retry-after": "Tue, 03 Mar 99999 12:05:00 GMT", "date": NOON}, None),
        ({"retry-after": "Tue, 33 Mar 2026 12:05:00 GMT", "date": NOON}, None),
        ({"retry-after": "Tue, 03 Mar 2026 12:05:00 +9999", "date": NOON}, None),
    ],
)
def test_how_long_to_stay_away(lines, seconds):
    expected = None if seconds is None else timedelta(seconds=seconds)

    assert retry_after(httpx.Headers(lines)) == expected


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_no_header_makes_reading_it_fail(one, other, third):
    raw = [(b"retry-after", one.encode("utf-8", "surrogatepass")), (b"date", other.encode("utf-8", "surrogatepass"))]
    raw += [
        (b"cache-control", third.encode("utf-8", "surrogatepass")),
        (b"content-length", one.encode("latin-1", "replace")),
    ]
    headers = httpx.Headers(raw)

    assert (retry_after(headers) or timedelta(0)) <= BUSIEST
    assert (max_age(headers) or timedelta(0)) <= FRESHEST
    assert (content_length(headers) or 0) >= 0


def test_a_header_that_stands_twice_counts_when_it_says_the_same():
    assert single(httpx.Headers([("etag", "a"), ("ETag", "a")]), "etag") == "a"
    assert single(httpx.Headers([("etag", "a"), ("etag", "b")]), "etag") is None
