"""An address as it goes over the wire: byte for byte as written; only what no browser would send is percent-encoded."""

import re
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote, quote_from_bytes, urljoin

_URL = re.compile(r"(https?)://([^/?#\\]*)([^#]*)(?:#(.*))?", re.IGNORECASE | re.DOTALL)
_AUTHORITY = re.compile(r"(?:.*@)?(\[[0-9a-fA-F:.]+\]|[^:\[\]]+)(?::(\d{0,5}))?", re.DOTALL)
_LABELS = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?")
_AS_IS = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"<>`')
_SUFFIX = re.compile(r"/[^/?]*?(\.[A-Za-z0-9]{1,5})(?:$|\?)")
_HOME = re.compile(
    r"/(?:(?:zh|tw|en|cht|chinese|english|zh-?tw|zh-?hant)(?:[-_]\w+)?/?)?"
    r"(?:(?:index|default|home|main|mp)(?:\.\w{2,5})?/?)?",
    re.IGNORECASE,
)
_RESERVED = ("example", "test", "invalid")
"""Top-level names that never lead anywhere (RFC 6761)."""
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a request goes, and what it asks for."""

    url: str
    scheme: str
    host: str
    """As the name service knows it: in ASCII."""
    port: int
    target: str
    """Path and query, as sent."""
    fragment: str

    @property
    def site(self) -> str:
        """Host and port: what is asked by one request at a time."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def wire(self) -> str:
        """The address as sent."""
        return f"{self.scheme}://{self.site}{self.target}"

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def is_home(self) -> bool:
        """Whether it is the front page of a site, or of one of its languages."""
        return "?" not in self.target and _HOME.fullmatch(self.path) is not None

    @property
    def suffix(self) -> str:
        """.pdf, or ''."""
        found = _SUFFIX.search(self.target)
        return found[1].lower() if found else ""

    @property
    def reserved(self) -> bool:
        """Whether the name is for examples only."""
        return self.host.rstrip(".").rpartition(".")[2] in _RESERVED


def parse(url: str) -> Address | None:
    """The address a URL means; None where a browser could not open it."""
    match = _URL.fullmatch(url.strip())
    authority = _AUTHORITY.fullmatch(match[2]) if match else None
    if match is None or authority is None:
        return None
    scheme, host = match[1].lower(), _ascii_host(authority[1])
    port = int(authority[2]) if authority[2] else _PORTS[scheme]
    if not host or not 0 < port < 65536:
        return None
    target = match[3] if match[3].startswith("/") else f"/{match[3]}"
    return Address(url, scheme, host, port, _sendable(target), match[4] or "")


def follow(base: Address, location: str) -> str:
    """The URL that a `Location` means; header values arrive as Latin-1, whatever bytes they are."""
    raw = quote_from_bytes(location.strip().encode("latin-1", "replace"), safe=_AS_IS)
    return raw if _URL.fullmatch(raw) else urljoin(base.wire, raw)


def sibling(address: Address) -> str:
    """An address beside this one under which there is surely nothing."""
    folder = address.path.rpartition("/")[0]
    name = sha256(f"{address.site}{folder}".encode()).hexdigest()[:12]
    return f"{address.scheme}://{address.site}{folder}/mingshi-{name}{address.suffix}"


def twin(address: Address) -> str:
    """The same address by https."""
    return f"https://{address.host}{address.target}"


def keeps_its_bytes(address: Address) -> bool:
    """Whether its escapes are UTF-8; linkchecker asks for something else where they are Big5."""
    escapes = bytes.fromhex("".join(re.findall("%([0-9a-fA-F]{2})", address.target)))
    try:
        escapes.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def below(url: str, base: str) -> bool:
    """Whether a URL belongs to the site at `base`."""
    own, site = parse(url), parse(base)
    if own is None or site is None or own.host != site.host:
        return False
    return own.target.startswith(site.path) or f"{own.target}/" == site.path


def _ascii_host(host: str) -> str:
    if host.startswith("["):
        return host[1:-1].lower()
    try:
        name = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    return name if _LABELS.fullmatch(name) else ""


def _sendable(target: str) -> str:
    return quote(re.sub("[\t\r\n]", "", target), safe=_AS_IS, errors="replace")
