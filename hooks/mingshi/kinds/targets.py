"""The kinds that a link of the office may lead to."""

from typing import Annotated

from mingshi.schema.types import Reference, To

PAGES = (
    "service",
    "sop",
    "faq",
    "form",
    "plan",
    "agency",
    "unit",
    "disclosure",
    "dataset",
    "document",
    "notice",
    "statistic",
    "commitment",
    "list",
)
PageReference = Annotated[Reference, To(*PAGES)]
"""A record that has a page, or the list of a kind."""
