"""A small office in a folder, for tests: what is not given is filled with the least that is valid."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from mingshi.catalogue import Catalogue, load
from mingshi.kinds.disclosure import ITEMS
from mingshi.problems import Problem, in_order

TODAY = date(2026, 11, 21)
"""The day for which the pages of tests are painted."""

SITE = """\
name: {zh: 示範市勞工局, en: Demo City Labor Bureau}
description: {zh: 一次查清楚。, en: Find out at once.}
agency: labor-bureau
base_url: https://labor.demo.example/
languages:
  - {key: zh, tag: zh-Hant-TW, name: 中文}
  - {key: en, tag: en, name: English}
navigation: [services, sops, faqs, forms, plans, agencies]
contact:
  address: {zh: 示範市服務路100號, en: 100 Service Rd.}
  phone: (02)0000-1234
  email: labor@demo.example
  hours: {zh: 週一至週五, en: Monday to Friday}
licence:
  name: {zh: 政府資料開放授權條款－第1版, en: Open Government Data License}
  url: https://data.gov.tw/license
"""

AGENCY = """\
name: {zh: 示範市勞工局, en: Demo City Labor Bureau}
duties:
  - {zh: 勞動條件檢查, en: Inspection of working conditions}
address: {zh: 示範市服務路100號, en: 100 Service Rd.}
phone: (02)0000-1234
fax: (02)0000-1235
email: labor@demo.example
website: https://labor.demo.example/
hours: {zh: 週一至週五, en: Monday to Friday}
published: 2026-01-02
"""

UNIT = """\
name: {zh: 服務台, en: Front Desk}
agency: labor-bureau
duties:
  - {zh: 受理申請, en: Taking applications}
phone: (02)0000-1236
email: desk@demo.example
published: 2026-01-02
"""

SERVICE = """\
title: {zh: 失業給付申請, en: Apply for unemployment benefit}
summary: {zh: 失業的人可以領。, en: For people without work.}
unit: front-desk
limit: {value: 15, unit: day, counting: calendar}
fee: {amount: 0}
channels:
  - type: counter
    where: {zh: 一樓, en: First floor}
legal_basis:
  - law: {zh: 就業保險法, en: Employment Insurance Act}
published: 2026-01-02
"""

SOP = """\
title: {zh: 失業給付流程, en: How a claim is handled}
unit: front-desk
purpose: {zh: 在期限內辦完。, en: Done in time.}
steps:
  - id: arrive
    kind: start
    title: {zh: 收件, en: Receive}
    next:
      - to: done
  - id: done
    kind: end
    title: {zh: 結束, en: End}
version: "1"
approved: {on: 2026-01-02, by: {zh: 局長, en: Commissioner}}
published: 2026-01-02
"""

FAQ = """\
question: {zh: 可以領嗎？, en: May I claim?}
answer: {zh: 可以。, en: Yes.}
unit: front-desk
published: 2026-01-02
"""

FORM = """\
title: {zh: 申請書, en: Claim form}
unit: front-desk
summary: {zh: 第一次申請時填寫。, en: For a first claim.}
fields:
  - id: full-name
    label: {zh: 姓名, en: Full name}
published: 2026-01-02
"""

PLAN = """\
title: {zh: 115年度服務計畫, en: Service plan 2026}
agency: labor-bureau
unit: front-desk
year: 115
basis:
  - title: {zh: 市政府計畫, en: City plan}
goals:
  - {zh: 資訊透明, en: Transparent information}
period: {from: 2026-01-01, until: 2026-12-31}
dimensions:
  - id: information
    title: {zh: 資訊流通服務, en: Information services}
    indicators:
      - id: transparency
        title: {zh: 流程透明, en: Transparency}
        measures:
          - id: publish-sops
            text: {zh: 流程上網。, en: Publish procedures.}
            lead: [unit:front-desk]
published: 2026-01-02
"""

NOTICE = """\
title: {zh: 颱風停止受理, en: Closed for the typhoon}
unit: front-desk
text: {zh: 今天停止受理。, en: Closed today.}
valid: {until: 2026-12-31}
published: 2026-01-02
"""

DISCLOSURE = """\
title: {zh: 會議紀錄, en: Minutes}
item: meetings
unit: front-desk
status: nil
reason: {zh: 今年沒有。, en: There is none this year.}
checked: 2026-10-01
published: 2026-01-02
"""
"""Of one item; an office that has it needs the others, too: see `ten_items`."""

DOCUMENT = """\
title: {zh: 就業保險法, en: Employment Insurance Act}
type: law
unit: front-desk
date: 2026-01-02
summary: {zh: 誰可以領。, en: Who may claim.}
url: https://law.moj.gov.tw/
published: 2026-01-02
"""

STATISTIC = """\
title: {zh: 件數, en: Cases}
unit: front-desk
summary: {zh: 當季收件數。, en: Cases received in the quarter.}
measured_in: {zh: 件, en: cases}
points:
  - {period: 2026-Q3, value: "7"}
published: 2026-01-02
"""

DATASET = """\
title: {zh: 各季件數, en: Cases by quarter}
unit: front-desk
summary: {zh: 每季收件的件數。, en: Cases received by quarter.}
frequency: quarter
fields:
  - name: quarter
    about: {zh: 季別, en: Quarter}
files:
  - path: files/cases.csv
    label: {zh: 全部資料, en: All data}
published: 2026-01-02
"""

COMMITMENT = """\
title: {zh: 常見問答至少150題, en: At least 150 questions answered}
unit: front-desk
source:
  law: {law: {zh: 就業保險法, en: Employment Insurance Act}}
holds_when: faqs.published >= 150
published: 2026-01-02
"""

DEFAULTS: Mapping[str, str] = {
    "site.yml": SITE,
    "agencies/labor-bureau.yml": AGENCY,
    "units/front-desk.yml": UNIT,
}


def office(folder: Path, files: Mapping[str, str | bytes], without: tuple[str, ...] = ()) -> Path:
    """`folder`/data with these files, and with the default ones that are neither given nor `without`."""
    data = folder / "data"
    for name, content in {**DEFAULTS, **files}.items():
        if name in without:
            continue
        path = data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return data


def found(data: Path) -> list[Problem]:
    return in_order(load(data).problems)


def problems(data: Path) -> list[tuple[str, str]]:
    """Where and what, in file order: ("data/services/x.yml:3:7", "unknown-key")."""
    return [(str(problem.mark), problem.code) for problem in found(data)]


def read(data: Path) -> Catalogue:
    """The catalogue of an office, right or wrong."""
    loaded = load(data).catalogue
    assert loaded is not None
    return loaded


def catalogue(data: Path) -> Catalogue:
    """The catalogue of an office in which nothing is wrong."""
    assert problems(data) == []
    return read(data)


def ten_items(**given: str) -> dict[str, str]:
    """The files of all ten items: those that are given, and the others without anything to publish."""
    least = {item: vary(DISCLOSURE, "item: meetings", f"item: {item}") for item in ITEMS}
    return {f"disclosures/{item}.yml": text for item, text in (least | given).items()}


def vary(text: str, old: str, new: str) -> str:
    """A text with one passage changed, which has to be there exactly once."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the text"
    return text.replace(old, new)


def in_chinese(text: str) -> str:
    """The record with its translations taken away."""
    return re.sub(r"\{zh: ([^{}]*), en: [^{}]*\}", r"\1", text)
