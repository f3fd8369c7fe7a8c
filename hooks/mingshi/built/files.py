"""The files of a finished site: where each lies, how big it is, whether it was touched. Opens none of them."""

import os
from dataclasses import dataclass, field
from typing import NamedTuple
from unicodedata import normalize

PAGES = (".html", ".htm", ".xhtml")
INDEXES = ("index.html", "index.htm", "index.xhtml")

_SYSTEM = frozenset({".git", ".svn", ".hg", ".DS_Store", "Thumbs.db"})
"""Never part of what a server serves."""


class File(NamedTuple):
    size: int
    stamp: tuple[int, int, int]
    """When the content and the entry changed, and which entry it is: as long as it stays, so does the content."""


@dataclass(slots=True)
class FileTree:
    """Path below the site's root → file; folders end in a slash, the root is ''."""

    files: dict[str, File] = field(default_factory=dict)
    folders: set[str] = field(default_factory=lambda: {""})
    closed: list[str] = field(default_factory=list)
    """Folders that could not be read."""
    _folded: dict[str, str] | None = None
    _inside: dict[str, list[str]] | None = None

    def page_of(self, path: str) -> str | None:
        """The file that a server sends for a path; None where it has none."""
        if not path or path.endswith("/"):
            return self.index_of(path)
        return path if path in self.files else self.index_of(f"{path}/")

    def index_of(self, folder: str) -> str | None:
        return next((folder + name for name in INDEXES if folder + name in self.files), None)

    def is_folder(self, path: str) -> bool:
        return path in self.folders or f"{path}/" in self.folders

    def beside(self, folder: str) -> list[str]:
        """What lies in a folder, by its name there."""
        if self._inside is None:
            self._inside = {}
            for path in (*self.files, *(own.rstrip("/") for own in self.folders if own)):
                above, slash, name = path.rpartition("/")
                self._inside.setdefault(above + slash, []).append(name)
            for names in self._inside.values():
                names.sort()
        return self._inside.get(folder, [])

    def alike(self, path: str) -> str | None:
        """The file or folder whose path differs in case or Unicode form only."""
        if self._folded is None:
            known = (*self.files, *self.folders, *(folder.rstrip("/") for folder in self.folders))
            self._folded = {_fold(own): own for own in sorted(known, reverse=True)}
        own = self._folded.get(_fold(path))
        return None if own == path else own


def walk(root: str) -> FileTree:
    """Every file below a folder. A link to a folder is followed once, however many lead there."""
    tree, folders, seen = FileTree(), [("", root)], {os.path.realpath(root)}
    while folders:
        prefix, path = folders.pop()
        try:
            with os.scandir(path) as entries:
                for entry in entries:
                    name = prefix + entry.name
                    if entry.name in _SYSTEM:
                        continue
                    if entry.is_dir() and (not entry.is_symlink() or _is_new(entry.path, seen)):
                        tree.folders.add(f"{name}/")
                        folders.append((f"{name}/", entry.path))
                    elif entry.is_file():
                        _add(tree, name, entry)
        except OSError:
            tree.closed.append(prefix)
    return tree


def _add(tree: FileTree, name: str, entry: os.DirEntry[str]) -> None:
    try:
        status = entry.stat()
    except OSError:
        return  # gone in the meantime
    tree.files[name] = File(status.st_size, (status.st_mtime_ns, status.st_ctime_ns, status.st_ino))


def _is_new(folder: str, seen: set[str]) -> bool:
    """Whether a link leads to a folder in which we are not already."""
    real = os.path.realpath(folder)
    if real in seen or any(own.startswith(real + os.sep) for own in seen):
        return False
    seen.add(real)
    return True


def _fold(path: str) -> str:
    return normalize("NFC", path).casefold()
