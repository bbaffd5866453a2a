"""The server process that workers come from: what they would each make at their first jobs is there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest

from feedwatch.running import compiled
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
_COUNTED = """
import jinja2
compiled, compile = [], jinja2.Environment.compile
jinja2.Environment.compile = lambda self, *template: compiled.append(1) or compile(self, *template)
from feedwatch.config import SiteConfig
from feedwatch.running import ready
from feedwatch.showing.html import about_page, index_page
print(len(compiled), hash(about_page(SiteConfig()) + index_page([], [], SiteConfig())))
"""

_STATUS = """
import jinja2
compiled, compile = [], jinja2.Environment.compile
jinja2.Environment.compile = lambda self, *template: compiled.append(1) or compile(self, *template)
from datetime import UTC, datetime
from feedwatch.config import SiteConfig
from feedwatch.running.compiled import take_kept_templates
from feedwatch.showing.status import status_files
take_kept_templates()
files = dict(status_files([], {}, SiteConfig().shown, datetime(2026, 3, 2, tzinfo=UTC)))
print(len(compiled), hash(tuple(files.values())))
"""


def run(code: str, **environment: str) -> str:
    bare = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**bare, "PYTHONHASHSEED": "0", **environment}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment)
    assert not done.returncode, done.stderr
    return done.stdout.strip()


def test_no_template_is_compiled_in_a_worker() -> None:
    assert run(_RENDERED) == "True True"


def test_templates_are_compiled_once_and_kept_as_modules_are(tmp_path: Path) -> None:
    place = {"PYTHONPYCACHEPREFIX": str(tmp_path)}

    (first, pages), (again, same) = run(_COUNTED, **place).split(), run(_COUNTED, **place).split()

    assert int(first) > 15
    assert (again, same) == ("0", pages)
    assert len(list(tmp_path.rglob("*.templates"))) == 1


def test_the_program_takes_those_of_its_own_page_as_workers_kept_them(tmp_path: Path) -> None:
    place = {"PYTHONPYCACHEPREFIX": str(tmp_path)}

    compiled, page = run(_STATUS, **place).split()
    run("import feedwatch.running.ready", **place)
    again, same = run(_STATUS, **place).split()

    assert int(compiled) > 0
    assert (again, same) == ("0", page)


@pytest.mark.parametrize("damage", [lambda kept: b"", lambda kept: kept[:-1], lambda kept: kept[:-9] + bytes(9)])
def test_what_is_damaged_is_compiled_anew(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    place = {"PYTHONPYCACHEPREFIX": str(tmp_path)}
    told = run(_COUNTED, **place)
    [kept] = tmp_path.rglob("*.templates")
    whole = kept.read_bytes()
    kept.write_bytes(damage(whole))

    assert run(_COUNTED, **place) == told
    assert run(_COUNTED, **place).split()[0] == "0"


def test_nothing_is_kept_where_nothing_may_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    told = run(_COUNTED, PYTHONPYCACHEPREFIX=str(tmp_path / "kept"), PYTHONDONTWRITEBYTECODE="1")

    assert run(_COUNTED, PYTHONPYCACHEPREFIX=str(tmp_path / "file")) == told
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_templates_of_another_version_are_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "kept"
    code = compile("1", "one", "eval")

    compiled._write(place, compiled._maker(), {"one": code})
    assert compiled._read(place, compiled._maker()) == {"one": code}

    monkeypatch.setattr(jinja2, "__version__", "another")
    assert compiled._read(place, compiled._maker()) == {}


def test_workers_hold_neither_the_event_loop_nor_the_configuration() -> None:
    """What comes from a nursery of its own interpreter has what that has imported, and pays for it at each start."""
    only_main = "{'asyncio', 'pydantic', 'sqlalchemy', 'httpx', 'aiohttp', 'click', 'feedwatch.config'}"
    code = (
        "import sys, importlib\n"
        f"for name in {['feedwatch.adapters.worker', *PRELOADED]}: importlib.import_module(name)\n"
        f"print(sorted({only_main} & sys.modules.keys()))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.stdout.strip() == "[]", done.stderr
