"""Puts a finished site, or a file, in place of the last one, whole or not at all. Knows no content."""

import ctypes
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no flock; two builds at once are the user's to avoid there
    fcntl = None  # type: ignore[assignment]

STAGE, PREVIOUS, LOCK = "stage-", "previous-", "lock"
OURS = "sitemap.xml"
"""A folder that holds this is a site that a build may replace."""

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class BusyError(Exception):
    """Another build holds the lock."""


class NotOursError(Exception):
    """The folder to replace is not a site."""


@dataclass(frozen=True, slots=True)
class Switched:
    pages: int
    files: int
    size: int
    changed: int
    """Files that are new or differ from the last site."""


@contextmanager
def workshop(cache: Path, site: Path) -> Iterator[Path]:
    """An empty stage folder, for one build at a time. Mends what a killed build left behind."""
    site = site.resolve()
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / LOCK).open("w") as lock:
        if fcntl is not None:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise BusyError from None
        _recover(cache, site)
        for left in cache.glob(f"{STAGE}*"):
            shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink()
        # A folder of its own: what a killed build still writes must not reach the next site.
        stage = Path(tempfile.mkdtemp(prefix=STAGE, dir=cache))
        stage.chmod(0o755)
        try:
            yield stage
        finally:
            shutil.rmtree(stage, ignore_errors=True)


def may_replace(site: Path) -> bool:
    """Whether a folder is absent, empty or a site; anything else is somebody's work."""
    return not site.exists() or (site.is_dir() and ((site / OURS).is_file() or not any(site.iterdir())))


def switch(stage: Path, site: Path, cache: Path) -> Switched:
    """Let the stage become the site. Files that did not change keep their time."""
    site = site.resolve()
    if not may_replace(site):
        raise NotOursError
    switched = _compare(stage, site)
    site.parent.mkdir(parents=True, exist_ok=True)
    if not site.exists():
        stage.rename(site)
    elif not _exchange(stage, site):
        # No atomic exchange here: between these two lines a kill leaves `previous`, which the next build restores.
        previous = _previous(cache, site)
        shutil.rmtree(previous, ignore_errors=True)
        site.rename(previous)
        stage.rename(site)
        shutil.rmtree(previous, ignore_errors=True)
    return switched


def keep(path: Path, text: str) -> None:
    """A file with this text; one that has it already is not touched."""
    content = text.encode("utf-8")
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".new")
    aside.write_bytes(content)
    aside.replace(path)


def _previous(cache: Path, site: Path) -> Path:
    """Where a site waits between two renames; each site has a place of its own."""
    return cache / (PREVIOUS + hashlib.sha256(os.fsencode(site)).hexdigest()[:12])


def _recover(cache: Path, site: Path) -> None:
    previous = _previous(cache, site)
    if previous.exists() and not site.exists():
        previous.rename(site)
    shutil.rmtree(previous, ignore_errors=True)


def _compare(stage: Path, site: Path) -> Switched:
    """Count the new site; give files that did not change the time of the old ones."""
    pages = files = size = changed = 0
    folders = [(str(stage), str(site) if site.exists() else None)]
    while folders:
        new_folder, old_folder = folders.pop()
        lengths = _lengths(old_folder)
        with os.scandir(new_folder) as entries:
            for entry in entries:
                old = f"{old_folder}/{entry.name}" if entry.name in lengths else None
                if entry.is_dir():
                    folders.append((entry.path, old))
                    continue
                length = entry.stat().st_size
                files, size, pages = files + 1, size + length, pages + entry.name.endswith(".html")
                if old is None or lengths[entry.name] != length or not _same(entry.path, old):
                    changed += 1
    return Switched(pages, files, size, changed)


def _lengths(folder: str | None) -> dict[str, int]:
    if folder is None or not os.path.isdir(folder):
        return {}
    with os.scandir(folder) as entries:
        return {entry.name: entry.stat().st_size for entry in entries}


def _same(new: str, old: str) -> bool:
    """Whether two files hold the same; the new one then takes over the time of the old one."""
    with open(new, "rb") as one, open(old, "rb") as other:
        if one.read() != other.read():
            return False
    time = os.stat(old).st_mtime_ns
    os.utime(new, ns=(time, time))
    return True


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in a single step; False where the system cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    paths = os.fsencode(one), os.fsencode(other)
    return bool(renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE) == 0)
