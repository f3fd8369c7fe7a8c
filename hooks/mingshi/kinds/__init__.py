"""The table of kinds. A new kind is a file here, a row in this tuple and a template; nothing else names it."""

from mingshi.kinds import agency, faq, form, plan, service, site, sop, unit
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
)
KINDS: tuple[Kind, ...] = (SITE, *RECORDS)
BY_NAME = {kind.name: kind for kind in KINDS}
BY_FOLDER = {kind.folder: kind for kind in RECORDS}

Site = site.Site
