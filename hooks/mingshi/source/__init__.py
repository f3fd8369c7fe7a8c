"""Files → documents. Owns syntax, encoding and size; knows neither types nor kinds."""

import re
from collections.abc import Callable, Mapping

from mingshi.source.csv_file import read_csv
from mingshi.source.document import Document, Place, Reading, SourceFile, Value
from mingshi.source.grid import Grids
from mingshi.source.layout import Layout
from mingshi.source.rows import documents
from mingshi.source.text import YAML_LIMIT, line_column, locate, read_text
from mingshi.source.workbook import read_workbook
from mingshi.source.yaml_file import parse_yaml, read_yaml

__all__ = [
    "TABLES",
    "YAML",
    "Document",
    "Layout",
    "Place",
    "Reading",
    "SourceFile",
    "Value",
    "ids_in_broken",
    "is_table",
    "line_column",
    "locate",
    "parse_yaml",
    "read",
    "read_text",
    "read_yaml",
]

YAML = frozenset({".yml", ".yaml"})
_GRIDS: Mapping[str, Callable[[SourceFile], Grids]] = {
    ".csv": read_csv,
    ".ods": read_workbook,
    ".xlsx": read_workbook,
    ".xlsm": read_workbook,
}
TABLES = frozenset(_GRIDS)

_ID = re.compile(r"^\s*(?:- +)?id: *[\"']?([a-z0-9-]+)", re.MULTILINE)


def ids_in_broken(file: SourceFile) -> list[str]:
    """The ids that can still be made out in a file that cannot be read."""
    return [] if is_table(file) else _ID.findall(read_text(file, YAML_LIMIT)[0])


def is_table(file: SourceFile) -> bool:
    return file.path.suffix.lower() in TABLES


def read(file: SourceFile, layout: Callable[[], Layout]) -> Reading:
    """The records of a file; `layout` tells how the headings of a table are understood."""
    if is_table(file):
        return documents(file, _GRIDS[file.path.suffix.lower()](file), layout())
    return read_yaml(file)
