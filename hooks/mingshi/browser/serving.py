"""What a server would answer, from the files of a site; what another site would have to answer, nothing does."""

import mimetypes
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from mingshi.built import Site

NOWHERE = "https://site.invalid/"
"""Where a site stands that does not say where it is served."""
NOT_FOUND = "404.html"
_TYPES = mimetypes.MimeTypes()
_MORE = {
    ".webmanifest": "application/manifest+json",
    ".avif": "image/avif",
    ".woff2": "font/woff2",
    ".ico": "image/x-icon",
}


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    type: str
    body: bytes


class Served:
    """A site as if it stood at its address. Pages and their files are read when they are asked for."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.root = site.origin.root or NOWHERE
        own = urlsplit(self.root)
        self._host, self._path = (own.scheme, own.netloc), own.path

    def address(self, url: str) -> str:
        """The whole address of a page that is known by the one below the root."""
        return self.root + quote(url, safe="/~()!$&'*+,;=:@", errors="surrogateescape")

    def answer(self, url: str) -> Answer | None:
        """None for what lies on another host."""
        asked = urlsplit(url)
        if (asked.scheme, asked.netloc) != self._host:
            return None
        path = unquote(asked.path, errors="surrogateescape")
        file = self._site.file_of(path.removeprefix(self._path)) if path.startswith(self._path) else None
        if file is None and NOT_FOUND in self._site.tree.files:
            return self._of_file(NOT_FOUND, 404)
        return self._of_file(file, 200) if file is not None else Answer(404, "text/plain", b"")

    def _of_file(self, file: str, status: int) -> Answer:
        try:
            body = (self._site.root / file).read_bytes()
        except OSError:
            return Answer(404, "text/plain", b"")
        ending = f".{file.rpartition('.')[2].lower()}"
        known = _MORE.get(ending) or _TYPES.guess_type(f"x{ending}", strict=False)[0]
        return Answer(status, known or "application/octet-stream", body)
