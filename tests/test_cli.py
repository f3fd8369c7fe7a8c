"""The command line: exit codes 0 (good), 1 (problems), 2 (misuse), in the reader's language, never a traceback."""

import csv
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mingshi.cli import cli
from mingshi.kinds import KINDS, RECORDS
from mingshi.languages import DEFAULT
from mingshi.schema import editor
from sites import PROJECT, Ran, copy_project, run, tree, write

SERVICE = "data/services/unemployment-benefit.yml"
FLAT = [kind.name for kind in RECORDS if kind.flat]
HAN = re.compile(r"[\u4e00-\u9fff]")

Values = Mapping[str, Any]


def mingshi(root: Path, *arguments: str, **environment: str) -> Ran:
    """A command in this process; what only a shell shows is tried with `run`."""
    done = CliRunner().invoke(
        cli, [arguments[0], "--root", str(root), *arguments[1:]], env={"LC_ALL": "C.UTF-8", **environment}
    )
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Ran(done.exit_code, done.stdout, done.stderr)


def told(ran: Ran) -> Values:
    values = json.loads(ran.out)
    assert isinstance(values, dict)
    return values


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The demonstration without its package: what an office keeps."""
    root = tmp_path / "office"
    for part in ("data", "site_src"):
        shutil.copytree(PROJECT / part, root / part)
    shutil.copy(PROJECT / "mkdocs.yml", root)
    return root


@pytest.fixture
def faulty(office: Path) -> Path:
    record = office / SERVICE
    write(record, record.read_text("utf-8") + "nonsense: 1\n")
    return office


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A project that has no record yet."""
    root = tmp_path / "empty"
    write(root / "mkdocs.yml", "site_name: Empty\n")
    write(root / "data/site.yml", (PROJECT / "data/site.yml").read_text("utf-8"))
    return root


# --- validate


def test_good_data_is_exit_0(office: Path) -> None:
    assert mingshi(office, "validate", "--lang", "en") == Ran(0, "No problems.\n", "")
    assert mingshi(office, "validate", "--lang", "zh") == Ran(0, "沒有問題。\n", "")


def test_a_problem_is_exit_1_and_names_place_code_and_remedy(faulty: Path) -> None:
    line = (faulty / SERVICE).read_text("utf-8").count("\n")
    english = mingshi(faulty, "validate", "--lang", "en")
    assert english.code == 1
    assert english.err.startswith(f"{SERVICE}:{line}:1: error [unknown-key] There is no field “nonsense” here\n")
    assert "    To mend: Fields that fit here: " in english.err
    assert english.out == "Errors: 1, warnings: 0, notices: 0\n"
    assert not HAN.search(english.said)
    chinese = mingshi(faulty, "validate", "--lang", "zh")
    assert chinese.code == 1
    assert chinese.err.startswith(f"{SERVICE}:{line}:1: 錯誤 [unknown-key] 這裡沒有「nonsense」這個欄位\n")
    assert "    怎麼改：" in chinese.err


def test_a_notice_is_no_reason_to_fail(office: Path) -> None:
    assert mingshi(office, "new", "faq", "--csv").code == 0
    table = office / "data/faqs/faqs.csv"
    heading = table.read_text("utf-8")
    cells = {
        "id": "big-five",
        "question.zh": "編碼？",
        "question.en": "Encoding?",
        "answer.zh": "可以。",
        "answer.en": "Yes.",
        "unit": "general-affairs",
        "published": "2026-01-02",
    }
    row = ",".join(cells.get(column, "") for column in heading.strip().split(","))
    table.write_bytes(f"{heading}{row}\n".encode("big5"))
    done = mingshi(office, "validate", "--lang", "en")
    assert done.code == 0, done.said
    assert "notice [table-big5]" in done.err
    assert done.out == "Errors: 0, warnings: 0, notices: 1\n"


@pytest.mark.parametrize(
    ("variables", "chinese"),
    [
        ({"LC_ALL": "zh_TW.UTF-8"}, True),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_TW.UTF-8"}, False),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_TW.UTF-8"}, True),
        ({"LC_ALL": "C.UTF-8"}, False),
    ],
    ids=str,
)
def test_messages_follow_the_locale(office: Path, variables: dict[str, str], chinese: bool) -> None:
    assert bool(HAN.search(mingshi(office, "validate", **variables).out)) is chinese


def test_json_has_the_same_keys_always_and_both_languages(office: Path) -> None:
    good = mingshi(office, "validate", "--format", "json")
    assert good.code == 0
    record = office / SERVICE
    write(record, record.read_text("utf-8") + "nonsense: 1\nsop: 2\n")
    write(office / "data/faqs/twin.csv", "id\nquit-myself\n")
    write(office / "data/faqs/readme.txt", "?")
    bad = mingshi(office, "validate", "--format", "json")
    assert bad.code == 1
    assert list(told(bad)) == list(told(good)) == ["errors", "warnings", "notices", "problems"]
    problems = told(bad)["problems"]
    assert told(bad)["errors"] == len(problems) >= 4
    keys = [
        "code",
        "level",
        "file",
        "line",
        "column",
        "cell",
        "found",
        "expected",
        "nearest",
        "message",
        "hint",
        "related",
    ]
    for problem in problems:
        assert list(problem) == keys
        for text in (problem["message"], problem["hint"], problem["expected"]):
            assert text is None or list(text) == ["zh", "en"]
        assert HAN.search(problem["message"]["zh"])
    assert bad.err == ""


def test_json_does_not_depend_on_the_language_of_the_reader(faulty: Path) -> None:
    outs = {mingshi(faulty, "validate", "--format", "json", "--lang", language).out for language in ("zh", "en")}
    assert len(outs) == 1


# --- build


def test_build_tells_in_json_with_the_same_keys_whether_it_succeeds_or_not(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "office")
    good = run(root, "mingshi", "build", "--format", "json")
    assert (good.code, good.err) == (0, "")
    values = json.loads(good.out)
    assert (values["errors"], values["problems"], values["site"]) == (0, [], str(root / "site"))
    files = tree(root / "site")
    assert values["pages"] == sum(name.endswith(".html") for name in files)
    assert values["changed"] == len(files)
    assert values["bytes"] == sum(map(len, files.values()))
    write(root / SERVICE, (root / SERVICE).read_text("utf-8") + "nonsense: 1\n")
    bad = run(root, "mingshi", "build", "--format", "json")
    assert bad.code == 1
    assert json.loads(bad.out).keys() == values.keys()


def test_build_says_where_the_site_is_in_the_readers_language(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "office")
    english = run(root, "mingshi", "build", "--lang", "en")
    assert english.code == 0, english.said
    assert english.out.startswith("Site built: ")
    assert str(root / "site" / "index.html") in english.out
    assert not HAN.search(english.out)
    chinese = run(root, "mingshi", "build", more={"LC_ALL": "zh_TW.UTF-8"})
    assert chinese.code == 0, chinese.said
    assert chinese.out.startswith("網站建置完成：")


# --- Misuse


@pytest.mark.parametrize("verb", [["validate"], ["build"], ["serve"], ["schema"], ["new", "faq"]], ids=" ".join)
def test_outside_a_project_every_verb_is_misuse_and_names_what_is_missing(tmp_path: Path, verb: list[str]) -> None:
    for language, words in (("en", "This is no Mingshi project"), ("zh", "這裡不是 Mingshi 專案")):
        done = mingshi(tmp_path, *verb, "--lang", language)
        assert done.code == 2
        assert words in done.err
        assert str(tmp_path / "mkdocs.yml") in done.err
    assert list(tmp_path.iterdir()) == []


def test_outside_a_project_the_message_names_the_folder_one_stands_in(tmp_path: Path) -> None:
    done = run(PROJECT, "mingshi", "validate", "--lang", "en", cwd=tmp_path)
    assert done.code == 2
    assert str(tmp_path / "mkdocs.yml") in done.err
    assert "Traceback" not in done.said


@pytest.mark.parametrize(
    "arguments",
    [
        ["new", "nonsense"],
        ["new"],
        ["nonsense"],
        ["validate", "--lang", "fr"],
        ["validate", "--format", "xml"],
        ["build", "--nonsense"],
    ],
    ids=" ".join,
)
def test_a_wrong_argument_is_misuse(office: Path, arguments: list[str]) -> None:
    done = mingshi(office, *arguments)
    assert done.code == 2
    assert "Error: " in done.err


def test_a_process_returns_the_same_codes(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "office")
    assert run(root, "mingshi", "validate").code == 0
    assert run(root, "mingshi", "new", "nonsense").code == 2
    write(root / "data/faqs/x.yml", "nonsense: 1\n")
    faulty = run(root, "mingshi", "validate")
    assert faulty.code == 1
    assert "Traceback" not in faulty.said


# --- new


def codes(root: Path) -> set[str]:
    problems = told(mingshi(root, "validate", "--format", "json"))["problems"]
    return {problem["code"] for problem in problems}


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: str(kind.name))
def test_a_starter_lacks_only_the_records_that_it_names(empty: Path, kind: Any) -> None:
    done = mingshi(empty, "new", kind.name, "my-first", "--lang", "en")
    assert done == Ran(0, f"Wrote data/{kind.folder}/my-first.yml\n", "")
    assert codes(empty) == {"unknown-reference"}


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: str(kind.name))
def test_a_starter_is_at_home_among_other_records(office: Path, kind: Any) -> None:
    assert mingshi(office, "new", kind.name).code == 0
    assert (office / f"data/{kind.folder}/new-{kind.name}.yml").is_file()
    assert codes(office) <= {"unknown-reference"}


def test_a_starter_explains_every_field_in_both_languages(empty: Path) -> None:
    for kind in RECORDS:
        assert mingshi(empty, "new", kind.name, "my-first").code == 0
        text = (empty / f"data/{kind.folder}/my-first.yml").read_text("utf-8")
        for name, info in kind.model.model_fields.items():
            assert re.search(rf"^(# )?{info.alias or name}:", text, re.MULTILINE), (kind.name, name)
            chinese, _, english = (info.description or "").partition("\n")
            assert f"# {chinese} / {english}\n" in text


def test_a_starter_of_the_site_lacks_only_its_office(empty: Path) -> None:
    (empty / "data/site.yml").unlink()
    assert mingshi(empty, "new", "site", "--lang", "en") == Ran(0, "Wrote data/site.yml\n", "")
    assert codes(empty) == {"unknown-reference"}


def test_nothing_is_overwritten(office: Path) -> None:
    before = tree(office / "data")
    for arguments in (["site"], ["faq", "quit-myself"], ["service", "unemployment-benefit"]):
        for language, words in (("en", "exists already"), ("zh", "已經存在")):
            done = mingshi(office, "new", *arguments, "--lang", language)
            assert (done.code, done.out) == (2, "")
            assert words in done.err
            assert "data/" in done.err
    assert tree(office / "data") == before


def test_a_table_is_not_overwritten(office: Path) -> None:
    assert mingshi(office, "new", "faq", "--csv").code == 0
    table = write(office / "data/faqs/faqs.csv", "ours")
    assert mingshi(office, "new", "faq", "--csv").code == 2
    assert table.read_text("utf-8") == "ours"


@pytest.mark.parametrize(
    "record_id", ["Upper", "1st", "two words", "a_b", "../site", "a/b", "中文", "-a", "a.yml", "a\n"]
)
def test_what_cannot_be_an_id_is_refused(office: Path, record_id: str) -> None:
    before = tree(office)
    for language in ("en", "zh"):
        done = mingshi(office, "new", "faq", "--lang", language, "--", record_id)
        assert done.code == 2
    assert "不能當代號" in done.err
    assert tree(office) == before


@pytest.mark.parametrize("kind", FLAT)
def test_the_heading_of_a_table_is_accepted(empty: Path, kind: str) -> None:
    before = codes(empty)
    assert mingshi(empty, "new", kind, "--csv").code == 0
    assert codes(empty) == before


def test_a_row_below_the_heading_is_a_record(office: Path) -> None:
    assert mingshi(office, "new", "faq", "--csv").code == 0
    table = office / "data/faqs/faqs.csv"
    columns = table.read_text("utf-8").strip().split(",")
    cells = dict.fromkeys(columns, "")
    cells |= {f"question.{key}": "Q" for key in DEFAULT.keys} | {f"answer.{key}": "A" for key in DEFAULT.keys}
    cells |= {"id": "from-a-table", "unit": "general-affairs", "published": "2026-01-02"}
    with table.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(cells.values())
    assert cells.keys() == set(columns)
    assert mingshi(office, "validate").code == 0
    write(office / "site_src/a.md", "[x](faq:from-a-table)\n")
    assert mingshi(office, "validate").code == 0


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS if not kind.flat])
def test_a_table_of_what_is_not_flat_is_refused(office: Path, kind: str) -> None:
    before = tree(office)
    for language, words in (("en", "cannot be kept as CSV"), ("zh", "不能用 CSV 填寫")):
        done = mingshi(office, "new", kind, "--csv", "--lang", language)
        assert done.code == 2
        assert words in done.err
    assert tree(office) == before


# --- schema


def test_schema_writes_what_the_editor_needs(office: Path) -> None:
    done = mingshi(office, "schema", "--lang", "en")
    assert done.code == 0
    wanted = editor.files(KINDS, DEFAULT)
    assert {name: (office / name).read_text("utf-8") for name in wanted} == dict(wanted)
    assert set(tree(office / ".vscode")) == {name.removeprefix(".vscode/") for name in wanted}
    assert all(f"Wrote {name}\n" in done.out for name in wanted)
    assert mingshi(office, "schema") == Ran(0, "", "")
    assert mingshi(office, "schema", "--check").code == 0


def test_schema_check_names_what_is_stale_and_writes_nothing(office: Path) -> None:
    assert mingshi(office, "schema").code == 0
    stale = ".vscode/schemas/faq.schema.json"
    write(office / stale, "{}\n")
    gone = ".vscode/settings.json"
    (office / gone).unlink()
    before = tree(office)
    for language, words in (("en", "out of date"), ("zh", "已過期")):
        done = mingshi(office, "schema", "--check", "--lang", language)
        assert done.code == 1
        assert done.said.count(words) == 2
        assert stale in done.said
        assert gone in done.said
    assert tree(office) == before
