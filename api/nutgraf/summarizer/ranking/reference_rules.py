"""What the file of a language says about definite nouns and names that an earlier sentence has to introduce."""

import re
from collections.abc import Collection
from typing import NamedTuple

from nutgraf.summarizer.languages.language import Language, any_of, language, per_language
from nutgraf.summarizer.reading.words import vocabulary

_OPENING_MARKS = "\"'“‘«„(["


class ReferenceRules(NamedTuple):
    """What a language file says about definite nouns and names. A pattern is None if the file has no words for it.

    - `definite_pattern`: a definite article ("the").
    - `opening_pattern`: a definite article at the start of a sentence.
    - `owned_noun_pattern`: a noun after a name in the possessive, at the start of a sentence.
    - `anaphoric_noun_pattern`: a noun that refers to something before, at the start of a clause: "the team".
    - `back_reference_pattern`: a phrase that needs one of the previous sentences.
    - `event_reference_pattern`: a phrase that may need one of the previous sentences.
    - `near_reference_pattern`: a phrase that needs the sentence directly before.
    - `unique_nouns`: nouns that need no introduction ("government"), and words that make another one unique ("federal").
    - `modifiers`: words that, after a noun, say which one is meant.
    - `determiners`: words such as "the" and "its". One directly after a word shows that the word is a verb.
    - `person_nouns`, `titles`: nouns for people, and words for offices.
    - `speech_verbs`: "said"; `verb_endings`: endings that show that a word after a noun is a verb.
    - `honorifics`: "Mr", "Dr", which with a surname do not make a full name.
    - `not_surnames`: words that are not surnames even with a capital, such as "May"; in lower case.
    - `capital_nouns`: whether the language capitalizes all nouns.
    """

    definite_pattern: re.Pattern[str] | None
    opening_pattern: re.Pattern[str] | None
    owned_noun_pattern: re.Pattern[str] | None
    anaphoric_noun_pattern: re.Pattern[str] | None
    back_reference_pattern: re.Pattern[str] | None
    event_reference_pattern: re.Pattern[str] | None
    near_reference_pattern: re.Pattern[str] | None
    unique_nouns: frozenset[str]
    modifiers: frozenset[str]
    determiners: frozenset[str]
    person_nouns: frozenset[str]
    titles: frozenset[str]
    speech_verbs: frozenset[str]
    verb_endings: tuple[str, ...]
    honorifics: frozenset[str]
    not_surnames: frozenset[str]
    capital_nouns: bool


@per_language
def reference_rules(code: str) -> ReferenceRules:
    language_file = language(code)
    nouns = language_file.words("discourse", "pointing_nouns")
    definite = language_file.text("discourse", "definite")
    prepositions = language_file.words("discourse", "before_definite")
    back, events, near = (language_file.patterns("discourse", f"{kind}_references") for kind in ("back", "event", "near"))
    before = rf"[{_OPENING_MARKS}]?(?:(?:{alternatives(prepositions)})\s)?" if prepositions else ""
    return ReferenceRules(
        re.compile(rf"(?<![\w'’-])(?:{definite})\s", re.I) if definite and prepositions else None,
        re.compile(rf"{before}(?:{definite})\s", re.I) if definite and prepositions else None,
        _owned_pattern(language_file),
        _anaphoric_noun_pattern(language_file, definite, nouns),
        any_of(back, re.I) if back else None,
        any_of(events, re.I) if events else None,
        any_of(near, re.I) if near else None,
        language_file.words("discourse", "unique_nouns"),
        language_file.words("discourse", "modifiers"),
        language_file.words("discourse", "determiners"),
        language_file.words("facts", "people"),
        language_file.words("names", "titles"),
        speech_verbs(language_file),
        tuple(language_file.text("sentences", "verb_endings").split()) or ("\0",),
        language_file.words("discourse", "honorifics"),
        vocabulary(code).stop_words
        | language_file.words("calendar", "months")
        | language_file.words("calendar", "days")
        | language_file.words("discourse", "openers")
        | language_file.words("sentences", "questions"),
        language_file.text("discourse", "capital_nouns") == "true",
    )


def _anaphoric_noun_pattern(language_file: Language, definite: str, nouns: frozenset[str]) -> re.Pattern[str] | None:
    """Returns a pattern for nouns that refer back, or None.

    They follow a definite article at the beginning of the sentence or after a punctuation mark, and no words after them say
    which one is meant. Nouns for people may also open a subordinate clause: "said the suspect".
    """
    if not definite or not nouns:
        return None
    follows = _no_modifier_follows(language_file)
    heads = rf"(?:^|[,;:]\s)(?:{definite})\s({alternatives(nouns)})"
    openers, people = language_file.words("discourse", "clause_openers"), nouns & language_file.words("facts", "people")
    if openers and people:
        heads = rf"(?:{heads}|\b(?:{alternatives(openers)})\s(?:{definite})\s({alternatives(people)}))"
    return re.compile(rf"{heads}\b{follows}", re.I)


def _owned_pattern(language_file: Language) -> re.Pattern[str] | None:
    """A pattern for a noun that refers back and follows its owner's name at the start: "Ada Marsh's decision"."""
    ending, nouns = language_file.text("discourse", "possessive"), language_file.words("discourse", "owned_nouns")
    if not ending or not nouns:
        return None
    name = r"[^\W\d_a-z][\w.-]*"
    follows = _no_modifier_follows(language_file)
    return re.compile(rf"(?:{name}\s){{0,2}}{name}(?:{ending})\s({alternatives(nouns)})\b{follows}")


def _no_modifier_follows(language_file: Language) -> str:
    """Returns a regular expression that matches after a noun, where no word follows that says which one is meant."""
    modifiers = language_file.words("discourse", "modifiers")
    return rf"(?!['’-]|\s(?:{alternatives(modifiers)})\b|\s(?-i:[A-Z]))" if modifiers else "(?!['’-])"


def speech_verbs(language_file: Language) -> frozenset[str]:
    """Returns the speech verbs of a language file in lower case: `sentences.speech_verbs` and `headlines.speech`."""
    return language_file.words("sentences", "speech_verbs") | language_file.words("headlines", "speech")


def alternatives(words: Collection[str]) -> str:
    """Returns the source of a regular expression that matches any of the words, escaped, the longest first.

    It is not grouped, and empty for no words.
    """
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
