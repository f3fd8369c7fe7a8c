"""同義詞: the official word and what citizens say instead. Search reads it."""

from typing import ClassVar

from mingshi.schema.record import Kind, Row, about
from mingshi.schema.texts import Text, Words


class Synonym(Row):
    key_fields: ClassVar[tuple[str, ...]] = ("term",)

    term: Text = about(
        "正式用語", "Official term", example={"zh": "失業給付", "en": "unemployment benefit"}, also=("詞彙", "用語")
    )
    words: Words = about(
        "民眾的說法",
        "What citizens say",
        example={"zh": ["失業補助", "失業金"], "en": ["dole"]},
        also=("同義詞", "俗稱"),
    )


KIND = Kind("synonym", Synonym, "synonyms")
