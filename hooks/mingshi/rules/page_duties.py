"""What every page of an office shows: whose it is, how old it is, where it stands, how to ask.

- `page-origin-missing`: a page that does not say when it was updated, who published it, or how to reach them.
- `breadcrumb-missing`: a page below the home page that does not show where it stands.
- `privacy-sections-missing`: the privacy notice lacks one of the parts that it has everywhere.
- `request-terms-missing`: the page on how to ask for information lacks a period or a way that the act names.

Fails: a page without 更新日期. Passes: `<dt>更新日期</dt><dd><time datetime="2026-10-01">…` with unit and mail address.
"""

import re
from collections.abc import Iterator, Mapping

from mingshi.rules import language_tags as tags
from mingshi.rules.finding import Finding, PageView, Texts, of_element
from mingshi.rules.standing import is_standing

SUBJECT = "page"
CODES = ("page-origin-missing", "breadcrumb-missing", "privacy-sections-missing", "request-terms-missing")
_UPDATED = re.compile(r"更新|異動|發布日期|公布日期|updated|published on|last changed|as of", re.IGNORECASE)
_UNIT = re.compile(
    r"發布單位|發布機關|提供單位|承辦|主管|負責|維護|published by|unit|responsible|office", re.IGNORECASE
)
_HOME = re.compile(r"(?:([a-z]{2,3}(?:-[a-z0-9]+)*)/)?index\.html", re.IGNORECASE)
_REQUEST = re.compile(r"申請.{0,6}政府(?:資訊|資料)|request.{0,20}information", re.IGNORECASE)
_PRIVACY = re.compile(r"(?:.*/)?privacy(?:/index)?\.html")
_SECTIONS: Mapping[str, tuple[Texts, re.Pattern[str]]] = {
    "scope": ({"zh": "適用範圍", "en": "scope"}, re.compile("適用|範圍|scope|covers|applies", re.I)),
    "use": (
        {"zh": "個人資料的蒐集與利用", "en": "use of personal data"},
        re.compile("蒐集|利用|collect|personal data", re.I),
    ),
    "cookie": ({"zh": "Cookie", "en": "cookies"}, re.compile("cookie", re.I)),
    "security": ({"zh": "資訊安全", "en": "security"}, re.compile("安全|保護|secur|protect", re.I)),
    "change": (
        {"zh": "政策修訂", "en": "changes of the notice"},
        re.compile("修訂|修正|改了|changes?|amend|revis", re.I),
    ),
    "contact": ({"zh": "聯絡方式", "en": "contact"}, re.compile("聯絡|連絡|洽詢|contact|ask", re.I)),
}
_TERMS: Mapping[str, tuple[Texts, re.Pattern[str]]] = {
    "decide": ({"zh": "15日內決定", "en": "15 days to decide"}, re.compile(r"15\s*(?:日|天|days)|十五日", re.I)),
    "correct": (
        {"zh": "7日內補正", "en": "7 days to correct"},
        re.compile(r"7\s*(?:日|天|days)|七日|seven days", re.I),
    ),
    "others": (
        {"zh": "第三人10日內表示意見", "en": "10 days for third parties"},
        re.compile(r"10\s*(?:日|天|days)|十日", re.I),
    ),
    "fee": ({"zh": "收費", "en": "fees"}, re.compile("費用|收費|fee|cost", re.I)),
    "appeal": ({"zh": "訴願", "en": "appeal"}, re.compile("訴願|appeal", re.I)),
}


def check(page: PageView) -> Iterator[Finding]:
    if not is_standing(page):
        return
    missing = list(_of_origin(page))
    if missing:
        yield _told("page-origin-missing", page, missing)
    home = _HOME.fullmatch(page.file)
    if not (home and (home[1] is None or tags.is_valid(home[1]))) and not _has_crumbs(page):
        yield of_element("breadcrumb-missing", page, page.root, page.file)
    if _PRIVACY.fullmatch(page.file):
        yield from _of_parts(page, _SECTIONS, "privacy-sections-missing")
    if _REQUEST.search(page.facts.head.get("h1", "")):
        yield from _of_parts(page, _TERMS, "request-terms-missing")


def _of_origin(page: PageView) -> Iterator[Texts]:
    texts = [text for _, text in page.tree.texts]
    if not page.tagged("time") and not any(map(_UPDATED.search, texts)):
        yield {"zh": "更新日期", "en": "the day of the last update"}
    if not any(map(_UNIT.search, texts)):
        yield {"zh": "發布單位", "en": "who published it"}
    if not any(own.attributes.get("href", "").startswith(("mailto:", "tel:")) for own in page.tagged("a")):
        yield {"zh": "聯絡方式", "en": "a phone number or mail address"}


def _has_crumbs(page: PageView) -> bool:
    here = (
        own for own in page.having("aria-current") if own.attributes["aria-current"] in ("page", "location", "true")
    )
    return any(above.tag in ("nav", "ol") for own in here for above in own.above()) or any(
        "crumb" in own.attributes["class"] for own in page.having("class")
    )


def _of_parts(page: PageView, wanted: Mapping[str, tuple[Texts, re.Pattern[str]]], code: str) -> Iterator[Finding]:
    main = next(iter(page.tagged("main")), page.root).text
    missing = [name for name, pattern in wanted.values() if not pattern.search(main)]
    if missing:
        yield _told(code, page, missing)


def _told(code: str, page: PageView, missing: list[Texts]) -> Finding:
    told = {
        language: {"zh": "、", "en": ", "}[language].join(own[language] for own in missing) for language in ("zh", "en")
    }
    return Finding(code, page.file, page.file, " ".join(own["en"] for own in missing), facts={"missing": told})
