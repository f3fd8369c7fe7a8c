"""The handwritten pages of site_src: links by id in their Markdown. Finds and rewrites links, renders nothing."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from posixpath import dirname, normpath

from mingshi.catalogue import Catalogue
from mingshi.kinds import BY_NAME
from mingshi.problems import Fault, Problem, nearest
from mingshi.schema.types import SLUG
from mingshi.source import SourceFile, read_text

LIMIT = 2 * 1024 * 1024

_FENCE = re.compile(r"^ {0,3}(```+|~~~+).*?^ {0,3}\1[`~]*[ ]*$|`[^`\n]+`|<!--.*?-->", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(\]\(\s*<?)([^)\s>]+)")
_BY_ID = re.compile(rf"({'|'.join([*BY_NAME, 'list'])}):({SLUG})(#.*)?")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|/|#", re.IGNORECASE)


def problems(site_src: Path, name: str, catalogue: Catalogue | None) -> Iterator[Problem]:
    """Links in handwritten pages that lead nowhere, each at its line."""
    pages = {path.relative_to(site_src).as_posix() for path in site_src.rglob("*.md")}
    for page in sorted(pages):
        file = SourceFile(site_src / page, f"{name}/{page}")
        text, faults = read_text(file, LIMIT)
        yield from faults
        for link in _LINK.finditer(_without_code(text)):
            fault = _fault(link[2], page, pages, site_src, catalogue)
            if fault is not None:
                before = text[: link.start(2)]
                yield file.fault(fault, before.count("\n") + 1, len(before) - before.rfind("\n"))


def rewrite(markdown: str, href: Callable[[str], str]) -> str:
    """The Markdown with its links by id turned into URLs; code stays as it is."""
    plain = _without_code(markdown)
    parts, end = [], 0
    for link in _LINK.finditer(plain):
        by_id = _BY_ID.fullmatch(link[2])
        if by_id:
            url = href(f"{by_id[1]}:{by_id[2]}") + (by_id[3] or "")
            parts += [markdown[end : link.start(2)], url]
            end = link.end(2)
    return "".join([*parts, markdown[end:]])


def _fault(target: str, page: str, pages: set[str], site_src: Path, catalogue: Catalogue | None) -> Fault | None:
    by_id = _BY_ID.fullmatch(target)
    if by_id:
        ref = f"{by_id[1]}:{by_id[2]}"
        if catalogue is None:
            return None
        same = [other for other in catalogue.claims if other.startswith(f"{by_id[1]}:")]
        return None if ref in catalogue.claims else Fault("unknown-reference", found=ref, nearest=nearest(ref, same))
    path = target.partition("#")[0].partition("?")[0]
    if _SCHEME.match(target) or not path.endswith(".md"):
        return None
    meant = normpath(f"{dirname(page)}/{path}" if dirname(page) else path)
    if meant in pages or (site_src / meant).exists():
        return None
    return Fault("unknown-page", found=path, nearest=nearest(meant, pages))


def _without_code(text: str) -> str:
    """The text with code and comments blanked, so that places stay the same."""
    return _FENCE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text)
