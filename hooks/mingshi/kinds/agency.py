"""An office, with the seven data points of the information act, article 7, item 3."""

from typing import Annotated, ClassVar

from pydantic import Field

from mingshi.schema.record import Kind, Record, about
from mingshi.schema.texts import Text
from mingshi.schema.types import Email, PhoneNumber, Reference, To, Url


class Agency(Record):
    title_field: ClassVar[str] = "name"

    name: Text = about(
        "機關名稱", "Name of the office", example={"zh": "示範市政府勞工局", "en": "Labor Bureau, Demo City"}
    )
    parent: Annotated[Reference, To("agency")] | None = about(
        "上級機關", "The office above", None, example="city-government"
    )
    duties: Annotated[tuple[Text, ...], Field(min_length=1)] = about(
        "職掌", "Duties", example=[{"zh": "勞動條件檢查", "en": "Inspection of working conditions"}]
    )
    address: Text = about(
        "地址", "Address", example={"zh": "示範市示範區服務路100號", "en": "100 Service Rd., Demo District, Demo City"}
    )
    phone: PhoneNumber = about("電話", "Phone", example="(02)0000-1234")
    fax: PhoneNumber = about("傳真", "Fax", example="(02)0000-1235")
    email: Email = about("信箱", "E-mail", example="labor@demo.example")
    website: Url = about("網址", "Website", example="https://labor.demo.example/")
    hours: Text = about(
        "服務時間", "Opening hours", example={"zh": "週一至週五08:30–17:30", "en": "Monday to Friday, 08:30–17:30"}
    )
    map: Url | None = about(
        "地圖網址", "Address of a map", None, example="https://www.openstreetmap.org/#map=17/25.04/121.56"
    )


KIND = Kind("agency", Agency, "agencies")
