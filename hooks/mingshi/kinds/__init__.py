"""The table of kinds. A new kind is a file here, a row in a tuple, templates and words; nothing else names it."""

from mingshi.kinds import (
    agency,
    code,
    commitment,
    dataset,
    disclosure,
    document,
    faq,
    form,
    notice,
    plan,
    redirect,
    service,
    site,
    sop,
    statistic,
    synonym,
    term,
    unit,
    workday,
)
from mingshi.schema.record import Kind

SITE = site.KIND
RECORDS: tuple[Kind, ...] = (
    service.KIND,
    sop.KIND,
    faq.KIND,
    form.KIND,
    plan.KIND,
    agency.KIND,
    unit.KIND,
    notice.KIND,
    disclosure.KIND,
    document.KIND,
    statistic.KIND,
    dataset.KIND,
    commitment.KIND,
)
"""What is published as pages."""
TABLES: tuple[Kind, ...] = (synonym.KIND, term.KIND, code.KIND, workday.KIND, redirect.KIND)
"""What is looked up."""
KINDS: tuple[Kind, ...] = (SITE, *RECORDS, *TABLES)
BY_NAME = {kind.name: kind for kind in KINDS}
BY_FOLDER = {kind.folder: kind for kind in (*RECORDS, *TABLES)}

Site = site.Site
