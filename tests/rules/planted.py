"""A small finished site in which nothing is wrong, and the ways in which it can be spoiled. Judges nothing."""

import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from unicodedata import normalize

BASE = "https://www.demo.example/"
HERE = "<!-- here -->"
NAMES = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta")
LANGUAGES = {"": "zh-Hant-TW", "en/": "en"}

Files = dict[str, bytes]


def page(path: str, title: str, body: str, head: str = "", lang: str | None = None, twins: bool = True) -> bytes:
    """A page as a careful office would write it; `path` is its address below the root."""
    language = lang or ("en" if path.startswith("en/") else "zh-Hant-TW")
    up = "../" * path.count("/")
    own = path.removeprefix("en/")
    home = up + ("en/" if path.startswith("en/") else "")
    alternates = "".join(
        f'<link rel="alternate" hreflang="{tag}" href="{BASE}{prefix}{own}">' for prefix, tag in LANGUAGES.items()
    )
    other = f"{up}{'' if path.startswith('en/') else 'en/'}{own}"
    switch = f'<a href="{other}" hreflang="{"zh-Hant-TW" if path.startswith("en/") else "en"}">🌐 language</a>'
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="canonical" href="{BASE}{path}">
{alternates if twins else ""}
<link rel="stylesheet" href="{up}assets/style.css">
<link rel="icon" href="{up}assets/icon.png">
<link rel="manifest" href="{up}site.webmanifest">
<link rel="alternate" type="application/atom+xml" href="{up}feed.xml">
<meta property="og:image" content="{BASE}assets/icon.png">
{head}
</head>
<body>
<header><a href="{home or "./"}"><img src="{up}assets/icon.png" alt="Home"></a> {switch if twins else ""}
<nav id="menu"><a href="{home}services/">Services</a> <a href="{home}about/">About</a></nav></header>
<main id="main"><h1>{title}</h1>
{body}
{HERE}
</main>
<footer id="foot"><a href="mailto:office@demo.example">office@demo.example</a>
<a href="tel:+886-2-1234-5678">Call</a></footer>
</body>
</html>
""".encode()


def zip_of(parts: Mapping[str, bytes]) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in parts.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 2, 0, 0, 0)), data, kind)
    return content.getvalue()


def odf(kind: str) -> bytes:
    media = f"application/vnd.oasis.opendocument.{kind}"
    manifest = f'<manifest media-type="{media}"/>'
    parts = {
        "mimetype": media,
        "content.xml": "<content>" + kind * 99 + "</content>",
        "META-INF/manifest.xml": manifest,
    }
    return zip_of({name: text.encode() for name, text in parts.items()})


def ooxml(folder: str) -> bytes:
    return zip_of({"[Content_Types].xml": b"<Types/>", f"{folder}/main.xml": b"<main/>" * 50})


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")
    )


PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n" + b"x" * 200 + b"\nxref\n0 1\ntrailer<<>>\nstartxref\n9\n%%EOF\n"
JPG = b"\xff\xd8\xff\xe0" + b"\0" * 100 + b"\xff\xd9"
GIF = b"GIF89a" + b"\0" * 20 + b";"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><symbol id="bell"><path d="M0 0"/></symbol></svg>'
CSS = """@charset "utf-8";
@namespace svg url(http://www.w3.org/2000/svg);
@import "print.css";
/* url(not-there.png) */
@font-face { font-family: Own; src: url("own.woff2") format("woff2"); }
main { background: url(icon.png); content: "url(neither-there.png)"; }
"""


def site() -> Files:
    """File → content. Nothing in it may be found fault with."""
    files: Files = {}
    for prefix in LANGUAGES:
        links = "".join(f'<li><a href="{name}/">{name}</a></li>' for name in NAMES)
        files[f"{prefix}index.html"] = page(
            prefix, f"Home {prefix}", '<a href="services/">All</a> <a href="files/">Files</a>'
        )
        files[f"{prefix}services/index.html"] = page(f"{prefix}services/", "Services", f'<ul id="list">{links}</ul>')
        files[f"{prefix}about/index.html"] = page(f"{prefix}about/", "About", "")
        for name in NAMES:
            body = '<h2 id="fees">Fees</h2><h2 id="費用">費用</h2><a href="#fees">Fees</a> <a href="#費用">費用</a>'
            files[f"{prefix}services/{name}/index.html"] = page(f"{prefix}services/{name}/", f"{name} {prefix}", body)
        downloads = "".join(f'<a href="/files/{name}">{name}</a> ' for name in DOWNLOADS)
        files[f"{prefix}files/index.html"] = page(f"{prefix}files/", "Files", downloads)
    files["404.html"] = page("404.html", "Not found", "", '<meta name="robots" content="noindex">', twins=False)
    files |= {f"files/{name}": data for name, data in DOWNLOADS.items()}
    files |= {"assets/style.css": CSS.encode(), "assets/print.css": b"p{}", "assets/own.woff2": b"wOF2" + b"\0" * 40}
    files |= {"assets/icon.png": png(), "assets/icons.svg": SVG, "assets/app.js": b"'use strict'"}
    files["robots.txt"] = f"User-agent: *\nSitemap: {BASE}sitemap.xml\n".encode()
    files["sitemap.xml"] = sitemap(own for own in files if own.endswith("index.html"))
    files["feed.xml"] = feed()
    files["search/index.json"] = json.dumps({"docs": [{"location": "services/alpha/#fees", "text": "x"}]}).encode()
    files["site.webmanifest"] = json.dumps({"start_url": "./", "icons": [{"src": "assets/icon.png"}]}).encode()
    return files


DOWNLOADS: Mapping[str, bytes] = {
    "form.pdf": PDF,
    "form.odt": odf("text"),
    "form.ods": odf("spreadsheet"),
    "form.docx": ooxml("word"),
    "data.csv": "﻿期間,件數\n2026-Q3,7\n".encode(),
    "data.json": b'{"a": [1]}',
    "pack.zip": zip_of({"a.txt": b"a" * 500}),
    "photo.jpg": JPG,
    "moving.gif": GIF,
}


def sitemap(pages: "object") -> bytes:
    assert hasattr(pages, "__iter__")
    rows = "".join(
        f"<url><loc>{BASE}{own.removesuffix('index.html')}</loc><lastmod>2026-01-02</lastmod></url>\n" for own in pages
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{space}">\n{rows}</urlset>\n'.encode()


def feed() -> bytes:
    entry = f'<entry><title>a</title><link href="{BASE}services/alpha/"/></entry>'
    return f'<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>\n'.encode()


Spoil = Callable[[Files], None]


@dataclass(frozen=True)
class Case:
    """One way to change the site. A fault names what has to be found, a trap nothing."""

    name: str
    spoil: Spoil
    found: tuple[tuple[str, str, str], ...] = ()
    """(code, page, address) of every finding."""


def in_page(where: str, html: str) -> Spoil:
    """Put a passage into the text of a page."""

    def spoil(files: Files) -> None:
        assert HERE.encode() in files[where]
        files[where] = files[where].replace(HERE.encode(), html.encode() + b"\n" + HERE.encode(), 1)

    return spoil


def in_head(where: str, html: str) -> Spoil:
    def spoil(files: Files) -> None:
        files[where] = files[where].replace(b"</head>", html.encode() + b"\n</head>", 1)

    return spoil


def swap(where: str, old: str | bytes, new: str | bytes) -> Spoil:
    """Change a passage that has to be there."""
    before, after = (text.encode() if isinstance(text, str) else text for text in (old, new))

    def spoil(files: Files) -> None:
        assert before in files[where], (where, old)
        files[where] = files[where].replace(before, after)

    return spoil


def put(where: str, content: bytes | str) -> Spoil:
    def spoil(files: Files) -> None:
        files[where] = content.encode() if isinstance(content, str) else content

    return spoil


def drop(where: str) -> Spoil:
    def spoil(files: Files) -> None:
        del files[where]

    return spoil


def both(*spoils: Spoil) -> Spoil:
    def spoil(files: Files) -> None:
        for own in spoils:
            own(files)

    return spoil


def listed(path: str, *spoils: Spoil, lang: str = "zh-Hant-TW", head: str = "", twins: bool = False) -> Spoil:
    """A new page that is linked and in the sitemap."""
    link = in_page("about/index.html", f'<a href="/{path}" hreflang="{lang}">{path}</a>')
    entry = swap("sitemap.xml", "</urlset>", f"<url><loc>{BASE}{path}</loc></url></urlset>")
    body = page(path, path, "", head, lang, twins)
    return both(put(f"{path}index.html", body), link, entry, *spoils)


NFD = normalize("NFD", "é")
