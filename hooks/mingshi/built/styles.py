"""What a style sheet fetches: url(), @import, image-set(); comments, strings and namespaces fetch nothing."""

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"""
    /\*.*?(?:\*/|\Z)                                         # a comment
    | @(?P<rule>import|namespace|charset)\b
    | (?P<set>(?:-webkit-)?image-set)\(
    | \b(?:url|src)\(\s*(?:(?P<q>["'])(?P<quoted>(?:\\.|(?!(?P=q)).)*)(?P=q)\s*|(?P<plain>[^"'()\s](?:\\.|[^)\\])*|))\)
    | (?P<s>["'])(?P<string>(?:\\.|(?!(?P=s)).)*)(?P=s)
    | (?P<open>\() | (?P<close>\)) | (?P<end>;)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_MAY_FETCH = re.compile(r"url\(|src\(|@import|image-set", re.IGNORECASE)


def fetches(css: str) -> Iterator[tuple[str, int]]:
    """Every address that a sheet names, and its offset: ("../fonts/x.woff2", 120)."""
    if not _MAY_FETCH.search(css):
        return
    rule, depth, sets = "", 0, [0]
    for token in _TOKEN.finditer(css):
        url = token["quoted"] if token["quoted"] is not None else token["plain"]
        if token["rule"]:
            rule = token["rule"].lower()
        elif token["set"]:
            depth += 1
            sets.append(depth)
        elif url is not None:
            if rule != "namespace" and _unescaped(url.strip()):
                yield _unescaped(url.strip()), token.start()
            rule = ""
        elif token["string"] is not None:
            # Of the strings, only those of @import and image-set() are addresses.
            if (rule == "import" or sets[-1] == depth > 0) and token["string"]:
                yield _unescaped(token["string"]), token.start()
            rule = ""
        else:
            rule = "" if token["end"] else rule
            depth += bool(token["open"]) - bool(token["close"])
            if depth < sets[-1]:
                sets.pop()


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2].replace("\n", ""), text)
