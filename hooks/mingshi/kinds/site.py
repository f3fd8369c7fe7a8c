"""The site itself: name, languages, where it lives, how to reach the office."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from mingshi.languages import Language, Languages
from mingshi.problems import Fault
from mingshi.schema.record import Checked, Kind, Model, about
from mingshi.schema.texts import Text
from mingshi.schema.types import Email, PhoneNumber, Plain, Reference, Slug, To, Url


class SiteLanguage(Model):
    key: Slug = about("資料裡使用的代號", "The key used in records", example="zh")
    tag: Plain = about("語言標籤（BCP 47）", "Language tag (BCP 47)", example="zh-Hant-TW")
    name: Plain = about("語言自己的名稱", "The language's own name", example="中文")


class Licence(Model):
    name: Text = about(
        "授權條款名稱",
        "Name of the licence",
        example={"zh": "政府資料開放授權條款－第1版", "en": "Open Government Data License, version 1.0"},
    )
    url: Url = about("授權條款網址", "Address of the licence", example="https://data.gov.tw/license")


class Contact(Model):
    address: Text = about(
        "地址", "Address", example={"zh": "示範市示範區服務路100號", "en": "100 Service Rd., Demo District, Demo City"}
    )
    phone: PhoneNumber = about("電話", "Phone", example="(02)0000-1234")
    fax: PhoneNumber | None = about("傳真", "Fax", None, example="(02)0000-1235")
    email: Email = about("信箱", "E-mail", example="office@demo.example")
    hours: Text = about(
        "服務時間", "Opening hours", example={"zh": "週一至週五08:30–17:30", "en": "Monday to Friday, 08:30–17:30"}
    )


class Site(Checked):
    name: Text = about(
        "網站名稱", "Name of the site", example={"zh": "示範市政府勞工局", "en": "Labor Bureau, Demo City"}
    )
    description: Text = about(
        "一句話說明網站",
        "The site in one sentence",
        example={"zh": "就業、訓練與勞動權益，一次查清楚。", "en": "Jobs, training and labor rights in one place."},
    )
    agency: Annotated[Reference, To("agency")] = about("主辦機關", "The office that publishes", example="labor-bureau")
    base_url: Url = about("網站網址", "Address of the site", example="https://labor.demo.example/")
    languages: Annotated[tuple[SiteLanguage, ...], Field(min_length=1)] = about(
        "網站語言；第一個放在最上層",
        "Languages; the first one stands at the root",
        example=[
            {"key": "zh", "tag": "zh-Hant-TW", "name": "中文"},
            {"key": "en", "tag": "en", "name": "English"},
        ],
    )
    navigation: tuple[Annotated[Reference, To("list")], ...] = about(
        "主選單，依序列出各類清單", "Primary navigation: the lists in order", example=["services"]
    )
    contact: Contact = about("聯絡方式，每頁頁尾都會顯示", "Contact, shown at the foot of every page")
    licence: Licence = about("資料授權", "Licence of the content")
    demo: Text | None = about(
        "展示用網站的聲明",
        "Notice that the site is a demonstration",
        None,
        example={"zh": "示範網站", "en": "Demonstration"},
    )

    def faults(self) -> Iterator[Fault]:
        keys = [language.key for language in self.languages]
        for index, key in enumerate(keys):
            if key in keys[:index]:
                yield Fault("language-twice", ("languages", index, "key"), key)

    @property
    def site_languages(self) -> Languages:
        return Languages(
            tuple(
                Language(key=own.key, tag=own.tag, name=own.name, prefix=f"{own.key}/" if index else "", index=index)
                for index, own in enumerate(self.languages)
            )
        )


KIND = Kind("site", Site, "site.yml", tabular=False)
