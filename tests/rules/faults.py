"""Every kind of fault that the rules of links, files and metadata have to find: what is spoiled, and what is found."""

import json
from collections.abc import Iterator

from rules.planted import (
    BASE,
    DOWNLOADS,
    JPG,
    NFD,
    PDF,
    Case,
    Spoil,
    both,
    in_head,
    in_page,
    listed,
    odf,
    ooxml,
    page,
    png,
    put,
    swap,
    zip_of,
)

ALPHA, BETA, GAMMA = (f"services/{name}/index.html" for name in ("alpha", "beta", "gamma"))
HTML = b"<!doctype html><title>Not found</title><p>404</p>"


def one(name: str, code: str, where: str, url: str, spoil: Spoil) -> Case:
    return Case(name, spoil, ((code, where, url),))


def link(name: str, code: str, url: str, html: str = '<a href="{}">x</a>', where: str = ALPHA) -> Case:
    """A passage with one bad address."""
    return one(name, code, where, url, in_page(where, html.format(url)))


def of_targets() -> Iterator[Case]:
    missing = "link-missing"
    yield link("relative link to nothing", missing, "../nowhere/")
    yield link("link from the root to nothing", missing, "/services/nowhere/")
    yield link("own whole address to nothing", missing, f"{BASE}nowhere/")
    yield link("address without a scheme to nothing", missing, "//www.demo.example/nowhere/")
    yield link("file instead of folder", missing, "../beta.html")
    yield link("missing ending", missing, "/files/form")
    yield link("encoded twice", missing, "/files/form%252Epdf")
    yield link("host without a scheme", missing, "www.demo.example/services/")
    yield link("above the root to nothing", missing, "../../../../secret.html")
    yield link("Chinese name that is not there", missing, "../費用/")
    yield link("encoded Chinese name that is not there", missing, "../%E8%B2%BB%E7%94%A8/")
    yield link("Big5 bytes in a path", missing, "../%B6O%A5%CE/")
    yield link("with a query", missing, "../nowhere/?page=2")
    yield link("with a fragment", missing, "../nowhere/#fees")
    yield link("with blanks around", missing, " ../nowhere/ ")
    yield link("Markdown file left over", missing, "../beta.md")
    yield link("in an image map", missing, "../nowhere/", '<map name="m"><area href="{}" alt="x"></map>')
    yield link("form", missing, "../nowhere/", '<form action="{}"><button>x</button></form>')
    yield link("button of a form", missing, "../nowhere/", '<form><button formaction="{}">x</button></form>')
    yield link("quotation", missing, "../nowhere/", '<blockquote cite="{}">x</blockquote>')
    yield link("short quotation", missing, "../nowhere/", '<q cite="{}">x</q>')
    yield link("insertion", missing, "../nowhere/", '<ins cite="{}">x</ins>')
    yield link("unquoted", missing, "../nowhere/", "<a href={}>x</a>")
    yield link("single quotes", missing, "../nowhere/", "<a href='{}'>x</a>")
    yield link("in capitals", missing, "../nowhere/", '<A HREF="{}">x</A>')
    yield link("the first of two attributes", missing, "../nowhere/", '<a href="{}" href="../beta/">x</a>')
    yield link("in a drawing", missing, "../nowhere/", '<svg><a xlink:href="{}"><text>x</text></a></svg>')
    yield link("in noscript", missing, "../nowhere/", '<noscript><a href="{}">x</a></noscript>')
    yield link("across lines", missing, "../no\nwhere/", '<a\n  class="x"\n  href="{}"\n>x</a>')
    yield link("with an entity", missing, "../now&here/", '<a href="../now&amp;here/">x</a>')
    yield link("case of a folder", "link-case", "../BETA/")
    yield link("case of a file", "link-case", "/files/Form.pdf")
    yield link("case of an ending", "link-case", "/files/form.PDF")
    yield link("case of an image", "link-case", "../../assets/Icon.png", '<img src="{}" alt="x">')
    yield one(
        "NFD name",
        "link-unicode",
        ALPHA,
        f"/files/caf{NFD}.pdf",
        both(put("files/café.pdf", PDF), in_page(ALPHA, f'<a href="/files/caf{NFD}.pdf">x</a>')),
    )
    yield one(
        "NFD folder",
        "link-unicode",
        ALPHA,
        f"/caf{NFD}/",
        both(listed("café/"), in_page(ALPHA, f'<a href="/caf{NFD}/">x</a>')),
    )
    yield link("folder without index", "link-folder", "/assets/")
    yield link("folder without index, no slash", "link-folder", "/assets")
    base = in_head(BETA, '<base href="/nowhere/">')
    yield one(
        "base that leads astray", missing, BETA, "y/", both(base, swap(BETA, b"<main", b'<main data-x=""'), _only("y/"))
    )


def _only(href: str) -> Spoil:
    """A page with a base and one relative link; its other addresses are from the root."""

    def spoil(files: dict[str, bytes]) -> None:
        files[BETA] = (
            f'<!doctype html><html lang="zh-Hant-TW"><head><title>b</title><base href="/nowhere/">'
            f'<link rel="canonical" href="{BASE}services/beta/">'
            f'<link rel="alternate" hreflang="zh-Hant-TW" href="{BASE}services/beta/">'
            f'<link rel="alternate" hreflang="en" href="{BASE}en/services/beta/">'
            f'</head><body><a href="{href}">x</a><!-- here --></body></html>'
        ).encode()

    return spoil


def of_fragments() -> Iterator[Case]:
    code = "link-fragment"
    yield link("on the same page", code, "#nothing")
    yield link("on another page", code, "../beta/#nothing")
    yield link("by whole address", code, f"{BASE}services/beta/#nothing")
    yield link("Chinese", code, "#手續")
    yield link("encoded Chinese", code, "../beta/#%E6%89%8B%E7%BA%8C")
    yield link("case", code, "#Fees")
    yield link("NFD", code, f"#caf{NFD}", '<h2 id="café">x</h2><a href="{}">x</a>')
    yield link("id in a comment", code, "#hidden", '<!-- <p id="hidden"></p> --><a href="{}">x</a>')
    yield link("id in a template", code, "#hidden", '<template><p id="hidden"></p></template><a href="{}">x</a>')
    yield link("id in a text field", code, "#hidden", '<textarea><p id="hidden"></textarea><a href="{}">x</a>')
    yield link("id in a script", code, "#hidden", '<script>"<p id=hidden>"</script><a href="{}">x</a>')
    yield link("the second of two ids", code, "#second", '<p id="first" id="second"></p><a href="{}">x</a>')
    yield link("name of a field", code, "#field", '<input name="field" aria-label="x"><a href="{}">x</a>')
    yield link("route without script", code, "#/list")
    yield link(
        "drawing without the part", "asset-fragment", "../../assets/icons.svg#flag", '<svg><use href="{}"/></svg>'
    )
    yield link("part of the page's own drawing", "asset-fragment", "#flag", '<svg><use xlink:href="{}"/></svg>')
    yield one(
        "search result",
        code,
        "search/index.json",
        "services/beta/#nothing",
        swap("search/index.json", "services/alpha/#fees", "services/beta/#nothing"),
    )


def of_assets() -> Iterator[Case]:
    code = "asset-missing"
    gone = "../../assets/gone.png"
    for name, html in {
        "image": '<img src="{}" alt="x">',
        "image without quotes": "<img src={} alt=x>",
        "srcset": '<img src="../../assets/icon.png" srcset="{} 2x" alt="x">',
        "second of a srcset": '<img src="../../assets/icon.png" srcset="../../assets/icon.png 1x, {} 2x" alt="x">',
        "source of a picture": '<picture><source srcset="{}"><img src="../../assets/icon.png" alt="x"></picture>',
        "poster": '<video poster="{}"></video>',
        "video": '<video src="{}"></video>',
        "source of a video": '<video><source src="{}"></video>',
        "audio": '<audio src="{}"></audio>',
        "track": '<video><track src="{}" label="x"></video>',
        "frame": '<iframe src="{}" title="x"></iframe>',
        "embed": '<embed src="{}">',
        "object": '<object data="{}">x</object>',
        "image button": '<input type="image" src="{}" alt="x">',
        "script": '<script src="{}"></script>',
        "background": '<table background="{}"><tr><td>x</td></tr></table>',
        "style attribute": '<p style="background:url({})">x</p>',
        "style element": '<style>p{{background:url("{}")}}</style>',
        "image in a drawing": '<svg><image href="{}"/></svg>',
        "old image in a drawing": '<svg><image xlink:href="{}"/></svg>',
        "filter in a drawing": '<svg><filter><feImage href="{}"/></filter></svg>',
        "frame in a frame": "<iframe title='x' srcdoc='<img src=\"{}\" alt=x>'></iframe>",
        "image-set": "<style>p{{background:image-set('{}' 1x)}}</style>",
    }.items():
        yield link(f"asset: {name}", code, gone, html)
    for name, html in {
        "style sheet": '<link rel="stylesheet" href="{}">',
        "other style sheet": '<link rel="alternate stylesheet" href="{}" title="x">',
        "icon": '<link rel="icon" href="{}">',
        "touch icon": '<link rel="apple-touch-icon" href="{}">',
        "preload": '<link rel="preload" as="image" href="{}">',
        "imagesrcset": '<link rel="preload" as="image" imagesrcset="{} 2x">',
        "module": '<link rel="modulepreload" href="{}">',
    }.items():
        yield one(f"asset: {name}", code, ALPHA, gone, in_head(ALPHA, html.format(gone)))
    style = "assets/style.css"
    yield one("url in a sheet", code, style, "gone.png", swap(style, "url(icon.png)", "url(gone.png)"))
    yield one("font in a sheet", code, style, "gone.woff2", swap(style, '"own.woff2"', '"gone.woff2"'))
    yield one("import in a sheet", code, style, "gone.css", swap(style, '"print.css"', '"gone.css"'))
    yield one(
        "url in an imported sheet",
        code,
        "assets/print.css",
        "gone.png",
        put("assets/print.css", "p{background:url('gone.png')}"),
    )
    yield link("image without address", "asset-blank", "", '<img src="" alt="x">')
    yield link("script without address", "asset-blank", "", '<script src=""></script>')
    yield one("sheet without address", "asset-blank", ALPHA, "", in_head(ALPHA, '<link rel="stylesheet" href="">'))
    yield link(
        "widths and densities",
        "srcset-malformed",
        "../../assets/icon.png 2x, ../../assets/icon.png?b 480w",
        '<img src="../../assets/icon.png" srcset="{}" alt="x">',
    )
    yield link(
        "no descriptor",
        "srcset-malformed",
        "../../assets/icon.png 2y",
        '<img src="../../assets/icon.png" srcset="{}" alt="x">',
    )
    clear = "http://cdn.example/x.png"
    for name, html in {
        "image": '<img src="{}" alt="x">',
        "script": '<script src="{}"></script>',
        "frame": '<iframe src="{}" title="x"></iframe>',
        "sheet": '<link rel="stylesheet" href="{}">',
        "style": '<p style="background:url({})">x</p>',
        "video": '<video src="{}"></video>',
    }.items():
        yield link(f"in the clear: {name}", "insecure-subresource", clear, html)
    yield link(
        "form in the clear", "insecure-form", "http://forms.example/", '<form action="{}"><button>x</button></form>'
    )


def of_forms() -> Iterator[Case]:
    yield link("empty address", "link-empty", "")
    yield link("blank address", "link-empty", "  ")
    yield link("script", "link-script", "javascript:void(0)")
    yield link("script in capitals", "link-script", "JavaScript:history.back()")
    yield link("one slash", "link-malformed", "https:/other.example/")
    yield link("no host", "link-malformed", "https:///path")
    yield link("only a scheme", "link-malformed", "https://")
    yield link("two schemes", "link-malformed", "https://https://other.example/")
    yield link("blank in the host", "link-malformed", "https://other example/")
    yield link("two dots", "link-malformed", "https://other..example/")
    yield link("port too high", "link-malformed", "https://other.example:99999/")
    yield link("port that is none", "link-malformed", "https://other.example:abc/")
    yield link("misspelt scheme", "link-malformed", "htps://other.example/")
    yield link("letter left out of a scheme", "link-malformed", "mailo:office@demo.example")
    yield link("backslashes", "link-malformed", "..\\beta\\")
    yield link("file of a computer", "link-local", "file:///C:/forms/a.pdf")
    yield link("drive", "link-local", "C:\\forms\\a.pdf")
    yield link("localhost", "link-local", "http://localhost:8000/services/")
    yield link("loopback", "link-local", "http://127.0.0.1/")
    yield link("private network", "link-local", "http://192.168.1.10/form")
    yield link("private network 10", "link-local", "https://10.1.2.3/")
    yield link("template braces", "link-placeholder", "https://other.example/{{ id }}")
    yield link("template dollar", "link-placeholder", "https://other.example/${id}")
    yield link("own address in the clear", "link-own-insecure", "http://www.demo.example/services/")
    yield link("letter to nobody", "mail-malformed", "mailto:")
    yield link("letter without a host", "mail-malformed", "mailto:office")
    yield link("letter with a wide sign", "mail-malformed", "mailto:office＠demo.example")
    yield link("letter with semicolon", "mail-malformed", "mailto:a@demo.example;b@demo.example")
    yield link("letter with slashes", "mail-malformed", "mailto://office@demo.example")
    yield link("letter with two signs", "mail-malformed", "mailto:a@@demo.example")
    yield link("letter with a blank", "mail-malformed", "mailto:my office@demo.example")
    yield link("copy to nobody", "mail-malformed", "mailto:a@demo.example?cc=office")
    yield link("call to words", "phone-malformed", "tel:洽詢專線")
    yield link("call to letters", "phone-malformed", "tel:office")
    yield link("call to nothing", "phone-malformed", "tel:")
    yield link("call with wide digits", "phone-malformed", "tel:０２１２３４")
    yield link("call with a hash", "phone-malformed", "tel:02-12345678#123")
    yield link("call with a word", "phone-malformed", "tel:02-12345678轉123")


def of_texts() -> Iterator[Case]:
    code = "link-empty-text"
    for name, html in {
        "nothing": '<a href="{}"></a>',
        "blanks": '<a href="{}"> &nbsp; </a>',
        "zero width": '<a href="{}">&#8203;</a>',
        "image without alt": '<a href="{}"><img src="../../assets/icon.png"></a>',
        "image with empty alt": '<a href="{}"><img src="../../assets/icon.png" alt=""></a>',
        "icon": '<a href="{}"><span class="icon"></span></a>',
        "drawing": '<a href="{}"><svg><path d="M0 0"/></svg></a>',
        "hidden text": '<a href="{}"><span aria-hidden="true">→</span></a>',
        "empty label": '<a href="{}" aria-label=""></a>',
        "comment": '<a href="{}"><!-- text --></a>',
    }.items():
        yield link(f"mute link: {name}", code, "../beta/", html)
    yield link("says PDF, is ODT", "download-label", "/files/form.odt", '<a href="{}">申請書（PDF）</a>')
    yield link("says ODS, is CSV", "download-label", "/files/data.csv", '<a href="{}">Data (ODS, 2 KB)</a>')
    yield link("names another file", "download-label", "/files/form.pdf", '<a href="{}">form.docx</a>')
    yield link(
        "type of another format", "download-label", "/files/form.odt", '<a href="{}" type="application/pdf">form</a>'
    )
    yield link("two equal ids", "duplicate-id", "twice", '<p id="{}"></p><p id="twice"></p>')
    yield link("id of the shell", "duplicate-id", "menu", '<p id="{}"></p>')
    yield link("id in a drawing", "duplicate-id", "fees", '<svg><g id="{}"></g></svg>')
    yield link("empty id", "id-malformed", "", '<p id="{}"></p>')
    yield link("id with a blank", "id-malformed", "two words", '<p id="{}"></p>')


def of_downloads() -> Iterator[Case]:
    pages = ("files/index.html", "en/files/index.html")

    def file(name: str, code: str, own: str, content: bytes) -> Case:
        return Case(name, put(f"files/{own}", content), tuple((code, where, f"/files/{own}") for where in pages))

    for own in ("form.pdf", "form.odt", "data.csv", "photo.jpg", "data.json"):
        yield file(f"empty {own}", "download-empty", own, b"")
    label, cut, damaged = "download-mislabelled", "download-truncated", "download-damaged"
    yield file("page as PDF", label, "form.pdf", HTML)
    yield file("page as ODT", label, "form.odt", HTML)
    yield file("page as CSV", label, "data.csv", HTML)
    yield file("page as ZIP", label, "pack.zip", b"\n\n" + HTML)
    yield file("Word as ODT", label, "form.odt", ooxml("word"))
    yield file("ODT as Word", label, "form.docx", odf("text"))
    yield file("sheet as text", label, "form.odt", odf("spreadsheet"))
    yield file("Excel as Word", label, "form.docx", ooxml("xl"))
    yield file("image as PDF", label, "form.pdf", png())
    yield file("PNG as JPG", label, "photo.jpg", png())
    yield file("PDF as ODT", label, "form.odt", PDF)
    yield file("noise as PDF", label, "form.pdf", bytes(range(256)) * 4)
    yield file("text as PDF", label, "form.pdf", b"This is the form.")
    yield file("archive as CSV", label, "data.csv", zip_of({"a": b"a"}))
    yield file("half a PDF", cut, "form.pdf", PDF[:120])
    yield file("half an ODT", cut, "form.odt", DOWNLOADS["form.odt"][:-60])
    yield file("half a ZIP", cut, "pack.zip", DOWNLOADS["pack.zip"][:-40])
    yield file("half a JPG", cut, "photo.jpg", JPG[:-2])
    yield file("half a GIF", cut, "moving.gif", DOWNLOADS["moving.gif"][:-1])
    broken = bytearray(DOWNLOADS["pack.zip"])
    broken[37] ^= 0xFF
    yield file("broken ZIP", damaged, "pack.zip", bytes(broken))
    yield file("JSON that is none", damaged, "data.json", b'{"a": [1,}')
    yield file("half a JSON", damaged, "data.json", b'{"a": [1')
    mimetype = b"application/vnd.oasis.opendocument.text"
    yield file("ODT without content", damaged, "form.odt", zip_of({"mimetype": mimetype, "styles.xml": b"<x/>"}))
    half = both(put("assets/half.png", png()[:-12]), in_page(ALPHA, '<img src="/assets/half.png" alt="x">'))
    yield one("half a PNG", cut, ALPHA, "/assets/half.png", half)


def of_metadata() -> Iterator[Case]:
    gone = f"{BASE}gone/"
    own = f"{BASE}services/alpha/"
    canonical = f'<link rel="canonical" href="{own}">'
    yield one(
        "canonical to nothing",
        "canonical-missing",
        ALPHA,
        gone,
        swap(ALPHA, canonical, f'<link rel="canonical" href="{gone}">'),
    )
    yield one(
        "two canonicals",
        "canonical-several",
        ALPHA,
        f"{BASE}services/beta/",
        in_head(ALPHA, f'<link rel="canonical" href="{BASE}services/beta/">'),
    )
    yield one(
        "canonical in another language",
        "canonical-language",
        ALPHA,
        f"{BASE}en/services/alpha/",
        swap(ALPHA, canonical, f'<link rel="canonical" href="{BASE}en/services/alpha/">'),
    )
    stub = (
        '<!doctype html><html lang="zh-Hant-TW"><title>x</title>'
        '<meta http-equiv="refresh" content="0; url=../services/"><a href="../services/">x</a>'
    )
    yield one(
        "canonical to a stub",
        "canonical-moved",
        ALPHA,
        f"{BASE}old/",
        both(put("old/index.html", stub), swap(ALPHA, canonical, f'<link rel="canonical" href="{BASE}old/">')),
    )
    yield one(
        "canonical to a hidden page",
        "canonical-moved",
        ALPHA,
        f"{BASE}404.html",
        swap(ALPHA, canonical, f'<link rel="canonical" href="{BASE}404.html">'),
    )
    chain = swap(
        BETA,
        f'<link rel="canonical" href="{BASE}services/beta/">',
        f'<link rel="canonical" href="{BASE}services/gamma/">',
    )
    yield one(
        "chain of canonicals",
        "canonical-chain",
        ALPHA,
        f"{BASE}services/beta/",
        both(chain, swap(ALPHA, canonical, f'<link rel="canonical" href="{BASE}services/beta/">')),
    )
    twin = f'<link rel="alternate" hreflang="en" href="{BASE}en/services/alpha/">'
    yield Case(
        "translation that is not there",
        swap(ALPHA, twin, f'<link rel="alternate" hreflang="en" href="{gone}">'),
        (("hreflang-missing", ALPHA, gone), ("hreflang-asymmetric", "en/" + ALPHA, own)),
    )
    yield one("translation that does not answer", "hreflang-asymmetric", "en/" + ALPHA, own, swap(ALPHA, twin, ""))
    yield one(
        "page that forgets itself",
        "hreflang-self",
        ALPHA,
        f"{BASE}en/services/alpha/",
        both(
            swap(ALPHA, f'<link rel="alternate" hreflang="zh-Hant-TW" href="{own}">', ""),
            swap(
                "en/" + ALPHA,
                f'<link rel="alternate" hreflang="zh-Hant-TW" href="{own}">',
                f'<link rel="alternate" hreflang="zh-Hant-TW" href="{own}">',
            ),
        ),
    )
    third = f'<link rel="alternate" hreflang="en" href="{BASE}en/services/beta/">'
    yield Case(
        "two translations in one language",
        in_head(ALPHA, third),
        (
            ("hreflang-several", ALPHA, f"{BASE}en/services/beta/"),
            ("hreflang-asymmetric", ALPHA, f"{BASE}en/services/beta/"),
        ),
    )
    for tag in ("zh_TW", "tw", "chinese-taiwan-and-more"):
        yield one(
            f"tag {tag}",
            "hreflang-malformed",
            ALPHA,
            own,
            in_head(ALPHA, f'<link rel="alternate" hreflang="{tag}" href="{own}">'),
        )
    yield one(
        "translation in another language",
        "hreflang-language",
        ALPHA,
        own,
        in_head(ALPHA, f'<link rel="alternate" hreflang="ja" href="{own}">'),
    )
    for name in ("og:image", "og:url", "twitter:image"):
        yield one(name, "metadata-missing", ALPHA, gone, in_head(ALPHA, f'<meta property="{name}" content="{gone}">'))
    yield one(
        "next page", "metadata-missing", ALPHA, "../nowhere/", in_head(ALPHA, '<link rel="next" href="../nowhere/">')
    )
    ld = '<script type="application/ld+json">{}</script>'
    yield one(
        "linked data",
        "metadata-missing",
        ALPHA,
        gone,
        in_head(ALPHA, ld.format(json.dumps({"@type": "WebPage", "url": gone}))),
    )
    yield one(
        "crumbs in linked data",
        "metadata-missing",
        ALPHA,
        gone,
        in_head(ALPHA, ld.format(json.dumps({"itemListElement": [{"item": {"@id": gone}}]}))),
    )
    yield one(
        "broken linked data", "jsonld-malformed", ALPHA, "application/ld+json", in_head(ALPHA, ld.format('{"a": }'))
    )
    yield one(
        "sitemap entry",
        "sitemap-missing",
        "sitemap.xml",
        gone,
        swap("sitemap.xml", "</urlset>", f"<url><loc>{gone}</loc></url></urlset>"),
    )
    yield one(
        "sitemap of another host",
        "sitemap-outside",
        "sitemap.xml",
        "https://other.example/",
        swap("sitemap.xml", "</urlset>", "<url><loc>https://other.example/</loc></url></urlset>"),
    )
    yield one(
        "short sitemap entry",
        "sitemap-outside",
        "sitemap.xml",
        "/services/",
        swap("sitemap.xml", "</urlset>", "<url><loc>/services/</loc></url></urlset>"),
    )
    yield one(
        "hidden page in the sitemap",
        "sitemap-hidden",
        "sitemap.xml",
        f"{BASE}404.html",
        swap("sitemap.xml", "</urlset>", f"<url><loc>{BASE}404.html</loc></url></urlset>"),
    )
    yield one(
        "date to come",
        "sitemap-date",
        "sitemap.xml",
        own,
        swap("sitemap.xml", f"<loc>{own}</loc><lastmod>2026-01-02", f"<loc>{own}</loc><lastmod>2031-01-02"),
    )
    yield one(
        "date that is none",
        "sitemap-date",
        "sitemap.xml",
        own,
        swap("sitemap.xml", f"<loc>{own}</loc><lastmod>2026-01-02", f"<loc>{own}</loc><lastmod>115/01/02"),
    )
    yield one(
        "page left out",
        "sitemap-incomplete",
        ALPHA,
        "/services/alpha/",
        swap("sitemap.xml", f"<url><loc>{own}</loc><lastmod>2026-01-02</lastmod></url>", ""),
    )
    yield one("broken sitemap", "sitemap-malformed", "sitemap.xml", "sitemap.xml", swap("sitemap.xml", "</urlset>", ""))
    yield one(
        "robots",
        "robots-missing",
        "robots.txt",
        f"{BASE}site-map.xml",
        swap("robots.txt", "sitemap.xml", "site-map.xml"),
    )
    yield one("feed", "feed-missing", "feed.xml", gone, swap("feed.xml", own, gone))
    yield one(
        "broken feed",
        "feed-malformed",
        "feed.xml",
        "feed.xml",
        swap("feed.xml", "<title>a</title>", "<title>a & b</title>"),
    )
    yield one(
        "manifest",
        "manifest-missing",
        "site.webmanifest",
        "assets/gone.png",
        swap("site.webmanifest", "assets/icon.png", "assets/gone.png"),
    )
    yield one(
        "broken manifest",
        "manifest-malformed",
        "site.webmanifest",
        "site.webmanifest",
        put("site.webmanifest", "{icons: []}"),
    )
    yield one(
        "search data",
        "search-missing",
        "search/index.json",
        "services/gone/",
        swap("search/index.json", "services/alpha/#fees", "services/gone/"),
    )
    yield one(
        "broken search data",
        "search-malformed",
        "search/index.json",
        "search/index.json",
        put("search/index.json", '{"docs": ['),
    )


def of_graph() -> Iterator[Case]:
    lonely = page("lonely/", "Lonely", "", twins=False)
    entry = swap("sitemap.xml", "</urlset>", f"<url><loc>{BASE}lonely/</loc></url></urlset>")
    yield one("orphan", "orphan", "lonely/index.html", "/lonely/", both(put("lonely/index.html", lonely), entry))
    pair = both(
        put("lonely/index.html", page("lonely/", "Lonely", '<a href="../pair/">x</a>', twins=False)),
        put("pair/index.html", page("pair/", "Pair", '<a href="../lonely/">x</a>', twins=False)),
        entry,
        swap("sitemap.xml", "</urlset>", f"<url><loc>{BASE}pair/</loc></url></urlset>"),
    )
    yield Case(
        "two orphans", pair, (("orphan", "lonely/index.html", "/lonely/"), ("orphan", "pair/index.html", "/pair/"))
    )
    about = "about/index.html"
    yield one(
        "draft by meta", "link-draft", about, "/draft/", listed("draft/", head='<meta name="status" content="draft">')
    )
    yield one(
        "draft by title",
        "link-draft",
        about,
        "/draft/",
        listed("draft/", swap("draft/index.html", "<title>draft/", "<title>[草稿] 收費")),
    )
    yield one(
        "expired",
        "link-expired",
        about,
        "/old/",
        listed("old/", head='<meta name="DC.coverage.t.max" content="2026-10-31">'),
    )
    yield one(
        "expired for search engines",
        "link-expired",
        about,
        "/old/",
        listed("old/", head='<meta name="robots" content="unavailable_after: 2026-10-31">'),
    )
    yield one(
        "switch to the wrong language",
        "link-language",
        ALPHA,
        "../../en/about/",
        in_page(ALPHA, '<a href="../../en/about/" hreflang="ja">日本語</a>'),
    )
    yield one(
        "English page links Chinese",
        "link-twin",
        "en/" + ALPHA,
        "../../../services/beta/",
        in_page("en/" + ALPHA, '<a href="../../../services/beta/">Beta</a>'),
    )
    refresh = '<!doctype html><html lang="zh-Hant-TW"><title>x</title><meta http-equiv="refresh" content="{}">'
    yield one(
        "stub to nothing",
        "redirect-missing",
        "old/index.html",
        "../gone/",
        put("old/index.html", refresh.format("0; url=../gone/")),
    )
    yield one(
        "stub to itself", "redirect-loop", "old/index.html", "./", put("old/index.html", refresh.format("0; url=./"))
    )
    yield one(
        "page that loads itself", "redirect-loop", "old/index.html", "", put("old/index.html", refresh.format("0"))
    )
    two = both(
        put("old/index.html", refresh.format("0;URL='../older/'")),
        put("older/index.html", refresh.format("0; url=../old/")),
    )
    yield Case(
        "two stubs in a circle",
        two,
        (("redirect-loop", "old/index.html", "../older/"), ("redirect-loop", "older/index.html", "../old/")),
    )
    row = both(
        put("old/index.html", refresh.format("0; url=../older/")),
        put("older/index.html", refresh.format("0; url=../services/")),
    )
    yield one("stub to a stub", "redirect-chain", "old/index.html", "../older/", row)
    yield one(
        "page that moves on",
        "refresh-timed",
        ALPHA,
        "../beta/",
        in_head(ALPHA, '<meta http-equiv="refresh" content="30; url=../beta/">'),
    )
    yield one(
        "page that loads anew", "refresh-timed", ALPHA, "", in_head(ALPHA, '<meta http-equiv="Refresh" content="300">')
    )
    yield one("circle of the server", "redirect-loop", "_redirects", "/a/", put("_redirects", "/a/ /a/ 301\n"))
    yield one("wrong encoding", "page-encoding", GAMMA, "utf-8", swap(GAMMA, "費用".encode(), "費用".encode("cp950")))


FAULTS: tuple[Case, ...] = (
    *of_targets(),
    *of_fragments(),
    *of_assets(),
    *of_forms(),
    *of_texts(),
    *of_downloads(),
    *of_metadata(),
    *of_graph(),
)
