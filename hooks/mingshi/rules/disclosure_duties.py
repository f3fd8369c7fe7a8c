"""What the information act asks of an office's records, beyond what each record is held to.

- `foi-gazette-missing`: a law or an interpretation that names no issue of the gazette and no number (articles 7 and 8).
- `foi-quarter-old`: no subsidies were published for the last quarter that is over for a month or more.
- `foi-year-gap`: budgets or final accounts that leave out a year, or end before this year's budget.
- `record-date-future`: a record that says it was changed on a day that is still to come.
- `review-due`, `review-overdue`: a record whose review is due, or has been for more than 90 days.

Fails: subsidies of January to March that are still not there in May. Passes: the same in April.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from mingshi.catalogue import Entry
from mingshi.kinds.disclosure import Disclosed, Disclosure
from mingshi.pages.records import next_review
from mingshi.rules.finding import Finding, Inspection

SUBJECT = "site"
CODES = (
    "foi-gazette-missing",
    "foi-quarter-old",
    "foi-year-gap",
    "record-date-future",
    "review-due",
    "review-overdue",
)
_YEAR = re.compile(r"(?<!\d)(1\d\d)\s*年")
_GRACE, _LONG = timedelta(days=31), timedelta(days=90)
_ACCOUNTS = re.compile("決算")


def check(inspection: Inspection) -> Iterator[Finding]:
    office, today = inspection.office, inspection.today
    for entry in office.entries.values() if office else ():
        record = entry.record
        if record.last_updated > today:
            yield _found("record-date-future", entry, record.last_updated.isoformat())
        if isinstance(record, Disclosure) and record.status == "disclosed":
            yield from _of_disclosure(entry, record, today)
        due = next_review(record)
        if due is not None and due < today:
            yield _found("review-overdue" if today - due > _LONG else "review-due", entry, due.isoformat())


def _of_disclosure(entry: Entry, record: Disclosure, today: date) -> Iterator[Finding]:
    for own in record.entries:
        title = own.title.first
        if own.date > today:
            yield _found("record-date-future", entry, own.date.isoformat())
        if record.item in ("laws", "interpretations") and _is_own(own) and not (own.gazette or own.number):
            yield _found("foi-gazette-missing", entry, title)
    if record.item == "subsidies":
        end = _quarter_before(today - _GRACE)
        newest = max((own.date for own in record.entries), default=date.min)
        if newest <= end:
            yield _found("foi-quarter-old", entry, newest.isoformat(), end.isoformat())
    if record.item == "budget":
        titles = [own.title.first for own in record.entries]
        for accounts in (False, True):
            yield from _of_years(
                entry, [title for title in titles if bool(_ACCOUNTS.search(title)) is accounts], today, accounts
            )


def _is_own(own: Disclosed) -> bool:
    """Whether the office made it: no statute (法、律、條例、通則), nothing that stands elsewhere or is withheld."""
    title = own.title.first
    statute = title.endswith(("法", "律", "條例", "通則")) and not title.endswith("自治條例")
    return not (statute or own.withheld or own.url)


def _of_years(entry: Entry, titles: list[str], today: date, accounts: bool) -> Iterator[Finding]:
    years = sorted({int(match[1]) for title in titles if (match := _YEAR.search(title))})
    if not years:
        return
    # Final accounts of a year are audited in the middle of the next one.
    last = today.year - 1911 - (1 if today.month > 7 else 2) if accounts else today.year - 1911
    missing = [year for year in range(years[0], max(years[-1], last) + 1) if year not in years]
    if missing:
        yield _found("foi-year-gap", entry, next(t for t in titles if str(years[0]) in t), ", ".join(map(str, missing)))


def _quarter_before(day: date) -> date:
    """The last day of the last quarter that was over on that day."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return first - timedelta(days=1)


def _found(code: str, entry: Entry, said: str, more: str = "") -> Finding:
    return Finding(code, f"{entry.path}index.html", said, f"{entry.ref} {said}", facts={"ref": entry.ref, "more": more})
