"""The planted site, scored: every fault is found at its place, and nothing else is, not even what looks like one."""

from collections.abc import Iterable
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from mingshi.rules import LINKS
from mingshi.rules.engine import Inspected, Task, inspect
from mingshi.rules.texts import TEXTS
from rules.faults import FAULTS
from rules.planted import Case, Files, site
from rules.traps import TRAPS

TODAY = date(2026, 11, 21)
KINDS = 120

Found = list[tuple[str, str, str]]


LINK_CODES = tuple(code for rule in LINKS for code in rule.CODES)


def judged(folder: Path, files: Files, only: tuple[str, ...] = LINK_CODES) -> Inspected:
    """What links, files and metadata come to; the other rules have faults and traps of their own."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return inspect(Task(folder, TODAY, only=only))


def found(inspected: Inspected) -> Found:
    return sorted((own.code, spot.page, spot.url) for own in inspected.problems for spot in own.spots)


def spoiled(cases: Iterable[Case]) -> Files:
    files = site()
    for case in cases:
        case.spoil(files)
    return files


def test_the_sound_site_is_sound(tmp_path: Path) -> None:
    inspected = judged(tmp_path, site(), only=())
    assert found(inspected) == []
    assert not inspected.partial
    assert set(inspected.outcomes.values()) == {"pass", "person"}


def test_there_are_enough_kinds_and_as_many_traps() -> None:
    assert len({case.name for case in FAULTS}) == len(FAULTS) >= KINDS
    assert len({case.name for case in TRAPS}) == len(TRAPS) >= len(FAULTS) * 0.95


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case.name)
def test_a_fault_is_found_and_nothing_else(case: Case, tmp_path: Path) -> None:
    assert found(judged(tmp_path, spoiled([case]))) == sorted(case.found)


@pytest.mark.parametrize("case", TRAPS, ids=lambda case: case.name)
def test_what_only_looks_like_a_fault_is_none(case: Case, tmp_path: Path) -> None:
    assert found(judged(tmp_path, spoiled([case]))) == []


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case.name)
def test_a_fault_is_told_at_its_line(case: Case, tmp_path: Path) -> None:
    """Where the address stands as it is told, line and column lead to it."""
    files = spoiled([case])
    for own in judged(tmp_path, files).problems:
        for spot in own.spots:
            lines = files[spot.page].decode("utf-8", "replace").removeprefix("\ufeff").split("\n")
            rest = unescape(lines[spot.line - 1][spot.column - 1 :])
            if spot.url.strip() and "\n" not in spot.url and own.code not in _ABOUT_THE_WHOLE:
                assert rest.startswith((spot.url, "<", "url(", '"')) or spot.url in rest, (own.code, spot, rest[:60])


_ABOUT_THE_WHOLE = frozenset(
    code for code in TEXTS if code.endswith(("-malformed", "incomplete", "orphan", "page-encoding", "redirect-loop"))
)


def test_all_faults_that_can_stand_together_are_found_together(tmp_path: Path) -> None:
    """One site with every fault that is a passage of a page: full recall, nothing else."""
    chosen = [case for case in FAULTS if _is_passage(case)]
    expected = sorted({own for case in chosen for own in case.found})
    assert len(chosen) > 140
    got = found(judged(tmp_path, spoiled(chosen)))
    missing, wrong = set(expected) - set(got), set(got) - set(expected)
    # Two passages with the same id, or an anchor that another passage has, are faults of their being together.
    assert {own[0] for own in missing} <= {"link-fragment"}
    assert {own[0] for own in wrong} <= {"duplicate-id"}
    assert len(missing) <= 1


def test_all_traps_that_can_stand_together_are_passed_over_together(tmp_path: Path) -> None:
    chosen = [case for case in TRAPS if _is_passage(case)]
    assert len(chosen) > 150
    assert {own[0] for own in found(judged(tmp_path, spoiled(chosen)))} <= {"duplicate-id"}


def _is_passage(case: Case) -> bool:
    """Whether it changes nothing but the text of one page."""
    plain, files = site(), spoiled([case])
    own = "services/alpha/index.html"
    changed = [name for name in files if files[name] != plain.get(name)]
    heads = {page[own].partition(b"</head>")[0] for page in (plain, files)}
    return changed == [own] and len(heads) == 1
