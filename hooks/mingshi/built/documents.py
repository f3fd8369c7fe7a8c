"""The files beside the pages that hold addresses: style sheets, sitemaps, feeds, manifests, search data, robots."""

import json
import re
import zlib
from collections.abc import Callable, Iterator, Mapping

from mingshi.built.declarations import rulesets
from mingshi.built.encodings import utf8
from mingshi.built.facts import Facts, Reference
from mingshi.built.linked_data import addresses
from mingshi.built.styles import fetches
from mingshi.source.workbook.archive import RefusedError
from mingshi.source.workbook.markup import scan

UNPACKED = 64 * 1024 * 1024
SITEMAP, SITEMAP_INDEX, FEED, SEARCH_PLUGIN, TILES = "sitemap", "sitemap-index", "feed", "search-plugin", "tiles"

_ROOTS = {
    "urlset": SITEMAP,
    "sitemapindex": SITEMAP_INDEX,
    "feed": FEED,
    "rss": FEED,
    "RDF": FEED,
    "OpenSearchDescription": SEARCH_PLUGIN,
    "browserconfig": TILES,
}
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)[\s>/]")
_PROLOGUE = re.compile(rb"\A(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*>)*", re.DOTALL)
_IN_TEXT = {"loc", "link", "comments", "icon", "logo", "url", "docs", "Image"}
_IN_ATTRIBUTES = {"link": "href", "enclosure": "url", "content": "src", "thumbnail": "url"}
_KEYS = frozenset({"url", "uri", "href", "permalink", "relpermalink", "location", "link"})


def form_of_xml(data: bytes) -> str:
    """Which sort of document an XML file is, '' where it is none that we read."""
    start = data.removeprefix(b"\xef\xbb\xbf")
    match = _ROOT.match(start, _PROLOGUE.match(start).end())  # type: ignore[union-attr]
    return _ROOTS.get(match[1].decode(), "") if match else ""


def facts_of(form: str, data: bytes) -> Facts:
    """The addresses in a file, and whether it can be read at all; of style sheets also what they set."""
    try:
        references = tuple(dict.fromkeys(_READERS[form](data)))
        sets = tuple(map(tuple, rulesets(utf8(data)[0].decode()))) if form == "css" else ()
        return Facts(references=references, head={"sets": sets} if sets else {})
    except (RefusedError, ValueError, RecursionError, zlib.error):
        return Facts(head={"flaws": (("unreadable", form),)})


def unpacked(data: bytes) -> bytes:
    """What a .gz file holds; ValueError where that is too much."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    content = unpacker.decompress(data, UNPACKED)
    if unpacker.unconsumed_tail or not unpacker.eof:
        raise ValueError
    return content


def _style_sheet(data: bytes) -> Iterator[Reference]:
    return (("css url", url, "") for url, _ in fetches(utf8(data)[0].decode()))


def _xml(data: bytes) -> list[Reference]:
    found: list[Reference] = []
    texts: list[str] = []
    path: list[str] = []
    content = unpacked(data) if data.startswith(b"\x1f\x8b") else data

    def start(name: str, attributes: Mapping[str, str]) -> None:
        own = name.rpartition(" ")[2]
        path.append(own)
        texts.clear()
        attribute = _IN_ATTRIBUTES.get(own, "src" if own.endswith("logo") else "")
        if attribute in attributes:
            notes = [f"{key}={attributes[key].strip()}" for key in ("rel", "hreflang") if key in attributes]
            found.append((f"{own} {attribute}", attributes[attribute], "\n".join(notes)))

    def end(_name: str) -> None:
        own, text = path.pop(), "".join(texts).strip()
        above = path[-1] if path else ""
        if own in _IN_TEXT and text and not (own == "url" and above == "urlset"):
            found.append((f"{above} {own}", text, ""))
        elif own == "guid" and text and text.startswith("http"):
            found.append((f"{above} guid", text, ""))
        elif own == "lastmod" and found:
            found[-1] = (*found[-1][:2], f"lastmod={text}")
        texts.clear()

    scan("xml", [content], start, end, texts.append)
    return found


def _manifest(data: bytes) -> Iterator[Reference]:
    values = json.loads(data.decode("utf-8-sig"))
    if not isinstance(values, dict):
        raise ValueError
    for key in ("start_url", "scope"):
        if isinstance(values.get(key), str):
            yield f"manifest {key}", values[key], ""
    for key in ("icons", "screenshots", "shortcuts"):
        for entry in values.get(key, []) if isinstance(values.get(key), list) else []:
            for own in (entry, *entry.get("icons", [])) if isinstance(entry, dict) else ():
                for name in ("src", "url"):
                    if isinstance(own, dict) and isinstance(own.get(name), str):
                        yield f"manifest {key}", own[name], ""


def _search_data(data: bytes) -> Iterator[Reference]:
    return (("search location", url, "") for url in _located(json.loads(data.decode("utf-8-sig")), "", 0))


def _located(values: object, key: str, depth: int) -> Iterator[str]:
    if depth > 40:
        return
    if isinstance(values, list):
        for value in values:
            yield from _located(value, key, depth + 1)
    elif isinstance(values, dict):
        for name, value in values.items():
            yield from _located(value, str(name).lower(), depth + 1)
    elif isinstance(values, str) and key in _KEYS:
        yield values


def _robots(data: bytes) -> Iterator[Reference]:
    for line in utf8(data)[0].decode().splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        if colon and name.strip().lower() == "sitemap" and value.strip():
            yield "robots sitemap", value.strip(), ""


def _linked_data(data: bytes) -> Iterator[Reference]:
    return (("jsonld", url, f"key={key}") for key, url in addresses(json.loads(data.decode("utf-8-sig"))))


_READERS: Mapping[str, Callable[[bytes], "list[Reference] | Iterator[Reference]"]] = {
    "css": _style_sheet,
    SITEMAP: _xml,
    SITEMAP_INDEX: _xml,
    FEED: _xml,
    SEARCH_PLUGIN: _xml,
    TILES: _xml,
    "manifest": _manifest,
    "search": _search_data,
    "robots": _robots,
    "jsonld": _linked_data,
}
