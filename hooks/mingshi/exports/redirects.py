"""Stub pages at addresses that were published once: a visible link, and the browser goes there by itself."""

from collections.abc import Iterable
from html import escape

from mingshi.languages import Language


def stub(target: str, canonical: str, title: str, language: Language) -> str:
    """`target` is the relative URL of the page that stands there today, `canonical` the whole one."""
    words = language.words
    heading = escape(words["moved.title"])
    return (
        f'<!doctype html>\n<html lang="{language.tag}"><head><meta charset="utf-8"><title>{heading}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<link rel="canonical" href="{escape(canonical)}">'
        f'<meta http-equiv="refresh" content="0; url={escape(target)}">'
        f"</head><body><main><h1>{heading}</h1>"
        f'<p>{escape(words["moved.text"])}<a href="{escape(target)}">{escape(title)}</a></p></main></body></html>\n'
    )


def folders_without_page(paths: Iterable[str]) -> dict[str, str]:
    """Folders that hold pages and have none of their own, and the next page above each."""
    known = {*paths, ""}
    found: dict[str, str] = {}
    for path in sorted(known):
        folder = _above(path)
        while folder and folder not in known:
            above = _above(folder)
            while above not in known:
                above = _above(above)
            found[folder] = above
            folder = _above(folder)
    return found


def _above(path: str) -> str:
    """The folder of a folder: "topics/theme/" → "topics/"."""
    return path.rstrip("/").rpartition("/")[0] + "/" if "/" in path.rstrip("/") else ""
