"""Names, and what a language says about the words in and around them: articles, titles, particles, days, datelines.

`names.py` finds the names of a sentence by its tree, `names_by_capitals.py` those of any other text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from nutgraf.summarizer.findings.background import background
from nutgraf.summarizer.languages.language import common, everywhere, language
from nutgraf.summarizer.reading.stop_words import stop_words

# Words of a name; longer runs are lists or titles.
MAX_NAME_WORDS = 9
# A party before the name of its member: "LR", "PSOE".
MAX_LABEL_LETTERS = 5
# Words after the city of a dateline that are a name.
MAX_DATELINE_REST = 3


class Name(NamedTuple):
    """A name. `start` and `end` are offsets in the text of the sentence, `first` and `last` positions of words in its tree.

    `text` is the sentence's text from `start` to `end`. Without a tree, `first` and `last` are -1. `has_article` is set
    if a word such as "the" is before the name.
    """

    text: str
    start: int
    end: int
    has_article: bool
    first: int = -1
    last: int = -1


def covering(found: Sequence[Name], position: int) -> Name | None:
    """Returns the name that the word at `position` of the tree is part of, or None."""
    return next((name for name in found if name.first <= position <= name.last), None)


@dataclass(frozen=True, slots=True)
class NameRules:
    """What a language says about names; languages/XX.toml, section [names]."""

    articles: frozenset[str]
    titles: frozenset[str]
    titles_after: frozenset[str]
    links: frozenset[str]
    particles: frozenset[str]
    wholes: frozenset[str]
    institutions: frozenset[str]
    elisions: frozenset[str]
    stop_words: frozenset[str]
    never_alone: frozenset[str]
    rarely_nouns: frozenset[str]
    days: frozenset[str]
    departments: frozenset[str]
    datelines: frozenset[str]
    not_after_dateline: frozenset[str]
    suffix: re.Pattern[str]
    lower_case_parts: bool
    capital_nouns: bool


@cache
def name_rules(code: str) -> NameRules:
    entries = language(code)
    return NameRules(
        articles=entries.words("headlines", "articles") | entries.words("headlines", "opening_articles"),
        titles=entries.words("names", "titles") | entries.words("sentences", "titles"),
        titles_after=entries.words("names", "titles_after"),
        links=entries.words("names", "links"),
        particles=entries.words("names", "particles"),
        wholes=entries.words("names", "wholes"),
        institutions=entries.words("names", "institutions"),
        elisions=entries.words("words", "elisions"),
        stop_words=stop_words(code),
        never_alone=(stop_words(code) | entries.words("terms", "vague_nouns")) - entries.words("names", "alone"),
        rarely_nouns=table.rarely_nouns if (table := background(code)) else frozenset(),
        departments=entries.words("names", "departments"),
        datelines=entries.words("headlines", "datelines"),
        not_after_dateline=entries.words("headlines", "not_after_dateline"),
        days=entries.words("calendar", "days"),
        suffix=re.compile(entries.text("names", "suffix") or "(?!)"),
        lower_case_parts=bool(entries.text("names", "lower_case_parts")),
        capital_nouns=bool(entries.text("names", "capital_nouns")),
    )


@cache
def agencies() -> re.Pattern[str]:
    """Returns the pattern of the names of news agencies, which sign copy and are not what it is about."""
    return re.compile("|".join(common().patterns("agencies", "names")))


@cache
def picture_credits() -> re.Pattern[str]:
    return re.compile("|".join(common().patterns("agencies", "pictures")))


@cache
def day_words() -> frozenset[str]:
    return everywhere("calendar", "days") | everywhere("calendar", "short_days")


@cache
def month_words() -> frozenset[str]:
    return everywhere("calendar", "months")


def dateline_length(words: Sequence[str], rules: NameRules) -> int:
    """How many words are the city of a dateline that lost its dash, before a name of two words: "Los Angeles Ada Marsh"."""
    for length in (1, 2):
        rest = words[length:]
        if 2 <= len(rest) <= MAX_DATELINE_REST and "_".join(words[:length]) in rules.datelines:
            return 0 if rules.not_after_dateline.intersection(rest) or rules.institutions.intersection(rest) else length
    return 0
