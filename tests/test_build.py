"""Real builds: what the site holds, that it is the same every time, and that nothing harms the last good one."""

import csv
import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
import yaml

from mingshi import exports, project, publish
from mingshi.kinds import RECORDS
from sites import (
    Ran,
    another,
    build,
    command,
    environment,
    once,
    replace,
    run,
    set_base_url,
    small_project,
    small_site,
    tree,
    write,
)

LISTS = tuple(kind.section for kind in RECORDS)
PREFIXES = ("", "en/")
TAGS = {"": "zh-Hant-TW", "en/": "en"}
WAYS = ("sitemap", "changes", "search", "signage", "topics")
STYLES, DATA = ("style.css", "noscript.css", "screens.css"), ("calendar.js", "words.js")
SCRIPTS = ("site.js", "table.js", "deadline.js", "kiosk.js", "signage.js", "search.js", "found.js", "suggest.js")
ASSETS = {f"assets/{name}" for name in (*STYLES, *SCRIPTS, *DATA, "icon.svg", "logo.svg")}
SERVICE = "data/services/unemployment-benefit.yml"
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with its site, for tests that only look."""
    return small_site(tmp_path_factory)


@pytest.fixture(scope="session")
def site(built: Path) -> Path:
    return built / "site"


@pytest.fixture
def office(built: Path, tmp_path: Path) -> Path:
    """The project with its site, for tests that change it."""
    return another(built, tmp_path / "office")


MOVED = "https://x.demo.example/a/b/"
OLD_ADDRESSES = "from,to\nservices/jobless/,service:unemployment-benefit\nold/list.html,list:faqs\n"
FILES = ("claim.odt", "失業給付 申請書.odt", "表 #1.odt")
"""Files to offer: a plain name, one in Chinese with a space, one whose # would end an address."""


@pytest.fixture(scope="module")
def moved(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site below a path, with old addresses, a text in one language and files to download."""
    return once(tmp_path_factory, "moved", lambda root: move(another(built, root))) / "site"


def move(root: Path) -> None:
    set_base_url(root, MOVED.rstrip("/"))
    write(root / "data/redirects/more.csv", OLD_ADDRESSES)
    faq = "question: 問\nanswer: 答\nunit: general-affairs\npublished: 2026-01-02\n"
    write(root / "data/faqs/one-language.yml", faq)
    offer(root, *((file, b"PK not really " * 200 + file.encode()) for file in FILES))
    build(root)


# --- The same every time


def test_a_second_build_changes_no_file_of_the_site_nor_of_the_office(office: Path) -> None:
    folders = [office / name for name in ("site", "data", "site_src")]
    before = {path: path.stat().st_mtime_ns for folder in folders for path in folder.rglob("*.*")}
    build(office)
    assert {path: path.stat().st_mtime_ns for folder in folders for path in folder.rglob("*.*")} == before


def test_neither_hash_seed_nor_path_nor_the_folder_one_stands_in_changes_a_byte(site: Path, tmp_path: Path) -> None:
    root = small_project(tmp_path / "勞工局 網站（新）" / "my office's site")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    way = os.path.relpath(root, elsewhere)
    done = run(root, "mingshi", "build", "--root", way, cwd=elsewhere, more={"PYTHONHASHSEED": "4242"})
    assert done.code == 0, done.said
    assert tree(root / "site") == tree(site)
    assert list(elsewhere.iterdir()) == []


def test_mkdocs_build_gives_the_same_site_from_any_folder(site: Path, office: Path, tmp_path: Path) -> None:
    shutil.rmtree(office / "site")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = run(office, "mkdocs", "build", "--strict", "-f", str(office / "mkdocs.yml"), cwd=elsewhere)
    assert done.code == 0, done.said
    assert tree(office / "site") == tree(site)
    assert list(elsewhere.iterdir()) == []


# --- What the site holds


SECTIONS = {kind.folder: kind.section for kind in RECORDS}
"""Where the records of a folder are published: datasets below open-data/."""


@cache
def records(root: Path) -> dict[str, Any]:
    """Every record of a project by its path; each has a file of its own in the demonstration."""
    files = [file for file in (root / "data").glob("*/*.yml") if file.parent.name in SECTIONS]
    return {f"{SECTIONS[file.parent.name]}/{file.stem}/": _yaml(file) for file in files}


def _yaml(file: Path) -> Any:
    return yaml.load(file.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def urls_of_records(root: Path) -> set[str]:
    """Every page that the records of a project promise."""
    paths = {"", *(f"{name}/" for name in (*LISTS, *WAYS))}
    for path, record in records(root).items():
        paths |= {path, *(f"{path}{part['id']}/" for part in record.get("dimensions", ()))}
    paths |= urls_of_topics(root) | urls_of_long_lists(root)
    return {prefix + path for prefix in PREFIXES for path in paths}


def urls_of_topics(root: Path) -> set[str]:
    """A page for each code of a record and for what stands above it; what is long goes on to more pages."""
    table = csv.DictReader((root / "data/classification/classification.csv").read_text("utf-8").splitlines())
    above = {(row["scheme"], row["code"]): row["parent"] for row in table}
    under: Counter[str] = Counter()
    for record in records(root).values():
        for scheme, code in record.get("category", {}).items():
            own = str(code)
            while own:
                under[f"topics/{scheme}/{own}/"] += 1
                own = above[scheme, own]
    return {page for path, count in under.items() for page in paged(path, count)}


def urls_of_long_lists(root: Path) -> set[str]:
    """What a list of more than 100 records is split into: topics and units."""
    split: Counter[str] = Counter()
    for section in LISTS:
        own = [record for path, record in records(root).items() if path.startswith(f"{section}/")]
        for record in own if len(own) > 100 else ():
            split[f"{section}/topic/{record.get('category', {}).get('theme', 'other')}/"] += 1
            split[f"{section}/unit/{record['unit']}/"] += 1
    return {page for path, count in split.items() for page in paged(path, count)}


def paged(path: str, count: int) -> set[str]:
    return {path, *(f"{path}{number}/" for number in range(2, (count - 1) // 100 + 2))}


def old_addresses(root: Path) -> set[str]:
    """The files that its redirects promise, in every language."""
    rows = csv.DictReader((root / "data/redirects/redirects.csv").read_text("utf-8").splitlines())
    olds = [row["from"] for row in rows]
    files = [old if "." in old.rpartition("/")[2] else f"{old.rstrip('/')}/index.html" for old in olds]
    return {prefix + file for prefix in PREFIXES for file in files}


def urls(root: Path) -> set[str]:
    """Every page that a project promises, those of its records and the handwritten ones."""
    sources = (path.relative_to(root / "site_src") for path in (root / "site_src").rglob("*.md"))
    written = {source.parent if source.name == "index.md" else source.with_suffix("") for source in sources}
    return urls_of_records(root) | {"" if str(path) == "." else f"{path.as_posix()}/" for path in written}


def test_every_record_and_every_handwritten_page_has_a_page_and_nothing_else_has(built: Path, site: Path) -> None:
    assert sum(url.count("/") == 3 for url in urls_of_records(built)) >= 2, "no plan has a dimension"
    pages = urls(built)
    # Who shortens an address to one of these folders is led to the page above it.
    folders = exports.folders_without_page(pages)
    wanted = {f"{url}index.html" for url in (*pages, *folders)} | {"404.html"} | old_addresses(built)
    assert {name for name in tree(site) if name.endswith(".html")} == wanted


def test_the_site_carries_our_assets_and_none_of_the_theme(built: Path, site: Path) -> None:
    others = {name for name in tree(site) if not name.endswith(".html") and "/files/" not in name}
    others = {name for name in others if not name.startswith("assets/search/")}
    assert others == ASSETS | {"sitemap.xml", "robots.txt"} | {f"{path}index.json" for path in records(built)}


def test_every_file_that_a_record_offers_is_there(built: Path, site: Path) -> None:
    offered = {
        f"{path}{file['path']}": built / "data" / folder_of(path) / file["path"]
        for path, record in records(built).items()
        for owner in (record, *record.get("entries", ()))
        for file in owner.get("files", ())
    }
    assert offered
    assert {name for name in tree(site) if "/files/" in name} == set(offered)
    assert all((site / name).read_bytes() == source.read_bytes() for name, source in offered.items())


def folder_of(path: str) -> str:
    section = path.partition("/")[0]
    return next(folder for folder, own in SECTIONS.items() if own == section)


# --- Records as data


def data_of(site: Path, path: str) -> dict[str, Any]:
    values = json.loads((site / path / "index.json").read_text("utf-8"))
    assert isinstance(values, dict)
    return values


def test_every_record_is_data_beside_its_page(built: Path, site: Path) -> None:
    base = "https://labor.demo.example/"
    for path in records(built):
        values = data_of(site, path)
        assert list(values)[:3] == ["kind", "pages", "id"]
        assert values["id"] == path.split("/")[1]
        assert values["pages"] == {tag: f"{base}{prefix}{path}" for prefix, tag in TAGS.items()}
        assert all((site / url.removeprefix(base) / "index.html").is_file() for url in values["pages"].values())


def test_a_record_as_data_holds_its_texts_by_language_and_all_its_values(built: Path, site: Path) -> None:
    written = yaml.safe_load((built / SERVICE).read_text("utf-8"))
    values = data_of(site, "services/unemployment-benefit/")
    assert values["kind"] == "service"
    assert values["title"] == written["title"]
    assert values["title"].keys() == {"zh", "en"}
    assert values["unit"] == f"unit:{written['unit']}"
    assert values["published"] == str(written["published"])
    assert values["limit"]["value"] == written["limit"]["value"]


def test_a_text_in_one_language_is_told_with_its_language(moved: Path) -> None:
    values = data_of(moved, "faqs/one-language/")
    assert (values["question"], values["answer"]) == ({"zh": "問"}, {"zh": "答"})


def test_data_is_in_the_folder_of_the_first_language_alone_and_listed_on_every_page(built: Path, site: Path) -> None:
    assert not [name for name in tree(site / "en") if name.endswith(".json")]
    pages = looks(site)
    for path in records(built):
        for prefix in PREFIXES:
            links = [link for link in pages[f"{prefix}{path}index.html"].links if link.endswith("index.json")]
            assert links == [f"../../../{path}index.json" if prefix else "index.json"]


def test_data_names_the_address_under_which_the_site_lives(moved: Path) -> None:
    values = data_of(moved, "services/unemployment-benefit/")
    assert values["pages"]["en"] == f"{MOVED}en/services/unemployment-benefit/"


# --- Old addresses


def test_an_old_address_leads_to_the_page_of_today_in_its_language(moved: Path) -> None:
    for prefix in PREFIXES:
        for old, target in (
            ("services/jobless/index.html", "../../services/unemployment-benefit/"),
            ("old/list.html", "../faqs/"),
        ):
            html = (moved / prefix / old).read_text("utf-8")
            assert f'http-equiv="refresh" content="0; url={target}"' in html
            assert target in look(html).links
            assert '<meta name="robots" content="noindex">' in html
            assert f'<html lang="{TAGS[prefix]}">' in html
    assert not re.search("jobless|old/list", (moved / "sitemap.xml").read_text("utf-8"))


# --- The day


@pytest.mark.parametrize(
    ("variables", "day"),
    [
        ({"MINGSHI_TODAY": "2031-02-03"}, date(2031, 2, 3)),
        ({"MINGSHI_TODAY": "2031-02-03", "SOURCE_DATE_EPOCH": "0"}, date(2031, 2, 3)),
        ({"SOURCE_DATE_EPOCH": "0"}, date(1970, 1, 1)),
        ({"SOURCE_DATE_EPOCH": "57600"}, date(1970, 1, 2)),
        ({"SOURCE_DATE_EPOCH": "57599"}, date(1970, 1, 1)),
    ],
    ids=str,
)
def test_the_day_is_told_or_that_of_the_reproducible_build_in_taiwan(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], day: date
) -> None:
    for name in ("MINGSHI_TODAY", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert project.today() == day


@pytest.mark.parametrize("epoch", ["", "soon"])
def test_without_a_day_it_is_the_day_of_the_clock(monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.delenv("MINGSHI_TODAY", raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    before = datetime.now(project.TAIPEI).date()
    assert before <= project.today() <= datetime.now(project.TAIPEI).date()


def test_no_page_shows_how_it_was_made(site: Path) -> None:
    for name, content in tree(site).items():
        assert "_frame" not in name
        # What an office offers to download is its own.
        assert "/files/" in name or not re.search(r"⟦|⟧|\{\{|\{%|_frame", content.decode()), name


def test_the_sitemap_lists_every_page_with_both_languages(built: Path, site: Path) -> None:
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    base = "https://labor.demo.example/"
    listed = {}
    for url in ElementTree.parse(site / "sitemap.xml").getroot().findall("s:url", names):
        location = url.findtext("s:loc", "", names)
        assert location not in listed
        listed[location] = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", names)}
    promised = urls(built)
    twins = {url: (url, f"en/{url}") for url in promised if f"en/{url}" in promised}
    assert twins.keys() | {f"en/{url}" for url in twins} == promised, "the demonstration is whole in both languages"
    assert listed == {
        base + url: dict(zip(TAGS.values(), (base + one for one in both), strict=True))
        for both in twins.values()
        for url in both
    }


def test_the_robots_file_names_the_sitemap(site: Path) -> None:
    assert "Sitemap: https://labor.demo.example/sitemap.xml\n" in (site / "robots.txt").read_text("utf-8")


# --- Links


@dataclass
class Seen:
    """What a page points to, and what can be pointed at."""

    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    wanted_ids: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)


class Reader(HTMLParser):
    """Collects the links and the ids of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = Seen()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.seen.links += [values[name] for name in ("href", "src", "action", "data", "poster") if name in values]
        self.seen.links += [part.split()[0] for part in values.get("srcset", "").split(",") if part.strip()]
        self.seen.ids += [values["id"]] if "id" in values else []
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "popovertarget", "for", "headers"):
            self.seen.wanted_ids += values.get(name, "").split()
        self.seen.headings += [tag] if tag == "h1" else []


def look(html: str) -> Seen:
    reader = Reader()
    reader.feed(html)
    return reader.seen


@cache
def looks(site: Path) -> dict[str, Seen]:
    return {name: look(content.decode()) for name, content in tree(site).items() if name.endswith(".html")}


def broken_links(site: Path, base: str) -> list[str]:
    """Every link of a site at `base` that leads to nothing; the 404 page is tried from a deep URL."""
    pages, files = looks(site), set(tree(site))
    found = []
    for name, page in pages.items():
        here = base + ("no/such/page/at/all" if name == "404.html" else name.removesuffix("index.html"))
        for link in page.links:
            url, anchor = urldefrag(urljoin(here, link))
            if urlsplit(url)[:2] != urlsplit(base)[:2]:
                continue
            path = unquote(url.removeprefix(base)) if url.startswith(base) else "outside the site"
            target = name if name == "404.html" and url == here else f"{path}index.html" if path[-1:] in "/" else path
            if target not in files or (anchor and unquote(anchor) not in pages[target].ids):
                found.append(f"{name}: {link}")
    return found


def newly_broken(site: Path, before: Path) -> set[str]:
    """What a change broke, whatever was broken before."""
    base = "https://labor.demo.example/"
    return set(broken_links(site, base)) - set(broken_links(before, base))


def test_the_link_checker_finds_what_is_broken(tmp_path: Path) -> None:
    links = ["b/", "b/#here", "b/#gone", "gone/", "../b/", "/b/", "https://x.example/a/gone", "//y.example/gone", "#me"]
    html = "".join(f'<a href="{link}">x</a>' for link in links)
    write(tmp_path / "index.html", f'<p id="me">{html}<img src="gone.png">')
    write(tmp_path / "b" / "index.html", '<p id="here"><a href="../?query">x</a><a href="mailto:a@y.example">x</a>')
    write(tmp_path / "404.html", '<a href="b/">x</a><a href="/a/b/">x</a>')
    broken = ["b/#gone", "gone/", "../b/", "/b/", "https://x.example/a/gone", "gone.png"]
    wanted = ["404.html: b/", *(f"index.html: {link}" for link in broken)]
    assert sorted(broken_links(tmp_path, "https://x.example/a/")) == sorted([*wanted, "b/index.html: ../?query"])


def test_every_link_leads_somewhere(site: Path) -> None:
    assert broken_links(site, "https://labor.demo.example/") == []


def test_every_link_leads_somewhere_when_the_site_lives_below_a_path(moved: Path) -> None:
    assert broken_links(moved, MOVED) == []
    assert 'href="/a/b/assets/style.css"' in (moved / "404.html").read_text("utf-8")


def test_only_the_404_page_depends_on_where_the_site_lives(site: Path) -> None:
    rooted = {name for name, page in looks(site).items() if any(link.startswith("/") for link in page.links)}
    assert rooted == {"404.html"}


def test_an_offline_site_links_files_and_never_folders(office: Path) -> None:
    before = tree(office / "site")
    write(office / "data/redirects/more.csv", OLD_ADDRESSES)
    site = build(office, "--offline")
    assert tree(office / "site") == before
    old = (site / "services/jobless/index.html").read_text("utf-8")
    assert "url=../../services/unemployment-benefit/index.html" in old
    pages, files = looks(site), tree(site).keys()
    for name, page in pages.items():
        folder = Path("/site", name).parent
        if name == "404.html":
            continue
        for link in page.links:
            path = unquote(urldefrag(link).url)
            if path and not urlsplit(path).scheme:
                target = os.path.relpath(os.path.normpath(folder / path), "/site")
                assert target in files, f"{name}: {link}"


def test_every_id_stands_once_and_every_id_in_use_exists(site: Path) -> None:
    for name, page in looks(site).items():
        assert sorted(page.ids) == sorted(set(page.ids)), name
        assert set(page.wanted_ids) <= set(page.ids), name


# --- What an office adds


def page_text(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text("utf-8")


def offer(office: Path, *files: tuple[str, bytes]) -> None:
    """Files to download, put beside a form."""
    form = office / "data/forms/unemployment-claim.yml"
    lines = ["files:"]
    for file, content in files:
        path = office / "data/forms/files" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        lines += [f"  - path: 'files/{file}'", "    label: {zh: 空白表單, en: Blank form}"]
    form.write_text("\n".join([form.read_text("utf-8").rstrip(), *lines, ""]), "utf-8")


def test_a_form_offers_its_files(moved: Path) -> None:
    """A blank in an address is no valid URL, and a # would end it."""
    pages = looks(moved)
    for file in FILES:
        assert (moved / "forms/unemployment-claim/files" / file).read_bytes().endswith(file.encode())
        for prefix in PREFIXES:
            links = pages[f"{prefix}forms/unemployment-claim/index.html"].links
            way = f"{'../' * (2 + prefix.count('/'))}forms/unemployment-claim/files/{file}"
            assert way in [unquote(link) for link in links]
            assert not [link for link in links if " " in link]
    assert "空白表單" in page_text(moved, "forms/unemployment-claim")
    assert "Blank form" in page_text(moved, "en/forms/unemployment-claim")


def test_two_files_of_one_name_are_both_offered_or_refused(office: Path) -> None:
    offer(office, ("zh/claim.odt", b"Chinese"), ("en/claim.odt", b"English"))
    done = run(office, "mingshi", "build", "--lang", "en")
    published = set(tree(office / "site").values())
    assert done.code == 1 or {b"Chinese", b"English"} <= published
    assert "Traceback" not in done.said


@pytest.fixture(scope="module")
def handwritten(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with handwritten pages: one in both languages, one below it, two in one."""
    return once(tmp_path_factory, "handwritten", lambda root: add_pages(another(built, root))) / "site"


def add_pages(root: Path) -> None:
    pages = root / "site_src"
    write(pages / "visit.md", "# 來訪\n\n先看[失業給付](service:unemployment-benefit#docs)與[問答](list:faqs)。\n")
    write(pages / "en/visit.md", "# Visiting us\n\nSee [the benefit](service:unemployment-benefit#docs).\n")
    write(pages / "visit/history.md", "# 沿革\n\n回到[來訪](../visit.md)。`service:nobody`\n")
    write(pages / "notes/only.md", "# 只有中文\n\n內容。\n")
    write(pages / "notices/index.md", "# 公告\n\n這一段有標題。\n")
    write(pages / "en/visitors.md", "# Only in English\n\nText.\n")
    build(root)


def crumbs(html: str) -> list[str]:
    nav = re.search(r'<nav class="crumb".*?</nav>', html, re.DOTALL)
    assert nav, "no breadcrumb"
    return [re.sub(r"<[^>]+>", "", item) for item in re.findall(r"<li.*?</li>", nav[0], re.DOTALL)]


def test_a_handwritten_page_has_its_title_language_and_breadcrumb(handwritten: Path) -> None:
    for path, tag, title, way in (
        ("visit", "zh-Hant-TW", "來訪", ["首頁", "來訪"]),
        ("en/visit", "en", "Visiting us", ["Home", "Visiting us"]),
        ("notes/only", "zh-Hant-TW", "只有中文", ["首頁", "只有中文"]),
    ):
        html = page_text(handwritten, path)
        assert f'<html lang="{tag}">' in html
        assert f"<title>{title}｜" in html
        assert crumbs(html) == way
        assert look(html).headings == ["h1"]


def test_the_breadcrumb_of_a_handwritten_page_names_the_page_above_by_its_title(handwritten: Path) -> None:
    assert crumbs(page_text(handwritten, "visit/history")) == ["首頁", "來訪", "沿革"]


def test_links_by_id_lead_to_the_record_in_the_language_of_the_page(handwritten: Path) -> None:
    assert 'href="../services/unemployment-benefit/#docs"' in page_text(handwritten, "visit")
    assert 'href="../faqs/"' in page_text(handwritten, "visit")
    assert 'href="../services/unemployment-benefit/#docs"' in page_text(handwritten, "en/visit")


def test_code_is_no_link(handwritten: Path) -> None:
    assert "<code>service:nobody</code>" in page_text(handwritten, "visit/history")


def switch(html: str) -> dict[str, str]:
    """Language → where the language switch leads."""
    links = re.findall(r'<a href="([^"]*)" lang="([^"]*)" hreflang', html)
    return {tag: href for href, tag in links}


def test_the_language_switch_leads_to_the_twin_or_home(handwritten: Path) -> None:
    assert switch(page_text(handwritten, "visit")) == {"en": "../en/visit/"}
    assert switch(page_text(handwritten, "en/visit")) == {"zh-Hant-TW": "../../visit/"}
    assert switch(page_text(handwritten, "notes/only")) == {"en": "../../en/"}


def test_alternates_and_sitemap_name_only_languages_that_a_page_has(handwritten: Path) -> None:
    assert 'hreflang="en" href="https://labor.demo.example/en/visit/"' in page_text(handwritten, "visit")
    assert "https://labor.demo.example/en/notes/" not in page_text(handwritten, "notes/only")
    sitemap = (handwritten / "sitemap.xml").read_text("utf-8")
    for path in ("visit/", "en/visit/", "visit/history/", "notes/only/"):
        assert f"<loc>https://labor.demo.example/{path}</loc>" in sitemap
    assert "en/notes/only/" not in sitemap


def test_every_link_around_handwritten_pages_leads_somewhere(handwritten: Path, site: Path) -> None:
    assert newly_broken(handwritten, site) == set()


def test_the_default_of_an_english_page_without_a_chinese_one_exists(handwritten: Path) -> None:
    html = page_text(handwritten, "en/visitors")
    assert 'hreflang="en" href="https://labor.demo.example/en/visitors/"' in html
    assert 'href="https://labor.demo.example/visitors/"' not in html
    assert switch(html) == {"zh-Hant-TW": "../../"}


def test_an_introduction_with_a_heading_leaves_the_page_one_h1(handwritten: Path) -> None:
    html = page_text(handwritten, "notices")
    assert "這一段有標題。" in html
    assert look(html).headings == ["h1"]


def test_an_introduction_and_a_template_of_the_office_change_their_pages_and_no_other(office: Path, site: Path) -> None:
    write(office / "site_src/sops/index.md", "先看這裡，再往下找。\n")
    override = (
        '{% extends "record.html" %}\n{% block body %}<p class="ours">{{ record.answer|prose }}</p>{% endblock %}\n'
    )
    write(office / "site_src/templates/records/faq.html", override)
    new = build(office)
    html = page_text(new, "sops")
    assert html.index("<h1>") < html.index("先看這裡，再往下找。") < html.index('<ul class="plain wide"')
    for prefix in PREFIXES:
        assert '<p class="ours">' in page_text(new, f"{prefix}faqs/quit-myself")
    before = tree(site)
    changed = {name for name, content in tree(new).items() if content != before.get(name)}
    faqs = {name for name in before if re.fullmatch(r"(en/)?faqs/[a-z-]+/index\.html", name)}
    assert changed == {"sops/index.html"} | faqs


# --- Faults leave the last good site


@dataclass(frozen=True)
class Breaking:
    """Something an office may get wrong, and what it must be told."""

    name: str
    do: Callable[[Path], object]
    code: str
    where: str
    """What the message must name."""

    def __str__(self) -> str:
        return self.name


def _append(file: str, text: str) -> Callable[[Path], object]:
    return lambda root: write(root / file, (root / file).read_text("utf-8") + text)


def _write(file: str, text: str) -> Callable[[Path], object]:
    return lambda root: write(root / file, text)


FAQ_OVERRIDE = "site_src/templates/records/faq.html"
BROKEN, NOT_UTF8 = "data/faqs/refuse-referral.yml", "data/notices/youth-career-talks.yml"
GONE, POINTS_TO_GONE = "data/units/migrant-affairs.yml", "data/services/migrant-entry-notice.yml"
AT_ONCE = (
    Breaking("unknown field", _append(SERVICE, "nonsense: 1\n"), "unknown-key", SERVICE),
    Breaking("unknown record", lambda r: replace(r / SERVICE, "sop: un", "sop: no-"), "unknown-reference", SERVICE),
    Breaking("broken YAML", _append(BROKEN, "x: [1\n"), "yaml-syntax", BROKEN),
    Breaking("not UTF-8", lambda r: (r / NOT_UTF8).write_bytes("title: 失業".encode("big5")), "not-utf8", NOT_UTF8),
    Breaking("record gone", lambda r: (r / GONE).unlink(), "unknown-reference", POINTS_TO_GONE),
    Breaking("link to no page", _write("site_src/a.md", "# A\n\n[b](gone.md)\n"), "unknown-page", "site_src/a.md:3:5"),
    Breaking(
        "link to no record",
        _write("site_src/b.md", "# B\n\n[b](service:gone)\n"),
        "unknown-reference",
        "site_src/b.md:3:5",
    ),
)
"""What is found before any page is made, and all of it together."""
ALONE = (
    Breaking("no site.yml", lambda r: (r / "data/site.yml").unlink(), "site-missing", "data/site.yml"),
    Breaking("no data", lambda r: shutil.rmtree(r / "data"), "folder-missing", "data"),
    Breaking("template that raises", _write(FAQ_OVERRIDE, "{{ 1 // 0 }}"), "template-fault", "records/faq.html"),
    Breaking("template with a typo", _write(FAQ_OVERRIDE, "{{ recrod.id }}"), "template-fault", "records/faq.html"),
    Breaking("template unclosed", _write(FAQ_OVERRIDE, "<p>\n{% if record %}"), "template-fault", "records/faq.html"),
    Breaking(
        "shell that raises", _append("site_src/templates/base.html", "{{ nobody.x }}"), "template-fault", "base.html"
    ),
)
SEEN_BY_MKDOCS = Breaking(
    "link that only MkDocs sees", _write("site_src/a.md", "# A\n\n![b](gone.png)\n"), "mkdocs-failed", "gone.png"
)


def refuse(office: Path, *breakings: Breaking) -> Ran:
    """The answer to a build with faults, in English; the site must not have changed."""
    before = tree(office / "site")
    for breaking in breakings:
        breaking.do(office)
    done = run(office, "mingshi", "build", "--lang", "en")
    assert done.code == 1, done.said
    assert tree(office / "site") == before
    for breaking in breakings:
        assert f"error [{breaking.code}]" in done.err
        assert breaking.where in done.err
    assert "The site was not touched" in done.out
    assert "Traceback" not in done.said
    assert 'File "' not in done.said
    return done


@pytest.mark.parametrize("breaking", ALONE, ids=str)
def test_a_fault_is_named_without_a_traceback_and_leaves_the_last_good_site(office: Path, breaking: Breaking) -> None:
    refuse(office, breaking)


@pytest.mark.parametrize("breakings", [AT_ONCE, (SEEN_BY_MKDOCS,)], ids=["data and pages", "seen by MkDocs"])
def test_faults_are_told_in_both_languages(office: Path, breakings: tuple[Breaking, ...]) -> None:
    refuse(office, *breakings)
    before = tree(office / "site")
    chinese = run(office, "mingshi", "build", "--lang", "zh")
    assert all(f"錯誤 [{breaking.code}]" in chinese.err for breaking in breakings)
    assert "網站沒有更動" in chinese.out
    told = json.loads(run(office, "mingshi", "build", "--format", "json").out)
    assert {problem["code"] for problem in told["problems"]} == {breaking.code for breaking in breakings}
    assert told["errors"] == len(told["problems"])
    for problem in told["problems"]:
        for text in ("message", "hint"):
            assert set(problem[text]) == {"zh", "en"}
            assert HAN.search(problem[text]["zh"])
            assert not HAN.search(problem[text]["en"])
    assert tree(office / "site") == before


def test_mending_the_fault_builds_again(office: Path) -> None:
    refuse(office, AT_ONCE[0])
    replace(office / SERVICE, "nonsense: 1\n", "")
    assert "0 files changed" in run(office, "mingshi", "build", "--lang", "en").out


@pytest.mark.parametrize("breakings", [AT_ONCE, ALONE[:1]], ids=["data and pages", "no site.yml"])
def test_faulty_data_do_not_let_plain_mkdocs_empty_the_site(office: Path, breakings: tuple[Breaking, ...]) -> None:
    before = tree(office / "site")
    for breaking in breakings:
        breaking.do(office)
    done = run(office, "mkdocs", "build")
    assert done.code == 1
    assert all(breaking.code in done.said for breaking in breakings)
    assert "Traceback" not in done.said
    assert tree(office / "site") == before


def test_an_output_that_is_somebodys_work_is_left_alone(office: Path, tmp_path: Path) -> None:
    write(tmp_path / "work/thesis.odt", "years")
    done = run(office, "mingshi", "build", "--lang", "en", "--output", str(tmp_path / "work"))
    assert done.code == 1
    assert "[site-not-ours]" in done.err
    assert "Traceback" not in done.said
    assert tree(tmp_path / "work") == {"thesis.odt": b"years"}


def test_a_site_that_cannot_be_put_in_place_leaves_the_last_one(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(office / "site")

    def fail(*_: object) -> None:
        raise OSError(13, "Permission denied")

    monkeypatch.setattr(publish, "switch", fail)
    outcome = project.build(project.Project(office), office / "site")
    assert [(problem.code, problem.found) for problem in outcome.problems] == [("switch-failed", "Permission denied")]
    assert not outcome.good
    assert tree(office / "site") == before


def test_a_second_build_at_once_is_refused(office: Path) -> None:
    before = tree(office / "site")
    with publish.workshop(office / ".cache", office / "site"):
        done = run(office, "mingshi", "build", "--lang", "en")
    assert done.code == 1
    assert "[site-busy]" in done.err
    assert "Traceback" not in done.said
    assert tree(office / "site") == before


# --- Kills

SHARES = (0.0, 0.2, 0.5, 0.8, 0.95)
"""How much of the site is written when the build is killed."""
LATE = (0.0, 0.02, 0.1)
"""Seconds after all of it is, about which the site is switched."""


def _variants(office: Path) -> Iterator[tuple[bytes, Mapping[str, bytes]]]:
    """Two versions of a record, each with the site that it makes."""
    record = office / SERVICE
    for number in (1, 2):
        replace(record, "失業給付申請", f"失業給付申請{number}")
        yield record.read_bytes(), tree(build(office))


def test_a_kill_at_any_moment_leaves_the_old_site_or_the_new_one(office: Path) -> None:
    record, site = office / SERVICE, office / "site"
    (first, old), (second, new) = _variants(office)
    assert old != new
    before, seen = new, []
    moments = [*((share, 0.0) for share in SHARES), *((1.0, late) for late in LATE)]
    for number, (moment, (version, after)) in enumerate(
        zip(moments, itertools.cycle([(first, old), (second, new)]), strict=False)
    ):
        record.write_bytes(version)
        kill_when_written(office, int(moment[0] * len(after)), moment[1])
        left = tree(site)
        assert left in (before, after), f"killed when {moment[0]:.0%} of it was written"
        seen.append(left == after)
        if number % 3 == 2:
            assert tree(build(office)) == after
        before = tree(site)
    assert not all(seen), "no kill came before the end"


def kill_when_written(office: Path, files: int, late: float) -> None:
    """Start a build, and end it so many seconds after it has written so many files beside the site."""
    process = subprocess.Popen(
        command("mingshi", "build"),
        cwd=office,
        env=environment(office),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        until(lambda: process.poll() is not None or written_aside(office) >= files, "the build wrote nothing")
        time.sleep(late)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def written_aside(office: Path) -> int:
    """Files on the stage of the build under way; -1 while there is no stage."""
    stages = [path for path in (office / ".cache").glob("stage-*") if path.is_dir()]
    return sum(len(files) for stage in stages for _, _, files in os.walk(stage)) if stages else -1


WAITING_HOOK = """
import os, time
from pathlib import Path

here, role = Path(__file__).parent, os.environ.get("ROLE")


def on_post_build(config):
    if role:
        (here / f"{role}.ready").touch()
        deadline = time.monotonic() + 300
        while not (here / f"{role}.go").exists() and time.monotonic() < deadline:
            time.sleep(0.02)


def on_shutdown():
    if role:
        (here / f"{role}.done").touch()
"""


def until(happened: Callable[[], bool], what: str, seconds: float = 300) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


def test_what_a_killed_build_still_writes_never_reaches_the_next_site(office: Path) -> None:
    """`mingshi build` alone is killed, as by a supervisor: its MkDocs lives on."""
    wanted = tree(office / "site")
    write(office / "waiting.py", WAITING_HOOK)
    replace(office / "mkdocs.yml", "hooks: [", "hooks: [waiting.py, ")
    extra = office / "data/faqs/extra.yml"
    shutil.copy(office / "data/faqs/quit-myself.yml", extra)

    def start(role: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command("mingshi", "build"), cwd=office, env=environment(office, {"ROLE": role}), stdout=subprocess.DEVNULL
        )

    killed = start("a")
    try:
        until((office / "a.ready").exists, "the first build did not come to its end")
    finally:
        killed.kill()
        killed.wait()
    extra.unlink()
    following = start("b")
    try:
        until(lambda: (office / "b.ready").exists() or following.poll() is not None, "the second build did nothing")
        (office / "a.go").touch()
        until((office / "a.done").exists, "the orphan did not end")
    finally:
        (office / "a.go").touch()
        (office / "b.go").touch()
        following.wait(300)
    if following.returncode:  # it may as well say that a build is under way
        build(office)
    assert tree(office / "site") == wanted
