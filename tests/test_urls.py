"""One story, one key; and no link that is not http(s)."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedwatch.reading.urls import MAX_KEY, article_id, canonical_key, host_of, resolve, same_site, without_tracking

STORY = "https://herald.example/news/2025/11/fire-at-mill"


@pytest.mark.parametrize(
    "url",
    [
        "http://herald.example/news/2025/11/fire-at-mill",
        "HTTPS://Herald.Example/news/2025/11/fire-at-mill",
        "https://www.herald.example/news/2025/11/fire-at-mill",
        "https://herald.example./news/2025/11/fire-at-mill",
        "https://herald.example:443/news/2025/11/fire-at-mill",
        "http://herald.example:80/news/2025/11/fire-at-mill",
        "https://herald.example/news/2025/11/fire-at-mill#comments",
        "https://herald.example/news/2025/11/fire-at-mill?",
        "https://herald.example/news/2025/11/fire-at-mill?#",
        "https://herald.example/news/2025/11/fire-at-mill#!",
        "https://herald.example/news/./2025/10/../11/fire-at-mill",
        "https://herald.example/../news/2025/11/%66ire%2dat%2Dmill",
        "https://herald.example/news/%2e%2E/news/2025/11/fire-at-mill",
        "https://herald.example/news/2025/11/fire-at-mill;jsessionid=8A1F",
        "https://herald.example/news/2025/11/fire-at-mill?utm_source=rss&utm_medium=feed&UTM_Campaign=x",
        "https://herald.example/news/2025/11/fire-at-mill?at_medium=RSS&at_campaign=KARANGA",
        "https://herald.example/news/2025/11/fire-at-mill?fbclid=IwAR0&gclid=1&mc_cid=a&mc_eid=b",
        "https://herald.example/news/2025/11/fire-at-mill?xtor=RSS-3&CMP=share_btn&ito=1490&cmpid=x",
        "https://herald.example/news/2025/11/fire-at-mill?ref=rss&source=feed",
        "https://herald.example/news/2025/11/fire-at-mill?&&=&",
        "https://herald.example/news/2025/11/fire-at-mill/amp",
        "https://herald.example/news/2025/11/fire-at-mill.amp",
        "https://herald.example/news/2025/11/fire-at-mill?amp=1",
        "https://herald.example/news/2025/11/fire-at-mill?outputType=amp",
        " \n https://herald.example/news/2025/11/fire-at-mill\t",
    ],
)
def test_the_ways_to_write_one_address_have_one_key(url):
    assert canonical_key(url) == STORY


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://herald.example", "https://herald.example/"),
        ("https://herald.example/a/amp/", "https://herald.example/a/"),
        ("https://herald.example/a.amp.html", "https://herald.example/a.html"),
        ("https://herald.example/a//b", "https://herald.example/a//b"),
        ("https://herald.example/a/.", "https://herald.example/a/"),
        ("https://herald.example/a/b/..", "https://herald.example/a/"),
        ("https://herald.example/a%2fb", "https://herald.example/a%2Fb"),
        ("https://herald.example/100%", "https://herald.example/100%25"),
        ("https://herald.example/0,1518,77,00.html", "https://herald.example/0,1518,77,00.html"),
        ("https://herald.example/0%2C1518%2c77,00.html", "https://herald.example/0,1518,77,00.html"),
        ("https://herald.example/Mühle", "https://herald.example/M%C3%BChle"),
        ("https://herald.example/M%c3%bchle", "https://herald.example/M%C3%BChle"),
        ("https://herald.example/M%FChle", "https://herald.example/M%FChle"),
        ("https://mühle.example/a", "https://xn--mhle-0ra.example/a"),
        ("https://MÜHLE.example/a", "https://xn--mhle-0ra.example/a"),
        ("https://herald.example/?b=2&a=1", "https://herald.example/?a=1&b=2"),
        ("https://herald.example/?id=2&id=1", "https://herald.example/?id=2&id=1"),
        ("https://herald.example/?4711", "https://herald.example/?4711"),
        ("https://herald.example/?4711=", "https://herald.example/?4711"),
        ("https://herald.example/?q=a+b%20c%2Bd", "https://herald.example/?q=a%20b%20c%2Bd"),
        ("https://herald.example/?source=wire&ref=77", "https://herald.example/?ref=77&source=wire"),
        ("https://herald.example/#!/story/7", "https://herald.example/#!/story/7"),
        ("http://herald.example:8080/a", "https://herald.example:8080/a"),
        ("http://[2001:DB8::0:1]:80/a", "https://[2001:db8::1]/a"),
        ("http://192.0.2.7/a", "https://192.0.2.7/a"),
        ("https://www.www.herald.example/a", "https://herald.example/a"),
        ("https://www.example/a", "https://www.example/a"),
    ],
)
def test_a_key_is_an_address_in_its_plainest_form(url, key):
    assert canonical_key(url) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://herald.example/a", "https://herald.example/A"),
        ("https://herald.example/a", "https://herald.example/a/"),
        ("https://herald.example/a", "https://herald.example/b"),
        ("https://herald.example/a?id=1", "https://herald.example/a?id=2"),
        ("https://herald.example/a?page=2", "https://herald.example/a"),
        ("https://herald.example/#!/a", "https://herald.example/#!/b"),
        ("https://m.herald.example/a", "https://herald.example/a"),
        ("https://herald.example:8080/a", "https://herald.example:8081/a"),
        ("https://herald.example/amp", "https://herald.example/"),
        ("https://herald.example/camp", "https://herald.example/c"),
    ],
)
def test_addresses_that_may_be_two_pages_keep_two_keys(one, other):
    assert canonical_key(one) != canonical_key(other)


NOT_WEB_ADDRESSES = [
    "",
    "herald.example/a",
    "/a",
    "ftp://herald.example/a",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,a",
    "mailto:desk@herald.example",
    "https://",
    "https:///a",
    "https://user:secret@herald.example/a",
    "https://user@herald.example/a",
    "https://herald.example:99999/a",
    "https://herald.example:a/",
    "https://[::1/a",
    "https://[x]/a",
    "https://herald.[::1]/a",
    "https://[::1]herald/a",
    "https://[::1%25a:b]/a",
    "https://[v1.a:b]/a",
    "https://her ald.example/a",
    "https://herald.example/a b",
    "https://herald.example/a\nb",
    "https://herald.example/a\x00b",
    "https://herald.example\\@other.example/",
    "https://herald.example/\ud800",
    "https://her%61ld.example/",
    "https://herald..example/",
    "https://" + "a" * 64 + ".example/",
    "https://☃.example/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "https://herald.example/" + "a" * 5_000,
]


@pytest.mark.parametrize("url", NOT_WEB_ADDRESSES)
def test_what_is_not_a_web_address_has_no_key_and_no_host(url):
    assert canonical_key(url) is None
    assert host_of(url) == ""


def test_a_key_fits_into_a_database_index():
    assert canonical_key("https://herald.example/" + "é" * 1_000) is None
    assert len(canonical_key("https://herald.example/" + "é" * 300)) <= MAX_KEY


def test_tracking_is_dropped_before_the_length_is_judged():
    assert canonical_key(STORY + "?utm_content=" + "x" * 3_000) == STORY


web_addresses = st.builds(
    "{}://{}{}{}{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(["herald.example", "www.Herald.example:80", "www.www.com", "mühle.example:443", "[::1]:8080"]),
    st.text("/.%2e;jsiondam=~é+a1CFp", max_size=30).map(lambda path: "/" + path),
    st.text("?&=utm_%2B+ab#é", max_size=20).map(lambda query: "?" + query),
    st.sampled_from(["", "#top", "#!", "#!/a%2", "#!é#"]),
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(web_addresses, st.text()))
@example("https://a.example/%%341")
@example("https://a.example/b/..amp")
@example("https://a.example/b.amp/amp.amp.html")
@example("https://a.example/..;jsessionid=1")
@example("http://a.example:443/")
def test_the_key_of_a_key_is_itself(url):
    key = canonical_key(url)

    assert key is None or canonical_key(key) == key
    assert key is None or key.isascii()


def test_the_id_of_an_article_is_short_and_never_moves():
    assert article_id("https://herald.example/a") == "fea4e1776adefea8"
    assert article_id("https://herald.example/a") != article_id("https://herald.example/b")


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Herald.Example/a", "herald.example"),
        ("https://www.herald.example/a", "www.herald.example"),
        ("http://herald.example:80/", "herald.example"),
        ("https://herald.example:443/", "herald.example"),
        ("http://localhost:8000/", "localhost:8000"),
        ("http://[::1]:8000/", "[::1]:8000"),
    ],
)
def test_a_host_is_named_with_its_port_unless_that_is_the_default(url, host):
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("https://www.herald.co.uk/a", "http://news.herald.co.uk/b", True),
        ("https://herald.co.uk/", "https://gazette.co.uk/", False),
        ("https://herald.example/", "https://herald.example/x", True),
        ("https://news.herald.example/", "https://herald.example/", False),
        ("https://one.blogspot.com/", "https://two.blogspot.com/", False),
        ("https://www.mühle.de/", "https://xn--mhle-0ra.de/", True),
        ("https://新闻.香港/", "https://www.xn--efvy88h.xn--j6w193g/", True),
        ("http://127.0.0.1:8001/", "http://127.0.0.1:8001/x", True),
        ("http://127.0.0.1:8001/", "http://127.0.0.1:8002/", False),
        ("http://localhost:8001/", "http://localhost:8002/", False),
        ("http://10.1.2.3/", "http://11.1.2.3/", False),
        ("http://xn--a.example/", "http://xn--a.example/", True),
        ("nonsense", "nonsense", False),
    ],
)
def test_a_site_is_a_registrable_domain(a, b, same):
    assert same_site(a, b) is same


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://other.example/a", "https://other.example/a"),
        ("//other.example/a", "https://other.example/a"),
        ("/a?b=1#c", "https://herald.example/a?b=1#c"),
        ("a/../b", "https://herald.example/feeds/b"),
        ("?id=7", "https://herald.example/feeds/rss.xml?id=7"),
        (" \n/a\t", "https://herald.example/a"),
        ("/Mühle", "https://herald.example/M%C3%BChle"),
        ("/a%2Fb%zz", "https://herald.example/a%2Fb%zz"),
        ("https://MÜHLE.example:8080/a", "https://xn--mhle-0ra.example:8080/a"),
        ('/a"<b>', "https://herald.example/a%22%3Cb%3E"),
    ],
)
def test_a_link_is_made_absolute(link, url):
    assert resolve("https://herald.example/feeds/rss.xml", link) == url


@pytest.mark.parametrize(
    "link", [*(url for url in NOT_WEB_ADDRESSES if ":" in url or not url), "//[", "//", "http:a", "/a b", "\\\\a"]
)
def test_a_link_that_is_not_a_web_address_is_nothing(link):
    assert resolve("https://herald.example/feeds/rss.xml", link) is None


@settings(max_examples=100, deadline=None)
@given(st.text(), st.text())
def test_no_text_makes_reading_addresses_fail(a, b):
    host_of(a)
    same_site(a, b)
    link = resolve(a, b)

    assert link is None or resolve("", link) == link


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("https://paper.example/a?utm_source=rss&id=7&at_medium=RSS", "https://paper.example/a?id=7"),
        ("https://paper.example/a?utm_source=rss#comments", "https://paper.example/a#comments"),
        ("https://paper.example/a?b=%2f&&a=1", "https://paper.example/a?b=%2f&&a=1"),
        ("https://paper.example/a#b?utm_source=rss", "https://paper.example/a#b?utm_source=rss"),
    ],
)
def test_a_link_loses_its_tracking_parameters_and_nothing_else(url: str, bare: str) -> None:
    assert without_tracking(url) == bare


@given(st.text(max_size=80))
def test_a_link_without_tracking_is_the_same_page(text: str) -> None:
    url = f"https://paper.example/a?{text}"

    assert canonical_key(without_tracking(url)) == canonical_key(url)
