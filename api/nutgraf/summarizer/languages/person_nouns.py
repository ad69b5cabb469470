"""Nouns for people by what they are or do, from a language's file: "children", "miners"."""

from typing import NamedTuple

from nutgraf.summarizer.languages.language import language, per_language


class PersonNouns(NamedTuple):
    """Nouns for people, most in the singular, and endings of such nouns, in lower case."""

    words: frozenset[str]
    endings: tuple[str, ...]


@per_language
def person_nouns(tag: str) -> PersonNouns:
    """Returns the nouns for people of a language, which include titles and roles; none if its file has none."""
    entries = language(tag)
    return PersonNouns(
        entries.words("facts", "people") | entries.words("names", "titles") | entries.words("terms", "roles"),
        tuple(sorted(entries.words("terms", "role_endings"))),
    )
