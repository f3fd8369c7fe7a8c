"""What a finished site has to meet: one demand a file. Judges facts; prints nothing, reads no file, asks no clock.

A rule module has CODES, SUBJECT ("site" or "page") and `check(subject)`, a generator of findings; its docstring is its
page in the manual. Levels, bases and words of its codes stand in `rules.toml`. A new one is named below.
"""

from types import ModuleType

from mingshi.rules import (
    aria_structure,
    aria_words,
    contacts,
    controls,
    disclosure_duties,
    downloads,
    dublin_core,
    embedded,
    form_parts,
    fragments,
    guide_bricks,
    headings,
    ids,
    images,
    keyboard,
    link_forms,
    link_targets,
    link_texts,
    link_words,
    lists,
    machine_files,
    open_formats,
    orphans,
    other_languages,
    page_duties,
    page_languages,
    page_styles,
    page_titles,
    redirections,
    relations,
    sheets,
    site_duties,
    sitemaps,
    stale_links,
    subresources,
    tables,
    unread,
)

LINKS: tuple[ModuleType, ...] = (
    unread,
    link_targets,
    fragments,
    link_forms,
    contacts,
    link_texts,
    subresources,
    downloads,
    ids,
    relations,
    other_languages,
    redirections,
    sitemaps,
    machine_files,
    orphans,
    stale_links,
)
"""Where addresses lead, and what lies there."""
ACCESS: tuple[ModuleType, ...] = (
    page_languages,
    page_titles,
    headings,
    images,
    controls,
    form_parts,
    embedded,
    tables,
    lists,
    aria_words,
    aria_structure,
    keyboard,
    link_words,
    sheets,
    page_styles,
    open_formats,
)
"""What keeps a page from being read by everybody."""
DUTIES: tuple[ModuleType, ...] = (guide_bricks, dublin_core, page_duties, site_duties, disclosure_duties)
"""What the law and the customs of offices ask of a page, a site and its records."""
RULES: tuple[ModuleType, ...] = (*LINKS, *ACCESS, *DUTIES)
