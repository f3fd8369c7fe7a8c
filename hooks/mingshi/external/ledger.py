"""What was seen of each address on which day, and what follows from it. The day is told; there is no clock in here.

The file is sorted and says nothing that changes by itself, so that a difference in it is news. A verdict is worked out
from the looks; it is written down for those who read the file.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mingshi.external.judging import Finding, Outcome
from mingshi.publish import keep

Verdict = Literal["fine", "moved", "blocked", "unsure", "dead"]

STRIKES = 3
"""Failures on so many different days make an address dead."""
REMEMBERED = 12
"""Looks that are kept of an address."""
FORMAT = 1


class LedgerError(Exception):
    """The file is there, and is no ledger."""


class Look(BaseModel):
    """What one day showed; of several looks on a day, the last one."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    day: date
    outcome: Outcome
    reason: str = ""
    status: int = Field(0, ge=0, le=999)
    to: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """URL → its looks, the oldest first."""

    looks: Mapping[str, tuple[Look, ...]] = field(default_factory=dict)

    def of(self, url: str) -> tuple[Look, ...]:
        return self.looks.get(url, ())

    def oldest_first(self, urls: Iterable[str]) -> list[str]:
        """In the order in which they should be looked at again; what was never seen comes first."""
        never = date.min
        return sorted(urls, key=lambda url: (self.of(url)[-1].day if self.of(url) else never, url))

    def with_looks(self, day: date, findings: Mapping[str, Finding], used: Iterable[str]) -> "Ledger":
        """The ledger after a day; addresses that are no longer used are dropped."""
        looks = {url: self.of(url) for url in used if self.of(url) or url in findings}
        for url, finding in findings.items():
            if url in looks:
                looks[url] = _with_look(looks[url], _look(day, finding))
        return Ledger(dict(sorted(looks.items())))


def verdict(looks: tuple[Look, ...], strict: bool = False) -> Verdict | None:
    """What is known of an address; None where it was never looked at. With `strict` one failure is enough."""
    if not looks:
        return None
    failures = strikes(looks)
    if failures >= STRIKES or (strict and failures and looks[-1].outcome == "failing"):
        return "dead"
    last = looks[-1].outcome
    return "unsure" if last == "failing" else last


def strikes(looks: tuple[Look, ...]) -> int:
    """Days of failure since it was last seen alive; a day on which nothing could be told changes nothing."""
    count = 0
    for look in reversed(looks):
        if look.outcome == "failing":
            count += 1
        elif look.outcome != "unsure":
            break
    return count


def read_ledger(path: Path) -> Ledger:
    """The ledger in a file; an empty one where there is none yet."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Ledger()
    except (OSError, UnicodeDecodeError) as error:
        raise LedgerError(str(error)) from error
    return parse_ledger(text)


def parse_ledger(text: str) -> Ledger:
    try:
        stored = json.loads(text)
        if not isinstance(stored, dict) or stored.get("format") != FORMAT or not isinstance(stored.get("urls"), dict):
            raise LedgerError("format")
        return Ledger({url: _stored(entry) for url, entry in sorted(stored["urls"].items())})
    except (json.JSONDecodeError, RecursionError) as error:
        raise LedgerError(str(error)) from error
    except ValidationError as error:
        raise LedgerError(str(error.errors()[0]["msg"])) from error


def ledger_text(ledger: Ledger) -> str:
    urls = {
        url: {"verdict": verdict(looks), "looks": [_told(look) for look in looks]}
        for url, looks in sorted(ledger.looks.items())
        if looks
    }
    return json.dumps({"format": FORMAT, "urls": urls}, ensure_ascii=False, indent=1) + "\n"


def write_ledger(path: Path, ledger: Ledger) -> None:
    keep(path, ledger_text(ledger))


def _stored(entry: object) -> tuple[Look, ...]:
    looks = entry.get("looks") if isinstance(entry, dict) else None
    if not isinstance(looks, list):
        raise LedgerError("looks")
    read = [Look.model_validate_json(json.dumps(look)) for look in looks]
    if [look.day for look in read] != sorted({look.day for look in read}):
        raise LedgerError("days")
    return tuple(read)


def _look(day: date, finding: Finding) -> Look:
    return Look(day=day, outcome=finding.outcome, reason=finding.reason, status=finding.status, to=finding.to)


def _with_look(looks: tuple[Look, ...], new: Look) -> tuple[Look, ...]:
    others = [look for look in looks if look.day != new.day]
    kept = sorted((*others, new), key=lambda look: look.day)
    return tuple(kept[-REMEMBERED:])


def _told(look: Look) -> dict[str, object]:
    """What a look says, without what it leaves out."""
    values = look.model_dump(mode="json")
    return {key: value for key, value in values.items() if value or key in ("day", "outcome")}
