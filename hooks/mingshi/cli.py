"""The command line: arguments in, exit code out (0 good, 1 problems, 2 misuse). Holds no logic.

What one verb needs is imported by that verb: nobody waits for the rules of `check` to see a site built.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from mingshi import __version__, project, report

if TYPE_CHECKING:
    from mingshi import search as engine

_TEXTS = {
    "zh": {
        "built": "網站建置完成：{pages}頁，{size}，{seconds:.1f}秒（{changed}個檔案有更動）",
        "open": "打開這個檔案看結果：{path}",
        "serve": "或執行 make serve，再打開 http://127.0.0.1:8000/",
        "kept": "網站沒有更動，維持上一次的內容。",
        "fine": "沒有問題。",
        "bug": "這是 Mingshi 的錯誤，不是您的資料有問題。請把以下訊息回報給維護者：",
        "no project": "這裡不是 Mingshi 專案：找不到 {path}。請切換到專案資料夾，或用 --root 指定。",
        "exists": "{path} 已經存在，沒有覆蓋。",
        "bad id": "「{id}」不能當代號：要用小寫英文、數字與連字號，以英文字母開頭。",
        "no table": "{kind} 不能用表格填寫，請用 YAML。",
        "no sheet": "{path} 不是 .ods 或 .xlsx 檔名。",
        "unwritten": "寫不出 {path}：{why}",
        "written": "已建立 {path}",
        "no hit": "沒有找到。",
        "close": "沒有完全符合的內容，最接近的是：",
        "also": "也搜尋：{words}",
        "other": "{name}網頁有更符合的結果：",
        "no list": "{path} 缺少這些欄位：{why}",
        "unread": "讀不到 {path}：{why}",
        "false": "站上沒有答案的{n}題，有{share:.0%}列出結果而沒有說明不完全符合。",
        "stale": "編輯器用的結構檔已過期：{path}。請執行 mingshi schema。",
    },
    "en": {
        "built": "Site built: {pages} pages, {size}, {seconds:.1f} s ({changed} files changed)",
        "open": "Open this file to see it: {path}",
        "serve": "or run “make serve” and open http://127.0.0.1:8000/",
        "kept": "The site was not touched; the last good one stays.",
        "fine": "No problems.",
        "bug": "This is a fault of Mingshi, not of your data. Please report the lines below:",
        "no project": "This is no Mingshi project: {path} is missing. Change to its folder, or name it with --root.",
        "exists": "{path} exists already and was not overwritten.",
        "bad id": "“{id}” cannot be an id: use lower-case letters, digits and hyphens, starting with a letter.",
        "no table": "{kind} cannot be kept as a table; use YAML.",
        "no sheet": "{path} is no name of an .ods or .xlsx file.",
        "unwritten": "{path} cannot be written: {why}",
        "written": "Wrote {path}",
        "no hit": "Nothing found.",
        "close": "Nothing matches well; these come closest:",
        "also": "Also searched for: {words}",
        "other": "Better matches in {name}:",
        "no list": "{path} lacks these columns: {why}",
        "unread": "{path} cannot be read: {why}",
        "false": "Of {n} questions that the site does not answer, {share:.0%} got results that were not called close.",
        "stale": "The editor's schema is out of date: {path}. Run “mingshi schema”.",
    },
}


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What every verb takes."""
    for option in (
        click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of messages; the locale's if left out."),
        click.option("--root", type=click.Path(path_type=Path), default=Path(), help="The project folder."),
    ):
        command = option(command)
    return command


_format = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)


class _Verbs(click.Group):
    """The verbs of this file, and `check`, which comes when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), "check"])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name == "check":
            from mingshi.cli_check import check

            return check
        return super().get_command(ctx, cmd_name)


class _KindName(click.ParamType):  # type: ignore[type-arg]  # older ones of click take no argument
    """The name of a kind, or of one that a table can hold: a choice whose names are read when somebody asks for one."""

    name = "kind"

    def __init__(self, tabular: bool = False) -> None:
        self.tabular = tabular

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return self._choice().convert(value, param, ctx)

    def get_metavar(self, *args: Any, **kwargs: Any) -> Any:
        return self._choice().get_metavar(*args, **kwargs)

    def get_missing_message(self, *args: Any, **kwargs: Any) -> Any:
        return self._choice().get_missing_message(*args, **kwargs)

    def _choice(self) -> Any:
        from mingshi.kinds import KINDS

        return click.Choice([kind.name for kind in KINDS if kind.tabular or not self.tabular])


@click.group(cls=_Verbs)
@click.version_option(__version__, prog_name="mingshi")
def cli() -> None:
    """Mingshi (明示) compiles an office's records into a bilingual public site."""


@cli.command()
@_options
@_format
@click.option("--offline", is_flag=True, help="A folder that works from a disk or a USB stick, without a server.")
@click.option("--output", type=click.Path(path_type=Path), help="Where the site goes: site, or site-offline.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Build as if it were this day.")
def build(root: Path, lang: str | None, form: str, offline: bool, output: Path | None, today: datetime | None) -> None:
    """Build the site. The last good one stays until the new one is whole."""
    place, language = _project(root, lang)
    site = (Path.cwd() / output if output else place.root / ("site-offline" if offline else "site")).absolute()
    outcome = project.build(place, site, offline, today.date() if today else None)
    made = outcome.switched
    if form == "json":
        facts = {
            "pages": made.pages if made else 0,
            "bytes": made.size if made else 0,
            "changed": made.changed if made else 0,
        }
        click.echo(report.as_json(outcome.problems, site=str(site), seconds=round(outcome.seconds, 2), **facts))
    else:
        _print_problems(outcome, language)
        if any(found.code == "mkdocs-failed" for found in outcome.problems):
            click.echo(outcome.log, err=True)
        if made:
            size = _size(made.size)
            _say(language, "built", pages=made.pages, size=size, seconds=outcome.seconds, changed=made.changed)
            click.echo(report.totals(outcome.problems, language))
            _say(language, "open", path=site / "index.html")
            _say(language, "serve")
        else:
            _say(language, "kept")
    sys.exit(0 if outcome.good else 1)


@cli.command()
@_options
@_format
def validate(root: Path, lang: str | None, form: str) -> None:
    """Check data and pages without building."""
    place, language = _project(root, lang)
    outcome = project.validate(place)
    if form == "json":
        click.echo(report.as_json(outcome.problems))
    else:
        _print_problems(outcome, language)
        _say(language, "fine") if not outcome.problems else click.echo(report.totals(outcome.problems, language))
    sys.exit(0 if outcome.good else 1)


@cli.command()
@_options
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where the preview listens.")
def serve(root: Path, lang: str | None, address: str) -> None:
    """Preview the site; it follows every edit of data and pages."""
    place, _ = _project(root, lang)
    try:
        sys.exit(project.serve(place, address))
    except KeyboardInterrupt:
        sys.exit(0)


@cli.command()
@_options
@click.option("--check", is_flag=True, help="Write nothing; fail where a file is out of date.")
def schema(root: Path, lang: str | None, check: bool) -> None:
    """Write the JSON Schemas by which an editor completes data files."""
    from mingshi.kinds import KINDS
    from mingshi.schema import editor

    place, language = _project(root, lang)
    languages = project.languages_of(place)
    stale = 0
    for name, content in editor.files(KINDS, languages).items():
        path = place.root / name
        if path.exists() and path.read_text("utf-8") == content:
            continue
        stale += 1
        if check:
            _say(language, "stale", path=name)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
        _say(language, "written", path=name)
    sys.exit(1 if check and stale else 0)


@cli.command()
@_options
@click.argument("kind", type=_KindName())
@click.argument("record_id", metavar="[ID]", required=False)
@click.option("--csv", "table", is_flag=True, help="A table with one row a record, instead of one YAML file.")
@click.option("--sheet", is_flag=True, help="Empty spreadsheets (ODS and XLSX) to fill in, in the current folder.")
def new(root: Path, lang: str | None, kind: str, record_id: str | None, table: bool, sheet: bool) -> None:
    """Write a commented first record of a kind, the heading of its table, or its spreadsheets."""
    from mingshi.kinds import BY_NAME
    from mingshi.schema import starter
    from mingshi.schema.types import is_slug

    place, language = _project(root, lang)
    row = BY_NAME[kind]
    if (table or sheet) and not row.tabular:
        _misuse(language, "no table", kind=kind)
    if sheet:
        books = project.empty_sheets(place, row, language)
        for name in books:
            if Path(name).exists():
                _misuse(language, "exists", path=name)
        for name, content in books.items():
            _create(language, Path(name), name, content)
        return
    record_id = record_id or f"new-{kind}"
    if not is_slug(record_id):
        _misuse(language, "bad id", id=record_id)
    name = (
        row.folder if row.single else f"{row.folder}/{row.folder if table else record_id}.{'csv' if table else 'yml'}"
    )
    languages = project.languages_of(place)
    text = starter.heading(row, languages) if table else starter.record(row, record_id, date.today().isoformat())
    _create(language, place.data / name, f"data/{name}", text.encode())


@cli.command()
@_options
@click.argument("question", required=False)
@click.option("--explain", is_flag=True, help="Show what of the question each record answers, in which fields.")
@click.option("--test", "questions", type=click.Path(path_type=Path), help="Score a CSV list of questions instead.")
def search(root: Path, lang: str | None, question: str | None, explain: bool, questions: Path | None) -> None:
    """Search as the site does, in the terminal; --lang also chooses the pages."""
    if not (question or questions):
        raise click.UsageError("QUESTION")
    place, language = _project(root, lang)
    if questions:
        _try(project.finder(place), questions, language)
    elif question:
        _answer(project.finder(place), question, lang, language, explain)


def _answer(finder: project.Finder, question: str, key: str | None, language: str, explain: bool) -> None:
    from mingshi import search as engine

    reader = finder.of(key, question)
    found = engine.search(reader, question)
    if found.understood.hints:
        _say(language, "also", words=", ".join(found.understood.hints))
    if found.close:
        _say(language, "close" if found.hits else "no hit")
    for rank, hit in enumerate(found.hits[:10], 1):
        click.echo(f"{rank:>2}  {_told(reader, hit)}")
        for reason in engine.reasons(finder.catalogue, reader, question, found, hit) if explain else ():
            by = f" = {reason.by}" if reason.by != reason.asked else ""
            click.echo(f"    {reason.score:7.1f}        {reason.asked}{by}  ({', '.join(reason.fields)})")

    for other, theirs in finder.elsewhere(reader, question, found):
        _say(language, "other", name=other.index.language.name)
        for hit in theirs.hits[:3]:
            click.echo(f"    {_told(other, hit)}")


def _told(reader: engine.Reader, hit: engine.Hit) -> str:
    entry = reader.index.entries[hit.record]
    return f"{hit.score:7.1f}  {hit.cover:4.0%}  {entry.ref}  {entry.record.title_text.own(reader.index.language)}"


def _try(finder: project.Finder, path: Path, language: str) -> None:
    from mingshi import search as engine

    try:
        questions = engine.read(path.read_text("utf-8"))
    except (OSError, UnicodeError) as error:
        _misuse(language, "unread", path=path, why=getattr(error, "strerror", None) or "UTF-8")
    except engine.NoListError as error:
        _misuse(language, "no list", path=path, why=error)
    trial = engine.hold(questions, finder.answer)
    click.echo("kind                      n    s@1    s@5    MRR   zero")
    for kind, own in trial.groups.items():
        click.echo(
            f"{kind or '*':<22}{own.questions:>5}{own.at_1:>7.3f}{own.at_5:>7.3f}{own.mrr:>7.3f}{own.zero:>7.3f}"
        )
    if trial.unanswerable:
        _say(language, "false", n=trial.unanswerable, share=trial.false)
    for question, answer in trial.missed:
        click.echo(f"- {question.id} {question.text}: {', '.join(answer.refs[:3]) or '-'}")


@cli.group()
def sheet() -> None:
    """Spreadsheets of what there is."""


@sheet.command("export")
@_options
@click.argument("kind", type=_KindName(tabular=True))
@click.option(
    "--output", type=click.Path(path_type=Path), help="An .ods or .xlsx file; KIND's folder name if left out."
)
def sheet_export(root: Path, lang: str | None, kind: str, output: Path | None) -> None:
    """Write every record of a kind into a spreadsheet, which can be put back into data/."""
    from mingshi.kinds import BY_NAME

    place, language = _project(root, lang)
    path = output or Path(f"{BY_NAME[kind].folder}.ods")
    suffix = path.suffix.removeprefix(".").lower()
    if suffix not in project.sheet_formats():
        _misuse(language, "no sheet", path=path)
    if path.exists():
        _misuse(language, "exists", path=path)
    content, problems = project.sheet_of(place, BY_NAME[kind], language, suffix)
    if not content:
        click.echo(report.text(problems, language), err=True)
        sys.exit(1)
    _create(language, path, str(path), content)


def _create(language: str, path: Path, name: str, content: bytes) -> None:
    if path.exists():
        _misuse(language, "exists", path=name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        _misuse(language, "unwritten", path=name, why=error.strerror)
    _say(language, "written", path=name)


def main() -> None:
    try:
        cli(prog_name="mingshi")
    except Exception:
        # The one place where a surprise is caught: it is ours, and the reader is told so.
        click.echo(_TEXTS[report.author_language()]["bug"], err=True)
        traceback.print_exc()
        sys.exit(70)


def _project(root: Path, lang: str | None) -> tuple[project.Project, str]:
    language = report.author_language(lang)
    config = root / "mkdocs.yml"
    if not config.is_file():
        _misuse(language, "no project", path=config.absolute())
    return project.Project(root.absolute()), language


def _print_problems(outcome: project.Outcome, language: str) -> None:
    if outcome.problems:
        click.echo(report.text(outcome.problems, language), err=True)


def _say(language: str, text: str, **facts: Any) -> None:
    click.echo(_TEXTS[language][text].format(**facts))


def _misuse(language: str, text: str, **facts: Any) -> NoReturn:
    click.echo(_TEXTS[language][text].format(**facts), err=True)
    sys.exit(2)


def _size(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{size / 1024:.0f} KB"
