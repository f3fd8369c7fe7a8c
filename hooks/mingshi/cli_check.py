"""`mingshi check`: arguments in, report out, exit code 0 (good), 1 (problems), 2 (misuse, or not everything seen)."""

import inspect
import json
import os
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import click

from mingshi import inspecting, project, report
from mingshi.audits import Asked, NotReadyError
from mingshi.built import NoSiteError
from mingshi.problems import Level, nearest
from mingshi.report import github, inspections, junit, sarif
from mingshi.report.inspections import Told
from mingshi.rules import axe, engine
from mingshi.rules.texts import ALIASES, BY_HAND, EXTERNAL, LEVELS, TEXTS
from mingshi.wording import WORDING

FORMATS = ("text", "json", "sarif", "junit", "github")
STEP_SUMMARY = "GITHUB_STEP_SUMMARY"
PACKAGES = '"axe-playwright-python>=0.1.8,<0.2" "playwright>=1.49,<2"'
"""What the browser check needs beside the rest; the extra `browser` in pyproject.toml."""

_TEXTS = {
    "zh": {
        "no site": "{path} 不是網站：找不到資料夾，或裡面沒有網頁。",
        "no project": "這裡不是 Mingshi 專案：找不到 {path}。"
        "請切換到專案資料夾、用 --root 指定，或用 --site 檢查任何網站資料夾。",
        "no baseline": "{path} 不是先前的檢查報告（mingshi check --format json 的結果）。",
        "no rule": "沒有「{code}」這條規則。{near}",
        "near": "最接近的是「{code}」。",
        "not asked": "「{code}」要加上 {option} 才會檢查。",
        "opened": "\r已打開 {done}/{every} 頁",
        "no packages": "瀏覽器檢查缺少套件（{why}），請執行：{command}",
        "no browser": "沒有可以用的 Chromium 或 Chrome，請先安裝（Debian、Ubuntu：apt-get install chromium）。{why}",
        "unwritten": "寫不出 {path}：{why}",
        "level": "等級：{level}（依據強度：{strength}）",
        "basis": "依據：{basis}",
        "finding": "訊息：{text}",
        "mend": "怎麼改：{text}",
        "person": "要由人判斷：{text}",
    },
    "en": {
        "no site": "{path} is no site: there is no such folder, or it holds no page.",
        "no project": "This is no Mingshi project: {path} is missing. Change to its folder, name it with --root, or "
        "check any folder of HTML with --site.",
        "no baseline": "{path} is no earlier report (made by mingshi check --format json).",
        "no rule": "There is no rule “{code}”.{near}",
        "near": " The nearest is “{code}”.",
        "not asked": "“{code}” is checked with {option} only.",
        "opened": "\rOpened {done} of {every} pages",
        "no packages": "The browser check lacks a package ({why}); install it: {command}",
        "no browser": "No Chromium or Chrome starts here; install it (Debian, Ubuntu: apt-get install chromium) {why}",
        "unwritten": "{path} cannot be written: {why}",
        "level": "Level: {level} (strength of its basis: {strength})",
        "basis": "Basis: {basis}",
        "finding": "Says: {text}",
        "mend": "To mend: {text}",
        "person": "Needs a person: {text}",
    },
}


@click.command()
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of messages; the locale's if left out.")
@click.option("--root", type=click.Path(path_type=Path), default=Path(), help="The project folder.")
@click.option("--site", type=click.Path(path_type=Path), help="Check any folder of HTML instead of our own site.")
@click.option("--base-url", default="", help="Where that folder is served; found out from its pages if left out.")
@click.option("--built", is_flag=True, help="Take our site as it was built last, instead of building it aside.")
@click.option(
    "--only",
    multiple=True,
    metavar="CODE",
    help="Only rules whose code starts so, or that see to a number. May be repeated.",
)
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--output", type=click.Path(path_type=Path), help="Write the report into this file.")
@click.option("--baseline", type=click.Path(path_type=Path), help="An earlier JSON report: fail on what is new only.")
@click.option(
    "--browser",
    is_flag=False,
    flag_value="sets",
    type=click.Choice(["sets", "all"]),
    help="Judge the pages in Chromium by axe-core, too: those that stand for the others (sets), or all.",
)
@click.option("--external", is_flag=True, help="Look at every link that leaves the site, too, and keep the ledger.")
@click.option("--limit", type=click.IntRange(min=1), help="Of those links so many; the longest unseen come first.")
@click.option("--private", is_flag=True, help="Ask machines of the own network for links, too.")
@click.option("--strict", is_flag=True, help="Let warnings fail, too; one failure makes a link that leaves dead.")
@click.option("--no-cache", is_flag=True, help="Read every page anew.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Check as if it were this day.")
@click.option(
    "--explain", metavar="CODE", help="What a rule asks, why, and how to mend it; or the rules that see to a number."
)
def check(lang: str | None, root: Path, explain: str | None, **asked: Any) -> None:
    """Check data and the finished site: links, downloads, metadata, accessibility and more."""
    language = report.author_language(lang)
    if explain:
        _explain(explain, language)
        return
    place, request = _request(root, language, asked)
    baseline = _baseline(asked["baseline"], language)
    try:
        inspected = inspecting.inspect(place, request)
    except NoSiteError:
        _misuse(language, "no site", path=asked["site"] or place.site)
    except NotReadyError as error:
        _misuse(language, f"no {error.what}", why=error.detail, command=f"{sys.executable} -m pip install {PACKAGES}")
    told = inspections.since(inspected, baseline)
    _print(_REPORTS[asked["form"]](told, language), asked["output"], language)
    if asked["form"] == "github":
        _add_step_summary(told, language)
    sys.exit(_exit_code(told, asked["strict"]))


def _request(root: Path, language: str, asked: Mapping[str, Any]) -> tuple[project.Project, inspecting.Request]:
    site: Path | None = asked["site"]
    config = root / "mkdocs.yml"
    if site is None and not config.is_file():
        _misuse(language, "no project", path=config.absolute())
    place = project.Project(root.absolute())
    only = tuple(code for own in asked["only"] for code in ALIASES.get(own.upper(), (own,)))
    for code in only:
        _demand_rule(code, language, asked)
    day = asked["today"]
    return place, inspecting.Request(
        site=site.absolute() if site else None,
        shown=f"{site.as_posix().rstrip('/')}/" if site else "site/",
        base_url=asked["base_url"],
        only=only,
        built=asked["built"],
        # Outside of a project there is no place that is ours to write to.
        cached=config.is_file() and not asked["no_cache"],
        day=day.date() if isinstance(day, datetime) else None,
        audits=_audits(asked, language),
    )


def _audits(asked: Mapping[str, Any], language: str) -> Asked:
    def progress(done: int, every: int) -> None:
        click.echo(_TEXTS[language]["opened"].format(done=done, every=every), err=True, nl=done == every)

    return Asked(
        browser=asked["browser"] or "",
        external=asked["external"],
        private=asked["private"],
        strict=asked["strict"],
        limit=asked["limit"],
        # Only somebody who waits at a terminal wants to see it move.
        progress=progress if sys.stderr.isatty() else None,
    )


def _demand_rule(code: str, language: str, asked: Mapping[str, Any]) -> None:
    """There are rules of this name, and this run asks them: else nothing would be asked, and all pass."""
    known = [own for own in (*LEVELS, *BY_HAND, *WORDING) if own.startswith(code)]
    if not known:
        _no_rule(code, language)
    for option, slow in (("browser", axe.CODES), ("external", EXTERNAL)):
        if not asked[option] and set(known) <= set(slow):
            _misuse(language, "not asked", code=code, option=f"--{option}")


def _exit_code(told: Told, strict: bool) -> int:
    fatal = (Level.ERROR, Level.WARNING) if strict else (Level.ERROR,)
    found = any(own.level in fatal for own in told.problems)
    if told.inspected.partial and (told.inspected.pages or told.inspected.audits):
        return 2
    return 1 if found else 0


def _text(told: Told, language: str) -> str:
    problems = sorted(told.problems, key=lambda own: list(Level).index(own.level), reverse=True)
    return "\n".join(part for part in (report.text(problems, language), inspections.summary(told, language)) if part)


def _json(told: Told, _language: str) -> str:
    return inspections.as_json(told)


def _github(told: Told, language: str) -> str:
    parts = (github.annotations(told.problems, language), inspections.summary(told, language))
    return "\n".join(part for part in parts if part)


_REPORTS: Mapping[str, Callable[[Told, str], str]] = {
    "text": _text,
    "json": _json,
    "sarif": sarif.as_sarif,
    "junit": junit.as_junit,
    "github": _github,
}


def _print(text: str, output: Path | None, language: str) -> None:
    # A file name that is no text would end the whole report.
    sound = text.encode("utf-8", "backslashreplace")
    if output is None:
        click.echo(sound.decode())
        return
    try:
        output.write_bytes(sound + b"\n")
    except OSError as error:
        _misuse(language, "unwritten", path=output, why=error.strerror)


def _add_step_summary(told: Told, language: str) -> None:
    path = os.environ.get(STEP_SUMMARY)
    if path:
        try:
            with Path(path).open("a", encoding="utf-8") as opened:
                opened.write(github.step_summary(told, language))
        except OSError as error:
            _misuse(language, "unwritten", path=path, why=error.strerror)


def _baseline(path: Path | None, language: str) -> Mapping[str, Any] | None:
    if path is None:
        return None
    try:
        values = json.loads(path.read_text("utf-8"))
        inspections.identities(values)
    except (OSError, ValueError, KeyError, TypeError):
        _misuse(language, "no baseline", path=path)
    assert isinstance(values, dict)
    return values


def _explain(code: str, language: str) -> None:
    if code.upper() in ALIASES:
        _say(*(f"{own}: {_name(own, language)}" for own in ALIASES[code.upper()]))
        return
    if code not in TEXTS and code not in BY_HAND and code not in WORDING:
        _no_rule(code, language)
    words = _TEXTS[language]
    if code in BY_HAND:
        own = BY_HAND[code]
        _say(f"{code}: {own.name[language]}", words["basis"].format(basis="; ".join(own.basis)))
        _say(words["person"].format(text=own.reason[language]))
    if code in TEXTS:
        _explain_rule(code, language)
    if code in WORDING:
        problem = WORDING[code]
        _say(f"{code}: {problem.message[language]}", words["mend"].format(text=problem.hint[language]))


def _name(code: str, language: str) -> str:
    rule = TEXTS.get(code) or BY_HAND.get(code)
    return rule.name[language] if rule else WORDING[code].message[language]


def _explain_rule(code: str, language: str) -> None:
    words, texts, module = _TEXTS[language], TEXTS[code], engine.manual(code)
    _say(
        f"{code}: {texts.name[language]}",
        words["level"].format(level=texts.level.value, strength=texts.strength),
        words["basis"].format(basis="; ".join(texts.basis)),
        words["finding"].format(text=texts.message[language]),
        words["mend"].format(text=texts.hint[language].replace("{maybe}", "")),
        "",
        inspect.getdoc(module) or "",
        "",
    )


def _say(*lines: str) -> None:
    click.echo("\n".join(lines))


def _no_rule(code: str, language: str) -> NoReturn:
    near = nearest(code, (*LEVELS, *BY_HAND))
    _misuse(language, "no rule", code=code, near=_TEXTS[language]["near"].format(code=near) if near else "")


def _misuse(language: str, text: str, **facts: Any) -> NoReturn:
    click.echo(_TEXTS[language][text].format(**facts), err=True)
    sys.exit(2)
