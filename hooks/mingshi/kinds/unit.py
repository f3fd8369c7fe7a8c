"""A section of an office. What it does not say itself (address, fax, hours) is its office's."""

from typing import Annotated, ClassVar

from pydantic import Field

from mingshi.schema.record import Kind, Record, about
from mingshi.schema.texts import Text
from mingshi.schema.types import Email, PhoneNumber, Reference, To, Url


class Unit(Record):
    title_field: ClassVar[str] = "name"

    name: Text = about(
        "單位名稱", "Name of the unit", example={"zh": "就業安全科", "en": "Employment Security Section"}
    )
    agency: Annotated[Reference, To("agency")] = about("所屬機關", "The office it belongs to", example="labor-bureau")
    parent: Annotated[Reference, To("unit")] | None = about("上層單位", "The unit above", None, example="secretariat")
    duties: Annotated[tuple[Text, ...], Field(min_length=1)] = about(
        "職掌", "Duties", example=[{"zh": "失業給付認定", "en": "Confirming unemployment"}]
    )
    phone: PhoneNumber = about("電話", "Phone", example="(02)0000-1234 分機 21")
    email: Email = about("信箱", "E-mail", example="job@demo.example")
    address: Text | None = about(
        "地址；省略時同機關",
        "Address; the office's if left out",
        None,
        example={"zh": "示範市示範區服務路100號3樓", "en": "3F., 100 Service Rd., Demo District, Demo City"},
    )
    fax: PhoneNumber | None = about(
        "傳真；省略時同機關", "Fax; the office's if left out", None, example="(02)0000-1236"
    )
    hours: Text | None = about(
        "服務時間；省略時同機關",
        "Hours; the office's if left out",
        None,
        example={"zh": "週一至週五08:00–17:30", "en": "Monday to Friday, 08:00–17:30"},
    )
    map: Url | None = about(
        "地圖網址", "Address of a map", None, example="https://www.openstreetmap.org/#map=17/25.04/121.56"
    )


KIND = Kind("unit", Unit, "units")
