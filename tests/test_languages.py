"""Languages, text in several of them, and the Republic's calendar."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from mingshi import pages
from mingshi.frame import Page
from mingshi.kinds.faq import Faq
from mingshi.languages import (
    DEFAULT,
    Language,
    Languages,
    Localised,
    from_roc,
    interface_words,
    roc_year,
    say_date,
    say_dates,
)
from office import AGENCY, FAQ, SITE, TODAY, UNIT, catalogue, found, in_chinese, office, problems, vary

ZH, EN = DEFAULT


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("115-11-20", date(2026, 11, 20)),
        ("115/11/20", date(2026, 11, 20)),
        ("115.11.20", date(2026, 11, 20)),
        ("115年11月20日", date(2026, 11, 20)),
        ("民國115年11月20日", date(2026, 11, 20)),
        ("中華民國 115 年 11 月 20 日", date(2026, 11, 20)),
        ("0115-11-20", date(2026, 11, 20)),
        ("99-1-2", date(2010, 1, 2)),
        ("113-02-29", date(2024, 2, 29)),
        ("2026-11-20", None),
        ("1-11-20", None),
        ("115-13-01", None),
        ("114-02-29", None),
        ("115-11", None),
        ("115-11-20-1", None),
        ("", None),
        ("tomorrow", None),
    ],
)
def test_a_roc_date_means_a_day(text: str, day: date | None) -> None:
    assert from_roc(text) == day


@pytest.mark.parametrize(
    ("language", "end", "said"),
    [
        (ZH, date(2026, 12, 5), ("115年11月18日", "12月5日")),
        (ZH, date(2027, 1, 5), ("115年11月18日", "116年1月5日")),
        (EN, date(2026, 12, 5), ("18 November", "5 December 2026")),
        (EN, date(2027, 1, 5), ("18 November 2026", "5 January 2027")),
    ],
)
def test_a_span_says_a_year_once(language: Language, end: date, said: tuple[str, str]) -> None:
    assert say_dates(date(2026, 11, 18), end, language) == said


@pytest.mark.parametrize(("year", "roc"), [(1912, 1), (2010, 99), (2011, 100), (2026, 115)])
def test_the_republic_counts_from_1912(year: int, roc: int) -> None:
    assert roc_year(year) == roc


@pytest.mark.parametrize(
    ("day", "zh", "en"),
    [
        (date(2026, 11, 20), "115年11月20日", "20 November 2026"),
        (date(2010, 1, 2), "99年1月2日", "2 January 2010"),
    ],
)
def test_a_day_is_said_in_the_way_of_the_language(day: date, zh: str, en: str) -> None:
    assert (say_date(day, ZH), say_date(day, EN)) == (zh, en)


@pytest.mark.parametrize(
    ("written", "code", "nearest"),
    [
        ("115-11-20", "roc-date", "2026-11-20"),
        ("115/11/20", "roc-date", "2026-11-20"),
        ("民國115年11月20日", "roc-date", "2026-11-20"),
        ("0115-11-20", "roc-date", "2026-11-20"),
        ("2026/11/20", "bad-date", "2026-11-20"),
        ("2026年1月2日", "bad-date", "2026-01-02"),
        ("2026-1-2", "bad-date", "2026-01-02"),
        ("20261120", "bad-date", ""),
        ("2026-02-30", "impossible-date", ""),
        ("2026-13-01", "impossible-date", ""),
        ("soon", "bad-date", ""),
    ],
)
def test_a_date_in_another_form_is_refused_with_the_right_one(
    tmp_path: Path, written: str, code: str, nearest: str
) -> None:
    [problem] = found(office(tmp_path, {"faqs/x.yml": vary(FAQ, "2026-01-02", written)}))

    assert (str(problem.mark), problem.code, problem.nearest) == ("data/faqs/x.yml:4:12", code, nearest)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("", "zh"),
        ("services/x/", "zh"),
        ("en/", "en"),
        ("en/services/x/", "en"),
        ("english/", "zh"),
        ("entries/", "zh"),
        ("services/en/", "zh"),
        ("404.html", "zh"),
        ("en/404.html", "en"),
    ],
)
def test_the_language_of_a_page_is_told_from_its_url(url: str, key: str) -> None:
    assert DEFAULT.of_url(url).key == key


def test_only_the_first_language_stands_at_the_root() -> None:
    assert [language.prefix for language in Languages.of_keys(["zh", "en", "ja"])] == ["", "en/", "ja/"]


def test_a_text_falls_back_to_the_first_language_and_says_so() -> None:
    text = Localised(("中文", None))

    assert [text.own(language) for language in DEFAULT] == ["中文", "中文"]
    assert [text.speaks(language) for language in DEFAULT] == [True, False]


def test_a_text_speaks_its_own_language_where_it_can() -> None:
    text = DEFAULT.localised({"en": "English", "zh": "中文"})

    assert [text.own(language) for language in DEFAULT] == ["中文", "English"]
    assert text.first == "中文"


def test_a_language_without_words_of_its_own_speaks_english() -> None:
    assert interface_words("ja") == interface_words("en") != interface_words("zh")


@pytest.mark.parametrize(
    ("question", "place", "code"),
    [
        pytest.param("{zh: 問}", "1:11", "half-translation", id="first-only"),
        pytest.param("{en: Q}", "1:11", "half-translation", id="second-only"),
        pytest.param("{zh: 問, en: ''}", "1:23", "empty-text", id="second-empty"),
        pytest.param("{zh: 問, fr: Q}", "1:19", "unknown-language", id="misspelt-is-not-missing-too"),
        pytest.param("{zh: 問, en: [Q]}", "1:23", "wrong-type", id="list"),
        pytest.param("[問, Q]", "1:11", "wrong-type", id="list-of-languages"),
        pytest.param("''", "1:11", "empty-text", id="empty"),
    ],
)
def test_a_text_is_in_one_language_or_in_both(tmp_path: Path, question: str, place: str, code: str) -> None:
    text = vary(FAQ, "{zh: 可以領嗎？, en: May I claim?}", question)

    assert problems(office(tmp_path, {"faqs/x.yml": text})) == [(f"data/faqs/x.yml:{place}", code)]


def test_the_order_of_languages_in_a_file_does_not_matter(tmp_path: Path) -> None:
    text = vary(FAQ, "{zh: 可以領嗎？, en: May I claim?}", "{en: May I claim?, zh: 可以領嗎？}")
    record = catalogue(office(tmp_path, {"faqs/x.yml": text})).entries["faq:x"].record

    assert isinstance(record, Faq)
    assert tuple(record.question) == ("可以領嗎？", "May I claim?")


# --- A third language

SITE_OF_THREE = vary(SITE, "name: English}\n", "name: English}\n  - {key: vi, tag: vi, name: Tiếng Việt}\n")


def of_three(tmp_path: Path, question: str) -> Path:
    text = vary(FAQ, "{zh: 可以領嗎？, en: May I claim?}", question)
    return office(tmp_path, {"site.yml": SITE_OF_THREE, "faqs/x.yml": text})


def test_a_third_language_is_one_entry_in_the_site(tmp_path: Path) -> None:
    languages = catalogue(of_three(tmp_path, "{zh: 問, en: Q, vi: H}")).languages

    assert [(language.key, language.prefix, language.index) for language in languages] == [
        ("zh", "", 0),
        ("en", "en/", 1),
        ("vi", "vi/", 2),
    ]
    assert languages.of_url("vi/faqs/x/").tag == "vi"


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        pytest.param("問", ("問", None, None), id="first-only"),
        pytest.param("{zh: 問, en: Q}", ("問", "Q", None), id="two"),
        pytest.param("{zh: 問, vi: H}", ("問", None, "H"), id="first-and-third"),
        pytest.param("{vi: H, zh: 問, en: Q}", ("問", "Q", "H"), id="all"),
    ],
)
def test_with_three_languages_a_translation_may_be_missing(
    tmp_path: Path, question: str, texts: tuple[str | None, ...]
) -> None:
    record = catalogue(of_three(tmp_path, question)).entries["faq:x"].record

    assert isinstance(record, Faq)
    assert tuple(record.question) == texts


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        pytest.param("{zh: 問}", "en, vi", id="first-alone"),
        pytest.param("{en: Q, vi: H}", "zh", id="without-the-first"),
        pytest.param("{vi: H}", "zh, en", id="third-alone"),
    ],
)
def test_with_three_languages_half_a_translation_is_still_a_fault(tmp_path: Path, question: str, missing: str) -> None:
    [problem] = found(of_three(tmp_path, question))

    assert (str(problem.mark), problem.code) == ("data/faqs/x.yml:1:11", "half-translation")
    assert f"“{missing}” is missing" in problem.message["en"]


def test_every_language_gets_the_same_pages(tmp_path: Path) -> None:
    painted = [
        list(pages.paint(painter)) for painter in pages.painters(catalogue(of_three(tmp_path, "問")), None, TODAY)
    ]

    assert [len(own) for own in painted] == [len(painted[0])] * 3
    assert urls(painted[2]) == [f"vi/{url}" for url in urls(painted[0])]


def test_untranslated_text_is_shown_in_the_first_language_and_marked(tmp_path: Path) -> None:
    painter = pages.painters(catalogue(of_three(tmp_path, "{zh: 問題一, en: Q}")), None, TODAY)[2]
    [page] = [page for page in pages.paint(painter) if page.url == "vi/faqs/x/"]

    assert '<span lang="zh-Hant-TW">問題一</span>' in page.main


def urls(own: Iterable[Page]) -> list[str]:
    return [page.url for page in own]


def test_a_site_may_have_one_language(tmp_path: Path) -> None:
    files = {
        "site.yml": in_chinese(vary(SITE, "  - {key: en, tag: en, name: English}\n", "")),
        "agencies/labor-bureau.yml": in_chinese(AGENCY),
        "units/front-desk.yml": in_chinese(UNIT),
        "faqs/x.yml": in_chinese(FAQ),
        "faqs/y.yml": vary(in_chinese(FAQ), "question: 可以領嗎？", "question: {zh: 可以領嗎？}"),
        "faqs/z.yml": vary(in_chinese(FAQ), "question: 可以領嗎？", "question: {zh: 可以領嗎？, en: May I?}"),
    }

    assert problems(office(tmp_path, {**files})) == [("data/faqs/z.yml:1:23", "unknown-language")]


def test_a_language_knows_its_words() -> None:
    assert Language("zh", "zh-Hant-TW", "中文", "", 0).words["home"] != EN.words["home"]
