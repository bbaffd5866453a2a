"""The pages in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

playwright = pytest.importorskip("playwright.sync_api")

from tests.outside.conftest import DemoSite, program  # noqa: E402

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDTHS = (360, 768, 1440)


@pytest.fixture(scope="module")  # its event loop must end before others begin theirs
def browser() -> Iterator[object]:
    path = program("chromium", "chromium-browser", "google-chrome")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=path, args=QUIET)
        yield running
        running.close()


def pages(site: DemoSite) -> list[str]:
    """One page of every kind, and every page of the article with the most changes."""
    most = max(site.simulation.histories().values(), key=lambda history: history.article.changes).article
    folder = site.folder / "articles" / most.id[:2] / most.id
    own = sorted(path.relative_to(site.folder).as_posix() for path in folder.glob("*.html"))
    day = min(path.name for path in (site.folder / "days").glob("2*.html"))
    pair = f"compare.html?article={most.id}&old=1&new=4"
    of_all = ["index.html", "404.html", "status.html", "about.html", "browse.html", "find.html", "most-changed.html"]
    of_all += ["corrections.html", "removed.html", "days/index.html", f"days/{day}", "find.html?q=ferry+fire"]
    return [*of_all, "compare.html", pair, "sources/courier/index.html", *own]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("script", [True, False], ids=["js", "no-js"])
def test_every_kind_of_page_is_whole(full_site: DemoSite, browser, width: int, scheme: str, script: bool) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=script
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("response", lambda response: complaints.append(response.url) if response.status >= 400 else None)
    session = context.new_cdp_session(page)

    for path in pages(full_site):
        page.goto(full_site.served.url + path)
        # Not by script: that must work with scripts off, too.
        layout = session.send("Page.getLayoutMetrics")

        assert complaints == [], path
        assert layout["cssContentSize"]["width"] <= width, f"{path} scrolls sideways at {width}px"
        assert page.locator("h1").count() == 1, path
    context.close()


def test_an_article_page_tells_its_story(full_site: DemoSite, browser) -> None:
    most = max(full_site.simulation.histories().values(), key=lambda history: history.article.changes).article
    page = browser.new_page()

    page.goto(f"{full_site.served.url}articles/{most.id[:2]}/{most.id}/index.html")
    text = page.locator("body").inner_text()

    assert f"changed {most.changes} times" in text
    assert "Version 0" in text
    assert page.locator('link[rel="alternate"][type="application/atom+xml"]').count() >= 1
    assert page.locator("del").count() >= 1
    assert page.locator("ins").count() >= 1
    page.close()
