"""Finding records by the words of citizens: the index that a browser searches, and the same ranking in Python."""

from mingshi.search.explaining import Reason, reasons
from mingshi.search.index import Index, files, indexes
from mingshi.search.letters import fold
from mingshi.search.ranking import Found, Hit, search
from mingshi.search.reading import Reader
from mingshi.search.trial import Answer, NoListError, Question, Trial, hold, read, score
from mingshi.search.written import written

__all__ = [
    "Answer",
    "Found",
    "Hit",
    "Index",
    "NoListError",
    "Question",
    "Reader",
    "Reason",
    "Trial",
    "files",
    "fold",
    "hold",
    "indexes",
    "read",
    "reasons",
    "score",
    "search",
    "written",
]
