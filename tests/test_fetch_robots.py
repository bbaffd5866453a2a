"""robots.txt: whose wishes are heeded, where they come from, and what a hostile one can do."""

from __future__ import annotations

import asyncio
import tracemalloc
from datetime import timedelta

import pytest

from feedwatch.adapters.fetch.robots import product_of, read_robots
from feedwatch.model import FetchKind, Reason, Request
from tests.fetching import AGENT, NO_PAUSE, Clock, article, fetching
from tests.hostile import BODY, answer, at_work, redirect

NOT_A = "User-agent: *\nDisallow: /a\n"


def test_an_article_that_is_forbidden_is_not_asked_for():
    async def story():
        async with at_work({"/": answer()}) as origin, fetching(origin) as fetcher:
            outcomes = [await fetcher.fetch(article(origin.url(path), robots=NOT_A)) for path in ("/a/1", "/b/1")]
            return outcomes, origin.asked

    (forbidden, free), asked = asyncio.run(story())

    assert forbidden.reason is Reason.ROBOTS
    assert free.body == BODY
    assert asked == ["/b/1"]


@pytest.mark.parametrize("kind", [FetchKind.FEED, FetchKind.ROBOTS])
def test_feeds_and_robots_files_are_asked_for_all_the_same(kind):
    async def story():
        async with at_work({"/": answer()}) as origin, fetching(origin) as fetcher:
            return await fetcher.fetch(Request(origin.url("/a"), kind, robots=NOT_A, pause=NO_PAUSE))

    assert asyncio.run(story()).body == BODY


def test_a_redirect_on_the_same_host_is_judged_by_the_same_text():
    async def story():
        acts = {"/b": redirect("/a"), "/a": answer(), "/robots.txt": answer(b"")}
        async with at_work(acts) as origin, fetching(origin) as fetcher:
            return await fetcher.fetch(article(origin.url("/b"), robots=NOT_A)), origin.asked

    outcome, asked = asyncio.run(story())

    assert outcome.reason is Reason.ROBOTS
    assert asked == ["/b"]


def test_another_hosts_text_is_fetched_once_for_many_redirects():
    async def story():
        async with at_work({"/": answer(), "/robots.txt": answer(NOT_A.encode())}) as other, at_work({}) as origin:
            origin.acts["/1"] = origin.acts["/2"] = redirect(other.url("/b"))
            origin.acts["/3"] = redirect(other.url("/a"))
            async with fetching(other, origin) as fetcher:
                asked = [article(origin.url(f"/{n}"), robots="") for n in (1, 2, 3)]
                return [await fetcher.fetch(request) for request in asked], other.asked

    (first, second, third), asked = asyncio.run(story())

    assert (first.body, second.body) == (BODY, BODY)
    assert third.reason is Reason.ROBOTS
    assert asked == ["/robots.txt", "/b", "/b"]


def test_another_hosts_text_is_fetched_again_after_an_hour():
    clock = Clock()

    async def story():
        settings = {"monotonic": clock.monotonic, "sleep": clock.sleep}
        async with at_work({"/b": answer()}) as other, at_work({}) as origin:
            origin.acts["/a"] = redirect(other.url("/b"))
            async with fetching(other, origin, **settings) as fetcher:
                for passed in (0, 3000, 3000):
                    clock.now += passed
                    await fetcher.fetch(article(origin.url("/a"), robots=""))
            return other.asked

    assert asyncio.run(story()).count("/robots.txt") == 2


@pytest.mark.parametrize(
    ("status", "reason"),
    [("404 Not Found", None), ("403 Forbidden", None), ("500 Oops", Reason.STATUS), ("503 Busy", Reason.BUSY)],
)
def test_another_host_without_a_text_is_free_but_one_in_trouble_is_left_alone(status, reason):
    async def story():
        async with at_work({"/b": answer(), "/robots.txt": answer(status=status)}) as other, at_work({}) as origin:
            origin.acts["/a"] = redirect(other.url("/b"))
            async with fetching(other, origin) as fetcher:
                return await fetcher.fetch(article(origin.url("/a"), robots="")), other.asked

    outcome, asked = asyncio.run(story())

    assert getattr(outcome, "reason", None) is reason
    assert ("/b" in asked) == (reason is None)


def test_where_robots_are_switched_off_no_text_is_fetched():
    async def story():
        async with at_work({"/b": answer()}) as other, at_work({}) as origin, fetching(other, origin) as fetcher:
            origin.acts["/a"] = redirect(other.url("/b"))
            return await fetcher.fetch(article(origin.url("/a"))), other.asked

    outcome, asked = asyncio.run(story())

    assert outcome.body == BODY
    assert asked == ["/b"]


@pytest.mark.parametrize(("delay", "slept"), [("7", 7), ("0.5", 2), ("9999", 60), ("soon", 2), ("-3", 2), ("inf", 2)])
def test_a_crawl_delay_makes_pauses_longer_never_shorter_and_within_reason(delay, slept):
    clock = Clock()

    async def story():
        robots = f"User-agent: feedwatch\nCrawl-delay: {delay}\n"
        settings = {"monotonic": clock.monotonic, "sleep": clock.sleep}
        async with at_work({"/": answer()}) as origin, fetching(origin, **settings) as fetcher:
            for _ in range(2):
                await fetcher.fetch(article(origin.url("/"), robots=robots, pause=timedelta(seconds=2)))

    asyncio.run(story())

    assert clock.slept == [slept]


# ---------------------------------------------------------------------------------------------------------- the text


@pytest.mark.parametrize(
    ("user_agent", "product"),
    [
        (AGENT, "feedwatch"),
        ("Mozilla/5.0 (compatible; Feedwatch/1.0; +https://x.example)", "feedwatch"),
        ("TownWatch/2 (+mailto:desk@x.example)", "townwatch"),
        ("", "feedwatch"),
        ("123", "feedwatch"),
    ],
)
def test_our_name_among_the_agents_is_the_product(user_agent, product):
    assert product_of(user_agent) == product


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow: /", False),
        ("\ufeffUser-agent: *\nDisallow: /", False),
        ("user-agent: FeedWatch\ndisallow: /", False),
        ("User-agent: other\nDisallow: /", True),
        ("User-agent: other\nUser-agent: feedwatch\nDisallow: /", False),
        ("User-agent: feedwatch\nUser-agent: other\nDisallow: /", False),
        ("User-agent: feedwatch\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: *\nDisallow: /news\nAllow: /news/a", True),
        ("User-agent: *\nDisallow: /*a$", False),
        ("User-agent: https\nDisallow: /", True),
        ("User-agent: bot\nDisallow: /", True),
        ("User agent *\nDisallow /", False),
        ("User-agent: feedwatch # us\nDisallow: / # all", False),
        ("Disallow: /", True),
        ("<html><body>Not here</body></html>", True),
        ("\x00\x01\x02", True),
    ],
)
def test_a_text_allows_or_not(text, allowed):
    robots = read_robots(text, AGENT)

    assert robots.allows("https://news.example/news/a") is allowed


def test_many_agents_over_many_rules_stay_small():
    text = "".join(f"User-agent: a{n}\nUser   agent b{n}\n" for n in range(5000)) + "Disallow: /x\n" * 5000

    tracemalloc.start()
    robots = read_robots(text, AGENT)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 10_000_000
    assert robots.allows("https://news.example/x")


def test_many_wildcards_are_matched_in_no_time():
    text = "User-agent: *\n" + "Disallow: /" + "*a" * 500 + "b\n"

    robots = read_robots(text, AGENT)

    assert robots.allows("https://news.example/" + "a" * 4000)
