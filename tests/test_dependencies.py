"""What feedwatch stands on: declared, pinned, free to use. Known advisories are another thing: see CONTRIBUTING.md."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

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
