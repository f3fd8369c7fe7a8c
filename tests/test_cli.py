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

from mingshi.catalogue import load
from mingshi.cli import cli
from mingshi.kinds import BY_NAME, KINDS, RECORDS, TABLES
from mingshi.languages import DEFAULT
from mingshi.schema import editor
from mingshi.source import SourceFile
from mingshi.source.workbook import read_workbook
from sites import PROJECT, SMALL, Ran, run, small_project, tree, write

SERVICE = "data/services/unemployment-benefit.yml"
TABULAR = [kind.name for kind in KINDS if kind.tabular]
HAN = re.compile(r"[\u4e00-\u9fff]")

Values = Mapping[str, Any]


def mingshi(root: Path, *arguments: str, **environment: str) -> Ran:
    """A command in this process; what only a shell shows is tried with `run`."""
    verb = 2 if arguments[0] == "sheet" else 1
    done = CliRunner().invoke(
        cli, [*arguments[:verb], "--root", str(root), *arguments[verb:]], env={"LC_ALL": "C.UTF-8", **environment}
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
    """The small office without our package: what an office keeps."""
    root = tmp_path / "office"
    shutil.copytree(SMALL, root)
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
    write(root / "data/site.yml", (SMALL / "data/site.yml").read_text("utf-8"))
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
        "sheet",
        "cell",
        "found",
        "expected",
        "nearest",
        "message",
        "hint",
        "related",
        "subject",
        "pages",
        "spots",
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
    root = small_project(tmp_path / "office")
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


# --- Misuse


@pytest.mark.parametrize(
    "verb",
    [
        ["validate"],
        ["build"],
        ["serve"],
        ["schema"],
        ["new", "faq"],
        ["new", "faq", "--sheet"],
        ["sheet", "export", "faq"],
    ],
    ids=" ".join,
)
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
        ["build", "--today", "soon"],
        ["build", "--today", "115-11-20"],
        ["build", "--today", "2026-02-30"],
        ["sheet", "export"],
        ["sheet", "export", "nonsense"],
        ["sheet", "export", "site"],
        ["sheet", "export", "disclosure"],
        ["sheet", "nonsense"],
    ],
    ids=" ".join,
)
def test_a_wrong_argument_is_misuse(office: Path, arguments: list[str]) -> None:
    done = mingshi(office, *arguments)
    assert done.code == 2
    assert "Error: " in done.err


def test_a_process_returns_the_same_codes(tmp_path: Path) -> None:
    root = small_project(tmp_path / "office")
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


ALONE = {"dataset": {"file-missing"}, "disclosure": {"disclosure-missing"}, "workday": {"calendar-incomplete"}}
"""What a first record cannot bring: its files, the other nine items, the other days of the year."""
AMONG = {"dataset": {"file-missing"}, "disclosure": {"item-twice"}, "workday": {"calendar-incomplete"}}
"""What it cannot know: that the office has this item already."""
POINTING = [*RECORDS, BY_NAME["redirect"]]


@pytest.mark.parametrize("kind", [*RECORDS, *TABLES], ids=lambda kind: str(kind.name))
def test_a_starter_lacks_only_the_records_that_it_names(empty: Path, kind: Any) -> None:
    before = codes(empty)
    done = mingshi(empty, "new", kind.name, "my-first", "--lang", "en")
    assert done == Ran(0, f"Wrote data/{kind.folder}/my-first.yml\n", "")
    lacking = {"unknown-reference"} if kind in POINTING else before
    assert codes(empty) == lacking | ALONE.get(kind.name, set())


@pytest.mark.parametrize("kind", [*RECORDS, *TABLES], ids=lambda kind: str(kind.name))
def test_a_starter_is_at_home_among_other_records(office: Path, kind: Any) -> None:
    assert mingshi(office, "new", kind.name).code == 0
    assert (office / f"data/{kind.folder}/new-{kind.name}.yml").is_file()
    keyed = kind in TABLES and {"duplicate-id"}
    assert codes(office) <= {"unknown-reference"} | AMONG.get(kind.name, set()) | (keyed or set())


def test_a_starter_explains_every_field_in_both_languages(empty: Path) -> None:
    for kind in (*RECORDS, *TABLES):
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


@pytest.mark.parametrize("kind", TABULAR)
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


@pytest.mark.parametrize("option", ["--csv", "--sheet"])
@pytest.mark.parametrize("kind", ["site", "disclosure"])
def test_a_table_of_what_no_table_can_hold_is_refused(office: Path, here: Path, kind: str, option: str) -> None:
    assert kind not in TABULAR
    before = tree(office)
    for language, words in (("en", "cannot be kept as a table"), ("zh", "不能用表格填寫")):
        done = mingshi(office, "new", kind, option, "--lang", language)
        assert done.code == 2
        assert words in done.err
    assert tree(office) == before
    assert tree(here) == {}


# --- Spreadsheets


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which somebody stands, outside the project."""
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def sheets(path: Path) -> list[str]:
    """The sheets of a workbook in which nothing is wrong."""
    grids = read_workbook(SourceFile(path, path.name))
    assert grids.problems == ()
    return [grid.sheet for grid in grids.sheets if not grid.hidden]


@pytest.mark.parametrize("kind", TABULAR)
def test_empty_spreadsheets_come_in_both_formats_to_where_one_stands(office: Path, here: Path, kind: str) -> None:
    before, name = tree(office), BY_NAME[kind].folder
    done = mingshi(office, "new", kind, "--sheet", "--lang", "en")
    assert done == Ran(0, f"Wrote {name}.ods\nWrote {name}.xlsx\n", "")
    assert sorted(tree(here)) == [f"{name}.ods", f"{name}.xlsx"]
    assert sheets(here / f"{name}.ods") == sheets(here / f"{name}.xlsx")
    assert len(sheets(here / f"{name}.ods")) == 2 + len(BY_NAME[kind].sheets)  # with the help
    assert tree(office) == before


def test_empty_spreadsheets_speak_the_language_of_who_asks(office: Path, here: Path) -> None:
    for language, wanted in (("zh", "申辦項目"), ("en", "Services")):
        assert mingshi(office, "new", "service", "--sheet", "--lang", language).code == 0
        assert sheets(here / "services.ods")[0] == wanted
        for path in here.iterdir():
            path.unlink()


@pytest.mark.parametrize("suffix", ["ods", "xlsx"])
@pytest.mark.parametrize("kind", ["service", "plan", "statistic", "faq"])
def test_an_empty_spreadsheet_put_into_data_tells_of_its_example(
    office: Path, here: Path, kind: str, suffix: str
) -> None:
    name = BY_NAME[kind].folder
    assert mingshi(office, "new", kind, "--sheet").code == 0
    shutil.move(here / f"{name}.{suffix}", office / f"data/{name}/new.{suffix}")
    done = mingshi(office, "validate", "--format", "json")
    [problem] = told(done)["problems"]
    assert done.code == 1
    assert (problem["code"], problem["cell"]) == ("example-row", "A2")


@pytest.mark.parametrize("suffix", ["ods", "xlsx"])
def test_an_empty_spreadsheet_is_not_overwritten(office: Path, here: Path, suffix: str) -> None:
    mine = write(here / f"faqs.{suffix}", "ours")
    for language, words in (("en", "exists already"), ("zh", "已經存在")):
        if suffix == "xlsx":
            (here / "faqs.ods").unlink(missing_ok=True)
        done = mingshi(office, "new", "faq", "--sheet", "--lang", language)
        assert done.code == 2
        assert f"faqs.{suffix} " in done.err
        assert words in done.err
    assert mine.read_text("utf-8") == "ours"


def test_empty_spreadsheets_need_no_site_yet(empty: Path, here: Path) -> None:
    shutil.rmtree(empty / "data")
    assert mingshi(empty, "new", "service", "--sheet").code == 0
    assert len(sheets(here / "services.xlsx")) == 5


@pytest.mark.parametrize("kind", TABULAR)
def test_what_there_is_is_exported(office: Path, here: Path, kind: str) -> None:
    before, name = tree(office), BY_NAME[kind].folder
    done = mingshi(office, "sheet", "export", kind, "--lang", "en")
    assert done == Ran(0, f"Wrote {name}.ods\n", "")
    assert list(tree(here)) == [f"{name}.ods"]
    assert len(sheets(here / f"{name}.ods")) == 2 + len(BY_NAME[kind].sheets)
    assert tree(office) == before


@pytest.mark.parametrize("name", ["x.xlsx", "x.ods", "X.XLSX", "below/deeper/x.ods"])
def test_an_export_goes_where_it_is_told_to(office: Path, here: Path, name: str) -> None:
    done = mingshi(office, "sheet", "export", "faq", "--output", name, "--lang", "en")
    assert done == Ran(0, f"Wrote {name}\n", "")
    assert list(tree(here)) == [name]
    assert "Questions" in sheets(here / name)


@pytest.mark.parametrize("suffix", ["ods", "xlsx"])
@pytest.mark.parametrize("kind", ["service", "sop", "plan", "faq", "unit", "synonym"])
def test_an_export_put_back_into_data_is_the_same_office(office: Path, here: Path, kind: str, suffix: str) -> None:
    before, folder = load(office / "data").catalogue, office / "data" / BY_NAME[kind].folder
    assert mingshi(office, "sheet", "export", kind, "--output", f"all.{suffix}", "--lang", "zh").code == 0
    for path in folder.glob("*.*"):
        path.unlink()
    shutil.move(here / f"all.{suffix}", folder)
    done = mingshi(office, "validate", "--lang", "en")
    assert done == Ran(0, "No problems.\n", "")
    after = load(office / "data").catalogue
    assert before is not None
    assert after is not None
    assert {ref: entry.record for ref, entry in after.entries.items()} == {
        ref: entry.record for ref, entry in before.entries.items()
    }
    assert [own.row for own in after.rows.get(kind, ())] == [own.row for own in before.rows.get(kind, ())]


@pytest.mark.parametrize("name", ["faqs.csv", "faqs", "faqs.xls", "faqs.ods.pdf", ".ods"])
def test_an_export_has_one_of_two_formats(office: Path, here: Path, name: str) -> None:
    for language, words in (("en", "is no name of an .ods or .xlsx file"), ("zh", "不是 .ods 或 .xlsx 檔名")):
        done = mingshi(office, "sheet", "export", "faq", "--output", name, "--lang", language)
        assert done.code == 2
        assert words in done.err
    assert tree(here) == {}


@pytest.mark.parametrize("arguments", [[], ["--output", "faqs.ods"]], ids=["default", "named"])
def test_an_export_overwrites_nothing(office: Path, here: Path, arguments: list[str]) -> None:
    mine = write(here / "faqs.ods", "ours")
    for language, words in (("en", "exists already"), ("zh", "已經存在")):
        done = mingshi(office, "sheet", "export", "faq", *arguments, "--lang", language)
        assert (done.code, done.out) == (2, "")
        assert words in done.err
    assert mine.read_text("utf-8") == "ours"


def test_an_export_that_cannot_be_written_is_misuse(office: Path, here: Path) -> None:
    write(here / "file", "ours")
    for language, words in (("en", "cannot be written"), ("zh", "寫不出")):
        done = mingshi(office, "sheet", "export", "faq", "--output", "file/x.ods", "--lang", language)
        assert (done.code, done.out) == (2, "")
        assert words in done.err
    assert list(tree(here)) == ["file"]


def test_nothing_is_exported_of_faulty_data(faulty: Path, here: Path) -> None:
    done = mingshi(faulty, "sheet", "export", "faq", "--lang", "en")
    assert (done.code, done.out) == (1, "")
    assert f"{SERVICE}:" in done.err
    assert "[unknown-key]" in done.err
    assert tree(here) == {}


def test_what_is_only_a_warning_does_not_keep_from_exporting(office: Path, here: Path) -> None:
    record = office / "data/faqs/quit-myself.yml"
    text = re.sub(r"^category:.*\n(?:  .*\n)*", "", record.read_text("utf-8"), flags=re.MULTILINE)
    write(record, text + "category: {service: I99}\n")
    done = mingshi(office, "sheet", "export", "faq", "--lang", "en")
    assert (done.code, done.out) == (0, "Wrote faqs.ods\n")
    assert list(tree(here)) == ["faqs.ods"]


def test_an_export_of_a_kind_without_records_has_its_headings(empty: Path, here: Path) -> None:
    write(empty / "data/agencies/labor-bureau.yml", (SMALL / "data/agencies/labor-bureau.yml").read_text("utf-8"))
    assert codes(empty) == set()
    assert mingshi(empty, "sheet", "export", "faq").code == 0
    [grid, _] = [grid for grid in read_workbook(SourceFile(here / "faqs.ods", "x")).sheets if not grid.hidden]
    assert [row.number for row in grid.rows] == [1]


# --- The day of a build


NOTICE = """\
title: {zh: 停止上班, en: Closed}
unit: general-affairs
text: {zh: 停止上班。, en: Closed.}
valid: VALID
published: 2031-02-01
"""


def test_a_build_is_made_for_the_day_that_is_named_and_told_in_the_readers_language(tmp_path: Path) -> None:
    """One notice ends on the day before the other begins."""
    root = small_project(tmp_path / "office")
    write(root / "data/notices/ends.yml", NOTICE.replace("VALID", "{from: 2031-02-02, until: 2031-02-03}"))
    write(root / "data/notices/begins.yml", NOTICE.replace("VALID", "{from: 2031-02-04, until: 2031-02-05}"))
    english = run(root, "mingshi", "build", "--lang", "en", "--today", "2031-02-03")
    assert english.code == 0, english.said
    assert english.out.startswith("Site built: ")
    assert str(root / "site" / "index.html") in english.out
    assert not HAN.search(english.out)
    assert _listed(root) == {"ends"}
    chinese = run(root, "mingshi", "build", "--today", "2031-02-04", more={"LC_ALL": "zh_TW.UTF-8"})
    assert chinese.code == 0, chinese.said
    assert chinese.out.startswith("網站建置完成：")
    assert _listed(root) == {"begins"}
    assert all((root / f"site/notices/{name}/index.html").is_file() for name in ("ends", "begins"))


def _listed(root: Path) -> set[str]:
    html = (root / "site/notices/index.html").read_text("utf-8")
    return {name for name in ("ends", "begins") if f"notices/{name}/" in html}


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


# --- search


def test_a_question_is_answered_in_the_terminal(office: Path) -> None:
    ran = mingshi(office, "search", "我被资遣了可以領什麼")
    assert ran.code == 0
    first, *_ = [line for line in ran.out.splitlines() if line.startswith(" 1 ")]
    assert "faq:laid-off-what-can-i-claim" in first
    assert "非自願離職" in ran.out, "what was searched for too"


def test_an_answer_is_explained_by_words_fields_and_weights(office: Path) -> None:
    ran = mingshi(office, "search", "失業給付", "--explain")
    lines = ran.out.splitlines()
    at = next(index for index, line in enumerate(lines) if line.startswith(" 1 "))
    assert "service:unemployment-benefit" in lines[at]
    assert re.search(r"\d+\.\d +失業給付 +\(title", lines[at + 1])


def test_the_language_of_the_pages_is_that_of_the_question_or_as_told(office: Path) -> None:
    assert "Apply for unemployment benefit" in mingshi(office, "search", "unemployment benefit").out
    chinese, _, english = mingshi(office, "search", "unemployment benefit", "--lang", "zh").out.partition("English")
    assert "失業給付申請" in chinese
    assert "Apply for unemployment benefit" not in chinese
    assert "Apply for unemployment benefit" in english, "which answers better"


def test_what_nothing_answers_is_said_to_be_close_at_best(office: Path) -> None:
    assert "最接近" in mingshi(office, "search", "哪裡買得到高鐵車票", "--lang", "zh").out
    assert "Nothing found." in mingshi(office, "search", "zzzz", "--lang", "en").out


def test_a_list_of_questions_is_scored(office: Path, tmp_path: Path) -> None:
    rows = "id,language,kind,query,answers,note,half\n1,zh,title,失業給付,service:unemployment-benefit,,a\n"
    ran = mingshi(office, "search", "--test", str(write(tmp_path / "q.csv", rows + "2,en,odd,zzzz,faq:no,,b\n")))
    assert ran.code == 0
    assert re.search(r"^title +1 +1\.000 +1\.000 +1\.000 +0\.000$", ran.out, re.MULTILINE)
    assert re.search(r"^\* +2 +0\.500 +0\.500 +0\.500 +0\.500$", ran.out, re.MULTILINE)
    assert "- 2 zzzz: -" in ran.out


def test_a_list_that_is_none_is_misuse(office: Path, tmp_path: Path) -> None:
    wrong = mingshi(office, "search", "--test", str(write(tmp_path / "q.csv", "id,query\n")), "--lang", "en")
    assert (wrong.code, wrong.err) == (2, f"{tmp_path}/q.csv lacks these columns: language, kind, answers\n")
    assert mingshi(office, "search", "--test", str(tmp_path / "none.csv")).code == 2
    assert mingshi(office, "search").code == 2
