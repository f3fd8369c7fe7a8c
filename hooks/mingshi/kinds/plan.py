"""服務品質計畫: dimensions, indicators and measures, each with its target and its progress."""

from collections import Counter
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from mingshi.problems import At, Fault
from mingshi.schema.record import Checked, Kind, Model, Period, Record, about
from mingshi.schema.texts import Prose, Text
from mingshi.schema.types import Amount, Date, Percentage, Plain, Quarter, Reference, RocYear, Slug, To, Url

UnitOrAgency = Annotated[Reference, To("unit", "agency")]


class Basis(Model):
    title: Text = about(
        "依據文件", "Document", example={"zh": "市政府提升服務實施計畫", "en": "City plan for better services"}
    )
    number: Plain | None = about("文號", "Letter number", None, example="示府研字第1150000001號")
    date: Date | None = about("日期", "Date", None, example="2026-01-29")


class Target(Checked):
    text: Text = about(
        "預期績效，照計畫原意",
        "Expected result in words",
        example={"zh": "民眾滿意度達80%以上", "en": "Satisfaction of 80% or more"},
    )
    metric: Plain | None = about("用哪個指標證明", "The metric that proves it", None, example="satisfaction.share")
    at_least: Amount | None = about("至少多少", "At least", None, example="80%")
    at_most: Amount | None = about("至多多少", "At most", None)
    baseline: Amount | None = about("改善前的數值", "Value before", None, example="75%")
    unit: Text | None = about("數值的單位", "Unit of the number", None, example={"zh": "人次", "en": "visits"})

    def faults(self) -> Iterator[Fault]:
        if self.at_least and self.at_most:
            yield Fault("target-unclear", ("at_most",))
        elif self.metric and not (self.at_least or self.at_most):
            yield Fault("target-unclear")


class Progress(Model):
    quarter: Quarter = about("季別", "Quarter", example="2026-Q1")
    done: Percentage = about("完成比率", "Share completed", example="25%")
    note: Text | None = about(
        "執行情形", "What was done", None, example={"zh": "已完成第一次檢查", "en": "First check done"}
    )


class Measure(Model):
    id: Slug = about("措施代號", "Id of the measure", example="publish-sops")
    text: Text = about(
        "推動作法",
        "What is done",
        example={"zh": "各項業務的標準作業流程公開在網站。", "en": "Every procedure is published on the site."},
    )
    lead: Annotated[tuple[UnitOrAgency, ...], Field(min_length=1)] = about(
        "主辦單位", "Lead units", example=["unit:general-affairs"]
    )
    support: tuple[UnitOrAgency, ...] = about("協辦單位", "Supporting units", (), example=["unit:employment-security"])
    with_subordinates: bool = about(
        "主辦機關暨所屬機關都要做", "The office and all its subordinates", False, example=True
    )
    schedule: Text | None = about("期程", "Schedule", None, example={"zh": "每季", "en": "Every quarter"})
    period: Period | None = about("起訖日期", "Dates", None)
    target: Target | None = about("目標", "Target", None)
    evidence: Text | None = about(
        "佐證", "Evidence", None, example={"zh": "網站檢核紀錄", "en": "Record of website checks"}
    )
    progress: tuple[Progress, ...] = about("各季進度", "Progress by quarter", ())


class SubIndicator(Model):
    id: Slug = about("次指標代號", "Id of the sub-indicator", example="process-public")
    title: Text = about(
        "次指標", "Sub-indicator", example={"zh": "案件處理流程查詢公開程度", "en": "How openly a case can be followed"}
    )
    measures: Annotated[tuple[Measure, ...], Field(min_length=1)] = about("措施", "Measures")


class Indicator(Model):
    id: Slug = about("指標代號", "Id of the indicator", example="transparency")
    title: Text = about("指標", "Indicator", example={"zh": "服務流程透明度", "en": "Transparency of procedures"})
    sub_indicators: tuple[SubIndicator, ...] = about("次指標", "Sub-indicators", ())
    measures: tuple[Measure, ...] = about("不分次指標的措施", "Measures without a sub-indicator", ())

    @property
    def all_measures(self) -> tuple[Measure, ...]:
        return (*self.measures, *(measure for sub in self.sub_indicators for measure in sub.measures))


class Dimension(Model):
    """構面."""

    id: Slug = about("構面代號", "Id of the dimension", example="information")
    title: Text = about("構面", "Dimension", example={"zh": "資訊流通服務", "en": "Information services"})
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)] = about("指標", "Indicators")

    @property
    def measures(self) -> tuple[Measure, ...]:
        return tuple(measure for indicator in self.indicators for measure in indicator.all_measures)


class Section(Model):
    title: Text = about("標題", "Heading", example={"zh": "管制考核", "en": "Review"})
    text: Prose = about(
        "內容", "Text", example={"zh": "每月召開管考會議。", "en": "A review meeting is held every month."}
    )


class ModelledOn(Model):
    title: Text = about(
        "參考的公開計畫",
        "The public plan it is modelled on",
        example={
            "zh": "某市政府勞工局103年度提升服務品質執行計畫",
            "en": "Service quality plan 2014 of a city labor bureau",
        },
    )
    url: Url | None = about("網址", "Address", None, example="https://www.example.gov.tw/")


class Plan(Record):
    title: Text = about(
        "計畫名稱", "Name of the plan", example={"zh": "115年度提升服務品質執行計畫", "en": "Service quality plan 2026"}
    )
    agency: Annotated[Reference, To("agency")] = about("訂定機關", "The office", example="labor-bureau")
    unit: Annotated[Reference, To("unit")] = about("承辦單位", "Responsible unit", example="general-affairs")
    year: RocYear = about("年度（民國）", "ROC year", example=115)
    number: Plain | None = about("計畫文號", "Letter number of the plan", None, example="示勞字第1150000002號")
    basis: Annotated[tuple[Basis, ...], Field(min_length=1)] = about("計畫依據", "Basis")
    goals: Annotated[tuple[Text, ...], Field(min_length=1)] = about(
        "計畫目標", "Goals", example=[{"zh": "資訊透明", "en": "Transparent information"}]
    )
    period: Period = about("實施期程", "Period", example={"from": "2026-01-01", "until": "2026-12-31"})
    applies_to: Text | None = about(
        "實施對象",
        "Who it applies to",
        None,
        example={"zh": "本局暨所屬機關", "en": "The bureau and its subordinate offices"},
    )
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1)] = about("構面", "Dimensions")
    sections: tuple[Section, ...] = about("其他章節，例如管制考核", "Other sections, such as review", ())
    modelled_on: ModelledOn | None = about("參考的計畫", "The plan it is modelled on", None)

    @property
    def measures(self) -> tuple[Measure, ...]:
        return tuple(measure for dimension in self.dimensions for measure in dimension.measures)

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        seen = Counter[str]()
        for at, part in self._parts():
            seen[part] += 1
            if seen[part] > 1:
                yield Fault("part-id-twice", (*at, "id"), part)

    def _parts(self) -> Iterator[tuple[At, str]]:
        for d, dimension in enumerate(self.dimensions):
            at: At = ("dimensions", d)
            yield at, dimension.id
            for i, indicator in enumerate(dimension.indicators):
                here = (*at, "indicators", i)
                yield here, indicator.id
                yield from (((*here, "measures", m), measure.id) for m, measure in enumerate(indicator.measures))
                for s, sub in enumerate(indicator.sub_indicators):
                    below = (*here, "sub_indicators", s)
                    yield below, sub.id
                    yield from (((*below, "measures", m), measure.id) for m, measure in enumerate(sub.measures))

    @property
    def order(self) -> tuple[int, str]:
        """The latest year first."""
        return -self.year, self.id


KIND = Kind("plan", Plan, "plans", sheets=("dimensions.indicators.sub_indicators.measures",))
