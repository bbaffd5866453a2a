"""The server process that workers come from: what they would each make at their first jobs is there."""

from __future__ import annotations

import subprocess
import sys

_RENDERED = """
import jinja2
import feedwatch.running.ready
from feedwatch.config import SiteConfig
from feedwatch.showing.html import about_page, index_page

def refuse(*_, **__):
    raise AssertionError("a template was compiled once more")

jinja2.Environment.compile = refuse
print(len(about_page(SiteConfig(title="Changes"))) > 0, len(index_page([], [], SiteConfig(title="Changes"))) > 0)
"""


def test_no_template_is_compiled_in_a_worker() -> None:
    done = subprocess.run([sys.executable, "-c", _RENDERED], capture_output=True, text=True, check=False)

    assert done.stdout.strip() == "True True", done.stderr
