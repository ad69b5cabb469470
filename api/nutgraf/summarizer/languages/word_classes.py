"""The classes of words that headlines go by, from the languages' files: what a headline must not end in, lose, or say
without its speaker."""

from collections.abc import Mapping
from functools import cache

from nutgraf.summarizer.languages.language import language, languages

SECTION = "headlines"
LANGUAGES = tuple(each.code for each in languages() if SECTION in each.tables)


def strings(code: str) -> Mapping[str, str]:
    """Each class of a language as it stands in its file: words set apart by white space, or a pattern."""
    return language(code).tables[SECTION]


@cache
def words(code: str, name: str) -> frozenset[str]:
    """A class of words; empty for a language without them."""
    return language(code).words(SECTION, name)
