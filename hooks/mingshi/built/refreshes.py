"""What a `meta refresh` asks for, read by the steps of the HTML standard."""

import re

_REFRESH = re.compile(r"[\t\n\f\r ]*(\d*)(?:\.[\d.]*)?(.*)", re.DOTALL)
_URL = re.compile(r"[uU][rR][lL][\t\n\f\r ]*=[\t\n\f\r ]*(.*)", re.DOTALL)
_BLANKS = "\t\n\f\r "


def refresh_of(content: str) -> tuple[int, str | None] | None:
    """Seconds, and the address: "0; url=../x/" → (0, "../x/"). None where browsers would do nothing."""
    match = _REFRESH.match(content)
    assert match is not None
    digits, rest = match[1], match[2]
    if not digits and not content.lstrip(_BLANKS).startswith("."):
        return None
    seconds = int(digits[:9] or "0")
    if not rest.strip(_BLANKS):
        return seconds, None
    if rest[0] not in _BLANKS + ";,":
        return None
    rest = rest.lstrip(_BLANKS)
    rest = rest[1:].lstrip(_BLANKS) if rest[:1] in (";", ",") else rest
    named = _URL.match(rest)
    url = named[1] if named else rest
    if url[:1] in ("'", '"'):
        url = url[1:].partition(url[0])[0]
    return seconds, url.strip() or None
