"""Word lists for headlines, from the section `headlines` of each language's file: words that a headline must not end with,
words that must not be removed, and words that need a named speaker."""

from collections.abc import Mapping
from functools import cache

from nutgraf.summarizer.languages.language import language, languages

SECTION = "headlines"
LANGUAGES = tuple(entry.code for entry in languages() if SECTION in entry.tables)


def word_list_entries(code: str) -> Mapping[str, str]:
    """Returns the entries of the section by name: words separated by white space, or a regular expression."""
    return language(code).tables[SECTION]


@cache
def words(code: str, name: str) -> frozenset[str]:
    """Returns the words of one entry; none if the language's file does not have it."""
    return language(code).words(SECTION, name)
