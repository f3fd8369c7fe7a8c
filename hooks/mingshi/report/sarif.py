"""Problems as SARIF 2.1, which code hosts and editors show at the line. Knows nothing of SARIF 2.0."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from mingshi import __version__
from mingshi.problems import Level, Mark, Problem, Spot
from mingshi.report.inspections import Told
from mingshi.rules.texts import TEXTS

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Mapping[Level, str] = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTICE: "note"}
_RELATED = 10


def as_sarif(told: Told, language: str) -> str:
    shown = [(own, "new") for own in told.problems] + [(own, "unchanged") for own in told.known]
    codes = sorted({own.code for own, _ in shown} | set(TEXTS))
    places = {code: number for number, code in enumerate(codes)}
    results = [_result(own, state if told.known else "", places, language) for own, state in shown]
    excepted = [
        _result(own, "", places, language) | {"suppressions": [{"kind": "external", "status": "accepted"}]}
        for own in told.inspected.excepted
    ]
    run = {
        "tool": {
            "driver": {
                "name": "Mingshi",
                "semanticVersion": __version__,
                "rules": [_rule(code, language, (own for own, _ in shown)) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not told.inspected.partial}],
        "results": results + excepted,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(code: str, language: str, problems: Iterable[Problem]) -> dict[str, Any]:
    own = TEXTS.get(code)
    if own is None:
        first = next(problem for problem in problems if problem.code == code)
        return {"id": code, "defaultConfiguration": {"level": _LEVELS[first.level]}}
    return {
        "id": code,
        "shortDescription": {"text": own.name[language]},
        "defaultConfiguration": {"level": _LEVELS[own.level]},
        "properties": {"tags": [own.strength, *own.basis]},
    }


def _result(problem: Problem, state: str, places: Mapping[str, int], language: str) -> dict[str, Any]:
    seal = hashlib.sha256(f"{problem.code}\0{problem.subject or problem.found}\0{problem.mark.file}".encode())
    result = {
        "ruleId": problem.code,
        "ruleIndex": places[problem.code],
        "level": _LEVELS[problem.level],
        "message": {"text": f"{problem.message[language]} {problem.hint[language]}"},
        "locations": [_location(problem.mark)],
        "relatedLocations": [_at(spot) for spot in problem.spots[:_RELATED]],
        "partialFingerprints": {"mingshi/v1": seal.hexdigest()},
        "properties": {"pages": problem.pages},
    }
    return result | ({"baselineState": state} if state else {})


def _location(mark: Mark) -> dict[str, Any]:
    return _physical(mark.file, mark.line, mark.column)


def _at(spot: Spot) -> dict[str, Any]:
    return _physical(spot.page, spot.line, spot.column) | {"message": {"text": spot.url or spot.page}}


def _physical(file: str, line: int, column: int) -> dict[str, Any]:
    place = {"artifactLocation": {"uri": quote(file)}, "region": {"startLine": line, "startColumn": column}}
    return {"physicalLocation": place}
