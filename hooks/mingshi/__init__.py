"""Mingshi compiles an office's records into a bilingual public site. Read `project` first: it is the table of contents."""

__version__ = "0.1.0"
