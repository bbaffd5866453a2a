"""What confines feedwatch from outside: a service unit, and a file system of which it may write two folders only."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import click
import pytest

from feedwatch.cli.main import main
from tests.outside.conftest import program
from tests.test_processes import LIMIT, Paper, paper

__all__ = ["paper"]

ROOT = Path(__file__).resolve().parent.parent.parent
UNIT = ROOT / "docs" / "feedwatch.service"
MOST = 2.0  # of systemd's 10 points of exposure; the network alone is 0.8 of them
ORDINARY = 1000  # any user but root

# In a mount namespace of its own: every mount but the two folders is made read-only, as is what lies on it.
CONFINE = """
set -e
state=$1 site=$2; shift 2
mount --make-rprivate /
mount --bind "$state" "$state"
mount --bind "$site" "$site"
while read -r _ _ _ _ point _; do
  case $point in /proc*|/sys*|/dev*|"$state"|"$site") ;; *) mount -o remount,bind,ro "$point" 2>&- || true ;; esac
done < /proc/self/mountinfo
cd "$state"
exec "$@"
"""


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """The store's and the site's."""
    state, site = tmp_path / "state", tmp_path / "site"
    state.mkdir()
    site.mkdir()
    return state, site


def confined(folders: tuple[Path, Path], *words: str) -> subprocess.CompletedProcess[str]:
    """`words` as an ordinary user, without any capability, who can write the two folders and nothing else."""
    unshare = program("unshare")
    namespace = [unshare, "--mount"] if os.getuid() == 0 else [unshare, "--mount", "--map-root-user"]
    ordinary = [unshare, f"--map-user={ORDINARY}", f"--map-group={ORDINARY}"]
    return subprocess.run(
        [*namespace, "sh", "-c", CONFINE, "sh", *map(str, folders), *ordinary, *words],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def configure(folders: tuple[Path, Path], paper: Paper) -> None:
    state, site = folders
    config = {
        "site": {"output": str(site)},
        "fetch": {"allow_hosts": [paper.base.removeprefix("http://")], "pause": "0s", "workers": 1},
        "sources": [{"slug": "paper", "title": "The Paper", "feeds": [f"{paper.base}/feed.xml"]}],
    }
    (state / "config.yaml").write_text(json.dumps(config))


def test_it_works_where_only_its_two_folders_can_be_written(folders: tuple[Path, Path], paper: Paper) -> None:
    state, site = folders
    configure(folders, paper)
    assert confined(folders, "id", "--user").stdout.strip() == str(ORDINARY)
    for elsewhere in (tempfile.gettempdir(), str(ROOT)):
        refused = confined(folders, "touch", f"{elsewhere}/feedwatch-was-here")
        assert "Read-only file system" in refused.stderr, f"{elsewhere} can be written: the test would prove nothing"

    done = confined(folders, sys.executable, "-m", "feedwatch", "once", "--json")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["versions"] == 1
    assert (state / "feedwatch.db").is_file()
    assert list(site.rglob("changes.atom"))


def contained(folders: tuple[Path, Path], *words: str) -> list[str]:
    """`words` in namespaces of their own but for the network, as process 1, over a root that cannot be written."""
    container = [program("bwrap"), "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
    for folder in map(str, folders):
        container += ["--bind", folder, folder]
    confinement = ["--unshare-all", "--share-net", "--cap-drop", "ALL", "--new-session", "--die-with-parent"]
    ordinary = ["--uid", str(ORDINARY), "--gid", str(ORDINARY), "--as-pid-1", "--chdir", str(folders[0])]
    return [*container, *confinement, *ordinary, *words]


def test_the_daemon_works_in_a_read_only_container_and_ends_in_order(folders: tuple[Path, Path], paper: Paper) -> None:
    configure(folders, paper)
    paper.hangs = True
    for elsewhere in (tempfile.gettempdir(), str(ROOT)):
        touch = contained(folders, "touch", f"{elsewhere}/feedwatch-was-here")
        assert "Read-only" in subprocess.run(touch, capture_output=True, text=True, check=False).stderr
    told, tells = os.pipe()

    daemon = subprocess.Popen(
        contained(folders, "--info-fd", str(tells), sys.executable, "-m", "feedwatch", "run"),
        pass_fds=[tells],
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(tells)
    with daemon, os.fdopen(told) as info:
        inside = json.load(info)["child-pid"]
        assert paper.asked.wait(60), daemon.communicate()
        os.kill(inside, signal.SIGTERM)
        paper.let_go.set()
        _, log = daemon.communicate(timeout=LIMIT)

    assert daemon.returncode == 0, log
    assert "finishing what is in hand" in log
    assert list(folders[1].rglob("changes.atom"))


def test_the_service_unit_is_sound_and_exposes_little() -> None:
    analyze = program("systemd-analyze")

    told = subprocess.run(
        [analyze, "security", "--offline=true", "--no-pager", str(UNIT)], capture_output=True, text=True, check=False
    )

    exposure = re.search(r"Overall exposure level for feedwatch\.service: ([\d.]+)", told.stdout)
    assert exposure, told.stderr
    assert float(exposure[1]) <= MOST
    verified = subprocess.run([analyze, "verify", str(UNIT)], capture_output=True, text=True, check=False)
    complaints = [line for line in verified.stderr.splitlines() if "/opt/feedwatch/bin/feedwatch" not in line]
    assert complaints == []


@pytest.mark.parametrize("file", ["feedwatch.service", "Containerfile"])
def test_what_unit_and_container_start_is_a_command_of_ours(file: str) -> None:
    text = (ROOT / "docs" / file).read_text("utf-8")
    found = re.search(r"^ExecStart=\S+ (.*)$", text, re.MULTILINE) or re.search(r"^CMD (\[.*\])$", text, re.MULTILINE)
    assert found is not None
    words = json.loads(found[1]) if found[1].startswith("[") else shlex.split(found[1])

    command = main.get_command(click.Context(main), words[0])

    assert command is not None
    assert command.make_context("run", words[1:], resilient_parsing=True).args == []
