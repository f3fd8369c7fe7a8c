"""The images that a srcset offers. Fetches none."""

import re

_CANDIDATE = re.compile(r"[\s,]*([^\s,](?:\S*[^\s,])?)(,+|(?:\s+([^,(]*(?:\([^)]*\)[^,]*)*))?(?:,|$))")
_DESCRIPTOR = re.compile(r"(?:\d+w|\d+h|\d*\.?\d+(?:[eE][+-]?\d+)?x)")


def candidates(srcset: str) -> list[str]:
    """The addresses of a srcset: "a.png 1x, b.png 2x" → a.png, b.png."""
    return [match[1] for match in _CANDIDATE.finditer(srcset)]


def is_sound(srcset: str) -> bool:
    """Whether every image says by one width or density when it is to be used."""
    found = []
    for match in _CANDIDATE.finditer(srcset):
        descriptors = (match[3] or "").split()
        if not all(_DESCRIPTOR.fullmatch(own) for own in descriptors):
            return False
        units = [own[-1] for own in descriptors if own[-1] != "h"]
        if len(units) > 1:
            return False
        found.append((units or [""])[0])
    density = [unit for unit in found if unit in ("x", "")]
    return bool(found) and (not density or len(density) == len(found)) and found.count("") <= 1
