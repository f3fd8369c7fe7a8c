"""`python -m bench.questions QUERIES [HALF]`: a list of questions asked of the built site's own page, in Chromium."""

import sys
from importlib import import_module
from pathlib import Path

from mingshi import search
from mingshi.project import Project, finder

PLACE = "/some/where/"
_ASK = """async (all) => {
  const out = [];
  for (const [tag, question] of all) {
    const { hits, close } = await mingshiSearch.kit.search(question, false, tag);
    out.push([hits.map((hit) => hit.record), close]);
  }
  return out;
}"""


def main() -> None:
    questions = search.trial.read(Path(sys.argv[1]).read_text("utf-8"))
    own = [question for question in questions if question.half == sys.argv[2]] if len(sys.argv) > 2 else questions
    trial = search.trial.hold(own, _answers(own).__getitem__)
    for kind, score in trial.groups.items():
        print(
            f"{kind or '*':<16} {score.questions:>4}  @1 {score.at_1:.3f}  @5 {score.at_5:.3f}"
            f"  MRR {score.mrr:.3f}  none {score.zero:.3f}"
        )
    print(f"{trial.unanswerable} without an answer; {trial.false:.2f} of them got results that were not called close")


def _answers(questions: list[search.Question]) -> dict[search.Question, search.Answer]:
    """What the page shows, and the records that it means by it."""
    browsers, readers = import_module("tests.browser"), finder(Project(Path.cwd())).readers
    asked = [(readers[question.language], question.text) for question in questions]
    with browsers.chromium() as browser, browsers.served({PLACE: Path("site").resolve()}) as url:
        page = browser.new_page()
        page.goto(f"{url}{PLACE}search/?q=x")
        page.locator("#found [role=status]").wait_for()
        found = page.evaluate(_ASK, [[reader.index.language.tag, text] for reader, text in asked])
    return {
        question: search.Answer([reader.index.entries[record].ref for record in records], close)
        for question, (reader, _), (records, close) in zip(questions, asked, found, strict=True)
    }


main()
