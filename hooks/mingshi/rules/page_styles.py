"""Styles in a page and on its elements meet what style sheets have to meet.

- `spacing-fixed`: an element forbids with `!important` that a reader widens its letters, words or lines.
- `font-size-fixed`, `line-height-fixed`, `column-width-fixed`, `contrast-low`: as in style sheets.

Fails: `<p style="font-size: 12px">`, `<p style="line-height: 1 !important">`. Passes: `<p style="font-size: 90%">`,
`style="width: 30px"`, a print style.
"""

from collections.abc import Iterator, Mapping

from mingshi.built import Element, declarations, rulesets
from mingshi.rules.finding import Finding, PageView, of_element
from mingshi.rules.style_demands import PAIRS, SIZES, pairs, sizes, spacings

SUBJECT = "page"
CODES = ("spacing-fixed", *SIZES, *PAIRS)


def check(page: PageView) -> Iterator[Finding]:
    for own in page.having("style"):
        declared = declarations(own.attributes["style"])
        if not own.is_away:
            for code, value, facts in (*sizes(declared), *spacings(declared), *(pairs(declared) if own.text else ())):
                yield _found(code, page, own, value, facts, "style")
    for own in page.tagged("style"):
        if "print" in own.attributes.get("media", ""):
            continue
        for rule in rulesets("".join(child for child in own.children if isinstance(child, str))):
            if "print" not in rule.conditions and not rule.conditions.startswith("@page"):
                for code, value, facts in (*sizes(rule.declarations), *pairs(rule.declarations)):
                    yield _found(code, page, own, value, facts, rule.selector)


def _found(code: str, page: PageView, own: Element, value: str, facts: Mapping[str, str], selector: str) -> Finding:
    return of_element(code, page, own, value, **{"name": "", "selector": selector, **facts})
