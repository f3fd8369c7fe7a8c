"""How a field reads its text: the value it means, or the faults that keep it from meaning one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from mingshi.problems import Fault

ERROR = "faults"

JsonSchema = dict[str, Any]
MARK = "x-mingshi"
"""In a JSON Schema: what depends on the site's languages, filled in by `editor`."""


def refuse(*faults: Fault) -> PydanticCustomError:
    """What a validator raises: faults whose paths start at the value it was given."""
    return PydanticCustomError(ERROR, "see the faults", {"faults": list(faults)})


@dataclass(frozen=True, slots=True)
class Reads:
    """Annotation of a field whose value is made from text by `read`."""

    read: Callable[[str], Any]
    expected: str
    schema: JsonSchema = field(hash=False, compare=False)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self._validate, serialization=core_schema.plain_serializer_function_ser_schema(_plain)
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchema:
        return self.schema.copy()

    def _validate(self, value: object) -> Any:
        if not isinstance(value, str):
            raise refuse(Fault("wrong-type", found=show(value), expected=self.expected))
        text = value.strip()
        if not text:
            raise refuse(Fault("empty-text", expected=self.expected))
        return self.read(text)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def show(value: object) -> str:
    """A value as its author knows it, for messages."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {show(child)}" for key, child in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(show(child) for child in value) + "]"
    return str(value)
