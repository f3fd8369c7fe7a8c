"""Topics: records of all kinds under the codes of the classifications, and the other ways through the site."""

import re
from pathlib import Path

from mingshi import pages
from mingshi.frame import Page
from mingshi.topics import topics
from office import FAQ, FORM, SERVICE, SITE, TODAY, catalogue, office, problems, vary

CODES = """\
scheme,code,name.zh,name.en,parent
theme,100,工作,Work,
theme,110,找工作,Finding a job,100
theme,120,失業,Losing a job,100
theme,900,沒有人用,Unused,
service,C10,求職及就業,Working,
"""
TABLE = "classification/codes.csv"


def filed(text: str, category: str) -> str:
    return f"{text}category: {category}\n"


def painted(folder: Path, files: dict[str, str | bytes], handwritten: dict[str, str] | None = None) -> dict[str, Page]:
    loaded = catalogue(office(folder, {TABLE: CODES, **files}))
    own = {
        page.url: page
        for painter in pages.painters(loaded, None, TODAY)
        for page in pages.paint(painter, handwritten or {})
    }
    assert {page.frame_url for page in own.values()} <= {frame.url for frame in pages.frames(loaded)}
    return own


def links(page: Page) -> list[str]:
    return re.findall(r'href="((?:\.\./)+[^"#]*)"', page.main)


def test_a_record_stands_under_its_code_and_under_what_is_above_it(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "services/benefit.yml": filed(SERVICE, '{theme: "120", service: C10}'),
        "faqs/quit.yml": filed(FAQ, '{theme: "110"}'),
    }
    own = topics(catalogue(office(tmp_path, {TABLE: CODES, **files})), TODAY)

    assert {path: [entry.ref for entry in topic.entries] for path, topic in own.items()} == {
        "topics/theme/100/": ["service:benefit", "faq:quit"],
        "topics/theme/110/": ["faq:quit"],
        "topics/theme/120/": ["service:benefit"],
        "topics/service/C10/": ["service:benefit"],
    }
    assert [topic.code.code for topic in own["topics/theme/100/"].below] == ["110", "120"]


def test_codes_in_a_circle_end_where_they_began(tmp_path: Path) -> None:
    circle = "scheme,code,name.zh,name.en,parent\ntheme,110,一,One,120\ntheme,120,二,Two,110\n"
    files: dict[str, str | bytes] = {TABLE: circle, "faqs/quit.yml": filed(FAQ, '{theme: "110"}')}
    own = topics(catalogue(office(tmp_path, files)), TODAY)

    assert {path: len(topic.entries) for path, topic in own.items()} == {
        "topics/theme/110/": 1,
        "topics/theme/120/": 1,
    }


def test_a_topic_page_groups_its_records_by_kind_and_leads_to_narrower_topics(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "services/benefit.yml": filed(SERVICE, '{theme: "120"}'),
        "forms/claim.yml": filed(FORM, '{theme: "120"}'),
        "faqs/quit.yml": filed(FAQ, '{theme: "110"}'),
    }
    own = painted(tmp_path, files)
    above, page = own["topics/theme/100/"], own["en/topics/theme/120/"]

    assert re.findall(r'<h2 id="(\w+)"', above.main) == ["below", "service", "faq", "form"]
    assert {"../../../topics/theme/110/", "../../../topics/theme/120/"} <= set(links(above))
    assert page.title == "Losing a job"
    assert page.crumbs == (("Topics", "topics/"), ("Work", "topics/theme/100/"))
    assert "topics/theme/900/" not in own


def test_a_record_leads_to_its_topics(tmp_path: Path) -> None:
    own = painted(tmp_path, {"services/benefit.yml": filed(SERVICE, '{theme: "120", service: C10}')})
    assert {"../../topics/theme/120/", "../../topics/service/C10/"} <= set(links(own["services/benefit/"]))


def test_a_long_topic_goes_on_to_more_pages(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"faqs/q{n}.yml": filed(FAQ, '{theme: "110"}') for n in range(101)}
    own = painted(tmp_path, files)
    first, second = own["topics/theme/110/"], own["topics/theme/110/2/"]

    assert [len(re.findall(r"faqs/q\d+/", page.main)) for page in (first, second)] == [100, 1]
    assert "topics/theme/110/2/" in " ".join(links(first))


def test_without_any_classified_record_there_are_no_topics(tmp_path: Path) -> None:
    own = painted(tmp_path, {"faqs/quit.yml": FAQ})
    assert not [url for url in own if "topics" in url]
    assert "topics" not in own["sitemap/"].main


def test_the_site_map_leads_to_every_list_topic_and_handwritten_page(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"faqs/quit.yml": filed(FAQ, '{theme: "110"}')}
    own = painted(tmp_path, files, {"": "Home", "privacy/": "隱私", "en/privacy/": "Privacy", "en/": "Home"})
    page = own["sitemap/"]

    assert {"../faqs/", "../topics/theme/110/", "../privacy/", "../search/", "../changes/"} <= set(links(page))
    assert "../sops/" not in links(page)
    assert re.findall(r"<kbd>(\w)</kbd>", page.main) == ["U", "C", "S", "Z"]
    assert "Firefox" in page.main
    assert "Privacy" in own["en/sitemap/"].main


def test_what_changed_stands_newest_first(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "faqs/old.yml": FAQ,
        "faqs/new.yml": f"{FAQ}updated: 2026-11-01\n",
        "faqs/middle.yml": f"{FAQ}reviewed: 2026-06-01\n",
    }
    assert re.findall(r"faqs/(\w+)/", painted(tmp_path, files)["changes/"].main) == ["new", "middle", "old"]


HOME = """\
home:
  question: {zh: 要辦什麼？, en: "What is it?"}
  example: {zh: 失業, en: jobless}
  hot: [{label: {zh: 失業, en: Jobless}, to: service:benefit}]
  tasks: [{label: {zh: 領錢, en: Get money}, to: service:benefit}, {label: {zh: 問, en: Ask}, to: list:faqs}]
  lines:
    - {title: {zh: 失業了, en: Jobless}, stops: [{label: {zh: 辭職, en: Quit}, to: faq:quit}]}
  audiences:
    - {title: {zh: 給雇主, en: For employers}, ways: [{label: {zh: 申請, en: Apply}, to: service:benefit}]}
"""


def test_the_office_chooses_what_its_home_page_leads_to(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"site.yml": SITE + HOME, "services/benefit.yml": SERVICE, "faqs/quit.yml": FAQ}
    own = painted(tmp_path, files)
    home = own["en/"]

    assert "<h1>What is it?</h1>" in home.head
    assert 'placeholder="jobless"' in home.head
    assert 'action="./search/"' in home.head
    assert re.findall(r"<b>([^<]+)</b><small>", home.main) == ["Get money"]
    assert [text in home.main for text in ("Quit", "For employers", "Apply")] == [True] * 3


def test_a_link_of_the_home_page_to_nothing_is_a_problem_at_its_place(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "site.yml": SITE + vary(HOME, "to: faq:quit", "to: faq:quits"),
        "services/benefit.yml": SERVICE,
        "faqs/quit.yml": FAQ,
    }
    line = (SITE + HOME).partition("faq:quit")[0].count("\n") + 1
    [(place, code)] = problems(office(tmp_path, files))
    assert (place.rsplit(":", 1)[0], code) == (f"data/site.yml:{line}", "unknown-reference")
