"""Search: letters, terms, postings, understanding and ranking, on offices made for it."""

import json
import random
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingshi import search
from mingshi.catalogue import Catalogue
from mingshi.pages import painters
from mingshi.search import everyday
from mingshi.search.fields import Said
from mingshi.search.letters import fold, letters_like
from mingshi.search.packing import DIGITS, number, numbers, runs
from mingshi.search.postings import STRONGEST, Postings, Stems, rarity
from mingshi.search.understanding import distance, hay
from mingshi.search.words import cut, root, stemmer, terms, tidy, value
from office import FAQ, FORM, SERVICE, SOP, TODAY, UNIT, catalogue, office, vary

VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "search/vectors.json").read_text("utf-8"))
SYNONYMS = "term.zh,term.en,words.zh,words.en\n失業給付,unemployment benefit,失業金;失業補助,dole;jobless money\n"
TYPED = st.text(
    st.sampled_from("失業給付一二三十百萬第個月天abcxyzÉé019 -_./,，。的台臺") | st.characters(codec="utf-8"),
    max_size=30,
)


def faq(question: str, english: str, answer: str = "可以。", more: str = "") -> str:
    own = vary(FAQ, "question: {zh: 可以領嗎？, en: May I claim?}", f"question: {{zh: {question}, en: {english}}}")
    return vary(own, "answer: {zh: 可以。", f"answer: {{zh: {answer}") + more


FILES: Mapping[str, str] = {
    "services/benefit.yml": SERVICE + "aliases: {zh: [遣散後的錢], en: [money after a layoff]}\n",
    "services/mediation.yml": vary(
        vary(
            SERVICE, "失業給付申請, en: Apply for unemployment benefit", "勞資爭議調解, en: Mediation of labor disputes"
        ),
        "失業的人可以領。, en: For people without work.",
        "和公司談不攏。, en: When you cannot agree with your employer.",
    ),
    "faqs/accident.yml": faq("職業災害怎麼辦？", "What to do after an occupational accident?"),
    "faqs/commute.yml": faq("搭捷運上班受傷算嗎？", "Is a commuting injury covered?"),
    "faqs/month.yml": faq("要等多久？", "How long must I wait?", "要等15天，最長三個月。"),
    "faqs/fee.yml": faq("費用多少？", "What is the charge?", "'20,000元。'"),
    "forms/claim.yml": FORM + "number: LB-01\n",
    "units/front-desk.yml": UNIT,
    "synonyms/synonyms.csv": SYNONYMS,
}


def readers(own: Catalogue) -> dict[str, search.Reader]:
    facts = [painter.sayings.facts for painter in painters(own, None, TODAY)]
    return {index.language.key: search.Reader(index) for index in search.indexes(own, TODAY, facts)}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return catalogue(office(tmp_path_factory.mktemp("search"), FILES))


@pytest.fixture(scope="module")
def reader(small: Catalogue) -> search.Reader:
    return readers(small)["zh"]


@pytest.fixture(scope="module")
def english(small: Catalogue) -> search.Reader:
    return readers(small)["en"]


def refs(reader: search.Reader, question: str, typing: bool = False) -> list[str]:
    return [str(reader.index.entries[hit.record].ref) for hit in search.search(reader, question, typing).hits]


# --- Letters and terms


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["text"])
def test_a_text_is_folded_and_cut_as_specified(vector: Mapping[str, Any]) -> None:
    folded = tidy(fold(vector["text"]))
    assert folded == vector["folded"]
    assert [list(token) for token in cut(folded)] == vector["tokens"]
    assert hay(folded)[0] == vector["hay"]


@given(TYPED)
def test_the_fast_way_finds_the_same_terms(text: str) -> None:
    folded = tidy(fold(text))
    slow = [f"~{token.term}" if token.kind == "word" else token.term for token in cut(folded)]
    assert Counter(terms(folded)) == Counter(slow)


@given(TYPED)
def test_folding_again_changes_nothing_and_goes_letter_by_letter(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert "".join(map(fold, text)) == fold(text)


@given(TYPED)
def test_a_phrase_knows_where_its_letters_were(text: str) -> None:
    folded = tidy(fold(text))
    found, places = hay(folded)
    assert len(found) == len(places)
    assert all(0 <= place < len(folded) for place in places)
    assert all(letter in (" ", folded[place]) for letter, place in zip(found, places, strict=True) if letter > "\u3000")


def test_what_looks_alike_counts_as_the_same() -> None:
    for one, other in (
        ("台灣", "臺灣"),
        ("失业给付", "失業給付"),
        ("身份證", "身分證"),
        ("計劃", "計畫"),
        ("帐户", "帳戶"),
    ):
        assert fold(one) == fold(other)
    assert fold("里長") != fold("理長")


def test_an_index_carries_the_letters_that_it_needs_and_no_others() -> None:
    table = letters_like("業給")
    assert table["业"] == "業"
    assert table["给"] == "給"
    assert "证" not in table


@pytest.mark.parametrize(
    ("numeral", "number_"),
    [
        ("十", "10"),
        ("十五", "15"),
        ("二十", "20"),
        ("一百零五", "105"),
        ("三萬五千", "35000"),
        ("一一五", "115"),
        ("零", "0"),
    ],
)
def test_chinese_numerals_are_numbers(numeral: str, number_: str) -> None:
    assert value(numeral) == number_


@pytest.mark.parametrize("words", [("claim", "claims", "claimed", "claiming"), ("register", "registered", "registers")])
def test_the_forms_of_a_word_share_a_root(words: tuple[str, ...]) -> None:
    assert len({root(word) for word in words}) == 1


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ("claim", "claim", 0),
        ("clam", "claim", 1),
        ("calim", "claim", 1),
        ("claym", "claim", 1),
        ("benifits", "benefit", 2),
    ],
)
def test_slips_are_counted(one: str, other: str, steps: int) -> None:
    assert distance(one, other) == distance(other, one) == steps


# --- Postings and files


@given(st.integers(0, 1 << 31))
def test_a_number_is_read_as_it_was_written(value_: int) -> None:
    assert numbers(number(value_)) == [value_]


@given(st.lists(st.integers(0, 5000)))
def test_numbers_stand_side_by_side(values: list[int]) -> None:
    text = "".join(map(number, values))
    assert numbers(text) == values
    assert set(text) <= set(DIGITS)
    assert json.dumps(text) == f'"{text}"'


def test_only_the_strongest_are_listed_for_a_term_that_everybody_says() -> None:
    postings = Postings((10.0,) * 6, Stems(stemmer("en")))
    for at in range(STRONGEST + 500):
        postings.add(Said("", "", "", "benefit " * (2 if at % 2 else 1), "", ""), 1.0)
    _, *pairs = numbers(postings.entries()["benefit,"])
    assert len(pairs) == 2 * STRONGEST
    last = sum(pairs[::2])
    assert last == STRONGEST + 499, "the strong ones at the end are kept"


def test_a_rare_term_tells_more() -> None:
    assert rarity(1, 1000) > rarity(10, 1000) > rarity(900, 1000) >= 1


def test_an_edit_moves_few_borders() -> None:
    dice = random.Random(1)
    items = sorted({f"{dice.randrange(10**6):06}" for _ in range(4000)})
    before = {tuple(items[run]) for run in runs(items, [20] * len(items), 2000)}
    changed = sorted([*items, "500000x"])
    after = {tuple(changed[run]) for run in runs(changed, [20] * len(changed), 2000)}
    assert len(before) > 20
    assert len(after - before) <= 4
    assert sorted(item for run in after for item in run) == changed


def files(own: Catalogue) -> dict[str, str]:
    facts = [painter.sayings.facts for painter in painters(own, None, TODAY)]
    return {path: text for index in search.indexes(own, TODAY, facts) for path, text in search.files(index, [])}


def test_a_small_index_is_one_file_besides_the_way_in(small: Catalogue) -> None:
    found = files(small)
    assert len(found) == 4
    assert {"assets/search/zh-Hant-TW.js", "assets/search/en.js"} < set(found)
    assert all(text.startswith("mingshiSearch(") for text in found.values())


def long(words: int, edited: str = "") -> dict[str, str]:
    """An office that says more than fits into one file."""
    dice = random.Random(2)
    letters = [chr(0x4E00 + at) for at in range(1500)]
    texts = ["".join(dice.choices(letters, k=words)) for _ in range(120)]
    texts[7] += edited
    return {f"faqs/faq-{at}.yml": faq(f"問題{at}", f"Question {at}", text) for at, text in enumerate(texts)}


def test_a_large_index_is_many_files_and_an_edit_changes_few(tmp_path: Path) -> None:
    before = files(catalogue(office(tmp_path / "a", long(400))))
    after = files(catalogue(office(tmp_path / "b", long(400, "甲乙丙"))))
    chinese = [path for path in before if "zh-Hant" in path]
    assert len(chinese) > 30
    changed = {path for path in set(before) | set(after) if before.get(path) != after.get(path)}
    assert 0 < len(changed) < 30, "old and new: the way in, the edited record's card, the shards of its five terms"
    assert max(len(text.encode()) for text in after.values()) < 60_000


def test_what_was_worked_out_from_records_is_not_indexed(small: Catalogue) -> None:
    before = files(small)
    for entry in small.entries.values():
        entry.record.__dict__["worked_out"] = entry.record.title_text
    assert files(small) == before


# --- Understanding and ranking


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("失業給付", "service:benefit"),
        ("失业给付申请", "service:benefit"),
        ("失葉給付", "service:benefit"),
        ("失給付", "service:benefit"),
        ("失業的給付", "service:benefit"),
        ("失業金", "service:benefit"),
        ("我想領失業補助", "service:benefit"),
        ("遣散後的錢", "service:benefit"),
        ("職災", "faq:accident"),
        ("勞資調解", "service:mediation"),
        ("LB-01", "form:claim"),
        ("ＬＢ０１", "form:claim"),
        ("lb 1", "form:claim"),
        ("十五天", "faq:month"),
        ("3個月", "faq:month"),
        ("20000元", "faq:fee"),
        ("服務台電話", "unit:front-desk"),
        ("0200001236", "unit:front-desk"),
        ("02-0000-1236", "unit:front-desk"),
        ("就保法第11條", "service:benefit"),
        ("unemployment benefit", "service:benefit"),
    ],
)
def test_a_question_finds_its_answer(reader: search.Reader, question: str, first: str) -> None:
    assert refs(reader, question)[:1] == [first]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("unemployment benefits", "service:benefit"),
        ("how do I apply for unemploymnt benifit", "service:benefit"),
        ("dole", "service:benefit"),
        ("disputing with my employer", "service:mediation"),
        ("accidents", "faq:accident"),
        ("Commuters' injuries", "faq:commute"),
    ],
)
def test_a_question_in_english_finds_its_answer(english: search.Reader, question: str, first: str) -> None:
    assert refs(english, question)[:1] == [first]


def test_synonyms_work_in_both_directions_and_are_told(tmp_path: Path) -> None:
    files_ = {"faqs/money.yml": faq("失業金何時發？", "When is the dole paid?"), "synonyms/synonyms.csv": SYNONYMS}
    own = readers(catalogue(office(tmp_path, files_)))
    assert refs(own["zh"], "失業給付")[0] == "faq:money"
    assert refs(own["en"], "unemployment benefit")[0] == "faq:money"
    assert search.search(own["zh"], "失業金").understood.hints == ["失業給付"]
    assert search.search(own["zh"], "失業給付").understood.hints == ["失業金"]
    assert search.search(own["zh"], "其他事情").understood.hints == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_everyday_words_are_groups_of_different_words(language: str) -> None:
    every = everyday.groups(language)
    assert len(every) > 400
    for group in every:
        phrases = [hay(tidy(fold(name)))[0] for name in group]
        assert len(set(phrases)) == len(phrases) > 1, group
        assert all(len(phrase.strip()) > 1 for phrase in phrases), group


def test_everyday_words_lead_to_the_word_of_a_page_in_any_office(tmp_path: Path) -> None:
    own = readers(
        catalogue(office(tmp_path, {"faqs/pay.yml": faq("積欠工資怎麼辦？", "Who helps with unpaid wages?")}))
    )
    assert refs(own["zh"], "老闆不發薪水") == ["faq:pay"]
    assert search.search(own["zh"], "老闆不發薪水").understood.hints == ["積欠工資"]
    assert refs(own["en"], "boss owes me salary") == ["faq:pay"]
    leads = own["zh"].index.common.data
    assert "不發薪水" in leads
    assert "結婚登記" not in leads, "no page says it"


def test_words_that_only_ask_weigh_little_however_rare_they_are(tmp_path: Path) -> None:
    files_ = {
        "faqs/a-time.yml": faq("什麼時候會不會告訴我？", "When will you tell me?"),
        "faqs/b-aid.yml": faq("輔具可以借多久？", "How long may I borrow an aid?"),
    }
    assert refs(readers(catalogue(office(tmp_path, files_)))["zh"], "換工作的時候輔具會不會要還")[0] == "faq:b-aid"


def test_a_service_is_found_by_the_name_of_its_process(tmp_path: Path) -> None:
    files_ = {
        "services/benefit.yml": SERVICE,
        "services/other.yml": vary(
            SERVICE, "失業給付申請, en: Apply for unemployment benefit", "開店, en: Open a shop"
        ),
        "sops/claim.yml": vary(SOP, "失業給付流程, en: How a claim is handled", "認定作業, en: Confirmation")
        + "services: [benefit]\n",
        "units/front-desk.yml": UNIT,
    }
    assert refs(readers(catalogue(office(tmp_path, files_)))["zh"], "認定作業") == ["sop:claim", "service:benefit"]


def test_a_word_goes_on_while_it_is_typed(english: search.Reader) -> None:
    assert refs(english, "unempl", typing=True)[:1] == ["service:benefit"]
    assert refs(english, "unempl") == []


def test_what_nobody_answers_is_called_close_at_best(reader: search.Reader, english: search.Reader) -> None:
    assert search.search(reader, "申請護照換發").close
    assert search.search(english, "renew my passport and driving licence").close
    assert not search.search(reader, "失業給付申請").close
    assert search.search(reader, "！？").hits == ()


def test_the_title_goes_before_the_text(tmp_path: Path) -> None:
    files_ = {
        "faqs/a-body.yml": faq("別的事情", "Something else", "調解要多久，看情形。"),
        "faqs/b-title.yml": faq("調解要多久？", "How long does mediation take?"),
    }
    assert refs(readers(catalogue(office(tmp_path, files_)))["zh"], "調解要多久")[:2] == ["faq:b-title", "faq:a-body"]


def test_a_word_in_the_very_form_of_a_title_goes_first(tmp_path: Path) -> None:
    files_ = {
        "faqs/a-verb.yml": faq("庇護工場", "Sheltered work"),
        "faqs/b-noun.yml": faq("安置", "Shelter nearby"),
    }
    english = readers(catalogue(office(tmp_path, files_)))["en"]
    assert refs(english, "shelter") == ["faq:b-noun", "faq:a-verb"]
    assert refs(english, "sheltered") == ["faq:a-verb", "faq:b-noun"]


def test_another_language_is_offered_where_it_answers_much_better(
    reader: search.Reader, english: search.Reader
) -> None:
    question = "covered injury"
    chinese, theirs = search.search(reader, question), search.search(english, question)
    assert chinese.yields(theirs)
    assert not theirs.yields(chinese)
    assert not theirs.yields(theirs)


def test_marks_and_links_of_prose_are_no_words(tmp_path: Path) -> None:
    own = faq("可以嗎？", "May I?", "")
    own = re.sub(r"answer: .*", "answer: {zh: '**可以**，見[申請](service:claim-it)。', en: 'Yes.'}", own)
    files_ = {"faqs/linked.yml": own, "services/claim-it.yml": SERVICE}
    reader = readers(catalogue(office(tmp_path, files_)))["zh"]
    assert "faq:linked" not in refs(reader, "claim-it")
    assert "可以，見申請。" in "".join(part.data for part in reader.index.blocks)


def test_an_explanation_names_words_fields_and_weights(small: Catalogue, reader: search.Reader) -> None:
    found = search.search(reader, "失业金 LB-01")
    best = found.hits[0]
    given_ = list(search.reasons(small, reader, "失业金 LB-01", found, best))
    assert str(reader.index.entries[best.record].ref) == "form:claim"
    assert {reason.asked for reason in given_} >= {"LB-01"}
    second = next(hit for hit in found.hits if reader.index.entries[hit.record].ref == "service:benefit")
    money = next(search.reasons(small, reader, "失业金 LB-01", found, second))
    assert (money.asked, money.by) == ("失业金", "失業給付")
    assert "title" in money.fields
    assert money.score > 0


# --- Handwritten pages


PAGE = "---\ntitle: '{}'\ndescription: {}\n---\n\n# {}\n\n<p class='x'>{}</p>\n"


def test_handwritten_pages_are_found_in_the_languages_in_which_they_are_written(
    tmp_path: Path, small: Catalogue
) -> None:
    for name, text in {
        "privacy.md": PAGE.format("隱私權政策", "我們記下什麼", "隱私權", "不用餅乾。"),
        "en/privacy.md": PAGE.format("Privacy", "What we keep", "Privacy", "No cookies."),
        "map/index.md": "# 怎麼來{: .x }\n\n搭公車。\n",
        "services/index.md": "沒有標題的說明：餅乾。\n",
        "index.md": "---\ntitle: 首頁餅乾\n---\n",
        "templates/notes.md": "# 樣板餅乾\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    pages = tuple(search.written(tmp_path, small.languages))
    facts = [painter.sayings.facts for painter in painters(small, None, TODAY)]
    chinese, english = map(search.Reader, search.indexes(small, TODAY, facts, pages))
    assert refs(chinese, "隱私權政策")[:1] == ["page:privacy"]
    assert refs(chinese, "餅乾") == ["page:privacy"]
    assert refs(chinese, "怎麼來")[:1] == ["page:map"]
    assert refs(english, "cookies") == ["page:privacy"]
    assert "page:map" not in {entry.ref for entry in english.index.entries}
    assert '"privacy/","隱私權政策","我們記下什麼；不用餅乾。"' in "".join(part.data for part in chinese.index.blocks)


# --- An office's own list of questions


LIST = """\
id,language,kind,query,answers,note,half
1,zh,title,失業給付,service:benefit,,a
2,zh,title,調解,service:benefit;service:mediation,,b
3,zh,odd,失業給付,faq:nowhere,,
4,en,odd,zzzz,faq:nowhere,,
5,zh,none,申請護照換發,,,
"""


def test_a_list_of_questions_is_scored(reader: search.Reader, english: search.Reader) -> None:
    def answer(question: search.Question) -> search.Answer:
        own = english if question.language == "en" else reader
        return search.Answer(refs(own, question.text), search.search(own, question.text).close)

    trial = search.hold(search.read("\ufeff" + LIST), answer)
    title, odd, every = (trial.groups[kind] for kind in ("title", "odd", ""))
    assert (title.questions, title.at_1, title.at_5, title.mrr, title.zero) == (2, 1.0, 1.0, 1.0, 0.0)
    assert (odd.questions, odd.at_1, odd.at_5, odd.mrr, odd.zero) == (2, 0.0, 0.0, 0.0, 0.5)
    assert (every.questions, every.at_1, every.mrr) == (4, 0.5, 0.5)
    assert (trial.unanswerable, trial.false) == (1, 0.0)
    assert [question.id for question, _ in trial.missed] == ["3", "4"]
    figures = {"questions": 4, "first": 0.5, "among_five": 0.5, "mrr": 0.5, "nothing": 0.25, "false": 0.0}
    assert search.score(LIST, answer) == figures
    assert search.score("id,language,kind,query,answers\n", answer)["nothing"] == 1.0


def test_a_list_without_its_columns_is_refused() -> None:
    with pytest.raises(search.NoListError, match="kind, answers"):
        search.read("id,language,query\n1,zh,x\n")
