"""YAML → documents. Every scalar stays text: the schema decides types, not YAML. The only door to yaml."""

import operator
import re
from collections.abc import Iterator
from typing import Any

import yaml

from mingshi.problems import At, Fault, Mark, Problem
from mingshi.source.document import Document, Reading, SourceFile, Value
from mingshi.source.text import YAML_LIMIT, read_text

DEPTH_LIMIT = 40
NULLS = frozenset({"~", "null", "Null", "NULL"})

_MAYBE_DEEP = re.compile(r"(?:[-?] +){20}")
_MANY_BRACKETS = 2000
_TAB_INDENT = re.compile(r"^[ ]*\t", re.MULTILINE)

try:
    from yaml.cyaml import CParser as _Parser  # type: ignore[attr-defined]
except ImportError:  # PyYAML without libyaml: same nodes and marks, ten times slower
    from yaml.composer import Composer
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class _Parser(Reader, Scanner, Parser, Composer):  # type: ignore[no-redef]
        def __init__(self, stream: str) -> None:
            Reader.__init__(self, stream)
            Scanner.__init__(self)
            Parser.__init__(self)
            Composer.__init__(self)


class _Nodes(_Parser):
    """A composer that resolves nothing: the tag of a node is text only if its author wrote one."""

    # Called for every node, so they are functions of C that take these arguments and do nothing of note.
    resolve = staticmethod(slice)
    descend_resolver = staticmethod(operator.is_)
    ascend_resolver = staticmethod(bool)


class _StopError(Exception):
    """Stops the reading of a file that must not be expanded further."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault


def read_yaml(file: SourceFile) -> Reading:
    text, problems = read_text(file, YAML_LIMIT)
    if problems:
        return Reading(problems=tuple(problems))
    return parse_yaml(file, text)


def parse_yaml(file: SourceFile, text: str) -> Reading:
    try:
        root = _compose(text)
        if root is None:
            return Reading(problems=(file.fault(Fault("empty-file")),))
        reader = _Reader(limit=len(text) + 1000)
        values = reader.plain(root, (), 0)
    except _StopError as stop:
        return Reading(problems=(file.fault(stop.fault, *_position(_try_compose(text), stop.fault.at, True)),))
    except yaml.YAMLError as error:
        return Reading(problems=(_syntax(file, text, error),))
    place = _Place(file)
    problems = tuple(_placed(file, root, fault) for fault in reader.faults)
    if isinstance(values, list):
        documents = tuple(Document(file, value, place.under(index), alone=False) for index, value in enumerate(values))
    else:
        documents = (Document(file, values, place.under()),)
    return Reading(documents, problems)


class _Reader:
    """Nodes → plain values; collects what YAML allows but a record must not hold."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.seen = 0
        self.faults: list[Fault] = []

    def plain(self, node: yaml.Node, at: At, depth: int) -> Value:
        self.seen += 1
        # An alias shares its node, so a bomb is seen by visiting more nodes than the text has characters.
        if self.seen > self.limit:
            raise _StopError(Fault("alias-bomb", at[:1]))
        if depth > DEPTH_LIMIT:
            raise _StopError(Fault("too-deep", at[:1]))
        if node.tag.__class__ is str:
            self.faults.append(Fault("yaml-tag", at, found=node.tag))
        if node.__class__ is yaml.ScalarNode:
            return _scalar(node)
        if node.__class__ is yaml.MappingNode:
            return self._mapping(node, at, depth + 1)
        return [self.plain(child, (*at, index), depth + 1) for index, child in enumerate(node.value)]

    def _mapping(self, node: yaml.MappingNode, at: At, depth: int) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if key_node.__class__ is not yaml.ScalarNode:
                self.faults.append(Fault("key-not-text", at))
            elif key in values:
                self.faults.append(_doubled(node, key_node, at))
            elif value_node.__class__ is yaml.ScalarNode and value_node.tag.__class__ is not str:
                # Most values are plain scalars: this is the short way through `plain`.
                self.seen += 1
                values[key] = _scalar(value_node)
            else:
                values[key] = self.plain(value_node, (*at, key), depth)
        return values


def _scalar(node: yaml.ScalarNode) -> str:
    value: str = node.value
    return "" if node.style is None and value in NULLS else value


def _doubled(node: yaml.MappingNode, again: yaml.ScalarNode, at: At) -> Fault:
    first = next(key for key, _ in node.value if key.value == again.value)
    facts = {"first": first.start_mark.line + 1}
    facts |= {"line": again.start_mark.line + 1, "column": again.start_mark.column + 1}
    return Fault("duplicate-key", at, found=again.value, facts=facts)


def _compose(text: str) -> yaml.Node | None:
    deep = text.count("[") + text.count("{") > _MANY_BRACKETS or _MAYBE_DEEP.search(text)
    if deep and _depth(text) > DEPTH_LIMIT * 2:
        raise _StopError(Fault("too-deep"))
    parser = _Nodes(text)
    try:
        return parser.get_single_node()
    finally:
        parser.dispose()


def _depth(text: str) -> int:
    """How deep the text nests, told without recursion: composing it would overflow the C stack."""
    parser = _Nodes(text)
    depth = deepest = 0
    try:
        while parser.check_event():
            event = parser.get_event()
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                deepest = max(deepest, depth)
                if deepest > DEPTH_LIMIT * 4:
                    break
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    finally:
        parser.dispose()
    return deepest


class _Place:
    """Marks of a file, found by composing it again when the first problem asks."""

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.root: yaml.Node | None = None

    def under(self, *start: str | int) -> Any:
        def place(at: At, on_key: bool = False) -> Mark:
            if self.root is None:
                text, _ = read_text(self.file, YAML_LIMIT)
                self.root = _try_compose(text)
            return Mark(self.file.name, *_position(self.root, (*start, *at), on_key))

        return place


def _try_compose(text: str) -> yaml.Node | None:
    try:
        return _compose(text)
    except (yaml.YAMLError, _StopError):
        return None


def _position(node: yaml.Node | None, at: At, on_key: bool) -> tuple[int, int]:
    """Line and column of the value at a path, or of the nearest thing above it that exists."""
    mark = node.start_mark if node is not None else None
    for depth, step in enumerate(at):
        found = next(_children(node, step), None)
        if found is None:
            break
        key, node = found
        last = depth == len(at) - 1
        mark = key.start_mark if key is not None and on_key and last else node.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _children(node: yaml.Node | None, step: str | int) -> Iterator[tuple[yaml.Node | None, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((key, value) for key, value in node.value if key.value == step)
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        yield None, node.value[step]


def _placed(file: SourceFile, root: yaml.Node, fault: Fault) -> Problem:
    if fault.code == "duplicate-key" and fault.facts:
        return file.fault(fault, int(str(fault.facts["line"])), int(str(fault.facts["column"])))
    return file.fault(fault, *_position(root, fault.at, False))


def _syntax(file: SourceFile, text: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    lines = text.split("\n")
    # libyaml may point one line past the end of the file.
    line = min(mark.line, len(lines) - 1) if mark else 0
    column = min(mark.column, len(lines[line])) if mark else 0
    for near in (line, line - 1):
        tab = _TAB_INDENT.match(lines[near]) if near >= 0 else None
        if tab:
            return file.fault(Fault("yaml-tab"), near + 1, tab.end())
    found = lines[line][column:].strip() or lines[line].strip() or "…"
    return file.fault(Fault("yaml-syntax", found=found), line + 1, column + 1)
