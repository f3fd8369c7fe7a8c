"""申辦項目: what a citizen can apply for, how long it takes, what it costs and what to bring."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal
from unicodedata import normalize

from pydantic import Field

from mingshi.problems import Fault
from mingshi.schema.groups import Law
from mingshi.schema.record import Checked, Kind, Model, Record, about
from mingshi.schema.texts import Text
from mingshi.schema.types import Reference, To, Url

UnitOfTime = Literal["hour", "day", "month", "immediate"]
HOURS_A_DAY = {"calendar": 24, "working": 8}
DAYS_A_MONTH = 30


_TIMES: Mapping[str, tuple[str, str]] = {
    "日曆天": ("day", "calendar"),
    "工作天": ("day", "working"),
    "工作日": ("day", "working"),
    "天": ("day", ""),
    "日": ("day", ""),
    "個月": ("month", "calendar"),
    "月": ("month", "calendar"),
    "小時": ("hour", "working"),
    "時": ("hour", "working"),
}
"""What a table says after the number: the unit, and the counting where it is plain."""
_IMMEDIATE = frozenset({"隨到隨辦", "立即", "當場", "現場辦理", "隨到隨辦。"})


class Limit(Checked):
    """處理期限."""

    in_short: ClassVar[str] = "limit-in-short"

    @classmethod
    def from_cell(cls, text: str) -> dict[str, str] | None:
        """15日曆天, 6工作天, 2小時, 隨到隨辦."""
        if text in _IMMEDIATE:
            return {"unit": "immediate"}
        match = re.fullmatch(rf"(\d+)\s*({'|'.join(_TIMES)})", normalize("NFKC", text))
        if match is None:
            return None
        unit, counting = _TIMES[match[2]]
        return {"value": match[1], "unit": unit} | ({"counting": counting} if counting else {})

    value: Annotated[int, Field(ge=1, le=3650)] | None = about("多久", "How long", None, example=15)
    unit: UnitOfTime = about(
        "單位：hour 小時、day 天、month 月、immediate 隨到隨辦", "Unit: hour, day, month or immediate", example="day"
    )
    counting: Literal["calendar", "working"] | None = about(
        "算法：calendar 日曆天、working 工作天", "Counting: calendar or working days", None, example="calendar"
    )
    start: Text | None = about(
        "從什麼時候起算；省略時為收件隔天",
        "What starts the clock; the day after receipt if left out",
        None,
        example={"zh": "求職登記隔天起算", "en": "from the day after you register"},
    )
    first_day: bool = about(
        "當天起算：法律規定即日起算時填 true",
        "The first day counts, where a law says so",
        False,
        example=True,
    )
    excludes: tuple[Literal["correction", "interpretation", "other-agency", "applicant"], ...] = about(
        "不計入的時間：correction 補件、interpretation 法令釋示、other-agency 其他機關、applicant 等候申請人",
        "Time that does not count: correction, interpretation, other-agency, applicant",
        (),
        example=["correction"],
    )

    def faults(self) -> Iterator[Fault]:
        if self.unit == "immediate":
            for field in ("value", "counting"):
                given = getattr(self, field)
                if given is not None:
                    yield Fault("limit-immediate", (field,), f"{field}: {given}")
            return
        if self.value is None:
            yield Fault("limit-without-value")
        if self.counting is None:
            yield Fault("limit-without-counting")

    @property
    def days(self) -> float:
        return days(self.value or 0, self.unit, self.counting or "calendar")


def days(value: int, unit: UnitOfTime, counting: str) -> float:
    """A length of time in days of its counting."""
    if unit == "hour":
        return value / HOURS_A_DAY[counting]
    return float(value * DAYS_A_MONTH if unit == "month" else value)


class Duration(Model):
    value: Annotated[int, Field(ge=1, le=3650)] = about("多久", "How long", example=15)
    unit: Literal["hour", "day", "month"] = about(
        "單位：hour 小時、day 天、month 月", "Unit: hour, day or month", example="day"
    )


class Paper(Model):
    """應備文件."""

    in_short: ClassVar[str] = "paper-in-short"

    @classmethod
    def from_cell(cls, text: str) -> dict[str, str] | None:
        """國民身分證正本, 戶口名簿影本2份."""
        match = re.fullmatch(r"(.+?)(正本|影本|正本或影本|正影本)?(?:(\d+)份)?", text)
        if match is None:
            return None
        kind = {"正本": "original", "影本": "copy"}.get(match[2], "either" if match[2] else "")
        named = {"name": match[1].strip(), "kind": kind, "copies": match[3] or ""}
        return {key: value for key, value in named.items() if value}

    name: Text = about("文件名稱", "Name of the paper", example={"zh": "國民身分證", "en": "National ID card"})
    kind: Literal["original", "copy", "either"] = about(
        "正本或影本：original 正本、copy 影本、either 皆可",
        "Original or copy: original, copy or either",
        "original",
        example="original",
    )
    copies: Annotated[int, Field(ge=0, le=99)] = about("份數", "How many", 1, example=1)
    note: Text | None = about("補充說明", "Remark", None, example={"zh": "查驗後發還", "en": "Returned after a look"})
    waived: Text | None = about(
        "什麼情形免附",
        "When it is not needed",
        None,
        example={"zh": "我們直接向勞保局查詢", "en": "We ask the Bureau of Labor Insurance ourselves"},
    )
    form: Annotated[Reference, To("form")] | None = about(
        "本站表單", "The form on this site", None, example="unemployment-claim"
    )


class Fee(Model):
    """規費."""

    in_short: ClassVar[str] = "fee-in-short"

    @classmethod
    def from_cell(cls, text: str) -> dict[str, str] | None:
        """免費, 200元."""
        if text in ("免費", "免收", "無", "免"):
            return {"amount": "0"}
        match = re.fullmatch(r"(?:新臺幣|NT\$|NTD )?([\d,]+)\s*元?", normalize("NFKC", text))
        return {"amount": match[1].replace(",", "")} if match else None

    amount: Annotated[int, Field(ge=0)] = about("金額（新臺幣元），免費寫 0", "Amount in NTD; 0 if free", example=0)
    note: Text | None = about("收費說明", "Remark", None, example={"zh": "也不需要代辦", "en": "No agent is needed"})
    basis: Text | None = about(
        "收費依據",
        "Legal basis of the fee",
        None,
        example={"zh": "規費法第10條", "en": "Charges and Fees Act, Article 10"},
    )


_CHANNELS: Mapping[str, str] = {
    "臨櫃": "counter",
    "現場": "counter",
    "親自": "counter",
    "線上": "online",
    "網路": "online",
    "郵寄": "post",
    "通訊": "post",
    "電話": "phone",
}


class Channel(Checked):
    """申請方式."""

    in_short: ClassVar[str] = "channel-in-short"

    @classmethod
    def from_cell(cls, text: str) -> dict[str, str] | None:
        """臨櫃, 郵寄, 線上 https://…."""
        match = re.fullmatch(rf"({'|'.join(_CHANNELS)})(?:申請|申辦|辦理)?\s*(https?://\S+)?", text)
        if match is None:
            return None
        return {"type": _CHANNELS[match[1]]} | ({"url": match[2]} if match[2] else {})

    type: Literal["counter", "online", "post", "phone"] = about(
        "方式：counter 臨櫃、online 線上、post 郵寄、phone 電話",
        "Way: counter, online, post or phone",
        example="counter",
    )
    where: Text | None = about(
        "去哪裡、寄到哪裡；省略時為承辦單位",
        "Where to go or write; the responsible unit if left out",
        None,
        example={"zh": "任一就業服務站，本人到場", "en": "Any employment service station, in person"},
    )
    hours: Text | None = about(
        "受理時間", "Hours", None, example={"zh": "週一至週五08:00–17:30", "en": "Monday to Friday, 08:00–17:30"}
    )
    url: Url | None = about(
        "線上申辦網址", "Address of the online service", None, example="https://apply.demo.example/"
    )

    def faults(self) -> Iterator[Fault]:
        if self.type == "online" and self.url is None:
            yield Fault("channel-without-url")


class Remedy(Model):
    """救濟方式."""

    text: Text = about(
        "怎麼救濟",
        "What to do",
        example={"zh": "經由原機關向訴願管轄機關提起訴願", "en": "File an appeal through this office"},
    )
    days: Annotated[int, Field(ge=1, le=365)] = about("幾天內", "Within how many days", example=30)
    to: Text | None = about(
        "向誰提出",
        "To whom",
        None,
        example={"zh": "示範市政府訴願審議委員會", "en": "Appeals Committee, Demo City Government"},
    )


class Service(Record):
    title: Text = about(
        "項目名稱",
        "Name of the service",
        example={"zh": "失業給付申請", "en": "Apply for unemployment benefit"},
        also=("項目", "申請項目", "申辦項目", "業務項目"),
    )
    summary: Text = about(
        "一句話回答：誰可以得到什麼",
        "The answer in one sentence: who gets what",
        example={
            "zh": "非自願離職、登記求職滿14天沒有合適工作，每個月可以領投保薪資的六成。",
            "en": "Let go by your employer and no suitable job within 14 days: 60% of your insured salary a month.",
        },
    )
    unit: Annotated[Reference, To("unit")] = about(
        "承辦單位",
        "Responsible unit",
        example="employment-security",
        also=("承辦課室", "承辦科室", "主辦單位", "主辦課室", "單位"),
    )
    audience: tuple[Text, ...] = about(
        "給誰辦的", "For whom", (), example=[{"zh": "非自願離職者", "en": "People who were laid off"}]
    )
    eligibility: tuple[Text, ...] = about(
        "申請資格",
        "Who may apply",
        (),
        example=[{"zh": "離職前3年內就業保險年資合計滿1年", "en": "Insured for a year in the last three"}],
        also=("資格", "申請條件"),
    )
    limit: Limit = about(
        "處理期限：多久、單位、日曆天或工作天、哪些時間不計",
        "Time limit: how long, in what unit, calendar or working days, what does not count",
        example={"value": 15, "unit": "day", "counting": "calendar", "excludes": ["correction"]},
        also=("處理時限", "辦理期限", "辦理時限", "作業天數", "處理天數"),
    )
    extension: Duration | None = about("可延長多久（以一次為限）", "How long it may be extended, once", None)
    fee: Fee = about("規費", "Fee", also=("費用", "收費標準", "手續費"))
    channels: Annotated[tuple[Channel, ...], Field(min_length=1)] = about(
        "申請方式", "How to apply", also=("受理方式", "申辦方式")
    )
    documents: tuple[Paper, ...] = about(
        "應備文件", "What to bring", (), also=("應備證件", "應附證件", "應附文件", "檢附文件", "應備文件證件")
    )
    forms: tuple[Annotated[Reference, To("form")], ...] = about("表單", "Forms", (), example=["unemployment-claim"])
    result: Text | None = about(
        "辦好會拿到什麼",
        "What you receive",
        None,
        example={"zh": "核定後匯入您的帳戶", "en": "The money is paid into your account"},
    )
    legal_basis: Annotated[tuple[Law, ...], Field(min_length=1)] = about(
        "法令依據", "Legal basis", also=("法規依據", "依據法令", "依據")
    )
    remedy: Remedy | None = about("不服時的救濟", "What to do if you disagree", None)
    sop: Annotated[Reference, To("sop")] | None = about("作業流程", "Procedure", None, example="unemployment-benefit")
    faqs: tuple[Annotated[Reference, To("faq")], ...] = about("相關問答", "Questions", (), example=["quit-myself"])

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        if self.extension and self.limit.unit != "immediate":
            counting = self.limit.counting or "calendar"
            longer = days(self.extension.value, self.extension.unit, counting)
            if longer > self.limit.days:
                facts = {"limit": f"{self.limit.value} {self.limit.unit}"}
                found = f"{self.extension.value} {self.extension.unit}"
                yield Fault("extension-too-long", ("extension", "value"), found, facts=facts)

    @property
    def order(self) -> tuple[float, str]:
        """The quickest first."""
        return 0.0 if self.limit.unit == "immediate" else self.limit.days, self.id


KIND = Kind("service", Service, "services", sheets=("documents", "channels", "legal_basis"))
