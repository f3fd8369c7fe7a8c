"""The catalogue: ids, references, files, circles, and every fault of every file in one run."""

from pathlib import Path

import pytest

from mingshi import folder
from mingshi.catalogue import load
from office import (
    AGENCY,
    COMMITMENT,
    DISCLOSURE,
    FAQ,
    FORM,
    PLAN,
    SERVICE,
    SITE,
    SOP,
    UNIT,
    catalogue,
    found,
    office,
    problems,
    read,
    ten_items,
    vary,
)

# --- Ids


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("Bad_Id", "bad-id"),
        ("1st", ""),
        ("a--b", "a-b"),
        ("-a", "a"),
        ("a-", "a"),
        ("資遣", ""),
        ("a/b", "a-b"),
        ("../x", "x"),
        ("UPPER", "upper"),
    ],
)
def test_an_id_is_a_lower_case_slug(tmp_path: Path, written: str, nearest: str) -> None:
    [problem] = found(office(tmp_path, {"faqs/x.yml": f"id: {written}\n" + FAQ}))

    assert (str(problem.mark), problem.code, problem.nearest) == ("data/faqs/x.yml:1:5", "bad-id", nearest)


@pytest.mark.parametrize("stem", ["My File", "Upper", "under_score", "資遣"])
def test_a_file_name_that_cannot_be_an_id_is_a_fault(tmp_path: Path, stem: str) -> None:
    assert problems(office(tmp_path, {f"faqs/{stem}.yml": FAQ})) == [(f"data/faqs/{stem}.yml:1:1", "bad-file-name")]


def test_an_id_is_the_file_name(tmp_path: Path) -> None:
    [problem] = found(office(tmp_path, {"faqs/x.yml": FAQ + "id: y\n"}))

    assert (str(problem.mark), problem.code, problem.nearest) == ("data/faqs/x.yml:5:5", "id-not-file-name", "x")


@pytest.mark.parametrize("named", ["x", "y"])
def test_a_record_whose_id_differs_from_its_file_is_found_under_both(tmp_path: Path, named: str) -> None:
    files = {"faqs/x.yml": FAQ + "id: y\n", "services/s.yml": SERVICE + f"faqs: [{named}]\n"}

    assert problems(office(tmp_path, files)) == [("data/faqs/x.yml:5:5", "id-not-file-name")]


def test_an_id_that_repeats_the_file_name_is_fine(tmp_path: Path) -> None:
    assert problems(office(tmp_path, {"faqs/x.yml": "id: x\n" + FAQ})) == []


@pytest.mark.parametrize(
    ("files", "place", "other"),
    [
        pytest.param(
            {"faqs/x.yml": FAQ, "faqs/x.yaml": FAQ}, "data/faqs/x.yml:1:1", "data/faqs/x.yaml:1:1", id="two-endings"
        ),
        pytest.param(
            {"faqs/x.yml": FAQ, "faqs/more/x.yml": FAQ},
            "data/faqs/x.yml:1:1",
            "data/faqs/more/x.yml:1:1",
            id="folder-below",
        ),
        pytest.param(
            {"faqs/a.yml": FAQ, "faqs/b.yml": FAQ + "id: a\n"},
            "data/faqs/b.yml:5:5",
            "data/faqs/a.yml:1:1",
            id="id-line",
        ),
    ],
)
def test_a_doubled_id_names_both_places(tmp_path: Path, files: dict[str, str | bytes], place: str, other: str) -> None:
    [problem] = [problem for problem in found(office(tmp_path, files)) if problem.code == "duplicate-id"]

    assert str(problem.mark) == place
    assert [str(mark) for mark in problem.related] == [other]
    assert other in problem.hint["zh"]
    assert other in problem.hint["en"]


def test_the_same_id_in_two_kinds_is_fine(tmp_path: Path) -> None:
    entries = catalogue(office(tmp_path, {"faqs/x.yml": FAQ, "services/x.yml": SERVICE})).entries

    assert {"faq:x", "service:x"} <= set(entries)


# --- No echo: what is broken still stands for its id


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        pytest.param({"faqs/x.yml": FAQ + "colour: red\n"}, ("data/faqs/x.yml:5:1", "unknown-key"), id="record"),
        pytest.param({"faqs/x.yml": "question: [\n"}, ("data/faqs/x.yml:2:1", "yaml-syntax"), id="yaml-syntax"),
        pytest.param({"faqs/x.yml": b"\xff"}, ("data/faqs/x.yml:1:1", "not-utf8"), id="encoding"),
        pytest.param({"faqs/x.yml": ""}, ("data/faqs/x.yml:1:1", "empty-file"), id="empty"),
        pytest.param({"faqs/x.yml": "id: X\n" + FAQ}, ("data/faqs/x.yml:1:5", "bad-id"), id="bad-id"),
        pytest.param({"faqs/all.csv": 'id,"q\nx,1\n'}, ("data/faqs/all.csv:1:1", "table-syntax"), id="table"),
        pytest.param(
            {"faqs/all.csv": "id,question\nx,問\n".encode("utf-16")},
            ("data/faqs/all.csv:1:1", "not-utf8"),
            id="table-encoding",
        ),
        pytest.param({"faqs/all.yml": "- id: x\n  question: [\n"}, ("data/faqs/all.yml:3:1", "yaml-syntax"), id="list"),
    ],
)
def test_what_points_to_a_broken_record_is_not_accused(
    tmp_path: Path, broken: dict[str, str | bytes], fault: tuple[str, str]
) -> None:
    files = {
        "services/s.yml": SERVICE + "faqs: [x]\n",
        "faqs/y.yml": vary(FAQ, "可以。", '"見[此](faq:x)。"'),
        **broken,
    }

    assert problems(office(tmp_path, files)) == [fault]


def test_a_row_of_a_table_with_a_fault_still_claims_its_id(tmp_path: Path) -> None:
    table = "id,question,answer,unit,published\nx,問,答,front-desk,tomorrow\n"
    files = {"services/s.yml": SERVICE + "faqs: [x]\n", "faqs/all.csv": table}

    assert problems(office(tmp_path, files)) == [("data/faqs/all.csv:2:18", "bad-date")]


def test_a_table_that_can_be_read_hides_no_unknown_reference(tmp_path: Path) -> None:
    table = "id,question,answer,unit,published\nx,問,答,front-desk,tomorrow\n"
    files = {"services/s.yml": SERVICE + "faqs: [nope]\n", "faqs/all.csv": table}

    assert ("data/services/s.yml:12:8", "unknown-reference") in problems(office(tmp_path, files))


@pytest.mark.parametrize(
    ("name", "text", "target"),
    [
        pytest.param("faqs/all.csv", "id,question,answer,unit,published\n", "nope", id="heading-alone"),
        pytest.param("faqs/all.csv", "id,question,answer,unit,published\n", "all", id="heading-alone-by-file-name"),
    ],
)
def test_a_file_without_records_claims_no_id(tmp_path: Path, name: str, text: str, target: str) -> None:
    files = {"services/s.yml": SERVICE + f"faqs: [{target}]\n", name: text}

    assert ("data/services/s.yml:12:8", "unknown-reference") in problems(office(tmp_path, files))


def test_a_fault_in_one_field_does_not_silence_the_references_of_another(tmp_path: Path) -> None:
    text = vary(FAQ, "2026-01-02", "tomorrow") + "services: [nope]\n"

    assert problems(office(tmp_path, {"faqs/x.yml": text})) == [
        ("data/faqs/x.yml:4:12", "bad-date"),
        ("data/faqs/x.yml:5:12", "unknown-reference"),
    ]


def test_a_fault_deep_below_is_not_repeated_above(tmp_path: Path) -> None:
    text = vary(SERVICE, "type: counter", "type: window")

    assert problems(office(tmp_path, {"services/s.yml": text})) == [("data/services/s.yml:7:11", "not-a-choice")]


# --- References


def test_an_unknown_reference_names_the_nearest(tmp_path: Path) -> None:
    [problem] = found(office(tmp_path, {"faqs/x.yml": vary(FAQ, "front-desk", "frontdesk")}))

    assert (str(problem.mark), problem.code) == ("data/faqs/x.yml:3:7", "unknown-reference")
    assert problem.nearest == "unit:front-desk"
    assert "“unit:front-desk”" in problem.hint["en"]
    assert "「unit:front-desk」" in problem.hint["zh"]


def test_a_reference_with_nothing_near_names_nothing(tmp_path: Path) -> None:
    [problem] = found(office(tmp_path, {"faqs/x.yml": vary(FAQ, "front-desk", "zoology")}))

    assert problem.nearest == ""
    assert "nearest" not in problem.hint["en"]


def test_a_kind_without_records_is_not_suggested_as_the_nearest(tmp_path: Path) -> None:
    [problem] = found(office(tmp_path, {"faqs/x.yml": FAQ + "services: [a]\n"}))

    assert (problem.code, problem.nearest) == ("unknown-reference", "")


PROSE = """\
question: {zh: 問, en: Q}
unit: front-desk
answer:
  zh: |
    第一段。

    見[這裡](service:nope)。
  en: |
    😀 See [here](service:nope) and
    [there](faq:y).
published: 2026-01-02
"""


def test_an_unknown_link_in_prose_is_marked_inside_its_text_in_both_languages(tmp_path: Path) -> None:
    assert problems(office(tmp_path, {"faqs/x.yml": PROSE, "faqs/y.yml": FAQ, "services/s.yml": SERVICE})) == [
        ("data/faqs/x.yml:7:11", "unknown-reference"),
        ("data/faqs/x.yml:9:18", "unknown-reference"),
    ]


@pytest.mark.parametrize(
    ("answer", "place"),
    [
        pytest.param("見[此](faq:nope)", "2:14", id="plain"),
        pytest.param('"見[此](faq:nope)"', "2:15", id="quoted"),
        pytest.param('{zh: "見[此](faq:nope)", en: see}', "2:20", id="in-braces"),
        pytest.param(">-\n  一\n  二[此](faq:nope)", "4:8", id="folded"),
        pytest.param("|\n  [甲](faq:x)[乙](faq:nope)", "3:17", id="after-a-good-link"),
        pytest.param("|\n  [甲](faq:nope-more)[乙](faq:nope)", "3:25", id="after-a-longer-id"),
        pytest.param("|\n  [此](faq:nope#part)", "3:7", id="with-an-anchor"),
    ],
)
def test_an_unknown_link_is_marked_at_its_target(tmp_path: Path, answer: str, place: str) -> None:
    text = f"question: 問\nanswer: {answer}\nunit: front-desk\npublished: 2026-01-02\n"
    files = {"faqs/x.yml": text, "faqs/nope-more.yml": FAQ}

    assert problems(office(tmp_path, files)) == [(f"data/faqs/x.yml:{place}", "unknown-reference")]


@pytest.mark.parametrize(
    "link",
    [
        pytest.param('[此](faq:nope "說明")', id="with-a-title"),
        pytest.param("[此](<faq:nope>)", id="in-angle-brackets"),
        pytest.param("[此][1]\n\n  [1]: faq:nope", id="by-reference"),
        pytest.param("[此](faq:Nope)", id="upper-case"),
        pytest.param("![此](faq:nope)", id="image"),
    ],
)
def test_no_form_of_link_to_an_unknown_record_goes_unnoticed(tmp_path: Path, link: str) -> None:
    text = f"question: 問\nanswer: |\n  見{link}\nunit: front-desk\npublished: 2026-01-02\n"

    assert [code for _, code in problems(office(tmp_path, {"faqs/x.yml": text}))] == ["unknown-reference"]


@pytest.mark.parametrize("code", ["`[x](faq:nope)`", "```\n  [x](faq:nope)\n  ```"])
def test_a_link_in_code_is_no_link(tmp_path: Path, code: str) -> None:
    text = f"question: 問\nanswer: |\n  {code}\nunit: front-desk\npublished: 2026-01-02\n"

    assert problems(office(tmp_path, {"faqs/x.yml": text})) == []


@pytest.mark.parametrize(
    "link", ["[a](https://demo.example/)", "[a](mailto:job@demo.example)", "[a](tel:021)", "[a](#part)", "a](b"]
)
def test_other_links_in_prose_are_left_alone(tmp_path: Path, link: str) -> None:
    assert problems(office(tmp_path, {"faqs/x.yml": vary(FAQ, "{zh: 可以。, en: Yes.}", f'"{link}"')})) == []


def test_a_list_can_be_linked_in_prose(tmp_path: Path) -> None:
    text = vary(FAQ, "{zh: 可以。, en: Yes.}", '"[甲](list:services) [乙](list:nope)"')

    assert problems(office(tmp_path, {"faqs/x.yml": text})) == [("data/faqs/x.yml:2:33", "unknown-reference")]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        pytest.param("unit: front-desk", "unit: agency:labor-bureau", "3:7", id="another-kind"),
        pytest.param("unit: front-desk", "unit: Front Desk", "3:7", id="a-name"),
        pytest.param("unit: front-desk", "unit: units/front-desk", "3:7", id="a-path"),
        pytest.param("unit: front-desk", "unit: {id: front-desk}", "3:7", id="a-group"),
        pytest.param("unit: front-desk", "unit: 'unit:'", "3:7", id="a-kind-alone"),
    ],
)
def test_a_reference_of_the_wrong_form_is_refused(tmp_path: Path, old: str, new: str, place: str) -> None:
    assert problems(office(tmp_path, {"faqs/x.yml": vary(FAQ, old, new)})) == [
        (f"data/faqs/x.yml:{place}", "bad-reference")
    ]


def test_a_reference_may_be_written_whole(tmp_path: Path) -> None:
    assert problems(office(tmp_path, {"faqs/x.yml": vary(FAQ, "unit: front-desk", "unit: unit:front-desk")})) == []


def test_a_reference_that_may_be_of_two_kinds_needs_its_kind(tmp_path: Path) -> None:
    text = vary(PLAN, "lead: [unit:front-desk]", "lead: [front-desk, agency:labor-bureau, agency:nope]")

    assert problems(office(tmp_path, {"plans/p.yml": text})) == [
        ("data/plans/p.yml:19:20", "bad-reference"),
        ("data/plans/p.yml:19:53", "unknown-reference"),
    ]


def test_the_site_points_to_an_agency_and_to_lists(tmp_path: Path) -> None:
    site = vary(vary(SITE, "agency: labor-bureau", "agency: nope"), "navigation: [services,", "navigation: [service,")

    assert problems(office(tmp_path, {"site.yml": site})) == [
        ("data/site.yml:3:9", "unknown-reference"),
        ("data/site.yml:8:14", "unknown-reference"),
    ]


@pytest.mark.parametrize("phone", ["(02)００００-1236", "０２-0000-1236", "١٩٩٩"])
def test_a_phone_that_no_link_could_dial_is_refused(tmp_path: Path, phone: str) -> None:
    data = office(tmp_path, {"units/front-desk.yml": vary(UNIT, "(02)0000-1236", phone)})

    assert problems(data) == [("data/units/front-desk.yml:5:8", "bad-phone")]


# --- Circles


@pytest.mark.parametrize(
    ("parents", "place", "circle"),
    [
        pytest.param({"a": "b", "b": "a"}, "data/units/a.yml:8:9", {"unit:a", "unit:b"}, id="two"),
        pytest.param({"a": "a"}, "data/units/a.yml:8:9", {"unit:a"}, id="itself"),
        pytest.param(
            {"a": "c", "b": "a", "c": "b"}, "data/units/a.yml:8:9", {"unit:a", "unit:b", "unit:c"}, id="three"
        ),
        pytest.param({"a": "b", "b": "c", "c": "b"}, "data/units/b.yml:8:9", {"unit:b", "unit:c"}, id="with-a-tail"),
        pytest.param({"c": "b", "b": "c", "z": "c"}, "data/units/b.yml:8:9", {"unit:b", "unit:c"}, id="late-tail"),
    ],
)
def test_a_circle_of_parents_is_reported_once(
    tmp_path: Path, parents: dict[str, str], place: str, circle: set[str]
) -> None:
    files = {f"units/{unit}.yml": UNIT + f"parent: {above}\n" for unit, above in parents.items()}
    [problem] = found(office(tmp_path, {**files}))

    assert (str(problem.mark), problem.code) == (place, "reference-cycle")
    assert set(problem.found.split(" → ")) == circle


def test_two_circles_are_two_problems(tmp_path: Path) -> None:
    files = {f"units/{a}.yml": UNIT + f"parent: {b}\n" for a, b in ("ab", "ba", "cd", "dc")}

    assert problems(office(tmp_path, {**files})) == [
        ("data/units/a.yml:8:9", "reference-cycle"),
        ("data/units/c.yml:8:9", "reference-cycle"),
    ]


def test_a_tree_of_units_is_no_circle(tmp_path: Path) -> None:
    files = {f"units/{a}.yml": UNIT + f"parent: {b}\n" for a, b in (("a", "front-desk"), ("b", "a"), ("c", "a"))}

    assert problems(office(tmp_path, {**files})) == []


# --- Files to download


def form_with(path: str) -> str:
    return FORM + f"files:\n  - path: {path}\n    label: 空白表單\n"


def test_a_file_to_download_gets_its_address(tmp_path: Path) -> None:
    data = office(tmp_path, {"forms/f.yml": form_with("files/claim.odt"), "forms/files/claim.odt": b"x"})
    [(url, offer)] = catalogue(data).downloads.items()

    assert url == "forms/f/files/claim.odt"
    assert (offer.path.read_bytes(), offer.size) == (b"x", 1)


def test_a_missing_file_names_the_nearest(tmp_path: Path) -> None:
    data = office(tmp_path, {"forms/f.yml": form_with("files/clam.odt"), "forms/files/claim.odt": b"x"})
    [problem] = found(data)

    assert (str(problem.mark), problem.code) == ("data/forms/f.yml:9:11", "file-missing")
    assert problem.nearest == "files/claim.odt"


@pytest.mark.parametrize(
    "path",
    [
        "../x.odt",
        "files/../../x.odt",
        "/etc/x.odt",
        "~/x.odt",
        "C:/x.odt",
        "..\\x.odt",
        "\\x.odt",
        "https://a.example/x.odt",
    ],
)
def test_a_file_outside_its_folder_is_refused(tmp_path: Path, path: str) -> None:
    data = office(tmp_path, {"forms/f.yml": form_with(f"'{path}'")})
    (tmp_path / "data" / "x.odt").touch()

    assert ("data/forms/f.yml:9:11", "file-outside") in problems(data)
    assert [code for _, code in problems(data)] == ["file-outside", "file-misplaced"]
    assert read(data).downloads == {}


def test_a_link_that_leads_outside_its_folder_is_refused(tmp_path: Path) -> None:
    data = office(tmp_path, {"forms/f.yml": form_with("files/x.odt"), "forms/files/other.odt": b"x"})
    secret = tmp_path / "secret.odt"
    secret.touch()
    (data / "forms" / "files" / "x.odt").symlink_to(secret)

    assert problems(data) == [("data/forms/f.yml:9:11", "file-outside")]
    assert read(data).downloads == {}


def test_a_file_name_with_two_dots_in_it_is_fine(tmp_path: Path) -> None:
    data = office(tmp_path, {"forms/f.yml": form_with("files/a..b.odt"), "forms/files/a..b.odt": b"x"})

    assert list(catalogue(data).downloads) == ["forms/f/files/a..b.odt"]


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "DOWNLOAD_LIMIT", 1024)
    data = office(tmp_path, {"forms/f.yml": form_with("files/x.pdf"), "forms/files/x.pdf": b"x" * 1025})

    assert problems(data) == [("data/forms/f.yml:9:11", "file-too-large")]


def test_a_file_at_the_limit_is_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "DOWNLOAD_LIMIT", 1024)
    data = office(tmp_path, {"forms/f.yml": form_with("files/x.pdf"), "forms/files/x.pdf": b"x" * 1024})

    assert len(catalogue(data).downloads) == 1


@pytest.mark.parametrize("name", ["claim.docx", "claim.exe", "claim", "odt", "claim.odt.zip"])
def test_a_file_of_another_format_is_refused(tmp_path: Path, name: str) -> None:
    data = office(tmp_path, {"forms/f.yml": form_with(f"files/{name}"), f"forms/files/{name}": b"x"})

    assert problems(data) == [("data/forms/f.yml:9:11", "file-format")]


def test_two_files_of_one_name_do_not_share_an_address(tmp_path: Path) -> None:
    text = form_with("files/a/x.odt") + "  - path: files/b/x.odt\n    label: 範例\n"
    data = office(tmp_path, {"forms/f.yml": text, "forms/files/a/x.odt": b"1", "forms/files/b/x.odt": b"2"})

    assert problems(data) or len(read(data).downloads) == 2


# --- The folder


def test_an_unknown_folder_names_the_nearest(tmp_path: Path) -> None:
    [problem] = found(office(tmp_path, {"service/x.yml": SERVICE}))

    assert (str(problem.mark), problem.code, problem.nearest) == ("data/service:1:1", "folder-unknown", "services")


@pytest.mark.parametrize(
    "name",
    [
        "services/readme.txt",
        "disclosures/table.xlsx",
        "faqs/table.xls",
        "notes.md",
        "services/more/x.json",
        "site.yaml",
    ],
)
def test_a_stray_file_is_reported(tmp_path: Path, name: str) -> None:
    assert problems(office(tmp_path, {name: "x"})) == [(f"data/{name}:1:1", "file-misplaced")]


@pytest.mark.parametrize(
    "name",
    [".DS_Store", ".git/config", "~$list.xlsx", "services/.x.yml.swp", "services/~$x.csv", "services/.old/x.yml"],
)
def test_hidden_files_are_ignored(tmp_path: Path, name: str) -> None:
    assert problems(office(tmp_path, {name: "x"})) == []


@pytest.mark.parametrize("name", ["forms/files/x.odt", "forms/files/x.yml", "ledger/links.json"])
def test_downloads_and_the_ledger_are_no_records(tmp_path: Path, name: str) -> None:
    assert problems(office(tmp_path, {name: "x"})) == []


def test_records_may_lie_in_folders_below(tmp_path: Path) -> None:
    assert "service:x" in catalogue(office(tmp_path, {"services/jobs/2026/x.yml": SERVICE})).entries


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    data = office(tmp_path, {"faqs/y.yml": FAQ})
    (data / "faqs" / "x.yml").symlink_to(tmp_path / "gone.yml")

    assert problems(data) == [("data/faqs/x.yml:1:1", "file-unreadable")]


def test_a_missing_data_folder_is_a_problem(tmp_path: Path) -> None:
    assert [code for _, code in problems(tmp_path / "data")] == ["folder-missing", "site-missing"]


# --- The site


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        pytest.param(None, ("data/site.yml:1:1", "site-missing"), id="missing"),
        pytest.param("", ("data/site.yml:1:1", "empty-file"), id="empty"),
        pytest.param("name: [\n", ("data/site.yml:2:1", "yaml-syntax"), id="syntax"),
        pytest.param(vary(SITE, "(02)0000-1234", "none"), ("data/site.yml:11:10", "bad-phone"), id="field"),
        pytest.param(SITE + "colour: red\n", ("data/site.yml:17:1", "unknown-key"), id="unknown-key"),
        pytest.param(vary(SITE, "key: zh,", "kee: zh,"), ("data/site.yml:6:6", "unknown-key"), id="languages"),
    ],
)
def test_records_are_checked_without_a_site(tmp_path: Path, site: str | None, expected: tuple[str, str]) -> None:
    files = {"faqs/x.yml": FAQ + "colour: red\nservices: [nope]\n"} | ({} if site is None else {"site.yml": site})
    data = office(tmp_path, {**files}, without=("site.yml",) if site is None else ())

    reported = problems(data)

    assert load(data).catalogue is None
    assert expected in reported
    assert [place for place in reported if place[0].startswith("data/faqs")] == [
        ("data/faqs/x.yml:5:1", "unknown-key"),
        ("data/faqs/x.yml:6:12", "unknown-reference"),
    ]
    assert all(place.startswith(("data/faqs/x.yml", "data/site.yml")) for place, _ in reported)


@pytest.mark.parametrize(
    "site",
    [
        pytest.param("[]\n", id="empty-list"),
        pytest.param("hello\n", id="a-word"),
        pytest.param("- " + SITE.replace("\n", "\n  ").rstrip() + "\n- hello\n", id="two-sites"),
    ],
)
def test_a_site_that_is_no_group_of_fields_is_a_problem(tmp_path: Path, site: str) -> None:
    assert [place for place, _ in problems(office(tmp_path, {"site.yml": site}))] != []


def test_a_language_cannot_be_given_twice(tmp_path: Path) -> None:
    [problem] = found(office(tmp_path, {"site.yml": vary(SITE, "key: en,", "key: zh,")}))

    assert (str(problem.mark), problem.code) == ("data/site.yml:7:11", "language-twice")


# --- Steps and limits

STEPS = """\
title: 流程
unit: front-desk
purpose: 目的
services: [benefit]
version: "1"
approved: {on: 2026-01-02, by: 局長}
published: 2026-01-02
steps:
  - {id: arrive, kind: start, title: 收件, limit: {value: 2, unit: day}, next: [{to: check}]}
  - id: check
    kind: decision
    title: 審查
    limit: {value: 8, unit: hour}
    next: [{to: correct, when: 缺件}, {to: decide, when: 齊全}]
  - {id: correct, kind: wait, title: 補件, limit: {value: 90, unit: day}, next: [{to: check}]}
  - {id: decide, kind: task, title: 核定, limit: {value: 5, unit: day}, next: [{to: done}]}
  - {id: done, kind: end, title: 結束}
"""


@pytest.mark.parametrize(
    ("limit", "days"),
    [
        pytest.param("{value: 8, unit: day, counting: working}", None, id="just-enough"),
        pytest.param("{value: 7, unit: day, counting: working}", "8", id="a-day-too-long"),
        pytest.param("{value: 7, unit: day, counting: calendar}", "7.33333", id="hours-of-a-calendar-day"),
        pytest.param("{value: 8, unit: day, counting: calendar}", None, id="calendar-days-enough"),
        pytest.param("{value: 64, unit: hour, counting: working}", None, id="limit-in-hours"),
        pytest.param("{value: 63, unit: hour, counting: working}", "8", id="limit-in-hours-too-short"),
        pytest.param("{value: 1, unit: month, counting: calendar}", None, id="limit-in-months"),
        pytest.param("{unit: immediate}", None, id="while-you-wait"),
    ],
)
def test_steps_may_not_take_longer_than_the_service(tmp_path: Path, limit: str, days: str | None) -> None:
    service = vary(SERVICE, "{value: 15, unit: day, counting: calendar}", limit)
    reported = found(office(tmp_path, {"services/benefit.yml": service, "sops/flow.yml": STEPS}))

    expected = [] if days is None else [("data/sops/flow.yml:8:1", "steps-over-limit", days)]
    assert [(str(problem.mark), problem.code, problem.found) for problem in reported] == expected
    for problem in reported:
        assert "service:benefit" in problem.message["zh"]
        assert "service:benefit" in problem.message["en"]
        assert [str(mark) for mark in problem.related] == ["data/services/benefit.yml:4:1"]


@pytest.mark.parametrize("both", [False, True], ids=["service-names-sop", "both-name-each-other"])
def test_steps_over_the_limit_are_found_from_either_side_once(tmp_path: Path, both: bool) -> None:
    service = vary(SERVICE, "value: 15", "value: 1") + "sop: flow\n"
    sop = STEPS if both else vary(STEPS, "services: [benefit]\n", "")

    assert [
        code for _, code in problems(office(tmp_path, {"services/benefit.yml": service, "sops/flow.yml": sop}))
    ] == ["steps-over-limit"]


@pytest.mark.parametrize("field", ["reviewed", "updated"])
@pytest.mark.parametrize(("day", "right"), [("2026-01-01", False), ("2026-01-02", True), ("2026-01-03", True)])
def test_a_record_is_reviewed_and_updated_after_it_is_published(
    tmp_path: Path, field: str, day: str, right: bool
) -> None:
    reported = problems(office(tmp_path, {"faqs/x.yml": FAQ + f"{field}: {day}\n"}))

    assert reported == ([] if right else [(f"data/faqs/x.yml:5:{len(field) + 3}", "date-order")])


# --- Disclosures, promises, codes, redirects


def test_ten_items_with_a_record_each_are_whole(tmp_path: Path) -> None:
    assert problems(office(tmp_path, {**ten_items()})) == []


def test_an_office_that_discloses_nothing_owes_no_item(tmp_path: Path) -> None:
    assert problems(office(tmp_path, {"faqs/x.yml": FAQ})) == []


def test_items_that_are_missing_are_told_once_for_the_folder(tmp_path: Path) -> None:
    files = {name: text for name, text in ten_items().items() if "laws" not in name and "budget" not in name}
    [problem] = found(office(tmp_path, {**files}))

    assert (str(problem.mark), problem.code) == ("data/disclosures:1:1", "disclosure-missing")
    assert "laws, budget" in problem.message["en"]


def test_an_item_that_stands_twice_names_the_first(tmp_path: Path) -> None:
    [problem] = found(office(tmp_path, {**ten_items(), "disclosures/z.yml": DISCLOSURE}))

    assert (str(problem.mark), problem.code) == ("data/disclosures/z.yml:2:7", "item-twice")
    assert [str(mark) for mark in problem.related] == ["data/disclosures/meetings.yml:2:7"]


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        pytest.param(DISCLOSURE + "colour: red\n", "unknown-key", id="record"),
        pytest.param(vary(DISCLOSURE, "item: meetings", "item: minutes"), "not-a-choice", id="item"),
        pytest.param("title: [\n", "yaml-syntax", id="file"),
    ],
)
def test_a_broken_disclosure_is_not_missing_too(tmp_path: Path, broken: str, fault: str) -> None:
    files = {name: text for name, text in ten_items().items() if "laws" not in name}

    assert [code for _, code in problems(office(tmp_path, {**files, "disclosures/meetings.yml": broken}))] == [fault]


PROMISE = vary(COMMITMENT, "source:\n", "source:\n  plan: p\n  measure: publish-sops\n")


def test_a_promise_names_a_measure_of_its_plan(tmp_path: Path) -> None:
    assert problems(office(tmp_path, {"plans/p.yml": PLAN, "commitments/x.yml": PROMISE})) == []


@pytest.mark.parametrize(
    ("measure", "nearest"),
    [
        pytest.param("publish-sop", "publish-sops", id="misspelt"),
        pytest.param("transparency", "", id="an-indicator"),
        pytest.param("zoology", "", id="another"),
    ],
)
def test_a_measure_that_a_plan_lacks_is_marked(tmp_path: Path, measure: str, nearest: str) -> None:
    promise = vary(PROMISE, "measure: publish-sops", f"measure: {measure}")
    [problem] = found(office(tmp_path, {"plans/p.yml": PLAN, "commitments/x.yml": promise}))

    assert (str(problem.mark), problem.code) == ("data/commitments/x.yml:5:12", "unknown-measure")
    assert problem.nearest == nearest


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        pytest.param(PLAN + "colour: red\n", [("data/plans/p.yml:21:1", "unknown-key")], id="broken"),
        pytest.param(None, [("data/commitments/x.yml:4:9", "unknown-reference")], id="missing"),
    ],
)
def test_a_measure_is_not_accused_for_its_plan(
    tmp_path: Path, plan: str | None, expected: list[tuple[str, str]]
) -> None:
    files = {"commitments/x.yml": vary(PROMISE, "publish-sops", "nope")} | (
        {} if plan is None else {"plans/p.yml": plan}
    )

    assert problems(office(tmp_path, {**files})) == expected


CODES = "scheme,code,name\nservice,A50,求職\ncake,C21,就業\n"


def test_codes_are_held_against_the_schemes_that_the_office_has(tmp_path: Path) -> None:
    record = FAQ + "category: {theme: '999', cake: C21, service: A51}\n"
    [problem] = found(office(tmp_path, {"classification/codes.csv": CODES, "faqs/x.yml": record}))

    assert (str(problem.mark), problem.code, problem.level.value) == ("data/faqs/x.yml:5:46", "unknown-code", "warning")
    assert problem.found == "A51"


def test_without_a_classification_every_code_is_taken(tmp_path: Path) -> None:
    assert problems(office(tmp_path, {"faqs/x.yml": FAQ + "category: {service: A51}\n"})) == []


def test_a_broken_classification_accuses_no_record(tmp_path: Path) -> None:
    files = {"classification/codes.csv": CODES + "service,A5,別的\n", "faqs/x.yml": FAQ + "category: {service: A51}\n"}

    assert problems(office(tmp_path, {**files})) == [("data/classification/codes.csv:4:9", "bad-code")]


def redirect(*olds: str) -> dict[str, str]:
    return {"redirects/moved.csv": "\n".join(["from,to", *(f"{old},list:faqs" for old in olds)])}


@pytest.mark.parametrize(
    "old",
    ["services/old/", "services/old", "faqs/x.html", "~desk", "a/b/c/", "units/front-desk/map/", "..a/b..", "en/old/"],
)
def test_an_old_address_may_be_anything_that_is_no_page(tmp_path: Path, old: str) -> None:
    assert problems(office(tmp_path, {"faqs/x.yml": FAQ, **redirect(old)})) == []


@pytest.mark.parametrize(
    "old",
    [
        "faqs/x/",
        "faqs/x",
        "faqs/x/index.html",
        "faqs/",
        "open-data/",
        "en/faqs/x/",
        "en/faqs",
        "en/",
        "index.html",
        "plans/p/",
        "plans/p/information/",
        "en/plans/p/information",
    ],
)
def test_a_page_of_today_leads_nowhere_else(tmp_path: Path, old: str) -> None:
    files = {"faqs/x.yml": FAQ, "plans/p.yml": PLAN}

    assert problems(office(tmp_path, {**files, **redirect("services/old/", old)})) == [
        ("data/redirects/moved.csv:3:1", "redirect-of-page")
    ]


@pytest.mark.parametrize("again", ["services/old/", "services/old", "services/old/index.html", "services/%6Fld/"])
def test_an_old_address_stands_once(tmp_path: Path, again: str) -> None:
    [problem] = found(office(tmp_path, redirect("services/old/", again)))

    assert (str(problem.mark), problem.code) == ("data/redirects/moved.csv:3:1", "duplicate-id")


@pytest.mark.parametrize("old", ["assets/style.css", "404.html", "robots.txt", "sitemap.xml", "faqs/x/index.json"])
def test_a_file_of_every_site_leads_nowhere_else(tmp_path: Path, old: str) -> None:
    assert [code for _, code in problems(office(tmp_path, {"faqs/x.yml": FAQ, **redirect(old)}))] == [
        "redirect-of-page"
    ]


def test_an_old_address_in_chinese_is_kept_as_files_have_it(tmp_path: Path) -> None:
    rows = catalogue(office(tmp_path, redirect("%E6%9C%8D%E5%8B%99/"))).rows["redirect"]

    assert [own.row.key for own in rows] == ["服務/"]


def test_all_items_that_are_missing_are_named(tmp_path: Path) -> None:
    record = """\
title: {zh: 會議紀錄, en: Minutes}
item: meetings
unit: front-desk
status: nil
reason: {zh: 沒有, en: None}
checked: 2026-10-01
published: 2026-01-02
"""
    [problem] = found(office(tmp_path, {"disclosures/meetings.yml": record}))

    assert problem.code == "disclosure-missing"
    assert "laws" in problem.message["zh"]
    assert "subsidies" in problem.message["zh"]


def test_reference_tables_are_in_the_catalogue_and_are_no_records(tmp_path: Path) -> None:
    loaded = catalogue(office(tmp_path, {"classification/codes.csv": CODES, **redirect("a/")}))

    assert {kind: len(rows) for kind, rows in loaded.rows.items()} == {"code": 2, "redirect": 1}
    assert {entry.kind.name for entry in loaded.entries.values()} == {"agency", "unit"}


@pytest.mark.parametrize("link", ["redirect:a/", "code:service:A50", "term:就業", "workday:2026-01-01"])
def test_no_prose_links_to_a_row_of_a_reference_table(tmp_path: Path, link: str) -> None:
    files = {"glossary/terms.csv": "term\n就業\n", "classification/codes.csv": CODES, **redirect("a/")}
    text = vary(FAQ, "{zh: 可以。, en: Yes.}", f'"見[此]({link})。"')

    assert [code for _, code in problems(office(tmp_path, {**files, "faqs/x.yml": text}))] == ["unknown-reference"]


# --- Relations


def test_records_are_related_both_ways_and_once(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "services/s.yml": SERVICE + "faqs: [a]\nsop: flow\n",
        "faqs/a.yml": FAQ + "services: [s]\n",
        "faqs/b.yml": FAQ + "services: [s]\n",
        "faqs/c.yml": vary(FAQ, "可以。", '"見[此](service:s)。"'),
        "sops/flow.yml": SOP,
    }
    loaded = catalogue(office(tmp_path, files))

    assert [entry.ref for entry in loaded.related("service:s", "faq")] == ["faq:a", "faq:b"]
    assert [entry.ref for entry in loaded.related("faq:b", "service")] == ["service:s"]
    assert [entry.ref for entry in loaded.related("sop:flow", "service")] == ["service:s"]
    assert loaded.related("service:s", "form") == ()
    assert {entry.ref for entry in loaded.related("unit:front-desk", "faq")} == {"faq:a", "faq:b", "faq:c"}


def test_a_broken_record_is_not_related(tmp_path: Path) -> None:
    files = {"services/s.yml": SERVICE + "faqs: [a, b]\n", "faqs/a.yml": FAQ + "colour: red\n", "faqs/b.yml": FAQ}

    assert [entry.ref for entry in read(office(tmp_path, {**files})).related("service:s", "faq")] == ["faq:b"]


# --- All at once


def test_every_fault_of_every_file_is_reported_in_file_order(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "agencies/labor-bureau.yml": vary(AGENCY, "labor@demo.example", "labor at demo"),
        "faqs/a.yml": "question: [\n",
        "faqs/b.yml": vary(FAQ, "unit: front-desk", "unit: nope"),
        "faqs/c.yml": "answer: \0",
        "faqs/z.csv": "id,question\n9,\n",
        "forms/f.yml": form_with("files/gone.odt"),
        "notes.txt": "x",
        "plans/p.yml": vary(PLAN, "year: 115", "year: 2026"),
        "services/s.yml": vary(SERVICE, "amount: 0", "amount: free") + "faqs: [b, c]\nsop: s\n",
        "sops/s.yml": vary(SOP, "to: done", "to: dune"),
        "units/front-desk.yml": vary(UNIT, "2026-01-02", "115-01-02"),
    }

    assert problems(office(tmp_path, files)) == [
        ("data/agencies/labor-bureau.yml:7:8", "bad-email"),
        ("data/faqs/a.yml:2:1", "yaml-syntax"),
        ("data/faqs/b.yml:3:7", "unknown-reference"),
        ("data/faqs/c.yml:1:9", "nul-character"),
        ("data/faqs/z.csv:2:1", "bad-id"),
        ("data/faqs/z.csv:2:1", "missing-field"),
        ("data/faqs/z.csv:2:1", "missing-field"),
        ("data/faqs/z.csv:2:1", "missing-field"),
        ("data/faqs/z.csv:2:1", "missing-field"),
        ("data/forms/f.yml:9:11", "file-missing"),
        ("data/notes.txt:1:1", "file-misplaced"),
        ("data/plans/p.yml:4:7", "gregorian-year"),
        ("data/services/s.yml:5:15", "wrong-type"),
        ("data/sops/s.yml:9:13", "step-unknown"),
        ("data/units/front-desk.yml:7:12", "roc-date"),
    ]


def test_good_records_beside_broken_ones_are_in_the_catalogue(tmp_path: Path) -> None:
    data = office(tmp_path, {"faqs/a.yml": "question: [\n", "faqs/b.yml": FAQ, "faqs/c.yml": FAQ + "x: y\n"})

    assert [entry.ref for entry in read(data).of("faq")] == ["faq:b"]
    assert {"faq:a", "faq:b", "faq:c"} <= read(data).claims


def test_a_required_field_under_a_wrong_name_is_one_problem_that_names_the_right_one(tmp_path: Path) -> None:
    [problem] = found(office(tmp_path, {"faqs/x.yml": vary(FAQ, "question:", "qeustion:")}))

    assert (str(problem.mark), problem.code, problem.nearest) == ("data/faqs/x.yml:1:1", "unknown-key", "question")


def test_an_unknown_field_beside_a_missing_one_of_another_name_is_two_problems(tmp_path: Path) -> None:
    codes = [code for _, code in problems(office(tmp_path, {"faqs/x.yml": vary(FAQ, "question:", "colour:")}))]

    assert sorted(codes) == ["missing-field", "unknown-key"]
