"""The shape of a model: which values are lists, references, prose, files. Looks at values right or wrong."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from mingshi import commonmark
from mingshi.languages import Localised
from mingshi.problems import At
from mingshi.schema.reading import Reads
from mingshi.schema.record import Model
from mingshi.schema.texts import Prose, Words
from mingshi.schema.types import Download, Reference, To, is_download
from mingshi.source import Value

_NAMED_CODE = re.compile(r"([a-z0-9-]+) ([^\s、，；。（）]+)")


@dataclass(frozen=True, slots=True)
class Shape:
    fields: "Mapping[str, Shape] | None" = None
    item: "Shape | None" = None
    to: To | None = None
    model: type[Model] | None = None
    text: bool = False
    prose: bool = False
    words: bool = False
    download: bool = False
    url: bool = False
    choices: "Mapping[str, str] | None" = None
    """Code → what it is called in Chinese, where the field says so."""
    scalar: type | None = None
    """bool, int or date, where it is none of the above."""

    @property
    def points(self) -> bool:
        """Whether anything in here can point at a record or a file."""
        if self.fields is not None:
            return any(shape.points for shape in self.fields.values())
        return self.item.points if self.item else bool(self.to or self.prose or self.download)


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where a value points: to a record (`to` says which kinds), or to a file."""

    at: At
    target: str
    in_prose: bool = False
    to_file: bool = False
    nth: int = 0
    """Which occurrence of the target in its prose, counted from 0."""


@cache
def shape_of(model: type[Model]) -> Shape:
    fields = {
        info.alias or name: _shape(info.annotation, tuple(info.metadata), info.description or "")
        for name, info in model.model_fields.items()
    }
    return Shape(fields=fields, model=model)


def _shape(annotation: Any, metadata: tuple[Any, ...] = (), told: str = "") -> Shape:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        return _shape(inner, (*metadata, *more), told)
    if origin in (Union, UnionType):
        (inner,) = [arg for arg in get_args(annotation) if arg is not NoneType]
        return _shape(inner, metadata, told)
    if origin is tuple:
        return Shape(item=_shape(get_args(annotation)[0], (), told))
    if origin is Literal:
        return Shape(choices=_called(get_args(annotation), told))
    return _plain_shape(annotation, metadata) if isinstance(annotation, type) else Shape()


def _plain_shape(annotation: type, metadata: tuple[Any, ...]) -> Shape:
    if issubclass(annotation, Model):
        return shape_of(annotation)
    to = next((mark for mark in metadata if isinstance(mark, To)), None)
    return Shape(
        to=to if issubclass(annotation, Reference) else None,
        text=issubclass(annotation, Localised),
        prose=issubclass(annotation, Prose),
        words=issubclass(annotation, Words),
        download=issubclass(annotation, Download),
        url=any(isinstance(mark, Reads) and mark.expected == "url" for mark in metadata),
        scalar=next((own for own in (bool, int, date) if issubclass(annotation, own)), None),
    )


def _called(codes: tuple[str, ...], told: str) -> Mapping[str, str]:
    """What `original 正本、copy 影本` calls each code."""
    named = dict(_NAMED_CODE.findall(told.partition("\n")[0]))
    return {code: named.get(code, "") for code in codes}


def pointers(value: Value, shape: Shape, at: At = ()) -> Iterator[Pointer]:
    """Every reference and file in a record, also in one that is broken elsewhere."""
    if shape.fields is not None and isinstance(value, dict):
        for key, child in _pointing(shape):
            if key in value:
                yield from pointers(value[key], child, (*at, key))
    elif shape.item is not None and isinstance(value, list):
        for index, entry in enumerate(value):
            yield from pointers(entry, shape.item, (*at, index))
    else:
        yield from _own_pointers(value, shape, at)


def _own_pointers(value: Value, shape: Shape, at: At) -> Iterator[Pointer]:
    if shape.prose:
        yield from _links(value, at)
    elif isinstance(value, str) and shape.download:
        if is_download(value.strip()):
            yield Pointer(at, value.strip(), to_file=True)
    elif isinstance(value, str) and shape.to is not None:
        reference = shape.to.whole(value.strip())
        if reference is not None:
            yield Pointer(at, reference)


@cache
def _pointing_fields(model: type[Model]) -> tuple[tuple[str, Shape], ...]:
    fields = shape_of(model).fields or {}
    return tuple((key, child) for key, child in fields.items() if child.points)


def _pointing(shape: Shape) -> tuple[tuple[str, Shape], ...]:
    assert shape.model is not None
    return _pointing_fields(shape.model)


def _links(value: Value, at: At) -> Iterator[Pointer]:
    if isinstance(value, dict):
        for language, text in value.items():
            yield from _links(text, (*at, language))
    elif isinstance(value, str) and commonmark.may_link(value):
        for link in commonmark.links(value):
            target = link.target.partition("#")[0]
            yield Pointer(at, target, in_prose=True, nth=value.count(target, 0, link.offset))


def shape_at(shape: Shape, at: At) -> Shape:
    """The shape at a path; an empty one where the path leads nowhere."""
    for step in at:
        shape = (shape.item if isinstance(step, int) else (shape.fields or {}).get(step)) or Shape()
    return shape


def at_model(shape: Shape, at: At) -> type[Model] | None:
    """The model whose fields stand at a path."""
    return shape_at(shape, at).model
