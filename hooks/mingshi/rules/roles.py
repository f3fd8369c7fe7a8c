"""What an address is for: a link to follow, a part of the page to fetch, or something for machines."""

from mingshi.built import Holder, Use, note

_FOLLOWED = frozenset({"a", "area", "form", "button", "blockquote", "q", "ins", "del", "meta refresh"})
_FETCHED_RELS = frozenset(
    {
        "stylesheet",
        "icon",
        "apple-touch-icon",
        "apple-touch-icon-precomposed",
        "apple-touch-startup-image",
        "mask-icon",
        "fluid-icon",
        "manifest",
        "preload",
        "modulepreload",
        "prefetch",
        "prerender",
    }
)
_HOSTS_ONLY = frozenset({"dns-prefetch", "preconnect"})
LINK, ASSET, METADATA, HOST = "link", "asset", "metadata", "host"


def role(use: Use) -> str:
    where = use.where
    tag, _, attribute = where.partition(" ")
    if where in ("meta content", "jsonld"):
        return METADATA
    if where == "link href":
        rels = set(note(use.reference, "rel").split())
        if rels & _FETCHED_RELS:
            return ASSET
        return HOST if rels and rels <= _HOSTS_ONLY else METADATA
    if attribute in ("longdesc", "formaction", "cite") or where == "meta refresh" or tag in _FOLLOWED:
        return LINK
    return ASSET


def is_page_link(holder: Holder, use: Use) -> bool:
    """Whether a reader of a page can follow it."""
    return holder.is_page and use.where in ("a href", "area href")
