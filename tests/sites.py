"""A project of its own for a test: ours copied, with its commands run as a user runs them. Judges nothing."""

import fcntl
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

PROJECT = Path(__file__).resolve().parents[1]
PARTS = ("site_src", "data", "mkdocs.yml")
SMALL = PROJECT / "tests/offices/labor-bureau"
"""An office of some 80 records and its handwritten pages: enough for what has to be built many times."""

Tool = Literal["mingshi", "mkdocs"]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


def copy_project(root: Path) -> Path:
    """Our project at a new place, without what its commands make."""
    for part in PARTS:
        source, target = PROJECT / part, root / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy2(source, target)
    return with_our_package(root)


def with_our_package(root: Path) -> Path:
    """The package as it stands; a project only reads it."""
    (root / "hooks").symlink_to(PROJECT / "hooks")
    return root


def small_project(root: Path) -> Path:
    """Our project at a new place with the small office in the place of the portal."""
    shutil.copytree(SMALL, root)
    for folder in ("assets", "templates"):
        shutil.copytree(PROJECT / "site_src" / folder, root / "site_src" / folder)
    shutil.copy2(PROJECT / "mkdocs.yml", root)
    return with_our_package(root)


def another(project: Path, root: Path) -> Path:
    """A project with all that it holds, its site too, at one more place."""
    return Path(shutil.copytree(project, root, symlinks=True))


def command(tool: Tool, *arguments: str) -> list[str]:
    return [sys.executable, "-m", tool, *arguments]


def environment(root: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """A plain shell's: nothing of ours but the package, nothing of the test run."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MINGSHI", "PYTEST", "LC_"))}
    return kept | {"LANG": "C.UTF-8", "PYTHONPATH": str(root / "hooks")} | dict(more or {})


def run(root: Path, tool: Tool, *arguments: str, cwd: Path | None = None, more: Mapping[str, str] | None = None) -> Ran:
    """A command of the project at `root`, in that folder unless told otherwise."""
    done = subprocess.run(
        command(tool, *arguments),
        cwd=cwd or root,
        env=environment(root, more),
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
        timeout=600,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def build(root: Path, *arguments: str) -> Path:
    """The site of a project that has no fault."""
    done = run(root, "mingshi", "build", "--lang", "en", *arguments)
    assert done.code == 0, done.said
    return root / ("site-offline" if "--offline" in arguments else "site")


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that the first process of the test run makes for all of them, who only look at it."""
    base = factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done = base / name / "office", base / name / "done"
    folder.parent.mkdir(exist_ok=True)
    with (folder.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            done.touch()
    return folder


def small_site(factory: pytest.TempPathFactory) -> Path:
    """The small project with its site."""
    return once(factory, "small", lambda root: build(small_project(root)))


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder: its path, and what it holds."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def replace(path: Path, old: str, new: str) -> None:
    """An edit that is sure to be one."""
    text = path.read_text("utf-8")
    assert old in text, f"{path} holds no {old!r}"
    path.write_text(text.replace(old, new, 1), "utf-8")


def set_base_url(root: Path, url: str) -> None:
    site = root / "data" / "site.yml"
    text, times = re.subn(r"^base_url: .*$", f"base_url: {url}", site.read_text("utf-8"), flags=re.MULTILINE)
    assert times == 1
    site.write_text(text, "utf-8")
