"""The server process that workers come from: what they would each make at their first jobs is there."""

from __future__ import annotations

import subprocess
import sys

from feedwatch.running.app import PRELOADED

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


def test_workers_hold_neither_the_event_loop_nor_the_configuration() -> None:
    """What comes from the server process has what that has imported, and pays for it at each start."""
    only_main = "{'asyncio', 'pydantic', 'sqlalchemy', 'httpx', 'aiohttp', 'click', 'feedwatch.config'}"
    code = (
        "import sys, importlib; from multiprocessing.forkserver import main\n"
        f"for name in {['feedwatch.adapters.worker', *PRELOADED]}: importlib.import_module(name)\n"
        f"print(sorted({only_main} & sys.modules.keys()))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.stdout.strip() == "[]", done.stderr
