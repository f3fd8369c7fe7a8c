"""The redirects that a server is told of in the file `_redirects`. Follows none."""

from collections.abc import Mapping

from mingshi.built.addresses import Sort, read
from mingshi.built.site import Site

FILE = "_redirects"
_LARGEST = 4 * 1024 * 1024


def moved(site: Site) -> Mapping[str, str]:
    """Path → address, both below the root; patterns and addresses elsewhere lead to ''."""
    if FILE not in site.tree.files or site.tree.files[FILE].size > _LARGEST:
        return {}
    try:
        text = (site.root / FILE).read_text("utf-8", "replace")
    except OSError:
        return {}
    found = {}
    for line in text.splitlines():
        words = line.partition("#")[0].split()
        if len(words) >= 2 and "*" not in words[0] and ":" not in words[0]:
            start, target = read(words[0], "", site.origin), read(words[1], "", site.origin)
            if start.sort is Sort.INSIDE:
                found[start.path] = target.path if target.sort is Sort.INSIDE else ""
    return found
