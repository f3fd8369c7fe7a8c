"""Style sheets let readers have text as large, as spaced and as visible as they need it.

- `font-size-fixed`: a size of text in px, pt or another unit that does not grow with the reader's text. The official
  tool takes names, %, em, rem and what is computed of them.
- `line-height-fixed`: the same of the height of lines.
- `column-width-fixed`: the same of the greatest width of a column (asked for at level AAA).
- `contrast-low`: a colour of text and the ground below it, both written out, in less than 3:1.
- `focus-hidden`: the outline of what has the focus is taken away, and no sheet puts anything in its place.
- `orientation-locked`: content is turned by a quarter as soon as the screen is held upright or across.

Fails: `p { font-size: 13px }`, `:focus { outline: none }`. Passes: `font-size: .9rem`, `@media print { p { font-size:
10pt } }`, `:focus { outline: none; box-shadow: 0 0 0 3px }`, and sheets that no page uses.
"""

import re
from collections.abc import Iterable, Iterator

from mingshi.built import Needle, Ruleset
from mingshi.rules.finding import Finding, Inspection
from mingshi.rules.style_demands import PAIRS, SIZES, pairs, sizes

SUBJECT = "site"
CODES = (*SIZES, *PAIRS, "focus-hidden", "orientation-locked")
_NONE = re.compile(r"(?:none|0(?:px)?|hidden|transparent)(?:\s+none)?(?:\s*!important)?", re.IGNORECASE)
_SHOWS = ("outline", "box-shadow", "border", "background", "text-decoration", "color")
_TAKEN = re.compile(r"(?<!not\():focus(?!-within)|^(?:\*|a|button|input|select|textarea|:link)$", re.IGNORECASE)
_QUARTER = re.compile(r"rotate(?:z|3d)?\([^)]*?-?(?:90|270)deg|rotate(?:z)?\(\s*-?0?\.[27]5turn", re.IGNORECASE)
_NOT_TEXT = re.compile(r":disabled|\[disabled|::?(?:selection|placeholder|before|after|marker)|aria-disabled")


def check(inspection: Inspection) -> Iterator[Finding]:
    sheets = {
        file: [Ruleset(*own) for own in holder.facts.head["sets"]]
        for file, holder in inspection.site.holders.items()
        if holder.form == "css" and "sets" in holder.facts.head and "print" not in file.rpartition("/")[2]
    }
    for file, rules in sheets.items():
        for rule in rules:
            if "print" not in rule.conditions and "@page" not in rule.conditions:
                yield from _of_rule(file, rule)
    every = [rule for rules in sheets.values() for rule in rules]
    if not any(_shows_focus(rule) for rule in every):
        for file, rules in sheets.items():
            yield from _of_focus(file, rules)


def _of_rule(file: str, rule: Ruleset) -> Iterator[Finding]:
    colours = () if _NOT_TEXT.search(rule.selector) else pairs(rule.declarations)
    for code, value, facts in (*sizes(rule.declarations), *colours):
        told = {"name": "", "selector": rule.selector, **facts}
        yield Finding(code, file, value, f"{file} {rule.selector} {value}", Needle(value=value), told)
    if "orientation" in rule.conditions:
        for name, value in rule.declarations:
            turned = name == "transform" and _QUARTER.search(value)
            if turned or (name == "rotate" and _QUARTER.search(f"rotate({value}")):
                facts = {"selector": rule.selector}
                yield Finding("orientation-locked", file, value, f"{file} {value}", Needle(value=value), facts)


def _shows_focus(rule: Ruleset) -> bool:
    return ":focus" in rule.selector and bool(_shown(rule.declarations))


def _shown(declarations: Iterable[tuple[str, str]]) -> list[str]:
    return [name for name, value in declarations if name.startswith(_SHOWS) and not _NONE.fullmatch(value.strip())]


def _of_focus(file: str, rules: list[Ruleset]) -> Iterator[Finding]:
    for rule in rules:
        parts = [part.strip() for part in rule.selector.split(",")]
        gone = [value for name, value in rule.declarations if name in ("outline", "outline-style", "outline-width")]
        taken = gone and _NONE.fullmatch(gone[-1].strip()) and any(_TAKEN.search(part) for part in parts)
        if taken and not (":focus" in rule.selector and _shown(rule.declarations)):
            needle = Needle(value=rule.selector)
            yield Finding("focus-hidden", file, rule.selector, f"{file} {rule.selector}", needle)
