"""The words by which figures are read and compared, from the section `figures` of a language's file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nutgraf.summarizer.languages.language import language, per_language, primary
from nutgraf.summarizer.reading.words import vocabulary

SECTION = "figures"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens to the people or things that a figure counts, such as "killed".

    `label` is its name in the answer. `words` are the stems of the words for it, and `phrases` the stems of pairs of words
    that name it together: "lost lives".
    """

    name: str
    label: str
    words: frozenset[str]
    phrases: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class FigureWords:
    """Words of one language by class; docs/adding-a-language.md says what each class is for.

    Without `events`, text2num does not read numbers in words. `classes` has every entry of the section that is a string,
    split into words.
    """

    code: str
    decimal_comma: bool
    events: tuple[Event, ...]
    event_of: dict[str, Event]  # by stem
    magnitude_pattern: re.Pattern[str]  # a word for the magnitude of an earthquake, also in "6.1-magnitude"
    synonyms: dict[str, str]  # stem of a noun or verb -> stem of the first word of its group
    numbers: dict[str, float]
    approximate: frozenset[str]
    scales: dict[str, int]
    qualifier_pattern: re.Pattern[str]
    qualifier_of: dict[str, str]
    currencies: dict[str, str]
    metres_by_unit_word: dict[str, float]
    classes: dict[str, frozenset[str]]

    def word_is(self, class_name: str, word: str) -> bool:
        """Whether a lower-case word belongs to a class."""
        return word in self.classes.get(class_name, _NONE)

    def canonical_stem(self, word: str) -> str:
        """Returns the stem by which a word is compared: that of the first of its synonyms, or else its own."""
        stem = vocabulary(self.code).stem(word.lower())
        return self.synonyms.get(stem, stem)


_NONE: frozenset[str] = frozenset()


@per_language
def figure_words(language_tag: str) -> FigureWords:
    """Returns the words of a language; empty classes for a language whose file has none."""
    code = primary(language_tag)
    file = language(code)
    table: dict[str, Any] = dict(file.tables.get(SECTION, {}))
    stem = vocabulary(code).stem
    events = tuple(
        Event(
            name,
            entry["about"],
            frozenset(map(stem, entry["words"].split())),
            tuple(frozenset(map(stem, phrase.split())) for phrase in entry.get("phrases", ())),
        )
        for name, entry in table.get("events", {}).items()
    )
    qualifier_of = {
        " ".join(phrase.split()): name
        for name, phrases in table.get("qualifiers", {}).items()
        for phrase in phrases.split("|")
    }
    pattern = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in sorted(qualifier_of, key=len, reverse=True))
    return FigureWords(
        code,
        table.get("decimal_comma", False),
        events,
        {word: event for event in events for word in event.words},
        re.compile(rf"\b(?:{'|'.join(str(table.get('magnitude', '')).split()) or '(?!)'})\b", re.IGNORECASE),
        dict(_synonyms(table, code)),
        dict(table.get("numbers", {})),
        frozenset(str(table.get("approximate", "")).split()),
        dict(table.get("scales", {})),
        re.compile(rf"(?<![\w'’-])({pattern or '(?!)'})['’]?\s*$", re.IGNORECASE),
        qualifier_of,
        {word: code for code, words in table.get("currencies", {}).items() for word in words.split()},
        dict(table.get("lengths", {})),
        {name: frozenset(words.split()) for name, words in table.items() if isinstance(words, str)},
    )


def _synonyms(table: dict[str, Any], code: str) -> Iterator[tuple[str, str]]:
    stem = vocabulary(code).stem
    for group in table.get("synonyms", ()):
        first, *others = map(stem, group.split())
        yield from ((other, first) for other in others)
