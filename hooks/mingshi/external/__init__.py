"""Links that leave the site: which there are, what became of them, and the ledger of what was seen when.

A link is looked at twice. First linkchecker runs over the list, as a process of its own. What it cannot judge is looked
at a second time by a client that waits when it is asked to, that sends an address byte for byte as it is written, and
that reads what the page says. Both go out by one door, which keeps them away from private addresses.
"""

from mingshi.external.collecting import Link, collect, collect_from_site
from mingshi.external.examining import Examined, Options, examine, means_of
from mingshi.external.ledger import Ledger, LedgerError, read_ledger, write_ledger
from mingshi.external.reporting import LEDGER, problems

__all__ = [
    "LEDGER",
    "Examined",
    "Ledger",
    "LedgerError",
    "Link",
    "Options",
    "collect",
    "collect_from_site",
    "examine",
    "means_of",
    "problems",
    "read_ledger",
    "write_ledger",
]
