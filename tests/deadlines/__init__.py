"""Shared vectors of the deadline arithmetic: one file that Python and the browser have to agree with."""
