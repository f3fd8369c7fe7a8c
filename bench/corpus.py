"""Generates an office of any size: 40 % questions, 30 % procedures, 30 % services, in Chinese and English."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ZH = """
申請 補助 證明 登記 期限 文件 審查 核定 通知 勞工 雇主 保險 給付 訓練 就業
調解 申訴 檢查 許可 變更 設立 工會 職災 職業 市民 長者 兒童 身心障礙 津貼
戶籍 租金 托育 健康 交通 道路 路燈 公園 場地 志工 補件 退件 繳費 線上 臨櫃
郵寄 影本 正本 委託 代理
""".split()
EN = """
apply grant proof register limit paper review decide notice worker employer insurance benefit
training job mediate appeal inspect permit change union injury citizen senior child disability
allowance household rent care health traffic road lamp park venue volunteer missing refuse fee
online counter post copy original proxy agent
""".split()
PLACES = """
東 西 南 北 中 新 安 和 平 信 義 仁 愛 光 明 文 德 福 壽 康 成 功 民
生 樂 利 大 同 中 正
""".split()
STEPS = (
    ("receive", "start", "check"),
    ("check", "decision", "review", "mend"),
    ("mend", "wait", "check"),
    ("review", "task", "decide"),
    ("decide", "task", "close"),
    ("close", "end"),
)
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
SHARES = (("faq", 0.4), ("sop", 0.3), ("service", 0.3))
RECORDS_A_UNIT = 83


class Corpus:
    """Writes records with a random but repeatable hand."""

    def __init__(self, records: int) -> None:
        self.dice = random.Random(records)
        self.units = [f"unit-{n}" for n in range(1, max(8, records // RECORDS_A_UNIT) + 1)]
        self.numbers = {kind: round(records * share) for kind, share in SHARES}

    def write(self, root: Path, project: Path) -> None:
        """A project folder like any office's, with the shell and the hook of `project`."""
        for name in ("hooks", "site_src"):
            shutil.copytree(project / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "*.md"))
        shutil.copy(project / "mkdocs.yml", root)
        # The site of the small office: the home page of the portal leads to records of its own.
        for name in ("site.yml", "agencies/labor-bureau.yml"):
            (root / "data" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(project / "tests/offices/labor-bureau/data" / name, root / "data" / name)
        for name, record in self._records():
            path = root / "data" / f"{name}.yml"
            path.parent.mkdir(exist_ok=True)
            with path.open("w", encoding="utf-8") as file:
                yaml.dump(record, file, Dumper=DUMPER, allow_unicode=True, sort_keys=False, width=1000)

    def _records(self) -> Iterator[tuple[str, dict[str, Any]]]:
        yield from ((f"units/{unit}", self._unit(number)) for number, unit in enumerate(self.units, 1))
        for kind, make in (("service", self._service), ("sop", self._sop), ("faq", self._faq)):
            yield from ((f"{kind}s/{kind}-{number}", make(number)) for number in range(1, self.numbers[kind] + 1))

    def _text(self, words: int, suffix: str = "") -> dict[str, str]:
        zh = "".join(self.dice.choices(ZH, k=words)) + self.dice.choice(PLACES)
        en = " ".join(self.dice.choices(EN, k=words)).capitalize()
        return {"zh": f"{zh}{suffix}", "en": f"{en} {suffix}".strip()}

    def _common(self) -> dict[str, Any]:
        day = f"2026-{self.dice.randint(1, 9):02}-{self.dice.randint(1, 28):02}"
        unit = self.dice.choice(self.units)
        return {"unit": unit, "published": "2026-01-01", "reviewed": day, "review_every": "6 months"}

    def _unit(self, number: int) -> dict[str, Any]:
        return {
            "name": {"zh": f"第{number}科", "en": f"Section {number}"},
            "agency": "labor-bureau",
            "published": "2026-01-01",
            "phone": f"(02)0000-1234 分機 {number}",
            "email": f"unit{number}@demo.example",
            "duties": [self._text(5), self._text(6)],
        }

    def _service(self, number: int) -> dict[str, Any]:
        papers = [
            {"name": self._text(2), "kind": self.dice.choice(("original", "copy")), "note": self._text(6)}
            for _ in range(4)
        ]
        return self._common() | {
            "title": self._text(3, f"申請{number}"),
            "summary": self._text(18),
            "limit": {"value": self.dice.randint(8, 30), "unit": "day", "counting": "working"},
            "fee": {"amount": self.dice.choice((0, 100, 500))},
            "channels": [{"type": "counter", "where": self._text(4), "hours": self._text(3)}],
            "eligibility": [self._text(11), self._text(12)],
            "documents": papers,
            "legal_basis": [
                {"law": {"zh": "就業保險法", "en": "Employment Insurance Act"}, "article": number % 40 + 1}
            ],
        }

    def _sop(self, number: int) -> dict[str, Any]:
        service = (number - 1) % max(1, self.numbers["service"]) + 1
        return self._common() | {
            "title": self._text(3, f"流程{number}"),
            "purpose": self._text(12),
            "services": [f"service-{service}"],
            "version": 1,
            "approved": {"on": "2026-01-01", "by": {"zh": "局長", "en": "Commissioner"}},
            "steps": [self._step(*step) for step in STEPS],
        }

    def _step(self, step: str, kind: str, *onward: str) -> dict[str, Any]:
        ways: list[dict[str, Any]] = [{"to": to} for to in onward]
        for way in ways if len(ways) > 1 else []:
            way["when"] = self._text(1)
        limit = {"limit": {"value": 1, "unit": "day"}} if kind == "task" else {}
        own = {"id": step, "kind": kind, "title": self._text(2), "text": self._text(9), **limit}
        return own | ({"next": ways} if ways else {})

    def _faq(self, number: int) -> dict[str, Any]:
        service = f"service-{self.dice.randint(1, self.numbers['service'])}"
        lines = [self._text(length) for length in (12, 9, 9, 15)]
        answer = {
            key: "{}\n\n- {}\n- {}\n\n{}[→](service:{})\n".format(*(line[key] for line in lines), service)
            for key in ("zh", "en")
        }
        topic = {"zh": f"主題{number % 12}", "en": f"Topic {number % 12}"}
        own = {"question": self._text(6, f"{number}?"), "answer": answer, "topic": topic, "services": [service]}
        return self._common() | own
