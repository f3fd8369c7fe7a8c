"""What an address on a page means, read as browsers read it. Looks at no file."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_EDGES = "".join(map(chr, range(0x21)))
"""Control characters and blanks, which browsers take away at both ends."""
_LINE_BREAKS = str.maketrans("", "", "\t\n\r")
_WEB = ("http", "https")
_PORTS = {"http": "80", "https": "443"}
_LOCAL_HOST = re.compile(
    r"localhost|.+\.(?:localhost|local|lan)|0\.0\.0\.0|127(?:\.\d+){3}|10(?:\.\d+){3}|192\.168(?:\.\d+){2}"
    r"|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}|\[::1\]"
)
_PLAIN = re.compile(r"(?:[A-Za-z0-9_-]+/)*(?:[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)?")
_UP_AND_DOWN = re.compile(rf"((?:\.\./)*)({_PLAIN.pattern})")
_BAD_HOST = re.compile(r"[\s<>\"^`{|}%]|\.\.|^[.-]|-$|,")
TOP = "top"


class Sort(Enum):
    """Where an address leads."""

    INSIDE = "inside"
    BESIDE = "beside"
    """On the site's own host, but not below its folder."""
    WEB = "web"
    LOCAL = "local"
    """On one computer or in one office only."""
    MAIL = "mail"
    PHONE = "phone"
    SCRIPT = "script"
    DATA = "data"
    OTHER = "other"
    BROKEN = "broken"


class Target(NamedTuple):
    sort: Sort
    path: str = ""
    """Inside: the path below the site's root, decoded. Else what stands behind the scheme."""
    fragment: str | None = None
    """As written, without any directive for text."""
    scheme: str = ""
    flaw: str = ""
    """What is wrong with how it is written."""

    @property
    def shown(self) -> str:
        """The path as an address bar shows it."""
        return "/" + quote(self.path, safe="/%~!$&'()*+,;=:@", errors="surrogateescape")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a site is served, as far as it is known."""

    scheme: str = ""
    host: str = ""
    path: str = "/"
    """Of the root of the site; ends in a slash."""

    @classmethod
    def of(cls, url: str) -> "Origin":
        scheme, _, rest = url.partition("://")
        host, _, path = rest.partition("/")
        path = "/" + path.partition("?")[0].partition("#")[0]
        scheme, path = scheme.lower(), path[: path.rindex("/") + 1]
        host = _host(host, scheme)
        return cls(scheme, host, path, f"{scheme}://{host}{path}" if host else "")

    root: str = ""
    """All of it as one URL, '' where it is not known."""

    def __bool__(self) -> bool:
        return bool(self.host)


def clean(raw: str) -> str:
    """An address without what browsers take away before they read it."""
    text = raw.strip(_EDGES)
    return text.translate(_LINE_BREAKS) if "\n" in text or "\t" in text or "\r" in text else text


def depends_on_page(raw: str) -> bool:
    """Whether an address means something else on pages of sibling folders."""
    if raw.startswith(("../", "http://", "https://")):
        return False
    text = clean(raw)
    return not (text.startswith(("/", "../")) or _SCHEME.match(text))


def read(raw: str, page: str, origin: Origin) -> Target:
    """What an address means; `page` is the path of the page below the site's root, or its whole base URL."""
    return _plain(raw, page, origin) or _read(clean(raw), page, origin)


def _plain(raw: str, page: str, origin: Origin) -> Target | None:
    """The usual address in few steps: nothing in it that needs care."""
    if origin.root and raw.startswith(origin.root):
        path = raw[len(origin.root) :]
        return Target(Sort.INSIDE, path, None, origin.scheme) if _PLAIN.fullmatch(path) else None
    match = _UP_AND_DOWN.fullmatch(raw)
    if match is None or "://" in page or not raw:
        return None
    end = page.rfind("/") + 1
    for _ in range(len(match[1]) // 3):
        if not end:
            return None
        end = page.rfind("/", 0, end - 1) + 1
    return Target(Sort.INSIDE, page[:end] + match[2])


def _read(text: str, page: str, origin: Origin) -> Target:
    match = _SCHEME.match(text)
    if match is None:
        return _relative(text, page, origin)
    scheme, rest = match[1].lower(), text[match.end() :]
    if scheme in _WEB:
        return _web(scheme, rest, page, origin)
    if len(scheme) == 1 or scheme == "file":
        return Target(Sort.LOCAL, text, scheme="file")
    sort = {"mailto": Sort.MAIL, "tel": Sort.PHONE, "javascript": Sort.SCRIPT, "data": Sort.DATA, "blob": Sort.DATA}
    return Target(sort.get(scheme, Sort.OTHER), rest, scheme=scheme)


def decoded(fragment: str) -> str:
    return unquote(fragment, errors="replace")


@lru_cache(maxsize=65536)
def file_path(path: str) -> str:
    """The name of the file that a path in a URL asks for."""
    return unquote(path, errors="surrogateescape") if "%" in path else path


def _relative(text: str, page: str, origin: Origin) -> Target:
    text, fragment = _without_fragment(text)
    path, _, _ = text.partition("?")
    flaw = "backslash" if "\\" in path else ""
    path = path.replace("\\", "/")
    if path.startswith("//"):
        return _web(origin.scheme, text.replace("\\", "/"), page, origin, fragment)
    if "://" in page:
        # The page has a base elsewhere: what it says in short is there, too.
        scheme, _, there = page.partition("://")
        host, _, folder = there.partition("/")
        whole = path if path.startswith("/") else f"/{folder[: folder.rfind('/') + 1]}{path}"
        return _web(scheme, f"//{host}{whole}", page, origin, fragment)
    if not path:
        return Target(Sort.INSIDE, page, fragment, flaw=flaw)
    whole = path if path.startswith("/") else origin.path + page[: page.rfind("/") + 1] + path
    return _inside(whole, fragment, origin, flaw)


def _inside(whole: str, fragment: str | None, origin: Origin, flaw: str = "") -> Target:
    """A path from the root of the host."""
    path = _without_dots(whole) if "/." in whole or "%2" in whole else whole
    if not path.startswith(origin.path):
        if path + "/" == origin.path:
            return Target(Sort.INSIDE, "", fragment, flaw=flaw)
        return Target(Sort.BESIDE, file_path(path.lstrip("/")), fragment, flaw=flaw)
    return Target(Sort.INSIDE, file_path(path[len(origin.path) :]), fragment, flaw=flaw)


def _without_dots(path: str) -> str:
    kept: list[str] = []
    steps = path.split("/")[1:]
    for number, step in enumerate(steps, 1):
        dots = step.lower().replace("%2e", ".")
        if dots == "..":
            kept[-1:] = []
        elif dots != ".":
            kept.append(step)
            continue
        if number == len(steps):
            kept.append("")
    return "/" + "/".join(kept)


def _web(scheme: str, rest: str, page: str, origin: Origin, fragment: str | None = None) -> Target:
    if fragment is None:
        rest, fragment = _without_fragment(rest)
    shown = f"{scheme}:{rest}"
    flaw = "" if rest.startswith("//") and not rest.startswith("///") else "slashes"
    rest = rest.replace("\\", "/") if "\\" in rest.partition("?")[0] else rest
    if flaw and scheme == origin.scheme and not rest.startswith("/"):
        return _relative(rest if fragment is None else f"{rest}#{fragment}", page, origin)
    rest = rest.lstrip("/")
    authority = re.split(r"[/?]", rest, maxsplit=1)[0]
    host = _host(authority, scheme)
    if host in _WEB or not host or _BAD_HOST.search(host) or not _is_port(authority):
        return Target(Sort.BROKEN, shown, fragment, scheme, "host")
    if origin and host == origin.host:
        path = "/" + rest[len(authority) :].partition("?")[0].lstrip("/")
        found = _inside(path, fragment, origin, flaw)
        return Target(found.sort, found.path, fragment, scheme, flaw)
    if _LOCAL_HOST.fullmatch(host.partition(":")[0] if not host.startswith("[") else host):
        return Target(Sort.LOCAL, shown, fragment, scheme)
    return Target(Sort.WEB, shown, fragment, scheme, flaw)


def _without_fragment(text: str) -> tuple[str, str | None]:
    before, hash_sign, fragment = text.partition("#")
    return before, fragment.partition(":~:")[0] if hash_sign else None


def _host(authority: str, scheme: str) -> str:
    host = authority.rpartition("@")[2].lower()
    name, _, port = host.rpartition(":")
    return name if name and not host.endswith("]") and port in (_PORTS.get(scheme), "") else host


def _is_port(authority: str) -> bool:
    host = authority.rpartition("@")[2]
    _, colon, port = host.rpartition(":")
    if not colon or host.endswith("]"):
        return True
    return port == "" or (port.isascii() and port.isdigit() and int(port) < 65536)
