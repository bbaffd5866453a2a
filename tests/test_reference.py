"""docs/reference.md tells of every command, option and key, and of nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import click

from feedwatch.cli.main import main
from feedwatch.config import ENVIRONMENT, config_keys
from feedwatch.errors import FeedwatchError
from feedwatch.model import Channel

REFERENCE = Path(__file__).resolve().parent.parent / "docs" / "reference.md"


def text() -> str:
    return REFERENCE.read_text("utf-8")


def commands(group: click.Group, prefix: str = "") -> dict[str, click.Command]:
    found = {}
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found |= commands(command, f"{prefix}{name} ")
        else:
            found[prefix + name] = command
    return found


def key_table() -> str:
    rows = ["| key | default | |", "|---|---|---|"]
    for key in config_keys():
        default = "" if key.default is None else f"`{key.default}`" if key.default else "empty"
        rows.append(f"| `{key.name}` | {default} | {key.description} |")
    return "\n".join(rows)


def test_every_command_has_its_row_with_its_options() -> None:
    rows = {match[1].strip(): match[0] for match in re.finditer(r"^\| `([a-z ]+)[^`]*`.*$", text(), re.MULTILINE)}

    for name, command in commands(main).items():
        assert name in rows, name
        for option in command.params:
            if isinstance(option, click.Option) and option.name not in ("config_path", "as_json", "help"):
                assert option.opts[-1] in rows[name], f"{name} {option.opts}"


def test_commands_that_print_json_are_marked() -> None:
    marked = set(re.findall(r"^\| `([a-z ]+?)(?: [A-Z\\|]+)?` J \|", text(), re.MULTILINE))

    assert marked == {
        name for name, command in commands(main).items() if any(param.name == "as_json" for param in command.params)
    }


def test_every_key_stands_there_as_the_code_has_it() -> None:
    table = text().split("<!-- keys: checked against the code -->\n")[1].split("\n<!-- /keys -->")[0]

    assert table == key_table()


def test_every_exit_code_is_explained() -> None:
    codes = {kind.exit_code for kind in (FeedwatchError, *FeedwatchError.__subclasses__())}

    assert all(f"| {code} |" in text() for code in codes | {0, 5})


def test_every_variable_and_feed_is_named() -> None:
    assert all(f"`{variable}`" in text() for variable in ENVIRONMENT)
    assert all(f"{channel.value}.atom" in text() and f"| `{channel.value}` |" in text() for channel in Channel)
