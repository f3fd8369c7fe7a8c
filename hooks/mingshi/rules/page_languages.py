"""A page and its passages say in which language they are, so that screen readers speak them right.

- `lang-missing`: the page names no language: `<html>` without `lang`, or with an empty one.
- `lang-invalid`: the language of the page is none: `<html lang="cn">`.
- `lang-mismatch`: `lang` and `xml:lang` of the page name two languages.
- `lang-wrong`: the page is almost wholly in another script than its language is written in.
- `lang-part-invalid`: the language of a passage is empty or none.
- `lang-part-same`: a passage names the language that it has anyway; the official tool takes that for a mistake.
- `lang-part-unmarked`: a whole sentence in another language stands in the text without `lang`. Names, titles and single
  words are passed over.
- `direction-missing`: Hebrew, Arabic or another script that runs from right to left, without `dir`.

Fails: `<html lang="tw">` over Chinese text; `<p lang="english">`; in a Chinese page
`<p>Please bring your identity card to the counter on the second floor.</p>`.
Passes: `<html lang="zh-Hant-TW">`; `<p lang="en">Please bring …</p>`; 「勞工保險局（Bureau of Labor Insurance）」.
"""

import re
from collections.abc import Iterator

from mingshi.built import Element
from mingshi.rules import language_tags as tags
from mingshi.rules.finding import Finding, PageView, of_element
from mingshi.rules.vocabulary import words

SUBJECT = "page"
CODES = (
    "lang-missing",
    "lang-invalid",
    "lang-mismatch",
    "lang-wrong",
    "lang-part-invalid",
    "lang-part-same",
    "lang-part-unmarked",
    "direction-missing",
)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LATIN = re.compile(r"[A-Za-z]")
_ENGLISH = re.compile(r"[A-Za-z][A-Za-z'’-]*(?:[ ,;:—-]+[A-Za-z][A-Za-z'’-]*){6,}")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]{2}")
_MARKS = frozenset("\u200e\u200f")
_SMALL_WORDS = words("page_languages.small_words")
_SENTENCE = re.compile(
    r"[\u3400-\u9fff]{2,}[，、；：][\u3400-\u9fff，、；：「」（）0-9]{4,}[。！？]|[\u3400-\u9fff，、]{14,}[。！？]"
)
_SMALL, _ENOUGH, _ALMOST, _HARDLY, _SHORTEST = 3, 60, 0.9, 0.02, 8
_NOT_PROSE = frozenset(("script", "style", "template", "code", "pre", "kbd", "samp", "var", "svg", "math", "textarea"))


def check(page: PageView) -> Iterator[Finding]:
    root = page.root
    own = root.attributes.get("lang", "").strip()
    if not own:
        if not page.facts.is_stub:
            yield of_element("lang-missing", page, root, "<html>")
    elif not tags.is_valid(own):
        near = tags.NEAREST.get(own.lower(), "")
        yield of_element("lang-invalid", page, root, own, near=near or "zh-Hant-TW")
    xml = root.attributes.get("xml:lang", "").strip()
    if own and xml and tags.primary(own) != tags.primary(xml):
        yield of_element("lang-mismatch", page, root, own, other=xml)
    yield from _of_parts(page)
    yield from _of_direction(page)
    yield from _of_text(page, own)


def _of_parts(page: PageView) -> Iterator[Finding]:
    for element in page.having("lang"):
        if element is page.root:
            continue
        own = element.attributes["lang"].strip()
        above = element.parent.language if element.parent else ""
        if not own or not tags.is_valid(own):
            if element.text and not element.is_away:
                yield of_element("lang-part-invalid", page, element, own or 'lang=""', text=element.text[:40])
        elif above and tags.same(own, above) and element.tag != "body":
            yield of_element("lang-part-same", page, element, own, text=element.text[:40])


def _of_direction(page: PageView) -> Iterator[Finding]:
    for element, text in page.tree.texts:
        if not text.isascii() and _RIGHT_TO_LEFT.search(text) and not _MARKS.intersection(text):
            chain = (element, *element.above())
            if not any("dir" in own.attributes or own.tag in ("bdi", "bdo", *_NOT_PROSE, "head") for own in chain):
                yield of_element("direction-missing", page, element, text.strip()[:60])


def _of_text(page: PageView, own: str) -> Iterator[Finding]:
    unmarked = [
        (element, passage)
        for element, text in page.tree.texts
        if len(text) >= _SHORTEST and element.language and (passage := _foreign(text, element.language))
        if element.order and not _is_apart(element)
    ]
    if not unmarked:
        return
    told = [text for element, text in page.tree.texts if element.language == own and element.tag not in _NOT_PROSE]
    whole = "".join(told)
    han, latin = len(_HAN.findall(whole)), len(_LATIN.findall(whole))
    if own and han + latin >= _ENOUGH:
        other = "zh-Hant-TW" if not tags.may_hold_han(own) and han > _ALMOST * (han + latin) else ""
        other = other or ("en" if tags.is_chinese(own) and han < _HARDLY * latin else "")
        if other:
            yield of_element("lang-wrong", page, page.root, own, near=other)
            return
    for element, passage in unmarked:
        yield of_element("lang-part-unmarked", page, element, passage[:60], lang=element.language)


def _is_apart(element: Element) -> bool:
    """Whether a text is no prose, not to be translated, or not shown."""
    chain = (element, *element.above())
    return element.is_away or any(
        own.tag in _NOT_PROSE or own.tag == "head" or own.attributes.get("translate") == "no" for own in chain
    )


def _foreign(text: str, language: str) -> str:
    """A sentence in a text that cannot be of its language."""
    if tags.is_chinese(language):
        for match in _ENGLISH.finditer(text):
            words = match[0].lower().split()
            if sum(word.strip(",;:") in _SMALL_WORDS for word in words) >= _SMALL and not _HAN.search(text):
                return match[0]
    elif not text.isascii() and not tags.may_hold_han(language):
        found = _SENTENCE.search(text)
        return found[0] if found else ""
    return ""
