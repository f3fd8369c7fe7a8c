"""Words that rules know: roles, languages, what browsers fill in. Read from `vocabulary.toml`; judges nothing."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _all() -> dict[str, str]:
    return tomllib.loads(files("mingshi.rules").joinpath("vocabulary.toml").read_text("utf-8"))


def ordered(name: str) -> tuple[str, ...]:
    """The words of a name, in their order: "dublin_core.elements"."""
    return tuple(_all()[name].split())


def words(name: str) -> frozenset[str]:
    return frozenset(ordered(name))
