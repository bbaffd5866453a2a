"""Feeds as they are found on the web, one oddity a case, and what is read from them."""

import gzip
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedwatch.reading.dates import read_date
from feedwatch.reading.entries import MAX_ENTRIES, MAX_ID, MAX_TITLE, plain_language, plain_title
from feedwatch.reading.feeds import parse_feed
from feedwatch.reading.markup import keep_whole_entries, mend
from feedwatch.reading.urls import canonical_key

URL = "https://herald.example/feeds/all.xml"
NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:atom="http://www.w3.org/2005/Atom"'
)


def rss(items, channel=""):
    return f'<rss version="2.0" {NAMESPACES}><channel><title>Herald</title>{channel}{items}</channel></rss>'


def atom(entries, attributes=""):
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>Herald</title>{entries}</feed>'


def rdf(items, channel=""):
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        f'{NAMESPACES}><channel rdf:about="/"><title>Herald</title>{channel}</channel>{items}</rdf:RDF>'
    )


def sitemap(urls):
    return (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
        f'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">{urls}</urlset>'
    )


def item(inner, title="Mill burns"):
    return f"<item><title>{title}</title>{inner}</item>"


def story(number):
    return item(f"<link>https://herald.example/{number}</link>", title=f"Story {number}")


def read(body, content_type=""):
    return parse_feed(body if isinstance(body, bytes) else body.encode(), content_type, URL)


def entry(body):
    feed = read(body)
    assert len(feed.entries) == 1
    return feed.entries[0]


def links(feed):
    return [entry.link for entry in feed.entries]


# ---------------------------------------------------------------------------------------------------------- formats

WHOLE_ITEM = item(
    "<link>https://herald.example/1</link><guid isPermaLink='false'>4711</guid>"
    "<pubDate>Mon, 03 Nov 2025 10:00:00 GMT</pubDate>"
)
PUBLISHED = datetime(2025, 11, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "id", "published"),
    [
        (rss(WHOLE_ITEM), "4711", True),
        (rss(WHOLE_ITEM).replace("2.0", "0.91", 1), "4711", True),
        (
            rss(WHOLE_ITEM).replace(NAMESPACES, "").upper().replace("HTTPS://HERALD.EXAMPLE", "https://herald.example"),
            "4711",
            True,
        ),
        (
            rdf(
                '<item rdf:about="https://herald.example/1"><title>Mill burns</title>'
                "<link>https://herald.example/1</link><dc:date>2025-11-03T11:00:00+01:00</dc:date></item>"
            ),
            "https://herald.example/1",
            True,
        ),
        (
            atom(
                '<entry><title>Mill burns</title><link href="https://herald.example/1"/><id>urn:x:1</id>'
                "<published>2025-11-03T10:00:00Z</published><updated>2025-11-03T12:00:00Z</updated></entry>"
            ),
            "urn:x:1",
            True,
        ),
        (
            sitemap(
                "<url><loc>https://herald.example/1</loc><news:news><news:publication><news:name>Herald</news:name>"
                "<news:language>en</news:language></news:publication><news:title>Mill burns</news:title>"
                "<news:publication_date>2025-11-03T10:00:00Z</news:publication_date></news:news></url>"
            ),
            "https://herald.example/1",
            True,
        ),
        (
            json.dumps(
                {
                    "version": "https://jsonfeed.org/version/1.1",
                    "title": "Herald",
                    "items": [
                        {
                            "id": 4711,
                            "url": "https://herald.example/1",
                            "title": "Mill burns",
                            "date_published": "2025-11-03T10:00:00Z",
                        }
                    ],
                }
            ),
            "4711",
            True,
        ),
    ],
    ids=["rss 2.0", "rss 0.91", "upper case", "rss 1.0", "atom", "news sitemap", "json feed"],
)
def test_every_format_gives_the_same_entry(body, id, published):  # noqa: A002
    feed = read(body)

    assert feed.problem is None
    assert feed.title.title() == "Herald"
    assert [(entry.id, entry.link, entry.title.capitalize()) for entry in feed.entries] == [
        (id, "https://herald.example/1", "Mill burns")
    ]
    assert (feed.entries[0].published_at == PUBLISHED) is published


def test_the_time_of_an_update_is_kept_apart_from_that_of_publication():
    one = entry(
        atom(
            '<entry><title>A</title><link href="/1"/><id>1</id><published>2025-11-03T10:00:00Z</published>'
            "<updated>2025-11-03T12:00:00Z</updated></entry>"
        )
    )

    assert (one.published_at, one.updated_at) == (PUBLISHED, PUBLISHED + timedelta(hours=2))


def test_an_atom_entry_without_its_time_of_publication_has_none():
    one = entry(
        atom('<entry><title>A</title><link href="/1"/><id>1</id><updated>2025-11-03T10:00:00Z</updated></entry>')
    )

    assert (one.published_at, one.updated_at) == (None, PUBLISHED)


def test_a_plain_sitemap_has_addresses_and_times_of_modification_only():
    one = entry(sitemap("<url><loc>https://herald.example/1</loc><lastmod>2025-11-03T10:00:00Z</lastmod></url>"))

    assert (one.link, one.title, one.published_at, one.updated_at) == ("https://herald.example/1", "", None, PUBLISHED)


def test_a_sitemaps_image_is_not_its_page():
    one = entry(
        sitemap(
            "<url><image:image><image:loc>https://herald.example/i.jpg</image:loc><image:title>I</image:title>"
            "</image:image><loc>https://herald.example/1</loc></url>"
        )
    )

    assert (one.link, one.title) == ("https://herald.example/1", "")


def test_a_sitemap_with_undeclared_prefixes_is_read():
    feed = read(
        "<urlset><url><loc>https://herald.example/1</loc><news:news><news:title>Mill burns</news:title></news:news>"
        "</url></urlset>"
    )

    assert [entry.title for entry in feed.entries] == ["Mill burns"]


def test_a_sitemap_published_as_a_gzip_file_is_read():
    body = gzip.compress(sitemap("<url><loc>https://herald.example/1</loc></url>").encode())

    assert links(read(body)) == ["https://herald.example/1"]


def test_a_sitemap_with_too_many_addresses_gives_the_newest():
    urls = [
        f"<url><loc>https://herald.example/{n}</loc><lastmod>{1990 + n // 300}-01-01</lastmod></url>"
        for n in range(MAX_ENTRIES + 1_000)
    ]

    feed = read(sitemap("".join(urls)))

    assert len(feed.entries) == MAX_ENTRIES
    assert f"https://herald.example/{MAX_ENTRIES + 999}" in links(feed)
    assert feed.problem is None


# ---------------------------------------------------------------------------------------------------------- links


@pytest.mark.parametrize(
    ("inner", "link"),
    [
        ("<link>/1</link>", "https://herald.example/1"),
        ("<link>\n  https://herald.example/1\n</link>", "https://herald.example/1"),
        ("<link><![CDATA[https://herald.example/?a=1&b=2]]></link>", "https://herald.example/?a=1&b=2"),
        ("<link>https://herald.example/?a=1&amp;b=2</link>", "https://herald.example/?a=1&b=2"),
        ("<link>https://herald.example/?a=1&b=2&copy=3</link>", "https://herald.example/?a=1&b=2&copy=3"),
        ("<link>https://herald.example/?a=1&amp;amp;b=2</link>", "https://herald.example/?a=1&b=2"),
        ("<link>https://herald.example/Mühle</link>", "https://herald.example/M%C3%BChle"),
        (
            "<link>https://clicks.example/~r/1</link><feedburner:origLink>https://herald.example/1</feedburner:origLink>",
            "https://herald.example/1",
        ),
        (
            "<link>https://herald.example/1</link><feedburner:origLink>javascript:alert(1)</feedburner:origLink>",
            "https://herald.example/1",
        ),
        ("<guid>https://herald.example/1</guid>", "https://herald.example/1"),
        ('<guid isPermaLink="true">https://herald.example/1</guid>', "https://herald.example/1"),
        ("<link></link><guid>https://herald.example/1</guid>", "https://herald.example/1"),
        (
            "<guid>https://herald.example/?p=1</guid><link>https://herald.example/1</link>",
            "https://herald.example/1",
        ),
        (
            '<atom:link rel="self" href="https://herald.example/self"/><link>https://herald.example/1</link>',
            "https://herald.example/1",
        ),
        (
            '<media:content url="/i.jpg"/><link>/1</link><enclosure url="/a.mp3" type="audio/mpeg"/>',
            "https://herald.example/1",
        ),
        (
            '<link>https://herald.example/1</link><source url="https://agency.example/">Agency</source>',
            "https://herald.example/1",
        ),
    ],
)
def test_an_items_link_is_the_articles_own_address(inner, link):
    assert entry(rss(item(inner))).link == link


@pytest.mark.parametrize(
    "inner",
    [
        "",
        "<link/>",
        "<link>javascript:alert(1)</link>",
        "<link>data:text/html,a</link>",
        "<link>mailto:desk@herald.example</link>",
        "<link>file:///etc/passwd</link>",
        "<link>ftp://herald.example/1</link>",
        "<link>https://user:secret@herald.example/1</link>",
        "<link>https://herald.example/a b</link>",
        "<link>https://[</link>",
        "<guid>4711</guid>",
        '<guid isPermaLink="false">https://herald.example/1</guid>',
        '<enclosure url="https://herald.example/a.mp3" type="audio/mpeg"/>',
    ],
)
def test_an_item_without_a_web_address_is_left_out(inner):
    feed = read(rss(item(inner) + story(2)))

    assert links(feed) == ["https://herald.example/2"]
    assert feed.problem is None


@pytest.mark.parametrize("make", [rss, lambda items: '{"items": [{"title": "a"}, {"url": "b c"}]}', sitemap])
def test_a_feed_without_any_web_address_has_a_problem(make):
    feed = read(make(item("") + item("<link>mailto:a@b.example</link>") + "<url/><url><loc>a b</loc></url>"))

    assert feed.problem == "none of its entries has an http(s) link, of 2"


@pytest.mark.parametrize(
    ("attributes", "link_base", "link"),
    [
        ("", "", "https://herald.example/feeds/1"),
        ('xml:base="https://gazette.example/x/"', "", "https://gazette.example/x/1"),
        ('xml:base="https://gazette.example/x/"', 'xml:base="y/"', "https://gazette.example/x/y/1"),
        ('xml:base="/x/"', "", "https://herald.example/x/1"),
        ('xml:base="file:///etc/"', "", None),
    ],
)
def test_relative_links_follow_xml_base_and_then_the_feeds_address(attributes, link_base, link):
    feed = read(atom(f'<entry {link_base}><title>A</title><link href="1"/><id>urn:1</id></entry>', attributes))

    assert links(feed) == ([link] if link else [])


def test_the_first_alternate_page_of_an_atom_entry_counts():
    one = entry(
        atom(
            '<entry><title>A</title><link rel="edit" href="/e"/>'
            '<link rel="alternate" type="application/json" href="/j"/><link rel="alternate" href="/1"/>'
            '<link rel="alternate" hreflang="de" href="/de"/><id>urn:1</id></entry>'
        )
    )

    assert one.link == "https://herald.example/1"


def test_a_json_item_may_have_an_external_address_only():
    one = entry('{"items": [{"id": "a", "external_url": "https://gazette.example/1"}]}')

    assert (one.id, one.link, one.title) == ("a", "https://gazette.example/1", "")


def test_a_json_items_id_is_its_link_when_there_is_no_other():
    assert entry('{"items": [{"id": "https://herald.example/1"}]}').link == "https://herald.example/1"


# ---------------------------------------------------------------------------------------------------------- ids


def test_an_item_without_a_guid_is_known_by_its_link():
    assert entry(rss(story(1))).id == "https://herald.example/1"


def test_an_item_listed_twice_is_one_entry_and_the_first_counts():
    feed = read(
        rss(
            item("<link>https://herald.example/1</link>", title="New headline")
            + item("<link>http://www.herald.example/1?utm_source=rss#top</link>", title="Old headline")
        )
    )

    assert [entry.title for entry in feed.entries] == ["New headline"]


def test_a_story_listed_in_two_sections_under_one_guid_is_one_entry():
    feed = read(
        rss(
            item("<link>https://herald.example/news/1</link><guid isPermaLink='false'>7</guid>")
            + item("<link>https://herald.example/local/1</link><guid isPermaLink='false'>7</guid>")
        )
    )

    assert links(feed) == ["https://herald.example/news/1"]


def test_a_guid_that_different_stories_share_identifies_none_of_them():
    feed = read(
        rss(
            item("<link>/1</link><guid isPermaLink='false'>0</guid>", title="Mill burns")
            + item("<link>/2</link><guid isPermaLink='false'>0</guid>", title="Bridge opens")
        )
    )

    assert [entry.id for entry in feed.entries] == ["https://herald.example/1", "https://herald.example/2"]


def test_an_endless_guid_is_kept_as_its_hash():
    one = entry(rss(item(f"<link>/1</link><guid isPermaLink='false'>{'x' * 10_000}</guid>")))

    assert one.id.startswith("sha256:")
    assert len(one.id) < MAX_ID


# ---------------------------------------------------------------------------------------------------------- titles


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Mill &amp; bridge", "Mill & bridge"),
        ("Mill &amp;amp; bridge", "Mill & bridge"),
        ("Mill &amp;amp;amp; bridge", "Mill & bridge"),
        ("Mill & bridge", "Mill & bridge"),
        ("R&D up; Q&A", "R&D up; Q&A"),
        ("Caf&eacute; &ndash; open", "Café – open"),
        ("Caf&amp;eacute; &amp;#8211; open", "Café – open"),
        ("&amp;amp;amp;amp;amp;", "&amp;"),
        ("&lt;b&gt;Mill&lt;/b&gt; burns", "Mill burns"),
        ("&amp;lt;b&amp;gt;Mill&amp;lt;/b&amp;gt; burns", "Mill burns"),
        ("<b>Mill</b> burns", "Mill burns"),
        ("<![CDATA[<em>Mill</em> burns &#8211; again]]>", "Mill burns – again"),
        ('<![CDATA[<a href="/x" title="1 &gt; 0">Mill</a> burns]]>', "Mill burns"),
        ("<![CDATA[Mill<br/>burns]]>", "Mill burns"),
        ("<![CDATA[Mill <script>alert(1)</script> burns]]>", "Mill burns"),
        ("<![CDATA[Mill <!-- desk: check --> burns]]>", "Mill burns"),
        ("5 &lt; 6 and 7 &gt; 6", "5 < 6 and 7 > 6"),
        ("Why List&lt;String&gt; matters", "Why List<String> matters"),
        ("Mill\n   burns\t", "Mill burns"),
        ("Mill\x08 bu\x0brns", "Mill burns"),
        ("Mill &#8;burns&#xFFFF;&#xD800;&#99999999999999999999;", "Mill burns"),
        ("Mill&nbsp;burns", "Mill burns"),
        ("火事 🔥", "火事 🔥"),
        ("MÃ¼hle", "Mühle"),
        ("It&#146;s", "It’s"),
        ("", ""),
    ],
)
def test_a_title_is_plain_text(title, plain):
    assert entry(rss(item("<link>/1</link>", title=title))).title == plain


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("<title>Mill &amp; bridge</title>", "Mill & bridge"),
        ('<title type="html">&lt;b>Mill&lt;/b> &amp;amp; bridge</title>', "Mill & bridge"),
        (
            '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><em>Mill</em> &amp; bridge</div></title>',
            "Mill & bridge",
        ),
        ('<title type="text">Mill &lt; bridge</title>', "Mill < bridge"),
    ],
)
def test_an_atom_title_of_any_type_is_plain_text(title, plain):
    assert entry(atom(f'<entry>{title}<link href="/1"/><id>urn:1</id></entry>')).title == plain


def test_the_caption_of_a_picture_is_not_the_title():
    one = entry(rss("<item><media:title>Caption</media:title><title>Mill burns</title><link>/1</link></item>"))

    assert one.title == "Mill burns"


def test_a_title_of_a_megabyte_is_cut():
    title = entry(rss(item("<link>/1</link>", title="x" * 1_000_000))).title

    assert len(title) == MAX_TITLE
    assert title.endswith("…")


def test_a_json_title_with_characters_illegal_in_xml_is_cleaned():
    one = entry('{"items": [{"url": "/1", "id": "a\\u0000b", "title": "Mill \\ud800\\u0007<b>burns</b>"}]}')

    assert (one.id, one.title) == ("ab", "Mill burns")


# ---------------------------------------------------------------------------------------------------------- dates


@pytest.mark.parametrize(
    "text",
    [
        "2025-11-03T10:00:00Z",
        "2025-11-03T10:00:00.123Z",
        "2025-11-03T11:00:00+01:00",
        "2025-11-03T11:00:00+0100",
        "2025-11-03T11:00+01",
        "2025-11-03 11:00:00 +0100",
        "2025-11-03T10:00:00",
        "2025-11-03 10:00",
        "20251103T100000Z",
        "2025-11-03T05:00:00 EST",
        "Mon, 03 Nov 2025 10:00:00 GMT",
        "Mon, 03 Nov 2025 10:00:00 +0000",
        "Mon, 03 Nov 2025 10:00:00",
        "Mon, 3 Nov 2025 05:00:00 EST",
        "Mon, 3 Nov 2025 11:00:00 CET",
        "Mon, 3 Nov 2025 11:00:00 GMT+0100",
        "Mon, 3 Nov 25 10:00:00 UT",
        "3 Nov 2025 10:00 Z",
        "Sun, 3 Nov 2025 10:00:00 GMT",
        "Mo, 03 Nov. 2025 11:00:00 MEZ",
        "lun., 03 nov. 2025 11:00:00 +0100",
        "03 novembre 2025, 10:00",
        "Mon, 03 Nov 2025 10:00:00 AM GMT",
        "Mon Nov  3 10:00:00 2025",
    ],
)
def test_a_date_is_read_as_utc(text):
    assert read_date(f" {text}\n") == PUBLISHED


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-11-03", datetime(2025, 11, 3, tzinfo=UTC)),
        ("2025-11-02T24:00:00Z", datetime(2025, 11, 3, tzinfo=UTC)),
        ("2016-12-31T23:59:60Z", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("5 März 2025 08:00:00 +0100", datetime(2025, 3, 5, 7, tzinfo=UTC)),
        ("12 août 2025 08:00 CEST", datetime(2025, 8, 12, 6, tzinfo=UTC)),
        ("1 juin 2025", datetime(2025, 6, 1, tzinfo=UTC)),
        ("1 juil. 2025", datetime(2025, 7, 1, tzinfo=UTC)),
        ("Tue, 04 Nov 2025 12:30:00 am", datetime(2025, 11, 4, 0, 30, tzinfo=UTC)),
    ],
)
def test_unusual_dates_are_read(text, moment):
    assert read_date(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "--11-03",
        "10:00",
        "2025",
        "2025-11",
        "2025-13-03",
        "2025-02-30T10:00:00Z",
        "2025-11-03T25:00:00Z",
        "2025-11-03T10:61:00Z",
        "2025-11-03T10:00:00+99:00",
        "0001-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "2999-01-01T00:00:00Z",
        "9999-12-31T23:59:59-23:00",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "32 Nov 2025 10:00:00 GMT",
        "3 Foo 2025 10:00:00 GMT",
        "1" * 10_000,
    ],
)
def test_what_is_no_plausible_date_is_none(text):
    assert read_date(text) is None


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(), st.text("0123456789-:TZ+ .,Nov", max_size=40)))
@example("0000-00-00")
@example("9999-12-31T24:00:00Z")
@example("Mon Nov 99999999999 10:00:00 2025")
def test_no_text_makes_reading_a_date_fail(text):
    moment = read_date(text)

    assert moment is None or (1990 <= moment.year < 2100 and moment.tzinfo is UTC)


# ------------------------------------------------------------------------------------------------------- the feed's own


@pytest.mark.parametrize(
    ("channel", "wait"),
    [
        ("", None),
        ("<ttl>15</ttl>", timedelta(minutes=15)),
        ("<ttl> 15 </ttl>", timedelta(minutes=15)),
        ("<ttl>999999</ttl>", timedelta(days=1)),
        ("<ttl>" + "9" * 5_000 + "</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<ttl>٣</ttl>", None),
        ('<ttl unit="minutes">15</ttl>', None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", timedelta(hours=1)),
        (
            "<sy:updatePeriod> hourly </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            timedelta(minutes=15),
        ),
        ("<sy:updatePeriod>yearly</sy:updatePeriod>", timedelta(days=1)),
        ("<sy:updatePeriod>often</sy:updatePeriod>", None),
        ("<ttl>90</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", timedelta(minutes=90)),
    ],
)
def test_a_feed_says_how_long_to_wait(channel, wait):
    assert read(rss(story(1), channel)).wait == wait


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en", "en"), ("en-gb", "en-GB"), ("de_DE", "de-DE"), ("zh-hant-tw", "zh-Hant-TW"), ("es-419", "es-419")],
)
def test_a_language_is_written_as_others_write_it(tag, language):
    assert read(rss(story(1), f"<language>{tag}</language>")).language == language
    assert plain_language(language) == language


@pytest.mark.parametrize("tag", ["", "english", "e", "en gb", "<b>", "1", "en-"])
def test_what_is_no_language_tag_is_none(tag):
    assert plain_language(tag) is None


def test_an_atom_feeds_language_is_its_attribute():
    assert read(atom("", 'xml:lang="ja"')).language == "ja"


def test_a_news_sitemap_names_its_language():
    body = sitemap("<url><loc>https://herald.example/1</loc><news:language>pt-br</news:language></url>")

    assert read(body).language == "pt-BR"


# ------------------------------------------------------------------------------------------------------- character sets

UMLAUT = rss(item("<link>/1</link>", title="Mühle – 火"))
LATIN = rss(item("<link>/1</link>", title="Mühle brennt früh"))


@pytest.mark.parametrize(
    ("body", "content_type", "title"),
    [
        (UMLAUT.encode(), "", "Mühle – 火"),
        (b"\xef\xbb\xbf" + UMLAUT.encode(), "", "Mühle – 火"),
        (UMLAUT.encode("utf-16"), "", "Mühle – 火"),
        (UMLAUT.encode("utf-16-be"), "", "Mühle – 火"),
        (UMLAUT.encode("utf-32"), "", "Mühle – 火"),
        (UMLAUT.encode(), "text/xml; charset=iso-8859-1", "Mühle – 火"),
        (UMLAUT.encode(), "text/xml", "Mühle – 火"),
        (b'<?xml version="1.0" encoding="iso-8859-1"?>' + UMLAUT.encode(), "", "Mühle – 火"),
        (b'<?xml version="1.0" encoding="utf-16"?>' + UMLAUT.encode(), "", "Mühle – 火"),
        (b'<?xml version="1.0" encoding="klingon"?>' + UMLAUT.encode(), "", "Mühle – 火"),
        (b'<?xml version="1.0" encoding="iso-8859-1"?>' + LATIN.encode("latin-1"), "", "Mühle brennt früh"),
        (LATIN.encode("latin-1"), "application/rss+xml; charset=ISO-8859-1", "Mühle brennt früh"),
        (b'<?xml version="1.0" encoding="utf-8"?>' + LATIN.encode("latin-1"), "", "Mühle brennt früh"),
        (
            b'<?xml version="1.0" encoding="Shift_JIS"?>'
            + rss(item("<link>/1</link>", title="水車小屋が燃える")).encode("shift_jis"),
            "",
            "水車小屋が燃える",
        ),
    ],
)
def test_a_feed_is_read_in_the_character_set_that_it_is_really_in(body, content_type, title):
    assert [entry.title for entry in read(body, content_type).entries] == [title]


# --------------------------------------------------------------------------------------------------- what is not a feed

LINKS_TO_FEEDS = (
    b"<html><head><link href=/a?x=1&amp;y=2 type='application/atom+xml' rel='alternate'>"
    b'<LINK REL="ALTERNATE" TYPE="application/feed+json" HREF="/f">'
    b'<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">'
    b'<link rel="stylesheet" type="text/css" href="/s.css">'
)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "an empty body, not a feed"),
        (b" \r\n\t", "an empty body, not a feed"),
        (b"\xef\xbb\xbf", "an empty body, not a feed"),
        (b"/etc/passwd", "neither XML nor JSON, not a feed; it begins with '/etc/passwd'"),
        (b"Not found", "neither XML nor JSON, not a feed; it begins with 'Not found'"),
        (b"<Error><Code>AccessDenied</Code></Error>", "XML of an unknown kind (<error>), not a feed"),
        (b"<!-- nothing", "neither XML nor JSON, not a feed; it begins with '<!-- nothing'"),
        (b"<?xml version='1.0'?>", "neither XML nor JSON, not a feed; it begins with \"<?xml version='1.0'?>\""),
        (b"<opml><body/></opml>", "an OPML list of feeds, not a feed; name the feeds that it lists instead"),
        (b"<html><p>Hello", "an HTML page, not a feed"),
        (
            b"<!DOCTYPE html><html><head><title>Herald &amp; more</title>",
            'an HTML page ("Herald & more"), not a feed',
        ),
        (
            b'<!doctype html><link rel="alternate" type="application/rss+xml" href="/rss.xml">',
            "an HTML page, not a feed; it offers the feed https://herald.example/rss.xml",
        ),
        (
            LINKS_TO_FEEDS,
            "an HTML page, not a feed; it offers the feeds https://herald.example/a?x=1&y=2, https://herald.example/f",
        ),
        (b'{"error": 404}', "JSON, but not a JSON Feed: it has no list of 'items'"),
        (b"[1, 2]", "JSON, but not a JSON Feed: it has no list of 'items'"),
        (b'{"items": [', "broken JSON at line 1: Expecting value"),
        (b'{"items": []}', "the feed is empty"),
        (rss("").encode(), "the feed is empty"),
        (atom("").encode(), "the feed is empty"),
        (sitemap("").encode(), "the sitemap is empty"),
        (
            b"<sitemapindex><sitemap><loc>/2019.xml</loc></sitemap><sitemap><loc>/news.xml</loc></sitemap></sitemapindex>",
            "a sitemap index, not a feed; name one of its sitemaps instead, for example https://herald.example/news.xml",
        ),
        (b"<sitemapindex/>", "a sitemap index, not a feed; name one of its sitemaps instead"),
        (b"\x1f\x8bnonsense", "gzip-compressed, and broken or too large"),
        (gzip.compress(rss(story(1)).encode())[:-9], "gzip-compressed, and broken or too large"),
    ],
)
def test_what_is_not_a_feed_is_named(body, problem):
    feed = read(body)

    assert feed.entries == ()
    assert feed.problem == problem


def test_a_page_is_told_by_its_content_type_when_its_markup_does_not_say():
    assert read("<main>Hello</main>", "text/html; charset=utf-8").problem == "an HTML page, not a feed"


def test_json_of_a_hundred_thousand_brackets_is_broken():
    assert read(b"[" * 100_000).problem.startswith("broken JSON")


def test_a_gzip_bomb_is_not_inflated():
    assert read(gzip.compress(bytes(30_000_000))).problem == "gzip-compressed, and broken or too large"


# ---------------------------------------------------------------------------------------------------------- damage


@pytest.mark.parametrize(
    "prologue",
    [
        "\n\n  ",
        "<?xml version='1.0'?>\n<?xml-stylesheet href='s.xsl'?><!-- <rss> -->",
        "<br />\n<b>Warning</b>: something on line 7<br />\n<?xml version='1.0'?>",
        "Warning: 5 < 6\n",
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://herald.example/rss-0.91.dtd">',
        '<!DOCTYPE rss [<!ELEMENT rss ANY> <!ENTITY x "<y>">]>',
    ],
)
def test_what_stands_before_the_root_does_no_harm(prologue):
    feed = read(prologue + rss(story(1)))

    assert links(feed) == ["https://herald.example/1"]
    assert feed.problem is None


def test_an_entry_that_is_cut_off_is_left_out():
    whole = rss(story(1) + story(2) + item("<link>https://herald.example/315</link>"))

    feed = read(whole[: whole.index("315") + 2])

    assert links(feed) == ["https://herald.example/1", "https://herald.example/2"]
    assert feed.problem == "broken XML at line 1: no element found; entries that could be read: 2"


def test_a_feed_cut_off_in_its_first_entry_has_none():
    feed = read(rss(story(1))[:-40])

    assert feed.entries == ()
    assert feed.problem.startswith("broken XML at line 1")


def test_a_broken_feed_says_in_which_line():
    feed = read("\n<?xml version='1.0'?>\n" + rss("\n" + story(1) + "\n<p>a<br>b</p>" + story(2)))

    assert links(feed) == ["https://herald.example/1", "https://herald.example/2"]
    assert feed.problem == "broken XML at line 5: mismatched tag; entries that could be read: 2"


def test_what_makes_feedparser_raise_is_a_problem_like_any_other():
    feed = read(rss(item("<textInput><name>q</name></textInput>")))

    assert feed.entries == ()
    assert feed.problem == "broken XML that cannot be read (KeyError: 'textinput')"


def test_undeclared_prefixes_do_no_harm():
    feed = read(
        "<rss><channel><item><dc:x>1</dc:x><title>A</title><link>https://herald.example/1</link></item></channel>"
    )

    assert links(feed) == ["https://herald.example/1"]


def test_a_sitemap_that_is_cut_off_gives_its_beginning():
    feed = read("<?xml version='1.0'?>\n" + sitemap("<url><loc>/1</loc></url><url><lastmod>20")[:-9])

    assert links(feed) == ["https://herald.example/1"]
    assert feed.problem.startswith("broken XML at line 2")


@pytest.mark.parametrize("root", ["<urlset xmlns", '<urlset xmlns="' + "x" * 11_000_000 + '">'])
def test_a_sitemap_with_a_broken_root_is_named(root):
    assert read(root).problem.startswith("broken XML at line 1")


def test_a_feed_with_too_many_entries_gives_the_first():
    feed = read(rss("".join(f"<item><link>/{n}</link></item>" for n in range(MAX_ENTRIES + 10))))

    assert len(feed.entries) == MAX_ENTRIES
    assert links(feed)[-1] == f"https://herald.example/{MAX_ENTRIES - 1}"
    assert feed.problem is None


def test_a_json_feed_with_too_many_entries_gives_the_first():
    feed = read(json.dumps({"items": [{"url": f"/{n}"} for n in range(MAX_ENTRIES + 10)]}))

    assert len(feed.entries) == MAX_ENTRIES
    assert links(feed)[-1] == f"https://herald.example/{MAX_ENTRIES - 1}"
    assert feed.problem is None


def test_the_feeds_own_end_stays_when_entries_are_dropped():
    assert keep_whole_entries("<rss><item>1</item><item>2</item></rss>", 1) == "<rss><item>1</item></rss>"


# ---------------------------------------------------------------------------------------------------------- attacks


def test_an_entity_bomb_is_words():
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    body = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "ha">{entities}]>' + rss(
        item("<link>/1</link>", title="&a9;")
    )

    assert entry(body).title == "&a9;"


@pytest.mark.parametrize("make", [lambda inner: rss(item(f"<link>/1</link>{inner}")), sitemap], ids=["rss", "sitemap"])
def test_an_external_entity_is_not_loaded(make, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    declared = f'<!DOCTYPE x [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY % y SYSTEM "{secret.as_uri()}"> %y;]>'

    feed = read(declared + make("<url><loc>https://herald.example/1</loc><title>&x;</title></url><title>&x;</title>"))

    assert "the secret" not in repr(feed)


def test_a_body_that_is_a_path_opens_no_file(tmp_path):
    path = tmp_path / "feed.xml"
    path.write_text(rss(story(1)))

    assert read(str(path).encode()).entries == ()


def test_an_author_made_to_stall_feedparser_does_not():
    inner = (
        "<link>/1</link><author>a@" + "a." * 100_000 + "!</author><dc:creator>a@" + "a." * 100_000 + "!</dc:creator>"
    )

    assert entry(rss(item(inner))).link == "https://herald.example/1"


def test_a_megabyte_of_blank_lines_before_the_root_costs_nothing():
    assert links(read("\n" * 1_000_000 + rss(story(1)))) == ["https://herald.example/1"]


@pytest.mark.parametrize(
    "token", ["<", "<a ", "<!--", "<![CDATA[", "<?a ", "<!A ", "&", "&#", "<a>", "<item>", "</item>"]
)
def test_markup_repeated_without_end_is_survived(token):
    read(rss(story(1)) + token * 20_000)
    read("<rss version='2.0'>" + token * 20_000)


@pytest.mark.parametrize(
    ("markup", "mended"),
    [
        ("a & b && c", "a &amp; b &amp;&amp; c"),
        ("&lt;&gt;&amp;&quot;&apos;&#39;&#x27;", "&lt;&gt;&amp;&quot;&apos;&#39;&#39;"),
        ("&nbsp;&LT;&AMP;&nope;", "\xa0&lt;&amp;&amp;nope;"),
        ("&#0;&#xD800;&#xFFFE;&#1114112;", ""),
        ("&<![CDATA[&nbsp;&]]>&", "&amp;<![CDATA[&nbsp;&]]>&amp;"),
        ("<![CDATA[ & ", "<![CDATA[ &amp; "),
    ],
)
def test_references_are_mended_outside_of_cdata(markup, mended):
    assert mend(markup) == mended


SEEDS = [
    rss(WHOLE_ITEM + story(2), "<ttl>5</ttl><textInput><name>q</name></textInput><image><url>u</url></image>"),
    atom(
        '<author><name>x</name></author><entry><title type="xhtml"><p>A</p></title><link href="1"/><id>a</id></entry>'
    ),
    rdf('<item rdf:about="https://herald.example/1"><title>A</title></item>'),
    sitemap("<url><loc>https://herald.example/1</loc><lastmod>2025-11-03</lastmod></url>"),
    '{"title": "T", "items": [{"id": 1, "url": "/1", "title": "A", "date_published": "2025-11-03T10:00:00Z"}]}',
]
TOKENS = [
    "<",
    ">",
    "&",
    '"',
    "<item>",
    "</item>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "&#xD800;",
    "<textInput>",
    "<links>",
    "é",
]


@st.composite
def damaged_feeds(draw):
    text = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(start + 40, len(text))))
        text = text[:start] + draw(st.sampled_from(["", *TOKENS])) + text[end:]
    return text.encode(draw(st.sampled_from(["utf-8", "utf-16", "cp1252"])), "replace")


@settings(max_examples=200, deadline=None)
@given(st.one_of(damaged_feeds(), st.binary()), st.sampled_from(["", "text/html", "text/xml; charset=utf-16"]))
@example(b"<rss><channel><name>q</name><textInput></name>", "")
@example(rss(item("<links>a</links><link>/1</link>")).encode(), "")
def test_no_bytes_make_reading_a_feed_fail(body, content_type):
    feed = parse_feed(body, content_type, URL)

    assert all(canonical_key(entry.link) and entry.id for entry in feed.entries)
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    assert feed.entries or feed.problem


@settings(max_examples=100, deadline=None)
@given(st.text("<>b/&;amplt#39x -!scrip'", max_size=60))
def test_a_plain_title_is_one_line_of_legal_text(text):
    title = plain_title(text)

    assert title == " ".join(title.split())
