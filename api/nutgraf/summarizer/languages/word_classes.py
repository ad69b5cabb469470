"""The closed classes of words of each language, from its TOML file: what a headline must not end in, lose, or say without
its speaker."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "fr", "de", "es", "pt")


@cache
def strings(language: str) -> Mapping[str, str]:
    """Each class of a language as it stands in its file: words set apart by white space, or a pattern."""
    text = (files(__package__) / f"{language}.toml").read_text(encoding="utf-8")
    return {name: value for name, value in tomllib.loads(text).items() if isinstance(value, str)}


@cache
def words(language: str, name: str) -> frozenset[str]:
    """A class of words; empty for a language without a file."""
    return frozenset(strings(language)[name].split()) if language in LANGUAGES else frozenset()
