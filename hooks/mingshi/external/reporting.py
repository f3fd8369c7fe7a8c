"""What a run found → problems, each at the data line of the link, with the unit that has to mend it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from mingshi.catalogue import Catalogue
from mingshi.external.address import parse
from mingshi.external.collecting import Link
from mingshi.external.examining import Examined
from mingshi.external.ledger import STRIKES, Look, Verdict, strikes
from mingshi.problems import Fault, Mark, Problem, Spot, problem
from mingshi.wording import AUTHOR_LANGUAGES, REASONS

LEDGER = "data/ledger/links.json"

Texts = Mapping[str, str]
Facts = Mapping[str, str | int | Texts]

_NOTHING: Texts = dict.fromkeys(AUTHOR_LANGUAGES, "")
_UNSURE: Mapping[str, str] = {
    "private": "external-private",
    "anchor": "external-anchor",
    "wrong-type": "external-content",
    "empty": "external-content",
    "tls": "external-tls",
    "certificate-issuer": "external-tls",
}
"""Reasons with a code of their own."""


def problems(links: Iterable[Link], examined: Examined, catalogue: Catalogue | None) -> Iterator[Problem]:
    """One problem an address and unit; its other places are named along. A foreign site has no catalogue."""
    for code, detail in examined.faults:
        yield problem(Fault(code, found=detail, facts={"waiting": examined.waiting}), Mark(LEDGER))
    for (url, unit), group in groupby(sorted(links, key=_group), key=_group):
        demonstration = catalogue is not None and catalogue.site.demo is not None
        fault = _fault(url, examined, _unit(unit, catalogue), demonstration)
        if fault is not None:
            own = sorted(group, key=lambda link: link.mark)
            spots = tuple(Spot(link.page, url=url) for link in own if link.page)
            first, *others = dict.fromkeys(link.mark for link in own)
            yield replace(problem(fault, first, () if spots else others), spots=spots, subject=url)


def _group(link: Link) -> tuple[str, str]:
    return link.url, link.unit


def _fault(url: str, examined: Examined, unit: Texts, demonstration: bool) -> Fault | None:
    address = parse(url)
    facts: Facts = {"url": url, "unit": unit}
    if address is None:
        return Fault("external-malformed", found=url, facts=facts)
    if address.reserved:
        # A site that calls itself a demonstration has made-up addresses by intent.
        return None if demonstration else Fault("external-reserved", found=url, facts=facts)
    looks = examined.ledger.of(url)
    return _of_verdict(examined.verdicts[url], looks, facts) if url in examined.verdicts else None


def _of_verdict(verdict: Verdict, looks: tuple[Look, ...], facts: Facts) -> Fault | None:
    last, url = looks[-1], str(facts["url"])
    failing = [look for look in looks if look.outcome == "failing"]
    told = last if last.outcome == "failing" or not failing else failing[-1]
    more: Facts = {**facts, "why": _why(told if verdict == "dead" else last), "days": strikes(looks), "limit": STRIKES}
    if verdict == "fine":
        return Fault("external-https", found=url, nearest=last.to, facts=more) if last.reason == "https-twin" else None
    if verdict == "moved":
        return Fault("external-moved", found=url, nearest=last.to, facts=more)
    if verdict == "dead":
        return Fault("external-dead", found=url, facts=more)
    if verdict == "blocked":
        return Fault("external-login" if last.reason == "login" else "external-blocked", found=url, facts=more)
    if last.outcome == "failing":
        return Fault("external-failing", found=url, facts=more)
    return Fault(_UNSURE.get(last.reason, "external-unsure"), found=url, facts=more)


def _why(look: Look) -> Texts:
    status = f"{look.status}" if look.status else ""
    return {language: REASONS[look.reason][language].format(status=status) for language in AUTHOR_LANGUAGES}


def _unit(ref: str, catalogue: Catalogue | None) -> Texts:
    """Who is responsible, as a sentence; '' where nobody in particular is."""
    if catalogue is None or ref not in catalogue.entries:
        return _NOTHING
    name = catalogue.entries[ref].record.title_text
    texts = dict(zip(catalogue.languages.keys, name, strict=True))
    zh, en = texts.get("zh") or name.first, texts.get("en") or name.first
    return {"zh": f"（負責單位：{zh}）", "en": f" (unit: {en})"}
