"""The folder data/: which files belong to which kind. Opens none of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mingshi.kinds import BY_FOLDER, RECORDS, SITE, TABLES
from mingshi.problems import Fault, Mark, Problem, nearest, problem
from mingshi.schema.record import Kind
from mingshi.source import TABLES as TABLE_FILES
from mingshi.source import YAML, SourceFile

READABLE = YAML | TABLE_FILES
DOWNLOADS = "files"
"""The folder inside a kind's folder that holds files to offer."""
DOWNLOAD_LIMIT = 20 * 1024 * 1024
OWN = frozenset({"ledger"})
"""Folders in data/ that the tools write."""


@dataclass(frozen=True, slots=True)
class Files:
    site: SourceFile | None
    records: Mapping[str, tuple[SourceFile, ...]]


def list_files(data: Path) -> tuple[Files, list[Problem]]:
    """The files of every kind in order, and what lies in data/ but belongs to none."""
    records: dict[str, list[SourceFile]] = {kind.name: [] for kind in (*RECORDS, *TABLES)}
    if not data.is_dir():
        found = problem(Fault("folder-missing", found="data"), Mark("data"))
        return Files(None, dict.fromkeys(records, ())), [found]
    problems: list[Problem] = []
    for path in sorted(data.iterdir()):
        if _hidden(path) or path.name in OWN or path.name == SITE.folder:
            continue
        kind = BY_FOLDER.get(path.name) if path.is_dir() else None
        if kind is not None:
            problems += _sort_in(records[kind.name], kind, path, data)
        elif path.is_dir():
            folders = sorted(BY_FOLDER)
            fault = Fault("folder-unknown", (), path.name, ", ".join(folders), nearest(path.name, folders))
            problems.append(problem(fault, Mark(f"data/{path.name}")))
        else:
            problems.append(_misplaced(data, path, "folder" if path.name in BY_FOLDER else SITE.folder))
    site = data / SITE.folder
    found_site = SourceFile(site, f"data/{SITE.folder}") if site.exists() else None
    return Files(found_site, {name: tuple(files) for name, files in records.items()}), problems


def _sort_in(files: list[SourceFile], kind: Kind, below: Path, data: Path) -> list[Problem]:
    problems = []
    for path in sorted(below.rglob("*")):
        inside = path.relative_to(below)
        if path.is_dir() or inside.parts[0] == DOWNLOADS or any(part.startswith((".", "~")) for part in inside.parts):
            continue
        suffix = path.suffix.lower()
        if suffix in YAML or (suffix in TABLE_FILES and kind.tabular):
            files.append(SourceFile(path, f"data/{path.relative_to(data).as_posix()}"))
        else:
            problems.append(_misplaced(data, path, "yaml-or-table" if kind.tabular else "yaml"))
    return problems


def _misplaced(data: Path, path: Path, expected: str) -> Problem:
    name = path.relative_to(data).as_posix()
    return problem(Fault("file-misplaced", found=path.name, expected=expected), Mark(f"data/{name}"))


def _hidden(path: Path) -> bool:
    return path.name.startswith((".", "~"))
