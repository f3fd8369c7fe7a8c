"""What browser audits of the site came to, on which day and by which versions. There is no clock in here."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mingshi.publish import keep

LEDGER = "data/ledger/accessibility.json"
FORMAT = 1
REMEMBERED = 12
"""Audits that are kept."""

Entry = Mapping[str, Any]


class BrokenLedgerError(Exception):
    """The file is there, and is no ledger."""


def read(path: Path) -> tuple[Entry, ...]:
    """The audits in a file, the oldest first; none where there is no file yet."""
    try:
        stored = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, RecursionError) as error:
        raise BrokenLedgerError(str(error)) from error
    audits = stored.get("audits") if isinstance(stored, dict) and stored.get("format") == FORMAT else None
    if not isinstance(audits, list) or not all(isinstance(own, dict) and "day" in own for own in audits):
        raise BrokenLedgerError("format")
    return tuple(audits)


def with_audit(audits: tuple[Entry, ...], new: Entry) -> tuple[Entry, ...]:
    """The ledger after an audit; of several on one day, the last one stays."""
    others = [own for own in audits if own["day"] != new["day"]]
    return tuple(sorted((*others, new), key=lambda own: str(own["day"]))[-REMEMBERED:])


def write(path: Path, audits: tuple[Entry, ...]) -> None:
    keep(path, json.dumps({"format": FORMAT, "audits": audits}, ensure_ascii=False, indent=1) + "\n")
