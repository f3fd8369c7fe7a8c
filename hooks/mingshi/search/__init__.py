"""Finding records by the words of citizens: the index that a browser searches, and the same ranking in Python."""

from mingshi.search.index import Index, files, index
from mingshi.search.ranking import Found, Hit, search
from mingshi.search.reading import Reader

__all__ = ["Found", "Hit", "Index", "Reader", "files", "index", "search"]
