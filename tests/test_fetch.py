"""The fetcher over real sockets: what it sends, what it keeps, where it follows, whose wishes it heeds."""

from __future__ import annotations

import asyncio
import tracemalloc
from datetime import timedelta

import pytest

from bench.adapters import fetch as fetch_bytes
from feedwatch.adapters.fetch.manners import IDLE_LINES
from feedwatch.errors import FetchRefused
from feedwatch.model import Fetched, FetchKind, Gone, NotModified, Reason, Request
from tests.fetching import AGENT, LOOPBACK, NO_PAUSE, Clock, Names, article, fetching
from tests.hostile import BODY, MORE, ROWS, answer, at_work, head, raw, redirect, unmodified

ETAG = 'W/"64-a;b, c"'
MODIFIED = "Tuesday, 03-Mar-26 06:00:00 GMT"  # an old form: sent back as it came


# ---------------------------------------------------------------------------------------------------------- headers


def test_both_validators_come_and_go_verbatim():
    async def story():
        page = answer(BODY, f"ETag: {ETAG}", f"Last-Modified: {MODIFIED}", "Cache-Control: max-age=90")
        async with at_work({"/a": page}) as origin, fetching(origin) as fetcher:
            first = await fetcher.fetch(article(origin.url("/a")))
            await fetcher.fetch(article(origin.url("/a"), etag=first.etag, last_modified=first.last_modified))
            return first, origin.headers

    first, (fresh, again) = asyncio.run(story())

    assert (first.etag, first.last_modified, first.max_age) == (ETAG, MODIFIED, timedelta(seconds=90))
    assert "if-none-match" not in fresh
    assert (again["if-none-match"], again["if-modified-since"]) == (ETAG, MODIFIED)


def test_not_modified_is_believed_when_a_validator_was_sent():
    async def story():
        fresh = raw(head("Cache-Control: max-age=60", status="304 Not Modified"))
        async with at_work({"/a": fresh}) as origin, fetching(origin) as fetcher:
            return await fetcher.fetch(article(origin.url("/a"), last_modified=MODIFIED))

    assert asyncio.run(story()) == NotModified(timedelta(minutes=1))


@pytest.mark.parametrize("validator", ["a\x01b", "a\nb", "é", "x" * 1001, ""])
def test_a_validator_that_cannot_be_sent_is_not(validator):
    async def story():
        async with at_work({"/a": unmodified}) as origin, fetching(origin) as fetcher:
            outcome = await fetcher.fetch(article(origin.url("/a"), etag=validator))
            return outcome, origin.headers[0]

    outcome, headers = asyncio.run(story())

    assert "if-none-match" not in headers
    assert outcome.reason is Reason.PROTOCOL  # 304 without having been asked


@pytest.mark.parametrize("line", ["ETag: a\x01b", "ETag: \xe9", "ETag: " + "x" * 1001, "ETag: a\r\nETag: b"])
def test_a_validator_that_could_not_be_sent_back_is_not_kept(line):
    async def story():
        async with at_work({"/a": answer(BODY, line)}) as origin, fetching(origin) as fetcher:
            return await fetcher.fetch(article(origin.url("/a")))

    outcome = asyncio.run(story())

    assert outcome == Fetched(outcome.url, BODY)


def test_the_request_says_who_asks_and_what_it_takes(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")

    async def story():
        async with at_work({"/a": answer()}) as origin, fetching(origin) as fetcher:
            await fetcher.fetch(article(origin.url("/a")))
            return origin.headers[0], origin.place

    headers, place = asyncio.run(story())

    assert headers["user-agent"] == AGENT
    assert headers["accept-encoding"] == "gzip, deflate"
    assert headers["host"] == place
    assert "cookie" not in headers


def test_a_content_type_is_kept_unless_it_is_absurd():
    async def story():
        acts = {
            "/a": answer(BODY, "Content-Type: text/html; charset=koi8-r"),
            "/b": answer(BODY, "Content-Type: " + "x" * 2000),
        }
        async with at_work(acts) as origin, fetching(origin) as fetcher:
            return [(await fetcher.fetch(article(origin.url(path)))).content_type for path in acts]

    assert asyncio.run(story()) == ["text/html; charset=koi8-r", ""]


def test_busy_says_how_long_to_stay_away():
    async def story():
        date = ["Date: Tue, 03 Mar 2026 06:00:00 GMT", "Retry-After: Tue, 03 Mar 2026 06:02:00 GMT"]
        acts = {
            "/seconds": answer(b"", "Retry-After: 120", status="503 Busy"),
            "/date": answer(b"", *date, status="429 Slow down"),
        }
        async with at_work(acts) as origin, fetching(origin) as fetcher:
            return [await fetcher.fetch(article(origin.url(path))) for path in acts]

    busy, limited = asyncio.run(story())

    assert (busy.reason, busy.status, busy.retry_after) == (Reason.BUSY, 503, timedelta(minutes=2))
    assert (limited.reason, limited.status, limited.retry_after) == (Reason.BUSY, 429, timedelta(minutes=2))


# ---------------------------------------------------------------------------------------------------------- redirects


@pytest.mark.parametrize(
    ("statuses", "moves"), [(("301", "308"), True), (("308",), True), (("301", "302"), False), (("307", "301"), False)]
)
def test_only_permanent_redirects_all_the_way_give_a_new_address(statuses, moves):
    async def story():
        acts = {f"/{n}": redirect(f"/{n + 1}", f"{status} There") for n, status in enumerate(statuses)}
        acts[f"/{len(statuses)}"] = answer()
        async with at_work(acts) as origin, fetching(origin) as fetcher:
            return await fetcher.fetch(article(origin.url("/0"))), origin.url(f"/{len(statuses)}")

    outcome, there = asyncio.run(story())

    assert outcome.url == there
    assert outcome.moved_to == (there if moves else None)


def test_cookies_live_as_long_as_one_fetch():
    async def story():
        async with at_work() as origin, fetching(origin) as fetcher:
            url = origin.url("/redirect/cookie")
            outcomes = [await fetcher.fetch(article(url)) for _ in range(2)]
            return outcomes, [headers.get("cookie") for headers in origin.headers]

    outcomes, cookies = asyncio.run(story())

    assert [outcome.body for outcome in outcomes] == [BODY, BODY]
    assert cookies == [None, "tested=yes", None, "tested=yes"]


def test_a_cookie_of_one_host_is_not_sent_to_another():
    async def story():
        async with at_work({"/b": answer()}) as other, at_work({}) as origin:
            there = f"b.example:{other.port}"
            away = f"Location: http://{there}/b"
            origin.acts["/a"] = raw(head("Set-Cookie: a=1", away, "Content-Length: 0", status="302 Found"))
            async with fetching(origin, allow=[there], resolver=Names({"b.example": LOOPBACK})) as fetcher:
                return await fetcher.fetch(article(origin.url("/a"))), other.headers[0]

    outcome, headers = asyncio.run(story())

    assert outcome.body == BODY
    assert "cookie" not in headers


def test_a_redirect_to_a_port_that_is_not_permitted_is_refused_before_it_is_connected_to():
    async def story():
        async with at_work({"/b": answer()}) as other, at_work({}) as origin, fetching(origin) as fetcher:
            origin.acts["/a"] = redirect(other.url("/b"))
            return await fetcher.fetch(article(origin.url("/a"))), other.connections

    outcome, connections = asyncio.run(story())

    assert outcome.reason is Reason.ADDRESS
    assert connections == 0


# ---------------------------------------------------------------------------------------------------------- names


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["10.0.0.1", "::1"], ["::ffff:7f00:1"], ["fe80::1%lo"]])
def test_a_name_that_leads_only_to_private_addresses_is_refused(addresses):
    async def story():
        names = Names({"news.example": [addresses]})
        async with at_work({"/a": answer()}) as origin, fetching(resolver=names) as fetcher:
            outcome = await fetcher.fetch(article(f"http://news.example:{origin.port}/a"))
            return outcome, origin.connections

    outcome, connections = asyncio.run(story())

    assert outcome.reason is Reason.ADDRESS
    assert connections == 0


def test_a_name_is_asked_for_again_with_each_connection_and_its_answer_checked_again():
    async def story():
        names = Names({"news.example": [["127.0.0.1"], ["10.0.0.1"]]})
        async with at_work({"/a": answer(), "/b": answer()}) as origin:
            allowed = f"news.example:{origin.port}"
            async with fetching(allow=[allowed], resolver=names) as fetcher:
                first = await fetcher.fetch(article(f"http://{allowed}/a"))
            async with fetching(resolver=names) as fetcher:
                second = await fetcher.fetch(article(f"http://{allowed}/b"))
            return first, second, names.asked

    first, second, asked = asyncio.run(story())

    assert first.body == BODY
    assert second.reason is Reason.ADDRESS
    assert asked == ["news.example", "news.example"]


def test_a_name_nobody_knows_is_a_failure_of_dns():
    async def story():
        async with fetching() as fetcher:
            return await fetcher.fetch(article("http://nowhere.example/"))

    assert asyncio.run(story()).reason is Reason.DNS


def test_a_name_that_hangs_ends_with_the_time_and_holds_up_nobody():
    async def hang(host, port):
        await asyncio.Event().wait()

    async def story():
        settings = {"resolver": hang, "timeout": timedelta(seconds=0.3)}
        async with at_work({"/a": answer()}) as origin, fetching(origin, **settings) as fetcher:
            hanging = asyncio.create_task(fetcher.fetch(article("http://nowhere.example/")))
            other = await fetcher.fetch(article(origin.url("/a")))
            was_hanging = not hanging.done()
            return other, was_hanging, await hanging

    other, was_hanging, outcome = asyncio.run(story())

    assert other.body == BODY
    assert was_hanging
    assert outcome.reason is Reason.TIMEOUT


def test_a_closed_port_is_a_failure_to_connect():
    async def story():
        async with at_work({}) as origin:
            pass
        async with fetching(origin) as fetcher:
            return await fetcher.fetch(article(origin.url("/")))

    outcome = asyncio.run(story())

    assert outcome.reason is Reason.CONNECT
    assert "refused" in outcome.detail


# ---------------------------------------------------------------------------------------------------------- manners


def test_a_host_is_asked_one_thing_at_a_time_and_left_alone_from_the_end_of_each():
    clock = Clock()

    async def story():
        async def slow_page(visitor):
            clock.now += 3  # the answer takes its time; the pause begins behind it
            await answer()(visitor)

        settings = {"monotonic": clock.monotonic, "sleep": clock.sleep}
        async with at_work({"/": slow_page}) as origin, fetching(origin, **settings) as fetcher:
            asked = [article(origin.url(f"/{n}"), pause=timedelta(seconds=2)) for n in range(5)]
            return await asyncio.gather(*map(fetcher.fetch, asked)), origin.most_open

    outcomes, most_open = asyncio.run(story())

    assert {outcome.body for outcome in outcomes} == {BODY}
    assert most_open == 1
    assert clock.slept == [2, 2, 2, 2]


def test_time_that_passed_anyway_counts_for_the_pause_and_no_pause_is_longer_than_permitted():
    clock = Clock()

    async def story():
        settings = {"monotonic": clock.monotonic, "sleep": clock.sleep, "max_pause": timedelta(seconds=5)}
        async with at_work({"/": answer()}) as origin, fetching(origin, **settings) as fetcher:
            for passed in (0, 3, 9, 0):
                clock.now += passed
                await fetcher.fetch(article(origin.url("/"), pause=timedelta(seconds=30)))

    asyncio.run(story())

    assert clock.slept == [2, 5]


def test_hosts_do_not_wait_for_each_other():
    async def story():
        reached = asyncio.Event()

        async def hang(visitor):
            reached.set()
            await visitor.stall()

        async with at_work({"/": hang}) as bad, at_work({"/": answer()}) as good, fetching(bad, good) as fetcher:
            hanging = asyncio.create_task(fetcher.fetch(article(bad.url("/"))))
            await reached.wait()
            outcomes = [await fetcher.fetch(article(good.url("/"))) for _ in range(3)]
            was_hanging = not hanging.done()
            hanging.cancel()
            await asyncio.gather(hanging, return_exceptions=True)
            return outcomes, was_hanging

    outcomes, was_hanging = asyncio.run(story())

    assert [outcome.body for outcome in outcomes] == [BODY] * 3
    assert was_hanging


def test_a_redirect_waits_for_its_turn_at_the_other_host():
    async def story():
        reached, released = asyncio.Event(), asyncio.Event()

        async def slow_page(visitor):
            reached.set()
            await released.wait()
            await answer()(visitor)

        async with at_work({"/": slow_page, "/b": answer()}) as other, at_work({}) as origin:
            origin.acts["/a"] = redirect(other.url("/b"))
            async with fetching(other, origin) as fetcher:
                first = asyncio.create_task(fetcher.fetch(article(other.url("/"))))
                await reached.wait()
                second = asyncio.create_task(fetcher.fetch(article(origin.url("/a"))))
                await fetcher.fetch(article(origin.url("/missing")))  # its own host is free meanwhile
                asked_so_far = list(other.asked)
                released.set()
                return await first, await second, asked_so_far, other.most_open

    first, second, asked_so_far, most_open = asyncio.run(story())

    assert (first.body, second.body) == (BODY, BODY)
    assert asked_so_far == ["/"]
    assert most_open == 1


def test_a_redirect_does_not_wait_for_ever_at_the_other_host():
    async def story():
        resting = asyncio.Event()

        async def rest_for_ever(seconds):
            resting.set()
            await asyncio.Event().wait()

        settings = {"sleep": rest_for_ever, "timeout": timedelta(seconds=0.5)}
        async with at_work({"/": answer()}) as other, at_work({}) as origin:
            origin.acts["/a"] = redirect(other.url("/b"))
            async with fetching(other, origin, **settings) as fetcher:
                await fetcher.fetch(article(other.url("/")))
                holder = asyncio.create_task(fetcher.fetch(article(other.url("/"), pause=timedelta(hours=1))))
                await resting.wait()
                outcome = await fetcher.fetch(article(origin.url("/a")))
                holder.cancel()
                await asyncio.gather(holder, return_exceptions=True)
                return outcome

    assert asyncio.run(story()).reason is Reason.BUSY


def test_the_pause_does_not_count_as_time_of_the_other_side():
    clock = Clock()

    async def long_sleep(seconds):
        await clock.sleep(seconds)
        await asyncio.sleep(0.25)

    async def story():
        settings = {"monotonic": clock.monotonic, "sleep": long_sleep, "timeout": timedelta(seconds=0.2)}
        async with at_work({"/a": redirect("/b"), "/b": answer()}) as origin, fetching(origin, **settings) as fetcher:
            return await fetcher.fetch(article(origin.url("/a"), pause=timedelta(seconds=30)))

    assert asyncio.run(story()).body == BODY
    assert clock.slept == [30]


# ---------------------------------------------------------------------------------------------------------- connections


def test_a_host_in_work_keeps_its_connection():
    async def story():
        async def page(visitor):
            await answer()(visitor)
            visitor.stays = True

        async with at_work({"/": page}) as origin, fetching(origin) as fetcher:
            for _ in range(20):
                await fetcher.fetch(article(origin.url("/")))
            return origin.connections, len(origin.asked)

    assert asyncio.run(story()) == (1, 20)


def test_what_comes_before_a_question_is_not_taken_for_its_answer():
    async def story():
        poison = answer(b"false")

        async def page(visitor):
            await answer(visitor.path.encode())(visitor)
            if visitor.path == "/1":
                await asyncio.sleep(0.02)
                await poison(visitor)
            visitor.stays = True

        async with at_work({"/": page}) as origin, fetching(origin) as fetcher:
            first = await fetcher.fetch(article(origin.url("/1")))
            await asyncio.sleep(0.06)
            return first, await fetcher.fetch(article(origin.url("/2"))), origin.connections

    first, second, connections = asyncio.run(story())

    assert (first.body, second.body) == (b"/1", b"/2")
    assert connections == 2


def test_hosts_that_are_idle_are_hung_up_on():
    clock = Clock()

    async def story():
        async def page(visitor):
            await answer()(visitor)
            visitor.stays = True
            left.append(visitor)

        left = []
        settings = {"monotonic": clock.monotonic, "sleep": clock.sleep}
        async with at_work({"/": page}) as idle, at_work({}) as other, fetching(idle, other, **settings) as fetcher:
            await fetcher.fetch(article(idle.url("/")))
            clock.now += 60
            await fetcher.fetch(article(other.url("/")))
            return await left[0].reader.read()

    assert asyncio.run(story()) == b""


def test_hosts_that_are_done_with_are_forgotten_even_where_nothing_was_got():
    clock = Clock()

    async def story():
        async with fetching(monotonic=clock.monotonic, sleep=clock.sleep) as fetcher:
            for n in range(300):
                clock.now += 1
                await fetcher.fetch(article(f"http://nowhere{n}.example/"))
            return len(fetcher._manners._hosts)

    assert asyncio.run(story()) <= 20


def test_not_many_idle_connections_are_kept():
    clock = Clock()

    async def story():
        async with fetching(monotonic=clock.monotonic, sleep=clock.sleep) as fetcher:
            for n in range(100):
                await fetcher.fetch(article(f"http://nowhere{n}.example/"))
            return sum(host.line is not None for host in fetcher._manners._hosts.values())

    assert asyncio.run(story()) <= IDLE_LINES


def test_closing_ends_what_is_open():
    async def story():
        async def page(visitor):
            await answer()(visitor)
            visitor.stays = True
            left.append(visitor)

        left = []
        async with at_work({"/": page}) as origin:
            async with fetching(origin) as fetcher:
                await fetcher.fetch(article(origin.url("/")))
            return await left[0].reader.read()

    assert asyncio.run(story()) == b""


# ---------------------------------------------------------------------------------------------------------- bounds

GREEDY = [
    *("/gzip-bomb", "/gzip-bomb-nested", "/gzip-name", "/gzip-nothing", "/deflate-bomb", "/endless", "/endless-chunks"),
    *(
        "/chunk-extension-endless",
        "/headers-flood",
        "/header-endless",
        "/interim-endless",
        "/trailers-endless",
        "/cookies",
    ),
]


@pytest.mark.parametrize("path", GREEDY)
def test_memory_stays_within_a_few_bodies_whatever_comes(path):
    async def story():
        async with at_work() as origin, fetching(origin) as fetcher:
            tracemalloc.start()
            try:
                await fetcher.fetch(article(origin.url(path)))
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

    peak = asyncio.run(story())

    assert peak < 12_000_000, "bytes, of which the sending side's buffers are most"


def test_every_greedy_row_is_in_the_table():
    assert set(GREEDY) <= {row.path for row in ROWS}


def test_the_kinds_of_request_differ_in_what_they_prefer():
    async def story():
        async with at_work({"/": answer()}) as origin, fetching(origin) as fetcher:
            for kind in FetchKind:
                await fetcher.fetch(Request(origin.url("/"), kind, pause=NO_PAUSE))
            return [headers["accept"].partition(",")[0] for headers in origin.headers]

    assert asyncio.run(story()) == ["application/atom+xml", "text/html", "text/plain"]


def test_who_wants_bytes_or_an_error_gets_one_of_them():
    async def story():
        async with at_work() as origin:
            body = await asyncio.to_thread(fetch_bytes, origin.url("/gzip"), {origin.place})
            refused = []
            for path in ("/gzip-cut", "/status/404", "/away/0"):
                with pytest.raises(FetchRefused) as caught:
                    await asyncio.to_thread(fetch_bytes, origin.url(path), {origin.place})
                refused.append(str(caught.value))
            return body, refused

    body, refused = asyncio.run(story())

    assert body == BODY + MORE
    assert ["not complete" in refused[0], "404" in refused[1], "not public" in refused[2]] == [True] * 3


def test_gone_says_by_which_status():
    async def story():
        async with at_work({}) as origin, fetching(origin) as fetcher:
            return await fetcher.fetch(article(origin.url("/")))

    assert asyncio.run(story()) == Gone(404)
