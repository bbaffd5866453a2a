"""Bodies out of their encodings: whole, or not at all."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwatch.adapters.fetch.body import body_in
from feedwatch.adapters.fetch.failures import FetchError
from feedwatch.model import Reason
from tests.hostile import raw_deflate

LIMIT = 10_000
ENCODERS = {
    ("", bytes),
    ("gzip", lambda body: gzip.compress(body, mtime=0)),
    ("gzip", lambda body: gzip.compress(body[:9]) + gzip.compress(body[9:])),
    ("deflate", zlib.compress),
    ("deflate", raw_deflate),
}
encoders = st.sampled_from(sorted(ENCODERS, key=str))


def decoded(encoding, body, size=7):
    reader = body_in(encoding, LIMIT, "http://news.example/")
    for start in range(0, len(body), size):
        reader.feed(body[start : start + size])
    return reader.finish()


def outcome_of(encoding, body):
    try:
        return decoded(encoding, body)
    except FetchError as error:
        return error.failed.reason


@given(st.binary(max_size=LIMIT), encoders, st.integers(1, 4000))
@settings(max_examples=80, deadline=None)
def test_what_was_encoded_comes_out_however_it_is_cut_up(body, encoder, size):
    encoding, encode = encoder

    assert decoded(encoding, encode(body), size) == body or len(encode(body)) > LIMIT


@given(st.binary(min_size=1, max_size=500), encoders, st.floats(0, 1, exclude_max=True))
@settings(max_examples=80, deadline=None)
def test_a_part_of_an_encoded_body_is_never_taken_for_a_body(body, encoder, share):
    encoding, encode = encoder
    whole = encode(body)
    part = whole[: int(len(whole) * share)]
    complete_members = {body, body[:9]}

    found = outcome_of(encoding, part)

    assert found in {Reason.TRUNCATED, Reason.ENCODING, *complete_members} or encoding == ""


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate"]))
@settings(max_examples=80, deadline=None)
def test_noise_ends_as_a_body_or_a_failure(noise, encoding):
    found = outcome_of(encoding, noise)

    assert isinstance(found, bytes) or found in (Reason.TRUNCATED, Reason.ENCODING)


@pytest.mark.parametrize(
    "encoding", ["br", "zstd", "gzip, gzip", "deflate, gzip", "gzip, br", "compress", "*", "gzip;q=1"]
)
def test_other_encodings_are_refused(encoding):
    with pytest.raises(FetchError) as caught:
        body_in(encoding, LIMIT, "http://news.example/")

    assert caught.value.failed.reason is Reason.ENCODING


@pytest.mark.parametrize("encoding", ["", "identity", " , identity,", "GZIP", "x-gzip, identity"])
def test_ways_of_saying_the_known_ones(encoding):
    body = b"The ferry was late."
    sent = gzip.compress(body) if "gzip" in encoding.lower() else body

    assert decoded(encoding, sent) == body


def test_a_bomb_is_left_as_soon_as_it_is_too_large():
    reader = body_in("gzip", LIMIT, "http://news.example/")

    with pytest.raises(FetchError) as caught:
        reader.feed(gzip.compress(bytes(10_000_000)))

    assert caught.value.failed.reason is Reason.TOO_LARGE
    assert len(reader._body) == LIMIT + 1
