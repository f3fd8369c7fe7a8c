"""The house rules, asked of the code itself: import order, doors, sizes, words."""

import ast
import os
import re
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from mingshi.kinds import KINDS, RECORDS
from mingshi.wording import AUTHOR_LANGUAGES, EXPECTED, WORDING

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "hooks/mingshi"
MODULES = sorted(PACKAGE.rglob("*.py"))

ORDER = [
    {"wording", "problems"},
    {"source", "languages", "commonmark", "palette", "flow", "charts"},
    {"schema"},
    {"kinds"},
    {"folder", "loading"},
    {"crosschecks", "workdays", "deadlines"},
    {"catalogue"},
    {"topics"},
    {"frame", "exports", "handwritten", "pages", "search"},
    {"build"},
    {"built"},
    {"rules"},
    {"browser", "external", "report", "publish"},
    {"audits"},
    {"project"},
    {"inspecting"},
    {"cli_check"},
    {"cli", "__main__"},
]
"""Data flows from the first to the last; a module imports from its own stage and from earlier ones."""

DOORS = {
    "yaml": {"source/yaml_file.py"},
    "jinja2": {"pages/painter.py"},
    "comrak": {"commonmark.py"},
    "click": {"cli.py", "cli_check.py"},
    "csv": {"source/csv_file.py", "search/trial.py", "external/linkchecker.py"},
    "urllib3": {"external/asking.py"},
    "certifi": {"external/asking.py"},
    "subprocess": {"project.py", "external/linkchecker.py"},
    "linkcheck": set(),
    "python_calamine": set(),
    "playwright": {"browser/windows.py"},
    "axe_playwright_python": set(),
    "xml": {"source/workbook/markup.py"},
    "zipfile": {"source/workbook/archive.py", "exports/ods.py", "built/contents.py"},
    "selectolax": {"built/parsing.py", "external/page.py"},
    "xlsxwriter": {"exports/xlsx.py"},
    "holidays": {"workdays.py"},
    "opencc": {"search/letters.py"},
    "snowballstemmer": {"search/words.py"},
    "mkdocs": set(),
    "material": set(),
}
"""Third parties, and the only files that may import them."""

LONGEST_FILE, LONGEST_FUNCTION, MEDIAN_FUNCTION = 400, 50, 10


def _stage(name: str) -> int:
    return next(number for number, names in enumerate(ORDER) if name in names)


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inside = node.module == "mingshi"
            yield from ((node.lineno, f"{node.module}.{a.name}" if inside else node.module) for a in node.names)


def _module(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    if path == PACKAGE / "__init__.py":
        return
    backward = [
        f"{path.name}:{line} imports {name}, which comes later"
        for line, name in _imports(path)
        if name.startswith("mingshi.") and not name.endswith("__version__")
        if _stage(name.split(".")[1]) > _stage(_module(path))
    ]
    assert backward == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_third_parties_come_in_by_their_door(path: Path) -> None:
    own = path.relative_to(PACKAGE).as_posix()
    strays = [
        f"{own}:{line} imports {name}"
        for line, name in _imports(path)
        if own not in DOORS.get(name.split(".")[0], {own})
    ]
    assert strays == []


def test_a_kind_imports_no_other_kind() -> None:
    kinds = {kind.name for kind in KINDS}
    for kind in kinds:
        others = [name for _, name in _imports(PACKAGE / f"kinds/{kind}.py") if name.startswith("mingshi.kinds")]
        others = [name for name in others if name != "mingshi.kinds.targets"]
        assert others == [], kind


def test_only_the_hook_knows_mkdocs_and_it_knows_only_the_root() -> None:
    names = {name for _, name in _imports(ROOT / "hooks/mkdocs_hook.py") if name.startswith("mingshi")}
    assert names == {"mingshi.project", "mingshi.report"}


def test_files_and_functions_stay_small() -> None:
    lengths = []
    for path in MODULES:
        text = path.read_text("utf-8")
        assert text.count("\n") <= LONGEST_FILE, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                assert length <= LONGEST_FUNCTION, f"{path}:{node.lineno} {node.name}"
                lengths.append(length)
    assert statistics.median(lengths) <= MEDIAN_FUNCTION


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_says_what_it_owns(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert docstring or path.name == "__main__.py"


def test_no_module_keeps_what_can_change() -> None:
    for path in MODULES:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.List | ast.Dict | ast.Set):
                names = [target.id for target in node.targets if isinstance(target, ast.Name)]
                assert all(re.fullmatch(r"_?[A-Z_]+|__all__", name) for name in names), f"{path}: {names}"


def test_every_code_that_is_raised_has_words_and_the_other_way_round() -> None:
    text = "\n".join(path.read_text("utf-8") for path in MODULES)
    named = set(re.findall(r'"([a-z]+(?:-[a-z0-9]+)+)"', text)) | {"bad-id"}
    raised = set(re.findall(r'Fault\(\s*"([a-z0-9-]+)"', text))
    assert raised <= set(WORDING)
    assert set(WORDING) <= named


def test_every_problem_is_found_by_some_test() -> None:
    paths = [*(ROOT / "tests").glob("*.py"), *(ROOT / "tests/golden").glob("*.txt")]
    text = "\n".join(path.read_text("utf-8") for path in paths)
    assert [code for code in WORDING if not re.search(rf"(?<![a-z-]){code}(?![a-z-])", text)] == []


def test_problems_speak_both_languages_and_fill_their_words() -> None:
    for code, words in WORDING.items():
        for language in AUTHOR_LANGUAGES:
            assert words.message[language], code
            assert words.hint[language], code
        assert re.search(r"[\u4e00-\u9fff]", words.message["zh"]), code
        assert not re.search(r"[\u4e00-\u9fff]", words.message["en"]), code
    assert all(set(texts) == set(AUTHOR_LANGUAGES) for texts in EXPECTED.values())


def test_interface_words_speak_both_languages_and_are_used() -> None:
    table = tomllib.loads((PACKAGE / "words.toml").read_text("utf-8"))
    assert all(set(texts) >= set(AUTHOR_LANGUAGES) for texts in table.values())
    used = "\n".join(
        path.read_text("utf-8")
        for folder in (PACKAGE, ROOT / "site_src/templates")
        for path in (*folder.rglob("*.py"), *folder.rglob("*.html"))
    )
    assert [word for word in table if not _is_used(word, used)] == []


def _is_used(word: str, text: str) -> bool:
    """By its whole name, or by a part of it where the other part is a value: `channel.` ~ type, {unit}.one."""
    parts = word.split(".")
    starts = [".".join(parts[:length]) + "." for length in range(1, len(parts))]
    ends = [f'}}.{parts[-1]}"', f'" ~ ".{parts[-1]}"', f' ~ ".{parts[-1]}"']
    return f'"{word}"' in text or any(f'"{start}' in text for start in starts) or any(end in text for end in ends)


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.name)
def test_every_kind_has_its_templates_and_words(kind: object) -> None:
    name, folder = getattr(kind, "name", ""), getattr(kind, "section", "")
    table = tomllib.loads((PACKAGE / "words.toml").read_text("utf-8"))
    assert (PACKAGE / f"templates/records/{name}.html").is_file()
    assert (PACKAGE / f"templates/lists/{folder}.html").is_file()
    assert {f"kind.{name}", f"list.{folder}", f"lead.{folder}"} <= set(table)


LEFT_TO_ITS_MKDOCS = {"kinds", "catalogue", "pages", "search", "rules", "audits", "exports"}


def test_the_process_that_only_starts_a_build_reads_nothing_of_a_site() -> None:
    program = "import sys, mingshi.cli; print(*sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "hooks")}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True, text=True)
    assert {f"mingshi.{name}" for name in LEFT_TO_ITS_MKDOCS} & set(done.stdout.split()) == set()
