"""Whatever a server says, the fetcher answers with an outcome, and soon."""

from __future__ import annotations

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from feedwatch.model import Failed, Fetched, Gone, NotModified
from tests.fetching import Names, article, fetching
from tests.hostile import Visitor, at_work

STATUS = st.sampled_from([b"HTTP/1.1 200 OK", b"HTTP/1.0 200", b"HTTP/1.1 301 There", b"HTTP/1.1 304", b"HTTP/1.1 103"])
NAMES = st.sampled_from(
    b"Content-Length Transfer-Encoding Content-Encoding Location Set-Cookie Retry-After Date Cache-Control ETag"
    b" Content-Type Connection Upgrade Age X".split()
)
VALUES = st.sampled_from(
    b"5 0 -1 chunked gzip deflate br max-age=5 close keep-alive \xff\xfe a=b;expires=Tue a=b;domain=.example;path=x"
    b" /a // % ? http:a http:// http://[ javascript:x http://xn--a.example/ http://\xc3\xa9.example:99999/".split()
)
VALUES |= st.binary(max_size=20)
LINES = st.builds(lambda name, value: name + b": " + value, NAMES, VALUES) | st.binary(max_size=30)
BODIES = st.sampled_from([b"hello", b"5\r\nhello\r\n0\r\n\r\n", b"\x1f\x8b\x08", b"x\x9c", b""]) | st.binary(
    max_size=60
)
ANSWERS = st.builds(
    lambda status, lines, body: b"\r\n".join([status, *lines, b"", body]), STATUS, st.lists(LINES, max_size=4), BODIES
) | st.binary(max_size=80)


async def hear(said: bytes, cut: int) -> list[object]:
    async def say(visitor: Visitor) -> None:
        await visitor.say(said[:cut])
        await asyncio.sleep(0)
        await visitor.say(said[cut:])

    async with at_work({"/": say}) as origin, fetching(origin, resolver=Names()) as fetcher:
        request = article(origin.url("/"), etag="a", robots="")
        return [await fetcher.fetch(request) for _ in range(2)]


@given(ANSWERS, st.integers(0, 60))
@settings(max_examples=100, deadline=None)
def test_every_answer_has_an_outcome(said, cut):
    outcomes = asyncio.run(hear(said, cut))

    for outcome in outcomes:
        assert isinstance(outcome, Fetched | NotModified | Gone | Failed)
        if isinstance(outcome, Failed):
            assert outcome.detail.isprintable()
