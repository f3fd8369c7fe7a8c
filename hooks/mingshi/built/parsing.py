"""Bytes of a page → its facts, as browsers read HTML. The only door to the HTML parser."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mingshi.built.candidates import candidates, is_sound
from mingshi.built.elements import COMMON, Element, Tree
from mingshi.built.encodings import utf8
from mingshi.built.facts import MUTE, Facts, Reference
from mingshi.built.linked_data import addresses
from mingshi.built.refreshes import refresh_of
from mingshi.built.styles import fetches

WITHOUT_EVENTS = 1
"""Spares what only scripts would notice."""
NESTED = 3
"""How deep documents inside documents (srcdoc) are followed."""

_ADDRESSES = {
    "img": ("src", "longdesc", "lowsrc"),
    "script": ("src", "href"),
    "form": ("action",),
    "button": ("formaction",),
    "input": ("src", "formaction"),
    "iframe": ("src", "longdesc"),
    "frame": ("src", "longdesc"),
    "source": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "area": ("href",),
    "image": ("href",),
    "feimage": ("href",),
    "blockquote": ("cite",),
    "q": ("cite",),
    "ins": ("cite",),
    "del": ("cite",),
}
"""Element → its attributes that hold an address; `a` and those of `_BY_NAME` have more to them."""
_HOLD_ADDRESSES = frozenset({name for names in _ADDRESSES.values() for name in names} | {"srcset"})
_META_NAMES = frozenset({"name", "property", "itemprop"})
_IMAGE_METAS = re.compile(r"(?:og|twitter):(?:image|video|audio|url)(?::(?:url|secure_url|src))?|image|thumbnailurl")
_CONFIG_METAS = ("msapplication-tileimage", "msapplication-config", "msapplication-starturl")
_INVISIBLE = " \t\n\r\f\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u3000\ufeff"
_HAS_BLANK = re.compile(r"[\s\u0000-\u0020]").search
NO_LINK = "\0"
"""Stands for the `href` of an `a` that has none."""
_SAID_OF_TARGET = ("hreflang", "lang", "type")
_NOTED = frozenset({*_SAID_OF_TARGET, "name", "ping"})
_FORMATS = "pdf|odt|ods|odp|odg|docx?|xlsx?|pptx?|csv|zip|json|xml|rtf|txt"
_FILE = re.compile(rf"\.(?:{_FORMATS}|ttf|epub|jpe?g|png|mp[34])$", re.IGNORECASE)
_SAYS = re.compile(
    rf"[(（\[【]\s*({_FORMATS})\s*(?:[,，、;；]\s*[\d.,]+\s*[KMG]i?B)?\s*[)）\]】]|\.({_FORMATS})\s*$", re.IGNORECASE
)


class PageReader:
    """Reads page after page; what they share is kept once."""

    def __init__(self) -> None:
        self._shared: dict[Any, Any] = {}
        self._is_file: dict[str, bool] = {}

    def facts(self, data: bytes) -> Facts:
        return self.both(data)[0]

    def both(self, data: bytes) -> tuple[Facts, Callable[[], Tree]]:
        """The facts of a page, and its elements for whom asks for them."""
        text, flaws = utf8(data)
        tree = LexborHTMLParser(text, options=WITHOUT_EVENTS)
        return self._facts(tree, text, flaws), lambda: _elements(tree)

    def _facts(self, tree: LexborHTMLParser, text: bytes, flaws: Iterable[tuple[str, str]]) -> Facts:
        page = self._read(tree, text, 0)
        ids, head = page.ids, page.head
        known = set(ids)
        repeated = () if len(known) == len(ids) else _repeated(ids)
        if any(map(_HAS_BLANK, known)) or "" in known:
            head["bad-ids"] = tuple(own for own in dict.fromkeys(ids) if own.split() != [own])
        known.update(page.names)
        head["metas"] = self._kept(page.metas)
        if flaws or page.flaws:
            head["flaws"] = (*flaws, *page.flaws)
        # Most fragments lead to an id of the same page; only the others are kept.
        references = [own for own in page.references if own[1][:1] != "#" or own[1][1:] not in known or own[2]]
        return Facts(self._kept(references), self._kept(known), repeated, head)

    def _kept(self, values: Iterable[Any]) -> tuple[Any, ...]:
        """Each once, in order, and the same object on every page."""
        keep = self._shared.setdefault
        same = [keep(value, value) for value in values]
        # By identity, which costs less than to compare them once more.
        return tuple({id(value): value for value in same}.values())

    def _read(self, tree: LexborHTMLParser, text: bytes, depth: int) -> "_Page":
        page, wanted = _Page(), _WANTED.get
        root = tree.root
        page.head["lang"] = (root.attributes.get("lang") or "").strip() if root else ""
        every = tree.tags("*")
        page.ids = [own for node in every if (own := node.id) is not None]
        nodes = [(name, node) for node in every if (name := wanted(node.tag_id))]
        self._of_links([node for name, node in nodes if name == "a"], page, b"aria-hidden" in text)
        for name, node in nodes:
            if name in _BY_NAME:
                _BY_NAME[name](node, page)
            elif name != "a":
                _of_other(name, node, page)
                if name == "iframe" and "srcdoc" in node.attributes and depth < NESTED:
                    inner = (node.attributes["srcdoc"] or "").encode()
                    page.references += self._read(LexborHTMLParser(inner), inner, depth + 1).references
        _of_attributes(tree, text, page)
        return page

    def _of_links(self, nodes: Iterable[LexborNode], page: "_Page", half_hidden: bool) -> None:
        """`half_hidden`: whether parts of the page are hidden from screen readers."""
        add, is_file = page.references.append, self._is_file.get
        for node in nodes:
            attributes = node.attributes
            href, said = attributes.get("href", NO_LINK), ""
            if (len(attributes) > 1 or href is NO_LINK) and not _NOTED.isdisjoint(attributes):
                said = _of_more(attributes, page)
            if href is NO_LINK:
                continue
            href, text = href or "", node.text_lexbor()
            # A link that starts with a word says something, whatever else of it is hidden.
            starts = text[:1].strip(_INVISIBLE) and (not half_hidden or node.child.tag_id == _TEXT)  # type: ignore[union-attr]
            if not starts and (half_hidden or not text.strip(_INVISIBLE)) and _is_mute(node, attributes):
                said = f"{said}\n{MUTE}".strip()
            leads_to_file = is_file(href)
            if leads_to_file or (leads_to_file is None and self._leads_to_file(href)):
                said = f"{said}\n{_format_said(text)}".strip()
            add(("a href", href, said))

    def _leads_to_file(self, href: str) -> bool:
        found = self._is_file[href] = bool(_FILE.search(href.partition("#")[0].partition("?")[0]))
        return found


def _repeated(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(own for own, times in Counter(ids).items() if times > 1))


class _Page:
    """What is gathered while a page is read."""

    __slots__ = ("flaws", "head", "ids", "metas", "names", "references")

    def __init__(self) -> None:
        self.references: list[Reference] = []
        self.metas: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.names: list[str] = []
        self.flaws: list[tuple[str, str]] = []
        self.head: dict[str, Any] = {}


def _of_more(attributes: dict[str, str | None], page: _Page) -> str:
    """What else an `a` may have: the anchor of old, whom to tell of a click, and what it says of its target."""
    if attributes.get("name"):
        page.names.append(attributes["name"] or "")
    if attributes.get("ping") and "href" in attributes:
        page.references += [("a ping", url, "") for url in (attributes["ping"] or "").split()]
    return "\n".join(
        f"{name}={value.strip()}" if value and value.strip() else name
        for name in _SAID_OF_TARGET
        if name in attributes
        for value in (attributes[name],)
    )


def _format_said(text: str) -> str:
    """The one format that a link to a file names: "申請書（PDF）" → "says=pdf"."""
    says = {(match[1] or match[2]).lower() for match in _SAYS.finditer(text)}
    return f"says={says.pop()}" if len(says) == 1 else ""


def _of_title(node: LexborNode, page: _Page) -> None:
    if node.parent is not None and node.parent.tag == "head":
        page.head["titles"] = page.head.get("titles", 0) + 1
        page.head.setdefault("title", " ".join(node.text().split()))


def _of_h1(node: LexborNode, page: _Page) -> None:
    page.head.setdefault("h1", " ".join(node.text().split()))


def _of_base(node: LexborNode, page: _Page) -> None:
    if "href" in node.attributes:
        page.head.setdefault("base", node.attributes["href"] or "")


def _of_style(node: LexborNode, page: _Page) -> None:
    page.references += [("style url", url, "") for url, _ in fetches(node.text())]


def _is_mute(node: LexborNode, attributes: dict[str, str | None]) -> bool:
    """Whether screen readers meet a link and have nothing to say."""
    if any((attributes.get(name) or "").strip() for name in ("aria-label", "aria-labelledby", "title")):
        return False
    return not _says_something(node) and not _is_hidden(node)


def _is_hidden(node: LexborNode) -> bool:
    """Whether screen readers pass over it: as a part of what is hidden, or of a picture that is told as one."""
    own: LexborNode | None = node
    while own is not None:
        attributes = own.attributes
        if attributes.get("aria-hidden") == "true" or attributes.get("role") == "img" or "hidden" in attributes:
            return True
        own = own.parent
    return False


def _says_something(node: LexborNode) -> bool:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            if (child.text_content or "").strip(_INVISIBLE):
                return True
            continue
        attributes = child.attributes
        if attributes.get("aria-hidden") == "true" or child.tag in ("style", "script", "template"):
            continue
        names = ("aria-label", "aria-labelledby", "title", *(("alt",) if child.tag in ("img", "input", "area") else ()))
        if any((attributes.get(name) or "").strip() for name in names) or _says_something(child):
            return True
    return False


def _of_link(node: LexborNode, page: _Page) -> None:
    attributes = node.attributes
    href = attributes.get("href", NO_LINK)
    if href is not NO_LINK:
        page.references.append(
            ("link href", href or "", _note_of_link(attributes.get("rel"), attributes.get("hreflang")))
        )
    if "imagesrcset" in attributes:
        _of_srcset("link imagesrcset", attributes["imagesrcset"] or "", page)


@lru_cache(maxsize=1024)
def _note_of_link(rel: str | None, hreflang: str | None) -> str:
    said = f"rel={' '.join((rel or '').lower().split())}"
    return said if hreflang is None else f"{said}\nhreflang={hreflang.strip()}"


def _of_meta(node: LexborNode, page: _Page) -> None:
    attributes = node.attributes
    content = attributes.get("content") or ""
    if "http-equiv" in attributes:
        _of_refresh((attributes["http-equiv"] or "").strip().lower(), content, page)
    for attribute in _META_NAMES.intersection(attributes):
        name, holds_address = _meta_name(attributes[attribute] or "")
        if name:
            page.metas.append((name, content))
        if holds_address:
            page.references.append(("meta content", content, f"property={name}"))


@lru_cache(maxsize=1024)
def _meta_name(written: str) -> tuple[str, bool]:
    name = written.strip().lower()
    return name, bool(_IMAGE_METAS.fullmatch(name)) or name in _CONFIG_METAS


def _of_refresh(name: str, content: str, page: _Page) -> None:
    refresh = refresh_of(content) if name == "refresh" else None
    if refresh is not None and "refresh" not in page.head:
        page.head["refresh"] = refresh
        if refresh[1] is not None:
            page.references.append(("meta refresh", refresh[1], ""))


def _of_srcset(where: str, srcset: str, page: _Page) -> None:
    page.references += [(where, url, "") for url in candidates(srcset)]
    if not is_sound(srcset):
        page.flaws.append(("srcset", srcset))


def _of_script(node: LexborNode, page: _Page) -> None:
    attributes = node.attributes
    if (attributes.get("type") or "").strip().lower() == "application/ld+json":
        try:
            values = json.loads(node.text())
        except (ValueError, RecursionError):
            page.flaws.append(("jsonld", ""))
        else:
            page.references += [("jsonld", url, f"key={key}") for key, url in addresses(values)]
        return
    _of_other("script", node, page)


def _of_other(name: str, node: LexborNode, page: _Page) -> None:
    attributes = node.attributes
    if _HOLD_ADDRESSES.isdisjoint(attributes):
        return
    for attribute in _ADDRESSES[name]:
        if attribute in attributes and not _is_other(name, attribute, attributes):
            kind = (attributes.get("type") or "").strip().lower() if name in ("object", "embed", "source") else ""
            page.references.append((f"{name} {attribute}", attributes[attribute] or "", f"type={kind}" if kind else ""))
    if "srcset" in attributes and name in ("img", "source"):
        _of_srcset(f"{name} srcset", attributes["srcset"] or "", page)


def _is_other(name: str, attribute: str, attributes: dict[str, str | None]) -> bool:
    """Whether an attribute holds no address on this element after all."""
    if name == "input" and attribute == "src":
        return (attributes.get("type") or "").strip().lower() != "image"
    if name == "iframe":
        return attribute == "src" and "srcdoc" in attributes
    return name == "script" and attribute == "href" and "src" in attributes


def _of_attributes(tree: LexborHTMLParser, text: bytes, page: _Page) -> None:
    """Addresses in attributes that any element may have."""
    if b"background=" in text:
        for node in tree.css("body[background],table[background],td[background],th[background]"):
            page.references.append((f"{node.tag} background", node.attributes["background"] or "", ""))
    # The parser gives no lasting number to an element that HTML itself does not have.
    page.references += [("use href", node.attributes.get("href") or "", "") for node in tree.tags("use")]
    if b"url(" in text:
        for node in tree.css("[style]"):
            page.references += [("style url", url, "") for url, _ in fetches(node.attributes["style"] or "")]


_BY_NAME: Mapping[str, Callable[[LexborNode, _Page], None]] = {
    "link": _of_link,
    "meta": _of_meta,
    "script": _of_script,
    "title": _of_title,
    "h1": _of_h1,
    "base": _of_base,
    "style": _of_style,
}


def elements(data: bytes) -> Tree:
    """The whole page as plain elements."""
    return _elements(LexborHTMLParser(utf8(data)[0], options=WITHOUT_EVENTS))


def _elements(parsed: LexborHTMLParser) -> Tree:
    tagged: dict[str, list[Element]] = {}
    having: dict[str, list[Element]] = {}
    texts: list[tuple[Element, str]] = []
    known: dict[int, Element] = {}
    assert parsed.root is not None
    for node in parsed.root.traverse(include_text=True):
        tag_id, above = node.tag_id, node.parent
        holder = known.get(above.mem_id) if above is not None else None
        if tag_id == _TEXT:
            text = node.text_content
            if text and holder is not None:
                holder.children.append(text)
                if not text.isspace():
                    texts.append((holder, text))
            continue
        tag = _NAMES.get(tag_id) or node.tag or ""
        if tag[:1] in _NO_ELEMENT:
            continue
        same = tagged.setdefault(tag, [])
        attributes = node.attributes
        if None in attributes.values():
            attributes = {name: value or "" for name, value in attributes.items()}
        language = attributes.get("lang") or (holder.language if holder is not None else "")
        element = Element(tag, attributes, holder, len(same), len(known), language)  # type: ignore[arg-type]
        known[node.mem_id] = element
        same.append(element)
        if holder is not None:
            holder.children.append(element)
        for name in attributes:
            having.setdefault(name, []).append(element)
    return Tree(tagged["html"][0], tagged, having, texts)


def ids_of_drawing(data: bytes) -> frozenset[str]:
    """What a fragment can point at in an SVG file."""
    return frozenset(node.id or "" for node in LexborHTMLParser(utf8(data)[0]).css("[id]"))


def _tag_ids(names: Iterable[str]) -> Mapping[int, str]:
    """The numbers by which the parser knows elements, asked of the parser itself."""
    return {LexborHTMLParser("").create_node(name).tag_id: name for name in names}


_NO_ELEMENT = frozenset("-_!")
_TEXT = LexborHTMLParser("x").css_first("body").child.tag_id  # type: ignore[union-attr]
_WANTED = _tag_ids(("a", *_BY_NAME, *_ADDRESSES))
_NAMES = _tag_ids(COMMON)
