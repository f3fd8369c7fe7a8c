"""Catalogue → files for machines and for spreadsheets. Writes nothing to disk and knows no HTML page."""

from collections.abc import Callable, Mapping

from mingshi.exports.ods import ods
from mingshi.exports.records import FILE, RecordFiles
from mingshi.exports.redirects import folders_without_page, stub
from mingshi.exports.scripts import calendar_script, words_script
from mingshi.exports.sheets import export, template
from mingshi.exports.sitemap import Location, robots, sitemaps
from mingshi.exports.style import squeezed
from mingshi.exports.workbook import Workbook
from mingshi.exports.xlsx import xlsx

__all__ = [
    "FILE",
    "FORMATS",
    "Location",
    "RecordFiles",
    "calendar_script",
    "export",
    "folders_without_page",
    "robots",
    "sitemaps",
    "squeezed",
    "stub",
    "template",
    "words_script",
]

FORMATS: Mapping[str, Callable[[Workbook], bytes]] = {"ods": ods, "xlsx": xlsx}
