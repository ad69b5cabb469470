"""The words by which sentences are compared, from the section `facts` of a language's file, and their stems."""

import unicodedata
from dataclasses import dataclass

from nutgraf.summarizer.languages.language import language, per_language
from nutgraf.summarizer.reading.words import vocabulary
from nutgraf.summarizer.text_cache import TextCache

# Letters of a stem that distinguish words: "resign" for "resigned" and "resignation".
STEM = 6

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class FactWords:
    """Lower-case words of one language by class; docs/adding-a-language.md says what each is for. A class may be empty."""

    speech: Words
    sources: tuple[tuple[str, ...], ...]
    reports: Words
    denials: Words
    negations: Words
    hedges: Words
    prospective: Words
    conditions: Words
    pronouns: Words
    possessives: Words
    titles: Words
    times: Words
    days: Words
    superseded: Words
    limits: Words
    ordinals: Words
    symmetric: Words
    day_parts: tuple[Words, ...]


@per_language
def fact_words(code: str) -> FactWords:
    """Returns the words of a language by its code."""
    words = language(code).words
    return FactWords(
        speech=words("headlines", "speech"),
        sources=tuple(tuple(phrase.split()) for phrase in language(code).patterns("facts", "sources")),
        reports=words("facts", "reports"),
        denials=words("facts", "denials"),
        negations=words("facts", "negations"),
        hedges=words("facts", "hedges"),
        prospective=words("facts", "prospective"),
        conditions=words("headlines", "conditions"),
        pronouns=words("headlines", "pronouns"),
        possessives=words("headlines", "possessives"),
        titles=words("names", "titles") | words("headlines", "offices") | words("sentences", "titles"),
        times=words("headlines", "times"),
        days=words("calendar", "days"),
        superseded=words("facts", "superseded"),
        limits=words("facts", "limits"),
        ordinals=words("facts", "ordinals"),
        symmetric=words("facts", "symmetric"),
        day_parts=tuple(frozenset(group.split()) for group in language(code).patterns("facts", "day_parts")),
    )


@per_language
def _alike(code: str) -> dict[str, str]:
    """The first stem of each group of words that stand for one another, by stem."""
    groups = [group.split() for group in language(code).patterns("facts", "alike")]
    return {_cut(word, code): _cut(group[0], code) for group in groups for word in group}


@per_language
def contrary(code: str) -> dict[str, Words]:
    """Returns for each verb, as a key, the verbs of a contrary outcome."""
    found: dict[str, Words] = {}
    for pair in language(code).patterns("facts", "contrary"):
        sides = [frozenset(key(word, code) for word in side.split()) for side in pair.split("|")]
        for side, others in zip(sides, reversed(sides), strict=True):
            found |= {word: found.get(word, frozenset()) | others for word in side}
    return found


def key(word: str, code: str) -> str:
    """Returns the key by which a lower-case word is compared: its stem without accents, cut to STEM letters.

    Words that stand for one another have the key of the first of them.
    """
    return _keys[word, code]


def _key(word_and_code: tuple[str, str]) -> str:
    word, code = word_and_code
    return key_of_stem(vocabulary(code).stem(word), code)


_keys = TextCache(_key)


def key_of_stem(stem: str, code: str) -> str:
    """Returns the key of a word that is already stemmed.

    It is the stem without accents, cut to STEM letters, or the key of the group of words that stand for one another.
    """
    cut = _plain(stem)[:STEM]
    return _alike(code).get(cut, cut)


def _cut(word: str, code: str) -> str:
    return _plain(vocabulary(code).stem(word))[:STEM]


def _plain(word: str) -> str:
    """The word without accents."""
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
