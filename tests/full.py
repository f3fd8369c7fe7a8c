"""A record of every kind with every field filled, made from the models' own examples."""

import copy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from mingshi.kinds import BY_NAME, KINDS
from mingshi.kinds.disclosure import ITEMS
from mingshi.schema.record import Category, Kind, Model
from mingshi.schema.shape import Shape, shape_of

DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

IDS = {
    "service": "unemployment-benefit",
    "sop": "unemployment-benefit",
    "faq": "quit-myself",
    "form": "unemployment-claim",
    "plan": "service-plan-115",
    "agency": "labor-bureau",
    "unit": "employment-security",
    "notice": "national-day",
    "disclosure": "plans",
    "document": "service-charter",
    "statistic": "claims-in-time",
    "dataset": "cases",
    "commitment": "many-questions",
}
ROW = "row"
"""The file of a reference table that holds the full row alone."""
ALTERNATIVES = {"at_most", "dark"}
"""Fields that exclude another one, so that no record can hold every field; colours of one example suit one scheme."""


def full(kind: Kind) -> dict[str, Any]:
    values = _model(kind.model)
    if kind.name in IDS:
        values["id"] = IDS[kind.name]
    if kind.name == "site":
        keys = [("zh", "zh-Hant-TW", "中文"), ("en", "en", "English")]
        values["languages"] = [{"key": key, "tag": tag, "name": name} for key, tag, name in keys]
    if kind.name == "plan":
        # The measure of the indicator and that of its sub-indicator come from one example.
        values["dimensions"][0]["indicators"][0]["measures"][0]["id"] = "another-measure"
    if kind.name == "code":
        # The code by which the examples of the records are classified.
        values["code"] = _model(Category)[values["scheme"]]
    return values


def path_of(kind: Kind) -> str:
    return kind.folder if kind.name == "site" else f"{kind.folder}/{IDS.get(kind.name, ROW)}.yml"


def write_office(data: Path) -> None:
    """A valid office that holds the full record of every kind, and what those refer to."""
    for kind in KINDS:
        write(data, path_of(kind), full(kind))
    for name, parent in (("units", "secretariat"), ("units", "general-affairs"), ("agencies", "city-government")):
        values = full(BY_NAME["unit" if name == "units" else "agency"])
        write(data, f"{name}/{parent}.yml", {key: values[key] for key in values if key not in ("id", "parent")})
    for item in ITEMS:
        if item != full(BY_NAME["disclosure"])["item"]:
            write(data, f"disclosures/{item}.yml", NIL | {"item": item})
    (data / "calendar/rest.csv").write_text("".join(["date,off\n", *(f"{day},0\n" for day in REST)]), "utf-8")
    for kind in KINDS:
        if "files/unemployment-claim.odt" in str(full(kind)):
            (data / kind.folder / "files").mkdir()
            (data / kind.folder / "files/unemployment-claim.odt").write_bytes(b"PK")


NIL = {
    "title": {"zh": "沒有", "en": "Nothing"},
    "unit": "general-affairs",
    "status": "nil",
    "reason": {"zh": "沒有", "en": "There is none"},
    "checked": "2026-10-01",
    "published": "2026-01-02",
}
"""A disclosure that says that there is nothing; it lacks its item."""
REST = [date(2026, 1, 1) + timedelta(days=number) for number in range(1, 365)]
"""The days of the calendar that its full row leaves out."""


def write(data: Path, name: str, values: object) -> str:
    text = yaml.dump(values, Dumper=DUMPER, allow_unicode=True, sort_keys=False, width=1000)
    path = data / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return text


def _model(model: type[Model]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, shape in (shape_of(model).fields or {}).items():
        if key not in ALTERNATIVES:
            values[key] = _value(model, key, shape)
    return values


def _value(model: type[Model], key: str, shape: Shape) -> Any:
    info = next(info for name, info in model.model_fields.items() if key in (info.alias, name))
    if shape.fields is not None and shape.model is not None:
        return _model(shape.model)
    if shape.item is not None and shape.item.model is not None and key != "steps":
        return [_model(shape.item.model)]
    assert info.examples, f"{model.__name__}.{key} has no example"
    example = copy.deepcopy(info.examples[0])
    return "2026-12-31" if key == "until" else example
