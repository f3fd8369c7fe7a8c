"""An example record of a kind, made from what its fields say. Text only."""

import copy
from typing import Any

from mingshi.schema.record import Model
from mingshi.schema.shape import Shape, shape_of


def example(model: type[Model]) -> dict[str, Any]:
    """Plain values with every field that has an example."""
    values = {key: _value(model, key, shape) for key, shape in (shape_of(model).fields or {}).items()}
    return {key: value for key, value in values.items() if value is not None}


def _value(model: type[Model], key: str, shape: Shape) -> Any:
    info = next(info for name, info in model.model_fields.items() if key in (info.alias, name))
    if info.examples:
        return copy.deepcopy(info.examples[0])
    if shape.model is not None:
        return example(shape.model) or None
    if shape.item is not None and shape.item.model is not None:
        return [example(shape.item.model)]
    return None
