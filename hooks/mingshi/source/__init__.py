"""Files → documents. Owns syntax, encoding and size; knows neither types nor kinds."""

import re

from mingshi.source.document import Document, Place, Reading, SourceFile, Value
from mingshi.source.table import read_table
from mingshi.source.text import YAML_LIMIT, line_column, locate, read_text
from mingshi.source.yaml_file import parse_yaml, read_yaml

__all__ = [
    "READERS",
    "Document",
    "Place",
    "Reading",
    "SourceFile",
    "Value",
    "ids_in_broken",
    "line_column",
    "locate",
    "parse_yaml",
    "read",
    "read_table",
    "read_text",
    "read_yaml",
]

READERS = {".yml": read_yaml, ".yaml": read_yaml, ".csv": read_table}

_ID = re.compile(r"^\s*(?:- +)?id: *[\"']?([a-z0-9-]+)", re.MULTILINE)


def ids_in_broken(file: SourceFile) -> list[str]:
    """The ids that can still be made out in a file that cannot be read."""
    return _ID.findall(read_text(file, YAML_LIMIT)[0])


def read(file: SourceFile) -> Reading:
    return READERS[file.path.suffix.lower()](file)
