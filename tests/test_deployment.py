"""What docs/ has for operators names only what is there."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
COMPOSE = yaml.safe_load((DOCS / "compose.yaml").read_text("utf-8"))


def test_each_service_is_built_here_or_named_with_registry_and_version() -> None:
    for name, service in COMPOSE["services"].items():
        image = service["image"]

        assert "build" in service or (image.count("/") >= 2 and ":" in image), name


def test_what_services_mount_is_there() -> None:
    mounted = [volume for service in COMPOSE["services"].values() for volume in service.get("volumes", ())]
    sources = [volume.split(":")[0] for volume in mounted]
    files = {source for source in sources if source.startswith("./")}

    assert set(sources) - files == set(COMPOSE["volumes"])
    assert files == {"./config.yaml", "./Caddyfile"}  # the first is the operator's
    assert (DOCS / "Caddyfile").is_file()


def test_the_image_is_built_from_what_is_not_ignored() -> None:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    let_in = [line[1:] for line in lines if line.startswith("!")]
    built = COMPOSE["x-feedwatch"]["build"]

    assert "*" in lines
    assert all((ROOT / name).exists() for name in let_in)
    assert {"feedwatch", "pyproject.toml", "constraints.txt"} <= set(let_in)
    assert (DOCS / built["context"] / built["dockerfile"]).resolve() == DOCS / "Containerfile"


def test_no_store_and_no_config_gets_into_the_image() -> None:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    let_in = [line[1:] for line in lines if line.startswith("!")]

    assert not any(fnmatch(name, one) for name in ("config.yaml", "feedwatch.db", ".git", "site") for one in let_in)
