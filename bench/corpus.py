"""Generates an office of any size: 40 % questions, 30 % procedures, 30 % services, in Chinese and English."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

ZH = [
    "申請",
    "補助",
    "證明",
    "登記",
    "期限",
    "文件",
    "審查",
    "核定",
    "通知",
    "勞工",
    "雇主",
    "保險",
    "給付",
    "訓練",
    "就業",
    "調解",
    "申訴",
    "檢查",
    "許可",
    "變更",
    "設立",
    "工會",
    "職災",
    "職業",
    "市民",
    "長者",
    "兒童",
    "身心障礙",
    "津貼",
    "戶籍",
    "租金",
    "托育",
    "健康",
    "交通",
    "道路",
    "路燈",
    "公園",
    "場地",
    "志工",
    "補件",
    "退件",
    "繳費",
    "線上",
    "臨櫃",
    "郵寄",
    "影本",
    "正本",
    "委託",
    "代理",
]
EN = [
    "apply",
    "grant",
    "proof",
    "register",
    "limit",
    "paper",
    "review",
    "decide",
    "notice",
    "worker",
    "employer",
    "insurance",
    "benefit",
    "training",
    "job",
    "mediate",
    "appeal",
    "inspect",
    "permit",
    "change",
    "union",
    "injury",
    "citizen",
    "senior",
    "child",
    "disability",
    "allowance",
    "household",
    "rent",
    "care",
    "health",
    "traffic",
    "road",
    "lamp",
    "park",
    "venue",
    "volunteer",
    "missing",
    "refuse",
    "fee",
    "online",
    "counter",
    "post",
    "copy",
    "original",
    "proxy",
    "agent",
]
PLACES = [
    "東",
    "西",
    "南",
    "北",
    "中",
    "新",
    "安",
    "和",
    "平",
    "信",
    "義",
    "仁",
    "愛",
    "光",
    "明",
    "文",
    "德",
    "福",
    "壽",
    "康",
    "成",
    "功",
    "民",
    "生",
    "樂",
    "利",
    "大",
    "同",
    "中",
    "正",
]
SHARES = (("faq", 0.4), ("sop", 0.3), ("service", 0.3))
RECORDS_A_UNIT = 83


class Corpus:
    """Writes records with a random but repeatable hand."""

    def __init__(self, records: int) -> None:
        self.records = records
        self.dice = random.Random(records)
        self.units = [f"unit-{n}" for n in range(1, max(8, records // RECORDS_A_UNIT) + 1)]
        self.numbers = {kind: round(records * share) for kind, share in SHARES}

    def write(self, root: Path, project: Path) -> None:
        """A project folder like any office's, with the shell and the hook of `project`."""
        for name in ("hooks", "site_src"):
            shutil.copytree(project / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(project / "mkdocs.yml", root)
        data = root / "data"
        for folder in ("agencies", "units", "services", "sops", "faqs"):
            (data / folder).mkdir(parents=True)
        (data / "site.yml").write_text(
            (project / "data/site.yml").read_text("utf-8").replace("forms, plans, ", ""), "utf-8"
        )
        shutil.copy(project / "data/agencies/labor-bureau.yml", data / "agencies")
        for name, text in self._files():
            (data / name).write_text(text, "utf-8")

    def _files(self) -> Iterator[tuple[str, str]]:
        yield from ((f"units/{unit}.yml", self._unit(unit)) for unit in self.units)
        for kind, make in (("service", self._service), ("sop", self._sop), ("faq", self._faq)):
            yield from ((f"{kind}s/{kind}-{n}.yml", make(n)) for n in range(1, self.numbers[kind] + 1))

    def _zh(self, words: int) -> str:
        return "".join(self.dice.choices(ZH, k=words)) + self.dice.choice(PLACES)

    def _en(self, words: int) -> str:
        return " ".join(self.dice.choices(EN, k=words)).capitalize()

    def _text(self, key: str, words: int, indent: str = "") -> str:
        return f"{indent}{key}:\n{indent}  zh: {self._zh(words)}\n{indent}  en: {self._en(words)}\n"

    def _common(self) -> str:
        day = f"2026-{self.dice.randint(1, 9):02}-{self.dice.randint(1, 28):02}"
        return f"unit: {self.dice.choice(self.units)}\npublished: 2026-01-01\nreviewed: {day}\nreview_every: 6 months\n"

    def _unit(self, unit: str) -> str:
        number = unit.rpartition("-")[2]
        return (
            f"name: {{zh: 第{number}科{self.dice.choice(PLACES)}股, en: Section {number}}}\nagency: labor-bureau\n"
            f"published: 2026-01-01\nphone: (02)0000-1234 分機 {number}\nemail: unit{number}@demo.example\n"
            f"duties:\n  - zh: {self._zh(5)}\n    en: {self._en(5)}\n"
        )

    def _service(self, n: int) -> str:
        papers = "".join(
            f"  - name: {{zh: {self._zh(2)}, en: {self._en(2)}}}\n    kind: {self.dice.choice(('original', 'copy'))}\n"
            f"    note: {{zh: {self._zh(5)}, en: {self._en(5)}}}\n"
            for _ in range(3)
        )
        return (
            f"title: {{zh: {self._zh(3)}申請{n}, en: {self._en(3)} {n}}}\n{self._text('summary', 16)}{self._common()}"
            f"limit: {{value: {self.dice.randint(8, 30)}, unit: day, counting: working, excludes: [correction]}}\n"
            f"fee: {{amount: {self.dice.choice((0, 100, 500))}}}\nchannels:\n  - type: counter\n    where: {{zh: {self._zh(4)}, en: {self._en(4)}}}\n"
            f"eligibility:\n  - zh: {self._zh(10)}\n    en: {self._en(10)}\n  - zh: {self._zh(10)}\n    en: {self._en(10)}\ndocuments:\n{papers}"
            f'legal_basis:\n  - law: {{zh: 就業保險法, en: Employment Insurance Act}}\n    article: "{n % 40 + 1}"\n'
        )

    def _sop(self, n: int) -> str:
        service = (n - 1) % max(1, self.numbers["service"]) + 1
        steps = [
            ("receive", "start", "next: [{to: check}]"),
            (
                "check",
                "decision",
                "next: [{to: review, when: {zh: 齊全, en: complete}}, {to: mend, when: {zh: 缺件, en: missing}}]",
            ),
            ("mend", "wait", "next: [{to: check}]"),
            ("review", "task", "next: [{to: decide}]"),
            ("decide", "task", "next: [{to: close}]"),
            ("close", "end", ""),
        ]
        body = "".join(
            f"  - id: {step}\n    kind: {kind}\n    title: {{zh: {self._zh(2)}, en: {self._en(2)}}}\n"
            f"    text: {{zh: {self._zh(8)}, en: {self._en(8)}}}\n"
            + (f"    {onward}\n" if onward else "")
            + ("    limit: {value: 1, unit: day}\n" if kind == "task" else "")
            for step, kind, onward in steps
        )
        return (
            f"title: {{zh: {self._zh(3)}流程{n}, en: {self._en(3)} {n}}}\n{self._text('purpose', 10)}{self._common()}"
            f'services: [service-{service}]\nversion: "1"\napproved: {{on: 2026-01-01, by: {{zh: 局長, en: Commissioner}}}}\nsteps:\n{body}'
        )

    def _faq(self, n: int) -> str:
        service = self.dice.randint(1, self.numbers["service"])
        zh = f"{self._zh(10)}。\n\n    - {self._zh(8)}\n    - {self._zh(8)}\n\n    {self._zh(14)}，[看辦理項目](service:service-{service})。"
        en = f"{self._en(10)}.\n\n    - {self._en(8)}\n    - {self._en(8)}\n\n    {self._en(14)}, [see the service](service:service-{service})."
        return (
            f"question:\n  zh: {self._zh(5)}{n}嗎？\n  en: {self._en(5)} {n}?\n{self._common()}services: [service-{service}]\n"
            f"topic: {{zh: 主題{n % 12}, en: Topic {n % 12}}}\nanswer:\n  zh: |\n    {zh}\n  en: |\n    {en}\n"
        )
