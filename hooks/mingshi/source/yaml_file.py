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
_MANY, _MANY_DASHES = 2000, 30
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

    def __init__(self, code: str, mark: Any) -> None:
        self.code = code
        self.mark = mark


def read_yaml(file: SourceFile) -> Reading:
    text, problems = read_text(file, YAML_LIMIT)
    if problems:
        return Reading(problems=tuple(problems))
    return parse_yaml(file, text)


def parse_yaml(file: SourceFile, text: str) -> Reading:
    try:
        root = _compose(text)
        reader = _Reader(limit=len(text) + 1000, aliases="*" in text and "&" in text)
        values = reader.plain(root, 0) if root is not None else []
    except _StopError as stop:
        return Reading(problems=(_at(file, Fault(stop.code), stop.mark),))
    except yaml.YAMLError as error:
        return Reading(problems=(_syntax(file, text, error),))
    if values == []:
        return Reading(problems=(file.fault(Fault("empty-file")),))
    place = _Place(file)
    problems = tuple(_at(file, fault, mark) for fault, mark in reader.faults)
    if isinstance(values, list):
        documents = tuple(Document(file, value, place.under(index), alone=False) for index, value in enumerate(values))
    else:
        documents = (Document(file, values, place.under()),)
    return Reading(documents, problems)


class _Reader:
    """Nodes → plain values; collects what YAML allows but a record must not hold."""

    def __init__(self, limit: int, aliases: bool) -> None:
        self.limit = limit
        self.aliases = aliases
        self.seen = 0
        self.field: Any = None
        """Where the field of the record begins that is being read."""
        self.faults: list[tuple[Fault, Any]] = []

    def plain(self, node: yaml.Node, depth: int) -> Value:
        self.seen += 1
        # An alias shares its node, so a bomb is seen by visiting more nodes than the text has characters.
        if self.seen > self.limit:
            raise _StopError("alias-bomb", self.field)
        if depth > DEPTH_LIMIT:
            raise _StopError("alias-bomb" if self.aliases else "too-deep", self.field)
        if node.tag.__class__ is str:
            self.faults.append((Fault("yaml-tag", found=node.tag.replace("tag:yaml.org,2002:", "!!")), node.start_mark))
        if node.__class__ is yaml.ScalarNode:
            return _scalar(node)
        if node.__class__ is yaml.MappingNode:
            return self._mapping(node, depth + 1)
        return [self.plain(child, depth + 1) for child in node.value]

    def _mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if depth == 1:
                self.field = key_node.start_mark
            if key_node.__class__ is not yaml.ScalarNode:
                self.faults.append((Fault("key-not-text"), key_node.start_mark))
            elif key in values:
                first = next(other for other, _ in node.value if other.value == key).start_mark.line + 1
                self.faults.append((Fault("duplicate-key", found=key, facts={"first": first}), key_node.start_mark))
            elif value_node.__class__ is yaml.ScalarNode and value_node.tag.__class__ is not str:
                # Most values are plain scalars: this is the short way through `plain`.
                self.seen += 1
                values[key] = _scalar(value_node)
            else:
                values[key] = self.plain(value_node, depth)
        return values


def _scalar(node: yaml.ScalarNode) -> str:
    value: str = node.value
    return "" if value in NULLS and not node.style else value


def _compose(text: str) -> yaml.Node | None:
    brackets = text.count("[") + text.count("{")
    dashes = text.count("- ") + text.count("? ")
    if brackets > _MANY or (dashes > _MANY_DASHES and _MAYBE_DEEP.search(text)):
        _refuse_depth(text)
    parser = _Nodes(text)
    try:
        return parser.get_single_node()
    finally:
        parser.dispose()


def _refuse_depth(text: str) -> None:
    """Look for deep nesting without recursion: composing it would overflow the C stack."""
    parser = _Nodes(text)
    depth, field = 0, None
    try:
        while parser.check_event():
            event: Any = parser.get_event()
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth == 1 and isinstance(event, yaml.ScalarEvent):
                field = event.start_mark
            if depth > DEPTH_LIMIT * 2:
                raise _StopError("too-deep", field)
    finally:
        parser.dispose()


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


def _at(file: SourceFile, fault: Fault, mark: Any) -> Problem:
    return file.fault(fault, mark.line + 1, mark.column + 1) if mark else file.fault(fault)


_REASONS = {"single document": "one-document", "undefined alias": "known-alias"}
"""What libyaml says, and what was expected."""


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
    reason = next((expected for said, expected in _REASONS.items() if said in str(error)), "yaml-layout")
    return file.fault(Fault("yaml-syntax", found=found, expected=reason), line + 1, column + 1)
