"""What was seen → what it means for a reader. Pure: asks for nothing and remembers nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from mingshi.external import telling
from mingshi.external.address import Address
from mingshi.external.asking import Answer, Trouble
from mingshi.external.linkchecker import Opinion
from mingshi.external.looking import Seen
from mingshi.external.page import Page

Outcome = Literal["fine", "moved", "blocked", "unsure", "failing"]

_STATUS: Mapping[int, tuple[Outcome, str]] = {
    401: ("blocked", "login"),
    407: ("blocked", "forbidden"),
    403: ("blocked", "forbidden"),
    404: ("failing", "not-found"),
    405: ("unsure", "odd-status"),
    406: ("blocked", "forbidden"),
    408: ("unsure", "unavailable"),
    410: ("failing", "gone"),
    418: ("blocked", "forbidden"),
    425: ("unsure", "unavailable"),
    429: ("blocked", "too-many"),
    451: ("blocked", "forbidden"),
    503: ("unsure", "unavailable"),
    999: ("blocked", "forbidden"),
}
_TROUBLE: Mapping[str, tuple[Outcome, str]] = {
    "no-host": ("failing", "no-host"),
    "name-service": ("unsure", "name-service"),
    "private": ("unsure", "private"),
    "refused": ("failing", "refused"),
    "timeout": ("failing", "timeout"),
    "no-route": ("unsure", "no-route"),
    "closed": ("unsure", "closed"),
    "loop": ("failing", "loop"),
    "bad-redirect": ("failing", "bad-redirect"),
    "no-http": ("unsure", "no-http"),
    "left-alone": ("blocked", "too-many"),
    "tls": ("unsure", "tls"),
    "certificate-issuer": ("unsure", "certificate-issuer"),
    "certificate-expired": ("failing", "certificate-expired"),
    "certificate-own": ("failing", "certificate-own"),
    "certificate-name": ("failing", "certificate-name"),
}
_ASKED_WRONG = frozenset({"not-found", "gone", "error-status", "refused", "timeout", "no-host"})
"""Failures of the request itself, which a second opinion can contradict."""

FILES: Mapping[str, tuple[tuple[str, ...], bytes]] = {
    ".pdf": (("application/pdf",), b"%PDF"),
    ".odt": (("application/vnd.oasis", "application/zip"), b"PK"),
    ".ods": (("application/vnd.oasis", "application/zip"), b"PK"),
    ".odp": (("application/vnd.oasis", "application/zip"), b"PK"),
    ".docx": (("application/vnd.openxmlformats", "application/zip"), b"PK"),
    ".xlsx": (("application/vnd.openxmlformats", "application/zip"), b"PK"),
    ".pptx": (("application/vnd.openxmlformats", "application/zip"), b"PK"),
    ".doc": (("application/msword", "application/vnd.ms-word"), b"\xd0\xcf\x11\xe0"),
    ".xls": (("application/vnd.ms-excel", "application/msexcel"), b"\xd0\xcf\x11\xe0"),
    ".ppt": (("application/vnd.ms-powerpoint",), b"\xd0\xcf\x11\xe0"),
    ".zip": (("application/zip", "application/x-zip"), b"PK"),
    ".7z": (("application/x-7z",), b"7z\xbc\xaf"),
    ".csv": (("text/csv", "text/plain", "application/csv", "application/vnd.ms-excel"), b""),
    ".json": (("application/json", "text/json", "text/plain", "application/geo+json"), b""),
    ".xml": (("application/xml", "text/xml", "text/plain"), b""),
    ".jpg": (("image/jpeg", "image/jpg"), b"\xff\xd8"),
    ".png": (("image/png",), b"\x89PNG"),
    ".mp4": (("video/",), b""),
    ".mp3": (("audio/",), b""),
}
"""Files by the end of their address: the types that say so, and the bytes they begin with."""
_ANY_TYPE = (
    "",
    "application/octet-stream",
    "binary/octet-stream",
    "application/download",
    "application/force-download",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a look means: an outcome, why, and where the reader should be sent instead.

    A login or a front page is no such place, and its address often changes with every look.
    """

    outcome: Outcome
    reason: str = ""
    status: int = 0
    to: str = ""


FINE = Finding("fine")


def from_opinion(address: Address, opinion: Opinion | None) -> Finding | None:
    """What linkchecker's opinion settles by itself: a file that is there and is called what it is."""
    if opinion is None or not _found_it(opinion):
        return None
    plain = address.scheme == "https" and opinion.type.startswith(types_of(address))
    return Finding("fine", status=200) if plain else None


def types_of(address: Address) -> tuple[str, ...]:
    """The types that a file may have by the end of its address; none for a page."""
    return FILES.get(address.suffix, ((), b""))[0]


def _found_it(opinion: Opinion | None) -> bool:
    return opinion is not None and opinion.valid and opinion.direct and opinion.result.startswith("200")


def judge(seen: Seen, beside: Seen | None = None, opinion: Opinion | None = None) -> Finding:
    """The meaning of a look; `beside` is what stands at an address under which there is surely nothing."""
    finding = replace(_of_end(seen, beside), status=seen.status)
    if finding.reason in _ASKED_WRONG and not seen.hops and _found_it(opinion):
        # Two clients, two answers: the address is there for one of them.
        return replace(finding, outcome="unsure", reason="disagree")
    if finding.outcome == "fine":
        return _moved(seen) or finding
    return finding


def needs_sibling(seen: Seen) -> bool:
    """Whether the meaning of a good answer depends on what the server says to nonsense."""
    if not seen.good or seen.page is None or seen.address.is_home:
        return False
    return judge(seen).outcome != "failing"


def _of_end(seen: Seen, beside: Seen | None) -> Finding:
    end = seen.end
    if isinstance(end, Trouble):
        outcome, reason = _TROUBLE[end.reason]
        return Finding(outcome, reason)
    if not seen.good:
        return Finding(*_STATUS.get(end.status, ("failing", "error-status")))
    if seen.hops and telling.is_login(end.address) and not telling.is_login(seen.address):
        return Finding("blocked", "login")
    return _of_page(seen, end, seen.page, beside) if seen.page is not None else _of_file(end, seen.address)


def _of_page(seen: Seen, end: Answer, page: Page, beside: Seen | None) -> Finding:
    if telling.is_parked(end.address, page):
        return Finding("failing", "parked")
    if telling.says_missing(page) or (seen.hops and telling.is_error_page(end.address)):
        return Finding("failing", "soft-404")
    if seen.hops and page.asks_password and not telling.is_login(seen.address):
        return Finding("blocked", "login")
    if telling.is_empty(page):
        return Finding("unsure", "empty")
    return (
        _like_nothing(seen, page, beside)
        or _sent_home(seen, beside)
        or _wrong_file(seen.address)
        or _without_anchor(seen, page)
        or FINE
    )


def _like_nothing(seen: Seen, page: Page, beside: Seen | None) -> Finding | None:
    """A page that says what nonsense gets as well; what cannot be told apart is not called dead."""
    honest = beside is None or beside.status in (404, 410)
    if telling.mentions_missing(page, telling.VERY_SHORT if honest else telling.SHORT):
        return Finding("unsure" if honest else "failing", "soft-404")
    if beside is None or not beside.good or beside.page is None or seen.address.is_home:
        return None
    if not telling.are_alike(page, beside.page) or _sent_home(seen, beside):
        return None
    return Finding("failing" if telling.names_missing(page) else "unsure", "soft-404")


def _sent_home(seen: Seen, beside: Seen | None) -> Finding | None:
    """A deep link that ends at a front page. Where nonsense ends there, too, what it led to is gone."""
    if not seen.hops or seen.address.is_home or not seen.last.is_home:
        return None
    gone = beside is not None and bool(beside.hops) and beside.good and beside.last.wire == seen.last.wire
    same_site = seen.last.host.removeprefix("www.") == seen.address.host.removeprefix("www.")
    if gone and same_site:
        return Finding("failing", "home")
    return Finding("unsure", "home") if gone or same_site else None


def _wrong_file(address: Address) -> Finding | None:
    return Finding("unsure", "wrong-type") if address.suffix in FILES else None


def _without_anchor(seen: Seen, page: Page) -> Finding | None:
    return Finding("unsure", "anchor") if telling.lacks_anchor(page, seen.address.fragment) else None


def _of_file(end: Answer, address: Address) -> Finding:
    if end.status == 204 or (end.whole and not end.body and end.headers.get("content-length", "0") == "0"):
        return Finding("failing" if address.suffix in FILES else "unsure", "empty")
    if address.suffix not in FILES:
        return FINE
    types, start = FILES[address.suffix]
    if start and end.body and start not in end.body[:1024]:
        return Finding("unsure", "wrong-type")
    told_wrong = end.type not in _ANY_TYPE and not end.type.startswith(types)
    # The bytes are right, so the reader gets what was promised, whatever the server calls it.
    return Finding("unsure", "wrong-type") if told_wrong and not (start and end.body) else FINE


def _moved(seen: Seen) -> Finding | None:
    """Where redirects that are permanent lead, from the first one on."""
    first = next((number for number, hop in enumerate(seen.hops) if not hop.permanent), len(seen.hops))
    if first == 0:
        return None
    new = seen.hops[first].address if first < len(seen.hops) else seen.last
    fragment = f"#{new.fragment}" if new.fragment else ""
    return Finding("moved", "moved", seen.status, new.wire + fragment)


def has_twin(seen: Seen, by_https: Seen) -> bool:
    """Whether a page asked for by http is there by https as well, without being sent back."""
    if not by_https.good or by_https.last.scheme != "https":
        return False
    if seen.page is None or by_https.page is None:
        return seen.page is by_https.page
    return seen.page.title == by_https.page.title and not telling.says_missing(by_https.page)
