"""Names, and what a language says about the words in and around them: "the", "Mayor", "van", days, datelines.

`names_in_trees.py` finds the names of a sentence by its tree, `names_by_capitals.py` those of any other text.
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
# An acronym of a party or agency before the name of its member has at most this many letters: "LR", "PSOE".
MAX_ACRONYM_LETTERS = 5
# A title of at least this many letters counts at the end of a German compound: "Verkehrsminister".
MIN_COMPOUND_TITLE_LETTERS = 4
# The name after the city of a dateline has at most this many words.
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
# Entries with words that are no given names, even if they have a capital before a surname.
_NOT_GIVEN_NAMES = (
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
    """What a language file says about names. All words are in lower case.

    - `articles`: grammatical articles: "the".
    - `titles`: words before a person's name that are not part of it: "mayor"; `titles_after` are second words of titles:
      "general" in "attorney general".
    - `links`: words that join parts of a name: "of" in "Bank of Skerry".
    - `particles`: words that join parts of the name of a person or place: "von".
    - `wholes`: nouns that "of" completes without an article before them: "University of Skerry". Only English has them.
    - `institutions`: nouns for institutions, which show that the title before them is part of a name: "Justice Department".
    - `departments`: what an office is for: "state" in "Secretary of State".
    - `elisions`: words that end in an apostrophe: "l" in "l'Assemblée".
    - `speech_verbs`, `stop_words`, `days`, `times`: as in other sections of the file.
    - `never_alone`: stop words and vague nouns; with a capital, they are no name by themselves.
    - `no_names`: the same with particles, departments and regions.
    - `not_given_names`: words that are no given names, even before a surname.
    - `origins`, `regions`: adjectives of origin ("Alderian"), and words before the names of places ("north").
    - `people_endings`: endings of words for the people of a place.
    - `rarely_nouns`: words that are seldom nouns in the language.
    - `after_city`: words that continue a name after a city: "London Bridge".
    - `suffix`: what may follow a name and is not part of it: "PT-SP".
    - `lower_case_parts`: whether only the first word of an institution has a capital: "Assemblée nationale".
    - `capital_nouns`: whether all nouns have capitals.
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
    speech_verbs: frozenset[str]
    never_alone: frozenset[str]
    no_names: frozenset[str]
    not_given_names: frozenset[str]
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
        speech_verbs=entries.words("headlines", "speech")
        | entries.words("sentences", "speech_verbs")
        | entries.words("facts", "quoting"),
        never_alone=never_alone,
        no_names=no_names,
        not_given_names=frozenset().union(*(entries.words(section, name) for section, name in _NOT_GIVEN_NAMES)),
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
    long_titles = (title for title in rules.titles if len(title) >= MIN_COMPOUND_TITLE_LETTERS)
    return rules.capital_nouns and any(map(word.endswith, long_titles))


def continues_institution(word: str, rules: NameRules) -> bool:
    """Returns whether a lower-case word makes the title before it part of an institution's name: "Justice Department"."""
    return word in rules.institutions and word not in rules.titles


def is_office(name: str, tag: str) -> bool:
    """Returns whether a name is that of an office, and not of who holds it: "Prime Minister", "Executive Director of Roads".

    A title alone is none. In German, the last word decides: it is a title, a stop word or a vague noun.
    """
    rules = name_rules(primary(tag))
    words = [word.lower().strip(".") for word in name.split()]
    if rules.capital_nouns:
        return words[-1] in rules.titles or words[-1] in rules.never_alone
    if words[-1] in rules.titles:
        return len(words) > 1
    head = next((number for number, word in enumerate(words) if word in rules.links), len(words)) - 1
    # In English, the title is the last word before "of", elsewhere the first: "Mesa Diretora do Senado" is no director.
    return 0 < head < len(words) - 1 and words[head if rules.wholes else 0] in rules.titles


@cache
def agencies() -> re.Pattern[str]:
    """Returns the pattern of the names of news agencies, which are credited in articles and are seldom their subject."""
    return re.compile("|".join(common().patterns("agencies", "names")))


@cache
def media() -> re.Pattern[str]:
    """Returns the pattern of the names of newspapers, broadcasters and networks, which stories cite."""
    return re.compile("|".join(common().patterns("agencies", "media")))


@cache
def common_scenes() -> re.Pattern[str]:
    """Returns the pattern of the names of places and institutions that are too general to be a key term: "White House"."""
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


def dateline_city_words(words: Sequence[str], rules: NameRules) -> int:
    """How many words at the start are the city of a dateline without its dash: 2 of "Los Angeles Ada Marsh"."""
    for length in (1, 2):
        rest = words[length:]
        if rules.after_city and 2 <= len(rest) <= MAX_DATELINE_REST and city_names().fullmatch(" ".join(words[:length])):
            return 0 if rules.after_city.intersection(rest) or rules.institutions.intersection(rest) else length
    return 0
