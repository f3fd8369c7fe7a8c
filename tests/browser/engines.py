"""Engines, each a script that is put into the page, what they find, and what is excused, with reasons."""

import json
import subprocess
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

NPM = Path(__file__).with_name("npm")
EXCEPTIONS = Path(__file__).with_name("exceptions.toml")


@dataclass(frozen=True)
class Finding:
    engine: str
    rule: str
    where: str
    what: str

    @property
    def of_contrast(self) -> bool:
        """In forced colours an engine reads the author's text colour over the reader's ground, which nobody sees."""
        return self.rule in ("color-contrast", "text_contrast_sufficient") or "1_4_3" in self.rule

    def __str__(self) -> str:
        return f"{self.engine} {self.rule}: {self.what} — {self.where}"


@dataclass(frozen=True)
class Verdict:
    """What an engine calls wrong, and how often it leaves the answer to a person."""

    findings: list[Finding]
    open: int


@dataclass(frozen=True)
class Excuse:
    """A finding that stands for a while: by engine, rule and a part of where, with a reason and a last day."""

    engine: str
    rule: str
    where: str
    reason: str
    until: date

    @property
    def counted(self) -> str:
        return f"excused: {self.engine} {self.rule} at {self.where}"

    def covers(self, finding: Finding) -> bool:
        return (self.engine, self.rule) == (finding.engine, finding.rule) and self.where in finding.where


def exceptions() -> list[Excuse]:
    return [Excuse(**own) for own in tomllib.loads(EXCEPTIONS.read_text("utf-8")).get("exception", [])]


def excused(finding: Finding) -> bool:
    return any(own.covers(finding) for own in exceptions())


def axe(page: Page) -> Verdict:
    found = _run(page, "axe-core/axe.min.js", "axe.run(document, { resultTypes: ['violations', 'incomplete'] })")
    wrong = [
        Finding("axe", rule["id"], node["html"][:120], rule["help"])
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
    return Verdict(wrong, sum(len(rule["nodes"]) for rule in found["incomplete"]))


def ibm(page: Page) -> Verdict:
    found = _run(page, "accessibility-checker-engine/ace.js", _IBM)
    wrong = [Finding("ibm", own["rule"], own["where"], own["what"]) for own in found if own["fails"]]
    return Verdict(wrong, len(found) - len(wrong))


_IBM = """new ace.Checker().check(document, ['IBM_Accessibility', 'WCAG_2_2']).then(report => report.results
    .filter(own => own.value[0] === 'VIOLATION' && own.value[1] !== 'PASS')
    .map(own => ({ fails: own.value[1] === 'FAIL', rule: own.ruleId, where: own.snippet, what: own.message })))"""


def htmlcs(page: Page) -> Verdict:
    found = _run(page, "html_codesniffer/build/HTMLCS.js", _HTMLCS)
    wrong = [Finding("htmlcs", own["rule"], own["where"], own["what"]) for own in found if own["type"] == 1]
    return Verdict(wrong, sum(own["type"] == 2 for own in found))


_HTMLCS = """new Promise(done => HTMLCS.process('WCAG2AA', document, () => done(HTMLCS.getMessages().map(own => ({
    type: own.type, rule: own.code, what: own.msg, where: (own.element.outerHTML || '').slice(0, 120) })))))"""

ENGINES: dict[str, Callable[[Page], Verdict]] = {"axe": axe, "ibm": ibm, "htmlcs": htmlcs}


def _run(page: Page, script: str, question: str) -> Any:
    page.evaluate((NPM / "node_modules" / script).read_text("utf-8"))
    return page.evaluate(question)


def html_validate(files: Iterable[Path]) -> list[Finding]:
    """The rules of the HTML standard, of documents and of accessibility, over files as they lie."""
    done = subprocess.run(
        [NPM / "node_modules/.bin/html-validate", "--config", NPM / "htmlvalidate.json", "--formatter", "json", *files],
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode in (0, 1), done.stderr
    return [
        Finding("html-validate", own["ruleId"], f"{file['filePath']}:{own['line']}", own["message"])
        for file in json.loads(done.stdout)
        for own in file["messages"]
    ]
