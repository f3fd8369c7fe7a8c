"""What the windows showed → findings, each at its place on every page that is built alike. Knows no browser."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from textwrap import shorten
from typing import Any

from mingshi.browser.choosing import Page
from mingshi.browser.placing import find
from mingshi.browser.structure import feature
from mingshi.browser.windows import SCHEMES, WIDTHS, Seen
from mingshi.built import Element, Needle, Site, elements
from mingshi.rules.axe import REFLOW
from mingshi.rules.finding import Finding, Texts
from mingshi.rules.texts import AXE, AXE_PREFIX, SPREADING, WRITTEN
from mingshi.wording import AUTHOR_LANGUAGES

SAID = 400
"""Signs of what axe says."""
PLACED = 50
"""On so many pages that are built alike the line is looked for; of the others the page is named."""
_PASSAGE = 80
_CRITERION = re.compile(r"wcag(\d)(\d)(\d+)")

_WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "light": "淺色",
        "dark": "深色",
        "forced": "強制色彩",
        "only": "（只在{ways}）",
        "alike": "（推及結構相同而沒有打開的{n}頁）",
        "and": "、",
        "none": "良好作法",
    },
    "en": {
        "light": "light",
        "dark": "dark",
        "forced": "forced colours",
        "only": " (only in: {ways})",
        "alike": " (also on what is built alike and was not opened: {n} pages)",
        "and": ", ",
        "none": "good practice",
    },
}

Way = tuple[str, int]


@dataclass(slots=True)
class Fault:
    """An element that offends against a rule, in whichever windows."""

    rule: str
    file: str
    told: Mapping[str, Any]
    tags: tuple[str, ...]
    ways: set[Way] = field(default_factory=set)


class _Source:
    """A page as it lies in its file."""

    def __init__(self, site: Site, file: str) -> None:
        self._site, self._file = site, file

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        return tuple(elements(self._site.source(self._file).encode("utf-8", "replace")).root.walk())

    @cached_property
    def by_feature(self) -> Mapping[str, Element]:
        """The first element of each."""
        found: dict[str, Element] = {}
        for own in self.elements:
            found.setdefault(feature(own), own)
        return found


def faults(pages: Iterable[Seen], name: str = "wrong") -> list[Fault]:
    """Each element once a rule, however many windows show it."""
    found: dict[tuple[str, str, str], Fault] = {}
    for seen in pages:
        for way, result in sorted(seen.results.items()):
            for rule in result.get(name, ()):
                for node in rule["nodes"]:
                    key = seen.file, rule["rule"], node["target"]
                    fault = found.setdefault(key, Fault(rule["rule"], seen.file, node, tuple(rule["tags"])))
                    fault.ways.add(way)
    return list(found.values())


def undecided(pages: Iterable[Seen], site: Site) -> list[dict[str, Any]]:
    """Where axe could not tell, by what it is and where it stands: the most frequent first, each with one page."""
    told, groups = _Telling(site, ()), dict[tuple[str, str, str], list[Fault]]()
    for fault in faults(pages, "open"):
        why = shorten(fault.told["says"], SAID, placeholder=" …")
        groups.setdefault((code_of(fault.rule), told.like(fault), why), []).append(fault)
    return [
        {"code": code, "subject": like, "places": len(own), "page": own[0].file, "says": why}
        for (code, like, why), own in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    ]


def unsure(undecided: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Code → at how many places axe could not tell."""
    counted: dict[str, int] = {}
    for own in undecided:
        counted[own["code"]] = counted.get(own["code"], 0) + own["places"]
    return dict(sorted(counted.items()))


def code_of(rule: str) -> str:
    if rule == REFLOW:
        return REFLOW
    code = f"{AXE_PREFIX}{rule}"
    return code if code in AXE else "axe-other"


def criteria(tags: Iterable[str]) -> list[str]:
    """The success criteria behind the tags of a rule: wcag1410 → 1.4.10."""
    return [".".join(match.groups()) for tag in tags if (match := _CRITERION.fullmatch(tag))]


def findings(opened: Iterable[Seen], site: Site, others: Iterable[Page]) -> Iterator[Finding]:
    """Every fault where it was seen, and on the other pages that have the same element in the same surroundings."""
    told, pages = _Telling(site, others), list(opened)
    for fault in faults(pages):
        yield from told.of(fault)
    for seen in pages:
        for url in sorted(seen.outside):
            yield Finding("request-outside", seen.file, url, url, Needle(value=url))


class _Telling:
    """Turns faults into findings. Each element that stands on many pages is looked for once."""

    def __init__(self, site: Site, others: Iterable[Page]) -> None:
        self._site, self._others = site, tuple(others)
        self._sources: dict[str, _Source] = {}
        self._spread: set[tuple[str, str]] = set()

    def like(self, fault: Fault) -> str:
        """What offends and where it stands, without its words."""
        element = self._element(fault)
        return feature(element) if element is not None else str(fault.told["element"]["tag"])

    def _element(self, fault: Fault) -> Element | None:
        return find(self._source(fault.file).elements, fault.told["element"], fault.told["above"])

    def of(self, fault: Fault) -> Iterator[Finding]:
        element, like = self._element(fault), self.like(fault)
        spread = code_of(fault.rule) in SPREADING and _is_itself(element, fault)
        others = [page.file for page in self._others if like in page.features] if spread else []
        yield self._finding(fault, fault.file, element, like, len(others))
        if (fault.rule, like) not in self._spread:
            self._spread.add((fault.rule, like))
            for number, file in enumerate(others):
                own = self._source(file).by_feature.get(like) if number < PLACED else None
                yield self._finding(fault, file, own, like, len(others))

    def _source(self, file: str) -> _Source:
        if file not in self._sources:
            self._sources[file] = _Source(self._site, file)
        return self._sources[file]

    def _finding(self, fault: Fault, file: str, element: Element | None, like: str, pages: int) -> Finding:
        written = code_of(fault.rule) in WRITTEN and fault.told["inside"]
        snippet = " ".join(fault.told["html"].split())
        says = shorten(fault.told["says"], SAID, placeholder=" …")
        return Finding(
            code=code_of(fault.rule),
            page=file,
            url=_passage(element) if written and element is not None else snippet,
            subject=like,
            needle=Needle(element.tag, nth=element.number) if element is not None else Needle(),
            facts={
                "snippet": snippet,
                "rule": fault.rule,
                "says": dict.fromkeys(AUTHOR_LANGUAGES, says),
                "criteria": _criteria(fault.tags),
                "ways": _ways(fault, pages),
            },
            written=written,
        )


def _is_itself(element: Element | None, fault: Fault) -> bool:
    """Whether the file holds the very element, not only what stands above it."""
    return element is not None and element.tag == fault.told["element"]["tag"].lower()


def _passage(element: Element) -> str:
    """What an author would look for: the words of an element, else its address."""
    named = (element.attributes.get(name, "") for name in ("href", "src", "alt", "title"))
    return element.text[:_PASSAGE] or next(filter(None, named), "")


def _criteria(tags: Iterable[str]) -> Texts:
    found = ", ".join(f"WCAG {own}" for own in criteria(tags))
    return {language: found or _WORDS[language]["none"] for language in AUTHOR_LANGUAGES}


def _ways(fault: Fault, pages: int) -> Texts:
    return {language: _ways_in(fault, pages, _WORDS[language]) for language in AUTHOR_LANGUAGES}


def _ways_in(fault: Fault, pages: int, words: Mapping[str, str]) -> str:
    """In which windows it shows, where it does not in all; and how many pages are built alike."""
    parts = []
    for scheme in SCHEMES:
        widths = [width for width in WIDTHS if (scheme.name, width) in fault.ways]
        if widths:
            every = "" if len(widths) == len(WIDTHS) else " " + "/".join(map(str, widths)) + " px"
            parts.append(f"{words[scheme.name]}{every}")
    able = [scheme for scheme in SCHEMES if fault.rule not in scheme.leaving]
    whole = len(fault.ways) >= len(able) * len(WIDTHS) or fault.rule == REFLOW
    only = "" if whole else words["only"].format(ways=words["and"].join(parts))
    return only + (words["alike"].format(n=pages) if pages else "")
