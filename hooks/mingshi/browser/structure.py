"""The structure of a page as a set of features: what is judged here holds wherever its like is. Knows no browser."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from mingshi.built import Element

CONTEXTS = 3
"""So many elements above an element belong to what it is: its parent, and those with a class or a style."""
LONG = 40
"""Signs of a word that fits into no phone."""

_VALUES = frozenset(
    {
        "role",
        "type",
        "lang",
        "dir",
        "scope",
        "hidden",
        "inert",
        "disabled",
        "open",
        "style",
        "bgcolor",
        "color",
        "autocomplete",
        "contenteditable",
        "popover",
        "accesskey",
        "aria-hidden",
        "aria-current",
        "aria-sort",
        "aria-modal",
        "aria-live",
        "aria-level",
        "aria-disabled",
        "aria-orientation",
        "aria-haspopup",
    }
)
"""Attributes by whose value engines judge."""
_PRESENCE = frozenset({"href", "src", "title", "controls", "autoplay", "muted", "usemap", "ismap", "headers", "for"})
"""Attributes of which it matters whether they are there."""
_IDREFS = (
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-details",
    "for",
    "headers",
    "list",
)
_HEADING = re.compile(r"h([1-6])")
_NUMBER = re.compile(r"\d+")
_BREAKS = re.compile(r"[\s\u3000-\u9fff\uff00-\uffef]+")
_NAMED = frozenset(
    {
        "a",
        "button",
        "summary",
        "th",
        "td",
        "label",
        "legend",
        "caption",
        "figcaption",
        "option",
        "title",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    }
)
_FIELDS = frozenset({"input", "select", "textarea", "meter", "progress"})
_SELF_NAMED = frozenset({"hidden", "submit", "reset", "button", "image"})
_LANDMARKS = frozenset({"main", "nav", "header", "footer", "aside", "section", "form", "search"})
_NO_PART = frozenset({"script", "style", "template", "noscript"})
_UP = re.compile(r"^(?:\.{0,2}/)+")
_BETWEEN = " \t\r\n|·•,、/"


def features(root: Element) -> frozenset[str]:
    """What the structure of a page is made of: "p.hint text < section.fees < main" and the like."""
    elements = list(_parts(root))
    found = {feature(own) for own in elements}
    return frozenset(found.union(_of_page(root, elements)))


def feature(element: Element) -> str:
    """What an element is, where it stands; what two elements of one feature show to an engine is the same."""
    return f"{kind(element)} < {context(element)}"


def kind(element: Element) -> str:
    """An element as engines see it, without its words and addresses, in which it differs from its like."""
    parts = [named(element), *sorted(_marks(element))]
    text = "".join(child for child in element.children if isinstance(child, str)).strip()
    if text:
        parts.append("long" if any(len(word) > LONG for word in _BREAKS.split(text)) else "text")
    if element.tag == "table" and not any(element.find("th")):
        parts.append("no th")
    if element.tag in _NAMED and not says_something(element):
        parts.append("empty")
    if element.tag in ("a", "button"):
        parts.append(_around(element))
    return " ".join(parts)


def named(element: Element) -> str:
    """Tag and classes; numbers in classes are those of one record: "li.step-#"."""
    written = element.attributes.get("class")
    if not written:
        return element.tag
    return ".".join([element.tag, *sorted({_NUMBER.sub("#", own) for own in written.split()})])


def context(element: Element) -> str:
    """What it stands in: its parent, and what has a class or a style above that."""
    found: list[str] = []
    for above in element.above():
        style = above.attributes.get("style", "")
        if not found or style or above.attributes.get("class"):
            found.append(f"{named(above)}{{{style}}}" if style else named(above))
        if len(found) == CONTEXTS:
            break
    return " < ".join(found)


def says_something(element: Element) -> bool:
    """Whether there is any text in it, or a picture or a label that stands for one."""
    if element.text or any(element.attributes.get(name, "").strip() for name in ("aria-label", "title")):
        return True
    if element.attributes.get("aria-labelledby"):
        return True
    names = ("alt", "aria-label", "title", "aria-labelledby")
    return any(own.attributes.get(name, "").strip() for own in element.walk() if own is not element for name in names)


def _parts(root: Element) -> Iterator[Element]:
    """The elements that a browser shows or may show, in document order."""
    waiting = [root]
    while waiting:
        own = waiting.pop()
        yield own
        waiting += [
            child for child in reversed(own.children) if isinstance(child, Element) and child.tag not in _NO_PART
        ]


def _marks(element: Element) -> Iterator[str]:
    for name, value in element.attributes.items():
        if name in _VALUES:
            yield f"{name}={value.strip().lower()}"
        elif name == "alt" or name in _PRESENCE or name.startswith("aria-"):
            yield name if value.strip() else f"{name}-empty"
        elif name == "tabindex":
            yield f"tabindex{_sign(value)}"
        elif name in ("colspan", "rowspan") and value not in ("", "1"):
            yield name


def _sign(value: str) -> str:
    number = int(value) if re.fullmatch(r"\s*[+-]?\d{1,6}\s*", value) else 0
    return "+" if number > 0 else "-" if number < 0 else "0"


def _around(element: Element) -> str:
    """Whether a link stands in a sentence, beside other things, or alone."""
    siblings = element.parent.children if element.parent else []
    if any(isinstance(child, str) and child.strip(_BETWEEN) for child in siblings):
        return "in text"
    return "beside" if sum(isinstance(child, Element) for child in siblings) > 1 else "alone"


def language(root: Element) -> str:
    return root.attributes.get("lang", "").strip().lower()


def _of_page(root: Element, elements: list[Element]) -> Iterator[str]:
    """What only the page as a whole shows."""
    yield f"language {language(root) or 'none'}"
    yield from _of_headings(elements)
    yield from _of_landmarks(elements)
    yield from _of_ids(elements)
    yield from _of_looks(root)


def _of_headings(elements: Iterable[Element]) -> Iterator[str]:
    levels = [int(match[1]) for own in elements if (match := _HEADING.fullmatch(own.tag))]
    yield f"first heading {levels[0] if levels else 'none'}"
    yield f"h1 {min(levels.count(1), 2)}"
    yield from (f"heading {above} to {below}" for above, below in pairwise(levels) if below > above + 1)


def _of_landmarks(elements: Iterable[Element]) -> Iterator[str]:
    marks = [own for own in elements if own.tag in _LANDMARKS]
    names = Counter(
        (own.tag, own.attributes.get("aria-label") or own.attributes.get("aria-labelledby")) for own in marks
    )
    counted = Counter(own.tag for own in marks)
    yield from (f"{tag} {min(counted[tag], 2)}" for tag in ("main", "nav", "header", "footer"))
    yield from (f"twice {tag}" for (tag, name), times in names.items() if times > 1 and (name or tag == "nav"))


def _of_ids(elements: Iterable[Element]) -> Iterator[str]:
    ids, keys, labelled = Counter[str](), Counter[str](), set[str]()
    for own in elements:
        ids[own.attributes.get("id", "")] += 1
        keys[own.attributes.get("accesskey", "")] += 1
        labelled |= {own.attributes.get("for", "")} if own.tag == "label" else set()
    for name, counted in (("id", ids), ("accesskey", keys)):
        if any(times > 1 for value, times in counted.items() if value):
            yield f"{name} twice"
    for own in elements:
        yield from (
            f"lost {name}"
            for name in _IDREFS
            if name in own.attributes and set(own.attributes[name].split()) - ids.keys()
        )
        if own.tag in _FIELDS and not _is_labelled(own, labelled - {""}):
            yield f"unlabelled {named(own)}"


def _is_labelled(field: Element, labelled: set[str]) -> bool:
    attributes = field.attributes
    if attributes.get("type", "").lower() in _SELF_NAMED or attributes.get("id") in labelled:
        return True
    if any(attributes.get(name, "").strip() for name in ("aria-label", "aria-labelledby", "title")):
        return True
    return any(above.tag == "label" for above in field.above())


def _of_looks(root: Element) -> Iterator[str]:
    """What changes the looks and the ways of a whole page: its style sheets, its scripts, its viewport."""
    for own in root.walk():
        attributes = own.attributes
        if own.tag == "link" and "stylesheet" in attributes.get("rel", "").lower():
            yield f"sheet {_file(attributes.get('href', ''))} {attributes.get('media', '')}"
        elif own.tag == "script" and attributes.get("src"):
            yield f"script {_file(attributes['src'])}"
        elif own.tag == "style":
            text = "".join(child for child in own.children if isinstance(child, str))
            yield f"style {hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:12]}"
        elif own.tag == "meta" and attributes.get("name", "").lower() in ("viewport", "color-scheme"):
            yield f"{attributes['name'].lower()} {attributes.get('content', '')}"
        elif own.tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
            yield "refresh"


def _file(url: str) -> str:
    """The same file from every folder: "../../assets/site.css" → "assets/site.css"."""
    return _UP.sub("", url.partition("?")[0].partition("#")[0])
