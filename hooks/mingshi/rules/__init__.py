"""What a finished site has to meet: one demand a file. Judges facts; prints nothing, reads no file, asks no clock.

A rule module has CODES, SUBJECT ("site" or "page") and `check(subject)`, a generator of findings; its docstring is its
page in the manual. Levels, bases and words of its codes stand in `rules.toml`. A new one is named in RULES below.
"""

from types import ModuleType

from mingshi.rules import (
    contacts,
    downloads,
    fragments,
    ids,
    link_forms,
    link_targets,
    link_texts,
    machine_files,
    orphans,
    other_languages,
    redirections,
    relations,
    sitemaps,
    stale_links,
    subresources,
    unread,
)

RULES: tuple[ModuleType, ...] = (
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
