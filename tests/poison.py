"""Pages and feeds made to hurt whoever parses them: by name, made when they are needed."""

from __future__ import annotations

from collections.abc import Callable

MEGABYTE = 1_000_000
ARTICLE = "<article><h1>Fourteen die</h1><p>The ferry caught fire off the north pier early on Monday.</p></article>"


def around(inside: str) -> bytes:
    return f"<!DOCTYPE html><html><head><title>Poison</title></head><body>{inside}</body></html>".encode()


def rss(inside: str, prologue: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{prologue}<rss version="2.0"><channel><title>T</title>{inside}</channel></rss>'.encode()
    )


def item(number: int, more: str = "") -> str:
    link = f"https://paper.example/news/{number}"
    return f"<item><title>Story {number}</title><link>{link}</link><guid>{link}</guid>{more}</item>"


def sitemap(count: int) -> bytes:
    addresses = "".join(f"<url><loc>https://paper.example/{number}</loc></url>" for number in range(count))
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{addresses}</urlset>'.encode()


def numbered(pattern: str, count: int = 100_000) -> str:
    return " ".join(pattern.format(number) for number in range(count))


LAUGHS = (
    '<!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(f"<!ENTITY {new} '{f'&{old};' * 10}'>" for old, new in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)
BLOWN_UP = f'<!DOCTYPE rss [<!ENTITY a "{"x" * 100_000}">]>'
OUTSIDE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>'

PAGES: dict[str, Callable[[], bytes]] = {
    "10 MB on one line": lambda: around(f"<article><p>{'word ' * (2 * MEGABYTE)}</p></article>"),
    "10 MB without a space": lambda: around(f"<article><p>{'x' * (10 * MEGABYTE)}</p></article>"),
    "10 MB of one tag that does not end": lambda: b"<html><body><p " + b"a" * (10 * MEGABYTE),
    "1 MB of less-than signs": lambda: around("<" * MEGABYTE),
    "1 MB of ampersands": lambda: around("&" * MEGABYTE),
    "100,000 nested tags": lambda: around("<div>" * 100_000 + ARTICLE + "</div>" * 100_000),
    "100,000 nested inline tags": lambda: around("<b><i>" * 50_000 + ARTICLE),
    "100,000 nested tables": lambda: around("<table><tr><td>" * 33_334 + ARTICLE),
    "100,000 nested lists": lambda: around("<ul><li>" * 50_000 + ARTICLE),
    "100,000 attributes": lambda: around(f"<p {' '.join(f'a{n}=v' for n in range(100_000))}>word</p>{ARTICLE}"),
    "100,000 paragraphs of one word": lambda: around("<article>" + "<p>word</p>" * 100_000 + "</article>"),
    "20,000 links": lambda: around("<article>" + "<a href=/x>word word</a> " * 20_000 + "</article>"),
    "20,000 scripts of JSON": lambda: around('<script type="application/ld+json">{"@type":"X"}</script>' * 20_000),
    "JSON nested 100,000 deep": lambda: around(
        f'<script type="application/ld+json">{"[" * 100_000}{"]" * 100_000}</script>{ARTICLE}'
    ),
    "JSON with a number of a million digits": lambda: around(
        f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":{"9" * MEGABYTE}}}</script>{ARTICLE}'
    ),
    "a date of 100,000 digits": lambda: around(
        f'<meta property="article:published_time" content="{"2" * 100_000}">{ARTICLE}'
    ),
    "a body that is a path": lambda: b"/etc/passwd",
    "a body that is an address": lambda: b"file:///etc/passwd",
    "control characters": lambda: around(f"<article><p>{''.join(map(chr, range(32)))} word</p></article>" * 1000),
    "lone surrogates in UTF-8": lambda: around(ARTICLE).replace(b"ferry", b"\xed\xa0\x80ferry\xed\xbf\xbf"),
    "references to no character": lambda: around(
        "<article><p>&#0; &#xD800; &#x110000; &#99999999999; &#-1; &#x; ferry</p></article>" + ARTICLE
    ),
    "bytes of no encoding": lambda: bytes(range(256)) * 400,
    "NUL bytes": lambda: b"\0" * MEGABYTE,
    "an entity bomb in a page": lambda: LAUGHS.encode() + around("&j;" + ARTICLE),
    "an entity from outside": lambda: OUTSIDE.encode() + around("&x;" + ARTICLE),
    "an address of 5 MB": lambda: around(f'<link rel=canonical href="https://x.example/{"a/" * 2_500_000}">{ARTICLE}'),
    "a title of 1 MB": lambda: around(f"<h1>{'word ' * 200_000}</h1>{ARTICLE}"),
    "a comment that does not end": lambda: around("<!--" * MEGABYTE),
    "100,000 unclosed quotes": lambda: around('<p class="' * 100_000),
    "a charset that is none": lambda: b'<meta charset="' + b"x" * MEGABYTE + b'">' + around(ARTICLE),
}  # fmt: skip

FEEDS: dict[str, Callable[[], bytes]] = {
    "20,000 items": lambda: rss("".join(item(number) for number in range(20_000))),
    "an item with 20,000 links": lambda: rss(item(1, "<link>https://paper.example/x</link>" * 20_000)),
    "a billion laughs": lambda: rss(f"<title>&j;</title>{item(1)}", LAUGHS),
    "one large entity, often": lambda: rss(f"<title>{'&a;' * 20_000}</title>{item(1)}", BLOWN_UP),
    "a file as an entity": lambda: rss(f"<title>&x;</title>{item(1, '<description>&x;</description>')}", OUTSIDE),
    "a parameter entity from outside": lambda: rss(item(1), PARAMETER),
    "an author that backtracks": lambda: rss(item(1, f"<author>{'a@' * 50_000}({'a' * 50_000}</author>")),
    "an author of spaces": lambda: rss(item(1, f"<author>{' ' * 200_000}x</author>")),
    "an author of dots": lambda: rss(item(1, f"<author>{'a.' * 100_000}@</author>")),
    "100,000 nested elements": lambda: rss("<x>" * 100_000 + item(1) + "</x>" * 100_000),
    "an element of 100,000 attributes": lambda: rss("<x " + numbered("a{0}='v'") + f"/>{item(1)}"),
    "100,000 namespaces": lambda: rss("<x " + numbered("xmlns:a{0}='u:{0}'") + f"/>{item(1)}"),
    "a description of 1 MB of markup": lambda: rss(item(1, f"<description>{'&lt;b&gt;' * 100_000}</description>")),
    "a date that backtracks": lambda: rss(item(1, f"<pubDate>{'1 ' * 100_000}</pubDate>")),
    "a date of a million digits": lambda: rss(item(1, f"<pubDate>{'1' * MEGABYTE}</pubDate>")),
    "a date in the year 99999": lambda: rss(item(1, "<pubDate>Mon, 02 Mar 99999 06:00:00 GMT</pubDate>")),
    "a ttl beyond counting": lambda: rss(f"<ttl>{'9' * 5000}</ttl>{item(1)}"),
    "a body that is a path": lambda: b"/etc/passwd",
    "a body that is an address": lambda: b"http://127.0.0.1:9/feed.xml",
    "control characters": lambda: rss(item(1, f"<description>{''.join(map(chr, range(1, 32)))}</description>")),
    "lone surrogates": lambda: rss(item(1)).replace(b"Story", b"\xed\xa0\x80Story&#xD800;"),
    "references to no character": lambda: rss(item(1, "<description>&#0;&#x110000;&#99999999999;</description>")),
    "JSON nested 100,000 deep": lambda: b'{"version":"https://jsonfeed.org/version/1.1","items":' + b"[" * 100_000,
    "JSON with a number of 100,000 digits": lambda: (
        b'{"version":"https://jsonfeed.org/version/1.1","items":[{"id":' + b"9" * 100_000 + b"}]}"
    ),
    "a sitemap of 50,000 addresses": lambda: sitemap(50_000),
    "10 MB of nothing": lambda: b" " * (10 * MEGABYTE),
    "NUL bytes": lambda: b"\0" * MEGABYTE,
}  # fmt: skip
