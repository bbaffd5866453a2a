"""The file and the environment -> Config, or every fault with its line and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from feedwatch.config.schema import config_keys, keys_of
from feedwatch.config.sections import Config, ScheduleConfig
from feedwatch.config.tree import Fault, Place, read_tree
from feedwatch.config.values import read_duration, write_duration
from feedwatch.errors import ConfigError

# What changes between machines.
ENVIRONMENT: dict[str, tuple[str, ...]] = {
    "FEEDWATCH_BASE_URL": ("site", "base_url"),
    "FEEDWATCH_OUTPUT": ("site", "output"),
    "FEEDWATCH_STORE": ("store",),
}

_WORDS = {
    "missing": "is missing; add it",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "tuple_type": "must be a list; begin each line of it with '- '",
    "too_short": "is empty; name at least one",
    "model_type": "must hold keys with values, each indented in a line of its own",
    "model_attributes_type": "must hold keys with values, each indented in a line of its own",
}


def load_config(path: Path, environ: Mapping[str, str]) -> Config:
    """Raises ConfigError. Relative paths in the result start at the file's folder."""
    tree = read_tree(_read_text(path))
    if tree.values is None:
        raise ConfigError(_report(path, tree.faults, tree.lines, {}))
    faults = list(tree.faults)
    if not isinstance(tree.values, dict):
        faults.append(Fault((), "must hold keys with values, such as site: and sources:"))
        raise ConfigError(_report(path, faults, tree.lines, {}))
    overridden = _override(tree.values, environ)
    faults += _find_clashes(tree.values, tree.lines)
    try:
        config = Config.model_validate(tree.values)
    except ValidationError as error:
        # To pydantic a list is as long as it has good items: of one with bad ones it says that it is empty, too.
        told = (one for one in error.errors(include_url=False) if one["type"] != "too_short" or not one["input"])
        faults += map(_explain, told)
    if faults:
        raise ConfigError(_report(path, faults, tree.lines, overridden))
    return _from_folder(config, path.resolve().parent)


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: there is no such file; `feedwatch init` writes one to start from") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); see to its rights") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error


def _override(values: dict[str, Any], environ: Mapping[str, str]) -> dict[Place, str]:
    """Put the environment's values into `values`; which variable each place got its value from."""
    overridden: dict[Place, str] = {}
    for name, place in ENVIRONMENT.items():
        section = values if len(place) == 1 else values.setdefault(place[0], {})
        if environ.get(name) and isinstance(section, dict):
            section[place[-1]] = environ[name]
            overridden[place] = name
    return overridden


def _from_folder(config: Config, folder: Path) -> Config:
    output = config.site.output
    if isinstance(output, Path):
        output = folder / output.expanduser()
    store = config.store
    scheme, _, file = store.partition(":///")
    if scheme.startswith("sqlite") and file and not file.startswith(("/", ":memory:", "file:")):
        store = f"{scheme}:///{folder / file}"
    return config.model_copy(update={"site": config.site.model_copy(update={"output": output}), "store": store})


# ---------------------------------------------------------------------------------------------------------- faults


def _report(path: Path, faults: list[Fault], lines: Mapping[Place, int], overridden: Mapping[Place, str]) -> str:
    told = []
    for fault in faults:
        variable = overridden.get(fault.place)
        line = 0 if variable else fault.line or _line_of(fault.place, lines)
        where = variable or ": ".join(filter(None, [f"{path}:{line}", _name(fault.place)]))
        told.append((line, f"{where}: {fault.what}"))
    return "\n".join(dict.fromkeys(text for _, text in sorted(told)))


def _line_of(place: Place, lines: Mapping[Place, int]) -> int:
    """Of the nearest thing that is there: what is missing has no line."""
    return next((lines[place[:n]] for n in range(len(place), -1, -1) if place[:n] in lines), 1)


def _name(place: Place) -> str:
    name = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return name.removeprefix(".")


def _explain(detail: ErrorDetails) -> Fault:
    place, kind, value = detail["loc"], detail["type"], detail["input"]
    context = detail.get("ctx", {})
    match kind:
        case "extra_forbidden":
            what = _suggest(place)
        case "value_error":
            what = str(context["error"])
        case "string_type":
            what = "must be one text" if isinstance(value, list | dict) else "must be text; put it in quotes"
        case "literal_error":
            what = f"must be {context['expected']}, not {value!r}"
        case "greater_than" | "greater_than_equal" | "less_than_equal":
            what = f"must be {_BOUNDS[kind]} {next(iter(context.values()))}, not {value!r}"
        case _ if kind.startswith(("int_", "float_")):
            what = f"must be a {'whole ' if kind.startswith('int_') else ''}number, not {str(value)[:60]!r}"
        case _:
            what = _WORDS.get(kind, detail["msg"])
    return Fault(place, what)


_BOUNDS = {"greater_than": "more than", "greater_than_equal": "at least", "less_than_equal": "at most"}


def _suggest(place: Place) -> str:
    """An unknown key: misspelt, or in the wrong section."""
    wrong = str(place[-1])
    known = keys_of(place[:-1])
    close = get_close_matches(wrong, known, n=1, cutoff=0.6)
    if close:
        return f"is no key here; did you mean {close[0]!r}?"
    elsewhere = next((key.name for key in config_keys() if key.name.rpartition(".")[2] == wrong), None)
    if elsewhere:
        return f"is no key here; it belongs to {elsewhere!r}"
    return f"is no key here; known are {', '.join(known)}"


def _find_clashes(values: dict[str, Any], lines: Mapping[Place, int]) -> Iterator[Fault]:
    """What no single value shows. Works on values of any shape: the others' faults are told in the same report."""
    found = values.get("sources")
    if found is None or found == []:
        yield Fault(("sources",), f"is {'missing' if found is None else 'empty'}; name at least one outlet to watch")
    slugs: dict[str, Place] = {}
    feeds: dict[str, Place] = {}
    yield from _schedule_clash(("schedule",), values.get("schedule"), {})
    for index, source in enumerate(found if isinstance(found, list) else ()):
        if not isinstance(source, dict):
            continue
        place: Place = ("sources", index)
        slug = str(source.get("slug", ""))
        if slug and slugs.setdefault(slug, (*place, "slug")) != (*place, "slug"):
            what = f"{slug!r} is taken by the source in line {_line_of(slugs[slug], lines)}; give each its own"
            yield Fault((*place, "slug"), what)
        listed = source.get("feeds")
        for number, feed in enumerate(listed if isinstance(listed, list) else ()):
            here = (*place, "feeds", number)
            first = feeds.setdefault(str(feed).strip(), here)
            if first != here:
                yield Fault(here, f"is listed in line {_line_of(first, lines)} already; keep one of them")
        yield from _schedule_clash((*place, "schedule"), source.get("schedule"), values.get("schedule"))


def _schedule_clash(place: Place, own: object, general: object) -> Iterator[Fault]:
    """Whether the shortest wait is longer than the longest, in one section merged with the general one."""
    if not isinstance(own, dict):
        return
    default = ScheduleConfig()
    merged = {"shortest": default.shortest, "longest": default.longest}
    merged |= {**general, **own} if isinstance(general, dict) else own
    try:
        shortest, longest = read_duration(merged["shortest"]), read_duration(merged["longest"])
    except ValueError:
        return  # told where it stands
    key = "shortest" if "shortest" in own else "longest"
    if key in own and shortest > longest:
        waits = f"{write_duration(shortest)}, {write_duration(longest)}"
        yield Fault((*place, key), f"the shortest wait is longer than the longest ({waits}); change one of them")
