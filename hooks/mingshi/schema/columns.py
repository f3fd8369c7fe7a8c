"""The columns of a kind's sheets: their paths, their headings and what may stand in them. Reads no file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from pydantic.fields import FieldInfo

from mingshi.languages import Language, Languages, interface_words
from mingshi.problems import At
from mingshi.schema.record import HEADINGS, Kind, Model, Record, Row, explained
from mingshi.schema.shape import Shape, shape_of
from mingshi.source.layout import EACH, ORDER, RECORD, Layout, SheetLayout, squeeze

EXAMPLE = "example"
"""The id of the example in an empty sheet."""

_COUNTING = frozenset(squeeze(name) for name in ("編號", "序號", "項次", "No."))
"""Headings of columns that only count the rows of a table."""

HELP_SHEET, LIST_SHEET = "說明 Help", "選單 Lists"

_NAMED: Mapping[str, tuple[str, ...]] = {"zh": ("中文", "Chinese"), "en": ("英文", "English")}
"""What people call a language in a heading, beside its key and its own name."""

_KEY_LABELS: Mapping[At, tuple[str, ...]] = {
    (RECORD,): ("record", "資料代號", "所屬代號", "Record"),
    (ORDER,): ("order", "順序", "項次", "Order"),
}


@dataclass(frozen=True, slots=True)
class Column:
    at: At
    """Its path; `*` for the number of an entry."""
    label: Mapping[str, str]
    """Its heading, by author language."""
    also: tuple[str, ...]
    shape: Shape
    info: FieldInfo | None = None
    language: Language | None = None
    whole: bool = False
    """Whether its cell holds in short what other columns hold in parts; it is read, not proposed."""
    required: bool = False

    def heading(self, author: str, numbers: tuple[int, ...] = ()) -> str:
        """The heading with the numbers of its entries, counted from 0."""
        told = self.label[author]
        for number in numbers:
            told = told.replace("#", str(number + 1), 1)
        return told


@dataclass(frozen=True, slots=True)
class SheetColumns:
    """A sheet of a kind."""

    title: Mapping[str, str]
    columns: tuple[Column, ...]
    names: tuple[str, ...]
    levels: tuple[str, ...] = ()
    optional: frozenset[str] = frozenset()


def sheets_of(kind: Kind, languages: Languages) -> tuple[SheetColumns, ...]:
    """The sheet of the records, then those of their parts."""
    return (_main(kind, languages), *(_child(kind, path, languages) for path in kind.sheets))


@cache
def layout(kind: Kind, languages: Languages) -> Layout:
    main, *children = sheets_of(kind, languages)
    texts = frozenset(
        column.at[:-1]
        for sheet in (main, *children)
        for column in sheet.columns
        if column.language is not None and not column.shape.item
    )
    return Layout(
        main=_layout(main),
        children=tuple(_layout(child) for child in children),
        ignored=frozenset({squeeze(HELP_SHEET), squeeze(LIST_SHEET)}),
        texts=texts,
        first=languages.first.key,
        skipped=_COUNTING,
        example=EXAMPLE,
        example_at=example_at(kind, languages),
    )


def example_at(kind: Kind, languages: Languages) -> At:
    """Where the example of an empty sheet says that it is one: in its id, else in what tells its row from others."""
    fields = shape_of(kind.model).fields or {}
    key = kind.model.key_fields[-1] if issubclass(kind.model, Row) else "id"
    return (key, languages.first.key) if fields[key].text else (key,)


def _main(kind: Kind, languages: Languages) -> SheetColumns:
    words = {author: interface_words(author) for author in ("zh", "en")}
    title = {author: words[author][f"list.{kind.section}"] for author in words}
    columns = tuple(_of_model(kind.model, languages, (), _NO_LABEL))
    common = frozenset(Record.model_fields) - {"id"}
    # What every record has comes last: a clerk begins with what this one is about.
    last = [column for column in columns if column.at[0] in common]
    first = [column for column in columns if column.at[0] not in common]
    kind_names = tuple(words[author][f"kind.{kind.name}"] for author in words)
    return SheetColumns(title, (*first, *last), (kind.name, kind.folder, kind.section, *title.values(), *kind_names))


def _child(kind: Kind, path: str, languages: Languages) -> SheetColumns:
    levels = tuple(path.split("."))
    model, columns, optional = kind.model, list[Column](), set[str]()
    at: At = ()
    info = None
    for depth, level in enumerate(levels):
        info = _info(model, level)
        below = (shape_of(model).fields or {})[level].item
        assert below is not None
        assert below.model is not None
        following = levels[depth + 1 :]
        if any(later in (shape_of(model).fields or {}) for later in following):
            optional.add(level)
        at, model = (*at, level, EACH), below.model
        own = (column for column in _of_model(model, languages, at, _NO_LABEL) if column.at[len(at)] not in following)
        columns += [replace(column, required=False) for column in own] if level in optional else own
    assert info is not None
    keys = tuple(
        Column(key, {"zh": names[1], "en": names[-1]}, names, Shape(), required=key == (RECORD,))
        for key, names in _KEY_LABELS.items()
    )
    title = _label(info)
    return SheetColumns(title, (*keys, *columns), (levels[-1], *title.values()), levels, frozenset(optional))


def _layout(sheet: SheetColumns) -> SheetLayout:
    headings: dict[str, At] = {}
    for column in sheet.columns:
        for name in _names(column, sheet.levels):
            headings.setdefault(name, column.at)
            # A heading without a number means the first entry.
            headings.setdefault(name.replace("#", ""), column.at)
    labels = tuple(heading for column in sheet.columns for heading in column.label.values())
    names = frozenset(squeeze(name) for name in sheet.names)
    return SheetLayout(sheet.title["zh"], names, headings, labels, sheet.levels, sheet.optional)


def _names(column: Column, levels: tuple[str, ...]) -> Iterator[str]:
    """Every way to write a heading, squeezed."""
    # The machine's name of a column inside a child sheet leaves out where the sheet itself stands.
    inside = column.at[2 * len(levels) :] if column.at.count(EACH) >= len(levels) > 0 else column.at
    machine = "".join("#" if step == EACH else squeeze(str(step)) for step in inside)
    if column.at[0] not in (RECORD, ORDER):
        yield machine
    for name in (*column.label.values(), *column.also):
        yield "#".join(squeeze(part) for part in name.split("#"))


_NO_LABEL: Mapping[str, tuple[str, ...]] = {"zh": ("",), "en": ("",)}
"""The beginnings of a heading: first the proposed one, then others that are understood."""


def _of_model(
    model: type[Model], languages: Languages, at: At, above: Mapping[str, tuple[str, ...]], required: bool = True
) -> Iterator[Column]:
    for key, shape in (shape_of(model).fields or {}).items():
        info = _info(model, key)
        needed = required and (info.is_required() or (at == () and key == "id"))
        for column in _of_field(info, shape, languages, (*at, key), _below(above, info)):
            first = column.language in (None, languages.first)
            yield replace(column, required=needed and first and (column.required or column.info is info))


def _of_field(
    info: FieldInfo, shape: Shape, languages: Languages, at: At, labels: Mapping[str, tuple[str, ...]]
) -> Iterator[Column]:
    if shape.model is not None:
        yield _column(info, shape, at, labels, whole=True)
        yield from _of_model(shape.model, languages, at, labels)
    elif shape.item is not None and shape.item.model is not None:
        yield _column(info, shape, at, labels, whole=True)
        numbered = {author: tuple(f"{label}#" for label in given) for author, given in labels.items()}
        yield from _of_model(shape.item.model, languages, (*at, EACH), numbered)
    elif shape.text or shape.words or (shape.item is not None and shape.item.text):
        yield _column(info, shape, at, labels, whole=True)
        for language in languages:
            told = {
                author: tuple(name for own in given for name in _in(own, language)) for author, given in labels.items()
            }
            yield _column(info, shape, (*at, language.key), told, language=language)
            if shape.item is not None or shape.words:
                each = (*at, EACH, language.key) if shape.item is not None else (*at, language.key, EACH)
                entry = {author: tuple(f"{name}#" for name in given) for author, given in told.items()}
                yield _column(info, shape.item or shape, each, entry, language=language, whole=True)
    else:
        yield _column(info, shape, at, labels)
        if shape.item is not None:
            entry = {author: tuple(f"{name}#" for name in given) for author, given in labels.items()}
            yield _column(info, shape.item, (*at, EACH), entry, whole=True)


def _column(
    info: FieldInfo,
    shape: Shape,
    at: At,
    labels: Mapping[str, tuple[str, ...]],
    language: Language | None = None,
    whole: bool = False,
) -> Column:
    also = tuple(name for given in labels.values() for name in given[1:])
    return Column(at, {author: given[0] for author, given in labels.items()}, also, shape, info, language, whole)


def _in(label: str, language: Language) -> tuple[str, ...]:
    named = _NAMED.get(language.key, ())
    return tuple(f"{label}（{name}）" for name in dict.fromkeys((language.name, *named, language.key)))


def _below(above: Mapping[str, tuple[str, ...]], info: FieldInfo) -> Mapping[str, tuple[str, ...]]:
    """The labels of a field put behind those of the group it stands in."""
    own = _label(info)
    extra = info.json_schema_extra
    also: Any = extra.get(HEADINGS, []) if isinstance(extra, dict) else []
    return {
        author: tuple(_joined(before, name) for before in given for name in (own[author], *also))
        for author, given in above.items()
    }


def _joined(before: str, name: str) -> str:
    return f"{before} {name}" if before else name


_ENDS = "；：，（;:,("


def _label(info: FieldInfo) -> Mapping[str, str]:
    return {author: _cut(text) for author, text in explained(info).items()}


def _cut(text: str) -> str:
    ends = [text.index(sign) for sign in _ENDS if sign in text]
    return text[: min(ends, default=len(text))].strip()


def _info(model: type[Model], key: str) -> FieldInfo:
    return next(info for name, info in model.model_fields.items() if key in (info.alias, name))


ColumnType = Literal["text", "number", "date", "choice", "list"]
