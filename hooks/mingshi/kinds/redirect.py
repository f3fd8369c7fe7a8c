"""轉址: where an address that was published once leads today."""

from typing import ClassVar

from mingshi.kinds.targets import PageReference
from mingshi.schema.record import Kind, Row, about
from mingshi.schema.types import Date, SitePath


class Redirect(Row):
    key_fields: ClassVar[tuple[str, ...]] = ("from",)

    from_: SitePath = about(
        "舊網址；網站網址之後的部分，開頭不加斜線",
        "Old address; what follows the address of the site, without a slash at its head",
        example="services/jobless-claim/",
        alias="from",
    )
    to: PageReference = about("搬到哪裡", "Where it leads", example="service:unemployment-benefit")
    since: Date | None = about("從哪一天起", "Since when", None, example="2026-03-01")


KIND = Kind("redirect", Redirect, "redirects")
