"""Any two versions compared in a browser: the same rows, the same table as ours."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from itertools import combinations
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.sync_api")

from feedwatch.config import SiteConfig  # noqa: E402
from feedwatch.judging.diff import compare, diff  # noqa: E402
from feedwatch.model import Channel, History  # noqa: E402
from feedwatch.running.drawing import Terms, article_files  # noqa: E402
from feedwatch.showing import html, paths  # noqa: E402
from feedwatch.showing.plain import one_line  # noqa: E402
from feedwatch.showing.versions import older, standing  # noqa: E402
from tests import samples  # noqa: E402
from tests.outside.conftest import DemoSite, Served, program  # noqa: E402
from tests.outside.test_browser import QUIET  # noqa: E402

CASES = 400
ROWS = """async (cases) => {
  const { diff } = await import("./assets/diff.js");
  return cases.map(([old, now]) => diff(old, now).map((row) => [row.op, row.old, row.new, row.spans]));
}"""
# What is hard to cut: figures, signs, scripts without spaces, letters of several characters, other directions.
WORDS = re.split(
    r"\s+",
    """
the harbour of Ellery was closed on Monday and Tuesday after 14 people from 2 500 000 homes lost £3.2m – about 20% – by
14:02 don't “quoted” été e\u0301te\u0301 straße STRASSE ΟΔΟΣ ὁδός ısı İzmir a\u00adb \u200b 人口は三十二増加した。
消費税率 ราคาน้ำมันขึ้น שלום قال، المدير؟ 🇩🇪 👩\u200d👧 👍🏽 x_y ... == no. yes!
""",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    path = program("chromium", "chromium-browser", "google-chrome")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=path, args=QUIET)
        yield running
        running.close()


def edited(seed: int) -> tuple[list[str], list[str]]:
    """Paragraphs and what an editor in a hurry made of them: words, moves, splits, joins, copies."""
    dice = random.Random(seed)
    old = [" ".join(dice.choices(WORDS, k=dice.randint(0, 25))) for _ in range(dice.randint(1, 6))]
    new = []
    for paragraph in old:
        words = paragraph.split(" ")
        for _ in range(dice.randint(0, 4)):
            words[dice.randrange(len(words))] = dice.choice(WORDS)
        new.append(dice.choice([" ", " ", "\u00a0", "  "]).join(words))
    if dice.random() < 0.4:
        dice.shuffle(new)
    if dice.random() < 0.3:
        new[:2] = [" ".join(new[:2])]
    if dice.random() < 0.3:
        words = new[0].split(" ")
        new[:1] = [" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])]
    return old, new + new[: dice.randint(0, 1)]


def test_the_script_finds_the_rows_that_python_finds(full_site: DemoSite, browser) -> None:
    histories = full_site.simulation.histories().values()
    texts = [[version.text.paragraphs for version in history.versions] for history in histories]
    cases = [pair for versions in texts for pair in combinations(versions, 2)]
    cases += [edited(seed) for seed in range(CASES)]
    cases.append(([" ".join(["a b"] * 400)], [" ".join(["b a c"] * 400)]))  # past what is aligned exactly
    cases.append((["same"] * 60 + ["other"], ["other"] + ["same"] * 50))
    page = browser.new_page()
    page.goto(full_site.served.url + "compare.html")

    found = page.evaluate(ROWS, cases)

    for (old, new), rows in zip(cases, found, strict=True):
        expected = [
            [row.op.value, [*row.old], [*row.new], [[span.op.value, span.text] for span in row.spans]]
            for row in diff(old, new)
        ]
        assert rows == expected
    page.close()


def tables(markup: str) -> list[str]:
    bare = unescape(re.sub(r">\s+", ">", re.sub(r"\s+<", "<", markup)))
    return re.findall(r"<table.*?</table>", bare, re.DOTALL)


def static_table(history: History, pair: tuple[int, int], site: SiteConfig) -> list[str]:
    comparison = compare(older(history, pair), history.version(pair[1]).text)
    return tables(html.pair_page(history, pair, comparison, site).decode())


def test_the_page_shows_the_table_that_python_would_have_written(full_site: DemoSite, browser) -> None:
    site = full_site.simulation.config.site
    histories = [history for history in full_site.simulation.histories().values() if len(standing(history)) > 2]
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    compared = 0

    for history in histories:
        numbers = [version.number for version in standing(history)]
        for pair in set(combinations(numbers, 2)) - set(paths.pairs(history)):
            address = f"compare.html?article={history.article.id}&old={pair[0]}&new={pair[1]}"
            page.goto(full_site.served.url + address)
            page.wait_for_selector("table.pair")
            shown = page.evaluate("document.querySelector('table.pair').outerHTML")
            compared += 1

            expected = static_table(history, pair, site)
            assert tables(shown) == expected, address

    assert compared > 5
    assert complaints == []
    page.close()


def test_a_pair_that_has_a_page_is_shown_there_and_what_is_missing_is_said(full_site: DemoSite, browser) -> None:
    history = max(full_site.simulation.histories().values(), key=lambda history: history.article.changes)
    article, page = history.article.id, browser.new_page()

    page.goto(f"{full_site.served.url}{paths.article_page(article)}")
    page.fill("input[name=old]", "1")
    page.fill("input[name=new]", "2")
    page.click("form button")
    page.wait_for_url(f"**/{paths.pair_page(article, 1, 2)}")
    said = []
    for query in ("", "?article=../..&old=0&new=1", f"?article={article}&old=0&new=99", f"?article={article}&old=x"):
        page.goto(f"{full_site.served.url}compare.html{query}")
        page.wait_for_selector("#compare .lead")
        said.append((page.inner_text("#compare"), page.is_visible("#choose"), page.input_value("input[name=new]")))

    last = str(history.versions[-1].number)
    assert said[0] == said[1] != said[2] == said[3]
    assert [offered for _, offered, _ in said] == [False, False, True, True]
    assert said[2][2] == said[3][2] == last
    page.close()


def test_keys_lead_from_change_to_change_and_to_the_next_comparison(full_site: DemoSite, browser) -> None:
    history = max(full_site.simulation.histories().values(), key=lambda history: history.article.changes)
    page = browser.new_page()
    page.goto(f"{full_site.served.url}{paths.pair_page(history.article.id, 4, 5)}")
    page.wait_for_selector(".keys:visible")

    places = []
    for key in ("j", "j", "j", "k", "k"):
        page.keyboard.press(key)
        places.append(page.evaluate("location.hash"))
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(f"**/{paths.pair_page(history.article.id, 3, 4)}")

    page.uncheck(".keys input")
    page.reload()
    page.keyboard.press("j")

    assert places == ["#c1", "#c2", "#c2", "#c1", "#c1"]
    assert page.evaluate("location.hash") == ""
    page.close()


@pytest.mark.parametrize("bad", samples.HOSTILE[:10], ids=range(10))
def test_hostile_words_stay_words_in_a_browser(tmp_path: Path, browser, bad: str) -> None:
    history = samples.hostile(bad)
    third = replace(history.versions[2], withdrawn_at=None)
    history = replace(history, versions=(*history.versions[:2], third, replace(third, number=3)))
    terms = Terms(channel=Channel.CHANGES, excerpt=False)
    made = article_files(history, samples.SITE, samples.CREATED, terms).files
    files = [*made, *html.assets(), (paths.COMPARE, html.compare_page(samples.SITE))]
    for path, content in files:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    page = browser.new_page()
    complaints: list[str] = []
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))

    with Served(tmp_path) as served:
        for path, _ in files:
            if path.suffix == ".html" and path != paths.COMPARE:
                page.goto(served.url + str(path))
        page.goto(f"{served.url}compare.html?article={history.article.id}&old=1&new=3")
        page.wait_for_selector("table.pair")
        shown = page.inner_text("h1")
        elements = page.evaluate("document.querySelectorAll('main script, main img, main b, main h1').length")

    assert complaints == []
    assert elements == 1
    assert " ".join(shown.split()) == one_line(bad)
    page.close()
