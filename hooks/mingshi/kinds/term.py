"""雙語詞彙: a term in every language of the site."""

from typing import ClassVar

from mingshi.schema.record import Kind, Row, about
from mingshi.schema.texts import Text
from mingshi.schema.types import Plain


class Term(Row):
    key_fields: ClassVar[tuple[str, ...]] = ("term",)

    term: Text = about(
        "詞彙", "Term", example={"zh": "就業服務站", "en": "Employment service station"}, also=("中文詞彙", "名詞")
    )
    note: Text | None = about(
        "用法說明",
        "How it is used",
        None,
        example={"zh": "指本市各就業服務站", "en": "Any of the city's stations"},
    )
    origin: Plain | None = about("譯名出處", "Where the translation is from", None, example="全國法規資料庫")


KIND = Kind("term", Term, "glossary")
