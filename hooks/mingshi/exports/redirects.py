"""Stub pages at addresses that were published once: a visible link, and the browser goes there by itself."""

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
