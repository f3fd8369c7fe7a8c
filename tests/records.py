"""Hypothesis strategies: any valid record of any kind, made from the models themselves."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal, get_args, get_origin

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from full import ALTERNATIVES, full
from mingshi.kinds.sop import Sop
from mingshi.kinds.workday import WEEKDAYS
from mingshi.schema.reading import Reads
from mingshi.schema.record import Kind, Model
from mingshi.schema.shape import Shape, shape_of
from mingshi.schema.types import SpanText, To

# Everything an author can type, the characters that YAML and tables find special above all.
TYPED = st.sampled_from("甲乙丙申請abcXYZ019 -:#'\"[]{}!&*?|>%@`,。，、；;（）😀\\~=<") | st.characters(
    categories=["L", "N"]
)
LINES = st.text(TYPED, min_size=1, max_size=30).map(str.strip).filter(bool)
BLOCKS = st.lists(LINES, min_size=1, max_size=3).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n", "\n  "]).map(lambda between: between.join(lines))
)
SLUGS = st.from_regex(r"[a-z][a-z0-9]{0,8}(?:-[a-z0-9]{1,5}){0,2}", fullmatch=True)
DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))
SCALARS: dict[str, SearchStrategy[Any]] = {
    "text": LINES,
    "slug": SLUGS,
    "date": DAYS.map(date.isoformat),
    "roc-year": st.integers(10, 999).map(str),
    "url": st.sampled_from(
        ["https://a.demo.example/", "http://demo.example/x?y=1&z=%20#k", "https://law.moj.gov.tw:443/a"]
    ),
    "phone": st.sampled_from(["(02)0000-1234", "04-00001234 分機 21", "1999", "0800-000-123", "(037)000-123 ext. 4"]),
    "email": st.sampled_from(["a@demo.example", "first.last+tag@x-y.demo.example"]),
    "interval": st.sampled_from(["1 month", "6 months", "2 years", "6個月", "1年"]),
    "quarter": st.sampled_from(["2026-Q1", "2030-Q4"]),
    "quantity": st.sampled_from(["1", "10,000", "2.5", "80%", "100%", "0"]),
    "percentage": st.sampled_from(["0%", "33.3%", "100%"]),
    "theme-code": st.just("610"),
    "cake-code": st.just("C21"),
    "service-code": st.just("A50"),
    "download": st.sampled_from(["files/a.odt", "表單.pdf"]),
    "span": st.sampled_from(["2026", "2025", "2026-Q3", "2025-Q4", "2026-09", "2025-12"]),
    "condition": st.sampled_from(["faqs.published >= 150", "services.on_time >= 97.5%", "a.b == c_d.e_f"]),
    "site-path": st.sampled_from(["services/jobless-claim/", "old.html", "~a/b%20c/d_e", "..a/b.."]),
    "hours": st.just("08:30-12:30"),
    "colour": st.just("#12252e"),
    "compact-date": DAYS.map(lambda day: day.strftime("%Y%m%d")) | DAYS.map(date.isoformat),
}


def records(kind: Kind) -> SearchStrategy[dict[str, Any]]:
    """Plain values of a valid record; what fields demand of each other comes from the full example."""
    return _model(kind.model).map(lambda values: _consistent(kind, values))


def _model(model: type[Model]) -> SearchStrategy[dict[str, Any]]:
    shapes = shape_of(model).fields or {}
    required: dict[str, SearchStrategy[Any]] = {}
    optional: dict[str, SearchStrategy[Any]] = {}
    for name, info in model.model_fields.items():
        key = info.alias or name
        if key not in ALTERNATIVES:
            own = _value(shapes[key], info.annotation, list(info.metadata))
            (required if info.is_required() else optional)[key] = own
    return st.fixed_dictionaries(required, optional=optional)


def _value(shape: Shape, annotation: Any, marks: list[Any]) -> SearchStrategy[Any]:
    if shape.model is not None:
        return _model(shape.model)
    if shape.item is not None:
        (inner, *_) = get_args(bare(annotation)[0])
        least = max([getattr(mark, "min_length", 0) or 0 for mark in marks], default=0)
        return st.lists(_value(shape.item, *bare(inner)), min_size=least, max_size=3)
    if shape.text:
        texts = BLOCKS if shape.prose else LINES | BLOCKS
        return texts | st.fixed_dictionaries({"zh": texts, "en": texts})
    if shape.words:
        words = st.lists(LINES, min_size=1, max_size=3)
        return words | st.fixed_dictionaries({"zh": words}, optional={"en": words})
    if get_origin(bare(annotation)[0]) is Mapping:
        return st.dictionaries(SLUGS, _model(get_args(bare(annotation)[0])[1]), max_size=2)
    return _scalar(annotation, marks)


def _scalar(annotation: Any, marks: list[Any]) -> SearchStrategy[Any]:
    own, more = bare(annotation)
    for mark in (*marks, *more):
        if isinstance(mark, Reads):
            return SCALARS[mark.expected]
        if isinstance(mark, To):
            whole = st.tuples(st.sampled_from(mark.kinds), SLUGS).map(":".join)
            return whole if len(mark.kinds) > 1 else whole | SLUGS
    if get_origin(own) is Literal:
        return st.sampled_from(get_args(own))
    if own is bool:
        return st.booleans()
    assert own is int
    return st.integers(1, 99)


def bare(annotation: Any) -> tuple[Any, list[Any]]:
    """An annotation without Optional and Annotated, and the marks it carried."""
    marks: list[Any] = []
    while True:
        if hasattr(annotation, "__metadata__"):
            marks += annotation.__metadata__
            annotation = annotation.__origin__
        elif type(None) in get_args(annotation):
            annotation = next(arg for arg in get_args(annotation) if arg is not type(None))
        else:
            return annotation, marks


def _consistent(kind: Kind, values: dict[str, Any]) -> dict[str, Any]:
    example = full(kind)
    given = ("published", "reviewed", "updated", "valid", "period", "limit", "extension", "channels", "dimensions")
    for key in (*given, "brand", "office_hours"):
        if key in values and key in example:
            values[key] = example[key]
    if kind.model is Sop or kind.name == "site":
        values |= {key: example[key] for key in ("steps", "languages") if key in example}
    if kind.name in _MENDING:
        _MENDING[kind.name](values)
    return values


def _document(values: dict[str, Any]) -> None:
    if not values.get("files"):
        values.setdefault("url", "https://demo.example/")


def _disclosure(values: dict[str, Any]) -> None:
    if not values.get("entries"):
        values.pop("entries", None)
        values |= {"status": "nil", "reason": "沒有", "checked": "2026-10-01"}
        return
    values["status"] = "disclosed"
    for entry in values["entries"]:
        if not ("record" in entry or "withheld" in entry):
            _document(entry)


def _statistic(values: dict[str, Any]) -> None:
    step = SpanText(values["points"][0]["period"]).step
    points = {point["period"]: point for point in values["points"] if SpanText(point["period"]).step == step}
    values["points"] = list(points.values())


def _dataset(values: dict[str, Any]) -> None:
    if "coverage" in values:
        values["coverage"] = {"from": "2025-01-01", "until": "2026-09-30"}
    values["fields"] = list({field["name"]: field for field in values["fields"]}.values())


def _commitment(values: dict[str, Any]) -> None:
    if not values["source"].keys() & {"plan", "law"}:
        values["source"]["plan"] = "service-plan-115"
    if "plan" not in values["source"]:
        values["source"].pop("measure", None)


def _code(values: dict[str, Any]) -> None:
    values["code"] = {"theme": "610", "cake": "C21", "service": "A50"}[values["scheme"]]
    if "parent" in values:
        values["parent"] = values["code"]


def _workday(values: dict[str, Any]) -> None:
    if "weekday" in values:
        values["weekday"] = f"星期{WEEKDAYS[date.fromisoformat(values['date']).weekday()]}"


_MENDING: Mapping[str, Callable[[dict[str, Any]], None]] = {
    "document": _document,
    "disclosure": _disclosure,
    "statistic": _statistic,
    "dataset": _dataset,
    "commitment": _commitment,
    "code": _code,
    "workday": _workday,
}
"""Kinds whose fields demand something of each other."""
