"""What looks like a fault and is none: valid pages and files in which nothing may be found."""

import json
from collections.abc import Iterator

from rules.planted import (
    BASE,
    CSS,
    DOWNLOADS,
    GIF,
    JPG,
    NFD,
    PDF,
    Case,
    Spoil,
    both,
    drop,
    in_head,
    in_page,
    listed,
    odf,
    ooxml,
    page,
    png,
    put,
    sitemap,
    swap,
    zip_of,
)

ALPHA, BETA = (f"services/{name}/index.html" for name in ("alpha", "beta"))
ICON = "../../assets/icon.png"

PASSAGES = {
    # --- addresses that lead somewhere
    "plain": '<a href="../beta/">x</a>',
    "index named": '<a href="../beta/index.html">x</a>',
    "folder without slash": '<a href="../beta">x</a>',
    "from the root": '<a href="/services/beta/">x</a>',
    "own whole address": f'<a href="{BASE}services/beta/">x</a>',
    "own address without scheme": '<a href="//www.demo.example/services/beta/">x</a>',
    "own host in capitals": '<a href="https://WWW.Demo.Example/services/beta/">x</a>',
    "own host with its port": '<a href="https://www.demo.example:443/services/beta/">x</a>',
    "own host alone": '<a href="https://www.demo.example">x</a>',
    "one step too many at the root": '<a href="../../../services/beta/">x</a>',
    "dots inside": '<a href="../beta/../gamma/./">x</a>',
    "encoded dots": '<a href="%2e%2e/beta/">x</a>',
    "encoded letters": '<a href="../b%65ta/">x</a>',
    "query": '<a href="../beta/?page=2&amp;sort=name">x</a>',
    "query alone": '<a href="?page=2">x</a>',
    "query and fragment": '<a href="../beta/?a=1#fees">x</a>',
    "blanks around": '<a href=" ../beta/ ">x</a>',
    "line break inside": '<a href="../be\nta/">x</a>',
    "unquoted": "<a href=../beta/>x</a>",
    "single quotes": "<a href='../beta/'>x</a>",
    "blanks around the equals sign": '<a href = "../beta/">x</a>',
    "capitals": '<A HREF="../beta/">x</A>',
    "entity": '<a href="../b&#101;ta/">x</a>',
    "first of two attributes": '<a href="../beta/" href="../nowhere/">x</a>',
    "no address at all": "<a>x</a>",
    "anchor of old": '<a name="here-i-am"></a><a href="#here-i-am">x</a>',
    "data attribute": '<p data-href="../nowhere/" data-src="nowhere.png">x</p>',
    "address as text": "<p>href=\"../nowhere/\" src='nowhere.png'</p>",
    "escaped markup": "<p>&lt;a href=&quot;../nowhere/&quot;&gt;</p>",
    "in a comment": '<!-- <a href="../nowhere/">x</a> <img src="nowhere.png"> -->',
    "in a comment with tags": '<!-- > <a href="../nowhere/">x</a> -- -->',
    "in a script": "<script>document.title = '<a href=\"../nowhere/\">x</a>'</script>",
    "in data for scripts": '<script type="text/template"><a href="../nowhere/">x</a></script>',
    "in JSON for scripts": '<script type="application/json">{"url": "../nowhere/"}</script>',
    "in a template": '<template><a href="../nowhere/"><img src="nowhere.png"></a></template>',
    "in a text field": '<label>x<textarea><a href="../nowhere/">x</a></textarea></label>',
    "in a title": '<svg><title>&lt;a href="../nowhere/"&gt;</title></svg>',
    "in code": "<pre><code>&lt;img src=nowhere.png&gt;</code></pre>",
    "in an attribute": "<p title=\"<a href='../nowhere/'>\">x</p>",
    "in a sheet's comment": "<style>/* url(nowhere.png) */ p{color:red}</style>",
    "in a sheet's string": '<style>p{content:"url(nowhere.png)"}</style>',
    "in a frame's comment": "<iframe title='x' srcdoc='<!-- <img src=nowhere.png> -->'></iframe>",
    "frame that has its own document": "<iframe title='x' src='../nowhere/' srcdoc='<p>x'></iframe>",
    "field with a src": '<label>x<input type="text" src="nowhere.png"></label>',
    "other site": '<a href="https://law.moj.gov.tw/">x</a>',
    "other site in the clear": '<a href="http://law.moj.gov.tw/">x</a>',
    "other site with Big5": '<a href="https://law.moj.gov.tw/?q=%B9w%BA%E2">x</a>',
    "other site with a port": '<a href="https://other.example:8443/">x</a>',
    "other site in Chinese": '<a href="https://政府.台灣/">x</a>',
    "other site by number": '<a href="https://203.0.113.7/">x</a>',
    "other site by long number": '<a href="https://[2001:db8::1]/">x</a>',
    "other site with a name before it": '<a href="https://reader@other.example/">x</a>',
    "host that only starts like ours": '<a href="https://www.demo.example.org/nowhere/">x</a>',
    "host that only starts like localhost": '<a href="https://localhost.example/">x</a>',
    "host that looks private": '<a href="https://10.demo.example/">x</a>',
    "braces in a query": '<a href="https://other.example/?q={a}">x</a>',
    "download": '<a href="/files/form.pdf" download>x</a>',
    "page of a PDF": '<a href="/files/form.pdf#page=3">x</a>',
    "named place of a PDF": '<a href="/files/form.pdf#nameddest=fees">x</a>',
    "form": '<form action="../beta/"><button>x</button></form>',
    "form without address": "<form><button>x</button></form>",
    "form that sends mail": '<form action="mailto:office@demo.example"><button>x</button></form>',
    "quotation": '<blockquote cite="../beta/">x</blockquote>',
    "quotation from elsewhere": '<q cite="https://law.moj.gov.tw/">x</q>',
    "image map": f'<img src="{ICON}" alt="x" usemap="#m"><map name="m"><area href="../beta/" alt="x"></map>',
    "in a drawing": '<svg><a xlink:href="../beta/"><text>x</text></a></svg>',
    # --- fragments
    "top": '<a href="#top">x</a>',
    "top in capitals": '<a href="#TOP">x</a>',
    "top of another page": '<a href="../beta/#top">x</a>',
    "empty fragment": '<a href="#">x</a>',
    "own page with fragment": '<a href="index.html#fees">x</a>',
    "raw Chinese": '<a href="../beta/#費用">x</a>',
    "encoded Chinese": '<a href="../beta/#%E8%B2%BB%E7%94%A8">x</a>',
    "encoded on the same page": '<a href="#%E8%B2%BB%E7%94%A8">x</a>',
    "id that is written encoded": '<p id="%E8%B2%BB"></p><a href="#%E8%B2%BB">x</a>',
    "NFD to NFD": f'<p id="caf{NFD}"></p><a href="#caf{NFD}">x</a>',
    "directive for text": '<a href="../beta/#:~:text=Fees">x</a>',
    "fragment and directive": '<a href="../beta/#fees:~:text=Fees">x</a>',
    "directive on the same page": '<a href="#:~:text=Fees">x</a>',
    "id in a drawing": '<svg><g id="drawn"/></svg><a href="#drawn">x</a>',
    "id with an entity": '<p id="a&amp;b"></p><a href="#a&amp;b">x</a>',
    "id in single quotes": "<p id='single'></p><a href='#single'>x</a>",
    "id unquoted": "<p id=bare></p><a href=#bare>x</a>",
    "id that starts with a digit": '<p id="1st"></p><a href="#1st">x</a>',
    "id with a colon": '<p id="fn:1"></p><a href="#fn:1">x</a>',
    "id on a field": '<input id="field" aria-label="x"><a href="#field">x</a>',
    "id in noscript": '<noscript><p id="plain"></p></noscript><a href="#plain">x</a>',
    "route with script": '<script src="../../assets/app.js"></script><a href="#/list">x</a>',
    "fragment of another site": '<a href="https://other.example/#nothing">x</a>',
    "part of a drawing": '<svg><use href="../../assets/icons.svg#bell"/></svg>',
    "part of a drawing, old": '<svg><use xlink:href="../../assets/icons.svg#bell"/></svg>',
    "part of the page's own drawing": '<svg><symbol id="own"/><use href="#own"/></svg>',
    "view of a drawing": '<img src="../../assets/icons.svg#svgView(viewBox(0,0,9,9))" alt="x">',
    "moment of a video": '<a href="/files/form.pdf#t=10">x</a>',
    # --- what is fetched
    "srcset": f'<img src="{ICON}" srcset="{ICON} 1x, {ICON}?2 2x" alt="x">',
    "srcset by width": f'<img src="{ICON}" srcset="{ICON} 480w, {ICON}?2 800w" sizes="100vw" alt="x">',
    "srcset with half densities": f'<img src="{ICON}" srcset="{ICON} 1x,{ICON}?2 1.5x" alt="x">',
    "srcset with data": f'<img src="{ICON}" srcset="data:image/png;base64,AA== 1x, {ICON} 2x" alt="x">',
    "comma in an address": f'<img src="{ICON}?a,b" alt="x">',
    "image as data": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="x">',
    "picture": f'<picture><source srcset="{ICON}" type="image/png"><img src="{ICON}" alt="x"></picture>',
    "blank frame": '<iframe src="about:blank" title="x"></iframe>',
    "frame": '<iframe src="../beta/" title="x"></iframe>',
    "video elsewhere": '<video src="https://other.example/x.mp4"></video>',
    "script without scheme": '<script src="//cdn.example/x.js"></script>',
    "inline script": "<script>'use strict'</script>",
    "style": f'<p style="background:url({ICON})">x</p>',
    "style with data": '<p style="background:url(data:image/png;base64,AA==)">x</p>',
    "filter in a style": '<p style="filter:url(#blur)">x</p>',
    "local font": "<style>@font-face{font-family:x;src:local('Own')}</style>",
    "quoted url": f"<style>p{{background:url( '{ICON}' )}}</style>",
    "image-set": f"<style>p{{background:image-set('{ICON}' 1x, url({ICON}) 2x)}}</style>",
    "ping": '<a href="../beta/" ping="https://other.example/">x</a>',
    # --- how addresses are written
    "letter": '<a href="mailto:office@demo.example">x</a>',
    "letter in capitals": '<a href="MAILTO:Office@Demo.Example">x</a>',
    "letter with a subject": '<a href="mailto:office@demo.example?subject=%E7%94%B3%E8%AB%8B&amp;body=a%20b">x</a>',
    "letter to whom you like": '<a href="mailto:?subject=x&amp;body=y">x</a>',
    "letter to two": '<a href="mailto:a@demo.example,b@demo.example">x</a>',
    "letter with copy": '<a href="mailto:a@demo.example?cc=b@demo.example">x</a>',
    "letter with a plus": '<a href="mailto:a+b@demo.example">x</a>',
    "letter with a name": '<a href="mailto:Office%20%3Ca@demo.example%3E">x</a>',
    "letter with quotes": '<a href="mailto:%22a%20b%22@demo.example">x</a>',
    "letter to a Chinese host": '<a href="mailto:a@政府.台灣">x</a>',
    "letter with entities": '<a href="&#109;ailto:a&#64;demo.example">x</a>',
    "call": '<a href="tel:+886212345678">x</a>',
    "call with marks": '<a href="tel:(02)1234-5678">x</a>',
    "call with blanks": '<a href="tel:02 1234 5678">x</a>',
    "call with an extension": '<a href="tel:+886-2-1234-5678,41">x</a>',
    "call with a named extension": '<a href="tel:+886-2-1234-5678;ext=41">x</a>',
    "short number": '<a href="tel:1999">x</a>',
    "emergency": '<a href="tel:110">x</a>',
    "message": '<a href="sms:+886912345678">x</a>',
    "place": '<a href="geo:25.03,121.56">x</a>',
    "calendar": '<a href="webcal://other.example/x.ics">x</a>',
    "app": '<a href="line://ti/p/@demo">x</a>',
    # --- texts of links and ids
    "image with alt": f'<a href="../beta/"><img src="{ICON}" alt="Beta"></a>',
    "label": '<a href="../beta/" aria-label="Beta"></a>',
    "label by id": '<a href="../beta/" aria-labelledby="fees"></a>',
    "title": '<a href="../beta/" title="Beta"></a>',
    "drawing with a title": '<a href="../beta/"><svg><title>Beta</title></svg></a>',
    "drawing with a label": '<a href="../beta/"><svg role="img" aria-label="Beta"></svg></a>',
    "icon beside a text": '<a href="../beta/"><span aria-hidden="true">→</span> Beta</a>',
    "text beside an icon": '<a href="../beta/">Beta <span aria-hidden="true">→</span></a>',
    "text far inside": '<a href="../beta/"><span> <b> <i>Beta</i></b></span></a>',
    "brick": '<a href="#fees">:::</a>',
    "one sign": '<a href="../beta/">→</a>',
    "link hidden from everybody": '<a href="../beta/" aria-hidden="true" tabindex="-1"></a>',
    "link in a picture that is told as one": '<svg role="img" aria-label="x"><a href="../beta/"><path/></a></svg>',
    "link in what is hidden": '<svg><g aria-hidden="true"><a href="../beta/" tabindex="-1"><path/></a></g></svg>',
    "text only in noscript": '<a href="../beta/"><noscript>Beta</noscript></a>',
    "says PDF, is PDF": '<a href="/files/form.pdf">申請書（PDF，20 KB）</a>',
    "says two formats": '<a href="/files/form.odt">申請書（ODT）或（PDF）</a>',
    "says PDF of a page": '<a href="../beta/">怎麼看懂（PDF）</a>',
    "speaks of a format": '<a href="/files/form.odt">把PDF轉成ODT的表單</a>',
    "names the file": '<a href="/files/form.docx">form.docx</a>',
    "says DOC of a DOCX": '<a href="/files/form.docx">申請書（DOC）</a>',
    "type of its own": '<a href="/files/form.pdf" type="application/pdf">x</a>',
    "ids in two cases": '<p id="one"></p><p id="One"></p>',
    "id and name": '<a id="both" name="both"></a>',
    "id twice, once in a comment": '<p id="once"></p><!-- <p id="once"> -->',
    "id twice, once in a template": '<p id="once"></p><template><p id="once"></p></template>',
    "id twice, once in a text field": '<p id="once"></p><label>x<textarea><p id="once"></textarea></label>',
    "data-id twice": '<p data-id="x"></p><p data-id="x"></p>',
    "two ids on one element": '<p id="only" id="only"></p>',
    "classes twice": '<p class="a"></p><p class="a"></p>',
}

HEADS = {
    "hint of a host": '<link rel="preconnect" href="http://fonts.example/">',
    "hint of an own host": '<link rel="dns-prefetch" href="//www.demo.example">',
    "profile": '<link rel="profile" href="http://gmpg.org/xfn/11">',
    "preload": f'<link rel="preload" as="image" href="{ICON}" imagesrcset="{ICON} 1x">',
    "og image elsewhere": '<meta property="og:image" content="https://other.example/x.png">',
    "og width": '<meta property="og:image:width" content="1200">',
    "description with an address": f'<meta name="description" content="{BASE}nowhere/">',
    "default language": f'<link rel="alternate" hreflang="x-default" href="{BASE}services/alpha/">',
    "the same tag, the same page": f'<link rel="alternate" hreflang="en" href="{BASE}en/services/alpha/">',
    "language of a place": f'<link rel="alternate" hreflang="zh-TW" href="{BASE}services/alpha/">',
    "the same canonical twice": f'<link rel="canonical" href="{BASE}services/alpha/">',
    "canonical with a query": f'<link rel="canonical" href="{BASE}services/alpha/?a=1">',
    "expires of caches": '<meta http-equiv="expires" content="0">',
    "date to come": '<meta name="DC.coverage.t.max" content="2031-01-02">',
    "refresh after days": '<meta http-equiv="refresh" content="86400">',
    "refresh that is none": '<meta http-equiv="refresh" content="soon">',
    "names in linked data": '<script type="application/ld+json">{"@id": "https://www.demo.example/#office"}</script>',
    "search in linked data": '<script type="application/ld+json">{"target": "https://demo.example/?q={q}"}</script>',
    "same as in linked data": '<script type="application/ld+json">{"sameAs": "https://www.demo.example/x"}</script>',
    "linked data": f'<script type="application/ld+json">{json.dumps([{"url": BASE, "logo": {"@id": BASE}}])}</script>',
    "empty sheet": "<style></style>",
    "metas of old": '<meta name="date" content="2001-01-01">',
}


def of_files() -> Iterator[Case]:
    for own, content in {
        "form.pdf": b"\xef\xbb\xbf\r\n" + PDF,
        "photo.jpg": JPG + b"\0" * 50,
        "moving.gif": GIF,
        "data.csv": "期間,件數\n".encode("cp950"),
        "data.json": b"\xef\xbb\xbf[]",
        "form.odt": zip_of(
            {"META-INF/manifest.xml": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}
        ),
        "form.docx": ooxml("word"),
        "form.ods": odf("spreadsheet"),
        "pack.zip": zip_of({"form.pdf": PDF, "index.html": b"<html>"}),
    }.items():
        yield Case(f"sound {own}", put(f"files/{own}", content))
    for own, content in {
        "letter.doc": b"{\\rtf1 text}",
        "note.txt": b"",
        "page.txt": b"<html>as text</html>",
        "drawing.svg": b'<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg"/>',
        "big.csv": b"a\n" * 9000,
        "data.geojson": b'{"type": "FeatureCollection"}',
        "Upper.PDF": PDF,
        "slides.pptx": ooxml("ppt"),
        "with blank.pdf": PDF,
        "費用.pdf": PDF,
        "100%.pdf": PDF,
        "hash.tar.xz": b"\xfd7zXZ",
    }.items():
        address = own.replace("%", "%25").replace(" ", "%20")
        yield Case(
            f"sound {own}", both(put(f"files/{own}", content), in_page(ALPHA, f'<a href="/files/{address}">x</a>'))
        )
    yield Case("blank in an address", both(put("files/a b.pdf", PDF), in_page(ALPHA, '<a href="/files/a b.pdf">x</a>')))
    yield Case("empty file that nobody links", put("files/unused.pdf", b""))
    yield Case("broken sheet that nobody uses", put("assets/unused.css", "p{background:url(gone.png)}"))
    yield Case(
        "NFD to an NFD name",
        both(put(f"files/caf{NFD}.pdf", PDF), in_page(ALPHA, f'<a href="/files/caf{NFD}.pdf">x</a>')),
    )
    yield Case(
        "two cases, two files", both(put("files/FORM.pdf", PDF), in_page(ALPHA, '<a href="/files/FORM.pdf">x</a>'))
    )
    yield Case("image that nobody shows", put("assets/unused.png", png()))
    yield Case("sheet with a byte order mark", put("assets/style.css", "\ufeff" + CSS))
    yield Case("folder that nobody links", put("data/x/y.csv", DOWNLOADS["data.csv"]))


def of_pages() -> Iterator[Case]:
    refresh = '<!doctype html><html lang="zh-Hant-TW"><title>x</title><meta http-equiv="refresh" content="{}">'
    canonical = f'<link rel="canonical" href="{BASE}services/">'
    stub = refresh.format("0; url=../services/")
    yield Case("stub", put("old/index.html", stub + '<a href="../services/">x</a>'))
    yield Case("stub with its canonical address", put("old/index.html", stub + canonical))
    yield Case("stub in capitals", put("old/index.html", refresh.format("0; URL='../services/'")))
    yield Case("stub with a comma", put("old/index.html", refresh.format("0,../services/")))
    yield Case("stub to another site", put("old/index.html", refresh.format("0; url=https://other.example/")))
    yield Case("link to a stub", both(put("old/index.html", stub), in_page(ALPHA, '<a href="/old/">x</a>')))
    yield Case(
        "redirect of the server",
        both(put("_redirects", "/former/ /services/ 301\n"), in_page(ALPHA, '<a href="/former/">x</a>')),
    )
    yield Case(
        "page of its own kind",
        put("google0123456789abcdef.html", "google-site-verification: google0123456789abcdef.html"),
    )
    yield Case("error page", put("50x.html", page("50x.html", "Error", "", twins=False)))
    yield Case(
        "hidden page that nobody links",
        put("thanks/index.html", page("thanks/", "Thanks", "", '<meta name="robots" content="noindex">', twins=False)),
    )
    yield Case(
        "page about drafts",
        listed(
            "draft-plan/", swap("draft-plan/index.html", "<title>draft-plan/", "<title>Draft plan 2027: your opinion")
        ),
    )
    yield Case("page about a draft", listed("bill/", swap("bill/index.html", "<title>bill/", "<title>法律草案預告")))
    yield Case("published by meta", listed("news/", head='<meta name="status" content="published">'))
    ended = '<meta name="DC.coverage.t.max" content="2026-10-31">'
    yield Case("ended, off its list", _unlisted("notices/a/", page("notices/a/", "A", "", ended, twins=False)))
    pair = both(
        _unlisted("notices/b/", page("notices/b/", "B", "", ended)),
        _unlisted("en/notices/b/", page("en/notices/b/", "B", "", ended)),
    )
    yield Case("ended, and leads to its translation", pair)
    yield Case("holds until today", listed("notice/", head='<meta name="DC.coverage.t.max" content="2026-11-21">'))
    yield Case(
        "only in the sitemap page",
        both(listed("deep/"), swap("about/index.html", 'href="/deep/"', 'href="/deep/index.html"')),
    )
    frame = both(
        put("map/index.html", page("map/", "Map", "", twins=False)),
        in_page(ALPHA, '<iframe src="/map/" title="x"></iframe>'),
    )
    yield Case(
        "page in a frame", both(frame, swap("sitemap.xml", "</urlset>", f"<url><loc>{BASE}map/</loc></url></urlset>"))
    )
    big5 = (
        '<!doctype html><html lang="zh-Hant"><meta charset="big5"><title>費用</title><p id="費用"><a href="#費用">x</a>'
    )
    yield Case("page in Big5", both(listed("big5/"), put("big5/index.html", big5.encode("cp950"))))
    yield Case(
        "page in UTF-16",
        both(
            listed("wide/"),
            put(
                "wide/index.html",
                "\ufeff".encode("utf-16-le") + '<html lang="zh"><title>費</title>'.encode("utf-16-le"),
            ),
        ),
    )
    yield Case("page with a byte order mark", swap(ALPHA, "<!doctype", "\ufeff<!doctype"))
    yield Case(
        "page without its tags",
        both(listed("bare/"), put("bare/index.html", "<title>x</title><p id=a><a href=#a>x<p><a href=../about/>y")),
    )
    base = (
        '<!doctype html><html lang="zh-Hant-TW"><title>b</title><base href="/"><base href="/nowhere/">'
        '<link rel="canonical" href="/services/beta/">'
        f'<link rel="alternate" hreflang="zh-Hant-TW" href="{BASE}services/beta/">'
        f'<link rel="alternate" hreflang="en" href="{BASE}en/services/beta/"><p><a href="about/">x</a> '
        '<a href="services/beta/#fees">y</a><i id="fees"></i><i id="費用"></i><!-- here -->'
    )
    yield Case("page with a base", put(BETA, base))
    yield Case(
        "page with a base elsewhere", put(BETA, base.replace('<base href="/">', '<base href="https://other.example/">'))
    )
    yield Case(
        "link out of the language that says so",
        in_page("en/" + ALPHA, '<a href="../../../services/beta/" hreflang="zh-Hant-TW">Beta (Chinese)</a>'),
    )
    yield Case(
        "link out of the language by lang",
        in_page("en/" + ALPHA, '<a href="../../../services/beta/" lang="zh-Hant">貝塔</a>'),
    )
    yield Case("home page of another language", in_page("en/" + ALPHA, '<a href="../../../">中文首頁</a>'))
    yield Case(
        "passage in another language",
        in_page("en/" + ALPHA, '<div lang="zh-Hant-TW"><a href="../../../services/beta/">貝塔</a></div>'),
    )
    yield Case(
        "page in one language only", both(listed("only/"), in_page("en/about/index.html", '<a href="/only/">x</a>'))
    )
    yield Case(
        "page with a clean address",
        both(
            put("contact.html", page("contact", "Contact", "", twins=False)),
            in_page("about/index.html", '<a href="/contact">x</a>'),
            swap("sitemap.xml", "</urlset>", f"<url><loc>{BASE}contact</loc></url></urlset>"),
        ),
    )


def _unlisted(path: str, content: bytes) -> Spoil:
    """A page that is in the sitemap and nowhere else."""
    entry = swap("sitemap.xml", "</urlset>", f"<url><loc>{BASE}{path}</loc></url></urlset>")
    return both(put(f"{path}index.html", content), entry)


def of_machine_files() -> Iterator[Case]:
    yield Case("sitemap of sitemaps", both(put("sitemap.xml", _index("sitemap-1.xml")), _moved_sitemap))
    yield Case("no sitemap at all", both(drop("sitemap.xml"), put("robots.txt", "User-agent: *\n")))
    yield Case("short sitemap", put("sitemap.xml", sitemap(["index.html"])))
    yield Case("times in the sitemap", swap("sitemap.xml", "2026-01-02", "2026-01-02T08:30:00+08:00"))
    yield Case("months in the sitemap", swap("sitemap.xml", "2026-01-02", "2026-01"))
    yield Case(
        "translations in the sitemap",
        swap(
            "sitemap.xml",
            "</urlset>",
            f'<url xmlns:x="http://www.w3.org/1999/xhtml"><loc>{BASE}</loc>'
            f'<x:link rel="alternate" hreflang="en" href="{BASE}en/"/></url></urlset>',
        ),
    )
    rss = (
        f'<?xml version="1.0"?><rss version="2.0"><channel><link>{BASE}</link><item><link>{BASE}about/</link>'
        '<guid isPermaLink="false">tag:x</guid></item></channel></rss>'
    )
    yield Case("feed as RSS", put("rss.xml", rss))
    yield Case("feed of other sites", put("planet.xml", rss.replace(BASE, "https://other.example/")))
    yield Case("XML of another kind", put("data.xml", "<rows><loc>nothing</loc></rows>"))
    yield Case("search data from the root", put("search/index.json", json.dumps([{"url": "/services/beta/"}])))
    yield Case(
        "search data with whole addresses", put("search/index.json", json.dumps({"x": {"href": f"{BASE}about/"}}))
    )
    yield Case("JSON of another kind", put("other.json", json.dumps({"url": "nowhere/"})))
    yield Case("robots without sitemap", put("robots.txt", "# Sitemap: nowhere.xml\nUser-agent: *\n"))
    yield Case("manifest elsewhere", swap("site.webmanifest", '"./"', '"https://other.example/"'))
    yield Case(
        "search plugin",
        put(
            "search.xml",
            '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'
            f'<Url template="{BASE}?q={{searchTerms}}"/></OpenSearchDescription>',
        ),
    )


def _index(child: str) -> bytes:
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<sitemapindex xmlns="{space}"><sitemap><loc>{BASE}{child}</loc></sitemap></sitemapindex>'.encode()


def _moved_sitemap(files: dict[str, bytes]) -> None:
    files["sitemap-1.xml"] = sitemap([own for own in files if own.endswith("index.html")])


TRAPS: tuple[Case, ...] = (
    *(Case(name, in_page(ALPHA, html)) for name, html in PASSAGES.items()),
    *(Case(f"head: {name}", in_head(ALPHA, html)) for name, html in HEADS.items()),
    *of_files(),
    *of_pages(),
    *of_machine_files(),
)
