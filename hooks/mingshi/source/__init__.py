"""Files → documents. Owns syntax, encoding and size; knows neither types nor kinds."""

from mingshi.source.document import Document, Place, Reading, SourceFile, Value
from mingshi.source.table import read_table
from mingshi.source.text import locate, read_text
from mingshi.source.yaml_file import parse_yaml, read_yaml

__all__ = [
    "READERS",
    "Document",
    "Place",
    "Reading",
    "SourceFile",
    "Value",
    "locate",
    "parse_yaml",
    "read",
    "read_table",
    "read_text",
    "read_yaml",
]

READERS = {".yml": read_yaml, ".yaml": read_yaml, ".csv": read_table}


def read(file: SourceFile) -> Reading:
    return READERS[file.path.suffix.lower()](file)
