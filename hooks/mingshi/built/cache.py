"""Keeps the facts of files from one run to the next. What is wrong with it is never an error: it is left out."""

import hashlib
import marshal
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

Stamp = tuple[int, int, int]
Entry = tuple[Stamp, bytes, tuple[Any, ...]]
"""(stamp, digest of the content, facts) of a file."""

UNSURE = 1_000_000_000
"""Nanoseconds before the cache was written in which a file may have changed once more without any sign."""


RESULT = "result:"
_DERIVED = (RESULT, "content:", "css:")
"""Entries of files that are not read in every run."""


class Cache:
    """Asked by path: as long as the stamp or the content of a file is the same, so are its facts."""

    def __init__(self, path: Path | None, key: str) -> None:
        self._path, self._key = path, key.encode()
        self._entries, self._written = self._load()
        self._kept: dict[str, Entry] = {}
        self._changed = False

    def by_stamp(self, name: str, stamp: Stamp) -> tuple[Any, ...] | None:
        entry = self._entries.get(name)
        if entry is None or entry[0] != stamp or max(stamp[0], stamp[1]) > self._written - UNSURE:
            return None
        self._kept[name] = entry
        return entry[2]

    def by_content(self, name: str, stamp: Stamp, digest: bytes) -> tuple[Any, ...] | None:
        entry = self._entries.get(name)
        if entry is None or entry[1] != digest:
            return None
        self._changed = self._changed or entry[0] != stamp
        self._kept[name] = (stamp, digest, entry[2])
        return entry[2]

    def keep(self, name: str, stamp: Stamp, digest: bytes, facts: tuple[Any, ...]) -> None:
        self._kept[name] = (stamp, digest, facts)
        self._changed = True

    def seal(self, others: Iterable[tuple[str, Stamp]], more: str) -> bytes | None:
        """What the content of all files comes to: known ones by content, others by stamp. None where one is unsure."""
        known = sorted((name, entry[1]) for name, entry in self._kept.items() if not name.startswith(_DERIVED))
        rest = sorted(others)
        if any(max(stamp[0], stamp[1]) > self._written - UNSURE for _, stamp in rest) and self._written:
            return None
        return hashlib.sha256(marshal.dumps((known, rest, more))).digest()

    def result(self, seal: bytes | None) -> tuple[Any, ...] | None:
        """What was found in the very same files before."""
        entry = self._entries.get(RESULT)
        if seal is None or entry is None or entry[1] != seal:
            return None
        # Nothing was looked at anew, so all that is known stays known.
        self._kept = {**self._entries, **self._kept}
        return entry[2]

    def keep_result(self, seal: bytes | None, found: tuple[Any, ...]) -> None:
        if seal is not None:
            self.keep(RESULT, (0, 0, 0), seal, found)

    def save(self) -> None:
        """Write it in one step; a disk that refuses costs time at the next run, nothing else."""
        if self._path is None or not (self._changed or len(self._kept) != len(self._entries)):
            return
        payload = marshal.dumps(self._kept)
        aside = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(self._seal(payload) + payload)
            aside.replace(self._path)
        except OSError:
            with suppress(OSError):
                aside.unlink()

    def _load(self) -> tuple[Mapping[str, Entry], int]:
        if self._path is None:
            return {}, 0
        try:
            data = self._path.read_bytes()
            written = self._path.stat().st_mtime_ns
        except OSError:
            return {}, 0
        seal, payload = data[:32], data[32:]
        # marshal trusts what it reads, so nothing reaches it that was not written here as a whole.
        if seal != self._seal(payload):
            return {}, 0
        return marshal.loads(payload), written

    def _seal(self, payload: bytes) -> bytes:
        return hashlib.blake2b(payload, digest_size=32, key=hashlib.blake2b(self._key).digest()).digest()


def digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
