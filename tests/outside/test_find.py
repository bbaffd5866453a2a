"""The page for finding, in a real browser: the script's words and keys are ours, and it finds what there is."""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.sync_api")

from feedwatch.reading.urls import TRACKING_NAMES, TRACKING_PREFIXES, article_id, canonical_key  # noqa: E402
from feedwatch.showing import paths  # noqa: E402
from feedwatch.showing.search import slot_of, words_of  # noqa: E402
from feedwatch.showing.versions import standing  # noqa: E402
from tests.outside.conftest import DemoSite, program  # noqa: E402
from tests.outside.test_browser import QUIET  # noqa: E402
from tests.outside.test_compare import WORDS  # noqa: E402

CASES = 1000
LARGEST = 200_000  # bytes for one query
KEYS = """async (urls) => {
  const { articleId, canonicalKey } = await import("./assets/keys.js");
  return urls.map((url) => canonicalKey(url)).map((key) => [key, key && articleId(key)]);
}"""
SEARCHED = """async (texts) => {
  const { slotOf, wordsOf } = await import("./assets/search.js");
  return texts.map((text) => [...wordsOf(text)].map((word) => [word, slotOf(word)]));
}"""
SIZE = """() => performance.getEntriesByType("resource").filter((entry) => entry.name.includes("/search/"))
  .reduce((sum, entry) => sum + entry.decodedBodySize, 0)"""
# A host is Punycode by rules that a browser applies less strictly: signs are taken there.
LENIENT = "☃"
HOSTS = (
    *(
        "herald.example",
        "www.herald.example",
        "WWW.www.Herald.example.",
        "bücher.example",
        "straße.example",
        "a_b.example",
    ),
    *("1.2.3.4", "[::1]", "[2001:DB8::0:1]:8080", "localhost", "herald.example:8080", "h.example:443", "h.example:80"),
)
PIECES = (
    *("/", "a", "B", "%41", "%zz", "é", "%C3%A9", "/..", "/.", "//", "amp", "/amp", ".amp", ".html", ";jsessionid=3"),
    *(
        "?",
        "&",
        "=",
        "+",
        "utm_x=1",
        "ref=rss",
        "b=2",
        "a=1",
        "#",
        "#!x",
        "%2F",
        "日",
        "~",
        "'",
        "(",
        "|",
        "<",
        "%",
        "😀",
    ),
)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    path = program("chromium", "chromium-browser", "google-chrome")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=path, args=QUIET)
        yield running
        running.close()


def addresses() -> list[str]:
    """Every address that the tests of the key know, every parameter that it drops, and what chance puts together."""
    source = (Path(__file__).parent.parent / "test_urls.py").read_text("utf-8")
    strings = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    known = [value for value in strings if isinstance(value, str) and "//" in value]
    known += [f"https://h.example/a?{name}x=1&{name}=rss&z=1" for name in (*TRACKING_PREFIXES, *sorted(TRACKING_NAMES))]
    dice = random.Random(4)
    for _ in range(CASES):
        rest = "".join(dice.choices(PIECES, k=dice.randint(0, 8)))
        known.append(f"{dice.choice(['http', 'https', 'HTTPS'])}://{dice.choice(HOSTS)}/{rest}")
    return [url for url in known if LENIENT not in url and not re.search("[\ud800-\udfff]", url)]


def test_the_script_makes_the_keys_and_ids_that_python_makes(full_site: DemoSite, browser) -> None:
    page, urls = browser.new_page(), addresses()
    page.goto(full_site.served.url + "find.html")

    made = page.evaluate(KEYS, urls)

    for url, (key, number) in zip(urls, made, strict=True):
        expected = canonical_key(url)
        assert (key, number) == (expected, expected and article_id(expected)), url
    page.close()


def test_the_script_knows_the_words_that_python_knows(full_site: DemoSite, browser) -> None:
    histories = full_site.simulation.histories().values()
    texts = [block.text for history in histories for version in history.versions[:1] for block in version.text.blocks]
    texts += [*WORDS, " ".join(WORDS), "हिन्दी में", "한국어 뉴스", "x" * 90, "ﬁnance ①②", "12.500,3 £ _a_b_"]
    page = browser.new_page()
    page.goto(full_site.served.url + "find.html")

    made = page.evaluate(SEARCHED, texts)

    assert [sorted(map(tuple, words)) for words in made] == [
        sorted((word, slot_of(word)) for word in words_of(text)) for text in texts
    ]
    page.close()


def loaded(page, site: DemoSite, query: str) -> tuple[list[str], int]:
    """The addresses of the articles that were found, and how many characters of the index it took."""
    page.goto(f"{site.served.url}find.html?{query}")
    page.wait_for_selector("#found[aria-busy=false]", state="attached")
    links = page.locator("#found li > a")
    return [links.nth(n).get_attribute("href") for n in range(links.count())], page.evaluate(SIZE)


def test_words_and_addresses_lead_to_the_article_and_its_feed(full_site: DemoSite, browser) -> None:
    histories = full_site.simulation.histories()
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    for history in histories.values():
        if not standing(history):
            continue
        own = paths.article_page(history.article.id).as_posix()
        title = standing(history)[-1].text.title
        for query in (f"q={title}", f"in=n&q={title}", f"q={history.article.url}?utm_source=mail"):
            found, size = loaded(page, full_site, query.replace("#", "%23").replace("&amp", "%26amp"))
            assert own in found, query
            assert size < LARGEST

    found, _ = loaded(page, full_site, "q=qwertzuiop")
    assert found == []
    assert "Nothing was found" in page.inner_text("#found")
    loaded(page, full_site, "q=https://nowhere.example/ferry-fire")
    assert "No article of this address" in page.inner_text("#found")
    loaded(page, full_site, "q=https://user@x.example/")
    assert "no address" in page.inner_text("#found")
    assert complaints == []
    page.close()


def test_the_form_and_the_bookmarklet_lead_there(full_site: DemoSite, browser) -> None:
    history = max(full_site.simulation.histories().values(), key=lambda history: history.article.changes)
    own = paths.article_page(history.article.id).as_posix()
    page = browser.new_page()
    page.goto(full_site.served.url + "index.html")
    page.click("a.find")

    page.fill("input[name=q]", history.article.url)
    page.keyboard.press("Enter")
    page.wait_for_selector("#found li")
    by_form = page.locator("#found li > a").first.get_attribute("href")
    bookmarklet = page.locator("#bookmark").get_attribute("href").removeprefix("javascript:")
    page.goto(history.article.url)
    page.evaluate(bookmarklet)
    page.wait_for_selector("#found li")

    assert by_form == page.locator("#found li > a").first.get_attribute("href") == own
    page.close()


def test_without_scripts_the_page_says_what_to_do(full_site: DemoSite, browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(full_site.served.url + "find.html?q=ferry")

    assert "Without scripts, browse" in page.inner_text("main")
    assert page.locator("main a[href='days/index.html']").count() == 1
    context.close()
