"""Mingshi compiles an office's records into a bilingual public site. Start reading at `project`."""

__version__ = "0.1.0"
