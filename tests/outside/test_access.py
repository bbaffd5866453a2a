"""The pages for everybody: by axe's rules, by key alone, over a slow line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

playwright = pytest.importorskip("playwright.sync_api")

from tests.outside.conftest import DemoSite, node_module, program  # noqa: E402
from tests.outside.test_browser import QUIET, WIDTHS, pages  # noqa: E402

HEAVIEST = 60_000  # bytes of a page with what it loads, without the words of articles
AXE = """() => axe.run().then(({ violations }) =>
  violations.map((one) => [one.id, one.nodes.map((node) => node.html.slice(0, 120))]))"""
WEIGHT = """() => {
  const bytes = (one) => new TextEncoder().encode(one.innerHTML).length;
  const own = [...document.querySelectorAll(".text, .news .headline, .news .was, .news .told, h1")];
  const words = own.filter((one) => !one.parentElement.closest(".text")).reduce((sum, one) => sum + bytes(one), 0);
  const loaded = ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind));
  return loaded.filter((one) => !/\\/(search|versions\\.json)/.test(one.name))
    .reduce((sum, one) => sum + one.decodedBodySize, 0) - words;
}"""
FOCUSABLE = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")]
  .filter((one) => one.tabIndex >= 0 && one.checkVisibility()).length"""
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one);
  one.dataset.seen ??= String(document.querySelectorAll("[data-seen]").length);
  return [one.dataset.seen, style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0];
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    path = program("chromium", "chromium-browser", "google-chrome")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=path, args=QUIET)
        yield running
        running.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(full_site: DemoSite, browser, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    context.add_init_script(path=str(node_module("axe-core") / "axe.min.js"))
    page = context.new_page()
    violations = {}

    for path in pages(full_site):
        page.goto(full_site.served.url + path)
        page.wait_for_load_state("networkidle")
        if found := page.evaluate(AXE):
            violations[path] = found

    assert violations == {}
    context.close()


def test_every_control_is_reached_by_key_and_seen_when_it_is(full_site: DemoSite, browser) -> None:
    page = browser.new_page()

    for path in pages(full_site):
        page.goto(full_site.served.url + path)
        page.wait_for_load_state("networkidle")
        wanted, reached = page.evaluate(FOCUSABLE), set()
        for _ in range(wanted):
            page.keyboard.press("Tab")
            focused = page.evaluate(FOCUSED)
            assert focused is not None, path
            assert focused[1], f"{path}: the focus cannot be seen"
            reached.add(focused[0])

        assert len(reached) == wanted, path
    page.close()


def test_a_page_weighs_little_without_the_words_of_articles(full_site: DemoSite, browser) -> None:
    weights = {}
    for path in pages(full_site):
        page = browser.new_page()  # nothing in its cache
        page.goto(full_site.served.url + path)
        page.wait_for_load_state("networkidle")
        weights[path] = page.evaluate(WEIGHT)
        page.close()

    assert {path: weight for path, weight in weights.items() if weight > HEAVIEST} == {}
