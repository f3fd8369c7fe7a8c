"""An office's own list of questions with their answers, and how well the search finds them. Reads no file."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

COLUMNS = ("id", "language", "kind", "query", "answers")
FIRST = 5


@dataclass(frozen=True, slots=True)
class Question:
    """A row of the list; without answers it is one that the site does not answer."""

    id: str
    language: str
    kind: str
    text: str
    answers: frozenset[str]
    half: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the search found: references, the best first, and whether it called them no more than close."""

    refs: Sequence[str]
    close: bool


@dataclass(frozen=True, slots=True)
class Score:
    """How a group of questions fared, from 0 to 1."""

    questions: int
    at_1: float
    at_5: float
    mrr: float
    """1 for a first place, 1/2 for a second: the mean of it."""
    zero: float
    """The share that found nothing at all."""


@dataclass(frozen=True, slots=True)
class Trial:
    """`groups` by kind, and `all` of them; `missed` are those without an answer among the first five."""

    groups: Mapping[str, Score]
    unanswerable: int
    false: float
    """The share of unanswerable questions whose results the search calls good."""
    missed: Sequence[tuple[Question, Answer]]


ALL = ""


class NoListError(Exception):
    """A text is no list of questions; what is missing is its argument."""


def read(text: str) -> list[Question]:
    """The questions of a CSV text with the columns of `COLUMNS`; `half` and `note` may stand beside them."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        raise NoListError(", ".join(missing))
    return [
        Question(
            row["id"], row["language"], row["kind"], row["query"], _refs(row["answers"] or ""), row.get("half") or ""
        )
        for row in rows
    ]


def _refs(text: str) -> frozenset[str]:
    return frozenset(ref.strip() for ref in text.split(";") if ref.strip())


def hold(questions: Sequence[Question], answer: Callable[[Question], Answer]) -> Trial:
    answers = [(question, answer(question)) for question in questions]
    good = [(question, own) for question, own in answers if question.answers]
    rest = [own for question, own in answers if not question.answers]
    kinds = dict.fromkeys(question.kind for question, _ in good)
    groups = {kind: _score([pair for pair in good if pair[0].kind == kind]) for kind in kinds}
    return Trial(
        groups | ({ALL: _score(good)} if good else {}),
        len(rest),
        fmean(bool(own.refs) and not own.close for own in rest) if rest else 0.0,
        [(question, own) for question, own in good if not 0 < place(question, own) <= FIRST],
    )


def score(text: str, answer: Callable[[Question], Answer]) -> Mapping[str, float]:
    """What a promise may be measured by: the shares of an office's list that are found first, among five, never."""
    trial = hold(read(text), answer)
    own = trial.groups.get(ALL, Score(0, 0.0, 0.0, 0.0, 1.0))
    return {
        "questions": float(own.questions),
        "first": own.at_1,
        "among_five": own.at_5,
        "mrr": own.mrr,
        "nothing": own.zero,
        "false": trial.false,
    }


def place(question: Question, answer: Answer) -> int:
    """The place of the first right answer; 0 where there is none."""
    return next((at for at, ref in enumerate(answer.refs, 1) if ref in question.answers), 0)


def _score(pairs: Sequence[tuple[Question, Answer]]) -> Score:
    places = [place(question, answer) for question, answer in pairs]
    return Score(
        len(pairs),
        fmean(at == 1 for at in places),
        fmean(0 < at <= FIRST for at in places),
        fmean(1 / at if at else 0.0 for at in places),
        fmean(not answer.refs for _, answer in pairs),
    )
