"""Finished HTML → read-only facts: addresses, ids, headings, text. The only door to the HTML parser; judges nothing."""

from mingshi.built.addresses import Origin, Sort, Target
from mingshi.built.contents import KNOWN, Content, ending
from mingshi.built.declarations import Ruleset, declarations, rulesets
from mingshi.built.elements import Element, Tree
from mingshi.built.facts import MUTE, Facts, Reference, note
from mingshi.built.files import FileTree
from mingshi.built.parsing import elements, ids_of_drawing
from mingshi.built.places import Needle, Places
from mingshi.built.reading import LARGEST_PAGE, NoSiteError, Way, gather, read_site, settle
from mingshi.built.site import Holder, Site, Unread, Use

__all__ = [
    "KNOWN",
    "LARGEST_PAGE",
    "MUTE",
    "Content",
    "Element",
    "Facts",
    "FileTree",
    "Holder",
    "Needle",
    "NoSiteError",
    "Origin",
    "Places",
    "Reference",
    "Ruleset",
    "Site",
    "Sort",
    "Target",
    "Tree",
    "Unread",
    "Use",
    "Way",
    "declarations",
    "elements",
    "ending",
    "gather",
    "ids_of_drawing",
    "note",
    "read_site",
    "rulesets",
    "settle",
]
