"""Names, and what a language says about the words in and around them: articles, titles, particles, days, datelines.

`names.py` finds the names of a sentence by its tree, `names_by_capitals.py` those of any other text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from nutgraf.summarizer.findings.word_frequencies import word_frequencies
from nutgraf.summarizer.languages.language import common, everywhere, language, per_language, primary
from nutgraf.summarizer.reading.bare_datelines import city_names
from nutgraf.summarizer.reading.stop_words import stop_words

# Words of a name; longer runs are lists or titles.
MAX_NAME_WORDS = 9
# A party before the name of its member: "LR", "PSOE".
MAX_LABEL_LETTERS = 5
# Letters of a title that German joins to other words: "Verkehrsminister".
MIN_JOINED_TITLE = 4
# Words after the city of a dateline that are a name.
MAX_DATELINE_REST = 3
# Signs of currencies, which may follow letters: "US$".
CURRENCIES = frozenset("$€£¥₹")
# "and" in the languages with a parser.
AND = frozenset("and und et y e".split())


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


_TITLES = (("names", "titles"), ("sentences", "titles"), ("names", "callings"))
# Entries whose words are no given names, though they may be before a surname in capitals.
_NO_GIVEN_NAMES = (
    ("terms", "vague_modifiers"),
    ("terms", "vague_nouns"),
    ("terms", "general_nouns"),
    ("headlines", "times"),
    ("headlines", "offices"),
    ("discourse", "openers"),
    ("facts", "people"),
    ("names", "regions"),
)


def name_at(found: Sequence[Name], position: int) -> Name | None:
    """Returns the name that the word at `position` of the tree is part of, or None."""
    return next((name for name in found if name.first <= position <= name.last), None)


@dataclass(frozen=True, slots=True)
class NameRules:
    """Word lists and patterns of a language for names, from section [names] and others of languages/XX.toml, in lower case.

    Words in `no_names` are not names when they are alone.
    """

    articles: frozenset[str]
    titles: frozenset[str]
    titles_after: frozenset[str]
    links: frozenset[str]
    particles: frozenset[str]
    wholes: frozenset[str]
    institutions: frozenset[str]
    elisions: frozenset[str]
    stop_words: frozenset[str]
    saying: frozenset[str]
    never_alone: frozenset[str]
    no_names: frozenset[str]
    never_given: frozenset[str]
    times: frozenset[str]
    origins: frozenset[str]
    regions: frozenset[str]
    people_endings: tuple[str, ...]
    rarely_nouns: frozenset[str]
    days: frozenset[str]
    departments: frozenset[str]
    after_city: frozenset[str]
    suffix: re.Pattern[str]
    lower_case_parts: bool
    capital_nouns: bool


@per_language
def name_rules(code: str) -> NameRules:
    """Returns the name rules of a language by its code, such as "en"; they are read once per process.

    Lists that the language file lacks are empty.
    """
    entries = language(code)
    never_alone = (stop_words(code) | entries.words("terms", "vague_nouns")) - entries.words("names", "alone")
    has_lower_case_parts = bool(entries.text("names", "lower_case_parts"))
    no_names = never_alone.union(*(entries.words("names", name) for name in ("particles", "departments", "regions")))
    if has_lower_case_parts:
        no_names |= entries.words("terms", "general_nouns")
    return NameRules(
        articles=entries.words("headlines", "articles") | entries.words("headlines", "opening_articles"),
        titles=frozenset().union(*(entries.words(section, name) for section, name in _TITLES)),
        titles_after=entries.words("names", "titles_after"),
        links=entries.words("names", "links"),
        particles=entries.words("names", "particles"),
        wholes=entries.words("names", "wholes"),
        institutions=entries.words("names", "institutions"),
        elisions=entries.words("words", "elisions"),
        stop_words=stop_words(code),
        saying=entries.words("headlines", "speech")
        | entries.words("sentences", "speech_verbs")
        | entries.words("facts", "quoting"),
        never_alone=never_alone,
        no_names=no_names,
        never_given=frozenset().union(*(entries.words(section, name) for section, name in _NO_GIVEN_NAMES)),
        times=entries.words("headlines", "times"),
        origins=entries.words("names", "origins"),
        regions=entries.words("names", "regions"),
        people_endings=tuple(sorted(entries.words("names", "people_endings"), key=len, reverse=True)),
        rarely_nouns=table.rarely_nouns if (table := word_frequencies(code)) else frozenset(),
        departments=entries.words("names", "departments"),
        after_city=entries.words("datelines", "after_city"),
        days=entries.words("calendar", "days"),
        suffix=re.compile(entries.text("names", "suffix") or "(?!)"),
        lower_case_parts=has_lower_case_parts,
        capital_nouns=bool(entries.text("names", "capital_nouns")),
    )


def is_title(word: str, rules: NameRules) -> bool:
    """Returns whether a lower-case word is a title; German joins it to others: "verkehrsminister"."""
    if word in rules.titles or word.removesuffix("s") in rules.titles:
        return True
    long_titles = (title for title in rules.titles if len(title) >= MIN_JOINED_TITLE)
    return rules.capital_nouns and any(map(word.endswith, long_titles))


def names_institution(word: str, rules: NameRules) -> bool:
    """Returns whether a lower-case word says that the one before it is no title: "Justice Department"."""
    return word in rules.institutions and word not in rules.titles


def is_office(name: str, tag: str) -> bool:
    """Returns whether a name is that of an office, and not of who holds it: "Prime Minister", "Director of Roads".

    German ones are common nouns, as are all that end in a general noun.
    """
    rules = name_rules(primary(tag))
    words = [word.lower().strip(".") for word in name.split()]
    if rules.capital_nouns:
        return words[-1] in rules.titles or words[-1] in rules.never_alone
    if words[-1] in rules.titles:
        return len(words) > 1
    head = next((number for number, word in enumerate(words) if word in rules.links), len(words)) - 1
    before_head = 0 if rules.wholes else -1  # "Mesa Diretora do Senado" is no director
    return before_head < head < len(words) - 1 and words[head if rules.wholes else 0] in rules.titles and (head > 0)


@cache
def agencies() -> re.Pattern[str]:
    """Returns the pattern of the names of news agencies, which sign articles and are not their subject."""
    return re.compile("|".join(common().patterns("agencies", "names")))


@cache
def media() -> re.Pattern[str]:
    """Returns the pattern of the names of newspapers, broadcasters and networks, which stories cite."""
    return re.compile("|".join(common().patterns("agencies", "media")))


@cache
def scenes() -> re.Pattern[str]:
    """Returns the pattern of the names of places and institutions that fit any story, because much happens there."""
    return re.compile("|".join(common().patterns("agencies", "scenes")))


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
        if rules.after_city and 2 <= len(rest) <= MAX_DATELINE_REST and city_names().fullmatch(" ".join(words[:length])):
            return 0 if rules.after_city.intersection(rest) or rules.institutions.intersection(rest) else length
    return 0
