"""The house stands as docs/design.md says: imports go down only, wings are pure, nothing grows without a reason."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "feedwatch"
WINGS = ("reading", "judging", "showing")
OUTSIDE = {
    "aiohttp", "asyncio", "httpx", "os", "random", "requests", "secrets", "shutil", "socket", "sqlalchemy",
    "sqlite3", "subprocess", "tempfile", "threading", "time", "urllib.request",
}  # fmt: skip
# Longer than 300 lines, with the reason.
LONG_MODULES = {
    "model.py": "the nouns of the whole package, one after the other",
    "ports.py": "what the shell needs from outside, one protocol after the other",
    "adapters/store/tables.py": "the schema, one table after the other",
    "adapters/store/migrations/versions/0001_first.py": "the schema as it was first, one table after the other",
    "judging/decide.py": "one decision, told from top to bottom",
    "demo/script.py": "a list of edits, with the words of each",
    "demo/fates.py": "a table of small functions, each planning one kind of edit",
    "showing/words.py": "every sentence of ours, one after the other",
    "reading/pair.py": "one difference between two pages, judged from top to bottom",
    "reading/side.py": "one page beside another, and all that is asked of its lines",
    "reading/phrases.py": "the wording of furniture in eleven languages",
}


def modules(folder: Path = PACKAGE) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names


def test_imports_go_down_only() -> None:
    linter = Path(sys.executable).parent / "lint-imports"

    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("wing", WINGS)
def test_a_wing_touches_nothing_outside(wing: str) -> None:
    for path in modules(PACKAGE / wing):
        found = {name for name in imported(path) if name in OUTSIDE or name.split(".")[0] in OUTSIDE}

        assert not found, f"{path.relative_to(ROOT)} imports {sorted(found)}"


@pytest.mark.parametrize("wing", WINGS)
def test_a_wing_never_asks_for_the_time(wing: str) -> None:
    for path in modules(PACKAGE / wing):
        calls = [
            node
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Attribute) and node.attr in ("now", "utcnow", "today", "open")
        ]

        assert not calls, f"{path.relative_to(ROOT)}:{calls[0].lineno}"


def test_there_is_one_broad_except() -> None:
    broad = [
        f"{path.relative_to(PACKAGE)}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or {"Exception", "BaseException"} & set(re.findall(r"\w+", ast.unparse(node.type))))
    ]

    assert broad == ["running/check.py"]


def test_no_module_is_long_without_a_reason() -> None:
    for path in modules():
        lines = path.read_text("utf-8").count("\n")

        assert lines <= 300 or str(path.relative_to(PACKAGE)) in LONG_MODULES, f"{path}: {lines} lines"


def test_no_function_is_longer_than_a_screen() -> None:
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                lines = node.end_lineno - node.lineno

                assert lines <= 60, f"{path}:{node.lineno} {node.name}: {lines} lines"


def test_what_only_workers_need_is_not_imported_with_the_daemon() -> None:
    built = "feedwatch.running.daemon, feedwatch.adapters.store, feedwatch.adapters.fetch, feedwatch.adapters.compute"
    only_workers = "{'rich', 'lxml', 'trafilatura', 'readability', 'feedparser', 'feedgen'}"

    held = subprocess.run(
        [sys.executable, "-c", f"import sys, {built}; print(sorted({only_workers} & sys.modules.keys()))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout

    assert held.strip() == "[]"
