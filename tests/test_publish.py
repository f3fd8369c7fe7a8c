"""The site is the last good one or the new one, never anything else."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mingshi import publish
from sites import PROJECT, tree, write

OLD = {"sitemap.xml": "<old/>", "index.html": "old", "kept/index.html": "the same", "gone/index.html": "goes"}
NEW = {"sitemap.xml": "<new/>", "index.html": "new", "kept/index.html": "the same", "new/index.html": "comes"}
LONG_AGO = 1_000_000_000 * 10**9

Exchange = Callable[[Path, Path], bool]


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / ".cache"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture(params=["exchange", "two renames"])
def ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to put a site in place: in one step, and where the system has none."""
    if request.param == "two renames":
        monkeypatch.setattr(publish, "_exchange", lambda *_: False)
    return str(request.param)


def fill(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        write(folder / name, text)


def put(files: dict[str, str], site: Path, cache: Path) -> publish.Switched:
    with publish.workshop(cache, site) as stage:
        fill(stage, files)
        return publish.switch(stage, site, cache)


def texts(folder: Path) -> dict[str, str]:
    return {name: content.decode() for name, content in tree(folder).items()}


def leftovers(cache: Path) -> list[str]:
    return sorted(path.name for path in cache.iterdir() if path.name != publish.LOCK)


def test_the_first_build_becomes_the_site(site: Path, cache: Path) -> None:
    switched = put(OLD, site, cache)
    assert texts(site) == OLD
    size = sum(len(text) for text in OLD.values())
    assert switched == publish.Switched(pages=3, files=4, size=size, changed=4)
    assert leftovers(cache) == []


def test_the_folder_above_the_site_is_made(site: Path, cache: Path) -> None:
    put(OLD, site / "deep" / "down", cache)
    assert texts(site / "deep" / "down") == OLD


@pytest.mark.usefixtures("ways")
def test_a_new_site_replaces_the_old_one_whole(site: Path, cache: Path) -> None:
    put(OLD, site, cache)
    switched = put(NEW, site, cache)
    assert texts(site) == NEW
    assert (switched.pages, switched.files, switched.changed) == (3, 4, 3)
    assert leftovers(cache) == []


@pytest.mark.usefixtures("ways")
def test_files_that_did_not_change_keep_their_time(site: Path, cache: Path) -> None:
    put(OLD, site, cache)
    for name in OLD:
        os.utime(site / name, ns=(LONG_AGO, LONG_AGO))
    put(NEW, site, cache)
    old_ones = {name for name in NEW if (site / name).stat().st_mtime_ns == LONG_AGO}
    assert old_ones == {"kept/index.html"}


def test_nothing_changes_when_the_same_site_comes_again(site: Path, cache: Path) -> None:
    put(OLD, site, cache)
    assert put(OLD, site, cache).changed == 0


@pytest.mark.usefixtures("ways")
def test_a_file_may_become_a_folder_and_the_other_way_round(site: Path, cache: Path) -> None:
    put({"sitemap.xml": "", "a": "file", "b/index.html": "page"}, site, cache)
    new = {"sitemap.xml": "", "a/index.html": "page", "b": "file"}
    assert put(new, site, cache).changed == 2
    assert texts(site) == new


def test_an_exchange_that_the_system_refuses_is_told(site: Path, tmp_path: Path) -> None:
    site.mkdir()
    assert publish._exchange(site, tmp_path / "absent") is False
    assert site.is_dir()


def test_a_builder_that_fails_leaves_the_site_and_no_stage(site: Path, cache: Path) -> None:
    put(OLD, site, cache)
    with pytest.raises(ZeroDivisionError), publish.workshop(cache, site) as stage:
        write(stage / "index.html", str(1 / 0))
    assert texts(site) == OLD
    assert leftovers(cache) == []


def test_the_stage_starts_empty_after_a_killed_build(site: Path, cache: Path) -> None:
    fill(cache / publish.STAGE, {"half.html": "half"})
    with publish.workshop(cache, site) as stage:
        assert list(stage.iterdir()) == []


KILLED = """
import json, os, signal, sys
from pathlib import Path
from mingshi import publish

cache, site, files, renames = Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3]), int(sys.argv[4])
publish._exchange = lambda *_: False
rename, done = Path.rename, []


def rename_and_die(self, target):
    rename(self, target)
    done.append(self)
    if len(done) == renames:
        os.kill(os.getpid(), signal.SIGKILL)


Path.rename = rename_and_die
with publish.workshop(cache, site) as stage:
    for name, text in files.items():
        (stage / name).parent.mkdir(parents=True, exist_ok=True)
        (stage / name).write_text(text)
    publish.switch(stage, site, cache)
"""


def kill_after_rename(number: int, site: Path, cache: Path) -> None:
    """A build of NEW without atomic exchange, killed as soon as it has renamed so many folders."""
    arguments = [str(cache), str(site), json.dumps(NEW), str(number)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "hooks")}
    done = subprocess.run([sys.executable, "-c", KILLED, *arguments], env=environment, capture_output=True, check=False)
    assert done.returncode == -9, done.stderr.decode()


def test_a_kill_between_the_two_renames_is_mended_by_the_next_build(site: Path, cache: Path) -> None:
    put(OLD, site, cache)
    kill_after_rename(1, site, cache)
    assert not site.exists()
    with publish.workshop(cache, site):
        assert texts(site) == OLD
    assert leftovers(cache) == []


def test_a_kill_after_both_renames_leaves_the_new_site(site: Path, cache: Path) -> None:
    put(OLD, site, cache)
    kill_after_rename(2, site, cache)
    assert texts(site) == NEW
    with publish.workshop(cache, site):
        assert texts(site) == NEW
    assert leftovers(cache) == []


def test_what_a_kill_left_of_one_site_is_not_taken_for_another_one(site: Path, cache: Path) -> None:
    put(OLD, site, cache)
    kill_after_rename(1, site, cache)
    other = site.with_name("site-offline")
    put(NEW, other, cache)
    with publish.workshop(cache, site):
        assert texts(site) == OLD
    assert texts(other) == NEW


@pytest.mark.parametrize(
    ("files", "may"),
    [(None, True), ({}, True), ({"sitemap.xml": "", "a.txt": ""}, True), ({"thesis.odt": "years of work"}, False)],
    ids=["absent", "empty", "a site", "somebody's work"],
)
def test_only_a_site_may_be_replaced(site: Path, files: dict[str, str] | None, may: bool) -> None:
    if files is not None:
        site.mkdir()
        fill(site, files)
    assert publish.may_replace(site) is may


def test_a_file_is_no_site(site: Path) -> None:
    site.write_text("a file")
    assert not publish.may_replace(site)


@pytest.mark.usefixtures("ways")
def test_a_folder_that_is_not_a_site_is_refused_and_untouched(site: Path, cache: Path) -> None:
    fill(site, {"thesis.odt": "years of work"})
    with pytest.raises(publish.NotOursError):
        put(NEW, site, cache)
    assert texts(site) == {"thesis.odt": "years of work"}


@pytest.mark.usefixtures("ways")
def test_a_site_that_is_a_link_can_be_built_again_and_again(site: Path, cache: Path, tmp_path: Path) -> None:
    target = tmp_path / "disk" / "www"
    target.mkdir(parents=True)
    site.symlink_to(target, target_is_directory=True)
    for files in (OLD, NEW, OLD):
        put(files, site, cache)
        assert texts(site) == files
        assert leftovers(cache) == []


def test_a_second_builder_is_told_that_one_is_at_work(site: Path, cache: Path) -> None:
    with publish.workshop(cache, site) as stage:
        fill(stage, NEW)
        with pytest.raises(publish.BusyError), publish.workshop(cache, site):
            pass
        assert texts(stage) == NEW
    put(OLD, site, cache)
    assert texts(site) == OLD
