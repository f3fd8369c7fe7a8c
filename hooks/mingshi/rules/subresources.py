"""Nothing is fetched or sent in the clear.

- `insecure-subresource`: an image, script, style sheet, frame or font with `http:`. Browsers block it or warn of it.
- `insecure-form`: a form that sends what people write to an address with `http:`.

A site that is itself served with `http:` may do so. A link to follow (`<a href="http://…">`) is no finding here.

Fails: `<script src="http://www.demo.example/x.js">`. Passes: `<script src="//www.demo.example/x.js">` on a safe site.
"""

from collections.abc import Iterator

from mingshi.built import Sort, Use
from mingshi.rules.finding import Finding, Inspection, of_use
from mingshi.rules.roles import ASSET, role

SUBJECT = "site"
CODES = ("insecure-subresource", "insecure-form")
_FORMS = frozenset({"form action", "button formaction", "input formaction"})


def check(inspection: Inspection) -> Iterator[Finding]:
    site = inspection.site
    if site.origin.scheme == "http":
        return
    wanted = {use: code for use in site.odd if (code := _code(use))}
    for holder, use in site.with_uses(wanted):
        yield of_use(wanted[use], holder, use)


def _code(use: Use) -> str:
    target = use.target
    if target.scheme != "http" or target.sort not in (Sort.WEB, Sort.INSIDE, Sort.BESIDE):
        return ""
    if use.where in _FORMS:
        return "insecure-form"
    return "insecure-subresource" if role(use) == ASSET else ""
