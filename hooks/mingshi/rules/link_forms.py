"""Addresses are written so that every browser understands them.

- `link-empty`: `href=""` leads back to the page itself.
- `asset-blank`: an image or script without an address asks the server for the page once more.
- `link-script`: `javascript:` does nothing where scripts are off, and the site's security policy refuses it.
- `link-malformed`: no host, a host with blanks, a backslash, a single slash after `https:`, a misspelt scheme.
- `link-local`: `file:`, `C:\\`, `localhost` and private networks exist on the author's computer only.
- `link-placeholder`: what a template should have filled in.
- `link-own-insecure`: the site's own address with `http:` although it is served with `https:`.
- `srcset-malformed`: a `srcset` that mixes widths and densities, or whose descriptors are none.

Fails: `<a href="https:/www.demo.example">`. Passes: `<a href=" ../x/ ">`, `<a href="?page=2">`, `<a href="#">`.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from mingshi.built import Needle, Site, Sort, Use
from mingshi.rules.finding import Finding, Inspection, of_use
from mingshi.rules.roles import LINK, METADATA, role

SUBJECT = "site"
CODES = (
    "link-empty",
    "asset-blank",
    "link-script",
    "link-malformed",
    "link-local",
    "link-placeholder",
    "link-own-insecure",
    "srcset-malformed",
)
_SCHEMES = ("https", "http", "mailto", "tel")
_OTHERS = frozenset(
    {"sms", "geo", "ftp", "ftps", "sftp", "fax", "data", "cid", "mid", "urn", "ws", "wss", "tg", "ssh", "git"}
)
_UNFILLED = re.compile(r"\{\{|\{%|<%|\$\{|%7B%7B|\[object Object\]|//(?:undefined|null)\b", re.IGNORECASE)
_UNFILLED_VALUE = re.compile(
    r"=(?:\{\{[^{}]*\}\}|%7B%7B[\w.%]*%7D%7D|\$\{\w+\}|\[object Object\])(?:&|$)", re.IGNORECASE
)
"""In a query, braces may be what the reader of the address wants; only a value that is nothing else was left open."""
_MAY_BE_BLANK = frozenset(
    {"form action", "blockquote cite", "q cite", "ins cite", "del cite", "a ping", "jsonld", "meta content"}
)


def check(inspection: Inspection) -> Iterator[Finding]:
    site = inspection.site
    wanted = {use: code for use in site.odd if (code := _code(site, use))}
    for holder, use in site.with_uses(wanted):
        if use.url.strip():
            yield of_use(wanted[use], holder, use)
        elif holder.is_page:
            yield of_use(wanted[use], holder, use, f"{wanted[use]} {use.where}")
    for holder in site.pages.values():
        for name, srcset in holder.facts.head.get("flaws", ()):
            if name == "srcset":
                yield Finding("srcset-malformed", holder.file, srcset, srcset, Needle(value=srcset))


def _code(site: Site, use: Use) -> str:
    target, does = use.target, role(use)
    if not use.url.strip():
        return "" if use.where in _MAY_BE_BLANK else "link-empty" if does == LINK else "asset-blank"
    if target.sort is Sort.INSIDE and target.scheme == "http" and site.origin.scheme == "https":
        return "link-own-insecure" if does in (LINK, METADATA) else ""
    if target.sort in (Sort.WEB, Sort.BROKEN) and _is_unfilled(use.url):
        return "link-placeholder"
    if target.flaw or (target.sort is Sort.OTHER and _is_misspelt(target.scheme)):
        return "link-malformed"
    if target.sort is Sort.SCRIPT:
        return "link-script" if does == LINK else ""
    return "link-local" if target.sort is Sort.LOCAL else ""


def _is_unfilled(url: str) -> bool:
    path, _, query = url.partition("#")[0].partition("?")
    return bool(_UNFILLED.search(path) or _UNFILLED_VALUE.search(f"={query.partition('=')[2]}" if query else ""))


def _is_misspelt(scheme: str) -> bool:
    return scheme not in _OTHERS and bool(get_close_matches(scheme, _SCHEMES, n=1, cutoff=0.75))
