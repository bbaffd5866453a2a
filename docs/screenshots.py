"""Takes the pictures of the README and the docs from a demo's site: python docs/screenshots.py [DEMO-FOLDER]."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURES = Path(__file__).parent / "pictures"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--force-color-profile=srgb"]


def main(site: Path) -> None:
    """The ferry's article and its last change, and the front page; wide, narrow, dark."""
    feeds = [feed for feed in sorted(site.glob("articles/*/*/changes.atom")) if "Port Ellery ferry" in feed.read_text()]
    article = feeds[0].parent
    pairs = sorted(page for page in article.glob("?-?.html") if int(page.stem[2]) - int(page.stem[0]) == 1)
    shots = [
        ("article", article / "index.html", 1200, 1000, "light"),
        ("change", pairs[0], 1200, 1000, "light"),
        ("change-dark", pairs[1], 1200, 1000, "dark"),
        ("change-phone", pairs[0], 390, 1000, "light"),
        ("origins", article / "origins.html", 1200, 1000, "light"),
        ("front", site / "index.html", 1200, 800, "light"),
    ]
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        for name, page, width, height, scheme in shots:
            tab = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            tab.goto(page.resolve().as_uri())
            tab.screenshot(path=PICTURES / f"{name}.png")
            tab.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "demo-output") / "site")
