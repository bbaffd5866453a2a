"""What feedwatch stands on: declared, pinned, free to use, and audited by .ci/audit.py."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = ("postgresql", "dev")  # what `make` installs
# Licences that would bind whoever runs or changes feedwatch. The LGPL does not, nor does a choice with another one.
BINDING = re.compile(r"(?<!L)GPL|Affero|Commons Clause|Business Source|Proprietary", re.IGNORECASE)

# Imported beside what brings it along, and what stands for the type checker alone.
COMPANIONS = {"markupsafe": "jinja2", "pydantic_core": "pydantic", "_typeshed": "httpx", "psycopg_pool": "psycopg"}


def name_of(text: str) -> str:
    return re.sub(r"[-_.]+", "-", text).lower()


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    return {name_of(name): version for name, _, version in (line.partition("==") for line in lines if "==" in line)}


def needed() -> Iterator[str]:
    """Everything that is installed because of feedwatch."""
    texts = [*PROJECT["dependencies"], *(text for extra in EXTRAS for text in PROJECT["optional-dependencies"][extra])]
    waiting, seen = [Requirement(text) for text in texts], set()
    while waiting:
        requirement = waiting.pop()
        name = name_of(requirement.name)
        asked = (name, frozenset(requirement.extras))
        if asked in seen:
            continue
        seen.add(asked)
        yield name
        for text in distribution(name).requires or ():
            below = Requirement(text)
            marker = below.marker
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *requirement.extras)):
                waiting.append(below)


def test_everything_that_is_installed_is_pinned_to_what_was_tested() -> None:
    pinned = pins()

    wrong = {name: distribution(name).version for name in needed() if pinned.get(name) != distribution(name).version}

    assert wrong == {}


def test_every_pin_is_exact_and_stands_once() -> None:
    lines = [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if not line.startswith("#")]

    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][\w.]*", line)] == []
    assert len(lines) == len(pins())


def test_nothing_that_is_installed_binds_who_uses_it() -> None:
    bound = []
    for name in set(needed()):
        told = distribution(name).metadata
        licences = [told.get("License-Expression") or "", (told.get("License") or "").split("\n")[0]]
        licences += [line for line in told.get_all("Classifier") or () if line.startswith("License")]
        text = "; ".join(filter(None, licences))
        assert text, f"{name} names no licence"
        if BINDING.search(text.replace("Lesser General Public License", "LGPL")) and " OR " not in text:
            bound.append(f"{name}: {text}")

    assert bound == []


def test_what_is_imported_is_declared() -> None:
    declared = {name_of(Requirement(text).name) for text in PROJECT["dependencies"]}
    optional = {
        name_of(Requirement(text).name) for texts in PROJECT["optional-dependencies"].values() for text in texts
    }
    owners = packages_distributions()
    imported: dict[str, str] = {}
    for path in sorted((ROOT / "feedwatch").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
            imported |= {name.split(".")[0]: str(path) for name in names}

    foreign = {name: path for name, path in imported.items() if name not in {*sys.stdlib_module_names, "feedwatch"}}
    undeclared = {
        name: path
        for name, path in foreign.items()
        if not {name_of(owner) for owner in owners.get(COMPANIONS.get(name, name), [name])} & (declared | optional)
    }

    assert undeclared == {}


@contextmanager
def advisory_service(vulnerable: str, advisory: dict[str, str] | None) -> Iterator[str]:
    """Answers as OSV does. It knows one advisory; without any it is broken."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
            hit = {"vulns": [{"id": "PYSEC-0"}, *([{"id": "PYSEC-9"}] if (advisory or {}).get("more") else [])]}
            self.tell({"results": [hit if query["package"]["name"] == vulnerable else {} for query in asked]})

        def do_GET(self) -> None:
            if self.path.endswith("PYSEC-9"):
                self.send_error(503)
                return
            self.tell(advisory)

        def tell(self, value: object) -> None:
            self.send_response(503 if advisory is None else 200)
            self.end_headers()
            self.wfile.write(json.dumps(value).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("vulnerable", "advisory", "code", "line"),
    [
        ("lxml", {"id": "PYSEC-0", "summary": "A bomb"}, 1, r"lxml [\d.]+: PYSEC-0: A bomb"),
        ("lxml", {"summary": "A bomb", "more": "PYSEC-9"}, 1, r"lxml [\d.]+: PYSEC-0: A bomb\nNOT AUDITED: .*503.*"),
        ("lxml", {"id": "PYSEC-0", "withdrawn": "2026-01-01T00:00:00Z"}, 0, r"\d+ packages audited, no known advisory"),
        ("nothing", {}, 0, r"\d+ packages audited, no known advisory"),
        ("lxml", None, 0, r"NOT AUDITED: http://127\.0\.0\.1:\d+ cannot be asked .*503.*"),
    ],
)
def test_an_advisory_fails_the_audit_and_silence_is_said_aloud(
    vulnerable: str, advisory: dict[str, str] | None, code: int, line: str
) -> None:
    with advisory_service(vulnerable, advisory) as service:
        program = [sys.executable, str(ROOT / ".ci" / "audit.py"), service]
        done = subprocess.run(program, capture_output=True, text=True, check=False)

    assert done.returncode == code, done.stderr
    assert re.fullmatch(line, done.stdout.strip())


def test_the_audit_is_part_of_what_must_hold() -> None:
    assert "\n.venv/bin/python .ci/audit.py |" in (ROOT / ".ci" / "run").read_text("utf-8")
