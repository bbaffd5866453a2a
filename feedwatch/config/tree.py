"""YAML text -> plain values, the line of each, and what is wrong with it as YAML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import yaml

Place = tuple[str | int, ...]  # ("sources", 1, "feeds", 0)
_DEEPEST = 20
_TOO_DEEP = "nested too deeply; see the reference for what stands where"


class Fault(NamedTuple):
    place: Place
    what: str
    line: int | None = None  # where the place's own line does not tell


class Tree(NamedTuple):
    values: object
    lines: dict[Place, int]
    faults: list[Fault]


def read_tree(text: str) -> Tree:
    """`values` is None when `text` is not YAML. Keys without a value are left out: they mean their default."""
    reader = _Reader()
    try:
        values = reader.read_text(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        reader.faults.append(Fault((), f"not YAML: {_explain(error)}", line))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        reader.faults.append(Fault((), f"not YAML: the character U+{ord(text[error.position]):04X}; take it out", line))
    except RecursionError:
        reader.faults.append(Fault((), f"not YAML: {_TOO_DEEP}", 1))
    else:
        return Tree(values, reader.lines, reader.faults)
    return Tree(None, reader.lines, reader.faults)


def _explain(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or str(error)
    if "'\\t'" in problem:
        return "a tab; indent with spaces"
    context = f" {error.context}" if error.context else ""
    return f"{problem}{context}; look for a missing quote, colon or indent"


class _Reader:
    """Walks the nodes that YAML text is composed of."""

    def __init__(self) -> None:
        self.lines: dict[Place, int] = {}
        self.faults: list[Fault] = []

    def read_text(self, text: str) -> object:
        self._loader = yaml.SafeLoader(text)
        node = self._loader.get_single_node()
        return {} if node is None else self._read(node, ())

    def _read(self, node: yaml.Node, place: Place) -> object:
        self.lines.setdefault(place, node.start_mark.line + 1)
        if len(place) > _DEEPEST:
            self.faults.append(Fault(place, _TOO_DEEP))
            return None
        match node:
            case yaml.MappingNode():
                return dict(self._pairs(node, place))
            case yaml.SequenceNode():
                return [self._read(child, (*place, index)) for index, child in enumerate(node.value)]
            case _:
                return self._loader.construct_object(node)

    def _pairs(self, node: yaml.MappingNode, place: Place) -> Iterator[tuple[str, object]]:
        first: dict[str, int] = {}
        for key, _ in node.value:
            line = key.start_mark.line + 1
            if isinstance(key, yaml.ScalarNode) and key.tag != "tag:yaml.org,2002:merge":
                if key.value in first:
                    what = f"is there already in line {first[key.value]}; keep one of them"
                    self.faults.append(Fault((*place, key.value), what, line))
                first.setdefault(key.value, line)
        self._loader.flatten_mapping(node)
        for key, child in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.faults.append(Fault(place, "a key that is no word; write it in quotes", key.start_mark.line + 1))
                continue
            self.lines[(*place, key.value)] = key.start_mark.line + 1
            value = self._read(child, (*place, key.value))
            if value is not None:
                yield key.value, value
