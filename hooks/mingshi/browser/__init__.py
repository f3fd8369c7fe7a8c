"""The finished site in a browser: which pages are opened, what axe-core says of them, and the ledger of it.

Chromium gets the site from its folder, as if it stood at its address, and nothing from anywhere else. A page is opened
for each part of structure that no other opened page has; what is found is told on every page that is built alike.
"""

from mingshi.browser.auditing import Request, audit
from mingshi.browser.ledger import LEDGER
from mingshi.browser.windows import NoBrowserError, probe

__all__ = ["LEDGER", "NoBrowserError", "Request", "audit", "probe"]
