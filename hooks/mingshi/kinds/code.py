"""分類代碼: the codes of the three classifications that this office uses, with their names."""

import re
from collections.abc import Iterator
from typing import ClassVar, Literal

from mingshi.problems import Fault
from mingshi.schema.record import Kind, Row, about
from mingshi.schema.texts import Text
from mingshi.schema.types import CODE_PATTERNS, Plain


class Code(Row):
    key_fields: ClassVar[tuple[str, ...]] = ("scheme", "code")

    scheme: Literal["theme", "cake", "service"] = about(
        "分類：theme 主題、cake 施政、service 服務", "Scheme: theme, cake or service", example="service"
    )
    code: Plain = about("代碼", "Code", example="500", also=("分類代碼",))
    name: Text = about("名稱", "Name", example={"zh": "求職及就業", "en": "Finding work"}, also=("分類名稱",))
    parent: Plain | None = about("上層代碼；沒有上層時不填", "The code above, if any", None, example="500")

    def faults(self) -> Iterator[Fault]:
        pattern = CODE_PATTERNS[self.scheme]
        for field in ("code", "parent"):
            given = getattr(self, field)
            if given is not None and not re.fullmatch(pattern, given):
                yield Fault("bad-code", (field,), given, f"{self.scheme}-code")


KIND = Kind("code", Code, "classification")
