"""Known advisories about what is installed here: asked of OSV, and exit code 1 when there is one.

    python .ci/audit.py [ADDRESS]

Where the service does not answer, a line says NOT AUDITED and the exit code is 0: a build machine without a way out
must not fail for it, but nobody shall take its silence for a clean bill.
"""

from __future__ import annotations

import json
import sys
import urllib.request
from collections.abc import Iterator
from importlib.metadata import distributions
from typing import Any

SERVICE = "https://api.osv.dev/v1"
SECONDS = 15
# Advisories that do not concern us: its id, and why.
ACCEPTED: dict[str, str] = {}


def answer(url: str, question: object = None) -> Any:
    body = None if question is None else json.dumps(question).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})  # noqa: S310 - https, or a test's
    with urllib.request.urlopen(request, timeout=SECONDS) as told:  # noqa: S310
        return json.load(told)


def installed() -> list[tuple[str, str]]:
    found = {(one.metadata["Name"], one.version) for one in distributions()}
    return sorted((name, version) for name, version in found if name != "feedwatch")


def advisories(service: str, packages: list[tuple[str, str]]) -> Iterator[str]:
    """One line each. Those that were withdrawn are none."""
    asked = [{"package": {"name": name, "ecosystem": "PyPI"}, "version": version} for name, version in packages]
    results = answer(f"{service}/querybatch", {"queries": asked})["results"]
    for (name, version), result in zip(packages, results, strict=True):
        for number in (found["id"] for found in result.get("vulns", ())):
            told = answer(f"{service}/vulns/{number}")
            if number not in ACCEPTED and not told.get("withdrawn"):
                yield f"{name} {version}: {number}: {told.get('summary') or 'no summary'}"


def main(service: str) -> int:
    packages, found = installed(), False
    try:
        for line in advisories(service, packages):
            found = True
            print(line)
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"NOT AUDITED: {service} cannot be asked for known advisories ({error})")
    else:
        if not found:
            print(f"{len(packages)} packages audited, no known advisory")
    return found


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or [SERVICE]))
