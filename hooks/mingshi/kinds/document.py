"""公開文件: laws, budgets, final accounts, reports and whatever else an office publishes as a document."""

from collections.abc import Iterator
from typing import Annotated, Literal

from mingshi.problems import Fault
from mingshi.schema.groups import File
from mingshi.schema.record import Kind, Record, about
from mingshi.schema.texts import Text
from mingshi.schema.types import Date, Plain, Reference, RocYear, To, Url

DocumentType = Literal[
    "law",
    "interpretation",
    "guidance",
    "plan",
    "budget",
    "final-account",
    "report",
    "publication",
    "contract",
    "subsidy",
    "appeal",
    "minutes",
]


class Document(Record):
    title: Text = about(
        "文件名稱", "Name of the document", example={"zh": "114年度決算書", "en": "Final accounts 2025"}
    )
    type: DocumentType = about(
        "種類：law 法規、interpretation 解釋令與裁量基準、guidance 行政指導、plan 施政計畫、budget 預算書、"
        "final-account 決算書、report 報告、publication 出版品、contract 契約、subsidy 補助、appeal 訴願決定、"
        "minutes 會議紀錄",
        "Type: law, interpretation, guidance, plan, budget, final-account, report, publication, contract, subsidy, "
        "appeal or minutes",
        example="final-account",
    )
    unit: Annotated[Reference, To("unit")] = about("承辦單位", "Responsible unit", example="general-affairs")
    date: Date = about("文件日期", "Date of the document", example="2026-04-30")
    number: Plain | None = about("文號", "Letter number", None, example="示勞字第1150000012號")
    year: RocYear | None = about("年度（民國）", "ROC year", None, example=114)
    gazette: Plain | None = about("公報期別", "Issue of the gazette", None, example="示範市政府公報115年春字第3期")
    summary: Text = about(
        "一句話說明內容",
        "What it holds, in one sentence",
        example={"zh": "114年度收入與支出的最後結果。", "en": "What was received and spent in 2025."},
    )
    url: Url | None = about(
        "網址",
        "Address",
        None,
        example="https://law.moj.gov.tw/LawClass/LawAll.aspx?pcode=N0050021",
        start=True,
    )
    files: tuple[File, ...] = about("檔案", "Files", ())

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        if not (self.url or self.files):
            yield Fault("nothing-to-open")

    @property
    def order(self) -> tuple[int, str]:
        return -self.date.toordinal(), self.id


KIND = Kind("document", Document, "documents")
