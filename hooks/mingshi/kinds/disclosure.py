"""主動公開資訊: one of the ten items of the information act, article 7, with what is published or why nothing is."""

from collections.abc import Iterator
from typing import Annotated, Literal

from mingshi.problems import Fault
from mingshi.schema.groups import File
from mingshi.schema.record import Checked, Kind, Model, Record, about
from mingshi.schema.texts import Text
from mingshi.schema.types import Date, Plain, Reference, To, Url

Item = Literal[
    "laws",
    "interpretations",
    "about",
    "guidance",
    "plans",
    "budget",
    "appeals",
    "contracts",
    "subsidies",
    "meetings",
]
Ground = Literal["18-1-1", "18-1-2", "18-1-3", "18-1-4", "18-1-5", "18-1-6", "18-1-7", "18-1-8", "18-1-9"]


class Withheld(Model):
    """不公開或部分公開."""

    ground: Ground = about(
        "不公開的款次，政府資訊公開法第18條第1項：18-1-1 國家機密、18-1-2 偵查與審判、18-1-3 決定前的擬稿、"
        "18-1-4 監督與檢查、18-1-5 考試與鑑定、18-1-6 個人隱私與職業秘密、18-1-7 營業秘密、18-1-8 文化資產保存、"
        "18-1-9 公營事業經營",
        "Ground of the act, article 18: 18-1-1 state secrets, 18-1-2 investigation and trial, 18-1-3 drafts, "
        "18-1-4 supervision, 18-1-5 examinations, 18-1-6 privacy, 18-1-7 trade secrets, 18-1-8 cultural assets, "
        "18-1-9 state enterprises",
        example="18-1-6",
    )
    partial: bool = about(
        "其餘部分是否公開；依法應公開其餘部分", "Whether the rest is published, as the act asks", True, example=True
    )
    note: Text | None = about(
        "說明", "Remark", None, example={"zh": "姓名與地址已遮蔽。", "en": "Names and addresses are masked."}
    )


class Disclosed(Checked):
    """一筆公開的資訊."""

    title: Text = about(
        "資訊名稱", "What it is", example={"zh": "115年度服務品質計畫", "en": "Service quality plan 2026"}
    )
    date: Date = about("公開日期", "Day of disclosure", example="2026-01-05")
    number: Plain | None = about("文號", "Letter number", None, example="示勞字第1150000002號")
    gazette: Plain | None = about("公報期別", "Issue of the gazette", None, example="示範市政府公報115年春字第3期")
    unit: Annotated[Reference, To("unit")] | None = about(
        "提供單位；省略時同這一項的承辦單位", "Unit; the item's own if left out", None, example="general-affairs"
    )
    note: Text | None = about(
        "內容說明", "What it holds", None, example={"zh": "各單位的措施與目標", "en": "Measures and targets by unit"}
    )
    record: (
        Annotated[
            Reference,
            To(
                "document", "plan", "statistic", "dataset", "agency", "unit", "notice", "service", "sop", "form", "list"
            ),
        ]
        | None
    ) = about("本站的哪一筆資料", "The record of this site", None, example="plan:service-plan-115", start=True)
    url: Url | None = about("網址", "Address", None, example="https://www.demo.example/plan/")
    files: tuple[File, ...] = about("檔案", "Files", ())
    withheld: Withheld | None = about("不公開的部分", "What is withheld", None)

    def faults(self) -> Iterator[Fault]:
        if not (self.record or self.url or self.files or self.withheld):
            yield Fault("nothing-to-open")


class Disclosure(Record):
    title: Text = about(
        "標題",
        "Title",
        example={"zh": "施政計畫、業務統計及研究報告", "en": "Plans, statistics and research reports"},
    )
    item: Item = about(
        "政府資訊公開法第7條的項目：laws 法規、interpretations 解釋性規定及裁量基準、about 組織職掌與聯絡方式、"
        "guidance 行政指導文書、plans 施政計畫與統計及研究報告、budget 預算及決算書、appeals 請願及訴願、"
        "contracts 工程及採購契約、subsidies 補助、meetings 合議制機關會議紀錄",
        "Item of the information act, article 7: laws, interpretations, about, guidance, plans, budget, appeals, "
        "contracts, subsidies or meetings",
        example="plans",
    )
    unit: Annotated[Reference, To("unit")] = about("承辦單位", "Responsible unit", example="general-affairs")
    summary: Text | None = about(
        "這裡找得到什麼",
        "What is found here",
        None,
        example={"zh": "每年的計畫與各季成果。", "en": "The plan of each year and results by quarter."},
    )
    status: Literal["disclosed", "nil", "not-applicable"] = about(
        "公開情形：disclosed 有資訊、nil 目前沒有、not-applicable 不適用",
        "Status: disclosed, nil or not-applicable",
        "disclosed",
        example="disclosed",
    )
    reason: Text | None = about(
        "沒有或不適用的理由；沒有或不適用時必填",
        "Why there is nothing; required then",
        None,
        example={"zh": "本局不是合議制機關。", "en": "The bureau is not a collegiate body."},
    )
    checked: Date | None = about(
        "最近一次確認沒有資料的日期；沒有或不適用時必填",
        "Day on which this was last confirmed; required then",
        None,
        example="2026-10-01",
    )
    entries: tuple[Disclosed, ...] = about("公開的資訊", "What is published", (), start=True)

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        if self.status == "disclosed":
            if not self.entries:
                yield Fault("disclosure-empty")
            return
        for field in ("reason", "checked"):
            if getattr(self, field) is None:
                yield Fault("nil-without-reason", facts={"field": field})
        if self.entries:
            yield Fault("nil-with-entries", ("entries",), self.status)

    @property
    def order(self) -> tuple[int, str]:
        return ITEMS.index(self.item), self.id


ITEMS: tuple[str, ...] = Item.__args__  # type: ignore[attr-defined]
"""In the order of the act."""

KIND = Kind("disclosure", Disclosure, "disclosures", tabular=False)
