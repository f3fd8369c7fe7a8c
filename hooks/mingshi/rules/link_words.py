"""The words of a link say where it leads, without the text around it.

- `link-vague`: a link that says only 「按這裡」, 「更多」, "click here" or "more", and has no other name.
- `link-ambiguous`: two links with the same words in the same sentence, item or cell lead to two places.
- `link-new-window`: a link opens a new window and does not say so.
- `link-title-repeated`: the `title` of a link only repeats its words.

Fails: `<a href="x">按這裡</a>`, `<a href="x" target="_blank">表單</a>`.
Passes: `<a href="x">看更多公告</a>`, `<a href="x" target="_blank" title="表單（另開新視窗）">表單</a>`.
"""

import re
from collections.abc import Iterator

from mingshi.built import Element
from mingshi.rules.finding import Finding, PageView, of_element
from mingshi.rules.vocabulary import words

SUBJECT = "page"
CODES = ("link-vague", "link-ambiguous", "link-new-window", "link-title-repeated")
_VAGUE = words("link_words.vague")
_SAYS_WINDOW = re.compile(
    r"新(?:的)?(?:視窗|分頁|頁籤|窗|頁面)|另開|new\s+(?:window|tab)|another\s+(?:window|tab)|external", re.IGNORECASE
)
_AROUND = frozenset(
    ("li", "td", "th", "p", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "article", "figure", "label")
)


def check(page: PageView) -> Iterator[Finding]:
    known: dict[str, list[Element]] = {}
    for own in page.tagged("a"):
        attributes = own.attributes
        href = attributes.get("href")
        if href is None:
            continue
        text = own.text
        if len(attributes) > 1:
            yield from _of_attributes(page, own, text)
        if text:
            known.setdefault(text, []).append(own)
    for text, links in known.items():
        if _bare(text) in _VAGUE:
            for own in links:
                if _is_alone(page, own, text):
                    yield of_element("link-vague", page, own, text, to=own.attributes["href"])
        if len(links) > 1:
            yield from _of_same(page, text, links)


def _of_attributes(page: PageView, own: Element, text: str) -> Iterator[Finding]:
    title = own.attributes.get("title", "").strip()
    if title and text and title == text and not own.is_hidden:
        yield of_element("link-title-repeated", page, own, title)
    target = own.attributes.get("target", "").strip().lower()
    if target in ("_blank", "_new") and not own.is_hidden:
        said = f"{text} {page.names.of(own)} {title} {page.names.of_content(own)} {_described(page, own)}"
        if not _SAYS_WINDOW.search(said):
            yield of_element("link-new-window", page, own, text or page.names.of(own) or own.attributes["href"])


def _described(page: PageView, own: Element) -> str:
    keys = own.attributes.get("aria-describedby", "").split()
    return " ".join(page.ids[key].text for key in keys if key in page.ids)


def _bare(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def _is_alone(page: PageView, own: Element, text: str) -> bool:
    """Whether nothing else than its words names it."""
    if own.is_hidden or own.attributes.get("aria-describedby"):
        return False
    title = own.attributes.get("title", "").strip()
    return page.names.of(own) == text and (not title or _bare(title) in _VAGUE)


def _of_same(page: PageView, text: str, links: list[Element]) -> Iterator[Finding]:
    if len({own.attributes["href"].partition("#")[0].strip() for own in links}) == 1:
        return
    seen: dict[tuple[str, str], Element] = {}
    for own in links:
        around = next((above for above in own.above() if above.tag in _AROUND), None)
        if around is None or own.attributes.get("aria-label") or own.attributes.get("title") or own.is_hidden:
            continue
        first = seen.setdefault((text, f"{around.tag}{around.number}"), own)
        other = first.attributes["href"]
        leads_away = first is not own and other.strip() != own.attributes["href"].strip()
        if leads_away and page.names.of(own) == page.names.of(first):
            yield of_element("link-ambiguous", page, own, text, to=own.attributes["href"], other=other)
