"""Puts a finished site in place of the last one, whole or not at all. Knows no content."""

import ctypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no flock; two builds at once are the user's to avoid there
    fcntl = None  # type: ignore[assignment]

STAGE, PREVIOUS, LOCK = "stage", "previous", "lock"
OURS = "sitemap.xml"
"""A folder that holds this is a site that a build may replace."""

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class Busy(Exception):
    """Another build holds the lock."""


class NotOurs(Exception):
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
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / LOCK).open("w") as lock:
        if fcntl is not None:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Busy from None
        _recover(cache, site)
        stage = cache / STAGE
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir()
        try:
            yield stage
        finally:
            shutil.rmtree(stage, ignore_errors=True)


def may_replace(site: Path) -> bool:
    """Whether a folder is absent, empty or a site; anything else is somebody's work."""
    return not site.exists() or (site.is_dir() and ((site / OURS).is_file() or not any(site.iterdir())))


def switch(stage: Path, site: Path, cache: Path) -> Switched:
    """Let the stage become the site. Files that did not change keep their time."""
    if not may_replace(site):
        raise NotOurs
    switched = _compare(stage, site)
    site.parent.mkdir(parents=True, exist_ok=True)
    if not site.exists():
        stage.rename(site)
    elif not _exchange(stage, site):
        # No atomic exchange here: between these two lines a kill leaves `previous`, which the next build restores.
        previous = cache / PREVIOUS
        shutil.rmtree(previous, ignore_errors=True)
        site.rename(previous)
        stage.rename(site)
        shutil.rmtree(previous, ignore_errors=True)
    return switched


def _recover(cache: Path, site: Path) -> None:
    previous = cache / PREVIOUS
    if previous.exists() and not site.exists():
        previous.rename(site)
    shutil.rmtree(previous, ignore_errors=True)


def _compare(stage: Path, site: Path) -> Switched:
    pages = files = size = changed = 0
    for folder, _, names in os.walk(stage):
        old_folder = os.path.join(site, os.path.relpath(folder, stage))
        for name in names:
            new, old = os.path.join(folder, name), os.path.join(old_folder, name)
            length = os.path.getsize(new)
            files, size, pages = files + 1, size + length, pages + name.endswith(".html")
            if _same(new, old, length):
                time = os.stat(old).st_mtime_ns
                os.utime(new, ns=(time, time))
            else:
                changed += 1
    return Switched(pages, files, size, changed)


def _same(new: str, old: str, length: int) -> bool:
    try:
        if os.path.getsize(old) != length:
            return False
        with open(new, "rb") as one, open(old, "rb") as other:
            return one.read() == other.read()
    except OSError:
        return False


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in a single step; False where the system cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    paths = os.fsencode(one), os.fsencode(other)
    return bool(renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE) == 0)
