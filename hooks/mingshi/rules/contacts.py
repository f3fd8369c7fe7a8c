"""Links that write a letter or make a call work.

- `mail-malformed`: `mailto:` without a right address. Several addresses are parted by commas, blanks and other special
  characters are percent-encoded. A letter without any recipient (`mailto:?subject=…`) is right.
- `phone-malformed`: `tel:` with something that no telephone can dial. Digits with `-`, `.`, `(`, `)`, a leading `+`,
  pauses (`,123`) and `;ext=123` are right; letters, full-width digits and `#123` are not.

Fails: `<a href="mailto:office＠demo.example">`. Passes: `<a href="tel:+886-2-1234-5678,41">`.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from mingshi.built import Sort, Use
from mingshi.rules.finding import Finding, Inspection, of_use

SUBJECT = "site"
CODES = ("mail-malformed", "phone-malformed")

_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_ADDRESS = re.compile(
    rf'(?:{_ATOM}(?:\.{_ATOM})*|"[^"\\]*")@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_](?:[\w-]*[^\W_])', re.UNICODE
)
_NAMED = re.compile(r"[^<>]*<([^<>]+)>")
_PHONE = re.compile(r"\+?[0-9().\- *]*[0-9*][0-9().\- *]*(?:[,pPwWxX]+[0-9*#]+)*(?:;[a-zA-Z-]+(?:=[^;]*)?)*", re.ASCII)
_FIELDS = frozenset({"to", "cc", "bcc"})


def check(inspection: Inspection) -> Iterator[Finding]:
    site = inspection.site
    wanted = {use: code for use in site.odd if (code := _code(use))}
    for holder, use in site.with_uses(wanted):
        yield of_use(wanted[use], holder, use)


def _code(use: Use) -> str:
    target = use.target
    if target.sort is Sort.MAIL:
        return "" if _is_letter(target.path) else "mail-malformed"
    if target.sort is Sort.PHONE:
        return "" if _is_phone(target.path) else "phone-malformed"
    return ""


def _is_letter(rest: str) -> bool:
    if "#" in rest or rest.startswith("//"):
        return False
    recipients, _, query = rest.partition("?")
    fields = [part.partition("=") for part in query.split("&")]
    more = [value for name, _, value in fields if name.lower() in _FIELDS and value]
    if not recipients and not any(name for name, _, _ in fields):
        return False
    return all(_are_addresses(text) for text in (*([recipients] if recipients else []), *more))


def _are_addresses(text: str) -> bool:
    return all(_is_address(unquote(part).strip()) for part in text.split(","))


def _is_address(text: str) -> bool:
    named = _NAMED.fullmatch(text)
    return text.isprintable() and _ADDRESS.fullmatch(named[1] if named else text) is not None and "＠" not in text


def _is_phone(rest: str) -> bool:
    number = unquote(rest.partition("?")[0])
    return _PHONE.fullmatch(number) is not None and "#" not in rest
