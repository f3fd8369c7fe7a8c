"""Pages say truly which address is theirs, and where they stand in other languages.

- `canonical-several`: two canonical addresses that differ; search engines then believe none.
- `canonical-moved`: the canonical address is a page that leads on elsewhere, or that asks not to be found.
- `canonical-chain`: it names a page whose own canonical address is another one.
- `canonical-language`: it names a page in another language, which hides this one from its readers.
- `hreflang-asymmetric`: page A names page B as its translation, B does not name A. Search engines then ignore both.
- `hreflang-self`: a page that names translations does not name itself among them.
- `hreflang-several`: one language, two addresses.
- `hreflang-malformed`: no language tag: `zh_TW`, `tw`, `chinese`.
- `hreflang-language`: the page at that address says of itself that it is in another language.

Fails: `<link rel="alternate" hreflang="en" href="/en/x/">` where /en/x/ has no such link back.
Passes: `x-default`; `zh-TW` for a page whose `lang` is `zh-Hant-TW`; a stub whose canonical address is its target.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from mingshi.built import Holder, Site, Use
from mingshi.rules.finding import Finding, Inspection, Relations, of_use

SUBJECT = "site"
CODES = (
    "canonical-several",
    "canonical-moved",
    "canonical-chain",
    "canonical-language",
    "hreflang-asymmetric",
    "hreflang-self",
    "hreflang-several",
    "hreflang-malformed",
    "hreflang-language",
)
_TAG = re.compile(
    r"x-default|(?:[a-z]{2,3})(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*",
    re.IGNORECASE,
)
_COUNTRIES = frozenset({"tw", "cn", "hk", "jp", "us", "uk", "kr", "sg", "vn"})
"""What is often written for a language and is none that anybody means."""
DEFAULT = "x-default"


def check(inspection: Inspection) -> Iterator[Finding]:
    site = inspection.site
    known = inspection.relations
    for file, own in known.items():
        page = site.pages[file]
        if own.canonicals:
            yield from _canonical(site, page, own, known)
        if own.alternates:
            yield from _tags(site, page, own)
            yield from _symmetry(site, page, own, known)


def _canonical(site: Site, page: Holder, own: Relations, known: Mapping[str, Relations]) -> Iterator[Finding]:
    first = own.canonicals[0]
    if len({use.target.path for use in own.canonicals}) > 1:
        yield of_use("canonical-several", page, own.canonicals[1], page.file)
    target = site.pages.get(first.file or "")
    if target is None or target is page or page.facts.is_stub:
        return
    if target.facts.is_stub or target.facts.is_hidden:
        yield of_use("canonical-moved", page, first, page.file)
    elif any(use.file != target.file for use in _canonicals(known, target.file)[:1]):
        yield of_use("canonical-chain", page, first, page.file)
    elif not _same_language(page.facts.head.get("lang", ""), target.facts.head.get("lang", "")):
        yield of_use("canonical-language", page, first, page.file)


def _canonicals(known: Mapping[str, Relations], file: str) -> list[Use]:
    return known[file].canonicals if file in known else []


def _alternates(known: Mapping[str, Relations], file: str) -> list[tuple[str, Use]]:
    return known[file].alternates if file in known else []


def _tags(site: Site, page: Holder, own: Relations) -> Iterator[Finding]:
    seen: dict[str, Use] = {}
    for tag, use in own.alternates:
        if not _TAG.fullmatch(tag) or tag in _COUNTRIES:
            yield of_use("hreflang-malformed", page, use, tag, found=tag)
            continue
        if tag in seen and seen[tag].target.path != use.target.path:
            yield of_use("hreflang-several", page, use, page.file, found=tag)
        seen.setdefault(tag, use)
        target = site.pages.get(use.file or "")
        if target is not None and tag != DEFAULT and not _same_language(tag, target.facts.head.get("lang", "")):
            yield of_use("hreflang-language", page, use, use.target.shown, found=tag, is_=target.facts.head["lang"])


def _symmetry(site: Site, page: Holder, own: Relations, known: Mapping[str, Relations]) -> Iterator[Finding]:
    named = {use.file for tag, use in own.alternates}
    if page.file not in named and None not in named and any(tag != DEFAULT for tag, _ in own.alternates):
        yield of_use("hreflang-self", page, own.alternates[0][1], page.file)
    for tag, use in own.alternates:
        if use.file is None or use.file == page.file or use.file not in site.pages or tag == DEFAULT:
            continue
        if page.file not in {back.file for _, back in _alternates(known, use.file)}:
            yield of_use("hreflang-asymmetric", page, use, f"{page.file} {use.file}", other=use.target.shown)


@lru_cache(maxsize=4096)
def _same_language(one: str, other: str) -> bool:
    """Whether two tags may be told of the same page; a page that tells none may be anything."""
    first, second = (tag.lower().partition("-")[0] for tag in (one, other))
    if not first or not second or first != second:
        return not first or not second
    scripts = {_script(one), _script(other)} - {""}
    return len(scripts) < 2


def _script(tag: str) -> str:
    """hans or hant, also where only the place tells: zh-TW → hant."""
    parts = tag.lower().split("-")[1:]
    for part in parts:
        if part in ("hant", "tw", "hk", "mo"):
            return "hant"
        if part in ("hans", "cn", "sg"):
            return "hans"
    return ""
