"""Records as open data: `index.json` beside each page, with every text in every language it has."""

import json
from dataclasses import replace

from mingshi.languages import Languages
from mingshi.loading import Entry

FILE = "index.json"


class RecordFiles:
    """Writes records as JSON objects: where their pages are, and what they say."""

    def __init__(self, languages: Languages, base_url: str) -> None:
        self.languages = replace(languages, whole_texts=True)
        self.roots = [(language.tag, base_url + language.prefix) for language in languages]

    def text(self, entry: Entry) -> str:
        record = entry.record
        fields = record.__pydantic_serializer__.to_json(
            record, by_alias=True, exclude_none=True, context=self.languages
        ).decode()
        pages = {tag: root + entry.path for tag, root in self.roots}
        facts = json.dumps({"kind": entry.kind.name, "pages": pages}, ensure_ascii=False, separators=(",", ":"))
        return f"{facts[:-1]},{fields[1:]}\n"
